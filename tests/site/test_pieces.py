from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.site import pieces
from mkdocs_ems.site.pieces import Cutting, Joining, Layout
from mkdocs_ems.site.slots import NOTICE, SELECTOR

WORDS = st.sampled_from(
    [b"<title>", b"</title>", b"</nav>", b"<article", b"</article>", SELECTOR, NOTICE, b"text", b"\n", b""]
)
FILES = st.dictionaries(
    st.from_regex(r"[a-c]{1,3}\.(html|js)", fullmatch=True), st.lists(WORDS, max_size=12).map(b"".join)
)


def cut(files: dict[str, bytes]) -> tuple[Layout, list[bytes]]:
    cutting = Cutting()
    for path, data in files.items():
        cutting.add(path, data)
    layout, blocks = cutting.cut()
    return layout, list(blocks)


def page(title: str, body: str) -> bytes:
    head = "<head>of all pages</head>" * 20
    return (
        f"{head}<title>{title}</title>{NOTICE.decode()}{SELECTOR.decode()}<nav>{head}</nav>"
        f"<article>{body}</article>{head}"
    ).encode()


@settings(max_examples=60)
@given(files=FILES, size=st.sampled_from([1, 20, 1 << 18]))
def test_joined_the_pieces_are_the_files_again(files: dict[str, bytes], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "_BLOCK", size)
        layout, blocks = cut(files)
    again = Layout.read(layout.written)
    joining = Joining(again, lambda at: blocks[at])
    assert {path: joining.file(path) for path in sorted(files)} == files
    assert {path: again.size(path) for path in again.files} == {path: len(files[path]) for path in files}
    assert list(again.block_sizes()) == [len(block) for block in blocks]
    for path in sorted(files, reverse=True):
        assert joining.file(path) == files[path]


@given(files=FILES)
@settings(max_examples=30)
def test_the_order_in_which_files_come_changes_nothing(files: dict[str, bytes]) -> None:
    there, back = cut(files), cut(dict(reversed(files.items())))
    assert (there[0].written, there[1]) == (back[0].written, back[1])


def test_what_pages_have_in_common_stands_once() -> None:
    files = {f"{number}.html": page(f"Row {number}", f"Body {number}") for number in range(100)}
    _, blocks = cut(files)
    assert sum(map(len, blocks)) < 8_000
    assert sum(map(len, files.values())) > 150_000


def test_read_in_order_no_block_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_BLOCK", 200)
    files = {f"{number:03}.html": page(f"Row {number}", f"Body {number}" * 9) for number in range(50)}
    layout, blocks = cut(files)
    read: list[int] = []

    def block(at: int) -> bytes:
        read.append(at)
        return blocks[at]

    joining = Joining(layout, block)
    assert {path: joining.file(path) for path in files} == files
    assert sorted(read) == list(range(len(blocks)))
    assert len(blocks) >= 20


def test_for_one_page_little_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_BLOCK", 200)
    files = {f"{number:03}.html": page(f"Row {number}", f"Body {number}" * 9) for number in range(50)}
    layout, blocks = cut(files)
    reads = count()

    def block(at: int) -> bytes:
        next(reads)
        return blocks[at]

    assert Joining(layout, block).file("031.html") == files["031.html"]
    assert next(reads) <= 8
    assert len(blocks) >= 20


def test_a_block_of_another_size_is_told() -> None:
    layout, blocks = cut({"a.html": b"text"})
    with pytest.raises(ValueError, match="not as large"):
        Joining(layout, lambda at: blocks[at] + b"!").file("a.html")
