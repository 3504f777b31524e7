"""What a template was compiled to is kept for just that text and that kind of environment."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from mkdocs_ems.pages import words
from mkdocs_ems.pages.compiled import keep_compiled

COMPILED: list[str] = []


class _Counted(jinja2.Environment):
    def compile(self, source: str, *args: object, **options: object) -> object:  # type: ignore[override]
        COMPILED.append(source)
        return super().compile(source, *args, **options)  # type: ignore[call-overload]


def rendered(text: str, folder: Path, *, autoescape: bool = True) -> str:
    env = _Counted(loader=jinja2.DictLoader({"page.html": text}), autoescape=autoescape)
    keep_compiled(env, folder=folder)
    return env.get_template("page.html").render(said="<b>")


@pytest.fixture(autouse=True)
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    COMPILED.clear()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_template_is_compiled_once_for_all_environments_of_a_kind(tmp_path: Path) -> None:
    said = [rendered("{{ said }}", tmp_path / "kept") for _ in range(3)]
    assert said == ["&lt;b&gt;"] * 3
    assert COMPILED == ["{{ said }}"]


def test_a_changed_template_is_compiled_anew_and_takes_the_place_of_the_old(tmp_path: Path) -> None:
    assert rendered("{{ said }}", tmp_path) == "&lt;b&gt;"
    assert rendered("now {{ said }}", tmp_path) == "now &lt;b&gt;"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_environment_that_escapes_never_gets_what_one_compiled_that_does_not(tmp_path: Path) -> None:
    assert rendered("{{ said }}", tmp_path, autoescape=False) == "<b>"
    assert rendered("{{ said }}", tmp_path) == "&lt;b&gt;"


def test_nothing_is_kept_where_python_is_to_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered("{{ said }}", tmp_path) == "&lt;b&gt;"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    assert rendered("{{ said }}", tmp_path / "kept") == "&lt;b&gt;"


def test_half_a_file_is_as_good_as_none(tmp_path: Path) -> None:
    rendered("{{ said }}", tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for end in range(0, len(whole), 7):
        kept.write_bytes(whole[:end])
        assert rendered("{{ said }}", tmp_path) == "&lt;b&gt;"


def test_what_a_hook_changes_later_is_asked_for_with_each_template(tmp_path: Path) -> None:
    text = {"page.html": "{% if said %}\n{{ said }}{% endif %}"}
    plain, trimming = (_Counted(loader=jinja2.DictLoader(text)) for _ in range(2))
    keep_compiled(plain, folder=tmp_path)
    keep_compiled(trimming, folder=tmp_path)
    trimming.trim_blocks = True
    assert trimming.get_template("page.html").render(said="a") == "a"
    assert plain.get_template("page.html").render(said="a") == "\na"


def test_templates_that_escape_by_their_names_are_kept_too(tmp_path: Path) -> None:
    for _ in range(2):
        env = _Counted(
            loader=jinja2.DictLoader({"page.html": "{{ said }}", "page.txt": "{{ said }}"}),
            autoescape=jinja2.select_autoescape(),
        )
        keep_compiled(env, folder=tmp_path)
        said = [env.get_template(name).render(said="<b>") for name in ("page.html", "page.txt")]
        assert said == ["&lt;b&gt;", "<b>"]
    assert len(COMPILED) == 2


@pytest.mark.parametrize("kind", ["filter", "test", "finalize"])
def test_what_somebody_elses_filter_says_is_never_kept(tmp_path: Path, kind: str) -> None:
    texts = {"filter": "{{ '%Y'|this_year }}", "test": "{{ '2026' is this_year }}", "finalize": "{{ '%Y' }}"}
    found = []
    for year in ("2026", "2027"):
        env = _Counted(loader=jinja2.DictLoader({"page.html": texts[kind]}))
        keep_compiled(env, folder=tmp_path)
        if kind == "filter":
            env.filters["this_year"] = lambda _, year=year: year
        elif kind == "test":
            env.tests["this_year"] = lambda said, year=year: said == year
        else:
            env.finalize = lambda _, year=year: year
        found.append(env.get_template("page.html").render())
    assert found == (["True", "False"] if kind == "test" else ["2026", "2027"])


def test_templates_with_filters_of_ours_are_kept(tmp_path: Path) -> None:
    for _ in range(2):
        env = _Counted(loader=jinja2.DictLoader({"page.html": "{{ 3|number }}"}))
        env.filters["number"] = words.number
        keep_compiled(env, folder=tmp_path)
        env.get_template("page.html")
    assert len(COMPILED) == 1
