"""What tells a form of a lemma from another word of the same normal form: its hamzas, and the words beside it."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.language.arabic.clitics import derived_forms
from discourse.language.arabic.lemmas import known_plurals, written_hosts
from discourse.language.arabic.measures import lists
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER, Normalizer
from discourse.language.words import read_words

__all__ = ["judge", "stands", "written_hosts"]

_LETTERS = Normalizer(alef=False, ya=False)  # a word without vowels, its hamzas as they are written
_NORMAL = DEFAULT_NORMALIZER
_ALEFS = frozenset("اأإآ")
_CONDITIONS = {
    "jussive": "jussive",
    "command": "command",
    "command_only": "command",
    "command_suffixed": "command",
    "dual": "genitive",
    "first": "first",
    "first_only": "first",
    "first_suffixed": "first",
}
_TANWIN = "\u064b\u064c\u064d"
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
        if written and not any(_agrees(letters, host, after, name, pos) for host in written):
            continue
        if pos == "verb" and _is_no_verb(token, headword, before, after, name, written):
            continue
        if _is_another(letters, headword, before, name, written, after):
            continue
        agreed = True
        conditions = _conditions(letters, headword, pos, before, after, name)
        found.add(_AND.join(conditions))
    if not agreed:
        return None
    return frozenset() if "" in found else frozenset(found)


def _agrees(letters: str, host: str, after: str, name: str, pos: str) -> bool:
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
            inside = place and (pos == "verb" or (bool(after) and place == len(host) - 1))
            if (wanted == "أ" and marked) or (inside and wanted in "أآ"):
                return False
        elif wanted != "ا" or place or letter == "آ" or name.startswith("command"):
            return False
    return True


def _is_no_verb(token: str, headword: str, before: str, after: str, name: str, written: tuple[str, ...]) -> bool:
    """Tell whether a word is no form of a verb: with tanwin, ل before a bare past, ى for ي, يشارك cut as يشار and ك."""
    if any(mark in token for mark in _TANWIN) or (after[-1:] == "ي" and token.endswith("ى")):
        return True
    if after == "ك" and (name == "jussive" or headword[-2:-1] == "ا"):
        return True
    bare = name == "past" and before[-1:] == "ل" and not after
    return bare and all(len(host) == 3 and host[1] != "ا" for host in written)


def _is_another(letters: str, headword: str, before: str, name: str, written: tuple[str, ...], after: str) -> bool:
    """Tell whether a word is one that is never cut, or never this form: وفي, عدنا (we returned), وعدوا."""
    if headword != letters:
        closed = _words("closed")
        if letters in closed or (letters[0] in "وف" and letters[1:] in closed and headword != letters[1:]):
            return True
    if name.startswith(("past", "command")) and after == "نا" and all(len(host) == 2 for host in written):
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
    if pos == "verb" and name.startswith(("past", "command")) and {letters, plain} & _words("prepositions"):
        found.append("verbal")
    elif pos == "verb" and _looks_like_noun(letters, before, after, name):
        found.append("no_preposition_past" if name.startswith("past") else "no_preposition")
    if pos == "noun" and len(letters) == 4 and letters[0] == "أ" != headword[0] and letters[2] not in "اوي":
        found.append("no_elative")
    if pos == "adj" and letters[-1] == "ي" and not before and letters[:-1] in known_plurals():
        found.append("no_dual")
    if {letters, plain} & _words("still", "words") and headword not in _words("still", "lemmas"):
        found.append("no_still")
    if before and not after and before[-1:] in "بلكوف" and _NORMAL(letters) in derived_forms():
        found.append("no_adjective")
    if pos == "particle":
        found += ["no_first_name"] if letters in _words("names") else []
    elif pos != "proper" and not before.endswith("ال") and not after and {letters, letters[1:]} & _words("names"):
        found.append("no_name")
    return found


def _looks_like_noun(letters: str, before: str, after: str, name: str) -> bool:
    """Tell whether a verb is also spelled as its noun or another's: عمل, عمله, تحمل."""
    if before:
        return False
    length = len(letters) - len(after)
    return (name == "past" and length <= 4) or (name == "imperfect" and letters[0] == "ت" and length == 4)


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
    return _first_word(before) in _words("before_command") and len(token) != 2


def _no_preposition(token: str, before: _Words, behind: _Words) -> bool:
    return _first_word(before) not in _words("pure_prepositions")


def _no_preposition_past(token: str, before: _Words, behind: _Words) -> bool:
    """Behind من a past is a noun (منع من حمل), a present is not (من يعمل)."""
    return _first_word(before) not in _words("pure_prepositions") | _words("before_noun")


def _genitive(token: str, before: _Words, behind: _Words) -> bool:
    owned = _first_word(behind)
    if not owned or _is_mark(owned):
        return False
    if owned.startswith("ال") or owned[0] in _words("digits"):
        return True
    if owned in _words("closed") or owned in _words("prepositions"):
        return False
    if _is_mark(_first_word(before)):
        return True
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


def _no_elative(token: str, before: _Words, behind: _Words) -> bool:
    """A plural spelled as an elative is one behind أحد or من before a definite word: أحد أشهر الخطباء."""
    return not (_first_word(before) in _words("before_elative") and _first_word(behind).startswith("ال"))


def _no_dual(token: str, before: _Words, behind: _Words) -> bool:
    """Before a number stands the dual of the noun: عامي 2014 و2015."""
    return _first_word(behind)[:1] not in _words("digits")


def _no_first_name(token: str, before: _Words, behind: _Words) -> bool:
    return _first_word(behind) not in _words("names") | _words("plain_names")


def _no_adjective(token: str, before: _Words, behind: _Words) -> bool:
    """A word that may be an adjective is one behind a feminine: سفينة بحرية, but نادى بحرية التعبير."""
    last = _first_word(before)
    return not (last.endswith(("ة", "ات")) and not last.startswith("ال"))


_HOLDS = {
    "no_adjective": _no_adjective,
    "no_preposition": _no_preposition,
    "no_preposition_past": _no_preposition_past,
    "no_elative": _no_elative,
    "no_dual": _no_dual,
    "no_first_name": _no_first_name,
    "jussive": _jussive,
    "first": _first,
    "command": _command,
    "genitive": _genitive,
    "verbal": _verbal,
    "no_still": _no_still,
    "no_name": _no_name,
}
