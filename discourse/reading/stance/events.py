"""What the cues and the constructions of a sentence tell: it is on X to, a signed deal, no peace without X."""

from discourse.language.arabic.verbal_nouns import masdars
from discourse.reading.grammar.model import Clause
from discourse.reading.stance.forms import stem_of, without_conjunction
from discourse.reading.stance.lists import (
    ACCUSATIVE,
    ANSWERS,
    BEFORE_A_FINITE_VERB,
    DEALS,
    FOR_OR_ON,
    NEGATORS,
    ON_ENDING,
    ON_HIM,
    PREPOSITIONS,
    SIGNED,
    THAT,
    TO_DO,
    WITHOUT,
)
from discourse.reading.stance.passage import Event
from discourse.reading.stance.pronouns import antecedent
from discourse.reading.stance.reading import Reading, actor_of, voice_at
from discourse.reading.stance.shapes import Cue, Mention
from discourse.reading.stance.words import ARTICLE, HARD_MARKS, QUOTES

__all__ = ["find_events"]

_TRADE = frozenset({"trade", "cooperation"})
_TALKS = frozenset({"contact", "dialogue", "agreement", "mediation", "cooperation"})


def find_events(reading: Reading) -> list[Event]:
    """Return the events of a sentence in the order of their words."""
    events = [reading.new_event(cue) for cue in reading.cues]
    events += _obligations(reading)
    for clause in reading.clauses:
        events = _with_deal(reading, clause, events)
    events = _with_indispensable(reading, events)
    return sorted(events, key=lambda event: event.cue.start)


def _obligations(reading: Reading) -> list[Event]:
    """It is on X to ...: the speaker demands it of the target, or calls on another actor."""
    found = []
    for place in range(len(reading.words)):
        obliged, end = _obliged(reading, place)
        if obliged is None or (place and any(cue.start <= place < cue.end for cue in reading.cues)):
            continue
        if obliged == reading.target:
            cue = Cue(place, end, "demand", "", -1, 1.0, "act", False)
        else:
            cue = Cue(place, end, "calls_for", "", 1, 1.0, "attitude", False)
        found.append(reading.new_event(cue, obliged))
    return found


def _obliged(reading: Reading, place: int) -> tuple[str | None, int]:
    """Return on whom the preposition at a word lays what follows, and where its phrase ends."""
    words = reading.words
    word = without_conjunction(words[place])
    obliged, end = None, place
    if place and words[place - 1] in ANSWERS:  # in answer to
        return None, place
    if word in FOR_OR_ON:
        for m in reading.mentions:
            if not place < m.start <= place + 3 or m.end >= len(words):
                continue
            between = words[place + 1 : m.start]
            if any(x in TO_DO for x in words[m.end : m.end + 2]) and not any(
                x in PREPOSITIONS or x in HARD_MARKS for x in between
            ):
                obliged, end = actor_of(reading, m), m.end
            elif m.start == place + 1 and _opens_with_duty(reading, place, m):
                obliged, end = actor_of(reading, m), m.end
    elif word in ON_HIM and place + 1 < len(words) and words[place + 1] in TO_DO:
        obliged, end = antecedent(reading, place, voice_at(reading, place)), place + 1
    return obliged, end


def _opens_with_duty(reading: Reading, place: int, mention: Mention) -> bool:
    """Tell whether a clause opens with `on X the doing`: on the movement lies the release of the prisoners."""
    words = reading.words
    opens = place == 0 or words[place - 1] in HARD_MARKS or words[place - 1] in QUOTES or words[place - 1] in THAT
    if not opens or mention.end >= len(words) or not words[place].endswith(ON_ENDING):
        return False
    return words[mention.end].startswith(ARTICLE) and stem_of(words[mention.end]) in masdars()


def _with_deal(reading: Reading, clause: Clause, events: list[Event]) -> list[Event]:
    """A verb of signing with a deal behind it is an agreement, in place of what the deal is about."""
    words, verb = reading.words, clause.predicate
    if clause.kind != "verb" or verb < 0 or not words[verb].lstrip(BEFORE_A_FINITE_VERB).startswith(SIGNED):
        return events
    stems = ((place, stem_of(words[place])) for place in range(verb + 1, min(clause.end, verb + 16)))
    deal = next((place for place, stem in stems if stem in DEALS or stem.rstrip(ACCUSATIVE) in DEALS), None)
    if deal is None or any(e.category == "agreement" and e.cue.start <= deal < e.cue.end for e in events):
        return events
    kept = [e for e in events if not (e.category in _TRADE and verb <= e.cue.start < clause.end)]
    return [*kept, reading.new_event(Cue(verb, verb + 1, "agreement", "", 1, 2.0, "act", True))]


def _with_indispensable(reading: Reading, events: list[Event]) -> list[Event]:
    """Nothing goes without the target: a good word for it, in place of the talks that it is said of."""
    words, target = reading.words, reading.target
    for mention in reading.mentions:
        start = mention.start
        if actor_of(reading, mention) != target:
            continue
        before = words[max(0, start - 4) : start]
        if any(word in WITHOUT or word[1:] in WITHOUT for word in before) and any(
            word in NEGATORS for word in words[max(0, start - 14) : start - 1]
        ):
            event = reading.new_event(Cue(start, mention.end, "good_quality", "", 1, 1.0, "quality", False), target)
            event.patient = target
            gone = _TALKS | {"opposes"}
            return [e for e in events if not (start - 12 <= e.cue.start < start and e.category in gone)] + [event]
    return events
