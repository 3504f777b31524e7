"""Single faults, each of which was once taken wrongly, or would be without the care that is taken of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from support.fault_companies import bench_for, head
from support.faulting import DIES
from support.faults import Bench, Fault, Server, serving
from support.shell import git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told apart as Linux does"),
]

Benches = Callable[[str], Bench]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def benches(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Benches:
    """A bench for a command, made when it is first asked for."""
    made: dict[str, Bench] = {}

    def bench(command: str) -> Bench:
        if command not in made:
            made[command] = bench_for(server, command, tmp_path_factory.mktemp("bench") / "room")
        return made[command]

    return bench


def taken(bench: Bench, trouble: Fault) -> None:
    """The fault comes to pass, and nothing is wrong with how the command takes it."""
    fired, wrong = bench.taken(trouble)
    assert fired
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("how", ["half", "late"])
@pytest.mark.parametrize("command", ["approve", "publish"])
def test_a_branch_that_was_moved_by_a_git_that_then_died_has_moved(
    benches: Benches, command: str, how: str
) -> None:
    bench = benches(command)
    (call,) = bench.calls("git", "update-ref")
    taken(bench, bench.fault_at(call, how))


def test_an_approval_of_which_git_does_not_say_whether_it_landed_is_settled_by_the_next(
    benches: Benches,
) -> None:
    bench = benches("approve")
    (call,) = bench.calls("git", "update-ref")
    taken(bench, bench.fault_at(call, "late", sticky=True))


@pytest.mark.parametrize(("kind", "what"), [("rename", "index.lock"), ("remove", "theirs")])
def test_what_could_not_be_cleared_away_after_an_approval_the_next_one_clears(
    benches: Benches, kind: str, what: str
) -> None:
    bench = benches("approve")
    call = bench.calls(kind, what)[-1]
    taken(bench, bench.fault_at(call, "EACCES"))


def test_a_hook_after_an_approval_that_cannot_be_started_takes_nothing_of_it_back(benches: Benches) -> None:
    bench = benches("approve")
    (call,) = bench.calls("spawn", "post-commit")
    taken(bench, bench.fault_at(call))


def test_an_approval_on_a_disk_that_is_full_once_its_file_is_written_leaves_nothing(
    benches: Benches,
) -> None:
    bench = benches("approve")
    written = bench.calls("link", "records")[-1].number
    call = next(one for one in bench.calls("open") if one.number > written)
    taken(bench, bench.fault_at(call, "ENOSPC", sticky=True))


@pytest.mark.parametrize("how", ["half", "killed", "late"])
def test_a_stream_of_what_is_published_that_breaks_is_told_in_one_line(benches: Benches, how: str) -> None:
    bench = benches("publish")
    (call,) = bench.calls("git", "fast-import")
    taken(bench, bench.fault_at(call, how))


def test_half_an_answer_of_git_is_not_taken_for_no(benches: Benches) -> None:
    bench = benches("new")
    for call in bench.calls("git", "cat-file"):
        taken(bench, bench.fault_at(call, "half"))


def test_a_new_row_is_not_half_written(benches: Benches) -> None:
    bench = benches("new")
    (call,) = bench.calls("write", site="cli/writing.py")
    taken(bench, bench.fault_at(call, "ENOSPC"))


def test_a_demonstration_that_is_moved_halfway_is_taken_back(benches: Benches) -> None:
    bench = benches("demo")
    call = bench.calls("rename")[-1]
    taken(bench, bench.fault_at(call, "EACCES"))


@pytest.mark.parametrize(("kind", "site"), [("rename", "renames.py"), ("fsync", "renames.py")])
def test_a_site_that_cannot_be_put_in_place_leaves_the_one_that_stands(
    benches: Benches, kind: str, site: str
) -> None:
    bench = benches("build")
    taken(bench, bench.fault_at(bench.calls(kind, site=site)[1 if kind == "rename" else 0], "EIO"))


def test_what_could_not_be_removed_beside_a_site_the_next_build_removes(benches: Benches) -> None:
    bench = benches("build")
    call = bench.calls("remove", site="remove site/placing.py")[-1]
    taken(bench, bench.fault_at(call, "EACCES"))


def test_a_copy_of_a_build_that_is_killed_ends_the_build_in_one_line(benches: Benches) -> None:
    bench = benches("build")
    call = next(one for one in bench.calls("write", site="site/files.py") if one.process != "0")
    taken(bench, bench.fault_at(call, DIES))


def test_a_version_is_not_said_to_be_unreadable_because_the_machine_killed_git(benches: Benches) -> None:
    bench = benches("build --all")
    copies = [one for one in bench.calls("git", "cat-file") if one.process != "0"]
    assert copies
    taken(bench, bench.fault_at(copies[0], "killed"))


@pytest.mark.parametrize("code", ["EPIPE", "ENOSPC"])
def test_output_that_nobody_takes_is_no_traceback(benches: Benches, code: str) -> None:
    bench = benches("check")
    ran = bench.server.run(bench.base, bench.arguments, bench.fault_at(bench.calls("print")[0], code))
    assert ran.fired
    assert ran.status == 2, "0 would say that there is nothing to find"
    assert len(ran.err.splitlines()) == 1
    assert git(bench.base / "work", "rev-parse", "HEAD") == head(bench)
