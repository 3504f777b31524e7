"""One door to everything a developer does: build, test, check, mutants, new-rule, bench, lock, sbom and more.

Standard library only, so that it runs on a fresh machine with Python 3.11 and git.
It makes `.venv` from the hashed lock file by itself, and again whenever that file changes
or what pyproject.toml says of the package. CI runs `dev.py test` and nothing cleverer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "made-from.sha256"
BUILD = ROOT / "build"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder below it is made by `tempfile`
MOST_IN_MEMORY = 7_000_000_000
"""Bytes that the tests may need for their files: half as much again as they were seen to need."""
AS_OF = "2026-11-20"
"""The date the demonstration is judged at, so that its findings stay the same."""


class Failed(Exception):  # noqa: N818 - reads as what happened
    """A step did not pass; the message says what to do."""


# --- The environment ----------------------------------------------------------------------


def ensure_venv() -> None:
    """Make or renew `.venv` so that it holds exactly what the lock file names."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        raise Failed(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if shutil.which("git") is None:
        raise Failed("git is needed and was not found on the PATH")
    if shutil.which("ssh-keygen") is None:
        raise Failed(
            "ssh-keygen is needed and was not found on the PATH; on Debian: apt install openssh-client"
        )
    wanted = _lock_digest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    print(f"Making {VENV.name} from requirements.lock (once; about a minute) …", flush=True)
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships venv without it
        import venv  # noqa: PLC0415 - as above
    except ImportError:
        raise Failed(
            "this Python cannot make virtual environments; on Debian or Ubuntu install its package: "
            f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        ) from None
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "--require-hashes", "--requirement", "requirements.lock"])
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    # As pip does for what it installs: the first run is not the one that compiles.
    _run([PYTHON, "-m", "compileall", "-q", "plugins"])
    STAMP.write_text(wanted, encoding="ascii")


def _lock_digest() -> str:
    import tomllib  # noqa: PLC0415 - younger than the oldest Python that is told so in a sentence

    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    digest.update((ROOT / "requirements.lock").read_bytes())
    # What is installed, and how; settings of the checks change nothing in the environment.
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = {
        "build-system": told["build-system"],
        "project": told["project"],
        "hatch": told["tool"]["hatch"],
    }
    digest.update(json.dumps(installed, sort_keys=True).encode())
    return digest.hexdigest()


