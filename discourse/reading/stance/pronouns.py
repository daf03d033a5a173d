"""Who is meant by a pronoun."""

from discourse.reading.stance.lists import HER, THEM
from discourse.reading.stance.passage import SOMEBODY
from discourse.reading.stance.reading import Reading
from discourse.reading.stance.shapes import Mention

__all__ = ["antecedent"]


def antecedent(reading: Reading, place: int, voice: str | None, *, judged: bool = False) -> str | None:
    """Return whom the pronoun at a word means; of one who is judged, the target is thought first."""
    form = _form(reading.words[place])
    before = [m for m in reading.mentions if m.end <= place and not reading.running.is_silent(m.actor)]
    fitting = [m for m in before if _fits(reading, m, form)]
    target, salient = reading.target, reading.running.salient
    target_fits = any(m.actor == target for m in fitting)
    if voice and voice != SOMEBODY and not judged and _means_speaker(reading, before, fitting, form, voice):
        return voice
    others = [m.actor for m in fitting if m.actor != voice]
    if judged and target != voice:
        if others and target not in others:
            return others[-1]
        if target_fits or salient:
            return target
    if others:
        return others[-1]
    return target if salient and form != "m" else voice or (reading.running.speaker if not before else None)


def _form(word: str) -> str:
    """Return the form of a pronoun: "f", "p" for the plural, "m"."""
    return "f" if word.endswith(HER) else "p" if word.endswith(THEM) else "m"


def _fits(reading: Reading, mention: Mention, form: str) -> bool:
    """A pronoun fits an actor of its gender or of an unknown one; the plural fits the target and what is no person."""
    gender = reading.passage.gender(mention)
    if form == "p":
        return mention.actor == reading.target or (gender != "f" and not mention.person)
    return gender in (None, form)


def _means_speaker(reading: Reading, before: list[Mention], fitting: list[Mention], form: str, voice: str) -> bool:
    """A pronoun in somebody's words means the speaker where its gender fits, or nobody else does."""
    if form == "p":
        return False
    own = [m for m in before if m.actor == voice]
    if not own:
        return not fitting
    gender = reading.passage.gender(own[0]) or reading.passage.gender(own[-1])
    if gender is None:
        return form == "m" or not any(m.actor == reading.target for m in fitting)
    return gender == form
