"""Signed evidence for stories: canonical records with real signatures, and signed commits of a chain.

Nothing is taken for granted: every signature is made and verified by ssh-keygen, with the
worthless keys of `support.keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml

from mkdocs_ems.control.recording import record_bytes
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE, Verifier
from mkdocs_ems.git.values import SignatureClaim, SignedCommit
from support.chain import Chain
from support.company import company, record
from support.keys import signature, signer

_verifier = Verifier()
_known: dict[SignatureClaim, bool] = {}


class RealSignatures:
    """Verifies with ssh-keygen; its commits are those that a story signed."""

    def __init__(self) -> None:
        self.signed: dict[str, SignedCommit] = {}
        self.asked: list[SignatureClaim] = []

    def commits(self, ids: Iterable[str]) -> Mapping[str, SignedCommit]:
        return {name: self.signed[name] for name in ids if name in self.signed}

    def verify(self, claims: Iterable[SignatureClaim]) -> Mapping[SignatureClaim, bool]:
        found = list(claims)
        self.asked += found
        for claim in found:
            if claim not in _known:
                _known[claim] = _verifier.verify(claim)
        return {claim: _known[claim] for claim in found}


def signing_company(*signers: str, ems: str | None = None, **files: str) -> Chain:
    """The company with a list of keys from its first day: Mary's, Eve's and Otto's if none is given."""
    lines = signers or tuple(signer(name) for name in ("mary", "eve", "otto"))
    chain = company(ems=ems, **{"allowed_signers": "".join(lines), **files})
    chain.signatures = RealSignatures()
    return chain


def canonical_record(chain: Chain, path: str, *, by: str, **other: object) -> dict[str, bytes]:
    """An approval record in the one form of a record, as a file to commit."""
    ((name, text),) = record(chain, path, by=by, **other).items()  # type: ignore[arg-type]  # keys of two kinds
    said = yaml.safe_load(text)
    return {name: record_bytes(ApprovalRecord.model_validate(said))}


def signed_record(
    chain: Chain,
    path: str,
    *,
    by: str,
    key: str | None = None,
    namespace: str = RECORD_NAMESPACE,
    **other: object,
) -> dict[str, bytes]:
    """A record and its signature as files to commit; by the approver's key unless another is named."""
    ((name, data),) = canonical_record(chain, path, by=by, **other).items()
    return {name: data, f"{name}.sig": signature(data, by=key or by, namespace=namespace)}


def sign_commit(chain: Chain, commit: str, *, by: str, times: int = 1) -> None:
    """Let a commit of the chain bear a signature."""
    signatures = chain.signatures
    assert isinstance(signatures, RealSignatures)
    payload = f"commit {commit}".encode()
    made = signature(payload, by=by, namespace=COMMIT_NAMESPACE)
    signatures.signed[commit] = SignedCommit(payload, made if times == 1 else None)
