from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_ems.source import local_parts, parse_file, read_docs_dir, read_identity


@pytest.mark.parametrize(
    ("path", "text", "identity"),
    [
        ("a.md", "---\nid: POL-001\ntitle: x\n---\n# T\n", "POL-001"),
        ("a.md", "---\r\nid: POL-001\r\n---\r\n", "POL-001"),
        ("a.md", "\ufeff---\nid: POL-001\n---\n", "POL-001"),
        ("a.md", "---\ntitle: x\nid: 'POL-001' # the id\n---\n", "POL-001"),
        ("a.md", '---\n"id": "POL-001"\n---\n', "POL-001"),
        ("a.md", "---\nid: >\n  POL-001\n---\n", "POL-001\n"),
        ("a.md", "---\n{id: POL-001}\n---\n", "POL-001"),
        ("a.md", "---\nid: POL\n  001\n---\n", "POL 001"),
        ("a.md", "---\nid: Pölicy\n---\n", "Pölicy"),
        ("a.md", "---\nid:\n---\n", None),
        ("a.md", "---\nid: [POL-001]\n---\n", None),
        ("a.md", "---\ntitle: x\nx: {id: POL-001}\n---\n", None),
        ("a.md", "---\ntitle: x\n---\nid: POL-001\n", None),
        ("a.md", "# T\n\n---\nid: POL-001\n---\n", None),
        ("a.md", "---\nid: POL-001\n", None),
        ("a.yml", "id: REG-1\nrows:\n  - id: A-1\n", "REG-1"),
        ("a.yml", "rows:\n  - id: A-1\nid: REG-1\n", "REG-1"),
        ("a.yml", "rows:\n- id: A-1\n  title: x\n", None),
        ("a.yml", "rows:\n  -\n    id: A-1\n", None),
        ("a.yml", "\ufeffid: REG-1\n", "REG-1"),
        ("a.yml", "--- {id: REG-1}\n", "REG-1"),
        ("a.yml", "? id\n: REG-1\n", "REG-1"),
        ("a.yml", "id: REG-1\nrows: [[[\n", "REG-1"),
        ("a.yml", "x: [\nid: REG-1\n", "REG-1"),
        ("a.yml", "", None),
        ("a.yml", "[id, REG-1]\n", None),
        ("a.yml", "id\n", None),
    ],
)
def test_the_id_is_read_from_the_head(path: str, text: str, identity: str | None) -> None:
    assert read_identity(path, text.encode()) == identity


VALUE = st.sampled_from(
    ("POL-001", "'POL-001'", '"POL-001"', "POL-001 # x", "POL-001#x", "a: b", "[x]", "", "no", "é")
)
LINE = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(("id", "title", '"id"', "x y", "idx")), VALUE),
    st.sampled_from(
        ("rows:", "  - id: A-1", "  more", "# id: no", "text: |", "  id: no", "", "t: 'open", "id: x'")
    ),
)


@given(st.lists(LINE, max_size=6).map("\n".join))
@example("id: A\n\n  b")
@example("t: 'open\nid: x'")
@example("id: \n  id: no")
@example("t: 'open\nid: x'\nt: 'open")
def test_where_a_file_can_be_read_the_id_is_that_of_the_full_parse(text: str) -> None:
    for path, data in (("a.yml", text.encode()), ("a.md", f"---\n{text}\n---\n".encode())):
        source, findings = parse_file(path, data, content="")
        if not findings:
            identity = source.data.get("id")
            assert read_identity(path, data) == (identity if isinstance(identity, str) else None)


@given(st.binary(max_size=80))
def test_no_bytes_make_the_reading_of_a_head_raise(data: bytes) -> None:
    for path in ("a.md", "a.yml"):
        for prefix in (b"", b"---\n", b"---\nid: "):
            identity = read_identity(path, prefix + data)
            assert identity is None or isinstance(identity, str)
    assert read_docs_dir(data) is None or read_docs_dir(b"docs_dir: " + data) is not None


@pytest.mark.parametrize(
    ("text", "docs_dir"),
    [
        ("site_name: x\ndocs_dir: ems\n", "ems"),
        ("docs_dir: 'a b'\n", "a b"),
        ("x: !!python/object/apply:os.system [exit]\ndocs_dir: ems\n", "ems"),
        ("x: !ENV [A, b]\ny: &a {<<: *a}\ndocs_dir: ems\n", "ems"),
        ("docs_dir: !ENV [A, b]\n", None),
        ("docs_dir: !ENV A\n", "A"),
        ("x:\n  docs_dir: no\n", None),
        ("? [docs_dir]\n: no\n", None),
        ("docs_dir:\n", None),
        ("docs_dir: {a: b}\n", None),
        ("- docs_dir\n", None),
        ("x: [\ndocs_dir: ems\n", None),
        ("a: b\na: c\ndocs_dir: ems\n", "ems"),
        ("x: " + "[" * 50_000, None),
        ("", None),
    ],
)
def test_docs_dir_is_the_one_thing_read_of_an_mkdocs_yml(text: str, docs_dir: str | None) -> None:
    assert read_docs_dir(text.encode()) == docs_dir


