"""Text to data with positions; knows no meaning."""

from mkdocs_ems.source.values import Body, Data, Heading, Link, Mention, Source, Sources, SpanMap

__all__ = ["Body", "Data", "Heading", "Link", "Mention", "Source", "Sources", "SpanMap"]
