"""Whatever content says, no page acts on it: payloads in every field come out as words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Protocol

import pytest

from mkdocs_ems.control import (
    Content,
    DocumentControl,
    Fault,
    FaultReason,
    Interim,
    Issue,
    IssueState,
    Manifest,
    Part,
    Pending,
    Person,
    Waiting,
)
from mkdocs_ems.diagnostics import Diagnostic, NotEvaluated, Report, Waived
from mkdocs_ems.pages import Manual, Page, PageForm

PAYLOADS = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "{{ 7777*7777 }}{% raw %}",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><style>*{display:none}</style>",
    "&lt;script&gt;alert(1)",
)


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]


class Render(Protocol):
    def __call__(
        self,
        files: Mapping[str, str],
        *,
        controlled: bool = ...,
        documents: Iterable[DocumentControl] = ...,
        draft: bool = ...,
        report: Report = ...,
        texts: Mapping[str, str] | None = ...,
    ) -> Shown: ...


class Actor(HTMLParser):
    """Finds elements and attributes that would act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "img", "iframe", "object", "link", "meta", "base", "input"}:
            self.found.append(tag)
        if tag in {"foreignobject", "animate", "set", "use", "image"}:
            self.found.append(tag)
        if tag == "svg" and not (dict(attrs).get("class") or "").startswith("ems-"):
            self.found.append(tag)  # our own pictures carry our classes
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "autofocus", "srcdoc"}:
                self.found.append(f"{tag} {name}")
            if name == "href" and (value or "").strip().lower().startswith(("javascript:", "data:")):
                self.found.append(f"{tag} {name}={value}")


def acting(html: str) -> list[str]:
    actor = Actor()
    actor.feed(html)
    actor.close()
    return actor.found


def our_html(page: Page) -> str:
    """What reaches a reader unsanitised: all but a document's own Markdown."""
    return page.before + page.after + ("" if page.form is PageForm.MARKDOWN else page.html)


def hostile(payload: str) -> Mapping[str, str]:
    """The payload in every text that a user may write."""
    text = json.dumps(payload)  # a double-quoted scalar of YAML
    return {
        "ems/ems.yml": f"""\
schema: 1
organisation: {{name: {text}, site: {text}, note: {text}}}
sites: [{{id: {text}, title: {text}}}]
significance:
  title: {text}
  criteria:
    likelihood: {{title: {text}, values: {{3: {text}}}}}
  formula: likelihood * 5
  threshold: score >= 12
  bands: [{{label: {text}, from: 1}}]
""",
        "ems/policy.md": f"""\
---
id: POL-001
type: policy
title: {text}
owner: ROL-MD
number: {text}
issue_label: {text}
language: {text}
public_url: {text}
tags: [{text}]
links: [{text}]
notes: {text}
site: {text}
commitments: {{compliance: {text}}}
---
# {payload}

[[OPC-001|{payload}]] [[OPC-001]] [[NO-1|{payload}]]
""",
        "ems/registers/aspects.yml": f"""\
id: REG-ASP
type: aspect
title: {text}
number: {text}
rows:
  - id: ASP-001
    title: {text}
    activity: {text}
    aspect: {text}
    impacts: [{{text: {text}, receptor: {text}}}]
    quantity: {{value: 3, unit: {text}}}
    criteria: {{likelihood: 3, {text}: {text}}}
    override: {{value: true, reason: {text}}}
    controls: [OPC-001]
    objective_decision: {text}
    links: [{text}]
    tags: [{text}]
    notes: {text}
""",
        "ems/registers/controls.yml": f"""\
id: REG-OPC
type: control
title: {text}
rows:
  - id: OPC-001
    title: {text}
    where: {text}
    operating_criteria: [{{parameter: {text}, min: 1, unit: {text}, text: {text}}}]
    verification: {{method: {text}, frequency: {text}}}
    maintenance: {text}
    lifecycle_stage: {text}
    effectiveness: {text}
""",
        "ems/registers/obligations.yml": f"""\
id: REG-OBL
type: obligation
title: {text}
rows:
  - id: OBL-001
    title: {text}
    citation: {text}
    jurisdiction: {text}
    authority: {text}
    url: {text}
    topic: {text}
    how_it_applies: {text}
    reason: {text}
    conditions: [{{ref: {text}, text: {text}, frequency: {text}, limit: 2, unit: {text}}}]
""",
        "ems/registers/objectives.yml": f"""\
id: REG-OBJ
type: objective
title: {text}
rows:
  - id: OBJ-001
    title: {text}
    statement: {text}
    policy_commitments: [{text}]
    function_level: {text}
    kpi: {text}
    unit: {text}
    baseline: {{value: 1, unit: {text}, period: {text}}}
    target: {{value: 1, unit: {text}}}
    programme: [{text}]
    resources: {text}
    evaluation_method: {text}
    monitoring_frequency: {text}
    not_measurable_reason: {text}
    result: {text}
    cost_saving: {text}
    communicated: {text}
""",
        "ems/registers/roles.yml": f"""\
id: REG-ROL
type: role
title: {text}
rows:
  - {{id: ROL-MD, title: {text}, responsibilities: [{text}], authorities: [{text}]}}
""",
        "ems/registers/people.yml": f"""\
id: REG-PER
type: person
title: {text}
rows:
  - {{id: PER-001, title: {text}, roles: [{{role: ROL-MD}}], git_identities: [{text}]}}
""",
        "ems/registers/processes.yml": f"""\
id: REG-PRC
type: process
title: {text}
rows:
  - id: PRC-01
    title: {text}
    activities: [{text}]
    inputs: [{text}]
    no_conditions: [{{condition: emergency, reason: {text}}}]
""",
    }


