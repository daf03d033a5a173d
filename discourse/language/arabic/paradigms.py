"""Paradigms: the written forms of a noun, an adjective and a verb, worked out from their stems.

A *host* is a form without clitics, its class (inflection.CLASSES) what may stand before and behind it.
"""

from collections.abc import Callable, Iterable, Mapping

from discourse.language.arabic.stems import CONSONANT, ending_place

__all__ = ["accusatives", "adjective", "conjugate", "noun", "possessed", "singular"]

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


def singular(stem: str, *, final_alef: bool) -> list[tuple[str, str]]:
    """Return the singular with what happens to its last letter before a pronoun."""
    if stem.endswith("ة"):
        return [(stem, "noun_only"), (_tied(stem), "suffixed")]
    if final_alef:  # written ى: مستشفى, مستشفاه
        return [(stem, "noun_only"), (stem[:-1] + "ا", "suffixed")]
    if stem.endswith("اء"):  # وزراء, وزراؤه, وزرائه
        return [(stem, "noun"), (stem[:-1] + "ؤ", "suffixed"), (stem[:-1] + "ئ", "suffixed")]
    return [(stem, "noun")]


def noun(stem: str, spec: Mapping, *, final_alef: bool) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of a noun: singular, dual and sound plurals, as its declaration allows."""
    forms = singular(stem, final_alef=final_alef)
    base = stem[:-1] if stem.endswith("ة") else stem
    tie = "ت" if stem.endswith("ة") else ""
    if spec.get("dual", True) and not final_alef:
        forms += [(base + tie + "ان", "noun_only"), (base + tie + "ين", "noun_only")]
        forms += [(base + tie + "ي", "suffixed"), (base + tie + "ا", "suffixed")]
        if tie:
            forms += [(base + "تا", "construct"), (base + "تي", "construct")]
    sound = spec.get("sound", "f")
    if sound in ("f", "both"):
        forms.append((base + "ات", "noun"))
    if sound in ("m", "both"):
        forms += _masculine_plural(base)
    if not tie and stem[-1] not in "اء" and not final_alef:
        forms.append((stem + "ا", "accusative"))
    return forms


def _masculine_plural(base: str) -> list[tuple[str, str]]:
    return [
        (base + "ون", "noun_only"),
        (base + "ين", "noun_only"),
        (base + "و", "construct"),
        (base + "ي", "construct"),
    ]


def adjective(stem: str, spec: Mapping, *, final_alef: bool) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of an adjective or participle."""
    base = stem[:-1] if stem.endswith("ة") else stem
    forms = [(base, "noun"), (base + "ة", "noun_only"), (base + "ت", "suffixed"), (base + "ات", "noun")]
    forms += [(base + "ان", "noun_only"), (base + "تان", "noun_only"), (base + "تين", "noun_only")]
    forms += [(base + "ا", "accusative"), (base + "تا", "construct"), (base + "تي", "construct")]
    if final_alef:
        forms.append((base[:-1] + "ا", "suffixed"))
    if spec.get("sound", "both") != "f":
        forms += _masculine_plural(base)
    return forms


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
