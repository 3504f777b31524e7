"""`ems new`: the next id, from a template, in the right place. Writes one file, whole or not at all."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, this_moment
from mkdocs_ems.cli.writing import Writer
from mkdocs_ems.compile import Compilation, compile_state, with_file
from mkdocs_ems.content import placement
from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.errors import OutputError, UsageError
from mkdocs_ems.exports.additions import Addition, Here, new_document, new_row
from mkdocs_ems.exports.claimed import Clash, Ids, claimed, clashes
from mkdocs_ems.exports.new_records import new_record
from mkdocs_ems.exports.wanted import Asked, choose_id, kind_named, owner_of, style_for, title_of
from mkdocs_ems.git import Repository
from mkdocs_ems.git.locate import locate
from mkdocs_ems.rules import run_rules
from mkdocs_ems.site.locking import locked
from mkdocs_ems.text import fold, show

_MOST_CLASHES = 10
_MAKERS = {"register": new_row, "document": new_document, "record": new_record}
"""What makes it, by where things of its kind stand."""


@click.command("new", short_help="A new row, document or record: next free id, template, right place.")
@repo_option
@click.argument("kind")
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option("--id", "identity", metavar="ID", help="This id instead of the next free one.")
@click.option("--owner", metavar="ROLE", help="The role or person who answers for it, by id or title.")
@click.option(
    "--in",
    "file",
    metavar="FILE",
    help="The register that takes the row, by path or id; for a document or a record, the file to be made; "
    "a file of several records takes one more.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def new_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    kind: str,
    title: tuple[str, ...],
    identity: str | None,
    owner: str | None,
    file: str | None,
    dry_run: bool,
) -> None:
    """Add a row, a document or a record of a KIND with a TITLE to the work tree; nothing is committed.

    KIND is what `type` says (aspect, action, procedure …), its title, or what its ids begin with; your own
    registers count. Ids are looked for on every branch and in history, so that none is given twice.

    \b
    Examples:
      ems new aspect "Oil in rainwater"
      ems new action "Mend the bund" --owner ROL-MNT
      ems new procedure "Cleaning the filter press" --dry-run
      ems new inspection "Weekly walk" --owner ROL-ETP
    """
    with nullcontext() if dry_run else _alone(repo), Repository.open(repo) as repository:
        if repository.bare:
            raise OutputError("a bare repository has no files that could be added to: use a clone with files")
        project, content = placement(repository, ref=None)
        compilation = compile_state(repository, now=this_moment())
        _must_be_settled(compilation, content)
        asked = Asked(
            kind_named(kind, compilation),
            title_of(" ".join(title)),
            identity,
            owner_of(owner, compilation) if owner else None,
            _from_root(file, repository) if file else None,
        )
        writer = Writer(repository.root)
        everywhere = repository.everywhere(content=content)
        ids = Ids(repository, content)
        given = claimed(compilation.snapshot, everywhere, ids)
        style = style_for(compilation, asked.kind, given)
        new_id, notes = choose_id(asked, style, given)
        here = Here(compilation, given, project, writer.read)
        made = _MAKERS[asked.kind.where](asked, new_id, here)
        found = clashes(
            compilation.snapshot,
            everywhere,
            ids,
            wanted=lambda one: style.number(one) is not None,
        )
        # Rules may ask for what old issues were called, which git tells while it is open.
        left = _still_missing(compilation, made)
        if not dry_run:
            _write(writer, made)
    notes = (*notes, *made.notes, *_namesakes(compilation, asked, new_id))
    parts = (
        _told(made, asked, repository.root, dry_run=dry_run),
        [show(note) for note in notes],
        _fill_in(left),
        [] if dry_run else _next_steps(made, repository.root),
    )
    click.echo("\n\n".join("\n".join(lines) for lines in parts if lines))
    _warn(found)


@contextmanager
def _alone(repo: Path) -> Iterator[None]:
    """One at a time from looking for a free id to writing it, or two would be given the same."""
    lock = locate(repo).git_dir / "ems-new.lock"
    busy = (
        "another `ems new` is at work in this folder: try again in a moment; if nobody is at it, "
        f"delete {show(str(lock))}"
    )
    with ExitStack() as held:
        try:
            held.enter_context(locked(lock, busy=busy))
        except OSError as error:
            raise OutputError(f"nothing can be added here: {error.strerror} ({show(str(lock))})") from error
        yield


def _must_be_settled(compilation: Compilation, content: str) -> None:
    if not compilation.model.settings_readable:
        path = f"{content}/ems.yml" if content else "ems.yml"
        raise UsageError(
            f"{show(path)} is missing or cannot be read, so nothing is known of what there is: "
            "name the folder that holds mkdocs.yml with --repo, or mend the file (`ems check`)"
        )


def _from_root(file: str, repository: Repository) -> str:
    """A file that somebody named from where they stand, as a path from the repository's root."""
    place = Path(os.path.normpath(Path.cwd() / file))
    here = Path(os.path.realpath(place.parent)) / place.name
    if (here.exists() or file.lower().endswith(".md")) and here.is_relative_to(repository.root):
        return here.relative_to(repository.root).as_posix()
    return file


