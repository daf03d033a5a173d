"""The index of the Wayback Machine (the CDX server): which copies of a page it has, the nearest to a day first."""

import json
import re
from urllib.parse import urlencode, urlsplit

from discourse.sources.web.fetching import Answer, FetchProblem

__all__ = ["index_question", "read_index"]

_N_COPIES = 3


def index_question(index: str, address: str, day: str | None) -> str:
    """Return the address that asks the index for copies: the nearest to a day (YYYYMMDD), or else the earliest.

    Only copies that were answered with 200 are asked for, one of several that follow each other and are the same.

    References
    ----------
    https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server

    Examples
    --------
    >>> index_question("https://web.archive.org/cdx/search/cdx", "http://example.org/a?b=1", None).split("&")[0]
    'https://web.archive.org/cdx/search/cdx?url=http%3A%2F%2Fexample.org%2Fa%3Fb%3D1'
    """
    fields = {
        "url": address, "output": "json", "fl": "timestamp,original,statuscode,digest", "filter": "statuscode:200",
        "collapse": "digest", "limit": str(_N_COPIES),
    }  # fmt: skip
    if day is not None:
        fields |= {"closest": f"{day}120000", "sort": "closest"}
    return f"{index}?{urlencode(fields)}"


def read_index(index: str, answer: Answer) -> list[str]:
    """Return the addresses of the copies that the index names, as they were first served (``id_``), in its order.

    Raises
    ------
    FetchProblem
        The answer is no table of copies: another status, a page for people, damaged JSON.
    """
    if answer.status != 200:
        raise FetchProblem("failed", f"its index answered {answer.status}")
    try:
        rows = json.loads(answer.body.strip() or b"[]")
    except (ValueError, RecursionError) as error:
        raise FetchProblem("failed", "its index answered no JSON") from error
    if rows == []:
        return []
    names = rows[0] if isinstance(rows, list) else None
    if not isinstance(names, list) or not all(name in names for name in ("timestamp", "original")):
        raise FetchProblem("failed", "its index answered JSON without timestamp and original")
    parts = urlsplit(index)
    copies = [dict(zip(map(str, names), row, strict=False)) for row in rows[1:] if isinstance(row, list)]
    return [
        f"{parts.scheme}://{parts.netloc}/web/{copy['timestamp']}id_/{copy['original']}"
        for copy in copies
        if re.fullmatch(r"\d{4,14}", str(copy.get("timestamp"))) and isinstance(copy.get("original"), str)
        if copy.get("statuscode", "200") == "200"
    ][:_N_COPIES]
