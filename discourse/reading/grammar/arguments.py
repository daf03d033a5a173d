"""Subject, object and obliques of each clause."""

from typing import NamedTuple

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.phrases import find_phrases, is_bare
from discourse.reading.grammar.words import MARK, Stretch, agrees, frame_of

__all__ = ["Arguments", "find_arguments"]

C = Class


class Arguments(NamedTuple):
    """What belongs to a verb."""

    subject: Phrase | None
    object: Phrase | None
    obliques: tuple[Phrase, ...]


def find_arguments(s: Stretch, draft: Draft, known: dict[int, Arguments]) -> Arguments:
    """Return the arguments of a clause; ``known`` are those of the clauses before, by the identity of their draft."""
    verb = draft.verb
    if verb is None:
        return _of_nominal(s, draft)
    behind = find_phrases(s, verb.place + 1, draft.behind)
    bare = _near(s, verb.place, [phrase for phrase in behind if is_bare(phrase)])
    takes_object, _, _ = frame_of(verb.lemmas)
    attached = Phrase(verb.place, verb.place + 1, verb.place, "", True) if verb.form.pronoun else None
    subject = _subject_before(s, draft)
    obliques = tuple(phrase for phrase in behind if not is_bare(phrase))
    if subject is None and bare and agrees(verb.form, s.flags[bare[0].head], before=False):
        if not _leaves_subject(s, draft, bare, known, takes_object and not verb.passive and attached is None):
            subject, bare = bare[0], bare[1:]
    if subject is None:
        subject = _inherited(s, draft, known)
    found = attached
    if found is None and takes_object and not verb.passive and bare:
        found = bare[0]
    return Arguments(subject, found, obliques)


def _near(s: Stretch, place: int, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out what stands behind a comma, unless nothing stands before it."""
    found = []
    for phrase in phrases:
        if found and any(s.flags[k] & C.COMMA for k in range(found[-1].end, phrase.start)):
            break
        found.append(phrase)
    return found


def _subject_before(s: Stretch, draft: Draft) -> Phrase | None:
    """Return the subject that stands between the opener and the verb."""
    verb = draft.verb
    first = draft.start if draft.marker is None else draft.marker + 1
    if verb is None or draft.relation == "relative" and draft.marker is None:
        return None
    if draft.marker is not None and s.flags[draft.marker] & C.WITH_PRONOUN and s.behind(draft.marker) >= verb.place - 2:
        return Phrase(draft.marker, draft.marker + 1, draft.marker, "", True)
    for place in range(first, verb.place):
        if s.flags[place] & C.PRONOUN:
            return Phrase(place, place + 1, place)
    if draft.relation == "relative" or draft.relation == "coordinated":
        return None
    phrases = [phrase for phrase in find_phrases(s, first, verb.place) if is_bare(phrase)]
    for phrase in phrases:
        if agrees(verb.form, s.flags[phrase.head], before=True):
            return phrase
    return None


def _leaves_subject(
    s: Stretch, draft: Draft, bare: list[Phrase], known: dict[int, Arguments], takes_object: bool
) -> bool:
    """Tell whether the first noun behind a verb is rather its object: the subject comes from before."""
    if not takes_object or len(bare) > 1:
        return False
    verb = draft.verb
    if verb is None:
        return False
    if draft.relation == "relative":
        return _antecedent(s, draft) is not None and not _resumes(s, draft)
    if draft.relation == "coordinated" and draft.parent is not None:
        above = known.get(id(draft.parent))
        if above and above.subject and not s.flags[bare[0].head] & C.TITLE:
            return agrees(verb.form, s.flags[above.subject.head], before=True)
    return False


def _resumes(s: Stretch, draft: Draft) -> bool:
    """Tell whether a pronoun in the clause stands for the antecedent: it is then not the subject."""
    verb = draft.verb
    if verb is None:
        return False
    if verb.form.pronoun:
        return True
    return any(s.flags[place] & C.PRONOUN_PHRASE for place in range(verb.place + 1, min(draft.behind, verb.place + 3)))


def _antecedent(s: Stretch, draft: Draft) -> Phrase | None:
    """Return what a relative clause is about: the noun before its opener."""
    at = s.before(draft.marker if draft.marker is not None else draft.verb.place if draft.verb else draft.start)
    if at < 0:
        return None
    first = at
    while first > max(0, at - 6) and not s.flags[first - 1] & MARK and first - 1 not in s.verbs:
        first -= 1
    phrases = find_phrases(s, first, at + 1)
    return phrases[-1]._replace(preposition="", pronoun=True) if phrases else None


def _inherited(s: Stretch, draft: Draft, known: dict[int, Arguments]) -> Phrase | None:
    """Return the subject that is not written: the antecedent of a relative, the subject of the clause before."""
    if draft.verb is None:
        return None
    if draft.relation == "relative":
        found = _antecedent(s, draft)
        return found if found and not draft.verb.form.pronoun else None
    if draft.relation in ("coordinated", "circumstance", "purpose") and draft.parent is not None:
        above = known.get(id(draft.parent))
        if above and above.subject and agrees(draft.verb.form, s.flags[above.subject.head], before=True):
            return above.subject._replace(pronoun=True)
    return None


def _of_nominal(s: Stretch, draft: Draft) -> Arguments:
    first = draft.start if draft.marker is None else draft.marker + 1
    if draft.marker is not None and s.flags[draft.marker] & C.WITH_PRONOUN:
        return Arguments(Phrase(draft.marker, draft.marker + 1, draft.marker, "", True), None, ())
    phrases = find_phrases(s, first, draft.behind)
    bare = [phrase for phrase in phrases if is_bare(phrase)]
    subject = bare[0] if bare else None
    return Arguments(subject, None, tuple(phrase for phrase in phrases if not is_bare(phrase)))
