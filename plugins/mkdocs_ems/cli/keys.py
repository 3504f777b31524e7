"""The key to sign approvals with: named, foreseen in what would come of it, and asked to sign at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from mkdocs_ems import dataclass
from mkdocs_ems.control.drafting import Draft
from mkdocs_ems.control.standpoint import Standpoint
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git.foreseen import Foreseen, foreseen_signature
from mkdocs_ems.git.signing import RECORD_NAMESPACE, public_key, sign
from mkdocs_ems.git.values import Signatures
from mkdocs_ems.text import show


def taken_for_good(promised: Mapping[str, bytes], at: Standpoint) -> Signatures | None:
    """Signatures as evidence, with those that the key's owner is about to make."""
    form = next(iter(promised.values()), None)
    return at.signatures if form is None or at.signatures is None else Foreseen(at.signatures, form)


@dataclass(frozen=True, slots=True)
class Key:
    """The key to sign with; None for the one that the agent or the user's settings name."""

    path: Path | None

    @classmethod
    def named(cls, name: str) -> Self:
        """The key of `--key FILE|agent`."""
        if name == "agent":
            return cls(None)
        path = Path(name).expanduser()
        if not path.is_file():
            raise UsageError(f"there is no key {show(name)}: name the file of your SSH key, or `agent`")
        return cls(path)

    def foreseen(self, drafts: Sequence[Draft]) -> dict[str, bytes]:
        """The form of every signature, before anything is signed."""
        form = foreseen_signature(public_key(self.path), namespace=RECORD_NAMESPACE)
        return {f"{one.path}.sig": form for one in drafts}

    def signatures(self, drafts: Sequence[Draft]) -> dict[str, bytes]:
        """Sign every draft."""
        return {
            f"{one.path}.sig": sign(one.data, key=self.path, namespace=RECORD_NAMESPACE) for one in drafts
        }
