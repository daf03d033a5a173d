"""What speaks of a frame: the entries that stand in text and titles, without names, asides and foreign contexts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.errors import LexiconError, SchemaError, first_three
from discourse.language.sentences import find_openings
from discourse.language.tokens import tokenize, word_rows
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.matches import Located, locate, locate_rest

__all__ = [
    "TITLE",
    "Evidence",
    "category_codes",
    "find_evidence",
    "find_scenes",
    "load_senses",
    "read_titles",
    "rows_left_out",
    "tell_evidence",
    "words_of",
]

TITLE = -1  # the sentence of what stands in a title
_BRACKETS = ("()", "[]")
_PASSING = "aside"  # category of the lexicon of scopes
_IN_BRACKETS = 10  # tokens from bracket to bracket at most; longer ones hold text of its own


@dataclass(frozen=True)
class Evidence:
    """Matches in text or title: document (code), row of ``lexicon.entries``, sentence (-1: title), rows of tokens."""

    document: np.ndarray
    entry: np.ndarray
    sentence: np.ndarray
    first: np.ndarray
    stop: np.ndarray

    def __len__(self) -> int:
        return len(self.entry)

    def take(self, keep: np.ndarray) -> "Evidence":
        """Return some of the matches."""
        return Evidence(*(getattr(self, part.name)[keep] for part in fields(self)))


def find_evidence(
    tokens: pd.DataFrame,
    titles: pd.DataFrame | None,
    lexicon: Lexicon,
    senses: Lexicon | None,
    actors: Lexicon | None,
    asked: np.ndarray,
    left_out: np.ndarray | None = None,
) -> Evidence:
    """Find what speaks of the frames in TOKENS and in the titles, without what is left out.

    Left out: what an entry of weight 0 of ``senses`` overlaps in the same frame (names of bodies, idioms, dates), what
    stands in brackets (labels, abbreviations) or is named in passing, and entries whose ``context`` the document does
    not give.
    """
    found, counts = tell_evidence(tokens, titles, lexicon, senses, actors, asked, left_out)
    return found.take(counts)


def tell_evidence(
    tokens: pd.DataFrame,
    titles: pd.DataFrame | None,
    lexicon: Lexicon,
    senses: Lexicon | None,
    actors: Lexicon | None,
    asked: np.ndarray,
    left_out: np.ndarray | None = None,
) -> tuple[Evidence, np.ndarray]:
    """Return every match in text and titles, and whether it is one of those that ``find_evidence`` returns."""
    found, outside = _outside(tokens, titles, lexicon, lexicon, senses, left_out)
    return found, outside & _in_context(found, tokens, titles, lexicon, actors, asked)


def find_scenes(
    tokens: pd.DataFrame, titles: pd.DataFrame | None, lexicon: Lexicon, senses: Lexicon, documents: np.ndarray
) -> tuple[Evidence, Lexicon]:
    """Find the scenes of ``senses`` in some documents, given by their code; return them and their entries."""
    scenes = _of_weight(senses, lexicon, scene=True)
    headlines = None if titles is None else _of_documents(titles, documents)
    found, outside = _outside(_of_documents(tokens, documents), headlines, scenes, lexicon, senses)
    return found.take(outside), scenes


def _of_documents(tokens: pd.DataFrame, documents: np.ndarray) -> pd.DataFrame:
    return tokens[documents[tokens["doc_id"].cat.codes.to_numpy()]]


def load_senses(lexicon: Lexicon) -> Lexicon | None:
    """Return the built-in senses for the built-in frames and editions of them, nothing for another lexicon."""
    if lexicon.name != "frames":
        return None
    return load_lexicon(Path(str(files("discourse.lexicons") / "senses.yml")))


def read_titles(tokens: pd.DataFrame, documents: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the titles as TOKENS whose doc_id has the categories of ``tokens``; None where there are none."""
    if documents is None:
        return None
    doc_ids = tokens["doc_id"].cat.categories
    if "doc_id" not in documents.columns:
        raise SchemaError("`documents` lacks the column 'doc_id'; see docs/codebook.md for the table DOCUMENTS.")
    missing = doc_ids.difference(pd.Index(documents["doc_id"].astype("str")))
    if len(missing):
        raise SchemaError(
            f"`documents` lacks {len(missing)} documents of `tokens`. First: {first_three(missing)}. "
            "Pass the DOCUMENTS from which the tokens were made."
        )
    if "title" not in documents.columns:
        return None
    named = documents.loc[documents["doc_id"].isin(doc_ids) & documents["title"].notna(), ["doc_id", "title"]]
    if named.empty:
        return None
    titles = tokenize(named.rename(columns={"title": "text"}).reset_index(drop=True))
    titles["doc_id"] = titles["doc_id"].cat.set_categories(doc_ids)
    return titles


