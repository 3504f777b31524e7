"""A browser that notices whatever a site does beside showing itself: for sites of hostile content.

What every payload calls is there and says that it was called; what a policy forbids, what is asked of
another host, what is missing and what goes wrong is noted. Nothing here asserts anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from support.browsing import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Response

_HERE = Path(__file__).parent
_HOOK = (_HERE / "watched_hook.js").read_text("utf-8")
_ACTS = (_HERE / "watched_acts.js").read_text("utf-8").partition("\n(page)")
_READ = (_HERE / "watched_read.js").read_text("utf-8").partition("\nasync")
ACTS = f"(page){_ACTS[2]}".rstrip()
"""What could act in a page."""
READ = f"async{_READ[2]}".replace("ACTS", ACTS)
"""Opens pages in hidden frames."""
PLAIN = "assets/images/favicon.png"
"""A file of every site that has no policy of its own, for the frames to stand in."""
_MISSING = 400


class Watch:
    """A tab, and everything that it did and should not have done."""

    def __init__(self, context: BrowserContext, begin: str) -> None:
        self.begin = begin
        self.wrong: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_HOOK)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda fault: self.wrong.append(f"fault: {fault.error}"))
        self.page: Page = context.new_page()
        self.page.on("download", lambda file: self.wrong.append(f"download: {file.url}"))
        context.on("page", lambda page: self.wrong.append(f"another window: {page.url}"))

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.begin + path)
        return self.page

    def read(self, paths: Sequence[str], *, within: str = PLAIN) -> None:
        """Read many pages as a browser does, without drawing them."""
        self.open(within)
        self.wrong += self.page.evaluate(READ, [self.begin + path for path in paths])

    def look(self) -> None:
        """Note what could act in the page that is open."""
        self.wrong += self.page.evaluate(f"({ACTS})(document)")

    def _asked(self, asked: Request) -> None:
        if not asked.url.startswith((self.begin, "data:image/", "blob:", "about:blank")):
            self.wrong.append(f"asked: {asked.url}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= _MISSING:
            self.wrong.append(f"{answer.status}: {urlsplit(answer.url).path}")

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        # Browsers ask for it beside what is no page, whatever the site says.
        if where.endswith("/favicon.ico"):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.wrong.append(f"{message.text} ({where})")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def watched(browser: Browser, begin: str, **options: object) -> Iterator[Watch]:
    """A tab of its own for a site that begins at an address; options are those of a browser's context."""
    context = browser.new_context(**options)  # type: ignore[arg-type]  # handed on as they are
    try:
        yield Watch(context, begin)
    finally:
        context.close()
