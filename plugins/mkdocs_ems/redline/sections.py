"""Which kind of text it is, and its parts: front matter and text, or the head and rows of YAML."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_ems.redline.blocks import Section, markdown, plain_lines
from mkdocs_ems.redline.fields import fields, yaml_sections

_MARK = "---"


def sections(text: str, *, plain: bool) -> tuple[Section, ...]:
    """The parts of a text; of Markdown the front matter, then the rest.

    Args:
        text: the text.
        plain: it is neither Markdown nor YAML.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    if plain:
        return (Section(()), Section(tuple(plain_lines(lines))))
    if lines[0].rstrip() == _MARK:
        end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _MARK), None)
        if end is not None:
            return Section(tuple(fields(lines[1:end]))), Section(tuple(markdown(lines[end + 1 :])))
    if _is_yaml(lines):
        return tuple(yaml_sections(lines))
    return Section(()), Section(tuple(markdown(lines)))


def _is_yaml(lines: Sequence[str]) -> bool:
    """Whether every line that begins at the margin is a key, a list or a comment: YAML, not prose."""
    at_margin = [line for line in lines if line[:1].strip() and not line.startswith("#")]
    keyed = (line.startswith(("- ", "}", "]")) or ": " in f"{line.rstrip()} "[:90] for line in at_margin)
    return bool(at_margin) and not at_margin[0].startswith("-") and all(keyed)
