"""Paths below a folder: as text they are what they are as paths, and none leads out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.errors import OutputError
from mkdocs_ems.paths import safe_join, safe_path

FOLDER = Path("the site")
STEPS = st.sampled_from(["", ".", "..", "a", "PRO-001", "a b", "c:", "\\", "\0", "index.html", "é"])


@given(steps=st.lists(STEPS, max_size=5))
def test_a_path_as_text_is_the_path_or_is_refused_with_it(steps: list[str]) -> None:
    relative = "/".join(steps)
    try:
        joined = os.fspath(safe_join(FOLDER, relative))
    except OutputError:
        with pytest.raises(OutputError, match="refusing to write outside the site"):
            safe_path(os.fspath(FOLDER), relative)
    else:
        assert safe_path(os.fspath(FOLDER), relative) == joined
        assert joined == os.fspath(FOLDER / relative)


@pytest.mark.parametrize("relative", ["", "/etc", "..", "a/../../b", "a\\b", "c:/x", "a\0b"])
def test_nothing_leads_out_of_the_folder(relative: str) -> None:
    with pytest.raises(OutputError, match="refusing to write outside the site"):
        safe_path(os.fspath(FOLDER), relative)
    with pytest.raises(OutputError, match="refusing to write outside the site"):
        safe_join(FOLDER, relative)
