"""One sentence laid out for reading: its clauses, the cues that count, and who is meant where."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from discourse.reading.grammar.model import Clause
from discourse.reading.stance.finite import finite_clauses
from discourse.reading.stance.forms import stem_of, without_conjunction
from discourse.reading.stance.lists import (
    BARE_THAT,
    DAMMA,
    HEADS_OF_A_NOUN,
    LIGHT,
    NOUN_PREPOSITIONS,
    PREPOSITIONS,
    SCOURGES,
    SUBJUNCTIVE_BEGINNING,
)
from discourse.reading.stance.passage import SOMEBODY, Event, Passage
from discourse.reading.stance.running import Running
from discourse.reading.stance.shapes import OWN_COUNTRY, Cue, Mention
from discourse.reading.stance.words import QUOTES

__all__ = ["Reading", "actor_of", "is_light", "is_oblique", "is_passive", "lay_out", "mention_at", "voice_at"]

_WHOLE = frozenset({"delisting", "neutrality", "denial"})  # classes whose phrase leaves no other cue inside it
_JUDGEMENTS = frozenset({"conduct", "quality", "fate", "fight"})
_LISTED = frozenset({"sanctions", "designation", "enmity"})  # ... what is taken off a list is none of these


@dataclass(slots=True)
class Reading:
    """A sentence while it is read: what stands fast, and what the steps of the reading have found.

    Attributes
    ----------
    passage, running : Passage, Running
        The sentence, and what the document told before it.
    clauses, clause_of : list of Clause, list of int
        Its finite clauses, and the clause of each word.
    cues : list of Cue
        The cues that count, in order.
    predicates : dict
        The clause that each predicate makes.
    verbs : list of int
        The words that are finite verbs, in order.
    events : list of Event
        What the cues and the constructions tell.
    subjects, subject_mentions : dict
        The subjects found so far, by their verbs.
    """

    passage: Passage
    running: Running
    clauses: list[Clause]
    clause_of: list[int]
    cues: list[Cue]
    predicates: dict[int, Clause]
    verbs: list[int]
    events: list[Event] = field(default_factory=list)
    subjects: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    subject_mentions: dict[int, Mention] = field(default_factory=dict)
    _voices: dict[int, str | None] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the sentence."""
        return self.passage.words

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The actors of the sentence."""
        return self.passage.mentions

    @property
    def target(self) -> str:
        """The actor toward whom positions are read."""
        return self.passage.target

    @property
    def nobody(self) -> frozenset[str | None]:
        """The actors that speak for nobody: private persons."""
        return self.running.nobody

    def clause(self, event: Event) -> Clause:
        """Return the clause in which an event stands."""
        return self.clauses[event.clause]

    def is_militant(self, actor: str | None) -> bool:
        """Tell whether an actor is an armed group that reports name beside the target."""
        return actor in self.passage.roles.militants

    def new_event(self, cue: Cue, made_of: str | None = None) -> Event:
        """Return the event that a cue tells."""
        return Event(cue, self.clause_of[cue.start], made_of, cue.category, voice_at(self, cue.start))

    def names_target(self) -> bool:
        """Tell whether the sentence names the target, or says what stands for it."""
        return any(actor_of(self, mention) == self.target for mention in self.mentions)

    def verbs_between(self, start: int, end: int) -> list[int]:
        """Return the finite verbs among the words [start, end)."""
        return [verb for verb in self.verbs if start <= verb < end]


def lay_out(passage: Passage, running: Running) -> Reading:
    """Lay out a sentence: its clauses, its verbs, and the cues that count."""
    clauses, clause_of = finite_clauses(passage.words, passage.tokens)
    finite = {clause.predicate for clause in clauses if clause.kind == "verb"}
    cues = list(_counting([replace(cue, verb=_is_verb(cue, passage, finite)) for cue in passage.cues], passage))
    verbs = sorted({cue.start for cue in cues if cue.verb} | finite)
    predicates = {clause.predicate: clause for clause in clauses if clause.predicate >= 0}
    return Reading(passage, running, clauses, clause_of, cues, predicates, verbs)


def _is_verb(cue: Cue, passage: Passage, finite: set[int]) -> bool:
    """A cue is a verb where its entry says so, or its clause does; a preposition written on makes it a noun."""
    entries, word = passage.entries, passage.words[cue.start]
    if not (cue.verb or (cue.start in finite and cue.pattern in entries.verbs)):
        return False
    if cue.start and passage.words[cue.start - 1] in HEADS_OF_A_NOUN:
        return False  # the idea of lifting
    behind_preposition = without_conjunction(word).startswith(NOUN_PREPOSITIONS) and len(word) > 4
    return not (cue.pattern in entries.nouns and behind_preposition)


def _counting(cues: list[Cue], passage: Passage) -> Iterator[Cue]:
    """Yield the cues that count, in order: each once, none inside a longer one, a name or a phrase that goes before."""
    mentions = passage.mentions
    seen = set()
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.start - cue.end)):
        key = cue.start, cue.end, cue.category
        if key in seen or _is_inside(cue, cues):
            continue
        if cue.verb and cue.start and _is_behind_emphasis(passage, cue.start - 1):
            continue
        if cue.role == "fight" and not any(
            cue.start <= m.start < cue.end + 6 and m.actor in passage.roles.militants for m in mentions
        ):
            continue
        if any(m.start <= cue.start and cue.end <= m.end and not m.anaphor for m in mentions):
            continue
        if cue.category == "force" and _is_against_scourge(cue, passage):
            continue
        if cue.category in _LISTED and any(
            other.category == "delisting" and other.end - 1 <= cue.start <= other.end + 3 for other in cues
        ):
            continue
        seen.add(key)
        yield replace(cue, role="conduct") if cue.role == "fight" else cue


def _is_behind_emphasis(passage: Passage, place: int) -> bool:
    """Tell whether a word is one behind which a noun must stand: إن, not أن, which reads the same in normal form."""
    written = passage.tokens[place] if place < len(passage.tokens) else ""
    return passage.words[place] in BARE_THAT and not written.startswith(SUBJUNCTIVE_BEGINNING)


def _is_inside(cue: Cue, cues: list[Cue]) -> bool:
    """Tell whether a longer cue of its kind holds a cue: an act an act, a judgement a judgement."""
    return any(
        other.start <= cue.start
        and other.end >= cue.end
        and other.end - other.start > cue.end - cue.start
        and ((other.role in _JUDGEMENTS) == (cue.role in _JUDGEMENTS) or other.category in _WHOLE)
        for other in cues
    )


def _is_against_scourge(cue: Cue, passage: Passage) -> bool:
    """Tell whether force falls on what all fight, such as drugs or terror, with no word for the target beside it."""
    if not any(stem_of(word).startswith(SCOURGES) for word in passage.words[cue.start : cue.end + 2]):
        return False
    beside = [m for m in passage.mentions if m.start < cue.end + 2 and m.end > cue.start]
    return not any(m.actor == passage.target and not m.anaphor for m in beside)


def voice_at(reading: Reading, place: int) -> str | None:
    """Return who speaks at a word: the innermost quotation's speaker, "?" if unknown; None outside quotations."""
    if place not in reading._voices:
        around = [span for span in reading.passage.quoted if span[0] <= place < span[1]]
        inner = min(reversed(around), key=lambda span: span[1] - span[0], default=None)
        reading._voices[place] = None if inner is None else inner[2] or SOMEBODY
    return reading._voices[place]


