"""All versions in one site: which are built, what stands in them, and that each way gives the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems as command
from mkdocs_ems.site.part import read_part
from support.shell import git
from support.ten_versions import AS_OF, BROKEN, BUILT, NONE, ten_versions

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]


def ems(repo: Path, cache: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """`ems build` as it is typed, in a process of its own."""
    named = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "EMS_"))}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs_ems", "build", "--repo", repo, *map(str, arguments)],
        env={**named, "EMS_CACHE_DIR": str(cache), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def every(folder: Path) -> Mapping[str, bytes]:
    """Every file of a site by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder: Path) -> Mapping[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository. Nobody changes it: who wants to, copies it."""
    return ten_versions(tmp_path_factory.mktemp("told") / "company")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where versions are kept between the tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def built(told: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all versions. Nobody changes it."""
    site = tmp_path_factory.mktemp("built") / "site"
    done = ems(told, cache, "--all", "--as-of", AS_OF, "--site-dir", site)
    assert (done.returncode, done.stderr) == (1, ""), done.stdout
    assert f"{BROKEN}      not built: ems/registers/more.yml:" in done.stdout
    assert f"14 versions, 4 not built: {site}/index.html" in done.stdout
    return site


def listed(site: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site / "versions.json").read_text())
    return found


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def notice(site: Path, page: str) -> str:
    return text(site / page).partition('<aside class="md-banner ems-superseded"')[2].partition("</aside>")[0]


def test_each_version_that_can_be_built_has_a_folder_and_a_line(built: Path) -> None:
    assert [one["version"] for one in listed(built)] == ["current", *BUILT]
    assert [one["aliases"] for one in listed(built)][:3] == [["in-force"], ["latest"], []]
    for folder in ("current", *BUILT):
        assert (built / folder / "index.html").is_file()
    for name in (BROKEN, *NONE):
        assert not (built / name).exists()


def test_what_was_not_built_is_listed_in_every_version_with_the_reason(built: Path) -> None:
    for folder in ("current", *BUILT):
        for page in ("index.html", "versions/index.html"):
            html = text(built / folder / page)
            assert "It is a copy of the tag v02 under another name" in html
            assert "It leads to a file or folder, not to a commit: tag the commit itself" in html
            assert "It has no date and nobody&#39;s name" in html
            assert "Ems/registers/more.yml:" in html


def test_no_place_is_left_empty_and_every_page_has_a_list_of_versions(built: Path) -> None:
    for folder in ("current", *BUILT):
        for page in (built / folder).rglob("*.html"):
            html = text(page)
            assert "<!--ems:" not in html, page
            assert html.count("md-version ems-version") == 1, page
            assert ("ems-superseded" in html) == (folder != "current"), page


def test_every_page_leads_to_the_same_page_in_force_where_there_is_one(built: Path) -> None:
    said = notice(built, "v06/documents/PRO-001/index.html")
    assert "<strong>Superseded.</strong> This is version v06 of 2025-06-03. It was replaced by" in said
    assert '<a href="../../../v07/index.html">v07</a> on 2025-07-03.' in said
    assert '<a href="../../../current/documents/PRO-001/index.html">this page as it is in force</a>' in said
    assert "It showed issue 2 of PRO-001; issue 4 is in force." in said


def test_a_row_that_is_gone_leads_to_its_register(built: Path) -> None:
    said = notice(built, "v02/registers/aspects/ASP-002/index.html")
    assert "ASP-002 is no longer in the manual" in said
    assert '<a href="../../../../current/registers/aspects/index.html">its register</a>' in said


@pytest.mark.parametrize("page", ["v01/registers/aspects/ASP-004", "v06/registers/aspects/ASP-014"])
def test_a_row_that_was_renumbered_leads_to_its_page_under_the_id_of_today(built: Path, page: str) -> None:
    there = "../../../../current/registers/aspects/ASP-104/index.html"
    said = notice(built, f"{page}/index.html")
    assert f'Read instead: <a href="{there}">this row as it is in force</a>, now ASP-104.' in said


def test_the_list_of_versions_on_a_row_that_was_renumbered_leads_to_it_in_each(built: Path) -> None:
    row = "registers/aspects/{}/index.html"
    for page, expected in (
        ("v05/registers/aspects/ASP-014", {"Next: v06": "v06 ASP-014", "Before: v04": "v04 ASP-004"}),
        ("v06/registers/aspects/ASP-014", {"Next: v07": "v07 ASP-104", "Before: v05": "v05 ASP-014"}),
    ):
        header = text(built / page / "index.html").partition('<ul class="md-version__list">')[2]
        found = re.findall(r'href="([^"]+)" class="md-version__link">([^<]+)<', header)
        leads = {label: address.removeprefix("../../../../") for address, label in found}
        for label, version_and_id in {"In force": "current ASP-104", **expected}.items():
            version, identity = version_and_id.split()
            assert leads[label] == f"{version}/{row.format(identity)}"


