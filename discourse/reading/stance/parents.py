"""Under which attitude an act stands, and whose words tell it."""

from discourse.reading.stance.forms import without_conjunction
from discourse.reading.stance.lists import ACCUSATIVE, COMMA, DESCRIBES, SENTENCE_MARKS, TEXTS, THAT, WHAT
from discourse.reading.stance.passage import JUDGING, JUDGING_A_FACT, SOMEBODY, Event
from discourse.reading.stance.reading import Reading, is_passive, mention_at
from discourse.reading.stance.subjects import subject_of
from discourse.reading.stance.words import AND, ARTICLE, CONJUNCTIONS, HARD_MARKS, SHE

__all__ = ["attach", "break_cycles", "give_voice"]

# acts that are attitudes as well: they govern what they are about
_GOVERNING = frozenset({"concern", "criticism", "condemnation", "demand", "distrust", "cutting"})
_NOT_GOVERNING = frozenset({"affirms", "neutrality"})
_SAID_OF_A_NOUN = frozenset({"good_quality", "bad_quality", "cutting"})  # recognition is premature
_NOT_SAID_OF_A_NOUN = frozenset({"affirms", "accusation", "neutrality"})
_ACTIVE_OF_A_NOUN = frozenset({"considers", "calls_for", "denial", "condition"})
_WHY = frozenset({"criticism", "condemnation", "concern"})  # an accusative says why: in protest
_HANGING = frozenset({"complement", "apposition", "coordinated"})
_NAMED = frozenset({"vs", "sv", "short", "relative", "stranger"})  # how a subject is found that is named as one
_MEASURES = frozenset({"sanctions", "designation", "cutting", "force"})
_HIGHEST, _SAID_WITHIN = 6, 4  # clauses upwards
_LONGEST_GAP = 24  # words between an attitude and what it is about


def attach(reading: Reading, event: Event) -> None:
    """Set the attitude under which an event stands: the nearest before it, or the one that is said of a noun."""
    cue = event.cue
    if event.made_of and cue.role == "quality":
        return  # nothing goes without them: said by the whole sentence
    path = _clauses_above(reading, event)
    governing = [other for other in reading.events if _governs(reading, other, event, path)]
    best = governing[-1] if governing else None
    if best is None and not cue.verb and reading.words[cue.start].startswith(AND):
        before = [other for other in reading.events if _is_joined(other, event)]
        if before:
            event.parent = before[-1].parent
            return
    if best is None or best.clause != event.clause:
        best = _said_of(reading, event) or best
    event.parent = best


def _is_joined(other: Event, event: Event) -> bool:
    """Tell whether a noun stands shortly before another one in its clause, so that it can share its attitude."""
    near = other.cue.end <= event.cue.start <= other.cue.end + 12
    return near and other.clause == event.clause and not other.cue.verb and other.parent is not None


def _above(reading: Reading, place: int) -> int | None:
    """Return the clause that a clause depends on; a coordinated complement stands beside the one before."""
    clauses, words = reading.clauses, reading.words
    clause = clauses[place]
    if clause.parent is None:
        return None
    if clause.relation == "complement" and clause.marker is not None and words[clause.marker].startswith(CONJUNCTIONS):
        first = clauses[clause.parent]
        while (
            first.relation == "complement"
            and first.parent is not None
            and first.marker is not None
            and words[first.marker].startswith(AND)
        ):
            first = clauses[first.parent]
        if first.relation == "complement" and first.parent is not None:
            return first.parent
    return clause.parent


def _relation(reading: Reading, place: int) -> str:
    """Return how a clause depends on the one above; what a text, `what` or a judgement opens is like a complement."""
    clause, words = reading.clauses[place], reading.words
    if clause.relation == "relative":
        if clause.marker is not None and words[clause.marker] in WHAT:
            return "complement"
        before = words[max(0, clause.start - 3) : clause.start]
        if any(word in TEXTS or word[2:] in TEXTS for word in before):
            return "complement"
    if clause.relation == "cause" and clause.start:
        ends = (clause.start - 1, clause.start)
        if any(e.cue.end in ends and e.category in JUDGING_A_FACT for e in reading.events):
            return "complement"
    return clause.relation


