"""What bounds a whole tree: as many files as may be are read, and one more is refused by name.

The trees are real ones and small all the same: nearly all their entries are one and the same file. That
so many bytes may be and no more stands in `tests/git`, where nobody has to write half a gigabyte.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.trees import FILE_LIMIT
from mkdocs_ems.source.parse import MOST_FILES
from support.company import PEOPLE, POLICY, ROLES, settings
from support.shell import git

BASE = {
    "ems/ems.yml": settings(),
    "ems/policy.md": POLICY,
    "ems/registers/people.yml": PEOPLE,
    "ems/registers/roles.yml": ROLES,
}


def landed(folder: Path, *, pictures: int) -> Path:
    """A repository with the company, and as many pictures."""
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    written = (
        b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text), text.encode())
        for path, text in BASE.items()
    )
    told = [
        b"blob\nmark :1\ndata 4\n\x89PNG\n",
        b"commit refs/heads/main\ncommitter Ann <ann@example.org> 1767600000 +0000\ndata 5\nAdopt\n",
        *written,
        *(b"M 100644 :1 ems/img/%d/%d.png\n" % (number // 1_000, number) for number in range(pictures)),
    ]
    command = ["git", "fast-import", "--quiet"]
    subprocess.run(command, input=b"".join(told), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(("pictures", "code"), [(MOST_FILES - len(BASE), 1), (MOST_FILES - len(BASE) + 1, 2)])
def test_as_many_files_as_may_be_are_read_and_one_more_is_refused(
    pictures: int, code: int, tmp_path: Path
) -> None:
    repository = landed(tmp_path, pictures=pictures)
    asked = ["check", "--repo", str(repository), "--ref", "main", "--as-of", "2026-06-01", "--no-cache"]
    done = CliRunner().invoke(ems, asked)
    assert done.exit_code == code, done.output
    refusal = f"ems holds more than {FILE_LIMIT:,} files, the most that is read"
    assert (refusal in done.stderr) == (code == 2)
    assert len(done.stderr.splitlines()) == (code == 2)
