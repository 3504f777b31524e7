from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from support.browsing import free_port, until
from support.killing import LONGEST

MKDOCS = Path(sys.executable).with_name("mkdocs")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture
def project(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that may be changed."""
    return Path(shutil.copytree(demo, tmp_path / "project", symlinks=True))


def configured(project: Path, **options: object) -> None:
    text = (project / "mkdocs.yml").read_text()
    settings = yaml.safe_load(text)
    settings["plugins"] = ["search", {"ems": {"as_of": "2026-11-20", **options}}]
    (project / "mkdocs.yml").write_text(yaml.safe_dump(settings))


def built(project: Path, *, strict: bool = False, **options: object) -> Path:
    configured(project, **options)
    config = load_config(
        config_file=str(project / "mkdocs.yml"), site_dir=str(project / "site"), strict=strict
    )
    build(config)
    assert config.docs_dir == str(project / "ems")
    return project / "site"


def register_with(project: Path, old: str, new: str) -> None:
    path = project / "ems/registers/aspects.yml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.fixture(scope="module")
def strictly(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What `mkdocs build --strict` says of the demonstration, and the site it makes."""
    site = tmp_path_factory.mktemp("strict") / "site"
    command = [MKDOCS, "build", "--strict", "--quiet", "--site-dir", site]
    done = subprocess.run(
        command, cwd=demo, env=ENVIRONMENT, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    return f"{done.returncode} {done.stdout}{done.stderr}".strip(), site


def test_mkdocs_builds_the_demonstration_without_a_warning(strictly: tuple[str, Path]) -> None:
    said, site = strictly
    assert said == "0"
    html = (site / "registers/aspects/ASP-003/index.html").read_text()
    assert "ems-draft" in html
    assert "ASP-003" in html


def test_the_foot_of_every_page_names_the_head_of_the_ledger_that_is_published(
    strictly: tuple[str, Path],
) -> None:
    _, site = strictly
    head = json.loads((site / "ledger.json").read_text())["head"]
    for page in ("index.html", "registers/aspects/ASP-003/index.html"):
        assert f"ledger {head}" in (site / page).read_text()


def test_no_link_of_the_demonstrations_manual_is_dead(strictly: tuple[str, Path]) -> None:
    site = strictly[1]
    lychee = [MKDOCS.with_name("lychee"), "--offline", "--no-progress", "--include-fragments"]
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    done = subprocess.run(
        [*lychee, "--root-dir", site, *pages], capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == 0, done.stdout
    assert len(pages) > 50


def test_the_work_tree_is_shown_as_a_draft_and_the_issues_in_force_where_they_are_asked_for(
    project: Path,
) -> None:
    register_with(project, "title: Nickel and zinc in rinse water", "title: Changed by nobody yet")
    draft = built(project) / "registers/aspects/ASP-003/index.html"
    text = draft.read_text()
    assert "<title>ASP-003 Changed by nobody yet" in text
    assert "ems-draft" in text
    approved = built(project, state="approved") / "registers/aspects/ASP-003/index.html"
    text = approved.read_text()
    assert "<title>ASP-003 Nickel and zinc in rinse water" in text
    assert "ems-draft" not in text


@pytest.mark.parametrize(("fail_on", "stops"), [("never", False), ("broken", False), ("error", True)])
def test_strict_counts_what_fail_on_names(
    project: Path, caplog: pytest.LogCaptureFixture, fail_on: str, *, stops: bool
) -> None:
    caplog.set_level(logging.INFO, "mkdocs")
    if stops:
        with pytest.raises(Abort, match="strict mode"):
            built(project, strict=True, fail_on=fail_on)
    else:
        built(project, strict=True, fail_on=fail_on)
    told = {record.levelname for record in caplog.records if "significant-without-control" in record.message}
    assert told == {"WARNING" if stops else "INFO"}


def test_neither_raw_content_nor_what_a_link_leads_to_is_published(project: Path) -> None:
    secret = project.parent / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("# secret")
    (project / "ems/procedures/elsewhere").symlink_to(secret)
    (project / "ems/procedures/passwd.md").symlink_to("/etc/passwd")
    site = built(project)
    published = [path for path in site.rglob("*") if path.is_file()]
    assert not [path for path in published if path.suffix in (".md", ".yml")]
    assert not [path for path in published if b"root:x:" in path.read_bytes()]
    assert not [path for path in published if "elsewhere" in str(path) or "key" in path.parts]


def test_broken_content_is_shown_with_what_is_wrong_and_stops_nothing(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    register_with(project, "rows:", "rows: [[[")
    site = built(project)
    warned = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert any("ems/registers/aspects.yml:" in line and "SCH001" in line for line in warned)
    assert "SCH001" in (site / "readiness/index.html").read_text()


def test_two_builds_in_one_process_share_nothing(project: Path) -> None:
    first = {path: path.read_bytes() for path in sorted(built(project).rglob("*")) if path.is_file()}
    register_with(project, "title: Nickel and zinc in rinse water", "title: Other")
    built(project)
    register_with(project, "title: Other", "title: Nickel and zinc in rinse water")
    assert first == {path: path.read_bytes() for path in sorted(built(project).rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"as_of": "tomorrow"}, "'tomorrow' is no date; write it as 2026-01-31"),
        ({"fail_on": "sometimes"}, "'sometimes'"),
        ({"state": "final"}, "'final'"),
        ({"colour": "green"}, "Unrecognised configuration name: colour"),
    ],
)
def test_a_wrong_option_is_named(
    project: Path, caplog: pytest.LogCaptureFixture, options: dict[str, object], told: str
) -> None:
    if "colour" in options:
        built(project, **options)
    else:
        with pytest.raises(Abort):
            built(project, **options)
    assert told in caplog.text


def test_a_folder_without_a_repository_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "ems").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: ems\nplugins: [ems]\n")
    done = subprocess.run(
        [MKDOCS, "build"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("ERROR") == 1


@contextmanager
def serving(project: Path) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    command = [MKDOCS, "serve", "--dev-addr", address, "--quiet"]
    with subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=LONGEST)


@pytest.mark.slow
def test_the_preview_follows_a_register_and_outlives_broken_content(project: Path) -> None:
    configured(project)
    row = "registers/aspects/ASP-003/index.html"
    with serving(project) as server:
        text = until(server + row, "Nickel and zinc in rinse water")
        assert ", ledger " not in text, "a preview is quick, and vouches for nothing"
        assert "Content-Security-Policy" not in text, "the preview's own script would be refused"
        register_with(project, "title: Nickel and zinc in rinse water", "title: Seen at once")
        until(server + row, "Seen at once")
        register_with(project, "rows:", "rows: [[[")
        until(server + "readiness/index.html", "SCH001")
        register_with(project, "rows: [[[", "rows:")
        until(server + row, "Seen at once")
