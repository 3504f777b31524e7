"""Lists of names that somebody hands to a build: each is read whole, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.cli.people import names_of
from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show

_HEAD = "id,name\n"
REFUSED = {
    "an id in small letters": (_HEAD + "per-001,Maya\n", "is no id of a person"),
    "an id in other letters": (_HEAD + "\u0420ER-001,Maya\n", "is no id of a person"),
    "an id that leads out": (_HEAD + "../PER-001,Maya\n", "is no id of a person"),
    "an id of markup": (_HEAD + "<script>hook()</script>,Maya\n", "is no id of a person"),
    "an id with a control": (_HEAD + "PER-001\x1b[31m,Maya\n", "is no id of a person"),
    "an id twice": (_HEAD + "PER-001,Maya\nPER-001,Bo\n", "stands there twice"),
    "no name": (_HEAD + "PER-001,\n", "is empty or cannot be shown"),
    "a name of blanks": (_HEAD + "PER-001,   \n", "is empty or cannot be shown"),
    "a name that turns around": (_HEAD + "PER-001,Ma\u202eya\n", "is empty or cannot be shown"),
    "a name that commands a terminal": (_HEAD + "PER-001,\x1b]0;x\x07\n", "is empty or cannot be shown"),
    "a name without end": (_HEAD + f"PER-001,{'x' * 301}\n", "is empty or cannot be shown"),
    "a quote without end": (_HEAD + 'PER-001,"Maya\nPER-002,Bo\n', "no table of ids and names"),
    "a cell of two hundred thousand": (_HEAD + f"PER-001,{'x' * 200_000}\n", "no table of ids and names"),
    "one cell": (_HEAD + "PER-001\n", "too few columns"),
    "no columns": ("a,b\n1,2\n", "no columns id and name"),
    "nothing": ("", "no columns id and name"),
    "NUL": (_HEAD + "PER-001,\x00\n", "is empty or cannot be shown"),
    "five megabytes": (_HEAD + "x" * 5_000_000, "too large"),
}
REFUSED_YAML = {
    "a tag": ("PER-001: !!python/object/apply:os.system [id]\n", "cannot be read"),
    "an anchor": ("PER-001: &a Maya\nPER-002: *a\n", "cannot be read"),
    "a merge": ("PER-001: {<<: x}\n", "cannot be read"),
    "an id twice": ("PER-001: Maya\nPER-001: Bo\n", "cannot be read"),
    "a list": ("- PER-001\n", "no list of names"),
    "a group": ("PER-001: {name: Maya}\n", "is no name"),
    "no name": ("PER-001:\n", "is no name"),
    "a control by its number": ('PER-001: "\\x1b[31m"\n', "cannot be read"),
    "brackets without end": ("[" * 100_000, "no list of names"),
    "two documents": ("PER-001: Maya\n---\nPER-002: Bo\n", "cannot be read"),
}


def cases() -> list[object]:
    named = {("people.csv", name): case for name, case in REFUSED.items()}
    named |= {("people.yml", name): case for name, case in REFUSED_YAML.items()}
    return [pytest.param(file, *case, id=f"{name} in {file}") for (file, name), case in named.items()]


@pytest.mark.parametrize(("file", "text", "said"), cases())
def test_what_no_list_of_names_may_say_is_refused_in_one_line(
    file: str, text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / file
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError, match=said) as refused:
        names_of(path)
    assert show(str(refused.value)) == str(refused.value)
    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize(
    "called", ["<b>Maya</b>", "=1+1", "{{ 7*7 }}", 'O\'Neil "Bo"', "Zo\u00eb", "\u5c71\u7530"]
)
def test_any_name_that_can_be_shown_is_taken_as_it_is(called: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(_HEAD + 'PER-001,"' + called.replace('"', '""') + '"\n', encoding="utf-8")
    assert names_of(path) == {"PER-001": called}
