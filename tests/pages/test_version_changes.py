"""The page "What changed in … since …": complete, linked to both sides, and discreet about persons."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.gathering import by_entity
from mkdocs_ems.changes.values import Named, ReadingChange
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.pages import changed, changed_entries
from mkdocs_ems.pages.addresses import START
from mkdocs_ems.pages.changed import changed_file, version_changes_page
from mkdocs_ems.pages.changed_entries import Sides
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import view_of
from mkdocs_ems.redline.matching import Work
from support.states import Content, document, register, state_of

PATH = "changes/v2/index.html"
PAYLOADS = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7777*7777 }}{% raw %}",
    "</ul></section><style>*{display:none}</style>",
    "a\u202eb\x07c",
)


def row(identity: str, title: str = "One", **fields: object) -> dict[str, object]:
    return {"id": identity, "title": title, **fields}


def person(identity: str, **fields: object) -> dict[str, object]:
    return row(identity, "Ann Archer", **fields)


def filed(before: Content, after: Content) -> str:
    """The file that stands alone."""
    old, new = state_of(before), state_of(after)
    return changed_file(compare(old, new), before=old, after=new)


def paged(before: Content, after: Content, report: Report) -> Page:
    """The page of a site."""
    old, new = state_of(before), state_of(after)
    view = view_of(new, report=report, rule_docs={}, draft=False)
    return version_changes_page(
        compare(old, new),
        view=view,
        before=old,
        sides=Sides("v1", "v2", there=lambda of: f"../../../v1/{where(of)}", here=where),
        path=PATH,
    )


def where(of: Named) -> str:
    return f"rows/{quote(of.id or of.key, safe='')}/"


class Seen(HTMLParser):
    """Ids, links and elements of a page; raises where an element is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.acting: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self._open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name.startswith("on") or name == "src":
                self.acting.append(name)
        if tag in ("script", "img", "iframe", "link", "object"):
            self.acting.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def close(self) -> None:
        super().close()
        assert not self._open


def seen(html: str) -> Seen:
    page = Seen()
    page.feed(html)
    page.close()
    return page


BEFORE: Content = {
    "registers/a.yml": register(
        "REG-1", row("ASP-1", activity="Plating"), row("ASP-2"), title="Aspects", clauses=["6.1.2"]
    ),
    "procedures/a.md": document("PRO-1", "Sample every week.\n", title="Waste", clauses=["8.1"]),
}
AFTER: Content = {
    "registers/a.yml": register(
        "REG-1", row("ASP-1", activity="Etching"), row("ASP-3", "Three"), title="Aspects", clauses=["6.1.2"]
    ),
    "procedures/a.md": document("PRO-1", "Sample every day.\n", title="Waste", clauses=["8.1"]),
}


def test_each_entry_has_an_anchor_and_stands_under_its_document_register_and_clause() -> None:
    old, new = state_of(BEFORE), state_of(AFTER)
    page = seen(filed(BEFORE, AFTER))
    wanted = [f"change-{key}" for key in by_entity(compare(old, new).changes)]
    assert set(wanted) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    for anchor in ("in-REG-1", "in-PRO-1", "register-REG-1", "clause-6.1.2", "clause-8.1"):
        assert anchor in page.ids
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)
    # Under its document it stands itself; register and clause lead to it.
    assert inner.count("change-ASP-1") == 2
    assert inner.count("change-PRO-1") == 1


def test_an_entry_leads_to_both_sides_where_it_stands_there(small_report: Report) -> None:
    page = paged(BEFORE, AFTER, small_report)
    assert page.title == "What changed in v2 since v1"
    links = seen(page.html).links
    assert {"rows/ASP-1/", "../../../v1/rows/ASP-1/"} <= set(links)
    assert "rows/ASP-2/" not in links  # gone
    assert "../../../v1/rows/ASP-2/" in links
    assert "rows/ASP-3/" in links  # new
    assert "../../../v1/rows/ASP-3/" not in links
    assert page.html == page.html
    assert [entry.title for entry in page.toc] == ["By document", "By register", "By clause of ISO 14001"]


