"""What is kept of contents for the next ledger: nothing is read twice, nothing believed that is not so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mkdocs_ems.control import derive_control
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.git.digest_file import DigestFile
from support.chain import Chain, Work
from support.company import company, procedure, register

PATH = "procedures/waste.md"
ONE, OTHER = ("1" * 40, "2" * 40)
SUM = "ab" * 32


@dataclass
class Memory:
    """Implements `KeptDigests`."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find(self, *, edition: str) -> Mapping[str, tuple[str, str]]:
        assert edition
        return self.known

    def keep(self, digests: Mapping[str, tuple[str, str]], *, edition: str) -> None:
        assert edition
        self.known |= digests


def ledger(chain: Chain, kept: Memory | None) -> Ledger:
    state = derive_control(
        chain.history(), chain.snapshot(), blobs=chain.shelf, as_of=chain.now.date(), digests=kept
    )
    return state.ledger


def eventful() -> Chain:
    chain = company(**{"registers/aspects.yml": register("Noise"), "flow.png": "one"})
    for number in range(6):
        chain.merge(Work({PATH: procedure(f"Step {number}. ![flow](../flow.png)")}), by="eve")
        chain.commit({"flow.png": f"picture {number}"})
    # For a while the register calls itself something else, between two heads that are the same.
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", identity="REG-OTHER")})
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", "Waste")})
    return chain


def asked(chain: Chain, kept: Memory | None) -> set[str]:
    """The blobs that are read for the ledger alone."""
    state = derive_control(
        chain.history(), chain.snapshot(), blobs=chain.shelf, as_of=chain.now.date(), digests=kept
    )
    before = len(chain.shelf.asked)
    assert state.ledger.rows
    return {blob for batch in chain.shelf.asked[before:] for blob in batch}


def test_with_and_without_what_was_kept_the_ledger_is_the_same() -> None:
    chain, kept = eventful(), Memory()
    assert ledger(chain, None) == ledger(chain, kept) == ledger(chain, kept)
    assert any(row["document"] == "REG-OTHER" for row in ledger(chain, kept).rows)


def test_what_was_kept_is_not_read_again() -> None:
    chain, kept = eventful(), Memory()
    first = asked(chain, kept)
    second = asked(chain, kept)
    assert len(first) > len(second)
    other = chain.events[-2].changes[0].new_blob
    assert second <= {other}, "only the content that says something else of itself is looked at again"


def test_what_is_new_is_added_to_what_was_kept() -> None:
    chain, kept = eventful(), Memory()
    ledger(chain, kept)
    chain.merge(Work({PATH: procedure("Later.")}), by="eve")
    chain.merge(Work({PATH: procedure("Last.")}), by="eve")
    before = len(kept.known)
    assert ledger(chain, kept) == ledger(chain, None)
    assert len(kept.known) > before


@pytest.fixture
def file(tmp_path: Path) -> Path:
    DigestFile(tmp_path / "cache", tmp_path).keep({ONE: (SUM, "-")}, edition="1")
    (found,) = (tmp_path / "cache").iterdir()
    return found


def found(tmp_path: Path, *, edition: str = "1", repository: Path | None = None) -> Mapping[str, object]:
    return DigestFile(tmp_path / "cache", repository or tmp_path).find(edition=edition)


def test_what_was_kept_is_found_again(tmp_path: Path, file: Path) -> None:
    DigestFile(file.parent, tmp_path).keep({OTHER: (SUM, "0f")}, edition="1")
    assert found(tmp_path) == {ONE: (SUM, "-"), OTHER: (SUM, "0f")}


def test_another_edition_or_another_repository_finds_nothing(tmp_path: Path, file: Path) -> None:
    assert file.is_file()
    assert found(tmp_path, edition="2") == {}
    assert found(tmp_path, repository=tmp_path / "elsewhere") == {}


@pytest.mark.parametrize(
    "text", ["", "1\nx", "1\n" + ONE + " " + SUM + " -", "1\n" + ONE + " ab -\n", "\xff"]
)
def test_a_file_that_was_spoilt_counts_as_none(tmp_path: Path, file: Path, text: str) -> None:
    file.write_text(text, encoding="latin-1")
    assert found(tmp_path) == {}
    DigestFile(file.parent, tmp_path).keep({OTHER: (SUM, "-")}, edition="1")
    assert found(tmp_path) == {OTHER: (SUM, "-")}


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="ascii")
    one = DigestFile(tmp_path / "cache", tmp_path)
    one.keep({ONE: (SUM, "-")}, edition="1")
    assert one.find(edition="1") == {ONE: (SUM, "-")}


def test_a_link_is_not_followed(tmp_path: Path, file: Path) -> None:
    file.rename(tmp_path / "real")
    file.symlink_to(tmp_path / "real")
    assert found(tmp_path) == {}
