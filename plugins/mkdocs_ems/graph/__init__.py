"""Model to graph: typed references both ways, dangling ones kept with their reason."""

from mkdocs_ems.graph.values import Dangling, DanglingReason, Edge, Graph, Node

__all__ = ["Dangling", "DanglingReason", "Edge", "Graph", "Node"]
