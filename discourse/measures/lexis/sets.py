"""Two sets of documents that are held against each other: which lie in each, and what words these have, by story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.errors import AbsentError, SchemaError, check_choice, first_three, some_of
from discourse.lexicons.actors import read_sides
from discourse.lexicons.loader import load_lexicon
from discourse.measures.change.rows import column_of, span_of
from discourse.measures.change.sides import Side, read_side, rows_of_side, variables_of
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import name_units
from discourse.measures.lexis.terms import Terms
from discourse.measures.voices import OUTLET, UNKNOWN, voice_of_words
from discourse.tables import need

__all__ = [
    "QUOTED",
    "Placed",
    "Sets",
    "check_size",
    "check_voice",
    "place_sets",
    "places_in",
    "read_between",
    "sum_words",
]

QUOTED = "quoted"
"""The voice of everybody but the outlet: all words that somebody is reported to have said."""
_LEAST = 2  # documents of a set


@dataclass(frozen=True)
class Placed:
    """Which documents lie in each of two sets.

    ``sides`` are the sets as read. ``inside`` tells for each document of the table, in its order, whether it lies in
    the first and in the second (both where voices part it). ``doc_ids`` hold the name of each document, ``stories``
    what its story is told by, if not by itself; ``voices`` the voice of each set, null for all words.
    """

    sides: tuple[Side, Side]
    doc_ids: pd.Series
    stories: pd.Series | None
    inside: tuple[np.ndarray, np.ndarray]
    voices: tuple[str | None, str | None]

    @cached_property
    def units(self) -> pd.Series:
        """The name of the story of each document."""
        return name_units(self.doc_ids, self.stories)


@dataclass(frozen=True)
class Sets:
    """The words of two sets, added up by story: a part is what a story has in one set.

    ``counts`` is of shape (n_parts, n_terms); ``tokens``, ``side`` (0 or 1), ``unit`` (number of the story) and
    ``n_docs`` are of each part. ``docs_with`` is of shape (2, n_terms), ``lengths`` holds the words of each document
    and set, ``length_side`` and ``length_unit`` its set and story.
    """

    names: pd.Index
    words: tuple[str, str]
    counts: sparse.csr_array
    tokens: np.ndarray
    side: np.ndarray
    unit: np.ndarray
    docs_with: np.ndarray
    lengths: np.ndarray
    length_side: np.ndarray
    length_unit: np.ndarray

    def n_docs(self, side: int) -> int:
        """Return the documents of a set that have a word."""
        return int((self.length_side == side).sum())

    def n_units(self, side: int) -> int:
        """Return the stories of a set that have a word."""
        return int((self.side == side).sum())


def read_between(between: Sequence[Any], by: str | None) -> tuple[Side, Side]:
    """Read two sets as a user writes them.

    Parameters
    ----------
    between : sequence of two
        Sides as ``contrast`` takes them (``{"period": ("2015", "2020")}``, ``{"source": "ahram"}``), or with ``by``
        their values alone.
    by : str, optional
        What both are values of: ``period``, ``voice``, or a variable of the documents.

    Raises
    ------
    SchemaError
        There are not two, or one cannot be read.

    Examples
    --------
    >>> [side.words for side in read_between(("2021", ("2022", "2023")), "period")]
    ['2021', '2022–2023']
    """
    if isinstance(between, str | Mapping) or not isinstance(between, Sequence) or len(between) != 2:
        raise SchemaError(
            f"`between` is {between!r}; it must be a pair of sets, such as ({{'source': 'ahram'}}, {{'source': "
            "'hayat'}), or with by='source' ('ahram', 'hayat')."
        )
    if by is not None:
        wrong = [side for side in between if isinstance(side, Mapping)]
        if wrong:
            raise SchemaError(f"`by` is {by!r}, but `between` holds {wrong[0]!r}; with `by` give the values alone.")
        between = [{by: side} for side in between]
    first, second = (read_side(side, "between") for side in between)
    if ("category" in first.values) != ("category" in second.values):
        raise SchemaError(
            f"`between` names a voice on one side only: {first.words} against {second.words}. Name one on each side, "
            f"such as {QUOTED!r} and {OUTLET!r}."
        )
    return first, second


def place_sets(
    tokens: pd.DataFrame, documents: pd.DataFrame, sides: tuple[Side, Side], *, cluster: str | None = None
) -> Placed:
    """Tell which documents of TOKENS lie in each of two sets.

    Raises
    ------
    SchemaError
        ``documents`` lack documents of the tokens or a column, no document has a date where a period is asked for,
        the sets overlap, or one holds fewer than two documents.
    """
    periods = any(side.start is not None for side in sides)
    variables = variables_of(sides)
    need(tokens, "tokens", ["doc_id"])
    need(
        documents, "documents", ["doc_id", *(["date"] if periods else []), *variables, *([cluster] if cluster else [])]
    )
    dates = ["date", "date_precision"] if periods else []
    read = ["doc_id", *dates, *variables, *([cluster] if cluster else [])]
    documents = _documents_of(tokens, documents[[name for name in dict.fromkeys(read) if name in documents]])
    ids = documents["doc_id"].astype("str")
    start, end = span_of(documents) if periods else (pd.NaT, pd.NaT)
    named = {column_of(name): _words_of(documents[name]) for name in variables}
    rows = pd.DataFrame({"doc_id": ids, "start": start, "end": end, **named}, copy=False)
    if periods and rows["start"].isna().all():
        raise AbsentError("`between` asks for a period, but no document has a date. Resolve the dates (resolve_dates).")
    plain = [
        side._replace(values={name: of for name, of in side.values.items() if name != "category"}) for side in sides
    ]
    inside = tuple(rows_of_side(rows, side, "between") for side in plain)
    voices = tuple(side.values["category"][0] if "category" in side.values else None for side in sides)
    if voices[0] == voices[1] or QUOTED in voices and OUTLET not in voices:
        _check_apart(sides, ids, inside)
    return Placed(sides, ids, documents[cluster] if cluster else None, (inside[0], inside[1]), (voices[0], voices[1]))


def _documents_of(tokens: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of DOCUMENTS that TOKENS were cut from."""
    ids, present = pd.Index(documents["doc_id"].astype("str")), tokens["doc_id"].cat.categories.astype("str")
    if ids.equals(present):  # as nearly always: each document once and none without tokens
        return documents.reset_index(drop=True)
    check_documents_once(documents)
    place = ids.get_indexer(present)
    if (place < 0).any():
        absent = sorted(present[place < 0])
        raise SchemaError(
            f"`documents` lacks {len(absent)} documents of `tokens`. First: {first_three(absent)}. Pass the documents "
            "that were tokenized."
        )
    held = np.zeros(len(ids), bool)
    held[place] = True
    return documents.loc[held].reset_index(drop=True)


