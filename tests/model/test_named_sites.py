from __future__ import annotations

from mkdocs_ems.diagnostics import Anchor
from support.content import model_of

SETTINGS = (
    "schema: 1\norganisation: {name: x}\nsites: [{id: north, title: North}, {id: south, title: South}]\n"
)

PROGRAMME = """\
id: REG-AUP
type: audit-programme
rows:
  - id: AUP-001
    planned:
      - {audit: AUD-001, month: 2026-03, sites: [north]}
      - {audit: AUD-002, month: 2026-09, sites: [north, suoth]}
"""

AUDIT = """\
id: AUD-001
type: audit
date: 2026-03-12
sites: [norht]
"""


def test_a_site_that_a_programme_or_an_audit_names_has_to_be_one_of_the_organisations() -> None:
    files = {"registers/programmes.yml": PROGRAMME, "records/audits/1.yml": AUDIT}
    found = model_of(files, settings=SETTINGS).findings
    assert {(one.message, one.at) for one in found} == {
        (
            '"suoth" is not a site; did you mean "south"?',
            Anchor("ems/registers/programmes.yml", ("rows", 0, "planned", 1, "sites", 1)),
        ),
        (
            '"norht" is not a site; did you mean "north"?',
            Anchor("ems/records/audits/1.yml", ("sites", 0)),
        ),
    }
