"""The catalogue: every rule there is, by its code.

Written out, not discovered: a start of the command should list no folder. A test holds this
list, the files and their metadata together; `scripts/new_rule.py` adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from mkdocs_ems.rules.values import Rule

_ALL = """
act001 act002 act003 act004 act005 act006
asp001 asp002 asp003 asp004 asp005 asp006 asp007 asp008 asp009 asp010 asp011 asp012 asp013 asp014
asp015 asp016 asp017 asp018 asp019 asp020
aud001 aud002 aud003 aud004 aud005 aud006 aud007 aud008 aud009 aud010 aud011
cal001 cal002 cal003 cal004
chg001 chg002 chg003 chg004 chg005 chg006
cls001
com001 com002 com003 com004 com005 com006
crt001 crt002 crt003 crt004 crt005
ctx001 ctx002 ctx003 ctx004 ctx005 ctx006 ctx007 ctx008 ctx009 ctx010 ctx011 ctx012
doc001 doc002 doc003 doc004 doc005 doc006 doc007 doc008 doc009 doc010 doc011 doc012 doc013 doc014
doc015 doc016 doc017 doc018 doc019 doc020 doc021 doc022 doc023 doc024 doc025 doc026 doc027 doc028
doc029 doc030 doc031 doc032 doc033
emr001 emr002 emr003 emr004 emr005 emr006 emr007 emr008
evc001 evc002 evc003 evc004 evc005 evc006 evc007
gap001 gap002 gap003 gap004
imp001
ims001
mon001 mon002 mon003 mon004 mon005 mon006 mon007
mrv001 mrv002 mrv003 mrv004 mrv005 mrv006 mrv007
ncr001 ncr002 ncr003 ncr004 ncr005 ncr006 ncr007 ncr008 ncr009 ncr010
obj001 obj002 obj003 obj004 obj005 obj006 obj007 obj008 obj009 obj010 obj011 obj012 obj013 obj014
obl001 obl002 obl003 obl004 obl005 obl006 obl007 obl008 obl009 obl010 obl011
opc001 opc002 opc003 opc004 opc005 opc006 opc007 opc008
pol001 pol002 pol003 pol004 pol005 pol007
rec001 rec002 rec003 rec004 rec005 rec006 rec007
ref001 ref002 ref003 ref004 ref005 ref006 ref007 ref008
rol001 rol003 rol004 rol005 rol006
rsk001 rsk002 rsk003 rsk004 rsk005
sch001 sch002 sch003
sod001 sod002 sod003
sup001 sup002 sup003 sup004
trn001 trn002 trn003 trn004 trn005 trn006 trn007 trn008 trn009
wai001 wai002
"""
"""The modules of all rules, in the order of their codes: a line for each group."""


def _rule(module: str) -> Rule:
    found = import_module(f"mkdocs_ems.rules.{module}").RULE
    assert isinstance(found, Rule), f"{module} holds no rule"
    return found


RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in map(_rule, _ALL.split())})
"""Every rule by its code, in the order of the codes."""
