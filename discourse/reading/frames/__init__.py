"""Which frames a document uses: what speaks of them (evidence), and when it is enough (rule)."""

from discourse.reading.frames.rule import find_frames

__all__ = ["find_frames"]
