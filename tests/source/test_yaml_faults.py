"""A table of broken YAML: what is said, and where."""

from __future__ import annotations

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import parse_file

ROWS = "id: REG-1\nrows:\n  - id: A-1\n    title: one\n"

# name, text, (line, column, end line, end column) and a part of the message of each finding
BROKEN: list[tuple[str, str | bytes, list[tuple[tuple[int, int, int, int], str]]]] = [
    ("two colons", "title: Oil: waste\n", [((1, 11, 1, 12), "second colon in one line")]),
    ("no space after a colon", "a: b\nc:d\n", [((2, 1, 2, 2), "no space after the colon")]),
    ("a no-break space", "a: b\nc:\u00a0d\n", [((2, 1, 2, 2), "space after the colon is none")]),
    ("a name without colon", "a: b\nowner\nc: d\n", [((2, 1, 2, 2), "name without a colon")]),
    (
        "a name without colon after blanks",
        "a: b\n\n\nfoo bar\nc: d\n",
        [((4, 1, 4, 2), "name without a colon")],
    ),
    ("a field indented too far", "a: b\n c: d\n", [((2, 3, 2, 4), "a field where none can stand")]),
    ("a nested field indented too far", "a:\n  b: c\n   d: e\n", [((3, 5, 3, 6), "where none can stand")]),
    ("a field indented too little", f"{ROWS}   note: x\n", [((5, 4, 5, 5), "neither an entry of the list")]),
    ("text after a comment", "a: b # c\n d\n", [((2, 2, 2, 3), "does not fit the lines around")]),
    ("a list among fields", "a: b\n- c\n", [((2, 1, 2, 2), "does not fit the lines around")]),
    ("a field among entries", "a:\n- b\nc\n", [((3, 1, 3, 2), "name without a colon")]),
    ("a list on the field's line", "a: - b\n", [((1, 4, 1, 5), "a list begins where a value stands")]),
    ("a single quote never closed", "a: 'x\nb: y\n", [((1, 4, 1, 5), "opened here and never closed")]),
    ("a double quote never closed", 'a: "x\nb: y\n', [((1, 4, 1, 5), "opened here and never closed")]),
    ("an apostrophe in single quotes", "a: 'it's'\n", [((1, 8, 1, 9), "after a closing quotation mark")]),
    ("text after a closing quote", 'a: "b" c\n', [((1, 8, 1, 9), "after a closing quotation mark")]),
    ("a backslash in double quotes", 'a: "c:\\q"\n', [((1, 7, 1, 8), "backslash in double quotes")]),
    ("half an escape", 'a: "\\x4"\n', [((1, 7, 1, 8), "backslash in double quotes")]),
    ("a surrogate escape", 'a: "\\ud800"\n', [((1, 7, 1, 8), "backslash in double quotes")]),
    ("a control escape", 'a: "b\\0"\n', [((1, 4, 1, 9), "control character")]),
    ("a bidi escape", 'a: "\\u202e"\n', [((1, 4, 1, 12), "control character")]),
    ("an at sign", "a: @x\n", [((1, 4, 1, 5), "cannot begin with @")]),
    ("a backtick", "a: `x`\n", [((1, 4, 1, 5), "cannot begin with `")]),
    ("a per cent sign", "a: %x\n", [((1, 4, 1, 5), "cannot begin with %")]),
    ("a question mark", "a: ?\n", [((1, 4, 1, 5), "cannot begin with ?")]),
    ("an unknown directive", "%FOO x\n---\na: b\n", [((1, 1, 1, 2), "directive")]),
    ("a YAML directive", "%YAML 1.1\n---\na: b\n", [((1, 1, 1, 10), "directive")]),
    ("a tag directive", "%TAG !e! tag:e,2000:\n---\na: b\n", [((1, 1, 1, 21), "directive")]),
    ("a line with per cent", "a: b\n%x: c\n", [((2, 1, 2, 2), "directive")]),
    ("an open list", "a: [1, 2\nb: 3\n", [((1, 4, 1, 5), "square brackets is not closed")]),
    ("an open group", "a: {b: c\n", [((1, 4, 1, 5), "braces is not closed")]),
    ("a closing bracket alone", "a: ]\n", [((1, 4, 1, 5), "a value is expected here")]),
    ("text beside a block mark", "a: |x\n b\n", [((1, 5, 1, 6), "on the line of the | or >")]),
    ("a tag", "a: !!str x\n", [((1, 4, 1, 9), "YAML tag")]),
    ("a local tag", "a: !x y\n", [((1, 4, 1, 6), "YAML tag")]),
    ("a bare tag", "a: ! y\n", [((1, 4, 1, 5), "YAML tag")]),
    ("a tag on the document", "!x\na: b\n", [((1, 1, 1, 3), "YAML tag")]),
    ("a tag with unknown handle", "a: !e!x y\n", [((1, 4, 1, 5), "YAML tag")]),
    ("a tag on a list", "a: !x [b]\n", [((1, 4, 1, 6), "YAML tag")]),
    ("an anchor", "a: &x v\n", [((1, 4, 1, 6), "YAML anchor")]),
    ("an anchor on a group", "a: &q\n  b: c\n", [((1, 4, 1, 6), "YAML anchor")]),
    ("an anchor on a name", "&a b: c\n", [((1, 1, 1, 3), "YAML anchor")]),
    ("an anchor without name", "a: & b\n", [((1, 4, 1, 5), "YAML anchor")]),
    ("an alias", "a: &x v\nb: *x\n", [((1, 4, 1, 6), "YAML anchor"), ((2, 4, 2, 6), "YAML alias")]),
    ("an unknown alias", "a: *x\n", [((1, 4, 1, 6), "YAML alias")]),
    ("an alias as a name", "*a : b\n", [((1, 1, 1, 3), "YAML alias")]),
    ("stars around text", "a: *x y\n", [((1, 4, 1, 6), "YAML alias")]),
    ("stars around a word", "a: **x**\n", [((1, 4, 1, 5), "YAML alias")]),
    ("a merge key", "a: &b\n  c: d\ne:\n  <<: *b\n", [((1, 4, 1, 6), "anchor"), ((4, 3, 4, 5), "merge key")]),
    ("a merge key with text", "<<: x\na: b\n", [((1, 1, 1, 3), "merge key")]),
    ("a repeated field", "a: b\nc: d\na: e\n", [((3, 1, 3, 2), "'a' stands here a second time")]),
    ("a field repeated in quotes", "a: b\n'a': c\n", [((2, 1, 2, 4), "'a' stands here a second time")]),
    ("a field repeated in braces", "a: {b: 1, b: 2}\n", [((1, 11, 1, 12), "'b' stands here a second")]),
    ("a field repeated in a row", f"{ROWS}    id: A-2\n", [((5, 5, 5, 7), "'id' stands here a second time")]),
    (
        "rows without their hyphen",
        f"{ROWS}    id: A-2\n    title: C\n    id: A-3\n    title: D\n",
        [((5, 5, 5, 7), "without its hyphen"), ((7, 5, 7, 7), "without its hyphen")],
    ),
    ("a list as a name", "? [a]\n: b\nc: d\n", [((1, 3, 1, 4), "a list or a group")]),
    ("a group as a name", "{a: b}: c\n", [((1, 1, 1, 2), "a list or a group")]),
    ("no name", ": c\n", [((1, 1, 1, 2), "no field's name before it")]),
    ("no name in braces", "a: {: c}\n", [((1, 5, 1, 6), "a value is expected here")]),
    ("a tab as indent", "a:\n\tb: c\n", [((2, 1, 2, 2), "a tab indents this line")]),
    ("tabs as indent", "a:\n \t\tb: c\n\t\td: e\n", [((2, 2, 2, 4), "a tab"), ((3, 1, 3, 3), "a tab")]),
    ("a tab after a hyphen", "a:\n-\tb\n", [((2, 2, 2, 3), "a tab indents this line")]),
    ("a tab before a value", "a:\tb\n", [((1, 3, 1, 4), "a tab character")]),
    ("a tab within a value", "a: b\tc\n", [((1, 5, 1, 6), "a tab character")]),
    ("brackets without end", "a: " + "[" * 100_000, [((1, 43, 1, 44), "nested deeper than 40 levels")]),
    ("braces without end", "a: " + "{a: " * 60, [((1, 160, 1, 161), "nested deeper than 40 levels")]),
    ("hyphens without end", "a:\n " + "- " * 100, [((2, 80, 2, 81), "nested deeper than 40 levels")]),
    (
        "names that nest",
        "? " * 100,
        [((1, 3, 1, 4), "a list or a group"), ((1, 81, 1, 82), "deeper than 40")],
    ),
    ("two documents", "a: b\n---\nc: d\n", [((2, 1, 2, 4), "a second YAML document")]),
    ("text after the end", "a: b\n...\nc: d\n", [((3, 1, 3, 2), "after the end of the document")]),
    ("an empty file", "", [((1, 1, 1, 1), "the file is empty")]),
    ("only comments", "# a\n\n# b\n", [((1, 1, 1, 1), "the file is empty")]),
    ("a list as the whole", "- a\n", [((1, 1, 1, 2), "holds a list, not fields")]),
    ("text as the whole", "text\n", [((1, 1, 1, 2), "holds text, not fields")]),
    ("a long name", "a: b\n" + "x" * 1200 + ": y\n", [((2, 1, 2, 2), "name without a colon")]),
    ("a number sign in a value", "a: Tank #2\n", [((1, 9, 1, 11), "'#2' is cut off")]),
    ("a number sign after quotes", "a: 'Tank' #2 b\n", [((1, 11, 1, 15), "'#2 b' is cut off")]),
    ("latin-1", b"a: \xe4 \xf6\n", [((1, 4, 1, 5), "byte 0xE4 is not UTF-8 (and 1 more place)")]),
    ("cut short UTF-8", b"a: b\nc: \xe2\x82\n", [((2, 4, 2, 5), "byte 0xE2 is not UTF-8")]),
    ("an invalid byte after wide ones", "é😀: ".encode() + b"\xff\n", [((1, 5, 1, 6), "byte 0xFF")]),
    ("a byte order mark", "\ufeffa: b\n", [((1, 1, 1, 2), "byte order mark")]),
    ("UTF-16 with a mark", "a: b\n".encode("utf-16"), [((1, 1, 1, 11), "saved as UTF-16")]),
    ("UTF-16 without a mark", "a: b\n".encode("utf-16-le"), [((1, 1, 1, 9), "saved as UTF-16")]),
    ("a NUL byte", b"a: b\nc: \0\n" + b"x" * 80, [((1, 1, 1, 5), "a NUL byte in line 2")]),
    ("a bell", "a: \x07b\n", [((1, 4, 1, 5), "control character U+0007")]),
    ("an escape sequence", "a: \x1b[31mb\n", [((1, 4, 1, 5), "control character U+001B")]),
    ("delete", "a: b\x7f\n", [((1, 5, 1, 6), "control character U+007F")]),
    ("next line", "a: b\x85c\n", [((1, 5, 1, 6), "control character U+0085")]),
    ("a line separator", "a: b\u2028c\n", [((1, 5, 1, 6), "control character U+2028")]),
    ("a zero-width mark", "a: b\ufeffc\n", [((1, 5, 1, 6), "control character U+FEFF")]),
    ("a zero-width space", "a: b\u200bc\n", [((1, 5, 1, 6), "character of no width U+200B")]),
    ("hidden marks in a row", "a: b\u2060\u200dc\n", [((1, 5, 1, 7), "character of no width U+2060")]),
    ("hidden text in tags", "a: b\U000e0069\U000e0067\n", [((1, 5, 1, 7), "character of no width U+E0069")]),
    ("a zero-width escape", 'a: "b\\u200bc"\n', [((1, 4, 1, 14), "character of no width")]),
    ("a noncharacter", "a: b\uffffc\n", [((1, 5, 1, 6), "control character U+FFFF")]),
    ("nothing but a question mark", "?", [((1, 2, 1, 2), "no field's name before it")]),
    ("a lone carriage return", "a: b\rc: d\n", [((1, 5, 1, 6), "carriage return that ends no line")]),
    ("a bidi override", "a: \u202eb\n", [((1, 4, 1, 5), "control character U+202E")]),
    (
        "a bidi isolate and its end",
        "a: \u2066b\u2069\n",
        [((1, 4, 1, 5), "U+2066"), ((1, 6, 1, 7), "U+2069")],
    ),
    (
        "a merge conflict",
        "<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n",
        [((1, 1, 1, 8), "merge conflict")],
    ),
    (
        "an LFS pointer",
        "version https://git-lfs.github.com/spec/v1\noid x\n",
        [((1, 1, 1, 43), "LFS pointer")],
    ),
    ("five megabytes and one", b"a: b\n#" + b"x" * 4_999_995, [((1, 1, 1, 5), "5,000,001 bytes")]),
    (
        "rows beyond the most",
        "rows:\n" + "- a\n" * 20_001,
        [((2, 1, 2, 2), "20,001 entries; one file may have 20,000, and")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_broken_yaml_is_found_at_its_place(
    text: str | bytes,
    expected: list[tuple[tuple[int, int, int, int], str]],
) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    _, findings = parse_file("ems/a.yml", data, content="ems")
    assert [finding.at for finding in findings] == [Span("ems/a.yml", *place) for place, _ in expected]
    for finding, (_, message) in zip(findings, expected, strict=True):
        assert message in finding.message
        assert finding.code == ("SCH003" if "of no width" in message else "SCH001")
        assert finding.help


def test_every_case_of_the_table_has_its_own_name() -> None:
    assert len({case[0] for case in BROKEN}) == len(BROKEN) >= 60


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: b\na: c\nd: e\n", {"a": "b", "d": "e"}),
        ("a: !x b\nc: &y d\ne: *y\n", {"a": "b", "c": "d", "e": "d"}),
        ("a: &x {b: c}\nd: *x\n", {"a": {"b": "c"}, "d": None}),
        ("a: &x [*x]\n", {"a": [None]}),
        ("<<: {a: b}\nc: d\n", {"c": "d"}),
        ("? [a]\n: [b, {c: d}]\ne: f\n", {"e": "f"}),
        ("a: b\tc\n", {"a": "b c"}),
        ("\ufeffa: b\nc: d\n", {"a": "b", "c": "d"}),
        ("a: \u202eb\n", {"a": "\ufffdb"}),
        ('a: "\\u202eb\\e"\n', {"a": "\ufffdb\ufffd"}),
        ('"a\\e": b\n', {"a\ufffd": "b"}),
        ("a: x\x07y\n", {"a": "x\ufffdy"}),
        ("a: b\n---\nc: d\n", {"a": "b"}),
    ],
)
def test_after_such_a_fault_the_rest_is_read(text: str, data: dict[str, object]) -> None:
    source, findings = parse_file("ems/a.yml", text.encode(), content="ems")
    assert findings
    assert source.readable
    assert source.data == data


@pytest.mark.parametrize("entry", ["- a\n", "-\n", "a{}: b\n"])
def test_of_a_list_or_group_beyond_the_most_only_the_first_are_kept(entry: str) -> None:
    text = "rows:\n" + "".join(f"  {entry.format(number)}" for number in range(50_000))
    source, _ = parse_file("ems/a.yml", text.encode(), content="ems")
    rows = source.data["rows"]
    assert isinstance(rows, list | dict)
    assert len(rows) == 20_000


def test_a_repeated_field_names_the_first_one() -> None:
    _, findings = parse_file("ems/a.yml", b"a:\n  b: c\n  d: e\n  b: f\n", content="ems")
    (related,) = findings[0].related
    assert related.at == Span("ems/a.yml", 2, 3, 2, 4)


def test_a_conflict_names_its_middle_and_its_end() -> None:
    text = b"a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> branch\n"
    _, findings = parse_file("ems/a.yml", text, content="ems")
    assert [place.at for place in findings[0].related] == [
        Span("ems/a.yml", 4, 1, 4, 8),
        Span("ems/a.yml", 6, 1, 6, 8),
    ]


def test_a_file_never_yields_more_findings_than_anyone_reads() -> None:
    _, findings = parse_file("ems/a.yml", b"".join(b"a%d: !x y\n" % n for n in range(1000)), content="ems")
    assert len(findings) == 101
    assert "900 more faults of reading in this file" in findings[-1].message


@pytest.mark.parametrize("line", ["a: &b c\n", "<<: a\n", "[a]: b\n", "a: b\n"])
def test_a_file_that_is_nothing_but_faults_is_not_read_to_its_end(line: str) -> None:
    source, findings = parse_file("ems/a.yml", line.encode() * 10_000, content="ems")
    assert len(findings) == 101
    assert not source.readable


@pytest.mark.parametrize(
    "text",
    [
        "rows:\n" + "- a\n" * 20_000,
        "a: b\n#" + "x" * 4_999_993 + "\n",
        "a: " + "[" * 39 + "]" * 39,
        "a:\n " + "- " * 38 + "- b",
    ],
    ids=["rows", "bytes", "brackets", "hyphens"],
)
def test_just_below_a_limit_nothing_is_said(text: str) -> None:
    source, findings = parse_file("ems/a.yml", text.encode(), content="ems")
    assert findings == ()
    assert source.readable
