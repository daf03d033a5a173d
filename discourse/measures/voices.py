"""Whose words a corpus prints: the share of each side's voice, and the verbs that present it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.language.tokens import word_rows
from discourse.lexicons.actors import read_sides
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.intervals import ratio_by_group
from discourse.measures.periods import read_variables
from discourse.tables import need

__all__ = ["OUTLET", "UNKNOWN", "count_voices", "lay_voices", "measure_presentation", "voice_of_words"]

OUTLET = "outlet"  # words in no one's mouth but the paper's
UNKNOWN = "unknown"  # words of a speaker without a side


def count_voices(
    quotations: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    kind: str = "all",
    actors: Lexicon | None = None,
    voices: Sequence[str] = (),
) -> pd.DataFrame:
    """Count the words of each voice in each document: COUNTS from QUOTATIONS and TOKENS.

    Every word token has one voice: the side whose content it stands in, "unknown" where the speaker has no side, and
    "outlet" outside all content. Where contents overlap (a claim inside a claim, a claim with two layers) the shortest
    content has the word, and of equal ones the one whose cue comes first. So the voices of a document add up to its
    words; ``count_by_period`` turns the table into a series of words per 1,000 with intervals.

    Parameters
    ----------
    quotations : DataFrame
        QUOTATIONS; reads doc_id, side, kind and the offsets of content and cue.
    tokens : DataFrame
        TOKENS of the same documents; leave out boilerplate by ``drop_spans`` beforehand.
    kind : {"all", "direct", "indirect"}
        Which content counts as a voice; "indirect" takes in mixed content. Words of the others fall to the outlet.
    actors : Lexicon, optional
        Actors whose sides are the voices that every document has, the built-in lexicon "actors" by default.
    voices : sequence of str
        Further voices that every document has: those of the whole corpus, where these are a part of its documents.

    Returns
    -------
    DataFrame
        COUNTS, dense: ``category`` is the voice, ``n_matches`` its words, ``n_tokens`` the words of the document,
        ``n_sentences`` its sentences. Sorted by doc_id, category.

    Raises
    ------
    SchemaError
        A column is missing, or ``kind`` is none of the choices.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.reading.speech.quotations import find_quotations
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["قال لافروف إن الوفد وصل. وانتهى اللقاء."]})
    >>> tokens = tokenize(documents)
    >>> counts = count_voices(find_quotations(documents, tokens), tokens)
    >>> counts.loc[counts["n_matches"] > 0, ["category", "n_matches", "n_tokens"]].to_numpy().tolist()
    [['outlet', 4, 7], ['russia', 3, 7]]
    """
    check_choice("kind", kind, ["all", "direct", "indirect"])
    columns = ["doc_id", "side", "kind", "content_start_char", "content_end_char", "cue_start_char"]
    need(quotations, "quotations", columns)
    need(tokens, "tokens", ["doc_id", "sentence", "start_char", "token"])
    sides = read_sides(actors or load_lexicon("actors")).values()
    voices = sorted({OUTLET, UNKNOWN, *sides, *voices, *quotations["side"].dropna().astype(str)})
    ids = tokens["doc_id"].cat.categories
    words = np.flatnonzero(word_rows(tokens))
    document = tokens["doc_id"].cat.codes.to_numpy()[words].astype(np.int64)
    voice = lay_voices(_chosen(quotations, kind), ids, document, tokens["start_char"].to_numpy()[words], voices)
    table = np.bincount(document * len(voices) + voice, minlength=len(ids) * len(voices))
    sentences = tokens.groupby("doc_id", observed=False)["sentence"].nunique().to_numpy()
    out = pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(np.repeat(np.arange(len(ids)), len(voices)), categories=ids),
            "category": pd.Categorical(np.tile(voices, len(ids)), categories=voices),
            "n_matches": table.astype(np.int64),
            "n_tokens": np.repeat(np.bincount(document, minlength=len(ids)), len(voices)).astype(np.int64),
            "n_sentences": np.repeat(sentences, len(voices)).astype(np.int64),
        }
    )
    return out.sort_values(["doc_id", "category"], kind="stable", ignore_index=True)


def voice_of_words(quotations: pd.DataFrame, tokens: pd.DataFrame, rows: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return the voice of each of these rows of TOKENS, as ``count_voices`` tells it, and the names of the voices.

    Parameters
    ----------
    quotations : DataFrame
        QUOTATIONS.
    tokens : DataFrame
        TOKENS of the same documents.
    rows : ndarray of int
        Rows of TOKENS, ascending.

    Returns
    -------
    voices : ndarray of int
        Place of the voice of each row among the names.
    names : list of str
        ``outlet``, ``unknown`` and the sides that speak, sorted.
    """
    need(quotations, "quotations", ["doc_id", "side", "content_start_char", "content_end_char", "cue_start_char"])
    names = sorted({OUTLET, UNKNOWN, *quotations["side"].dropna().astype(str)})
    document = tokens["doc_id"].cat.codes.to_numpy()[rows].astype(np.int64)
    start = tokens["start_char"].to_numpy()[rows]
    return lay_voices(quotations, tokens["doc_id"].cat.categories, document, start, names), names


