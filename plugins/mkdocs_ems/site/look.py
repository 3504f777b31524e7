"""How the operator's configuration makes a site look, as one digest.

Configuration is read by its YAML nodes and nothing is made of them: a tag in mkdocs.yml may name
a function. MkDocs is not imported. What a plugin of the operator's reads from elsewhere (a host,
the clock) no digest can see: such a site is built with nothing kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from mkdocs_ems.site.digest import Digest

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENVIRONMENT = "!ENV"
_LONGEST = 400
"""Characters of a setting that may be a path."""
_DEEPEST = 20
"""Configurations that inherit from one another."""
_DEEPEST_NESTED = 100
"""Lists and mappings within one another: libyaml composes them by recursion, and ends the process."""


def look_digest(config_file: Path | None) -> str:
    """Digest of everything that decides how a site looks, beyond the program itself.

    It covers the configuration and what it inherits, the theme's own folder, every file that a
    setting names, hooks among them, and the variables of the environment that it asks for.

    Args:
        config_file: the operator's own mkdocs.yml; None for the packaged look.
    """
    digest = Digest()
    if config_file is not None:
        _look(config_file, digest, folders=(), seen=())
    return digest.end()


def _look(config: Path, digest: Digest, *, folders: tuple[Path, ...], seen: tuple[Path, ...]) -> None:
    # A path counts from the configuration that is built with, whichever of them names it.
    folders = (*folders, config.parent)
    digest.file(config)
    try:
        node = _composed(config.read_bytes())
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        # It cannot be built with; the build says why.
        return
    for said in _settings(node, digest):
        for folder in folders:
            digest.file(folder / said)
    for said in _values(_below(node, "theme", "custom_dir")):
        for folder in folders:
            digest.tree(folder / said)
    for said in _values(_below(node, "INHERIT")):
        inherited = Path(os.path.abspath(config.parent / said))  # noqa: PTH100 - links are not followed
        if inherited not in seen and len(seen) < _DEEPEST:
            _look(inherited, digest, folders=folders, seen=(*seen, inherited))


def _composed(data: bytes) -> yaml.Node | None:
    """The nodes of a configuration.

    Raises:
        YAMLError: it is none, or nested too deep to be one.
    """
    depth = 0
    for event in yaml.parse(data, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST_NESTED:
            raise yaml.YAMLError("nested too deep")
    composed: yaml.Node | None = yaml.compose(data, Loader=_LOADER)
    return composed


def _settings(node: yaml.Node | None, digest: Digest) -> Iterator[str]:
    """Every value of a configuration that may be a path; variables that it asks for go into the digest."""
    waiting, seen = [node], set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if one.tag == _ENVIRONMENT:
            for name in _names(one):
                digest.add(name, os.environ.get(name, ""), str(name in os.environ))
        if isinstance(one, yaml.MappingNode):
            waiting.extend(value for _, value in one.value)
        elif isinstance(one, yaml.SequenceNode):
            waiting.extend(one.value)
        yield from _values(one)


def _values(node: yaml.Node | None) -> Iterator[str]:
    """What a scalar says, or the variables that it asks for."""
    if node is None:
        return
    texts = [node.value] if isinstance(node, yaml.ScalarNode) else []
    if node.tag == _ENVIRONMENT:
        names = _names(node)
        texts = [*(os.environ[name] for name in names if name in os.environ), *names[-1:]]
    yield from (text for text in texts if text and len(text) <= _LONGEST and text.isprintable())


def _names(node: yaml.Node) -> list[str]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [one.value for one in nodes if isinstance(one, yaml.ScalarNode)]


def _below(node: yaml.Node | None, *route: str) -> yaml.Node | None:
    for name in route:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in reversed(node.value) if key.value == name), None)
    return node
