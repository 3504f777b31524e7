"""An ISO 14001 management system kept in git, compiled into an approved manual."""

__version__ = "0.1.0"

RULES_GROUP = "mkdocs_ems.rules"
"""The entry point by which other distributions bring rules of their own."""
