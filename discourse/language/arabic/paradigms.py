"""Paradigms: the written forms of a noun, an adjective and a verb, worked out from their stems.

A *host* is a form without clitics, its class (inflection.CLASSES) what may stand before and behind it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.language.arabic.stems import CONSONANT, ending_place
from discourse.language.words import read_words

__all__ = [
    "accusative",
    "accusatives",
    "adjective",
    "conjugate",
    "indefinite",
    "masculine_plural",
    "numbers",
    "noun",
    "possessed",
    "singular",
]

# The endings of the past behind a stem that ends in no vowel, and who acts; two and many are both p.
_PAST = {"": "ms", "ت": "fs", "ا": "p", "تا": "p", "ن": "p", "نا": "first", "تم": "second"}
_MANY, _MANY_BEFORE_PRONOUN = "وا", "و"
_PERSONS = {"ي": "ms", "ت": "fs", "ن": "first", "ا": "first"}  # the letters before the present, and who acts
_OF_MANY = ("ي", "ت")  # those of them that take the endings of many
_PRONOUNS = ("ه", "ها", "هم", "هما")
_TWO = "هما"


def _tied(stem: str) -> str:
    """Return a noun as it stands before a pronoun: its ة is written ت."""
    return stem[:-1] + "ت" if stem.endswith("ة") else stem


_JOINING = frozenset("بتثجحخسشصضطظعغفقكلمنهيئـ")  # letters that are written onto the next


def singular(stem: str) -> list[tuple[str, str]]:
    """Return the singular with what happens to its last letter before a pronoun.

    Examples
    --------
    >>> singular("مستشفى")
    [('مستشفى', 'noun_only'), ('مستشفا', 'suffixed')]
    >>> [form for form, _ in singular("جزء")]
    ['جزء', 'جزؤ', 'جزئ', 'جزأ']
    """
    if stem.endswith("ة"):
        return [(stem, "noun_only"), (_tied(stem), "suffixed")]
    if stem.endswith("ى"):
        return [(stem, "noun_only"), (stem[:-1] + "ا", "suffixed")]
    seats = {"ء": "ؤئأ" if stem[-2:-1] not in ("ا", "ي", "و") else "ؤئ", "أ": "ؤئ", "ؤ": "ئ", "ئ": ""}.get(stem[-1], "")
    if len(stem) < 3:
        seats = ""
    return [(stem, "noun"), *((stem[:-1] + seat, "suffixed") for seat in seats)]


def accusative(stem: str) -> list[tuple[str, str]]:
    """Return the accusative with alef: حوارا, جزءا, شيئا; words in ة, ى, ا, اء and أ take none.

    Examples
    --------
    >>> [form for word in ("شيء", "جزء", "لقاء") for form, _ in accusative(word)]
    ['شيئا', 'شيءا', 'جزءا']
    """
    if stem[-1] in "ةىاأ" or stem.endswith("اء"):
        return []
    forms = [stem + "ا"]
    if stem[-1] == "ء" and stem[-2:-1] in _JOINING:
        forms.insert(0, stem[:-1] + "ئا")
    return [(form, "accusative") for form in forms]


def _before_vowel(stem: str, ending: str) -> list[str]:
    """Return the spellings of a noun without its ة with an ending that begins with a vowel: مبدآن, جزأين, شيئان."""
    if stem[-1] == "ى":
        return [stem[:-1] + "ي" + ending]
    if stem[-1] == "أ" and ending[0] == "ا":
        return [stem[:-1] + "آ" + ending[1:]]
    if stem[-1] == "ء" and len(stem) > 2:
        seats = (
            "ئ" if stem[-2] in "يئ" or stem.endswith("اء") else "أئ" if stem[-2] in _JOINING or stem[-2] == "ز" else "ئ"
        )
        head = stem[:-1]
        forms = [stem + ending]
        for seat in seats:
            if not (seat == "ئ" and ending[0] == "ا" and stem.endswith("اء")):
                forms.append(head + ("آ" + ending[1:] if seat == "أ" and ending[0] == "ا" else seat + ending))
        return forms
    return [stem + ending]


def _dual(stem: str) -> list[tuple[str, str]]:
    """Return the dual: it loses its ن in the construct and before a pronoun (وزيري, وزيريه)."""
    base = _tied(stem)
    forms = [(form, "noun_only") for ending in ("ان", "ين") for form in _before_vowel(base, ending)]
    forms += [(form, "construct") for form in _before_vowel(base, "ا")]
    forms += [(form, "construct" if stem.endswith("ة") else "dual") for form in _before_vowel(base, "ي")]
    return forms


def noun(stem: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the (form, class) pairs of a noun: singular, dual and sound plurals, as its declaration allows."""
    forms = singular(stem) + accusative(stem)
    base = stem[:-1] if stem.endswith("ة") else stem
    if spec.get("dual", True) and len(base) > 1 and stem[-1] != "ا":
        forms += _dual(stem)
    sound = spec.get("sound", "f")
    if sound in ("f", "both"):
        forms += [(form, "noun") for form in _before_vowel(base, "ات")]
    if sound in ("m", "both"):
        forms += masculine_plural(base)
    return forms


