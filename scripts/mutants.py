"""Takes single steps out of the code and shows the story that then fails: `dev.py mutants control`.

A rule that no test would miss is no promise. `tests/control/mutants.toml`, and those of `changes`,
`site` and `hostile` (as `trust`), list the steps; each names a piece of a module, what stands there
instead, and the story that must fail then. Nothing is written into the package: a hook in the test's
own process gives the changed text for that one module (`mutant_hook`).

A mutant that survives is an error, and so are a piece of text that is not found exactly once
(the code has moved on) and a story that does not exist.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_ems"
TABLES = {room: ROOT / "tests" / room / "mutants.toml" for room in ("control", "changes", "site")}
TABLES["trust"] = ROOT / "tests" / "hostile" / "mutants.toml"
LIBRARIES = (
    "click",
    "git",
    "hypothesis",
    "jinja2",
    "markdown",
    "markdown_it",
    "pint",
    "pydantic",
    "rich",
    "syrupy",
    "yaml",
)
"""What nearly every story imports; it is read once for all of them."""
_FAILED = 1
"""pytest's own word for: the tests ran, and some failed. Anything else is a fault of the mutant."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One step taken out."""

    step: str
    """Section of the algorithm and its name: `5.5 binding`."""
    without: str
    """What the code no longer does."""
    module: str
    """The file below the package."""
    old: str
    new: str
    story: str
    """The test that must fail, as pytest names it, below `tests/`."""

    @property
    def words(self) -> str:
        """One line for who reads the list."""
        return f"{self.step}: {self.without}"


def mutants(table: Path) -> Iterator[Mutant]:
    """The mutants of a table, in its order."""
    for entry in tomllib.loads(table.read_text(encoding="utf-8"))["mutant"]:
        yield Mutant(**entry)


def fault(mutant: Mutant, folder: Path) -> str:
    """Why a mutant proves nothing; empty where its story fails as it should."""
    source = PACKAGE / mutant.module
    text = source.read_text(encoding="utf-8")
    found = text.count(mutant.old)
    if found != 1:
        return f"its text stands {found} times in {mutant.module}, not once"
    changed = folder / f"{os.getpid()}.py"
    changed.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    name = "mkdocs_ems." + mutant.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    os.environ |= {"EMS_MUTANT_MODULE": name, "EMS_MUTANT_TEXT": str(changed)}
    returned, printed = _pytest(mutant.story, folder / f"{os.getpid()}.txt")
    if returned == 0:
        return f"it survives: tests/{mutant.story} passes without the step"
    if returned != _FAILED:
        return f"its story did not run: {printed.strip().splitlines()[-1]}"
    return ""


def _pytest(story: str, output: Path) -> tuple[int, str]:
    """Run a story in this process, which has not read the package yet: pytest's word, and what it printed."""
    assert "mkdocs_ems" not in sys.modules, "what was read already would not be changed"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "scripts"))
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    with output.open("wb") as opened:
        for stream in (1, 2):
            os.dup2(opened.fileno(), stream)
    # The first failure is enough; two mutants at once share no cache; nobody reads the asserts taken apart.
    options = [
        "-q",
        "-x",
        "--no-header",
        "--tb=no",
        "--assert=plain",
        "-p",
        "mutant_hook",
        "-p",
        "no:cacheprovider",
    ]
    returned = pytest.main([*options, f"tests/{story}"])
    sys.stdout.flush()
    return int(returned), output.read_text(encoding="utf-8", errors="replace")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every mutant's story fails; 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="dev.py mutants", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("what", choices=sorted(TABLES))
    parser.add_argument("--only", default="", help="those whose words or module hold this text")
    options = parser.parse_args(arguments)
    chosen = [one for one in mutants(TABLES[options.what]) if options.only in f"{one.words} {one.module}"]
    for library in LIBRARIES:
        importlib.import_module(library)
    # A process each, forked from one that has read the libraries; none of the package is read before that.
    with (
        tempfile.TemporaryDirectory(prefix="ems-mutants-") as folder,
        multiprocessing.Pool(2, maxtasksperchild=1) as pool,
    ):
        faults = pool.starmap(fault, [(one, Path(folder)) for one in chosen], chunksize=1)
    for mutant, told in zip(chosen, faults, strict=True):
        print(f"{'FAULT' if told else 'ok   '} {mutant.words}")
        print(f"      {told or f'told by {mutant.story}'}")
    bad = sum(1 for told in faults if told)
    print(f"\n{len(chosen)} steps taken out, {len(chosen) - bad} of them told by their story.")
    return 1 if bad or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
