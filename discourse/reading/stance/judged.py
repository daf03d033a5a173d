"""Who is judged by a quality or by what somebody does."""

from discourse.reading.stance.lists import CONJUNCTION_OR_WITH, COPULAS, HE_SHE_THEY, NEGATORS, PREPOSITIONS, THAT
from discourse.reading.stance.passage import JUDGING, SOMEBODY, Event, is_place
from discourse.reading.stance.pronouns import antecedent
from discourse.reading.stance.reading import Reading, actor_of, is_oblique, mention_at
from discourse.reading.stance.words import AND, ARTICLE, HARD_MARKS, QUOTES

__all__ = ["judge"]

_FOUND = frozenset({"vs", "sv", "carried", "we", "voice", "pronoun"})
_SUPPLIED = frozenset({"voice", "topic", "", "stranger"})


def judge(reading: Reading, event: Event) -> None:
    """Set who is judged: the one who acts, by a verb or a noun that is somebody's; else who stands beside it."""
    if event.cue.verb or (event.cue.role == "conduct" and event.agent and event.how in ("genitive", "possessive")):
        _judge_agent(reading, event)
    else:
        _judge_subject(reading, event)


def _judge_agent(reading: Reading, event: Event) -> None:
    """Who acts is judged by the act; one who acts on the target takes sides toward it."""
    cue, target = event.cue, reading.target
    event.patient = event.agent
    if cue.verb and _acts_on_target(reading, event):
        event.patient, event.toward = target, True
        return
    own = reading.predicates.get(cue.start)
    if cue.verb and own is not None and own.subject is not None and own.subject.pronoun:
        if event.how in ("pronoun", "carried") and reading.words[own.subject.start] in HE_SHE_THEY:
            event.patient = event.agent = antecedent(reading, own.subject.start, event.voice, judged=True)
    event.outright = event.how not in ("topic", "voice")
    if event.how in _SUPPLIED and _may_mean_target(reading, event):
        event.patient, event.outright = target, False


def _acts_on_target(reading: Reading, event: Event) -> bool:
    """Tell whether another actor is the subject of a verb of conduct, and the target its object."""
    cue, target = event.cue, reading.target
    if event.agent in reading.nobody | {None, target} or event.how not in _FOUND:
        return False
    mention = next((m for m in reading.mentions if cue.start < m.start <= cue.end + 4), None)
    if mention is None or actor_of(reading, mention) != target:
        return False
    if is_oblique(reading, mention) and not mention.marked:
        return False
    twins = (other.cue for other in reading.events if other is not event and other.cue.start == cue.start)
    return not any(twin.role in ("act", "attitude") for twin in twins)


def _may_mean_target(reading: Reading, event: Event) -> bool:
    """Tell whether a speaker judges the target without naming it: it is in mind, and nobody else is shortly before."""
    cue, voice, running = event.cue, event.voice, reading.running
    if not voice or voice in (SOMEBODY, reading.target) or not (running.salient or running.about):
        return False
    before = [m for m in reading.mentions if m.end <= cue.start and m.start >= cue.start - 12]
    others = [m for m in before if not is_place(m.actor) and m.actor not in reading.nobody]
    return not any(actor_of(reading, m) not in (reading.target, voice) for m in others)


def _judge_subject(reading: Reading, event: Event) -> None:
    """A quality or a noun of conduct judges who stands before it, behind it, or in what it is joined to."""
    if event.cue.role == "quality" and _belongs_to_a_noun(reading, event):
        return
    judged = _judged_in_clause(reading, event)
    if judged is None and _opens_joined(reading, event):
        before = [other for other in reading.events if _is_joined_judgement(other, event)]
        if before:
            judged, event.outright = before[-1].patient, before[-1].outright
    if judged is None and event.parent is not None:
        judged = event.parent.patient
    if judged is None and event.cue.role == "quality":
        judged = _judged_loosely(reading, event)
        event.outright = event.outright and judged is None
    event.patient = judged


def _belongs_to_a_noun(reading: Reading, event: Event) -> bool:
    """Tell whether an adjective belongs to the noun before it, which agrees in its article and is no actor."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    if cue.pattern not in reading.passage.entries.adjectives or cue.start <= clause.start:
        return False
    place = cue.start - 1
    noun = words[place]
    closed = (THAT, HE_SHE_THEY, HARD_MARKS, NEGATORS, QUOTES, COPULAS, PREPOSITIONS)
    if mention_at(reading, place) is not None or place in reading.verbs or any(noun in words_ for words_ in closed):
        return False
    if place == clause.start and clause.kind != "verb":
        return False
    agree = noun.startswith(ARTICLE) == words[cue.start].lstrip(CONJUNCTION_OR_WITH).startswith(ARTICLE)
    return agree and not (place == clause.start + 1 and words[clause.start] in THAT)


def _judged_in_clause(reading: Reading, event: Event) -> str | None:
    """Return the actor judged in the clause: the last subject before, else the first actor; a pronoun; one behind."""
    cue, words, voice, clause = event.cue, reading.words, event.voice, reading.clause(event)
    judged = _subject_of_predicate(reading, event)
    for mention in reading.mentions if judged is None else ():
        if is_place(mention.actor) or mention.actor in reading.nobody:
            continue
        if clause.start <= mention.start and mention.end <= cue.start:
            actor = actor_of(reading, mention)
            if (voice is None or actor != voice) and (judged is None or not is_oblique(reading, mention)):
                judged = actor
    if judged is None:
        pronoun = next((place for place in range(clause.start, cue.start) if words[place] in HE_SHE_THEY), None)
        judged = None if pronoun is None else antecedent(reading, pronoun, voice, judged=True)
    if judged is None:
        near = (m for m in reading.mentions if cue.end <= m.start <= cue.end + 3 and m.start < clause.end)
        behind = (actor_of(reading, m) for m in near)
        judged = next((actor for actor in behind if voice is None or actor != voice), None)
    return judged


def _subject_of_predicate(reading: Reading, event: Event) -> str | None:
    """Return the actor in the subject of a clause without a verb, or of the clause whose predicate the cue is."""
    clause, subject = reading.clause(event), reading.clause(event).subject
    if subject is None or subject.pronoun:
        return None
    if not (clause.predicate == event.cue.start or clause.predicate < 0 or clause.kind == "nominal"):
        return None
    inside = (m for m in reading.mentions if subject.start <= m.start < subject.end)
    mention = next((m for m in inside if not is_place(m.actor) and m.actor not in reading.nobody), None)
    actor = None if mention is None else actor_of(reading, mention)
    return actor if event.voice is None or actor != event.voice else None


def _opens_joined(reading: Reading, event: Event) -> bool:
    """Tell whether a judgement or its clause is joined to what stands before."""
    words, start = reading.words, event.cue.start
    return words[reading.clause(event).start].startswith(AND) or (start > 0 and words[start].startswith(AND))


def _is_joined_judgement(other: Event, event: Event) -> bool:
    """Tell whether a judgement stands up to ten words before another one."""
    near = other.cue.end <= event.cue.start <= other.cue.end + 10
    return bool(near and other.cue.role in JUDGING and other.patient)


def _judged_loosely(reading: Reading, event: Event) -> str | None:
    """Return the last actor before a quality that is not the speaker, or the target where it is in mind."""
    voice, running = event.voice, reading.running
    for mention in reversed(reading.mentions):
        if mention.end <= event.cue.start and not is_place(mention.actor):
            actor = actor_of(reading, mention)
            if actor != voice and actor:
                return actor
            if actor != voice:
                break
    spoken = running.about and voice and voice != SOMEBODY
    return reading.target if running.salient or spoken else None
