"""The written forms of a lemma: what its letters and its part of speech give, and what is declared beside."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from discourse.language.arabic.conjugation import chosen_stems, verb_forms
from discourse.language.arabic.normalization import DIACRITICS, TATWEEL
from discourse.language.arabic.paradigms import adjective, indefinite, masculine_plural, noun
from discourse.language.arabic.stems import Stem
from discourse.language.words import read_words

__all__ = ["known_plurals", "written_hosts"]

_MARKS = str.maketrans(dict.fromkeys(DIACRITICS.replace("\u0651", "") + TATWEEL))


def listed(value: object) -> list[str]:
    """Return what is declared as a list: nothing, one string or a list of them."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def _stems(lemma: str, spec: Mapping) -> list[Stem]:
    """Return the stems of the verb of a lemma: those of its letters, or what is declared chooses among them."""
    verb = spec.get("verb") or (spec if spec.get("pos") == "verb" else None)
    if verb is None:
        return []
    past, present = listed(verb.get("past")), listed(verb.get("present"))
    if spec.get("pos") == "verb":
        return chosen_stems(lemma, past, present)
    stems = chosen_stems(past[0] if past else lemma, past, present)
    return [stem for stem in stems if present or stem.tense == "past"]


def written_hosts(lemma: str, spec: Mapping) -> tuple[tuple[str, str], ...]:
    """Return the (host, class) pairs of a lemma as they are written, with their hamza; ``inflect`` folds them.

    They are worked out once for the lemma and what is declared of it: several lexicons declare the same lemma.

    Examples
    --------
    >>> ("جزأين", "noun_only") in written_hosts("جزء", {"pos": "noun"})
    True
    """
    return _written_hosts(lemma, _fixed({key: spec[key] for key in _DECLARED if key in spec}))


_DECLARED = ("pos", "plural", "sound", "dual", "verb", "past", "present", "masdar", "participle", "forms")


def _fixed(value: Any) -> Any:
    """Return a declaration as what can be the name of a fact: mappings as their pairs, lists as tuples."""
    if isinstance(value, Mapping):
        return tuple((key, _fixed(part)) for key, part in value.items())
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=8192)  # the lemmas of all lexicons of the package
def _written_hosts(lemma: str, declared: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, str], ...]:
    spec = dict(declared)
    if "verb" in spec:
        spec["verb"] = dict(spec["verb"] or ())
    lemma = _plain(lemma)
    pos = spec.get("pos", "noun")
    forms = [_plain(word) for word in listed(spec.get("forms"))]
    if pos in ("proper", "particle"):
        return tuple((word, pos) for word in (lemma, *forms))
    pairs: list[tuple[str, str]] = []
    if pos == "noun":
        pairs += _noun(lemma, spec)
    elif pos == "adj":
        pairs += adjective(lemma, spec) + _broken(lemma, spec)
    pairs += verb_forms(_stems(lemma, spec))
    for word in listed(spec.get("masdar")):
        pairs += _noun(_plain(word), {"sound": "f", "plural": []})
    for word in listed(spec.get("participle")):
        pairs += adjective(_plain(word), {})
    kind = "past_only" if pos == "verb" else "noun_only"
    pairs += [(word, kind) for word in forms]
    pairs += [(form, name) for word, name in pairs for form in _other_seats(word)]
    return tuple(dict.fromkeys(pairs))


def _plain(word: str) -> str:
    return word.translate(_MARKS)


@cache
def known_plurals() -> Mapping[str, list[str]]:
    """Return the broken plurals of ``plurals.yml`` by their singular."""
    return read_words(files("discourse.language.arabic") / "plurals.yml")


def _noun(lemma: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the forms of a noun: a person by a participle has the plural in ون where no broken plural is known."""
    if "sound" not in spec and lemma not in known_plurals() and "plural" not in spec and _is_participle(lemma):
        spec = {**spec, "sound": "both"}
    return noun(lemma, spec) + _broken(lemma, spec) + indefinite(lemma)


def _is_participle(lemma: str) -> bool:
    """Tell whether a noun may be a person: مقاتل, ناشط, مصرفي."""
    if lemma[-1] in "ةىاء" or len(lemma) < 4:
        return False
    return lemma[0] == "م" or (lemma[1] == "ا" and len(lemma) == 4) or lemma[-1] == "ي"


def _broken(lemma: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the forms of the broken plurals: those that are declared, else those of ``plurals.yml``."""
    words = listed(spec["plural"]) if "plural" in spec else known_plurals().get(lemma, [])
    pairs: list[tuple[str, str]] = []
    bases = {lemma, lemma[:-1]} if lemma[-1] in "ةي" else {lemma, lemma.removeprefix("ا")}
    for word in map(_plain, words):
        if word.endswith("ون") and word[:-2] in bases and (len(word) > 4 or lemma[-1] == "ة" or lemma[0] == "ا"):
            pairs += masculine_plural(word[:-2])
        else:
            pairs += noun(word, {"dual": False, "sound": "none"})
    return pairs


def _other_seats(word: str) -> list[str]:
    """Return what the press also writes for hamza between long vowels: مسئول, مسؤل for مسؤول; شئون for شؤون."""
    if "ؤو" not in word:
        return []
    return [word.replace("ؤو", other, 1) for other in ("ئو", "ؤ", "ءو")]
