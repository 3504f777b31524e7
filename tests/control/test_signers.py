from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mkdocs_ems.control.signers import read_signers
from support.keys import public_key, signer

MARY, EVE = public_key("mary"), public_key("eve")
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
RECORDS = "ems-approval@mkdocs-ems"


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.number, fault.words) for fault in read_signers(text.encode()).faults]


def test_each_key_leads_to_its_line() -> None:
    read = read_signers(
        f"# who may sign\n\nmary@example.org {MARY} her laptop\neve@example.org {EVE}\n".encode()
    )
    assert read.faults == ()
    lines = sorted((one.number, one.principal, one.line) for one in read.by_key.values())
    assert lines == [
        (3, "mary@example.org", f"mary@example.org {MARY}"),
        (4, "eve@example.org", f"eve@example.org {EVE}"),
    ]


def test_line_feeds_of_another_system_change_nothing() -> None:
    read = read_signers(signer("mary").replace("\n", "\r\n").encode())
    assert [one.line for one in read.by_key.values()] == [f"mary@example.org {MARY}"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"* {MARY}", "is a pattern"),
        (f"*@example.org {MARY}", "is a pattern"),
        (f"m?ry@example.org {MARY}", "is a pattern"),
        (f"mary@example.org,eve@example.org {MARY}", "several principals"),
        (f"!eve@example.org {MARY}", "excludes a principal"),
        (f'"mary@example.org" {MARY}', "quotes"),
        (f"mary\u200b@example.org {MARY}", "nobody can see"),
        (f"mary@example.org cert-authority {MARY}", "an authority"),
        (f"mary@example.org CERT-AUTHORITY {MARY}", "an authority"),
        (f'mary@example.org namespaces="git",cert-authority {MARY}', "an authority"),
        (
            f"mary@example.org {MARY.replace('ssh-ed25519', 'ssh-ed25519-cert-v01@openssh.com')}",
            "a certificate",
        ),
        (f"mary@example.org {MARY.replace('ssh-ed25519', 'ssh-dss')}", "no type of SSH key"),
        (f"mary@example.org {MARY.replace('ssh-ed25519', 'ssh-rsa')}", "no key of that type"),
        ("mary@example.org pgp 1A2B3C4D5E6F", "no type of SSH key"),
        ("mary@example.org ssh-ed25519 AAAA", "no key of that type"),
        ("mary@example.org", "does not read"),
        (f"mary@example.org no-touch-required {MARY}", "knows the option"),
        (f'mary@example.org namespaces="git",namespaces="file" {MARY}', "twice"),
        (f'mary@example.org namespaces="*" {MARY}', "without patterns"),
        (f'mary@example.org valid-before="soon" {MARY}', "is no date"),
        (f'mary@example.org valid-after="20270101",valid-before="20260101" {MARY}', "before it begins"),
        (f"mary@example.org valid-before=20260101 {MARY}", "options do not read"),
    ],
)
def test_a_line_that_could_speak_for_others_is_used_for_nothing(line: str, why: str) -> None:
    read = read_signers(f"{line}\n{signer('eve')}".encode())
    assert [fault.number for fault in read.faults] == [1]
    assert why in read.faults[0].words
    assert [one.principal for one in read.by_key.values()] == ["eve@example.org"]


def test_a_key_that_is_listed_twice_is_nobody_s() -> None:
    text = f"mary@example.org {MARY}\neve@example.org {MARY}\n{signer('otto')}"
    assert [number for number, _ in faults(text)] == [1, 2]
    assert [one.principal for one in read_signers(text.encode()).by_key.values()] == ["otto@example.org"]


def test_a_person_may_have_two_keys() -> None:
    assert (
        len(read_signers((signer("mary") + signer("eve", principal="mary@example.org")).encode()).by_key) == 2
    )


def test_a_line_that_is_no_text_does_not_spoil_the_others() -> None:
    read = read_signers(b"\xff\xfe\n" + signer("mary").encode())
    assert [fault.number for fault in read.faults] == [1]
    assert len(read.by_key) == 1


def test_a_line_says_what_its_key_may_sign_and_when() -> None:
    options = f'namespaces="git,{RECORDS}",valid-after="20260101",valid-before="202612312359Z"'
    (line,) = read_signers(signer("mary", options=options).encode()).by_key.values()
    assert line.refuses(RECORDS, SUMMER) == ""
    assert "for other purposes" in line.refuses("file", SUMMER)
    assert "2026-01-01 00:00 UTC" in line.refuses(RECORDS, datetime(2025, 12, 31, tzinfo=UTC))
    assert "2026-12-31 23:59 UTC" in line.refuses(RECORDS, datetime(2027, 1, 1, tzinfo=UTC))
