"""The second reading: cues tied by nearness, where the reading by clauses finds nothing of a holder."""

import re
from collections.abc import Iterable
from typing import NamedTuple, cast

from discourse.reading.stance.forms import without_conjunction
from discourse.reading.stance.layers import Place
from discourse.reading.stance.lists import ASKED, QUESTION_MARK, WISHES, WONDERS
from discourse.reading.stance.passage import Evidence
from discourse.reading.stance.rules import read_sentence
from discourse.reading.stance.shapes import Sentence, Tie

__all__ = ["CODES", "RULE", "Again", "code_of", "fill_gaps", "read_again"]

RULE = "second reading"
# the position that an affirmed cue conveys by the codebook
CODES = {
    "support": 2, "arming": 2, "agreement": 2, "alliance": 2, "recognition": 2, "delisting": 2,
    "cooperation": 1, "engagement": 1, "shared_interest": 1, "praise": 1, "reconciliation": 1, "demand": 1, "aid": 1,
    "denial": 0, "reserve": 0,
    "concern": -1, "refusal": -1, "conditions": -1,
    "condemnation": -2, "designation": -2, "force": -2, "sanctions": -2, "threat_of_force": -2, "opponents": -2,
}  # fmt: skip
# ... and the one that it conveys when it is negated or denied: a denied arming is no support, but no hostility either
NEGATED_CODES = {"support": 0, "arming": 0, "engagement": 0, "alliance": 0, "designation": 1}
# the classes of the first reading that these categories are
CLASSES = {
    "alliance": "partnership", "engagement": "dialogue", "shared_interest": "cooperation", "praise": "good_quality",
    "reconciliation": "mediation", "demand": "welcomes", "aid": "cooperation", "reserve": "neutrality",
    "refusal": "opposes", "conditions": "condition", "threat_of_force": "threat", "opponents": "hostility",
}  # fmt: skip
# what is read of a sentence that says only `the fighters`, long after the target is named
_WISHED_WITHIN = 6  # words from a wish to what is wished for
_ACTS = frozenset({"force", "condemnation", "designation"})
_SIGNED = re.compile(r"([a-z_]+)([!~?*]*)")


class Again(NamedTuple):
    """Evidence of the second reading and the marks of its category."""

    evidence: Evidence
    marks: str


def code_of(signed: str) -> int:
    """Return the position, -2 to 2, that a category of the lexicon of cues conveys with its marks.

    Examples
    --------
    >>> code_of("arming"), code_of("arming~"), code_of("arming!"), code_of("recognition~")
    (2, 0, -2, -1)
    """
    category, flips = cast(re.Match[str], _SIGNED.fullmatch(signed)).groups()
    code = CODES.get(category, 0)
    if "!" in flips:
        return -2 if code > 0 else 1
    if "~" in flips:
        return NEGATED_CODES.get(category, -1 if code > 0 else 0)
    if "?" in flips and code == 2:
        return 1
    return code


def read_again(place: Place, *, headline: bool) -> list[Again]:
    """Read one sentence a second time: the cues whose object is the target and that have a holder."""
    reading = place.reading
    if not reading.cues:
        return []
    if headline or reading.near or place.named:
        ties = read_sentence(reading)
    elif any(mention.actor == reading.target for mention in reading.mentions):  # the fighters, long after the name
        ties = [tie for tie in read_sentence(reading) if tie.cue.category in _ACTS]
    else:
        return []
    return [
        _again(tie)
        for tie in ties
        if tie.object == reading.target and tie.holder and not _is_asked(reading, tie, headline)
    ]


def _is_asked(reading: Sentence, tie: Tie, headline: bool) -> bool:
    """Tell whether a cue stands in what is asked or wished: a question in the headline, asked about recognition."""
    start = tie.cue.start
    if _is_wished(reading, start):
        return True
    if headline and QUESTION_MARK in reading.words[tie.cue.end :]:
        return True
    return any(word in ASKED for word in reading.words[max(0, start - 3) : start]) or any(
        word in WONDERS for word in reading.words[max(0, start - 8) : start]
    )


def _is_wished(reading: Sentence, start: int) -> bool:
    """Tell whether the target wishes or asks for what a cue tells: it awaits recognition by others."""
    words = reading.words
    for place in range(max(0, start - _WISHED_WITHIN), start):
        if without_conjunction(words[place]) in WISHES:
            beside = (m for m in reading.mentions if m.end == place or m.start == place + 1)
            if any(m.actor == reading.target for m in beside):
                return True
    return False


def _again(tie: Tie) -> Again:
    flips = ("!" if tie.polarity != tie.cue.polarity else "") + ("~" if tie.cue.negated else "")
    marks = flips + ("?" if tie.cue.hedged else "")
    category = tie.cue.category
    evidence = Evidence(
        holder=cast(str, tie.holder),
        code=code_of(category + marks),
        category=CLASSES.get(category, category),
        ops=("negation",) if tie.cue.negated else (),
        voice=tie.voice if tie.voice and tie.voice != "outlet" else None,
        rule=RULE,
        outright=tie.outright,
        start=tie.cue.start,
        end=tie.cue.end,
    )
    return Again(evidence, marks)


def fill_gaps(first: Iterable[tuple[int, Evidence]], again: Iterable[tuple[int, Again]]) -> list[tuple[int, Again]]:
    """Return what the second reading of a document adds to the first, sentence by sentence.

    Who fights whom is added wherever the sentence holds nothing else of the holder. Everything else is added only for
    a holder of whom the document holds nothing, where the cue names its object and is not told in words of others.
    """
    have = {(number, evidence.holder) for number, evidence in first}
    holders = {holder for _, holder in have}
    return [
        (number, one)
        for number, one in again
        if (
            (number, one.evidence.holder) not in have
            if one.evidence.category == "force"
            else one.evidence.holder not in holders
            and one.evidence.outright
            and one.evidence.voice in (None, one.evidence.holder)
        )
    ]
