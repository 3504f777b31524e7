"""The report for reviewers as Markdown for a comment in a forge: it fits, and nothing in it acts.

The first line marks it for the program that keeps the comment up to date and holds nothing
of anybody else's. Every line begins with a mark of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.report.fitting import Block, fitted
from mkdocs_ems.report.forge_text import code, is_cut, marked, size
from mkdocs_ems.report.phrases import Marked, Phrase, Said, Section
from mkdocs_ems.report.review import ReviewReport, opening, sections
from mkdocs_ems.text import plural

MARKER = "<!-- mkdocs-ems:report:1 -->"
"""The first line of every report."""
MOST = 60_000
"""UTF-16 units of all of it; GitHub takes 65,536."""
_CLOSING_MOST = 1_500


def review_markdown(report: ReviewReport, *, command: str, most: int = MOST) -> str:
    """The report.

    Args:
        report: what is told.
        command: what shows all of it on a terminal.
        most: how long it may be at most, in UTF-16 units.
    """
    head = f"{MARKER}\n## What this change does\n\nIn short: {_phrase(opening(report))}\n"
    if report.nothing:
        return head
    room = most - size(head) - _CLOSING_MOST
    found = fitted([_block(one) for one in sections(report)], room=room, size=size)
    return head + found.text + _closing(found.left_out, command, cut=is_cut(found.text))


def _closing(left_out: Mapping[str, int], command: str, *, cut: bool) -> str:
    told = ", ".join(plural(count, noun) for noun, count in sorted(left_out.items()))
    said = [f"Not shown here: {told}."] if told else []
    said += ["Long values are cut."] if cut else []
    return f"\n*{' '.join(said)}* All of it: {code(command)}\n" if said else ""


def _block(section: Section) -> Block:
    head = f"\n#### {_phrase(section.head)}\n" if section.head else ""
    if section.columns:
        head += f"\n| {' | '.join(section.columns)} |\n|{' --- |' * len(section.columns)}\n"
        entries = tuple(f"| {' | '.join(map(_phrase, entry))} |\n" for entry in section.entries)
    else:
        head += "\n"
        entries = tuple(f"- {_phrase(phrase)}\n" for entry in section.entries for phrase in entry)
    return Block(
        title=f"\n### {section.title}\n",
        rank=section.rank,
        head=head,
        entries=entries,
        foot="",
        noun=section.noun,
        unlisted=section.unlisted,
    )


def _phrase(phrase: Phrase) -> str:
    return "".join(_part(part) for part in phrase)


def _part(part: str | Said | Marked) -> str:
    match part:
        case Said():
            return code(part.text, most=part.most)
        case Marked():
            return marked(part.pieces)
        case _:
            return part
