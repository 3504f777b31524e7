from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site import part as parts
from mkdocs_ems.site.part import HEAD, LAYOUT, Part, read_part, write_part
from mkdocs_ems.site.part_head import FORMAT
from support.killing import LONGEST
from support.site_parts import FACTS, FILES, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path / "rendered")
    return tmp_path / "rendered"


@pytest.fixture
def part(folder: Path, tmp_path: Path) -> Part:
    return write_part(tmp_path / "v2026.1.part", FACTS, folder)


def rewritten(part: Part, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The same archive with other entries, sealed as ours are: what somebody else could make."""
    with zipfile.ZipFile(part.path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    target = part.path.with_name("other.part")
    with target.open("w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in entries.items():
                archive.writestr(name, data)
            archive.comment = parts._COMMENT + b"0" * 64
        parts._seal(file)
    return target


def with_facts(part: Part, **facts: object) -> Path:
    def change(entries: dict[str, bytes]) -> None:
        entries[HEAD] = json.dumps(json.loads(entries[HEAD]) | facts).encode()

    return rewritten(part, change)


def test_what_was_written_is_read_again(part: Part) -> None:
    again = read_part(part.path)
    assert again.head == part.head == replace(FACTS, files=part.head.files)
    assert dict(again.files()) == FILES
    assert again.head.files["index.html"][1] == len(FILES["index.html"])


def test_files_can_be_read_one_by_one(part: Part) -> None:
    assert list(part.files(["index.html"])) == [("index.html", FILES["index.html"])]


def test_a_part_says_why_there_is_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    head = replace(FACTS, failed="ems.yml:3: no such field", pages=(), ids={}, issues={})
    write_part(tmp_path / "failed.part", head, tmp_path / "nothing")
    assert read_part(tmp_path / "failed.part").head.failed == "ems.yml:3: no such field"


def change_byte(path: Path, at: int) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 0x41]))


def test_each_changed_byte_is_refused(part: Part) -> None:
    for at in range(part.path.stat().st_size):
        change_byte(part.path, at)
        with pytest.raises(OutputError) as raised:
            read_part(part.path)
        assert "\n" not in str(raised.value)
        change_byte(part.path, at)
    read_part(part.path)


def test_what_is_read_of_a_changed_part_is_as_it_was_written_or_refused(part: Part) -> None:
    for at in range(0, part.path.stat().st_size, 3):
        change_byte(part.path, at)
        with suppress(OutputError):
            again = read_part(part.path, whole=False)
            assert dict(again.files()) == FILES
            assert again.head == part.head
        change_byte(part.path, at)


def test_a_part_cut_off_anywhere_is_refused(part: Part) -> None:
    whole = part.path.read_bytes()
    for length in range(0, len(whole), 7):
        part.path.write_bytes(whole[:length])
        for all_of_it in (True, False):
            with pytest.raises(OutputError, match="no part of a site, or was spoilt"):
                read_part(part.path, whole=all_of_it)


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/x",
        "a/../../x",
        "a\\b",
        "C:/x",
        "INDEX.html",
        "index.html/x",
        "Index.HTML/x/y",
        "a//b",
        "a\nb",
    ],
)
def test_a_path_that_leaves_or_has_the_place_of_another_is_refused(part: Part, path: str) -> None:
    def change(entries: dict[str, bytes]) -> None:
        head = json.loads(entries[HEAD])
        head["files"][path] = ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0]
        entries[HEAD] = json.dumps(head).encode()
        layout = json.loads(entries[LAYOUT])
        layout["files"][path] = []
        entries[LAYOUT] = json.dumps(layout).encode()

    with pytest.raises(OutputError, match=r"outside|one place|at once|not every system"):
        read_part(rewritten(part, change))


@pytest.mark.parametrize("whole", [True, False])
def test_a_page_that_is_not_there_is_refused_before_anybody_reads_it(part: Part, *, whole: bool) -> None:
    with pytest.raises(OutputError, match="pages that are not in it"):
        read_part(with_facts(part, pages=["nowhere.html"]), whole=whole)


@pytest.mark.parametrize(
    "facts", [{"index": "../x"}, {"pages": ["/etc/passwd"]}, {"ids": {"POL-001": "../x"}}]
)
def test_a_page_is_never_outside_the_folder(part: Part, facts: dict[str, object]) -> None:
    with pytest.raises(OutputError, match="refusing"):
        read_part(with_facts(part, **facts))


@pytest.mark.parametrize(
    "facts",
    [
        {"folder": "../site"},
        {"folder": "a/b"},
        {"folder": ""},
        {"folder": ".git"},
        {"key": "abc"},
        {"key": 1},
    ],
)
def test_a_head_that_names_no_folder_or_key_is_refused(part: Part, facts: dict[str, object]) -> None:
    with pytest.raises(OutputError, match="is spoilt"):
        read_part(with_facts(part, **facts))


@pytest.mark.parametrize(
    "facts", [{"version": FORMAT - 1}, {"version": FORMAT + 1}, {"version": 1, "key": {"new": "form"}}]
)
def test_a_part_of_another_form_says_that_it_must_be_built_again(
    part: Part, facts: dict[str, object]
) -> None:
    with pytest.raises(OutputError, match="of a form that this version of the program does not read"):
        read_part(with_facts(part, **facts))


def with_layout(part: Part, change: Callable[[dict[str, Any]], object]) -> Path:
    def changed(entries: dict[str, bytes]) -> None:
        layout = json.loads(entries[LAYOUT])
        change(layout)
        entries[LAYOUT] = json.dumps(layout).encode()

    return rewritten(part, changed)


def test_files_that_the_head_does_not_name_are_refused(part: Part) -> None:
    with pytest.raises(OutputError, match="its files are not those"):
        read_part(with_layout(part, lambda layout: layout["files"].update({"more.html": []})))
    with pytest.raises(OutputError, match="its files are not those"):
        read_part(with_layout(part, lambda layout: layout["files"].update({"index.html": []})))


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.update({"more.html": b""}),
        lambda entries: entries.pop("pieces/0000"),
        lambda entries: entries.update({"pieces/0000": entries["pieces/0000"] + b" "}),
    ],
    ids=["one more", "one less", "a larger one"],
)
def test_an_archive_that_holds_anything_but_the_pieces_of_its_files_is_refused(
    part: Part, change: Callable[[dict[str, bytes]], object]
) -> None:
    with pytest.raises(OutputError, match="holds other pieces"):
        read_part(rewritten(part, change))


def test_a_piece_of_no_file_is_refused(part: Part) -> None:
    def change(entries: dict[str, bytes]) -> None:
        layout = json.loads(entries[LAYOUT])
        layout["sizes"].append(4)
        entries[LAYOUT] = json.dumps(layout).encode()
        entries[max(name for name in entries if name.startswith("pieces/"))] += b"more"

    with pytest.raises(OutputError, match="pieces of no file"):
        read_part(rewritten(part, change))


@pytest.mark.parametrize(
    "facts",
    [
        {"sizes": "abc"},
        {"sizes": [-1, 1]},
        {"blocks": [1]},
        {"blocks": []},
        {"blocks": [0, 0]},
        {"blocks": [0, 99]},
        {"shared": -1},
        {"shared": None},
        {"files": {"index.html": [-1]}},
        {"files": {"index.html": [99]}},
        {"files": {"index.html": [True]}},
        {"files": [1]},
    ],
    ids=repr,
)
@pytest.mark.parametrize("whole", [True, False])
def test_a_layout_that_cannot_be_followed_is_refused(
    part: Part, facts: dict[str, object], *, whole: bool
) -> None:
    other = with_layout(part, lambda layout: layout.update(facts))
    with pytest.raises(OutputError, match=r"was spoilt: how its files|is spoilt: how its files"):
        dict(read_part(other, whole=whole).files())


def test_a_file_of_other_content_is_refused_when_it_is_read(part: Part) -> None:
    def change(entries: dict[str, bytes]) -> None:
        entries["pieces/0000"] = bytes(len(entries["pieces/0000"]))

    spoilt = read_part(rewritten(part, change))
    with pytest.raises(OutputError, match=r"index.html is not as it was written; build it again"):
        dict(spoilt.files(["index.html"]))


@pytest.mark.parametrize(
    "text",
    [b"", b"PK", b"<html>", b"PK\x05\x06" + bytes(18)],
    ids=["empty", "short", "page", "empty archive"],
)
def test_another_file_is_no_part(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "x.part").write_bytes(text)
    for whole in (True, False):
        with pytest.raises(OutputError, match="no part of a site"):
            read_part(tmp_path / "x.part", whole=whole)


def test_a_folder_and_a_missing_file_are_no_parts(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no part of a site"):
        read_part(tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        read_part(tmp_path / "x.part")


def test_a_link_in_the_folder_is_never_packed(folder: Path, tmp_path: Path) -> None:
    (folder / "secret.html").symlink_to("/etc/hostname")
    with pytest.raises(OutputError, match="neither a file nor a folder"):
        write_part(tmp_path / "x.part", FACTS, folder)
    assert not list(tmp_path.glob("*x.part*"))


@pytest.mark.parametrize("name", ["a\\b", "a:b", "a\nb", "a\udcffb", "Index.html"])
def test_a_file_that_some_system_cannot_write_is_never_packed(
    folder: Path, tmp_path: Path, name: str
) -> None:
    (folder / name).write_bytes(b"")
    with pytest.raises(OutputError) as raised:
        write_part(tmp_path / "x.part", FACTS, folder)
    assert str(raised.value).isprintable()


def test_a_part_that_cannot_be_written_leaves_the_one_before(
    folder: Path, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = part.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "_seal", full)
    with pytest.raises(OutputError, match="No space left"):
        write_part(part.path, FACTS, folder)
    assert part.path.read_bytes() == before
    assert sorted(path.name for path in part.path.parent.iterdir()) == ["rendered", part.path.name]


def test_the_same_files_and_facts_give_the_same_bytes_wherever_they_are(part: Part, tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from support.site_parts import FACTS, FILES
from mkdocs_ems.site.part import write_part
folder = Path(sys.argv[1])
for path in reversed(FILES):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(FILES[path])
    os.utime(folder / path, (1_000_000_000, 1_000_000_000))
write_part(Path(sys.argv[2]), FACTS, folder)
"""
    for number, settings in enumerate(
        (
            {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
            {"LC_ALL": "C", "PYTHONHASHSEED": "2", "TZ": "UTC"},
        )
    ):
        target = tmp_path / f"{number}.part"
        elsewhere = tmp_path / f"elsewhere {number}"
        command = [sys.executable, "-c", program, str(elsewhere), str(target), str(Path(__file__).parents[1])]
        subprocess.run(command, check=True, timeout=LONGEST, env=os.environ | settings)
        assert target.read_bytes() == part.path.read_bytes()
