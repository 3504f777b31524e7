"""The composition: from a repository and a state to everything that is known about it.

One pure pipeline: snapshot and history to sources, model, graph and control. Rules,
pages, reports and exports read the `Compilation` and add nothing to it. This room
parses nothing and judges nothing itself; the clock is handed in.
"""

from mkdocs_ems.compile.chain import controlled_state
from mkdocs_ems.compile.stages import Lap, compile_state, no_lap
from mkdocs_ems.compile.state import Compilation, Controlled, Seen
from mkdocs_ems.compile.views import approved_state, seen_by, with_file, with_names

__all__ = [
    "Compilation",
    "Controlled",
    "Lap",
    "Seen",
    "approved_state",
    "compile_state",
    "controlled_state",
    "no_lap",
    "seen_by",
    "with_file",
    "with_names",
]
