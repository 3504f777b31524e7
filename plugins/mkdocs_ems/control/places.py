"""What a path under the content folder is to document control. By its name alone; nothing is read."""

from __future__ import annotations

from enum import Enum, auto

RULES_ID = "EMS-RULES"
"""The id under which `ems.yml` and `allowed_signers` are controlled."""

SIGNERS = "allowed_signers"

_TEXT = (".md", ".yml", ".yaml")


def is_markdown(path: str) -> bool:
    """Whether a file is a document in Markdown, rather than a register."""
    return path.lower().endswith(".md")


class Place(Enum):
    """What stands at a path."""

    MAIN = auto()
    """The main file of a document or register, if it has an id."""
    RULES = auto()
    """`ems.yml`."""
    APPROVAL = auto()
    """An approval record, or what claims to be one."""
    RECORD = auto()
    """Any other record, and what lies beside it: stands as it landed."""
    ASSET = auto()
    """Any other file: a picture, a drawing, `allowed_signers`."""


class Places:
    """Tells the paths of one content folder apart."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.prefix = f"{content}/" if content else ""
        self.rules = f"{self.prefix}ems.yml"
        self.signers = f"{self.prefix}{SIGNERS}"
        self.approvals = f"{self.prefix}records/approvals/"
        self._records = f"{self.prefix}records/"
        self._readings = f"{self.prefix}records/readings/"
        self._known: dict[str, Place] = {}

    def of(self, path: str) -> Place:
        """What stands at a path from the repository's root."""
        place = self._known.get(path)
        if place is None:
            place = self._known[path] = self._find(path)
        return place

    def may_be_part(self, path: str) -> bool:
        """Whether a document may embed or attach the file: a picture of a record is one as any other."""
        match self.of(path):
            case Place.ASSET:
                return path != self.signers
            case Place.RECORD:
                # Readings grow month by month: whoever refers to them approves none of them.
                kept = path.startswith((self.approvals, self._readings))
                return not kept and not path.lower().endswith(_TEXT)
            case _:
                return False

    def _find(self, path: str) -> Place:
        if path == self.rules:
            return Place.RULES
        if path.startswith(self.approvals):
            return Place.APPROVAL if path.lower().endswith((".yml", ".yaml")) else Place.RECORD
        if path.startswith(self._records):
            return Place.RECORD
        return Place.MAIN if path.lower().endswith(_TEXT) else Place.ASSET
