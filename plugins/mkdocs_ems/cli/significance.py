"""`ems significance`: the method in words, every aspect's computation, and what another method would change.

Writes nothing: a method is tried out on the register, never put into it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.significance_text import comparison_text, faults_text, significance_text
from mkdocs_ems.compile import compile_state
from mkdocs_ems.diagnostics import Finding, Span
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.significance import compared, significance_json
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.method_reading import read_method
from mkdocs_ems.source import Source, parse_file

_BEGINS = "write `significance:` and the method below it, as in ems.yml"
_LARGEST = 1_000_000
"""Bytes; nobody's method is longer."""


@click.command(
    "significance", short_help="How significance is judged, for each aspect; what would change it."
)
@repo_option
@state_options
@click.option(
    "--method",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A YAML file with another method, to see what it would change. Nothing is written.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def significance_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    file: Path | None,
    form: str,
) -> None:
    """Show how the significance of aspects is judged, and how it follows for each of them.

    With --method FILE: what another method would change. FILE holds `significance:` and the method
    below it, as in ems.yml, or the method alone.

    \b
    Examples:
      ems significance
      ems significance --method new-method.yml
      ems significance --ref v2026.1 --format json

    Ends with 0 whatever differs, 1 where the method in FILE cannot be used, 2 where FILE cannot be read.
    """
    tried = _tried(file) if file is not None else None
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        compilation = compile_state(
            repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment()
        )
    comparison = compared(compilation, tried) if tried is not None else None
    if form == "json":
        name = str(file) if file is not None else None
        click.echo(significance_json(compilation, comparison=comparison, file=name), nl=False)
    elif comparison is not None:
        click.echo(comparison_text(compilation, comparison, str(file)), nl=False)
    else:
        click.echo(significance_text(compilation), nl=False)


def _tried(file: Path) -> Significance:
    """The method in a file; where it has faults, they are printed and the command ends."""
    source = _source(file)
    method, findings = read_method(source)
    if findings:
        click.echo(faults_text(str(file), list(_placed(findings, source))), nl=False, err=True)
        sys.exit(1)
    return method


def _source(file: Path) -> Source:
    if not file.is_file():
        raise UsageError(f"{file} is no file that can be read")
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    if len(data) > _LARGEST:
        raise UsageError(f"{file} has more than {_LARGEST:,} bytes; that is no method")
    # Whatever it is called, it is read as YAML.
    source, findings = parse_file(f"{file.name}.yml", data, content="")
    if findings:
        if "`type: …`" in (findings[0].help or ""):
            # How a document or register begins; a method begins otherwise.
            findings = (replace(findings[0], help=_BEGINS),)
        span, message = next(iter(_placed(findings, source)))
        raise UsageError(f"{file}:{span.line}:{span.column}: {message}")
    return source


def _placed(findings: tuple[Finding, ...], source: Source) -> Iterator[tuple[Span, str]]:
    for one in findings:
        at = one.at if isinstance(one.at, Span) else source.spans.span(one.at.route, key=one.at.key)
        stop = "" if one.message.endswith("?") else ";"
        yield at, f"{one.message}{stop} {one.help}" if one.help else one.message
