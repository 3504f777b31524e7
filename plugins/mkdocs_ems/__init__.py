"""An ISO 14001 management system kept in git, compiled into an approved manual."""

__version__ = "0.1.0"
