"""Whatever manual somebody writes: it is judged, everything that is said has its place, and no page acts.

`EMS_EXAMPLES=50` makes fifty times as many as an ordinary run, and others each time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mkdocs_ems.changes.applying import applied
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.compile import Compilation
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.exports.diff_json import diff_json
from mkdocs_ems.exports.state_json import state_json
from mkdocs_ems.exports.templates import document_text, record_text, register_text
from mkdocs_ems.git.write import RepositoryWriter, Stamp
from mkdocs_ems.model import KINDS
from mkdocs_ems.pages import Page, PageForm, render_manual
from mkdocs_ems.rules import run_rules
from mkdocs_ems.source import parse_file
from mkdocs_ems.source.appending import plain_or_quoted
from mkdocs_ems.source.parse import IGNORED
from mkdocs_ems.text import deceives
from support.fuzz import page_text
from support.fuzz.content import AS_OF, compiled, misplaced_diagnostics
from support.fuzz.page_text import Shape, page_of
from support.fuzz.places import filled
from support.inert import acting, well_formed
from support.made_content import Files, entity, manuals
from support.made_markdown import HARMFUL, HOSTILE_DOCUMENT
from support.made_yaml import plain, spelt
from support.story import START, person

TIMES = int(os.environ.get("EMS_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """So many examples in an ordinary run, always the same; others each time where more are asked for."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=number * TIMES, deadline=None, derandomize=TIMES == 1, suppress_health_check=quiet
    )


def judged(files: Files) -> tuple[Compilation, Report]:
    """A manual, and everything that is found in it."""
    state = compiled(dict(files))
    return state, run_rules(state)


def told(report: Report, *, without: str = "") -> Counter[tuple[str, str, int, str]]:
    """What a report says, in no order."""
    return Counter(
        (one.code, one.span.path, one.span.line, one.message)
        for one in report.diagnostics
        if one.span.path != without
    )


@examples(60)
@given(manuals())
def test_everything_that_is_found_has_its_place_and_says_what_to_do(files: Files) -> None:
    _, report = judged(files)
    assert not (wrong := [*misplaced_diagnostics(report, dict(files))]), wrong
    assert all(one.message and one.help for one in report.diagnostics)


@examples(30)
@given(manuals())
def test_every_file_is_used_ignored_by_name_or_told(files: Files) -> None:
    state, report = judged(files)
    used = {*state.sources.files, *state.sources.assets, *(one.span.path for one in report.diagnostics)}
    assert {path for path in files if path not in used and path.rpartition("/")[2] not in IGNORED} == set()
    # And what could not be read is told, not passed over.
    unread = {path for path, one in state.sources.files.items() if not one.readable}
    assert unread <= {one.span.path for one in report.diagnostics if one.broken}


@examples(30)
@given(manuals())
def test_the_order_in_which_files_are_read_changes_nothing(files: Files) -> None:
    state, report = judged(files)
    turned, other = judged(dict(reversed(list(files.items()))))
    assert other == report
    assert state_json(turned) == state_json(state)


_UNRELATED = b"""\
id: REG-UNRELATED
type: posted-copy
title: Unrelated
rows: []
"""


@examples(30)
@given(manuals())
def test_a_register_that_nothing_refers_to_changes_no_finding_elsewhere(files: Files) -> None:
    _, before = judged(files)
    path = "ems/registers/zz-unrelated.yml"
    _, after = judged({**files, path: _UNRELATED})
    assert told(after, without=path) == told(before, without=path)


@examples(40)
@given(
    st.sampled_from(sorted(KINDS))
    .flatmap(lambda name: entity(KINDS[name]))
    .flatmap(lambda data: st.tuples(st.just(data), spelt(data)))
)
def test_however_it_is_spelt_it_says_the_same(made: tuple[dict[str, object], str]) -> None:
    data, text = made
    ways = [
        parse_file("ems/a.yml", one.encode("utf-8", "replace"), content="ems") for one in (plain(data), text)
    ]
    (first, found), (second, others) = ways
    if not found and not others:
        assert filled(dict(second.data)) == filled(dict(first.data)) == filled(data)
    assert bool(found) == bool(others) or any("escape" in one.message for one in (*found, *others))


