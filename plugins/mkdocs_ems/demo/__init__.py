"""The demonstration company: a manual, and the git history that made it.

Everything lies below `story/`, as data. `files/` holds each file as it stands at the
end, to be read and edited like any manual; `versions.yml` holds what came before, as
small edits backwards from the version after it, so that nothing is kept twice;
`history.yml` tells who landed which version when, and how it was approved. Records are
told once and land on their own days (`kept`). After an edit renew the signatures, then
call `write_tree` at the top of the project: `ems/` and `mkdocs.yml` are made
from the story and never edited themselves.
"""

from mkdocs_ems.demo.writing import write_demo, write_tree

__all__ = ["write_demo", "write_tree"]