def _words_of(values: pd.Series) -> pd.Series:
    """Return a variable as text or as categories of text, null as ``unknown``."""
    if isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.categories.dtype == "str" and not values.hasnans:
        return values
    return values.astype(object).where(values.notna(), "unknown").astype("str")


def places_in(names: pd.Index, doc_ids: pd.Series) -> np.ndarray:
    """Return the place of each document among names; -1 for none."""
    names, wanted = names.astype("str"), pd.Index(doc_ids)
    return np.arange(len(names)) if names.equals(wanted) else names.get_indexer(wanted)


def _check_apart(sides: tuple[Side, Side], ids: pd.Series, inside: tuple[np.ndarray, ...]) -> None:
    both = inside[0] & inside[1]
    if both.any():
        raise SchemaError(
            f"`between` names sets that overlap: {sides[0].words} and {sides[1].words} share {int(both.sum())} "
            f"documents. First: {first_three(ids[both])}. Draw the border so that each lies on one side."
        )


def sum_words(tokens: pd.DataFrame, terms: Terms, placed: Placed, quotations: pd.DataFrame | None = None) -> Sets:
    """Add up the words of two sets by story, in the order of the names of the stories.

    Raises
    ------
    SchemaError
        A voice is asked for without QUOTATIONS or speaks nowhere, or a set has fewer than two documents with a word.
    """
    units = pd.Index(sorted(placed.units[placed.inside[0] | placed.inside[1]].unique()))
    position = places_in(terms.doc_ids, placed.doc_ids)
    parts, made = [], []
    voiced = _voiced(tokens, terms, placed, quotations)
    for side in (0, 1):
        rows = np.flatnonzero(placed.inside[side])
        rows = rows[np.argsort(placed.doc_ids.to_numpy()[rows], kind="stable")]
        own = position[rows]
        counts, lengths = (terms.counts, terms.n_tokens) if voiced is None else voiced[side]
        spoken = lengths[own] > 0
        rows, own = rows[spoken], own[spoken]
        check_size(placed, side, len(own))
        counts, lengths = counts[own], lengths[own]
        unit = units.get_indexer(pd.Index(placed.units.to_numpy()[rows]))
        there, place = np.unique(unit, return_inverse=True)
        join = sparse.csr_array((np.ones(len(unit), counts.dtype), (place, np.arange(len(unit)))))
        summed = counts if len(there) == len(unit) and (place == np.arange(len(unit))).all() else join @ counts
        docs_with = np.bincount(counts.indices, counts.data > 0, minlength=counts.shape[1])
        made.append((docs_with, lengths, unit))
        parts.append((summed, np.bincount(place, lengths), there))
    return Sets(
        names=terms.names,
        words=(placed.sides[0].words, placed.sides[1].words),
        counts=sparse.csr_array(sparse.vstack([part[0] for part in parts], format="csr")),
        tokens=np.concatenate([part[1] for part in parts]),
        side=np.repeat([0, 1], [len(part[2]) for part in parts]),
        unit=np.concatenate([part[2] for part in parts]),
        docs_with=np.stack([one[0] for one in made]).astype(np.int64),
        lengths=np.concatenate([one[1] for one in made]),
        length_side=np.repeat([0, 1], [len(one[1]) for one in made]),
        length_unit=np.concatenate([one[2] for one in made]),
    )


