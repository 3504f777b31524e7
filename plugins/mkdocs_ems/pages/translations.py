"""What the control block of a document says of translations: of what it is one, or which there are of it.

A translation that is older than the issue in force says so at its head: who reads it has to know.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from mkdocs_ems.model import Controlled, Entity
from mkdocs_ems.pages import words
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.show import bullets
from mkdocs_ems.pages.view import View

OF, IN = "Translation of", "Translations"
"""How the facts are called."""


def translation_facts(entity: Entity | None, *, view: View, links: Links) -> Iterator[tuple[str, Markup]]:
    """What there is to say; nothing of most documents."""
    if not isinstance(entity, Controlled) or entity.id is None:
        return
    if entity.translation_of is not None and entity.translation_of != entity.id:
        said = Markup("%s, %s") % (links.named(entity.translation_of), _issue(entity, view))
        yield OF, said
    made = [
        Markup("%s, %s") % (links.named(one.id or ""), _issue(one, view))
        for edge in view.graph.incoming.get(entity.id, ())
        if edge.field == "translation_of" and edge.source != entity.id
        if isinstance(one := view.graph.nodes[edge.source].entity, Controlled)
    ]
    if made:
        yield IN, bullets(made)


def _issue(translation: Controlled, view: View) -> Markup:
    """Which issue was translated, and whether that is the one in force."""
    language = f"in {translation.language}, " if translation.language else ""
    original = view.documents.get(translation.translation_of or "")
    now = original.in_force if original is not None else None
    if translation.source_issue is None:
        return escape(f"{language}of an issue that it does not name")
    said = f"{language}issue {translation.source_issue}"
    if now is None or translation.source_issue >= now.number:
        return escape(said)
    since = words.day(now.effective_from)
    return Markup("%s; <strong>issue %s is in force since %s</strong>") % (said, now.number, since)
