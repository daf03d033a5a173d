"""Readers: vendor exports, feeds, pages and archives become DOCUMENTS, one module per format.

``read_sources`` reads any mix of files and folders; ``read_resumable`` does it into a file, surviving being killed.
"""

from importlib.util import find_spec

from discourse.errors import ResourceError

_NEEDED = ("lxml", "trafilatura", "warcio")
if _missing := [name for name in _NEEDED if find_spec(name) is None]:
    raise ResourceError(
        f"The readers need {', '.join(_missing)}, not installed here. Run: pip install 'arabic-discourse[corpora]'"
    )

from discourse.sources.readers.addresses import read_addresses, read_hydrated  # noqa: E402
from discourse.sources.readers.detection import FORMATS, detect_format  # noqa: E402
from discourse.sources.readers.reading import read_sources  # noqa: E402
from discourse.sources.readers.resume import read_resumable  # noqa: E402

__all__ = ["FORMATS", "detect_format", "read_addresses", "read_hydrated", "read_resumable", "read_sources"]
