"""The plugin's options: what decides on approvals is never read from mkdocs.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import pytest
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_ems import mkdocs_plugin
from mkdocs_ems.mkdocs_plugin import TRUST_ROOT, EmsPlugin


def plugin(**options: object) -> tuple[EmsPlugin, list[str]]:
    """A plugin with these options, and what is wrong with them."""
    made = EmsPlugin()
    errors, _ = made.load_config(dict(options))
    return made, [str(error) for _, error in errors]


def test_a_trust_root_in_mkdocs_yml_is_refused_with_where_it_belongs() -> None:
    _, errors = plugin(trust_root="v2026.1")
    assert len(errors) == 1
    assert "never read from mkdocs.yml" in errors[0]
    assert TRUST_ROOT in errors[0]


def test_options_without_a_trust_root_are_sound() -> None:
    assert plugin(state="approved")[1] == []


@pytest.mark.parametrize(("said", "meant"), [("v2026.1", "v2026.1"), ("", None), (None, None)])
def test_the_trust_root_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str | None, meant: str | None
) -> None:
    asked: list[object] = []

    class Asked(Exception):  # noqa: N818 - says that the question was put
        pass

    def compile_state(*_: object, trust_root: str | None, **__: object) -> None:
        asked.append(trust_root)
        raise Asked

    if said is None:
        monkeypatch.delenv(TRUST_ROOT, raising=False)
    else:
        monkeypatch.setenv(TRUST_ROOT, said)
    monkeypatch.setattr(mkdocs_plugin, "compile_state", compile_state)
    monkeypatch.setattr(mkdocs_plugin.Repository, "open", lambda *_, **__: _Open())
    config = MkDocsConfig(config_file_path=str(tmp_path / "mkdocs.yml"))
    with pytest.raises(Asked):
        plugin()[0].on_config(config)
    assert asked == [meant]


class _Open:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass
