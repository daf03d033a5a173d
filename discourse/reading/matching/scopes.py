"""Negation, hedges and conditions: how far they reach, and which matches stand in their scope."""

import numpy as np
import pandas as pd

from discourse.errors import check_choice
from discourse.language.base import load_language
from discourse.language.sentences import find_openings
from discourse.language.tokens import words_among
from discourse.lexicons.loader import Lexicon
from discourse.memory import of_rows
from discourse.reading.matching.compiled import compile_lexicon
from discourse.reading.matching.locating import locate

__all__ = ["find_scopes", "mark_scopes"]

EFFECTS = ("cancel", "hedge", "negate", "none")
_READ = ("doc_id", "sentence", "norm")  # the columns of TOKENS that a scope depends on
_NEGATED, _HEDGED = 1, 2
_BOUNDARIES = frozenset("،,؛;:.!?؟()[]{}—–")


def find_scopes(tokens: pd.DataFrame, *, scopes: Lexicon) -> pd.DataFrame:
    """Find the cues of negation, hedging and condition in TOKENS, and how far each reaches.

    A scope begins behind its cue and ends after the number of word tokens that the entry declares, or earlier: at a
    clause boundary (، ؛ : . and brackets), at a contrast (لكن, بل), at the end of the sentence. A cue that a ``cancel``
    entry covers (لا يزال, لا سيما, ليس فقط) has no scope; nor has a denial directly behind a negator (لم ينف).

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    scopes : Lexicon
        Cues with their effect and reach, as in the lexicon "scopes".

    Returns
    -------
    DataFrame
        One row per cue, sorted: ``first``, ``stop`` (rows of TOKENS of the cue), ``open`` and ``reach`` (first row
        of its scope and one past the last), ``effect`` (negate, hedge), ``denial`` (a verb of denial, not a particle),
        ``pattern``.
    """
    for effect in set(scopes.entries["effect"]):
        check_choice("effect", effect, EFFECTS)
    return of_rows(tokens, _READ, ("scopes", _name(scopes)), lambda: _scopes(tokens, scopes)).copy()


def _name(scopes: Lexicon) -> tuple:
    """Return what stands for the content of a lexicon of scopes."""
    read = [scopes.entries[name].tolist() for name in ("effect", "scope", "begin") if name in scopes.entries]
    return compile_lexicon(scopes).name, repr(read)


def _scopes(tokens: pd.DataFrame, scopes: Lexicon) -> pd.DataFrame:
    found = locate(tokens, scopes, overlaps="all")
    effect = scopes.entries["effect"].to_numpy()[found.entry]
    begin = scopes.entries.get("begin", pd.Series(np.nan, scopes.entries.index)).to_numpy(np.float64)[found.entry]
    table = pd.DataFrame(
        {
            "first": found.first,
            "stop": found.stop,
            "open": np.where(np.isnan(begin), found.stop, found.first + np.nan_to_num(begin)).astype(np.int64),
            "limit": scopes.entries["scope"].to_numpy(np.int64)[found.entry],
            "effect": effect,
            "denial": (scopes.entries["category"].to_numpy() == "denial")[found.entry],
            "pattern": scopes.entries["pattern"].to_numpy()[found.entry],
        }
    )
    table = table[~_covered(table, table["effect"] == "cancel") & ~table["effect"].isin(["cancel", "none"])]
    table = table[~_denial_denied(table)]
    ends = _clause_ends(tokens, scopes)
    word_stop = _word_limit(tokens, table["stop"].to_numpy(), table["limit"].to_numpy())
    clause = ends[np.searchsorted(ends, table["stop"].to_numpy(), side="left")]
    table = table.assign(reach=np.minimum(word_stop, clause))
    return table[["first", "stop", "open", "reach", "effect", "denial", "pattern"]].reset_index(drop=True)


