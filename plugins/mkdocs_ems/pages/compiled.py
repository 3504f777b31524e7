"""Templates compiled once, and kept where Python keeps the modules that it compiled.

Compiling the templates of a theme and of these pages takes as long as rendering a hundred
documents with them. What is kept lies beside this package's own compiled modules and is as
trustworthy as they are; it is used only for the very text that it was compiled from. Where
Python writes none (a folder that is read-only, `PYTHONDONTWRITEBYTECODE`), none are kept here.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket

import mkdocs_ems

_FOLDER = Path(cache_from_source(__file__)).parent


class _Compiled(jinja2.FileSystemBytecodeCache):
    """One file a template and kind of environment; a newer text takes the place of an older one."""

    def load_bytecode(self, bucket: Bucket) -> None:
        # Half a file after a power cut is as good as none.
        with suppress(OSError, EOFError, UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Not by its file: a thousand folders of one theme are to leave one file here.
        del filename
        return super().get_cache_key(name)


def keep_compiled(env: jinja2.Environment, *, folder: Path = _FOLDER) -> None:
    """Have an environment keep what it compiles. Its options and extensions must be set already."""
    # Jinja asks for the text alone; what else decides about the code stands in the file's name.
    basis = (
        (mkdocs_ems.__version__, jinja2.__version__, *sorted(env.extensions)),
        (env.trim_blocks, env.lstrip_blocks, env.keep_trailing_newline, env.newline_sequence),
        (env.autoescape, env.block_start_string, env.variable_start_string, env.comment_start_string),
    )
    mark = sha256(repr(basis).encode()).hexdigest()[:12]
    env.bytecode_cache = _Compiled(str(folder), f"template-{mark}-%s.cache")
