"""A document's Markdown: links and mentions lead to pages, everything else stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_ems.pages.addresses import Place
from mkdocs_ems.pages.prose import Targets, linked, plain
from mkdocs_ems.source import parse_file

TARGETS = Targets(
    page="documents/PRO-001/index.html",
    places={
        "OPC-004": Place("registers/controls/OPC-004/index.html", "", 'The "wet" <scrubber>', "control"),
        "PRO-002": Place("documents/PRO-002/index.html", "", "Waste", "procedure"),
        "PRO-009": Place("documents/PRO-009/index.html", "", "Old", "procedure", "withdrawn"),
        "REG-ASP": Place("registers/aspects/index.html", "REG-ASP", "Aspects", "register"),
    },
    paths={"ems/procedures/waste.md": "PRO-002", "ems/registers/aspects.yml": "REG-ASP"},
    files={"ems/procedures/img/flow.png": "documents/PRO-001/files/flow.png"},
)

UP = "../../"


def prose(body: str) -> str:
    """The Markdown of a procedure with this body, ready for its page."""
    text = f"---\nid: PRO-001\ntype: procedure\n---\n{body}"
    source, _ = parse_file("ems/procedures/plating.md", text.encode(), content="ems")
    return linked(source, targets=TARGETS)


def test_a_mention_becomes_a_link_with_the_title_beside_it() -> None:
    html = markdown(prose("Use [[OPC-004]]."))
    assert f'<a href="{UP}registers/controls/OPC-004/index.html"' in html
    assert ">OPC-004</a>" in html
    assert "<scrubber>" not in html


def test_a_mention_with_a_label_says_the_label() -> None:
    assert ">the scrubber</a>" in markdown(prose("Use [[OPC-004|the scrubber]]."))


def test_a_mention_in_a_table_does_not_break_its_columns() -> None:
    html = markdown(prose("| a | b |\n|---|---|\n| [[OPC-004|it]] | x |\n"), extensions=["tables"])
    assert html.count("<td>") == 2
    assert ">it</a>" in html


def test_an_unknown_mention_stays_visible_and_says_so() -> None:
    assert prose("Use [[OPC-404]].") == "Use <mark>OPC&#45;404 (unknown)</mark>.".replace("&#45;", "-")


def test_a_mention_of_something_withdrawn_is_linked_and_marked() -> None:
    assert prose("[[PRO-009]]").endswith(" (withdrawn)")


@pytest.mark.parametrize(
    "body",
    [
        "`[[OPC-004]]` and `[a](waste.md)`",
        "```\n[[OPC-004]] ![x](img/flow.png)\n```",
        "    [[OPC-004]]\n",
        "<!-- [[OPC-004]] -->",
        "[outside](https://wrenholt.example/a) <https://wrenholt.example>",
        "[below](#limits) and [mail](mailto:ehs@wrenholt.example)",
        "plain text with [brackets] and (parentheses)",
    ],
)
def test_code_and_links_elsewhere_stay_as_written(body: str) -> None:
    assert prose(body).rstrip("\n") == body.rstrip("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[waste](waste.md)", f"[waste]({UP}documents/PRO-002/index.html)"),
        ("[waste](./waste.md#skips)", f"[waste]({UP}documents/PRO-002/index.html#skips)"),
        ('[a **b**](waste.md "T")', f'[a **b**]({UP}documents/PRO-002/index.html "T")'),
        ("[aspects](../registers/aspects.yml)", f"[aspects]({UP}registers/aspects/index.html#REG-ASP)"),
        ("![flow](img/flow.png)", f"![flow]({UP}documents/PRO-001/files/flow.png)"),
        ("![flow](<img/flow.png>)", f"![flow](<{UP}documents/PRO-001/files/flow.png>)"),
        (
            "[![flow](img/flow.png)](waste.md)",
            f"[![flow]({UP}documents/PRO-001/files/flow.png)]({UP}documents/PRO-002/index.html)",
        ),
    ],
)
def test_a_link_to_a_document_or_file_leads_to_its_place(body: str, expected: str) -> None:
    assert prose(body).rstrip("\n") == expected


def test_a_link_by_reference_leads_there_too() -> None:
    made = prose("See [the waste][w] and [w].\n\n[w]: waste.md\n")
    assert f"[the waste]({UP}documents/PRO-002/index.html)" in made
    assert f"[w]({UP}documents/PRO-002/index.html)." in made


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[the *form*](form.pdf)", "<mark>the *form* (file not published)</mark>"),
        ("![a <b> map](img/map.png)", "<mark>a &#60;b&#62; map (picture not published)</mark>"),
        ("[up](../../outside.md)", "<mark>up (file not published)</mark>"),
        (
            "[![flow](img/flow.png)](form.pdf)",
            f"<mark>![flow]({UP}documents/PRO-001/files/flow.png) (file not published)</mark>",
        ),
    ],
)
def test_a_file_that_is_not_published_leaves_its_text(body: str, expected: str) -> None:
    assert prose(body).rstrip("\n") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'See <img alt="flow" src="img/flow.png" width="300">.',
            f'See <img alt="flow" src="{UP}documents/PRO-001/files/flow.png" width="300">.',
        ),
        (
            "<figure><img src='img/flow.png'></figure>",
            f"<figure><img src='{UP}documents/PRO-001/files/flow.png'></figure>",
        ),
        ('<a href="waste.md#skips">waste</a>', f'<a href="{UP}documents/PRO-002/index.html#skips">waste</a>'),
        ('See <img src="img/map.png">.', "See <mark>(picture not published)</mark>."),
        ('<a href="form.pdf">the form</a>', "<mark>(file not published)</mark> <a>the form</a>"),
        (
            '<a href="https://wrenholt.example/">outside</a>',
            '<a href="https://wrenholt.example/">outside</a>',
        ),
        ('<a id="here"></a> <a href="#here">here</a>', '<a id="here"></a> <a href="#here">here</a>'),
    ],
)
def test_raw_html_leads_to_the_same_places_as_markdown(body: str, expected: str) -> None:
    assert prose(body).rstrip("\n") == expected


def test_positions_hold_after_wide_characters_and_many_lines() -> None:
    made = prose("ä 🜍 [[OPC-004]] é\r\n\nZwei [[PRO-002]] [[PRO-002]]\n")
    assert made.count("](../../") == 3
    assert "[[" not in made


def test_a_heading_keeps_the_anchor_that_links_were_checked_by() -> None:
    html = markdown(prose("## About [[OPC-004|the scrubber]]\n"), extensions=["toc"])
    assert 'id="about-opc-004the-scrubber"' in html
    assert "the scrubber</a></h2>" in html
    plain_mention = markdown(prose("## About [[OPC-004]]\n"), extensions=["toc"])
    assert plain_mention.count('id="about-opc-004"') == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_plain_text_means_nothing_to_markdown(text: str) -> None:
    html = markdown(f"x{plain(text)}x")
    assert html.startswith("<p>")
    assert html.count("<") == 2
