"""Repositories that name programs: in git's settings, hooks and attributes, for Python, for the site."""

from __future__ import annotations

from pathlib import Path

from support.hostile_company import hostile, program_of
from support.hostile_settings import poisoned
from support.shell import git

_SINGS = "import subprocess\nsubprocess.run([{program!r}], stdin=subprocess.DEVNULL)\n"


@hostile("same", builds=True)
def _programs_in_the_configuration(folder: Path) -> None:
    program = program_of(folder)
    poisoned(folder, program)


@hostile("same")
def _a_configuration_that_includes_another(folder: Path) -> None:
    program = program_of(folder)
    other = folder / ".git" / "other"
    other.write_text(f'[core]\n\tfsmonitor = "{program}"\n\tpager = "{program}"\n')
    for name in ("include.path", "includeIf.gitdir:/.path", "includeIf.onbranch:**.path"):
        git(folder, "config", name, str(other))


@hostile("same")
def _every_hook(folder: Path) -> None:
    program = program_of(folder)
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    names = (
        "applypatch-msg pre-applypatch post-applypatch pre-merge-commit post-checkout post-merge pre-push "
        "pre-rebase post-rewrite post-index-change reference-transaction fsmonitor-watchman pre-auto-gc "
        "update proc-receive sendemail-validate p4-changelist"
    )
    for name in names.split():
        (hooks / name).symlink_to(program)
    git(folder, "config", "core.fsmonitor", ".git/hooks/fsmonitor-watchman")


@hostile("same")
def _a_filter_that_git_must_run(folder: Path) -> None:
    program = program_of(folder)
    for name in ("clean", "smudge", "process"):
        git(folder, "config", f"filter.canary.{name}", str(program))
    git(folder, "config", "filter.canary.required", "true")
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/attributes").write_text("* filter=canary -text ident\n")


@hostile("somehow")
def _attributes_within_the_content(folder: Path) -> None:
    program = program_of(folder)
    poisoned(folder, program)
    attributes = "* diff=canary filter=canary merge=canary export-ignore\n[attr]canary diff\n"
    for place in ("ems", "ems/procedures", "ems/registers"):
        (folder / place / ".gitattributes").write_text(attributes)
        (folder / place / ".gitignore").write_text("*\n!.gitignore\n")


@hostile("same", builds=True)
def _python_modules_that_shadow_ours(folder: Path) -> None:
    program = program_of(folder)
    names = ("sitecustomize", "usercustomize", "click", "yaml", "mkdocs", "mkdocs_ems", "git", "jinja2")
    for name in names:
        (folder / f"{name}.py").write_text(_SINGS.format(program=str(program)))
    for name in ("git", "ssh-keygen", "ssh-add", "python", "python3", "less"):
        (folder / name).symlink_to(program)


def _site_with_programs(folder: Path) -> None:
    program = program_of(folder)
    (folder / "hook.py").write_text(_SINGS.format(program=str(program)))
    (folder / "theme").mkdir()
    page = f"{{{{ cycler.__init__.__globals__.os.popen('{program}').read() }}}}"
    (folder / "theme" / "main.html").write_text(page)
    (folder / "mkdocs.yml").write_text(
        "INHERIT: /etc/hostname\ndocs_dir: ems\nhooks: [hook.py]\n"
        "theme: {name: material, custom_dir: theme}\n"
        f'extra: !!python/object/apply:subprocess.run [["{program}"]]\n'
        "plugins:\n  - search\n  - ems\n  - exec: {command: hook.py}\n"
        "markdown_extensions:\n  - pymdownx.snippets: {base_path: [/etc]}\n  - hook\n"
    )


@hostile("same")
def _a_site_with_programs_in_the_work_tree(folder: Path) -> None:
    _site_with_programs(folder)


@hostile("somehow", builds=True)
def _a_site_with_programs_in_the_version(folder: Path) -> None:
    _site_with_programs(folder)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Look better")
    git(folder, "tag", "--force", "--annotate", "--message", "Two again", "v2")
    git(folder, "rm", "--quiet", "-r", "hook.py", "theme", "mkdocs.yml")
    git(folder, "commit", "--quiet", "--message", "Look as before")


@hostile("somehow")
def _a_content_folder_named_outside(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("docs_dir: ../../../../../../etc\n")
