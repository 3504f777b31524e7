"""SSH signatures, made and verified by ssh-keygen: the only module that starts it.

Like git, it runs in an environment built from nothing and in a private folder, with a time
limit, and only by an absolute path. A signature is verified against one line of
`allowed_signers` that its caller has found to be approved, never against a file of the
repository, and at the moment that the caller names, never at the machine's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Self

from mkdocs_ems.errors import SigningError
from mkdocs_ems.git.for_a_while import FolderForAWhile
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.programs import Done, Programs
from mkdocs_ems.git.public_keys import public_half
from mkdocs_ems.git.values import SignatureClaim
from mkdocs_ems.text import show

RECORD_NAMESPACE = "ems-approval@mkdocs-ems"
"""What approval records are signed for: no signature of a commit can ever stand for one."""

COMMIT_NAMESPACE = "git"

_KNOWN_GOOD = SignatureClaim(
    data=b"probe",
    signature=b"""\
-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgJq8l7a7A8yp28fZ40DwSkXRAAj
linBhmUXEihaiR52MAAAAQcHJvYmVAbWtkb2NzLWVtcwAAAAAAAAAGc2hhNTEyAAAAUwAA
AAtzc2gtZWQyNTUxOQAAAEAnCwLFK2gDW/wrvHXtX79w+Nm6ArGpsqLhsLhkMBS1E+k55N
A6A/2SB+KGwCsVDEboCkaVlecd90hofk9RAPEN
-----END SSH SIGNATURE-----
""",
    line='probe valid-before="20200102000000Z" '
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICavJe2uwPMqdvH2eNA8EpF0QAI5YpwYZlFxIoWokedj",
    namespace="probe@mkdocs-ems",
    at=datetime(2020, 1, 1, tzinfo=UTC),
)
"""Made once with a key that nobody has any more: what every ssh-keygen must find to be right."""

_VERIFY_SECONDS = 30
_LARGEST_KEY = 64 * 1024
_SIGN_SECONDS = 180
"""A person may have to type a passphrase or to touch a key."""


def sign(data: bytes, *, key: Path | None = None, namespace: str) -> bytes:
    """Sign some bytes; the armoured signature.

    Args:
        data: what is signed.
        key: a private key, or a public key whose private half an agent holds; None for
            `user.signingkey` of the user's own git settings, else the agent's only key.
        namespace: what the signature is for.

    Raises:
        SigningError: there is no such key, it was not unlocked, or ssh-keygen is missing.
    """
    with FolderForAWhile("sign") as folder:
        programs = Programs(folder, seconds=_SIGN_SECONDS, environment=_of_the_user())
        chosen = key.absolute() if key is not None else _usual_key(programs)
        # `-U`: the private half of a public key is with the agent, never in a file beside it.
        held = ("-U",) if chosen.parent == folder else ()
        arguments = ("-Y", "sign", *held, "-n", namespace, "-f", str(chosen))
        done = programs.run("ssh-keygen", *arguments, given=data)
    if done.status or not done.out:
        raise SigningError(
            f"the key {show(str(key or 'of the agent'))} did not sign ({done.complaint}): name a private "
            "key of your own, or one that your ssh agent holds, with --key"
        )
    return done.out


def public_key(key: Path | None = None) -> bytes:
    """The public half of the key that `sign` would use; nothing is unlocked for it.

    Raises:
        SigningError: there is no such key, or its public half is nowhere to be read.
    """
    with FolderForAWhile("sign") as folder:
        programs = Programs(folder, seconds=_SIGN_SECONDS, environment=_of_the_user())
        chosen = key.absolute() if key is not None else _usual_key(programs)
        for file in (chosen, chosen.with_name(f"{chosen.name}.pub")):
            with suppress(OSError):
                found = public_half(file.read_bytes()[:_LARGEST_KEY])
                if found is not None:
                    return found
    raise SigningError(
        f"{show(str(chosen))} is no SSH key whose public half can be read: name the file of your private "
        "key, with the public one (.pub) beside it"
    )


def _usual_key(programs: Programs) -> Path:
    """The key that the user signs with where none is named; a public one is put into the folder."""
    # With another format, the setting names a key of another program.
    named = _setting("user.signingkey", programs) if _setting("gpg.format", programs) == "ssh" else ""
    literal = named.removeprefix("key::") if named.startswith(("key::", "ssh-", "ecdsa-", "sk-")) else ""
    if named and not literal:
        return Path(named).expanduser().absolute()
    if not literal:
        listed = programs.run("ssh-add", "-L")
        keys = [line for line in decode(listed.out).splitlines() if line.strip()] if not listed.status else []
        if len(keys) != 1:
            held = "holds no key" if not keys else f"holds {len(keys)} keys"
            raise SigningError(
                f"no key to sign with: git's user.signingkey is not set, and the ssh agent {held}; "
                "name the key with --key"
            )
        literal = keys[0]
    public = programs.folder / "chosen.pub"
    public.write_text(f"{literal}\n", encoding="utf-8")
    return public


def _setting(name: str, programs: Programs) -> str:
    """One of the user's own git settings; the repository's are not asked."""
    return decode(programs.run("git", "config", "--global", "--get", name).out).strip()


def _of_the_user() -> Mapping[str, str]:
    """What the user's own keys need of the user's environment."""
    names = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK", "GIT_CONFIG_GLOBAL")
    return {name: os.environ[name] for name in names if name in os.environ} | {"GIT_CONFIG_NOSYSTEM": "1"}


def verify(claim: SignatureClaim) -> bool:
    """Whether one signature holds, by its one line of `allowed_signers` at its moment.

    Raises:
        SigningError: ssh-keygen is missing, too old, or did not end.
    """
    with Verifier() as verifier:
        return verifier.verify(claim)


class Verifier:
    """Verifies signatures, each in a process of its own; may be asked from several threads."""

    def __init__(self) -> None:
        self._made = FolderForAWhile("verify")
        self._folder, self.close = self._made.path, self._made.close
        self._programs = Programs(self._folder, seconds=_VERIFY_SECONDS)
        self._numbers = count()
        self._lines: dict[str, Path] = {}
        self._writing = Lock()
        self._proved = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self, claim: SignatureClaim) -> bool:
        """Whether one signature holds; as `verify`."""
        done = self._ask(claim)
        if not done.status:
            return done.out.startswith(b'Good "%s" signature for ' % claim.namespace.encode("utf-8"))
        if not self._proved:
            # Before a "no" is believed: does it know what it is asked at all?
            known = self._ask(_KNOWN_GOOD)
            if known.status:
                raise SigningError(
                    f"ssh-keygen cannot verify signatures here ({known.complaint}): "
                    "install OpenSSH 9.1 or later"
                )
            self._proved = True
        return False

    def _ask(self, claim: SignatureClaim) -> Done:
        signature = self._folder / f"{next(self._numbers)}.sig"
        signature.write_bytes(claim.signature)
        arguments = (
            *("-Y", "verify", "-f", self._signers(claim.line), "-I", claim.principal),
            *("-n", claim.namespace, "-s", str(signature), "-O", f"verify-time={moment(claim.at)}"),
        )
        try:
            return self._programs.run("ssh-keygen", *arguments, given=claim.data)
        finally:
            signature.unlink()

    def _signers(self, line: str) -> str:
        """A file with one approved line, and nothing else."""
        with self._writing:
            path = self._lines.get(line)
            if path is None:
                path = self._lines[line] = self._folder / f"{len(self._lines)}.signers"
                path.write_text(f"{line}\n", encoding="utf-8")
            return str(path)


def moment(at: datetime) -> str:
    """A moment as ssh-keygen takes it: to the second, in UTC."""
    try:
        at = at.astimezone(UTC)
    except OverflowError:  # on the first or last day of the calendar
        at = at.replace(tzinfo=UTC)
    return f"{at.year:04}{at:%m%d%H%M%S}Z"