def _run(command: Sequence[str | Path], *, quiet: bool = False, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        if quiet:
            print(done.stdout, end="")
        raise Failed(
            f"`{' '.join(Path(str(part)).name for part in command[:4])} …` ended with {done.returncode}"
        )


def _ems(*arguments: str) -> list[str | Path]:
    command: list[str | Path] = [PYTHON, "-m", "mkdocs_ems"]
    return [*command, *arguments]


# --- What it can do -----------------------------------------------------------------------


def build(_: argparse.Namespace) -> None:
    """Make the demonstration's repository and its manual, and say where the manual is."""
    demo, site = BUILD / "demo", BUILD / "site"
    if demo.exists():
        _remove(demo)
    BUILD.mkdir(exist_ok=True)
    _run(_ems("demo", str(demo)), quiet=True)
    of = ("--repo", str(demo), "--ref", "main", "--as-of", AS_OF)
    _run(_ems("build", *of, "--permanent", "--site-dir", str(site)))
    print(f"\nThe manual is ready. Open this page in a browser:\n  {(site / 'index.html').as_uri()}")


def _remove(folder: Path) -> None:
    def writable(function: Callable[[str], object], path: str, _: object) -> None:
        os.chmod(path, 0o700)  # noqa: PTH101 - git's objects are read-only, which Windows refuses to delete
        function(path)

    shutil.rmtree(folder, onerror=writable)


def _steps(*, everything: bool) -> list[tuple[str, Callable[[], None]]]:
    # Each takes half of the tests, in their order, and then half of what the other has left: so what the
    # tests of a module have in common is made once, as a rule.
    tests = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
    fast = ["-m", "not slow and not browser"] if not everything else []
    steps: list[tuple[str, Callable[[], None]]] = [
        ("ruff", lambda: _run([PYTHON, "-m", "ruff", "check", "--quiet", "."])),
        ("ruff format", lambda: _run([PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."])),
        ("import contract", lambda: _run([BIN / "lint-imports", "--no-cache"], quiet=True)),
        ("mypy strict", lambda: _run([PYTHON, "-m", "mypy"])),
    ]
    if not everything:
        steps.append(("tests", lambda: _run([*tests, *fast])))
        return steps
    steps += [
        ("tests, documentation, browser", lambda: _run(tests)),
        ("mutants of document control", lambda: _run([PYTHON, "scripts/mutants.py", "control"], quiet=True)),
        ("mutants of differences", lambda: _run([PYTHON, "scripts/mutants.py", "changes"], quiet=True)),
        ("mutants of what is kept", lambda: _run([PYTHON, "scripts/mutants.py", "site"], quiet=True)),
        ("expected findings of ems/", lambda: _run([PYTHON, "scripts/demo_findings.py", "--check"])),
        ("mkdocs build --strict", _mkdocs_strict),
    ]
    return steps


def _mkdocs_strict() -> None:
    site = BUILD / "mkdocs-strict"
    command = [PYTHON, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site]
    _run(command, env={"NO_MKDOCS_2_WARNING": "1"})


@contextmanager
def _in_memory() -> Iterator[None]:
    """Have the steps make their files for a while in memory, where there is plenty of it.

    The tests make and remove hundreds of thousands of files, which many disks are slow at.
    """
    if "TMPDIR" in os.environ or not _has_room(MEMORY):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="ems-tests-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]


def _has_room(memory: Path) -> bool:
    try:
        folder = os.statvfs(memory)
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except (AttributeError, OSError):  # another system
        return False
    available = re.search(r"^MemAvailable: *([0-9]+) kB$", told, re.MULTILINE)
    # The tests start programs of their own from there.
    if available is None or folder.f_flag & os.ST_NOEXEC or not os.access(memory, os.W_OK):
        return False
    # As much again is for the tests themselves.
    return min(folder.f_bavail * folder.f_frsize, int(available[1]) * 1024 // 2) > MOST_IN_MEMORY


def _all_steps(*, everything: bool) -> None:
    with _in_memory():
        for name, step in _steps(everything=everything):
            begun = time.monotonic()
            print(f"== {name}", flush=True)
            step()
            print(f"   passed in {time.monotonic() - begun:.0f} s", flush=True)


def test(_: argparse.Namespace) -> None:
    """Run every check and every test; what CI runs."""
    _all_steps(everything=True)
    print("\nEverything passes.")


def check(_: argparse.Namespace) -> None:
    """Run the same without what is slow or needs a browser; fit for a commit hook."""
    _all_steps(everything=False)
    print("\nThe quick checks pass.")


def new_rule(options: argparse.Namespace) -> None:
    """Write the file of a new rule, ready to be filled in."""
    _run([PYTHON, "scripts/new_rule.py", options.code, options.name])


def mutants(options: argparse.Namespace) -> None:
    """Take single steps out of the code and show the story that then fails."""
    _run([PYTHON, "scripts/mutants.py", options.what, *options.arguments])


def bench(options: argparse.Namespace) -> None:
    """Measure speed and memory against the baseline, as ratios within this run."""
    _run([PYTHON, "scripts/bench.py", *options.arguments])


def fuzz(options: argparse.Namespace) -> None:
    """Fuzz the readers of what others write: `fuzz yaml --seconds 600`, or `fuzz all`."""
    _run([PYTHON, "scripts/fuzz.py", *options.arguments])


def screenshots(_: argparse.Namespace) -> None:
    """Take pictures of the built manual: desktop and phone, light and dark."""
    _run([PYTHON, "scripts/screenshots.py"])


def lock(_: argparse.Namespace) -> None:
    """Resolve the dependencies afresh into requirements.lock (needs `uv` on the PATH)."""
    uv = shutil.which("uv")
    if uv is None:
        raise Failed("`uv` is needed to renew the lock file: pip install uv")
    command = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--extra",
        "dev",
        "--universal",
        "--upgrade",
        "--quiet",
    ]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    _run([*command, "--no-emit-index-url", "--output-file", "requirements.lock"])


def sbom(_: argparse.Namespace) -> None:
    """Write what the lock file names, with its hashes, as a bill of materials (CycloneDX)."""
    BUILD.mkdir(exist_ok=True)
    bill = BUILD / "sbom.cdx.json"
    command = [PYTHON, "-m", "cyclonedx_py", "requirements", "requirements.lock"]
    command += ["--pyproject", "pyproject.toml", "--mc-type", "application"]
    # The same lock file gives the same bytes; the file is held to its schema before it is written.
    _run([*command, "--output-reproducible", "--validate", "--output-file", bill], quiet=True)
    print(f"The bill of materials is {bill}")


def audit(_: argparse.Namespace) -> None:
    """Ask PyPI whether anything in the lock file is known to be unsafe; fails where it cannot tell."""
    command = [PYTHON, "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes"]
    # Without --strict what nobody could be asked about counts as safe.
    command += ["--disable-pip", "--strict", "--vulnerability-service", "pypi", "--progress-spinner", "off"]
    _run(command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for function in (build, test, check, mutants, new_rule, bench, fuzz, screenshots, lock, sbom, audit):
        name = function.__name__.replace("_", "-")
        summary = (function.__doc__ or "").rstrip(".")
        # What follows these is for their own scripts, --help too.
        own_help = function not in (bench, fuzz)
        command = commands.add_parser(name, help=summary, description=function.__doc__, add_help=own_help)
        command.set_defaults(run=function)
        if function is mutants:
            command.add_argument("what", choices=["changes", "control", "site", "trust"], help="whose steps")
        if function is new_rule:
            command.add_argument("code", help="such as ASP021")
            command.add_argument("name", help="the fault in kebab-case, such as aspect-without-owner")
    return parser


def main() -> int:
    """Run one command; 0 passed, 1 a step failed."""
    parser = _parser()
    options, options.arguments = parser.parse_known_args()
    if options.arguments and options.run not in (bench, fuzz, mutants):
        parser.error(f"unknown: {' '.join(options.arguments)}")
    try:
        ensure_venv()
        options.run(options)
    except Failed as failure:
        print(f"\ndev.py: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
