"""Sensitivity: which entries of a lexicon carry a result, and how far two lexicons agree."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.omissions import Places
from discourse.reading.matching.matches import find_matches

__all__ = ["compare_lexicons", "leave_one_out"]


def leave_one_out(lexicon: Lexicon, tokens: pd.DataFrame) -> pd.DataFrame:
    """Turn a lexicon and TOKENS into a table of what each category loses without each of its entries.

    An entry that is taken out leaves its places to shorter or later entries that it had overlapped; the loss is what
    remains lost after that. A category that stands on one entry shows a large ``share_lost`` for it.

    Parameters
    ----------
    lexicon : Lexicon
        From ``load_lexicon``.
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.

    Returns
    -------
    DataFrame
        One row an entry, sorted by category, then by documents and matches lost (most first), then by pattern:
        ``category``, ``pattern``, ``n_matches`` and ``n_docs`` (of the entry, with the whole lexicon), ``n_lost`` and
        ``n_docs_lost`` (matches, and documents with at least one match, that the category has fewer without the entry),
        ``share_lost`` and ``share_docs_lost`` (of the category's matches and documents; null where it has none).

    Raises
    ------
    SchemaError
        The tokens are no TOKENS table.

    Notes
    -----
    Matching runs once: all candidates of all entries are found, and only the stretches where an entry overlaps others
    of its category are resolved again without it, by the rule of ``find_matches`` (longest, then leftmost, then first
    in the lexicon). The idea of rerunning a measure with one seed left out follows LSX (Watanabe 2021, Latent Semantic
    Scaling, Communication Methods and Measures 15, https://doi.org/10.1080/19312458.2020.1832976).

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["مكافحة الإرهاب", "الإرهاب وداعش"]}))
    >>> lexicon = lexicon_from_patterns({"terror": ["مكافحة الإرهاب", "إرهاب", "داعش"]})
    >>> leave_one_out(lexicon, tokens)[["pattern", "n_matches", "n_lost", "n_docs_lost"]].values.tolist()
    [['إرهاب', 1, 1, 0], ['داعش', 1, 1, 0], ['مكافحة الإرهاب', 1, 0, 0]]
    """
    _check(tokens)
    entries = lexicon.entries
    names = list(lexicon.categories)
    found = Places(tokens, lexicon)
    of_entry = found.of_entry
    n_documents = len(tokens["doc_id"].cat.categories)
    kept = found.kept
    cell = found.category[kept] * n_documents + found.document[kept]
    per_cell = np.bincount(cell, minlength=len(names) * n_documents).reshape(len(names), n_documents)
    lost, docs_lost = np.zeros(len(entries), np.int64), np.zeros(len(entries), np.int64)
    for entry, changes in found.changes().items():
        lost[entry] = -sum(changes.values())
        before = per_cell[of_entry[entry]]
        docs_lost[entry] = sum(before[document] > 0 and before[document] + n == 0 for document, n in changes.items())
    pairs = np.unique(found.entry[kept] * n_documents + found.document[kept]) // n_documents
    totals, document_totals = per_cell.sum(axis=1), (per_cell > 0).sum(axis=1)
    table = pd.DataFrame(
        {
            "category": pd.Categorical.from_codes(of_entry, categories=pd.Index(names)),
            "pattern": entries["pattern"].to_numpy(),
            "n_matches": np.bincount(found.entry[kept], minlength=len(entries)),
            "n_docs": np.bincount(pairs, minlength=len(entries)),
            "n_lost": lost,
            "n_docs_lost": docs_lost,
            "share_lost": _share(lost, totals[of_entry]),
            "share_docs_lost": _share(docs_lost, document_totals[of_entry]),
        }
    )
    order = np.lexsort((table["pattern"], -table["n_lost"], -table["n_docs_lost"], table["category"].astype("str")))
    return table.take(order).reset_index(drop=True)


def compare_lexicons(a: Lexicon, b: Lexicon, tokens: pd.DataFrame) -> pd.DataFrame:
    """Turn two lexicons and TOKENS into a table of how far they agree, category by category.

    Categories are compared by name; one that only one lexicon has is listed with zeros for the other.

    Parameters
    ----------
    a, b : Lexicon
        The lexicons, for instance two editions of one.
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.

    Returns
    -------
    DataFrame
        One row a category, sorted by name: ``category``, ``n_matches_a``, ``n_matches_b``, ``n_same`` (matches on the
        same tokens), ``n_docs_a``, ``n_docs_b``, ``n_docs_both``, ``jaccard`` (documents that both find, of those that
        either finds; null where neither finds any), ``correlation`` (Pearson, of the counts per document; null where
        one of them does not vary).

    Raises
    ------
    SchemaError
        The tokens are no TOKENS table.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["موسكو والكرملين", "الكرملين"]}))
    >>> one, two = lexicon_from_patterns({"russia": ["موسكو"]}), lexicon_from_patterns({"russia": ["موسكو", "كرملين"]})
    >>> compare_lexicons(one, two, tokens)[["n_matches_a", "n_matches_b", "n_same", "jaccard"]].values.tolist()
    [[1.0, 3.0, 1.0, 0.5]]
    """
    _check(tokens)
    n_documents = len(tokens["doc_id"].cat.categories)
    found = [_spans(find_matches(tokens, lexicon)) for lexicon in (a, b)]
    rows = []
    for category in sorted(set(a.categories) | set(b.categories)):
        mine = [spans[spans["category"] == category] for spans in found]
        counts = [np.bincount(spans["document"], minlength=n_documents) for spans in mine]
        same = len(mine[0].merge(mine[1], on=["document", "start", "end"]))
        both, either = ((counts[0] > 0) & (counts[1] > 0)).sum(), ((counts[0] > 0) | (counts[1] > 0)).sum()
        varies = all(values.size and values.min() < values.max() for values in counts)
        rows.append(
            {
                "category": category,
                "n_matches_a": len(mine[0]),
                "n_matches_b": len(mine[1]),
                "n_same": same,
                "n_docs_a": int((counts[0] > 0).sum()),
                "n_docs_b": int((counts[1] > 0).sum()),
                "n_docs_both": int(both),
                "jaccard": both / either if either else np.nan,
                "correlation": np.corrcoef(counts[0], counts[1])[0, 1] if varies else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _check(tokens: pd.DataFrame) -> None:
    missing = [name for name in ("doc_id", "sentence", "norm") if name not in tokens.columns]
    if missing:
        raise SchemaError(f"`tokens` lacks the columns {', '.join(map(repr, missing))}; make it with tokenize().")


def _spans(matches: pd.DataFrame) -> pd.DataFrame:
    """Return the matches with the code of their document."""
    return matches[["start", "end"]].assign(
        document=matches["doc_id"].cat.codes.to_numpy(np.int64), category=matches["category"].astype("str")
    )


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
