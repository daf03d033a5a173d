"""Judgements: who considers the target what, and who says that it is a threat."""

from discourse.reading.stance.shapes import Cue, Mention, Sentence, Tie, resolve
from discourse.reading.stance.words import AND, COPULAS, JUDGING, THEN

__all__ = ["judgement_ties"]

_JUDGED = frozenset({"designation", "concern", "condemnation"})
_NEAR = 4  # words between a judging verb and its subject, or between the target and the copula
_SPAN = 14  # words between a judging verb and what it calls its object


def judgement_ties(sentence: Sentence) -> list[Tie]:
    """Tie cues that call the target something to who judges: the subject of the verb, or the speaker of the clause.

    The words of `Russia considers the movement X` are those of the voice around them, not of Russia: the outlet tells
    what Russia considers. In `officials say that the movement forms a threat` they are the speaker's.
    """
    ties = []
    for cue in sentence.cues:
        if cue.category in _JUDGED and cue.polarity and not cue.verb:
            tie = _considered(sentence, cue) or _called(sentence, cue)
            if tie is not None:
                ties.append(tie)
    return ties


def _considered(sentence: Sentence, cue: Cue) -> Tie | None:
    """Read `H considers T (and U) X`: the judging verb, its subject, a row of objects with the target, the cue."""
    for place in range(cue.start - 1, max(-1, cue.start - _SPAN), -1):
        word = sentence.words[place].removeprefix(AND).removeprefix(THEN)
        if word not in JUDGING:
            continue
        behind = [m for m in sentence.mentions if place < m.start < cue.start]
        ahead = [m for m in sentence.mentions if 0 <= place - m.end <= 1]
        subject = _first(behind[:1], place, sentence.target) or (ahead[-1] if ahead else None)
        if subject is None or subject.actor == sentence.target:
            return None
        objects = [m for m in behind if m.start >= subject.end]
        if not objects or not any(m.actor == sentence.target for m in objects) or not _in_a_row(sentence, objects):
            return None
        return Tie(
            cue, resolve(sentence, subject), sentence.target, _around(sentence, place), cue.polarity, "judges", True
        )
    return None


def _first(mentions: list[Mention], place: int, target: str) -> Mention | None:
    """Return the subject behind a judging verb: the first mention, near it and not the target."""
    return next((m for m in mentions if m.start - place <= _NEAR and m.actor != target), None)


def _in_a_row(sentence: Sentence, objects: list[Mention]) -> bool:
    """Tell whether the mentions are coordinated, each with و before it."""
    return all(
        any(word.startswith(AND) for word in sentence.words[one.end : other.start + 1])
        for one, other in zip(objects, objects[1:], strict=False)
    )


def _called(sentence: Sentence, cue: Cue) -> Tie | None:
    """Read `S says that T forms X`: the target, a copula, the cue, all in what S says."""
    before = [m for m in sentence.mentions if m.end <= cue.start]
    if not before or before[-1].actor != sentence.target or before[-1].anaphor:
        return None
    between = sentence.words[before[-1].end : cue.start]
    copula = next((n for n, word in enumerate(between) if word in COPULAS), None)
    if copula is None or copula > _NEAR or len(between) - copula > 2:
        return None
    speaker = next((who for start, end, who in reversed(sentence.quoted) if start <= cue.start < end and who), None)
    if speaker is None or speaker == sentence.target:
        return None
    return Tie(cue, speaker, sentence.target, speaker, cue.polarity, "calls", True)


def _around(sentence: Sentence, place: int) -> str | None:
    """Return whose words the judging verb itself stands in."""
    return next((who for start, end, who in sentence.quoted if start <= place < end), None)
