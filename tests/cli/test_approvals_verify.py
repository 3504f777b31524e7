"""`ems approvals verify`: every step in words, each with the objects that anybody can look up again."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from support.company import PEOPLE, POLICY, REPOSITORY, ROLES, procedure, settings
from support.demonstration import AS_OF
from support.shell import git
from support.story import Story

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "verification.schema.json").read_text(encoding="utf-8")
)
PATH = "ems/procedures/waste.md"
PICTURE = "ems/procedures/flow.png"


def invoke(*arguments: object) -> Result:
    result = CliRunner().invoke(ems, [str(one) for one in arguments], prog_name="ems")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(story: Story, identity: str = "PRO-001", *more: object) -> str:
    """What is printed, with its lines joined where they were only wrapped."""
    asked = ("approvals", "verify", identity, "--repo", story.flush(), "--ref", "main", *more)
    result = invoke(*asked, "--as-of", "2026-12-31")
    assert result.exit_code == 0, result.stderr
    return re.sub(r"\n {3}(?!- )", " ", result.stdout)


def begin(story: Story, ems_yml: str = "") -> Story:
    base = {
        "ems/ems.yml": ems_yml or settings(),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
    }
    story.commit({**base, "ems/policy.md": POLICY}, by="ann", message="Adopt the system")
    return story


def merged(story: Story, text: str = "Sort the waste.", *, by: str = "eve", **files: bytes) -> str:
    story.branch("work")
    story.commit({PATH: procedure(text), **files}, by="ann", message="Write it down")
    story.switch()
    return story.merge("work", by=by)


def recorded(story: Story, *, by: str, meaning: str = "approval", issue: int = 1, **other: str) -> str:
    """Land a record in a commit of its approver, as anybody could write it by hand."""
    shown = git(story.flush(), "show", f"main:{PATH}")
    main = sha256(f"{shown}\n".encode()).hexdigest()
    mail = f"{by}@example.org"
    name = f"ems/records/approvals/PRO-001/{issue}-{meaning}-{mail}-1.yml"
    more = "".join(f"{key}: {value}\n" for key, value in other.items())
    text = (
        f"schema: ems-approval/1\nrepository: {REPOSITORY}\ndocument: PRO-001\nissue: {issue}\n"
        f"meaning: {meaning}\nmanifest: {{main: {main}, parts: {{}}}}\nprevious: []\napprover: {mail}\n"
        f"date: {story.now:%Y-%m-%dT%H:%M:%SZ}\n{more}"
    )
    story.commit({name: text}, by=by, message="Approve")
    return name


def test_an_approval_by_merging_is_told_with_its_commits(story: Story) -> None:
    root = begin(story).head
    commit = merged(story)
    work = story.writer.tip("work")
    text = told(story)
    assert text.startswith("PRO-001 Waste, issue 1\n")
    assert "Issue 1 of PRO-001 is in force on 2026-12-31; its approval is recorded." in text
    assert f"- trust root: commit {root}" in text
    assert f"- landed by: commit {commit}" in text
    assert f"- brought in: commit {work}, “Write it down”, by Ann" in text
    assert "landed on the main branch on 2026-01-05 by a merge of Eve Hart (git names “Eve”), which" in text
    assert "The approval matrix asked for the type procedure: one person with a role of ROL-EHS" in text
    assert "whether or not their text still stands in it: Ann Archer (PER-ANN)." in text
    assert "An approval that counted: Eve Hart" in text
    assert "that person held the role ROL-EHS on 2026-01-05" in text
    assert f"- evidence: commit {commit}" in text
    assert "None of those who approved is among the authors" in text
    assert "The content became issue 1, the first number" in text
    assert "It is in force from 2026-01-05 on." in text


def test_the_rules_that_held_then_are_named_by_issue_and_blob(story: Story) -> None:
    begin(story)
    rules = git(story.flush(), "rev-parse", "main:ems/ems.yml")
    merged(story)
    # Nobody approves this one: it must not be what the issue was judged by.
    story.commit({"ems/ems.yml": settings(approval="  segregation: warn\n")}, by="ann")
    merged(story, "Sort it again.")
    text = told(story)
    assert f"- EMS-RULES issue 1: ems/ems.yml, blob {rules}" in text
    assert "(segregation: asserted)" in text


def test_a_record_is_told_with_its_path_blob_and_hash(story: Story) -> None:
    begin(story)
    story.commit({PATH: procedure()}, by="ann")
    path = recorded(story, by="eve")
    blob = git(story.flush(), "rev-parse", f"main:{path}")
    text = told(story)
    assert re.search(rf"- record: {re.escape(path)}, blob {blob}, sha256 [0-9a-f]{{64}}\n", text)
    assert f"- added by: commit {story.head}, author Eve <eve@example.org>, committer Eve" in text
    assert "Between the landing (step 1) and the act (step 2) the content did not change." in text


def test_a_picture_is_part_of_what_landed(story: Story) -> None:
    begin(story)
    merged(story, "![flow](flow.png)", **{PICTURE: b"\x89PNG"})
    text = told(story)
    assert "The pictures and attachments that it embeds are part of the content." in text
    assert re.search(rf"- embedded: {PICTURE}, blob [0-9a-f]{{40}}, sha256 [0-9a-f]{{64}}", text)


def test_what_was_adopted_says_that_no_approval_is_in_evidence(story: Story) -> None:
    begin(story)
    text = told(story, "POL-001")
    assert "It stood in the trust root, so it was taken over as approved" in text
    assert "An approval that counted" not in text


def test_evidence_that_did_not_count_says_why(story: Story) -> None:
    begin(story)
    merged(story, by="ann")
    path = recorded(story, by="ann")
    text = told(story)
    assert "PRO-001 Waste, draft\n" in text
    assert "not approved" in text
    assert "What did not count, or is to be looked at" in text
    assert (
        "Ann merged it on 2026-01-05, and holds no role that may approve it" in text or "Ann Archer" in text
    )
    assert path in text


def test_a_draft_says_who_could_approve_it(story: Story) -> None:
    begin(story)
    merged(story)
    story.commit({PATH: procedure("Changed.")}, by="ben", message="Change it")
    text = told(story, "PRO-001", "--issue", "2")
    assert "This content is the draft of issue 2 of PRO-001: not approved." in text
    assert "Who could approve it as ROL-EHS or ROL-OPS: Eve Hart (PER-EVE), Otto Pike (PER-OTTO)." in text
    assert "A later content is not approved" in told(story)


def test_two_persons_are_told_one_by_one(story: Story) -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    begin(story, settings(matrix=matrix))
    merged(story)
    recorded(story, by="otto")
    text = told(story)
    assert "two persons with a role of ROL-EHS or ROL-OPS" in text
    assert "An approval that counted: Eve Hart" in text
    assert "An approval that counted: Otto Pike" in text
    assert "with 2 persons it was whole" in text


def test_a_confirmation_and_a_withdrawal_are_told(story: Story) -> None:
    begin(story)
    merged(story)
    recorded(story, by="otto", meaning="confirmation")
    path = recorded(story, by="otto", meaning="withdrawal")
    text = told(story)
    assert "It was looked at and found right by Otto Pike (PER-OTTO), as of 2026-01-05." in text
    assert "It was withdrawn by Otto Pike (PER-OTTO), as of 2026-01-05." in text
    assert f"- withdrawal: {path}" in text


def test_a_re_issue_names_its_own_acts_and_who_wrote_what_was_withdrawn(story: Story) -> None:
    begin(story)
    merged(story)
    recorded(story, by="otto", meaning="withdrawal")
    waiting = told(story, "PRO-001", "--issue", 2)
    assert "It waits for approval by a holder of ROL-EHS or ROL-OPS; written by Ann Archer" in waiting
    assert "An approval that counted" not in waiting
    recorded(story, by="otto", issue=2)
    text = told(story)
    assert "all who changed the document so far, those of issue 1 among them because it was withdrawn" in text
    assert "text still stands in it: Ann Archer (PER-ANN)." in text
    assert "An approval that counted: Otto Pike" in text
    assert "An approval that counted: Eve Hart" not in text
    assert "It is a re-issue of issue 1: the same content, approved once more." in text


def test_every_document_of_the_demonstration_can_be_verified(demo: Path) -> None:
    register = json.loads(
        invoke("register", "--repo", demo, "--as-of", AS_OF, "--format", "json", "--issues").stdout
    )
    for document in register["documents"][::6]:
        for issue in document["issues"][-2:]:
            number = [] if issue["issue"] is None else ["--issue", issue["issue"]]
            asked = ("approvals", "verify", document["id"], "--repo", demo, "--as-of", AS_OF, *number)
            data = json.loads(invoke(*asked, "--format", "json").stdout)
            Draft202012Validator(SCHEMA).validate(data)
            if number:
                assert data["issue"] == issue["issue"]
                assert issue["blob"] in json.dumps(data["steps"])


@pytest.mark.parametrize(
    ("identity", "issue", "told_so", "objects"),
    [
        (
            "REG-NCR",
            4,
            "Level signed: the signature fits",
            ("record", "signature", "key", "keys approved then"),
        ),
        ("REG-OBJ", 4, "and that is proved", ("evidence", "key", "keys approved then")),
        ("WI-01", 2, "Later evidence for the same content made it attested", ("signature", "review")),
        ("P-06", 2, "Level paper: declared, and a scan", ("record",)),
    ],
)
def test_every_level_names_what_it_rests_on(
    demo: Path, identity: str, issue: int, told_so: str, objects: tuple[str, ...]
) -> None:
    asked = ("approvals", "verify", identity, "--repo", demo, "--as-of", AS_OF, "--issue", issue)
    data = json.loads(invoke(*asked, "--format", "json").stdout)
    sentences = " ".join(words for step in data["steps"] for words in step["words"])
    assert told_so in sentences
    named = {one["what"] for step in data["steps"] for one in step["objects"]}
    assert set(objects) <= named


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("PRO-002",), "no document or register has the id 'PRO-002'; did you mean PRO-001?"),
        (("PRO-001", "--issue", "7"), "PRO-001 has no issue 7; there is 1"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_2(
    story: Story, arguments: tuple[str, ...], words: str
) -> None:
    merged(begin(story))
    result = invoke("approvals", "verify", *arguments, "--repo", story.flush(), "--ref", "main")
    assert result.exit_code == 2
    assert words in result.stderr


def test_what_content_says_cannot_steer_the_terminal(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann", message="Look \x1b[31mhere\u202e")
    story.switch()
    story.merge("work", by="eve", message="Merge \x1b]0;x\x07")
    text = told(story)
    assert "\x1b" not in text
    assert "\u202e" not in text
