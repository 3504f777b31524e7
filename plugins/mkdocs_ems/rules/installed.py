"""Rules that other distributions bring, by the entry point `mkdocs_ems.rules`.

An entry point names a `Rule`, or a module or tuple of them. Only what is installed beside this
program is asked, never what content names. Their codes are their own: three capitals of
which the first is X, and three digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, wraps
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from types import MappingProxyType, ModuleType

from mkdocs_ems import RULES_GROUP
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.errors import EmsError, UsageError
from mkdocs_ems.rules.catalogue import RULES
from mkdocs_ems.rules.values import AuditContext, Rule

CODE = re.compile(r"X[A-Z]{2}[0-9]{3}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code: ours, then those that are installed beside us.

    Raises:
        UsageError: an installed rule cannot be loaded or is not made as a rule has to be.
    """
    found = dict(RULES)
    for point in sorted(entry_points(group=RULES_GROUP), key=lambda one: (one.name, one.value)):
        for rule in _loaded(point):
            fault = _fault(rule, found)
            if fault is not None:
                raise UsageError(f"the rules of {_whose(point)} cannot be used: {fault}")
            found[rule.code] = _answered_for(rule, point)
    return MappingProxyType(found) if len(found) > len(RULES) else RULES


def _loaded(point: EntryPoint) -> Iterator[Rule]:
    try:
        held = point.load()
    except Exception as error:
        raise UsageError(
            f"the rules of {_whose(point)} cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    if isinstance(held, ModuleType):
        held = getattr(held, "RULES", None) or getattr(held, "RULE", None)
    rules = tuple(held.values()) if isinstance(held, Mapping) else held
    rules = rules if isinstance(rules, (tuple, list)) else (rules,)
    for rule in rules:
        if not isinstance(rule, Rule):
            raise UsageError(f"{point.value} of {_whose(point)} is no rule: name a mkdocs_ems.rules.Rule")
        yield rule


def _answered_for(rule: Rule, point: EntryPoint) -> Rule:
    """The rule, whose failing is told as that of whoever brought it: it is no fault of what was checked."""

    @wraps(rule.check)
    def check(context: AuditContext) -> Iterable[Finding]:
        try:
            found = tuple(rule.check(context))
        except EmsError:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error} ({_where(error)})"
            raise _failed(rule, point, why) from error
        for one in found:
            if not isinstance(one, Finding):
                raise _failed(rule, point, f"it yields {type(one).__name__}, not a mkdocs_ems Finding")
            if one.code not in ("", rule.code):
                raise _failed(rule, point, f"it speaks for {one.code}")
        return found

    return replace(rule, check=check)


def _where(error: BaseException) -> str:
    """The file and line where it was raised; the module `traceback` is not worth its import here."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{PurePath(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at is not None else "nowhere"


def _failed(rule: Rule, point: EntryPoint, why: str) -> UsageError:
    what = f"{rule.code} of {_whose(point)} fails: {' '.join(why.split())}"
    return UsageError(
        f"{what}; tell whoever keeps it, and leave it out with `--ignore {rule.code}` until then"
    )


def _fault(rule: Rule, known: Mapping[str, Rule]) -> str | None:
    if not CODE.fullmatch(rule.code):
        return f"{rule.code!r} is no code for a rule of yours; write such as XAB001"
    if rule.code in known:
        return f"there are two rules with the code {rule.code}"
    if not NAME.fullmatch(rule.name):
        return f"the name {rule.name!r} of {rule.code} is not written as no-owner-named"
    missing = [code for code in rule.requires if code not in known]
    if missing:
        return f"{rule.code} requires {', '.join(missing)}, which does not exist before it"
    # Imported late: docs reads this catalogue.
    from mkdocs_ems.rules.docs import DocError, docstring, parse_docstring  # noqa: PLC0415

    try:
        parse_docstring(docstring(rule), where=rule.code)
    except DocError as error:
        return str(error)
    return None


def _whose(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.name
