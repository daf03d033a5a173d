"""From offsets back to words: what a row of a table stands for in its text."""

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need

__all__ = ["quote_spans"]


def quote_spans(found: pd.DataFrame, documents: pd.DataFrame, *, span: str = "") -> pd.DataFrame:
    """Add the words that each row stands for: a table with offsets and DOCUMENTS become the table with ``quote``.

    Parameters
    ----------
    found : DataFrame
        POSITIONS, QUOTATIONS or any table with doc_id, start_char and end_char (characters of ``text``, half-open). A
        row whose ``sentence`` lies below 0 stands for the headline.
    documents : DataFrame
        DOCUMENTS that hold those of ``found``.
    span : str
        Which span, where there are several: ``"content"`` reads content_start_char and content_end_char.

    Returns
    -------
    DataFrame
        ``found`` with the column ``quote`` to the right, verbatim; null where an offset is null. The order stays.

    Raises
    ------
    SchemaError
        A column is missing, a document is missing or stands twice, or an offset lies outside its text.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["نفت موسكو ذلك. وصمتت كابل."]})
    >>> found = pd.DataFrame({"doc_id": ["a"], "start_char": [15], "end_char": [26]})
    >>> quote_spans(found, documents)["quote"].tolist()
    ['وصمتت كابل.']
    """
    start, end = (f"{span}_{name}" if span else name for name in ("start_char", "end_char"))
    need(found, "found", ["doc_id", start, end])
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    ids = documents["doc_id"].astype("str")
    if ids.duplicated().any():
        twice = first_three(ids[ids.duplicated()])
        raise SchemaError(f"`documents` repeats doc_id values. First: {twice}. Drop them.")
    asked = found["doc_id"].astype("str")
    lost = asked[~asked.isin(ids)].drop_duplicates()
    if len(lost):
        raise SchemaError(
            f"`documents` lacks {len(lost)} of the documents of `found`. First: {first_three(lost)}. Pass the documents "
            "that it was made from."
        )
    texts = dict(zip(ids, documents["text"].astype(object), strict=True))
    titles = dict(zip(ids, documents["title"].astype(object), strict=True)) if "title" in documents else {}
    headline = found["sentence"].lt(0).tolist() if "sentence" in found else [False] * len(found)
    rows = zip(asked, found[start].astype(object), found[end].astype(object), headline, strict=True)
    quotes = [_quote(texts[doc], titles.get(doc), first, last, title) for doc, first, last, title in rows]
    outside = [doc for doc, quote in zip(asked, quotes, strict=True) if quote is False]
    if outside:
        raise SchemaError(
            f"`found` has {len(outside)} spans outside their texts. First: {first_three(outside)}. Pass the documents "
            "that it was made from."
        )
    return found.assign(quote=pd.Series(quotes, index=found.index, dtype="str"))


def _quote(text: object, title: object, first: object, last: object, headline: bool) -> str | bool | None:
    """Return the words of a span; False where it lies outside."""
    if headline:
        return title if isinstance(title, str) else None
    if pd.isna(first) or pd.isna(last):
        return None
    begin, stop = int(first), int(last)  # type: ignore[call-overload]
    return str(text)[begin:stop] if 0 <= begin <= stop <= len(str(text)) else False
