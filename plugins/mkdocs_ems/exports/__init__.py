"""What leaves as tables and data: the document register, histories, traces."""

from mkdocs_ems.exports.history import document_history, row_history
from mkdocs_ems.exports.register import issue_rows, register_csv, register_rows
from mkdocs_ems.exports.register_json import register_json
from mkdocs_ems.exports.trace import trace

__all__ = [
    "document_history",
    "issue_rows",
    "register_csv",
    "register_json",
    "register_rows",
    "row_history",
    "trace",
]
