"""Readers: vendor exports, feeds, pages and archives become DOCUMENTS, one module per format.

``read_sources`` reads any mix of files and folders; ``read_resumable`` does it into a file, surviving being killed.
"""

from discourse.sources.readers.addresses import read_addresses, read_hydrated
from discourse.sources.readers.detection import FORMATS, detect_format
from discourse.sources.readers.reading import read_sources
from discourse.sources.readers.resume import read_resumable

__all__ = ["FORMATS", "detect_format", "read_addresses", "read_hydrated", "read_resumable", "read_sources"]
