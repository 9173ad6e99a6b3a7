"""Packages made by hand, read back; no network, and apt is played by a function."""

import hashlib
import io
import struct
import subprocess
import tarfile
import zlib

import pytest

from tools import vendor_compare, vendor_data, vendor_debian


def debian_package(files, compression="xz"):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode=f"w:{compression}") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    # The first member has an odd size, so that the byte that fills it up matters.
    members = {"debian-binary": b"2.0", "control.tar.xz": b"", f"data.tar.{compression}": tar.getvalue()}
    written = b"!<arch>\n"
    for name, content in members.items():
        written += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode() + content
        written += b"\n" * (len(content) % 2)
    return written


def test_files_are_read_out_of_a_package(tmp_path):
    package = tmp_path / "a.deb"
    package.write_bytes(debian_package({"usr/a.txt": b"one", "usr/b.txt": b"two", "c": b"three"}))
    assert vendor_debian.read_package(package, ["usr/b.txt", "c"]) == {"usr/b.txt": b"two", "c": b"three"}
    with pytest.raises(KeyError):
        vendor_debian.read_package(package, ["usr/none.txt"])


@pytest.mark.parametrize(
    ("content", "message"), [(b"PK zip", "no ar archive"), (debian_package({}, "gz"), "has no data.tar.xz")]
)
def test_what_is_no_such_package_is_refused(tmp_path, content, message):
    (tmp_path / "a.deb").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        vendor_debian.read_package(tmp_path / "a.deb", ["a"])


def resource_file(tree, version=3, flags=0):
    """As Qt's `rcc` writes it: the entries of one folder side by side, then names, then contents."""
    entries, names, data = [(b"", tree)], b"", b""
    written = []
    for name, node in entries:  # grows while it is gone through: breadth first
        place = len(names)
        names += struct.pack(">HI", len(name), 7) + name if name else b""
        if isinstance(node, dict):
            written.append(struct.pack(">IHII", place, 2, len(node), len(entries)))
            entries.extend((child.encode("utf-16-be"), below) for child, below in node.items())
        else:
            content = struct.pack(">I", len(node)) + zlib.compress(node) if flags & 1 else node
            written.append(struct.pack(">IHHHI", place, flags, 0, 0, len(data)))
            data += struct.pack(">I", len(content)) + content
    # A name's length counts characters of two bytes.
    fixed, at = b"", 0
    while at < len(names):
        (length,) = struct.unpack(">H", names[at : at + 2])
        fixed += struct.pack(">H", length // 2) + names[at + 2 : at + 6 + length]
        at += 6 + length
    listing = b"".join(entry + (b"" if version == 1 else b"\0" * 8) for entry in written)
    header = b"qres" + struct.pack(">4I", version, 20, 20 + len(listing) + len(fixed), 20 + len(listing))
    return header + listing + fixed + data


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("flags", [0, 1])
def test_every_file_of_a_resource_file_is_found_with_its_content(version, flags):
    tree = {"gcompris": {"src": {"ü.txt": b"one" * 99, "empty": b""}, "README": b"two"}, "top": b"three"}
    assert vendor_debian.read_resources(resource_file(tree, version, flags)) == {
        "gcompris/src/ü.txt": b"one" * 99,
        "gcompris/src/empty": b"",
        "gcompris/README": b"two",
        "top": b"three",
    }


def test_what_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="no Qt resource file"):
        vendor_debian.read_resources(b"RIFF")
    with pytest.raises(ValueError, match=r"top/a\.webp is compressed with zstd"):
        vendor_debian.read_resources(resource_file({"top": {"a.webp": b"?"}}, flags=4))


@pytest.fixture
def apt_that(monkeypatch, tmp_path):
    """Stands in for apt-get: notes each call and writes what the test wants downloaded."""
    calls, gives = [], {"content": b"whole"}
    pin = tmp_path / "pin.txt"
    pin.write_text(f"# why\nname==3.1-2 --hash=sha256:{hashlib.sha256(b'whole').hexdigest()}\n", encoding="utf-8")

    def run(command, cwd, check):
        calls.append(command)
        if gives["content"] is None:
            raise subprocess.CalledProcessError(100, command)
        (cwd / "name_3.1-2_all.deb").write_bytes(gives["content"])

    monkeypatch.setattr(vendor_debian.subprocess, "run", run)
    return calls, gives, pin, tmp_path / "packages"


