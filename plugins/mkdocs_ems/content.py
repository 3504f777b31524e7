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


def first_settings(repository: Repository, *, before: str) -> str | None:
    """The first commit that held an `ems.yml` where the content stood at the time, if it came before another.

    Whoever may change `mkdocs.yml` may say that the content stands elsewhere, and take another
    first commit with settings with it: counting would begin anew, with whatever lies there.

    Args:
        repository: an open repository.
        before: a commit of the chain of first parents; only those behind it are looked at.
    """
    start = PurePosixPath(repository.prefix)
    configs = [_below(folder, "mkdocs.yml") for folder in (start, *start.parents)]
    moves = repository.changing(configs, before=before)
    folders = {_below(start, DEFAULT_CONTENT), *(folder_at(repository, commit) for commit in moves)}
    settings = sorted(_settings(folder) for folder in folders if folder is not None)
    for commit in repository.changing([*configs, *settings], before=before):
        folder = folder_at(repository, commit)
        if folder is not None and repository.file(_settings(folder), ref=commit) is not None:
            return commit
    return None


def folder_at(repository: Repository, commit: str) -> str | None:
    """The content folder at a commit; None where its mkdocs.yml names none that could be."""
    try:
        return content_folder(repository, ref=commit)
    except UsageError:
        return None


def _settings(folder: str) -> str:
    return f"{folder}/ems.yml" if folder else "ems.yml"


def _below(folder: PurePosixPath, name: str) -> str:
    path = str(folder / name)
    return "" if path == "." else path