def rows_left_out(left_out: Mapping[str, Collection[str]], tokens: pd.DataFrame, lexicon: Lexicon) -> np.ndarray:
    """Return code of the document and row of the entry of what is left out."""
    rows = lexicon.entries.groupby("pattern").indices
    unknown = sorted({one for gone in left_out.values() for one in gone} - rows.keys())
    if unknown:
        raise SchemaError(
            f"`left_out` names {len(unknown)} patterns that the lexicon {lexicon.name!r} does not have. First: "
            f"{first_three(unknown)}. Write them as the lexicon does."
        )
    codes = {str(name): code for code, name in enumerate(tokens["doc_id"].cat.categories)}
    pairs = [
        (codes[name], row) for name, gone in left_out.items() if name in codes for one in gone for row in rows[one]
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def words_of(tokens: pd.DataFrame, rows: np.ndarray | None = None) -> np.ndarray:
    """Return the number of words of each document, among these rows of ``tokens`` or among all."""
    among = word_rows(tokens) if rows is None else rows & word_rows(tokens)
    document = tokens["doc_id"].cat.codes.to_numpy()[among]
    return np.bincount(document, minlength=len(tokens["doc_id"].cat.categories))


def category_codes(entries: Lexicon, lexicon: Lexicon) -> np.ndarray:
    """Return the place of each entry's category among those of the lexicon of frames."""
    places = {name: code for code, name in enumerate(lexicon.categories)}
    return entries.entries["category"].map(places).to_numpy(np.int64)


def _of_weight(senses: Lexicon, lexicon: Lexicon, *, scene: bool) -> Lexicon:
    """Return the scenes of the senses, or what they set aside, of the frames that the lexicon has."""
    known = senses.entries["category"].isin(lexicon.categories)
    entries = senses.entries[known & ((senses.entries["weight"] > 0) == scene)]
    return replace(senses, entries=entries.reset_index(drop=True))


def _outside(
    tokens: pd.DataFrame,
    titles: pd.DataFrame | None,
    entries: Lexicon,
    lexicon: Lexicon,
    senses: Lexicon | None,
    left_out: np.ndarray | None = None,
) -> tuple[Evidence, np.ndarray]:
    """Locate entries in text and titles; tell which are outside brackets, names, idioms, what is said in passing."""
    parts, outside = [], []
    for table, in_title in ((tokens, False), (titles, True)):
        if table is not None:
            located = locate(table, entries) if left_out is None else locate_rest(table, entries, left_out)
            outside.append(~_aside(table, located, entries, lexicon, senses))
            parts.append(_as_evidence(table, located, in_title))
    return _joined(parts), np.concatenate(outside)


def _aside(
    tokens: pd.DataFrame, located: Located, entries: Lexicon, lexicon: Lexicon, senses: Lexicon | None
) -> np.ndarray:
    """Tell which matches stand in brackets or behind a cue of passing, or overlap what their frame sets aside."""
    aside = (_bracketed(tokens) | _passed_by(tokens))[located.first]
    if senses is None:
        return aside
    names = _of_weight(senses, lexicon, scene=False)
    other = locate(tokens, names)
    if not len(other):
        return aside
    n_rows = len(tokens) + 1  # room between the rows of one category and the next
    code = category_codes(names, lexicon)[other.entry]
    start, stop = (code * n_rows + rows for rows in (other.first, other.stop))
    order = np.argsort(start, kind="stable")
    start, stop = start[order], np.maximum.accumulate(stop[order])
    base = category_codes(entries, lexicon)[located.entry] * n_rows
    before = np.searchsorted(start, base + located.stop, side="left") - 1
    return aside | ((before >= 0) & (np.append(stop, 0)[before] > base + located.first))


def _bracketed(tokens: pd.DataFrame) -> np.ndarray:
    """Tell which rows stand in short brackets of one document."""
    codes = tokens["norm"].cat.codes.to_numpy()
    inside = np.zeros(len(tokens) + 1, np.int8)
    document = tokens["doc_id"].cat.codes.to_numpy()
    for pair in _BRACKETS:
        opens, closes = (
            np.flatnonzero(codes == code) for code in tokens["norm"].cat.categories.get_indexer(pd.Index(list(pair)))
        )
        place = np.searchsorted(closes, opens)
        opens, place = opens[place < len(closes)], place[place < len(closes)]
        ends = closes[place]
        short = (ends - opens <= _IN_BRACKETS) & (document[ends] == document[opens])
        np.add.at(inside, opens[short], 1)
        np.add.at(inside, ends[short], -1)
    return np.cumsum(inside, dtype=np.int8)[:-1] > 0


def _passed_by(tokens: pd.DataFrame) -> np.ndarray:
    """Tell which rows stand within the reach of a cue that names a subject in passing."""
    scopes = load_lexicon("scopes")
    cues = scopes.entries[scopes.entries["category"] == _PASSING].reset_index(drop=True)
    found = locate(tokens, replace(scopes, entries=cues))
    ends = np.minimum(found.stop + cues["scope"].to_numpy(np.int64)[found.entry], len(tokens))
    inside = np.zeros(len(tokens) + 1, np.int32)
    np.add.at(inside, found.stop, 1)
    np.add.at(inside, np.minimum(ends, _end_of_sentence(tokens, found.stop)), -1)
    return np.cumsum(inside)[:-1] > 0


def _end_of_sentence(tokens: pd.DataFrame, stop: np.ndarray) -> np.ndarray:
    """Return the row behind the sentence in which a match ends."""
    opens = np.append(np.flatnonzero(find_openings(tokens)), len(tokens))
    return opens[np.searchsorted(opens, stop - 1, side="right")]


def _as_evidence(tokens: pd.DataFrame, located: Located, in_title: bool) -> Evidence:
    document = tokens["doc_id"].cat.codes.to_numpy()[located.first].astype(np.int64)
    sentence = tokens["sentence"].to_numpy()[located.first].astype(np.int64)
    sentence = np.full(len(located), TITLE) if in_title else sentence
    rows = (located.first.astype(np.int64), located.stop.astype(np.int64))
    return Evidence(document, located.entry.astype(np.int64), sentence, *rows)


def _joined(parts: list[Evidence]) -> Evidence:
    return Evidence(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Evidence)))


