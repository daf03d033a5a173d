"""Who is the subject of a verb."""

from discourse.reading.grammar.model import Clause, Phrase
from discourse.reading.stance.forms import without_conjunction
from discourse.reading.stance.lists import (
    BEFORE_THE_VERB,
    BUT_SHE,
    COMMA,
    COPULAS,
    HE_SHE_THEY,
    HER_OR_THEM,
    LATTER,
    NEGATORS,
    NO_WE,
    OBLIQUE_PLURAL,
    TAKEN_UP,
    THAT,
    THEY,
    US,
    WE,
    WE_LETTER,
    WILL,
    WITH_HIM,
)
from discourse.reading.stance.passage import is_place
from discourse.reading.stance.pronouns import antecedent
from discourse.reading.stance.reading import Reading, actor_of, is_oblique, mention_at, voice_at
from discourse.reading.stance.shapes import OPPONENTS, Mention
from discourse.reading.stance.words import HARD_MARKS, OF, QUOTES, RELATIVES, SHE

__all__ = ["left_subject", "subject_of"]

Subject = tuple[str | None, str]  # an actor, and how it was found; no actor and "stranger": somebody without a side
_SHORTEST_WITH_OBJECT = 4  # letters
_DEEPEST = 6  # clauses upwards from which a subject is carried


def subject_of(reading: Reading, place: int, depth: int = 0) -> Subject:
    """Return the actor that is the subject of the verb at a word, and how it was found; "" where nothing was."""
    if place not in reading.subjects:
        reading.subjects[place] = (None, "")  # a verb is not asked for while it is looked for
        reading.subjects[place] = _find_subject(reading, place, depth)
    return reading.subjects[place]


def _find_subject(reading: Reading, place: int, depth: int) -> Subject:
    """Look beside the verb, in its clause, before a relative, in the clauses above, and at last at who speaks."""
    verb = _bare_verb(reading.words[place])
    voice = voice_at(reading, place)
    if voice and _says_we(verb):
        return voice, "we"
    clause = reading.predicates.get(place) or reading.clauses[reading.clause_of[place]]
    phrase = clause.subject
    found = (
        _who_does(reading, clause, place)
        or _whole_subject(reading, phrase, place)
        or _beside(reading, place, verb, voice)
        or (_in_phrase(reading, phrase, place, voice) if phrase is not None else None)
        or (left_subject(reading, place, reading.clauses[reading.clause_of[place]]) if phrase is None else None)
        or _before_relative(reading, clause)
    )
    if found is not None:
        return found
    if phrase is not None and not phrase.pronoun:
        return None, "stranger"
    carried = _carried(reading, clause, place, voice, depth)
    if carried is not None:
        return carried, "carried"
    if voice is not None:
        return voice, "voice"
    if reading.running.speaker and not any(m.end <= place for m in reading.mentions):
        return reading.running.speaker, "topic"
    return None, ""


def _whole_subject(reading: Reading, phrase: Phrase | None, place: int) -> Subject | None:
    """Return the actor that is the whole subject right before a verb; what stands behind the verb is its object."""
    if phrase is None or phrase.pronoun or phrase.end > place:
        return None
    if any(word not in BEFORE_THE_VERB and word not in NEGATORS for word in reading.words[phrase.end : place]):
        return None
    for mention in reading.mentions:
        if (mention.start, mention.end) == (phrase.start, phrase.end) and not _acts_as_nobody(reading, mention.actor):
            if is_oblique(reading, mention):
                return None
            reading.subject_mentions[place] = mention
            return actor_of(reading, mention), "sv"
    return None


def _bare_verb(word: str) -> str:
    """Take a conjunction and the letter of the future off a verb."""
    verb = without_conjunction(word) if len(word) > 3 else word
    return verb[1:] if verb.startswith(WILL) and len(verb) > 4 else verb


def _says_we(verb: str) -> bool:
    """Tell whether a verb speaks of `us`: by its first letter, where that is none of its stem, or by its ending."""
    return (verb.startswith(WE_LETTER) and len(verb) >= 4 and not verb.startswith(NO_WE)) or verb.endswith(US)


