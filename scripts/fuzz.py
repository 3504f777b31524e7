"""Fuzzes the readers of what others write: `dev.py fuzz yaml --seconds 600`.

A target is a module of `tests/support/fuzz/`: what to begin with, and what to do with some bytes; whatever
it raises is a find. Where atheris is installed it leads the way by what was covered; elsewhere the same
targets are driven by changes at random. What covered something new is kept in `build/fuzz`, so that a later
run goes on where this one ended. One input may take five seconds, all of it a gigabyte.

A find is written to `build/fuzz/<target>/`, and `--input` runs it again. It becomes a case of
`tests/hostile/content/`, or a test of its own, before it is mended.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import importlib
import importlib.util
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_ems"
TARGETS = {
    "content": "content",
    "evidence": "evidence",
    "expressions": "expressions",
    "git": "git_output",
    "markdown": "markdown_reader",
    "pages": "page_text",
    "people": "people_file",
    "series": "series_reader",
    "yaml": "yaml_reader",
}
SECONDS_AN_INPUT = 5
"""Of the processor: a machine that is busy is no find."""
_ENDLESS = 60
"""After so many seconds by the clock an input is given up that will not come to an end."""
MEGABYTES = 1024
_SLACK = 120
"""Seconds that starting may take on top of the time asked for."""
_MOST_CHANGES = 5


def _module(name: str, below: Path) -> ModuleType:
    if str(below) not in sys.path:
        sys.path.insert(0, str(below))
    return importlib.import_module(f"support.fuzz.{TARGETS[name]}")


def _prepare(module: ModuleType, folder: Path) -> None:
    """Write what to begin with, and the words that inputs are made of."""
    for name in ("seeds", "kept"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(module.seeds()):
        (folder / "seeds" / f"{number:04}").write_bytes(data)
    words = ("".join(f"\\x{byte:02x}" for byte in word.encode()[:60]) for word in module.WORDS)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")


# --- The process that runs the inputs -----------------------------------------------------


def _guided(name: str, folder: Path, options: argparse.Namespace) -> None:
    """Let atheris lead; it ends the process itself."""
    import atheris  # noqa: PLC0415 - not for every machine

    wanted = tuple(options.instrument.split(","))
    with atheris.instrument_imports(include=wanted, exclude=_others(wanted)):
        module = _module(name, options.below)
    flags = [f"-runs={options.runs}", f"-max_total_time={options.seconds}", f"-seed={options.seed}"]
    flags += [f"-timeout={_ENDLESS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={module.LARGEST}"]
    flags += [f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", "-print_final_stats=1"]

    def attempt(data: bytes) -> None:
        try:
            _attempted(module, data)
        except BaseException:
            # Not every library that we use lets libFuzzer come to writing it down.
            (folder / f"found-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *flags, str(folder / "kept"), str(folder / "seeds")], attempt)
    atheris.Fuzz()


def _attempted(module: ModuleType, data: bytes) -> None:
    begun = time.process_time()
    module.attempt(data)
    took = time.process_time() - begun
    if took > SECONDS_AN_INPUT:
        raise TimeoutError(f"it took {took:.0f} s")


def _others(wanted: tuple[str, ...]) -> list[str]:
    """Our own modules that nobody wants to see covered: atheris itself knows whole packages only."""
    files = (file.relative_to(ROOT / "plugins").with_suffix("") for file in PACKAGE.rglob("*.py"))
    names = (".".join(file.parts).removesuffix(".__init__") for file in files)
    return [name for name in names if not name.startswith(wanted)]


def _at_random(name: str, folder: Path, options: argparse.Namespace) -> None:
    """Change what to begin with at random; the input of a run that does not end lies there already."""
    _bound_memory()
    module = _module(name, options.below)
    chance = random.Random(options.seed)  # noqa: S311 - no secret is made of it
    seeds = [file.read_bytes() for file in sorted((folder / "seeds").iterdir())]
    words = [word.encode() for word in module.WORDS]
    end = time.monotonic() + options.seconds
    done = 0
    for done in range(1, options.runs + 1):
        data = seeds[done - 1] if done <= len(seeds) else _changed(chance, seeds, words)[: module.LARGEST]
        kept = folder / "crash-at-random"
        kept.write_bytes(data)
        faulthandler.dump_traceback_later(_ENDLESS, exit=True)
        _attempted(module, data)
        faulthandler.cancel_dump_traceback_later()
        kept.unlink()
        if time.monotonic() > end:
            break
    print(f"Done {done} runs at random")


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    # Of addresses, which are more than what is used of them.
    resource.setrlimit(resource.RLIMIT_AS, (4 * MEGABYTES << 20, 4 * MEGABYTES << 20))


def _changed(chance: random.Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randint(0, len(data))
        until = min(len(data), at + chance.choice((1, 1, 4, 16, 200)))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(words)
            case 1:
                data[at:until] = chance.choice(words)
            case 2:
                del data[at:until]
            case 3:
                data[at:at] = data[at:until] * chance.choice((1, 2, 50))
            case 4:
                other = chance.choice(seeds)
                data[at:until] = other[chance.randint(0, len(other)) :][: chance.choice((4, 40, 400))]
            case _:
                data[at:until] = chance.randbytes(until - at)
    return bytes(data)


# --- The process that begins it -----------------------------------------------------------


def _run(name: str, options: argparse.Namespace) -> int:
    """Run one target in a process of its own; 0 where nothing was found."""
    folder = options.folder / name
    module = _module(name, options.below)
    if options.input:
        module.attempt(options.input.read_bytes())
        print(f"{name}: nothing is wrong with {options.input}")
        return 0
    _prepare(module, folder)
    guided = not options.plain and importlib.util.find_spec("atheris") is not None
    command = [sys.executable, __file__, name, "--folder", str(folder), "--seed", str(options.seed)]
    command += ["--below", str(options.below), "--seconds", str(options.seconds), "--runs", str(options.runs)]
    command += ["--child", "guided" if guided else "plain", "--instrument", ",".join(module.INSTRUMENTED)]
    known = {*folder.glob("*-*")}
    log = folder / "log"
    with log.open("wb") as output:
        try:
            code = subprocess.run(
                command, stdout=output, stderr=output, timeout=options.seconds + _SLACK, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            code = 1
    said = log.read_text("utf-8", "replace")
    if code == 0:
        runs = [line for line in said.splitlines() if line.startswith(("Done ", "stat::number_of_executed"))]
        print(f"{name}: nothing found. {runs[-1] if runs else ''}")
        return 0
    print("\n".join(said.splitlines()[-60:]))
    found = sorted({*folder.glob("*-*")} - known)
    print(f"\n{name}: found {', '.join(map(str, found)) or f'something, see {log}'}")
    if found:
        print(f"Run it again with: python3 scripts/dev.py fuzz {name} --input {found[0]}")
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where nothing was found; 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="dev.py fuzz", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("targets", nargs="+", choices=[*TARGETS, "all"], help="what to fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="how long each (default: 60)")
    parser.add_argument("--runs", type=int, default=10**9, help="how many inputs at most each")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins (default: 1)")
    parser.add_argument("--plain", action="store_true", help="at random, without atheris")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "fuzz", help="where everything is kept"
    )
    parser.add_argument("--input", type=Path, help="run this one input, and nothing else")
    parser.add_argument("--below", type=Path, default=ROOT / "tests", help=argparse.SUPPRESS)
    parser.add_argument("--child", choices=["guided", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--instrument", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        run = _guided if options.child == "guided" else _at_random
        run(options.targets[0], options.folder, options)
        return 0
    names = list(TARGETS) if "all" in options.targets else options.targets
    return max([_run(name, options) for name in names])


if __name__ == "__main__":
    sys.exit(main())
