"""`ems serve`: a preview of the work tree in the browser that follows every change."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option


@click.command("serve", short_help="A preview of your work that follows every change.")
@repo_option
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where; the host must be this machine.",
)
@click.option(
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your own mkdocs.yml (default: the one beside the content, if there is one).",
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve_command(*, repo: Path, address: str, config_file: Path | None, open_browser: bool) -> None:
    """Show the work tree as a manual, marked as a draft, and build it again after every change.

    It is served to this machine alone, since it shows what nobody has approved. Ctrl-C ends it.

    \b
    Examples:
      ems serve
      ems serve --open --address 127.0.0.1:8010
    """
    from mkdocs_ems.cli.placed import config_file as usual_config  # noqa: PLC0415 - `--help` needs none
    from mkdocs_ems.content import content_folder  # noqa: PLC0415 - as above
    from mkdocs_ems.errors import UsageError  # noqa: PLC0415 - as above
    from mkdocs_ems.git import Repository  # noqa: PLC0415 - as above
    from mkdocs_ems.site.serving import serve_preview  # noqa: PLC0415 - as above

    with Repository.open(repo) as repository:
        if repository.bare:
            raise UsageError("a bare repository has no work tree to preview; clone it first")
        look = usual_config(repository, config_file, ref=None)
        root, content = repository.root, repository.root / content_folder(repository, ref=None)
    look = look.resolve() if look is not None else None
    with chdir(root):
        serve_preview(
            config_file=look, content=content, address=address, open_browser=open_browser, tell=_tell
        )


def _tell(line: str) -> None:
    click.echo(line, err=True)
