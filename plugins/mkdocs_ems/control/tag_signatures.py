"""Who signed a tag, by the keys that were approved at its date: said in words, never a bare tick.

A tag decides about no approval. What its signature adds is who vouches that this name leads to
this commit; so a signature that does not hold is told, and takes nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.control.seals import utc
from mkdocs_ems.control.signers import Signers
from mkdocs_ems.git.signing import COMMIT_NAMESPACE
from mkdocs_ems.git.sshsig import is_armoured, read_signature
from mkdocs_ems.git.values import SignatureClaim, Signatures, Tag


@dataclass(frozen=True, slots=True)
class TagSignature:
    """What became of a tag's signature."""

    words: str
    """A predicate of the tag: `is signed by anna@example.org`. Whose key it is stands there as approved."""
    principal: str = ""
    """Whose listed key made it; empty where it does not hold."""


NOT_SIGNED = TagSignature("is not signed")


def signatures_of(
    tags: Iterable[Tag], *, signatures: Signatures, signers: Callable[[datetime], Signers]
) -> Mapping[str, TagSignature]:
    """What there is to say of the signatures of tags, by the tags' names; unsigned ones are left out.

    Args:
        tags: annotated or not.
        signatures: verdicts on signatures.
        signers: the keys that were approved at a moment.

    Raises:
        SigningError: a listed key signed a tag, and signatures cannot be verified here.
    """
    found: dict[str, TagSignature] = {}
    claims: dict[str, SignatureClaim] = {}
    for tag in tags:
        if tag.signature is None:
            continue
        judged = _judged(tag, tag.signature, signers)
        if isinstance(judged, SignatureClaim):
            claims[tag.name] = judged
        else:
            found[tag.name] = TagSignature(judged)
    verdicts = signatures.verify(claims.values()) if claims else {}
    for name, claim in claims.items():
        by = claim.principal
        held = TagSignature(f"is signed by {by}", by)
        spoilt = TagSignature(f"bears a signature that does not fit: {by} signed something else than this")
        found[name] = held if verdicts[claim] else spoilt
    return found


def _judged(tag: Tag, signature: bytes, signers: Callable[[datetime], Signers]) -> SignatureClaim | str:
    """What is to be verified, or why nothing is."""
    if not is_armoured(signature):
        return "bears a signature that is none of an SSH key, and no other is verified here"
    made = read_signature(signature)
    if made is None or made.namespace != COMMIT_NAMESPACE:
        return "bears a signature that cannot be read, or was made for another purpose than tags"
    if tag.date is None:
        return "bears a signature, and no date by which to judge it"
    at = utc(tag.date)
    signer = signers(at).of(made.key)
    if signer is None:
        return f"bears a signature that no listed key made: {made.fingerprint} stood in no approved line"
    why = signer.refuses(COMMIT_NAMESPACE, at)
    if why:
        return f"bears a signature that does not count: {why}"
    return SignatureClaim(tag.payload, signature, signer.line, COMMIT_NAMESPACE, at)
