"""Every vendored file is credited, and every credit has a file."""

import re
from pathlib import Path

import pytest

import helpers.data

FOLDER = Path(helpers.data.__file__).parent
COLUMNS = ["File", "Title", "Author", "Source package", "Original", "Licence", "What we changed"]


def credit_rows() -> list[dict[str, str]]:
    lines = (FOLDER / "CREDITS.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells if row != COLUMNS and not set(row[0]) <= {"-"}]


def credited_files() -> list[str]:
    return [name for row in credit_rows() for name in re.findall(r"`([^`]+)`", row["File"])]


def test_every_file_is_credited_once_and_every_credit_has_its_file():
    assert sorted(credited_files()) == sorted(path.name for path in (FOLDER / "files").iterdir())


@pytest.mark.parametrize("row", credit_rows(), ids=lambda row: row["Title"])
def test_every_credit_says_who_whence_under_which_licence_and_what_was_changed(row):
    assert all(row[column] for column in COLUMNS)
    assert re.search(r"CC0|CC BY|Public domain|MIT|BSD|Apache", row["Licence"])
    assert re.search(r" \d+(\.\d+)+(-\d+)?$", row["Source package"]), "name the version, too"


def test_the_versions_credited_are_the_versions_pinned():
    tools = FOLDER.parents[1] / "tools"
    pins = "".join(path.read_text(encoding="utf-8") for path in sorted(tools.glob("vendor_*.txt")))
    for row in credit_rows():
        package, version = row["Source package"].split()
        assert f"{package}=={version} " in pins


def test_a_licence_that_must_go_along_lies_beside_the_credits():
    licences = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "licences").iterdir()}
    assert sorted(licences) == ["apache-2.0.txt", "mit.txt", "squeezenet-bsd.txt", "wordnet-3.0.txt"]
    assert "Copyright (c) 2019 Primoz Godec" in licences["mit.txt"] and "Kisel" in licences["mit.txt"]
    assert "END OF TERMS AND CONDITIONS" in licences["apache-2.0.txt"]
    assert "Redistributions in binary form" in licences["squeezenet-bsd.txt"]
    assert "Princeton University" in licences["wordnet-3.0.txt"]


def test_the_vendored_files_stay_small():
    assert sum(path.stat().st_size for path in (FOLDER / "files").iterdir()) < 45_000_000  # of all four weeks
