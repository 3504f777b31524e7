"""The preview that `ems serve` shows: MkDocs' own server, with our plugin, on this machine alone.

What MkDocs does well it does here too: it watches, builds again and has the browser load again.
Where there is no mkdocs.yml the packaged look is used, as `ems build` does. A preview shows what
nobody has approved, so it is served to nobody else.
"""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs_ems.errors import OutputError, UsageError
from mkdocs_ems.text import show

PACKAGED_LOOK = Path(__file__).with_name("mkdocs.default.yml")
"""The look of a manual whose repository has no mkdocs.yml; it lies in no project."""


def serve_preview(
    *, config_file: Path | None, content: Path, address: str, open_browser: bool, tell: Callable[[str], None]
) -> None:
    """Serve a preview of the work tree until somebody ends it.

    Args:
        config_file: the operator's own mkdocs.yml; None for the packaged look, of the folder that
            this process works in.
        content: the content folder.
        address: host and port, `127.0.0.1:8000`; the host must be this machine.
        open_browser: open it as soon as it is there.
        tell: called with each line that MkDocs says.

    Raises:
        UsageError: the address is not this machine's, or the configuration cannot be used.
        OutputError: nothing can be served at that address.
    """
    _check_address(address)
    # Material prints an advertisement at import unless this is set.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve  # noqa: PLC0415 - takes its time, and a wrong address none
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415 - as above

    own: dict[str, Any] = {} if config_file else {"plugins": ["search", "ems"], "docs_dir": str(content)}
    said = _Said(tell)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(said)
    try:
        serve(
            config_file=str(config_file or PACKAGED_LOOK),
            dev_addr=address,
            open_in_browser=open_browser,
            **own,
        )
    except MkDocsException as fault:
        raise UsageError(f"MkDocs cannot show a preview: {show(' '.join(str(fault).split()))}") from fault
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise OutputError(
            f"nothing can be served at {show(address)}: {why}; name another one with --address"
        ) from fault
    finally:
        logger.removeHandler(said)


def _check_address(address: str) -> None:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise UsageError(f"{show(address)!r} is no address; write host and port, such as 127.0.0.1:8000")
    try:
        here = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        here = host == "localhost"
    if not here:
        raise UsageError(
            f"{show(host)!r} is not this machine: a preview shows what nobody has approved, so it is served "
            "at 127.0.0.1 alone; for others build a site with `ems build`"
        )


class _Said(logging.Handler):
    """Hands on what MkDocs says, and hides what it says of every request of a browser."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        said = show(record.getMessage())
        of_requests = record.name.startswith("mkdocs.livereload") and record.levelno <= logging.INFO
        if not of_requests or said.startswith("Serving on"):
            self._tell(said)
