"""Words that open a clause, and how the clause hangs on the one above by them."""

from discourse.language.arabic.clause_words import behind_word
from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch

__all__ = ["opens"]

C = Class
_RELATIONS = (
    (C.RELATIVE, "relative"), (C.PURPOSE, "purpose"), (C.CAUSE, "cause"), (C.TIME_CLAUSE, "time"),
    (C.CONDITION, "condition"), (C.CONCESSION, "concession"), (C.MAIN, "main"), (C.QUESTION, "complement"),
    (C.THAT, "complement"),
)  # fmt: skip


def opens(s: Stretch, place: int) -> str | None:
    """Return the relation of the clause that a word opens, None where it opens none."""
    flags = s.flags[place]
    if not flags & (CLAUSE_OPENER | C.LOOSE_RELATIVE):
        return None
    behind = s.behind(place)
    if flags & C.LOOSE_RELATIVE:
        return "relative" if behind in s.verbs and not _negates(s, place) else None
    if flags & C.THAT:
        return _of_that(s, place)
    if flags & C.EXCEPT and not s.flag(behind) & C.THAT:
        return None
    if flags & C.PREPOSITION and behind not in s.verbs:
        return None
    if flags & C.PREPOSITION and flags & C.MAIN and place and not s.flags[s.before(place)] & MARK:
        return "circumstance"  # كما يجب
    if flags & (C.CONCESSION | C.CAUSE) and (s.flag(behind) & C.THAT or behind not in s.verbs and not flags & C.THAT):
        return None
    if flags & C.NEGATOR and behind not in s.verbs:
        return None
    if flags & C.QUESTION and (s.before(place) < 0 or s.flag(s.before(place)) & MARK):
        return "main"
    return next(relation for flag, relation in _RELATIONS if flags & flag)


def _negates(s: Stretch, place: int) -> bool:
    """ما before a past verb at the beginning of a clause negates: ما قال."""
    if not s.flags[place] & C.NEGATOR:
        return False
    verb = s.verbs.get(s.behind(place))
    before = s.before(place)
    if before >= 0 and s.flags[before] & (C.CONDITION | C.TIME_CLAUSE | C.ADVERB):
        return True  # إذا ما, عادة ما
    return bool(verb and verb.form.tense == "past" and (before < 0 or s.flags[before] & MARK))


def _of_that(s: Stretch, place: int) -> str:
    """Return what a clause with أن is: the complement of a verb, or what the word before أن makes of it."""
    flags = s.flags[place]
    if flags & C.CAUSE:
        return "cause"
    before = s.before(place)
    if before < 0:
        return "main"
    if s.flags[before] & (MARK & ~C.COMMA):
        return "main"
    return behind_word().get(s.words[before].host, "complement")
