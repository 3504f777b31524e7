"""Markdown of every construct that the site knows, one within another; and with what is meant to do harm."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "Oil",
    "waste water",
    "Ölfass",
    "x_y",
    "2026",
    "Health & Safety",
    "*em*",
    "**b** c",
    "`code`",
    "a:b",
    "(c)",
)
WORD = st.sampled_from(WORDS)
TARGET = st.sampled_from(("a.md", "img/b.png", "https://e.example/c?d=e#f", "#top", "g_(h).pdf", "i-j.md#k"))
MENTION = st.sampled_from(("[[OPC-001]]", "[[OPC-002|the scrubber]]"))
INLINE = st.one_of(
    WORD,
    MENTION,
    st.builds("[{}]({})".format, WORD, TARGET),
    st.builds("![{}]({})".format, WORD, TARGET),
    st.builds('[{}]({} "a title")'.format, WORD, TARGET),
    st.builds("[{}](<{}>)".format, WORD, TARGET),
    st.builds("[{}][ref]".format, WORD),
    st.builds("[![{}]({})](z.md)".format, WORD, TARGET),
    st.builds('<a href="{}">{}</a>'.format, TARGET, WORD),
    st.builds('<img src="{}" alt="x">'.format, TARGET),
    st.builds("<img/src={}>".format, TARGET),
    st.builds("<a/ href='{}'>{}</a>".format, TARGET, WORD),
    st.builds("<img\nsrc='{}'>".format, TARGET),
    st.builds("`[{}]({})`".format, WORD, TARGET),
    st.builds("<!-- [{}]({}) -->".format, WORD, TARGET),
    st.builds("*[{}]({})*".format, WORD, TARGET),
    st.builds(r"\[{}]({})".format, WORD, TARGET),
    st.sampled_from(
        ("[ref]", "[ref][]", "[x] y", "[^1]", "<https://auto.example>", "a [b", "c] d", "`", "``e`` f")
    ),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
PLAIN_LINE = st.lists(
    st.one_of(
        WORD, MENTION, st.builds("[{}]({})".format, st.sampled_from(("Oil", "plan b", " two  words")), TARGET)
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def indented(block: str, by: str = "    ") -> str:
    return "\n".join(by + line if line else line for line in block.split("\n"))


def blocks(line: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks of all sorts, some within others."""
    heading = st.builds(
        "{} {}{}".format,
        st.sampled_from(("#", "##", "###", "######")),
        line,
        st.sampled_from(("", " ##", " {#own}", " {: #own .wide }", " #")),
    )
    leaf = st.one_of(
        line,
        st.builds("{}\n{}".format, line, line),
        heading,
        st.builds("{}\n{}".format, line, st.sampled_from(("---", "======"))),
        st.builds("```\n{}\n# no\n```".format, line),
        st.builds("~~~ yaml\n{}\n~~~".format, line),
        st.builds("| a | b |\n|---|---|\n| {} | {} |".format, line, line),
        st.builds("Term\n:   {}".format, line),
        st.builds("<div>\n{}\n</div>".format, line),
        st.builds('<div markdown="1">\n{}\n</div>'.format, line),
        st.builds("[^1]: {}".format, line),
        st.sampled_from(("---", '[ref]: r.md "R"', "<!-- # no\n\n[x](y) -->", "    indented [x](y.md)")),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda block: "- " + indented(block).lstrip()),
            inner.map(lambda block: "1. " + indented(block).lstrip()),
            inner.map(lambda block: "* first\n" + indented(block)),
            inner.map(lambda block: "\n".join(f"> {row}".rstrip() for row in block.split("\n"))),
            inner.map(lambda block: "!!! note\n" + indented(block)),
            inner.map(lambda block: '??? tip "More"\n' + indented(block)),
            st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
        ),
        max_leaves=4,
    )


DOCUMENT = st.lists(blocks(LINE), min_size=1, max_size=6).map("\n\n".join)
TIGHT = st.lists(blocks(PLAIN_LINE), min_size=1, max_size=8).flatmap(
    lambda parts: st.sampled_from(("\n\n", "\n")).map(lambda between: between.join(parts)),
)

HARMFUL = (
    "<script>hook()</script>",
    "<img src=x onerror=hook()>",
    "<svg onload=hook()><title>",
    "<a href='java&#10;script:hook()'>x</a>",
    "[x](javascript:hook())",
    "# x {onclick=hook() style='x'}",
    "<p style='background:url(https://evil.example)'>",
    "<form action=https://evil.example><input name=a><button>",
    "<iframe srcdoc='<script>'>",
    "<math><mtext></p><style>",
    "<noscript><p title='</noscript><img src=x onerror=hook()>'>",
    "![x](//evil.example/a.png)",
    "[x](//evil.example)",
    "<!-- <script> --><b",
    "</div></div></main>",
    "<table><tr><td></table><h1>",
    '=== "One"\n\n    <script>x</script>',
    "- [x] done\n- [ ] not",
    "``` mermaid\ngraph LR\n```",
    "{{ config }}{% raw %}",
    "&#27;[31m&#x202e;&lrm;",
    '<h2 id="__search">x</h2>',
    '<input type="radio" name="__tabbed_1" id="__drawer">',
    "*[HTML]: <b>\n\nHTML",
    "[^1]\n\n[^1]: <script>hook()</script>",
    '--8<-- "/etc/passwd"',
)
"""What would run, ask another host, or play a part that is not its own."""

_HARMFUL_BLOCK = st.integers(0, 2).flatmap(lambda one: st.sampled_from(HARMFUL) if one else blocks(LINE))
HOSTILE_DOCUMENT = st.lists(_HARMFUL_BLOCK, min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from(("\n\n", "\n", " ")).map(lambda between: between.join(parts)),
)
