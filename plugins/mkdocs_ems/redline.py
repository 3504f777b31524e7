"""What changed between two texts, in words: the pieces that went, came and stayed. Makes no markup."""

from __future__ import annotations
