"""Sizes in words: how many documents and stories a table rests on, and over which time."""

from collections.abc import Sequence

import pandas as pd

from discourse.display.wording import counted, fill_in, words

__all__ = ["count_stories", "join_parts", "captioned", "size_of_series", "span_of", "told_range"]


def captioned(name: str, language: str, **values: object) -> str:
    """Return a sentence of a caption, its values filled in."""
    return fill_in("captions", name, language, **values)


def join_parts(parts: Sequence[str], language: str, *, last: str | None = None) -> str:
    """List parts: with `and` before the last, or parted by semicolons.

    Examples
    --------
    >>> join_parts(["year", "voice"], "en", last="and"), join_parts(["a", "b"], "en")
    ('year and voice', 'a; b')
    """
    if last is None:
        return words("report", "semicolon", language).join(parts)
    if len(parts) < 2:
        return "".join(parts)
    before = words("captions", "comma", language).join(parts[:-1])
    return words("report", last, language).join([before, parts[-1]])


def count_stories(n_docs: int | None, n_units: int, language: str, *, periods: bool = False) -> str:
    """Return a number of documents and, where it is another one, that of the stories they tell.

    Parameters
    ----------
    n_docs : int or None
        Documents; None where only stories are known.
    n_units : int
        Stories, or documents where copies are not grouped.
    language : {"en", "ar"}
        Language of the words.
    periods : bool
        The stories are added up over periods, so that one told in two of them counts in both.

    Examples
    --------
    >>> count_stories(206, 198, "en"), count_stories(1, 1, "en"), count_stories(None, 3, "en")
    ('206 documents (198 stories)', '1 document', '3 stories')
    """
    if n_docs is None:
        return counted("news", n_units, language)
    documents = counted("document", n_docs, language)
    if n_units == n_docs:
        return documents
    name = "with_stories_in_periods" if periods else "with_stories"
    return captioned(name, language, documents=documents, stories=counted("news", n_units, language))


def size_of_series(series: pd.DataFrame, split: Sequence[str], language: str) -> str:
    """Return the documents that SERIES rests on, and the words of rates.

    A mean rests on the documents with a position, each of which stands in one category; a share and a rate on all
    documents of the period, which every category shares.
    """
    key = [name for name in ("period", *split) if name in series]
    means = series["measure"].astype(str).eq("mean_position")
    n_docs = n_units = 0
    if means.any():
        rows = series.loc[means]
        n_docs, n_units = int(rows["n_docs_with"].sum()), int(_units(rows, "n_docs_with").sum())
    shared = series.loc[~means].assign(_units=_units(series.loc[~means], "n_docs"))
    n_words = 0
    if len(shared):
        cells = shared.groupby(key, observed=True) if key else shared.groupby(lambda row: 0)
        most = cells[["n_docs", "_units", *(["n_tokens"] if "n_tokens" in shared else [])]].max().sum()
        n_docs, n_units = max(n_docs, int(most["n_docs"])), max(n_units, int(most["_units"]))
        n_words = int(most.get("n_tokens", 0)) if shared["measure"].astype(str).eq("per_1000").any() else 0
    periods = "period" in series and series["period"].nunique() > 1
    size = count_stories(n_docs, n_units, language, periods=periods)
    return captioned("both", language, first=size, second=counted("word", n_words, language)) if n_words else size


def _units(rows: pd.DataFrame, otherwise: str) -> pd.Series:
    return rows["n_units"] if "n_units" in rows else rows[otherwise]


def told_range(docs: pd.Series | None, units: pd.Series, language: str, *, noun: str = "news") -> str:
    """Return the least and the most of what the rows of a table rest on; one number where these are one.

    Examples
    --------
    >>> told_range(pd.Series([4, 16]), pd.Series([4, 16]), "en"), told_range(None, pd.Series([7, 7]), "en", noun="unit")
    ('4 to 16 documents', '7 units')
    """
    if docs is None or not len(docs):
        return _range(units, noun, language)
    documents = _range(docs, "document", language)
    if docs.reset_index(drop=True).equals(units.reset_index(drop=True)):
        return documents
    return captioned("with_stories", language, documents=documents, stories=_range(units, noun, language))


def _range(numbers: pd.Series, noun: str, language: str) -> str:
    low, high = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    if low == high:
        return counted(noun, low, language)
    return captioned(f"range_{'documents' if noun == 'document' else noun}", language, low=low, high=high)


def span_of(table: pd.DataFrame, language: str, *, ends: tuple[str, str] = ("period", "period")) -> str:
    """Return the years from the first to the last day of a table; one year where these are one, empty without any.

    Examples
    --------
    >>> span_of(pd.DataFrame({"period": pd.to_datetime(["2015-01-01", "2016-01-01"])}), "en")
    '2015–2016'
    """
    days = [pd.to_datetime(table[name]).dropna().dt.year for name in ends]
    if not len(days[0]) or not len(days[1]):
        return ""
    first, last = int(days[0].min()), int(days[1].max())
    return str(first) if first == last else f"{first}\u2013{last}"
