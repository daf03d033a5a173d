"""Measures of a verb, worked out from the letters of its lemma: the stems of past and present of each.

A verb is looked at as written, with its hamza: بدأ is no بدا. What the letters leave open (the vowel of a hollow
present, whether three letters are the first measure or the second) stands in measures.yml for the verbs listed there;
every other verb gets each measure that its letters allow.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.language.words import read_words

__all__ = ["Pair", "Pattern", "lists", "patterns", "same"]

_CLOSED = "صضط"  # behind which the ت of the eighth measure is ط
_VOICED = "دذز"  # behind which it is د

Pair = tuple[str, str]  # a stem before a vowel, and before a consonant
Pattern = tuple[Pair, Pair, str]  # past, present, the helping letter of the command


@cache
def lists() -> Mapping[str, Any]:
    """Return the lists of ``measures.yml``: each key with the set of its words."""
    content = read_words(files("discourse.language.arabic") / "measures.yml")
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in content.items()}


def same(text: str) -> Pair:
    """Return a stem that stands before every ending."""
    return text, text


def patterns(word: str, shadda: int) -> Iterator[Pattern]:
    """Yield, for each measure that a lemma can be, the stems of past and present."""
    irregular = lists()["irregular"].get(word)
    if irregular:
        yield same(irregular[0]), same(irregular[1]), ""
    elif len(word) == 2 and word[0] != "آ":
        yield from _doubled_root(word)
    elif len(word) == 3:
        yield from _three(word, shadda)
    elif word[0] == "آ":
        yield from _madda(word)
    elif word[0] in "اإ":
        yield from _with_alef(word)
    else:
        yield from _longer(word)


def _doubled_root(word: str) -> Iterator[Pattern]:
    """عد, عددت, يعد, يعددن; أن, يئن; أم, يؤم."""
    loose = word + word[-1]
    if word[0] != "أ":
        yield (word, loose), (word, loose), "ا"
        return
    for seat in "ئؤ":
        yield (word, loose), (seat + word[1:], loose), "ا"


def _three(word: str, shadda: int) -> Iterator[Pattern]:
    first, middle, last = word
    if shadda == 3:  # أعدّ, حاجّ
        yield (word, word + last), _fourth_doubled(word) if first == "أ" else _same_doubled(word), ""
    elif first == "آ":
        yield from _madda(word)
    elif middle == "ا":
        yield from _hollow(word)
    elif first == "أ":
        yield from _first_hamza(word, shadda)
    elif first == "و":
        yield from _first_waw(word, shadda)
    elif first == "ا":
        yield from _with_alef(word)
    else:
        if shadda != 2:
            yield from _first_measure(word)
        if shadda == 2 or last not in "يءئؤ":
            yield from _second_measure(word)


def _first_measure(word: str) -> Iterator[Pattern]:
    """Sound, with hamza, or weak at the end: كتب, سأل, قرأ, برئ, رمى, سعى, دعا, نسي."""
    known, (first, middle, last) = lists(), word
    if last == "ى":
        yield same(word), same(word if word in known["final_alef"] else word[:-1] + "ي"), "ا"
    elif last == "ا":
        if middle != "ي":
            yield same(word), same(word[:-1] + "و"), "ا"
    elif last == "ي":
        yield same(word), same(word[:-1] + "ى"), "ا"
    elif last in "ئ":
        yield same(word), same(word[:-1] + "أ"), "ا"
    elif last == "ء":
        yield same(word), same(word), "ا"
    elif middle == "ئ":  # سئم, يسأم
        yield same(word), same(first + "أ" + last), "ا"
        if first == "ي":
            yield same(word), same(word), "ا"
    elif middle == "أ" and first not in "سرثدزجنمبفذشضكلوت":
        yield same(word), same(first + "ئ" + last), "ا"
    elif not (middle in "وي" and word not in known["kept_middle"]):
        yield same(word), same(word), "ا"
        if last == "أ" and word in known["final_hamza_open"]:
            for seat in "ئؤ":
                yield same(word), same(word[:-1] + seat), "ا"


def _second_measure(word: str) -> Iterator[Pattern]:
    """سمى, يسمي; هنأ, يهنئ; رأس, يرئس; the rest is written as it is."""
    first, middle, last = word
    known = lists()
    if last == "ى":
        yield same(word), same(word[:-1] + "ي"), ""
    elif last == "أ":
        if word in known["second_hamza_final"]:
            yield same(word), same(word[:-1] + "ئ"), ""
    elif middle in "أئؤ":
        if word in known["second_hamza_middle"]:
            yield same(word), same(first + "ئ" + last), ""
    elif last != "ا":
        yield same(word), same(word), ""


def _first_hamza(word: str, shadda: int) -> Iterator[Pattern]:
    known, rest = lists(), word[1:]
    if word[-1] in "ىا":
        first = word in known["first_hamza_final"]
        end = "ى" if word in known["final_alef"] else "و" if word[-1] == "ا" else "ي"
        yield same(word), same(("أ" if first else "ؤ") + rest[:-1] + end), ""
        return
    listed = [name for name in ("first_hamza", "second_hamza", "fourth_doubled") if word in known[name]]
    if shadda == 2:
        listed = ["second_hamza"]
    if word[-1] == "ي":
        yield same(word), same(word[:-1] + "ى"), "ا"
    elif word[1] in "وي" and word not in known["first_hamza"]:
        yield same(word), same("ؤ" + rest), ""
    else:
        for name in listed or ("second_hamza", "fourth_doubled"):
            if name == "first_hamza":
                yield same(word), same(word), "" if word in known["short_command"] else "ا"
            elif name == "second_hamza":
                yield same(word), same("ؤ" + rest), ""
            else:
                yield (word, word + word[-1]), _fourth_doubled(word), ""


def _fourth_doubled(word: str) -> Pair:
    return word[1:], word[1:] + word[-1]


def _same_doubled(word: str) -> Pair:
    return word, word + word[-1]


def _first_waw(word: str, shadda: int) -> Iterator[Pattern]:
    """وصل: يصل, يوصل; وفى: يفي, يوفي; ولي: يلي; وجه: يوجه alone."""
    known, rest = lists(), word[1:]
    end = {"ى": "ي", "ئ": "أ"}.get(word[-1], word[-1])
    soft = rest.replace("أ", "ئ") if rest[0] == "أ" else rest  # وأد, يئد
    if word not in known["second_waw"] and shadda != 2 and rest[0] not in "وي":
        if word not in known["waw_alone"]:
            yield same(word), same(soft[:-1] + end), ""
        if word in known["waw_kept"]:
            yield same(word), same(word[:-1] + end), "ا"
    if word[-1] not in "يئ" and (word not in known["first_waw"] or shadda == 2):
        yield same(word), same(word[:-1] + ("ئ" if end == "أ" else end)), ""


def _hollow(word: str) -> Iterator[Pattern]:
    """قال, باع, خاف; جاء, ساء, شاء."""
    known, (first, _, last) = lists(), word
    if word in known["third_doubled"]:
        yield (word, word + last), (word, word + last), ""
    listed = {"و": "hollow_waw", "ي": "hollow_ya", "ا": "hollow_alef"}
    letters = [letter for letter, key in listed.items() if word in known[key]]
    initial = {"و": "ؤ", "ي": "ئ", "ا": "ا"} if first in "أآ" else {}
    for letter in letters or ("" if word in known["third_doubled"] else "وي"):
        head = initial.get(letter, first)
        if last == "ء":
            seat = {"و": "ؤ", "ي": "ئ", "ا": "أ"}[letter]
            past = "ؤ" if letter == "و" else "ئ"
            yield (word, first + past), (head + letter + "ء", first + seat), ""
        else:
            yield (word, first + last), (head + letter + last, head + last), ""


def _madda(word: str) -> Iterator[Pattern]:
    """آمن, يؤمن; آخذ, يؤاخذ; آب, يؤوب."""
    known, rest = lists(), word[1:]
    if len(word) == 2:
        for letter, seat in (("و", "ؤ"), ("ي", "ئ")):
            if word in known["hollow_waw" if letter == "و" else "hollow_ya"]:
                yield (word, "أ" + rest), (seat + letter + rest, seat + rest), ""
        return
    end = rest[:-1] + "ي" if rest[-1] == "ى" else rest
    end = end.replace("أ", "ئ")
    fourth, third = word in known["fourth_madda"], word in known["third_madda"]
    if fourth or not third:
        yield same(word), same("ؤ" + end), ""
    if third or not fourth:
        yield same(word), same("ؤا" + end), ""


def _softened(stem: str) -> str:
    """Return a present stem with i before its last letter: ى is ي, hamza on alef is ئ."""
    end = "ي" if stem[-1] in "ىا" else "ئ" if stem[-1] == "أ" else stem[-1]
    seat = "ئ" if stem[-2] in "أء" and len(stem) > 2 else stem[-2]
    return stem[:-2] + seat + end


def _with_alef(word: str) -> Iterator[Pattern]:
    """The measures with a helping alef: VII to X, and four letters with one."""
    rest = word[1:]
    if rest[0] == "ئ":  # ائتمن, يأتمن
        rest = "أ" + rest[1:]
    head, last = rest[:-1], rest[-1]
    third = len(word) > 3 and word[-2] == "ا"
    if third and last == "ء":  # استاء, يستاء; استضاء, يستضيء
        if word.startswith("است") and len(word) > 5:
            yield (word, word[:-2] + "أ"), (rest[:-2] + "يء", rest[:-2] + "ئ"), "ا"
        else:
            yield (word, word[:-2] + "أ"), (rest, rest[:-2] + "أ"), "ا"
    elif third and _is_hollow(word):
        tenth = word.startswith("است") and len(word) > 5
        long = rest[:-2] + "ي" + last if tenth else rest
        yield (word, word[:-2] + last), (long, rest[:-2] + last), "ا"
    elif _is_doubled(word):
        soft = head[:-1] + "ئ" + last if head[-1] == "أ" and len(word) == 5 else rest
        hard = (soft, rest + last)
        yield (word, word + last), hard, "ا"
    elif rest.startswith(("ثا", "دا", "سا", "صا")) or word in lists()["fifth_alef"]:
        yield same(word), same(rest), "ا"
    elif rest.startswith("ستح") and last in "ا":
        yield same(word), same(head + "ي"), "ا"
    else:
        yield same(word), same(_softened(rest)), "ا"


def _is_hollow(word: str) -> bool:
    """Tell whether the ا before the last letter is a weak root letter: انحاز, احتاج, استعاد, ادان; not اثاقل."""
    return len(word) in (4, 5, 6)


def _is_doubled(word: str) -> bool:
    """Tell whether the last letter stands for two: احتل, انضم, استمر, احمر, اطمأن; not اتخذ, استمع, انتقل."""
    n, last = len(word), word[-1]
    if last in "ىاأئءي":
        return False
    if n == 4:
        opened = word[1] == word[2] or word[1] in "تدطذزثظ" and word not in lists()["doubled_behind_t"]
        return not opened
    if n == 5:
        if word.startswith("است"):
            return word not in lists()["eighth_sin"]
        eighth = word[2] == "ت" or (word[1] in _CLOSED and word[2] == "ط") or (word[1] in _VOICED and word[2] == "د")
        return not (eighth or word[1] in "ن" or word[2] in "طد" and word[1] in "ظث" or word in lists()["fifth_alef"])
    return False


def _longer(word: str) -> Iterator[Pattern]:
    """Four letters and more without a helping alef: II of four, III, IV, V, VI."""
    known = lists()
    if word[0] == "أ" and word not in known["four_hamza"]:
        yield from _fourth(word)
    elif word[0] == "ت" and word not in known["four_ta"]:
        last = word[-1]
        if len(word) == 4 and word[2] == "ا" and last not in "ىء":
            yield (word, word + last), (word, word + last), ""
        else:
            yield same(word), same(word), ""
    elif len(word) == 4 and word[0] != "أ" and word[1] == "ا" and word[2] == "ء":  # لاءم, يلائم
        yield same(word), same(word[:2] + "ئ" + word[3].replace("ى", "ي")), ""
    else:
        present = "ؤ" + word[1:] if word[0] == "أ" else word
        yield same(word), same(_softened(present)), ""


def _fourth(word: str) -> Iterator[Pattern]:
    rest = word[1:]
    last = rest[-1]
    if rest[-2] == "ا" and len(word) == 4:
        if last == "ء":
            yield (word, word[:-2] + "أ"), (rest[0] + "يء", rest[0] + "ئ"), "أ"
        else:
            yield (word, word[:-2] + last), (rest[0] + "ي" + last, rest[0] + last), "أ"
        return
    present = "و" + rest[1:] if rest[0] == "ي" else rest
    yield same(word), same(_softened(present)), "أ"
    if len(word) == 4 and word in lists()["fourth_doubled"]:
        yield (word, word + last), (rest, rest + last), "أ"
