"""What differs between two states, as typed changes; and which links that makes suspect."""

from __future__ import annotations
