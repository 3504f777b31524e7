"""A repository of signed approvals for measuring: records with signatures, merges with signatures.

Each document lands by a commit of an editor and is approved by a signed record; then a branch
changes it and lands by a merge that the approver signs. The key is one of the demonstration's,
and worth nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bench_texts import PEOPLE, REPOSITORY, ROLES, SETTINGS

KEY = Path(__file__).resolve().parent / "demo_keys" / "helen"
APPROVER = "approver@bench.example"
DOCUMENTS = 100


def write_signed_repository(target: Path, *, documents: int = DOCUMENTS) -> None:
    """Write the repository; the key lies beside it, as `TARGET.key`."""
    from mkdocs_ems.git import Identity  # noqa: PLC0415 - the package is importable only in the venv
    from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE, sign  # noqa: PLC0415 - as above
    from mkdocs_ems.git.write import RepositoryWriter, Stamp  # noqa: PLC0415 - as above

    key = target.with_suffix(".key")
    key.touch(mode=0o600)
    key.write_bytes(KEY.with_suffix(".key").read_bytes())
    now = datetime(2025, 1, 6, 9, tzinfo=UTC)
    approver, editor = Identity("Approver One", APPROVER), Identity("Editor 1", "editor1@bench.example")

    def stamp(who: Identity) -> Stamp:
        nonlocal now
        now += timedelta(hours=1)
        return Stamp(who, now)

    with RepositoryWriter.init(target) as writer:
        writer.commit(_base(), message="Begin", by=stamp(approver))
        for number in range(1, documents + 1):
            path = f"ems/procedures/pro-{number:04}.md"
            writer.commit({path: _text(number, 1)}, message="Write", by=stamp(editor))
            name, data = _record(number, now)
            signature = sign(data, key=key, namespace=RECORD_NAMESPACE)
            writer.commit({name: data, f"{name}.sig": signature}, message="Approve", by=stamp(approver))
            main = writer.tip()
            work = writer.commit(
                {path: _text(number, 2)}, message="Change", by=stamp(editor), branch="work", parents=(main,)
            )
            merge = writer.commit(
                {path: _text(number, 2)}, message="Merge", by=stamp(approver), parents=(main, work)
            )
            writer.sign(merge, lambda raw: sign(raw, key=key, namespace=COMMIT_NAMESPACE))
        writer.point("work", writer.tip())


def signers() -> str:
    """The list of the one key."""
    kind, key, *_ = KEY.with_suffix(".pub").read_text().split()
    return f"{APPROVER} {kind} {key}\n"


def for_others(target: Path) -> tuple[Path, Path]:
    """A folder with twenty records and their signatures, and the list of keys: to verify without us."""
    from mkdocs_ems.git import Repository  # noqa: PLC0415 - as above

    records, listed = target.with_suffix(".records"), target.with_suffix(".signers")
    records.mkdir()
    listed.write_text(signers())
    with Repository.open(target) as repository:
        files = repository.snapshot("main", content="ems").files
    signed = sorted(path for path in files if path.endswith(".yml.sig"))[:20]
    for number, path in enumerate(signed, 1):
        (records / f"{number}.yml").write_bytes(files[path.removesuffix(".sig")])
        (records / f"{number}.yml.sig").write_bytes(files[path])
    return records, listed


def _base() -> dict[str, bytes]:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/allowed_signers": signers(),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
    }
    return {path: text.encode() for path, text in files.items()}


def _text(number: int, issue: int) -> bytes:
    head = f"---\nid: PRO-{number:04}\ntype: procedure\ntitle: Procedure {number}\nowner: ROL-EHS\n---\n"
    return f"{head}\nStep {issue} of {number}.\n".encode()


def _record(number: int, now: datetime) -> tuple[str, bytes]:
    from mkdocs_ems.control.recording import record_bytes, record_name  # noqa: PLC0415 - as above
    from mkdocs_ems.control.records import ApprovalRecord  # noqa: PLC0415 - as above

    record = ApprovalRecord.model_validate(
        {
            "schema": "ems-approval/1",
            "repository": REPOSITORY,
            "document": f"PRO-{number:04}",
            "issue": 1,
            "meaning": "approval",
            "manifest": {"main": sha256(_text(number, 1)).hexdigest()},
            "approver": APPROVER,
            "role": "ROL-EHS",
            "authors": ["editor1@bench.example"],
            "date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        }
    )
    return f"ems/records/approvals/{record_name(record, 1)}", record_bytes(record)
