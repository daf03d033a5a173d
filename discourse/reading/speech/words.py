"""Classes of the words around reported speech, as bits, once per distinct word."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from discourse.language.base import load_language
from discourse.reading.speech.cue_forms import CueForm

__all__ = [
    "ABOUT", "ACCUSATIVE", "ADDRESSEE", "ALREADY", "AND", "ARTICLE", "ASK", "AS_HE_SAID", "BODY", "BRACKET", "COLON",
    "COMMA", "COMP", "CONJUNCTIONS", "DASH", "DEFINITE", "EXTENT", "FEMININE", "FOR", "FOR_THE", "GOVERNING",
    "GRAMMAR", "IN", "KAMA", "LATIN", "NAMED", "NAME_BEGINS", "NUMBER", "OF", "ON", "OPENER", "PASSIVE",
    "PAST_BEFORE", "PERSON", "PERSON_NOUN", "PREP", "REL", "RULE", "SAYER", "SOURCE", "STOP", "THAT", "TIME", "TO",
    "VERBISH", "WHAT", "WITH", "WORDS", "WordClasses", "bare_of", "begins_content", "classify_words", "group",
    "is_sayer", "pattern", "patterns",
]  # fmt: skip

_BITS = tuple(1 << number for number in range(26))
(
    COMP,  # complementizer: what is said begins here (أن، إنه، بأن)
    PREP,
    TIME,  # time and manner words that may stand between cue and speaker
    REL,
    OPENER,  # opens a clause (لكن، كما، وكان)
    COMMA, COLON, STOP, DASH, BRACKET,
    PERSON_NOUN,  # مسؤول، متحدث، وزير
    BODY,  # وزارة، حركة، تقارير
    RULE,  # قانون، خطة: what one acts by, not who speaks
    DEFINITE, VERBISH, NUMBER,
    ADDRESSEE,  # لوكالة، للصحفيين
    KAMA, ASK,
    SOURCE,  # حسب، وفقا
    LATIN,
    NAMED,  # an actor of the lexicon
    PERSON,  # a person of the lexicon
    NAME_BEGINS,  # its first word
    PASSIVE,  # written with the damma of the passive
    ACCUSATIVE,  # written with the ending of an indefinite object
) = _BITS  # fmt: skip
SAYER = PERSON_NOUN | BODY | NAMED | PERSON

WORDS, GRAMMAR = map(load_language("arabic").words, ("speech", "grammar"))
AND, ARTICLE, FOR, FOR_THE = map(GRAMMAR.one, ("and", "article", "for", "for_the"))
ABOUT, IN, OF, ON, TO, THAT, WHAT = map(GRAMMAR.one, ("about", "in", "of", "upon", "to", "that", "what"))
ALREADY, PAST_BEFORE = GRAMMAR.normal("already"), WORDS.normal("before_now")
CONJUNCTIONS = GRAMMAR.normal("conjunctions")
AS_HE_SAID = WORDS.one("as_he_said")
EXTENT = WORDS.one("extent")
GOVERNING = dict(zip(WORDS.normal("governing"), WORDS["governing"], strict=True))  # as the lexicon writes them
GOVERNING_WITH, GOVERNING_FOR = WORDS["governing_with"][0], WORDS["governing_for"][0]
FEMININE = GRAMMAR.one("feminine")
WITH = GRAMMAR.one("with")
_AND_THE, _HE, _ALEF = map(GRAMMAR.one, ("and_the", "he", "accusative"))
_ADDRESSEES = (FOR_THE, *WORDS.normal("addressees"))
_NOT_VERB_ENDINGS = GRAMMAR.normal("not_verb_endings")
_SHORT = WORDS.normal("short_verbs")  # verbs of two letters that stand behind و (ورد and وعد are words of their own)
_MARKS = {
    **dict.fromkeys("،,;؛", COMMA), **dict.fromkeys(".!؟?…۔", STOP), **dict.fromkeys("-–—", DASH),
    **dict.fromkeys("()[]", BRACKET),
    ":": COLON,
}  # fmt: skip
_GROUPS = {
    "complementizers": COMP, "prepositions": PREP, "times": TIME, "relatives": REL, "openers": OPENER,
    "people": PERSON_NOUN,
    "bodies": BODY, "rules_and_plans": RULE, "questions": ASK, "sources": SOURCE,
}  # fmt: skip


class WordClasses(NamedTuple):
    """What each distinct word of a corpus is: bits of ``flags``; number of the cue form in ``forms``, -1 for none."""

    flags: np.ndarray
    form: np.ndarray
    prefix: np.ndarray  # 1 where the conjunction و or ف stands before the cue
    forms: list[CueForm]


@cache
def group(name: str) -> frozenset[str]:
    """Return the normal forms of one list of words of the language's speech.yml."""
    return frozenset(WORDS.normal(name))


