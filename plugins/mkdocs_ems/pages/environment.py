"""The templates: compiled once, autoescaping, and loud about a name that does not exist.

All HTML of the pages comes from here or from `Markup.format`, which escapes too. What no eye
could see of names in git (a path, an author, a ref) is written out.
No template writes a script, a style or an event handler into a page.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from mkdocs_ems.pages import words
from mkdocs_ems.pages.compiled import keep_compiled
from mkdocs_ems.text import plural, shown_page


class _Environment(Environment):
    """Whose globals do not change any more once a template is loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary: Jinja has two in a chain, and every page would go through it key by key."""
        return {**self.globals, **(d or {})}


@cache
def _environment() -> Environment:
    made = _Environment(
        loader=PackageLoader("mkdocs_ems.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words=words.words, number=words.number, sentence=words.sentence)
    made.globals.update(plural=plural)
    keep_compiled(made)
    return made


def render(template: str, /, **context: object) -> str:
    """Render a template of this room to HTML."""
    return shown_page(_environment().get_template(template).render(context))
