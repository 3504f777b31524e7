"""Tags are versions of the manual, or are listed with the reason why not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.control.tag_signatures import TagSignature
from mkdocs_ems.control.versions import (
    RESERVED,
    Listed,
    Versions,
    VersionState,
    aliased,
    listed_versions,
    versions_of,
)
from mkdocs_ems.exports.versions_json import versions_json
from mkdocs_ems.git import ChainPlace, Identity, Tag
from mkdocs_ems.paths import safe_join

NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)
SIGNED = TagSignature("is signed by mary@example.org", "mary@example.org")
SPOILT = TagSignature("bears a signature that does not fit: mary@example.org signed something else than this")


def tag(name: str, *, on: str = "c1", day: int = 1, **other: object) -> Tag:
    made = Tag(
        name=name,
        object=sha256(name.encode()).hexdigest()[:40],
        target=on,
        annotated=True,
        date=NINE.replace(day=day),
        inner=name,
        tagger=Identity("Mary Dean", "mary@example.org"),
    )
    return replace(made, **other)  # type: ignore[arg-type]  # fields of several types


def places(*chain: str, aside: Mapping[str, int] | None = None) -> Mapping[str, ChainPlace]:
    made = {name: ChainPlace(at, True, NINE.replace(day=1)) for at, name in enumerate(chain)}
    return made | {name: ChainPlace(at, False, NINE.replace(day=1)) for name, at in (aside or {}).items()}


def chosen(
    *tags: Tag, patterns: Sequence[str] = ("v*",), at: Mapping[str, ChainPlace] | None = None
) -> Versions:
    return versions_of(tags, patterns=patterns, places=at or places("c1", "c2", "c3"), signatures={})


def names(versions: Versions) -> list[str]:
    return [version.name for version in versions.chosen]


# --- Which ------------------------------------------------------------------------------


def test_only_tags_that_match_are_versions() -> None:
    tags = (tag("v1"), tag("release-1"), tag("V2"), tag("av"))
    assert names(chosen(*tags)) == ["v1"]
    assert names(chosen(*tags, patterns=("release-?", "V*"))) == ["release-1", "V2"]
    assert names(chosen(tag("manual/1"), tag("manual-1"), patterns=("manual/*",))) == ["manual/1"]
    assert chosen(tag("release-1")).left_out == ()


@pytest.mark.parametrize(
    ("odd", "state", "reason"),
    [
        (
            {"annotated": False, "date": None, "inner": None},
            VersionState.LIGHTWEIGHT,
            "it has no date and nobody's name: delete it and make it again with `git tag -a`",
        ),
        (
            {"target": None},
            VersionState.NO_COMMIT,
            "it leads to a file or folder, not to a commit: tag the commit itself",
        ),
        (
            {"inner": "v0\x1b[0m"},
            VersionState.COPY,
            "it is a copy of the tag v0\\u{1b}[0m under another name",
        ),
        (
            {"date": None},
            VersionState.NO_DATE,
            "it does not say who made it and when: make it again with `git tag -a`",
        ),
    ],
)
def test_a_tag_that_is_no_version_is_listed_with_the_reason(
    odd: Mapping[str, object], state: VersionState, reason: str
) -> None:
    versions = chosen(tag("v1"), tag("v2", on="c2", **odd))
    assert names(versions) == ["v1"]
    (left,) = versions.left_out
    assert (left.name, left.state, left.reason, left.folder) == ("v2", state, reason, "")


def test_where_signatures_are_asked_for_only_one_that_holds_makes_a_version() -> None:
    tags = (tag("v1"), tag("v2"), tag("v3"))
    asked = versions_of(
        tags,
        patterns=("v*",),
        places=places("c1"),
        signatures={"v1": SIGNED, "v2": SPOILT},
        signed_only=True,
    )
    assert names(asked) == ["v1"]
    assert {one.name: one.reason for one in asked.left_out} == {
        "v3": "ems.yml asks for signed tags, and it is not signed",
        "v2": f"ems.yml asks for signed tags, and it {SPOILT.words}",
    }
    free = versions_of(tags, patterns=("v*",), places=places("c1"), signatures={"v1": SIGNED, "v2": SPOILT})
    assert {one.name: one.signature.words for one in free.chosen} == {
        "v1": SIGNED.words,
        "v2": SPOILT.words,
        "v3": "is not signed",
    }


# --- In which order ---------------------------------------------------------------------


def test_the_newest_version_is_the_one_furthest_on_the_main_branch() -> None:
    tags = (tag("v1", on="c1", day=9), tag("v3", on="c3", day=1), tag("v2", on="c2", day=28))
    assert names(chosen(*tags)) == ["v3", "v2", "v1"]


def test_on_one_commit_the_date_decides_and_then_the_name() -> None:
    tags = (tag("v1", day=9), tag("v2", day=8), tag("v1b", day=9))
    assert names(chosen(*tags)) == ["v1b", "v1", "v2"]


def test_a_version_beside_the_main_branch_stands_where_it_left_and_says_so() -> None:
    at = places("c1", "c2", "c3", aside={"a1": 1, "a2": -1})
    versions = chosen(tag("v1"), tag("v3", on="c3"), tag("v2x", on="a1", day=2), tag("v0", on="a2"), at=at)
    assert names(versions) == ["v3", "v2x", "v1", "v0"]
    told = {one.name: (one.on_main, one.doubts) for one in versions.chosen}
    assert told["v1"] == (True, ())
    assert told["v2x"] == (
        False,
        ("it is not on the main branch, and shows what that had approved where they parted",),
    )
    assert told["v0"] == (False, ("it shares no history with the main branch",))


def test_a_tag_dated_before_its_commit_is_built_with_a_doubt() -> None:
    at = {"c1": ChainPlace(0, True, NINE.replace(day=20))}
    (version,) = chosen(tag("v1", day=3), at=at).chosen
    assert version.doubts == ("its date lies before that of its commit, 2026-03-20",)


# --- In which folder --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["v1", "v2026.1", "v1.0-rc.1", "V_1"])
def test_a_plain_name_is_the_folder(name: str) -> None:
    assert chosen(tag(name), patterns=("*",)).chosen[0].folder == name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("manual/1", "manual-1"),
        ("-x", "x"),
        ("version 2", "version-2"),
        ("../../etc", "etc"),
        ("CON", "version"),
        ("nul.txt", "version"),
        ("v1.", "v1"),
        ("current", "current"),
        ("Latest", "Latest"),
        ("versions.json", "versions.json"),
        ("prüfung", "prufung"),
        ("版本", "version"),
        ("v" * 80, "v" * 40),
        (".git", "git"),
    ],
)
def test_another_name_gets_a_folder_that_ends_in_the_tags_id(name: str, slug: str) -> None:
    (version,) = chosen(tag(name), patterns=("*",)).chosen
    assert version.folder == f"{slug}-{version.tag.object[:8]}"


def test_of_two_names_that_differ_in_capitals_alone_the_later_gets_the_id() -> None:
    first, second = tag("v1", day=1), tag("V1", day=2)
    folders = {one.name: one.folder for one in chosen(second, first, patterns=("*",)).chosen}
    assert folders == {"v1": "v1", "V1": f"V1-{second.object[:8]}"}


def test_a_new_tag_changes_no_folder_of_those_before_it() -> None:
    old = [tag("v1", on="c1", day=1), tag("odd name", on="c2", day=2)]
    before = {one.name: one.folder for one in chosen(*old, patterns=("*",)).chosen}
    for commit in ("c1", "c3"):
        new = tag("V1", on=commit, day=3)
        after = {one.name: one.folder for one in chosen(*old, new, patterns=("*",)).chosen}
        assert {name: after[name] for name in before} == before


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), unique=True, max_size=8))
def test_folders_are_unique_and_can_be_made_everywhere(found: list[str]) -> None:
    versions = chosen(*(tag(name, object="0" * 40) for name in found), patterns=("*",)).chosen
    folders = [version.folder for version in versions]
    assert len({folder.casefold() for folder in folders}) == len(found)
    for folder in folders:
        assert folder.casefold() not in RESERVED
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", folder)
        assert not folder.endswith(".")
        assert len(folder) <= 120
        assert safe_join(Path("site"), folder).parent == Path("site")


# --- As a list --------------------------------------------------------------------------


def listed(name: str, day: int | None = 1, kind: str = "version", *, built: bool = True) -> Listed:
    on = date(2026, 3, day) if day else None
    return Listed(name, name, f"{name}!", on, kind, built=built)  # type: ignore[arg-type]  # one of three words


def test_the_list_names_every_tag_newest_first() -> None:
    versions = chosen(tag("v1", day=31), tag("v2", on="c2"), tag("v3", on="c3", inner="v1"))
    lines = listed_versions(versions, zone=UTC)
    assert [(one.name, one.title, one.built, one.tagger, one.signed) for one in lines] == [
        ("v3", "v3 (2026-03-01)", False, "Mary Dean", "is not signed"),
        ("v2", "v2 (2026-03-01)", True, "Mary Dean", "is not signed"),
        ("v1", "v1 (2026-03-31)", True, "Mary Dean", "is not signed"),
    ]
    assert lines[0].reason == "it is a copy of the tag v1 under another name"


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("After the audit\n\nWith all that it asked for.\n", "After the audit"),
        ("\n\nLate\n", "Late"),
        ("", ""),
        ("x" * 1_000, "x" * 199 + "…"),
    ],
)
def test_of_what_was_written_with_a_tag_the_first_line_is_listed(written: str, first: str) -> None:
    (line,) = listed_versions(chosen(tag("v1", message=written)), zone=UTC)
    assert line.message == first


def test_a_title_is_safe_to_print() -> None:
    (line,) = listed_versions(chosen(tag("v\x1b[2J\u202e", day=1)), zone=UTC)
    assert line.title == "v\\u{1b}[2J\\u{202e} (2026-03-01)"


def test_in_force_is_what_is_current_and_latest_the_newest_version() -> None:
    entries = (listed("current", 9, "current"), listed("v3", built=False), listed("v2"), listed("v1"))
    found = {one.name: one.aliases for one in aliased(entries, as_of=date(2026, 3, 9))}
    assert found == {"current": ("in-force",), "v3": (), "v2": ("latest",), "v1": ()}


def test_where_there_is_no_current_the_newest_version_that_is_not_of_a_later_day_is_in_force() -> None:
    entries = (listed("current", 9, "current", built=False), listed("v2", 20), listed("v1", 8))
    found = {one.name: one.aliases for one in aliased(entries, as_of=date(2026, 3, 9))}
    assert found == {"current": (), "v2": ("latest",), "v1": ("in-force",)}
    assert aliased((), as_of=date(2026, 3, 9)) == ()


def by_mikes_rules(text: str) -> Mapping[str, str]:
    """Every name that leads to a version; as mike reads `versions.json`, which refuses all else."""
    found: dict[str, str] = {}
    for entry in json.loads(text):
        assert set(entry) == {"version", "title", "aliases"}
        for name in (entry["version"], *entry["aliases"]):
            assert isinstance(name, str)
            assert name
            assert "/" not in name
            assert "\\" not in name
            assert name not in (".", "..")
            assert name not in found
            found[name] = entry["version"]
    return found


def test_versions_json_names_what_is_built_as_mike_does() -> None:
    tags = (tag("manual/1"), tag("v2", on="c2"), tag("v3", on="c3", inner="v2"))
    current = listed("current", 9, "current")
    lines = (current, *listed_versions(chosen(*tags, patterns=("*",)), zone=UTC))
    text = versions_json(aliased(lines, as_of=date(2026, 3, 9)))
    folder = lines[-1].folder
    assert by_mikes_rules(text) == {
        "current": "current",
        "in-force": "current",
        "v2": "v2",
        "latest": "v2",
        folder: folder,
    }
    assert json.loads(text)[1]["title"] == "v2 (2026-03-01)"
    assert text.endswith("]\n")
    assert text.isascii()


def test_a_name_of_a_tag_is_no_markup_where_the_theme_takes_titles_for_html() -> None:
    lines = listed_versions(chosen(tag("v2<img/src=x>&amp;")), zone=UTC)
    title = json.loads(versions_json(lines))[0]["title"]
    assert title == "v2&lt;img/src=x&gt;&amp;amp; (2026-03-01)"
