"""What tells a form of a lemma from another word of the same normal form: its hamzas, and the words beside it."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.language.arabic.inflection import written_hosts
from discourse.language.arabic.measures import lists
from discourse.language.arabic.normalization import Normalizer
from discourse.language.words import read_words

__all__ = ["judge", "stands", "written_hosts"]

_LETTERS = Normalizer(alef=False, ya=False)  # a word without vowels, its hamzas as they are written
_ALEFS = frozenset("اأإآ")
_CONDITIONS = {
    "jussive": "jussive",
    "command": "command",
    "command_only": "command",
    "command_suffixed": "command",
    "dual": "genitive",
    "first": "first",
    "first_only": "first",
}
_AND = "+"  # between conditions that must hold together


@cache
def _words(*keys: str) -> frozenset[str]:
    content: Any = read_words(files("discourse.language.arabic") / "readings.yml")
    for key in keys:
        content = content[key]
    return frozenset(content.split() if isinstance(content, str) else content)


@cache
def _letters(word: str) -> str:
    return _LETTERS(word)


def _bare(word: str) -> str:
    """Return a word without the conjunction written onto it."""
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def judge(
    token: str, forms: Iterable[tuple[str, str, str, tuple[str, ...]]], lemma: str, pos: str
) -> frozenset[str] | None:
    """Return the conditions under one of which a token is a form of a lemma: none at all, or None if it is none.

    A token that writes its hamzas has those of the form: آثار is not أثأر, the first person of ثأر. One that writes
    none may stand for any (راي for رأي).

    Examples
    --------
    >>> judge("آثار", [("", "", "imperfect", ("أثأر",))], "ثأر", "verb") is None
    True
    >>> judge("راي", [("", "", "noun", ("رأي",))], "رأي", "noun")
    frozenset()
    >>> judge("يعد", [("", "", "jussive", ("يعد",))], "عاد", "verb")
    frozenset({'jussive'})
    """
    letters, headword = _letters(token), _letters(lemma)
    found: set[str] = set()
    agreed = False
    for before, after, name, written in forms:
        if written and not any(_agrees(letters, before, host, after) for host in written):
            continue
        if _is_another(letters, headword, before, name, written, after):
            continue
        agreed = True
        conditions = _conditions(letters, headword, pos, before, after, name)
        found.add(_AND.join(conditions))
    if not agreed:
        return None
    return frozenset() if "" in found else frozenset(found)


def _agrees(letters: str, before: str, host: str, after: str) -> bool:
    """Tell whether a token can be a host as it is written: each alef with the hamza that it has, or with none."""
    expected = host + after
    tail = letters[-len(expected) :]
    if len(tail) < len(expected):
        return True
    marked = any(letter in "أإآ" for letter in tail)
    if host[:2] in ("أل", "إل", "آل") and tail[:2] == "ال" and len(expected) > 3:
        return False  # الحكم is no ألح with كم
    for place, (wanted, letter) in enumerate(zip(expected, tail, strict=True)):
        if wanted == letter or wanted not in _ALEFS or letter not in _ALEFS:
            continue
        if letter == "ا":
            at_end = bool(after) and place == len(host) - 1
            if wanted == "أ" and (marked or at_end):
                return False
        elif wanted != "ا" or place or letter == "آ":
            return False
    return True


def _is_another(letters: str, headword: str, before: str, name: str, written: tuple[str, ...], after: str) -> bool:
    """Tell whether a word is one that is never cut, or never this form: وفي, عدنا (we returned), وعدوا."""
    if headword != letters and letters not in written:
        closed = _words("closed")
        if letters in closed or (letters[0] in "وف" and letters[1:] in closed and headword != letters[1:]):
            return True
    if name.startswith("past") and after == "نا" and all(len(host) == 2 for host in written):
        return True
    promise = before == "و" and name in ("accusative", "construct")
    return promise and any(host.endswith("وا") and "و" + host[:-2] in lists()["first_waw"] for host in written)


def _conditions(letters: str, headword: str, pos: str, before: str, after: str, name: str) -> list[str]:
    found = []
    condition = _CONDITIONS.get(name)
    if condition == "first" and before[-1:] in tuple(_words("before_future")):
        condition = None
    if condition == "jussive" and before[-1:] == "ل":
        condition = None
    if condition == "genitive" and after:
        condition = None
    if condition:
        found.append(condition)
    plain = _bare(letters)
    if pos == "verb" and name.startswith("past") and {letters, plain} & _words("prepositions"):
        found.append("verbal")
    if {letters, plain} & _words("still", "words") and headword not in _words("still", "lemmas"):
        found.append("no_still")
    if pos != "proper" and not before.endswith("ال") and not after and {letters, letters[1:]} & _words("names"):
        found.append("no_name")
    return found


def stands(condition: str, token: str, before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """Tell whether a condition holds of a token between the words of its sentence, the nearest first.

    Examples
    --------
    >>> stands("jussive", "يعد", ("لم",), ("إلى",)), stands("jussive", "يعد", ("القرار",), ("خطأ",))
    (True, False)
    >>> stands("no_name", "صالح", ("الرئيس",), ("قال",)), stands("no_name", "صالح", ("غير",), ("للشرب",))
    (False, True)
    """
    last = tuple(map(_letters, before))
    following = tuple(map(_letters, behind))
    return all(_HOLDS[one](_letters(token), last, following) for one in condition.split(_AND))


_Words = tuple[str, ...]


def _first_word(words: _Words) -> str:
    return words[0] if words else ""


def _is_mark(word: str) -> bool:
    return not any(letter.isalnum() for letter in word)


def _jussive(token: str, before: _Words, behind: _Words) -> bool:
    return _first_word(before) in _words("before_jussive")


def _first(token: str, before: _Words, behind: _Words) -> bool:
    return _first_word(before) in _words("before_first")


def _command(token: str, before: _Words, behind: _Words) -> bool:
    """A command opens what is said, and is no word of two letters, which nearly all are other words."""
    return _is_mark(_first_word(before)) and len(token) != 2


def _genitive(token: str, before: _Words, behind: _Words) -> bool:
    owned = _first_word(behind)
    if not owned or _is_mark(owned):
        return False
    if owned.startswith("ال") or owned[0] in _words("digits"):
        return True
    if owned in _words("closed") or owned in _words("prepositions"):
        return False
    return _first_word(before) in _words("before_genitive") or "".join(behind[1:2]).startswith("ال")


def _verbal(token: str, before: _Words, behind: _Words) -> bool:
    last = _first_word(before)
    if last in _words("before_verb"):
        return True
    if not _is_mark(last) or len(behind) < 2:
        return False
    actor, patient = behind[0], behind[1]
    return actor.startswith("ال") and patient.startswith("ال") and actor[-1] != "ة" and patient[-1] == "ة"


def _no_still(token: str, before: _Words, behind: _Words) -> bool:
    return _first_word(before) not in _words("still", "behind") and token not in _words("joined_still")


def _no_name(token: str, before: _Words, behind: _Words) -> bool:
    last, following = _bare(_first_word(before)), _first_word(behind)
    if last in _words("titles"):
        return False
    known = _words("names") | _words("plain_names")
    return not ({last, _first_word(before)} & known or following in known)


_HOLDS = {
    "jussive": _jussive,
    "first": _first,
    "command": _command,
    "genitive": _genitive,
    "verbal": _verbal,
    "no_still": _no_still,
    "no_name": _no_name,
}
