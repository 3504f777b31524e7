"""How a forge is asked: one host, answers of a bounded size, and so much patience and no more.

The policy alone, without any library for HTTP: which answers are worth another try, how long
to wait for it, and what is never followed or believed. The token stays out of every message.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urljoin, urlsplit

from mkdocs_ems import dataclass
from mkdocs_ems.errors import UsageError
from mkdocs_ems.forges.values import ForgeError, NotAllowedError, NotThereError
from mkdocs_ems.text import show

_TRIES = 4
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 120.0
"""Seconds that a forge may make us wait in all; a job should rather end and be run again."""

_REDIRECTS = 5
_BUSY = (500, 502, 503, 504)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"http": 80, "https": 443}


class NoAnswerError(Exception):
    """One try brought no answer: no connection, nothing in time, or half of it."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One answer as it came."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(slots=True)
class Patience:
    """The policy for one forge."""

    base: str
    """Where its interface begins; every request goes to this host and no other."""
    token: str = field(repr=False)
    size: int = 32 * 1024**2
    """Bytes of the largest answer that is read."""
    seconds: float = 30.0
    """How long the forge may be silent."""
    whole: float = 120.0
    """How long one answer may be in coming."""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    waited: float = 0.0

    def __post_init__(self) -> None:
        parts = _parts(self.base)
        if parts is None or parts.scheme not in _PORTS or parts.username or parts.query or parts.fragment:
            raise UsageError(
                f"{show(self.base)!r} is no address of a forge: write it as https://git.example.org"
            )
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise UsageError(
                f"{show(self.base)} would be asked without encryption, so anybody on the way could read the "
                "token and invent reviews: name the forge's https address with --url"
            )

    @property
    def host(self) -> str:
        """The host's name."""
        return show(urlsplit(self.base).hostname or "")

    def ask(self, url: str, send: Callable[[str], Raw]) -> Raw:
        """Ask until there is an answer that can be used.

        Args:
            url: what is asked for.
            send: one try; raises NoAnswerError where nothing came.

        Returns:
            An answer with status 200, in JSON.

        Raises:
            ForgeError: there is none, or it cannot be used; the message says what to do.
        """
        for _ in range(_REDIRECTS + 1):
            self._allow(url)
            answer = self._patiently(url, send)
            location = answer.headers.get("location", "")
            if not (300 <= answer.status < 400 and location):
                return self._usable(answer, url)
            url = urljoin(url, location)
        raise ForgeError(f"{self.host} sends {_what(url)} round in circles: run the command again later")

    def _patiently(self, url: str, send: Callable[[str], Raw]) -> Raw:
        tried = 0
        while True:
            tried += 1
            try:
                answer = send(url)
            except NoAnswerError as error:
                if not self._pause(0, {}, tried):
                    raise self._unreachable(str(error)) from None
            else:
                if not self._pause(answer.status, answer.headers, tried):
                    return answer

    def _allow(self, url: str) -> None:
        """Let a request go only where the token belongs."""
        if _origin(url) != _origin(self.base):
            parts = _parts(url)
            there = show(parts.hostname or "") if parts else "another address"
            raise ForgeError(
                f"{self.host} sends us on to {there}, and the token is for no other host: "
                "name the forge's own address with --url"
            )

    def _pause(self, status: int, headers: Mapping[str, str], tried: int) -> bool:
        """Wait if an answer (status 0: none) is worth another try; whether it is."""
        limited = status == 429 or (status == 403 and _spent(headers))
        if not limited and status and status not in _BUSY:
            return False
        asked = self._asked(headers)
        if limited and self.waited + asked > _LONGEST_WAIT:
            raise ForgeError(
                f"{self.host} answers no more questions for {_long(asked)}: nothing was written; "
                "run the command again after that"
            )
        wait = min(max(asked, _FIRST_WAIT * 2 ** (tried - 1)), _LONGEST_WAIT - self.waited)
        if tried >= _TRIES or wait <= 0:
            return False
        self.waited += wait
        self.sleep(wait)
        return True

    def _asked(self, headers: Mapping[str, str]) -> float:
        """The seconds that a forge asks us to wait; 0 where it does not say."""
        after = headers.get("retry-after", "")
        reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
        if _digits(after):
            return float(after)
        if after:
            try:
                return max(0.0, parsedate_to_datetime(after).timestamp() - self.clock())
            except (ValueError, OverflowError):
                return 0.0
        return max(0.0, float(reset) - self.clock()) if _digits(reset) else 0.0

    def _usable(self, answer: Raw, url: str) -> Raw:
        if answer.status != 200:
            raise self._refused(answer.status, _what(url))
        try:
            json.loads(answer.body)
        except (ValueError, RecursionError):
            raise ForgeError(
                f"{self.host} did not answer as its interface does about {_what(url)} (a page, or half an "
                "answer): nothing was written; see whether --url leads to the forge itself and no login "
                "or proxy stands before it, then run the command again"
            ) from None
        return answer

    def _refused(self, status: int, what: str) -> ForgeError:
        match status:
            case 401:
                told = "does not know the token: make a new one, or see whether it has expired"
            case 403:
                return NotAllowedError(
                    f"{self.host} does not let the token read {what}: give it the rights that "
                    "docs/forges/README.md lists; nothing was written"
                )
            case 404 | 410 | 422:
                return NotThereError(
                    f"{self.host} knows nothing of {what}, or hides it from this token: see whether the "
                    "project's name is right and the token may read it"
                )
            case _ if 300 <= status < 400:
                told = f"sends {what} elsewhere without saying where: name the forge's own address with --url"
            case _:
                told = f"answered with status {status} about {what}: run the command again later"
        return ForgeError(f"{self.host} {told}; nothing was written")

    def _unreachable(self, why: str) -> ForgeError:
        return ForgeError(
            f"{self.host} cannot be asked ({self.clean(why)}): nothing was written; see whether the address "
            "is right and the forge is up, then run the command again"
        )

    def gather(self, chunks: Iterable[bytes]) -> bytes:
        """An answer's bytes, as long as they are neither too many nor too slow.

        Raises:
            ForgeError: it is larger than anything that is asked for.
            NoAnswerError: it takes too long.
        """
        end = time.monotonic() + self.whole
        found = bytearray()
        for chunk in chunks:
            found += chunk
            if len(found) > self.size:
                limit = self.size / 1024**2
                raise ForgeError(
                    f"{self.host} answered with more than {limit:g} MB: nothing was written; see whether "
                    "--url leads to the forge itself"
                )
            if time.monotonic() > end:
                raise NoAnswerError(f"the answer was not there after {self.whole:g} seconds")
        return bytes(found)

    def clean(self, text: str) -> str:
        """A text of somebody else's, without the token and without control characters."""
        return show(" ".join(text.replace(self.token, "…").split())[:200])


def _parts(url: str) -> SplitResult | None:
    """A URL in its parts; None for what is none."""
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _origin(url: str) -> tuple[str, str | None, int | None] | None:
    parts = _parts(url)
    return parts and (parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme))


def _what(url: str) -> str:
    return show(urlsplit(url).path)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _spent(headers: Mapping[str, str]) -> bool:
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"


def _long(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
