"""Verdicts on signatures: each asked of ssh-keygen once, several at a time, and kept.

A verdict depends on nothing but what its claim holds (the signed bytes, the signature, the one
line, the purpose, the moment), so it holds for ever and for every repository. Where it is kept
the caller decides; this module makes the name under which it is found again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

from mkdocs_ems.git.batch import Batch
from mkdocs_ems.git.signed_commits import signed_commit
from mkdocs_ems.git.signing import Verifier, moment
from mkdocs_ems.git.values import SignatureClaim, SignedCommit


class KeptVerdicts(Protocol):
    """Verdicts of earlier runs."""

    def find(self, name: str) -> bool | None:
        """A verdict by its name; None where there is none."""
        ...

    def keep(self, verdicts: Mapping[str, bool]) -> None:
        """Keep new verdicts by their names."""
        ...


class SshSignatures:
    """Implements the contract `Signatures` for one open repository."""

    def __init__(self, batch: Batch, kept: KeptVerdicts | None, *, object_format: str) -> None:
        self._batch = batch
        self._kept = kept
        self._object_format = object_format
        self._verifier: Verifier | None = None
        self._known: dict[SignatureClaim, bool] = {}

    def commits(self, ids: Iterable[str]) -> Mapping[str, SignedCommit]:
        """Those of the commits that bear an SSH signature."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, SignedCommit] = {}
        for name, one in zip(wanted, self._batch.objects(wanted), strict=True):
            if one is not None and one.type == "commit":
                apart = signed_commit(one.data, object_format=self._object_format)
                if apart is not None:
                    found[name] = apart
        return found

    def verify(self, claims: Iterable[SignatureClaim]) -> Mapping[SignatureClaim, bool]:
        """Whether each signature holds.

        Raises:
            SigningError: ssh-keygen is missing, too old, or did not end.
        """
        asked = dict.fromkeys(claims)
        unknown = [claim for claim in asked if claim not in self._known]
        if unknown:
            self._known |= self._judged(unknown)
        return {claim: self._known[claim] for claim in asked}

    def _judged(self, claims: list[SignatureClaim]) -> dict[SignatureClaim, bool]:
        names = {claim: verdict_name(claim) for claim in claims} if self._kept is not None else {}
        kept = self._kept
        verdicts = {
            claim: found
            for claim, name in names.items()
            if kept is not None and (found := kept.find(name)) is not None
        }
        left = [claim for claim in claims if claim not in verdicts]
        if left:
            made = dict(zip(left, self._verified(left), strict=True))
            verdicts |= made
            if kept is not None:
                kept.keep({names[claim]: verdict for claim, verdict in made.items()})
        return verdicts

    def _verified(self, claims: list[SignatureClaim]) -> list[bool]:
        if self._verifier is None:
            self._verifier = Verifier()
        if len(claims) == 1:
            return [self._verifier.verify(claims[0])]
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - slow to import, rarely needed

        # Each of them waits for a process: as many at once as there are processors.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            return list(pool.map(self._verifier.verify, claims))


def verdict_name(claim: SignatureClaim) -> str:
    """The name of a claim's verdict: a digest of all that it depends on."""
    digest = sha256()
    words = (claim.line, claim.namespace, moment(claim.at))
    for piece in (claim.data, claim.signature, *(word.encode("utf-8", "surrogateescape") for word in words)):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()
