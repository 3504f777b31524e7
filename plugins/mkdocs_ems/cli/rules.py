"""`ems rules` and `ems explain`: the catalogue, and one rule's page on the terminal."""

from __future__ import annotations

import click

from mkdocs_ems.diagnostics import RuleCase, RuleDoc
from mkdocs_ems.errors import UsageError
from mkdocs_ems.rules import rule_docs
from mkdocs_ems.text import did_you_mean

_AS_DIGITS = str.maketrans("OIL", "011")
"""Letters that are typed for digits."""


@click.command("rules", short_help="Every rule: code, severity, who asks, what fault it names.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def rules_command(*, form: str) -> None:
    """List the rules.

    \b
    Example:
      ems rules
    """
    docs = rule_docs()
    if form == "json":
        import json  # noqa: PLC0415 - only for this format

        data = {"version": 1, "rules": [_data(doc) for doc in docs.values()]}
        click.echo(json.dumps(data, indent=2))
        return
    width = max(len(doc.name) for doc in docs.values())
    for doc in docs.values():
        click.echo(f"{doc.code}  {doc.severity.value:<7}  {doc.name:<{width}}  {doc.basis.words}")
    click.echo(f"\n{len(docs)} rules. `ems explain CODE` shows one with examples.")


def _data(doc: RuleDoc) -> dict[str, object]:
    return {
        "code": doc.code,
        "name": doc.name,
        "title": doc.title,
        "severity": doc.severity.value,
        "basis": doc.basis.value,
        "clauses": {"2015": list(doc.clauses_2015), "2026": list(doc.clauses_2026)},
        "since": doc.since,
        "broken": doc.broken,
    }


@click.command("explain", short_help="One rule: what it checks, why, examples, how to mend it.")
@click.argument("code")
def explain_command(*, code: str) -> None:
    """Explain a rule by its CODE or its name.

    \b
    Examples:
      ems explain ASP010
      ems explain significant-without-control
    """
    docs = rule_docs()
    wanted = code.strip()
    doc = docs.get(wanted.upper()) or next((one for one in docs.values() if one.name == wanted.lower()), None)
    if doc is None:
        known = [*docs, *(one.name for one in docs.values())]
        digits = wanted[3:].upper().translate(_AS_DIGITS)
        near = did_you_mean(wanted[:3] + digits if digits.isdigit() else wanted, known)
        hint = f"; did you mean {near}?" if near else "; `ems rules` lists them all"
        raise UsageError(f"there is no rule {wanted!r}{hint}")
    click.echo(_page(doc))


def _page(doc: RuleDoc) -> str:
    clauses = ", ".join(
        f"{edition}: {', '.join(numbers)}"
        for edition, numbers in (("2015", doc.clauses_2015), ("2026", doc.clauses_2026))
        if numbers
    )
    parts = [
        click.style(f"{doc.code} {doc.name}", bold=True),
        f"{doc.title}\n{doc.severity.value}; {doc.basis.words}; clauses {clauses or 'none'}",
        f"{_heading('What it checks')}\n{doc.what}",
        f"{_heading('Why an auditor asks')}\n{doc.why}",
        *(f"{_heading('Fails')}\n{_case(case)}" for case in doc.fails[:1]),
        *(f"{_heading('Passes')}\n{_case(case)}" for case in doc.passes[:1]),
        f"{_heading('How to fix')}\n{doc.fix}",
    ]
    return "\n\n".join(parts)


def _heading(text: str) -> str:
    return click.style(text, underline=True)


def _case(case: RuleCase) -> str:
    expected = set(case.expected)
    lines: list[str] = [case.title] if case.title else []
    for path, text in case.files.items():
        lines.append(f"  {click.style(path, fg='blue')}")
        for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
            mark = click.style("  <-- here", fg="red") if (path, number) in expected else ""
            lines.append(f"    {line}{mark}")
    if case.history:
        lines += ["  history", *(f"    {line}" for line in case.history.rstrip("\n").split("\n"))]
    return "\n".join(lines)
