"""Reporting cues: the entries of the speech lexicon and every written form that stands for them."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from discourse.language.base import load_language
from discourse.memory import of_content

__all__ = ["Cue", "CueForm", "build_cues"]

_ARABIC = load_language("arabic")
_GRAMMAR = _ARABIC.words("grammar")
_HOLDERS, _ALEF = _GRAMMAR.normal("holders"), _GRAMMAR.one("accusative")
_LIMPING = _ARABIC.words("speech")["limping"][0]


class Cue(NamedTuple):
    """One entry of the speech lexicon, as the reader of quotations needs it."""

    pattern: str
    category: str
    form: str
    takes: frozenset[str]
    marks: frozenset[str]  # elliptic, strict, weak, direct, describe, believe, relay, appears


class CueForm(NamedTuple):
    """One written form of a cue."""

    cue: int
    form: str  # past, present, passive, participle, noun
    person: str  # ms, fs, p, first, "" where the form does not say
    suffix: bool  # carries an object or possessive pronoun
    noun: int = -1  # the cue that the same spelling is a verbal noun of (نفي, مطالبة), where the verb is none


def _as_list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _mend_defective(
    forms: dict[str, tuple[str, str, bool]], present: list[str], normalize: Callable[[str], str]
) -> None:
    """Write the last letter of a stem in ى as ا before a pronoun (يراه), not as ي (يريه: he shows him)."""
    if not present or present[0][-1] != _LIMPING:
        return
    bare = [(word, person) for word, (tense, person, pronoun) in forms.items() if tense == "present" and not pronoun]
    ending = normalize(present[0])
    for word, person in bare:
        if word.endswith(ending):
            for pronoun in _HOLDERS:
                forms.pop(word + pronoun, None)
                forms[word[:-1] + _ALEF + pronoun] = ("present", person, True)


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

    Notes
    -----
    Lexicons of one content are inflected once. The cues and the forms are not to be changed.
    """
    content = repr((entries.to_dict("list"), lemmas))
    name = "cues", hashlib.sha256(content.encode()).digest()
    return of_content(name, lambda: _inflect(entries, lemmas))


def _inflect(entries: pd.DataFrame, lemmas: Mapping[str, Mapping[str, Any]]) -> tuple[list[Cue], dict[str, CueForm]]:
    inflection, normalize = _ARABIC.inflection, _ARABIC.normalizer
    words = _ARABIC.words("speech")
    duals = frozenset(words["duals"])
    passives = dict(zip(words.normal("passives"), words["passives_of"], strict=True))
    not_forms = frozenset(words.normal("not_forms"))
    cues: list[Cue] = []
    forms: dict[str, CueForm] = {}
    later: list[tuple[str, CueForm]] = []
    flags = ("elliptic", "strict", "weak", "direct", "describe", "believe", "relay", "appears")
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
            _mend_defective(conjugated, present, normalize)
            for word, of in passives.items():
                if of == lemma:
                    forms[word] = CueForm(number, "passive", "ms", False)
            for word, rest in conjugated.items():
                if word not in not_forms and word not in refused:
                    forms.setdefault(word, CueForm(number, *rest))
        if form == "participle":
            found = inflection.accusatives(lemma, normalize)
            later += [(w, CueForm(number, form, person, False)) for w, person in found.items() if w not in refused]
        elif form != "verb" or entry.get("noun") is True:
            for noun in (lemma, *_as_list(stems.get("plural"))):
                found = inflection.possessed(noun, normalize)
                later += [(w, CueForm(number, "noun", "", pronoun)) for w, pronoun in found.items() if w not in refused]
    for word, cue_form in later:
        if word in not_forms:
            continue
        known = forms.setdefault(word, cue_form)
        if cue_form.form == "noun" and known.form != "noun" and known.noun < 0:
            forms[word] = known._replace(noun=cue_form.cue)
    return cues, forms
