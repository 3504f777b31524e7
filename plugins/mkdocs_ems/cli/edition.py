"""One state of the manual as an audience sees it, from a compiled state to finished pages.

Beside what `one_version` does there is no ledger, no page of what changed, and no finding: these name
people, and what stays in. The rules run all the same, for who builds.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TypeVar

from mkdocs_ems.cli.judge import judged
from mkdocs_ems.cli.options import Question
from mkdocs_ems.compile import Compilation, approved_state, seen_by, with_names
from mkdocs_ems.git import Repository
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.pages import Manual
from mkdocs_ems.pages.edition import render_edition
from mkdocs_ems.pages.versions import with_versions
from mkdocs_ems.report import CheckResult
from mkdocs_ems.site.apart import Apart
from mkdocs_ems.site.building import MakeManual, RowsKnown
from mkdocs_ems.site.slots import LISTING
from mkdocs_ems.site.values import Stamp

Written = TypeVar("Written")


def show_edition(  # noqa: PLR0913 - what is shown, to whom, and by whom it is written
    repository: Repository,
    head: Compilation,
    question: Question,
    audience: Audience,
    *,
    together: bool,
    write: Callable[[MakeManual], Written],
    doing: Callable[[str], AbstractContextManager[None]],
) -> tuple[Written, CheckResult, Compilation]:
    """Judge a compiled state, make the pages that an audience is shown, and have them written.

    Args:
        repository: an open repository.
        head: the state.
        question: how it is judged.
        audience: who is to see it.
        together: it will stand beside other versions.
        write: takes what makes the pages.
        doing: told what is being done.

    Returns:
        What `write` returned, the findings, which nobody is shown, and the state that is shown.

    Raises:
        EmsError: nothing can be shown, or written.
    """
    rules = Apart(partial(judged, head, question))
    with rules, doing("Checking, and writing the pages"):
        shown = with_names(approved_state(head, repository), question.names)
        seen = seen_by(shown, replace(audience, names=audience.names | set(question.names.values())))

        def make(rows_known: RowsKnown) -> tuple[Manual, Stamp]:
            # A name that somebody gave a branch is told no more than any other.
            stamp = replace(Stamp.of(head), ref=seen.state.snapshot.ref)
            manual = render_edition(seen, rows_known=rows_known)
            return with_versions(manual, place=LISTING.decode()) if together else manual, stamp

        result = rules.result()
        return write(make), result, seen.state
