"""Gives a changed text for one module of the package: loaded by pytest before anything else.

Which module, and which text, the environment says (`EMS_MUTANT_MODULE`, `EMS_MUTANT_TEXT`).
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module from its own place with another text."""

    def get_code(self, fullname: str) -> CodeType:
        text = Path(os.environ["EMS_MUTANT_TEXT"]).read_bytes()
        return self.source_to_code(text, self.get_filename(fullname))


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del target
        if fullname != os.environ["EMS_MUTANT_MODULE"]:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or spec.origin is None:
            return None
        return importlib.util.spec_from_file_location(
            fullname,
            spec.origin,
            loader=_Changed(fullname, spec.origin),
            submodule_search_locations=spec.submodule_search_locations,
        )


sys.meta_path.insert(0, _Finder())
