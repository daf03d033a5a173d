"""Texts by their digests: what an archive says of documents that it does not hold, and which are still there."""

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from discourse.language.base import load_language
from discourse.tables import need
from discourse.writing import days_as_text

__all__ = ["compare_texts", "digest_texts", "is_text", "match_documents", "normal_text"]

_FIXED = ("doc_id", "date", "date_precision", "source")
_DIGESTS = ("n_characters", "sha256", "sha256_normal", "sha256_title")
_MOST_WORDS = 8  # a variable with a longer value is text
_FILLED = ("date", "date_precision", "source")


def normal_text(text: str) -> str:
    r"""Return a text in normal form: each word folded as the lexicons fold it, one space between words.

    Two texts that differ in spaces, diacritics, tatweel or invisible marks alone have one normal form.

    Examples
    --------
    >>> normal_text("مُوسكو   و\u0640كابل") == normal_text("موسكو وكابل")
    True
    """
    fold = load_language("arabic").normalizer
    return " ".join(filter(None, (fold(word) for word in text.split())))


def digest_texts(documents: pd.DataFrame, *, titles: bool = False) -> pd.DataFrame:
    """Describe documents without their texts: who, when, where, and the digests by which a text is known again.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    titles : bool
        Keep the headlines, which are text as well.

    Returns
    -------
    DataFrame
        ``doc_id``, ``date``, ``date_precision``, ``source``, then ``title`` where kept; ``n_characters``; ``sha256`` of
        the text as UTF-8, ``sha256_normal`` of its normal form, ``sha256_title`` (null without a headline); then every
        document variable that is no text; sorted by doc_id.

    Raises
    ------
    SchemaError
        A column is missing.
    """
    need(documents, "documents", [*_FIXED, "text"], table="DOCUMENTS")
    rows = documents.sort_values("doc_id", kind="stable", ignore_index=True)
    texts = rows["text"].astype(str)
    named = rows["title"] if "title" in rows else pd.Series(None, rows.index, dtype="object")
    told: dict[str, Any] = {name: rows[name] for name in _FIXED}
    if titles:
        told["title"] = named
    told |= {
        "n_characters": texts.str.len().astype("int64"),
        "sha256": texts.map(_sha256),
        "sha256_normal": texts.map(lambda text: _sha256(normal_text(str(text)))),
        "sha256_title": named.map(lambda title: None if pd.isna(title) else _sha256(str(title))).astype("object"),
    }
    others = [name for name in rows.columns if name not in (*_FIXED, "text", "title") and not is_text(rows[name])]
    return pd.DataFrame(told | {name: rows[name] for name in others})


def is_text(column: pd.Series) -> bool:
    """Tell whether a document variable is text: one of its values has more than eight words.

    Examples
    --------
    >>> is_text(pd.Series(["Kabul"])), is_text(pd.Series(["a b c d e f g h i"]))
    (False, True)
    """
    if pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype):
        return False
    return any(len(str(value).split()) > _MOST_WORDS for value in column.dropna().unique())


def match_documents(documents: pd.DataFrame, archived: pd.DataFrame) -> pd.DataFrame:
    """Give documents that were fetched again the names and variables that they have in an archive.

    A document is known by its name, else by the digest of its text, else by its address (``url``).

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    archived : DataFrame
        From ``digest_texts``, as the archive has it.

    Returns
    -------
    DataFrame
        The documents, ``doc_id`` as in the archive where one is known; a variable that only the archive has is added,
        and a date or an outlet that only the archive has is filled in.
    """
    found = documents.reset_index(drop=True).assign(doc_id=documents["doc_id"].astype(str).to_numpy())
    known, taken = set(archived["doc_id"]), set(found["doc_id"]) & set(archived["doc_id"])
    found["doc_id"] = _by_key(found, archived, found["text"].astype(str).map(_sha256), "sha256", known, taken)
    if "url" in found and "url" in archived:
        found["doc_id"] = _by_key(found, archived, found["url"], "url", known, taken)
    there = archived.set_index("doc_id")
    for name in there.columns.difference([*_DIGESTS, "title"], sort=False):
        values = found["doc_id"].map(there[name])
        if name not in found:
            found[name] = values
        elif name in _FILLED:
            found[name] = found[name].astype(values.dtype if name == "date" else "object").fillna(values)
    return found


def _by_key(
    found: pd.DataFrame, archived: pd.DataFrame, keys: pd.Series, name: str, known: set[str], taken: set[str]
) -> pd.Series:
    """Rename documents that are not known by name, one for one, by another key."""
    free = archived.loc[~archived["doc_id"].isin(taken) & archived[name].notna()].drop_duplicates(name)
    names = dict(zip(free[name], free["doc_id"], strict=True))
    out = []
    for doc_id, key in zip(found["doc_id"], keys, strict=True):
        other = names.pop(key, None) if doc_id not in known and not pd.isna(key) else None
        if other is not None:
            taken.add(other)
        out.append(other or doc_id)
    return pd.Series(out, index=found.index, dtype="object")


def compare_texts(documents: pd.DataFrame, archived: pd.DataFrame) -> pd.DataFrame:
    """Hold documents against the digests of an archive.

    Parameters
    ----------
    documents : DataFrame
        From ``match_documents``.
    archived : DataFrame
        From ``digest_texts``, as the archive has it.

    Returns
    -------
    DataFrame
        ``doc_id`` and ``state``: ``equal``; ``respelled`` (the text differs in spaces and marks alone); ``changed``
        (text or headline are others); ``recoded`` (the text is the same, its date, outlet or another variable is not);
        ``missing``; ``new`` (not in the archive); sorted by doc_id.
    """
    fresh = digest_texts(documents).set_index("doc_id")
    old = archived.set_index("doc_id")
    both = old.index.intersection(fresh.index)
    new, was = fresh.loc[both], old.loc[both]
    state = pd.Series("equal", index=both, dtype="object")
    for name in old.columns.intersection(fresh.columns).difference(list(_DIGESTS)):
        state[_as_told(new[name]).ne(_as_told(was[name])).to_numpy()] = "recoded"
    state[new["sha256"].ne(was["sha256"]).to_numpy()] = "respelled"
    others = new["sha256_normal"].ne(was["sha256_normal"])
    others |= new["sha256_title"].fillna("").ne(was["sha256_title"].fillna(""))
    state[others.to_numpy()] = "changed"
    lost = pd.Series("missing", index=old.index.difference(fresh.index), dtype="object")
    more = pd.Series("new", index=fresh.index.difference(old.index), dtype="object")
    told = pd.concat([state, lost, more]).rename_axis("doc_id").rename("state").reset_index()
    return told.sort_values("doc_id", ignore_index=True)


def _as_told(column: pd.Series) -> pd.Series:
    """Return values as a CSV tells them, so that what was read back and what was not compare equal."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return days_as_text(column).fillna("")
    told = column.astype("object").where(column.notna(), "").astype(str)
    if pd.api.types.is_bool_dtype(column.dtype):
        return told
    numbers = pd.to_numeric(told, errors="coerce")
    return told.where(numbers.isna(), np.round(numbers, 9).astype(str))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
