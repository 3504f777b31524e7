"""A file that is there whole or not at all, whoever writes it, reads it or is killed meanwhile.

It is written under a name of its own beside its place, and renamed. What a killed writer leaves is
a hidden file that nobody takes for the real one; the next writer in its folder clears it away.
"""

from __future__ import annotations

from mkdocs_ems.git.for_a_while import UNFINISHED, appearing

__all__ = ["UNFINISHED", "appearing"]
