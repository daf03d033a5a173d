"""Where sentences end among tokens, by rules that look at the few marks that can end one."""

import re
from collections.abc import Sequence
from string import ascii_letters

import numpy as np
import pandas as pd

from discourse.language.boundaries import Boundaries

__all__ = ["find_openings", "number_sentences", "sentence_roles"]

# What a distinct token is, for cutting sentences; from _END to _QUOTE those that can stand at the end of one.
_OTHER, _TITLE, _LATIN, _END, _DOT, _CLOSE, _QUOTE = range(7)
_CLOSE_MARKS, _QUOTE_MARKS = "»”’)]}›", "\"'"


def sentence_roles(words: Sequence[str], boundaries: Boundaries) -> np.ndarray:
    """Return the role of each distinct token at the end of a sentence, as int8."""
    title = re.compile(f"[{boundaries.titles}]")
    abbreviation = re.compile(boundaries.abbreviation)
    alone = {".": _DOT, **dict.fromkeys(boundaries.sentence_ends, _END)}
    alone |= dict.fromkeys(_CLOSE_MARKS, _CLOSE) | dict.fromkeys(_QUOTE_MARKS, _QUOTE)
    roles = np.full(len(words), _OTHER, np.int8)
    for code, word in enumerate(words):
        if len(word) == 1 and (word in alone or title.match(word)):
            roles[code] = alone.get(word, _TITLE)
        elif "." in word and abbreviation.fullmatch(word):
            roles[code] = _TITLE
        elif word[-1] in ascii_letters:
            roles[code] = _LATIN
    return roles


def number_sentences(
    roles: np.ndarray, sizes: np.ndarray, start: np.ndarray, end: np.ndarray, broken: np.ndarray
) -> np.ndarray:
    """Number the sentences of each text from 0, as int32.

    Parameters
    ----------
    roles : array of int8
        Role of each token, by `sentence_roles`; the tokens of one text after those of another.
    sizes : array of int
        Number of tokens of each text.
    start, end : array of int32
        Offsets of each token into its text.
    broken : array of bool
        Whether a line break or a long run of blanks stands before the token.

    Returns
    -------
    array of int32
        What stands in one text changes nothing in another.
    """
    begins = (np.cumsum(sizes) - sizes)[sizes > 0]
    new = np.zeros(len(roles) + 1, bool)  # one more row stands behind the last
    new[:-1] = broken
    opening = np.zeros(len(roles) + 1, bool)
    opening[begins] = True
    new |= opening
    rows = np.flatnonzero(roles >= _END)
    role = roles[rows]
    touches = ~opening[rows] & (end[rows - 1] == start[rows])  # no blank before
    ends = role == _END
    ends[role == _DOT] = _dots_that_end(rows[role == _DOT], touches[role == _DOT], roles, start, end, opening)
    trailing = (role != _QUOTE) | touches
    rows, ends = rows[trailing], ends[trailing]
    if len(rows):  # runs of marks without a word between them; one with an end in it is the end of a sentence
        first = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1] + 1)) | opening[rows])
        last = np.concatenate((rows[first[1:] - 1], rows[-1:]))
        new[last[np.logical_or.reduceat(ends, first)] + 1] = True
    count = np.cumsum(new[:-1], dtype=np.int32)
    count -= np.repeat(count[begins], sizes[sizes > 0])
    return count


def find_openings(tokens: pd.DataFrame) -> np.ndarray:
    """Tell of each row of TOKENS whether a sentence begins there.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc_id": pd.Categorical(["a", "a", "a", "b"]), "sentence": [0, 0, 1, 1]})
    >>> find_openings(tokens).tolist()
    [True, False, True, True]
    """
    document, number = tokens["doc_id"].cat.codes.to_numpy(), tokens["sentence"].to_numpy()
    opens = np.ones(len(tokens), bool)
    opens[1:] = (document[1:] != document[:-1]) | (number[1:] != number[:-1])
    return opens


def _dots_that_end(
    rows: np.ndarray, touches: np.ndarray, roles: np.ndarray, start: np.ndarray, end: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Tell which dots are neither one of a row of dots, nor behind a title, nor between Latin letters."""
    before = roles[rows - 1]
    following = np.minimum(rows + 1, len(roles) - 1)
    behind = roles[following]
    touches_next = (following > rows) & ~opening[following] & (start[following] == end[rows])
    in_row = ((before == _DOT) & touches) | ((behind == _DOT) & touches_next)
    inside = (before == _LATIN) & (behind == _LATIN) & touches & touches_next
    return ~in_row & ~((before == _TITLE) & touches) & ~inside
