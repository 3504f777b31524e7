"""Reading a rule's docstring."""

from __future__ import annotations

import pytest

from mkdocs_ems.rules import RULES, rule_doc, rule_docs
from mkdocs_ems.rules.docs import SECTIONS, DocError, first_sentence, parse_cases, parse_docstring

CASE = """\
One line is at fault,
in two files.

`ems/a.yml`
```yaml
id: A-1
owner: nobody  # ← ABC001
title: x  # ← ABC001, XYZ002
```

`ems/b.md`
```markdown
# B <!-- ← XYZ002 -->
```

`ems/c.md` (gone) ← ABC001

`history`
```yaml
- {date: 2026-01-05}
```

Another case.

`ems/a.yml`
~~~yaml
id: A-1
~~~
"""


def test_marks_are_read_and_are_no_part_of_the_file() -> None:
    first, second = parse_cases(CASE, code="ABC001")
    assert first.title == "One line is at fault, in two files."
    assert dict(first.files) == {"ems/a.yml": "id: A-1\nowner: nobody\ntitle: x\n", "ems/b.md": "# B\n"}
    assert first.expected == (("ems/a.yml", 2), ("ems/a.yml", 3), ("ems/c.md", 1))
    assert first.others == (("XYZ002", "ems/a.yml", 3), ("XYZ002", "ems/b.md", 1))
    assert first.history == "- {date: 2026-01-05}\n"
    assert (second.title, dict(second.files), second.expected) == (
        "Another case.",
        {"ems/a.yml": "id: A-1\n"},
        (),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A case.\n\n```yaml\nid: A-1\n```\n", "needs a line with its path"),
        ("A case.\n\n`ems/a.yml`\n", "has no block"),
        ("`ems/a.yml`\n```yaml\nid: A-1\n```\n", "needs a sentence"),
    ],
)
def test_an_example_out_of_form_is_refused(text: str, fault: str) -> None:
    with pytest.raises(DocError, match=fault):
        parse_cases(text, code="ABC001")


def test_a_missing_section_is_refused() -> None:
    with pytest.raises(DocError, match="the sections must be"):
        parse_docstring("A title\n\n## What it checks\nText.\n", where="ABC001")


def test_an_empty_section_is_refused() -> None:
    text = "A title\n\n" + "\n".join(
        f"## {name}\n" + ("" if name == "Passes" else "Text.\n") for name in SECTIONS
    )
    with pytest.raises(DocError, match="nothing stands under Passes"):
        parse_docstring(text, where="ABC001")


def test_a_heading_inside_an_example_is_no_section() -> None:
    text = "A title\n\n" + "\n".join(f"## {name}\nText.\n## Skips\n" for name in SECTIONS)
    _, sections = parse_docstring(text, where="ABC001")
    assert sections["Fails"] == "Text.\n## Skips"


def test_a_sentence_ends_at_a_full_stop_and_not_in_a_file_name() -> None:
    assert (
        first_sentence("Add it to `ems.yml`,\nas decided. Then commit.") == "Add it to `ems.yml`, as decided."
    )


def test_a_page_is_read_when_it_is_asked_for_and_not_before() -> None:
    rule_doc.cache_clear()
    docs = rule_docs()
    assert len(docs) == len(RULES)
    assert rule_doc.cache_info().currsize == 0
    assert docs["ASP010"].name == "significant-without-control"
    assert rule_doc.cache_info().currsize == 1
    assert docs.get("ASP999") is None
