"""The last approved state of the rules, persons and roles as the chain goes on.

An event is judged by what was approved before it; so what is told here takes effect
when the next event asks. A change that nobody approved never gets this far.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from mkdocs_ems.control.authority import Directory, Rules
from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.places import RULES_ID, SIGNERS, Places
from mkdocs_ems.control.signers import NO_SIGNERS, Signers, read_signers
from mkdocs_ems.control.values import Content
from mkdocs_ems.diagnostics import Anchor, Finding
from mkdocs_ems.model import PersonRow, RoleRow, Settings, load_settings
from mkdocs_ems.model.settings import Organisation
from mkdocs_ems.source import Data, Source, parse_file

RULES_TYPES = ("rules", "person", "role")
"""Types whose approved state decides who may approve: never periodic, no later effective date."""

_PERSON_KEYS = ("id", "title", "status", "roles", "git_identities", "forge_accounts", "end_date")
_ROLE_KEYS = ("id", "title", "status", "top_management", "deputies")
_DECIDING = ("schema", "approval", "repository", "time_zone")

Row = TypeVar("Row", PersonRow, RoleRow)


class RulesInForce:
    """Keeps the approved rules, and reads them when somebody asks."""

    def __init__(self, reader: BlobReader, places: Places) -> None:
        self._reader = reader
        self._places = places
        self._approved: dict[str, tuple[str, Content]] = {}
        self._settings = Settings(organisation=Organisation(name="-"))
        self._settings_from: Content | None = None
        self._people: dict[str, tuple[str, list[PersonRow]]] = {}
        self._roles: dict[str, tuple[str, list[RoleRow]]] = {}
        """Of each register the blob that was read last, and its rows."""
        self._signers: tuple[str, Signers] = ("", NO_SIGNERS)
        """The blob of the list of keys that was read last, and its lines."""
        self._current: Rules | None = None

    def approve(self, identity: str, kind: str, content: Content | None) -> None:
        """A document of one of `RULES_TYPES` has a new approved content, or none any more."""
        self._current = None
        if content is None:
            self._approved.pop(identity, None)
        else:
            self._approved[identity] = (kind, content)

    @property
    def current(self) -> Rules:
        """The rules by which the next event is judged."""
        if self._current is None:
            self._current = self._read()
        return self._current

    def _read(self) -> Rules:
        people: list[PersonRow] = []
        roles: list[RoleRow] = []
        signers = NO_SIGNERS
        for identity, (kind, content) in sorted(self._approved.items()):
            if identity == RULES_ID:
                self._settings = self._read_settings(content)
                signers = self._read_signers(content)
            elif kind == "person":
                people += self._rows(identity, content, self._people, PersonRow, _PERSON_KEYS)
            elif kind == "role":
                roles += self._rows(identity, content, self._roles, RoleRow, _ROLE_KEYS)
        directory = Directory(people, roles)
        return Rules(self._settings, directory, signers=signers, read_from=self._read_from())

    def _read_signers(self, content: Content) -> Signers:
        blob = next((part.blob for part in content.parts if part.target == SIGNERS), None)
        if blob is None:
            return NO_SIGNERS
        if self._signers[0] != blob:
            self._signers = (blob, read_signers(self._reader.one(blob)))
        return self._signers[1]

    def _read_from(self) -> Mapping[str, Content]:
        found = {identity: content for identity, (_, content) in sorted(self._approved.items())}
        if self._settings_from is not None:
            found[RULES_ID] = self._settings_from
        return found

    def _read_settings(self, content: Content) -> Settings:
        source = self._parse(content)
        settings, findings = load_settings(source)
        # Rules that cannot be read must not be looser than those before them.
        broken = not source.readable or any(_decides(finding) for finding in findings)
        if broken:
            return self._settings
        self._settings_from = content
        return settings

    def _rows(
        self,
        identity: str,
        content: Content,
        known: dict[str, tuple[str, list[Row]]],
        shape: type[Row],
        keys: tuple[str, ...],
    ) -> list[Row]:
        if known.get(identity, ("", []))[0] != content.blob:
            source = self._parse(content)
            written = source.data.get("rows")
            rows = [row for row in written if isinstance(row, dict)] if isinstance(written, list) else []
            found = (_row(row, shape, keys) for row in rows)
            known[identity] = (content.blob, [row for row in found if row is not None])
        return known[identity][1]

    def _parse(self, content: Content) -> Source:
        data = self._reader.one(content.blob)
        return parse_file(content.path, data, content=self._places.content, blob=content.blob)[0]


def _row(row: Mapping[str, Data], shape: type[Row], keys: tuple[str, ...]) -> Row | None:
    """One row by the keys that decide here; a row in which one of them is wrong counts for nobody."""
    try:
        return shape.model_validate({key: row[key] for key in keys if row.get(key) is not None})
    except ValidationError:
        return None


def _decides(finding: Finding) -> bool:
    route = finding.at.route if isinstance(finding.at, Anchor) else ()
    return not route or route[0] in _DECIDING
