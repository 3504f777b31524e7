"""Catalogue, files, metadata and docstrings agree."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import mkdocs_ems.rules as room
from mkdocs_ems.diagnostics import Basis, Severity
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.rules import RULES, Rule, first_fix, rule_docs, why
from mkdocs_ems.rules.docs import docstring

FOLDER = Path(room.__file__).parent
FILES = sorted(file.stem for file in FOLDER.glob("*.py") if re.fullmatch(r"[a-z]{3}\d{3}", file.stem))

# Code, name, severity, basis, clauses of 2026, clauses of 2015: what readers were promised.
PROMISED = """
ACT001 action-without-owner-or-due error S 6.1.5,6.2.2,10.2 6.1.4,6.2.2,10.2
ACT002 action-overdue warning S 6.1.5,6.2.2 6.1.4,6.2.2
ACT003 action-done-without-evidence warning S 6.1.5 6.1.4
ACT004 effectiveness-not-evaluated warning S 6.1.5 6.1.4
ACT005 due-date-slipped-repeatedly info P 6.1.5 6.1.4
ACT006 orphan-action info P 6.1.5 6.1.4
ASP001 aspect-without-impact error S 6.1.2 6.1.2
ASP002 condition-coverage error S 6.1.2 6.1.2
ASP003 life-cycle-stage-missing warning O 6.1.2 6.1.2
ASP004 score-mismatch error S 6.1.2 6.1.2
ASP005 significance-mismatch error S 6.1.2 6.1.2
ASP006 legal-override-ignored error O 6.1.2,6.1.3 6.1.2,6.1.3
ASP007 criteria-missing error S 6.1.2 6.1.2
ASP008 score-out-of-scale error S 6.1.2 6.1.2
ASP009 override-without-reason warning P 6.1.2 6.1.2
ASP010 significant-without-control error S 6.1.2,8.1 6.1.2,8.1
ASP011 significant-without-monitoring warning S 9.1.1 9.1.1
ASP012 significant-without-objective-decision warning S 6.2.1 6.2.1
ASP013 significant-not-communicated warning S 6.1.2,7.3 6.1.2,7.3
ASP014 aspect-review-overdue warning O 6.1.2 6.1.2
ASP015 control-or-influence-unset warning S 6.1.2 6.1.2
ASP016 regulated-aspect-without-obligation warning S 6.1.3 6.1.3
ASP017 emergency-aspect-without-scenario error S 6.1.2,8.2 6.1.2,8.2
ASP018 rescore-unexplained info P 6.1.2 6.1.2
ASP019 duplicate-aspect warning P 6.1.2 6.1.2
ASP020 method-version-stale warning O 6.1.2 6.1.2
AUD001 programme-missing error S 9.2.2 9.2.2
AUD002 clause-not-covered error S 9.2 9.2
AUD003 process-or-site-not-covered error S 9.2 9.2
AUD004 audit-overdue error S 9.2 9.2
AUD005 auditor-audits-own-work error S 9.2.2 9.2.2
AUD006 audit-objectives-criteria-scope-missing error S 9.2.2 9.2.2
AUD007 report-missing-or-late error S 9.2.2 9.2.2
AUD008 finding-incomplete warning S 9.2.2 9.2.2
AUD009 nc-finding-without-ncr error S 9.2,10.2 9.2,10.2
AUD010 programme-not-risk-based info S 9.2.2 9.2.2
AUD011 no-findings-ever info P 9.2 9.2
CAL001 calibration-expired error S 9.1.1 9.1.1
CAL002 calibration-evidence-missing error S 9.1.1 9.1.1
CAL003 out-of-tolerance-without-impact error P 9.1.1 9.1.1
CAL004 instrument-not-registered warning S 9.1.1 9.1.1
CHG001 change-without-assessment error S 6.3,8.1 6.1.2,8.1
CHG002 implemented-before-approval error O 6.3,8.1 6.1.2,8.1
CHG003 affected-register-not-updated error S 6.3,6.1.2 6.1.2,8.1
CHG004 silent-change warning S 6.3,8.1 6.1.2,8.1
CHG005 no-post-change-review warning O 6.3,8.1 6.1.2,8.1
CHG006 temporary-change-expired warning O 6.3,8.1 6.1.2,8.1
CLS001 clause-without-evidence warning P 4.4 4.4
COM001 communication-plan-incomplete error S 7.4.1 7.4.1
COM002 incoming-unanswered warning S 7.4 7.4
COM003 complaint-without-nc-decision warning S 7.4,10.2 7.4,10.2
COM004 no-internal-communication info S 7.4.2 7.4.2
COM005 published-figure-mismatch warning S 7.4.1 7.4.1
COM006 external-without-obligation warning S 7.4.3 7.4.3
CRT001 surveillance-window error C - -
CRT002 certificate-expiry error C - -
CRT003 stage-prerequisites error C 9.2,9.3 9.2,9.3
CRT004 transition-2026-not-planned warning C - -
CRT005 cb-not-accredited info P - -
CTX001 issue-incomplete warning S 4.1 4.1
CTX002 climate-not-determined error S 4.1 4.1
CTX003 environmental-condition-not-considered warning S 4.1 4.1
CTX004 issue-not-carried-forward warning S 4.1,6.1.4 4.1,6.1.1
CTX005 party-without-needs error S 4.2 4.2
CTX006 need-not-classified error S 4.2,6.1.3 4.2,6.1.3
CTX007 scope-incomplete error S 4.3 4.3
CTX008 scope-lifecycle-missing warning S 4.3 4.3
CTX009 in-scope-activity-without-aspects error S 4.3,6.1.2 4.3,6.1.2
CTX010 out-of-scope-reference warning S 4.3 4.3
CTX011 context-review-overdue warning O 4.1,4.2 4.1,4.2
CTX012 process-map-missing info S 4.4 4.4
DOC001 identification-missing error S 7.5.2 7.5.2
DOC002 duplicate-id error S 7.5.2 7.5.2
DOC003 no-owner error P 7.5,5.3 7.5,5.3
DOC004 unapproved-published error S 7.5.2 7.5.2
DOC005 approval-stale error S 7.5.2,7.5.3 7.5.2,7.5.3
DOC006 review-overdue warning O 7.5.2 7.5.2
DOC007 obsolete-linked error S 7.5.3 7.5.3
DOC008 superseded-chain-broken warning P 7.5.3 7.5.3
DOC009 own-label-repeated error S 7.5.3 7.5.3
DOC010 change-note-missing info P 7.5.3 7.5.3
DOC011 external-document-uncontrolled warning S 7.5.3 7.5.3
DOC012 required-documented-information-missing error S 7.5.1 7.5.1
DOC013 dead-link error P 7.5.3 7.5.3
DOC014 orphan-document warning P 7.5.3 7.5.3
DOC015 placeholder-text error P 7.5.2 7.5.2
DOC016 unknown-role-in-procedure warning P 5.3,7.5 5.3,7.5
DOC017 superseded-form-used warning S 7.5.3 7.5.3
DOC018 approver-not-authorised error O 7.5.2 7.5.2
DOC019 retention-or-access-undefined warning S 7.5.3 7.5.3
DOC020 translation-stale warning P 7.5.3 7.5.3
DOC021 history-unavailable error P 7.5.3 7.5.3
DOC022 standard-text-copied info P 7.5.3 7.5.3
DOC023 posted-copy-superseded warning S 7.5.3 7.5.3
DOC024 withdrawal-pending error S 7.5.3 7.5.3
DOC025 part-changed error S 7.5.3 7.5.3
DOC026 interim-expired error O 7.5.2 7.5.2
DOC027 evidence-void warning P 7.5.2 7.5.2
DOC028 record-altered error S 7.5.3 7.5.3
DOC029 record-replayed error P 7.5.3 7.5.3
DOC030 unknown-author warning P 7.5.2 7.5.2
DOC031 odd-date warning P 7.5.3 7.5.3
DOC032 proof-unusable error P 7.5.3 7.5.3
DOC033 history-rewritten error P 7.5.3 7.5.3
EMR001 scenario-without-plan error S 8.2 8.2
EMR002 drill-overdue error S 8.2 8.2
EMR003 drill-not-evaluated error S 8.2 8.2
EMR004 plan-not-reviewed-after-event error S 8.2 8.2
EMR005 contacts-stale warning O 8.2 8.2
EMR006 equipment-check-overdue warning O 8.2 8.2
EMR007 responders-untrained error S 8.2,7.2 8.2,7.2
EMR008 interested-parties-not-informed warning S 8.2 8.2
EVC001 obligation-never-evaluated error S 9.1.2 9.1.2
EVC002 evaluation-overdue error S 9.1.2 9.1.2
EVC003 noncompliance-without-ncr error S 9.1.2,10.2 9.1.2,10.2
EVC004 conclusion-without-evidence error S 9.1.2 9.1.2
EVC005 contradiction-with-readings error S 9.1.2 9.1.2
EVC006 evaluator-not-independent-or-competent info P 9.1.2,7.2 9.1.2,7.2
EVC007 status-knowledge-missing warning S 9.1.2 9.1.2
GAP001 clause-not-assessed warning P - -
GAP002 gap-without-action error P - -
GAP003 met-without-evidence warning P - -
GAP004 gap-contradicted warning P - -
IMP001 no-improvement-evidence warning S 10.1 10.1,10.3
IMS001 integrated-clause-missing warning P - -
MON001 monitoring-plan-incomplete error S 9.1.1 9.1.1
MON002 reading-missing warning S 9.1.1 9.1.1
MON003 reading-unit-or-range warning P 9.1.1 9.1.1
MON004 limit-exceeded-without-ncr error S 9.1.1,9.1.2,10.2 9.1.1,9.1.2,10.2
MON005 internal-limit-exceeded warning O 9.1.1 9.1.1
MON006 no-analysis warning S 9.1.1 9.1.1
MON007 duplicate-or-overwritten-reading warning P 9.1.1,7.5.3 9.1.1,7.5.3
MRV001 management-review-overdue error S 9.3.1 9.3
MRV002 input-missing error S 9.3.2 9.3
MRV003 output-missing error S 9.3.3 9.3
MRV004 top-management-absent error S 9.3.1 9.3
MRV005 previous-actions-not-reviewed error S 9.3.2 9.3
MRV006 decision-without-action warning S 9.3.3 9.3
MRV007 input-data-stale warning P 9.3.2 9.3
NCR001 no-correction error S 10.2 10.2
NCR002 no-root-cause error S 10.2 10.2
NCR003 similar-not-checked warning S 10.2 10.2
NCR004 nonconformity-overdue error S 10.2 10.2
NCR005 closed-without-effectiveness error S 10.2 10.2
NCR006 self-verified warning P 10.2 10.2
NCR007 nonconformity-repeated warning P 10.2 10.2
NCR008 source-or-clause-missing warning S 10.2 10.2
NCR009 ems-change-not-considered info S 10.2 10.2
NCR010 cb-finding-deadline error S 10.2 10.2
OBJ001 objective-not-measurable error S 6.2.1 6.2.1
OBJ002 objective-programme-incomplete error S 6.2.2 6.2.2
OBJ003 objective-past-due error S 6.2,9.1.1 6.2,9.1.1
OBJ004 unit-mismatch error S 6.2.2,9.1.1 6.2.2,9.1.1
OBJ005 direction-inconsistent error S 6.2.1 6.2.1
OBJ006 objective-no-policy-link warning S 6.2.1 6.2.1
OBJ007 objective-no-basis warning S 6.2.1 6.2.1
OBJ008 objective-no-action error S 6.2.2 6.2.2
OBJ009 progress-stale warning S 6.2.1,9.1.1 6.2.1,9.1.1
OBJ010 off-track-no-response warning S 9.1.1,9.3 9.1.1,9.3
OBJ011 achieved-contradicted error S 6.2.1 6.2.1
OBJ012 target-moved warning P 6.2.1 6.2.1
OBJ013 no-function-or-level info S 6.2.1 6.2.1
OBJ014 objective-not-communicated warning S 6.2.1 6.2.1
OBL001 obligation-incomplete error S 6.1.3 6.1.3
OBL002 applicability-missing error S 6.1.3 6.1.3
OBL003 source-check-overdue error O 6.1.3 6.1.3
OBL004 permit-expired error S 6.1.3,9.1.2 6.1.3,9.1.2
OBL005 permit-conditions-not-broken-down warning P 6.1.3 6.1.3
OBL006 limit-without-measurement error S 6.1.3,9.1.1 6.1.3,9.1.1
OBL007 obligation-without-aspect-or-process warning S 6.1.3 6.1.3
OBL008 repealed-law-cited warning S 6.1.3 6.1.3
OBL009 statutory-report-missed error L 7.4.3,9.1.2 7.4.3,9.1.2
OBL010 obligation-without-evaluation-plan error S 9.1.2 9.1.2
OBL011 owner-cannot-be-responsible info P 7.2 7.2
OPC001 control-without-criteria error S 8.1 8.1
OPC002 control-orphan info P 8.1 8.1
OPC003 control-without-procedure-or-reason warning S 8.1 8.1
OPC004 hierarchy-not-considered info P 8.1 8.1
OPC005 maintenance-or-check-overdue error O 8.1 8.1
OPC006 no-verification-evidence warning S 8.1 8.1
OPC007 life-cycle-control-missing warning S 8.1 8.1
OPC008 shortcoming-without-answer warning P 8.1,10.2 8.1,10.2
POL001 policy-missing error S 5.2 5.2
POL002 policy-commitment-missing error S 5.2 5.2
POL003 policy-no-objective-framework warning S 5.2,6.2.1 5.2,6.2.1
POL004 policy-not-top-management error S 5.1,5.2 5.1,5.2
POL005 policy-not-available warning S 5.2,7.4 5.2,7.4
POL007 leadership-evidence-thin info P 5.1 5.1
REC001 record-changed-after-approval error S 7.5.3 7.5.3
REC002 record-deleted-before-retention error S 7.5.3 7.5.3
REC003 record-incomplete error S 7.5.2 7.5.2
REC004 record-future-or-backdated warning P 7.5.3 7.5.3
REC005 evidence-missing-or-hash-mismatch error P 7.5.3 7.5.3
REC006 period-gap warning O 7.5.3,8.1,9.1.1 7.5.3,8.1,9.1.1
REC007 personal-data-in-record info P 7.5.3 7.5.3
REF001 unresolved-reference error P 7.5.3 7.5.3
REF002 wrong-target-type error P 7.5.3 7.5.3
REF003 reference-to-closed-or-obsolete warning P 7.5.3 7.5.3
REF004 unknown-clause error P 7.5 7.5
REF005 id-changed-or-reused error P 7.5.2 7.5.2
REF006 one-way-trace warning P 8.1 8.1
REF007 reference-to-unapproved warning P 7.5.3 7.5.3
REF008 suspect-link warning P 6.3,7.5.3 7.5.3
ROL001 required-responsibility-unassigned error S 5.3 5.3
ROL003 owner-left error S 5.3 5.3
ROL004 role-vacant warning S 5.3 5.3
ROL005 no-deputy-critical-role info P 5.3,8.2 5.3,8.2
ROL006 resources-not-recorded info S 7.1,6.2.2 7.1,6.2.2
RSK001 risk-source-missing warning S 6.1.4 6.1.1
RSK002 risk-untreated error S 6.1.4,6.1.5 6.1.1,6.1.4
RSK003 risk-score-mismatch warning S 6.1.4 6.1.1
RSK004 no-opportunity-recorded info S 6.1.4 6.1.1
RSK005 risk-review-overdue warning O 6.1.4 6.1.1
SCH001 schema-invalid error P 7.5.2 7.5.2
SCH002 date-order error P 7.5.2 7.5.2
SCH003 unseen-character warning P 7.5.2 7.5.2
SOD001 author-approves-own warning O 7.5.2 7.5.2
SOD002 merged-without-required-review warning O 7.5.2 7.5.2
SOD003 approval-by-authors-word warning O 7.5.2 7.5.2
SUP001 provider-control-missing error S 8.1 8.1
SUP002 requirements-not-communicated error S 8.1 8.1
SUP003 provider-licence-expired error L 8.1,9.1.2 8.1,9.1.2
SUP004 provider-evaluation-overdue warning O 8.1 8.1
TRN001 role-without-competence error S 7.2 7.2
TRN002 competence-gap-open error S 7.2 7.2
TRN003 training-expired error S 7.2 7.2
TRN004 no-competence-evidence error S 7.2 7.2
TRN005 training-effectiveness-missing warning S 7.2 7.2
TRN006 awareness-gap warning S 7.3 7.3
TRN007 contractor-not-inducted error S 7.2,7.3,8.1 7.2,7.3,8.1
TRN008 revision-not-acknowledged warning O 7.3,7.5.3 7.3,7.5.3
TRN009 auditor-not-competent error S 7.2,9.2 7.2,9.2
WAI001 waiver-unused warning P 7.5.3 7.5.3
WAI002 waiver-expired warning O 7.5.3 7.5.3
"""

BROKEN = {"SCH001", "DOC001", "DOC002", "DOC033", "REF001", "REF002"}


def test_the_catalogue_holds_every_rule_file_once_and_in_order() -> None:
    assert [code.lower() for code in RULES] == FILES


def test_codes_names_severities_bases_and_clauses_are_as_promised() -> None:
    promised = PROMISED.split("\n")[1:-1]
    assert [line.split()[0] for line in promised] == sorted(RULES)
    for line in promised:
        code, name, severity, basis, clauses_2026, clauses_2015 = line.split()
        rule = RULES[code]
        assert (rule.name, rule.severity, rule.basis) == (name, Severity(severity), Basis(basis))
        named = tuple(",".join(one) or "-" for one in (rule.clauses_2026, rule.clauses_2015))
        assert named == (clauses_2026, clauses_2015)


def test_only_data_that_cannot_be_read_or_connected_is_broken() -> None:
    assert {code for code, rule in RULES.items() if rule.broken} == BROKEN


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_stands_in_the_file_of_its_code(rule: Rule) -> None:
    assert rule.check.__module__ == f"mkdocs_ems.rules.{rule.code.lower()}"
    assert sys.modules[rule.check.__module__].RULE is rule
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.name)
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_names_clauses_that_exist_and_prerequisites_that_exist(rule: Rule) -> None:
    assert all(find_clause(clause, "2015") for clause in rule.clauses_2015)
    assert all(find_clause(clause, "2026") for clause in rule.clauses_2026)
    assert set(rule.requires) <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_is_explained_in_sentences_and_examples(rule: Rule) -> None:
    doc = rule_docs()[rule.code]
    assert len(doc.title) < 80
    assert not doc.title.endswith(".")
    assert doc.fails
    assert doc.passes
    assert why(rule).endswith((".", "?"))
    assert first_fix(rule).endswith(".")
    assert all(case.title.endswith((".", "?")) for case in (*doc.fails, *doc.passes))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_only_a_demand_of_the_standard_is_printed_as_one(rule: Rule) -> None:
    text = docstring(rule).lower()
    assert "iso requires" not in text
    if rule.basis is not Basis.STANDARD:
        assert "the standard asks" not in text
        assert "shall" not in text


def test_no_two_rules_share_a_name_or_a_title() -> None:
    docs = rule_docs().values()
    assert len({doc.name for doc in docs}) == len({doc.title for doc in docs}) == len(RULES)


def test_every_code_that_a_stage_names_is_a_rule() -> None:
    package = FOLDER.parent
    named = {
        code
        for file in package.rglob("*.py")
        if file.parent != FOLDER
        for code in re.findall(r"\bcode=\"([A-Z]{3}\d{3})\"", file.read_text("utf-8"))
    }
    assert named <= set(RULES)
