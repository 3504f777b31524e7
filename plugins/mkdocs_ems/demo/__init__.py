"""The demonstration company: a repository with two years of history, the same bytes every time."""
