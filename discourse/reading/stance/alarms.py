"""An alarm over the country in which the target fights or rules: a wary position that need not name the target."""

from discourse.reading.stance.background import has_another_reason, is_background, is_planned
from discourse.reading.stance.forms import stem_of, without_conjunction
from discourse.reading.stance.passage import Event, Evidence, Passage
from discourse.reading.stance.reading import Reading, actor_of, voice_at
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY

__all__ = ["ALARM", "find_alarms", "has_alarm", "tells_advance"]

ALARM = "alarm"  # the rule by which an alarm over the target's country counts
_ALARMS = frozenset({"alert", "concern"})
_ADVANCES = frozenset({"force", "violence", "fate_good", "threat"})
_BEHIND = 16  # words behind a worry in which it names its country
_FOUND = frozenset({"vs", "sv", "genitive", "pronoun", "carried", "governor", "short"})


def has_alarm(passage: Passage) -> bool:
    """Tell whether a sentence holds a word of alarm and names the target's country."""
    return any(cue.category in _ALARMS for cue in passage.cues) and _names_land(passage, passage.words)


def tells_advance(reading: Reading) -> bool:
    """Tell whether a sentence that names the target says that it fights, is fought, threatens or takes over."""
    target = reading.target
    return any(
        event.category in _ADVANCES and (event.agent == target or event.patient in (target, None))
        for event in reading.events
    )


def find_alarms(reading: Reading) -> list[Evidence]:
    """Return the alarms of a sentence over the target's country that name no target and no other reason."""
    found = []
    for event in reading.events:
        holder = event.agent
        if event.category not in _ALARMS or holder in reading.nobody | {None, reading.target, OPPONENTS, OWN_COUNTRY}:
            continue
        if event.how not in _FOUND or event.operators or reading.is_militant(holder) or is_background(reading, event):
            continue
        if _is_of_another(reading, event) or is_planned(reading, event) or has_another_reason(reading, event):
            continue
        cue, worried = event.cue, event.category == "concern"
        start, end = (cue.end, cue.end + _BEHIND) if worried else (0, len(reading.words))
        if _names_land(reading.passage, reading.words[start:end]):
            found.append(
                Evidence(
                    str(holder), -1, cue.category, (), voice_at(reading, cue.start), ALARM, False, cue.start, cue.end
                )
            )
    return found


def _names_land(passage: Passage, words: tuple[str, ...]) -> bool:
    """Tell whether one of some words is the target's country, or says that something is of it."""
    lands = {word for word, actor in passage.roles.lands.items() if actor == passage.target}
    return any(word in lands or stem_of(without_conjunction(word)) in lands for word in words)


def _is_of_another(reading: Reading, event: Event) -> bool:
    """Tell whether an alarm is over another armed group or another state, which stands behind it."""
    for mention in reading.mentions:
        if not event.cue.end <= mention.start < event.cue.end + _BEHIND:
            continue
        if reading.is_militant(mention.actor) and actor_of(reading, mention) != reading.target:
            return True
    return False
