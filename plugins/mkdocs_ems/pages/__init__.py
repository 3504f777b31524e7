"""Compilation to pages: values, never files."""

from mkdocs_ems.pages.values import Asset, Manual, Page, PageForm, TocEntry

__all__ = ["Asset", "Manual", "Page", "PageForm", "TocEntry"]
