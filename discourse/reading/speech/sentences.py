"""One sentence as the reader of reported speech sees it, and what it finds there."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.marks import QuotedSpan

__all__ = ["NO_CUE", "Found", "Frame", "Reader", "Sentence", "innermost", "next_place"]


NO_CUE = Cue("", "neutral", "", frozenset(), frozenset())  # of an attribution without a verb, a headline, bare marks


class Sentence(NamedTuple):
    """Parallel lists over the tokens of one sentence, and the quotation marks that touch it."""

    norm: list[str]
    start: list[int]
    end: list[int]
    flags: list[int]  # bits of words.py
    form: list[int]  # number of the cue form, -1 for none
    prefix: list[int]  # 1 where و or ف stands before the cue
    opens: dict[int, QuotedSpan]  # by the token at which a mark opens
    closes: dict[int, QuotedSpan]  # by the token at which it closes
    spans: list[QuotedSpan]
    around: list[QuotedSpan | None]  # the innermost quoted stretch around each token
    places: list[int]  # tokens at which a cue may stand
    before: tuple[int, int] | None = None  # characters of the sentence before, in the same document

    def inside(self, place: int) -> QuotedSpan | None:
        """Return the innermost quoted stretch around a token."""
        return self.around[place] if self.around else None

    def word(self, place: int) -> str:
        """Return the normal form at a place, empty outside the sentence."""
        return self.norm[place] if 0 <= place < len(self.norm) else ""

    def flag(self, place: int) -> int:
        """Return the bits at a place, 0 outside the sentence."""
        return self.flags[place] if 0 <= place < len(self.norm) else 0


class Reader(NamedTuple):
    """The speech lexicon, ready for a corpus: cues, forms that occur, and which of these surely are finite verbs."""

    cues: list[Cue]
    forms: list[CueForm]
    finite: frozenset[int]


class Frame(NamedTuple):
    """How content hangs on its cue: ``kind`` (comp, quote, colon, ask, prep, attached, object), first token, marks."""

    kind: str
    first: int
    span: QuotedSpan | None = None


@dataclass
class Found:
    """One instance while its sentence is read; ``content`` and ``kind`` are settled last."""

    place: int  # token of the cue
    cue_start: int | None  # null where no word or mark is a cue
    cue_end: int | None
    cue: Cue
    form: str  # verb, participle, noun, post (cue after its content), attribution
    rule: str = ""
    speaker: tuple[int, int] | None = None
    frame: Frame | None = None
    border: int | None = None  # token at which its clause begins, where that ends what was said before
    content: tuple[int, int] | None = None
    kind: str = "indirect"
    chain: tuple[int, int] | None = None
    stop: int | None = None  # token at which its content ends at the latest
    rows: tuple[int, int] | None = None  # rows of TOKENS of a speaker in another sentence


def innermost(start: list[int], spans: list[QuotedSpan]) -> list[QuotedSpan | None]:
    """Return the innermost of nested ``spans`` (in order of their start) around each character of ``start``."""
    if not spans:
        return []
    around: list[QuotedSpan | None] = [None] * len(start)
    for span in spans:  # an inner one comes later
        first, last = bisect_left(start, span.start), bisect_left(start, span.end)
        around[first:last] = [span] * (last - first)
    return around


def next_place(sentence: Sentence, char: int, place: int, reach: int) -> int:
    """Return the first token from ``place`` on that begins at or after ``char``, within ``reach`` tokens; else -1."""
    for at in range(place, min(place + reach, len(sentence.norm))):
        if sentence.start[at] >= char:
            return at
    return -1
