"""To whom the manual is shown, and how much of it: the profiles of publication (7.4.3, 7.5.3).

A profile says what may be seen, never what has to be hidden: whatever it does not reach stays in. Who
judges by one hands on an `Audience`, which holds the rules of today also where a manual of last year is
published: what was open then may have been closed since.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems import dataclass
from mkdocs_ems.errors import UsageError
from mkdocs_ems.model.fields import Flag, Form, Text, Within
from mkdocs_ems.model.retention import Access, RetentionRow
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.text import did_you_mean, show

Names = Literal["full", "roles", "none"]
"""How people are called: by their names, by the roles that they hold, or not at all."""

WHOLE = "internal"
"""The audience that sees the manual whole: who builds without naming one builds for it."""

PUBLIC = "public"
"""The audience outside; every organisation has its profile, and may write it anew."""

RANKS: Mapping[str, int] = MappingProxyType({"public": 0, "internal": 1, "restricted": 2})
"""Who may see what: the higher, the fewer."""

ProfileName = Annotated[str, Form("text"), Within(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


class Profile(Shape):
    """What one audience sees of the manual."""

    model_config = ConfigDict(title="profile of publication")

    name: ProfileName = Field(title="Name", description="What it is built by: `ems build --audience NAME`.")
    access: Access = Field(
        "public", title="Access", description="The most that is shown: what this access or an opener one has."
    )
    kinds: tuple[Text, ...] = Field(
        (), title="Kinds", description="The types of document, register and record it shows; all without."
    )
    without: tuple[Text, ...] = Field((), title="Without", description="Types that it shows nothing of.")
    names: Names = Field(
        "roles", title="Names", description="How people are called: by full name, by their roles, or not."
    )
    summaries: Flag = Field(
        default=True,
        title="Summaries",
        description="Whether objectives, indicators and certificates are shown in short where they are "
        "internal.",
    )
    contacts: tuple[Text, ...] = Field(
        (), title="Contacts", description="Mail addresses that are shown, such as the one for the public."
    )
    pictures: Flag = Field(
        default=False,
        title="Pictures",
        description="Whether pictures in documents are shown: nobody can look into them for names.",
    )


class Publication(Shape):
    """Where the manual may be published, and to whom."""

    model_config = ConfigDict(title="set of rules for publication")

    private_hosts: tuple[Text, ...] = Field(
        (),
        title="Private hosts",
        description="Hosts, such as git.example.org, on which only your own people see what is published.",
    )
    profiles: tuple[Profile, ...] = Field(
        (),
        title="Profiles",
        description="Who sees how much of the manual; `public` and `internal` there always are.",
    )


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to see a manual: a profile, and by which rules of today things are open or not."""

    profile: Profile
    retention: tuple[RetentionRow, ...] = ()
    names: frozenset[str] = frozenset()
    """Names of people that are known today: an old version may tell of somebody who had another then."""
    accounts: frozenset[str] = frozenset()
    """What else they are called by."""

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    @property
    def mark(self) -> str:
        """The same text for the same rules, and for no others: for keys of what is kept."""
        rows = [one.model_dump_json() for one in self.retention]
        people = (repr(sorted(self.names)), repr(sorted(self.accounts)))
        return "\n".join((self.profile.model_dump_json(), *rows, *people))

    def takes(self, kind: str) -> bool:
        """Whether it is shown anything of a kind."""
        profile = self.profile
        return kind not in profile.without and (not profile.kinds or kind in profile.kinds)

    def may_see(self, access: str | None) -> bool:
        """Whether it may see what has an access; what has none is nobody's outside."""
        return access is not None and RANKS[access] <= RANKS[self.profile.access]


def audience_named(
    name: str, publication: Publication, *, retention: tuple[RetentionRow, ...], kinds: Mapping[str, object]
) -> Audience | None:
    """The audience of a name; None for the one that sees the manual whole.

    Args:
        name: as it was asked for.
        publication: what the organisation decided.
        retention: who may see what, type by type.
        kinds: every kind by its key: a profile that names another might show what it was to keep in.

    Raises:
        UsageError: there is no such profile, or it cannot be followed.
    """
    if name == WHOLE:
        return None
    own = {profile.name: profile for profile in publication.profiles}
    if len(own) != len(publication.profiles) or WHOLE in own:
        what = f"{WHOLE} is the manual as a whole" if WHOLE in own else "two profiles have one name"
        raise UsageError(f"{what}: give each profile under publication in ems.yml a name of its own")
    profile = own.get(name) or (Profile(name=PUBLIC) if name == PUBLIC else None)
    if profile is None:
        known = (*own, *(one for one in (PUBLIC, WHOLE) if one not in own))
        meant = did_you_mean(name, known)
        raise UsageError(
            f"there is no profile {show(name)}"
            + (f": did you mean {meant}?" if meant else f": known are {', '.join(known)}")
        )
    unknown = [one for one in (*profile.kinds, *profile.without) if one not in kinds]
    if unknown:
        raise UsageError(
            f"the profile {name} names the type {show(unknown[0])}, which there is not: mend it in ems.yml, "
            "or the profile would show what it was meant to keep in"
        )
    return Audience(profile, retention)
