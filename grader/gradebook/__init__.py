"""nbgrader's gradebook, written by one process, a submission a transaction."""
