"""Small manuals made by hand, with every form of page, for tests of the site.

Run as a program it builds one into the folder that is named: for tests of what a
process's environment has no say in.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs_ems.pages import Asset, Manual, Page, PageForm, TocEntry
from mkdocs_ems.site import SiteResult, Stamp
from mkdocs_ems.site.building import already, build_site

STAMP = Stamp(date(2026, 11, 30), "6f1c" * 10, "v2026.2", datetime(2026, 11, 28, 9, 30, tzinfo=UTC))
DOCUMENT = """\
Note: this line is no metadata.

## Scope {#scope}

| Limit | Value |
|:------|------:|
| pH    |   6.5 |

See the [register](../../registers/aspects/index.html) and ![the flow](files/flow.svg).

```mermaid
graph LR
```

{{ 7 * 7 }} and {% raw %} stay as they are.
"""
FLOW = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\n'
SCRIPT = b"""\
document.querySelectorAll("input[data-filters]").forEach((input) => {
  input.hidden = false;
  input.addEventListener("input", () => {
    for (const row of document.getElementById(input.dataset.filters).tBodies[0].rows) {
      row.hidden = !row.textContent.toLowerCase().includes(input.value.toLowerCase());
    }
  });
});
"""
SHIPPED = {"ems.css": b".ems-control { border: 1px solid }\n", "ems.js": SCRIPT}


def row(identity: str, title: str, *, body: str = "") -> Page:
    """A page for a row of the register of aspects."""
    text = (
        f'<h1>{identity}</h1>\n{body}<h2 id="ems--links">Links</h2>\n'
        '<p><a href="../../../registers/aspects/index.html">Aspects</a></p>\n'
    )
    return Page(
        path=f"registers/aspects/{identity}/index.html",
        title=f"{identity} {title}",
        form=PageForm.ROW,
        body=text,
        toc=(TocEntry(2, "Links", "ems--links"),),
        search=f"{title} to air",
    )


def register(rows: tuple[Page, ...]) -> Page:
    """The register of these rows, with a field to filter it by."""
    lines = "".join(
        f'<tr><td><a href="../../{page.path}">{page.path.split("/")[2]}</a></td></tr>' for page in rows
    )
    return Page(
        path="registers/aspects/index.html",
        title="Environmental aspects",
        form=PageForm.HTML,
        body='<input hidden aria-label="Filter" data-filters="aspects">'
        f'<table id="aspects"><thead><tr><th>Id</th></tr></thead><tbody>{lines}</tbody></table>',
        nav=("Registers", "Aspects"),
        order=31,
        search="Aspects",
    )


def document(identity: str = "PRO-001", *, title: str = "Rinsing", body: str = DOCUMENT) -> Page:
    """A controlled document."""
    return Page(
        path=f"documents/{identity}/index.html",
        title=title,
        form=PageForm.MARKDOWN,
        body=body,
        before=f'<div class="ems-control">{identity}</div>',
        after='<h2 id="ems--issues">Issues</h2>',
        toc=(TocEntry(2, "Issues", "ems--issues"),),
        search=identity,
    )


def manual(*pages: Page, draft: bool = True, rows: int = 3) -> Manual:
    """A manual of a start page, documents, a register and its rows, and the pages given beside."""
    made = tuple(row(f"ASP-{number:03}", f"Solvent {number}") for number in range(1, rows + 1))
    start = Page("index.html", "Start", PageForm.HTML, "<p>Welcome.</p>", nav=("Start",))
    listing = Page(
        path="documents/index.html",
        title="Documents",
        form=PageForm.HTML,
        body='<p><a href="../documents/PRO-001/index.html">PRO-001</a></p>',
        nav=("Documents",),
        order=20,
    )
    files = (Asset("documents/PRO-001/files/flow.svg", FLOW),)
    return Manual((start, listing, document(), register(made), *made, *pages), files, "Wrenholt", draft)


def built(made: Manual, folder: Path, *, config_file: Path | None = None) -> SiteResult:
    """Build a manual into a folder."""
    return build_site(already(made, STAMP), config_file=config_file, site_dir=folder, shipped=SHIPPED)


if __name__ == "__main__":
    built(manual(), Path(sys.argv[1]))
