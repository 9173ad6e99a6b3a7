"""What instructors read: marks, the table, the export."""