def _chosen(quotations: pd.DataFrame, kind: str) -> pd.DataFrame:
    if kind == "all":
        return quotations
    direct = quotations["kind"].astype(str).eq("direct")
    return quotations[direct if kind == "direct" else ~direct]


def lay_voices(
    quotations: pd.DataFrame, ids: pd.Index, document: np.ndarray, start: np.ndarray, voices: list[str]
) -> np.ndarray:
    """Return the voice of each word: the longest contents are laid down first, shorter ones over them."""
    voice = np.full(len(document), voices.index(OUTLET), np.int64)
    if not len(quotations) or not len(document):
        return voice
    place = ids.get_indexer(pd.Index(quotations["doc_id"].astype(str)))
    begin, end = (quotations[name].to_numpy(np.int64) for name in ("content_start_char", "content_end_char"))
    width = int(max(start.max(), end.max())) + 2
    key = document * width + start
    first = np.searchsorted(key, place * width + begin)
    stop = np.searchsorted(key, place * width + end)
    sides = quotations["side"].astype(object).where(quotations["side"].notna(), UNKNOWN).map(voices.index).to_numpy()
    cue = quotations["cue_start_char"].fillna(quotations["content_start_char"]).to_numpy(np.int64)
    order = np.lexsort((-cue, begin - end))
    for row in order[place[order] >= 0]:
        voice[first[row] : stop[row]] = sides[row]
    return voice


def measure_presentation(
    quotations: pd.DataFrame,
    *,
    by: str = "side",
    of: str = "strength",
    documents: pd.DataFrame | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how each side is presented: the share of its statements by the strength, verb or kind of the cue.

    Parameters
    ----------
    quotations : DataFrame
        QUOTATIONS. Rows with a null in ``by`` count as "unknown".
    by : str
        Who is presented: "side", "actor", or any other column.
    of : str
        By what: "strength" (neutral, assertive, doubtful, denying, accusing), "verb", "kind", or any other column.
    documents : DataFrame, optional
        DOCUMENTS with the variables ``cluster`` and ``weight``; needed for these alone.
    cluster, weight : str, optional
        As in ``count_by_period``: the units in place of documents (one article often keeps one verb, so that
        statements are none), and the weight of each document.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        One row per value of ``by`` and of ``of``, dense: ``n`` statements, ``n_statements`` of that ``by``, ``n_docs``
        with one, ``estimate`` (share), ``lower``, ``upper``, ``method``. Sorted by ``by``, then most frequent first.

    Raises
    ------
    SchemaError
        A column is missing, ``by`` and ``of`` are the same, ``documents`` lack a document, or weights are null,
        negative or all 0.

    Examples
    --------
    >>> quotations = pd.DataFrame(
    ...     {"doc_id": ["a", "a", "b"], "side": ["us"] * 3, "strength": ["accusing", "neutral", "neutral"]}
    ... )
    >>> measure_presentation(quotations)[["side", "strength", "n", "n_statements", "n_docs"]].to_numpy().tolist()
    [['us', 'neutral', 2, 3, 2], ['us', 'accusing', 1, 3, 2]]
    """
    if by == of:
        raise SchemaError(f"`by` and `of` are both {by!r}; they must be two different columns.")
    need(quotations, "quotations", ["doc_id", by, of])
    who = quotations[by].astype(object).where(quotations[by].notna(), UNKNOWN).astype(str)
    what = quotations[of].astype(object).where(quotations[of].notna(), UNKNOWN).astype(str)
    whos, whats = sorted(who.unique()), sorted(what.unique())
    cross = pd.crosstab([who.rename("who"), quotations["doc_id"].astype(str).rename("doc_id")], what.rename("what"))
    cross = cross.reindex(columns=whats).sort_index()
    groups = pd.Index(whos).get_indexer(cross.index.get_level_values("who"))
    counts = cross.to_numpy()
    units, weights = read_variables(cross.index.get_level_values("doc_id").to_numpy(), documents, cluster, weight)
    share = ratio_by_group(
        counts, counts.sum(axis=1), groups, whos, kind="share", units=units, weights=weights, level=level
    )
    rows = pd.DataFrame(
        {
            by: np.repeat(whos, len(whats)),
            of: np.tile(whats, len(whos)),
            "n": np.array([counts[groups == g].sum(axis=0) for g in range(len(whos))]).ravel().astype(np.int64),
            "n_statements": np.repeat([int(counts[groups == g].sum()) for g in range(len(whos))], len(whats)),
            "n_docs": np.repeat([int((groups == g).sum()) for g in range(len(whos))], len(whats)),
            "estimate": share["estimate"].ravel(),
            "lower": share["lower"].ravel(),
            "upper": share["upper"].ravel(),
            "method": share["method"].ravel(),
        }
    )
    ordered = rows.assign(minus=-rows["n"]).sort_values([by, "minus", of], kind="stable", ignore_index=True)
    ordered = ordered.drop(columns="minus")
    for name in (by, of, "method"):
        ordered[name] = ordered[name].astype("category")
    return ordered
