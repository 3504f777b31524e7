"""`ems build --all`, `--out` and `--join`: versions made here or elsewhere, and the site of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.one_version import Doing, Setting, make_part
from mkdocs_ems.cli.people import names_of
from mkdocs_ems.cli.placed import config_file
from mkdocs_ems.cli.reach import check_declared, within_reach
from mkdocs_ems.cli.recognising import may_be_kept
from mkdocs_ems.cli.version_tasks import Making, making
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import Repository
from mkdocs_ems.git.for_a_while import FolderForAWhile
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.site.assembling import Assembled, Joined, assemble
from mkdocs_ems.site.part import Part, read_part
from mkdocs_ems.site.sharing import usual_jobs
from mkdocs_ems.site.store import Store, usual_store
from mkdocs_ems.site.versions import Outcome, build_parts, check_made_from
from mkdocs_ems.text import plural, show


@dataclass(frozen=True, slots=True)
class Together:
    """A finished site of several versions."""

    site: Assembled
    outcomes: tuple[Outcome, ...]
    making: Making


def build_all(repository: Repository, asked: Asked, target: Path, *, doing: Doing) -> Together:
    """Build every version, and the site of all of them.

    Args:
        repository: an open repository.
        asked: what is asked for.
        target: where the site is written.
        doing: told what is being done, for who watches.

    Raises:
        EmsError: the repository, the configuration or the target cannot be used.
    """
    with doing("Listing the versions"):
        wanted, config = _making(repository, asked)
    store = Store(asked.store or usual_store()) if asked.keeps and may_be_kept() else None
    jobs = asked.jobs or usual_jobs()
    with FolderForAWhile("parts") as work:
        make = partial(make_part, _setting(asked, config, wanted.audience))
        with doing(f"Building {plural(len(wanted.tasks), 'version')}"):
            outcomes = tuple(build_parts(wanted.tasks, make=make, store=store, work=work, jobs=jobs))
        parts = [outcome.part for outcome in outcomes]
        with doing("Putting them together"):
            joined = Joined.of(wanted.listed, parts, as_of=wanted.as_of)
            fresh = {one.task.folder: one.fresh for one in outcomes if one.fresh is not None}
            site = assemble(joined, site_dir=target, jobs=jobs, fresh=fresh)
    if store is not None:
        store.tidy(now=asked.now, used=frozenset(part.head.key for part in parts))
    return Together(site, outcomes, wanted)


def parts_made(repository: Repository, asked: Asked, work: Path, *, most: int) -> tuple[Outcome, ...]:
    """Make the parts of the first versions and no site, for who measures what that takes.

    Args:
        repository: an open repository.
        asked: what is asked for; nothing is kept.
        work: an empty folder for the parts.
        most: of how many versions.
    """
    wanted, config = _making(repository, asked)
    make = partial(make_part, _setting(asked, config, wanted.audience))
    tasks, jobs = wanted.tasks[:most], asked.jobs or usual_jobs()
    return tuple(build_parts(tasks, make=make, store=None, work=work, jobs=jobs))


def build_out(repository: Repository, asked: Asked, *, ref: str, out: Path) -> Part:
    """Build one version, and write its part to a file.

    Args:
        repository: an open repository.
        asked: what is asked for.
        ref: the version: the name of its tag, `current`, or the main branch's name for the same.
        out: the file.

    Raises:
        UsageError: that is no version of this repository.
        EmsError: the repository, the configuration or the file cannot be used.
    """
    wanted, config = _making(repository, asked)
    return make_part(_setting(asked, config, wanted.audience), wanted.task(ref), out)


def join_parts(repository: Repository, asked: Asked, target: Path, *, doing: Doing) -> Together:
    """Put the parts together that other jobs made, as `asked.join` names them; arguments as `build_all`.

    Raises:
        OutputError: one is spoilt, or was not made from what stands here; one is missing, or too many.
        EmsError: the repository or the target cannot be used.
    """
    with doing("Listing the versions"):
        wanted, _ = _making(repository, asked)
    found = _by_folder(asked.join)
    missing = [task.name for task in wanted.tasks if task.folder not in found]
    if missing:
        raise OutputError(
            f"no part was given of {', '.join(map(show, missing))}: build each with `ems build --ref NAME "
            "--out PART`, and join them all"
        )
    surplus = [found[folder].path for folder in found.keys() - {task.folder for task in wanted.tasks}]
    if surplus:
        names = ", ".join(sorted(map(str, surplus)))
        raise OutputError(f"{names} shows no version of this repository: leave it out")
    for task in wanted.tasks:
        check_made_from(task, found[task.folder])
    outcomes = tuple(Outcome(task, found[task.folder], kept=True) for task in wanted.tasks)
    joined = Joined.of(wanted.listed, [one.part for one in outcomes], as_of=wanted.as_of)
    with doing("Putting them together"):
        site = assemble(joined, site_dir=target, jobs=asked.jobs or usual_jobs())
    return Together(site, outcomes, wanted)


def _making(repository: Repository, asked: Asked) -> tuple[Making, Path | None]:
    config = config_file(repository, asked.config_file, ref="HEAD" if repository.bare else None)
    wanted = making(
        repository,
        as_of=asked.as_of,
        trust_root=asked.trust_root,
        config_file=config,
        draft=asked.draft,
        audience=asked.audience,
        now=asked.now,
    )
    check_declared(asked.evidence, wanted.listing.settings)
    return wanted, config


def _setting(asked: Asked, config: Path | None, audience: Audience | None) -> Setting:
    return Setting(
        repo=asked.repo.absolute(),
        trust_root=asked.trust_root,
        verify_store=asked.verify_store,
        now=asked.now,
        config_file=config.absolute() if config is not None else None,
        stores=within_reach(asked.evidence),
        names=names_of(asked.people),
        audience=audience,
    )


def _by_folder(paths: Sequence[Path]) -> Mapping[str, Part]:
    found: dict[str, Part] = {}
    for path in paths:
        part = read_part(path)
        other = found.setdefault(part.head.folder, part)
        if other is not part:
            raise OutputError(f"{other.path} and {path} show the same version: leave one of them out")
    return found
