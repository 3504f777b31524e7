"""The rules: one file each; the engine runs them and places what they find."""

from mkdocs_ems.rules.catalogue import RULES
from mkdocs_ems.rules.docs import example_files, first_fix, rule_doc, rule_docs, why
from mkdocs_ems.rules.engine import run_rules
from mkdocs_ems.rules.installed import all_rules
from mkdocs_ems.rules.values import AuditContext, Outcome, Rule

__all__ = [
    "RULES",
    "AuditContext",
    "Outcome",
    "Rule",
    "all_rules",
    "example_files",
    "first_fix",
    "rule_doc",
    "rule_docs",
    "run_rules",
    "why",
]
