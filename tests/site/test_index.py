from __future__ import annotations

import json
import re
from datetime import date

from mkdocs_ems.site.index import complete_search_index, complete_sitemap, sections
from support.manuals import document, manual, row


def test_a_document_is_found_by_its_sections() -> None:
    html = (
        '<h1 id="t">Title</h1><p>Intro</p><h2 class="x" id="scope">Scope<a class="headerlink" '
        'href="#scope">¶</a></h2><p>All of<br>it &lt;here&gt;</p><h3>No anchor</h3><p>more</p>'
    )
    assert sections(html) == (("", "", "Intro"), ("scope", "Scope", "All of it &lt;here&gt; more"))


def test_every_page_has_its_entry_and_what_the_theme_said_of_it_is_gone() -> None:
    theirs = {"location": "documents/PRO-001/index.html#x", "title": "x", "text": "x"}
    foreign = {"location": "other.html", "title": "o", "text": "o"}
    pages = (document(title="Rinse & <b>"), row("ASP-001", "Solvent"))
    text = complete_search_index(
        json.dumps({"config": {"lang": ["en"]}, "docs": [theirs, foreign]}),
        pages,
        {pages[0].path: (("", "", "Intro"), ("scope", "Scope", "All"))},
    )
    assert json.loads(text) == {
        "config": {"lang": ["en"]},
        "docs": [
            foreign,
            {
                "location": "documents/PRO-001/index.html",
                "title": "PRO-001 Rinse &amp; &lt;b&gt;",
                "text": "PRO-001 Intro",
            },
            {"location": "documents/PRO-001/index.html#scope", "title": "Scope", "text": "All"},
            {
                "location": "registers/aspects/ASP-001/index.html",
                "title": "ASP-001 Solvent",
                "text": "Solvent to air",
            },
        ],
    }


def test_words_end_at_punctuation_unless_the_operator_says_otherwise() -> None:
    def separator(theirs: str) -> str:
        text = complete_search_index(json.dumps({"config": {"separator": theirs}, "docs": []}), (), {})
        found: str = json.loads(text)["config"]["separator"]
        return found

    words = re.compile(separator(r"[\s\-]+")).split
    text = "hose (tank T1), pH 6.5. TE/AW/0417 ASP-013 a &amp; b"
    assert [word for word in words(text) if word] == [
        *("hose", "tank", "T1", "pH", "6.5", "TE", "AW", "0417", "ASP", "013", "a", "b"),
    ]
    assert separator("[ ]") == "[ ]"


def test_the_sitemap_names_rows_and_no_shell() -> None:
    text = complete_sitemap(
        "<urlset>\n    <url>\n <loc>https://x.example/index.html</loc>\n    </url>"
        "\n    <url>\n <loc>https://x.example/emsmark1Address/index.html</loc>\n    </url>\n</urlset>",
        base="https://x.example/",
        paths=[page.path for page in manual().pages if page.path.startswith("registers/aspects/A")],
        shells="emsmark1",
        changed=date(2026, 11, 28),
    )
    assert "emsmark1" not in text
    assert text.count("<url>") == text.count("</url>") == 4
    assert "<loc>https://x.example/registers/aspects/ASP-002/index.html</loc>" in text
    assert "<lastmod>2026-11-28</lastmod>" in text
    assert text.endswith("</urlset>")
