"""Messages are read by git's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_ems.git.message import subject_and_body, trailers
from support.shell import git

MESSAGES = [
    "Subject\n\nReviewed-by: Ann <ann@example.org>\n",
    "Subject\n\nBody.\n\nReviewed-by: Ann\nApproved-by: Ben\n",
    "Subject only\n",
    "Key: the first paragraph is the title\n",
    "\nKey: after a blank line\n",
    "Subject\n\nBody: with a colon and\nmore words\n",
    "Subject\n\nNot one\nSigned-off-by: Ann\n",
    "Subject\n\nNot one\nNor this\nNor that\nNor there\nSigned-off-by: Ann\n",
    "Subject\n\nKey: folded\n  over two\n\tand three\n",
    "Subject\n\n continued\nKey: value\n",
    "Subject\n\nKey: value\n# a comment\n",
    "Subject\n\n# a comment\nKey: value\n#another\nOther: x\n",
    "Subject\n\nKey: value\n\n# comment\n\n",
    "Subject\n\nKey: value\n\nConflicts:\n\ta.txt\n\tb.txt\n",
    "Subject\n\nKey: value\n \nOther: x\n",
    "Subject\n \nKey: value\n",
    "Subject\n\n---\nKey: value\n",
    "Subject\n\nA\n---\nKey: value\n",
    "Subject\n\nKey : spaced\nKey2\t:tabbed\nTwo words: no\n",
    "Subject\n\nKey:\nOther:   \n",
    "Subject\n\n(cherry picked from commit 1234)\nKey: value\n",
    "Subject\n\nsome words\n(cherry picked from commit 1234)\n",
    "Subject\n\nKey: crlf\r\nOther: crlf\r\n",
    "Subject\r\n\r\nKey: crlf\r\n",
    "Subject\n\nÄpfel: no ascii\nKey: ü\n",
    "Subject\n\nKey: value\n# ------------------------ >8 ------------------------\nOther: cut\n",
    "Subject\n\nhttps://example.org/ is no trailer\n",
    "Subject\n\nKey: a\n\n\n\nOther: b\n\n\n",
    "",
    "\n\n",
]


def _by_git(folder: Path, message: str) -> tuple[tuple[str, str], ...]:
    told = git(folder, "interpret-trailers", "--parse", "--no-divider", stdin=message.encode())
    pairs = (line.partition(":") for line in told.split("\n") if line)
    return tuple((key, value.strip(" \r")) for key, _, value in pairs)


@pytest.mark.parametrize("message", MESSAGES)
def test_trailers_are_those_that_git_finds(message: str, tmp_path: Path) -> None:
    assert trailers(message) == _by_git(tmp_path, message)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    lines=st.lists(
        st.sampled_from(
            [
                "",
                " ",
                "word",
                "Key: value",
                "Signed-off-by: A",
                " folded",
                "#note",
                "Conflicts:",
                "\tpath",
                "a b: c",
            ]
        ),
        max_size=9,
    )
)
def test_trailers_of_any_mixture_of_lines_are_those_that_git_finds(lines: list[str], tmp_path: Path) -> None:
    message = "Subject\n\n" + "\n".join(lines) + "\n"
    assert trailers(message) == _by_git(tmp_path, message)


def test_the_subject_is_the_first_paragraph_on_one_line() -> None:
    assert subject_and_body("One\n") == ("One", "")
    assert subject_and_body("One\ntwo\n\nBody\n\nmore\n") == ("One two", "Body\n\nmore")
    assert subject_and_body("\n \n One \n two\n \nBody\n") == ("One two", "Body")
    assert subject_and_body("") == ("", "")
