"""Unchanged stretches folded to one line that counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mkdocs_ems.redline.values import Change, Form, Line


def folded(lines: Iterable[Line], *, context: int = 1) -> Iterator[Line]:
    """The lines with unchanged ones folded.

    Args:
        lines: all lines, changed or not.
        context: how many unchanged lines stay on either side of a change; with any, the
            heading above it stays too.
    """
    runs = [(same, list(run)) for same, run in groupby(lines, key=lambda line: line.change is Change.SAME)]
    for at, (same, run) in enumerate(runs):
        if same:
            yield from _run(run, context, first=at == 0, last=at == len(runs) - 1)
        else:
            yield from run


def _run(run: Sequence[Line], context: int, *, first: bool, last: bool) -> Iterator[Line]:
    if all(line.form is Form.FIELD for line in run):
        context = 0  # a field says of itself what it is
    kept = set() if first else set(range(context))
    if not last:
        kept |= set(range(len(run) - context, len(run)))
        heading = next((at for at in reversed(range(len(run))) if run[at].form is Form.HEADING), None)
        if context and heading is not None:
            kept.add(heading)
    for shown, group in groupby(enumerate(run), key=lambda one: one[0] in kept):
        stretch = [line for _, line in group]
        if shown or (context and len(stretch) == 1):
            yield from stretch
            continue
        forms = {line.form for line in stretch}
        of = forms.pop() if len(forms) == 1 else Form.TEXT
        yield Line(Form.FOLD, Change.SAME, count=len(stretch), of=of)
