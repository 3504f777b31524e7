"""Any bytes as evidence: an approval record, a list of keys, a signature."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs_ems.control.places import Places
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import read_record
from mkdocs_ems.control.signers import read_signers
from mkdocs_ems.git.sshsig import key_type, read_signature
from mkdocs_ems.source import parse_file

INSTRUMENTED = ("mkdocs_ems.control.signers", "mkdocs_ems.control.records", "mkdocs_ems.git.sshsig")
LARGEST = 1_500
WORDS = (
    *(
        "schema: ems-approval/1\n",
        "repository: ",
        "document: ",
        "issue: ",
        "meaning: approval\n",
        "manifest: {main: ",
    ),
    *(
        "parts: {",
        "previous: [",
        "approver: ",
        "role: ROL-MD\n",
        "for: ",
        "date: 2026-11-21T10:00:00Z\n",
        "T24:00:00Z",
    ),
    *(
        "effective_from: ",
        "valid_until: ",
        "change: editorial\n",
        "reason: ",
        "source:\n  forge: github\n",
        "scan: ",
    ),
    *(
        "+99:99",
        "0000-01-01T",
        "9999-12-31T23:59:59-23:59",
        "e3b0" * 16,
        "[",
        "]",
        "{",
        "}",
        "*",
        "!",
        "?",
        '"',
    ),
    *(
        "namespaces=",
        "valid-after=",
        "valid-before=",
        "cert-authority",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "ssh-rsa ",
    ),
    *(
        "20261231",
        "20261231Z",
        "202612312359",
        "-cert-v01@openssh.com",
        "ems-approval",
        "git",
        "\t",
        "\x1c",
        "\u00a0",
    ),
)
_ROOT = Path(__file__).parents[3]
_PLACES = Places("ems")
_PATH = "ems/records/approvals/POL-001/1-approval-mary@example.org-1.yml"
_RECORD = f"""\
schema: ems-approval/1
repository: 6f1c0a7e
document: POL-001
issue: 1
meaning: approval
manifest: {{main: {"ab" * 32}, parts: {{img/a.png: {"cd" * 32}}}}}
previous: []
approver: mary@example.org
role: ROL-MD
date: 2026-11-21T10:00:00Z
effective_from: 2026-12-01
reason: It was read and found right
"""
_FORGE = f"""\
source: {{forge: github, review: "a/b#1 review 2", state: approved, dismissed: false, reviewer: mary,
  opener: ann, pushers: [ann], authors: [ann], event: {"ef" * 20}}}
"""


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    yield _RECORD.encode()
    yield (_RECORD + _FORGE).encode()
    yield (_RECORD + f"source: {{scan: a.pdf, sha256: {'ab' * 32}}}\n").encode()
    lines = [
        b'%s@example.org namespaces="ems-approval,git" %s' % (file.stem.encode(), file.read_bytes())
        for file in sorted((_ROOT / "tests" / "control" / "keys").glob("*.pub"))
    ]
    yield b"# keys\n" + b"".join(lines)
    yield b'ann@example.org valid-after="20260101",valid-before="20261231Z" ' + lines[0].split(b" ", 2)[2]
    yield b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"


def attempt(data: bytes) -> None:
    """Read some bytes as each of these; whatever is wrong with how that went raises."""
    _record(data)
    _signers(data)
    found = read_signature(data)
    assert found is None or found.key_type == key_type(found.key)


def _record(data: bytes) -> None:
    read = read_record(_PATH, "1" * 40, data, places=_PLACES)
    source, unread = parse_file(_PATH, data, content="ems")
    # Either it is a record, or somebody says why it is none.
    assert (read.record is None) == bool(read.findings or unread or not source.readable)
    if read.record is None:
        return
    assert record_name(read.record, 1).casefold() == _PATH.removeprefix(_PLACES.approvals).casefold()
    again = read_record(_PATH, "1" * 40, record_bytes(read.record), places=_PLACES)
    assert again.record == read.record


def _signers(data: bytes) -> None:
    signers = read_signers(data)
    numbers = [fault.number for fault in signers.faults] + [one.number for one in signers.by_key.values()]
    assert all(1 <= number <= data.count(b"\n") + 1 for number in numbers)
    for key, one in signers.by_key.items():
        assert one.key == key
        assert key_type(key) is not None
        # Nothing in the principal lets a key speak for more than one.
        assert not set('*?!,"') & {one.principal[:1], *one.principal} - ({"!"} - {one.principal[:1]})
        assert one.principal.isprintable()
        assert not any(char.isspace() for char in one.principal)
        # What is handed to ssh-keygen is one line, and says the same.
        assert "\n" not in one.line
        (alone,) = read_signers(one.line.encode()).by_key.values()
        assert (alone.principal, alone.key, alone.namespaces) == (one.principal, one.key, one.namespaces)
        assert (alone.valid_after, alone.valid_before) == (one.valid_after, one.valid_before)
