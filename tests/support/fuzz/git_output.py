"""What git hands over: names, messages, tags and signatures as anybody may have written them.

Its own framing is git's and is believed; what stands within it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from pathlib import Path

from mkdocs_ems.git.batch import Found, _answer
from mkdocs_ems.git.log import moment, read_log
from mkdocs_ems.git.message import _block, _read, _without_notes, subject_and_body, trailers
from mkdocs_ems.git.names import is_odd
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.signed_commits import signed_commit
from mkdocs_ems.git.sshsig import read_signature
from mkdocs_ems.git.tags import _tag
from mkdocs_ems.git.trees import entry

INSTRUMENTED = ("mkdocs_ems.git",)
LARGEST = 1_000
WORDS = (
    *(
        "Approved-by: Mary <mary@example.org>",
        "Co-authored-by: ",
        "Signed-off-by: ",
        "(cherry picked from commit ",
    ),
    *(
        "\n\n",
        "\n ",
        "\r\n",
        "# ------------------------ >8 ------------------------",
        "Conflicts:\n\t",
        "#",
        ": ",
    ),
    *(
        "tree ",
        "parent ",
        "author A <a@b> 1767600000 +0100\n",
        "tagger A <a@b> 0 -2500\n",
        "object ",
        "type commit\n",
    ),
    *("tag v1\n", "gpgsig -----BEGIN SSH SIGNATURE-----\n ", "gpgsig-sha256 ", "-----END SSH SIGNATURE-----"),
    *(
        "-----BEGIN PGP SIGNATURE-----\n",
        "U1NIU0lH",
        " blob 4\nabcd\n",
        " missing\n",
        "9999999999999",
        "253370764800",
    ),
    *("..", ".git", "GIT~1", "\u200c", "\u202e", "ems/", "\\", ":", "\x00"),
)
_KEYS = Path(__file__).parents[2] / "control" / "keys"
_ID = "5e" * 20
_RAW = b":100644 100644 %s %s M" % (_ID.encode(), b"7a" * 20)


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    who = b"Ann <ann@example.org> 1767600000 +0100"
    armour = b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"
    head = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n" % (_ID.encode(), _ID.encode(), who, who)
    words = b"Change the limits\n\nIt was asked for.\n\nApproved-by: Mary <mary@example.org>\n"
    yield head + b"\n" + words
    yield head + b"gpgsig " + armour.replace(b"\n", b"\n ").rstrip() + b"\n\n" + words
    yield b"object %s\ntype commit\ntag v1\ntagger %s\n\nFirst\n%s" % (_ID.encode(), who, armour)
    yield armour
    yield words + b"\0Ann\0ann@example.org\0ems/policy.md\x001767600000 +0100"
    yield b"%s blob 4\nabcd\n" % _ID.encode()
    yield from (file.read_bytes() for file in sorted(_KEYS.glob("*.pub")))


def attempt(data: bytes) -> None:
    """Read some bytes as each of these; whatever is wrong with how that went raises."""
    _log(data)
    _objects(data)
    _messages(decode(data))
    moment(decode(data))
    is_odd(decode(data))
    entry(decode(data), mode="100644", blob=_ID)
    read_signature(data)
    _answers(data)


def _log(data: bytes) -> None:
    """A commit with these names and this message, in pieces, is the commit that was printed."""
    message, name, mail, path, date, *_ = (*data.split(b"\0"), b"", b"", b"", b"", b"")
    path = b"ems/" + path
    fields = (_ID.encode(), b"7a" * 20, b"", name, mail, date, name, mail, date, message)
    whole = b"\0".join((*fields, _RAW, path)) + b"\0"
    size = len(data) % 7 + 1
    pieces = iter([whole[at : at + size] for at in range(0, len(whole), size)])
    (commit,) = read_log(pieces, content="ems").commits.values()
    assert (commit.id, commit.parents) == (_ID, ())
    assert (encode(commit.author.name), encode(commit.committer.mail)) == (name, mail)
    assert commit.authored == moment(decode(date)) == commit.committed
    assert (commit.subject, commit.body) == subject_and_body(decode(message))
    # What stands in the subject is no trailer, however many blank lines are before it.
    assert commit.trailers == (trailers(decode(message)) if ":" in commit.body else ())
    ((change,),) = commit.deltas
    assert encode(change.path) == path


def _messages(message: str) -> None:
    """The short way through a message finds the trailers that the long way finds."""
    subject, body = subject_and_body(message)
    assert "\n" not in subject
    assert not body.endswith("\n")
    assert trailers(message) == _read(_block(_without_notes(message.split("\n"))))


def _objects(data: bytes) -> None:
    tag = _tag("refs/tags/v1", _ID, Found(_ID, "tag", data), None)
    if tag.signature is not None:
        assert tag.payload + tag.signature == data
    for form in ("sha1", "sha256"):
        commit = signed_commit(data, object_format=form)
        if commit is not None:
            # What was signed is the object without its signatures, and nothing else is missing.
            head = commit.payload.partition(b"\n\n")[0]
            assert re.search(rb"^gpgsig(?:-sha256)? ", head, re.MULTILINE) is None
            assert data.partition(b"\n\n")[2] == commit.payload.partition(b"\n\n")[2]


def _answers(data: bytes) -> None:
    """A content comes back as git sent it; and cut short anywhere, it is none."""
    answer = b"%s blob %d\n%s\n" % (_ID.encode(), len(data), data)
    assert _answer(BufferedReader(BytesIO(answer))) == Found(_ID, "blob", data)
    cut = len(answer) - 1 - len(data) % 5
    try:
        _answer(BufferedReader(BytesIO(answer[:cut])))
    except EOFError:
        return
    raise AssertionError("an answer that was cut short was taken for a whole one")