def test_the_pinned_version_is_downloaded_once(apt_that):
    calls, _, pin, folder = apt_that
    for _ in range(2):
        assert vendor_debian.fetch(folder, pin).read_bytes() == b"whole"
    assert calls == [["apt-get", "download", "--quiet", "name=3.1-2"]]


def test_another_package_than_the_pinned_is_never_used(apt_that):
    _, gives, pin, folder = apt_that
    gives["content"] = b"changed"
    for _ in range(2):
        with pytest.raises(vendor_debian.FetchError, match="its sha256 is another"):
            vendor_debian.fetch(folder, pin)


def test_without_apt_or_the_version_the_message_says_what_to_do(apt_that, monkeypatch):
    _, gives, pin, folder = apt_that
    gives["content"] = None
    with pytest.raises(vendor_debian.FetchError, match=r"apt-get update.*put name_3\.1-2_all\.deb into"):
        vendor_debian.fetch(folder, pin)

    def no_apt(*_, **__):
        raise FileNotFoundError("apt-get")

    monkeypatch.setattr(vendor_debian.subprocess, "run", no_apt)
    with pytest.raises(vendor_debian.FetchError, match="on another system"):
        vendor_debian.fetch(folder, pin)


def test_the_real_pin_can_be_read_and_one_without_a_hash_is_refused(apt_that, tmp_path):
    assert "gcompris-qt-data==3.1-2 --hash=sha256:" in vendor_debian.PIN.read_text(encoding="utf-8")
    (tmp_path / "loose.txt").write_text("name==3.1-2\n", encoding="utf-8")
    with pytest.raises(vendor_debian.FetchError, match=r"loose\.txt has no line"):
        vendor_debian.fetch(tmp_path, tmp_path / "loose.txt")


@pytest.fixture
def recipes(monkeypatch, tmp_path):
    """Notes which recipes `make_files` starts; each gives the status asked for."""
    calls, status = [], {"tools.vendor_recipes": 0, "tools.vendor_photos": 0}

    def run(command, **_):
        calls.append(command)
        return subprocess.CompletedProcess(command, status[command[2]])

    monkeypatch.setattr(vendor_data.subprocess, "run", run)
    monkeypatch.setattr(vendor_debian, "fetch", lambda folder: folder / "a.deb")
    return calls, status


def test_every_recipe_is_run_and_the_photographs_get_the_package(recipes, tmp_path):
    calls, _ = recipes
    vendor_data.make_files("python", tmp_path)
    package = vendor_data.PACKAGES / "a.deb"
    assert ["python", "-m", "tools.vendor_photos", package, tmp_path] in calls
    assert ["python", "-m", "tools.vendor_recipes", tmp_path] in calls


@pytest.mark.parametrize("name", ["tools.vendor_recipes", "tools.vendor_photos"])
def test_a_recipe_that_fails_is_told(recipes, tmp_path, name):
    recipes[1][name] = 1
    with pytest.raises(vendor_data.VendorError, match="a recipe failed"):
        vendor_data.make_files("python", tmp_path)


def test_a_package_that_cannot_be_had_is_told_in_the_words_of_the_one_who_knows(recipes, monkeypatch, tmp_path):
    def no_apt(_):
        raise vendor_debian.FetchError("apt cannot download it")

    monkeypatch.setattr(vendor_debian, "fetch", no_apt)
    with pytest.raises(vendor_data.VendorError, match="apt cannot download it"):
        vendor_data.make_files("python", tmp_path)


def test_tables_are_compared_by_what_they_say_not_by_how_lines_end(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_bytes(b"class,file\nfish,a\n")
    two.write_bytes(b"class,file\r\nfish,a\r\n")
    assert vendor_compare.same_content(one, two)
    two.write_bytes(b"class,file\r\nfish,b\r\n")
    assert not vendor_compare.same_content(one, two)
