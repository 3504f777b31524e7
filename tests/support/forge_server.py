"""A forge's interface on 127.0.0.1: answers that a test lays out, and faults in front of them.

Knows no forge: it serves JSON by path and page, and keeps what it was asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer: JSON, or bytes as they are."""

    data: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    announced: int | None = None
    """The length that the answer claims, where that is not its length."""
    delay: float = 0.0
    """Seconds of silence before the answer."""

    @property
    def body(self) -> bytes:
        """The bytes that are sent."""
        return self.raw if self.raw is not None else json.dumps(self.data).encode()


Answering = Callable[[str, Mapping[str, str]], Reply]
"""From a path (unquoted) and its parameters to an answer."""

NOTHING = Reply({"message": "Not Found"}, 404)


@dataclass
class ForgeServer:
    """A server that is running."""

    url: str
    answering: Answering
    faults: dict[str, list[Reply]] = field(default_factory=dict)
    """By a part of the path: answers that come first, each once."""
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def answer(self, target: str) -> Reply:
        """What a target gets."""
        self.asked.append(target)
        parts = urlsplit(target)
        for part, waiting in self.faults.items():
            if part in target and waiting:
                return waiting.pop(0)
        return self.answering(unquote(parts.path), dict(parse_qsl(parts.query)))

    def count(self, part: str) -> int:
        """How often something was asked for whose address holds a text."""
        return sum(part in target for target in self.asked)


@contextmanager
def serving(answering: Answering) -> Iterator[ForgeServer]:
    """Serve on a port that the system picks, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            server.tokens.add(sent)
            reply = server.answer(self.path)
            time.sleep(reply.delay)
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.announced is None else reply.announced
            self.send_header("Content-Length", str(length))
            self.send_header("Connection", "close")
            self.close_connection = True
            with suppress(ConnectionError):  # who has waited long enough is gone
                self.end_headers()
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its parent's name
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = ForgeServer(f"http://127.0.0.1:{listener.server_port}", answering)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def paged(entries: list[object], parameters: Mapping[str, str], *, size: int) -> tuple[list[object], bool]:
    """One page of a list, and whether there are more."""
    page = int(parameters.get("page", "1"))
    size = min(size, int(parameters.get("per_page", parameters.get("limit", str(size)))))
    return entries[(page - 1) * size : page * size], page * size < len(entries)
