"""What the course costs in seconds and memory, and the commands that measure it."""