def _clauses_above(reading: Reading, event: Event) -> set[int]:
    """Return the clauses whose attitudes reach an event: its own and those that it is said, wished or thought in."""
    place = event.clause
    path = {place}
    for _ in range(_HIGHEST):
        above = _above(reading, place)
        if above is None:
            break
        relation = _relation(reading, place)
        if relation not in _HANGING:
            break
        if relation == "coordinated":
            finite = reading.clauses[place].kind == "verb"
            if finite and reading.clauses[above].relation not in ("complement", "purpose"):
                break
            place = above
            if reading.clauses[place].kind != "verb":
                path.add(place)
        else:
            place = above
            path.add(place)
    return path


def _governs(reading: Reading, other: Event, event: Event, path: set[int]) -> bool:
    """Tell whether an attitude before an event reaches it."""
    cue, words = other.cue, reading.words
    if other is event or cue.start >= event.cue.start or other.clause not in path:
        return False
    if (cue.role != "attitude" and cue.category not in _GOVERNING) or cue.category in _NOT_GOVERNING:
        return False
    gap = words[cue.end : event.cue.start]
    if len(gap) > _LONGEST_GAP or any(word in SENTENCE_MARKS for word in gap):
        return False
    if event.category == "denial" and cue.category == "accusation":
        return False
    if other.clause == event.clause and event.category in _WHY and _is_accusative(words[event.cue.start]):
        return False
    if _is_another_measure(other, event, words):
        return False
    if _says_more(reading, cue.end, event.cue.start):
        return False
    if other.clause == event.clause:
        if COMMA in gap and len(gap) > 6:
            return False
        if cue.verb and event.cue.verb and other.made_of is None:
            return False
    return cue.verb or not _noun_is_cut_off(reading, other, event, gap)


def _is_accusative(word: str) -> bool:
    """Tell whether a noun has the ending of an indefinite accusative."""
    return word.endswith(ACCUSATIVE) and not word.startswith(ARTICLE)


def _is_another_measure(other: Event, event: Event, words: tuple[str, ...]) -> bool:
    """Tell whether `and` joins a measure to a cut: a ban of flights and a freeze of funds, not of the freeze."""
    nouns = not other.cue.verb and not event.cue.verb and other.category == "cutting"
    return nouns and event.category in _MEASURES and words[event.cue.start].startswith(AND)


