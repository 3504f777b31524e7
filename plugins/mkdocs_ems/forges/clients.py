"""From the name of a forge to a client for one project: which library, which address, which token.

What a job's environment says of its own forge is taken where nothing else is named. The
libraries come with the extra `forge` and are imported here alone, when a client is made.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from mkdocs_ems import dataclass
from mkdocs_ems.errors import UsageError
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import Forge, ForgeName
from mkdocs_ems.text import show

TOKENS: Mapping[ForgeName, str] = {
    "github": "GITHUB_TOKEN",
    "gitlab": "GITLAB_TOKEN",
    "forgejo": "FORGEJO_TOKEN",
}
"""The environment variable that holds the token; it is never an option, which others could read."""

_CLIENTS: Mapping[ForgeName, tuple[str, str]] = {
    "github": ("github", "GitHub"),
    "gitlab": ("gitlab", "GitLab"),
    "forgejo": ("forgejo", "Forgejo"),
}
_PROJECTS: Mapping[ForgeName, tuple[str, ...]] = {
    "github": ("GITHUB_REPOSITORY",),
    "gitlab": ("CI_PROJECT_PATH",),
    "forgejo": ("FORGEJO_REPOSITORY", "GITHUB_REPOSITORY"),
}
_ADDRESSES: Mapping[ForgeName, tuple[str, ...]] = {
    "github": ("GITHUB_API_URL",),
    "gitlab": ("CI_SERVER_URL",),
    "forgejo": ("FORGEJO_SERVER_URL", "GITHUB_SERVER_URL"),
}
_OTHERWISE: Mapping[ForgeName, str] = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}
_INTERFACES = ("/api/v1", "/api/v4")
_PROJECT = re.compile(r"[\w.-]+(?:/[\w.-]+)+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project is reviewed."""

    forge: ForgeName
    project: str
    address: str

    @property
    def host(self) -> str:
        """The host's name, for messages."""
        return show(urlsplit(self.address).hostname or self.address)


def place(
    forge: ForgeName, *, project: str | None, address: str | None, environment: Mapping[str, str]
) -> Place:
    """Where a project is reviewed: as named, else as the job's environment says.

    Raises:
        UsageError: nothing says it.
    """
    named = project or _first(_PROJECTS[forge], environment)
    if named is None:
        raise UsageError("name the project on the forge with --project owner/name")
    if not _PROJECT.fullmatch(named) or any(step.strip(".") == "" for step in named.split("/")):
        raise UsageError(f"{show(named)!r} is no project of a forge: write it as owner/name")
    if forge != "gitlab" and named.count("/") > 1:
        raise UsageError(f"{show(named)!r} is no project of a forge: write it as owner/name")
    base = address or _first(_ADDRESSES[forge], environment) or _OTHERWISE.get(forge)
    if base is None:
        raise UsageError("name the forge's address with --url https://git.example.org")
    return Place(forge, named, _interface(forge, base.rstrip("/")))


def _first(names: tuple[str, ...], environment: Mapping[str, str]) -> str | None:
    return next((environment[name] for name in names if environment.get(name)), None)


def _interface(forge: ForgeName, base: str) -> str:
    """The address as the client wants it, however people write it."""
    if forge != "github":
        return next((base.removesuffix(end) for end in _INTERFACES if base.endswith(end)), base)
    parts = urlsplit(base)
    if parts.hostname in {"github.com", "www.github.com"}:
        return _OTHERWISE["github"]
    return base if parts.path or parts.hostname == "api.github.com" else f"{base}/api/v3"


def token(forge: ForgeName, environment: Mapping[str, str]) -> str:
    """The token for a forge.

    Raises:
        UsageError: the environment holds none, or what cannot be one.
    """
    name = TOKENS[forge]
    found = environment.get(name, "").strip()
    if not found:
        raise UsageError(f"set {name} to a token that may read the project (docs/forges/README.md says how)")
    if not found.isascii() or not found.isprintable() or " " in found:
        raise UsageError(f"what {name} holds is no token: set it to the token alone")
    return found


def client(where: Place, patience: Patience) -> Forge:
    """A client for one project.

    Raises:
        UsageError: the library for this forge is not installed.
        ForgeError: the forge does not know the project, or cannot be asked.
    """
    module, name = _CLIENTS[where.forge]
    try:
        found = importlib.import_module(f"mkdocs_ems.forges.{module}")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("mkdocs_ems"):
            raise
        raise UsageError(
            "the libraries that ask forges are not installed: run `pip install 'mkdocs-ems[forge]'`"
        ) from error
    made: Forge = getattr(found, name)(where.project, patience)
    return made
