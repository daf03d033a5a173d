"""Who does or holds what an event tells."""

from discourse.language.arabic.clause_words import impersonal
from discourse.reading.stance.accusations import accused_by
from discourse.reading.stance.forms import stem_of, without_conjunction
from discourse.reading.stance.lists import (
    ACCUSATIVE,
    ATTACKS,
    BEFORE_A_FINITE_VERB,
    DID_IT,
    ON_OR_AGAINST,
    OWNED_ENDINGS,
    PREPOSITIONS,
    RECEIVED,
    SUFFERED,
    TAKEN_BY,
    THAT,
    TO_DO,
    WITH_HIM,
    WORRIES,
)
from discourse.reading.stance.passage import SOMEBODY, Event, is_place
from discourse.reading.stance.reading import Reading, actor_of, is_oblique, is_passive, voice_at
from discourse.reading.stance.shapes import OPPONENTS, Mention
from discourse.reading.stance.subjects import left_subject, subject_of
from discourse.reading.stance.words import FOR, HARD_MARKS, HOLDER_ENDINGS, OF, RELATIVES

__all__ = ["set_agent"]

# acts and attitudes whose genitive is the one who wishes or says: the demand of the Taliban
_WISHES = frozenset({
    "demand", "opposes", "concern", "denial", "accusation", "intends", "considers", "calls_for", "threat", "alert",
    "distrust", "cutting", "welcomes", "affirms",
})  # fmt: skip
# ... whose adjective of nationality is whom they concern, where nobody else can be
_SUFFERED = frozenset({
    "contact", "dialogue", "recognition", "support", "arming", "delisting", "force", "sanctions", "designation",
    "invitation", "condemnation", "criticism",
})  # fmt: skip
_BACKED = frozenset({"support", "arming"})
_LISTED = frozenset({"designation", "sanctions"})  # where the target is said to be on a list, others have put it there
_ASKS = frozenset({"calls_for", "demand"})  # a possessive behind them is whose act is asked for
_SHORTEST_OWNED = 4  # letters
_GIVEN = frozenset({"support", "arming", "trade", "agreement"})
_GIVEN_WITHIN = 4  # words
_NAMED = frozenset({"vs", "sv", "short"})  # how a subject is found that stands beside its verb


def set_agent(reading: Reading, event: Event) -> None:
    """Set the agent of an event, and the patient where a genitive shows it."""
    cue = event.cue
    if event.made_of:
        event.patient = event.made_of
        agent = event.voice or _governing_subject(reading, event)
        event.agent, event.how, event.named = agent, "construct", True
    elif cue.verb:
        event.agent, event.how = subject_of(reading, cue.start)
        event.named = event.how in _NAMED
        if cue.category in _ASKS and _is_impersonal(reading, cue.start):
            _set_duty(reading, event)
        if event.category == "concern" and without_conjunction(reading.words[cue.start]) in WORRIES:
            event.agent, event.how, event.named = _worried(reading, event), "vs", True
        giver = _giver(reading, event) if event.category in _GIVEN else None
        if giver is not None and giver != event.agent:
            event.agent, event.patient, event.how, event.named = giver, event.agent, "by", True
        if is_passive(reading, cue):
            event.agent, event.how, event.named = None, "passive", False
    elif cue.role != "quality":
        _set_agent_of_noun(reading, event)


