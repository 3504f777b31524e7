"""Who is to see what `ems build` makes: by the profiles and rules that the main branch has approved today.

Never by those of a branch, or of the version that is built: nobody alone opens what is kept in, and what
was open last year may have been closed since.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_ems.compile import Controlled
from mkdocs_ems.control.known_people import people_known
from mkdocs_ems.control.versions import Listed
from mkdocs_ems.git import Blobs, Repository
from mkdocs_ems.model import Settings
from mkdocs_ems.model.own import kinds_of
from mkdocs_ems.model.publication import Audience, audience_named

if TYPE_CHECKING:
    from mkdocs_ems.cli.build_asked import Asked


def audience_of(repository: Repository, asked: Asked) -> Audience | None:
    """The audience that was asked for.

    Raises:
        UsageError: there is no such profile, or no main branch that could have approved one.
        EmsError: the repository or its history cannot be used.
    """
    from mkdocs_ems.cli.listing import main_state  # noqa: PLC0415 - brings the whole compiler
    from mkdocs_ems.control.approved_rules import approved_settings  # noqa: PLC0415 - as above

    main = main_state(repository, trust_root=asked.trust_root, now=asked.now)
    settings = approved_settings(main.control, blobs=repository.blobs, content=main.snapshot.content)
    return audience_in(asked.audience, settings, main=main, blobs=repository.blobs)


def audience_in(name: str, settings: Settings, *, main: Controlled, blobs: Blobs) -> Audience | None:
    """The audience of a name as the main branch has it; None where the manual is shown whole.

    Args:
        name: as it was asked for.
        settings: the approved ones of the main branch.
        main: its state.
        blobs: reads the registers of people.

    Raises:
        UsageError: there is no such profile.
    """
    kinds = kinds_of(settings)
    found = audience_named(name, settings.publication, retention=settings.retention, kinds=kinds)
    if found is None:
        return None
    known = people_known(main.control, main.history, blobs=blobs, content=main.snapshot.content)
    return replace(found, names=known.names, accounts=known.accounts)


def told_to_outsiders(one: Listed) -> Listed:
    """A line of the list of versions without who set it, with which words, and what is doubtful of it."""
    return replace(one, tagger="", signed="", message="", doubts=(), reason="")
