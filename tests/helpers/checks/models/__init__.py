"""Checks of models with branches, on small functions that are no exercise of the course."""
