"""A site that was built, and what the command has to say of it."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.audiences import audience_of
from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.build_text import all_versions, one_state
from mkdocs_ems.cli.built import Look, built
from mkdocs_ems.cli.joined import build_all, join_parts
from mkdocs_ems.cli.one_version import Doing
from mkdocs_ems.cli.options import Question
from mkdocs_ems.cli.people import names_of
from mkdocs_ems.cli.placed import config_file
from mkdocs_ems.cli.reach import within_reach
from mkdocs_ems.git import Repository
from mkdocs_ems.report import Profile
from mkdocs_ems.site.finished import Finished
from mkdocs_ems.site.part_head import PartHead, PartKind


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a build."""

    finished: Finished
    """For the next run; what only this one knows is missing."""
    told: tuple[str, ...]
    """The lines before the last."""
    last: str
    """The last line, before the place of the site."""
    warnings: tuple[str, ...]

    @property
    def status(self) -> int:
        """What the command ends with."""
        return self.finished.status


def one_built(repository: Repository, asked: Asked, target: Path, *, doing: Doing) -> Done:
    """Build one state.

    Raises:
        EmsError: the repository, the configuration or the target cannot be used.
    """
    reached, names = within_reach(asked.evidence), names_of(asked.people)
    question = Question(
        asked.ref,
        asked.as_of,
        asked.trust_root,
        asked.now,
        stores=reached,
        evidence=asked.evidence,
        names=names,
        audience=None if asked.is_whole else audience_of(repository, asked),
    )
    content_of = asked.ref if asked.ref or not repository.bare else "HEAD"
    config = config_file(repository, asked.config_file, ref=content_of)
    look = Look(asked.state == "draft", target, config, asked.permanent)
    made, result, shown = built(repository, question, look, doing=doing)
    failing = asked.fail_on != "never" and result.fails(
        Profile.DRAFT if asked.fail_on == "broken" else Profile.REVIEW
    )
    *told, last = one_state(made, result)
    by_clock = asked.as_of is None and asked.ref is None
    finished = Finished(
        run="",
        content="",
        as_of=shown.as_of.isoformat(),
        time_zone=shown.settings.time_zone if by_clock else "",
        told=tuple(told),
        status=1 if failing else 0,
        record=made.record,
    )
    return Done(finished, tuple(told), last, made.warnings)


def all_built(repository: Repository, asked: Asked, target: Path, *, doing: Doing) -> Done:
    """Build all versions, or put their parts together.

    Raises:
        EmsError: the repository, the configuration or the target cannot be used.
    """
    together = (join_parts if asked.join else build_all)(repository, asked, target, doing=doing)
    heads = [outcome.part.head for outcome in together.outcomes]
    *told, last = all_versions(together.site.listed, together.outcomes)
    *again, _ = all_versions(together.site.listed, together.outcomes, again=True)
    finished = Finished(
        run="",
        content="",
        as_of=together.making.as_of.isoformat(),
        time_zone=together.making.time_zone if asked.as_of is None else "",
        told=tuple(again),
        status=1 if any(_fails(head, asked.fail_on) for head in heads) else 0,
        record=together.site.record,
    )
    kept = [outcome.warning for outcome in together.outcomes if outcome.warning]
    kept += together.site.warnings
    return Done(
        finished, tuple(told), last, (*dict.fromkeys(one for head in heads for one in head.warnings), *kept)
    )


def _fails(head: PartHead, fail_on: str) -> bool:
    """Whether a version ends the command with 1: it could not be built, or what is in force has findings."""
    if fail_on == "never":
        return False
    found = head.findings.get("error" if fail_on == "error" else "broken", 0)
    return bool(head.failed) or (head.kind is not PartKind.VERSION and bool(found))
