"""The one module that drives MkDocs: a manual's pages through a theme into a folder.

MkDocs gets an empty docs folder and every page as a value, so nothing is published
that the manual does not name, and no link in a docs folder is ever followed. The
operator's own configuration decides the look; what content wrote is sanitised or
escaped before a template sees it, since the theme's templates escape nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure import pages as theme_pages
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as ThemePage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

from mkdocs_ems.errors import UsageError
from mkdocs_ems.git.for_a_while import FolderForAWhile
from mkdocs_ems.pages import Manual, Page, PageForm
from mkdocs_ems.pages.addresses import NOT_FOUND
from mkdocs_ems.pages.compiled import keep_compiled
from mkdocs_ems.site import files as site_files
from mkdocs_ems.site import fitted, frame, guard, index, navigation
from mkdocs_ems.site.asked import Asked
from mkdocs_ems.site.beside import Beside, shelves_of
from mkdocs_ems.site.contents import TocNode, nested
from mkdocs_ems.site.process import collected_warnings, environment, living, reads_on, silenced
from mkdocs_ems.site.rendered import Rendered
from mkdocs_ems.site.shared_navigation import share_navigation
from mkdocs_ems.site.shell import ShellKey, cut
from mkdocs_ems.site.shelled import NOTHING, Shelled, draws_alike
from mkdocs_ems.site.shown import Shown
from mkdocs_ems.site.theme_files import listed_quickly

_log = get_plugin_logger("ems")
_DEFAULT_CONFIG = Path(__file__).with_name("mkdocs.default.yml")
_THEME_NOT_FOUND = "<h1>404 - Not found</h1>"


def render_site(shown: Shown, folder: Path, *, config_file: Path | None, beside: Beside) -> tuple[str, ...]:
    """Render a manual through the theme into an empty folder, and return what MkDocs warned of.

    Args:
        shown: the manual.
        folder: where the site is written.
        config_file: the operator's own mkdocs.yml; None for the packaged look.
        beside: who draws the rows meanwhile.

    Raises:
        UsageError: the configuration cannot be used.
        OutputError: something cannot be written.
    """
    with collected_warnings("mkdocs") as warnings:
        try:
            config = _configured(config_file, shown.manual, folder)
            fitted.take_out(config, "ems")
            install(config, shown, beside=beside)
            with living(config):
                build(config)
        except (MkDocsException, jinja2.TemplateError) as fault:
            raise UsageError(_in_one_line(config_file, fault, warnings)) from fault
    return tuple(warnings)


def install(
    config: MkDocsConfig,
    shown: Shown,
    *,
    beside: Beside | Asked | None = None,
    rendered: Rendered | None = None,
) -> None:
    """Make one build with this configuration show the manual and nothing else.

    In a preview `rendered` knows the documents of the build before.
    """
    site = SitePlugin(shown, beside=beside, rendered=rendered or Rendered(keeps=False))
    site.prepare(config)
    config.plugins["ems-site"] = site


class SitePlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """The events of one build. Made for it, thrown away after it."""

    def __init__(self, shown: Shown, *, beside: Beside | Asked | None, rendered: Rendered) -> None:
        self._shown = shown
        self._rendered = rendered
        self._shipped = shown.files
        self._rows, self._not_found = shown.rows, shown.not_found
        self._themed, self._marks = shown.themed, shown.marks
        self._shelved = shelves_of(self._rows)
        self._shelled = Shelled(())
        self._keys: dict[str, ShellKey] = {}
        self._beside = beside
        self._sections: dict[str, tuple[tuple[str, str, str], ...]] = {}
        self._undo = ExitStack()

    def prepare(self, config: MkDocsConfig) -> None:
        """Set what the manual decides and the operator does not."""
        for warning in guard.warnings(config, shipped=frozenset(self._shipped)):
            _log.warning(warning)
        for notice in guard.notices(config):
            _log.info(notice)
        self._undo.callback(setattr, config, "docs_dir", config.docs_dir)
        config.docs_dir = str(self._undo.enter_context(FolderForAWhile("docs")))
        self._undo.enter_context(environment("SOURCE_DATE_EPOCH", str(self._shown.stamp.epoch)))
        self._undo.enter_context(listed_quickly(config.theme))
        # It looks for names to link to, which are judged elsewhere.
        self._undo.enter_context(reads_on(vars(theme_pages)["_HTMLHandler"]))
        # MkDocs says of each shell that it is skipped; that is what a shell is for.
        self._undo.enter_context(silenced("mkdocs.commands.build", self._marks.token))
        foot = self._shown.stamp.words(draft=self._shown.manual.draft)
        fitted.fit(config, shipped=self._shipped, foot=foot, place=self._shown.place)
        self._finished = partial(
            frame.finished,
            material=fitted.is_material(config),
            policy=fitted.is_material(config) and not self._shown.preview,
            draft=self._shown.manual.draft,
            places=bool(self._shown.place),
        )

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Hand over the pages, and one shell for each folder of rows."""
        if self._beside is None:
            self._beside = Beside(Path(config.site_dir))
            self._undo.callback(self._beside.close)
            self._beside.begin(self._rows)
        self._beside.emptied()
        under = repr((config.markdown_extensions, config.mdx_configs))
        self._rendered.begin(under=under, events=config.plugins.events, ours=self)
        if draws_alike(config, ours=self):
            self._shelled = Shelled(self._themed.values())
        keys = dict.fromkeys((*self._shelved, *self._shelled.keys))
        self._keys = {key.source(self._marks): key for key in keys}
        # The shells first: what goes into them is waiting.
        for source, key in self._keys.items():
            files.append(_file(config, source=source, path=key.path(self._marks), in_nav=False))
        for source, page in self._themed.items():
            known = page.form is not PageForm.MARKDOWN or self._rendered.find(page.path, page.body)
            body = "" if known else page.body
            files.append(_file(config, source=source, path=page.path, in_nav=bool(page.nav), body=body))
        config.nav = list(navigation.nav_config(self._themed))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Name the pages outside the navigation, and hang each below the page it belongs to."""
        del config
        sources = (*self._themed, *self._keys)
        made = {source: files.get_file_from_path(source) for source in sources}
        navigation.hang(made, self._themed, others=self._marks.title)
        return nav

    def on_env(self, env: jinja2.Environment, **_: object) -> jinja2.Environment:
        """Have what pages share drawn once, and templates compiled once for all builds."""
        share_navigation(env)
        keep_compiled(env)
        return env

    def on_page_markdown(self, markdown: str, *, page: ThemePage, **_: object) -> str:
        """Set the metadata: none of it comes from content, and our own indexer knows the page."""
        source = page.file.src_uri
        ours = self._themed.get(source)
        if ours or source in self._keys:
            title = escape(ours.title if ours else self._marks.title)
            page.meta = {"title": title, "search": {"exclude": True}}
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: ThemePage, **_: object) -> str:
        """Put in what the page says: sanitised, or made by our own escaping templates."""
        source = page.file.src_uri
        ours = self._themed.get(source)
        if key := self._keys.get(source):
            entries = self._marks.nested if key in self._shelled.keys else self._marks.flat
            page.toc = _toc(nested(entries if key.contents else ()))
            return self._marks.content
        if ours is None:
            return html
        body, toc = self._content(html, ours, page)
        page.toc = _toc(toc)
        if self._shelled.take(ours, body=body, toc=toc):
            page.meta["template"] = NOTHING
            return ""
        return body

    def _content(self, html: str, ours: Page, page: ThemePage) -> tuple[str, Sequence[TocNode]]:
        """What a page says, and its table of contents."""
        if ours.form is PageForm.HTML:
            return site_files.headed(ours.html, ours.title), nested(ours.toc)
        made = self._rendered.made(ours, html, page.toc)
        self._sections[ours.path] = made.sections
        return site_files.framed(made.body, ours), nested((*made.toc, *ours.toc))

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: ThemePage, **_: object) -> str:
        """Finish a page; a shell is handed to what goes into it, and gives nothing for itself."""
        key, ours = self._keys.get(page.file.src_uri), self._themed.get(page.file.src_uri)
        in_shell = self._shelled.finished(ours) if ours else None
        if in_shell is not None:
            return in_shell
        html = self._finished(output, content=page.content or "")
        html = frame.with_foot(html, frame.css_text(ours.foot or ours.title) if ours else self._marks.foot)
        if key is None:
            return html
        shell = cut(html, self._marks)
        self._shelled.give(key, shell)
        if key in self._shelved:
            assert self._beside is not None, "on_files began it"
            self._beside.give(key, shell)
        return ""

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Where nobody said at which address the site stands, it is taken to be the first of its host."""
        if self._shown.place and template_name == NOT_FOUND and not config.site_url:
            context["base_url"] = f"/{self._shown.place}/"
        return context

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Complete the sitemap; finish the pages that a theme brings itself."""
        if template_name == "sitemap.xml" and config.site_url:
            return index.complete_sitemap(
                output_content,
                base=config.site_url.rstrip("/") + "/",
                paths=[page.path for page in self._rows],
                shells=self._marks.token,
                changed=self._shown.stamp.day,
            )
        if not template_name.endswith(".html"):
            return output_content
        html = self._finished(output_content, content=_THEME_NOT_FOUND)
        if template_name == NOT_FOUND and self._not_found:
            body = site_files.headed(self._not_found.body, self._not_found.title)
            html = html.replace(_THEME_NOT_FOUND, body, 1)
        return html

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what never went through the theme: rows, attachments, the search index."""
        site = Path(config.site_dir)
        site_files.write_files(site, self._shipped.items())
        site_files.write_files(site, ((asset.path, asset.data) for asset in self._shown.manual.assets))
        pages = [page for page in self._shown.manual.pages if page is not self._not_found]
        index.complete_search(site, pages, self._sections)
        # Last: the rows are still on their way.
        if self._beside is not None:
            self._beside.finish()
        self._undo.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave process and configuration as they were."""
        del error
        self._undo.close()


def _file(config: MkDocsConfig, *, source: str, path: str, in_nav: bool, body: str = "") -> File:
    level = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    # An empty line first: nothing of what follows is ever taken for metadata.
    file = File.generated(config, source, content="\n" + body, inclusion=level)
    file.dest_uri = path
    return file


def _toc(nodes: Any) -> TableOfContents:  # noqa: ANN401 - what themes ask of an entry, our nodes have
    return TableOfContents(nodes)


def _configured(config_file: Path | None, manual: Manual, folder: Path) -> MkDocsConfig:
    own: dict[str, Any] = {} if config_file else {"site_name": escape(manual.title)}
    # MkDocs wants a docs folder that exists; no build reads this one.
    docs_dir = str(_DEFAULT_CONFIG.with_name("assets"))
    try:
        return load_config(
            config_file=str(config_file or _DEFAULT_CONFIG), docs_dir=docs_dir, site_dir=str(folder), **own
        )
    except (AttributeError, RecursionError, TypeError, ValueError) as fault:
        # MkDocs foresees most mistakes in a configuration; these are Python's own words for the others.
        raise UsageError(_in_one_line(config_file, fault, ())) from fault


def _in_one_line(config_file: Path | None, fault: Exception, warnings: Sequence[str]) -> str:
    said = warnings[-1] if warnings else " ".join(str(fault).split())
    return f"MkDocs cannot build the site with {config_file or 'the packaged mkdocs.default.yml'}: {said}"
