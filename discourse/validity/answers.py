"""Positions against hand codes, where "no position" is an answer like the five others."""

from collections.abc import Iterable, Mapping

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.lexicons.actors import aliases_of
from discourse.lexicons.loader import load_lexicon
from discourse.tables import need
from discourse.validity.alpha import check_draws
from discourse.validity.coding import MISSING, NO_ANSWER
from discourse.validity.scores import score_answers, share_of_rows

__all__ = ["ANSWERS", "count_answers", "keys_of", "match_answers", "score_against_codes"]

ANSWERS = ("-2", "-1", "0", "1", "2", "none")


def match_answers(
    positions: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    doc_ids: Iterable[str] | None = None,
    holders: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Put hand code and position of each judged holder side by side: DOCUMENT_POSITIONS and codes become answers.

    What is judged is every row of ``codes``, and beside them every position of a coded document whose holder has no
    code there: a coder who lists holders says by silence that the others take no position. Positions of other
    documents and other holders are left out.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS: doc_id, holder, position (-2 to 2) and, where the codes have it, target.
    codes : DataFrame
        doc_id, holder, position; the position is null or ``none`` where the coder read the document and saw none. With
        a column
        ``target`` holder and target are judged together.
    doc_ids : iterable of str, optional
        The documents that were coded, those without any position too; by default those that ``codes`` name.
    holders : iterable of str, optional
        The holders that the coder looked for; by default those that ``codes`` name.

    Returns
    -------
    DataFrame
        doc_id, holder (and target), ``hand`` and ``found``, each one of -2, -1, 0, 1, 2, none (str); sorted by the key.

    Raises
    ------
    SchemaError
        A column is missing, a key stands twice, a position is none of the five, ``codes`` has no row, ``doc_ids`` or
        ``holders`` is one text, or no document of ``positions`` was coded.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia", "russia"], "position": [1, -1]})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c"], "holder": ["russia"] * 3, "position": [1.0, None, 2.0]})
    >>> match_answers(positions, codes).values.tolist()
    [['a', 'russia', '1', '1'], ['b', 'russia', 'none', '-1'], ['c', 'russia', '2', 'none']]
    """
    need(codes, "codes", ["doc_id", "holder", "position"])
    pair = ["holder", "target"] if "target" in codes else ["holder"]
    key = ["doc_id", *pair]
    need(positions, "positions", [*key, "position"])
    for name, names in (("doc_ids", doc_ids), ("holders", holders)):
        if isinstance(names, str):
            raise SchemaError(f"`{name}` is {names!r}; it must be a list of names. Write [{names!r}].")
    if not len(codes) and (doc_ids is None or holders is None):
        raise SchemaError("`codes` has no row. Give one row per coded document and holder, null where there is none.")
    hand = _named(codes, "codes", key, "hand")
    found = _named(positions.dropna(subset=["position"]), "positions", key, "found")
    coded = pd.Index(hand["doc_id"] if doc_ids is None else [str(one) for one in doc_ids])
    read = positions["doc_id"].astype("str")
    if len(read) and not read.isin(coded).any():
        raise SchemaError(
            f"`positions` has no document that was coded. It has {first_three(read.unique())}; coded are "
            f"{first_three(coded.unique())}. Give both the same doc_id; a table of no rows means nothing was found."
        )
    if holders is None:
        judged = pd.MultiIndex.from_frame(found[pair]).isin(pd.MultiIndex.from_frame(hand[pair]))
    else:
        judged = found["holder"].isin(pd.Series(list(holders), dtype="str").replace(_aliases())).to_numpy()
    found = found[judged & found["doc_id"].isin(coded).to_numpy()]
    both = hand.merge(found, on=key, how="outer", validate="one_to_one").fillna({"hand": "none", "found": "none"})
    return both.sort_values(key, ignore_index=True)


def _aliases() -> Mapping[str, str]:
    return aliases_of(load_lexicon("actors"))


def keys_of(table: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return doc_id, holder (and target) as text, actors by the lexicon's own names.

    >>> keys_of(pd.DataFrame({"doc_id": [1], "holder": ["saudi"]}), ["doc_id", "holder"]).values.tolist()
    [['1', 'saudi_arabia']]
    """
    out = table[key].astype("str").reset_index(drop=True)
    return out.assign(**{name: out[name].replace(_aliases()) for name in key[1:]})


