"""The versions of a repository are listed by what is approved on its main branch."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.listing import Listing, list_versions, main_ref, main_state
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.versions_json import listing_json
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, settings
from support.keys import needs_ssh, private_key, signature, signer
from support.shell import git
from support.story import Story

NOW = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "versions.schema.json"


def begin(story: Story, *, ems: str = "", more: dict[str, str] | None = None) -> None:
    base = {"ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES, "ems/policy.md": POLICY}
    story.commit({**base, "ems/ems.yml": settings() + ems, **(more or {})}, message="Adopt the system")
    story.tag("v1", message="First", by="mary")


def listing(story: Story, *, as_of: date | None = None) -> Listing:
    story.flush()
    with Repository.open(story.path) as repository:
        return list_versions(repository, main=main_state(repository, as_of=as_of, now=NOW))


def names(found: Listing) -> dict[str, bool]:
    return {one.name: one.built for one in found.listed}


def test_what_is_in_force_comes_first_and_then_the_tags(story: Story) -> None:
    begin(story)
    story.commit({"ems/policy.md": f"{POLICY}\nMore.\n"})
    story.tag("v2", message="Second")
    story.tag("v3")
    story.check_out()
    found = listing(story)
    assert names(found) == {"current": True, "v3": False, "v2": True, "v1": True}
    current = found.listed[0]
    # In London it is half past midnight already.
    assert (current.kind, current.folder, current.day) == ("current", "current", date(2026, 6, 2))
    assert current.title == "in force, 2026-06-02"
    assert listing(story, as_of=date(2026, 3, 1)).listed[0].day == date(2026, 3, 1)


def test_a_list_as_json_keeps_to_its_schema(story: Story) -> None:
    begin(story)
    story.tag("v2", message="Second")
    story.tag("v3")
    story.check_out()
    data = json.loads(listing_json(listing(story).listed))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(data)
    assert data["build"] == ["current", "v2", "v1"]
    assert {one["name"]: one["folder"] for one in data["versions"]} == {
        "current": "current",
        "v1": "v1",
        "v2": "v2",
        "v3": None,
    }


def test_which_tags_are_versions_nobody_says_from_a_branch_or_the_work_tree(story: Story) -> None:
    begin(story)
    story.tag("release-1", message="First")
    story.branch("work")
    story.commit({"ems/ems.yml": settings() + 'versions: {tags: ["release-*"]}\n'})
    story.check_out("work")
    assert names(listing(story)) == {"current": True, "v1": True}
    story.switch()
    story.merge("work", by="mary")
    story.check_out("main")
    assert names(listing(story)) == {"current": True, "release-1": True}


def test_a_branch_that_calls_itself_the_main_one_is_not_published(story: Story) -> None:
    begin(story)
    story.branch("mine")
    story.commit({"ems/ems.yml": settings().replace("organisation:", "main_branch: mine\norganisation:")})
    story.check_out("mine")
    with Repository.open(story.path) as repository:
        assert main_ref(repository) == "refs/heads/mine"
    with pytest.raises(UsageError) as caught:
        listing(story)
    assert str(caught.value) == (
        "the approved ems.yml calls main the main branch, and the one at hand calls refs/heads/mine so: "
        "check out main, and ask again"
    )


def test_in_a_clone_with_a_detached_head_the_main_branch_is_that_of_origin(story: Story) -> None:
    begin(story)
    story.check_out()
    git(story.path, "update-ref", "refs/remotes/origin/main", story.head)
    git(story.path, "checkout", "-q", "--detach")
    git(story.path, "branch", "-q", "-D", "main")
    assert names(listing(story)) == {"current": True, "v1": True}
    git(story.path, "update-ref", "-d", "refs/remotes/origin/main")
    with pytest.raises(UsageError, match="there is no branch main here, so nothing is known to be in force"):
        listing(story)


def test_a_bare_repository_has_versions_too(story: Story) -> None:
    begin(story)
    story.check_out()
    bare = story.path.parent / "bare.git"
    git(story.path, "clone", "-q", "--bare", str(story.path), str(bare))
    with Repository.open(bare) as repository:
        found = list_versions(repository, main=main_state(repository, now=NOW))
    assert names(found) == {"current": True, "v1": True}


# --- Signatures -------------------------------------------------------------------------


def signed_tag(story: Story, name: str, *, by: str, namespace: str = "git", tail: str = "") -> None:
    story.flush()
    tagger = "Mary Dean <mary@example.org> 1769936400 +0000"
    head = f"object {story.head}\ntype commit\ntag {name}\ntagger {tagger}\n"
    raw = f"{head}\nIssued\n".encode()
    made = raw.replace(b"Issued", b"Issued" + tail.encode()) + signature(raw, by=by, namespace=namespace)
    written = git(story.path, "hash-object", "-t", "tag", "-w", "--stdin", stdin=made)
    git(story.path, "update-ref", f"refs/tags/{name}", written)


@needs_ssh
def test_who_signed_a_tag_is_said_by_the_keys_that_were_approved_at_its_date(story: Story) -> None:
    begin(story, more={"ems/allowed_signers": signer("mary") + signer("eve", options='namespaces="file"')})
    signed_tag(story, "v2-mary", by="mary")
    signed_tag(story, "v2-eve", by="eve")
    signed_tag(story, "v2-otto", by="otto")
    signed_tag(story, "v2-spoilt", by="mary", tail=" to all")
    signed_tag(story, "v2-purpose", by="mary", namespace="file")
    # Listed only later: at the tags' date the key was not.
    story.branch("keys")
    everybody = signer("mary") + signer("otto")
    story.commit({"ems/allowed_signers": everybody}, date="2026-03-01")
    story.switch()
    story.merge("keys", by="mary", date="2026-03-02")
    story.check_out()
    said = {one.name: one.signed for one in listing(story).listed if one.kind == "version"}
    fingerprint = said["v2-otto"].partition("made: ")[2].partition(" stood")[0]
    assert fingerprint.startswith("SHA256:")
    assert said == {
        "v1": "is not signed",
        "v2-mary": "is signed by mary@example.org",
        "v2-eve": "bears a signature that does not count: allowed_signers lists the key of "
        "eve@example.org for other purposes only",
        "v2-otto": f"bears a signature that no listed key made: {fingerprint} stood in no approved line",
        "v2-spoilt": "bears a signature that does not fit: mary@example.org signed something else than this",
        "v2-purpose": "bears a signature that cannot be read, or was made for another purpose than tags",
    }


@needs_ssh
@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_tag_that_git_itself_signed_is_verified(tmp_path: Path, form: str) -> None:
    story = Story(tmp_path / "signed", object_format=form)
    begin(story, more={"ems/allowed_signers": signer("mary")})
    story.check_out()
    settings_ = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={private_key('mary')}")
    git(story.path, *settings_, "tag", "-s", "v2", "-m", "Second\n\nWith care.")
    (version,) = (one for one in listing(story).listed if one.name == "v2")
    assert version.signed == "is signed by mary@example.org"
    assert (version.tagger, version.day) == ("Ann", date(2026, 1, 5))


@needs_ssh
def test_where_only_signed_tags_are_versions_the_others_are_left_out(story: Story) -> None:
    begin(story, ems="versions: {signed_only: true}\n", more={"ems/allowed_signers": signer("mary")})
    signed_tag(story, "v2", by="mary")
    story.check_out()
    found = listing(story)
    assert names(found) == {"current": True, "v2": True, "v1": False}
    (left,) = found.versions.left_out
    assert left.reason == "ems.yml asks for signed tags, and it is not signed"


def test_a_signature_of_another_kind_is_told_and_verified_by_nobody(story: Story) -> None:
    begin(story)
    body = "Issued\n-----BEGIN PGP SIGNATURE-----\n\niQE=\n-----END PGP SIGNATURE-----\n"
    story.tag("v2", message=body)
    story.check_out()
    (version,) = (one for one in listing(story).listed if one.name == "v2")
    assert version.signed == "bears a signature that is none of an SSH key, and no other is verified here"
