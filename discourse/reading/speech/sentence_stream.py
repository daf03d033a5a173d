"""The sentences of a corpus that are worth reading for reported speech, one after the other."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.language.sentences import find_openings
from discourse.lexicons.loader import Lexicon
from discourse.reading.speech.cue_forms import build_cues
from discourse.reading.speech.marks import CAN_BEGIN, QuotedSpan, pair_marks
from discourse.reading.speech.nouns import SAYING
from discourse.reading.speech.sentences import Reader, Sentence, innermost
from discourse.reading.speech.wordless import NAME
from discourse.reading.speech.words import (
    ACCUSATIVE,
    COLON,
    DASH,
    EXTENT,
    NAME_BEGINS,
    NAMED,
    PASSIVE,
    PERSON,
    SOURCE,
    STOP,
    WHAT,
    WORDS,
    WordClasses,
    classify_words,
)

__all__ = ["Corpus", "prepare", "sentences_of"]

_OBJECT = tuple(WORDS["object_endings"])
_OPENS = frozenset((EXTENT, *WORDS.normal("views", "on_whose", "appears", "by_the_words")))
_OPENERS = frozenset(WORDS.normal("opens_source", "sources"))
_OPEN_ALONE = WORDS.normal("by_the_words")
_BEHIND_OPENER = frozenset((EXTENT, WHAT, *WORDS.normal("view_side", "views", "on_whose", "appears")))
_DAMMA = WORDS["passive_mark"][0]


class Corpus(NamedTuple):
    """TOKENS as arrays, with the classes of their words."""

    codes: np.ndarray
    norms: list[str]
    start: np.ndarray
    end: np.ndarray
    flags: np.ndarray
    form: np.ndarray
    prefix: np.ndarray
    document: np.ndarray
    firsts: np.ndarray  # first row of each sentence
    stops: np.ndarray
    wanted: list[int]  # sentences that hold a word that can report
    touched: np.ndarray  # rows at which a cue may stand


def prepare(
    tokens: pd.DataFrame, lexicon: Lexicon, named: np.ndarray, person: np.ndarray, begins: np.ndarray
) -> tuple[Corpus, Reader]:
    """Class every distinct word once, gather by code, and mark the sentences worth reading."""
    cues, forms = build_cues(lexicon.entries, lexicon.lemmas)
    norms = tokens["norm"].cat.categories.tolist()
    classes: WordClasses = classify_words(norms, forms)
    finite = frozenset(
        number
        for number, form in enumerate(classes.forms)
        if form.form in ("past", "present")
        and not cues[form.cue].marks & {"strict", "weak"}
        and cues[form.cue].takes != {"act"}
    )
    codes = tokens["norm"].cat.codes.to_numpy()
    written = tokens["token"].cat
    words, places = written.categories.tolist(), written.codes.to_numpy()
    passive = np.array([_DAMMA in word[:4] and not word.endswith(_DAMMA) for word in words], bool)[places]
    ending = np.array([word.endswith(_OBJECT) for word in words], bool)[places]
    flags = classes.flags[codes].copy()
    marked = ((NAMED, named), (PERSON, person), (NAME_BEGINS, begins), (PASSIVE, passive), (ACCUSATIVE, ending))
    for bit, rows in marked:
        flags[rows] |= bit
    saying = np.array([word in SAYING for word in norms], bool)
    is_cue = (classes.form >= 0) | (classes.flags & SOURCE > 0) | saying
    reports = is_cue | np.array([word in _OPENS for word in norms], bool)
    opens = np.array([word in _OPENERS or word[1:] in _OPENERS for word in norms], bool)[codes]
    behind = np.array([word in _BEHIND_OPENER for word in norms], bool)[codes]
    alone = np.array([word.endswith(_OPEN_ALONE) for word in norms], bool)[codes]
    opens[:-1] &= behind[1:] | alone[:-1]
    touched = is_cue[codes] | opens
    document = tokens["doc_id"].cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    new = find_openings(tokens)
    marks = np.array([word in CAN_BEGIN for word in norms], bool)
    # قال: and the quotation in the next paragraph are read together
    joined = np.flatnonzero(marks[codes[1:]] & (flags[:-1] & COLON > 0) & (document[1:] == document[:-1])) + 1
    new[joined] = False
    firsts = np.flatnonzero(new)
    stops = np.append(firsts[1:], len(codes)).astype(np.int64)
    number = np.cumsum(new) - 1
    opening = np.zeros(len(firsts), bool)
    near = np.arange(len(codes)) - firsts[number] <= NAME
    heads = near & ((flags & COLON > 0) | (flags & (DASH | STOP) > 0) & (sentence == 0))
    opening[number[np.flatnonzero(heads)]] = True
    opening[number[np.flatnonzero(reports[codes])]] = True
    quoted = np.flatnonzero(marks[codes[firsts]])
    opening[quoted] = True
    opening[quoted[quoted > 0] - 1] = True  # its speaker may be the subject of the sentence before
    corpus = Corpus(
        codes, norms, tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy(), flags, classes.form[codes],
        classes.prefix[codes], document, firsts, stops, np.flatnonzero(opening).tolist(), touched,
    )  # fmt: skip
    return corpus, Reader(cues, classes.forms, finite)


def sentences_of(corpus: Corpus, ids: list[str], texts: dict[str, str]) -> Iterator[tuple[int, int, Sentence]]:
    """Yield (document, first row, sentence); the marks of a document are paired when its first sentence comes."""
    words = np.array(corpus.norms, object)
    current = -1
    spans: list[QuotedSpan] = []
    active: list[QuotedSpan] = []
    ahead = 0
    for number in corpus.wanted:
        first, stop = int(corpus.firsts[number]), int(corpus.stops[number])
        if corpus.document[first] != current:
            current, ahead, active = int(corpus.document[first]), 0, []
            spans = pair_marks(texts[ids[current]])
        start, end = corpus.start[first:stop].tolist(), corpus.end[first:stop].tolist()
        while ahead < len(spans) and spans[ahead].opens <= end[-1]:
            active.append(spans[ahead])
            ahead += 1
        active = [span for span in active if span.stops >= start[0]]
        near = list(active)
        before = None
        if first and corpus.document[first - 1] == current:
            before = int(corpus.start[corpus.firsts[number - 1]]), int(corpus.end[first - 1])
        yield current, first, Sentence(
            words[corpus.codes[first:stop]].tolist(), start, end,
            corpus.flags[first:stop].tolist(),
            corpus.form[first:stop].tolist(), corpus.prefix[first:stop].tolist(),
            _at_tokens(start, near, closing=False),
            _at_tokens(start, near, closing=True),
            near,
            innermost(start, near),
            np.flatnonzero(corpus.touched[first:stop]).tolist(),
            before,
        )  # fmt: skip


def _at_tokens(start: list[int], spans: list[QuotedSpan], *, closing: bool) -> dict[int, QuotedSpan]:
    """Return the spans by the token at which their mark opens, or closes."""
    at: dict[int, QuotedSpan] = {}
    for span in spans:
        char = span.closes if closing else span.opens
        place = bisect_left(start, char)
        if place < len(start) and start[place] == char and (span.closed or not closing):
            at[place] = span
    return at