def actor_of(reading: Reading, mention: Mention) -> str | None:
    """Return whom a mention means; `his country` is the speaker's, or that of the first actor before it."""
    if mention.actor != OWN_COUNTRY:
        return mention.actor
    voice = voice_at(reading, mention.start)
    if voice and voice != SOMEBODY:
        return voice
    for other in reading.mentions:
        if other.start < mention.start and other.actor not in reading.nobody | {OWN_COUNTRY}:
            if not reading.is_militant(other.actor):
                return other.actor
    return reading.running.speaker


def mention_at(reading: Reading, place: int) -> Mention | None:
    """Return the mention that a word belongs to."""
    return next((mention for mention in reading.mentions if mention.start <= place < mention.end), None)


def is_oblique(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention stands behind a preposition, over a quotation mark."""
    words = reading.words
    before = words[mention.start - 1] if mention.start else ""
    if before in QUOTES and mention.start > 1:
        before = words[mention.start - 2]
    return bool(mention.marked) or before in PREPOSITIONS


def is_passive(reading: Reading, cue: Cue) -> bool:
    """Tell whether a cue is written as a passive, with a damma on its first letters."""
    tokens = reading.passage.tokens
    return cue.start < len(tokens) and DAMMA in tokens[cue.start][:3]


def is_light(reading: Reading, event: Event) -> bool:
    """Tell whether the verb before a noun only says that it took place: they held talks."""
    verb = reading.clause(event).predicate
    return 0 <= verb < event.cue.start and without_conjunction(reading.words[verb]).startswith(LIGHT)
