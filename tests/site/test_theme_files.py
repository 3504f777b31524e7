"""A theme's files are listed without what no site gets, and everything in them is still found."""

from __future__ import annotations

from pathlib import Path

import jinja2
from mkdocs.theme import Theme

from mkdocs_ems.site.theme_files import listed_quickly


class Dirs:
    """As much of a theme as there is to know."""

    def __init__(self, *folders: Path) -> None:
        self._folders = [str(folder) for folder in folders]

    def get_env(self) -> jinja2.Environment:
        return jinja2.Environment(loader=jinja2.FileSystemLoader(self._folders), autoescape=True)


def folders(tmp_path: Path) -> tuple[Path, Path]:
    for path in (
        "own/main.html",
        "own/css/own.css",
        "base/main.html",
        "base/.icons/a/b.svg",
        "base/a/.b/c.js",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    return tmp_path / "own", tmp_path / "base"


def test_what_a_theme_hides_is_found_and_not_listed(tmp_path: Path) -> None:
    theme = Dirs(*folders(tmp_path))
    with listed_quickly(theme):
        env = theme.get_env()
    assert env.list_templates() == ["a/.b/c.js", "css/own.css", "main.html"]
    assert env.get_template(".icons/a/b.svg").render() == "base/.icons/a/b.svg"


def test_of_the_packaged_theme_all_is_listed_that_is_not_hidden() -> None:
    theme = Theme(name="material")
    usual = theme.get_env().list_templates()
    with listed_quickly(theme):
        quick = theme.get_env().list_templates()
    assert quick == [path for path in usual if not path.startswith(".")]


def test_afterwards_a_theme_is_as_it_was(tmp_path: Path) -> None:
    theme = Dirs(*folders(tmp_path))
    with listed_quickly(theme):
        pass
    assert ".icons/a/b.svg" in theme.get_env().list_templates()


def test_a_loader_of_somebody_else_stays(tmp_path: Path) -> None:
    class Own(Dirs):
        def get_env(self) -> jinja2.Environment:
            return jinja2.Environment(loader=jinja2.DictLoader({".icons/x.svg": ""}), autoescape=True)

    theme = Own(tmp_path)
    with listed_quickly(theme):
        assert theme.get_env().list_templates() == [".icons/x.svg"]
