"""The environment is made once, and whatever is in the way is said in one sentence."""

import ast
import builtins
import errno
import shutil
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from tools import bootstrap

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project with requirements, room on every disk, and a record of the commands that were run."""
    (tmp_path / "tests").mkdir()
    for name in (*bootstrap.REQUIREMENTS, "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.txt")
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "build" / "install.log")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(99, 0, 50 * bootstrap.GIGABYTE))
    return tmp_path


class Commands:
    """Stands in for the commands that make the venv and fill it."""

    def __init__(self, python="3 11", venv=(0, ""), pip_status=0, pip_log="", pip_error=None):
        self.python, self.venv = python, venv
        self.pip_status, self.pip_log, self.pip_error = pip_status, pip_log, pip_error
        self.installs, self.venvs = 0, 0

    def run(self, command):
        if command[1:3] == ["-m", "venv"]:
            self.venvs += 1
            if self.venv[0] == 0:
                bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
                bootstrap.venv_python().touch()
            return self.venv
        return (0, "pip 26") if "pip" in command else (0, self.python)

    def call(self, command, cwd):
        self.installs += 1
        if self.pip_error:
            raise self.pip_error
        bootstrap.LOG.write_text(self.pip_log, encoding="utf-8")
        return self.pip_status


@pytest.fixture
def commands(project, monkeypatch):
    """Commands that succeed unless the test says otherwise."""
    fake = Commands()
    monkeypatch.setattr(bootstrap, "run", fake.run)
    monkeypatch.setattr(bootstrap.subprocess, "call", fake.call)
    return fake


def said(capsys):
    """What stood on the screen as the reason, without line breaks at its ends."""
    return capsys.readouterr().err.strip()


def test_a_second_run_installs_nothing(commands):
    assert bootstrap.main() == 0
    assert bootstrap.main() == 0
    assert (commands.venvs, commands.installs) == (1, 1)


@pytest.mark.parametrize("name", [*bootstrap.REQUIREMENTS, "pyproject.toml"])
def test_a_changed_requirement_installs_again_into_the_same_venv(commands, project, name):
    bootstrap.main()
    (project / name).write_text("changed\n", encoding="utf-8")
    assert bootstrap.main() == 0
    assert (commands.venvs, commands.installs) == (1, 2)


def test_a_project_that_was_moved_gets_a_new_venv(commands):
    bootstrap.main()
    digest = bootstrap.STAMP.read_text(encoding="utf-8").splitlines()[0]
    bootstrap.STAMP.write_text(f"{digest}\nanother folder", encoding="utf-8")
    assert bootstrap.main() == 0
    assert commands.venvs == 2


def test_a_failed_installation_is_tried_again(commands, capsys):
    commands.pip_status = 1
    assert bootstrap.main() == 1
    commands.pip_status = 0
    assert bootstrap.main() == 0
    assert commands.installs == 2


@pytest.mark.parametrize(("version", "fault"), [((3, 6), "too old"), ((3, 9), "too old"), ((3, 14), "too new")])
def test_a_python_that_tensorflow_is_not_built_for_is_named(version, fault):
    with pytest.raises(bootstrap.Trouble, match=rf"3\.{version[1]}, which is {fault}.*make PYTHON=python3\.12 demo"):
        bootstrap.check_python(version)


@pytest.mark.parametrize("minor", [10, 11, 12, 13])
def test_every_supported_python_is_let_through(minor):
    bootstrap.check_python((3, minor))


def test_an_old_python_is_refused_before_anything_is_made(commands, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert bootstrap.main() == 1
    assert "Python 3.9" in said(capsys)
    assert (commands.venvs, commands.installs) == (0, 0)


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_missing_venv_module_names_the_debian_package(commands, monkeypatch, capsys, missing):
    real = builtins.__import__

    def refuse(name, *rest):
        if name == missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert bootstrap.main() == 1
    message = said(capsys)
    assert missing in message
    assert "sudo apt-get install python3-venv" in message


def test_a_full_disk_is_said_before_the_download(commands, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(99, 98, bootstrap.GIGABYTE // 2))
    assert bootstrap.main() == 1
    assert "0.5 GB free" in said(capsys)
    assert commands.installs == 0


def test_a_small_temporary_disk_is_said_with_its_cure(project, monkeypatch):
    free = {str(project): 50 * bootstrap.GIGABYTE}
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(99, 98, free.get(folder, 1000)))
    with pytest.raises(bootstrap.Trouble, match="TMPDIR"):
        bootstrap.check_space(bootstrap.VENV_SPACE, bootstrap.DOWNLOAD_SPACE)


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("OSError: [Errno 28] No space left on device: 'x'", "disk is full"),
        ("NewConnectionError: Failed to establish a new connection\nERROR: No matching distribution found", "internet"),
        ("NameResolutionError('Temporary failure in name resolution')", "internet"),
        ("HTTPSConnectionPool: Read timed out.", "internet"),
    ],
)
def test_a_failure_of_pip_is_explained_by_its_log(commands, capsys, log, reason):
    commands.pip_status, commands.pip_log = 1, log
    assert bootstrap.main() == 1
    message = said(capsys)
    assert reason in message
    assert "\n" not in message


def test_an_unknown_failure_of_pip_shows_its_last_lines_and_where_the_log_is(commands, capsys):
    commands.pip_status, commands.pip_log = 2, "\n".join(f"line {number}" for number in range(50))
    assert bootstrap.main() == 1
    message = said(capsys)
    assert "line 49" in message and "line 3\n" not in message
    assert str(Path("build") / "install.log") in message


def test_a_disk_that_fills_up_under_our_own_writing_is_said(commands, capsys):
    commands.pip_error = OSError(errno.ENOSPC, "No space left on device")
    assert bootstrap.main() == 1
    assert "disk is full" in said(capsys)


def test_a_folder_that_may_not_be_written_is_said(commands, capsys):
    commands.pip_error = PermissionError(errno.EACCES, "Permission denied", "build")
    assert bootstrap.main() == 1
    assert "you may write in" in said(capsys)


def test_an_interruption_is_no_traceback(commands, capsys):
    commands.pip_error = KeyboardInterrupt()
    assert bootstrap.main() == 1
    assert "goes on where it stopped" in said(capsys)


def test_a_venv_that_cannot_be_made_says_what_to_do(commands, capsys):
    commands.venv = (1, "Error: something")
    assert bootstrap.main() == 1
    assert "delete the folder .venv" in said(capsys)
    assert commands.installs == 0


def test_a_venv_with_an_old_python_is_not_filled(commands, capsys):
    commands.python = "3 8"
    assert bootstrap.main() == 1
    assert ".venv holds Python 3.8: delete the folder .venv" in said(capsys)
    assert commands.installs == 0


def test_the_script_can_be_read_by_an_old_python():
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]


def test_the_script_imports_the_standard_library_only():
    tree = ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
