"""Where nbgrader's commands, formgrader and exporters meet this grader."""
