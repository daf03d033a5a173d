"""Reporting cues: the entries of the speech lexicon and every written form that stands for them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from discourse.language.base import load_language

__all__ = ["Cue", "CueForm", "build_cues"]

_ARABIC = load_language("arabic")


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
        A written form that two entries share goes to the first; verbs come before participles and nouns. What a lemma
        lists under ``not`` stands for no entry of it.
    """
    inflection, normalize = _ARABIC.inflection, _ARABIC.normalizer
    duals = frozenset(_ARABIC.words("speech")["duals"])
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
        refused = {normalize(word) for word in stems.get("not", ())} - {normalize(lemma)}
        if form == "verb":
            verb = stems.get("verb") or stems
            past, present = _as_list(verb.get("past")), _as_list(verb.get("present"))
            conjugated = inflection.conjugate(past, present, normalize, dual=lemma in duals)
            for word, rest in conjugated.items():
                if word not in refused:
                    forms.setdefault(word, CueForm(number, *rest))
        if form == "participle":
            found = inflection.accusatives(lemma, normalize)
            later += [(w, CueForm(number, form, person, False)) for w, person in found.items() if w not in refused]
        elif form != "verb" or entry.get("noun") is True:
            for noun in (lemma, *_as_list(stems.get("plural"))):
                found = inflection.possessed(noun, normalize)
                later += [(w, CueForm(number, "noun", "", pronoun)) for w, pronoun in found.items() if w not in refused]
    for word, cue_form in later:
        forms.setdefault(word, cue_form)
    return cues, forms
