"""What a browser shows or saves and never runs: by a file's ending, and of a drawing by what stands in it.

A page or script that came as an attachment, or a drawing that carries one, would run with the
manual's own rights. Nothing here opens a file.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

INERT = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "bmp",
        "tif",
        "tiff",
        "pdf",
        "csv",
        "tsv",
        "txt",
        "log",
        "json",
        "xlsx",
        "xls",
        "ods",
        "docx",
        "doc",
        "odt",
        "pptx",
        "ppt",
        "odp",
        "zip",
        "7z",
        "dwg",
        "dxf",
        "step",
        "stp",
        "eml",
        "msg",
        "mp3",
        "mp4",
        "webm",
        "ogg",
        "wav",
    ]
)
"""Endings of files that a browser shows or saves but never runs."""

_SVG_FORBIDDEN = frozenset(
    [
        "script",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "handler",
        "listener",
        "audio",
        "video",
        "animate",
        "set",
        "animatemotion",
        "animatetransform",
    ]
)
_URL_IN_STYLE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression|\\", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")


def is_inert(path: str, data: bytes) -> bool:
    """Whether a file may be published: it runs nothing when a browser opens it."""
    ending = PurePosixPath(path).suffix.lower().removeprefix(".")
    return ending in INERT or (ending == "svg" and _is_inert_drawing(data))


class _ActiveError(Exception):
    """A drawing holds something that acts."""


class _Drawing:
    """Watches an SVG go by; raises at scripts, handlers, outside addresses, entities, style sheets."""

    def __init__(self) -> None:
        self._style: list[str] | None = None

    def refuse(self, *_: object) -> None:
        """A document type may declare entities, an instruction may name a style sheet."""
        raise _ActiveError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; within a style sheet there is none."""
        local = name.rpartition(":")[2].lower()
        if self._style is not None or local in _SVG_FORBIDDEN:
            raise _ActiveError
        if any(_acts(key, value) for key, value in attributes.items()):
            raise _ActiveError
        if local == "style":
            self._style = []

    def text(self, value: str) -> None:
        """A piece of text; comments cut a style sheet's into several."""
        if self._style is not None:
            self._style.append(value)

    def end(self, _name: str) -> None:
        """An element ends; a style sheet is judged as a whole."""
        if self._style is not None and _URL_IN_STYLE.search("".join(self._style)):
            raise _ActiveError
        self._style = None


def _is_inert_drawing(data: bytes) -> bool:
    # Imported here: most content holds no drawing.
    from xml.parsers import expat  # noqa: PLC0415 - as said

    parser, drawing = expat.ParserCreate(), _Drawing()
    parser.StartDoctypeDeclHandler = drawing.refuse
    parser.ProcessingInstructionHandler = drawing.refuse
    parser.StartElementHandler = drawing.start
    parser.CharacterDataHandler = drawing.text
    parser.EndElementHandler = drawing.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _ActiveError, ValueError):
        return False
    return True


def _acts(key: str, value: str) -> bool:
    name = key.rpartition(":")[2].lower()
    if name.startswith("on") or key == "xml:base":
        return True
    if name in ("href", "src"):
        return not (value.strip().startswith("#") or _DATA_PICTURE.fullmatch(value.strip()))
    if name == "xmlns" or key.lower().startswith("xmlns:"):
        return False
    return bool(_URL_IN_STYLE.search(value)) or "javascript:" in value.lower()
