"""What the approved manual has of evidence: as it landed, beside what documents were approved with."""

from __future__ import annotations

from mkdocs_ems.control import approved_snapshot
from support.chain import Chain, Work
from support.company import company, procedure

PICTURE = procedure("![Flow](../img/flow.png)")


def shown(chain: Chain, *given: str) -> dict[str, str]:
    found = approved_snapshot(
        chain.snapshot(), chain.control(), blobs=chain.shelf, given=[f"ems/{path}" for path in given]
    )
    return {path.removeprefix("ems/"): data.decode() for path, data in found.files.items()}


def test_a_record_and_its_evidence_stand_as_they_landed() -> None:
    chain = company()
    chain.commit(
        {"records/drills/one.yml": "id: DRL-1\n", "records/drills/one.pdf": "1", "scans/two.pdf": "2"}
    )
    found = shown(chain, "scans/two.pdf", "scans/not-there.pdf")
    assert (found["records/drills/one.yml"], found["records/drills/one.pdf"]) == ("id: DRL-1\n", "1")
    assert found["scans/two.pdf"] == "2"
    assert "scans/two.pdf" not in shown(chain)


def test_evidence_takes_no_picture_from_a_document() -> None:
    chain = company(**{"procedures/waste.md": PICTURE, "img/flow.png": "approved"})
    chain.merge(Work({"img/flow.png": "new"}, by="ann"), by="ann")
    assert shown(chain, "img/flow.png")["img/flow.png"] == "approved"
