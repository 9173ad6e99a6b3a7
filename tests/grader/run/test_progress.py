"""Progress: a bar with the time left for people, lines for logs, and no control characters from anybody."""

import io

from grader.run.progress import Bar, Lines, progress_on
from grader.run.summary import Outcome


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_gets_a_bar_with_the_time_left():
    moments = iter([0.0, 0.0, 3.0, 6.0, 200.0, 200.0])
    screen = Terminal()
    bar = Bar(screen, clock=lambda: next(moments))
    bar.begin("week0", 4)
    bar.outcome(Outcome("ada", "graded"))
    assert "1 of 4, 9 s left" in screen.getvalue()
    bar.outcome(Outcome("bob", "graded"))
    assert "2 of 4, 6 s left" in screen.getvalue()
    bar.outcome(Outcome("eve", "graded"))
    bar.outcome(Outcome("joe", "graded"))
    assert screen.getvalue().endswith("[##############################] 4 of 4")
    bar.end()


def test_what_was_graded_before_says_nothing_about_the_time():
    screen = Terminal()
    bar = Bar(screen)
    bar.begin("week0", 3)
    bar.outcome(Outcome("ada", "graded", fresh=False))
    assert "left" not in screen.getvalue()


def test_trouble_gets_a_line_of_its_own_above_the_bar():
    screen = Terminal()
    bar = Bar(screen)
    bar.begin("week0", 2)
    bar.outcome(Outcome("ada", "refused", "No notebook."))
    assert "ada: refused. No notebook.\n" in screen.getvalue()


def test_nothing_that_a_student_wrote_moves_the_cursor():
    screen, lines = Terminal(), []
    for report in (Bar(screen), Lines(lines.append)):
        report.begin("week0", 1)
        report.outcome(Outcome("a\x1b[2Jda", "refused", "\x1b]0;title\x07\u202e"))
        report.say("\x9b2J")
        report.end()
    text = screen.getvalue().replace("\r\x1b[K", "") + "".join(lines)
    assert all(char.isprintable() or char == "\n" for char in text)


def test_a_file_gets_one_line_a_submission():
    stream = io.StringIO()
    report = progress_on(stream)
    report.begin("week0", 2)
    report.outcome(Outcome("ada", "graded"))
    report.outcome(Outcome("bob", "refused", "No notebook.", fresh=False))
    report.end()
    assert stream.getvalue().splitlines() == [
        "week0: 2 submissions",
        "1 of 2  ada  graded",
        "2 of 2  bob  refused (in an earlier run): No notebook.",
    ]
    assert isinstance(progress_on(Terminal()), Bar)