def _set_agent_of_noun(reading: Reading, event: Event) -> None:
    """A noun has the agent that its genitive, `by`, its pronoun or the subject of its clause names."""
    cue, word, clause = event.cue, reading.words[event.cue.start], reading.clause(event)
    owned = word.endswith(OWNED_ENDINGS) and len(word) > _SHORTEST_OWNED and cue.end - cue.start == 1
    genitive = None if owned else _genitive(reading, event)
    if genitive is not None:
        actor = actor_of(reading, genitive)
        if actor != reading.target and _is_victim(reading, event):
            event.patient = actor
            return
        if actor == OPPONENTS and _is_given_to(reading, event, genitive):
            event.patient = actor
        elif actor != reading.target or not _is_suffered(reading, event, genitive):
            event.agent, event.how, event.named = actor, "genitive", True
            return
        event.patient = actor
    doer = None if owned else _named_by(reading, event)
    if doer is not None:
        event.agent, event.how, event.named = actor_of(reading, doer), "by", True
        verb = clause.predicate
        received = 0 <= verb < cue.start and without_conjunction(reading.words[verb]).startswith(RECEIVED)
        if received and event.category in _GIVEN:
            event.patient = subject_of(reading, verb)[0]
        return
    carrier = _who_did_it(reading, event)
    if carrier is not None:
        event.agent, event.how, event.named = carrier, "genitive" if cue.role == "conduct" else "did", True
        return
    agent = _governing_subject(reading, event)
    if word.endswith(HOLDER_ENDINGS) and len(word) > 4:
        before = [m for m in reading.mentions if m.end <= cue.start and not is_place(m.actor)]
        called = event.parent.patient if event.parent is not None and event.parent.category in _ASKS else None
        if called is None and event.parent is not None and event.parent.category in _ASKS and event.parent.cue.verb:
            asked = [m for m in before if m.start >= event.parent.cue.end - 1 and not is_oblique(reading, m)]
            called = actor_of(reading, asked[0]) if asked else None
        if called not in (None, reading.target, event.parent.agent if event.parent else None):
            event.agent, event.how, event.named = called, "possessive", True
            return
        agent = agent or (actor_of(reading, before[-1]) if before else reading.running.speaker)
        event.agent, event.how, event.named = agent, "possessive", True
        return
    event.agent, event.how = agent, "governor"
    if agent == reading.target and cue.category in _LISTED and event.patient is None:
        event.patient, event.agent, event.how = (
            reading.target,
            event.voice if event.voice != SOMEBODY else None,
            "passive",
        )
        return
    decided = event.parent is not None and event.parent.agent == reading.target and event.parent.named
    if agent == reading.target and cue.role == "act" and event.patient != reading.target and not decided:
        benefactor = _benefactor(reading, event)
        if benefactor:
            event.agent, event.how, event.named = benefactor, "benefactor", True


def _genitive(reading: Reading, event: Event) -> Mention | None:
    """Return the actor up to two words behind a noun, with nothing between that cuts it off."""
    cue, clause = event.cue, reading.clause(event)
    mention = next((m for m in reading.mentions if m.start >= cue.end), None)
    if mention is None or mention.start > cue.end + 2 or mention.marked or is_place(mention.actor):
        return None
    if reading.words[cue.end - 1] in ON_OR_AGAINST:
        return None
    if mention.start > cue.end and mention.start >= clause.end:
        return None
    if any(other is not event and cue.end <= other.cue.start < mention.start for other in reading.events):
        return None
    if cue.category == "calls_for" and reading.words[cue.end - 1] == OF:  # asked of another
        return None
    between = reading.words[cue.end : mention.start]
    cut = any(x in PREPOSITIONS or x in HARD_MARKS or x in THAT or x in WITH_HIM for x in between)
    return None if cut else mention


def _is_suffered(reading: Reading, event: Event, genitive: Mention) -> bool:
    """Tell whether the target in the genitive is the one concerned: the support of the Taliban, not their demand."""
    cue, words = event.cue, reading.words
    attack = stem_of(words[cue.start]) in ATTACKS and not (cue.end < len(words) and words[cue.end] in ON_OR_AGAINST)
    if cue.category in _WISHES or attack:
        return False
    clause = reading.clause(event)
    later = [m for m in reading.mentions if genitive.end <= m.start < clause.end]
    if any(is_oblique(reading, m) and actor_of(reading, m) != reading.target for m in later):
        return False
    adjective = genitive.start == cue.end and reading.passage.is_adjective(genitive)
    return (cue.role in ("act", "fate") and not adjective) or cue.category in _SUFFERED


def _is_given_to(reading: Reading, event: Event, genitive: Mention) -> bool:
    """Tell whether the opponents in the genitive are given support or arms: nobody is named behind whom they help."""
    clause = reading.clause(event)
    helped = (m for m in reading.mentions if genitive.end <= m.start < min(clause.end, genitive.end + 3))
    return event.category in _BACKED and not any(m.marked == FOR for m in helped)


def _is_victim(reading: Reading, event: Event) -> bool:
    """Tell whether the genitive behind a noun is who suffers it: the killing of, the kidnapping of."""
    noun = stem_of(reading.words[event.cue.start]).rstrip(ACCUSATIVE)
    return noun in SUFFERED and event.cue.role in ("act", "conduct", "fate")


def _named_by(reading: Reading, event: Event) -> Mention | None:
    """Return the actor behind `by` or `on the part of`, or behind `from` right after an act."""
    cue, words = event.cue, reading.words
    if cue.role != "act":
        return None
    for place in range(cue.end, min(cue.end + 3, len(words))):
        if words[place] in TAKEN_BY or (place == cue.end and words[place] == OF and cue.category != "concern"):
            doer = next((m for m in reading.mentions if place < m.start <= place + 2), None)
            if doer is not None:
                return doer
    return None


