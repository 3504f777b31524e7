"""Who is who, and who may approve what: the rules in force at one moment of the chain.

Holds only what has itself been approved. A person counts through the addresses that the
approved register of persons lists; an address that two persons list belongs to nobody
who wants to approve, and to both where authors are told from approvers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mkdocs_ems import dataclass
from mkdocs_ems.control.signers import NO_SIGNERS, Signers
from mkdocs_ems.control.terms import Level
from mkdocs_ems.control.values import Content, Person
from mkdocs_ems.git.values import Identity
from mkdocs_ems.model import PersonRow, RoleRow, Settings
from mkdocs_ems.model.organisation import Deputy
from mkdocs_ems.text import fold

NAMELESS = "somebody without a name or address"
"""What people are called whom a commit does not name at all."""
_NEVER_BY_DECLARATION = ("policy", "scope")
"""Types whose approval nobody can merely declare, whatever ems.yml accepts."""


class Directory:
    """The persons and roles of one approved state."""

    def __init__(self, people: Iterable[PersonRow], roles: Iterable[RoleRow]) -> None:
        self._people = {row.id: row for row in people if row.id}
        self._roles = {row.id: row for row in roles if row.id}
        self._holders: dict[str, tuple[str, ...]] = {}
        for identity, row in self._people.items():
            for address in row.git_identities:
                key = fold(mail_of(address))
                self._holders[key] = (*self._holders.get(key, ()), identity)
        self._deputies: dict[str, list[tuple[str, Deputy]]] = {}
        for role, holder in self._roles.items():
            for deputy in holder.deputies:
                self._deputies.setdefault(deputy.person, []).append((role, deputy))
        self._gone = frozenset(role for role, row in self._roles.items() if row.status == "withdrawn")
        self._known: dict[tuple[str, str], Person] = {}
        self._roles_of: dict[tuple[str, date], Mapping[str, bool]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._acting: dict[tuple[frozenset[str], date], tuple[Person, ...]] = {}

    def holders(self, mail: str) -> tuple[str, ...]:
        """Ids of every person who lists an address."""
        return self._holders.get(fold(mail), ())

    def keys(self, mail: str) -> tuple[str, ...]:
        """What an author is compared by: the ids of all who list the address, else the folded address.

        A record may name an author by the person's id instead.
        """
        keys = self._keys.get(mail)
        if keys is None:
            keys = self.holders(mail) or ((mail,) if mail in self._people else (fold(mail),))
            self._keys[mail] = keys
        return keys

    def person(self, identity: Identity) -> Person:
        """Who an identity is: with an id only if exactly one person lists its address."""
        seen = (identity.name, identity.mail)
        person = self._known.get(seen)
        if person is None:
            holders = self.holders(identity.mail)
            known = holders[0] if len(holders) == 1 else None
            name = self._people[known].title if known else None
            claimed = identity.name.strip() or identity.mail.strip() or NAMELESS
            person = self._known[seen] = Person(known, name or claimed, identity.mail)
        return person

    def author(self, identity: Identity) -> Person:
        """Who an author is: as any person, or whose id a record gives in place of an address."""
        row = self._people.get(identity.mail)
        if row is None:
            return self.person(identity)
        return Person(row.id, row.title or identity.mail, next(map(mail_of, row.git_identities), ""))

    def roles(self, person: str, day: date) -> Mapping[str, bool]:
        """The roles in which a person may act on a day; True where as a deputy."""
        asked = person, day
        if asked not in self._roles_of:
            self._roles_of[asked] = self._find_roles(person, day)
        return self._roles_of[asked]

    def _find_roles(self, person: str, day: date) -> Mapping[str, bool]:
        row = self._people.get(person)
        if row is None or row.status == "withdrawn" or (row.end_date and day > row.end_date):
            return {}
        deputies = self._deputies.get(person, ())
        acting = {role: True for role, deputy in deputies if _within(day, deputy.from_, deputy.to)}
        acting |= {held.role: False for held in row.roles if _within(day, held.from_, held.to)}
        return {role: deputy for role, deputy in acting.items() if role not in self._gone}

    def stands_for(self, said: str, role: str) -> bool:
        """Whether a text names a role, or somebody who holds it himself: whom its deputy stands in for."""
        wanted, row = fold(said), self._roles.get(role)
        if wanted in (fold(role), fold((row.title if row else None) or role)):
            return True
        holders = (one for one in self._people.values() if any(held.role == role for held in one.roles))
        return any(
            wanted in map(fold, (one.id or "", one.title or "", *map(mail_of, one.git_identities)))
            for one in holders
        )

    def acting(self, roles: Iterable[str], day: date) -> tuple[Person, ...]:
        """Everybody who may act in one of these roles on a day, as its holder or as a deputy, by id."""
        wanted = frozenset(roles)
        if (wanted, day) not in self._acting:
            self._acting[wanted, day] = tuple(
                _listed(identity, row)
                for identity, row in sorted(self._people.items())
                if not wanted.isdisjoint(self.roles(identity, day))
            )
        return self._acting[wanted, day]

    def held(self, day: date) -> Mapping[str, tuple[str, ...]]:
        """The ids of everybody who may act in each role on a day, deputies too; no role that nobody holds."""
        found: dict[str, tuple[str, ...]] = {}
        for person in self._people:
            for role in self.roles(person, day):
                found[role] = (*found.get(role, ()), person)
        return found

    def by_account(self, account: str) -> tuple[Person, ...]:
        """Everybody who lists an account of a forge, by id; several where nobody knows whose it is."""
        return self._accounts.get(fold(account), ())

    @cached_property
    def _accounts(self) -> Mapping[str, tuple[Person, ...]]:
        listed: dict[str, tuple[Person, ...]] = {}
        for identity, row in sorted(self._people.items()):
            for account in {fold(one) for one in row.forge_accounts}:
                listed[account] = (*listed.get(account, ()), _listed(identity, row))
        return listed

    def directs(self, roles: Iterable[str]) -> bool:
        """Whether any of these roles directs the organisation."""
        return not self._directing.isdisjoint(roles)

    @cached_property
    def _directing(self) -> frozenset[str]:
        return frozenset(self.top_management)

    @cached_property
    def role_names(self) -> tuple[str, ...]:
        """What roles are called in texts, sorted."""
        return tuple(sorted({row.title for row in self._roles.values() if row.title}))

    @cached_property
    def person_names(self) -> tuple[str, ...]:
        """What persons are called in texts, sorted."""
        return tuple(sorted({row.title for row in self._people.values() if row.title}))

    @cached_property
    def top_management(self) -> tuple[str, ...]:
        """The roles marked as top management, sorted."""
        return tuple(sorted(identity for identity, role in self._roles.items() if role.top_management))


def _listed(identity: str, row: PersonRow) -> Person:
    return Person(identity, row.title or identity, next(map(mail_of, row.git_identities), ""))


def mail_of(address: str) -> str:
    """The address alone, where a name stands before it in angle brackets."""
    return address.rpartition("<")[2].removesuffix(">") if address.endswith(">") else address


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who may approve one type: any of these roles, so many persons, by evidence of these levels."""

    type: str
    roles: tuple[str, ...]
    persons: int
    accepts: frozenset[Level]
    fewer: int | None = None
    """How many persons the matrix asks for an editorial change, if it says so."""

    @property
    def editorial_persons(self) -> int:
        """How many persons approve an editorial change: never more than another change takes."""
        return min(self.fewer or self.persons, self.persons)


