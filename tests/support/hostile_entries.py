"""Repositories that hold what does not belong there: repositories, links, devices, odd names and lines."""

from __future__ import annotations

import os
from pathlib import Path

from support.company import procedure
from support.hostile_company import hostile, program_of
from support.shell import git, raw_commit, raw_tree

_WHO = (
    b"author Ann <ann@example.org> 1767700000 +0000",
    b"committer Ann <ann@example.org> 1767700000 +0000",
)


@hostile("somehow", builds=True)
def _a_bare_repository_in_the_content(folder: Path) -> None:
    program = program_of(folder)
    inner = folder / "ems" / "procedures" / "vendor"
    git(folder, "init", "--quiet", "--bare", str(inner))
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand"):
        git(inner, "config", name, str(program))
    git(inner, "config", "core.bare", "false")
    git(inner, "config", "core.worktree", "..")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Bring a repository along")
    git(folder, "tag", "--force", "--annotate", "--message", "Two again", "v2")


@hostile("somehow")
def _a_submodule_that_names_programs(folder: Path) -> None:
    program = program_of(folder)
    (folder / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = ems/x\n\turl = ext::{program}\n\tupdate = !{program}\n\tignore = none\n'
    )
    git(folder, "config", "submodule.recurse", "true")
    git(folder, "config", "submodule.x.update", f"!{program}")
    _committed_tree(folder, "160000", b"x", blob=git(folder, "rev-parse", "HEAD"))


@hostile("somehow")
def _links_out_of_the_content(folder: Path) -> None:
    program = program_of(folder)
    outside = program.parent / "secret.yml"
    outside.write_text("id: REG-SECRET\ntype: aspect\ntitle: SECRET-OUTSIDE\nrows: []\n")
    for name, to in {
        "ems/passwd.md": "/etc/passwd",
        "ems/registers/secret.yml": str(outside),
        "ems/loop.md": "loop.md",
        "ems/all": "/",
        "ems/up": "..",
        "ems/procedures/device.png": "/dev/zero",
        "ems/git.md": "../.git/config",
    }.items():
        (folder / name).symlink_to(to)


@hostile("somehow", builds=True)
def _links_out_of_the_content_in_a_version(folder: Path) -> None:
    _links_out_of_the_content(folder)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Link")
    git(folder, "tag", "--force", "--annotate", "--message", "Two again", "v2")


@hostile("somehow")
def _files_that_are_none(folder: Path) -> None:
    os.mkfifo(folder / "ems" / "pipe.md")
    os.mkfifo(folder / "ems" / "registers" / "pipe.yml")


@hostile("somehow")
def _refs_with_names_of_options(folder: Path) -> None:
    program = program_of(folder)
    for head in ("refs/tags", "refs/heads", "refs/remotes/origin"):
        for name in (
            "-x",
            "--output=x",
            "--exec=x",
            f"--upload-pack={program.name}",
            "a;b",
            "$(x)",
            "`x`",
            "ä",
        ):
            git(folder, "update-ref", f"{head}/{name}", "HEAD~1")


@hostile("somehow")
def _refs_that_git_would_refuse(folder: Path) -> None:
    program = program_of(folder)
    head = git(folder, "rev-parse", "HEAD")
    names = ("refs/tags/v 3", "refs/tags/../../config", "refs/heads/x..y", "refs/tags/v3.lock", "HEAD")
    lines = [f"{head} {name}" for name in (*names, f"refs/tags/\x1b[31m;{program}", "refs/tags/v3\u202e")]
    lines += [f"{'0' * 40} refs/tags/v4", f"{'f' * 40} refs/tags/v5", "not a line", f"^{head}", "\udcff" * 9]
    text = "".join(f"{line}\n" for line in lines)
    (folder / ".git" / "packed-refs").write_bytes(text.encode("utf-8", "surrogateescape"))
    tags = folder / ".git" / "refs" / "tags"
    tags.mkdir(parents=True, exist_ok=True)
    (tags / "self").write_text("ref: refs/tags/self\n")
    (tags / "outside").write_text("ref: ../../../../../etc/passwd\n")
    (tags / "v6").write_text("v" * 100_000)
    (tags / "v7").symlink_to("/etc/passwd")
    (tags / "v8").symlink_to("/dev/zero")


@hostile("somehow", builds=True)
def _names_of_files_that_are_odd(folder: Path) -> None:
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=procedure(identity="PRO-009").encode())
    names = (
        b"-rf.md",
        b"--output=x.md",
        b"a\nb.md",
        b'"q".md',
        b"\x1b[2J.md",
        b"\xff.md",
        b"con.md",
        b"a\\b.md",
    )
    more = (b"::error::x.md", "\u202egnp.md".encode(), b"%2e%2e.md", b"<img src=x>.md", b" .md", b"x.md ")
    _committed_tree(folder, "100644", *names, *more, blob=blob)