def test_a_row_that_got_the_id_of_another_is_not_taken_for_that(built: Path) -> None:
    page = "registers/aspects/ASP-004/index.html"
    assert "Ice on the roof" in text(built / "current" / page)
    said = notice(built, f"v09/{page}")
    assert f'<a href="../../../../current/{page}">this page as it is in force</a>.' in said
    assert f"current/{page}" not in text(built / f"v04/{page}")


def test_the_newest_version_is_a_record_and_says_nothing_of_those_to_come(built: Path) -> None:
    said = notice(built, "v10/documents/PRO-001/index.html")
    assert "<strong>Version v10 of 2025-10-03</strong>, a record of that day." in said
    assert "Superseded" not in said


def test_addresses_of_before_lead_on(built: Path) -> None:
    page = "registers/aspects/ASP-001/index.html"
    assert f'href="../../../current/{page}"' in text(built / page)
    assert f'href="../../../../v10/{page}"' in text(built / "latest" / page)
    assert f'href="../../../../current/{page}"' in text(built / "in-force" / page)
    assert 'href="current/index.html"' in text(built / "index.html")


def test_each_version_tells_what_changed_since_the_one_before(built: Path) -> None:
    assert not (built / "v01/changes").exists()
    assert "What changed in v02 since v01" in text(built / "v02/changes/index.html")
    assert "ASP-005" in text(built / "v02/changes/index.html")
    gone = text(built / "v03/changes/index.html")
    assert 'href="../../v02/registers/aspects/ASP-002/index.html"' in gone
    assert "What changed in v09 since v07" in text(built / "v09/changes/index.html")
    assert "What changed in what is in force since v10" in text(built / "current/changes/index.html")


def test_every_link_between_versions_leads_somewhere(built: Path) -> None:
    names = {"current", *BUILT}
    for folder in names:
        for page in (built / folder).rglob("*.html"):
            for address in _links(text(page)):
                place = Path(os.path.normpath(page.parent / address.partition("#")[0].partition("?")[0]))
                if place.is_relative_to(built / folder) or not place.is_relative_to(built):
                    continue
                assert place.is_file(), f"{page.relative_to(built)} leads to {address}"


def _links(html: str) -> list[str]:
    found = [part.partition('"')[0] for part in html.split('href="')[1:]]
    return [one for one in found if one.startswith("../")]


