"""How nbgrader runs this course: non-default values only, with one reason each."""

from grader.hooks.install import install

# nbgrader's commands and formgrader's buttons grade and write feedback with the course's own engine.
install()

c = get_config()  # noqa: F821

# Marks of several courses can share one gradebook.
c.CourseDirectory.course_id = "receptive_fields"

# A learner reads this sentence; it tells "not written yet" from "wrong", and the checks know it.
c.ClearSolutions.code_stub = {
    "python": '# Your code goes here: replace the next line.\nraise NotImplementedError("This function is still to be '
    'written: replace this line with your own code.")'
}
c.ClearSolutions.text_stub = "*Your answer goes here: replace this line.*"

# Feedback and formgrader show what learners sent: markup that can run or load anything is taken out.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.preprocessors = [
    "grader.hooks.plain_notebook.PlainNotebook"
]  # its templates trust names, sizes and counts
c.HTMLExporter.filters = {
    "markdown2html": "grader.hooks.clean_html.clean_markdown",  # nbgrader's templates leave Markdown as it came
    "clean_html": "grader.hooks.clean_html.clean_html",  # nbconvert's own list would take the check panels apart
}

# One zip a learner, named <student>.zip, in downloaded/<week>/archive/; a broken one must not stop the others.
c.ZipCollectApp.extractor_plugin = "grader.intake.collect.NotebookArchives"

# The first such folder of a path counts: those
# that follow come out of the zip and may bear anybody's name.
c.FileNameCollectorPlugin.named_regexp = (
    r".*?[/\\]downloaded[/\\][^/\\]+[/\\]extracted[/\\]"
    r"(?P<student_id>[^/\\]+)[/\\](?:.*[/\\])?(?P<file_id>[^/\\]+)\.ipynb$"
)

# A submission that could not be graded has an empty score, not 0.
c.ExportApp.plugin_class = "grader.report.export.GradesCsv"