def patterns(name: str) -> frozenset[str]:
    """Return the entries of the speech lexicon for a list of lemmas of the language's speech.yml."""
    return frozenset(f"[{lemma}]" for lemma in WORDS[name])


def pattern(name: str) -> str:
    """Return the entry of the speech lexicon for the one lemma of a list."""
    (found,) = patterns(name)
    return found


@cache
def _content_stems() -> tuple[frozenset[str], tuple[str, ...]]:
    words = group("begin_content")
    short = frozenset(word for word in words if len(word) < 4)
    held = {word + pronoun for word in short for pronoun in GRAMMAR.normal("holders")}
    return short | held, tuple(word for word in words if len(word) > 3)


def begins_content(word: str) -> bool:
    """Tell whether a normal form is a noun with which the object of a verb of report likes to begin (مقتل، ثقته).

    Examples
    --------
    >>> begins_content("مقتل"), begins_content("انترفاكس")
    (True, False)
    """
    exact, stems = _content_stems()
    return word in exact or word.startswith(stems)


def bare_of(word: str) -> str:
    """Return a normal form without its article; a word of four letters or less may begin with ال itself.

    Examples
    --------
    >>> bare_of("الماء"), bare_of("الان")
    ('ماء', 'الان')
    """
    return word.removeprefix(ARTICLE) if len(word) > 4 else word


def is_sayer(word: str) -> bool:
    """Tell whether a normal form, without its article, is a noun for a person, a body or a document that speaks.

    Examples
    --------
    >>> is_sayer("وزارة"), is_sayer("الوزارة"), is_sayer("خريطة")
    (True, True, False)
    """
    bare = bare_of(word)
    return bare in group("people") or bare in group("bodies")


@cache
def _table() -> dict[str, int]:
    table: dict[str, int] = dict(_MARKS)
    for name, bit in _GROUPS.items():
        for word in group(name):
            table[word] = table.get(word, 0) | bit
    table[AS_HE_SAID] |= KAMA
    return table


def _flags(word: str) -> int:
    table = _table()
    found = table.get(word, 0)
    if not found and len(word) > 2 and word.startswith(CONJUNCTIONS):
        found = table.get(word[1:], 0) & ~(OPENER | COMP)
    nouns = PERSON_NOUN | BODY | RULE
    if word.startswith(ARTICLE) and len(word) > 3:
        found |= DEFINITE | table.get(word.removeprefix(ARTICLE), 0) & nouns
    elif word.startswith(_AND_THE) and len(word) > 4:
        found |= DEFINITE | table.get(word.removeprefix(_AND_THE), 0) & nouns
    elif word.endswith(_ALEF) and word.removesuffix(_ALEF) in group("people"):  # مصدرا، مسؤولا
        found |= PERSON_NOUN
    if word.startswith(_ADDRESSEES):
        found |= ADDRESSEE
    looks_present = len(word) > 3 and word.startswith(_HE) and not word.endswith(_NOT_VERB_ENDINGS)
    if not found and looks_present and word not in group("not_verbs"):
        found |= VERBISH
    if word[:1].isdigit():
        found |= NUMBER
    elif word.isascii() and word[:1].isalpha():
        found |= LATIN
    return found


def classify_words(words: Iterable[str], forms: Mapping[str, CueForm]) -> WordClasses:
    """Return the classes of distinct normal forms, in their order.

    A word that is a cue as it stands is never read as و or ف and a cue (وعد *promised* is not و + عد).

    Examples
    --------
    >>> classes = classify_words(["وقال", "أن", "الوزير"], {"قال": CueForm(0, "past", "ms", False)})
    >>> classes.form.tolist(), classes.prefix.tolist()
    ([0, -1, -1], [1, 0, 0])
    """
    places: dict[str, int] = {}
    listed: list[CueForm] = []
    flags, form, prefix = [], [], []
    for word in words:
        key, cut = word, 0
        rest = word[1:]
        joined = word.startswith(CONJUNCTIONS) and (len(word) > 3 or rest in _SHORT)
        if joined and word not in forms and rest in forms:
            key, cut = rest, 1
        number = -1
        if key in forms:
            if key not in places:
                places[key] = len(listed)
                listed.append(forms[key])
            number = places[key]
        flags.append(_flags(word))
        form.append(number)
        prefix.append(cut)
    return WordClasses(np.array(flags, np.int32), np.array(form, np.int32), np.array(prefix, np.int8), listed)
