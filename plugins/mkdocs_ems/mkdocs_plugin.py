"""`mkdocs build` and `mkdocs serve`: a thin adapter over the same compiler as `ems build`.

It compiles the work tree, tells MkDocs' log what was found, and hands the pages to the
site room. Between two builds of a preview it keeps what was read: files that are the same are
not read again, and of the thousands of rows each is drawn when it is asked for. What a user
wrote never stops it: a preview of broken content shows what is wrong with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger

from mkdocs_ems.collector import collect_seldom
from mkdocs_ems.compile import Compilation, approved_state, compile_state, seen_by
from mkdocs_ems.control.known_people import people_known
from mkdocs_ems.diagnostics import Diagnostic, Report, Severity
from mkdocs_ems.errors import EmsError, UsageError
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.model.publication import WHOLE, Audience, audience_named
from mkdocs_ems.pages import Manual, Permanent, assets, render_manual
from mkdocs_ems.rules import rule_docs, run_rules
from mkdocs_ems.site import Stamp
from mkdocs_ems.site.asked import Asked
from mkdocs_ems.site.builder import install
from mkdocs_ems.site.ledger import published_ledger, with_ledger
from mkdocs_ems.site.rendered import Rendered
from mkdocs_ems.site.serving import PACKAGED_LOOK
from mkdocs_ems.site.shown import Shown
from mkdocs_ems.text import plural, show

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    # A server, and what watches files: no build needs it.
    from mkdocs.livereload import LiveReloadServer

TRUST_ROOT = "EMS_TRUST_ROOT"
"""The environment variable that names the trust root, for the command as for the plugin."""

_log = get_plugin_logger("ems")


class Day(base.BaseConfigOption[date]):
    """A date as YAML has it: 2026-01-31, quoted or not."""

    def run_validation(self, value: object) -> date:
        """Return the date, or say how to write it."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise base.ValidationError(f"{value!r} is no date; write it as 2026-01-31") from None


class Refused(base.BaseConfigOption[None]):
    """The trust root: whoever may change the content must not be able to name it."""

    def run_validation(self, value: object) -> None:
        """Say where it is named instead."""
        del value
        raise base.ValidationError(
            f"the trust root is never read from mkdocs.yml, which anybody may propose to change; "
            f"take the line out and set the environment variable {TRUST_ROOT} where the site is built"
        )


