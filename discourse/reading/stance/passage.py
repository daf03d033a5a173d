"""A sentence as it is read for positions, the events that are found in it, and the evidence that they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from discourse.lexicons.actors import Roles
from discourse.lexicons.loader import Lexicon
from discourse.reading.stance.forms import is_nationality
from discourse.reading.stance.lists import FIRST_NAMES_OF_WOMEN, WOMANS_ENDING
from discourse.reading.stance.shapes import Cue, Mention
from discourse.reading.stance.words import AND, FEMININE, FEMININE_ENDING

__all__ = [
    "JUDGING", "JUDGING_A_FACT", "MUTUAL", "SOMEBODY", "Entries", "Event", "Evidence", "Passage", "entries_of",
    "is_place",
]  # fmt: skip

SOMEBODY = "?"  # the voice of a speaker whose actor is not known
JUDGING = frozenset({"conduct", "quality"})  # roles of cues that judge the target; the holder is the voice
# attitudes to what a clause behind them tells, whoever does it
JUDGING_A_FACT = frozenset({"criticism", "condemnation", "concern", "welcomes"})
MUTUAL = frozenset({"agreement", "dialogue", "contact", "cooperation", "trade"})  # what two sides do together


@dataclass(frozen=True, slots=True)
class Entries:
    """What the lexicons say of their entries, by pattern.

    Attributes
    ----------
    adjectives, nouns, verbs : frozenset of str
        The patterns that are adjectives, that may stand as nouns, that may stand as verbs.
    slots : mapping
        Whose fate a verb tells where it is not the subject's: "object".
    """

    adjectives: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    slots: Mapping[str, str] = field(default_factory=dict)


def entries_of(lexicons: list[Lexicon]) -> Entries:
    """Return what the lexicons say of their entries."""
    patterns = [(pattern, lexicon.lemmas) for lexicon in lexicons for pattern in lexicon.entries["pattern"]]
    lemmas = [(lemma, traits) for lexicon in lexicons for lemma, traits in lexicon.lemmas.items()]
    slotted = [lexicon.entries for lexicon in lexicons if "slot" in lexicon.entries]
    return Entries(
        adjectives=frozenset(f"[{lemma}]" for lemma, traits in lemmas if traits.get("pos") == "adj"),
        nouns=frozenset(pattern for pattern, known in patterns if _may_be_noun(pattern, known)),
        verbs=frozenset(pattern for pattern, known in patterns if _may_be_verb(pattern, known)),
        slots={
            pattern: slot
            for entries in slotted
            for pattern, slot in zip(entries["pattern"], entries["slot"], strict=True)
            if isinstance(slot, str)
        },
    )


def _first_words(pattern: str) -> list[str]:
    """Return what the first word of a pattern may be."""
    return pattern.split(maxsplit=1)[0].split("|")


def _may_be_noun(pattern: str, lemmas: Mapping[str, Mapping]) -> bool:
    """Tell whether the first word of a pattern is declared as a noun or an adjective."""
    for word in _first_words(pattern):
        name = word.strip("[]")
        if word.startswith("[") and not name.endswith("/verb") and lemmas.get(name, {}).get("pos") in ("noun", "adj"):
            return True
    return False


def _may_be_verb(pattern: str, lemmas: Mapping[str, Mapping]) -> bool:
    """Tell whether the first word of a pattern is declared as a verb, or is no lemma at all."""
    for word in _first_words(pattern):
        name = word.strip("[]")
        if not word.startswith("[") or name.endswith("/verb"):
            return True
        traits = lemmas.get(name, {})
        if traits.get("pos") == "verb" or "verb" in traits:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as it is read for positions.

    Attributes
    ----------
    words, tokens : tuple of str
        Its words in normal form and as written.
    mentions : tuple of Mention
        Its actors, in order; those that oppose the target, speak for nobody or are places are marked as such.
    cues : tuple of Cue
        What the lexicons find in it.
    target : str
        The actor toward whom positions are read.
    quoted : tuple of (int, int, str or None)
        Its quoted stretches, words [start, end), and who speaks.
    roles : Roles
        Which actors are read in a way of their own.
    title : bool
        The sentence is a headline.
    entries : Entries
        What the lexicons say of their entries.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    target: str
    quoted: tuple[tuple[int, int, str | None], ...] = ()
    roles: Roles = field(default_factory=Roles)
    title: bool = False
    entries: Entries = field(default_factory=Entries)

    def gender(self, mention: Mention) -> str | None:
        """Return the gender that a pronoun for a mention has, "f" or "m"; None where it is not known."""
        if mention.person:
            names = mention.person.split()
            woman = names[-1].endswith(WOMANS_ENDING) and names[0].startswith(FIRST_NAMES_OF_WOMEN)
            return "f" if woman else "m"
        word = self.words[mention.start]
        name = word.lstrip(AND)
        if word in FEMININE or name in FEMININE or name.endswith(FEMININE_ENDING) or mention.actor == self.target:
            return "f"
        return None

    def is_adjective(self, mention: Mention) -> bool:
        """Tell whether a mention is an adjective of nationality."""
        return is_nationality(self.words[mention.start])


@dataclass(slots=True, eq=False)
class Event:
    """One cue with what the sentence says of it; the steps of the reading fill it in.

    Attributes
    ----------
    cue : Cue
        The words and what the lexicon says of them.
    clause : int
        The clause in which it stands.
    made_of : str or None
        The actor whom it concerns where no entry but a construction made it: it is on X to ...
    category : str
        The class of the cue as it is read here.
    voice : str or None
        In whose words it stands; None for the text's own.
    operators : list of str
        What is said of it, innermost first.
    parent : Event or None
        The attitude under which it stands.
    agent, how : str or None, str
        Who does or holds it, and by which rule.
    named : bool
        The agent is named beside it.
    patient : str or None
        Whom it concerns.
    outright : bool
        The patient is named, not supplied from what stands before.
    toward : bool
        A verb of conduct whose object is the target: an act toward it.
    """

    cue: Cue
    clause: int
    made_of: str | None = None
    category: str = ""
    voice: str | None = None
    operators: list[str] = field(default_factory=list)
    parent: "Event | None" = None
    agent: str | None = None
    how: str = ""
    named: bool = False
    patient: str | None = None
    outright: bool = True
    toward: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign of a position toward the target.

    Attributes
    ----------
    holder : str
        Whose position it shows.
    code : int
        The position, -2 to 2.
    category : str
        The class of the lexicon.
    ops : tuple of str
        What is said of it, innermost first.
    voice : str or None
        In whose words it is told; None for the text's own, "?" for somebody's.
    rule : str
        What it was read by.
    outright : bool
        The target is named in it.
    start, end : int
        The words [start, end) of the cue in the sentence.
    background : bool
        It is told of earlier years, or granted.
    person : str or None
        Who holds it for the holder.
    start_char : int
        Where the sentence, or the piece of a long one, begins in the text.
    """

    holder: str
    code: int
    category: str
    ops: tuple[str, ...]
    voice: str | None
    rule: str
    outright: bool
    start: int
    end: int
    background: bool = False
    person: str | None = None
    start_char: int = 0


def is_place(actor: str) -> bool:
    """Tell whether an actor is named as a place: in Moscow."""
    return actor.startswith("in_")
