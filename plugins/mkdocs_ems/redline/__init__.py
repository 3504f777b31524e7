"""What changed between two texts, in words: the pieces that went, came and stayed. Makes no markup."""

from __future__ import annotations

from mkdocs_ems.redline.lines import redline
from mkdocs_ems.redline.values import Change, Form, Line, Piece
from mkdocs_ems.redline.visible import visible

__all__ = ["Change", "Form", "Line", "Piece", "redline", "visible"]
