"""A small rendered version and what is said of it, for what is kept, checked and joined."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs_ems.site.part_head import PartHead, PartKind

FILES = {
    "index.html": b"<p>start</p>" * 20,
    "documents/POL-001/index.html": "<p>Política</p>".encode(),
    "assets/empty.css": b"",
}
FACTS = PartHead(
    key="a" * 64,
    kind=PartKind.VERSION,
    name="v2026.1",
    folder="v2026.1",
    title="Manual of Wrenholt",
    commit="c" * 40,
    as_of=date(2026, 3, 2),
    tool="0.1.0",
    tag="b" * 40,
    findings={"error": 0, "warning": 3},
    warnings=("one",),
    pages=("documents/POL-001/index.html", "index.html"),
    ids={"POL-001": "documents/POL-001/index.html"},
    issues={"POL-001": 3},
    since="v2025.2",
    renumbered={"ASP-004": "ASP-014"},
)


def write_files(folder: Path) -> None:
    """Write the version as a build leaves it."""
    for path, data in FILES.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
