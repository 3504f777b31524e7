"""`ems schema`: JSON Schemas of everything written in YAML, and an editor set up to use them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from mkdocs_ems.cli.options import repo_option
from mkdocs_ems.cli.writing import Writer
from mkdocs_ems.errors import OutputError, UsageError
from mkdocs_ems.git import Repository
from mkdocs_ems.text import did_you_mean, plural, show

if TYPE_CHECKING:
    from mkdocs_ems.model import Kind

_SUFFIX = ".schema.json"


@click.command("schema", short_help="JSON Schemas for editors: completion, and faults as you type.")
@repo_option
@click.argument("name", required=False)
@click.option(
    "--write",
    is_flag=True,
    help="Write them all into .vscode/ems, with .vscode/settings.json where there is none yet.",
)
@click.option(
    "--modelines",
    is_flag=True,
    help="Also begin ems.yml and every register that has none with the line by which an editor finds "
    "its schema. They change by it, so they have to be approved again.",
)
def schema_command(*, repo: Path, name: str | None, write: bool, modelines: bool) -> None:
    """Print one JSON Schema by NAME, list them all, or set up an editor with --write.

    The organisation's own fields and registers are in them.

    \b
    Examples:
      ems schema
      ems schema register
      ems schema --write
    """
    from mkdocs_ems.exports.schemas import file_schemas  # noqa: PLC0415 - brings the models

    if modelines and not write:
        raise UsageError("--modelines needs --write: the lines lead to the files that it writes")
    with Repository.open(repo) as repository:
        project, content, kinds = _kinds(repository)
        schemas = file_schemas(kinds)
        if write:
            _set_up(repository, (project, content), schemas, modelines=modelines)
        elif name is None:
            for file in schemas:
                click.echo(file.removesuffix(_SUFFIX))
            count = plural(len(schemas), "schema")
            click.echo(f"\n{count}. `ems schema NAME` prints one, `ems schema --write` sets up an editor.")
        else:
            click.echo(json.dumps(_chosen(name, schemas), indent=2))


def _kinds(repository: Repository) -> tuple[str, str, Mapping[str, Kind]]:
    """The project's folder and the content folder, and the kinds as `ems.yml` declares them."""
    from mkdocs_ems.content import placement  # noqa: PLC0415 - brings the reader of YAML
    from mkdocs_ems.model import default_settings, kinds_of, load_settings  # noqa: PLC0415 - as above
    from mkdocs_ems.source import parse_file  # noqa: PLC0415 - as above

    ref = "HEAD" if repository.bare else None
    project, content = placement(repository, ref=ref)
    path = f"{content}/ems.yml" if content else "ems.yml"
    data = repository.file(path, ref=ref)
    if data is None:
        return project, content, kinds_of(default_settings())
    source, _ = parse_file(path, data, content=content)
    return project, content, kinds_of(load_settings(source)[0])


def _chosen(name: str, schemas: Mapping[str, object]) -> object:
    file = f"{name.removesuffix(_SUFFIX)}{_SUFFIX}"
    if file not in schemas:
        near = did_you_mean(name, [one.removesuffix(_SUFFIX) for one in schemas])
        hint = f"; did you mean {near}?" if near else "; `ems schema` lists them"
        raise UsageError(f"there is no schema {name!r}{hint}")
    return schemas[file]


def _set_up(
    repository: Repository, folders: tuple[str, str], schemas: Mapping[str, object], *, modelines: bool
) -> None:
    from mkdocs_ems.exports import editor  # noqa: PLC0415 - brings the models

    if repository.bare:
        raise OutputError("a bare repository has no files that an editor could open")
    project, content = folders
    writer = Writer(repository.root / project)
    inside = PurePosixPath(content)
    if project:
        inside = inside.relative_to(project)
    below = "" if str(inside) == "." else str(inside)
    for name, schema in schemas.items():
        writer.write(f"{editor.FOLDER}/{name}", json.dumps(schema, indent=1) + "\n")
    click.echo(f"{plural(len(schemas), 'schema')} in {editor.FOLDER}.")
    wanted = editor.settings_text(content=below)
    had = writer.read(editor.EDITOR_SETTINGS)
    if had is None:
        writer.write(editor.EDITOR_SETTINGS, wanted)
        click.echo(f"{editor.EDITOR_SETTINGS} tells the editor which file is which.")
    elif had != wanted:
        click.echo(f"{editor.EDITOR_SETTINGS} stays as it is. Let it say, among the rest:\n\n{wanted}")
    if modelines:
        _add_modelines(writer, below)
    click.echo("Visual Studio Code uses them through the extension YAML (redhat.vscode-yaml).")


def _add_modelines(writer: Writer, content: str) -> None:
    from mkdocs_ems.exports import editor  # noqa: PLC0415 - brings the models

    for path in writer.below(content):
        if editor.schema_of(path, content=content) in editor.FROZEN:
            continue
        line = editor.modeline(path, content=content)
        text = writer.read(path) if line else None
        if line is None or text is None:
            continue
        begun = editor.with_modeline(text, line)
        if begun != text:
            writer.write(path, begun)
            click.echo(f"{show(path)} begins with the line that leads to its schema.")
