"""Where the content stands in a repository. Reads one setting of `mkdocs.yml` and nothing else of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository
from mkdocs_ems.source import read_docs_dir

DEFAULT_CONTENT = "ems"


def content_folder(repository: Repository, *, ref: str | None) -> str:
    """Find the content folder, from the repository's root.

    The project is the folder that was named, or the nearest above it with a `mkdocs.yml`;
    its `docs_dir` is the content. Nothing else of that file is read. Without one it is `ems`.
    """
    return placement(repository, ref=ref)[1]


def placement(repository: Repository, *, ref: str | None) -> tuple[str, str]:
    """The project's folder and the content folder, both from the repository's root; empty for the root."""
    start = PurePosixPath(repository.prefix)
    for folder in (start, *start.parents):
        config = repository.file(_below(folder, "mkdocs.yml"), ref=ref)
        if config is not None:
            docs_dir = read_docs_dir(config) or "docs"
            path = PurePosixPath(docs_dir)
            odd = "\\" in docs_dir or not docs_dir.isprintable()
            if odd or path.is_absolute() or ".." in path.parts:
                where = _below(folder, "mkdocs.yml")
                raise UsageError(f"docs_dir in {where} must name a folder beside it, not {docs_dir!r}")
            return _below(folder, ""), _below(folder, str(path))
    return _below(start, ""), _below(start, DEFAULT_CONTENT)


def _below(folder: PurePosixPath, name: str) -> str:
    path = str(folder / name)
    return "" if path == "." else path
