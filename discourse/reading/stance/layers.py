"""Sentences as the rules for positions read them: words, actor mentions, stance cues and quoted stretches."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.actors import Roles, read_roles
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.mentions import (
    borders_of,
    hosts_of,
    sentence_starts,
    with_anaphora,
)
from discourse.reading.stance.shapes import MARKS, Cue, Mention, Sentence
from discourse.reading.stance.standins import Known
from discourse.reading.stance.words import BEFORE_A_VERB, CONJUNCTION_LETTERS, VERB_SIGNS, WITH_ARTICLE

__all__ = ["Place", "cues_of", "overlapping", "quoted_spans", "sentences_of"]


class Place(NamedTuple):
    """One sentence of one document: where it stands, and how the rules read it."""

    doc_id: str
    sentence: int
    start_char: int
    end_char: int
    tokens: tuple[str, ...]
    reading: Sentence
    named: bool
    persons: dict[str, str]  # the person last named for each actor, up to and including this sentence


def sentences_of(
    tokens: pd.DataFrame,
    actors: Lexicon,
    stance: Lexicon,
    *,
    target: str,
    mentions: dict[int, list[Mention]],
    quotations: pd.DataFrame | None = None,
) -> Iterator[Place]:
    """Yield the sentences of TOKENS in order, laid out for ``rules.read_sentence``."""
    if tokens.empty:
        return
    roles = read_roles(actors)
    silent = MARKS | roles.militants | {target}
    cues = cues_of(tokens, stance)
    quoted = quoted_spans(quotations)
    norm = tokens["norm"].astype(object).to_numpy()
    verbatim = tokens["token"].astype(object).to_numpy()
    starts, ends = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    document = tokens["doc_id"].cat.codes.to_numpy()
    number = tokens["sentence"].to_numpy()
    names = tokens["doc_id"].cat.categories
    borders = borders_of(tokens)
    stops = np.r_[borders[1:], len(tokens)]
    topic, near, seen, last, state, persons = None, False, False, -1, None, {}
    homes = _homes(mentions, document, roles)
    for first, stop in zip(borders, stops, strict=True):
        if document[first] != last:
            topic, near, seen, last, state, persons = (
                None,
                False,
                False,
                document[first],
                homes.get(int(document[first])),
                {},
            )
        words = tuple(norm[first:stop])
        doc_id = str(names[document[first]])
        found = with_anaphora(
            [m for m in mentions.get(first, []) if m.end <= len(words)], words, target, roles, Known(seen, state)
        )
        named = any(m.actor == target and not m.anaphor for m in found)
        spans = tuple(
            (int(np.searchsorted(starts[first:stop], a)), int(np.searchsorted(starts[first:stop], b)), actor)
            for a, b, actor in overlapping(quoted.get(doc_id), int(starts[first]), int(ends[stop - 1]))
        )
        hosts = tuple(m for m in found if m.actor.startswith("in_")) + hosts_of(words, roles)
        found = [m for m in found if not m.actor.startswith("in_")]
        reading = Sentence(
            words,
            tuple(found),
            tuple(cue for cue in cues.get(first, ()) if cue.end <= len(words)),
            target,
            topic,
            near,
            spans,
            hosts,
            roles,
        )
        sides = {m.actor for m in found if not m.anaphor}  # a side named without a person speaks for itself
        persons = {side: name for side, name in persons.items() if side not in sides}
        persons |= {m.actor: m.person for m in reversed(found) if m.person}
        place = int(number[first]), int(starts[first]), int(ends[stop - 1])
        yield Place(doc_id, *place, tuple(verbatim[first:stop]), reading, named, persons)
        leading = [m.actor for m in found if m.actor not in silent]
        topic = leading[0] if leading else topic
        states = [m.actor for m in found if m.actor in roles.states and not m.anaphor]
        state = states[-1] if states else state
        seen, near = seen or named, any(m.actor == target for m in found)


def _homes(mentions: dict[int, list[Mention]], document: np.ndarray, roles: Roles) -> dict[int, str]:
    """Return the state that each document names first, as an actor or as a place: its army is `the army`."""
    homes: dict[int, str] = {}
    for row in sorted(mentions):
        for mention in mentions[row]:
            state = mention.actor.removeprefix("in_")
            if state in roles.states:
                homes.setdefault(int(document[row]), state)
    return homes


def cues_of(tokens: pd.DataFrame, stance: Lexicon) -> dict[int, list[Cue]]:
    """Return the cues of each sentence, by its first row."""
    matches = find_matches(tokens, stance)
    if matches.empty:
        return {}
    if "part" in stance.entries:  # a lexicon of several files is read file by file
        part = dict(zip(stance.entries["category"], pd.factorize(stance.entries["part"])[0], strict=True))
        matches = matches.iloc[np.argsort(matches["category"].astype(object).map(part).to_numpy(), kind="stable")]
    entry = _entries_of(matches, stance)
    table = stance.entries.iloc[entry]
    alone = table["alone"].fillna(False).astype(bool) if "alone" in table else np.zeros(len(matches), bool)
    # by document and position: where boilerplate is left out, positions have gaps
    places, wanted = _place_keys(tokens["doc_id"], tokens["position"]), _place_keys(matches["doc_id"], matches["start"])
    order = np.argsort(places, kind="stable")
    rows = order[np.searchsorted(places, wanted, sorter=order)]
    begin = sentence_starts(tokens)
    norm = tokens["norm"].astype(object).to_numpy()
    out: dict[int, list[Cue]] = {}
    columns = zip(
        rows, matches["end"] - matches["start"], matches["category"].astype(object), matches["pattern"].astype(object),
        table["polarity"], table["strength"], table["role"], matches["negated"], matches["hedged"], alone, strict=True,
    )  # fmt: skip
    for row, size, category, pattern, polarity, strength, role, negated, hedged, stands_alone in columns:
        first = begin[row]
        place = int(row - first)
        verb = _is_verb(stance, pattern, norm[row], norm[row - 1] if place else "")
        out.setdefault(int(first), []).append(
            Cue(
                place,
                place + int(size),
                category,
                pattern,
                int(polarity),
                float(strength),
                "alone" if stands_alone else role,
                verb,
                bool(negated),
                bool(hedged),
            )
        )
    return out


def _place_keys(doc_id: pd.Series, position: pd.Series) -> np.ndarray:
    """Return one number per document and position; both tables code their documents alike."""
    return (doc_id.cat.codes.to_numpy(np.int64) << 32) + position.to_numpy(np.int64)


def _entries_of(matches: pd.DataFrame, stance: Lexicon) -> np.ndarray:
    """Return the row of the entry of each match: the first of its category and pattern."""
    entries = stance.entries
    known: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(entries["category"], entries["pattern"], strict=True)):
        known.setdefault(key, row)
    category, pattern = matches["category"].cat, matches["pattern"].cat
    pairs = category.codes.to_numpy(np.int64) * len(pattern.categories) + pattern.codes.to_numpy(np.int64)
    distinct, of_match = np.unique(pairs, return_inverse=True)
    names = zip(distinct // len(pattern.categories), distinct % len(pattern.categories), strict=True)
    rows = [known[str(category.categories[c]), str(pattern.categories[p])] for c, p in names]
    return np.array(rows, np.int64)[of_match]


def _is_verb(stance: Lexicon, pattern: str, word: str, before: str) -> bool:
    """Tell whether a cue stands as a finite verb: by its lemma, and by the form where the lemma is noun and verb."""
    lemma = stance.lemmas.get(pattern.split(maxsplit=1)[0].strip("[]")) if pattern.startswith("[") else None
    if lemma is None:
        return False
    if lemma.get("pos") == "verb":
        return True
    if "verb" not in lemma or word.startswith(WITH_ARTICLE):
        return False
    opens = not before or before in "،؛:."
    return opens or before in VERB_SIGNS or word.lstrip(CONJUNCTION_LETTERS)[:1] in BEFORE_A_VERB


# the quoted spans of a document by their start, their starts, and how far the spans up to each reach
_Quoted = tuple[list[tuple[int, int, str | None]], list[int], list[int]]


_MOST_QUOTED = 20  # the innermost: a text without a full stop opens quotations that never end


def overlapping(quoted: _Quoted | None, start: int, end: int) -> list[tuple[int, int, str | None]]:
    """Return the quoted spans that overlap start to end, without looking at the others."""
    if quoted is None:
        return []
    spans, starts, reach = quoted
    near = spans[bisect_right(reach, start) : bisect_left(starts, end)]
    return [span for span in near if span[1] > start][-_MOST_QUOTED:]


def quoted_spans(quotations: pd.DataFrame | None) -> dict[str, _Quoted]:
    """Return the quoted spans of each document, for ``overlapping``."""
    out: dict[str, list[tuple[int, int, str | None]]] = {}
    if quotations is None:
        return {}
    actor = quotations["actor"].astype(object) if "actor" in quotations else pd.Series(None, index=quotations.index)
    for doc_id, start, end, who in zip(
        quotations["doc_id"].astype(str),
        quotations["content_start_char"],
        quotations["content_end_char"],
        actor,
        strict=True,
    ):
        out.setdefault(doc_id, []).append((int(start), int(end), None if pd.isna(who) else str(who)))
    for spans in out.values():
        spans.sort(key=lambda span: span[0])
    return {
        doc_id: (spans, [start for start, *_ in spans], list(accumulate((end for _, end, _ in spans), max)))
        for doc_id, spans in out.items()
    }
