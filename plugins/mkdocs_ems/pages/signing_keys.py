"""The keys that may sign, as the approved rules list them: by fingerprint and the name of the person.

`allowed_signers` names people by mail address, which the manual does not publish; and a
line that cannot be used may hold one anywhere, so of such a line only its number is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.control.places import SIGNERS
from mkdocs_ems.control.signers import Signer, read_signers
from mkdocs_ems.git.signing import RECORD_NAMESPACE
from mkdocs_ems.model import PersonRow
from mkdocs_ems.pages import words
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import fold

_SIGNS = {RECORD_NAMESPACE: "approval records", "git": "commits and merges"}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key."""

    person: str
    fingerprint: str
    signs: str
    valid: str


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Every usable key of the file that is shown, and the lines that are used for nothing."""

    keys: tuple[SigningKey, ...]
    unusable: tuple[int, ...]
    approved: bool
    """Whether that file is the one that was approved; else its keys sign nothing yet."""


def signing_keys(control: DocumentControl, view: View) -> SigningKeys | None:
    """The keys that the rules list; None where they list none."""
    snapshot = view.shown.snapshot
    path = f"{control.path.rpartition('/')[0]}/{SIGNERS}".lstrip("/")
    if path not in snapshot.files or path not in snapshot.entries:
        return None
    parts = control.in_force.content.parts if control.in_force else ()
    signers = read_signers(snapshot.files[path])
    return SigningKeys(
        keys=tuple(sorted(_keys(signers.by_key.values(), view), key=lambda one: one.person.casefold())),
        unusable=tuple(sorted({fault.number for fault in signers.faults})),
        approved=any(part.path == path and part.blob == snapshot.entries[path].blob for part in parts),
    )


def _keys(signers: Iterable[Signer], view: View) -> Iterator[SigningKey]:
    names = {
        fold(mail): node.title
        for node in view.graph.of_kind("person")
        if isinstance(node.entity, PersonRow)
        for mail in node.entity.git_identities
    }
    for one in signers:
        yield SigningKey(
            person=names.get(fold(one.principal), "nobody whom the register of people lists"),
            fingerprint=one.fingerprint,
            signs=words.listed([_SIGNS.get(name, name) for name in one.namespaces or ()]) or "everything",
            valid=_valid(one),
        )


def _valid(signer: Signer) -> str:
    said = [f"from {words.day(signer.valid_after.date())}"] if signer.valid_after else []
    said += [f"until {signer.valid_before:%Y-%m-%d %H:%M} UTC"] if signer.valid_before else []
    return " ".join(said) or "without an end"
