"""The finite clauses of a sentence: those with a verb, those without a predicate, and main clauses."""

from collections.abc import Sequence
from dataclasses import replace

from discourse.reading.grammar.model import Clause
from discourse.reading.grammar.parsing import parse

__all__ = ["finite_clauses"]

_KINDS = ("verb", "nominal")
_HIGHEST = 9  # clauses that one may hang from another
_NO_CLAUSE = Clause(0, 0, 0, -1, "nominal")


def finite_clauses(words: Sequence[str], tokens: Sequence[str]) -> tuple[list[Clause], list[int]]:
    """Return the finite clauses of a sentence and, for each word, the place of its clause among them.

    Verbal nouns, participles and adjectives belong to the clause above them; ``parent`` of a clause is its place in
    this list.

    Examples
    --------
    >>> clauses, clause_of = finite_clauses("اعلن الوزير ان الحكومة ترفض القرار".split(), [""] * 6)
    >>> [(clause.relation, clause.parent) for clause in clauses], clause_of
    ([('main', None), ('complement', 0)], [0, 0, 1, 1, 1, 1])
    """
    parsed = parse(words, tokens)
    kept = [clause for clause in parsed if clause.kind in _KINDS or clause.relation == "main"]
    if not kept:
        return [_NO_CLAUSE], [0] * len(words)
    place_of = {clause.number: place for place, clause in enumerate(kept)}
    by_number = {clause.number: clause for clause in parsed}

    def above(number: int | None) -> int | None:
        """Return the place of the first kept clause from a clause upwards."""
        for _ in range(_HIGHEST):
            if number is None or number in place_of:
                break
            number = by_number[number].parent
        return None if number is None else place_of.get(number)

    parents = [above(clause.parent) for clause in kept]
    clauses = [
        replace(clause, parent=None if parent == place else parent)
        for place, (clause, parent) in enumerate(zip(kept, parents, strict=True))
    ]
    clause_of = _inner(clauses, len(words))
    for clause in sorted(parsed, key=lambda clause: clause.start):
        place = None if clause.number in place_of else above(clause.number)
        if place is not None:
            _take_in(clause, place, clauses, clause_of)
    return clauses, clause_of


def _inner(clauses: list[Clause], size: int) -> list[int]:
    """Return the innermost clause of each word; the first clause where none holds it."""
    clause_of = [0] * size
    for place in sorted(range(len(clauses)), key=lambda place: (clauses[place].start, -clauses[place].end)):
        for word in range(max(0, clauses[place].start), min(size, clauses[place].end)):
            clause_of[word] = place
    return clause_of


def _take_in(clause: Clause, place: int, clauses: list[Clause], clause_of: list[int]) -> None:
    """Give the words of a clause that is not finite to the one above, which reaches as far where nothing is between."""
    for word in range(max(0, clause.start), min(len(clause_of), clause.end)):
        if not any(other.start <= word < other.end for other in clauses):
            clause_of[word] = place
    above = clauses[place]
    follows = above.end <= clause.start and not any(above.end < other.start <= clause.start for other in clauses)
    if follows or above.start <= clause.start <= above.end:
        clauses[place] = replace(above, end=max(above.end, clause.end))
