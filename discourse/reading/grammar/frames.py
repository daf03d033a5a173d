"""The frame of the clauses: which openers stand where, which verb fills which, and how each hangs on the one above."""

from dataclasses import dataclass

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.openers import opens
from discourse.reading.grammar.phrases import find_phrases, is_bare
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch, Verb, case_of, frame_of

__all__ = ["Draft", "draft_clauses"]

C = Class
_HEADING = 6  # words of a headline before its colon (بوتين: لن نعترف)
_PARTICLES = C.NEGATOR | C.ALREADY | C.FUTURE | C.OR | C.QUOTE | C.BRACKET


@dataclass(slots=True)
class Draft:
    """A clause while it is put together."""

    start: int
    relation: str
    marker: int | None
    parent: "Draft | None" = None
    verb: Verb | None = None
    end: int = 0
    behind: int = 0  # where its words behind the verb end
    front: int = -1  # where the words before its verb end, if another clause stands between them and the verb


def draft_clauses(s: Stretch) -> list[Draft]:
    """Return the clauses of a stretch in the order of their openers, each with its verb where it has one."""
    root = Draft(0, "main", None)
    drafts, stack = [root], [root]
    empty = True  # no word since the last opener
    n_quotes = 0
    for place in range(len(s)):
        flags = s.flags[place]
        if place in s.verbs:
            if place not in s.auxiliary:
                _place_verb(s, place, drafts, stack, empty)
                empty = False
            continue
        relation = opens(s, place)
        if relation is not None:
            empty = _open(s, place, relation, drafts, stack, empty)
        elif flags & (C.STOP | C.COLON):
            _restart(s, stack, drafts, place, empty)
            empty = True
        elif flags & C.QUOTE:
            n_quotes += 1
            if n_quotes % 2 and _is_quoted(s, stack, drafts, place):
                _restart(s, stack, drafts, place, empty)
                empty = True
        elif not flags & (MARK | C.ADVERB) and not (flags & C.ALREADY):
            empty = False
    _limits(s, drafts)
    return drafts


def _open(s: Stretch, place: int, relation: str, drafts: list[Draft], stack: list[Draft], empty: bool) -> bool:
    """Begin the clause that the word at ``place`` opens; return whether it is still empty."""
    top = stack[-1]
    if relation == "main":
        if empty and top.verb is None:
            if s.flags[place] & (C.THAT | C.WITH_PRONOUN) and top.marker is None:
                top.marker = place
            return True
        if top.verb is None and s.flags[place] & (C.NEGATOR | C.PREPOSITION | C.ADVERB):
            return empty  # غير, كما inside a phrase
        marker = place if s.flags[place] & (C.THAT | C.WITH_PRONOUN) else None
        root = stack[0]
        if root.verb is None and root.front >= 0 and _is_hollow(s, root) and root.relation == "main":
            root.marker = marker  # إذا ... فإن
            stack[:] = [root]
            root.start, root.front = place, -1
            return True
        draft = Draft(place, "main", marker)
        stack[:] = [draft]
        drafts.append(draft)
        return True
    parent = top
    begin = place
    if relation == "complement" and s.flags[place] & C.THAT:
        judged = _judgement(s, place)
        joined = top.verb is not None and s.before(judged) == top.verb.place  # كان من الواضح أن
        if judged >= 0 and not joined and (top.verb is not None or top.start < judged - 1 and top.marker != judged - 1):
            joins = "coordinated" if s.words[judged].conjunction or top.parent is None else "complement"
            top = parent = Draft(judged, joins, None, _governor(s, stack, judged)[0])
            drafts.append(top)
            stack.append(top)
        else:
            parent, relation = _governor(s, stack, place)
    if place and relation != "relative" and s.flags[s.before(place)] & (C.CONCESSION | C.CAUSE | C.PREPOSITION):
        begin = s.before(place)
    while parent is not stack[-1]:
        stack.pop()
    for draft in stack:
        if draft.verb is None and draft.front < 0:
            draft.front = begin
    draft = Draft(begin, relation, place, parent)
    drafts.append(draft)
    stack.append(draft)
    return True


def _is_hollow(s: Stretch, draft: Draft) -> bool:
    """Tell whether a clause has had no word of its own yet."""
    return all(s.flags[place] & (MARK | C.MAIN | C.ADVERB | C.OR) for place in range(draft.start, draft.front))