@examples(120)
@given(HOSTILE_DOCUMENT)
@example("\n\n".join(HARMFUL))
def test_of_any_document_nothing_is_left_that_acts_or_hides(body: str) -> None:
    page_text.attempt(body.encode())


@examples(8)
@given(manuals())
def test_no_page_holds_anything_active_and_each_is_well_formed(files: Files) -> None:
    state, report = judged(files)
    manual = render_manual(state, report=report, rule_docs={}, draft=True)
    assert not (wrong := [fault for page in manual.pages for fault in _page_faults(page)]), wrong[:20]


def _page_faults(page: Page) -> list[str]:
    around = page.before + page.after
    if page.form is PageForm.MARKDOWN:
        body = page_of(page.body)
        faults = [
            *Shape(body).wrong,
            *acting(body)[0],
            *acting(around)[0],
            *well_formed(page.before, page.after),
        ]
    else:
        faults = [*acting(around + page.html)[0], *well_formed(page.before, page.html, page.after)]
    return [f"{page.path}: {fault}" for fault in faults]


@examples(20)
@given(st.tuples(manuals(), manuals()))
def test_a_difference_applied_to_one_manual_gives_the_other(pair: tuple[Files, Files]) -> None:
    before, after = (compiled(dict(files)) for files in pair)
    old, new = (json.loads(state_json(one)) for one in (before, after))
    assert applied(old, json.loads(diff_json(compare(before, after)))) == new
    assert applied(new, json.loads(diff_json(compare(after, before)))) == old
    assert compare(before, compiled(dict(pair[0]))).changes == ()


_TITLES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


@examples(60)
@given(title=_TITLES, kind=st.sampled_from(sorted(KINDS)))
def test_what_is_written_for_somebody_reads_back_as_it_was_asked_for(title: str, kind: str) -> None:
    title = " ".join(title.split()) or "x"
    of = replace(KINDS[kind], plural=title)
    match of.where:
        case "document" if kind != "document":
            path, text = "ems/a.md", document_text(of, id_="X-1", title=title, owner=title, review_every=None)
        case "record":
            path, head = "ems/a.yml", {"id": "X-1", "type": kind, "title": plain_or_quoted(title)}
            text = record_text(of, head, modeline=None)
        case _:
            path, text = "ems/a.yml", register_text(of, id_="X-1", owner=title, modeline=None)
    source, found = parse_file(path, text.encode(), content="ems")
    if deceives(title) or any("\ufffd" in one.message or "control character" in one.message for one in found):
        return  # nobody may ask for such a title
    assert found == ()
    assert source.data["id"] == "X-1"
    assert source.data["title"] == title


@examples(1)
@given(st.tuples(manuals(), manuals()))
def test_neither_hash_seed_nor_folder_nor_zone_changes_a_byte_of_the_report(
    pair: tuple[Files, Files],
) -> None:
    # Two in one: what takes its time is starting the processes.
    files = {**pair[0], **{path: data for path, data in pair[1].items() if path not in pair[0]}}
    with tempfile.TemporaryDirectory() as folder:
        said = [
            _checked(Path(folder) / name, files, PYTHONHASHSEED=seed, TZ=zone)
            for name, seed, zone in (("one", "1", "UTC"), ("another folder", "77", "Asia/Tokyo"))
        ]
    assert said[0] == said[1]


def _checked(folder: Path, files: Files, **environment: str) -> bytes:
    writer = RepositoryWriter.init(folder)
    writer.commit(dict(files), message="Write", by=Stamp(person("ann"), START), branch="main")
    writer.flush()
    command = [sys.executable, "-m", "mkdocs_ems", "check", "--repo", str(folder), "--ref", "main"]
    done = subprocess.run(
        [*command, "--as-of", AS_OF.isoformat(), "--format", "json", "--no-cache"],
        env={**os.environ, **environment, "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == b""
    return done.stdout
