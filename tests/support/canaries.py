"""A content with a canary in every field of every kind, made from the models: what leaks can be told.

Each text names its kind and field by a word that stands nowhere else, and beside it a person, a mail
address, an account and ids of what stays in. A new field or kind has its canary without a line here.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from zlib import MAX_WBITS, decompress

from mkdocs_ems.model import KINDS
from support.every_field import EveryField

PERSON = "Zelda Quibblethorpe"
MAIL = "zelda.quibblethorpe@canary.example"
ACCOUNT = "zq-account"
SECRETS = ("quibblethorpe", "zelda", "canary.example", ACCOUNT, "PER-CANARY", "abernathy", "overbury")
"""What may stand nowhere in what is made for outsiders, in any case."""

_SPELT = (
    PERSON,
    "Quibblethorpe, Zelda",
    "Z. Quibblethorpe",
    "ZELDA QUIBBLETHORPE",
    "Zelda&nbsp;Quibblethorpe",
    "Ms Quibblethorpe",
    "Zelda B. Quibblethorpe",
    "Zel\u00adda Quibble\u200bthorpe",
    "&#90;elda Quibblethorpe",
    f"<{MAIL}>",
    f"[write](mailto:{MAIL})",
    MAIL.replace("@", "%40"),
    f"@{ACCOUNT}",
    "PER-CANARY",
    "[[PER-CANARY]]",
    "[[PRO-CANARY|the procedure of Zelda Quibblethorpe]]",
)


def identity(kind: str) -> str:
    """The id of the one entity of a kind; of a register's head that of its rows, behind `REG-`."""
    return _EVERY.identity(kind)


def token(kind: str, field: str) -> str:
    """The word of a field."""
    return "Canary" + "".join(part.capitalize() for part in re.split(r"[^a-z0-9]+", f"{kind} {field}"))


def content() -> dict[str, str]:
    """Files by path below the repository: every kind, every field."""
    files = {
        "mkdocs.yml": "site_name: Canary Works\nsite_url: https://canary-works.test/\ndocs_dir: ems\n"
        "theme: {name: material}\nplugins: [search]\n",
        "ems/ems.yml": json.dumps(_settings()),
        **_EVERY.files(),
    }
    files["ems/registers/people.yml"] = json.dumps(people(PERSON))
    files["ems/records/readings/zelda.csv"] = (
        "parameter,period,value,unit,qualifier,n,operator,instrument,comment\n"
        f"{identity('measurement')},2026-01,17.25,kg,,,PER-CANARY,,{token('reading', 'comment')} {PERSON}\n"
    )
    return files


def people(name: str) -> dict[str, object]:
    """The register of people."""
    row = {
        **_EVERY.fields(KINDS["person"].model, "person"),
        "id": "PER-CANARY",
        "title": name,
        "git_identities": [MAIL],
        "forge_accounts": [ACCOUNT],
        "roles": [{"role": identity("role")}],
    }
    # Who has left approves nothing.
    del row["end_date"]
    return {"id": "REG-PER", "type": "person", "title": f"People {PERSON}", "rows": [row]}


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder with its path, as it reads by itself and with all that is escaped undone."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = decompress(data, MAX_WBITS | 32)
        text = data.decode("utf-8", "replace")
        plain = html.unescape(unquote(text)).replace("\u00ad", "").replace("\u200b", "").replace("\ufffd", "")
        yield str(path.relative_to(folder)), f"{path.relative_to(folder)}\n{text}\n{plain}"


def _settings() -> dict[str, object]:
    said = f"{token('rules', 'text')} {PERSON} {MAIL}"
    return {
        "schema": "1",
        "organisation": {"name": "Canary Works", "note": said},
        "sites": [{"id": "WORKS", "title": "The works", "address": said, "areas": [said]}],
        "retention": [{"types": ["all"], "storage": said, "disposition": said}],
        "approval": {"matrix": [{"types": ["policy", "person"], "roles": [identity("role")]}]},
        "waivers": [{"code": "ASP001", "reason": said, "until": "2030-01-01", "approved_by": "PER-CANARY"}],
    }


def _body(kind: str) -> str:
    said = "\n".join(f"- {one}" for one in _SPELT)
    return (
        f"# {token(kind, 'heading')} of **Zelda** _Quibblethorpe_\n\n{token(kind, 'body')}\n\n{said}\n\n"
        f"<!-- {token(kind, 'comment')} {PERSON} -->\n\n"
        f"[{token(kind, 'link')}](../procedure/zelda-quibblethorpe.md) and "
        f"![{token(kind, 'alt')} {PERSON}](zelda.png)\n"
    )


def _said(path: str) -> str:
    return f"{token(path, '')} {_SPELT[sum(map(ord, path)) % len(_SPELT)]} of {PERSON}"


_EVERY = EveryField(
    mark="CANARY",
    text=_said,
    key=lambda path: token(path, "key"),
    body=_body,
    file="zelda-quibblethorpe",
)