def _judgement(s: Stretch, place: int) -> int:
    """Return where a judgement before أن begins (من الواضح أن, عليه أن), -1 for none."""
    before = s.before(place)
    if before >= 0 and s.flags[before] & C.OBLIGES and s.flags[before] & C.PRONOUN_PHRASE:
        return before
    if before < 1 or not s.flags[before] & C.DEFINITE or s.words[before].preposition:
        return -1
    word, of = s.words[before], s.words[before - 1]
    if not of.flags & C.PREPOSITION or not of.flags & C.LOOSE_RELATIVE:
        return -1
    return before - 1 if word.participle or word.flags & (C.ADJECTIVE | C.LIKE_PARTICIPLE | C.NISBA) else -1


def _governor(s: Stretch, stack: list[Draft], place: int) -> tuple[Draft, str]:
    """Return the clause that a clause with أن depends on, and how: complement of its verb, or apposition to a noun."""
    before = s.before(place)
    governing = before >= 0 and bool(s.flags[before] & C.PREPOSITION)
    preposition = s.words[before].host if governing else s.words[place].preposition
    noun = s.before(before) if governing else before
    for draft in reversed(stack):
        if draft.verb is None:
            if draft is stack[-1]:
                return draft, "complement"
            continue
        _, clause, prepositions = frame_of(draft.verb.lemmas)
        bare = [p for p in find_phrases(s, draft.verb.place + 1, place) if is_bare(p)]
        if draft.relation == "relative" and bare and not governing and not preposition:
            continue  # المسؤول الذي طلب عدم الكشف أن
        if clause and preposition and not governing and len(bare) > 1:
            break  # نفت موسكو الاتهامات بأنها
        takes = preposition in prepositions if preposition else clause
        if takes or noun == draft.verb.place or clause and not governing:
            return draft, "complement"
        if draft.relation != "relative":
            break
    if noun < 0 or s.flags[noun] & (MARK | C.PRONOUN_PHRASE | C.ADVERB):
        return stack[-1], "complement"
    return stack[-1], "apposition"


def _restart(s: Stretch, stack: list[Draft], drafts: list[Draft], place: int, empty: bool) -> None:
    """Behind a stop or a colon a clause begins anew; behind a colon it is what a verb of saying says."""
    if empty and stack[-1].verb is None and stack[-1].marker is None:
        stack[-1].start = place + 1 if stack[-1].start <= place else stack[-1].start
        return
    draft = Draft(place + 1, "main", None)
    if s.flags[place] & (C.COLON | C.QUOTE):
        sayer = next((above for above in stack if above.verb and frame_of(above.verb.lemmas)[1]), None)
        heading = stack[0] if stack[0].verb is None and stack[0].start == 0 and place <= _HEADING else None
        sayer = sayer or heading
        if sayer is not None:
            draft.relation, draft.parent = "complement", sayer
    stack[:] = [draft]
    drafts.append(draft)


def _is_quoted(s: Stretch, stack: list[Draft], drafts: list[Draft], place: int) -> bool:
    """Tell whether what a verb of saying says begins behind a quotation mark: وأضاف "نريد, not وصفه بأنه "خطأ"."""
    sayer = next((above for above in stack if above.verb and frame_of(above.verb.lemmas[:1])[1]), None)
    waits = stack[-1].verb is None and stack[-1].marker is not None
    if sayer is None or waits or any(draft.parent is sayer and draft.relation == "complement" for draft in drafts):
        return False
    behind = place + 1 + bool(s.flag(place + 1) & C.DEMONSTRATIVE)
    return behind in s.verbs or bool(s.flag(behind) & (C.PRONOUN | C.NEGATOR | C.FUTURE | C.ALREADY))


def _place_verb(s: Stretch, place: int, drafts: list[Draft], stack: list[Draft], empty: bool) -> None:
    """Give a verb to the clause that waits for one, or open a clause for it."""
    verb, word, top = s.verbs[place], s.words[place], stack[-1]
    joined = bool(word.conjunction) or _joined(s, place)
    before = s.before(place)
    described = not joined and top.verb is None and not empty and _is_described(s, top, before)
    if top.verb is None and not described and (empty or not joined or _is_setting(s, top, place)):
        top.verb = verb
        return
    relative = not joined and _is_relative(s, before)
    waiting = next((draft for draft in reversed(stack) if draft.verb is None), None)
    if waiting is not None and not joined and not relative and not described:
        while stack[-1] is not waiting:
            stack.pop()
        waiting.verb = verb
        return
    if top.verb is None and not described:
        while len(stack) > 1 and stack[-1].verb is None:
            stack.pop()
        top = stack[-1]
    start = place
    if relative:
        relation = "relative"
    elif word.particle == "purpose":
        relation = "purpose"
    elif joined or before >= 0 and s.flags[before] & MARK:
        relation = "coordinated"
    else:
        start = _phrase_start(s, place, top.verb.place if top.verb else 0)
        relation = "circumstance" if start == place else "coordinated"
    if relation == "coordinated" and joined:
        top = _goes_on_saying(s, stack, verb, before) or top
    draft = Draft(start, relation, None, top, verb)
    drafts.append(draft)
    stack.append(draft)


