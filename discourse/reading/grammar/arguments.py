"""Subject, object and obliques of each clause."""

from typing import NamedTuple

from discourse.language.arabic.clause_words import (
    agents,
    always_with_object,
    considering,
    controllers,
    durations,
    impersonal,
    raising,
)
from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.candidates import human_object, near_phrases, object_of, shared, split_phrase, visited
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.nominal import of_copula, of_nominal
from discourse.reading.grammar.phrases import find_phrases, free_phrases, is_bare
from discourse.reading.grammar.relatives import antecedent, resumes
from discourse.reading.grammar.words import (
    Stretch,
    Verb,
    agrees,
    case_of,
    frame_of,
    is_copula,
    takes,
    takes_addressee,
)

__all__ = ["Arguments", "find_arguments"]

C = Class
_FREE = C.LOOSE_RELATIVE | C.FUSED | C.PREPOSITION  # of these ما alone stands for a noun
_FIRST = ("1", "1s")
_SPEAKERS = ("1", "1s", "2")
_CARRIES = frozenset(
    ("coordinated", "circumstance", "purpose", "complement", "time", "condition", "cause", "concession")
)  # whose verb may go on with the subject of the clause above


class Arguments(NamedTuple):
    """What belongs to a predicate, and where it stands: -1 for none."""

    predicate: int
    kind: str
    subject: Phrase | None
    object: Phrase | None
    obliques: tuple[Phrase, ...]
    lemmas: tuple[str, ...] = ()
    passive: bool = False


def find_arguments(s: Stretch, draft: Draft, known: dict[int, Arguments]) -> Arguments:
    """Return the arguments of a clause; ``known`` are those of the clauses before, by the identity of their draft."""
    verb = draft.verb
    if verb is None:
        return Arguments(*of_nominal(s, draft))
    behind = find_phrases(s, verb.place + 1, draft.behind, times=bool(verb.lemmas) and verb.lemmas[0] in durations())
    if draft.behind < len(s) and s.flags[draft.behind] & _FREE == C.LOOSE_RELATIVE:
        behind.append(Phrase(draft.behind, draft.behind + 1, draft.behind))
    obliques = tuple(phrase for phrase in behind if not is_bare(phrase))
    before = _subject_before(s, draft, bool(behind) and is_bare(behind[0]), known)
    if is_copula(verb):
        copular = of_copula(s, draft, before, find_phrases(s, verb.place + 1, draft.behind, times=True))
        if copular is not None:
            return Arguments(*copular)
    takes_object = takes(verb) and not any(phrase.preposition in agents() for phrase in obliques)
    bare = near_phrases(s, free_phrases(s, behind, near=not is_copula(verb)))
    if takes_object and before is None and len(bare) == 1 and not verb.form.pronoun:
        bare = split_phrase(s, bare[0])
    attached = Phrase(verb.place, verb.place + 1, verb.place, "", True) if verb.form.pronoun else None
    subject = before
    if takes_object and before is None and visited(s, verb, bare):
        bare[:2] = bare[1], bare[0]
    if takes_object and draft.relation == "relative" and attached is None and shared(s, verb, bare):
        subject = None
    if bare and _can_follow(s, verb, bare[0], takes_object):
        wants = takes_object and attached is None
        stays = subject is None and not _leaves_subject(s, draft, bare, known, wants)
        if stays or _follows(s, draft, subject, bare[0], wants):
            subject, bare = bare[0], bare[1:]
    if subject is None and verb.lemmas[:1] != () and verb.lemmas[0] in impersonal():
        topic = _topic(s, draft, verb)
        obliques = (*obliques, topic) if topic is not None else obliques
    elif subject is None:
        subject = _inherited(s, draft, known)
    found = attached
    if found is None and takes_object and not _says(s, draft, bool(bare)):
        found = object_of(s, bare, subject) if bare else human_object(s, behind, subject)
    held = verb.lemmas[:1] != () and verb.lemmas[0] in considering()
    if held and found is not None and len(bare) == 1 and before is None and not s.flags[found.head] & C.DEFINITE:
        return Arguments(verb.place, "verb", subject, None, obliques, verb.lemmas, True)
    passive = _is_passive(s, draft, subject, found, obliques)
    return Arguments(verb.place, "verb", subject, found, obliques, verb.lemmas, passive)


