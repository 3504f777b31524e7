"""Which external providers an organisation works with, and which of them matter to the environment.

Shared by the rules on external providers; judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.model import Entry, ProviderRow
from mkdocs_ems.rules.values import AuditContext


def in_use(context: AuditContext) -> Iterator[tuple[Entry, ProviderRow]]:
    """Every provider that may be used: neither suspended nor withdrawn."""
    return (one for one in context.each(ProviderRow) if one[1].status not in ("suspended", "withdrawn"))


def matters(provider: ProviderRow) -> bool:
    """Whether its row says that it bears on the environment: by an aspect, a licence, or work on site."""
    return bool(provider.aspects or provider.licences or provider.on_site)
