"""The sentences of documents and of their headlines, with their actors, cues and quoted stretches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.actors import Office, Roles
from discourse.lexicons.loader import Lexicon
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.layers import cues_of, overlapping, quoted_spans
from discourse.reading.stance.mentions import borders_of
from discourse.reading.stance.passage import Entries
from discourse.reading.stance.shapes import Cue, Mention

__all__ = ["OFFICE", "Part", "Sentence", "Study", "headlines", "sentences_of_part"]

OFFICE = "~"  # marks a speaker who is named by an office alone
_COLON = ":"

Quoted = tuple[int, int, str | None]  # words [start, end) and who speaks


class Sentence(NamedTuple):
    """One sentence as the tokens give it: its number, its words, and what was found in it."""

    number: int
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    mentions: list[Mention]
    cues: list[Cue]
    quoted: tuple[Quoted, ...]
    start_char: int = 0


@dataclass(frozen=True, slots=True)
class Study:
    """What stays the same for all documents: the target, the lexicons and what they say."""

    target: str
    actors: Lexicon
    stance: Sequence[Lexicon]
    roles: Roles
    entries: Entries
    days: dict[str, np.datetime64 | None]
    offices: Sequence[Office] = ()  # entries with a successor


class Part(NamedTuple):
    """The tokens of headlines or of texts, and their mentions by the first row of a sentence."""

    tokens: pd.DataFrame
    headline: bool
    mentions: dict[int, list[Mention]]


def headlines(documents: pd.DataFrame) -> pd.DataFrame | None:
    """Return the tokens of the headlines, or None where no document has one."""
    if "title" not in documents:
        return None
    titled = documents[documents["title"].notna() & (documents["title"].astype(str).str.strip() != "")]
    return None if titled.empty else tokenize(titled.assign(text=titled["title"].astype(str)))


def sentences_of_part(
    part: Part, documents: pd.DataFrame, quotations: pd.DataFrame | None, study: Study
) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield the sentences of each document of a part; in a headline somebody is quoted behind a colon."""
    if not part.headline:
        yield from _sentences(part, quotations, study)
        return
    titles = documents.assign(text=documents["title"].fillna("").astype(str))
    quotations = find_quotations(titles, part.tokens, actors=study.actors)
    for name, sentences in _sentences(part, quotations, study):
        yield name, [sentence._replace(quoted=_behind_colon(sentence)) for sentence in sentences]


def _behind_colon(sentence: Sentence) -> tuple[Quoted, ...]:
    """Return the quoted stretches of a headline right behind a colon, over a quotation mark."""
    words = sentence.words
    return tuple(
        span
        for span in sentence.quoted
        if span[0] and _COLON in (words[span[0] - 1], words[max(0, span[0] - 2)])
    )  # fmt: skip


def _sentences(part: Part, quotations: pd.DataFrame | None, study: Study) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield the sentences of each document, with their mentions, cues and quoted stretches."""
    tokens, mentions = part.tokens, part.mentions
    cues: dict[int, list[Cue]] = {}
    for lexicon in study.stance:
        for row, found in cues_of(tokens, lexicon).items():
            cues.setdefault(row, []).extend(found)
    quoted = quoted_spans(_with_speakers(quotations))
    norm, written = (tokens[name].astype(object).to_numpy() for name in ("norm", "token"))
    starts, ends, number = (tokens[name].to_numpy() for name in ("start_char", "end_char", "sentence"))
    document, names = tokens["doc_id"].cat.codes.to_numpy(), tokens["doc_id"].cat.categories
    borders = borders_of(tokens)
    current, sentences = "", []
    for first, stop in zip(borders, np.r_[borders[1:], len(tokens)], strict=True):
        name = str(names[document[first]])
        if sentences and name != current:
            yield current, sentences
            sentences = []
        current = name
        size, places = stop - first, starts[first:stop]
        spans = overlapping(quoted.get(name), int(starts[first]), int(ends[stop - 1]))
        sentences.append(
            Sentence(
                int(number[first]),
                tuple(norm[first:stop]),
                tuple(written[first:stop]),
                [m for m in mentions.get(first, []) if m.end <= size],
                [cue for cue in cues.get(first, ()) if cue.end <= size],
                tuple((int(np.searchsorted(places, a)), int(np.searchsorted(places, b)), who) for a, b, who in spans),
                int(starts[first]),
            )
        )
    if sentences:
        yield current, sentences


def _with_speakers(quotations: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give a quotation whose speaker has no actor the speaker's words, marked as an office."""
    if quotations is None:
        return None
    pairs = zip(quotations["actor"].astype(object), quotations["speaker"].astype(object), strict=True)
    named = [
        actor if isinstance(actor, str) else f"{OFFICE}{speaker}" if isinstance(speaker, str) else None
        for actor, speaker in pairs
    ]
    return quotations.assign(actor=pd.Series(named, index=quotations.index, dtype=object))
