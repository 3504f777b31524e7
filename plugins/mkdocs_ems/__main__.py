"""`python -m mkdocs_ems` is the `ems` command."""

from mkdocs_ems.cli import main

main()
