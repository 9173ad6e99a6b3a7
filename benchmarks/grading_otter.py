import shutil


def installed():
    return shutil.which("otter") is not None


def by_otter(lesson, count):
    raise SystemExit
