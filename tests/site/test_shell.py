from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.pages import Page, PageForm, TocEntry
from mkdocs_ems.site.shell import Marks, ShellKey, cut
from support.manuals import row

MARKS = Marks.of(("Wrenholt",))
SHELL = f"""<title>{MARKS.title} - Wrenholt</title>
<link rel="canonical" href="https://x.example/registers/aspects/{MARKS.address}/index.html">
<a class="skip" href="#{MARKS.anchor}">skip</a>
<nav><ul>
  <li class="other"><a href="x">x</a></li>
  <li class="entry"><a href="#{MARKS.anchor}"> {MARKS.entry} </a></li>
</ul></nav>
<h1>{MARKS.body}</h1>"""


def test_a_row_page_is_the_shell_with_its_marks_replaced() -> None:
    page = row("ASP-001", "Solvent & heat")
    assert cut(SHELL, MARKS).page(page, page.html).decode() == (
        "<title>ASP-001 Solvent &amp; heat - Wrenholt</title>\n"
        '<link rel="canonical" href="https://x.example/registers/aspects/ASP-001/index.html">\n'
        '<a class="skip" href="#ems--links">skip</a>\n'
        "<nav><ul>\n"
        '  <li class="other"><a href="x">x</a></li>\n'
        '  <li class="entry"><a href="#ems--links"> Links </a></li>\n'
        "</ul></nav>\n"
        f"{page.body}"
    )


def test_the_table_of_contents_has_an_entry_for_each_of_the_rows_own() -> None:
    toc = (TocEntry(2, "A", "a"), TocEntry(3, "<B>", 'b"'))
    page = Page("r/X-1/index.html", "X-1", PageForm.ROW, "<h1>x</h1>", toc=toc)
    html = cut(SHELL, MARKS).page(page, page.html).decode()
    assert html.count('<li class="entry">') == 2
    assert '<a href="#b&quot;"> &lt;B&gt; </a>' in html


def test_a_body_without_a_heading_gets_the_title_as_one() -> None:
    page = Page("r/X-1/index.html", "A <b> title", PageForm.ROW, "<p>x</p>")
    html = cut(f"<h1>{MARKS.body}</h1>", MARKS).page(page, page.html).decode()
    assert html == "<h1>A &lt;b&gt; title</h1>\n<p>x</p>"


def test_rows_of_one_folder_share_a_shell_and_others_do_not() -> None:
    plain = Page("registers/aspects/ASP-9/index.html", "x", PageForm.ROW, "")
    assert ShellKey.of(row("ASP-001", "a")) == ShellKey.of(row("ASP-002", "b"))
    assert ShellKey.of(plain) != ShellKey.of(row("ASP-002", "b"))
    assert ShellKey.of(plain).folder == "registers/aspects"


def test_a_shell_stands_as_deep_as_its_rows() -> None:
    key = ShellKey.of(row("ASP-001", "a"))
    assert key.path(MARKS) == f"registers/aspects/{MARKS.address}/index.html"


@given(st.text())
def test_whatever_a_body_says_it_is_published_as_it_is(body: str) -> None:
    page = Page("r/X-1/index.html", "X-1", PageForm.ROW, f"<h1>x</h1>{body}{MARKS.title}")
    html = cut(f"[{MARKS.content}]", MARKS).page(page, page.html)
    assert html == f"[{page.body}]".encode("utf-8", "xmlcharrefreplace")


@given(st.lists(st.text()))
def test_no_word_of_the_theme_holds_a_mark(words: list[str]) -> None:
    assert not any(Marks.of(words).token in word for word in words)


def test_pages_two_folders_below_a_shelf_share_a_shell_that_is_as_deep() -> None:
    first = Page("documents/POL-001/3/index.html", "x", PageForm.ROW, "<h1>x</h1>", shelf="documents")
    other = Page("documents/PRO-001/1/index.html", "x", PageForm.ROW, "<h1>x</h1>", shelf="documents")
    key = ShellKey.of(first)
    assert key == ShellKey.of(other)
    assert key.path(MARKS).count("/") == first.path.count("/")
    html = f'<link href="https://x.example/{key.path(MARKS)}"><h1>{MARKS.body}</h1>'
    assert cut(html, MARKS).page(other, "<h1>x</h1>").decode() == (
        '<link href="https://x.example/documents/PRO-001/1/index.html"><h1>x</h1>'
    )
