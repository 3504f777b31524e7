from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.site.frame import (
    DRAFT_BANNER,
    css_text,
    marked_as_draft,
    with_foot,
    with_policy,
    without_forge_facts,
)

PAGE = (
    '<html><head><meta charset="utf-8"></head><body class="x"><script>theirs()</script>'
    "<main><script>hook()</script></main></body></html>"
)


def hashed(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def test_the_policy_names_the_themes_scripts_and_none_of_the_contents() -> None:
    html = with_policy(PAGE, content="<script>hook()</script>")
    assert f"'sha256-{hashed('theirs()')}'" in html
    assert hashed("hook()") not in html
    assert html.index("Content-Security-Policy") < html.index("<script>")
    assert "script-src 'self' file: 'sha256" in html


def test_the_draft_banner_stands_in_the_html_whatever_the_theme() -> None:
    material = '<body><div data-md-component="announce">\n\n    </div></body>'
    assert marked_as_draft(material) == (
        f'<body><div data-md-component="announce">{DRAFT_BANNER}</div></body>'
    )
    assert f'<body class="x">{DRAFT_BANNER}' in marked_as_draft(PAGE)


def test_the_link_to_the_repository_stays_and_its_request_does_not() -> None:
    html = '<a href="https://github.com/x/y" class="md-source" data-md-component="source">x</a>'
    assert without_forge_facts(html) == '<a href="https://github.com/x/y" class="md-source">x</a>'


def test_the_foot_of_printed_sheets_is_a_property_of_the_root() -> None:
    html = with_foot('<html lang="en"><body>', css_text("POL-001 · issue 3"))
    assert html == '<html style="--ems-foot:&quot;POL-001 \\b7  issue 3&quot;" lang="en"><body>'


@given(st.text())
def test_no_text_breaks_out_of_the_foot(text: str) -> None:
    written = css_text(text)
    assert set(written) <= set("\\ .,:()/-") | {char for char in written if char.isascii() and char.isalnum()}
