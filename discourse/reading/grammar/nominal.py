"""Clauses without a verb of their own: subject and what is said of it, with or without كان."""

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.phrases import find_phrases, free_phrases, is_bare
from discourse.reading.grammar.words import Stretch

__all__ = ["of_copula", "of_nominal"]

C = Class
Found = tuple[int, str, Phrase | None, None, tuple[Phrase, ...]]


def of_nominal(s: Stretch, draft: Draft) -> Found:
    """Return predicate, kind, subject, no object and the obliques of a clause without a verb."""
    first = draft.start if draft.marker is None else draft.marker + 1
    phrases = find_phrases(s, first, draft.behind if draft.front < 0 else draft.front)
    obliques = tuple(phrase for phrase in phrases if not is_bare(phrase))
    bare = free_phrases(s, phrases, near=False)
    subject: Phrase | None = None
    at = first
    while at < draft.behind and s.flags[at] & (C.NEGATOR | C.QUOTE | C.ALREADY):
        at += 1
    opener = draft.marker if draft.marker is not None else draft.start - 1
    if at < draft.behind and s.flags[at] & C.EXISTENTIAL:
        return at, "nominal", bare[0] if bare else None, None, obliques
    if opener >= 0 and s.flags[opener] & C.WITH_PRONOUN:
        subject = Phrase(opener, opener + 1, opener, "", True)
    elif at < draft.behind and s.flags[at] & C.PRONOUN:
        subject = Phrase(at, at + 1, at)
    elif phrases and not is_bare(phrases[0]) and bare and draft.marker is not None:
        return phrases[0].head, "nominal", bare[0], None, obliques
    elif bare:
        subject, bare = bare[0], bare[1:]
    elif phrases and _kind(s, phrases[0].head) == "adjective":
        return phrases[0].head, _kind(s, phrases[0].head), None, None, obliques
    predicate = _predicate(s, subject, bare, phrases)
    if predicate < 0:
        return -1, "nominal", subject, None, obliques
    return predicate, _kind(s, predicate), subject, None, obliques


def _predicate(s: Stretch, subject: Phrase | None, bare: list[Phrase], phrases: list[Phrase]) -> int:
    """Return the word that says something of the subject: the next bare noun or adjective, else the next phrase."""
    if bare:
        return bare[0].head
    if subject is None:
        return -1
    return next((phrase.head for phrase in phrases if phrase.start >= subject.end), -1)


def _kind(s: Stretch, place: int) -> str:
    if s.flags[place] & (C.ADJECTIVE | C.NISBA) or s.words[place].participle:
        return "adjective"
    return "nominal"


def of_copula(s: Stretch, draft: Draft, before: Phrase | None, behind: list[Phrase]) -> Found | None:
    """Return what كان joins; None where no noun or adjective is said of the subject: it then is the predicate."""
    bare = [phrase for phrase in behind if is_bare(phrase)]
    obliques = tuple(phrase for phrase in behind if not is_bare(phrase))
    subject = before
    if draft.verb is not None and s.flag(s.behind(draft.verb.place)) & C.EXISTENTIAL:
        return None  # كان هناك خلاف
    if subject is None and len(bare) > 1:
        subject, bare = bare[0], bare[1:]
    elif subject is None and (not behind or not is_bare(behind[0])):
        return None
    elif subject is None and bare and s.flags[bare[0].head] & (C.DEFINITE | C.POSSESSED):
        return None
    following = [phrase for phrase in behind if subject is None or phrase.start >= subject.end]
    if following and not is_bare(following[0]) and not following[0].pronoun:
        return None
    for phrase in bare:
        if not s.flags[phrase.head] & C.DEFINITE:
            return phrase.head, _kind(s, phrase.head), subject, None, obliques
    return None
