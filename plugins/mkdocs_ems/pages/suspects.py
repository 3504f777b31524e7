"""Links to look at again: what each document relies on that has changed since anybody looked at it.

For the owner of a document, who reads what changed and then confirms or changes it. The
suspect links are handed in; nothing here decides what is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.changes.suspects import Suspect
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.graph import Node
from mkdocs_ems.graph.link import TEXT
from mkdocs_ems.model import column_at, columns
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import LINKS_TO_REVIEW, READINESS, history_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents

_IN_A_BLOCK = 3
"""So many of the things that changed stand in a control block; the page has all of them."""


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """One link to look at again."""

    where: Markup
    """The row that refers and its field, or that it is in the text."""
    target: Markup
    change: Markup


@dataclass(frozen=True, slots=True)
class Referrer:
    """One document with all of its links to look at again."""

    id: str
    document: Markup
    looked: str
    lines: tuple[SuspectLine, ...]
    pending: bool
    """Something of it waits for approval, which will be a look."""
    meaning: str
    """What clears them where it still holds: `confirmation`, or `approval` of a living register."""


def suspects_page(view: View) -> Page:
    """The page of all suspect links, by the owner of who refers."""
    links = view.links(LINKS_TO_REVIEW)
    owners = tuple(_owners(view, links))
    body = render(
        "links-to-review.html",
        draft=view.draft,
        readiness=links.up + READINESS,
        as_of=words.day(view.shown.as_of),
        known=view.shown.control is not None,
        reason=view.shown.control_reason or "there is no history to judge by",
        count=sum(map(len, view.suspects.values())),
        documents=len(view.suspects),
        owners=[(owner, anchor, referrers) for owner, anchor, _, referrers in owners],
    )
    return Page(
        path=LINKS_TO_REVIEW,
        title="Links to look at again",
        form=PageForm.HTML,
        body=body,
        toc=contents([(title, anchor) for _, anchor, title, _ in owners]),
        search="Links to look at again: what changed since who refers to it was last approved or confirmed",
        nav=("Control", "Links to look at again"),
        order=62,
    )


def suspects_fact(identity: str, view: View, links: Links) -> Markup | None:
    """What a control block says of a document's suspect links; None where it has none."""
    found = {one.edge.target: one for one in view.suspects.get(identity, ())}
    if not found:
        return None
    named = [f"{target} ({_since(one)})" for target, one in list(found.items())[:_IN_A_BLOCK]]
    more = f" and {len(found) - _IN_A_BLOCK} more" if len(found) > _IN_A_BLOCK else ""
    address = f"{links.up}{LINKS_TO_REVIEW}#{identity}"
    return Markup('<a href="{}">{}</a>: {}{}').format(address, len(found), ", ".join(named), more)


def _since(one: Suspect) -> str:
    """When it changed: the day of the issue in force, where nothing but that issue came since the look."""
    if one.since and one.of_one_issue:
        return f"changed {words.day(one.since)}"
    return f"changed since {words.day(one.look.day)}"


def _owners(view: View, links: Links) -> Iterator[tuple[Markup, str, str, tuple[Referrer, ...]]]:
    """By owner: name, anchor, title for the contents, and the documents."""
    by_owner: defaultdict[str, list[str]] = defaultdict(list)
    for identity in view.suspects:
        by_owner[view.documents[identity].owner or ""].append(identity)
    for owner in sorted(by_owner, key=lambda one: (not one, one)):
        place = links.places.get(owner)
        title = f"{owner} {place.title}" if place else owner or "Without an owner"
        named = links.named(owner) if owner else escape(title)
        referrers = tuple(_referrer(view.documents[one], view, links) for one in by_owner[owner])
        yield named, f"owner-{owner or 'none'}", title, referrers


def _referrer(control: DocumentControl, view: View, links: Links) -> Referrer:
    found = view.suspects[control.id]
    look = found[0].look
    by = f" by {words.listed(list(look.by))}" if look.by else ""
    last = control.issues[-1].content.key if control.issues else None
    outgrown = control.control == "periodic" and control.landed is not None and control.landed.key != last
    return Referrer(
        id=control.id,
        document=links.named(control.id),
        looked=f"{look.verb} on {words.day(look.day)}{by}",
        lines=tuple(_line(one, view, links) for one in found),
        pending=control.pending is not None,
        meaning="approval" if outgrown else "confirmation",
    )


def _line(one: Suspect, view: View, links: Links) -> SuspectLine:
    source, target = (view.graph.nodes[id_] for id_ in (one.edge.source, one.edge.target))
    field = _label(source, one.edge.field, view)
    row = source.id != one.document
    where = Markup("{}, {}").format(links.named(source.id), field) if row else escape(words.sentence(field))
    return SuspectLine(where, links.named(target.id), _change(one, target, view, links))


def _label(source: Node, field: str, view: View) -> str:
    if field == TEXT:
        return "in the text"
    column, _ = column_at(view.kinds[source.kind].model, tuple(field.split(".")))
    return f"field {column.label if column else field}"


def _change(one: Suspect, target: Node, view: View, links: Links) -> Markup:
    """From which issue to which, and in what they differ."""
    history = f"{links.up}{history_page(one.holder)}"
    known = columns(view.kinds[target.kind].model)
    labels = [known[key].label if key in known else key for key in one.what]
    what = "it was not there" if one.came else words.listed(labels) or "the text"
    if one.now is None:
        return Markup('{} (<a href="{}">{}</a> as it stands)').format(what, history, one.holder)
    issues = f"issue {one.then} → {one.now}" if one.then else f"issue {one.now}"
    of = "" if one.holder == one.edge.target else f" of {one.holder}"
    if not one.of_one_issue:
        said = f"{what} on" if one.came else f"{what}, changed since"
        day = words.day(one.look.day)
        return Markup('{} {} (<a href="{}">{}{}</a>)').format(said, day, history, issues, of)
    day = words.day(one.since) if one.since else ""
    return Markup('{} (<a href="{}">{}{}</a>, in force since {})').format(what, history, issues, of, day)


def changed_since(found: Mapping[str, Sequence[Suspect]]) -> frozenset[tuple[str, str]]:
    """Who refers to what has changed, for the lists of links."""
    return frozenset((one.edge.source, one.edge.target) for one in _all(found))


def _all(found: Mapping[str, Sequence[Suspect]]) -> Iterable[Suspect]:
    return (one for ones in found.values() for one in ones)
