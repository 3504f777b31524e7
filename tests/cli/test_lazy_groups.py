"""Groups of commands: each module is imported when its command is asked for."""

from __future__ import annotations

import subprocess
import sys

import click
from click.testing import CliRunner

from mkdocs_ems.cli.approvals import approvals_command
from mkdocs_ems.cli.main import ems


def test_every_subcommand_of_approvals_is_loaded_by_its_name_and_answers_help() -> None:
    context = click.Context(approvals_command)
    for name in approvals_command.list_commands(context):
        command = approvals_command.get_command(context, name)
        assert command is not None
        assert command.name == name
        result = CliRunner().invoke(ems, ["approvals", name, "--help"], prog_name="ems")
        assert result.exit_code == 0
        assert f"ems approvals {name}" in result.output


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = (
        "import sys, click\nfrom mkdocs_ems.cli.main import ems\n"
        "from mkdocs_ems.cli.approvals import approvals_command\nems.list_commands(click.Context(ems))\n"
        "approvals_command.list_commands(click.Context(approvals_command))\n"
        "print(sorted(name for name in sys.modules if name.startswith('mkdocs_ems.cli.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == (
        "['mkdocs_ems.cli.approvals', 'mkdocs_ems.cli.lazy', 'mkdocs_ems.cli.main']"
    )


def test_an_unknown_subcommand_is_named_without_its_control_characters() -> None:
    result = CliRunner().invoke(ems, ["approvals", "fetch\x1b[31m"], prog_name="ems")
    assert result.exit_code == 2
    assert "\x1b" not in result.output
    assert "fetch" in result.output
