"""A file out of a forge's answer: its bytes, held against the id that the answer gives them."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha1, sha256
from urllib.parse import quote

from mkdocs_ems.forges.answers import Answer
from mkdocs_ems.forges.values import ForgeError


def address(path: str, *, whole: bool = False) -> str:
    """A path as it stands in an address; `whole` makes one piece of it, without any `/`."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="" if whole else "/")


def decoded(answer: Answer, blob: str) -> bytes:
    """The bytes of an answer in base64.

    Args:
        answer: has `encoding` and `content`.
        blob: the id that git gives these bytes, as the forge says.

    Raises:
        ForgeError: it is no base64, or these are other bytes.
    """
    if answer.maybe("encoding") != "base64":
        raise ForgeError(f"{answer.what} gives no contents: nothing was written")
    try:
        data = base64.b64decode("".join(answer.long_text("content").split()), validate=True)
    except (binascii.Error, ValueError):
        raise ForgeError(
            f"{answer.what} gives contents that cannot be decoded: nothing was written"
        ) from None
    digest = sha256 if len(blob) == 64 else sha1
    if digest(b"blob %d\0" % len(data) + data).hexdigest() != blob:
        raise ForgeError(f"{answer.what} gives other contents than those it names: nothing was written")
    return data