HEAD = "---\nid: PRO-001\n---\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("![f](img/flow.png)\n", [("img/flow.png", "ems/procedures/img/flow.png")]),
        ("[f](../forms/a.pdf)\n", [("../forms/a.pdf", "ems/forms/a.pdf")]),
        (
            "[f](a.pdf#page=2) [f](a.pdf)\n",
            [("a.pdf#page=2", "ems/procedures/a.pdf"), ("a.pdf", "ems/procedures/a.pdf")],
        ),
        (
            "![f](a%20b.png) ![f](<c d.png>)\n",
            [("a%20b.png", "ems/procedures/a b.png"), ("c d.png", "ems/procedures/c d.png")],
        ),
        ("[f][r]\n\n[r]: a.pdf 'T'\n", [("a.pdf", "ems/procedures/a.pdf")]),
        (
            '<img src="a.png"> <object data="b.svg"></object>\n',
            [("a.png", "ems/procedures/a.png"), ("b.svg", "ems/procedures/b.svg")],
        ),
        ("<a href='a.docx'>x</a>\n", [("a.docx", "ems/procedures/a.docx")]),
        ("<img/src=a.png>\n", [("a.png", "ems/procedures/a.png")]),
        ("![f](a.png) ![f](a.png)\n", [("a.png", "ems/procedures/a.png")]),
        ("[f](LICENSE)\n", [("LICENSE", "ems/procedures/LICENSE")]),
        ("[f](b%2Emd) [f](c.MD) [f](d.yml#x) [f](e.yaml?f)\n", []),
        ("[f](#top) [f](https://e.example/a.png) [f](//e.example/a.png) [f](mailto:a@e.example)\n", []),
        ("[f](/etc/passwd) [f](../../../a.png) [f](..) [f](sub/)\n", [("..", "ems")]),
        ("`![f](a.png)` <!-- ![f](b.png) -->\n\n    ![f](c.png)\n\n```\n![f](d.png)\n```\n", []),
        ("[[ASP-001]] and text (a.png)\n", []),
        ("[f](a.png\n", []),
    ],
)
def test_a_part_is_a_local_file_that_the_text_embeds_or_attaches(
    text: str, parts: list[tuple[str, str]]
) -> None:
    assert list(local_parts("ems/procedures/a.md", (HEAD + text).encode())) == parts


def test_a_register_has_no_parts() -> None:
    assert local_parts("ems/registers/a.yml", b"note: '![f](a.png)'\n") == ()


PIECE = st.sampled_from(
    (
        *(
            "![f](a.png)",
            "[f](b.md)",
            '[f](c.pdf "t")',
            "[f](<d e.png>)",
            "[f](<b.md f.png>)",
            "[f]( g.svg )",
        ),
        *(
            "[f](h_(i).png)",
            "[f](j\\).png)",
            "[f][r]",
            "\n\n[r]: k.png\n\n",
            "[r]:\n  <l.pdf>\n",
            "`![f](m.png)`",
        ),
        *(
            '<img src="n.png">',
            "<img src=o.png>",
            "<img/src=x.png>",
            "<IMG SRC = 'p.png'>",
            "<img\nsrc='q.png'>",
            "<a href='b.md'>",
        ),
        *(
            '<source srcset="r.png 1x, s.png">',
            "[f](b.md?t.png)",
            "[f](b.md#u.png)",
            "text",
            " ",
            "\n",
            "\n\n",
        ),
        *("[f](\n  v.png)", "[[A-1]]", "[f](&amp;.md)", "[f](w.md\\))"),
    ),
)


@given(st.lists(PIECE, max_size=6).map("".join))
def test_the_search_before_parsing_misses_no_part(text: str) -> None:
    data = (HEAD + text).encode()
    source, _ = parse_file("ems/a.md", data, content="ems")
    assert source.body is not None
    local = (".md", ".yml", ".yaml")
    written = {link.target for link in source.body.links}
    parts = {target for target, path in local_parts("ems/a.md", data) if not path.endswith(local)}
    elsewhere = {target for target in written if target.partition("#")[0].partition("?")[0].endswith(local)}
    assert written - parts <= elsewhere | {""}
