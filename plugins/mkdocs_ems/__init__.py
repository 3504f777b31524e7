"""An ISO 14001 management system kept in git, compiled into an approved manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable
    from functools import partial
    from operator import attrgetter

    def dataclass(*, frozen: bool = False, order: bool = False, **options: bool) -> Callable[[type], type]:
        """A dataclass; one that is frozen is held to it by mypy, not by Python.

        Where Python does it too, an instance takes four times as long to make, and the class
        three times as long to define: `dataclasses` compiles the text of seven methods for
        each. A check defines two hundred classes and makes a hundred thousand instances.
        """
        if not frozen or order:
            return dataclasses.dataclass(order=order, unsafe_hash=frozen, **options)
        return partial(_value, **options)

    def _value(cls: type, **options: bool) -> type:
        """A dataclass that compares, hashes and shows itself by its fields, by methods compiled once."""
        made = dataclasses.dataclass(cls, eq=False, repr=False, **options)
        fields = dataclasses.fields(made)
        compared = [one.name for one in fields if one.compare]
        key = attrgetter(*(compared or ["__class__"]))
        shown = [one.name for one in fields if one.repr]

        def same(self: object, other: object) -> bool:
            return key(self) == key(other) if self.__class__ is other.__class__ else NotImplemented

        def hashed(self: object) -> int:
            return hash(key(self))

        def told(self: object) -> str:
            values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
            return f"{type(self).__qualname__}({values})"

        for name, method in (("__eq__", same), ("__hash__", hashed), ("__repr__", told)):
            if made.__dict__.get(name) is None:
                setattr(made, name, method)
        return made


__all__ = ["RULES_GROUP", "__version__", "dataclass"]

__version__ = "0.1.0"

RULES_GROUP = "mkdocs_ems.rules"
"""The entry point by which other distributions bring rules of their own."""