def _can_follow(s: Stretch, verb: Verb, phrase: Phrase, takes_object: bool) -> bool:
    """Tell whether a noun behind a verb can be its subject: by gender, and by the case that it shows."""
    if case_of(s, phrase.head) in ("accusative", "genitive") and phrase.head == phrase.start:
        return False
    word, flags = s.words[phrase.head], s.flags[phrase.head]
    if verb.form.pronoun and flags & (C.ADJECTIVE | C.COMPARATIVE) and not flags & (C.DEFINITE | C.TITLE):
        return False  # جعلها أكثر جاذبية
    if verb.form.person == "fs" and word.masdar and not flags & (C.FEMININE | C.PLURAL | C.DEFINITE):
        return False
    if s.flags[phrase.start] & C.NUMBER and verb.lemmas[:1] and verb.lemmas[0] in durations():
        return False  # بلغ 39 ألفا
    many = flags & C.FEMININE and flags & C.PLURAL and verb.form.person == "ms" and phrase.head == verb.place + 1
    if many and takes_object:
        return False  # وأبدى ملاحظات
    if agrees(verb.form, s.flags[phrase.head], before=False):
        return True
    return verb.form.person == "ms" and not takes_object and phrase.start > verb.place + 1


def _is_passive(
    s: Stretch, draft: Draft, subject: Phrase | None, target: Phrase | None, obliques: tuple[Phrase, ...]
) -> bool:
    """Tell whether a verb is passive: by its form, by who acts, or for want of the object that it always takes."""
    verb = draft.verb
    if verb is None or target is not None:
        return False
    if verb.passive or any(phrase.preposition in agents() for phrase in obliques):
        return True
    said = draft.behind < len(s) and s.flags[draft.behind] & C.THAT
    return subject is not None and not said and verb.lemmas[:1] != () and verb.lemmas[0] in always_with_object()


def _says(s: Stretch, draft: Draft, followed: bool) -> bool:
    """A verb whose clause follows takes no object besides it, but whom it speaks to."""
    verb = draft.verb
    if verb is None or not frame_of(verb.lemmas[:1])[1] or draft.behind >= len(s):
        return False
    if followed and s.words[draft.behind].preposition and s.flags[draft.behind] & C.THAT:
        return False  # نفت موسكو الاتهامات بأنها
    own = draft.behind - 1
    while own > verb.place and s.flags[own] & (C.COLON | C.QUOTE):
        own -= 1
    if followed and s.words[own].masdar and s.words[own].pronoun:
        return False  # نقلت عن المصدر قوله إن
    said = s.flags[draft.behind] & C.THAT or s.flags[draft.behind - 1] & C.COLON
    return bool(said) and not takes_addressee(verb)


def _follows(s: Stretch, draft: Draft, subject: Phrase | None, bare: Phrase, wants_object: bool) -> bool:
    """A subject before the verb gives way to the noun behind it where it is but loosely tied: a comma, or أنه."""
    verb = draft.verb
    if subject is None or verb is None or draft.relation == "relative":
        return False
    if draft.marker is not None and s.flags[draft.marker] & C.WITH_PRONOUN:
        return not wants_object and bare.start == verb.place + 1
    if subject.head >= verb.place or s.flags[subject.head] & C.PRONOUN:
        return False
    return draft.front < 0 and any(s.flags[k] & (C.COMMA | C.DASH) for k in range(subject.end, verb.place))


def _subject_before(s: Stretch, draft: Draft, followed: bool, known: dict[int, Arguments]) -> Phrase | None:
    """Return the subject that stands between the opener and the verb."""
    verb = draft.verb
    if verb is None:
        return None
    if draft.relation == "relative":
        return _of_relative(s, draft, verb, followed)
    first = draft.start if draft.marker is None else draft.marker + 1
    last = verb.place if draft.front < 0 else draft.front
    for place in range(max(first, verb.place - 4), verb.place):
        if s.flags[place] & C.PRONOUN:
            return Phrase(place, place + 1, place)
    if (
        draft.marker is not None
        and s.flags[draft.marker] & C.WITH_PRONOUN
        and (verb.form.person not in _SPEAKERS or s.flags[draft.marker] & C.SPEAKERS)
    ):
        return _meant(s, draft, verb, known) or Phrase(draft.marker, draft.marker + 1, draft.marker, "", True)
    if draft.marker is None and draft.start and s.flags[draft.start - 1] & C.MAIN & C.WITH_PRONOUN:
        return Phrase(draft.start - 1, draft.start, draft.start - 1, "", True)
    if s.words[verb.place].conjunction or verb.lemmas[:1] != () and verb.lemmas[0] in impersonal():
        return None
    dash = next((k for k in range(last - 1, first, -1) if s.flags[k] & C.DASH), -1)  # 1990 - إيران تختار
    phrases = [phrase for phrase in find_phrases(s, first, last) if is_bare(phrase)]
    phrases = [phrase for phrase in phrases if phrase.start > dash] or phrases
    return next((phrase for phrase in phrases if agrees(verb.form, s.flags[phrase.head], before=True)), None)


