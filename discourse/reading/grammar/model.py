"""A clause and its phrases."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["KINDS", "OPERATORS", "RELATIONS", "Clause", "Phrase"]

KINDS = ("verb", "verbal_noun", "participle", "adjective", "nominal")
RELATIONS = (
    "main", "complement", "relative", "purpose", "cause", "time", "condition", "concession", "coordinated",
    "circumstance", "apposition",
)  # fmt: skip
OPERATORS = (
    "negation", "not_yet", "still", "no_longer", "again", "can", "may", "must", "if", "would", "question", "wish",
    "begin", "stop", "resume", "continue", "future", "past_perfect", "almost", "except",
)  # fmt: skip


class Phrase(NamedTuple):
    """A noun phrase of a clause: words [start, end), its head, the preposition before it.

    ``preposition`` is the normal form of the preposition, "" where there is none; ``pronoun`` tells that an attached or
    a dropped pronoun stands for the phrase in this clause: the words are then those that the pronoun means, or the word
    that carries it.
    """

    start: int
    end: int
    head: int
    preposition: str = ""
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence: its predicate with what belongs to it, and its place among the other clauses.

    Attributes
    ----------
    number : int
        Place among the clauses of the sentence, by their predicates, from 0.
    start, end : int
        Words [start, end) of its own stretch, from its opener to the next clause.
    predicate : int
        The word that predicates; -1 in a clause without one (a headline, a heading).
    kind : str
        "verb", "verbal_noun", "participle", "adjective" or "nominal".
    lemmas : tuple of str
        What the predicate may be a form of, best first; empty where the lexicon does not know it.
    subject, object : Phrase or None
        Who acts and on whom; of a passive verb the subject is who is acted on, and there is no object.
    obliques : tuple of Phrase
        The phrases behind prepositions.
    complements : tuple of int
        Numbers of the clauses that are its complement.
    parent : int or None
        Number of the clause that it depends on.
    relation : str
        How it depends on it; "main" for a clause of its own.
    marker : int or None
        The word that opens it as dependent (أن، الذي، عندما).
    operators : tuple of str
        What auxiliaries and particles say of it: negation, future, ability ...
    passive : bool
        The verb is passive.
    """

    number: int
    start: int
    end: int
    predicate: int
    kind: str
    lemmas: tuple[str, ...] = ()
    subject: Phrase | None = None
    object: Phrase | None = None
    obliques: tuple[Phrase, ...] = ()
    complements: tuple[int, ...] = ()
    parent: int | None = None
    relation: str = "main"
    marker: int | None = None
    operators: tuple[str, ...] = ()
    passive: bool = False
