"""The rules: one file each; the engine runs them and places what they find."""

from mkdocs_ems.rules.values import AuditContext, Rule

__all__ = ["AuditContext", "Rule"]