def test_a_renumbered_row_leads_to_where_it_stood(small_report: Report) -> None:
    after = {"registers/a.yml": register("REG-1", row("ASP-9", activity="Plating"), title="Aspects")}
    before = {"registers/a.yml": register("REG-1", row("ASP-1", activity="Plating"), title="Aspects")}
    links = seen(paged(before, after, small_report).html).links
    assert {"rows/ASP-9/", "../../../v1/rows/ASP-1/"} <= set(links)


def test_words_that_went_and_came_are_marked_with_the_labels_of_the_manual() -> None:
    text = filed(BEFORE, AFTER)
    assert "<strong>Activity:</strong> <del>Plating</del> <ins>Etching</ins>" in text
    assert "Sample every <del>week</del><ins>day</ins>." in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_somebody_wrote_acts(payload: str, small_report: Report) -> None:
    after: Content = {
        "registers/a.yml": register(
            payload,
            row(payload, payload, activity=payload, **{payload: payload}),
            title=payload,
            clauses=[payload],
        ),
        "procedures/a.md": document("PRO-1", f"{payload}\n", title=payload),
        f"{re.sub('[^a-z]', '', payload)}.odd": payload,
    }
    for text in (filed(BEFORE, after), paged(BEFORE, after, small_report).html, filed(after, BEFORE)):
        page = seen(text)
        assert page.acting == []
        assert all(link.startswith(("#", "rows/", "../../../v1/rows/")) for link in page.links)
        assert "\u202e" not in text
        assert "\x07" not in text
        assert "60481729" not in text


def people(*persons: Mapping[str, object], kind: str = "person") -> Content:
    return {"registers/people.yml": json.dumps({"id": "REG-PER", "type": kind, "rows": list(persons)})}


SECRETS: Mapping[str, object] = {
    "git_identities": ["secret@example.org"],
    "forge_accounts": {"github": "secret"},
    "employer": "Secret Ltd",
    "end_date": "2026-02-28",
    "notes": "secret",
    "links": ["https://secret.example"],
    "tags": ["secret"],
}


def test_of_persons_only_what_the_manual_publishes_is_shown() -> None:
    bare = people(person("PER-1"))
    told = people(person("PER-1", roles=[{"role": "ROL-MD"}], **SECRETS))
    for before, after in ((bare, told), (told, bare), ({}, told), (told, {})):
        text = filed(before, after)
        assert "secret" not in text.casefold()
        assert "2026-02-28" not in text
    text = filed(bare, told)
    assert "ROL-MD" in text
    assert "7 details changed that the manual does not publish: personal data" in text


def test_a_register_of_persons_that_is_called_something_else_tells_nothing_of_them() -> None:
    told = people(person("PER-1", **SECRETS))
    for kind in ("nobody-knows", "aspect"):
        other = people(person("PER-1", **{**SECRETS, "employer": "Other secret"}), kind=kind)
        for before, after in ((told, other), (other, told)):
            assert "secret" not in filed(before, after).casefold()
    unknown = [people(person("PER-1", employer=one), kind="nobody-knows") for one in ("secret", "secret too")]
    text = filed(*unknown)
    assert "secret" not in text
    assert "It is of a kind that the manual does not know" in text


def test_more_changes_than_a_page_holds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "MOST", 2)
    text = filed(BEFORE, AFTER)
    assert "Too many for a page" in text
    assert "Plating" not in text
    assert "1 added, 1 removed, 1 field, 1 text." in text
    assert {"in-REG-1", "register-REG-1", "clause-8.1"} <= set(seen(text).ids)


def test_where_nothing_differs_the_page_says_so() -> None:
    assert "<p>Nothing differs in ems/.</p>" in filed(BEFORE, BEFORE)
    rewritten = {
        **BEFORE,
        "procedures/a.md": BEFORE["procedures/a.md"].replace("---\n", "---\n# Note\n", 1),
    }
    text = filed(BEFORE, rewritten)
    assert "Nothing that is said differs in ems/." in text
    assert "procedures/a.md" in text


