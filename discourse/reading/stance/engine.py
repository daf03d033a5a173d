"""Former place of the evidence of positions, for modules that have not moved over."""

from discourse.reading.stance.passage import Evidence

__all__ = ["Evidence"]
