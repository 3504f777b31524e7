"""The only room that runs git: snapshots, history and blobs as values."""

from mkdocs_ems.git.chain import WORK_TREE
from mkdocs_ems.git.everywhere import Everywhere, Tip
from mkdocs_ems.git.log import LOG_ARGUMENTS
from mkdocs_ems.git.repository import Repository
from mkdocs_ems.git.resolve import Resolved
from mkdocs_ems.git.tags import known_by
from mkdocs_ems.git.values import (
    Blobs,
    ChainPlace,
    Change,
    Commit,
    Entry,
    EntryKind,
    Event,
    History,
    Identity,
    SignatureClaim,
    Signatures,
    SignedCommit,
    Snapshot,
    Tag,
)
from mkdocs_ems.git.verdict_file import usual_folder, usual_verdicts
from mkdocs_ems.git.verdicts import KeptVerdicts

__all__ = [
    "LOG_ARGUMENTS",
    "WORK_TREE",
    "Blobs",
    "ChainPlace",
    "Change",
    "Commit",
    "Entry",
    "EntryKind",
    "Event",
    "Everywhere",
    "History",
    "Identity",
    "KeptVerdicts",
    "Repository",
    "Resolved",
    "SignatureClaim",
    "Signatures",
    "SignedCommit",
    "Snapshot",
    "Tag",
    "Tip",
    "known_by",
    "usual_folder",
    "usual_verdicts",
]
