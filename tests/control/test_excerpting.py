"""What an audience sees is compiled from files in which nothing else stands: each byte of them is read."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from mkdocs_ems.cli.audiences import told_to_outsiders
from mkdocs_ems.compile import Compilation, Seen, seen_by, with_names
from mkdocs_ems.control.versions import Listed
from mkdocs_ems.errors import UsageError
from mkdocs_ems.model import IndicatorRow
from mkdocs_ems.model.aggregation import known_parts
from mkdocs_ems.model.publication import Audience, Profile
from mkdocs_ems.pages.edition import render_edition
from support.canaries import ACCOUNT, MAIL, SECRETS, content
from support.states import AS_OF, state_of

CANARIES = {path.removeprefix("ems/"): text for path, text in content().items() if path.startswith("ems/")}
PEOPLE = """\
id: REG-PER
type: person
rows:
  - {id: PER-001, title: Maya Holm, git_identities: [maya@works.example], roles: [{role: ROL-EHS}]}
"""
ROLES = "id: REG-ROL\ntype: role\nrows: [{id: ROL-EHS, title: EHS manager, responsibilities: [Everything]}]\n"
POLICY = """\
---
id: POL-001
type: policy
title: Policy of Maya Holm
owner: PER-001
---
# Policy

Ask Maya Holm, or write to office@works.example. See [[PRO-001]] and [the way](spills.md#how).

![Maya Holm at work](maya.png)
"""
SPILLS = "---\nid: PRO-001\ntype: procedure\ntitle: Spills\n---\n## How\n\nMaya Holm calls.\n"
SMALL = {
    "policy.md": POLICY,
    "spills.md": SPILLS,
    "registers/people.yml": PEOPLE,
    "registers/roles.yml": ROLES,
}


def seen(files: Mapping[str, str] = SMALL, **profile: object) -> Seen:
    return shown(state_of(files), **profile)


def shown(state: Compilation, **profile: object) -> Seen:
    rules = state.settings.retention
    return seen_by(state, Audience(Profile.model_validate({"name": "some", **profile}), rules))


def written(found: Seen) -> str:
    """Everything that an edition is made from."""
    return "\n".join(f"{path}\n{data.decode()}" for path, data in found.state.snapshot.files.items())


def body(found: Seen, identity: str) -> str:
    source = found.state.sources.files[found.state.model.by_id[identity].anchor.path]
    return source.body.text if source.body else ""


@pytest.mark.parametrize("access", ["public", "internal", "restricted"])
@pytest.mark.parametrize("names", ["roles", "none"])
def test_no_profile_without_names_has_one_in_any_byte(access: str, names: str) -> None:
    found = seen(CANARIES, access=access, names=names)
    text = written(found).casefold()
    assert [secret for secret in SECRETS if secret.casefold() in text] == []
    pages = "\n".join(
        page.body + page.before + page.after + page.html for page in render_edition(found).pages
    )
    assert [secret for secret in SECRETS if secret.casefold() in pages.casefold()] == []


def test_who_sees_names_sees_neither_addresses_nor_accounts() -> None:
    text = written(seen(CANARIES, access="restricted", names="full"))
    assert "Quibblethorpe" in text
    assert MAIL not in text
    assert ACCOUNT not in text


def test_every_kind_that_a_profile_reaches_is_there() -> None:
    public, inside = seen(CANARIES).state.model.by_id, seen(CANARIES, access="internal").state.model.by_id
    assert "ASP-CANARY" not in public
    assert "ASP-CANARY" in inside
    assert "TRN-CANARY" not in inside
    assert "TRN-CANARY" in seen(CANARIES, access="restricted").state.model.by_id


def test_a_role_stands_in_for_a_person_and_is_told_by_its_title_alone() -> None:
    found = seen()
    assert found.state.model.by_id["POL-001"].entity.owner == "ROL-EHS"
    assert "Everything" not in written(found)
    assert "Ask EHS manager, or" in body(found, "POL-001")


def test_without_names_there_are_no_roles_either() -> None:
    found = seen(names="none")
    assert found.state.model.by_id["POL-001"].entity.owner is None
    assert "ROL-EHS" not in written(found)
    assert "Ask a person, or" in body(found, "POL-001")


def test_with_names_a_person_is_told_by_name_alone() -> None:
    found = seen(names="full")
    assert found.state.model.by_id["PER-001"].entity.title == "Maya Holm"
    assert "maya@works.example" not in written(found)


def test_what_a_text_leads_to_is_told_in_general_words() -> None:
    text = body(seen(), "POL-001")
    assert "See an internal document and an internal document." in text
    assert "PRO-001" not in written(seen())


def test_what_is_seen_is_led_to_at_its_new_place() -> None:
    found = seen(access="internal")
    assert "[the way](PRO-001.md#how)" in body(found, "POL-001")
    assert found.state.graph.dangling == ()


def test_a_contact_is_shown_and_other_addresses_are_not() -> None:
    assert "write to (mail address left out)." in body(seen(), "POL-001")
    assert "write to office@works.example." in body(seen(contacts=["office@works.example"]), "POL-001")


def test_a_picture_is_shown_only_where_the_profile_says_so_and_under_no_name_of_its_own() -> None:
    files = {**SMALL, "maya.png": "picture"}
    assert "(picture left out)" in body(seen(files), "POL-001")
    assert "maya.png" not in written(seen(files, pictures="true"))
    assert "![EHS manager at work](pictures/" in body(seen(files, pictures="true"), "POL-001")
    assert len(render_edition(seen(files, pictures="true")).assets) == 1
    assert render_edition(seen(files)).assets == ()


def test_names_that_are_kept_outside_of_history_are_kept_in_too() -> None:
    pseudonym = {**SMALL, "registers/people.yml": PEOPLE.replace("Maya Holm", "Number one")}
    named = with_names(state_of(pseudonym), {"PER-001": "Maya Holm"})
    assert "Maya" not in written(shown(named))


def test_an_indicator_comes_to_the_same_though_its_measurements_stay_in() -> None:
    files = {
        "registers/kpi.yml": "id: REG-KPI\ntype: indicator\nrows:\n"
        "  - {id: KPI-1, title: Nickel, unit: kg/t, source: [MON-1, MON-2], normaliser: MON-3,"
        " aggregation: ratio-of-sums}\n"
        "  - {id: KPI-2, title: Water, unit: m3, aggregation: max}\n",
        "registers/mon.yml": "id: REG-MON\ntype: measurement\nrows:\n"
        "  - {id: MON-1, title: Secret meter, unit: kg}\n  - {id: MON-2, title: Other, unit: g}\n"
        "  - {id: MON-3, title: Product, unit: t}\n"
        "  - {id: MON-4, title: Water meter, unit: L, indicators: [KPI-2], notes: Broken}\n",
        "records/readings/a.csv": "parameter,period,value,unit,operator\n"
        + "".join(
            f"MON-{n},2025-{month:02},{n * month}.5,,Maya Holm\n"
            for n in (1, 2, 3, 4)
            for month in range(1, 13)
        ),
    }
    whole, found = state_of(files), seen(files)
    for id_ in ("KPI-1", "KPI-2"):
        parts = []
        for state in (whole, found.state):
            row = state.model.by_id[id_].entity
            assert isinstance(row, IndicatorRow)
            parts.append(known_parts(row, row.aggregation or "latest", model=state.model, as_of=AS_OF))
        assert parts[0]
        assert [(one.period.text, one.value) for one in parts[0]] == [
            (one.period.text, one.value) for one in parts[1]
        ]
    text = written(found)
    assert not [one for one in ("MON-", " meter", "Maya", "Broken", "Product") if one in text]
    assert not [page.path for page in render_edition(found).pages if "measurement" in page.path]


def test_own_registers_and_fields_come_along_where_they_are_seen() -> None:
    rules = {
        "schema": 1,
        "organisation": {"name": "Works"},
        "own_registers": [
            {"type": "bee-hive", "title": "Bee hive", "fields": [{"name": "honey"}]},
            {"type": "secret-thing", "title": "Plan of Maya Holm"},
        ],
        "retention": [{"types": ["bee-hive"], "access": "public"}],
    }
    files = {
        **SMALL,
        "ems.yml": json.dumps(rules),
        "registers/hives.yml": "id: REG-BEE\ntype: bee-hive\nrows:\n"
        "  - {id: BEE-1, title: North, honey: By Maya Holm}\n",
        "registers/secret.yml": "id: REG-SEC\ntype: secret-thing\nrows: [{id: SEC-1, title: Hidden}]\n",
    }
    found = seen(files)
    assert "By EHS manager" in repr(found.state.model.by_id["BEE-1"].entity)
    assert "secret-thing" not in written(found)
    assert "SEC-1" not in written(found)


@pytest.mark.parametrize("block", ["publication: {profiles: [{name: some, acess: public}]}", "retention: 3"])
def test_rules_that_cannot_be_read_as_written_publish_nothing(block: str) -> None:
    files = {**SMALL, "ems.yml": f"schema: 1\norganisation: {{name: Works}}\n{block}\n"}
    with pytest.raises(UsageError, match="says who may see what"):
        seen(files)


def test_what_has_an_id_that_names_somebody_stays_in() -> None:
    files = {
        **SMALL,
        "maya.md": "---\nid: POL-MAYA-HOLM\ntype: policy\ntitle: Hers\n---\nText.\n",
        "registers/roles.yml": ROLES.replace("ROL-EHS", "ROL-HOLM-MAYA"),
        "registers/people.yml": PEOPLE.replace("ROL-EHS", "ROL-HOLM-MAYA"),
    }
    text = written(seen(files)).casefold()
    assert "holm" not in text
    assert "pol-001" in text


def test_references_to_what_stays_in_are_left_out() -> None:
    files = {
        "registers/a.yml": "id: REG-ASP\ntype: aspect\nrows:\n"
        "  - {id: ASP-1, title: Nickel, controls: [OPC-1]}\n",
        "registers/o.yml": "id: REG-OPC\ntype: control\nrows:\n  - {id: OPC-1, title: Bund}\n",
    }
    assert "OPC-1" in written(seen(files, access="internal"))
    assert "OPC-1" not in written(seen(files, access="internal", without=["control"]))


def test_the_names_in_a_table_are_masked_too() -> None:
    rows = "rows:\n  - {id: ASP-1, title: Nickel, criteria: {Maya Holm: 3, Severity: Maya Holm}}\n"
    found = seen({**SMALL, "registers/a.yml": f"id: REG-ASP\ntype: aspect\n{rows}"}, access="internal")
    assert "Severity" in written(found)
    assert "Maya" not in written(found)


def test_the_history_of_what_is_seen_stays_in() -> None:
    state = seen().state
    assert (state.history, state.blobs, state.earlier) == (None, None, None)


def test_outsiders_read_nothing_that_was_written_with_a_tag() -> None:
    line = Listed(
        "v1", "v1", "v1", None, "version", tagger="Maya", signed="by Maya", message="Maya", reason="Maya"
    )
    assert "Maya" not in repr(told_to_outsiders(line))
