"""Clauses of one sentence, from its words alone."""

from collections.abc import Sequence

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.arguments import Arguments, find_arguments
from discourse.reading.grammar.frames import Draft, draft_clauses
from discourse.reading.grammar.model import Clause
from discourse.reading.grammar.operators import find_operators, handed_down, mark_auxiliaries
from discourse.reading.grammar.predicates import find_verbs
from discourse.reading.grammar.verbal_nouns import find_verbal_nouns
from discourse.reading.grammar.words import MARK, Stretch, prepare

__all__ = ["parse"]

C = Class
_NO_CONTENT = MARK | C.MAIN | C.OR | C.ALREADY | C.ADVERB | C.QUESTION
_LONGEST = 400  # words that are read at a time


def parse(words: Sequence[str], tokens: Sequence[str] | None = None) -> tuple[Clause, ...]:
    """Return the clauses of one sentence, in the order of their openers.

    Parameters
    ----------
    words : sequence of str
        The normal forms of the sentence, its marks among them, as in TOKENS.
    tokens : sequence of str, optional
        The words as written; a damma tells a passive.

    Returns
    -------
    tuple of Clause
        Places are those of ``words``.

    Examples
    --------
    >>> clause, content = parse("اعلن الوزير ان الحكومة ترفض القرار".split())
    >>> clause.lemmas[0], clause.subject.head, clause.complements
    ('أعلن', 1, (1,))
    >>> content.lemmas[0], content.subject.head, content.object.head, content.relation
    ('رفض', 3, 5, 'complement')
    """
    found: list[Clause] = []
    first = 0
    while first < len(words):
        last = _cut(words, first)
        part = prepare(words[first:last], None if tokens is None else tokens[first:last])
        found += _parse(part, first, len(found))
        first = last
    return tuple(found)


def _cut(words: Sequence[str], first: int) -> int:
    """Return where a stretch ends: at the end, or at the last mark before the limit."""
    if len(words) - first <= _LONGEST:
        return len(words)
    last = first + _LONGEST
    for place in range(last, first + _LONGEST // 2, -1):
        if not words[place - 1][:1].isalnum():
            return place
    return last


def _parse(s: Stretch, offset: int, number: int) -> list[Clause]:
    find_verbs(s)
    mark_auxiliaries(s)
    drafts = _without_empty(s, draft_clauses(s))
    drafts.sort(key=lambda draft: draft.start)
    known: dict[int, Arguments] = {}
    for draft in drafts:
        known[id(draft)] = find_arguments(s, draft, known)
    drafts += find_verbal_nouns(s, drafts, known)
    drafts.sort(key=lambda draft: (draft.start, known[id(draft)].predicate))
    numbers = {id(draft): number + place for place, draft in enumerate(drafts)}
    complements: dict[int, list[int]] = {}
    for draft in drafts:
        if draft.relation == "complement" and draft.parent is not None and id(draft.parent) in numbers:
            complements.setdefault(id(draft.parent), []).append(numbers[id(draft)])
    operators = _operators(s, drafts, known)
    return [_clause(s, draft, known[id(draft)], numbers, complements, operators, offset) for draft in drafts]


def _operators(s: Stretch, drafts: list[Draft], known: dict[int, Arguments]) -> dict[int, list[str]]:
    """Return the operators of each clause, those of a verb of ability or duty on its complement too."""
    found: dict[int, list[str]] = {}
    for draft in sorted(drafts, key=lambda draft: known[id(draft)].predicate):
        above: list[str] = []
        if draft.relation == "complement" and draft.parent is not None and id(draft.parent) in found:
            above = handed_down(s, draft.parent, known[id(draft.parent)].lemmas, found[id(draft.parent)])
        found[id(draft)] = find_operators(s, draft, known[id(draft)].lemmas, above)
    return found


def _without_empty(s: Stretch, drafts: list[Draft]) -> list[Draft]:
    """Leave out the clauses without a word of their own; what hangs on them stands for itself."""
    kept = [draft for draft in drafts if draft.verb or not _is_empty(s, draft)]
    places = {id(draft) for draft in kept}
    for draft in kept:
        if draft.parent is not None and id(draft.parent) not in places:
            draft.parent = None
    return kept


def _is_empty(s: Stretch, draft: Draft) -> bool:
    last = draft.behind if draft.front < 0 else draft.front
    first = draft.start if draft.marker is None else draft.marker + 1
    return all(s.flags[place] & _NO_CONTENT for place in range(first, min(last, len(s))))


def _clause(
    s: Stretch, draft: Draft, arguments: Arguments, numbers: dict[int, int], complements: dict[int, list[int]],
    operators: dict[int, list[str]], offset: int,
) -> Clause:  # fmt: skip
    verb = draft.verb
    predicate, kind, subject, target, obliques, lemmas, passive = arguments

    def moved(phrase):
        if phrase is None or not offset:
            return phrase
        return phrase._replace(start=phrase.start + offset, end=phrase.end + offset, head=phrase.head + offset)

    return Clause(
        number=numbers[id(draft)],
        start=draft.start + offset,
        end=draft.end + offset,
        predicate=predicate + offset if predicate >= 0 else -1,
        kind=kind,
        lemmas=lemmas or (verb.lemmas if verb else ()),
        subject=moved(subject),
        object=moved(target),
        obliques=tuple(moved(phrase) for phrase in obliques),
        complements=tuple(complements.get(id(draft), ())),
        parent=numbers.get(id(draft.parent)) if draft.parent else None,
        relation=draft.relation,
        marker=None if draft.marker is None else draft.marker + offset,
        operators=tuple(operators[id(draft)]),
        passive=passive,
    )