def _named(table: pd.DataFrame, argument: str, key: list[str], column: str) -> pd.DataFrame:
    """Return the key as text and the position by its name."""
    out = keys_of(table, key)
    repeated = out.duplicated()
    if repeated.any():
        raise SchemaError(
            f"`{argument}` has {int(repeated.sum())} repeated {' + '.join(key)}; each must stand once. "
            f"First: {first_three(out[repeated].agg(' + '.join, axis=1))}. Choose one target or one coder."
        )
    plain = table["position"].astype(object).reset_index(drop=True)
    nothing = plain.isna() | plain.astype("str").str.strip().str.casefold().isin([*NO_ANSWER, *MISSING])
    value = pd.to_numeric(plain.mask(nothing), errors="coerce")
    given = ~nothing.to_numpy()
    wrong = given & ~value.isin([-2, -1, 0, 1, 2]).to_numpy()
    if wrong.any():
        raise SchemaError(
            f"`{argument}` has {int(wrong.sum())} positions that are none of -2, -1, 0, 1, 2. "
            f"First: {first_three(table['position'][wrong])}. Recode them, or leave them null."
        )
    names = [f"{one:.0f}" if known else "none" for one, known in zip(value, given, strict=True)]
    out[column] = pd.Series(names, dtype="str")
    return out


def score_against_codes(
    positions: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    doc_ids: Iterable[str] | None = None,
    holders: Iterable[str] | None = None,
    clusters: Mapping[str, str] | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Score positions against hand codes, presence counted: one row per figure, with n and interval.

    ``six_way`` is the share of judged holders whose answer is the coder's, where the answers are the five positions
    and none. ``holder_precision`` asks of the positions found, ``holder_recall`` of those coded, whether the other
    side has one at all. ``exact``, ``within_one``, ``sign`` and ``alpha_ordinal`` look at those alone that both have:
    they say nothing of a position that is missed or made up, so they never stand without the first four.

    Parameters
    ----------
    positions, codes, doc_ids, holders
        As for ``match_answers``: DOCUMENT_POSITIONS; doc_id, holder, position of the coder, null for none (and target);
        which documents were coded and which holders looked for, by default those that ``codes`` name.
    clusters : mapping of str to str, optional
        What the intervals draw together: a label for each doc_id, such as its minimal pair or its wire. By default
        documents are drawn, with all their holders.
    n_draws, seed
        Of the interval of alpha.
    level : float
        Probability that the intervals aim to cover.

    Returns
    -------
    DataFrame
        figure (six_way, holder_precision, holder_recall, holder_f1, exact, within_one, sign, alpha_ordinal), n,
        estimate, lower, upper, method (beta; bootstrap for alpha; none). Null where n is 0.

    Raises
    ------
    SchemaError
        As for ``match_answers``, or ``n_draws`` is below 1, or ``level`` does not lie between 0 and 1.

    Notes
    -----
    Shares have the interval of ``ratio_by_group``, alpha that of ``alpha_interval``; both never are a point.
    holder_f1 is 2 b / (f + c) of b holders in both, f found, c coded; its n is the number of holders that either has.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia", "russia"], "position": [1, -1]})
    >>> codes = pd.DataFrame({"doc_id": list("abcd"), "holder": ["russia"] * 4, "position": [1.0, None, 2.0, None]})
    >>> score_against_codes(positions, codes)[["figure", "n", "estimate"]].head(3).values.tolist()
    [['six_way', 4, 0.5], ['holder_precision', 2, 0.5], ['holder_recall', 2, 0.5]]
    """
    check_draws(n_draws, level)
    answers = match_answers(positions, codes, doc_ids=doc_ids, holders=holders)
    labels = answers["doc_id"] if clusters is None else answers["doc_id"].map(clusters).fillna(answers["doc_id"])
    return score_answers(answers, labels, n_draws=n_draws, seed=seed, level=level)


def count_answers(
    positions: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    doc_ids: Iterable[str] | None = None,
    holders: Iterable[str] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count which answer the positions give to each hand code: the confusion of the five positions and none.

    Parameters
    ----------
    positions, codes, doc_ids, holders
        As for ``match_answers``: DOCUMENT_POSITIONS; doc_id, holder, position of the coder, null for none (and target);
        which documents were coded and which holders looked for, by default those that ``codes`` name.
    level : float
        Probability that the interval of ``right`` aims to cover.

    Returns
    -------
    DataFrame
        One row per code, -2 to 2 and none: ``code``, ``n``, ``right`` (share, null where n is 0), ``lower``, ``upper``,
        then a count for each answer, in columns of these names.

    Raises
    ------
    SchemaError
        As for ``match_answers``.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia", "russia"], "position": [1, -1]})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "position": [1.0, None]})
    >>> count_answers(positions, codes).loc[5, ["n", "right", "-1"]].tolist()
    [1.0, 0.0, 1.0]
    """
    answers = match_answers(positions, codes, doc_ids=doc_ids, holders=holders)
    counts = pd.crosstab(answers["hand"], answers["found"]).reindex(index=ANSWERS, columns=ANSWERS, fill_value=0)
    units = pd.factorize(answers["doc_id"], sort=True)[0]
    same = (answers["hand"] == answers["found"]).to_numpy()
    told = []
    for code in ANSWERS:
        mine = (answers["hand"] == code).to_numpy()
        told.append((code, *share_of_rows(same & mine, mine, units, level=level)[:4]))
    head = pd.DataFrame(told, columns=["code", "n", "right", "lower", "upper"])
    return pd.concat([head, counts.reset_index(drop=True).rename_axis(None, axis=1)], axis=1)
