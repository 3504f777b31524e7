"""What a hostile repository or environment can let git start: a canary, which writes when it sings.

Nothing here asserts anything; a test looks whether there is a file `sang`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support.shell import git

PROGRAMS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "gpg.program",
    "gpg.openpgp.program",
    "gpg.x509.program",
    "gpg.ssh.program",
    "gpg.ssh.defaultKeyCommand",
    "diff.external",
    "diff.canary.command",
    "diff.canary.textconv",
    "filter.canary.clean",
    "filter.canary.smudge",
    "filter.canary.process",
    "merge.canary.driver",
    "credential.helper",
    "pager.log",
    "pager.ls-tree",
    "uploadpack.packObjectsHook",
    "interactive.diffFilter",
    "trailer.canary.command",
    "trailer.canary.cmd",
    "sequence.editor",
)
ALIASES = ("log", "cat-file", "ls-tree", "ls-files", "rev-list", "merge-tree")
HOOKS = ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc")


def canary(folder: Path) -> Path:
    """A program that notes in the file `sang` of its folder how it was called."""
    script = folder / "canary.sh"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {folder}/sang\ncat\nexit 0\n')
    script.chmod(0o755)
    return script


def poisoned(folder: Path, program: Path) -> None:
    """Let everything that can name a program name the canary."""
    for name in PROGRAMS:
        git(folder, "config", name, str(program))
    for name in ALIASES:
        git(folder, "config", f"alias.{name}", f"!{program}")
    for name, value in {
        "log.showSignature": "true",
        "log.mailmap": "true",
        "gpg.format": "x509",
        "core.attributesFile": str(folder / "attributes"),
        "core.hooksPath": str(folder / ".git" / "hooks"),
        "core.worktree": "/",
        "core.bare": "true",
        "core.commitGraph": "true",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "UTF-16",
        "log.follow": "true",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "format.pretty": "oneline",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": "ext::" + str(program),
        "protocol.ext.allow": "always",
        "trailer.separators": "%",
        "merge.default": "canary",
    }.items():
        git(folder, "config", "--file", str(folder / ".git" / "config"), name, value)
    (folder / ".git/hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        (folder / ".git/hooks" / name).symlink_to(program)
    attributes = "* diff=canary filter=canary merge=canary text working-tree-encoding=UTF-16\n"
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/attributes").write_text(attributes)
    (folder / ".gitattributes").write_text(attributes)
    (folder / ".mailmap").write_text("Director <md@example.org> <ann@example.org>\n")


def environment(folder: Path, program: Path) -> Mapping[str, str]:
    """Variables that lead git astray, or let it start a program; with a `.gitconfig` in the folder."""
    nowhere = str(folder / "nowhere")
    settings = f"[core]\n\tfsmonitor = {program}\n\tpager = {program}\n"
    (folder / ".gitconfig").write_text(settings)
    return {
        "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": str(program),
        "GIT_CONFIG_KEY_1": "alias.log",
        "GIT_CONFIG_VALUE_1": f"!{program}",
        "GIT_CONFIG_KEY_2": "log.showSignature",
        "GIT_CONFIG_VALUE_2": "true",
        "GIT_CONFIG_PARAMETERS": f"'core.pager'='{program}'",
        "GIT_CONFIG_GLOBAL": nowhere,
        "GIT_CONFIG": nowhere,
        "GIT_DIR": nowhere,
        "GIT_COMMON_DIR": nowhere,
        "GIT_WORK_TREE": nowhere,
        "GIT_INDEX_FILE": nowhere,
        "GIT_OBJECT_DIRECTORY": nowhere,
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": nowhere,
        "GIT_NAMESPACE": "other",
        "GIT_GRAFT_FILE": nowhere,
        "GIT_REPLACE_REF_BASE": "refs/heads/",
        "GIT_SHALLOW_FILE": nowhere,
        "GIT_CEILING_DIRECTORIES": str(folder),
        "GIT_EXTERNAL_DIFF": str(program),
        "GIT_SSH_COMMAND": str(program),
        "GIT_SSH": str(program),
        "GIT_PROXY_COMMAND": str(program),
        "GIT_PAGER": str(program),
        "PAGER": str(program),
        "GIT_EDITOR": str(program),
        "EDITOR": str(program),
        "GIT_ASKPASS": str(program),
        "SSH_ASKPASS": str(program),
        "GIT_EXEC_PATH": str(folder),
        "GIT_TEMPLATE_DIR": str(folder),
        "GIT_TRACE": str(folder / "trace"),
        "GIT_TRACE2": str(folder / "trace"),
        "GIT_TRACE_SETUP": str(folder / "trace"),
        "GIT_DIFF_OPTS": "--unified=9",
        "GIT_GLOB_PATHSPECS": "1",
        "GIT_ICASE_PATHSPECS": "1",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_ATTR_SOURCE": "HEAD",
        "GIT_NO_REPLACE_OBJECTS": "0",
        "GIT_PREFIX": "ems/",
        "GIT_QUARANTINE_PATH": nowhere,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "TZ": "Pacific/Apia",
        "LC_ALL": "tr_TR.UTF-8",
        "LANGUAGE": "de",
    }
