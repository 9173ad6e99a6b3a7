"""Make .venv and install everything pinned into it: `python3 tools/bootstrap.py`, which make calls first.

Needs only Python's standard library, and keeps to syntax that an old Python can read, so that it can say it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
LOG = ROOT / "build" / "install.log"
REQUIREMENTS = ("requirements.txt", "tests/requirements.txt")
OLDEST, NEWEST = (3, 10), (3, 13)
GIGABYTE = 1024**3
VENV_SPACE, DOWNLOAD_SPACE = 4 * GIGABYTE, 1 * GIGABYTE
_NO_SPACE = ("No space left on device", "Errno 28", "not enough space on the disk", "Disk quota exceeded")
_NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "ConnectTimeout",
    "Read timed out",
    "ProxyError",
    "Network is unreachable",
    "connection broken",
)


class Trouble(Exception):
    """Why there is no environment, in one sentence that says what to do."""


def main() -> int:
    """Bring .venv up to date; 0 when everything is installed, 1 after saying what is in the way."""
    try:
        if is_current():
            return 0
        check_python(sys.version_info[:2])
        check_venv_modules()
        check_space(VENV_SPACE, DOWNLOAD_SPACE)
        make_venv()
        install()
        STAMP.write_text(stamp(), encoding="utf-8")
        print("The environment is ready: .venv")
        return 0
    except Trouble as trouble:
        print(f"\nNot installed: {trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nNot installed: interrupted; run the same command again, it goes on where it stopped.", file=sys.stderr)
    except OSError as error:
        print(f"\nNot installed: {explain_oserror(error)}", file=sys.stderr)
    return 1


def stamp() -> str:
    """What .venv is filled for: a hash of every file that says what to install, and this folder."""
    digest = hashlib.sha256()
    for name in (*REQUIREMENTS, "pyproject.toml"):
        digest.update(name.encode("utf-8") + b"\0" + (ROOT / name).read_bytes())
    return f"{digest.hexdigest()}\n{ROOT}"


def is_current() -> bool:
    """Whether .venv has already been filled for these requirements and this folder."""
    return venv_python().exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp()


def venv_python() -> Path:
    """The Python inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def check_python(version: "tuple[int, ...]", where: str = "this is") -> None:
    """Demand a Python that TensorFlow is built for.

    Args:
        version: major and minor number.
        where: how the sentence begins.

    Raises:
        Trouble: it is too old or too new.
    """
    if OLDEST <= tuple(version) <= NEWEST:
        return
    found = ".".join(str(part) for part in version)
    fault = "too old" if tuple(version) < OLDEST else "too new for TensorFlow"
    cure = "install one of these and name it, for example: make PYTHON=python3.12 demo"
    raise Trouble(f"{where} Python {found}, which is {fault}; the course needs 3.10 to 3.13: {cure}")


def check_venv_modules() -> None:
    """Demand the modules that make virtual environments, which Debian ships apart.

    Raises:
        Trouble: one is missing; names the package.
    """
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise Trouble(
            f"Python's module {error.name} is missing: on Debian or Ubuntu run `sudo apt-get install python3-venv`, "
            "then the same command again"
        ) from None


def check_space(for_venv: int, for_download: int) -> None:
    """Demand room for the packages, and for pip's downloads where the temporary folder is on another disk.

    Args:
        for_venv: bytes needed beside the project.
        for_download: bytes needed in the temporary folder.

    Raises:
        Trouble: a disk is too full; says how much is free and where.
    """
    temporary = Path(tempfile.gettempdir())
    for folder, needed in ((ROOT, for_venv), (temporary, for_download)):
        free = shutil.disk_usage(str(folder)).free
        if free < needed:
            cure = "make room" if folder == ROOT else "make room, or set TMPDIR to a folder on another disk"
            raise Trouble(
                f"{folder} has {free / GIGABYTE:.1f} GB free, TensorFlow and JupyterLab need "
                f"{needed / GIGABYTE:.0f} GB there: {cure}, then run the same command again"
            )


def make_venv() -> None:
    """Make .venv where there is none yet, where one was left half made, or where the project's folder has moved.

    Raises:
        Trouble: .venv cannot be made, or holds a Python that cannot be used.
    """
    if STAMP.exists() and STAMP.read_text(encoding="utf-8").splitlines()[1:] != [str(ROOT)]:
        shutil.rmtree(str(VENV))  # its programs name the folder they were made in
    if not venv_python().exists() or run([str(venv_python()), "-m", "pip", "--version"])[0]:
        print("Making the virtual environment .venv ...")
        status, output = run([sys.executable, "-m", "venv", str(VENV)])
        if status:
            raise Trouble(f".venv could not be made: delete the folder .venv and run the same command again\n{output}")
    status, output = run([str(venv_python()), "-c", "import sys; print(*sys.version_info[:2])"])
    if status:
        raise Trouble(f".venv is broken: delete the folder .venv and run the same command again\n{output}")
    try:
        check_python(tuple(int(part) for part in output.split()))
    except Trouble:
        old = ".".join(output.split())
        raise Trouble(f".venv holds Python {old}: delete the folder .venv and run the same command again") from None


def install() -> None:
    """Install the pinned packages and the course itself, with pip's progress on the screen.

    Raises:
        Trouble: pip failed; says why where the log shows it.
    """
    print("Installing the pinned packages, about 1 GB to download the first time ...", flush=True)
    LOG.parent.mkdir(exist_ok=True)
    if LOG.exists():
        LOG.unlink()
    command = [str(venv_python()), "-m", "pip", "install", "--log", str(LOG), "--disable-pip-version-check"]
    for name in REQUIREMENTS:
        command += ["-r", name]
    status = subprocess.call(command, cwd=str(ROOT))
    if status:
        log = LOG.read_text(encoding="utf-8", errors="replace") if LOG.exists() else ""
        raise Trouble(explain_pip(status, log))


def explain_pip(status: int, log: str) -> str:
    """Why pip failed, in one sentence, with its last lines where they are needed.

    Args:
        status: pip's exit status.
        log: the text of its log.
    """
    if any(sign in log for sign in _NO_SPACE):
        return "the disk is full: make room (4 GB), then run the same command again"
    if any(sign in log for sign in _NO_NETWORK):
        return "pip could not reach its package index: connect to the internet, then run the same command again"
    lines = [line.partition(" ")[2] if line[:4].isdigit() else line for line in log.splitlines()]
    told = [line for line in lines if line.strip() and not line.startswith("Removed ")][-8:]
    tail = "".join(f"\n    {line}" for line in told)
    return f"pip stopped with status {status}; its last lines follow, the whole log is in {LOG.relative_to(ROOT)}{tail}"


def explain_oserror(error: OSError) -> str:
    """A failure of the file system, in one sentence."""
    if any(sign in str(error) for sign in _NO_SPACE):
        return "the disk is full: make room (4 GB), then run the same command again"
    return f"{error}: check that you may write in {ROOT}, then run the same command again"


def run(command: "list[str]") -> "tuple[int, str]":
    """Run a short command and keep what it says.

    Returns:
        Its exit status (127 when it does not start) and its output with the errors.
    """
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
