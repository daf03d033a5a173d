"""Clauses of verbal nouns and participles: who does what to whom where no verb says it.

رفض الحكومة للقرار، قام بقتل المدنيين، تجمعوا مطالبين بالإفراج.
"""

from typing import NamedTuple

from discourse.language.arabic.clause_words import agents, done, passive_nouns, verbal_noun_relations
from discourse.language.arabic.syntax import Class
from discourse.language.arabic.verbs import frames
from discourse.language.arabic.word_classes import lists
from discourse.reading.grammar.arguments import Arguments
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.phrases import find_phrases, noun_phrase
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch, case_of, says_how

__all__ = ["find_verbal_nouns"]

C = Class
_REACH = 12  # words behind a verbal noun in which its arguments stand
_FOR = lists()["for_whom"][0]


class _Around(NamedTuple):
    """A verbal noun: where it stands, what it is of, where its words end."""

    place: int
    lemmas: tuple[str, ...]
    end: int


def find_verbal_nouns(s: Stretch, drafts: list[Draft], known: dict[int, Arguments]) -> list[Draft]:
    """Return the clauses of verbal nouns, and write their arguments to ``known``."""
    found: list[Draft] = []
    for draft in list(drafts):
        owner, own = draft, known[id(draft)]
        first = draft.start
        for place in range(first, draft.behind):
            word = s.words[place]
            is_object = own.object is not None and own.object.head == place
            verb = -1 if draft.verb is None else draft.verb.place
            if says_how(s, place) and not is_object and (0 <= verb < place or place == draft.start and verb >= 0):
                clause = Draft(place, "circumstance", None, draft, None, draft.behind, draft.behind)
                own = known[id(clause)] = _participle(s, place, draft.behind, own)
                owner = clause
                found.append(clause)
                _take(s, drafts, draft, clause, draft.behind)
                continue
            if not word.masdar or place in s.verbs or s.flags[place] & (C.TITLE | C.TIME_NOUN | C.NUMBER):
                continue
            around = _Around(place, word.masdar, min(draft.behind, place + _REACH))
            arguments = _arguments(s, around, own)
            if arguments is None:
                continue
            clause = Draft(place, _relation(s, place, own), None, owner, None, arguments[3], arguments[3])
            known[id(clause)] = Arguments(
                place, "verbal_noun", arguments[0], arguments[1], arguments[2], word.masdar, arguments[4]
            )
            found.append(clause)
            if not arguments[2] and any(frames()[lemma].clause for lemma in word.masdar if lemma in frames()):
                _take(s, drafts, draft, clause, arguments[3])
    return found


def _take(s: Stretch, drafts: list[Draft], above: Draft, clause: Draft, end: int) -> None:
    """Hang the clause with أن that begins here on the participle or verbal noun before it."""
    for draft in drafts:
        opened = draft.marker if draft.marker is not None else draft.start
        if draft.parent is not above or not end <= opened <= end + 1:
            continue
        if draft.relation == "complement" or draft.marker is not None and s.flags[draft.marker] & C.THAT:
            draft.parent, draft.relation = clause, "complement"
        return


def _participle(s: Stretch, place: int, end: int, own: Arguments) -> Arguments:
    """Return the arguments of a participle that says what else the subject does: مشيرا إلى."""
    word = s.words[place]
    behind = find_phrases(s, place + 1, _stop(s, place + 1, end))
    bare = next((phrase for phrase in behind[:1] if not phrase.preposition), None)
    takes_object = any(frames()[lemma].object for lemma in word.participle if lemma in frames())
    subject = own.subject._replace(pronoun=True) if own.subject is not None else None
    target = bare if takes_object else None
    obliques = tuple(phrase for phrase in behind if phrase.preposition)
    return Arguments(place, "participle", subject, target, obliques, word.participle)


def _relation(s: Stretch, place: int, own: Arguments) -> str:
    """Return complement for the head of an object or a phrase that the verb governs, else what its preposition says."""
    heads = [phrase for phrase in (own.object, own.subject, *own.obliques) if phrase is not None]
    phrase = next((phrase for phrase in heads if phrase.head == place), None)
    if phrase is None:
        return "apposition"
    governed = any(phrase.preposition in frames()[lemma].prepositions for lemma in own.lemmas if lemma in frames())
    if not phrase.preposition or governed:
        return "complement"
    return verbal_noun_relations().get(phrase.preposition, "circumstance")


