"""Signatures judged by the approved rules: whose key made them, for what, and was it valid then?

A signature that does not hold voids what it stands on; it never makes it a lesser evidence.
Whether the bytes fit the key, ssh-keygen says; which key may speak for whom, and when, the
approved lines of `allowed_signers` say. A history in which nobody may sign is asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property

from mkdocs_ems import dataclass
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.signers import Signer, Signers
from mkdocs_ems.control.terms import FaultReason
from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE
from mkdocs_ems.git.sshsig import read_signature
from mkdocs_ems.git.values import Event, History, SignatureClaim, Signatures, SignedCommit

_KINDS = {RECORD_NAMESPACE: "approval records", COMMIT_NAMESPACE: "commits"}


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature that holds."""

    principal: str
    """Whose key made it, as the approved line says."""
    key: str
    """The key's fingerprint, `SHA256:…`."""


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A record with the signature beside it, at the event that landed it."""

    data: bytes
    signature: bytes
    at: datetime
    """The moment at which the key must have been valid: the later of the record's date and the event's."""


class Seals:
    """Judges the signatures of one history; what can be foreseen is verified at once, several at a time."""

    def __init__(
        self, signatures: Signatures | None, *, history: History, versions: Iterable[Signers]
    ) -> None:
        self._signatures = signatures
        self._versions = tuple(version for version in versions if version.by_key)
        self._events = history.events if self._versions else ()
        self._commits = history.commits
        self._merges: Mapping[str, SignedCommit] | None = None
        self._others: Mapping[str, SignedCommit] | None = None

    # --- records ------------------------------------------------------------------------

    def expect(self, records: Iterable[SealedRecord]) -> None:
        """Verify beforehand what will probably be asked for."""
        self._verify_all(
            (one.data, one.signature, RECORD_NAMESPACE, one.at) for one in records if self._versions
        )

    def of_record(self, record: SealedRecord, signers: Signers) -> Seal | Refusal:
        """Whose signature stands beside a record."""
        return self._judge(record.data, record.signature, RECORD_NAMESPACE, record.at, signers)

    # --- commits ------------------------------------------------------------------------

    def of_merge(self, event: Event, signers: Signers) -> Seal | Refusal | None:
        """Whose signature a merge of the chain bears; None where it is none that could be judged here.

        Many people sign all that they commit, with a key that nobody approved for anything; and
        forges sign merges with keys of their own. Such a merge is what it would be without.
        """
        if not signers.by_key or self._signatures is None:
            return None
        if self._merges is None:
            landed = [one for one in self._events if one.commit.is_merge and not one.proposed]
            self._merges = self._read((one.commit.id, one.date) for one in landed)
        return self._of_commit(self._merges.get(event.commit.id), event.date, signers)

    def of_commit(self, name: str, signers: Signers) -> Seal | None:
        """Whose signature a commit bears that came onto the chain; None if nobody's that counts."""
        event = self.landing(name)
        if not signers.by_key or self._signatures is None or event is None:
            return None
        if self._others is None:
            self._others = self._read(
                (one, landed.date) for one, landed in self._landings.items() if self._changes_anything(one)
            )
        found = self._of_commit(self._others.get(name), event.date, signers)
        return found if isinstance(found, Seal) else None

    def _changes_anything(self, name: str) -> bool:
        commit = self._commits.get(name)
        return commit is not None and any(commit.deltas)

    def landing(self, commit: str) -> Event | None:
        """The event that brought a commit; asked only where somebody could sign or attest."""
        return self._landings.get(commit)

    @cached_property
    def _landings(self) -> Mapping[str, Event]:
        return {name: one for one in self._events for name in (*one.brought, one.commit.id)}

    def _of_commit(
        self, commit: SignedCommit | None, at: datetime, signers: Signers
    ) -> Seal | Refusal | None:
        if commit is None:
            return None
        if commit.signature is None:
            told = "it bears more than one signature, or one where git does not look for it"
            return Refusal(FaultReason.BAD_SIGNATURE, told)
        found = self._judge(commit.payload, commit.signature, COMMIT_NAMESPACE, utc(at), signers)
        unlisted = isinstance(found, Refusal) and found.reason is FaultReason.KEY_NOT_LISTED
        return None if unlisted else found

    def _read(self, commits: Iterable[tuple[str, datetime]]) -> Mapping[str, SignedCommit]:
        """Read commits as they were signed, and verify them beforehand."""
        assert self._signatures is not None, "only asked where somebody verifies"
        landed = dict(commits)
        found = self._signatures.commits(landed)
        self._verify_all(
            (one.payload, one.signature, COMMIT_NAMESPACE, utc(landed[name]))
            for name, one in found.items()
            if one.signature is not None
        )
        return found

    # --- both ---------------------------------------------------------------------------

    def _verify_all(self, asked: Iterable[tuple[bytes, bytes, str, datetime]]) -> None:
        if self._signatures is None:
            return
        claims = [
            SignatureClaim(data, signature, signer.line, namespace, at)
            for data, signature, namespace, at in asked
            for signer in self._candidates(signature, namespace, at)
        ]
        if claims:
            self._signatures.verify(claims)

    def _candidates(self, signature: bytes, namespace: str, at: datetime) -> Iterable[Signer]:
        """The lines by which it may come to be judged: most keys have had one line ever."""
        made = read_signature(signature)
        if made is None or made.namespace != namespace:
            return ()
        lines = (version.of(made.key) for version in self._versions)
        return {one.line: one for one in lines if one is not None and not one.refuses(namespace, at)}.values()

    def _judge(
        self, data: bytes, signature: bytes, namespace: str, at: datetime, signers: Signers
    ) -> Seal | Refusal:
        made = read_signature(signature)
        if made is None:
            return _bad("what stands there is not exactly one SSH signature")
        if made.namespace != namespace:
            return _bad(f"the signature was made for another purpose than {_KINDS[namespace]}")
        signer = signers.of(made.key)
        if signer is None:
            told = f"no approved line of allowed_signers lists the key {made.fingerprint} that signed it"
            return Refusal(FaultReason.KEY_NOT_LISTED, told)
        claim = SignatureClaim(data, signature, signer.line, namespace, at)
        why = self._refused(claim, signer)
        return why or Seal(signer.principal, made.fingerprint)

    def _refused(self, claim: SignatureClaim, signer: Signer) -> Refusal | None:
        why = signer.refuses(claim.namespace, claim.at)
        if why:
            told = f"{why}, and the moment that counts is {claim.at:%Y-%m-%d %H:%M} UTC"
            return Refusal(FaultReason.KEY_NOT_VALID, told)
        if self._signatures is None:
            return Refusal(FaultReason.NOT_READ_YET, "it has a signature, and nobody verifies any here")
        if not self._signatures.verify([claim])[claim]:
            return _bad(f"the signature does not fit: {signer.principal} signed other bytes than these")
        return None


def utc(moment: datetime) -> datetime:
    """A moment in UTC; as it is where the calendar ends."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _bad(words: str) -> Refusal:
    return Refusal(FaultReason.BAD_SIGNATURE, words)