class EmsConfig(base.Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    state = options.Choice(("draft", "approved"), default="draft")
    as_of = options.Optional(Day())
    trust_root = options.Optional(Refused())
    fail_on = options.Choice(("never", "broken", "error"), default="broken")
    audience = options.Type(str, default=WHOLE)


class EmsPlugin(BasePlugin[EmsConfig]):  # type: ignore[no-untyped-call]
    """Shows the work tree as a manual; marked as draft unless `state: approved`."""

    def __init__(self) -> None:
        self._preview = False
        self._content: Path | None = None
        self._last: Compilation | None = None
        self._asked = Asked()
        self._rendered = Rendered()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview."""
        del dirty
        self._preview = command == "serve"
        if self._preview:
            collect_seldom()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile, tell what was found, and let this build show the manual."""
        try:
            head, report, manual, ledger = self._compiled(_project(config))
            _tell(report, fail_on=self.config.fail_on)
            stamp = Stamp.of(head, ledger=ledger)
            beside = self._asked if self._preview else None
            shown = Shown(manual, stamp, assets(), preview=self._preview)
            install(config, shown, beside=beside, rendered=self._rendered)
        except EmsError as fault:
            raise PluginError(str(fault)) from fault
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:  # noqa: ANN401 - MkDocs'
        """Watch the content, registers too, wherever docs_dir points; draw what is asked for."""
        server.builder = self._asked.during(server.builder)
        app = drawing(server.serve_request, self._asked, root=Path(server.root), mount=server.mount_path)
        server.set_app(app)
        if self._content and self._content != Path(config.docs_dir):
            server.watch(str(self._content))
        return server

    def _compiled(self, project: Path) -> tuple[Compilation, Report, Manual, str]:
        """The state at the head, its findings, the manual, and the head of the ledger in it."""
        draft = self.config.state == "draft"
        verdicts, kept = usual_verdicts(), usual_folder()
        with Repository.open(project, verdicts=verdicts, kept=kept) as repository:
            head = compile_state(
                repository,
                as_of=self.config.as_of,
                trust_root=os.environ.get(TRUST_ROOT) or None,
                known=self._last,
                now=datetime.now(tz=UTC),
            )
            self._last = head if self._preview else None
            report = run_rules(head)
            shown = head if draft else approved_state(head, repository)
            self._content = repository.root / head.snapshot.content
            audience = self._audience(head, shown, repository)
            if audience is not None:
                from mkdocs_ems.pages.edition import render_edition  # noqa: PLC0415 - most builds are for all

                # No ledger: its rows name people, and what is kept in.
                seen = seen_by(shown, audience)
                return head, report, render_edition(seen, rows_known=self._asked.begin), ""
            manual = render_manual(
                shown,
                report=report,
                rule_docs=rule_docs(),
                draft=draft,
                blobs=repository.blobs,
                rows_known=self._asked.begin,
                permanent=Permanent.NOWHERE,
            )
            # A preview shows no ledger: nobody is to keep that one.
            ledger = None if self._preview else published_ledger(head.control)
            return head, report, with_ledger(manual, ledger), ledger.head if ledger else ""

    def _audience(self, head: Compilation, shown: Compilation, repository: Repository) -> Audience | None:
        """Who is to see it, by the approved rules; None where it is shown whole."""
        asked = self.config.audience
        if asked != WHOLE and self.config.state == "draft":
            raise UsageError(
                f"the audience {show(asked)} sees what is in force, and this build shows a draft: set "
                "state: approved beside it in mkdocs.yml"
            )
        settings = shown.settings
        found = audience_named(
            asked, settings.publication, retention=settings.retention, kinds=shown.model.kinds
        )
        if found is None or head.control is None or head.history is None:
            return found
        content = head.snapshot.content
        known = people_known(head.control, head.history, blobs=repository.blobs, content=content)
        return replace(found, names=known.names, accounts=known.accounts)


def drawing(inner: WSGIApplication, asked: Asked, *, root: Path, mount: str) -> WSGIApplication:
    """What answers requests, with the page that a request asks for drawn before it is looked for."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith(mount) and path.endswith(("/", ".html")):
            page = path.removeprefix(mount) + ("index.html" if path.endswith("/") else "")
            try:
                asked.write(page, root)
            except (OSError, EmsError) as fault:
                _log.error("cannot show %s: %s", show(page), show(str(fault)))
        return inner(environ, start_response)

    return answer


def _project(config: MkDocsConfig) -> Path:
    look = Path(config.config_file_path) if config.config_file_path else PACKAGED_LOOK
    return Path.cwd() if look == PACKAGED_LOOK else look.parent


def _tell(report: Report, *, fail_on: str) -> None:
    """Every finding to MkDocs' log: as a warning, which `--strict` counts, if it is one that fails."""
    for diagnostic in report.diagnostics:
        level = _log.warning if _fails(diagnostic, fail_on) else _log.info
        span = diagnostic.span
        level(
            "%s:%d:%d: %s %s: %s",
            show(span.path),
            span.line,
            span.column,
            diagnostic.code,
            diagnostic.name,
            show(diagnostic.message),
        )
    found = plural(len(report.diagnostics), "finding")
    _log.info("%s as of %s; `ems check` shows each in its place", found, report.as_of)


def _fails(diagnostic: Diagnostic, fail_on: str) -> bool:
    match fail_on:
        case "never":
            return False
        case "error":
            return diagnostic.broken or diagnostic.severity is Severity.ERROR
        case _:
            return diagnostic.broken
