"""Verbal nouns and participles of the verbs of verbs.yml, as they follow from the letters of a lemma."""

from functools import cache

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as normal
from discourse.language.arabic.verbs import final, group, lemmas, listed, verbs

__all__ = ["masdars", "participles"]


def _masdars(lemma: str) -> list[str]:
    """Return the verbal nouns that follow from the letters of a lemma."""
    last, core = lemma[-1], lemma[:-1]
    if lemma[0] == "أ" and lemma not in group("hamza_second") | group("hamza_first"):
        if len(lemma) == 3:
            return [f"ا{lemma[1]}{last}ا{last}"]
        if lemma[2] == "ا":
            return [lemma + "ة"]
        head = "اي" + lemma[2] if lemma[1] == "و" else "ا" + lemma[1:3]
        return [head + "اء" if last in "ىاأ" else head + "ا" + last]
    if lemma[0] == "ا":
        if lemma[-2] == "ا":
            return [lemma + "ة"] if lemma.startswith("است") else [lemma[:-2] + "يا" + last]
        head = core.replace("ستو", "ستي") if lemma.startswith("استو") else core
        if len(lemma) in (4, 5) and last not in "ىاأ" and (len(lemma) == 4 or lemma.startswith("است")):
            return [lemma + "ا" + last]
        return [head + "اء" if last in "ىاأ" else head + "ا" + last]
    if lemma[0] == "ت" and len(lemma) > 3:
        return [core + "ي"] if last == "ى" else [lemma]
    if len(lemma) == 4 and lemma[1] == "ا":
        return ["م" + core + "اة"] if last == "ى" else ["م" + lemma + "ة", lemma[0] + lemma[2] + "ا" + last]
    if len(lemma) == 4:
        return [lemma + "ة"]
    if len(lemma) == 3 and lemma[1] != "ا" and last != "ا":
        return ["ت" + core + "ية"] if last == "ى" else ["ت" + core + "ي" + last]
    return []


@cache
def masdars() -> dict[str, tuple[str, ...]]:
    """Return the lemmas of every verbal noun, in normal form.

    Examples
    --------
    >>> masdars()["استخدام"], masdars()["عودة"]
    (('استخدم',), ('عاد',))
    """
    found: dict[str, dict[str, None]] = {}
    for lemma, words in listed()["verbal_nouns"].items():
        for word in words.split():
            found.setdefault(normal(word), {})[lemma] = None
    for lemma in lemmas():
        for word in _masdars(lemma):
            found.setdefault(normal(word), {})[lemma] = None
    return {word: tuple(lemmas) for word, lemmas in found.items()}


@cache
def participles() -> dict[str, tuple[str, ...]]:
    """Return the lemmas of every participle, in normal form; active and passive are mostly written alike.

    Examples
    --------
    >>> participles()["مشير"], participles()["مقتول"]
    (('أشار',), ('قتل',))
    """
    found: dict[str, dict[str, None]] = {}
    for verb in verbs():
        lemma = verb.lemma
        first = len(lemma) == 3 and lemma[0] not in "أآ" and lemma[1] != "ا" and lemma[2] not in "اى"
        words = [f"{lemma[0]}ا{lemma[1:]}", f"م{lemma[:2]}و{lemma[2]}"] if first else []
        if len(lemma) == 3 and lemma[1] == "ا":
            words.append(f"{lemma[0]}ائ{lemma[2]}")
        words += ["م" + final(stem) for stem in (*verb.present, *verb.passive_present)]
        for word in words:
            found.setdefault(normal(word), {})[lemma] = None
    return {word: tuple(lemmas) for word, lemmas in found.items()}
