"""A site is put on a branch as a whole, by a stream, and nothing that is checked out changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.errors import EmsError, OutputError, RepositoryError, UsageError
from mkdocs_ems.git import Identity
from mkdocs_ems.git import publishing as publishing_module
from mkdocs_ems.git.fast_import import FastImport
from mkdocs_ems.git.publishing import Publication, Published, Publisher, files_below
from mkdocs_ems.git.remotes import host_of
from support.shell import git
from support.story import Story

SITE = {
    ".ems-site": "{}",
    "index.html": "current",
    "v1/index.html": "one",
    "v1/documents/POL-001/index.html": "policy",
    "v2/index.html": "two",
}
WHEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _settings_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repository(story: Story) -> Path:
    """A checked-out repository with something staged and something changed."""
    story.commit({"ems/a.md": "a", "ems/b.md": "b"})
    path = story.check_out()
    (path / "ems/a.md").write_text("changed")
    (path / "ems/c.md").write_text("staged")
    git(path, "add", "ems/c.md")
    return path


def site(folder: Path, files: Mapping[str, str | bytes] = SITE) -> Path:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def publish(repository: Path, folder: Path, *, branch: str = "gh-pages", **other: object) -> Published:
    wanted = Publication(
        branch=branch,
        files=files_below(folder),
        message="Publish\n",
        by=Identity("Ann", "ann@example.org"),
        when=WHEN,
        **other,  # type: ignore[arg-type]  # the remote alone
    )
    return Publisher(repository).publish(wanted)


def tree(repository: Path, ref: str = "gh-pages") -> dict[str, str]:
    """The files of a commit."""
    paths = git(repository, "ls-tree", "-r", "-z", "--name-only", ref).split("\0")[:-1]
    return {path: git(repository, "cat-file", "blob", f"{ref}:{path}") for path in paths}


def everything_else(repository: Path) -> object:
    """What must never change: HEAD, the index, the work tree and every other ref."""
    refs = [line for line in git(repository, "show-ref", "--head").splitlines() if "gh-pages" not in line]
    files = {
        path.relative_to(repository).as_posix(): path.read_bytes()
        for path in sorted(repository.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }
    return refs, (repository / ".git/index").read_bytes(), files


def test_the_branch_is_the_folder_and_nothing_checked_out_changes(repository: Path, tmp_path: Path) -> None:
    before = everything_else(repository)
    done = publish(repository, site(tmp_path / "site"))
    assert (done.changed, done.files) == (6, 6)
    assert tree(repository) == {**SITE, ".nojekyll": ""}
    assert git(repository, "rev-parse", "gh-pages") == done.commit
    assert git(repository, "log", "--format=%an %ae %aI %cI %s", "gh-pages") == (
        "Ann ann@example.org 2026-03-01T09:00:00+00:00 2026-03-01T09:00:00+00:00 Publish"
    )
    assert everything_else(repository) == before
    git(repository, "fsck", "--strict")


def test_the_same_site_is_not_published_twice(repository: Path, tmp_path: Path) -> None:
    first = publish(repository, site(tmp_path / "site"))
    assert publish(repository, tmp_path / "site") == Published(None, 0, 6)
    assert git(repository, "rev-parse", "gh-pages") == first.commit


def test_the_same_site_gives_the_same_commit_everywhere(repository: Path, tmp_path: Path) -> None:
    first = publish(repository, site(tmp_path / "site"))
    git(repository, "branch", "-D", "gh-pages")
    again = publish(repository, site(tmp_path / "elsewhere", dict(reversed(SITE.items()))))
    assert again.commit == first.commit


def test_only_what_differs_is_sent_and_other_folders_keep_their_trees(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path / "site")
    publish(repository, folder)
    first_tree = git(repository, "rev-parse", "gh-pages:v1")
    (folder / "v2/index.html").unlink()
    site(folder, {"v2/new.html": "new", "v3/index.html": "three", "index.html": "new"})
    sent: list[str] = []
    wanted = FastImport.commit

    def seen(self: FastImport, changes: object, **given: object) -> str:
        listed = list(changes)  # type: ignore[call-overload]  # pairs of path and file
        sent.extend(path for path, _ in listed)
        return wanted(self, listed, **given)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(FastImport, "commit", seen)
    done = publish(repository, folder)
    assert sorted(sent) == ["index.html", "v2/index.html", "v2/new.html", "v3/index.html"]
    assert done.changed == 4
    assert git(repository, "rev-parse", "gh-pages:v1") == first_tree
    assert tree(repository) == {
        ".ems-site": "{}",
        ".nojekyll": "",
        "index.html": "new",
        "v1/index.html": "one",
        "v1/documents/POL-001/index.html": "policy",
        "v2/new.html": "new",
        "v3/index.html": "three",
    }
    assert git(repository, "rev-list", "--count", "gh-pages") == "2"


def test_a_file_takes_the_place_of_a_folder_and_back(repository: Path, tmp_path: Path) -> None:
    publish(repository, site(tmp_path / "one", {".ems-site": "", "a/b": "1"}))
    publish(repository, site(tmp_path / "two", {".ems-site": "", "a": "2"}))
    assert tree(repository) == {".ems-site": "", ".nojekyll": "", "a": "2"}
    publish(repository, site(tmp_path / "three", {".ems-site": "", "a/b": "3"}))
    assert tree(repository) == {".ems-site": "", ".nojekyll": "", "a/b": "3"}


def test_odd_names_and_bytes_arrive_as_they_are(repository: Path, tmp_path: Path) -> None:
    odd = {
        ".ems-site": "",
        'qu"ote\\s.html': b"\x00\xff\r\n",
        "sp ace/ü/line\nfeed.html": "x",
        "_private/.hidden": "y",
        "empty": "",
    }
    publish(repository, site(tmp_path / "site", odd))
    git(repository, "worktree", "add", "-q", str(tmp_path / "out"), "gh-pages")
    arrived = {path: place.read_bytes() for path, place in files_below(tmp_path / "out").items()}
    arrived.pop(".git", None)
    wanted = {path: text if isinstance(text, bytes) else text.encode() for path, text in odd.items()}
    assert arrived == {**wanted, ".nojekyll": b""}


def test_settings_of_the_user_change_no_byte(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "core.autocrlf", "true")
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("* text=auto ident eol=crlf\n")
    publish(repository, site(tmp_path / "site", {".ems-site": "", "a": "1\n$Id$\n", "b": "2\r\n"}))
    assert git(repository, "cat-file", "blob", "gh-pages:a") == "1\n$Id$"
    assert git(repository, "cat-file", "-s", "gh-pages:b") == "3"


def test_a_repository_with_long_ids_can_publish(tmp_path: Path) -> None:
    story = Story(tmp_path / "long", object_format="sha256")
    story.commit({"ems/a.md": "a"})
    path = story.check_out()
    assert len(publish(path, site(tmp_path / "site")).commit or "") == 64
    assert publish(path, tmp_path / "site").commit is None


def test_what_a_host_keeps_on_the_branch_stays(repository: Path, tmp_path: Path) -> None:
    publish(repository, site(tmp_path / "site"))
    git(repository, "worktree", "add", "-q", str(tmp_path / "out"), "gh-pages")
    site(tmp_path / "out", {"CNAME": "ems.example.org", "other": "by hand"})
    git(tmp_path / "out", "add", ".")
    git(tmp_path / "out", "commit", "-q", "-m", "Name")
    git(repository, "worktree", "remove", "--force", str(tmp_path / "out"))
    publish(repository, tmp_path / "site")
    assert tree(repository) == {**SITE, ".nojekyll": "", "CNAME": "ems.example.org"}


def test_a_page_changed_on_the_branch_by_hand_is_put_right(repository: Path, tmp_path: Path) -> None:
    publish(repository, site(tmp_path / "site"))
    git(repository, "worktree", "add", "-q", str(tmp_path / "out"), "gh-pages")
    site(tmp_path / "out", {"v1/index.html": "forged"})
    git(tmp_path / "out", "commit", "-q", "-a", "-m", "Forge")
    git(repository, "worktree", "remove", str(tmp_path / "out"))
    assert publish(repository, tmp_path / "site").changed == 1
    assert tree(repository)["v1/index.html"] == "one"


# --- Where it must not go ---------------------------------------------------------------


def test_a_branch_that_holds_something_else_is_refused(repository: Path, tmp_path: Path) -> None:
    git(repository, "branch", "work")
    with pytest.raises(UsageError, match="the branch work holds no site that `ems publish` put there"):
        publish(repository, site(tmp_path / "site"), branch="work")


def test_a_branch_that_is_checked_out_is_refused(repository: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    with pytest.raises(UsageError, match="the branch main is checked out"):
        publish(repository, folder, branch="main")
    publish(repository, folder)
    git(repository, "worktree", "add", "-q", str(tmp_path / "out"), "gh-pages")
    site(folder, {"new": "1"})
    with pytest.raises(UsageError, match="the branch gh-pages is checked out"):
        publish(repository, folder)


@pytest.mark.parametrize("name", ["", "a b", "-x..y", "x.lock", "a//b", "x\ny", "HEAD~1"])
def test_what_cannot_be_a_branch_is_refused(repository: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a branch"):
        publish(repository, site(tmp_path / "site"), branch=name)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_site_is_refused(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(OutputError, match="is a link or no file"):
        files_below(folder)


# --- When something goes wrong ----------------------------------------------------------


def left_behind(repository: Path) -> list[str]:
    """Refs and half-written files that nobody asked for."""
    refs = git(repository, "for-each-ref", "--format=%(refname)", "refs/ems").split()
    return refs + [path.name for path in (repository / ".git").rglob("*.lock")]


@pytest.mark.parametrize("begun", [False, True])
def test_a_killed_stream_leaves_the_branch_as_it_was(
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: bool,  # noqa: FBT001 - a case of the table
) -> None:
    folder = site(tmp_path / "site")
    if begun:
        publish(repository, folder)
        site(folder, {path: text * 2 for path, text in SITE.items()})
    before = git(repository, "show-ref"), everything_else(repository)
    streams: list[FastImport] = []
    begin = FastImport.__init__
    monkeypatch.setattr(FastImport, "__init__", lambda self, git: (streams.append(self), begin(self, git))[1])
    read = publishing_module._read

    def killing(file: Path) -> bytes:
        if streams and file.name == "index.html":
            process = streams[0]._process.proc
            assert process is not None
            process.send_signal(signal.SIGKILL)
            process.wait()
        return read(file)

    monkeypatch.setattr(publishing_module, "_read", killing)
    with pytest.raises(RepositoryError, match="git fast-import"):
        publish(repository, folder)
    assert (git(repository, "show-ref"), everything_else(repository)) == before
    assert left_behind(repository) == []
    monkeypatch.undo()
    assert publish(repository, folder).commit is not None
    assert tree(repository)["v1/index.html"] == ("oneone" if begun else "one")


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from mkdocs_ems.git import Identity
from mkdocs_ems.git.fast_import import FastImport
from mkdocs_ems.git.publishing import Publication, Publisher, files_below

def kill(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

moment, repository, site = sys.argv[1:]
setattr(*{"sending": (FastImport, "forget"), "sent": (Publisher, "_move")}[moment], kill)
when = datetime(2026, 3, 1, 9, tzinfo=UTC)
files = files_below(Path(site))
Publisher(Path(repository)).publish(Publication("gh-pages", files, "x", Identity("A", "a@b.example"), when))
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
@pytest.mark.parametrize("moment", ["sending", "sent"])
def test_who_is_killed_while_publishing_has_published_nothing(
    repository: Path, tmp_path: Path, moment: str
) -> None:
    folder = site(tmp_path / "site")
    publish(repository, folder)
    site(folder, {"index.html": "new", "big": os.urandom(300_000).hex()})
    before = git(repository, "show-ref"), everything_else(repository)
    done = subprocess.run([sys.executable, "-c", KILLED, moment, str(repository), str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (git(repository, "show-ref"), everything_else(repository)) == before
    assert left_behind(repository) == []
    git(repository, "fsck", "--strict")
    assert publish(repository, folder).changed == 2


def test_a_file_that_vanishes_leaves_the_branch_as_it_was(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path / "site")
    commit = FastImport.commit

    def late(self: FastImport, changes: object, **given: object) -> str:
        (folder / "v2/index.html").unlink()
        return commit(self, changes, **given)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(FastImport, "commit", late)
    with pytest.raises(OutputError, match=r"v2/index.html cannot be read"):
        publish(repository, folder)
    assert "gh-pages" not in git(repository, "branch")
    assert left_behind(repository) == []


@pytest.mark.parametrize("begun", [False, True])
def test_of_two_who_publish_at_once_the_second_is_told(
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: bool,  # noqa: FBT001 - a case of the table
) -> None:
    folder = site(tmp_path / "site")
    if begun:
        publish(repository, folder)
    other = site(tmp_path / "other", {**SITE, "index.html": "theirs"})
    made = Publisher._made

    def overtaken(self: Publisher, *given: object) -> str:
        monkeypatch.setattr(Publisher, "_made", made)
        publish(repository, other)
        return made(self, *given)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(Publisher, "_made", overtaken)
    site(folder, {"index.html": "ours"})
    with pytest.raises(RepositoryError, match="gh-pages was changed meanwhile, so nothing was published"):
        publish(repository, folder)
    assert tree(repository)["index.html"] == "theirs"
    publish(repository, folder)
    assert tree(repository)["index.html"] == "ours"


def test_a_branch_that_somebody_holds_is_told_and_left(repository: Path, tmp_path: Path) -> None:
    publish(repository, site(tmp_path / "site"))
    before = git(repository, "show-ref")
    (repository / ".git/refs/heads/gh-pages.lock").touch()
    site(tmp_path / "site", {"index.html": "new"})
    with pytest.raises(RepositoryError, match="the branch gh-pages did not take what was to be published"):
        publish(repository, tmp_path / "site")
    assert git(repository, "show-ref") == before


def test_another_name_of_the_main_branch_is_no_place_for_a_site(repository: Path, tmp_path: Path) -> None:
    git(repository, "symbolic-ref", "refs/heads/gh-pages", "refs/heads/main")
    before = git(repository, "rev-parse", "main")
    with pytest.raises(UsageError):
        publish(repository, site(tmp_path / "site"))
    assert git(repository, "rev-parse", "main") == before


# --- Remotes ----------------------------------------------------------------------------


@pytest.fixture
def origin(repository: Path, tmp_path: Path) -> Path:
    """A bare repository beside it, as its remote `origin`."""
    bare = tmp_path / "origin.git"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    git(repository, "remote", "add", "origin", str(bare))
    return bare


def test_a_clone_goes_on_from_the_branch_of_the_remote(
    repository: Path, origin: Path, tmp_path: Path
) -> None:
    first = publish(repository, site(tmp_path / "site"))
    Publisher(repository).push("origin", "gh-pages")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    site(tmp_path / "site", {"index.html": "new"})
    second = publish(clone, tmp_path / "site", remote="origin")
    Publisher(clone).push("origin", "gh-pages")
    assert git(origin, "rev-list", "gh-pages").split() == [second.commit, first.commit]
    # The first one goes on from there too once it knows, although its own branch is behind.
    git(repository, "fetch", "-q", "origin")
    assert publish(repository, tmp_path / "site", remote="origin").commit is None
    site(tmp_path / "site", {"index.html": "newer"})
    third = publish(repository, tmp_path / "site", remote="origin")
    assert git(repository, "rev-parse", f"{third.commit}^") == second.commit


def test_a_push_onto_what_somebody_else_has_published_says_what_to_do(
    repository: Path, origin: Path, tmp_path: Path
) -> None:
    publish(repository, site(tmp_path / "site"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    publish(clone, site(tmp_path / "other", {**SITE, "index.html": "theirs"}))
    Publisher(clone).push("origin", "gh-pages")
    with pytest.raises(
        RepositoryError, match="origin has a newer gh-pages than the one here: run `git fetch"
    ):
        Publisher(repository).push("origin", "gh-pages")
    git(repository, "fetch", "-q", "origin")
    with pytest.raises(
        RepositoryError, match=r"have parted: delete the one here with `git branch -D gh-pages`"
    ):
        publish(repository, site(tmp_path / "site", {"index.html": "ours"}), remote="origin")


def test_a_remote_that_is_not_there_is_told(repository: Path, origin: Path) -> None:
    assert Publisher(repository).hosts("origin") == (None,)
    with pytest.raises(UsageError, match=r"there is no remote 'orgin' here: did you mean origin\?"):
        Publisher(repository).hosts("orgin")
    origin.rename(origin.with_name("gone"))
    with pytest.raises(EmsError, match="could not be sent to origin"):
        Publisher(repository).push("origin", "main")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://git.example.org/ems/manual.git", "git.example.org"),
        ("https://Ann:secret@Git.Example.org:8443/x", "git.example.org"),
        ("ssh://git@git.example.org.:22/x", "git.example.org"),
        ("git@git.example.org:ems/manual.git", "git.example.org"),
        ("git.example.org:x", "git.example.org"),
        ("[fe80::1]:x", "fe80::1"),
        ("ssh://[fe80::1]:22/x", "fe80::1"),
        ("http://localhost:3000/x", None),
        ("http://127.0.0.9/x", None),
        ("ssh://[::1]/x", None),
        ("/srv/git/manual.git", None),
        ("../manual.git", None),
        ("./odd:name", None),
        ("file:///srv/git/manual.git", None),
        ("ext::ssh -p 22 git@git.example.org %S x", "?"),
        ("http://[broken/x", "?"),
        ("https:///x", "?"),
        ("https://127.0.0.1.example.org/x", "127.0.0.1.example.org"),
        ("https://localhost@git.example.org/x", "git.example.org"),
        # git asks the first of the two, whatever stands behind it
        ("ssh://git.example.org%2Fx@localhost/y", "?"),
        ("git://git.example.org%2Fx@localhost/y", "?"),
        ("ssh://x@[2001:db8::1]@localhost/y", "?"),
        ("[git.example.org]@localhost:x", "?"),
        ("x@[git.example.org]@localhost:x", "?"),
        ("localhost:22@git.example.org:x", None),
        ("SSH://localhost/x", "?"),
    ],
)
def test_the_host_of_an_address_is_the_one_that_git_asks(address: str, host: str | None) -> None:
    assert host_of(address) == host


@pytest.mark.usefixtures("origin")
def test_the_host_of_a_remote_that_a_program_serves_cannot_be_told(repository: Path) -> None:
    git(repository, "config", "remote.origin.vcs", "odd")
    assert Publisher(repository).hosts("origin") == ("?",)


def test_the_hosts_of_a_remote_are_those_that_a_push_goes_to(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://read.example.org/x")
    git(repository, "config", "--add", "remote.origin.pushurl", "git@one.example.org:x")
    git(repository, "config", "--add", "remote.origin.pushurl", "short:x")
    git(repository, "config", "url.https://two.example.org/.insteadOf", "short:")
    assert Publisher(repository).hosts("origin") == ("one.example.org", "two.example.org")
