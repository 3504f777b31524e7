"""A company's manual in ten versions, through every kind of change, with tags among them that are none.

A row is renumbered in `v05` and again in `v07`; in `v09` another row gets the first of its ids. `v08` holds
a register that cannot be read. Three tags match and are no versions: one of a folder, one copied
under another name, one without a tag object. The main branch went on after `v10`.
"""

from __future__ import annotations

from pathlib import Path

from support.company import PEOPLE, POLICY, ROLES, procedure, register, settings
from support.shell import git
from support.story import Changes, Story

AS_OF = "2026-01-15"
BUILT = ("v10", "v09", "v07", "v06", "v05", "v04", "v03", "v02", "v01")
"""Newest first."""
BROKEN = "v08"
NONE = ("v-copy", "v-light", "v-tree")

_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>\n'
_OWN = "own_fields:\n  - {of: [aspect], name: site_note, title: Note of the site}\n"
_ASPECTS, _MORE = "ems/registers/aspects.yml", "ems/registers/more.yml"
_RULES = "ems/ems.yml"


def rows(*titles: tuple[str, str], identity: str = "REG-ASPECTS", extra: str = "") -> str:
    """A register of aspects with rows by id and title."""
    listed = "".join(f"  - {{id: {one}, title: {title}{extra}}}\n" for one, title in titles)
    head = register(identity=identity, head="owner: ROL-EHS\n")
    return f"{head}{listed}" if listed else head.replace("rows:\n", "rows: []\n")


FIRST = (("ASP-001", "Solvents"), ("ASP-002", "Noise"), ("ASP-003", "Dust"), ("ASP-004", "Rinsing water"))

STEPS: tuple[tuple[str, str, Changes], ...] = (
    ("v02", "eve", {_ASPECTS: rows(*FIRST, ("ASP-005", "Packaging"))}),
    ("v03", "eve", {_ASPECTS: rows(FIRST[0], *FIRST[2:], ("ASP-005", "Packaging"))}),
    (
        "v04",
        "eve",
        {
            _ASPECTS: rows(FIRST[0], FIRST[3], ("ASP-005", "Packaging")),
            _MORE: rows(("ASP-003", "Dust"), ("ASP-101", "Cooling"), identity="REG-MORE"),
        },
    ),
    (
        "v05",
        "eve",
        {_ASPECTS: rows(FIRST[0], ("ASP-014", "Rinsing water"), ("ASP-005", "Packaging of goods"))},
    ),
    ("v06", "eve", {"ems/waste.md": procedure("Sort the waste, and weigh it.")}),
    (
        "v07",
        "eve",
        {
            "ems/waste.md": procedure("Sort the waste, and weigh it.\n\n![Where](files/where.svg)"),
            "ems/files/where.svg": _PICTURE,
            _ASPECTS: rows(FIRST[0], ("ASP-104", "Rinsing water"), ("ASP-005", "Packaging of goods")),
        },
    ),
    (BROKEN, "eve", {_MORE: "id: REG-MORE\ntype: aspect\nrows: [\n"}),
    (
        "v09",
        "eve",
        {
            _MORE: rows(("ASP-003", "Dust"), ("ASP-101", "Cooling"), identity="REG-MORE"),
            "ems/oil.md": None,
            _ASPECTS: rows(
                FIRST[0],
                ("ASP-104", "Rinsing water"),
                ("ASP-005", "Packaging of goods"),
                ("ASP-004", "Ice on the roof"),
            ),
        },
    ),
    ("v10", "mary", {_RULES: settings() + _OWN}),
)


def ten_versions(path: Path) -> Path:
    """Tell the story, and return the work tree of its main branch."""
    story = begun(path)
    for month, (name, by, changes) in enumerate(STEPS, 2):
        land(story, name, by, changes, date=f"2025-{month:02}-03")
    land(story, "", "eve", {"ems/waste.md": procedure("Sort the waste. Weigh it twice.")}, date="2025-12-03")
    story.check_out()
    git(path, "tag", "v-tree", "HEAD:ems", "-a", "-m", "A folder")
    git(path, "tag", "v-light", "HEAD")
    git(path, "update-ref", "refs/tags/v-copy", "refs/tags/v02")
    return path


def begun(path: Path) -> Story:
    """The first version, as a story to go on with."""
    story = Story(path)
    story.commit(
        {
            _RULES: settings(),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/policy.md": POLICY,
            "ems/waste.md": procedure("Sort the waste. See [[ASP-002]]."),
            "ems/oil.md": procedure("Keep oil from drains.", identity="PRO-002"),
            _ASPECTS: rows(*FIRST),
            _MORE: rows(("ASP-101", "Cooling"), identity="REG-MORE"),
            ".gitignore": "/site/\n*.part\n",
        },
        message="Adopt the system",
        date="2025-01-03",
    )
    story.tag("v01", message="Version v01", by="mary", date="2025-01-05")
    return story


def land(story: Story, name: str, by: str, changes: Changes, *, date: str) -> None:
    """Land a change that somebody entitled merges, and tag it if there is a name."""
    story.branch("work")
    story.commit(changes, message=f"Change for {name or 'the next version'}", date=date)
    story.switch()
    story.merge("work", by=by, date=f"{date}T12:00")
    if name:
        story.tag(name, message=f"Version {name}", by="mary", date=f"{date}T15:00")
