from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mkdocs_ems import site
from support.killing import LONGEST


def test_only_the_builder_imports_mkdocs() -> None:
    modules = sorted(path.stem for path in Path(site.__path__[0]).glob("*.py"))
    others = ["mkdocs_ems.site", *(f"mkdocs_ems.site.{name}" for name in modules if name[0] != "_")]
    others.remove("mkdocs_ems.site.builder")
    program = (
        f"import importlib, sys\nfor name in {others!r}: importlib.import_module(name)\n"
        "assert not {'mkdocs', 'material'} & set(sys.modules), 'mkdocs was imported'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=LONGEST)
    assert "builder" in modules