def hostile_report(payload: str, finding: Diagnostic, report: Report) -> Report:
    """Findings whose every word is the payload."""
    bad = replace(
        finding,
        message=payload,
        help=payload,
        name=payload,
        span=replace(finding.span, path=f"ems/{payload}"),
    )
    return replace(
        report,
        diagnostics=(
            bad,
            replace(bad, id="ASP-001"),
            replace(bad, id="POL-001"),
            replace(bad, code="NEW001"),
        ),
        not_evaluated=(NotEvaluated("NEW002", payload, payload),),
        waived=(Waived(bad, payload, report.as_of, payload),),
        ref=payload,
        commit=payload,
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_comes_out_inert(payload: str, render: Render, small_report: Report) -> None:
    report = hostile_report(payload, small_report.diagnostics[0], small_report)
    manual = render(hostile(payload), report=report).manual
    assert {"registers/objectives/OBJ-001/index.html", "documents/POL-001/index.html"} <= {
        page.path for page in manual.pages
    }
    for page in manual.pages:
        assert acting(our_html(page)) == [], page.path
        assert "60481729" not in our_html(page), page.path


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_a_label_or_title_brings_no_markup_into_the_markdown(
    payload: str, render: Render, small_report: Report
) -> None:
    written = "\n".join(hostile(payload)["ems/policy.md"].split("---\n")[2].splitlines()[:2])
    body = render(hostile(payload), report=small_report).pages["documents/POL-001/index.html"].body
    assert acting(body.replace(written, "").replace(f"# {payload}", "")) == []


def test_what_is_escaped_is_still_there_to_read(render: Render, small_report: Report) -> None:
    shown = render(hostile("<script>alert(1)</script>"), report=small_report)
    row = shown.pages["registers/objectives/OBJ-001/index.html"]
    assert row.title == "OBJ-001 <script>alert(1)</script>"
    assert row.html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10


def test_the_description_of_a_rule_brings_no_html(render: Render, small: Mapping[str, str]) -> None:
    rule = render(small).pages["rules/ASP010/index.html"].html
    assert "<script" not in rule
    assert "&lt;script&gt;" in rule


def hostile_control(payload: str, issue: Issue, document: DocumentControl) -> DocumentControl:
    """A register whose issues, acts, persons, faults and whatever waits say the payload."""
    person = Person(None, payload, payload)
    act = replace(
        issue.approvals[0],
        person=person,
        role=payload,
        evidence=payload,
        sentence="",
        reason=payload,
        review=payload,
        key=payload,
        deputy_for=payload,
    )
    fault = Fault(FaultReason.BAD_SIGNATURE, payload, payload, path=payload, person=payload)
    part = Part(payload, payload, payload)

    def made(number: int, blob: str, *parts: Part) -> Issue:
        return replace(
            issue,
            number=number,
            label=payload,
            content=Content(issue.content.path, blob, parts),
            authors=(person,),
            approvals=(act, replace(act, sentence=payload)),
            summary=payload,
            faults=(fault,),
        )

    second = made(2, "new", part)
    interim = Interim(
        content=Content(payload, "other", (part,)),
        manifest=Manifest("", {}),
        event=replace(issue.event, index=9),
        act=act,
        valid_from=issue.effective_from,
        valid_until=issue.effective_from,
        state=IssueState.INTERIM,
    )
    pending = Pending(
        content=Content(issue.content.path, "other", ()),
        event=issue.event,
        authors=(person,),
        acts=(act,),
        missing=payload,
        waits_for=(Waiting((payload,), 1, (person,)),),
        faults=(fault,),
    )
    return replace(
        document,
        title=payload,
        owner=payload,
        number=payload,
        issues=(made(1, "old"), second),
        in_force=second,
        pending=pending,
        interims=(interim,),
        interim=interim,
        confirmations=(replace(act, issue=2),),
        reviews=(act,),
        withdrawals=(replace(act, issue=1),),
        faults=(fault,),
    )


def hostile_texts(payload: str) -> Mapping[str, str]:
    """Texts that say the payload in every form that a redline knows, before and after."""
    rows = "".join(
        f"  - id: {one}\n    {one}: {payload}\n    title: {payload}\n" for one in (payload, "ASP-001", "X")
    )
    text = f"id: REG-ASP\n# {payload}\n{payload}: {payload}\nrows:\n{rows}"
    prose = f"# {payload}\n\n{payload} a b c\n\n- {payload} a\n\n| {payload} | a |\n\n```\n{payload}\n```\n"
    return {"old": text, "new": text.replace("X", "Y").replace("title: ", "title: other "), "other": prose}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_a_history_and_in_what_is_pending_comes_out_inert(
    payload: str,
    render: Render,
    small: Mapping[str, str],
    issue: Callable[..., Issue],
    document: Callable[..., DocumentControl],
) -> None:
    path = "ems/registers/aspects.yml"
    control = hostile_control(payload, issue(1, path), document("REG-ASP", path, "aspect"))
    for draft in (True, False):
        shown = render(small, documents=(control,), draft=draft, texts=hostile_texts(payload))
        for page in shown.manual.pages:
            assert acting(our_html(page)) == [], page.path
            assert "60481729" not in our_html(page), page.path
        assert "ems-redline" in shown.pages["histories/REG-ASP/index.html"].html
