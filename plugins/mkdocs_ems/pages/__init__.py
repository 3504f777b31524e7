"""Compilation to pages: values, never files."""

from mkdocs_ems.pages.manual import assets, render_manual
from mkdocs_ems.pages.values import Asset, Manual, Page, PageForm, Permanent, TocEntry

__all__ = ["Asset", "Manual", "Page", "PageForm", "Permanent", "TocEntry", "assets", "render_manual"]
