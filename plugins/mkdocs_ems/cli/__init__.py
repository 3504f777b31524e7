"""The `ems` command: thin; the only room that prints."""
