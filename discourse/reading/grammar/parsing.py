"""Clauses of one sentence, from its words alone."""

from collections.abc import Sequence

from discourse.language.arabic.syntax import Class, auxiliaries, raising
from discourse.reading.grammar.arguments import Arguments, find_arguments
from discourse.reading.grammar.frames import Draft, draft_clauses
from discourse.reading.grammar.model import Clause
from discourse.reading.grammar.predicates import find_verbs
from discourse.reading.grammar.verbal_nouns import find_verbal_nouns
from discourse.reading.grammar.words import MARK, Stretch, prepare

__all__ = ["parse"]

C = Class
_TENSE = 14  # words between an auxiliary and its verb
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
    _find_auxiliaries(s)
    drafts = [draft for draft in draft_clauses(s) if draft.verb or not _is_empty(s, draft)]
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
    return [_clause(s, draft, known[id(draft)], numbers, complements, offset) for draft in drafts]


def _is_empty(s: Stretch, draft: Draft) -> bool:
    return all(s.flags[place] & MARK for place in range(draft.start, min(draft.behind, len(s))))


def _clause(
    s: Stretch, draft: Draft, arguments: Arguments, numbers: dict[int, int], complements: dict[int, list[int]],
    offset: int,
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
        operators=tuple(_operators(s, draft)),
        passive=passive,
    )


def _find_auxiliaries(s: Stretch) -> None:
    """Mark the verbs that only say something of the verb behind them: كان يعمل, كان قد قال, لم يعد يقبل."""
    places = sorted(s.verbs)
    for place, following in zip(places, places[1:], strict=False):
        verb = s.verbs[place]
        if not any(lemma in auxiliaries() for lemma in verb.lemmas) or following - place > _TENSE:
            continue
        between = range(place + 1, following)
        if any(s.flags[k] & (MARK & ~C.QUOTE | C.THAT | C.RELATIVE | C.PREPOSITION) for k in between):
            continue
        if s.words[following].conjunction:
            continue
        s.auxiliary[place] = following


def _operators(s: Stretch, draft: Draft) -> list[str]:
    verb = draft.verb
    if verb is None:
        return []
    found: list[str] = []
    for auxiliary, main in s.auxiliary.items():
        if main == verb.place:
            name = next(auxiliaries()[lemma] for lemma in s.verbs[auxiliary].lemmas if lemma in auxiliaries())
            negated = bool(s.flag(s.before(auxiliary)) & C.NEGATOR)
            found.append("no_longer" if negated and name == "again" else name)
            if negated and name not in ("again", "still"):
                found.append("negation")
    before = s.before(verb.place)
    while before >= 0 and s.flags[before] & (C.NEGATOR | C.ALREADY | C.FUTURE):
        if s.flags[before] & C.NEGATOR:
            found.append("negation")
        if s.flags[before] & C.FUTURE:
            found.append("future")
        before = s.before(before)
    if s.words[verb.place].particle == "future":
        found.append("future")
    if any(lemma in raising() for lemma in verb.lemmas[:1]):
        found.append(raising()[verb.lemmas[0]])
    if draft.relation == "condition":
        found.append("if")
    return [name for name in dict.fromkeys(found) if name != "was"]