def masculine_plural(base: str) -> list[tuple[str, str]]:
    """Return the sound masculine plural with its construct: مقاتلون, مقاتلي; the participles in ى keep their a."""
    if base[-1] in "ىي" and base[-2:-1] != "ي" and base in defective():
        base = base[:-1]
    forms = [
        (base + "ون", "noun_only"),
        (base + "ين", "noun_only"),
        (base + "و", "construct"),
        (base + "ي", "construct"),
    ]
    if base[-1] == "ى":
        return [(form[: len(base) - 1] + form[len(base) :], name) for form, name in forms]
    if base[-1] == "ء":
        return [(base[:-1] + ("ؤ" if ending[0] == "و" else "ئ") + ending, name)
                for ending, (_, name) in zip(("ون", "ين", "و", "ي"), forms, strict=True)] + forms  # fmt: skip
    return forms


@cache
def _adjectives() -> Mapping[str, Any]:
    return read_words(files("discourse.language.arabic") / "adjectives.yml")


@cache
def numbers() -> Mapping[str, str]:
    """Return the numbers that change behind a preposition, in normal form: ثلاثون, ثلاثين."""
    return {DEFAULT_NORMALIZER(word): DEFAULT_NORMALIZER(other) for word, other in _adjectives()["numbers"].items()}


@cache
def defective() -> frozenset[str]:
    """Return the participles in ي that lose it without the article: قاضي, قاض."""
    return frozenset(_adjectives()["defective"])


def indefinite(stem: str) -> list[tuple[str, str]]:
    """Return a participle in ي as it stands without the article (قاض), or the other way round."""
    if stem.endswith("ي") and stem in defective():
        return [(stem[:-1], "noun_only")]
    return [*singular(stem + "ي"), *accusative(stem + "ي")] if stem + "ي" in defective() else []


