"""The student's side: runs the cells that were handed in. No tests and no secrets ever come here."""
