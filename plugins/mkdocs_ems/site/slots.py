"""Places in a finished page for what is known only when it stands beside other versions.

A version is kept with empty places: what is filled in says which versions there are and what is
in force, and that changes without the version. The marks are HTML comments, and content can
bring none: what a user wrote is stripped of comments or escaped. Bytes in, bytes out.
"""

from __future__ import annotations

from mkdocs_ems.errors import OutputError

LAYOUT = 1
"""Of the places in a page: goes up when they move or another is added, and parts are made anew."""

SELECTOR = b"<!--ems:selector-->"
"""In the header: this version among its neighbours. Once in every page."""
NOTICE = b"<!--ems:notice-->"
"""Before the content: that this version is superseded, and by what. Once in every page."""
LISTING = b"<!--ems:versions-->"
"""All versions. On the start page and the page of the versions, at most once."""

_MARK = b"<!--ems:"
"""What all of them begin with."""


def filled(
    page: bytes, *, selector: bytes = b"", notice: bytes = b"", listing: bytes = b"", path: str = "a page"
) -> bytes:
    """The page with its places filled; without anything to fill them, as if it had none.

    Args:
        page: a rendered page.
        selector: HTML for the header.
        notice: HTML for the place before the content.
        listing: HTML for the list of all versions, on the pages that have one.
        path: the page, for the message.

    Raises:
        OutputError: a place that every page has is missing, or is there twice.
    """
    texts = {SELECTOR: selector, NOTICE: notice, LISTING: listing}
    found = dict.fromkeys(texts, 0)
    # Looked through once and copied once, however many places: there are thousands of pages.
    whole, pieces, at = memoryview(page), list[bytes | memoryview](), 0
    begin = page.find(_MARK)
    while begin >= 0:
        for mark, text in texts.items():
            if page.startswith(mark, begin):
                found[mark] += 1
                pieces += whole[at:begin], text
                at = begin + len(mark)
                break
        begin = page.find(_MARK, begin + 1)
    pieces.append(whole[at:])
    for mark in (SELECTOR, NOTICE):
        if found[mark] != 1:
            raise OutputError(
                f"{path} has {found[mark]} places {mark.decode()}, not one: its theme leaves no room "
                "for the list of versions; put the header of mkdocs-material back into theme.custom_dir"
            )
    if found[LISTING] > 1:
        raise OutputError(f"{path} has the place {LISTING.decode()} more than once")
    return b"".join(pieces)


def has_listing(page: bytes) -> bool:
    """Whether the page lists all versions, and so changes with each that is added."""
    return LISTING in page
