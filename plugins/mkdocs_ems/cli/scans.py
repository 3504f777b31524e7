"""Scans of signed prints: read, looked at, and named. What they show, only people can judge."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.control.records import ScanSource
from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show

_LARGEST = 20 * 1024**2
_FORMS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\0", b"MM\0*"),
}
"""How a file of each kind begins."""
_SPELLINGS = {".jpeg": ".jpg", ".tiff": ".tif"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan, and what a record says of it."""

    data: bytes
    source: ScanSource


def read_scan(path: Path) -> Scan:
    """Read a scan.

    Raises:
        UsageError: it is empty, too large, cannot be read, or is no PDF, PNG, JPEG or TIFF.
    """
    where = show(str(path))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    except OSError as error:
        raise UsageError(f"the scan {where} cannot be read: {error.strerror}") from error
    if size > _LARGEST:
        raise UsageError(
            f"the scan {where} has {size / 1024**2:.0f} MB, more than {_LARGEST // 1024**2} MB would stay "
            "in the repository for ever: scan it in black and white, or with fewer dots"
        )
    suffix = _SPELLINGS.get(path.suffix.lower(), path.suffix.lower())
    form = next((form for form, begins in _FORMS.items() if data.startswith(begins)), None)
    if form is None or suffix != form:
        raise UsageError(
            f"the scan {where} is no PDF, PNG, JPEG or TIFF, or its name ends as if it were another"
        )
    digest = sha256(data).hexdigest()
    return Scan(data, ScanSource(scan=f"scan-{digest[:16]}{form}", sha256=digest))
