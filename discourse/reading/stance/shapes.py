"""The sentence as the rules for positions see it: mentions, cues, and which mention can be a subject."""

from dataclasses import dataclass, field

from discourse.lexicons.actors import OTHER, Roles
from discourse.reading.stance.words import (
    BODIES,
    CLAUSE_MARKS,
    CLAUSE_WORDS,
    CONJUNCTIONS,
    FRONTS,
    HARD_MARKS,
    PARTICLES,
    PREPOSITIONS,
    RELATIVES,
    SPEECH_OPENERS,
    SUBORDINATORS,
)  # fmt: skip

__all__ = [
    "Cue",
    "MARKS",
    "Mention",
    "OPPONENTS",
    "OTHER",
    "OWN_COUNTRY",
    "Sentence",
    "Tie",
    "bare",
    "clauses_of",
    "is_body",
    "is_oblique",
    "is_subject",
    "lemma_of",
    "SILENT",
    "resolve",
    "right_of",
    "speaker_of",
    "starts_clause",
]

# marks of the rules, not actors: whoever opposes the target, and `his country`
OPPONENTS, OWN_COUNTRY = "opponents", "speaker_country"
MARKS = frozenset({OPPONENTS, OWN_COUNTRY})
# read as parts of a mention or as a sign, never as a position of their own
SILENT = frozenset({OPPONENTS, "epithet", "accusation"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor: words [start, end) of the sentence."""

    start: int
    end: int
    actor: str
    anaphor: bool = False
    marked: str = ""  # the preposition written onto it: b, l or k
    person: str = ""  # the standard name, where a person is named


@dataclass(frozen=True, slots=True)
class Cue:
    """One stance cue: words [start, end) of the sentence, with what the lexicon says of it."""

    start: int
    end: int
    category: str
    pattern: str
    polarity: int
    strength: float
    role: str
    verb: bool
    negated: bool = False
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its normal words, mentions in order, cues, the running topic and the quoted stretches."""

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    target: str
    topic: str | None = None  # who spoke or acted first in the sentence before
    near: bool = False  # the target is named in the sentence before
    quoted: tuple[tuple[int, int, str | None], ...] = ()
    hosts: tuple[Mention, ...] = ()  # where the sentence sets the scene: in Moscow
    roles: Roles = Roles()  # which actors are read in a way of their own
    clauses: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Tie:
    """One cue tied to its holder and object."""

    cue: Cue
    holder: str | None
    object: str | None
    voice: str | None
    polarity: int
    rule: str
    outright: bool


def clauses_of(words: tuple[str, ...]) -> tuple[int, ...]:
    """Number the clauses of a sentence, word by word."""
    number, numbers = 0, []
    for word in words:
        if word in HARD_MARKS or word in CLAUSE_WORDS:
            number += 1
        numbers.append(number)
    return tuple(numbers)


def lemma_of(cue: Cue) -> str:
    """Return the lemma, or the first word, of the entry that fired."""
    return cue.pattern.split()[0].strip("[]")


def bare(word: str) -> str:
    """Take the conjunction, the preposition and the article off a word, as far as three letters remain."""
    for front in FRONTS:
        if word.startswith(front) and len(word) - len(front) >= 3:
            return word[len(front) :]
    return word


def is_body(word: str) -> bool:
    """Tell whether a word can stand between a verb and the actor that is its subject: forces, ministry, spokesman."""
    return word in BODIES or bare(word) in BODIES


def right_of(sentence: Sentence, place: int, reach: int) -> Mention | None:
    """Return the mention that begins within `reach` words to the right, before any preposition or mark."""
    for step in range(place, min(len(sentence.words), place + reach)):
        for mention in sentence.mentions:
            if mention.start <= step < mention.end:
                return mention
        word = sentence.words[step]
        if word in PREPOSITIONS or word in HARD_MARKS or word in SUBORDINATORS or word in RELATIVES:
            return None
    return None


def is_oblique(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention stands behind a preposition."""
    before = sentence.words[mention.start - 1] if mention.start else ""
    return bool(mention.marked) or before in PREPOSITIONS


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can be the subject of what follows: walk left to a clause start or an `inna`."""
    if is_oblique(sentence, mention):
        return False
    if mention.actor == OWN_COUNTRY:
        return True
    for cue in sentence.cues:
        if not cue.verb and mention.start - 1 <= cue.end <= mention.start and cue.category not in SILENT:
            return False
    for step in range(mention.start - 1, max(-1, mention.start - 9), -1):
        word = sentence.words[step]
        if word in HARD_MARKS:  # an apposition is as good as what stands before the comma
            same = [m for m in sentence.mentions if m.actor == mention.actor and 0 <= step - m.end <= 3]
            return is_subject(sentence, same[-1]) if same else True
        if word in CLAUSE_WORDS or word in SUBORDINATORS or word in RELATIVES:
            return True
        if word in PREPOSITIONS:
            return False
        if any(m.start <= step < m.end and m.actor != mention.actor for m in sentence.mentions):
            return False
    return True


def resolve(sentence: Sentence, mention: Mention) -> str | None:
    """Give an anaphor such as `his country` the actor that opened the sentence, or else the running topic."""
    if mention.actor != OWN_COUNTRY:
        return mention.actor
    for other in sentence.mentions:
        if (
            other.start < mention.start
            and other.actor != OWN_COUNTRY
            and other.actor not in sentence.roles.militants
            and is_subject(sentence, other)
        ):
            return other.actor
    return sentence.topic


def speaker_of(sentence: Sentence) -> str | None:
    """Return who opens the sentence, if it is not the target; a sentence that goes on speaking keeps its topic."""
    for mention in sentence.mentions:
        if mention.actor == OWN_COUNTRY or mention.actor in sentence.roles.militants:
            continue
        if is_subject(sentence, mention):
            return mention.actor if mention.actor != sentence.target else None
    return sentence.topic if sentence.words[0] in SPEECH_OPENERS else None


def starts_clause(sentence: Sentence, place: int) -> bool:
    """Tell whether a verb opens its clause, so that its subject can follow it."""
    before = sentence.words[place - 1] if place else "."
    word = sentence.words[place]
    joined = word[:1] in CONJUNCTIONS and len(word) > 4
    return joined or before in CLAUSE_MARKS or before in CLAUSE_WORDS or before in PARTICLES
