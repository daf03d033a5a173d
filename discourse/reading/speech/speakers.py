"""Who speaks: the noun phrase behind a cue, with titles, appositions and names."""

import re

from discourse.reading.speech.sentences import Reader, Sentence, next_place
from discourse.reading.speech.words import (
    ABOUT,
    ACCUSATIVE,
    ADDRESSEE,
    ARTICLE,
    BODY,
    BRACKET,
    COLON,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    FOR,
    FOR_THE,
    GRAMMAR,
    IN,
    LATIN,
    NAMED,
    OF,
    OPENER,
    PERSON,
    PERSON_NOUN,
    PREP,
    REL,
    RULE,
    SAYER,
    SOURCE,
    STOP,
    TIME,
    TO,
    VERBISH,
    WITH,
    WORDS,
    begins_content,
    group,
    is_sayer,
)  # fmt: skip

__all__ = [
    "ADJECTIVE_ENDINGS", "ADJECTIVE_ENDINGS_OF_MANY", "MEDIA", "VERBAL_NOUN",
    "BREAKS", "NO_VERB", "PRONOUNS", "can_speak", "carries_preposition", "is_ban", "is_verbal_noun", "phrase_after",
    "subject_after",
]  # fmt: skip

_LONGEST = 24  # words of a speaker with titles and appositions
_APPOSITION = 12
BREAKS = COMP | PREP | TIME | REL | OPENER | COMMA | COLON | STOP | DASH | VERBISH | SOURCE | BRACKET
_PARTITIVE = group("partitive")
VERBAL_NOUN = re.compile(f"(?:{'|'.join(WORDS['verbal_noun_shapes'])})$")
_BEHIND_WITH = re.compile(f"(?:{'|'.join(WORDS['noun_shapes_behind_with'])})$")
MEDIA = group("media")
_NOT_PLURAL = group("not_plural")
_HIS_WORDS = group("his_saying")
_ISSUED = group("issued")
_OCCASIONS = group("occasions")
_MANNER = re.compile(f"(?:{'|'.join(WORDS['manner_shape'])})$")  # مازحا، غاضبا: how it was said
_BACK_TO_IT = group("back_to_it")
NO_VERB = group("no_verb")  # negators, prepositions and nouns after which no finite verb of report stands
PRONOUNS = group("pronouns")
_BESIDE_A_TITLE = group("beside_a_title")
_BAN, _BAN_GOES_ON = WORDS.one("ban"), WORDS.one("ban_goes_on")
_OBLIQUE_PLURAL = GRAMMAR.one("oblique_plural")
ADJECTIVE_ENDINGS = GRAMMAR.normal("adjective_endings")
ADJECTIVE_ENDINGS_OF_MANY = GRAMMAR.normal("adjective_endings_of_many")
_RESPONSIBILITY = WORDS.one("responsibility_stem")
_LETTERS_BEHIND_WITH = WORDS.normal("behind_with")