def adjective(stem: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the (form, class) pairs of an adjective or participle: elative and colour have feminines of their own."""
    base = stem[:-1] if stem.endswith("ة") else stem
    soft = base[:-1] + "ئ" if base[-1] == "ء" and base[-2:-1] == "ي" else base
    soft = soft[:-1] + "ا" if soft[-1] == "ى" else soft
    if base + "ي" in defective():
        soft = base + "ي"
    many = soft[:-1] + "ي" if base[-1] == "ى" else soft
    forms = singular(base)
    forms += accusative(base)
    forms += [(soft + "ة", "noun_only"), (soft + "ت", "suffixed"), (many + "ات", "noun")]
    forms += [(many + "ان", "noun_only"), (soft + "تان", "noun_only"), (soft + "تين", "noun_only")]
    forms += [(many + "ا", "construct"), (soft + "تا", "construct"), (soft + "تي", "construct")]
    if spec.get("sound", "both") != "f":
        forms += masculine_plural(base)
    if len(base) == 4 and base[0] == "أ":
        forms += _elative(base)
    return forms + indefinite(base)


def _elative(stem: str) -> list[tuple[str, str]]:
    """أكبر: كبرى; أحمر: حمراء, حمر; أعلى: عليا."""
    known = _adjectives()
    if stem in known["feminine"]:
        words = known["feminine"][stem].split()
    elif stem in known["colour"]:
        words = [stem[1:].replace("ى", "ي") + "اء", stem[1:].replace("ى", "ي")]
    else:
        words = [stem[1:] + "ى", stem[1:] + "يات"]
    forms = [pair for word in words for pair in singular(word)]
    return forms + [
        (word[:-1] + "و" + ending, "noun_only")
        for word in words
        if word.endswith("اء")
        for ending in ("ان", "ين", "ات")
    ]


def conjugate(
    past_stems: Iterable[str], present_stems: Iterable[str], normalize: Callable[[str], str], *, dual: bool = False
) -> dict[str, tuple[str, str, bool]]:
    """Return the written forms of a verb in the first and third person: {form: (tense, person, has a pronoun)}.

    The first stem takes every ending; further stems are the short ones before consonants and long vowels
    (أضف beside أضاف, نف beside نفى) and take only endings. ``dual`` adds the dual of the past: that of some verbs is
    another word (طالبا is: students, asking).

    Parameters
    ----------
    past_stems, present_stems : iterable of str
        As ``inflect`` takes them, the present ones without the letter of the person.
    normalize : callable
        Gives the normal form.
    dual : bool
        Whether اـ of the two is a form of the past.

    Returns
    -------
    dict of str to (str, str, bool)
        Tense (past, present), person (ms, fs, p for two or many, first), whether an object pronoun stands behind.

    Examples
    --------
    >>> forms = conjugate(["نفى", "نف"], ["نفي", "نف"], lambda word: word.replace("ى", "ي"))
    >>> [word in forms for word in ("نفي", "نفت", "نفوا", "ينفون", "نفته", "تنفيه", "نف")]
    [True, True, True, True, True, True, False]
    """
    forms: dict[str, tuple[str, str, bool]] = {}

    def put(word: str, tense: str, person: str, *, bare: bool = True, pronouns: bool = False) -> None:
        if bare:
            forms.setdefault(normalize(word), (tense, person, False))
        for pronoun in _PRONOUNS if pronouns else ():
            forms.setdefault(normalize(word + pronoun), (tense, person, True))

    stems = list(past_stems)
    hollow = bool(stems) and stems[0][-2:-1] == "ا"  # قال, أضاف: the short stem with ت is the first person
    for number, stem in enumerate(stems):
        endings = ("ت", "تا", _MANY)
        if number and ending_place(stem, stems) == CONSONANT:  # قل beside قال, عدد beside عد
            endings = ("ت",)
        if not number:
            endings = ("",) if stem[-1] in "ىا" else ("", "ت", *(("ا",) if dual else ()), "تا", _MANY)
        for ending in endings:
            person = "first" if number and hollow and ending == "ت" else _PAST.get(ending, "p")
            put(stem + ending, "past", person)
        long = stem[:-1] + "ا" if not number and stem[-1] == "ى" else stem
        before_pronoun = ("ت", _MANY_BEFORE_PRONOUN) if _MANY in endings else ("ت",)
        for ending in before_pronoun if number else ("", *before_pronoun):
            put(long + ending, "past", _PAST.get(ending, "p"), bare=False, pronouns=True)
        put(long + "نا", "past", "first")
    presents = list(present_stems)
    for number, stem in enumerate(presents):
        for letter, person in _PERSONS.items():
            if not number:
                put(letter + stem, "present", person, pronouns=True)
            if letter in _OF_MANY and ending_place(stem, presents) != CONSONANT:
                put(letter + stem.rstrip("يوى") + "ون", "present", "p")
                put(letter + stem.rstrip("يوى") + _MANY, "present", "p")
    return forms


def accusatives(participle: str, normalize: Callable[[str], str]) -> dict[str, str]:
    """Return the accusative forms of a participle with their persons: those that tell what else the subject does.

    Examples
    --------
    >>> sorted(accusatives("مشير", str))
    ['مشيرا', 'مشيرات', 'مشيرة', 'مشيرين']
    """
    endings = {"ا": "ms", "ة": "fs", "ين": "p", "ات": "p"}
    return {normalize(participle + ending): person for ending, person in endings.items()}


def possessed(word: str, normalize: Callable[[str], str]) -> dict[str, bool]:
    """Return a noun, and the noun with each pronoun of one or many: {form: has a pronoun}.

    Examples
    --------
    >>> possessed("دعوة", str)
    {'دعوة': False, 'دعوته': True, 'دعوتها': True, 'دعوتهم': True}
    """
    pronouns = [pronoun for pronoun in _PRONOUNS if pronoun != _TWO]
    return {normalize(word): False} | {normalize(_tied(word) + pronoun): True for pronoun in pronouns}
