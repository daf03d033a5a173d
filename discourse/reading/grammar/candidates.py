"""The phrases behind a verb that can be its subject or object, cut where one runs into the other."""

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.phrases import is_bare, is_name
from discourse.reading.grammar.words import Stretch, Verb, agrees, frame_of, says_how, takes_addressee

__all__ = ["human_object", "near_phrases", "split_phrase"]

C = Class


def split_phrase(s: Stretch, phrase: Phrase) -> list[Phrase]:
    """Return the one noun phrase behind a verb, or the two that it is: a name and what follows, a noun and himself."""
    return _split_reflexive(s, _split_name(s, phrase))


def _split_name(s: Stretch, phrase: Phrase) -> list[Phrase]:
    """A name and the definite or verbal noun behind it are subject and object: رفض كابلان التصويت."""
    at = phrase.start
    while at < phrase.end and (is_name(s, at) or s.flags[at] & C.FOREIGN):
        at += 1
    if at == phrase.start or at >= phrase.end or s.words[at].conjunction or s.flags[at] & C.PLACE:
        return [phrase]
    if not s.flags[at] & (C.DEFINITE | C.POSSESSED) and not s.words[at].masdar:
        return [phrase]
    if s.flags[at] & (C.NISBA | C.ADJECTIVE):
        return [phrase]
    return [phrase._replace(end=at), phrase._replace(start=at, head=at)]


def _split_reflexive(s: Stretch, phrases: list[Phrase]) -> list[Phrase]:
    """Himself at the end of the one noun behind a verb is its object: فجر انتحاري نفسه."""
    last = phrases[-1]
    at = last.end - 1
    if len(phrases) == 1 and at > last.head and s.flags[at] & C.REFLEXIVE:
        return [last._replace(end=at), Phrase(at, at + 1, at)]
    return phrases


def human_object(s: Stretch, phrases: list[Phrase], subject: Phrase | None) -> Phrase | None:
    """Return the participle that names a person, right behind the verb or a word of time: خطفوا مصورا."""
    for phrase in phrases:
        if is_bare(phrase) and phrase != subject and says_how(s, phrase.head):
            lemmas = s.words[phrase.head].participle
            return None if any(frame_of((lemma,))[1] for lemma in lemmas) else phrase
    return None


def object_of(s: Stretch, phrases: list[Phrase], subject: Phrase | None) -> Phrase:
    """Return the object among the nouns behind a subject: what only names the subject again gives way."""
    first = phrases[0]
    if len(phrases) < 2 or subject is None or subject.start > first.start:
        return first
    second = phrases[1]
    if not is_bare(second):
        return first
    of_subject, of_first = s.flags[subject.head], s.flags[first.head]
    adjacent = first.start == subject.end
    again = is_name(s, first.head) and not of_first & C.PLACE
    again = again and (of_subject & C.TITLE or of_subject & C.NISBA and adjacent)
    titled = is_name(s, subject.head) and s.flags[first.head] & C.TITLE and first.start == subject.end
    return second if again or titled else first


def _is_date(s: Stretch, place: int) -> bool:
    """Tell whether a stroke stands between two numbers: 17 / 11."""
    return bool(s.flags[place] & C.DASH and s.flag(place - 1) & C.NUMBER and s.flag(place + 1) & C.NUMBER)


def shared(s: Stretch, verb: Verb, phrases: list[Phrase]) -> bool:
    """Tell whether both subject and object stand behind the verb of a relative clause: التي تملك الدولة نسبة."""
    if len(phrases) < 2 or phrases[0].start != verb.place + 1 or takes_addressee(verb):
        return False
    first, second = phrases[0], phrases[1]
    told = s.flags[first.head] & C.DEFINITE and not s.flags[second.head] & C.DEFINITE and second.start == first.end
    return bool(told) and agrees(verb.form, s.flags[first.head], before=False)


def visited(s: Stretch, verb: Verb, phrases: list[Phrase]) -> bool:
    """Tell whether a place stands before who goes there: زار موسكو الوزير."""
    if len(phrases) < 2 or verb.form.person != "ms" or verb.form.pronoun:
        return False
    first, second = phrases[0], phrases[1]
    kinds = C.TITLE | C.DEFINITE
    titled = s.flags[second.head] & (kinds | C.FEMININE) == kinds
    return bool(titled and s.flags[first.head] & C.PLACE and first.end == first.start + 1 == second.start)


def near_phrases(s: Stretch, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out what stands behind a comma, unless nothing stands before it."""
    found: list[Phrase] = []
    for phrase in phrases:
        between = range(found[-1].end, phrase.start) if found else range(0)
        if any(s.flags[k] & (C.COMMA | C.DASH | C.BRACKET) and not _is_date(s, k) for k in between):
            break
        found.append(phrase)
    return found