def _who_did_it(reading: Reading, event: Event) -> str | None:
    """Return who carried out a deed, as a relative clause behind its noun tells: the blast that they set off."""
    words, end = reading.words, event.cue.end
    opener = next((k for k in range(end, min(end + 3, len(words) - 1)) if words[k] in RELATIVES), None)
    if opener is None or event.cue.role == "quality" or any(words[k] in HARD_MARKS for k in range(end, opener)):
        return None
    verb = opener + 1
    stem = without_conjunction(words[verb]).lstrip(BEFORE_A_FINITE_VERB)
    if not words[verb].startswith(DID_IT) and not stem.startswith(DID_IT):
        return None
    mention = next((m for m in reading.mentions if verb < m.start <= verb + 5), None)
    return None if mention is None or is_oblique(reading, mention) else actor_of(reading, mention)


def _is_impersonal(reading: Reading, place: int) -> bool:
    """Tell whether a word is a verb without a subject: it is due that."""
    clause = reading.predicates.get(place)
    return clause is not None and clause.lemmas[:1] != () and clause.lemmas[0] in impersonal()


def _set_duty(reading: Reading, event: Event) -> None:
    """What is due is called for by who speaks; of the target that stands before it, it is demanded."""
    start, target = reading.clause(event).start, reading.target
    event.agent, event.how, event.named = event.voice or reading.running.speaker, "voice", False
    before = [m for m in reading.mentions if start <= m.start < event.cue.start and not is_oblique(reading, m)]
    acting = any(word in TO_DO for word in reading.words[event.cue.start + 1 : event.cue.end + 1])  # due that they act
    if acting and before and actor_of(reading, before[0]) == target != event.agent:
        event.category, event.patient = "demand", target


def _worried(reading: Reading, event: Event) -> str | None:
    """Return whom a verb says that something worries: the last actor up to the next mark that is not the target."""
    words, end = reading.words, event.cue.end
    nobody = reading.nobody | {None, reading.target, OPPONENTS}
    last = next((place for place in range(end, len(words)) if words[place] in HARD_MARKS), len(words))
    behind = [m for m in reading.mentions if end <= m.start < last and not is_place(m.actor)]
    states = (actor_of(reading, m) for m in reversed(behind) if not reading.is_militant(m.actor))
    return next((actor for actor in states if actor not in nobody), None)


def _giver(reading: Reading, event: Event) -> str | None:
    """Return from whom a verb of receiving says that something comes."""
    words, cue = reading.words, event.cue
    if not cue.verb or not without_conjunction(words[cue.start]).startswith(RECEIVED):
        return None
    for mention in reading.mentions:
        if cue.start < mention.start <= cue.end + _GIVEN_WITHIN and words[mention.start - 1] == OF:
            return actor_of(reading, mention)
    return None


def _benefactor(reading: Reading, event: Event) -> str | None:
    """Return the actor before a noun in its clause that does for the target what seemed the target's own act."""
    clause = reading.clause(event)
    nobody = reading.nobody | {reading.target, None, OPPONENTS}
    for mention in reading.mentions:
        if not clause.start <= mention.start < event.cue.start or is_place(mention.actor):
            continue
        actor = actor_of(reading, mention)
        if actor not in nobody and not reading.is_militant(mention.actor) and not is_oblique(reading, mention):
            return actor
    return None


def _governing_subject(reading: Reading, event: Event) -> str | None:
    """Return the subject of what a noun depends on: its attitude, the verb before it, who speaks."""
    cue, clause = event.cue, reading.clause(event)
    voice = voice_at(reading, cue.start)
    parent = event.parent
    if parent is not None:
        if parent.agent is None and not parent.how:
            set_agent(reading, parent)
        if parent.agent:
            return accused_by(reading, parent) if parent.category == "accusation" else parent.agent
    subject = _last_subject(reading, clause.start, cue.start)
    if subject:
        return subject
    left = left_subject(reading, cue.start, clause)
    if left and left[0] != reading.target:
        return left[0]
    if voice:
        return voice if voice != SOMEBODY else None
    if event.clause > 0:
        subject = _last_subject(reading, 0, cue.start)
        if subject:
            return subject
    return reading.running.speaker if reading.running.speaker != reading.target else None


def _last_subject(reading: Reading, start: int, end: int) -> str | None:
    """Return the subject of the last verb among the words [start, end) that has one."""
    for verb in reversed(reading.verbs_between(start, end)):
        actor, _ = subject_of(reading, verb)
        if actor:
            return actor
    return None
