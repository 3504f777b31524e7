"""The one form in which approval records are written: whoever writes one, writes these bytes.

Keys in the order of the promise (docs/document-control.md), plain scalars, line feeds, so that
signed bytes are file bytes. Decides nothing: whether a record counts is judged where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

import yaml

from mkdocs_ems.control.records import ApprovalRecord, ForgeSource, ScanSource
from mkdocs_ems.text import show

_PLAIN = re.compile(r"[A-Za-z0-9_./@+-][A-Za-z0-9_./@+ -]*(?<! )")
"""What needs no quotes as far as its characters go; whether YAML takes it for a number, the loader says."""


def can_be_named(name: str) -> bool:
    """Whether a record can hold a name or an address.

    None can hold blanks, control characters, or bytes that are no UTF-8. No register can list such
    an address either, so whoever bears it is nobody's known author.
    """
    return bool(name.strip()) and show(name) == name


def record_name(record: ApprovalRecord, n: int) -> str:
    """The file's name below `records/approvals/`: `POL-001/3-approval-md@wrenholt.example-1.yml`."""
    return f"{record.document}/{record.issue}-{record.meaning.value}-{record.approver}-{n}.yml"


def record_bytes(record: ApprovalRecord) -> bytes:
    """The bytes of a record: what is signed, and what stands in the file."""
    return "".join(f"{key}: {value}\n" for key, value in _lines(record)).encode("utf-8")


def _lines(record: ApprovalRecord) -> Iterator[tuple[str, str]]:
    parts = dict(sorted(record.manifest.parts.items()))
    yield "schema", record.schema_
    yield "repository", _scalar(record.repository)
    yield "document", record.document
    yield "issue", str(record.issue)
    yield "meaning", record.meaning.value
    yield "manifest", f"{{main: {record.manifest.main}, parts: {_mapping(parts, quoted=True)}}}"
    yield "previous", _list(sorted(record.previous))
    yield "approver", _scalar(record.approver)
    if record.role is not None:
        yield "role", record.role
    if record.for_ is not None:
        yield "for", _scalar(record.for_)
    if record.authors:
        yield "authors", _list(record.authors)
    # A year has four digits here; strftime writes as many as it has.
    done = record.date.astimezone(UTC).replace(tzinfo=None)
    yield "date", f"{done.isoformat(timespec='seconds')}Z"
    for key, day in (("effective_from", record.effective_from), ("valid_until", record.valid_until)):
        if day is not None:
            yield key, day.isoformat()
    if record.change is not None:
        yield "change", record.change
    if record.reason is not None:
        yield "reason", _scalar(record.reason)
    if record.source is not None:
        yield "source", _source(record.source)


def _source(source: ForgeSource | ScanSource) -> str:
    if isinstance(source, ScanSource):
        return f"{{scan: {_scalar(source.scan)}, sha256: {source.sha256}}}"
    return _mapping(
        {
            "forge": source.forge,
            "review": _scalar(source.review),
            "state": source.state,
            "dismissed": "true" if source.dismissed else "false",
            "reviewer": _scalar(source.reviewer),
            "opener": _scalar(source.opener),
            "pushers": _list(source.pushers),
            "authors": _list(source.authors),
            "event": _scalar(source.event),
        }
    )


def _mapping(values: Mapping[str, str], *, quoted: bool = False) -> str:
    keys = {key: _quoted(key) if quoted else key for key in values}
    return f"{{{', '.join(f'{keys[key]}: {value}' for key, value in values.items())}}}"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_scalar, values))}]"


def _scalar(value: str | date | datetime) -> str:
    """A text as YAML reads it back: plain where it can be, else in double quotes."""
    text = str(value)
    plain = _PLAIN.fullmatch(text) and not text.startswith(("-", ".", "+")) and _reads_back(text)
    return text if plain else _quoted(text)


def _reads_back(text: str) -> bool:
    """Whether YAML takes these characters for a text, and not for a number, a date or a word of its own."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    return not any(form.match(text) for _, form in (*resolvers.get(text[0], ()), *resolvers.get(None, ())))


def _quoted(text: str) -> str:
    escaped = "".join(_ESCAPED.get(one, one) if one.isprintable() else _escape(one) for one in text)
    return f'"{escaped}"'


_ESCAPED = {'"': '\\"', "\\": "\\\\"}


def _escape(one: str) -> str:
    code = ord(one)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def canonical(record: ApprovalRecord, data: bytes) -> bool:
    """Whether a record's bytes are those that it would be written as."""
    return data == record_bytes(record)
