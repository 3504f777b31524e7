"""What an audience must not see is in no byte that is built for it: looked for from the outside.

The canary company has a word of its own in every field of every kind, and a person, an address and
an account beside each. What of it reaches the public is listed here, and nothing else may.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from mkdocs_ems.cli.main import ems
from mkdocs_ems.model import KINDS
from support.canaries import ACCOUNT, MAIL, PERSON, SECRETS, content, identity, people, texts
from support.demonstration import AS_OF
from support.story import Story

PUBLIC: Mapping[str, str] = {
    "policy": "Title Heading Body Number IssueLabel Language PublicUrl CommitmentsBiodiversity "
    "CommitmentsCircularity CommitmentsClimate CommitmentsCompliance CommitmentsContinualImprovement "
    "CommitmentsPreventionOfPollution CommitmentsProtectionOfEnvironment CommitmentsResourceUse",
    "scope": "Title Heading Body Number IssueLabel Language Statement AvailableAt NaceOrIafCode "
    "PhysicalBoundary ControlAndInfluence LifecycleConsidered OrganisationalUnits "
    "LifecycleDecisionsDecision ActivitiesText ActivitiesNoAspectsReason ProductsServicesText "
    "ProductsServicesNoAspectsReason ExclusionsWhat ExclusionsWhy",
    "objective": "Title Statement BaselinePeriod Result HeadTitle HeadNumber HeadIssueLabel",
    "indicator": "Title Definition HeadTitle HeadNumber HeadIssueLabel",
    "certification": "Title Body Certificate ScopeText AccreditationBody AccreditationNumber HeadTitle "
    "HeadNumber HeadIssueLabel",
    "role": "Title",
}
"""The fields of which the public reads something."""

SEEN = frozenset(PUBLIC)
_TOKEN = re.compile(r"Canary[A-Z][A-Za-z0-9]*")
_LINK = re.compile(r"""\b(?:href|src)=["']?([^"'\s>]+)""")


def build(repository: Path, target: Path, *more: str, audience: str = "public") -> Result:
    asked = ("build", "--repo", str(repository), "--site-dir", str(target), "--audience", audience, *more)
    done = CliRunner().invoke(ems, asked, catch_exceptions=False)
    assert (target / "index.html").is_file(), done.output
    return done


@pytest.fixture(scope="module", autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "EMS_"))]:
            patch.delenv(name)
        patch.setenv("EMS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The canary company: its people once had other names, its policy said what it says no more."""
    story = Story(tmp_path_factory.mktemp("canaries") / "works")
    before = content()
    policy = "ems/policy/zelda-quibblethorpe.md"
    before["ems/registers/people.yml"] = json.dumps(people("Zelda Fotheringay"))
    before[policy] += "\nThe reactor leaks, says Zelda Fotheringay.\n"
    by = f"Quentin Abernathy <quentin@{MAIL.partition('@')[2]}>"
    story.commit(before, by=by, message=f"Begin, with {PERSON}")
    story.tag("v2025.1", message=f"Released by {PERSON}", by="Tamsin Overbury <tamsin@canary.example>")
    after = content()
    # Of a former name the text still knows.
    after[policy] += "\nFirst signed by Zelda Fotheringay.\n"
    changed = {path: text for path, text in after.items() if before[path] != text}
    story.branch("holds")
    story.commit(changed, by=by, message="The reactor holds")
    story.switch()
    story.merge("holds", by=f"{PERSON} <{MAIL}>")
    return story.check_out()


@pytest.fixture(scope="module")
def site(works: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the public is shown of it."""
    target = tmp_path_factory.mktemp("public") / "site"
    build(works, target, "--as-of", "2026-06-01")
    return target


def leaks(folder: Path, secrets: tuple[str, ...] = (*SECRETS, "fotheringay", "reactor")) -> list[str]:
    """Every secret that stands in a file, or in its name."""
    return [
        f"{secret} in {path}"
        for path, text in texts(folder)
        for secret in secrets
        if secret.casefold() in text.casefold()
    ]


def tokens(folder: Path) -> set[str]:
    return {found for _, text in texts(folder) for found in _TOKEN.findall(text)}


def test_no_name_address_or_account_is_in_any_byte_of_a_public_site(site: Path) -> None:
    assert leaks(site) == []


def test_the_same_search_finds_them_all_in_the_whole_manual(works: Path, tmp_path: Path) -> None:
    build(works, tmp_path / "site", "--as-of", "2026-06-01", audience="internal")
    found = leaks(tmp_path / "site")
    for secret in ("quibblethorpe", "zelda", "PER-CANARY", ACCOUNT, "canary.example"):
        assert any(one.startswith(f"{secret} ") for one in found), secret
    assert len(tokens(tmp_path / "site")) > 300


def test_the_public_reads_what_is_public_and_not_one_field_more(site: Path) -> None:
    expected = {
        f"Canary{kind.capitalize()}{field}" for kind, fields in PUBLIC.items() for field in fields.split()
    }
    assert tokens(site) == expected


def test_no_id_of_what_stays_in_is_in_any_byte_of_a_public_site(site: Path) -> None:
    kept = [identity(key) for key in KINDS if key not in SEEN and key not in ("register", "person")]
    kept += [f"REG-{KINDS[key].prefix}-CANARY" for key in KINDS if key not in SEEN and KINDS[key].slug]
    kept += ["REG-PER", "EMS-RULES", "-CARRIED-"]
    assert leaks(site, tuple(kept)) == []


def test_a_public_site_has_charts_though_the_plan_of_monitoring_stays_in(site: Path) -> None:
    page = (site / "registers" / "indicators" / identity("indicator") / "index.html").read_text("utf-8")
    assert "17.25" in page


def test_every_page_says_for_whom_it_was_made(site: Path) -> None:
    pages = list(site.rglob("index.html"))
    assert len(pages) > 10
    assert [path for path in pages if "Public edition" not in path.read_text("utf-8")] == []


def test_nothing_of_a_public_site_leads_to_what_is_not_there(site: Path) -> None:
    dead: list[str] = []
    for path in site.rglob("*.html"):
        here = str(path.relative_to(site))
        for target in _LINK.findall(path.read_text("utf-8")):
            local = target.partition("#")[0].partition("?")[0]
            if not local or re.match(r"[a-z]+:|/", local):
                continue
            found = site / normpath(join(dirname(here), local))
            if not (found.is_file() or (found / "index.html").is_file()):
                dead.append(f"{here} -> {target}")
    assert dead == []


def test_a_public_site_has_no_ledger_no_findings_and_no_earlier_text(site: Path) -> None:
    assert not (site / "ledger.json").exists()
    for folder in ("readiness", "rules", "histories", "pending", "work", "clauses", "records"):
        assert not (site / folder).exists(), folder


def test_versions_for_the_public_say_no_more_than_what_is_in_force(works: Path, tmp_path: Path) -> None:
    build(works, tmp_path / "site", "--all", "--as-of", "2026-06-01", "--no-store")
    assert {path.name for path in (tmp_path / "site").iterdir()} >= {"current", "v2025.1", "versions.json"}
    # The version shows its own policy, which was public then.
    found = [one for one in leaks(tmp_path / "site") if not one.startswith("reactor in v2025.1/")]
    assert found == []


def test_what_was_kept_for_one_audience_is_never_shown_to_another(works: Path, tmp_path: Path) -> None:
    asked = ("--all", "--as-of", "2026-06-01", "--store", str(tmp_path / "store"))
    build(works, tmp_path / "whole", *asked, audience="internal")
    build(works, tmp_path / "public", *asked)
    assert [one for one in leaks(tmp_path / "public") if not one.startswith("reactor in v2025.1/")] == []
    build(works, tmp_path / "again", *asked, audience="internal")
    assert leaks(tmp_path / "again", SECRETS[:1])


def test_a_version_that_was_built_whole_cannot_be_joined_for_the_public(works: Path, tmp_path: Path) -> None:
    asked = ("build", "--repo", str(works), "--as-of", "2026-06-01")
    parts = [str(tmp_path / name) for name in ("current.part", "v2025.1.part")]
    for part in parts:
        asked = (
            "build",
            "--repo",
            str(works),
            "--as-of",
            "2026-06-01",
            "--ref",
            Path(part).stem,
            "--out",
            part,
        )
        assert CliRunner().invoke(ems, asked).exit_code == 0
    asked = ("build", "--repo", str(works), "--as-of", "2026-06-01", "--audience", "public", "--join", *parts)
    done = CliRunner().invoke(ems, (*asked, "--site-dir", str(tmp_path / "site")))
    assert done.exit_code == 2
    assert "as it would be built here" in done.output
    assert not (tmp_path / "site").exists()


def test_mkdocs_builds_for_the_public_too(works: Path, tmp_path: Path) -> None:
    config = (works / "mkdocs.yml").read_text("utf-8")
    copy = tmp_path / "works"
    shutil.copytree(works, copy)
    plugins = "plugins: [search, ems: {state: approved, audience: public, as_of: 2026-06-01}]"
    (copy / "mkdocs.yml").write_text(config.replace("plugins: [search]", plugins), encoding="utf-8")
    mkdocs_build(load_config(str(copy / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    assert (tmp_path / "site" / "documents" / "POL-CANARY" / "index.html").is_file()
    assert leaks(tmp_path / "site") == []


def test_the_demonstration_names_nobody_to_the_public(demo: Path, tmp_path: Path) -> None:
    build(demo, tmp_path / "site", "--as-of", AS_OF)
    registers = demo / "ems" / "registers"
    secrets = re.findall(r"title: (.+)", (registers / "people.yml").read_text("utf-8"))[1:]
    assert "Helen Marsh" in secrets
    secrets += re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]+", (registers / "people.yml").read_text("utf-8"))
    for name in ("people", "aspects", "obligations", "actions", "nonconformities", "controls"):
        secrets += re.findall(
            r"(?m)^(?:  - )?id: ([A-Z]+-[A-Z0-9-]+)$", (registers / f"{name}.yml").read_text("utf-8")
        )
    assert len(secrets) > 100
    words = "|".join(map(re.escape, secrets))
    secret = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    found = [f"{one} in {path}" for path, text in texts(tmp_path / "site") for one in secret.findall(text)]
    assert found == []
    page = (tmp_path / "site" / "documents" / "POL-001" / "index.html").read_text("utf-8")
    assert "We protect the river" in page
    assert "Approved as Managing Director" in page
