"""A real browser for tests, a server on this machine for what it opens, and what another server shows."""

from __future__ import annotations

import random
import shutil
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 60_000
"""Milliseconds that a page may take to show what it has to."""
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)


class _Quiet(SimpleHTTPRequestHandler):
    headers_too: Mapping[str, str] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_too.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is Python's
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes on before a file is there hangs up; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on


@contextmanager
def served(folder: Path, *, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server that shows a folder, with these headers beside every file."""
    handler = type("_WithHeaders", (_Quiet,), {"headers_too": headers or {}})
    serving = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{serving.server_port}/"
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()


def free_port() -> int:
    """A port that nobody has, and that the system gives to nobody who asks for any."""
    ports = list(range(20_000, 32_000))
    random.shuffle(ports)
    for port in ports:
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def until(url: str, word: str) -> str:
    """The page as soon as it holds a word; five minutes at most, on a machine that is busy."""
    text, last = "", time.monotonic() + 300
    while time.monotonic() < last:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - this machine's own server
                text = answer.read().decode()
        except OSError:
            text = ""
        if word in text:
            return text
        time.sleep(0.2)
    raise AssertionError(f"{word!r} never appeared at {url}: {text[:500]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, asking nobody for anything."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - most tests need none

    # A machine that is busy must not fail a test.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        launched = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield launched
        launched.close()
