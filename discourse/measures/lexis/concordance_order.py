"""The lines of a concordance in another order, and a seeded sample of them."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.language.base import Language, load_language
from discourse.language.tokens import tokenize, word_rows
from discourse.measures.checked import is_whole
from discourse.measures.hashing import hash_names
from discourse.tables import need

__all__ = ["NODE", "has_beside", "read_place", "sample_concordance", "sort_concordance"]

NODE = "node"
"""The keyword itself, as a place to sort by."""
_PLACE = re.compile(r"([1-9][0-9]{0,3})([LR])", re.ASCII | re.IGNORECASE)
_TEXTS = {"L": "pre", NODE: "keyword", "R": "post"}


def read_place(place: object, argument: str = "by") -> tuple[str, int]:
    """Read a place of a context as concordancers write it: the side, and how many words from the node.

    Raises
    ------
    SchemaError
        It is none.

    Examples
    --------
    >>> read_place("2R"), read_place("node")
    (('R', 2), ('node', 0))
    """
    found = _PLACE.fullmatch(place) if isinstance(place, str) else None
    if isinstance(place, str) and place.lower() == NODE:
        return NODE, 0
    if found is None:
        raise SchemaError(
            f"`{argument}` has the place {place!r}; a place is a number of words, 1 or more, with L (before the "
            f"keyword in reading order) or R (after it), such as '1L' or '2R', or {NODE!r} for the keyword itself."
        )
    return found[2].upper(), int(found[1])


def sort_concordance(
    concordance: pd.DataFrame,
    by: str | Sequence[str] = ("1R", "2R"),
    *,
    window: int | None = None,
    language: str | Language = "arabic",
) -> pd.DataFrame:
    """Sort the lines of CONCORDANCE by words of their contexts, by the first place, then by the second, and so on.

    L is before the keyword and R after it in reading order, whatever the direction of the script: 1L is the word that
    is read just before the keyword, and in Arabic it stands to the right of it on the page. Places count words; marks
    do not count. Words are compared by their normal form, in the order of the alphabet of the language; the text is
    shown as published.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE.
    by : str or sequence of str
        Places such as "1L" and "2R", or "node" for the keyword.
    window : int, optional
        Words on each side that the table was made with; the most that a line has on either side when left out.
    language : str or Language
        The language of the texts.

    Returns
    -------
    DataFrame
        All rows in the new order. A line that has no word at a place (the document begins or ends before) stands
        behind those that have one; equal lines stand by doc_id and start.

    Raises
    ------
    SchemaError
        A column is missing, a place cannot be read, stands twice, or lies beyond the window.

    References
    ----------
    Sinclair, J. (1991). Corpus, Concordance, Collocation. Oxford University Press.

    Examples
    --------
    >>> from discourse.reading.matching.concordance import kwic
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["زار الوفد موسكو، وزار الوزير كابل. زار"]})
    >>> lines = kwic(tokenize(documents), "زار", documents, window=2)
    >>> sort_concordance(lines, "2R")["post"].tolist()
    [' الوزير كابل', ' الوفد موسكو', '']
    """
    need(concordance, "concordance", ["doc_id", "start", "pre", "keyword", "post"])
    pack = load_language(language)
    asked = [by] if isinstance(by, str) else list(by)
    places = [read_place(one) for one in asked]
    twice = sorted({str(one) for one, place in zip(asked, places, strict=True) if places.count(place) > 1})
    if twice or not places:
        wrong = f"names {first_three(twice)} more than once" if twice else "names no place"
        raise SchemaError(f"`by` {wrong}; give each place once, such as ('1R', '2R').")
    if not len(concordance):
        return concordance.copy()
    words = {side: _words_of(concordance[_TEXTS[side]], pack) for side in _sides(places, window)}
    if window is None:
        window = max(len(row) for side in "LR" for row in words[side])
    for one, (_, distance) in zip(asked, places, strict=True):
        if distance > window:
            raise SchemaError(
                f"`by` has the place {one!r}, and the contexts hold {window} words on each side at most. Name a "
                "nearer place, or make the concordance with a wider window (kwic(window=...))."
            )
    keys = [_ranks([_key(row, side, distance) for row in words[side]]) for side, distance in places]
    ids = concordance["doc_id"].astype("str").to_numpy(dtype=object)
    order = np.lexsort((concordance["start"].to_numpy(), pd.factorize(ids, sort=True)[0], *reversed(keys)))
    return concordance.take(order).reset_index(drop=True)


def _sides(places: Sequence[tuple[str, int]], window: int | None) -> Iterable[str]:
    """Return the sides that are read: those asked for, and both where the window is to be found."""
    return dict.fromkeys([*("LR" if window is None else ""), *(side for side, _ in places)])


def _words_of(texts: pd.Series, language: Language) -> list[list[str]]:
    """Return the words of each text as the alphabet compares them, in reading order."""
    number, distinct = pd.factorize(texts.astype("str"))
    names = pd.Series(np.arange(len(distinct))).astype("str")
    tokens = tokenize(pd.DataFrame({"doc_id": names, "text": pd.Series(distinct, dtype="str")}), language=language)
    rows = np.flatnonzero(word_rows(tokens))
    keys = np.array([language.sort_key(str(norm)) for norm in tokens["norm"].cat.categories], dtype=object)
    own: list[list[str]] = [[] for _ in range(len(distinct))]
    text = tokens["doc_id"].cat.categories.astype("int64").to_numpy()[tokens["doc_id"].cat.codes.to_numpy()[rows]]
    for place, key in zip(text.tolist(), keys[tokens["norm"].cat.codes.to_numpy()[rows]].tolist(), strict=True):
        own[place].append(key)
    return [own[place] for place in number.tolist()]


def has_beside(concordance: pd.DataFrame, word: str, language: str | Language = "arabic") -> np.ndarray:
    """Tell of each line whether a word stands in its context, before the keyword or behind it.

    Raises
    ------
    SchemaError
        ``word`` is no single word.
    """
    pack = load_language(language)
    asked = _words_of(pd.Series([word], dtype="str"), pack)[0]
    if len(asked) != 1:
        raise SchemaError(f"`beside` is {word!r}, which holds {len(asked)} words; name one word, as it is written.")
    sides = [_words_of(concordance[name], pack) for name in ("pre", "post")]
    return np.array([asked[0] in before or asked[0] in behind for before, behind in zip(*sides, strict=True)], bool)


def _key(row: list[str], side: str, distance: int) -> tuple[str, ...] | None:
    """Return what stands at a place of a line, None where nothing does."""
    if side == NODE:
        return tuple(row)
    if distance > len(row):
        return None
    return (row[-distance] if side == "L" else row[distance - 1],)


def _ranks(keys: list[tuple[str, ...] | None]) -> np.ndarray:
    """Return the rank of each key, equal ones alike, None behind all."""
    known = {key: rank for rank, key in enumerate(sorted({key for key in keys if key is not None}))}
    return np.array([len(known) if key is None else known[key] for key in keys])


def sample_concordance(concordance: pd.DataFrame, n: int, *, seed: int = 20151223) -> pd.DataFrame:
    """Thin CONCORDANCE to ``n`` lines drawn at random, each as likely as any other, without replacement.

    Whether a line is drawn depends on the seed and on the names of the lines alone (document, place, pattern): neither
    the order of the rows nor the machine changes the sample, and a smaller sample of one seed lies within a larger one.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE.
    n : int
        Lines to keep; all, where there are no more.
    seed : int
        Seed, 0 or more.

    Returns
    -------
    DataFrame
        The lines that are drawn, in the order in which they stood.

    Raises
    ------
    SchemaError
        A column is missing, ``n`` is below 1, or ``seed`` below 0.

    Examples
    --------
    >>> lines = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [1, 5, 2], "end": [2, 6, 3], "pattern": "x"})
    >>> drawn = sample_concordance(lines, 2)
    >>> len(drawn), sample_concordance(lines.iloc[::-1], 2).iloc[::-1].reset_index(drop=True).equals(drawn)
    (2, True)
    """
    need(concordance, "concordance", ["doc_id", "start", "end", "pattern"])
    for name, value, least in (("n", n, 1), ("seed", seed, 0)):
        if not is_whole(value) or value < least:
            raise SchemaError(f"`{name}` is {value!r}; it must be a whole number, {least} or more.")
    if n >= len(concordance):
        return concordance.copy()
    columns = [concordance[name].astype("str") for name in ("doc_id", "start", "end", "pattern")]
    names = ["\x1f".join(row) for row in zip(*columns, strict=True)]
    draws = hash_names(f"{seed}\x1f{name}" for name in names)
    drawn = np.lexsort((pd.factorize(np.array(names, dtype=object), sort=True)[0], draws))[:n]
    return concordance.take(np.sort(drawn)).reset_index(drop=True)
