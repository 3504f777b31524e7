"""The keys that may sign: `allowed_signers`, line by line, read more strictly than OpenSSH reads it.

One line, one principal, one key: no pattern, no list, no negation and no authority that could
make keys of its own, for each of them would let one key speak for several people. A line that
is anything else is told and used for nothing. Decides about no signature: what stands here
finds the one line by which ssh-keygen is to judge it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from mkdocs_ems import dataclass
from mkdocs_ems.git.sshsig import fingerprint, key_type
from mkdocs_ems.text import show

_KEY_TYPES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
_LINE = (
    r"(?P<principal>\S+)\s+"
    r'(?:(?P<options>(?:[^\s"]|"[^"]*")+)\s+)??'
    r"(?P<type>[A-Za-z]\S*)\s+(?P<key>[A-Za-z0-9+/]+=*)(?:\s.*)?"
)
_OPTION = r'([A-Za-z-]+)(?:="([^"]*)")?'
_MOMENTS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_SIZE_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Signer:
    """One key and whose it is."""

    number: int
    """Its line in the file."""
    principal: str
    key: bytes
    line: str
    """Principal, options and key, as approved; without the comment."""
    namespaces: tuple[str, ...] | None = None
    """What it may sign; None for everything."""
    valid_after: datetime | None = None
    valid_before: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as ssh-keygen prints it."""
        return fingerprint(self.key)

    def refuses(self, namespace: str, at: datetime) -> str:
        """Why this line lets the key sign nothing of this kind at this moment; empty if it does."""
        if self.namespaces is not None and namespace not in self.namespaces:
            return f"allowed_signers lists the key of {self.principal} for other purposes only"
        if self.valid_after is not None and at < self.valid_after:
            return f"the key of {self.principal} is valid only after {self.valid_after:%Y-%m-%d %H:%M} UTC"
        if self.valid_before is not None and at > self.valid_before:
            return f"the key of {self.principal} was valid only before {self.valid_before:%Y-%m-%d %H:%M} UTC"
        return ""


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that is used for nothing."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Signers:
    """The usable lines of one file by their keys, and what is wrong with the others."""

    by_key: Mapping[bytes, Signer]
    faults: tuple[LineFault, ...] = ()

    def of(self, key: bytes) -> Signer | None:
        """The one line of a key."""
        return self.by_key.get(key)


NO_SIGNERS = Signers({})


class _LineError(Exception):
    """Why a line cannot be used."""


def read_signers(data: bytes) -> Signers:
    """Read a file of allowed signers."""
    if len(data) > _SIZE_LIMIT:
        return Signers({}, (LineFault(1, "the file is larger than 1 MB: nobody can look it through"),))
    found: list[Signer] = []
    faults: list[LineFault] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            faults.append(LineFault(number, "it is no UTF-8 text"))
            continue
        if not line or line.startswith("#"):
            continue
        try:
            found.append(_signer(number, line))
        except _LineError as error:
            faults.append(LineFault(number, str(error)))
    held = Counter(signer.key for signer in found)
    for signer in found:
        if held[signer.key] > 1:
            told = f"its key {signer.fingerprint} stands in {held[signer.key]} lines: one key, one principal"
            faults.append(LineFault(signer.number, told))
    usable = {signer.key: signer for signer in found if held[signer.key] == 1}
    return Signers(usable, tuple(sorted(faults, key=lambda fault: fault.number)))


def _signer(number: int, line: str) -> Signer:
    parts = re.fullmatch(_LINE, line)
    if parts is None:
        raise _LineError("it does not read: principal, options if any, type of key, key")
    principal = _principal(parts["principal"])
    options = _options(parts["options"] or "")
    if "-cert-" in parts["type"]:
        raise _LineError("it lists a certificate: list the key itself")
    if parts["type"] not in _KEY_TYPES:
        raise _LineError(f"{show(parts['type'])} is no type of SSH key that may sign here")
    try:
        key = base64.b64decode(parts["key"], validate=True)
    except binascii.Error:
        key = b""
    if key_type(key) != parts["type"]:
        raise _LineError(f"what follows {parts['type']} is no key of that type")
    namespaces = options.get("namespaces")
    after, before = (_moment(name, options.get(name)) for name in ("valid-after", "valid-before"))
    if after and before and before <= after:
        raise _LineError("the key would end being valid before it begins")
    return Signer(
        number,
        principal,
        key,
        " ".join(filter(None, (principal, parts["options"], parts["type"], parts["key"]))),
        _namespaces(namespaces) if namespaces is not None else None,
        after,
        before,
    )


def _principal(text: str) -> str:
    if "," in text:
        raise _LineError("it names several principals: write a line for each, with a key of its own")
    if text.startswith("!"):
        raise _LineError("it excludes a principal: list only those who may sign")
    if any(char in text for char in "*?"):
        raise _LineError(
            f"the principal {show(text)} is a pattern: with it, one key could sign as anybody it fits"
        )
    if '"' in text or not text.isprintable():
        raise _LineError("the principal has quotes or characters that nobody can see: write an address alone")
    return text


def _options(text: str) -> dict[str, str]:
    if not text:
        return {}
    if re.fullmatch(f"{_OPTION}(?:,{_OPTION})*", text) is None:
        raise _LineError('its options do not read: name="value", separated by commas')
    options: dict[str, str] = {}
    for name, value in re.findall(_OPTION, text):
        folded = name.lower()
        if folded == "cert-authority":
            raise _LineError(
                "it lists an authority, which could make keys of its own: list the keys themselves"
            )
        if folded not in ("namespaces", "valid-after", "valid-before"):
            raise _LineError(f"nobody here knows the option {name}")
        if folded in options:
            raise _LineError(f"it gives {folded} twice")
        options[folded] = value
    return options


def _namespaces(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if any(not name or any(char in name for char in "*?!") for name in names):
        raise _LineError("namespaces are written out, separated by commas, without patterns")
    return names


def _moment(name: str, text: str | None) -> datetime | None:
    """Always in UTC: a machine's own time zone has no say."""
    if text is None:
        return None
    digits = text.removesuffix("Z")
    form = _MOMENTS.get(len(digits)) if digits.isascii() and digits.isdigit() else None
    try:
        return datetime.strptime(digits, form or "none").replace(tzinfo=UTC)
    except ValueError:
        raise _LineError(f"{name} is no date: write it as 20261231235959Z") from None