def _write(writer: Writer, made: Addition) -> None:
    if writer.read(made.path) != made.before:
        raise OutputError(f"{show(made.path)} changed while it was read: try again")
    writer.write(made.path, made.text)


def _still_missing(compilation: Compilation, made: Addition) -> Sequence[Diagnostic]:
    """What the rules say of it as it would stand, gravest first."""
    proposed = with_file(compilation, made.path, made.text.encode("utf-8"))
    report = run_rules(proposed)
    found = [one for one in report.diagnostics if one.id is not None and fold(one.id) == fold(made.id)]
    return sorted(found, key=lambda one: (one.severity.rank, one))


def _told(made: Addition, asked: Asked, root: Path, *, dry_run: bool) -> list[str]:
    path = show(_from_here(root / made.path))
    head = click.style(show(f"{made.id} {asked.title} ({asked.kind.title.lower()})"), bold=True)
    if not dry_run:
        return [head, path]
    begins = "would be made" if made.before is None else "would end with"
    added = show(made.added.replace("\r", ""), newlines=True).rstrip()
    return [head, f"{path} {begins}:", "", added]


def _namesakes(compilation: Compilation, asked: Asked, new_id: str) -> list[str]:
    nodes = compilation.graph.of_kind(asked.kind.key)
    same = [node.id for node in nodes if fold(node.title) == fold(asked.title) and node.id != new_id]
    return [f"There is one of this title already: {', '.join(same)}."] if same else []


def _warn(found: Sequence[Clash]) -> None:
    for clash in found[:_MOST_CLASHES]:
        words = (
            f"warning: {clash.id} stands twice: “{clash.title}” in {clash.one}, "
            f"“{clash.other_title}” in {clash.other}. Give one of them another id before they meet."
        )
        click.echo(show(words), err=True)
    if len(found) > _MOST_CLASHES:
        click.echo(f"warning: {len(found) - _MOST_CLASHES} more ids stand twice like this.", err=True)


def _fill_in(left: Sequence[Diagnostic]) -> list[str]:
    said = dict.fromkeys(f"  {one.message} ({one.code})" for one in left)
    return ["Still to fill in:", *map(show, said)] if said else []


def _next_steps(made: Addition, root: Path) -> list[str]:
    path = shlex.quote(_from_here(root / made.path))
    return [show(f"Next: fill it in, `ems check`, then `git add {path}` and commit.")]


def _from_here(place: Path) -> str:
    """A path as somebody would type it where they stand."""
    try:
        near = os.path.relpath(place, Path.cwd())
    except ValueError:  # another drive
        return str(place)
    return str(place) if near.startswith(os.path.join("..", "..", "..")) else near  # noqa: PTH118 - text
