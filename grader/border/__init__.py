"""The trust border: the only way data takes between a student's process and the examiner; both sides use it."""
