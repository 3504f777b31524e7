"""Reviews of forges, read over their interfaces: the one room that asks another host for anything."""