def test_one_job_nothing_kept_zone_locale_seed_and_folder_of_the_clone_change_no_byte(
    built: Path, told: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "a clone"
    git(tmp_path, "clone", "-q", str(told), str(clone))
    surroundings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    site = tmp_path / "elsewhere" / "manual"
    alone = ("--no-store", "--jobs", 1)
    ems(clone, tmp_path / "c", "--all", "--as-of", AS_OF, "--site-dir", site, *alone, **surroundings)
    assert every(site) == every(built)


def test_parts_of_a_pipeline_make_the_same_site(built: Path, told: Path, cache: Path, tmp_path: Path) -> None:
    said = ems(told, cache, "--versions", "--format", "json")
    names = json.loads(said.stdout)["build"]
    assert set(names) == {"current", *BUILT, BROKEN}
    parts = []
    for name in names:
        parts.append(tmp_path / f"{name}.part")
        asked = ("build", "--repo", told, "--ref", name, "--out", parts[-1], "--as-of", AS_OF)
        job = CliRunner(env={"EMS_CACHE_DIR": str(tmp_path / name)}).invoke(command, list(map(str, asked)))
        assert job.exit_code == 0, job.output
    site = tmp_path / "site"
    done = ems(told, cache, "--as-of", AS_OF, "--site-dir", site, "--join", *parts)
    assert done.returncode == 1
    assert every(site) == every(built)


def test_a_version_is_what_it_was_on_the_day_that_it_was_tagged(
    told: Path, cache: Path, tmp_path: Path
) -> None:
    then = tmp_path / "then"
    git(tmp_path, "clone", "-q", str(told), str(then))
    git(then, "remote", "remove", "origin")
    git(then, "reset", "-q", "--hard", "v03^{commit}")
    git(then, "tag", "-d", *NONE, BROKEN, *BUILT[:-3])
    parts = [tmp_path / "now.part", tmp_path / "then.part"]
    for repo, part in zip((told, then), parts, strict=True):
        done = ems(repo, cache, "--ref", "v03", "--out", part)
        assert done.returncode == 0, done.stderr
    assert parts[0].read_bytes() == parts[1].read_bytes()


def test_parts_that_are_missing_foreign_or_too_many_are_named(
    told: Path, cache: Path, tmp_path: Path
) -> None:
    part = tmp_path / "v01.part"
    ems(told, cache, "--ref", "v01", "--out", part)
    few = ems(told, cache, "--join", part, "--site-dir", tmp_path / "site")
    assert (few.returncode, few.stdout) == (2, "")
    assert f"no part was given of current, {', '.join((*BUILT[:2], BROKEN, *BUILT[2:-1]))}:" in few.stderr
    twice = ems(told, cache, "--join", part, part, "--site-dir", tmp_path / "site")
    assert "show the same version" in twice.stderr
    spoilt = tmp_path / "spoilt.part"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    spoilt.write_bytes(data)
    refused = ems(told, cache, "--join", spoilt, "--site-dir", tmp_path / "site")
    assert "is no part of a site, or was spoilt" in refused.stderr
    assert not (tmp_path / "site").exists()


def test_a_part_is_built_of_a_version_only(told: Path, cache: Path, tmp_path: Path) -> None:
    for name, reason in (
        ("v-copy", "v-copy is no version that can be built: it is a copy of the tag v02"),
        ("v1O", "v1O is no version of this repository: did you mean v10?"),
    ):
        done = ems(told, cache, "--ref", name, "--out", tmp_path / "a.part")
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr
    assert not (tmp_path / "a.part").exists()


def test_one_state_has_pages_at_addresses_that_stay_for_who_asks(
    built: Path, told: Path, cache: Path, tmp_path: Path
) -> None:
    plain, kept = tmp_path / "plain", tmp_path / "kept"
    for arguments in (("--site-dir", plain), ("--permanent", "--site-dir", kept)):
        assert ems(told, cache, "--ref", "main", "--as-of", "2026-11-20", *arguments).returncode in (0, 1)
    issue = re.compile(r"documents/[^/]+/\d+/index.html")
    stays = {path for path in every(built / "current") if issue.fullmatch(path)}
    assert stays
    assert stays <= {*every(kept)}
    assert not stays & {*every(plain)}
    for data in every(plain).values():
        assert not re.search(rb'href="[^"]*(/documents/[^/"]+/\d+/|/at/)index.html', data)


def test_an_unchanged_site_is_known_before_mkdocs_or_a_rule_is_imported(
    told: Path, cache: Path, built: Path
) -> None:
    done = ems(told, cache, "--all", "--as-of", AS_OF, "--site-dir", built, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 1
    assert done.stdout.endswith(f"Nothing has changed: {built}/index.html\n")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "import time" in line}
    assert "mkdocs_ems.site.finished" in imported
    assert not {one for one in imported if one.split(".")[0] in ("mkdocs", "material", "jinja2")}
    assert "mkdocs_ems.compile" not in imported


def test_a_new_version_changes_only_what_has_to_change(
    built: Path, told: Path, cache: Path, tmp_path: Path
) -> None:
    repo, site = tmp_path / "company", tmp_path / "site"
    shutil.copytree(told, repo, symlinks=True)
    shutil.copytree(built, site)
    before, stamped = every(site), times(site)
    person = ["-c", "user.name=Mary", "-c", "user.email=mary@example.org"]
    subprocess.run(
        ["git", *person, "tag", "-a", "-m", "Eleven", "v11", "HEAD"],
        cwd=repo,
        env={**os.environ, "GIT_COMMITTER_DATE": "2026-01-14T09:00:00Z"},
        check=True,
    )
    done = ems(repo, cache, "--all", "--as-of", AS_OF, "--site-dir", site)
    assert [line.split()[0] for line in done.stdout.splitlines() if line.endswith(", built")] == ["v11"]
    after = every(site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    kept = [name for name in ("current", *BUILT) if name != "v10"]
    lists = {f"{name}/{page}" for name in kept for page in ("index.html", "versions/index.html")}
    records = {f"{name}/.ems-version" for name in kept}
    others = {"versions.json", ".ems-site"}
    assert {path for path in changed if not path.startswith(("v10/", "v11/", "latest/"))} == (
        lists | records | others
    )
    assert {path for path in before if path.startswith("v10/") and not path.endswith(".html")} & changed == {
        "v10/.ems-version"
    }
    now = times(site)
    assert {path for path in stamped if path in now and stamped[path] != now[path]} <= changed


def test_a_page_that_somebody_changed_in_the_site_is_put_right(
    built: Path, told: Path, cache: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    (site / "v05/registers/aspects/ASP-014/index.html").write_text("All is well.")
    (site / "latest/index.html").unlink()
    ems(told, cache, "--all", "--as-of", AS_OF, "--site-dir", site)
    assert every(site) == every(built)


def test_a_version_that_was_kept_no_longer_is_built_again_and_what_stands_of_it_stays(
    built: Path, told: Path, cache: Path, tmp_path: Path
) -> None:
    site, alone = tmp_path / "site", tmp_path / "cache"
    shutil.copytree(built, site)
    shutil.copytree(cache, alone)
    parts = {read_part(path, whole=False).head.name: path for path in alone.rglob("*.part")}
    whole = parts["v05"].read_bytes()
    parts["v05"].unlink()
    (site / "latest/index.html").unlink()
    before = times(site / "v05")
    done = ems(told, alone, "--all", "--as-of", AS_OF, "--site-dir", site)
    assert [line.split()[0] for line in done.stdout.splitlines() if line.endswith(", built")] == ["v05"]
    assert every(site) == every(built)
    assert times(site / "v05") == before
    assert parts["v05"].read_bytes() == whole


def test_a_draft_of_the_work_tree_stands_beside_the_versions(told: Path, cache: Path, tmp_path: Path) -> None:
    repo, site = tmp_path / "company", tmp_path / "site"
    shutil.copytree(told, repo, symlinks=True)
    (repo / "ems/waste.md").write_text((repo / "ems/waste.md").read_text() + "\nUnheard-of.\n")
    ems(repo, cache, "--all", "--draft", "--as-of", AS_OF, "--site-dir", site)
    assert [one["version"] for one in listed(site)] == ["current", *BUILT, "draft"]
    draft = text(site / "draft/documents/PRO-001/index.html")
    assert "Unheard-of." in draft
    assert "ems-draft" in draft
    assert "ems-superseded" not in draft
    (repo / "ems/waste.md").write_text((repo / "ems/waste.md").read_text() + "\nUnseen.\n")
    ems(repo, cache, "--all", "--draft", "--as-of", AS_OF, "--site-dir", site)
    assert "Unseen." in text(site / "draft/documents/PRO-001/index.html")


@pytest.mark.parametrize("after", [0.9, 2.0])
def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_is_whole(
    built: Path, told: Path, cache: Path, tmp_path: Path, after: float
) -> None:
    repo, site = tmp_path / "company", tmp_path / "site"
    shutil.copytree(told, repo, symlinks=True)
    shutil.copytree(built, site)
    before = every(site)
    command = [sys.executable, "-m", "mkdocs_ems", "build", "--repo", str(repo), "--all", "--as-of", AS_OF]
    command += ["--site-dir", str(site), "--no-store", "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not site.exists() or every(site) == before
    done = ems(repo, cache, "--all", "--as-of", AS_OF, "--site-dir", site)
    assert done.returncode == 1
    assert every(site) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_of_two_builds_at_once_one_writes_a_whole_site(
    built: Path, told: Path, cache: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs_ems", "build", "--repo", str(told), "--all", "--as-of", AS_OF]
    command += ["--site-dir", str(site), "--jobs", "1"]
    environment = {**os.environ, "EMS_CACHE_DIR": str(cache)}
    running = [
        subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [one.communicate()[1] for one in running]
    codes = sorted(one.returncode for one in running)
    assert codes in ([1, 1], [1, 2])
    if codes == [1, 2]:
        assert "another build is writing" in "".join(said)
    assert every(site) == every(built)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--all", "--ref", "v01"), "--all takes all versions: leave --ref out"),
        (("--out", "a.part"), "--out takes one version: name it with --ref"),
        (("--all", "--versions"), "--all and --versions are two different things"),
        (("--all", "--state", "draft"), "--all shows versions: leave --state out"),
        (("--draft",), "--draft goes with --all"),
        (("--format", "json"), "--format goes with --versions"),
        (("--all", "--permanent"), "--all has pages at permanent addresses where they belong"),
        (("--all", "--store", "a", "--no-store"), "--store and --no-store contradict each other"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    told: Path, cache: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = ems(told, cache, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
