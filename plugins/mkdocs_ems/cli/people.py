"""Names of people, kept outside of git: read when pages are built, and written nowhere else.

CSV with the columns `id` and `name`, or YAML with a name for each id. Whoever is not in it keeps what
the register of people says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.errors import UsageError
from mkdocs_ems.model.fields import ID_PATTERN, TITLE_LENGTH
from mkdocs_ems.source import parse_file
from mkdocs_ems.text import deceives, show

_LARGEST = 5_000_000
_PARTED = re.compile("[\u00ad\u200b-\u200d\U000e0020-\U000e007f]")
"""Characters without width that a name may need; python calls them not printable."""


def names_of(path: Path | None) -> Mapping[str, str]:
    """What people are called, by their ids.

    Raises:
        UsageError: the file cannot be read, or a line of it names nobody.
    """
    if path is None:
        return {}
    where = show(str(path))
    try:
        # Of a pipe nobody knows beforehand how much will come.
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8-sig") if len(data) <= _LARGEST else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the names of people in {where} cannot be read: save the file as UTF-8") from error
    if text is None:
        raise UsageError(f"{where} is too large for a list of people")
    found: dict[str, str] = {}
    for identity, name in _pairs(path, text, where):
        if not re.fullmatch(ID_PATTERN, identity, re.ASCII) or identity in found:
            twice = "stands there twice" if identity in found else "is no id of a person"
            raise UsageError(f"{show(identity)!r} in {where} {twice}: write each id once, such as PER-001")
        if not name or len(name) > TITLE_LENGTH or deceives(name) or not _PARTED.sub("", name).isprintable():
            raise UsageError(f"the name of {identity} in {where} is empty or cannot be shown: write it again")
        found[identity] = name
    return found


def _pairs(path: Path, text: str, where: str) -> Iterable[tuple[str, str]]:
    if path.suffix.lower() in (".yml", ".yaml"):
        source, findings = parse_file("people.yml", text.encode(), content="")
        if not source.whole:
            raise UsageError(f"{where} is no list of names: write one line for each, as PER-001: Maya Holm")
        if findings:
            fault = findings[0]
            line = fault.at.line if isinstance(fault.at, Span) else 1
            raise UsageError(f"line {line} of {where} cannot be read: {show(fault.message)}")
        odd = next((one for one, name in source.data.items() if not isinstance(name, str)), None)
        if odd is not None:
            raise UsageError(f"what stands beside {show(odd)} in {where} is no name")
        return [(identity, " ".join(str(name).split())) for identity, name in source.data.items()]
    try:
        rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UsageError(
            f"{where} is no table of ids and names: {error}; look at its quotation marks"
        ) from error
    head = [one.strip().lower() for one in rows[0]] if rows else []
    if "id" not in head or "name" not in head:
        raise UsageError(f"{where} has no columns id and name: write them in its first line")
    at, of = head.index("id"), head.index("name")
    whole = [row for row in rows[1:] if any(row)]
    if any(len(row) <= max(at, of) for row in whole):
        raise UsageError(f"a line of {where} has too few columns: each has an id and a name")
    return [(row[at].strip(), " ".join(row[of].split())) for row in whole]
