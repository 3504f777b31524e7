"""A small company for stories of document control: who may approve what, and files to change.

Ann and Ben write. Mary (MD) approves policies and the rules; Eve (EHS) and Otto (OPS)
approve procedures; Dan stands in for Mary in March 2026; Lea left at the end of February.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from support.chain import Chain

REPOSITORY = "6f1c0a7e"

PEOPLE = """\
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - {id: PER-ANN, title: Ann Archer, git_identities: [ann@example.org, ann.archer@home.example]}
  - {id: PER-BEN, title: Ben Boyd, git_identities: [ben@example.org]}
  - id: PER-MARY
    title: Mary Dean
    git_identities: [mary@example.org, Mary.Dean@Example.org]
    roles: [{role: ROL-MD}]
  - {id: PER-EVE, title: Eve Hart, git_identities: [eve@example.org], roles: [{role: ROL-EHS}]}
  - {id: PER-OTTO, title: Otto Pike, git_identities: [otto@example.org], roles: [{role: ROL-OPS}]}
  - {id: PER-DAN, title: Dan Frost, git_identities: [dan@example.org]}
  - id: PER-LEA
    title: Lea Grant
    git_identities: [lea@example.org]
    roles: [{role: ROL-EHS}]
    end_date: 2026-02-28
"""

ROLES = """\
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
    deputies: [{person: PER-DAN, from: 2026-03-01, to: 2026-03-31}]
  - {id: ROL-EHS, title: EHS manager}
  - {id: ROL-OPS, title: Head of operations}
"""

POLICY = """\
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
review_every: 12 months
---
# Environmental policy

We protect the environment.
"""

MATRIX = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS]}
"""


def settings(*, approval: str = "", matrix: str = MATRIX, zone: str = "Europe/London") -> str:
    """`ems.yml`; `approval` adds keys to that block."""
    return (
        f"schema: 1\nrepository: {REPOSITORY}\norganisation: {{name: Wrenholt}}\ntime_zone: {zone}\n"
        f"approval:\n{approval}  matrix:\n{matrix}"
    )


def procedure(text: str = "Sort the waste.", *, identity: str = "PRO-001", head: str = "") -> str:
    """A procedure; `head` adds lines to its front matter."""
    return (
        f"---\nid: {identity}\ntype: procedure\ntitle: Waste\nowner: ROL-EHS\n{head}---\n# Waste\n\n{text}\n"
    )


def register(*rows: str, identity: str = "REG-ASPECTS", kind: str = "aspect", head: str = "") -> str:
    """A register with a row for each title."""
    listed = "".join(f"  - {{id: ASP-{at:03}, title: {row}}}\n" for at, row in enumerate(rows, 1))
    return f"id: {identity}\ntype: {kind}\ntitle: Aspects\n{head}rows:\n{listed}"


def company(*, ems: str | None = None, **files: str) -> Chain:
    """A chain whose trust root holds the rules, the people, the policy, and files by path."""
    chain = Chain()
    base = {"ems.yml": ems or settings(), "registers/people.yml": PEOPLE, "registers/roles.yml": ROLES}
    chain.commit({**base, "policy.md": POLICY, **files}, by="ann", message="Adopt the system")
    return chain


def record(
    chain: Chain,
    path: str,
    *,
    by: str,
    document: str = "PRO-001",
    issue: int = 1,
    meaning: str = "approval",
    n: int = 1,
    parts: Mapping[str, str] | None = None,
    **other: object,
) -> dict[str, str]:
    """An approval record for the file at a path as it stands, as a file to commit.

    `parts` is target to path; anything else replaces or adds keys of the record.
    """
    mail = other.get("approver", f"{by}@example.org")
    said = {
        "schema": "ems-approval/1",
        "repository": REPOSITORY,
        "document": document,
        "issue": issue,
        "meaning": meaning,
        "manifest": {
            "main": chain.sha(path),
            "parts": {target: chain.sha(at) for target, at in (parts or {}).items()},
        },
        "previous": [],
        "approver": mail,
        "date": chain.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    name = f"records/approvals/{document}/{issue}-{meaning}-{mail}-{n}.yml"
    return {name: yaml.safe_dump({**said, **other}, sort_keys=False)}


def land_record(chain: Chain, path: str, *, by: str, on: str | None = None, **other: object) -> str:
    """Land a record in a commit of its approver; return its path."""
    made = record(chain, path, by=by, **other)  # type: ignore[arg-type]  # keys of two kinds in one mapping
    chain.commit(made, by=by, on=on, message="Approve")
    return next(iter(made))