def _in_context(
    found: Evidence,
    tokens: pd.DataFrame,
    titles: pd.DataFrame | None,
    lexicon: Lexicon,
    actors: Lexicon | None,
    asked: np.ndarray,
) -> np.ndarray:
    """Tell which matches are of entries whose context, if any, the document gives: as many mentions as asked."""
    contexts = _contexts(lexicon)
    if not contexts:
        return np.ones(len(found), bool)
    actors = actors or load_lexicon("actors")
    wanted = {actor for context in contexts.values() for actor in context}
    unknown = sorted(wanted - set(actors.categories))
    if unknown:
        raise LexiconError(
            f"`lexicon` {lexicon.name!r} has entries whose `context` names {first_three(unknown)}; the actors lexicon "
            f"has {', '.join(sorted(actors.categories))}."
        )
    named = replace(actors, entries=actors.entries[actors.entries["category"].isin(wanted)].reset_index(drop=True))
    tables = [(tokens, False)] if titles is None else [(tokens, False), (titles, True)]
    heard = _joined([_as_evidence(table, locate(table, named), in_title) for table, in_title in tables])
    keep = np.ones(len(found), bool)
    for context in set(contexts.values()):
        of_context = named.entries["category"].isin(context).to_numpy()[heard.entry]
        counts = np.bincount(heard.document[of_context], minlength=len(asked))
        entries = np.zeros(len(lexicon.entries), bool)
        entries[[entry for entry, other in contexts.items() if other == context]] = True
        keep &= ~entries[found.entry] | (counts >= asked)[found.document]
    return keep


def _contexts(lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    """Return row of the entry -> the actors that its context names, for entries that have one."""
    if "context" not in lexicon.entries.columns:
        return {}
    given: Iterable[tuple[int, object]] = enumerate(lexicon.entries["context"])
    named = ((row, [value] if isinstance(value, str) else value) for row, value in given)
    return {row: tuple(sorted(value)) for row, value in named if isinstance(value, list)}
