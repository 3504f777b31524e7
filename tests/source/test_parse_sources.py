from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.git.values import Entry, EntryKind, Snapshot
from mkdocs_ems.source import parse as parsing
from mkdocs_ems.source import parse_sources


def snapshot(
    files: Mapping[str, bytes],
    *,
    odd: Mapping[str, EntryKind] | None = None,
    content: str = "ems",
) -> Snapshot:
    entries = {path: Entry(path, f"blob of {path}") for path in files}
    entries |= {path: Entry(path, "", kind) for path, kind in (odd or {}).items()}
    return Snapshot("work tree", None, None, content, entries, files)


def messages(state: Snapshot) -> list[tuple[str, str]]:
    places = [(finding.at, finding.message) for finding in parse_sources(state).findings]
    return [(at.path, message) for at, message in places if isinstance(at, Span)]


def test_every_file_is_parsed_in_the_order_of_the_paths() -> None:
    sources = parse_sources(
        snapshot({"ems/b.yml": b"a: b\n", "ems/a.md": b"---\nid: A-1\n---\n", "ems/c/d.yaml": b"c: d\n"}),
    )
    assert list(sources.files) == ["ems/a.md", "ems/b.yml", "ems/c/d.yaml"]
    assert sources.files["ems/c/d.yaml"].rel == "c/d.yaml"
    assert sources.files["ems/c/d.yaml"].blob == "blob of ems/c/d.yaml"
    assert sources.findings == ()
    assert sources.text_line("ems/a.md", 2) == "id: A-1"


def test_every_line_of_a_long_file_is_told_by_its_number() -> None:
    sources = parse_sources(snapshot({"ems/a.yml": b"rows:\n" + b"  - {id: A, title: B}\n" * 20_000}))
    assert sources.text_line("ems/a.yml", 20_001) == "  - {id: A, title: B}"
    assert all(sources.text_line("ems/a.yml", line) for line in range(1, 20_002))
    assert sources.text_line("ems/a.yml", 0) == sources.text_line("ems/none.yml", 1) == ""


def test_all_faults_of_all_files_come_in_one_run() -> None:
    found = messages(snapshot({"ems/b.yml": b"a: [\n", "ems/a.md": b"# T\n", "ems/c.yml": b"a: b\na: c\n"}))
    assert [path for path, _ in found] == ["ems/a.md", "ems/b.yml", "ems/c.yml"]


def test_the_content_folder_may_be_the_repository_itself() -> None:
    sources = parse_sources(snapshot({"ems.yml": b"a: b\n"}, content=""))
    assert sources.files["ems.yml"].rel == "ems.yml"


def test_pictures_and_attachments_are_assets_and_never_parsed() -> None:
    files = {
        f"ems/x{suffix}": b"\0"
        for suffix in (".png", ".PDF", ".csv", ".txt", ".docx", ".xlsx", ".svg", ".sig")
    }
    sources = parse_sources(snapshot(files | {"ems/allowed_signers": b"x"}))
    assert sources.assets == {*files, "ems/allowed_signers"}
    assert sources.files == {}
    assert sources.findings == ()


def test_files_that_other_tools_keep_are_ignored_by_name() -> None:
    sources = parse_sources(snapshot({f"ems/{name}": b"x" for name in parsing.IGNORED}))
    assert (sources.files, sources.assets, sources.findings) == ({}, frozenset(), ())


@pytest.mark.parametrize("name", ["a.exe", "a.json", "Makefile", ".hidden", "a.md~", "a.yml.bak"])
def test_any_other_file_is_a_finding_that_names_what_is_accepted(name: str) -> None:
    (finding,) = parse_sources(snapshot({f"ems/{name}": b"x"})).findings
    assert "not used" in finding.message
    assert finding.help is not None
    assert ".md, .yml, .yaml, .png" in finding.help


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (EntryKind.LINK, "links are never followed"),
        (EntryKind.SUBMODULE, "a git submodule"),
        (EntryKind.ODD, "cannot be a file on every machine"),
    ],
)
def test_what_is_no_plain_file_is_a_finding(kind: EntryKind, message: str) -> None:
    ((path, said),) = messages(snapshot({}, odd={"ems/a.md": kind, "elsewhere/b.md": kind}))
    assert path == "ems/a.md"
    assert message in said


def test_a_path_that_is_not_utf8_is_a_finding() -> None:
    ((path, said),) = messages(snapshot({"ems/\udcff.md": b"---\na: b\n---\n"}))
    assert path == "ems/\udcff.md"
    assert "cannot be a file on every machine" in said


@pytest.mark.parametrize(
    ("one", "other"),
    [("ems/A.yml", "ems/a.yml"), ("ems/e\u0301.yml", "ems/é.yml"), ("ems/A/x.yml", "ems/a/x.yml")],
)
def test_paths_that_are_twins_on_some_machines_are_a_finding(one: str, other: str) -> None:
    ((path, said),) = messages(snapshot({one: b"a: b\n", other: b"a: b\n"}))
    assert path == other
    assert said == f"on some machines this is the same file as {one}"


def test_a_pointer_of_git_lfs_is_a_finding_for_every_file() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    found = messages(snapshot({"ems/a.png": pointer, "ems/b.md": pointer, "ems/c.yml": pointer}))
    assert [path for path, message in found if "LFS pointer" in message] == [
        "ems/a.png",
        "ems/b.md",
        "ems/c.yml",
    ]


def test_a_series_beyond_the_limit_is_a_finding() -> None:
    assert messages(snapshot({"ems/a.csv": bytes(50_000_000)})) == []
    ((_, said),) = messages(snapshot({"ems/a.csv": bytes(50_000_001)}))
    assert "50,000,001 bytes" in said


def test_more_files_or_bytes_than_bearable_are_named_and_nothing_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = snapshot({"ems/a.yml": b"a: b\n", "ems/b.yml": b"a: b\n"})
    monkeypatch.setattr(parsing, "MOST_FILES", 2)
    monkeypatch.setattr(parsing, "MOST_BYTES", 10)
    assert messages(state) == []
    monkeypatch.setattr(parsing, "MOST_FILES", 1)
    monkeypatch.setattr(parsing, "MOST_BYTES", 9)
    assert messages(state) == [
        ("ems", "2 files; 1 are the most"),
        ("ems", "10 bytes of content; 9 are the most"),
    ]
    assert parse_sources(state).files == {}


def test_what_is_the_same_in_another_state_is_not_parsed_again_and_its_faults_are_told() -> None:
    files = {"ems/a.yml": b"a: b\na: c\n", "ems/b.yml": b"a: b\n", "ems/B.yml": b"a: b\n"}
    before = parse_sources(snapshot(files))
    changed = snapshot({**files, "ems/b.yml": b"a: c\n"})
    entries = {**changed.entries, "ems/b.yml": Entry("ems/b.yml", "another blob")}
    after = parse_sources(replace(changed, entries=entries), known=before)
    assert after.files["ems/a.yml"] is before.files["ems/a.yml"]
    assert after.files["ems/b.yml"].data == {"a": "c"}
    assert after.findings == parse_sources(replace(changed, entries=entries)).findings


def test_a_pointer_may_stand_for_evidence_and_not_for_readings() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"
    paths = ("ems/records/drills/one.pdf", "ems/records/readings/one.csv", "ems/img/one.png")
    entries = {path: Entry(path, path) for path in paths}
    found = parse_sources(Snapshot("test", None, None, "ems", entries, dict.fromkeys(paths, pointer)))
    assert {one.at.path for one in found.findings} == {"ems/records/readings/one.csv", "ems/img/one.png"}
