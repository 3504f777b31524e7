"""Compile and run the rules: what the commands that judge have in common."""

from __future__ import annotations

from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.held import hold
from mkdocs_ems.cli.kept import Basis, KeptAnswers
from mkdocs_ems.cli.options import Question
from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile import Compilation, Lap, no_lap
from mkdocs_ems.content import content_folder
from mkdocs_ems.git import Repository
from mkdocs_ems.report import CheckResult, check_result, freeze
from mkdocs_ems.rules import rule_docs, run_rules


def judged(compilation: Compilation, question: Question, *, lap: Lap = no_lap) -> CheckResult:
    """Run the rules over a compiled state."""
    with without_collector():
        report = run_rules(compilation, select=question.select, ignore=question.ignore, lap=lap)
        documents = compilation.control.documents.values() if compilation.control else ()
        pending = tuple(document.id for document in documents if document.pending)
        text_line = compilation.sources.text_line
        return check_result(report, text_line=text_line, rule_docs=rule_docs, pending=pending)


def judge(
    repository: Repository, question: Question, *, lap: Lap = no_lap
) -> tuple[Compilation, CheckResult]:
    """Compile one state and run the rules over it."""
    compilation = compiled(repository, question, lap=lap)
    return compilation, judged(compilation, question, lap=lap)


def judge_and_keep(repository: Repository, question: Question, kept: KeptAnswers) -> CheckResult:
    """Judge, and keep the result for the next time the same is asked of the same state."""
    content = content_folder(repository, ref=question.ref)
    # Before anything is read: what changes meanwhile is then not taken for what was judged.
    state = kept.state(content)
    compilation, result = judge(repository, question)
    hold(compilation)
    basis = Basis(content, compilation.settings.time_zone, state, compilation.as_of.isoformat())
    kept.keep(freeze(result), basis)
    return result
