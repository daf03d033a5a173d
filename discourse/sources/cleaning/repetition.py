"""Short lines that an outlet prints in several texts: numbered text by text, counted over a corpus."""

import numpy as np
import pandas as pd

from discourse.sources.cleaning.boilerplate_forms import Segment, segments

__all__ = ["find_repeated", "known_lines", "number_lines", "outlets_of", "short_lines"]

REPEATED = 12  # words of the longest segment that repetition alone marks
REPEAT = 5  # different texts of one outlet in which a line has to stand


def outlets_of(documents: pd.DataFrame, name: str = "source") -> list[str]:
    """Return a column of DOCUMENTS as strings; empty where it is null or not there."""
    if name not in documents.columns:
        return [""] * len(documents)
    return documents[name].astype("object").where(documents[name].notna(), "").astype(str).tolist()


def short_lines(parts: list[Segment]) -> set[str]:
    """Return the plain forms of those segments of a text that repetition may mark."""
    return {part.plain for part in parts if part.plain and part.n_words <= REPEATED}


def number_lines(documents: pd.DataFrame) -> pd.DataFrame:
    """Number the short lines of DOCUMENTS, document by document, so that parts of a corpus can be counted together.

    Returns
    -------
    DataFrame
        ``doc_id``, ``outlet``, ``text_mark`` and ``line_mark`` (64-bit digests of the text and of a short line of it):
        one row for each short line, in the order of the documents.

    Examples
    --------
    >>> text = chr(10).join(["Menu", "Menu", "Search"])
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "source": ["x"]})
    >>> len(number_lines(documents))
    2
    """
    texts = documents["text"].fillna("").astype(str).tolist()
    found = [sorted(short_lines(segments(text))) for text in texts]
    sizes = [len(lines) for lines in found]
    outlets = pd.Categorical(np.repeat(np.array(outlets_of(documents), dtype=object), sizes))
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical(documents["doc_id"].astype(str)).repeat(sizes),
            "outlet": outlets,
            "text_mark": np.repeat(_digests(texts), sizes),
            "line_mark": _digests([line for lines in found for line in lines]),
        }
    )


def find_repeated(lines: pd.DataFrame, *, repeat: int = REPEAT) -> pd.DataFrame:
    """Return the lines of ``number_lines`` that stand in ``repeat`` or more different texts of one outlet.

    Returns
    -------
    DataFrame
        ``outlet`` and ``line_mark``, sorted by both.

    Examples
    --------
    >>> lines = pd.DataFrame({"outlet": ["x"] * 3, "text_mark": [1, 2, 2], "line_mark": [7] * 3})
    >>> len(find_repeated(lines, repeat=2)), len(find_repeated(lines, repeat=3))
    (1, 0)
    """
    once = lines[["outlet", "text_mark", "line_mark"]].drop_duplicates()
    counted = once.groupby(["outlet", "line_mark"], sort=True, observed=True).size()
    found = counted.index[counted.ge(repeat)].to_frame(index=False).astype({"outlet": "str"})
    return found.sort_values(["outlet", "line_mark"], ignore_index=True)


def known_lines(outlets: list[str], cut: list[list[Segment]], repeated: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return outlet -> those short lines of these texts that are among the repeated ones of a whole corpus."""
    own: dict[str, set[str]] = {}
    for outlet, parts in zip(outlets, cut, strict=True):
        own.setdefault(outlet, set()).update(short_lines(parts))
    known = {}
    for outlet, lines in own.items():
        listed = sorted(lines)
        wanted = repeated.loc[repeated["outlet"].eq(outlet), "line_mark"].to_numpy()
        known[outlet] = frozenset(np.array(listed, dtype=object)[np.isin(_digests(listed), wanted)].tolist())
    return known


def _digests(texts: list[str]) -> np.ndarray:
    return pd.util.hash_array(np.array(texts, dtype=object), categorize=False)
