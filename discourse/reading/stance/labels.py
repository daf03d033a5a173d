"""Names of lists and labels, which are no acts."""

from discourse.reading.stance.lists import LABEL_MARKS
from discourse.reading.stance.passage import Event
from discourse.reading.stance.reading import Reading, actor_of
from discourse.reading.stance.words import ARTICLE

__all__ = ["is_label", "names_a_list"]


def names_a_list(reading: Reading, event: Event) -> bool:
    """Tell whether a quality belongs to the name of a list: the list of terrorist organisations."""
    return any(
        other.category == "designation" and other.cue.start < event.cue.start <= other.cue.end
        for other in reading.events
    )


def is_label(reading: Reading, event: Event) -> bool:
    """Tell whether a designation is only a label behind the target's name: the Taliban, banned in Russia."""
    cue, words = event.cue, reading.words
    if event.category != "designation" or cue.verb or not words[cue.start].startswith(ARTICLE):
        return False
    before = [m for m in reading.mentions if m.end <= cue.start and actor_of(reading, m) == reading.target]
    return bool(before) and all(word in LABEL_MARKS for word in words[before[-1].end : cue.start])
