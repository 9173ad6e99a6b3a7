"""What a learner imports: data, checks, plots, widgets, training. Nothing in it is secret or a solution."""
