"""Tags are read as they were written; their signatures stand apart. Commits stand somewhere to the chain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mkdocs_ems.git import ChainPlace, Identity, Repository, Tag
from support.shell import git
from support.story import Story

SSH = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"
PGP = "-----BEGIN PGP SIGNATURE-----\n\niQE=\n-----END PGP SIGNATURE-----\n"


def write(story: Story, name: str, body: str) -> Tag:
    """An annotated tag with exactly this behind its head."""
    commit = story.commit({"ems/a": name})
    story.flush()
    head = f"object {commit}\ntype commit\ntag {name}\ntagger Ann Ash <ann@example.org> 1767603600 +0100\n"
    made = git(story.path, "hash-object", "-t", "tag", "-w", "--stdin", stdin=f"{head}\n{body}".encode())
    git(story.path, "update-ref", f"refs/tags/{name}", made)
    with Repository.open(story.path) as repository:
        (tag,) = repository.tags()
    assert not tag.payload or tag.payload == f"{head}\n{tag.message}".encode()
    return tag


@pytest.mark.parametrize("signature", [SSH, PGP])
def test_a_signature_is_no_part_of_the_message(story: Story, signature: str) -> None:
    tag = write(story, "v1", f"Issued\n\nWith care.\n{signature}")
    assert tag.message == "Issued\n\nWith care.\n"
    assert tag.signature == signature.encode()
    assert tag.tagger == Identity("Ann Ash", "ann@example.org")
    assert tag.date == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_an_unsigned_tag_bears_no_signature(story: Story) -> None:
    tag = write(story, "v1", "Issued\n")
    assert (tag.message, tag.signature, tag.payload) == ("Issued\n", None, b"")


def test_of_two_signatures_the_last_counts_and_the_other_is_what_it_signs(story: Story) -> None:
    tag = write(story, "v1", f"Issued\n{SSH}{PGP}")
    assert (tag.message, tag.signature) == (f"Issued\n{SSH}", PGP.encode())


def test_what_only_looks_like_a_signature_is_message(story: Story) -> None:
    quoted = "Issued\n> -----BEGIN SSH SIGNATURE-----\n"
    assert write(story, "v1", quoted).message == quoted


def test_a_tag_without_a_tagger_has_neither_date_nor_name(story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    story.flush()
    head = f"object {commit}\ntype commit\ntag v1\n\nOld\n"
    made = git(story.path, "hash-object", "-t", "tag", "-w", "--literally", "--stdin", stdin=head.encode())
    git(story.path, "update-ref", "refs/tags/v1", made)
    with Repository.open(story.path) as repository:
        (tag,) = repository.tags()
    assert (tag.annotated, tag.date, tag.tagger, tag.inner) == (True, None, None, "v1")


def test_a_commit_stands_on_the_chain_or_where_it_left_it(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    second = story.commit({"ems/a": "2"})
    story.branch("aside", at=first)
    left_early = story.commit({"ems/b": "1"})
    story.branch("later", at=second)
    inside = story.commit({"ems/c": "1"}, date="2026-02-01")
    story.switch()
    merge = story.merge("later")
    story.branch("again", at=inside)
    after = story.commit({"ems/d": "1"})
    story.switch("aside")
    brought = story.merge("main")
    story.flush()
    git(story.path, "checkout", "-q", "--orphan", "alone")
    git(story.path, "commit", "-q", "--allow-empty", "-m", "Alone")
    alone = git(story.path, "rev-parse", "HEAD")
    blob = git(story.path, "rev-parse", f"{first}:ems/a")
    with Repository.open(story.path) as repository:
        chain = repository.first_parents("refs/heads/main")
        asked = (first, second, left_early, inside, merge, after, brought, alone, blob, "0" * 40)
        found = repository.places(asked, chain=chain)
    assert chain == (first, second, merge)
    stands = {name: (place.order, place.on_chain) for name, place in found.items()}
    assert stands == {
        first: (0, True),
        second: (1, True),
        merge: (2, True),
        left_early: (0, False),
        inside: (1, False),
        after: (1, False),
        brought: (2, False),
        alone: (-1, False),
    }
    assert found[inside] == ChainPlace(1, False, datetime(2026, 2, 1, 9, tzinfo=UTC))


def test_a_branch_is_the_local_one_or_that_of_origin(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.flush()
    git(story.path, "update-ref", "refs/remotes/origin/main", first)
    git(story.path, "update-ref", "refs/remotes/origin/trunk", first)
    with Repository.open(story.path) as repository:
        assert repository.branch("main") == "refs/heads/main"
        assert repository.branch("trunk") == "refs/remotes/origin/trunk"
        assert repository.branch("master") is None
