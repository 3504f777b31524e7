"""Unchanged stretches folded to one line that counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mkdocs_ems.redline.values import Change, Form, Line

Weighed = tuple[Line, int]
"""A line of the redline, and for how many lines of the text it stands."""


def folded(lines: Iterable[Weighed], *, context: int = 1) -> Iterator[Line]:
    """The lines with unchanged ones folded; fields are counted as fields, all else in lines of the text.

    Args:
        lines: all lines, changed or not.
        context: how many unchanged lines stay on either side of a change; with any, the
            heading above it stays too.
    """
    runs = [(same, list(run)) for same, run in groupby(lines, key=lambda one: one[0].change is Change.SAME)]
    for at, (same, run) in enumerate(runs):
        if same:
            yield from _run(run, context, first=at == 0, last=at == len(runs) - 1)
        else:
            yield from (line for line, _ in run)


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with folds that stand together made one."""
    fold: Line | None = None
    for line in lines:
        if line.form is not Form.FOLD:
            if fold:
                yield fold
            fold = None
            yield line
        elif fold and fold.of is line.of:
            fold = replace(fold, count=fold.count + line.count)
        else:
            if fold:
                yield fold
            fold = line
    if fold:
        yield fold


def _run(run: Sequence[Weighed], context: int, *, first: bool, last: bool) -> Iterator[Line]:
    fields = all(line.form is Form.FIELD for line, _ in run)
    if fields:
        context = 0  # a field says of itself what it is
    kept = set() if first else set(range(context))
    if not last:
        kept |= set(range(len(run) - context, len(run)))
        heading = next((at for at in reversed(range(len(run))) if run[at][0].form is Form.HEADING), None)
        if context and heading is not None:
            kept.add(heading)
    for shown, group in groupby(enumerate(run), key=lambda one: one[0] in kept):
        stretch = [one for _, one in group]
        if shown:
            yield from (line for line, _ in stretch)
            continue
        count = len(stretch) if fields else sum(weight for _, weight in stretch)
        yield Line(Form.FOLD, Change.SAME, count=count, of=Form.FIELD if fields else Form.TEXT)
