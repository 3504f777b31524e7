"""`ems serve`: a preview on this machine alone, with and without a mkdocs.yml, that follows every change."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from support.browsing import free_port, until

EMS = [sys.executable, "-m", "mkdocs_ems"]
ROW = "registers/aspects/ASP-003/index.html"


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(ems, ["serve", *arguments], prog_name="ems")
    assert result.exit_code == 2
    return result.output


@contextmanager
def serving(project: Path, *options: str) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    command = [*EMS, "serve", "--repo", str(project), "--address", address, *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=300) == 0


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "192.0.2.7:8000", "example.org:80", "[::]:8000"])
def test_what_nobody_approved_is_served_to_no_other_machine(demo: Path, address: str) -> None:
    assert "is not this machine" in refused("--repo", str(demo), "--address", address)


@pytest.mark.parametrize("address", ["8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999"])
def test_an_address_without_host_and_port_is_refused_with_an_example(demo: Path, address: str) -> None:
    assert "such as 127.0.0.1:8000" in refused("--repo", str(demo), "--address", address)


def test_a_folder_without_a_repository_is_refused_in_one_line(tmp_path: Path) -> None:
    assert refused("--repo", str(tmp_path)).startswith("ems: ")


@pytest.mark.slow
@pytest.mark.parametrize("own_look", [True, False])
def test_the_preview_follows_a_change_of_one_row(demo: Path, tmp_path: Path, *, own_look: bool) -> None:
    project = tmp_path / "project"
    shutil.copytree(demo, project)
    if own_look:
        look = (
            "site_name: Works\ndocs_dir: ems\ntheme: {name: material, font: false}\nplugins: [search, ems]\n"
        )
        (project / "mkdocs.yml").write_text(look)
    else:
        (project / "mkdocs.yml").unlink(missing_ok=True)
    aspects = project / "ems" / "registers" / "aspects.yml"
    with serving(project) as server:
        until(server + ROW, "Nickel and zinc in rinse water")
        text = aspects.read_text(encoding="utf-8")
        aspects.write_text(
            text.replace("Nickel and zinc in rinse water", "Seen at once", 1), encoding="utf-8"
        )
        until(server + ROW, "Seen at once")
        assert "This is work in progress" in until(server, "Draft.")
