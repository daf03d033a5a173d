"""Reporting cues: the entries of the speech lexicon and every written form that stands for them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from discourse.language.arabic.normalization import Normalizer

__all__ = ["Cue", "CueForm", "build_cues", "expand_participle", "expand_verb"]

_normalize = Normalizer()
_SUFFIXES = ("ه", "ها", "هم", "هما")


class Cue(NamedTuple):
    """One entry of the speech lexicon, as the reader of quotations needs it."""

    pattern: str
    category: str
    form: str
    takes: frozenset[str]
    marks: frozenset[str]  # elliptic, strict, weak, direct, describe, believe, relay


class CueForm(NamedTuple):
    """One written form of a cue."""

    cue: int
    form: str  # past, present, participle, noun
    person: str  # ms, fs, p, first, "" where the form does not say
    suffix: bool  # carries an object or possessive pronoun


_DUAL = {
    "قال",
    "أكد",
    "أعلن",
    "أضاف",
    "أشار",
    "أوضح",
    "اتهم",
}  # their dual is no other word (طالبا is: students, asking)


def expand_verb(past: Iterable[str], present: Iterable[str]) -> dict[str, tuple[str, str, bool]]:
    """Return the written forms of a verb: {normal form: (form, person, has an object pronoun)}.

    The first stem takes every ending; further stems are the short ones before consonants and long vowels
    (أضف beside أضاف, نف beside نفى) and take only endings.

    Examples
    --------
    >>> forms = expand_verb(["نفى", "نف"], ["نفي", "نف"])
    >>> [word in forms for word in ("نفي", "نفت", "نفوا", "ينفون", "نفته", "تنفيه", "نف")]
    [True, True, True, True, True, True, False]
    """
    out: dict[str, tuple[str, str, bool]] = {}

    def put(word: str, form: str, person: str, suffix: bool = False) -> None:
        out.setdefault(_normalize(word), (form, person, suffix))

    endings = {"": "ms", "ت": "fs", "ا": "p", "تا": "p", "وا": "p"}
    past = list(past)
    hollow = bool(past) and past[0][-2:-1] == "ا"  # قال, أضاف: the short stem with ت is the first person
    for number, stem in enumerate(past):
        if number and hollow:
            put(stem + "ت", "past", "first")
        for ending, person in endings.items():
            dual = ending == "ا" and stem not in _DUAL
            if (number == 0 and not dual and not (ending and stem[-1] in "ىا")) or (
                number and ending in ("ت", "وا", "تا")
            ):
                put(stem + ending, "past", person)
        if number == 0 and stem[-1] == "ى":
            stem = stem[:-1] + "ا"
        for base, person in ((stem, "ms"), (stem + "ت", "fs"), (stem + "و", "p")):
            if number == 0 or base != stem:
                for suffix in _SUFFIXES:
                    put(base + suffix, "past", person, True)
        put(stem + "نا", "past", "first")
    for number, stem in enumerate(present):
        for prefix in ("ي", "ت", "ن", "ا"):
            person = {"ي": "ms", "ت": "fs"}.get(prefix[-1], "first")
            if number == 0:
                put(prefix + stem, "present", person)
                for suffix in _SUFFIXES:
                    put(prefix + stem + suffix, "present", person, True)
            if prefix in "يت":
                put(prefix + stem.rstrip("يوى") + "ون", "present", "p")
                put(prefix + stem.rstrip("يوى") + "وا", "present", "p")
    return out


def expand_participle(stem: str) -> dict[str, tuple[str, str, bool]]:
    """Return the accusative forms of a participle (مشيرا، مشيرة، مشيرين): the ones that report.

    Examples
    --------
    >>> sorted(expand_participle("مشير"))
    ['مشيرا', 'مشيرات', 'مشيرة', 'مشيرين']
    """
    endings = {"ا": "ms", "ة": "fs", "ين": "p", "ات": "p"}
    return {_normalize(stem + ending): ("participle", person, False) for ending, person in endings.items()}


def _expand_noun(stem: str, plurals: Iterable[str]) -> dict[str, tuple[str, str, bool]]:
    out: dict[str, tuple[str, str, bool]] = {}
    for word in (stem, *plurals):
        out[_normalize(word)] = ("noun", "", False)
        base = word[:-1] + "ت" if word.endswith("ة") else word
        for suffix in ("ه", "ها", "هم"):
            out[_normalize(base + suffix)] = ("noun", "", True)
    return out


def _as_list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def build_cues(entries: pd.DataFrame, lemmas: Mapping[str, Mapping[str, Any]]) -> tuple[list[Cue], dict[str, CueForm]]:
    """Return the cues of the speech lexicon and the written forms that stand for them.

    Parameters
    ----------
    entries : DataFrame
        ``Lexicon.entries``: pattern, category, form, takes and the marks.
    lemmas : mapping
        The lemmas that the patterns name in brackets, with their stems.

    Returns
    -------
    list of Cue, dict of str to CueForm
        A written form that two entries share goes to the first; verbs come before participles and nouns.
    """
    cues: list[Cue] = []
    forms: dict[str, CueForm] = {}
    later: list[tuple[str, CueForm]] = []
    flags = ("elliptic", "strict", "weak", "direct", "describe", "believe", "relay")
    for entry in entries.to_dict("records"):
        pattern, form = str(entry["pattern"]), str(entry["form"])
        takes = frozenset(str(entry.get("takes") or "").split())
        marks = frozenset(flag for flag in flags if entry.get(flag) is True)
        number = len(cues)
        cues.append(Cue(pattern, str(entry["category"]), form, takes, marks))
        if not pattern.startswith("["):
            continue
        lemma = pattern.strip("[]")
        stems = lemmas[lemma]
        if form == "verb":
            verb = stems.get("verb") or stems
            past, present = _as_list(verb.get("past")), _as_list(verb.get("present"))
            for word, (kind, person, suffix) in expand_verb(past, present).items():
                forms.setdefault(word, CueForm(number, kind, person, suffix))
            if entry.get("noun") is True:
                found = _expand_noun(lemma, _as_list(stems.get("plural")))
                later += [(word, CueForm(number, *rest)) for word, rest in found.items()]
        elif form == "participle":
            later += [(word, CueForm(number, *rest)) for word, rest in expand_participle(lemma).items()]
        else:
            found = _expand_noun(lemma, _as_list(stems.get("plural")))
            later += [(word, CueForm(number, *rest)) for word, rest in found.items()]
    for word, form in later:
        forms.setdefault(word, form)
    return cues, forms