def _says_more(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a new verb of saying opens between two words: and he said."""
    return any(
        e.category == "affirms"
        and e.cue.verb
        and start <= e.cue.start < end
        and reading.words[e.cue.start].startswith(CONJUNCTIONS)
        for e in reading.events
    )


def _noun_is_cut_off(reading: Reading, other: Event, event: Event, gap: tuple[str, ...]) -> bool:
    """A noun of attitude reaches no farther than a verb without `that`; an adjective only the next word or `that`."""
    cue, words = other.cue, reading.words
    if cue.pattern in reading.passage.entries.adjectives and len(gap) > 1 and not any(word in THAT for word in gap):
        return True
    verbs = reading.verbs_between(cue.end, event.cue.start)
    return other.made_of is None and any(words[verb - 1] not in THAT for verb in verbs)


def _said_of(reading: Reading, event: Event) -> Event | None:
    """Return the attitude that is said of a noun: recognition is premature."""
    cue, clause = event.cue, reading.clause(event)
    if cue.verb or cue.role in JUDGING:
        return None
    between = reading.verbs_between(clause.start, cue.start)
    if any(not reading.words[verb].startswith(DESCRIBES) for verb in between):
        return None
    before = (other.cue for other in reading.events if clause.start <= other.cue.start < cue.start)
    if any(other.role == "attitude" for other in before):
        return None
    return next((other for other in reading.events if _is_said_of(reading, other, event)), None)


def _is_said_of(reading: Reading, other: Event, event: Event) -> bool:
    """Tell whether an attitude up to nine words behind a noun is said of it: in its clause or at the next opening."""
    cue = other.cue
    if cue.start <= event.cue.start or cue.start - event.cue.end > 9:
        return False
    if other.clause != event.clause:
        marked = any(word in HARD_MARKS for word in reading.words[event.cue.end : cue.start])
        if marked or cue.start != reading.clause(other).start:
            return False
    if cue.role != "attitude" and cue.category not in _SAID_OF_A_NOUN:
        return False
    if cue.category in _NOT_SAID_OF_A_NOUN:
        return False
    return not cue.verb or is_passive(reading, cue) or cue.category in _ACTIVE_OF_A_NOUN


def give_voice(reading: Reading, event: Event) -> None:
    """Give an event the voice of who says or thinks it by the verb of saying above it; not said: it is unsaid."""
    if event.category == "affirms" or event.made_of:
        return
    saying = _saying_above(reading, event)
    if saying is None:
        return
    if "negation" in saying.operators or _is_wished(reading, saying):
        event.operators.append("unsaid")
        return
    if _is_quoted_deeper(reading, event, saying):
        return
    actor, how = subject_of(reading, saying.cue.start)
    if _says_another(reading, event, saying, actor):
        actor, how = reading.running.speaker, "vs"
    if how not in _NAMED or actor == event.voice:
        return
    if actor in reading.nobody or (actor is None and how == "stranger" and event.voice):
        event.voice = SOMEBODY
    elif actor is not None:
        event.voice = actor


def _is_quoted_deeper(reading: Reading, event: Event, saying: Event) -> bool:
    """Tell whether the innermost quotation around an event opens behind what its verb of saying introduces."""
    around = [span for span in reading.passage.quoted if span[0] <= event.cue.start < span[1]]
    inner = min(around, key=lambda span: span[1] - span[0], default=None)
    nested = len({span[:2] for span in around}) > 1  # and not one quotation that two sources relay
    return inner is not None and bool(inner[2]) and inner[0] > saying.cue.end + 1 and nested


def _is_wished(reading: Reading, saying: Event) -> bool:
    """Tell whether the target asks or hopes that somebody may say so: they ask that Moscow consider them."""
    parent = saying.parent
    if parent is None or parent.category not in ("calls_for", "intends", "demand"):
        return False
    return subject_of(reading, parent.cue.start)[0] == reading.target if parent.cue.verb else False


def _saying_above(reading: Reading, event: Event) -> Event | None:
    """Return the verb of saying before an event in a clause above; for a quality, in its own clause too."""
    place = event.clause
    for step in range(_SAID_WITHIN):
        if step or event.cue.role == "quality":
            here = [e for e in reading.events if e.category == "affirms" and e.cue.verb and e.clause == place]
            before = [e for e in here if e is not event and e.cue.start < event.cue.start]
            if before:
                return before[-1]
        above = _above(reading, place)
        if above is None or reading.clauses[place].relation not in _HANGING:
            break
        place = above
    return None


def _says_another(reading: Reading, event: Event, saying: Event, actor: str | None) -> bool:
    """Tell whether a masculine verb before an actor is said by another than the target, whose words it seemed."""
    verb = without_conjunction(reading.words[saying.cue.start])
    if event.voice != reading.target or actor not in (None, reading.target):
        return False
    if verb.startswith(SHE) or verb.endswith(SHE):
        return False
    return saying.cue.end < len(reading.words) and mention_at(reading, saying.cue.end) is not None


def break_cycles(events: list[Event]) -> None:
    """Take the parent off the last event of a chain that comes back to where it was."""
    for event in events:
        seen, above = {id(event)}, event
        while above.parent is not None:
            if id(above.parent) in seen:
                above.parent = None
                break
            above = above.parent
            seen.add(id(above))