def _beside(reading: Reading, place: int, verb: str, voice: str | None) -> Subject | None:
    """Find the pronoun right before the verb, or the actor right behind it that it agrees with."""
    words = reading.words
    before = place - 1
    while before >= 0 and (words[before] in NEGATORS or words[before] in BEFORE_THE_VERB):
        before -= 1
    if before >= 0 and words[before] in HE_SHE_THEY and words[before] not in BUT_SHE:
        return _other_than_object(reading, place, verb, antecedent(reading, before, voice)), "pronoun"
    if before >= 0 and words[before] in WE:
        return voice or reading.running.speaker, "we"
    mention = _right_before(reading, before)
    if mention is not None and _agrees(reading, verb, mention):
        reading.subject_mentions[place] = mention
        return actor_of(reading, mention), "sv"
    behind = place + 1
    while behind < len(words) and words[behind] in QUOTES:
        behind += 1
    mention = mention_at(reading, behind)
    if mention is None or mention.start != behind or mention.marked or _is_oblique_plural(reading, mention):
        return None
    if mention.actor in reading.nobody or is_place(mention.actor):
        return None
    if not _agrees(reading, verb, mention) or (verb.endswith(HER_OR_THEM) and len(verb) > 4):
        return None
    reading.subject_mentions[place] = mention
    return actor_of(reading, mention), "vs"


def _other_than_object(reading: Reading, place: int, verb: str, actor: str | None) -> str | None:
    """Return the subject of a verb with an object pronoun: where that seems the target, the last other actor before."""
    if actor != reading.target or not verb.endswith(HER_OR_THEM) or len(verb) <= _SHORTEST_WITH_OBJECT:
        return actor
    before = [m for m in reading.mentions if m.end <= place and not _acts_as_nobody(reading, m.actor)]
    others = [m for m in before if actor_of(reading, m) != reading.target and not is_oblique(reading, m)]
    return actor_of(reading, others[-1]) if others else actor


def _right_before(reading: Reading, place: int) -> Mention | None:
    """Return the actor that ends at a word and opens a clause: behind `that`, a copula or a mark, and ungoverned."""
    mention = next((m for m in reading.mentions if m.end == place + 1), None)
    if mention is None or not mention.start or _acts_as_nobody(reading, mention.actor) or is_oblique(reading, mention):
        return None
    opener = reading.words[mention.start - 1]
    return mention if opener in THAT or opener in HARD_MARKS or opener in COPULAS else None


def _acts_as_nobody(reading: Reading, actor: str) -> bool:
    """Tell whether a mention is a place, a private person or the opponents of the target."""
    return is_place(actor) or actor == OPPONENTS or actor in reading.nobody


def _agrees(reading: Reading, verb: str, mention: Mention) -> bool:
    """A verb agrees with an actor of its gender; one of unknown gender it agrees with, unless it is the target."""
    gender = reading.passage.gender(mention)
    if gender is None:
        return mention.actor != reading.target
    feminine = verb.endswith(SHE) or (verb.startswith(SHE) and not verb.endswith(THEY))
    return feminine == (gender == "f")


def _is_oblique_plural(reading: Reading, mention: Mention) -> bool:
    """Tell whether what stands for an actor has the ending of an object: urged the fighters."""
    return mention.anaphor and reading.words[mention.end - 1].endswith(OBLIQUE_PLURAL)


