"""The command's front door: loads a command only when it is called, ends every fault in one line.

Exit codes: 0 clean, 1 findings that fail, 2 usage or environment. Nothing else, ever.
A defect of this program shows its traceback; what a user wrote never causes one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Never

import click

from mkdocs_ems import __version__
from mkdocs_ems.cli.lazy import LazyGroup
from mkdocs_ems.errors import EmsError
from mkdocs_ems.text import show

_COMMANDS = {
    "approvals": "approvals",
    "approve": "approve",
    "build": "build",
    "check": "check",
    "demo": "demo",
    "diff": "diff",
    "explain": "rules",
    "export": "export",
    "history": "history",
    "impact": "impact",
    "ledger": "ledger",
    "new": "new",
    "publish": "publish",
    "register": "register",
    "rules": "rules",
    "schema": "schema",
    "serve": "serve",
    "significance": "significance",
    "trace": "trace",
}

_UNREAD = "who was reading this went away, so it was not finished: let all of it be read to know how it ends"


class _Ems(LazyGroup):
    """The whole command: every fault of the environment or of usage ends in one line."""

    modules = _COMMANDS

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except EmsError as error:
            click.echo(f"ems: {show(str(error))}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # As in `ems check | head`. 0 would say that all is clean, or that an approval is written.
            with suppress(BrokenPipeError):
                click.echo(f"ems: {_UNREAD}", err=True)
            ctx.exit(2)
        except OSError as error:
            # Where nobody foresaw it: a full disk behind the output, a name that no system takes.
            click.echo(f"ems: {show(_refused(error))}", err=True)
            ctx.exit(2)


def _refused(error: OSError) -> str:
    """What the system refused, where, and what is left to do."""
    where = "" if error.filename is None else f" ({os.fsdecode(error.filename)})"
    return f"the system refused: {error.strerror or error}{where}; put that right, and run the command again"


@click.group(
    cls=_Ems,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="ems")
def ems() -> None:
    """An ISO 14001 management system kept in git: check it, read it, show who approved what.

    \b
    Start here:
      ems check                 what is wrong in this folder, where, and how to mend it
      ems build                 the manual, showing the issues in force
      ems register              every controlled document, its issue and its approval
      ems demo my-demo          a whole demonstration company to look around in
    """


def commands() -> Mapping[str, click.Command]:
    """Every command by name, loaded: for the tests that hold the documentation to them."""
    context = click.Context(ems)
    found = ((name, ems.get_command(context, name)) for name in ems.list_commands(context))
    return {name: command for name, command in found if command is not None}


def main() -> None:
    """Run the command; the entry point `ems`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    # A command lives for a second and makes hardly a cycle; `build`, which lives longer, turns it on again.
    gc.disable()
    # No plugin of pydantic's, installed for whatever else, runs on what somebody wrote.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        ems(prog_name="ems")
    except SystemExit as done:
        # From here, where the command's context is still there, and with it what it holds.
        _leave(done.code if isinstance(done.code, int) else int(done.code is not None))
    _leave(0)


def _leave(code: int) -> Never:
    """End at once: everything is closed and written, and freeing a million objects one by one takes time."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:  # None where the caller closed it
                stream.flush()
        except BrokenPipeError:
            pass  # What nobody reads any more need not be written.
        except OSError:
            code = 2
    os._exit(code)
