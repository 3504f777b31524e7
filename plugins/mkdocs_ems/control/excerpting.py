"""The content and its control as an audience sees them: who is known by which name, and what is written down.

Gathers from the whole (the registers, document control, the history behind them) whatever must not be
read, and hands it to `model.excerpt` and `withheld`, which make what may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.control.states import ControlState
from mkdocs_ems.control.withheld import identities_of, principals_of, roles_of, withheld
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git.values import Entry, History, Identity, Snapshot
from mkdocs_ems.model import Model, PersonRow
from mkdocs_ems.model.excerpt import Excerpting
from mkdocs_ems.model.excerpt_settings import settings_of
from mkdocs_ems.model.masking import ANYBODY, Mask, may_be_a_name
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.model.sights import sights
from mkdocs_ems.source import Sources
from mkdocs_ems.text import fold

_DECIDES = ("publication", "retention")


@dataclass(frozen=True, slots=True)
class Whole:
    """A state of the content with all that is known of it."""

    snapshot: Snapshot
    sources: Sources
    model: Model
    control: ControlState | None
    history: History | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Excerpted:
    """What an audience sees of it."""

    snapshot: Snapshot
    control: ControlState | None
    carriers: frozenset[str]
    """Ids that were made up to carry readings."""


def excerpted(whole: Whole, audience: Audience) -> Excerpted:
    """What an audience sees of a state.

    Raises:
        UsageError: the rules of publication cannot be read as they are written: something might be shown
            that they were to keep in.
    """
    model, control = whole.model, whole.control
    unread = sorted({str(one[0]) for one in model.settings_dropped if one and one[0] in _DECIDES})
    if unread or not model.settings_readable or model.newer:
        raise UsageError(
            f"ems.yml cannot be read{' under ' + ' and '.join(unread) if unread else ''}, which says who may "
            "see what: mend what `ems check` finds there, and have it approved"
        )
    seen = sights(model, audience)
    stand_ins = _stand_ins(model, whole.as_of)
    mask = _mask(whole, audience, seen=frozenset(seen), stand_ins=stand_ins)
    # An id is an address and cannot be called otherwise: what has one that names somebody stays in.
    naming = {id_ for id_ in seen if mask.names_somebody(id_)}
    if naming:
        seen = {id_: one for id_, one in seen.items() if not naming & {id_, one.entry.document}}
        mask = _mask(whole, audience, seen=frozenset(seen), stand_ins=stand_ins)
    writing = Excerpting(model, whole.sources, seen, audience, mask, stand_ins)
    if control is not None and audience.profile.names != "none" and audience.takes("role"):
        roles = {one for one in roles_of(control, seen) if one in model.by_id}
        writing.named |= {one for one in roles if not mask.names_somebody(one)}
    excerpt = writing.written()
    kinds = {one.entry.kind for one in seen.values()}
    settings = settings_of(model, whole.sources, kinds=kinds, mask=mask)
    prefix = f"{whole.snapshot.content}/" if whole.snapshot.content else ""
    files = {model.settings_path: settings}
    files |= {prefix + path: data for path, data in sorted(excerpt.files.items())}
    snapshot = Snapshot(
        ref=mask(whole.snapshot.ref),
        commit=whole.snapshot.commit,
        date=whole.snapshot.date,
        content=whole.snapshot.content,
        # Ids that no blob has: every file is read, whatever is known of others.
        entries={path: Entry(path, f"excerpt {path}") for path in files},
        files=files,
    )
    return Excerpted(
        snapshot,
        control
        and withheld(
            control,
            seen=seen,
            title=lambda one: mask(seen[one].entry.entity.name),
            label=mask,
            roles={one for one in {*writing.named, *seen} if model.by_id[one].kind == "role"},
        ),
        excerpt.carriers,
    )


def _stand_ins(model: Model, day: date) -> Mapping[str, str]:
    """For each person the role that is named instead: one held on the day, else the last one."""
    found: dict[str, str] = {}
    for id_, entry in model.by_id.items():
        if not isinstance(entry.entity, PersonRow):
            continue
        known = [one for one in entry.entity.roles if one.role in model.by_id]
        now = [one for one in known if not (one.from_ and one.from_ > day) and not (one.to and one.to < day)]
        if known:
            found[id_] = (now[0] if now else known[-1]).role
    return found


def _mask(whole: Whole, audience: Audience, *, seen: frozenset[str], stand_ins: Mapping[str, str]) -> Mask:
    model, profile = whole.model, audience.profile
    people = {id_: one.entity for id_, one in model.by_id.items() if isinstance(one.entity, PersonRow)}
    accounts = {account for one in people.values() for account in (*one.forge_accounts, *one.git_identities)}
    accounts |= set(principals_of(whole.control)) if whole.control else set()
    accounts = (accounts | audience.accounts) - set(profile.contacts)
    named = dict.fromkeys(audience.names, "") | _names(whole, people) if profile.names != "full" else {}
    titles = (one.entity.title or "" for one in model.by_id.values() if one.kind == "role")
    spared = {fold(model.settings.organisation.name), *map(fold, titles)}
    named = {name: id_ for name, id_ in named.items() if fold(name) not in spared}
    # The title of a role may name a person too.
    plain = Mask.of(names=dict.fromkeys(named, ANYBODY), accounts=accounts, ids={}, contacts=profile.contacts)
    told = profile.names != "none" and audience.takes("role")
    roles = {
        id_: plain(one.entity.title)
        for id_, one in model.by_id.items()
        if told and one.kind == "role" and one.entity.title
    }
    called = {id_: roles.get(stand_ins.get(id_, "")) or ANYBODY for id_ in people}
    ids = dict(_kept_in(whole, seen)) | {id_: one for id_, one in roles.items() if id_ not in seen}
    ids |= {
        id_: (one.title if profile.names == "full" else None) or called[id_] for id_, one in people.items()
    }
    names = {name: called.get(id_, ANYBODY) for name, id_ in named.items()}
    return Mask.of(names=names, accounts=accounts, ids=ids, contacts=profile.contacts)


def _names(whole: Whole, people: Mapping[str, PersonRow]) -> dict[str, str]:
    """Every name that somebody has or had, with the person's id where one is known."""
    history = whole.history
    claimed: list[Identity] = []
    for commit in history.commits.values() if history else ():
        claimed += (commit.author, commit.committer)
    claimed += [one.tagger for one in (history.tags if history else ()) if one.tagger is not None]
    known = [(one.name, one.id or "") for one in (identities_of(whole.control) if whole.control else ())]
    found = {name: id_ for name, id_ in (*((one.name, "") for one in claimed), *known) if may_be_a_name(name)}
    for former in whole.control.former if whole.control else ():
        if former.kind == "person":
            found |= {name: id_ for id_, name in former.rows.items() if name}
    found |= {one.title: id_ for id_, one in people.items() if one.title}
    return found


def _kept_in(whole: Whole, seen: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Ids of what stays in, and what it is called."""
    for former in whole.control.former if whole.control else ():
        yield from ((id_, "an internal record") for id_ in former.rows if id_ not in seen)
    for id_ in whole.control.documents if whole.control else ():
        if id_ not in seen:
            yield id_, "an internal document"
    for id_, entry in whole.model.by_id.items():
        if id_ not in seen:
            kind = whole.model.kinds[entry.kind]
            held = kind.where in ("document", "head")
            yield (
                id_,
                "an internal document"
                if held
                else "a role"
                if entry.kind == "role"
                else ("an internal record"),
            )
