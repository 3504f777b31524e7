"""Repositories that are not whole: objects missing, forged or cut off, and nothing that leads to them."""

from __future__ import annotations

import zlib
from pathlib import Path

from support.company import POLICY
from support.hostile_company import hostile, program_of
from support.shell import git


def _loose(folder: Path, name: str) -> Path:
    """Every object by itself, none in a pack; the file of one."""
    packs = folder / ".git" / "objects" / "pack"
    for pack in [*packs.glob("*.pack")]:
        data = pack.read_bytes()
        for part in packs.glob(f"{pack.stem}.*"):
            part.unlink()
        git(folder, "unpack-objects", "-q", stdin=data)
    found = git(folder, "rev-parse", "--verify", name)
    return folder / ".git" / "objects" / found[:2] / found[2:]


def _object(data: bytes) -> bytes:
    return zlib.compress(data)


def _overwritten(file: Path, data: bytes) -> None:
    file.chmod(0o644)
    file.write_bytes(data)


@hostile("refused from git")
def _a_file_that_is_missing(folder: Path) -> None:
    _loose(folder, "v2:ems/ems.yml").unlink()


@hostile("refused")
def _a_folder_that_is_missing(folder: Path) -> None:
    _loose(folder, "v2:ems/registers").unlink()


@hostile("refused")
def _a_commit_that_is_missing(folder: Path) -> None:
    _loose(folder, "v1^{commit}").unlink()


@hostile("somehow")
def _the_newest_commit_is_missing(folder: Path) -> None:
    _loose(folder, "HEAD").unlink()


@hostile("somehow")
def _a_tag_that_is_missing(folder: Path) -> None:
    _loose(folder, "v2^{tag}").unlink()


@hostile("refused from git")
def _a_file_that_is_no_object(folder: Path) -> None:
    _overwritten(_loose(folder, "v2:ems/ems.yml"), b"not compressed at all")


@hostile("refused from git")
def _a_file_that_is_cut_off(folder: Path) -> None:
    file = _loose(folder, "v2:ems/registers/people.yml")
    _overwritten(file, file.read_bytes()[:40])


@hostile("refused from git")
def _an_object_that_says_it_is_endless(folder: Path) -> None:
    _overwritten(_loose(folder, "v2:ems/ems.yml"), _object(b"blob 99999999999999\0x"))


@hostile("refused")
def _an_object_of_another_kind(folder: Path) -> None:
    _overwritten(_loose(folder, "v2^{commit}"), _object(b"blob 1\0x"))


@hostile("refused")
def _a_tree_of_noise(folder: Path) -> None:
    _overwritten(_loose(folder, "v2:ems"), _object(b"tree 9\0123456789"))


@hostile("somehow")
def _other_words_under_the_id_of_a_file(folder: Path) -> None:
    """Only `--verify-store` can tell, and does: git itself believes what stands there."""
    text = POLICY.replace("protect", "ignore").encode()
    _overwritten(_loose(folder, "v1:ems/policy.md"), _object(b"blob %d\0%b" % (len(text), text)))


def _packed(folder: Path) -> Path:
    git(folder, "repack", "-a", "-d", "-q")
    (pack,) = (folder / ".git/objects/pack").glob("*.pack")
    return pack


@hostile("refused")
def _a_pack_that_is_cut_off(folder: Path) -> None:
    pack = _packed(folder)
    _overwritten(pack, pack.read_bytes()[:200])


@hostile("refused")
def _an_index_of_a_pack_that_is_noise(folder: Path) -> None:
    index = _packed(folder).with_suffix(".idx")
    _overwritten(index, b"\xfftOc" + bytes(4_000))


@hostile("same")
def _noise_where_git_keeps_what_makes_it_fast(folder: Path) -> None:
    pack = _packed(folder)
    for name in ("multi-pack-index", f"{pack.stem}.bitmap", f"{pack.stem}.rev"):
        _overwritten_or_new(pack.parent / name)
    info = folder / ".git/objects/info"
    info.mkdir(exist_ok=True)
    _overwritten_or_new(info / "commit-graph")


def _overwritten_or_new(file: Path) -> None:
    if file.exists():
        file.chmod(0o644)
    file.write_bytes(b"CGPH\x01\x01" + b"\xff" * 4_000)


@hostile("refused")
def _a_partial_clone_that_would_fetch(folder: Path) -> None:
    program = program_of(folder)
    pack = _packed(folder)
    pack.with_suffix(".promisor").touch()
    for name, value in {
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{program}",
        "protocol.ext.allow": "always",
    }.items():
        git(folder, "config", name, value)


@hostile("refused")
def _a_shallow_clone(folder: Path) -> None:
    (folder / ".git" / "shallow").write_text(git(folder, "rev-parse", "HEAD~1") + "\n")


@hostile("refused")
def _objects_that_are_borrowed_from_nowhere(folder: Path) -> None:
    program = program_of(folder)
    info = folder / ".git/objects/info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(f"{program}\n../../../nowhere\n")


@hostile("same")
def _objects_that_are_borrowed_in_a_circle(folder: Path) -> None:
    info = folder / ".git/objects/info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(f"../objects\n.\n{folder / '.git/objects'}\n")


# --- what leads to it ---------------------------------------------------------------------


@hostile("somehow")
def _a_head_that_leads_out(folder: Path) -> None:
    (folder / ".git/HEAD").write_text("ref: ../../../../../../etc/passwd\n")


@hostile("somehow")
def _a_head_that_leads_to_itself(folder: Path) -> None:
    (folder / ".git/HEAD").write_text("ref: HEAD\n")


@hostile("somehow")
def _a_head_of_noise(folder: Path) -> None:
    (folder / ".git/HEAD").write_bytes(b"\xff\x00\x1b[31m" * 1_000)


@hostile("somehow")
def _a_head_on_a_file(folder: Path) -> None:
    (folder / ".git/HEAD").write_text(git(folder, "rev-parse", "HEAD:ems/ems.yml") + "\n")


@hostile("somehow")
def _an_index_of_noise(folder: Path) -> None:
    (folder / ".git/index").write_bytes(b"DIRC\x00\x00\x00\x02\xff\xff\xff\xff" + b"\xff" * 4_000)


@hostile("same")
def _an_index_that_asks_a_monitor(folder: Path) -> None:
    git(folder, "update-index", "--split-index")
    for name, value in {
        "core.fsmonitor": str(program_of(folder)),
        "core.untrackedCache": "true",
        "core.splitIndex": "true",
    }.items():
        git(folder, "config", name, value)


@hostile("somehow")
def _a_configuration_of_noise(folder: Path) -> None:
    (folder / ".git/config").write_bytes(b"[core\n\xff\x00 = \x1b[31m\n" * 100)


@hostile("somehow")
def _a_format_of_tomorrow(folder: Path) -> None:
    config = (
        "[core]\n\trepositoryformatversion = 99\n[extensions]\n\tobjectFormat = sha256\n\tfuture = true\n"
    )
    (folder / ".git/config").write_text(config)


@hostile("refused")
def _a_folder_of_git_that_is_a_device(folder: Path) -> None:
    (folder / ".git").rename(folder / "git")
    (folder / ".git").symlink_to("/dev/zero")


@hostile("refused")
def _a_folder_of_git_that_leads_to_itself(folder: Path) -> None:
    (folder / ".git").rename(folder / "git")
    (folder / ".git").write_text("gitdir: .git\n")


@hostile("somehow")
def _a_common_folder_in_a_circle(folder: Path) -> None:
    (folder / ".git/commondir").write_text("../.git\n")