def can_speak(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a phrase names a person, a body or a document that can be the source of speech."""
    flags = sentence.flags[first:last]
    return bool(flags) and not flags[0] & RULE and any(flag & SAYER for flag in flags[:2])


def is_ban(sentence: Sentence, at: int) -> bool:
    """The name بان (Ban Ki-moon) is written like بأن: followed by كي or by an addressee it is the name."""
    return sentence.norm[at] == _BAN and (
        sentence.word(at + 1) == _BAN_GOES_ON or bool(sentence.flag(at + 1) & ADDRESSEE)
    )


def subject_after(sentence: Sentence, place: int, reader: Reader) -> tuple[int, int, int]:
    """Return (first, last, next) of the noun phrase behind a cue, past adverbs, addressees and a parenthesis.

    first == last where there is none; ``next`` is where the search for the content goes on.
    """
    flags, size = sentence.flags, len(sentence.norm)
    at = place + 1
    while at < size and at < place + 12:
        flag = flags[at]
        manner = not flag & ~ACCUSATIVE and _MANNER.match(sentence.norm[at]) and at == place + 1
        if flag & TIME and not flag & SAYER or sentence.norm[at] in _BACK_TO_IT or manner:
            at += 1
        elif flag & ADDRESSEE or sentence.norm[at] == FOR:
            at += 1
            if at in sentence.opens:
                at = max(at, next_place(sentence, sentence.opens[at].closes, at, 6) + 1)
            while at < size and flags[at] & (LATIN | DEFINITE) and not flags[at] & (BREAKS | SAYER):
                at += 1
        elif flag & (COMMA | DASH) and at == place + 1:
            close = next((k for k in range(at + 1, min(at + 9, size)) if flags[k] & flag & (COMMA | DASH)), -1)
            if close < 0 or any(flags[k] & COMP for k in range(at, close)):
                break
            at = close + 1
        else:
            break
    if at >= size:
        return at, at, at
    if _is_object(sentence, at):
        return at, at, at
    last = phrase_after(sentence, at, reader)
    return at, last, last


def _is_object(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun behind a verb is its object by form: an oblique plural (حث المسلحين), a verbal noun."""
    word, flag = sentence.norm[at], sentence.flags[at]
    if flag & (NAMED | PERSON) or word in _PARTITIVE and sentence.word(at + 1) == OF:  # قال كل من فلان وفلان
        return False
    if word.startswith(ARTICLE) and word.endswith(_OBLIQUE_PLURAL) and len(word) > 6 and word not in _NOT_PLURAL:
        return True
    name = sentence.flag(at + 1) & (COMP | COLON | COMMA)  # قال افتخار إن
    return not flag & SAYER and (begins_content(word) or bool(VERBAL_NOUN.match(word) and not name))


def is_verbal_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun of doing stands at a place by its form or by the list (تأجيل، مقتل)."""
    word = sentence.word(at)
    return (
        len(word) > 3
        and not sentence.flag(at) & (SAYER | PREP)
        and bool(begins_content(word) or VERBAL_NOUN.match(word))
    )


def phrase_after(sentence: Sentence, first: int, reader: Reader, *, closing: bool = False) -> int:
    """Return the end of the noun phrase that begins at ``first``, with titles, appositions and conjuncts.

    ``closing`` lets an apposition end the sentence (وفقا لمسؤول، فلان الفلاني.).
    """
    at, size = first, min(len(sentence.norm), first + _LONGEST)
    while at < size:
        step = _step(sentence, at, first, reader, closing)
        if step <= 0:
            at -= step
            break
        at += step
    while at > first and sentence.flags[at - 1] & COMMA:
        at -= 1
    return min(at, len(sentence.norm))


def _step(sentence: Sentence, at: int, first: int, reader: Reader, closing: bool) -> int:
    """Return how many tokens the phrase takes at ``at``: 0 to stop, less than 0 to take that many and stop."""
    flag, word = sentence.flags[at], sentence.norm[at]
    if at in sentence.opens:
        return _name_in_marks(sentence, at)
    if at in sentence.closes or word in NO_VERB and not flag & PREP:
        return 0
    if sentence.form[at] in reader.finite and not flag & SAYER:
        return 0
    if word in _HIS_WORDS or at > first and _is_held_noun(sentence, at, reader):
        return 0
    if at > first and flag & ACCUSATIVE and not sentence.flags[first] & ACCUSATIVE and not flag & (NAMED | PERSON):
        return 0
    if at > first and (
        word == OF and sentence.norm[at - 1] in _PARTITIVE or word == ABOUT and sentence.norm[at - 1] in _ISSUED
    ):
        return 1
    if word in _BESIDE_A_TITLE:
        follows = sentence.flag(at + 1)
        if at > first and sentence.word(at + 1) in group("this"):
            return 2
        if at > first and word == IN and sentence.word(at + 1) in group("places"):
            return 1
        occasion = sentence.word(at + 1) in _OCCASIONS and word == IN
        if at > first and not occasion and word != TO and follows & SAYER and not follows & (VERBISH | TIME):
            return 1
        return 2 if at > first and word != OF and _name_follows(sentence, first, at + 1) else 0
    if word == "(" and at > first:
        close = next((k for k in range(at + 1, min(at + 7, len(sentence.norm))) if sentence.norm[k] == ")"), -1)
        return close + 1 - at if close > 0 else 0
    if flag & STOP and at > first and len(sentence.norm[at - 1]) == 1:  # د. فلان
        return 1
    if flag & COMMA and at > first:
        return -max(0, _apposition(sentence, at, closing) - at)
    if flag & BREAKS and not flag & (NAMED | PERSON) and not is_ban(sentence, at):
        return 0
    if (
        flag & ADDRESSEE
        and at > first
        and not (flag & NAMED and sentence.flags[first] & PERSON_NOUN and sentence.flags[at - 1] & DEFINITE)
        and not sentence.flags[at - 1] & (PERSON_NOUN | BODY)
        and word not in group("of_an_agency")
    ):
        return 0
    if carries_preposition(word) and not flag & (NAMED | PERSON):
        head = sentence.norm[first].removeprefix(FOR)
        title = sentence.flags[first] & PERSON_NOUN or head in group("people") or head[1:] in group("people")
        title = title and not sentence.flags[at - 1] & DEFINITE or sentence.norm[first].startswith(FOR_THE)
        place = title and is_sayer(word[1:]) or _name_follows(sentence, first, at)
        return 1 if at > first and place else 0
    if at > first and (not flag & SAYER and begins_content(word) or word in group("blame") or _carries_for(word, flag)):
        return 0
    return 1


def _is_held_noun(sentence: Sentence, at: int, reader: Reader) -> bool:
    """A noun of speech with its pronoun (تأكيده), or behind a definite noun (الحركة تحذيرات), is no part of a name."""
    form = reader.forms[sentence.form[at]] if sentence.form[at] >= 0 and reader.forms else None
    closed = sentence.flags[at - 1] & (DEFINITE | NAMED | PERSON) and not sentence.flags[at] & SAYER
    return form is not None and form.form == "noun" and bool(form.suffix or closed)


def _name_follows(sentence: Sentence, first: int, place: int) -> bool:
    """Tell whether a place belongs to the title: a name or the content follows (مراسل بي بي سي في كابول فلان إن)."""
    if not sentence.flags[first] & PERSON_NOUN or sentence.flag(place) & BREAKS or sentence.word(place) in _OCCASIONS:
        return False
    for at in range(place + 1, min(place + 6, len(sentence.norm))):
        flag = sentence.flags[at]
        if flag & PERSON or flag & (TIME | COMMA) and at > place + 1 and not sentence.flags[place + 1] & DEFINITE:
            return True
        if flag & (COMP | COLON) or at in sentence.opens:
            return True
        if flag & COMMA and at == place + 1:
            return _apposition(sentence, at, False) > 0
        if flag & BREAKS and not flag & (NAMED | PERSON) or sentence.form[at] >= 0 and not flag & SAYER:
            return False
    return False


def carries_preposition(word: str) -> bool:
    """Tell whether a word begins with the preposition ب rather than with the letter of a name."""
    if len(word) < 3 or not word.startswith(WITH) or word in group("names_in_b"):
        return False
    bare = word.removeprefix(WITH)
    shaped = bare.startswith(_LETTERS_BEHIND_WITH) and len(word) > 4 or bool(_BEHIND_WITH.match(bare))
    return bare.startswith(ARTICLE) or begins_content(bare) or shaped


def _name_in_marks(sentence: Sentence, at: int) -> int:
    """The tokens of a short quoted name, with its marks; 0 where the marks hold what is said."""
    span = sentence.opens[at]
    close = next_place(sentence, span.closes, at, 8)
    if not span.closed or close < 0 or close - at > 6:
        return 0
    if sentence.flag(close + 1) & STOP or close + 1 >= len(sentence.norm):
        return 0
    if sentence.flag(at + 1) & COMP:
        return 0
    for place in range(close + 1, min(close + 15, len(sentence.norm))):
        flag = sentence.flags[place]
        if sentence.form[place] >= 0 and sentence.prefix[place]:
            return 0
        if flag & COMP or place in sentence.opens or sentence.norm[place].startswith(_RESPONSIBILITY):
            return close + 1 - at
        if flag & STOP:
            return 0
    return 0


def _apposition(sentence: Sentence, comma: int, closing: bool) -> int:
    """Return the end of an apposition behind a comma (رئيس الشرطة، إقبال خان، إن), or 0."""
    at, size = comma + 1, len(sentence.norm)
    while at < min(size, comma + 1 + _APPOSITION):
        flag = sentence.flags[at]
        if flag & (COMMA | COLON | COMP) or at in sentence.opens:
            return at if at > comma + 1 else 0
        if closing and flag & STOP and comma + 1 < at <= comma + 5:
            return at
        if sentence.norm[at] in (IN, OF) and at > comma + 1:
            at += 1
            continue
        if not flag & SAYER and (flag & (BREAKS & ~BRACKET) or sentence.form[at] >= 0):
            return 0
        at += 1
    return at if closing and at == size and comma + 1 < at <= comma + 5 else 0


def _carries_for(word: str, flag: int) -> bool:
    """Tell whether a word is the preposition ل with a verbal noun (دعوة الأمين لتعزيز)."""
    bare = word.removeprefix(FOR)
    verbal = VERBAL_NOUN.match(bare) or begins_content(bare)
    return len(bare) < len(word) and len(bare) > 2 and not flag & (SAYER | ADDRESSEE) and bool(verbal)