def _topic(s: Stretch, draft: Draft, verb: Verb) -> Phrase | None:
    """Return the noun before a verb without a subject, who is to act: إن المقاتلين ينبغي أن."""
    first = draft.start if draft.marker is None else draft.marker + 1
    bare = [phrase for phrase in find_phrases(s, first, verb.place) if is_bare(phrase)]
    return bare[0] if bare else None


def _meant(s: Stretch, draft: Draft, verb: Verb, known: dict[int, Arguments]) -> Phrase | None:
    """Return whom the pronoun on أنه means: the subject of the clause above, where the verb agrees with it."""
    above = known.get(id(draft.parent)) if draft.parent is not None else None
    if above is None or above.subject is None or not agrees(verb.form, s.flags[above.subject.head], before=True):
        return None
    return above.subject._replace(pronoun=True)


def _of_relative(s: Stretch, draft: Draft, verb: Verb, followed: bool) -> Phrase | None:
    """The relative is the subject where the verb agrees with it and no pronoun takes it up: الذي قال."""
    if draft.marker is None or resumes(s, draft):
        return None
    flags = s.flags[draft.marker]
    person = verb.form.person
    wanted = {"fs": C.FEMININE, "ms": C.MASCULINE, "mp": C.PLURAL}.get(person, 0)
    if flags & (C.FEMININE | C.MASCULINE | C.PLURAL) and not flags & wanted:
        return None
    takes_object = takes(verb)
    if not flags & C.RELATIVE and followed and (not takes_object or flags & C.FUSED and not flags & C.RESULT):
        return None
    found = antecedent(s, draft)
    return found or Phrase(draft.marker, draft.marker + 1, draft.marker, "", True)


def _leaves_subject(s: Stretch, draft: Draft, bare: list[Phrase], known: dict[int, Arguments], wants: bool) -> bool:
    """Tell whether the first noun behind a verb is rather its object: the subject comes from before."""
    verb = draft.verb
    if verb is None or not wants or len(bare) > 1 or case_of(s, bare[0].head) == "nominative":
        return False
    if draft.relation == "relative":
        return draft.marker is None and not resumes(s, draft) and antecedent(s, draft) is not None
    if draft.relation not in _CARRIES or draft.parent is None or s.flags[bare[0].head] & C.TITLE:
        return False
    above = known.get(id(draft.parent))
    if above is None:
        return False
    controller = _controller(above)
    if controller is None and draft.relation == "coordinated" and draft.parent.verb is not None:
        return draft.parent.verb.form.person == verb.form.person
    if controller is None or not agrees(verb.form, s.flags[controller.head], before=True):
        return False
    if draft.relation in ("time", "condition", "cause", "concession"):
        return bool(s.words[bare[0].head].masdar) or case_of(s, bare[0].head) == "accusative"
    if draft.relation == "complement":
        return verb.form.tense == "present" and draft.marker is not None and s.behind(draft.marker) == verb.place
    return True


def _inherited(s: Stretch, draft: Draft, known: dict[int, Arguments]) -> Phrase | None:
    """Return the subject that is not written: the antecedent of a relative, the subject of the clause before."""
    if draft.verb is None:
        return None
    if draft.relation == "relative":
        found = antecedent(s, draft)
        above = known.get(id(draft.parent)) if draft.parent is not None else None
        free = draft.marker is not None and s.flags[draft.marker] & _FREE == C.LOOSE_RELATIVE
        if free and above is not None and above.subject is not None and resumes(s, draft):
            agreed = agrees(draft.verb.form, s.flags[above.subject.head], before=True)
            return above.subject._replace(pronoun=True) if agreed else None  # انتقدت ما وصفته
        return found if found and not resumes(s, draft) else None
    controlled = draft.marker is not None and s.flags[draft.marker] & C.BARE_THAT and draft.verb.form.tense == "present"
    if draft.parent is not None and draft.marker is None and draft.relation == "complement":
        above = known.get(id(draft.parent))
        if draft.verb.form.person in _FIRST and above is not None and above.subject is not None:
            return above.subject._replace(pronoun=True)  # بوتين: لن نعترف
    if draft.parent is not None and (draft.relation != "complement" or controlled):
        above = known.get(id(draft.parent))
        controller = _controller(above) if above else None
        if controller is not None and agrees(draft.verb.form, s.flags[controller.head], before=True):
            return controller._replace(pronoun=True)
    return None


def _controller(above: Arguments) -> Phrase | None:
    """Return who acts in the clause above, or who is to act: يمكن للحكومة أن, يجب على الحكومة أن."""
    owing = any(lemma in raising() for lemma in above.lemmas[:1]) or above.kind == "nominal" and above.predicate < 0
    if above.subject is None and owing:
        acting = (phrase for phrase in above.obliques if not phrase.preposition or phrase.preposition in controllers())
        return next(acting, None)
    return above.subject
