"""Checks of the functions that week 1 grades: one module a function, its mistakes beside it where they are many."""
