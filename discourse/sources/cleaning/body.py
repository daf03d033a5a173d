"""Where the body of an article begins: behind what its page prints before it."""

import pandas as pd

from discourse.tables import check, need

__all__ = ["body_start"]


def body_start(documents: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Tell where the first words of each article begin.

    The body starts at the first letter, digit or opening quotation mark outside the SPANS.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    spans : DataFrame
        SPANS of those documents, from ``find_boilerplate``.

    Returns
    -------
    DataFrame
        ``doc_id`` and ``body_start`` (Int32, null where nothing is outside the spans), in the order of ``documents``.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.sources.cleaning.boilerplate import find_boilerplate
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["سبق - الرياض: وصل الوفد."]})
    >>> body_start(documents, find_boilerplate(documents)).body_start.tolist()
    [14]
    """
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    check(spans, "SPANS")
    by_document: dict[str, list[tuple[int, int]]] = {}
    for doc_id, start, end in spans[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None):
        by_document.setdefault(str(doc_id), []).append((start, end))
    starts = [
        _first_letter(text, sorted(by_document.get(str(doc_id), [])))
        for doc_id, text in zip(documents["doc_id"], documents["text"].fillna("").astype(str), strict=True)
    ]
    return pd.DataFrame({"doc_id": documents["doc_id"].to_numpy(), "body_start": pd.array(starts, dtype="Int32")})


def _first_letter(text: str, spans: list[tuple[int, int]]) -> int | None:
    place = 0
    for start, end in [*spans, (len(text), len(text))]:
        for i in range(place, start):
            if text[i].isalnum() or text[i] in "«\"“”‘'(":
                return i
        place = max(place, end)
    return None