def _arguments(
    s: Stretch, around: _Around, own: Arguments
) -> tuple[Phrase | None, Phrase | None, tuple[Phrase, ...], int, bool] | None:
    """Return subject, object, obliques, the end and whether it is passive; None for a plain noun."""
    place, end = around.place, around.end
    word = s.words[place]
    known = [frames()[lemma] for lemma in around.lemmas if lemma in frames()]
    takes_object = any(frame.object for frame in known)
    genitive = _genitive(s, around)
    behind = find_phrases(s, genitive.end if genitive else place + 1, _stop(s, place + 1, end))
    agent = next((phrase for phrase in behind if phrase.preposition in agents()), None)
    obliques = tuple(phrase for phrase in behind if phrase.preposition)
    governed = any(phrase.preposition in frame.prepositions for phrase in obliques[:1] for frame in known)
    attached = Phrase(place, place + 1, place, "", True) if word.pronoun else None
    whole = genitive or attached
    if whole is None and not (governed or agent):
        return None
    stop = max((phrase.end for phrase in (genitive, *behind[:1]) if phrase), default=place + 1)
    target = next((phrase for phrase in behind[:1] if phrase.preposition == _FOR and not phrase.pronoun), None)
    bare = next((phrase for phrase in behind[:1] if not phrase.preposition), None)
    if whole is None:
        return agent or _controller(own, place), None, obliques, stop, False
    if not takes_object:
        return whole, None, obliques, stop, False
    carried = own.subject is not None and own.subject.head == place and own.lemmas[:1] != () and own.lemmas[0] in done()
    if s.words[place].host in passive_nouns() or carried and agent is None:
        return whole, None, obliques, stop, True
    if agent is not None:
        return agent, whole, obliques, stop, False
    if target is not None and behind[0].start == (genitive.end if genitive else place + 1):
        return whole, target, obliques[1:], stop, False
    if bare is not None and bare.start == (genitive.end if genitive else place + 1) and _is_object(s, bare):
        return whole, bare, obliques, stop, False
    return _controller(own, place), whole, obliques, stop, False


def _controller(own: Arguments, place: int) -> Phrase | None:
    """Return who acts in the clause that a verbal noun belongs to, where it is not the verbal noun itself."""
    if own.predicate < 0 or own.subject is None or own.subject.head == place:
        return None
    return own.subject._replace(pronoun=True)


def _is_object(s: Stretch, phrase: Phrase) -> bool:
    """Tell whether a bare noun behind the genitive of a verbal noun can be its object."""
    flags = s.flags[phrase.head]
    return bool(flags & (C.DEFINITE | C.PLACE) or case_of(s, phrase.head) == "accusative")


def _genitive(s: Stretch, around: _Around) -> Phrase | None:
    """Return the noun that stands behind a verbal noun in the genitive."""
    place = around.place
    behind = s.behind(place)
    word = s.words[place]
    if s.flags[place] & (C.DEFINITE | C.ACCUSATIVE) or word.pronoun or behind >= around.end or behind in s.verbs:
        return None
    flags, following = s.flags[behind], s.words[behind]
    closed = C.PREPOSITION | C.PRONOUN_PHRASE | C.NEGATOR | C.PRONOUN | C.ADVERB | C.OR | C.ADJECTIVE
    if flags & (MARK | CLAUSE_OPENER | (closed & ~C.ADJECTIVE)) or following.preposition or following.conjunction:
        return None
    if flags & (C.ADJECTIVE | C.NISBA) and not flags & C.DEFINITE:
        return None
    end, head = noun_phrase(s, behind, around.end)
    return Phrase(behind, end, head) if end > behind else None


def _stop(s: Stretch, first: int, last: int) -> int:
    """Return where the words that can belong to a verbal noun end: at a mark or an opener."""
    for place in range(first, last):
        if s.flags[place] & (CLAUSE_OPENER | C.COMMA | C.STOP | C.COLON) or place in s.verbs:
            return place
    return last
