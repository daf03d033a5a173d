"""Where the frames of a document come from: each match with its characters, and whether the rule counts it."""

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.frames.evidence import Evidence, find_scenes, load_senses, read_titles, tell_evidence, words_of
from discourse.reading.frames.rule import MENTIONS, SHORT, spoken_of
from discourse.reading.matching.matches import Located, check_tokens, locate
from discourse.reading.matching.scopes import mark_scopes

__all__ = ["COLUMNS", "place_frames", "place_matches"]

COLUMNS = (
    *("doc_id", "place", "start_char", "end_char", "category", "pattern", "weight"),
    *("negated", "hedged", "role"),
)


def place_matches(tokens: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Return the matches of a lexicon in TOKENS with their characters; each of them counts (role ``match``).

    Returns
    -------
    DataFrame
        ``doc_id``, ``place`` (text or title: what the characters count in), ``start_char``, ``end_char``, ``category``,
        ``pattern`` (the entry), ``weight``, ``negated``, ``hedged``, ``role``; sorted by doc_id, place, start_char,
        end_char, category.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["دعت إلى مكافحة الإرهاب"]}))
    >>> placed = place_matches(tokens, lexicon_from_patterns({"terror": ["إرهاب"]}, clitics="proclitic"))
    >>> placed[["start_char", "end_char", "category", "role"]].values.tolist()
    [[15, 22, 'terror', 'match']]
    """
    check_tokens(tokens)
    located = locate(tokens, lexicon)
    return _ordered([_table(tokens, located, lexicon, "text", np.full(len(located), "match"))])


def place_frames(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    frames: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    actors: Lexicon | None = None,
) -> pd.DataFrame:
    """Return the matches behind FRAMES: what ``find_frames`` counts as evidence, and what it sets aside.

    Parameters
    ----------
    tokens, documents : DataFrame
        TOKENS and DOCUMENTS that ``find_frames`` was given, with its other options left as they are.
    frames : DataFrame
        FRAMES that it returned.
    lexicon, actors : Lexicon, optional
        As for ``find_frames``.

    Returns
    -------
    DataFrame
        As ``place_matches``; ``role`` is ``match`` where the rule counts it (in the text they are the ``n_matches`` of
        the frame), ``aside`` where it sets it aside (in brackets, in passing, as the name of a body, without its
        context), ``scene`` for the scenes that speak for a frame which is present with less weight than it needs.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.reading.frames import find_frames
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["دعت موسكو إلى مكافحة الإرهاب."], "title": ["حوار"]})
    >>> tokens = tokenize(documents)
    >>> placed = place_frames(tokens, documents, find_frames(tokens, documents))
    >>> placed[["place", "start_char", "end_char", "category", "role"]].values.tolist()
    [['text', 14, 28, 'counterterrorism', 'match'], ['title', 0, 4, 'diplomacy', 'match']]
    """
    check_tokens(tokens)
    lexicon = lexicon or load_lexicon("frames")
    senses = load_senses(lexicon)
    titles = read_titles(tokens, documents)
    asked = np.minimum(MENTIONS, 1 + words_of(tokens) // SHORT)
    found, counts = tell_evidence(tokens, titles, lexicon, senses, actors, asked)
    counts[counts] = spoken_of(found.take(counts), lexicon)
    parts = []
    for table, place in ((tokens, "text"), (titles, "title")):
        if table is not None:
            own = _in_place(found, place)
            role = np.where(counts[own], "match", "aside")
            parts.append(_table(table, found.take(own), lexicon, place, role))
    if senses is not None:
        parts += _scenes(tokens, titles, lexicon, senses, frames)
    return _ordered(parts)


def _in_place(found: Evidence, place: str) -> np.ndarray:
    return (found.sentence < 0) == (place == "title")


def _scenes(
    tokens: pd.DataFrame, titles: pd.DataFrame | None, lexicon: Lexicon, senses: Lexicon, frames: pd.DataFrame
) -> list[pd.DataFrame]:
    """Return the scenes that speak for frames which are present with less weight than they need."""
    light = frames.loc[frames["present"].eq(1) & frames["score"].lt(frames["needed"] - 1e-9)]
    pairs = pd.MultiIndex.from_arrays([light["doc_id"].astype(str), light["category"].astype(str)])
    documents = tokens["doc_id"].cat.categories.astype(str).isin(pairs.get_level_values(0))
    if not documents.any():
        return []
    found, scenes = find_scenes(tokens, titles, lexicon, senses, documents)
    parts = []
    for table, place in ((tokens, "text"), (titles, "title")):
        if table is not None:
            rows = table[documents[table["doc_id"].cat.codes.to_numpy()]]  # as `find_scenes` counts them
            own = found.take(_in_place(found, place))
            placed = _table(rows, own, scenes, place, np.full(len(own), "scene"))
            of = pd.MultiIndex.from_arrays([placed["doc_id"].astype(str), placed["category"].astype(str)])
            parts.append(placed.loc[of.isin(pairs)])
    return parts


def _table(
    tokens: pd.DataFrame, located: Located | Evidence, lexicon: Lexicon, place: str, role: np.ndarray
) -> pd.DataFrame:
    negated, hedged = mark_scopes(tokens, located.first, located.stop, scopes=load_lexicon("scopes"))
    entries = lexicon.entries
    return pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].to_numpy()[located.first].astype(str),
            "place": place,
            "start_char": tokens["start_char"].to_numpy()[located.first],
            "end_char": tokens["end_char"].to_numpy()[located.stop - 1],
            "category": entries["category"].to_numpy(dtype=object)[located.entry],
            "pattern": entries["pattern"].to_numpy(dtype=object)[located.entry],
            "weight": entries["weight"].to_numpy(np.float64)[located.entry],
            "negated": negated,
            "hedged": hedged,
            "role": role,
        },
        columns=list(COLUMNS),
    )


def _ordered(parts: list[pd.DataFrame]) -> pd.DataFrame:
    order = ["doc_id", "place", "start_char", "end_char", "category"]
    told = pd.concat(parts, ignore_index=True).sort_values(order, kind="stable", ignore_index=True)
    return told.astype(dict.fromkeys(("doc_id", "place", "category", "pattern", "role"), "category"))
