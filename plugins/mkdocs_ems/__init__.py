"""An ISO 14001 management system kept in git, compiled into an approved manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable

    def dataclass(*, frozen: bool = False, **options: bool) -> Callable[[type], type]:
        """A dataclass; one that is frozen is held to it by mypy, not by Python.

        Where Python does it too, an instance takes four times as long to make, and the class
        nearly twice as long to define: a check defines two hundred and makes a hundred
        thousand. What is frozen is hashed by its fields, as ever.
        """
        return dataclasses.dataclass(**options, unsafe_hash=frozen)


__all__ = ["RULES_GROUP", "__version__", "dataclass"]

__version__ = "0.1.0"

RULES_GROUP = "mkdocs_ems.rules"
"""The entry point by which other distributions bring rules of their own."""
