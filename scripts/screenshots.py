"""Pictures of the built manual for the README and for looking at it: desktop and phone, light and dark.

Needs `dev.py build` first, and Debian's chromium. Writes to `build/screenshots/`;
`--readme` also renews the picture in `docs/images/`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "build" / "site"
OUT = ROOT / "build" / "screenshots"
README_PICTURE = ROOT / "docs" / "images" / "manual.png"

PAGES = {
    "start": "index.html",
    "work": "work/index.html",
    "role": "work/roles/ROL-OPS/index.html",
    "area": "work/areas/alder-way/etp/index.html",
    "policy": "documents/POL-001/index.html",
    "procedure": "documents/P-08/index.html",
    "aspects": "registers/aspects/index.html",
    "aspect": "registers/aspects/ASP-003/index.html",
    "obligation": "registers/obligations/OBL-003/index.html",
    "measurement": "registers/measurements/MON-004/index.html",
    "objective": "registers/objectives/OBJ-001/index.html",
    "performance": "performance/index.html",
    "traceability": "traceability/index.html",
    "clauses": "clauses/index.html",
    "clauses-2015": "clauses/2015/index.html",
    "document-register": "document-register/index.html",
    "history": "histories/P-08/index.html",
    "pending": "pending/index.html",
    "approval": "how-approval-works/index.html",
    "readiness": "readiness/index.html",
    "rule": "rules/ASP010/index.html",
}
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def main() -> int:
    """Take every page at every size in both schemes."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("screenshots need Debian's package chromium")
        return 1
    if not (SITE / "index.html").exists():
        print("there is no manual yet: python3 scripts/dev.py build")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            for scheme in ("light", "dark"):
                for size in SIZES:
                    _take(browser, scheme, size)
        finally:
            browser.close()
    if "--readme" in sys.argv[1:]:
        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(OUT / "aspect-desktop-light.png", README_PICTURE)
    print(f"pictures are in {OUT.relative_to(ROOT)}")
    return 0


def _take(browser: Browser, scheme: str, size: str) -> None:
    context = browser.new_context(
        viewport=SIZES[size], color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto((SITE / path).as_uri())
        page.screenshot(path=OUT / f"{name}-{size}-{scheme}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
