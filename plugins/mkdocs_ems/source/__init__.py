"""Text to data with positions; knows no meaning."""

from mkdocs_ems.source.docs_dir import read_docs_dir
from mkdocs_ems.source.identity import read_identity
from mkdocs_ems.source.parse import parse_file, parse_sources
from mkdocs_ems.source.parts import local_parts, parts_among
from mkdocs_ems.source.tables import Table, line_span, read_table
from mkdocs_ems.source.values import Body, Data, Heading, Link, Mention, Source, Sources, SpanMap

__all__ = [
    "Body",
    "Data",
    "Heading",
    "Link",
    "Mention",
    "Source",
    "Sources",
    "SpanMap",
    "Table",
    "line_span",
    "local_parts",
    "parse_file",
    "parse_sources",
    "parts_among",
    "read_docs_dir",
    "read_identity",
    "read_table",
]