class Rules:
    """The approval rules in force: settings, persons, roles and keys as approved."""

    def __init__(
        self,
        settings: Settings,
        directory: Directory,
        *,
        signers: Signers = NO_SIGNERS,
        read_from: Mapping[str, Content] | None = None,
    ) -> None:
        self.settings = settings
        self.directory = directory
        self.signers = signers
        self.read_from: Mapping[str, Content] = read_from or {}
        """The approved contents that these rules were read from, by the id of their document."""
        self.zone = time_zone(settings.time_zone)
        self._mandates: dict[str, Mandate | None] = {}
        self._days: dict[datetime, date] = {}

    def day(self, moment: datetime) -> date:
        """The organisation's calendar day at a moment."""
        day = self._days.get(moment)  # asked of one event again and again
        if day is None:
            try:
                day = self._days[moment] = moment.astimezone(self.zone).date()
            except OverflowError:  # on the first or last day of the calendar
                return moment.date()
        return day

    def mandate(self, kind: str) -> Mandate | None:
        """Who may approve a type; None where no row of the matrix covers it."""
        if kind not in self._mandates:
            self._mandates[kind] = self._find(kind)
        return self._mandates[kind]

    def _find(self, kind: str) -> Mandate | None:
        matrix = self.settings.approval.matrix
        if not matrix:
            # Where nobody has decided yet, top management decides.
            top = self.directory.top_management
            return Mandate(kind, top, 1, _levels(kind, _BY_DEFAULT)) if top else None
        row = next((row for row in reversed(matrix) if kind in row.types), None)
        if row is None:
            return None
        return Mandate(kind, row.roles, row.persons, _levels(kind, row.accepts), row.editorial_persons)


_BY_DEFAULT = ("paper", "recorded", "attested", "signed")


def _levels(kind: str, words: Iterable[str]) -> frozenset[Level]:
    accepted = {Level[word.upper()] for word in words}
    # Adoption is by the trust root alone: no act can claim it.
    accepted.discard(Level.ADOPTED)
    if kind in _NEVER_BY_DECLARATION:
        accepted.discard(Level.DECLARED)
    return frozenset(accepted)


def time_zone(name: str) -> tzinfo:
    """A time zone by name; UTC where there is none of this name (the model says so)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