def _in_phrase(reading: Reading, phrase: Phrase, place: int, voice: str | None) -> Subject | None:
    """Find the actor of the phrase that is the subject of a clause: a pronoun, `we`, a name, an office."""
    words = reading.words
    first = words[phrase.start]
    alone = phrase.pronoun and phrase.end - phrase.start == 1
    if alone and phrase.start == place:
        return None
    if alone and (first in HE_SHE_THEY or first in WITH_HIM):
        actor = antecedent(reading, phrase.start, voice)
        return (actor, "pronoun") if actor else None
    if any(word in WE for word in words[phrase.start : phrase.end]):
        return voice or reading.running.speaker, "we"
    for mention in reading.mentions:
        inside = phrase.start <= mention.start < phrase.end
        behind = mention.start == phrase.end and not is_oblique(reading, mention)
        if (inside or behind) and not is_place(mention.actor) and not _is_oblique_plural(reading, mention):
            reading.subject_mentions[place] = mention
            return actor_of(reading, mention), "carried" if phrase.pronoun else "vs"
    if phrase.end + 1 < len(words) and words[phrase.end] == OF:  # fighters of the target
        mention = mention_at(reading, phrase.end + 1)
        if mention is not None and mention.actor == reading.target:
            return reading.target, "vs"
    mention = _apposition(reading, phrase.end)
    if mention is not None:
        reading.subject_mentions[place] = mention
        return actor_of(reading, mention), "vs"
    if phrase.end - phrase.start == 1 and first in LATTER and reading.running.speaker:
        return reading.running.speaker, "short"
    office = reading.running.holder_of(words[phrase.head])
    return (office, "short") if office else (None, "stranger")


def _apposition(reading: Reading, end: int) -> Mention | None:
    """Find the actor up to six words behind a comma, with no mark and no verb between."""
    words = reading.words
    if end >= len(words) or words[end] != COMMA:
        return None
    for mention in reading.mentions:
        if not end < mention.start <= end + 6 or is_place(mention.actor):
            continue
        marked = any(word in HARD_MARKS for word in words[end + 1 : mention.start])
        if not marked and not reading.verbs_between(end + 1, mention.start + 1):
            return mention
    return None


def left_subject(reading: Reading, place: int, clause: Clause) -> Subject | None:
    """Find the subject before a verb in its clause: `we`, an actor that nothing governs, a pronoun at the opening."""
    opening = range(max(0, clause.start), min(clause.start + 2, place))
    if any(reading.words[word] in WE for word in opening):
        return voice_at(reading, place) or reading.running.speaker, "we"
    for mention in reading.mentions:
        if not clause.start <= mention.start < place or is_place(mention.actor) or is_oblique(reading, mention):
            continue
        if any(
            cue.start < mention.start <= cue.end + 1 and cue.start >= clause.start and not cue.verb
            for cue in reading.cues
        ):
            continue
        if not reading.verbs_between(clause.start, mention.start):
            reading.subject_mentions[place] = mention
            return actor_of(reading, mention), "sv"
    for word in opening:
        if reading.words[word] in HE_SHE_THEY:
            return antecedent(reading, word, voice_at(reading, place)), "pronoun"
    return None


def _who_does(reading: Reading, clause: Clause, place: int) -> Subject | None:
    """Find the actor right before `who` and a verb, where nothing behind the verb takes the actor up again."""
    words = reading.words
    if clause.relation != "relative" or place != clause.start + 1 or words[clause.start] not in RELATIVES:
        return None
    for mention in reading.mentions:
        commas = words[mention.end : clause.start]
        if mention.end > clause.start or any(word != COMMA for word in commas) or is_place(mention.actor):
            continue
        stems = tuple(lemma[-3:] for lemma in clause.lemmas)
        taken_up = (word.endswith(TAKEN_UP) and len(word) > 2 for word in words[place + 1 : clause.end])
        if any(taken_up) or (words[place].endswith(TAKEN_UP) and not words[place].endswith(stems)):
            continue
        return actor_of(reading, mention), "relative"
    return None


def _before_relative(reading: Reading, clause: Clause) -> Subject | None:
    """Find the actor right before a relative clause."""
    if clause.relation == "relative":
        for mention in reversed(reading.mentions):
            if clause.start - 3 <= mention.end <= clause.start and not is_place(mention.actor):
                return actor_of(reading, mention), "relative"
    return None


def _carried(reading: Reading, clause: Clause, place: int, voice: str | None, depth: int) -> str | None:
    """Find the subject of a clause above, as long as the same voice speaks."""
    for _ in range(_DEEPEST):
        if clause.parent is None:
            break
        clause = reading.clauses[clause.parent]
        if voice is not None and voice_at(reading, max(clause.predicate, clause.start)) != voice:
            break
        if clause.predicate >= 0 and clause.predicate != place and depth < _DEEPEST:
            actor, _ = subject_of(reading, clause.predicate, depth + 1)
            if actor:
                return actor
    return None