def _covered(table: pd.DataFrame, covering: pd.Series) -> np.ndarray:
    """Tell which cues overlap one of the covering cues."""
    cover = table[covering].sort_values("first")
    if cover.empty:
        return np.zeros(len(table), bool)
    place = np.searchsorted(cover["first"].to_numpy(), table["stop"].to_numpy(), side="left") - 1
    stops = np.maximum.accumulate(cover["stop"].to_numpy())
    return (place >= 0) & (stops[np.maximum(place, 0)] > table["first"].to_numpy())


def _denial_denied(table: pd.DataFrame) -> np.ndarray:
    """Tell which denials, and the negators before them, cancel each other: لم ينف."""
    negators = table[(table["effect"] == "negate") & ~table["denial"]]
    before = set(negators["stop"])
    denied = table["denial"] & table["first"].isin(before)
    firsts = set(table.loc[denied, "first"])
    cancelled = (table["effect"] == "negate") & ~table["denial"] & table["stop"].isin(firsts)
    return (denied | cancelled).to_numpy()


def _clause_ends(tokens: pd.DataFrame, scopes: Lexicon) -> np.ndarray:
    """Return the rows at which a clause ends: boundary marks, contrasts, first rows of sentences, and the end."""
    norm = tokens["norm"].cat
    contrasts = map(scopes.normalizer, load_language(scopes.language).words("matching")["contrasts"])
    stops = norm.categories.isin(_BOUNDARIES.union(contrasts))
    at = stops[norm.codes.to_numpy()]
    at |= find_openings(tokens)
    return np.append(np.flatnonzero(at), len(at))


def _word_limit(tokens: pd.DataFrame, stop: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """Return the row that is ``limit`` word tokens behind ``stop``; marks do not count."""
    norm = tokens["norm"].cat
    words = words_among(norm.categories)
    rows = np.flatnonzero(words[norm.codes.to_numpy()])
    if not len(rows) or not len(stop):
        return stop.astype(np.int64)
    place = np.searchsorted(rows, stop, side="left") + limit
    return np.where(place < len(rows), rows[np.minimum(place, len(rows) - 1)], len(tokens))


def mark_scopes(
    tokens: pd.DataFrame, first: np.ndarray, stop: np.ndarray, *, scopes: Lexicon
) -> tuple[np.ndarray, np.ndarray]:
    """Tell which matches stand in the scope of a negator, and which in that of a hedge or condition.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    first, stop : array of int, shape (n_matches,)
        First row and one past the last row of each match.
    scopes : Lexicon
        Entries with the keys ``effect`` and ``scope``.

    Returns
    -------
    negated, hedged : array of bool, shape (n_matches,)
        A match that contains the cue itself (عدم الاعتراف as an entry) is not marked by it. A negator in the scope of
        a denial cancels it (نفت أنها لا تدعم); repeated negators (لم ... ولا) do not.
    """
    reached = of_rows(tokens, _READ, ("reached", _name(scopes)), lambda: _reached(tokens, scopes))[first]
    return (reached & _NEGATED).astype(bool), (reached & _HEDGED).astype(bool)


def _reached(tokens: pd.DataFrame, scopes: Lexicon) -> np.ndarray:
    """Tell of each row of TOKENS whether it stands in the scope of a negator, and of a hedge."""
    table = find_scopes(tokens, scopes=scopes)
    negators, denial = table["effect"] == "negate", table["denial"]
    reached = np.zeros(len(tokens), np.uint8)
    for cues, bit in (
        (negators & ~denial, _NEGATED),
        (negators & denial, _NEGATED),
        (table["effect"] == "hedge", _HEDGED),
    ):
        reached ^= _covered_rows(table[cues], len(tokens)) * np.uint8(bit)
    return reached


def _covered_rows(table: pd.DataFrame, n_rows: int) -> np.ndarray:
    """Tell which rows stand in one of the scopes; of cues that begin on one row the first counts."""
    table = table.drop_duplicates("first")
    n = np.maximum(table["reach"].to_numpy() - table["open"].to_numpy(), 0)
    covered = np.zeros(n_rows, bool)
    covered[np.arange(n.sum()) + np.repeat(table["open"].to_numpy() - (np.cumsum(n) - n), n)] = True
    return covered