def check_size(placed: Placed, side: int, n_docs: int) -> None:
    """Raise where a set has too few documents with a word."""
    if n_docs < _LEAST:
        raise AbsentError(
            f"`between` ({placed.sides[side].words}) holds {n_docs} document{'s' * (n_docs != 1)} with a word; what "
            f"texts differ by cannot be told from one, so a set has at least {_LEAST}. Take a wider set."
        )


def _voiced(
    tokens: pd.DataFrame, terms: Terms, placed: Placed, quotations: pd.DataFrame | None
) -> list[tuple[sparse.csr_array, np.ndarray]] | None:
    """Return for each set the counts and the lengths of the documents in its voice; None where no voice is named."""
    if placed.voices[0] is None:
        return None
    if quotations is None:
        raise SchemaError("`quotations` is missing, which says whose words are whose. Pass find_quotations(...).")
    voice, known = voice_of_words(quotations, tokens, terms.rows)
    made = []
    for wanted in placed.voices:
        check_voice(str(wanted), [QUOTED, *known], "no word has; `quotations` has")
        outlet = known.index(OUTLET)
        mine = voice != outlet if wanted == QUOTED else voice == known.index(str(wanted))
        some = mine & (terms.codes >= 0)
        shape = (len(terms.doc_ids), len(terms.names))
        ones = np.ones(int(some.sum()), np.int64)
        counts = sparse.coo_array((ones, (terms.documents[some], terms.codes[some])), shape=shape).tocsr()
        counts.sum_duplicates()
        made.append((counts, np.bincount(terms.documents[mine], minlength=shape[0])))
    return made


def check_voice(wanted: str, known: Sequence[str], where: str) -> None:
    """Raise where nothing is in a voice, be it of this corpus or of any: the sides of the actors say which there are.

    Raises
    ------
    SchemaError
        There is no such voice, or no word or row has it.
    """
    if wanted in known:
        return
    sides = read_sides(load_lexicon("actors")).values()
    check_choice("between, voice", wanted, sorted({QUOTED, OUTLET, UNKNOWN, *sides, *known}))
    raise AbsentError(f"`between` names the voice {wanted!r}, which {where} {some_of(known)}.")
