"""Stems of a verb: those of its measures, what stands before which endings, with its passives and its command."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from discourse.language.arabic.measures import Pair, lists, patterns, same

__all__ = ["ANY", "CONSONANT", "VOWEL", "Stem", "ending_place", "verb_measures", "verb_stems"]

ANY, VOWEL, CONSONANT = "any", "vowel", "consonant"
_SHADDA = "\u0651"
_VOWELS = str.maketrans(dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0640"))


class Stem(NamedTuple):
    """A stem as written, without the letters of the persons.

    Attributes
    ----------
    text : str
        With its last weak letter as the third person has it: نفى, دعا, نسي, نفي.
    tense : str
        past, present or command (with its helping alef).
    before : str
        Which endings it takes: vowel (and none), consonant, or any. The present without an ending of the jussive
        belongs to the stem before consonants.
    voice : str
        active or passive.
    """

    text: str
    tense: str
    before: str = ANY
    voice: str = "active"


@cache
def verb_stems(lemma: str) -> tuple[Stem, ...]:
    """Return the stems of a verb: past, present and command, active and passive.

    Examples
    --------
    >>> [stem.text for stem in verb_stems("أضاف") if stem.voice == "active" and stem.tense != "command"]
    ['أضاف', 'أضف', 'ضيف', 'ضف']
    >>> sorted({stem.text for stem in verb_stems("بدأ") if stem.tense == "present"})
    ['بدأ']
    """
    return tuple(dict.fromkeys(stem for measure in verb_measures(lemma) for stem in measure))


@cache
def verb_measures(lemma: str) -> tuple[tuple[Stem, ...], ...]:
    """Return the stems of a verb by measure: those that one vowelled verb of these letters can have.

    Examples
    --------
    >>> [[stem.text for stem in measure if stem.tense == "present"] for measure in verb_measures("وصل")]
    [['صل', 'وصل'], ['وصل', 'وصل']]
    """
    word = lemma.translate(_VOWELS)
    shadda = word.find(_SHADDA)
    word = word.replace(_SHADDA, "")
    if len(word) < 2:
        return ()
    found = dict.fromkeys(patterns(word, shadda))
    return tuple(tuple(stem for stem in _conjugated(*pattern) if stem.text) for pattern in found)


def _conjugated(past: Pair, present: Pair, prefix: str) -> Iterator[Stem]:
    """Yield the stems of one measure, with its passives and its command."""
    yield from _pair(past, "past", "active")
    yield from _pair(present, "present", "active")
    yield from (Stem(text, "present", CONSONANT) for text in lists()["short_jussive"].get(past[0], ()))
    lemma = past[0]
    if not (len(lemma) == 3 and lemma[1] == "ا" and past[1] != lemma + lemma[-1]) or lemma in lists()["hollow_passive"]:
        yield from _pair(_passive_past(past), "past", "passive")
        yield from _pair(_passive_present(past, present), "present", "passive")
    yield from _commands(past, present, prefix)


def _pair(pair: Pair, tense: str, voice: str) -> Iterator[Stem]:
    if pair[0] == pair[1]:
        yield Stem(pair[0], tense, ANY, voice)
    else:
        yield Stem(pair[0], tense, VOWEL, voice)
        yield Stem(pair[1], tense, CONSONANT, voice)


def _passive_past(past: Pair) -> Pair:
    """دعي, قيل, أضيف, قوتل, تبودل, سئل, قرئ, أومن."""
    long, short = past
    if long[-2:] == "اء" and len(long) > 2:  # جيء, أسيء
        return long[:-2] + "يء", long[:-2] + "ئ"
    if long[-1] in "ىا" and len(long) > 2:
        text = _rounded(long[:-1]) + "ي"
        return same(text.replace("أي", "ئي") if text[:-1].endswith("أ") and len(text) == 3 else text)
    if long[-1] == "أ":
        return same(_rounded(long[:-1]) + "ئ")
    if len(long) > 2 and long[-2] == "ا" and long[0] != "ت" and long != short and short != long + long[-1]:
        return long[:-2] + "ي" + long[-1], short
    if long != short:
        return _rounded(long), _rounded(short) if short == long + long[-1] else short
    text = _rounded(long)
    if len(text) == 3 and text[1] == "أ":
        text = text[0] + "ئ" + text[2]
    return same(text)


def _rounded(stem: str) -> str:
    """Return a stem of the third or sixth measure with و for its ا, and آ as أو."""
    if stem.startswith("آ"):
        return "أو" + stem[1:]
    if stem.startswith("أي"):
        return "أو" + stem[2:]
    if len(stem) > 2 and stem[1] == "ا" and stem[0] != "ا":
        return stem[0] + "و" + stem[2:]
    if len(stem) > 3 and stem[0] == "ت" and stem[2] == "ا":
        return stem[:2] + "و" + stem[3:]
    return stem


def _passive_present(past: Pair, present: Pair) -> Pair:
    """يقال, يضاف, يدعى, يوجد, يؤكل, يقرأ."""
    long, short = present
    lemma = past[0]
    if lemma[0] == "و" and len(lemma) == 3 and long[:1] != "و":
        long = short = "و" + long
    if long[:1] == "أ" and long == short:
        long = short = "ؤ" + long[1:]
    if long[-2:-1] in ("و", "ي") and long != short and short != long + long[-1]:
        return long[:-2] + "ا" + long[-1], short[:-1] + "أ" if long[-1] == "ء" else short
    if long[-1:] in ("ي", "و") and len(long) > 1:
        return same(long[:-1] + "ى")
    if long[-1:] == "ئ":
        return same(long[:-1] + "أ")
    if long == short and len(long) > 2 and long[-2] == "ئ" and lemma[-2] == "أ":
        return same(long[:-2] + "أ" + long[-1])
    return long, short


def _commands(past: Pair, present: Pair, prefix: str) -> Iterator[Stem]:
    """اكتب, قل, قولوا, عد, أضف, استعد, سم, خذ."""
    long, short = present
    lemma = past[0]
    if lemma[0] == "آ":
        long, short = lemma[0] + long[1:].lstrip("ا"), lemma[0] + short[1:].lstrip("ا")
    elif lemma[0] == "أ" and prefix == "" and long[:1] == "أ":
        long, short = long[1:], short[1:]
    elif lemma[0] == "أ" and long[:1] == "ؤ":
        long, short = "أ" + long[1:], "أ" + short[1:]
    elif lemma[0] == "أ" and past[0] != past[1] or prefix == "أ":
        if long[:1] == "و" and lemma[1:2] == "ي":
            long, short = "ي" + long[1:], "ي" + short[1:]
        long, short = "أ" + long, "أ" + short
    elif prefix and (long == short or len(lemma) > 3):
        long, short = prefix + long, prefix + short
    if long[:2] == "اأ":
        long, short = "ائ" + long[2:], "ائ" + short[2:]
    if long == short:
        yield Stem(long, "command", ANY)
    else:
        yield Stem(long, "command", VOWEL)
        yield Stem(short, "command", CONSONANT)


def ending_place(text: str, others: Sequence[str]) -> str:
    """Tell which endings a declared stem takes, by the other stems declared with it.

    Examples
    --------
    >>> ending_place("قل", ["قال", "قل"]), ending_place("عد", ["عد", "عدد"]), ending_place("وصف", ["وصف"])
    ('consonant', 'vowel', 'any')
    """
    without = {other[:-2] + other[-1] for other in others if len(other) > 2 and other[-2] in "اوي"}
    doubled = {other + other[-1] for other in others}
    if text in without or text in doubled:
        return CONSONANT
    if text + text[-1] in others or (text[-2:-1] in tuple("اوي") and text[:-2] + text[-1] in others):
        return VOWEL
    return ANY
