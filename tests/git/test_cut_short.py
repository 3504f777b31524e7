"""A git that the machine did not let go on says nothing of the repository, and is not taken to."""

from __future__ import annotations

from io import BytesIO

import pytest

from mkdocs_ems.errors import CutShortError, RepositoryError
from mkdocs_ems.git.locate import locate
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.git.plumbing import failure
from support.story import Story


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"fatal: unable to write loose object file: No space left on device\n",
        b"error: unable to create temporary file: Too many open files\nfatal: merge-tree\n",
        b"fatal: Out of memory, malloc failed (tried to allocate 42 bytes)\n",
    ],
)
def test_what_the_machine_did_is_not_blamed_on_the_repository(said: bytes) -> None:
    fault = failure("merge-tree", BytesIO(said))
    assert isinstance(fault, CutShortError)
    assert "try again" in str(fault)
    assert "fsck" not in str(fault)


@pytest.mark.parametrize("said", [b"fatal: bad object HEAD\n", b"error: unknown option `frob'\n"])
def test_what_is_wrong_with_the_repository_or_with_git_is_not_blamed_on_the_machine(said: bytes) -> None:
    assert not isinstance(failure("log", BytesIO(said)), CutShortError)


def test_a_question_that_git_could_not_answer_is_not_answered_with_no(story: Story) -> None:
    story.commit({"ems/a.md": "a"})
    git = OwnGit(locate(story.check_out()))
    assert git.answer("config", "--get", "nothing.of-this-name") is None
    with pytest.raises(RepositoryError, match="git merge-base failed: fatal"):
        git.answer("merge-base", "--is-ancestor", "0" * 40, "HEAD")
