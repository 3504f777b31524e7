"""Where `ems build` writes, and by which configuration: found before anything is compiled."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.content import content_folder
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import Repository


def site_folder(repository: Repository, named: Path | None, *, content: str) -> Path:
    """Where the site is written: as named, or `site` beside mkdocs.yml.

    Raises:
        OutputError: the site would become a part of what it is made from.
    """
    usual = Path.cwd() if repository.bare else (repository.root / content).parent
    target = named or usual / "site"
    _keep_apart(target, repository, content=content)
    return target


def config_file(repository: Repository, named: Path | None, *, ref: str | None) -> Path | None:
    """How the site looks: the file named, or mkdocs.yml of the work tree, if there is one."""
    if named is not None or repository.bare:
        return named
    usual = (repository.root / content_folder(repository, ref=ref)).parent / "mkdocs.yml"
    return usual if usual.is_file() else None


def _keep_apart(target: Path, repository: Repository, *, content: str) -> None:
    """The manual must not become a part of what it is made from, nor of git's own files."""
    root = repository.root
    sources = {root: "the repository itself"}
    if not repository.bare:
        sources = {root / ".git": "git's own folder", root / content: "the content folder"}
    for folder, what in sources.items():
        if target.resolve().is_relative_to(folder.resolve()):
            raise OutputError(f"{target} lies in {what}; name a folder outside with --site-dir")
