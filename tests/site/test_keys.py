from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import mkdocs_ems
from mkdocs_ems.site import keys
from mkdocs_ems.site.keys import (
    branches_digest,
    current_key,
    look_digest,
    tool_digest,
    unsettled,
    version_key,
)
from support.killing import LONGEST

VERSION = partial(
    version_key,
    tag="t",
    name="v1",
    folder="v1",
    tool="tool",
    look="look",
    trust_root=None,
    anchor="on",
    known=("t0", "t1"),
    layout=1,
)
CURRENT = partial(
    current_key,
    "c",
    as_of=date(2026, 11, 22),
    folder="current",
    tool="tool",
    look="look",
    trust_root=None,
    anchor="on",
    known=("t0", "t1"),
    layout=1,
)
OTHERWISE = {
    "folder": "v1-1",
    "tool": "tool2",
    "look": "look2",
    "trust_root": "r",
    "anchor": "off",
    "known": ("t0",),
    "layout": 2,
    "options": ("draft",),
}

CONFIG = """\
INHERIT: base.yml
site_name: !ENV [EMS_TEST_NAME, Manual]
docs_dir: ems
theme:
  name: material
  custom_dir: overrides
  logo: &logo logo.svg
hooks:
  - hooks/stamp.py
plugins:
  - search
  - charts: {palette: palette.json, icon: *logo}
markdown_extensions:
  - pymdownx.emoji:
      emoji_generator: !!python/name:os.system
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    files = {
        "mkdocs.yml": CONFIG,
        "base.yml": "copyright: Wrenholt\nextra_css: [house.css]\n",
        "house.css": "a {}",
        "overrides/main.html": "{% extends 'base.html' %}",
        "overrides/.icons/a.svg": "<svg/>",
        "hooks/stamp.py": "one = 1",
        "palette.json": "{}",
        "ems/ems.yml": "schema: 1",
        "README.md": "# Manual",
    }
    for path, text in files.items():
        place = tmp_path / "project" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return tmp_path / "project" / "mkdocs.yml"


@pytest.mark.parametrize("make", [VERSION, CURRENT], ids=["version", "current"])
@pytest.mark.parametrize("fact", list(OTHERWISE))
def test_each_fact_changes_the_key(make: Callable[..., str], fact: str) -> None:
    assert make(**{fact: OTHERWISE[fact]}) != make()


def test_what_a_version_alone_has_changes_its_key() -> None:
    assert len({VERSION(), VERSION(tag="t2"), VERSION(name="v2"), CURRENT()}) == 4


def test_the_commit_and_the_day_change_the_key_of_the_current_state() -> None:
    others = current_key("d", **CURRENT.keywords), CURRENT(as_of=date(2026, 11, 23))
    assert len({CURRENT(), *others}) == 3


def test_the_order_of_the_known_tags_and_a_clock_do_not_change_the_key() -> None:
    assert VERSION(known=("t1", "t0")) == VERSION()
    assert len(VERSION()) == 64


def test_another_branch_changes_the_anchor_and_another_tag_does_not() -> None:
    refs = {"refs/heads/main": "a", "refs/tags/v1": "b"}
    assert branches_digest(refs | {"refs/tags/v2": "c"}) == branches_digest(refs)
    assert branches_digest(dict(reversed(refs.items()))) == branches_digest(refs)
    assert branches_digest(refs | {"refs/remotes/origin/x": "c"}) != branches_digest(refs)
    assert branches_digest(refs | {"refs/heads/main": "c"}) != branches_digest(refs)


def write(path: str, text: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)

    return change


@pytest.mark.parametrize(
    "change",
    [
        write("mkdocs.yml", CONFIG + "# a note\n"),
        write("base.yml", "copyright: others\n"),
        write("house.css", "b {}"),
        write("overrides/main.html", "other"),
        write("overrides/.icons/a.svg", "<svg></svg>"),
        write("overrides/partials/new.html", ""),
        write("hooks/stamp.py", "one = 2"),
        write("palette.json", "{ }"),
        write("logo.svg", "<svg/>"),
        lambda project: (project / "overrides" / "main.html").unlink(),
        lambda project: (project / "overrides" / "main.html").rename(project / "overrides" / "other.html"),
        lambda project: (project / "hooks" / "stamp.py").unlink(),
    ],
)
def test_each_file_that_the_look_is_made_from_changes_its_digest(
    config: Path, change: Callable[[Path], object]
) -> None:
    before = look_digest(config)
    change(config.parent)
    assert look_digest(config) != before


def _touch(project: Path) -> None:
    for path in project.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.mark.parametrize(
    "change",
    [
        write("ems/ems.yml", "schema: 2"),
        write("README.md", "# other"),
        write("site/index.html", ""),
        write("overrides/__pycache__/a.pyc", "x"),
        write("other.css", ""),
        _touch,
    ],
)
def test_nothing_else_changes_the_look(config: Path, change: Callable[[Path], object]) -> None:
    before = look_digest(config)
    change(config.parent)
    assert look_digest(config) == before


def test_the_same_look_in_another_folder_is_the_same(config: Path, tmp_path: Path) -> None:
    shutil.copytree(config.parent, tmp_path / "elsewhere")
    assert look_digest(tmp_path / "elsewhere" / "mkdocs.yml") == look_digest(config)
    assert look_digest(None) != look_digest(config)


def test_a_variable_that_the_look_asks_for_changes_it_and_no_other(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EMS_TEST_NAME", raising=False)
    before = look_digest(config)
    monkeypatch.setenv("EMS_TEST_OTHER", "x")
    assert look_digest(config) == before
    monkeypatch.setenv("EMS_TEST_NAME", "")
    empty = look_digest(config)
    monkeypatch.setenv("EMS_TEST_NAME", "Other")
    assert len({before, empty, look_digest(config)}) == 3


def test_a_theme_folder_that_links_lead_to_counts_once_and_forever(config: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.html").write_text("one")
    overrides = config.parent / "overrides"
    (overrides / "shared").symlink_to(tmp_path / "shared")
    (tmp_path / "shared" / "again").symlink_to(overrides)
    (overrides / "pipe").symlink_to("/dev/zero")
    before = look_digest(config)
    (tmp_path / "shared" / "a.html").write_text("two")
    assert look_digest(config) != before


ODD = {
    "empty": "",
    "list": "- a list",
    "broken": "theme: [",
    "circle": "a: &a [*a]",
    "itself": "INHERIT: mkdocs.yml",
    "deep": "{" * 5_000,
    "so deep that libyaml would end the process": "extra: " + "[" * 100_000 + "]" * 100_000,
    "binary": "\x00",
    "odd": "theme: {custom_dir: {}}",
}


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_a_configuration_that_nobody_can_build_with_has_a_digest_too(config: Path, text: str) -> None:
    config.write_text(text)
    assert len(look_digest(config)) == 64


def test_this_programs_own_files_python_and_what_is_installed_decide_the_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "mkdocs_ems"
    package.mkdir()
    (package / "__init__.py").write_text("one")
    (tmp_path / "packages" / "theme-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(mkdocs_ems, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages"), str(tmp_path / "missing")])
    found = [tool_digest()]
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_text("x")
    os.utime(package / "__init__.py", (1, 1))
    assert tool_digest() == found[0]
    (package / "__init__.py").write_text("two")
    found.append(tool_digest())
    (package / "ems.css").write_text("")
    found.append(tool_digest())
    (tmp_path / "packages" / "theme-1.0.dist-info").rename(tmp_path / "packages" / "theme-1.1.dist-info")
    found.append(tool_digest())
    monkeypatch.setattr(sys, "version", "3.99.0 (other)")
    found.append(tool_digest())
    assert len(set(found)) == 5


def test_a_distribution_that_changes_under_one_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    for name, said in (
        ("house_rules-1.0", {"dir_info": {"editable": True}}),
        ("mkdocs_ems-1.0", {"dir_info": {"editable": True}}),
        ("theme-1.0", {"archive_info": {}}),
        ("odd-1.0", []),
    ):
        folder = tmp_path / f"{name}.dist-info"
        folder.mkdir()
        (folder / "direct_url.json").write_text(json.dumps(said))
    assert unsettled() == ("house_rules-1.0.dist-info",)


def test_keys_are_the_same_under_any_locale_time_zone_and_seed_and_import_no_mkdocs(config: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from mkdocs_ems.site import finished, keys, locking, part, placing, slots, standing_site, store
assert not {{"mkdocs", "material"}} & set(sys.modules)
print(keys.look_digest(Path({str(config)!r})), keys.branches_digest({{"refs/heads/é": "a", "b": "c"}}))
"""
    said = set()
    for settings in (
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "UTC", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    ):
        command = [sys.executable, "-X", "utf8", "-c", program]
        ended = subprocess.run(
            command, check=True, timeout=LONGEST, env=os.environ | settings, capture_output=True
        )
        said.add(ended.stdout)
    assert len(said) == 1


def test_what_tells_an_unchanged_site_brings_no_compiler() -> None:
    program = """
import sys
from mkdocs_ems.site import finished, keys, standing_site
ours = {"mkdocs_ems.compile", "mkdocs_ems.pages", "mkdocs_ems.model"}
heavy = ours | {"mkdocs", "material", "jinja2", "pydantic"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=LONGEST)
    assert keys.look_digest is look_digest