def test_a_file_of_readings_is_told_beside_its_values_which_are_not_all_that_it_says() -> None:
    path = "records/readings/2026.csv"
    head = "date,monitoring,value\n"
    old, new = (state_of({path: f"{head}{rows}\n"}) for rows in ("2026-01-05,MON-1,4", "2026-01-05,MON-1,5"))
    measured = (ReadingChange(path, "MON-1", "2026-01", "4", "5", "t"),)
    text = changed_file(replace(compare(old, new), measured=measured), before=old, after=new)
    assert "Measured values" in text
    assert path in text
    assert "the file is another one: " in text


def test_measured_values_stand_under_their_measurement_which_leads_to_both_sides(
    small_report: Report,
) -> None:
    old, new = state_of(BEFORE), state_of(AFTER)
    path = "records/readings/2026.csv"
    measured = (
        ReadingChange(path, "MON-1", "2026-01", "4", "5", "kg CO2-eq / h"),
        ReadingChange(path, "MON-1", "2026-02", None, "6", "kg CO2-eq / h"),
        ReadingChange(path, "MON-2", "2026-02", "7", None, ""),
    )
    html = version_changes_page(
        replace(compare(old, new), measured=measured),
        view=view_of(new, report=small_report, rule_docs={}, draft=False),
        before=old,
        sides=Sides("v1", "v2", there=lambda of: f"../../../v1/{where(of)}", here=where),
        path=PATH,
    ).html
    for one in ("MON-1", "MON-2"):
        told = html.partition(f'<div id="measured-{one}"')[2].partition("</div>")[0]
        assert f"<h4>{one} " in told
        assert f'href="rows/{one}/"' in told
        assert f'href="../../../v1/rows/{one}/"' in told
    assert "<strong>kg CO2-eq / h, 2026-01:</strong>" in html
    assert "<strong>2026-02:</strong>" in html


def test_of_very_many_measured_values_the_lines_are_counted_and_every_measurement_is_named() -> None:
    old, new = state_of(BEFORE), state_of(AFTER)
    measured = tuple(
        ReadingChange("records/readings/2026.csv", f"MON-{one}", f"2026-{at:03}", "4", "5", "t")
        for one in (1, 2)
        for at in range(150)
    )
    text = changed_file(replace(compare(old, new), measured=measured), before=old, after=new)
    assert text.count("<strong>t, 2026-") == 200
    assert "and 100 more lines" in text
    assert "<h4>MON-2 " in text


def test_the_page_stands_beside_the_others(small_report: Report) -> None:
    page = paged(BEFORE, AFTER, small_report)
    assert page.path == PATH != START
    assert page.nav is None


def test_a_page_that_is_drawn_again_is_the_same(
    small_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(f"word{at}" for at in range(40))
    before = {"procedures/a.md": document("PRO-1", f"{words}\n\n{words} one.\n", title="Waste", notes=words)}
    notes = " ".join(f"word{at if at % 3 else at + 1}" for at in range(40))
    after = {"procedures/a.md": document("PRO-1", f"{words}\n\n{words} two.\n", title="Waste", notes=notes)}
    for allowance in range(0, 2_000, 20):
        # However much may be spent on comparing words: the second drawing may spend it too.
        monkeypatch.setattr(changed_entries, "Work", partial(Work, allowance))
        page = paged(before, after, small_report)
        assert page.html == page.html


def test_rows_without_an_id_are_told_apart() -> None:
    before = {"registers/a.yml": register("REG-1", {"title": "One"}, {"title": "Two"}, {"title": "Three"})}
    after = {"registers/a.yml": register("REG-1", {"title": "Uno"}, {"title": "Dos"}, {"title": "Three"})}
    text = filed(before, after)
    assert "registers/a.yml:0" in text
    assert "registers/a.yml:1" in text


def test_no_odd_id_takes_the_anchor_of_another() -> None:
    rows = [
        row(identity, f"Title {identity}")
        for identity in ("files", "nr-3", "nr-4", "ä b", "x/y", "<", "nr-1")
    ]
    after = {"registers/a.yml": register("files", *rows), "a.odd": "x", "b.odd": "y", "nr-2.odd": "z"}
    ids = seen(filed({}, after)).ids
    assert len(ids) == len(set(ids))
    assert not [one for one in ids if re.search(r"\s", one)]
