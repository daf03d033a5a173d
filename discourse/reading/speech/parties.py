"""Who speaks and who is spoken of, where one phrase holds both (اتهمت واشنطن طهران)."""

from discourse.reading.speech.sentences import Sentence
from discourse.reading.speech.speakers import ADJECTIVE_ENDINGS, ADJECTIVE_ENDINGS_OF_MANY, MEDIA, VERBAL_NOUN
from discourse.reading.speech.words import (
    ADDRESSEE,
    AND,
    ARTICLE,
    BODY,
    DEFINITE,
    GRAMMAR,
    LATIN,
    NAME_BEGINS,
    NAMED,
    PERSON,
    PERSON_NOUN,
    PREP,
    SAYER,
    WORDS,
    begins_content,
)

__all__ = ["split_parties"]

_HIS, _HERS = GRAMMAR.normal("holders")[:2]
_NISBA_OF_MANY = WORDS.normal("nisba_of_many")
_HELD_ENDINGS = WORDS.normal("held_endings")


def _is_held(sentence: Sentence, at: int) -> bool:
    """A noun with a pronoun behind a definite one is its object: أعلن الجيش سيطرته."""
    word = sentence.norm[at]
    done = VERBAL_NOUN.match(word.removesuffix(_HIS)) or VERBAL_NOUN.match(word.removesuffix(_HERS))
    ends = word.endswith(_HELD_ENDINGS) or word.endswith((_HIS, _HERS)) and done
    return bool(ends) and len(word) > 4 and not sentence.flags[at] & (NAMED | PERSON | PREP)


def _ends_many(sentence: Sentence, at: int) -> bool:
    """A noun behind an adjective of many is no part of the subject: استغرب نواب كنديون صمت الأمم."""
    before, word = sentence.norm[at - 1], sentence.norm[at]
    many = before.endswith(_NISBA_OF_MANY) and not sentence.flags[at - 1] & (SAYER | DEFINITE)
    return many and not word.endswith(_NISBA_OF_MANY) and not sentence.flags[at] & (NAMED | PERSON)


def split_parties(sentence: Sentence, first: int, last: int) -> int:
    """Split a phrase that holds a speaker and the one addressed (اتهمت واشنطن طهران): the end of the speaker."""
    for at in range(first + 1, last):
        flag, before = sentence.flags[at], sentence.flags[at - 1]
        if sentence.norm[at] in MEDIA or flag & LATIN:
            return at
        if flag & PERSON or not flag & SAYER or flag & DEFINITE and not flag & NAMED:
            continue
        adjective = sentence.norm[at - 1].endswith(ADJECTIVE_ENDINGS_OF_MANY) and not before & SAYER
        if flag & NAMED and not flag & NAME_BEGINS:
            continue
        if adjective or before & NAMED and flag & NAMED or before & PERSON and not flag & DEFINITE:
            return at
    for at in range(first + 1, last):
        flag, before = sentence.flags[at], sentence.flags[at - 1]
        held = _is_held(sentence, at) and before & (DEFINITE | NAMED | PERSON)
        if held or _ends_many(sentence, at):
            return at
        noun = flag & (PERSON_NOUN | BODY) or begins_content(sentence.norm[at])
        held = flag & (NAMED | PERSON | DEFINITE | ADDRESSEE) or sentence.norm[at].startswith(AND)
        if before & NAMED and before & NAME_BEGINS and not before & (PERSON | DEFINITE) and noun and not held:
            return at  # a name holds no noun: أيدت الهند قرار المجلس
    for at in range(first + 1, last):
        word, before = sentence.norm[at], sentence.norm[at - 1]
        if before.startswith(ARTICLE) and VERBAL_NOUN.match(word) and not sentence.flags[at] & (NAMED | PERSON):
            return at
        if sentence.flags[at] & DEFINITE and before.startswith(ARTICLE) and before.endswith(ADJECTIVE_ENDINGS):
            if not word.endswith(ADJECTIVE_ENDINGS) and not sentence.flags[at] & SAYER:
                return at
    return last
