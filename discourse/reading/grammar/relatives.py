"""Relative clauses: the noun that they speak of, and whether a pronoun takes it up."""

from discourse.language.arabic.syntax import Class, pronoun_class
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.phrases import find_phrases
from discourse.reading.grammar.words import MARK, Stretch, agrees, takes

__all__ = ["antecedent", "resumes"]

C = Class


def resumes(s: Stretch, draft: Draft) -> bool:
    """Tell whether a pronoun in the clause stands for the antecedent: it is then not the subject."""
    verb = draft.verb
    if verb is None:
        return False
    behind = s.behind(verb.place)
    possessed = behind < draft.behind and s.flags[behind] & C.POSSESSED and s.words[behind].pronoun
    kinds = C.MASCULINE | C.FEMININE | C.PLURAL
    relative = s.flags[draft.marker] & kinds if draft.marker is not None else 0
    means = pronoun_class(verb.form.pronoun) if verb.form.pronoun else 0
    if relative and means and not relative & means:
        return False  # العلماء الذين أمدوها
    if verb.form.pronoun or possessed and not takes(verb) and agrees(verb.form, s.flags[behind], before=False):
        return True
    for place in range(verb.place + 1, min(draft.behind, verb.place + 3)):
        means = pronoun_class(s.words[place].host)
        if s.flags[place] & C.PRONOUN_PHRASE and not (relative and means and not relative & means):
            return True
    return False


def antecedent(s: Stretch, draft: Draft) -> Phrase | None:
    """Return what a relative clause is about: the noun before its opener."""
    opener = draft.marker if draft.marker is not None else draft.verb.place if draft.verb else draft.start
    at = s.before(opener)
    while at >= 0 and s.flags[at] & (C.COMMA | C.NEGATOR | C.ALREADY):
        at -= 1
    if at < 0:
        return None
    first = at
    while first > max(0, at - 6) and not s.flags[first - 1] & (MARK & ~C.QUOTE) and first - 1 not in s.verbs:
        first -= 1
    phrases = find_phrases(s, first, at + 1)
    return phrases[-1]._replace(preposition="", pronoun=True) if phrases else None
