"""A store whose objects are hashed again before any is believed."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import Repository
from support.shell import every_byte, git
from support.story import Story

POLICY = "ems/policy.md"


def begun(story: Story) -> Path:
    story.commit({"ems/ems.yml": "schema: 1\n", POLICY: "Limit: 2.0 mg/L\n"}, by="ann", message="Begin")
    story.commit({POLICY: "Limit: 1.5 mg/L\n"}, by="ben", message="Tighten")
    story.tag("v1", message="First", by="ann")
    return story.check_out()


def loose(folder: Path, blob: str) -> Path:
    return folder / ".git" / "objects" / blob[:2] / blob[2:]


def forge(folder: Path, blob: str, text: bytes) -> None:
    """Put other bytes under the id of a blob, as an unpacked archive of a repository could hold them."""
    packs = folder / ".git" / "objects" / "pack"
    packed = [pack.read_bytes() for pack in sorted(packs.glob("*.pack"))]
    for file in packs.iterdir():
        file.unlink()
    for data in packed:
        git(folder, "unpack-objects", "-q", stdin=data)
    target = loose(folder, blob)
    target.chmod(0o644)
    target.write_bytes(zlib.compress(b"blob %d\0" % len(text) + text))


def test_a_sound_repository_reads_the_same_verified(story: Story) -> None:
    folder = begun(story)
    with Repository.open(folder) as plain, Repository.open(folder, verify_store=True) as verified:
        assert verified.snapshot("v1", content="ems") == plain.snapshot("v1", content="ems")
        assert verified.work_tree(content="ems") == plain.work_tree(content="ems")
        heads = (verified.head(), plain.head())
        assert heads[0] == heads[1]
        kept = {"content": "ems", "main_branch": "main"}
        assert verified.history(heads[0], **kept) == plain.history(heads[1], **kept)


def test_a_file_that_is_only_staged_is_verified_too(story: Story) -> None:
    folder = begun(story)
    (folder / "ems" / "new.md").write_text("new\n", encoding="utf-8")
    git(folder, "add", "ems/new.md")
    with Repository.open(folder, verify_store=True) as verified:
        assert verified.work_tree(content="ems").files["ems/new.md"] == b"new\n"


def test_other_bytes_under_the_id_of_a_blob_are_found(story: Story) -> None:
    folder = begun(story)
    blob = git(folder, "rev-parse", f"HEAD:{POLICY}")
    forge(folder, blob, b"Limit: 9.9 mg/L\n")
    with Repository.open(folder) as plain:
        assert plain.blobs.read([blob])[blob] == b"Limit: 9.9 mg/L\n", "git itself does not rehash"
    with pytest.raises(RepositoryError, match="not what it claims to be"):
        Repository.open(folder, verify_store=True)


def test_verifying_changes_no_byte_of_the_repository(story: Story) -> None:
    folder = begun(story)
    before = every_byte(folder)
    with Repository.open(folder, verify_store=True) as verified:
        verified.snapshot("main", content="ems")
    assert every_byte(folder) == before


def test_a_sha256_repository_is_verified(tmp_path: Path) -> None:
    story = Story(tmp_path / "repository", object_format="sha256")
    folder = begun(story)
    with Repository.open(folder, verify_store=True) as verified:
        assert verified.snapshot("main", content="ems").files[POLICY] == b"Limit: 1.5 mg/L\n"


def test_an_unborn_branch_has_nothing_to_verify(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    with Repository.open(tmp_path, verify_store=True) as verified:
        assert verified.head() is None