def _goes_on_saying(s: Stretch, stack: list[Draft], verb: Verb, before: int) -> Draft | None:
    """Return the main clause that a past verb of saying behind a comma goes on from: hoped that they ..., and said.

    The stack is cut back to it. A verb that does not agree with the one above, but with the last, is left to that.
    """
    if before < 0 or not s.flags[before] & C.COMMA or verb.form.tense != "past" or not frame_of(verb.lemmas)[1]:
        return None
    for above in reversed(stack):
        own = above.verb
        if own is None or above.relation not in ("main", "coordinated") or own.form.tense != "past":
            continue
        if own.form.person != verb.form.person or above is stack[-1]:
            return None
        while stack[-1] is not above:
            stack.pop()
        return above
    return None


def _is_setting(s: Stretch, draft: Draft, place: int) -> bool:
    """Tell whether only phrases of time and place stand before the verb: a clause that still waits for it."""
    first = draft.start if draft.marker is None else draft.marker + 1
    return not any(is_bare(phrase) for phrase in find_phrases(s, first, place))


def _is_described(s: Stretch, draft: Draft, before: int) -> bool:
    """In a clause that has its subject and predicate already, a verb behind an indefinite noun describes it."""
    if not _is_relative(s, before):
        return False
    first = draft.start if draft.marker is None else draft.marker + 1
    if draft.marker is not None and s.flags[draft.marker] & C.WITH_PRONOUN:
        return any(is_bare(phrase) for phrase in find_phrases(s, first, before + 1))
    if any(s.flags[at] & (C.PRONOUN | C.EXISTENTIAL) for at in range(first, before)):
        return True
    bare = [phrase for phrase in find_phrases(s, first, before + 1) if is_bare(phrase)]
    return len(bare) > 1 and bare[-1].end == before + 1 and bool(s.flags[bare[0].head] & C.DEFINITE)


def _phrase_start(s: Stretch, place: int, floor: int) -> int:
    """Return where the clause of a verb begins whose subject stands before it: behind the last comma."""
    for at in range(place - 1, max(floor, place - 25), -1):
        if s.flags[at] & (CLAUSE_OPENER & ~C.THAT):
            return place
        if s.flags[at] & (C.COMMA | C.STOP | C.COLON | C.DASH):
            return at + 1
    return place


def _joined(s: Stretch, place: int) -> bool:
    """و stands on a particle before the verb: ولم يقل, وقد قال."""
    before = s.before(place)
    while before >= 0 and (s.flags[before] & _PARTICLES or before in s.auxiliary):
        if s.words[before].conjunction or s.flags[before] & C.OR:
            return True
        before = s.before(before)
    return False


def _is_relative(s: Stretch, before: int) -> bool:
    """An indefinite noun right before a verb is what the clause is about: تدوينة نشرتها."""
    while before >= 0 and s.flags[before] & (C.NEGATOR | C.ALREADY) and not s.flags[before] & C.LOOSE_RELATIVE:
        before = s.before(before)
    if before < 0 or before in s.verbs:
        return False
    flags = s.flags[before]
    closed = C.DEFINITE | C.POSSESSED | C.ADVERB | C.PRONOUN | C.PRONOUN_PHRASE | C.TIME_NOUN | C.NUMBER
    if flags & (MARK | CLAUSE_OPENER | closed | C.PREPOSITION | C.FOREIGN | C.DEMONSTRATIVE):
        return False
    word = s.words[before]
    plain = flags & (C.COMMON | C.FEMININE | C.ACCUSATIVE | C.NISBA | C.ADJECTIVE | C.LIKE_VERB | C.PLURAL)
    return bool(plain or word.masdar or word.participle or word.preposition or case_of(s, before))


def _limits(s: Stretch, drafts: list[Draft]) -> None:
    """Say where the words behind each verb end: at the next opener or verb of another clause."""
    starts = sorted({draft.start for draft in drafts} | {d.verb.place for d in drafts if d.verb} | {len(s)})
    following = dict(zip(starts, starts[1:], strict=False))
    for draft in drafts:
        anchor = draft.verb.place if draft.verb else draft.start
        draft.behind = following.get(anchor, len(s))
        draft.end = draft.behind
