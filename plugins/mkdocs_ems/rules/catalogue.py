"""The catalogue: every rule there is, by its code.

Written out, not discovered: a start of the command should list no folder, and a type
checker should see every rule. A test holds this list, the files and their metadata
together; `scripts/new_rule.py` adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems.rules import (
    asp001,
    asp002,
    asp004,
    asp005,
    asp008,
    asp010,
    doc001,
    doc002,
    doc004,
    doc006,
    doc013,
    doc015,
    doc024,
    obj001,
    obj007,
    obl001,
    obl002,
    opc001,
    pol001,
    pol002,
    ref001,
    ref002,
    ref003,
    ref004,
    ref007,
    rol001,
    sch001,
    sch002,
    wai001,
    wai002,
)
from mkdocs_ems.rules.values import Rule

_ALL: tuple[Rule, ...] = (
    asp001.RULE,
    asp002.RULE,
    asp004.RULE,
    asp005.RULE,
    asp008.RULE,
    asp010.RULE,
    doc001.RULE,
    doc002.RULE,
    doc004.RULE,
    doc006.RULE,
    doc013.RULE,
    doc015.RULE,
    doc024.RULE,
    obj001.RULE,
    obj007.RULE,
    obl001.RULE,
    obl002.RULE,
    opc001.RULE,
    pol001.RULE,
    pol002.RULE,
    ref001.RULE,
    ref002.RULE,
    ref003.RULE,
    ref004.RULE,
    ref007.RULE,
    rol001.RULE,
    sch001.RULE,
    sch002.RULE,
    wai001.RULE,
    wai002.RULE,
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})
"""Every rule by its code, in the order of the codes."""
