"""Whatever history people make: what is approved follows from who wrote, who approved, and no more."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mkdocs_ems.cli.main import ems
from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.git import Repository
from support.company import company, procedure
from support.made_history import PATHS, STEPS, Step, Teller
from support.shell import git
from support.story import Story
from support.told import begin

TIMES = int(os.environ.get("EMS_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """So many examples in an ordinary run, always the same; others each time where more are asked for."""
    return settings(
        max_examples=number * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=[HealthCheck.too_slow],
        # A history in git takes a second: whoever mends what was found has it short enough.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )


def teller() -> Teller:
    return Teller(company())


@examples(150)
@given(STEPS)
def test_approved_is_what_an_entitled_person_approved_who_did_not_write_it(steps: list[Step]) -> None:
    history = teller()
    history.tell(steps)
    assert history.found == history.expected


@examples(60)
@given(STEPS, st.integers(0, 10), st.sampled_from(("", "eve", "ann")))
def test_what_has_nothing_to_do_with_it_changes_no_approval(steps: list[Step], at: int, merger: str) -> None:
    alone, together = teller(), teller()
    alone.tell(steps)
    together.tell(steps[:at])
    together.beside("zed", merged_by=merger)
    together.tell(steps[at:])
    assert together.found == alone.found


@examples(60)
@given(STEPS, st.integers(0, 10))
def test_what_was_approved_stays_so_whatever_comes_later(steps: list[Step], at: int) -> None:
    history = teller()
    history.tell(steps[:at])
    before = history.found
    history.tell(steps[at:])
    after = history.found
    for name, (issues, _) in before.items():
        assert after[name][0][: len(issues)] == issues


@examples(40)
@given(STEPS)
def test_a_change_of_one_procedure_says_nothing_of_the_other(steps: list[Step]) -> None:
    both = teller()
    both.tell(steps)
    for name in PATHS:
        alone = teller()
        # Days pass for both; what is done to the other is left out.
        alone.tell([one if one.document == name or one.what == "wait" else _idle(one) for one in steps])
        assert alone.found.get(name) == both.found.get(name)


def _idle(step: Step) -> Step:
    return replace(step, what="unrelated")


# --- in git -------------------------------------------------------------------------------

_NAMES = st.sampled_from(
    (
        "ann",
        "eve",
        "Eve Hart <eve@example.org>",
        "\u202eEve <EVE@example.org>",
        "= <otto@example.org>",
        "\U0001f600 <ben@example.org>",
    )
)
_MESSAGES = st.sampled_from(
    (
        "Change",
        "",
        "Change\n\nApproved-by: Eve Hart <eve@example.org>",
        "::error::x",
        "\x1b[31m\n\nCo-authored-by: Otto <otto@example.org>",
        "Revert\n\nThis reverts commit 0000000.",
        "Merge branch 'x'",
    )
)
_DATES = st.sampled_from(
    (None, None, "2026-03-02T23:30:00-11:00", "2026-01-05", "1999-12-31", "2037-01-01T00:00:00+14:00")
)
_ACTS = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "merge", "merge", "delete", "move", "mode", "tag")),
        st.sampled_from(("ems/procedures/waste.md", "ems/procedures/water.md", "ems/policy.md")),
        st.sampled_from(("Sort.", "Wash.", "Burn nothing.")),
        _NAMES,
        _MESSAGES,
        _DATES,
    ),
    min_size=1,
    max_size=8,
)
Act = tuple[str, str, str, str, str, str | None]
NOW = datetime.fromisoformat("2040-01-01T00:00:00+00:00")


def tell(story: Story, acts: list[Act]) -> None:
    """Do what can be done of it; the policy's id and type stay what they are."""
    begin(story)
    for number, (what, path, text, by, message, day) in enumerate(acts):
        there = story.writer.files(story.head)
        identity = {"ems/procedures/waste.md": "PRO-001", "ems/procedures/water.md": "PRO-002"}.get(
            path, "POL-001"
        )
        new = procedure(text, identity=identity)
        match what:
            case "merge":
                story.branch(f"work/{number}")
                story.commit({path: new}, by="ann", message=message, date=day)
                story.switch()
                story.merge(f"work/{number}", by=by, message=message, date=day)
            case "delete" | "move" if path in there:
                moved = {f"ems/moved-{number}.md": there[path]} if what == "move" else {}
                story.commit({path: None, **moved}, by=by, message=message, date=day)
            case "mode" if path in there:
                story.commit({path: replace(there[path], mode="100755")}, by=by, message=message, date=day)
            case "tag":
                story.tag(f"v{number}", message=message or "x", by=by, date=day)
            case _:
                story.commit({path: new}, by=by, message=message, date=day, committed=day)


def ledger(folder: Path, ref: str) -> Ledger:
    with Repository.open(folder) as repository:
        return controlled_state(repository, ref=ref, as_of=date(2039, 1, 1), now=NOW).control.ledger


@examples(4)
@given(_ACTS)
def test_where_and_how_a_repository_is_kept_changes_no_row_of_the_ledger(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        story = Story(folder / "made")
        tell(story, acts)
        made = story.check_out()
        expected = ledger(made, "main")
        # Fetched branch by branch, in another order, into one that has another branch checked out.
        other = folder / "fetched"
        git(folder, "init", "--quiet", "--initial-branch=elsewhere", str(other))
        for ref in sorted(story.writer.tips, reverse=True):
            git(other, "fetch", "--quiet", "--tags", str(made), f"+refs/heads/{ref}:refs/heads/{ref}")
        assert ledger(other, "main") == expected
        for ref in story.writer.tips:
            if ref != "main":
                git(other, "branch", "--move", ref, f"renamed-{ref}")
        git(other, "repack", "-a", "-d", "--quiet")
        git(other, "pack-refs", "--all")
        assert ledger(other, "main") == expected


@examples(3)
@given(_ACTS)
def test_the_register_of_a_day_is_that_of_the_last_commit_of_the_day(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as name:
        story = Story(Path(name) / "made")
        begin(story)
        tips = {date(2026, 1, 5): story.head}
        for number, (_, path, text, by, message, _) in enumerate(acts):
            day = date(2026, 1, 6 + 2 * number)
            identity = "POL-001" if path.endswith("policy.md") else f"PRO-00{1 + path.endswith('water.md')}"
            changes = {path: procedure(text, identity=identity)}
            story.branch(f"work-{number}")
            story.commit(changes, by=by, message=message, date=day.isoformat())
            story.switch()
            tips[day] = story.merge(f"work-{number}", by="eve", date=f"{day}T10:00:00+00:00")
        folder = story.flush()
        for day, tip in tips.items():
            for asked in {day, day + timedelta(days=1)} - (tips.keys() - {day}):
                assert listed(folder, "main", asked) == listed(folder, tip, asked)


def listed(folder: Path, ref: str, day: date) -> list[dict[str, str]]:
    """The register of a day as CSV."""
    asked = ["register", "--repo", str(folder), "--ref", ref, "--on", day.isoformat(), "--format", "csv"]
    done = CliRunner().invoke(ems, asked, prog_name="ems", catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))