@hostile("somehow")
def _trees_that_lead_out(folder: Path) -> None:
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=b"id: REG-OUT\n")
    names = (
        b"..",
        b".",
        b".git",
        b".GIT",
        b"git~1",
        b".git ",
        b"a/../../x.yml",
        b"/etc/x.yml",
        b".g\xe2\x80\x8cit",
    )
    _committed_tree(folder, "100644", *names, blob=blob)


@hostile("somehow")
def _a_tree_with_two_files_of_a_name(folder: Path) -> None:
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=b"id: REG-TWICE\n")
    _committed_tree(folder, "100644", b"b.yml", b"a.yml", b"b.yml", b"ems.yml", blob=blob)


@hostile("somehow")
def _entries_of_another_kind_than_they_say(folder: Path) -> None:
    tree, blob = git(folder, "rev-parse", "HEAD^{tree}"), git(folder, "rev-parse", "HEAD:ems/ems.yml")
    _committed_tree(folder, "100644", b"tree.yml", blob=tree)
    _committed_tree(folder, "40000", b"blob", blob=blob)
    _committed_tree(folder, "120000", b"link.yml", blob=tree)
    _committed_tree(folder, "0", b"nothing.yml", blob=blob)
    _committed_tree(folder, "177777", b"all.yml", blob=blob)


@hostile("somehow")
def _a_tree_of_hundreds_of_folders(folder: Path) -> None:
    inner = git(folder, "rev-parse", "HEAD:ems")
    for _ in range(400):
        inner = raw_tree(folder, ("40000", b"d", inner))
    _committed_tree(folder, "40000", b"deep", blob=inner)


def _committed_tree(folder: Path, mode: str, *names: bytes, blob: str) -> None:
    """Commit the content with further entries of these names; the version is of it."""
    listed = git(folder, "ls-tree", "HEAD:ems").splitlines()
    entries = [
        (one.split()[0].lstrip("0"), one.partition("\t")[2].encode(), one.split()[2]) for one in listed
    ]
    content = raw_tree(folder, *entries, *((mode, name, blob) for name in names))
    tree = raw_tree(folder, ("40000", b"ems", content))
    _landed(folder, tree)


def _landed(folder: Path, tree: str, *lines: bytes, message: bytes = b"Odd\n") -> None:
    parent = b"parent " + git(folder, "rev-parse", "HEAD").encode()
    who = (
        b"author Ann <ann@example.org> 1767700000 +0000",
        b"committer Ann <ann@example.org> 1767700000 +0000",
    )
    made = raw_commit(folder, parent, *(lines or who), message=message, tree=tree)
    git(folder, "update-ref", "refs/heads/main", made)
    (folder / ".git/refs/tags").mkdir(parents=True, exist_ok=True)
    (folder / ".git/refs/tags/v2").write_text(f"{made}\n")


@hostile("somehow", builds=True)
def _commits_with_odd_lines(folder: Path) -> None:
    program = program_of(folder)
    tree = git(folder, "rev-parse", "HEAD^{tree}")
    signature = b"gpgsig -----BEGIN PGP SIGNATURE-----\n %b\n -----END PGP SIGNATURE-----"
    for lines in (
        (_WHO[0].replace(b"1767700000 +0000", b"99999999999999999999 +9999"), b"committer A <a@x> -1 -0000"),
        (b"author \x1b]0;x\x07 <a@x>\xe2\x80\xae> 1 x", b"committer <> 1767700000 +0000"),
        (b"author", b"committer"),
        (b"author " + b"a" * 100_000 + b" <a@x> 1 +0000", _WHO[1], b"encoding UTF-16"),
        (*_WHO, signature % os.fsencode(program)),
    ):
        message = b"\x1b[31m::error::x\n\nApproved-by: Mary <mary@example.org>\n\x00after\n"
        _landed(folder, tree, *lines, message=message)


@hostile("somehow")
def _a_commit_with_many_parents(folder: Path) -> None:
    tree, head = git(folder, "rev-parse", "HEAD^{tree}"), git(folder, "rev-parse", "HEAD").encode()
    who = (
        b"author Ann <ann@example.org> 1767700000 +0000",
        b"committer Ann <ann@example.org> 1767700000 +0000",
    )
    _landed(folder, tree, *[b"parent " + head] * 300, *who)
