"""Compile and run the rules: what `check`, `build` and the plugin's counterpart have in common."""

from __future__ import annotations

from datetime import date, datetime

from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.git import Repository
from mkdocs_ems.report import CheckResult, check_result
from mkdocs_ems.rules import rule_docs, run_rules


def judge(  # noqa: PLR0913 - one parameter an option
    repository: Repository,
    *,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    now: datetime,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> tuple[Compilation, CheckResult]:
    """Compile one state and run the rules over it."""
    compilation = compile_state(repository, ref=ref, as_of=as_of, trust_root=trust_root, now=now)
    report = run_rules(compilation, select=select, ignore=ignore)
    documents = compilation.control.documents.values() if compilation.control else ()
    pending = tuple(document.id for document in documents if document.pending)
    result = check_result(
        report, text_line=compilation.sources.text_line, rule_docs=rule_docs, pending=pending
    )
    return compilation, result


def time_zone_name(compilation: Compilation) -> str:
    """The name of the zone in which "today" is decided."""
    return compilation.settings.time_zone
