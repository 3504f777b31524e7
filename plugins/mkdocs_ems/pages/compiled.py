"""Templates compiled once, and kept where Python keeps the modules that it compiled.

Compiling the templates of a theme and of these pages takes as long as rendering a hundred
documents with them. What is kept lies beside this package's own compiled modules and is as
trustworthy as they are; it is used only for the very text that it was compiled from. Where
Python writes none (a folder that is read-only, `PYTHONDONTWRITEBYTECODE`), none are kept here.

Jinja works out a filter of a constant as it compiles: `{{ "%Y"|today }}`. What a filter of somebody
else's would say in the next build nobody knows, so beside those nothing is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

import mkdocs_ems

_OURS = ("mkdocs", "mkdocs_ems")
_FOLDER = Path(cache_from_source(__file__)).parent


class _Compiled(jinja2.FileSystemBytecodeCache):
    """One file a template and kind of environment; a newer text takes the place of an older one."""

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        # Not by its file: a thousand folders of one theme are to leave one file here. And by what the
        # environment is now: plugins and hooks change it after it was told to keep anything.
        del filename
        return super().get_bucket(environment, name, _kind(environment, name), source)

    def load_bytecode(self, bucket: Bucket) -> None:
        # Half a file after a power cut is as good as none.
        if _says_the_same_tomorrow(bucket.environment):
            with suppress(OSError, EOFError, UnpicklingError):
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode or not _says_the_same_tomorrow(bucket.environment):
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def keep_compiled(env: jinja2.Environment, *, folder: Path = _FOLDER) -> None:
    """Have an environment keep what it compiles."""
    env.bytecode_cache = _Compiled(str(folder), "template-%s.cache")


def _kind(env: jinja2.Environment, name: str) -> str:
    """What beside its text decides about the code of a template."""
    basis = (
        (mkdocs_ems.__version__, jinja2.__version__, type(env).__qualname__, *sorted(env.extensions)),
        (env.trim_blocks, env.lstrip_blocks, env.keep_trailing_newline, env.newline_sequence),
        (env.block_start_string, env.variable_start_string, env.comment_start_string),
        (env.block_end_string, env.variable_end_string, env.comment_end_string),
        (env.line_statement_prefix, env.line_comment_prefix, env.optimized, env.is_async),
        env.autoescape(name) if callable(env.autoescape) else env.autoescape,
    )
    return repr(basis)


def _says_the_same_tomorrow(env: jinja2.Environment) -> bool:
    """Whether all that Jinja may call as it compiles is its own, MkDocs' or ours."""
    return env.finalize is None and _known(env.filters, FILTERS) and _known(env.tests, TESTS)


def _known(named: Mapping[str, object], usual: Mapping[str, object]) -> bool:
    return all(
        usual.get(name) is one or str(getattr(one, "__module__", "")).partition(".")[0] in _OURS
        for name, one in named.items()
    )
