"""The frame of the clauses: which openers stand where, which verb fills which, and how each hangs on the one above."""

from dataclasses import dataclass, field

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch, Verb

__all__ = ["Draft", "draft_clauses"]

C = Class
_RELATIONS = (
    (C.RELATIVE, "relative"), (C.PURPOSE, "purpose"), (C.CAUSE, "cause"), (C.TIME_CLAUSE, "time"),
    (C.CONDITION, "condition"), (C.CONCESSION, "concession"), (C.MAIN, "main"), (C.QUESTION, "complement"),
    (C.THAT, "complement"),
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A clause while it is put together."""

    start: int
    relation: str
    marker: int | None
    parent: "Draft | None" = None
    verb: Verb | None = None
    end: int = 0
    operators: list[str] = field(default_factory=list)
    behind: int = 0  # where its words behind the verb end
    antecedent: int = -1


def _opens(s: Stretch, place: int) -> str | None:
    """Return the relation of the clause that a word opens, None where it opens none."""
    flags = s.flags[place]
    if not flags & (CLAUSE_OPENER | C.LOOSE_RELATIVE):
        return None
    behind = s.behind(place)
    if flags & C.LOOSE_RELATIVE:
        return "relative" if behind in s.verbs and not flags & C.NEGATOR else None
    if flags & C.RELATIVE:
        return "relative"
    if flags & C.THAT:
        before = s.flag(s.before(place))
        if before & (C.CONCESSION | C.CAUSE | C.TIME_CLAUSE | C.PREPOSITION | C.MAIN) and s.before(place) >= 0:
            return _behind_preposition(s, s.before(place))
        return "complement"
    if flags & C.PREPOSITION and behind not in s.verbs:
        return None
    if flags & C.CONCESSION and not s.flag(behind) & C.THAT and behind not in s.verbs:
        return None
    return next(relation for flag, relation in _RELATIONS if flags & flag)


def _behind_preposition(s: Stretch, before: int) -> str:
    flags = s.flags[before]
    if flags & C.CONCESSION:
        return "concession"
    if flags & C.CAUSE:
        return "cause"
    if flags & C.MAIN:
        return "main"
    return "time" if s.words[before].host in _TIMES else "complement"


_TIMES = frozenset()


def draft_clauses(s: Stretch) -> list[Draft]:
    """Return the clauses of a stretch in the order of their openers, each with its verb where it has one."""
    current = Draft(0, "main", None)
    drafts = [current]
    stack = [current]
    fresh = True  # nothing but marks since the last opener
    for place in range(len(s)):
        flags = s.flags[place]
        if place in s.verbs:
            if place in s.auxiliary:
                continue
            _place_verb(s, place, drafts, stack)
            fresh = False
            continue
        relation = _opens(s, place)
        if relation is None:
            if flags & C.STOP or flags & C.COLON:
                _close(stack, drafts, place + 1)
                fresh = True
            elif not flags & MARK:
                fresh = False
            continue
        if relation == "main":
            if place and not (fresh and stack[-1].verb is None):
                _close(stack, drafts, place)
            continue
        begin = place - 1 if place and s.flags[place - 1] & (C.CONCESSION | C.CAUSE) else place
        draft = Draft(begin, relation, place, stack[-1])
        drafts.append(draft)
        stack.append(draft)
        fresh = True
    _limits(s, drafts)
    return drafts


def _close(stack: list[Draft], drafts: list[Draft], place: int) -> None:
    """Begin a main clause anew."""
    draft = Draft(place, "main", None)
    stack[:] = [draft]
    drafts.append(draft)


def _place_verb(s: Stretch, place: int, drafts: list[Draft], stack: list[Draft]) -> None:
    """Give a verb to the clause that waits for one, or open a clause for it."""
    verb = s.verbs[place]
    word = s.words[place]
    top = stack[-1]
    if top.verb is None:
        top.verb = verb
        return
    before = s.before(place)
    waiting = next((draft for draft in reversed(stack) if draft.verb is None), None)
    joined = bool(word.conjunction) or _joined(s, place)
    relative = not joined and _is_relative(s, before)
    if waiting is not None and not joined and not relative:
        while stack[-1] is not waiting:
            stack.pop()
        waiting.verb = verb
        return
    if relative:
        draft = Draft(place, "relative", None, top, verb, antecedent=before)
    elif word.particle == "purpose":
        draft = Draft(place, "purpose", None, top, verb)
    elif joined:
        draft = Draft(place, "coordinated", None, top, verb)
    elif before >= 0 and s.flags[before] & MARK:
        draft = Draft(place, "coordinated", None, top, verb)
    else:
        draft = Draft(place, "circumstance", None, top, verb)
    drafts.append(draft)
    stack.append(draft)


def _joined(s: Stretch, place: int) -> bool:
    """و stands on a particle before the verb: ولم يقل, وقد قال."""
    before = s.before(place)
    while before >= 0 and s.flags[before] & (C.NEGATOR | C.ALREADY | C.FUTURE | C.OR):
        if s.words[before].conjunction or s.flags[before] & C.OR:
            return True
        before = s.before(before)
    return False


def _is_relative(s: Stretch, before: int) -> bool:
    """An indefinite noun right before a verb is what the clause is about: تدوينة نشرتها."""
    if before < 0:
        return False
    flags = s.flags[before]
    if flags & (MARK | CLAUSE_OPENER | C.DEFINITE | C.NEGATOR | C.ADVERB | C.ALREADY | C.PRONOUN | C.PRONOUN_PHRASE):
        return False
    return bool(flags & (C.FEMININE | C.ACCUSATIVE | C.NISBA | C.ADJECTIVE | C.LIKE_VERB) or s.words[before].masdar)


def _limits(s: Stretch, drafts: list[Draft]) -> None:
    """Say where the words behind each verb end: at the next opener or verb of another clause."""
    starts = sorted({draft.start for draft in drafts} | {d.verb.place for d in drafts if d.verb} | {len(s)})
    following = {start: end for start, end in zip(starts, starts[1:], strict=False)}
    for draft in drafts:
        anchor = draft.verb.place if draft.verb else draft.start
        draft.behind = following.get(anchor, len(s))
        draft.end = draft.behind
