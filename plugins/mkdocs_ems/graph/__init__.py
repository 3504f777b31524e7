"""Model to graph: typed references both ways, dangling ones kept with their reason."""

from mkdocs_ems.graph.link import link
from mkdocs_ems.graph.values import Dangling, DanglingReason, Edge, Graph, Node
from mkdocs_ems.graph.walk import CHAIN, Chain, Direction, Link, Reach, chain, linked, next_kinds, reach

__all__ = [
    "CHAIN",
    "Chain",
    "Dangling",
    "DanglingReason",
    "Direction",
    "Edge",
    "Graph",
    "Link",
    "Node",
    "Reach",
    "chain",
    "link",
    "linked",
    "next_kinds",
    "reach",
]
