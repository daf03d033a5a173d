"""Claims in words: the claim in one sentence, what was found, what it rests on, what is decided otherwise."""

import re
from collections.abc import Mapping

import pandas as pd

from discourse.display.labels import LANGUAGES, label, label_in_text, value_label
from discourse.display.numbers import isolate, write_number
from discourse.display.wording import counted, has_words, words
from discourse.errors import SchemaError, check_choice
from discourse.measures.claims.claim import Claim
from discourse.measures.claims.sides import Side
from discourse.measures.claims.specifications import split_changes
from discourse.measures.claims.verdict import judge_claim

__all__ = ["change_words", "check_claim", "decision_words", "finding_words", "unit_of", "word_claim"]

Labels = Mapping[str, Mapping[str, str]] | None
_KEPT = re.compile(r" \((\d+) documents? left on a side\)$")
_SCALES = {"share": 100.0}


def word_claim(claim: Claim, *, language: str = "en", labels: Labels = None) -> str:
    """Return a claim as one sentence.

    Parameters
    ----------
    claim : Claim
        From ``state_claim``.
    language : {"en", "ar"}
        Language of the sentence.
    labels : mapping, optional
        Labels by name and language.

    Returns
    -------
    str
        The sentence; it says what is measured, of what, on which sides and in which direction.

    Raises
    ------
    SchemaError
        ``language`` is none of the choices.

    Examples
    --------
    >>> from discourse.measures.claims.claim import state_claim
    >>> word_claim(state_claim(measure="share", category="recognition", direction="higher",
    ...                        first={"period": [2015, 2020]}, second={"period": 2022}))
    'The share of reports with Recognition is higher in 2022 than in 2015 to 2020.'
    """
    check_choice("language", language, LANGUAGES)

    def told(name: str, **values: str) -> str:
        return words("claims", name, language).format(**values)

    if claim.measure == "mean_position":
        voice = told("all_voices") if claim.voice == "all" else label_in_text(claim.voice, language, labels)
        holder, target = (label_in_text(name, language, labels) for name in (claim.holder, claim.target))
        what = told("pair", holder=holder, target=target, basis=told(claim.basis), voice=voice)
    else:
        what = label(claim.category, language, labels) if claim.category else told("either")
    first, second = (_side_words(side, language, labels) for side in (claim.first, claim.second))
    return told(claim.measure, what=what, first=first, second=second, direction=told(claim.direction))


def _side_words(side: Side, language: str, labels: Labels) -> str:
    named = [value_label(value, language, labels) for _, values in side.values for value in values]
    period = [isolate(day, language) if "-" in day else day for day in dict.fromkeys(side.period)]
    if len(period) > 1:
        period = [words("claims", "span", language).format(first=period[0], last=period[1])]
    return words("report", "comma", language).join([*named, *period])


def decision_words(name: str, value: str, language: str, labels: Labels = None) -> str:
    """Return a decision and its value, or the kind and the name of what is left out.

    Examples
    --------
    >>> decision_words("copies", "cluster", "en"), decision_words("periods", "earlier side to 2019", "en")
    ('copies: one story', 'periods: earlier side to 2019')
    """
    known = has_words("decisions", name)
    shown = words("decisions", name, language) if known else name.replace("_", " ")
    return f"{shown}: {_value_words(name, value, language, labels)}"


def _value_words(name: str, value: str, language: str, labels: Labels) -> str:
    if has_words("decided", value):
        return words("decided", value, language)
    if name in {"periods", "outlets"}:
        first, _, rest = value.partition(" ")
        if name == "outlets" and first == "without":
            return words("claims", "without", language).format(label(rest, language, labels))
        parts = [part.rpartition(" ") for part in value.split(", ")]
        said = [
            words("claims", "to" if side.endswith("to") else "from", language).format(isolate(border, language))
            for side, _, border in parts
        ]
        return words("report", "comma", language).join(said)
    return label(value, language, labels) if name in {"rule", "class"} else value


def shortened(text: str, letters: int = 60) -> str:
    """Return a text cut to so many letters: entries may list many words.

    Examples
    --------
    >>> shortened("entry: x|y|z", 10), shortened("entry: x", 10)
    ('entry: x|…', 'entry: x')
    """
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def change_words(changes: str, language: str, labels: Labels = None) -> str:
    """Return the changes of a specification or a flip in words.

    Examples
    --------
    >>> change_words("copies: keep; without entry: x", "en")
    'copies: kept; without entry: x'
    """
    said = []
    for name, value, left_out in split_changes(changes):
        one = decision_words(name, value, language, labels)
        one = shortened(one) if left_out else one
        said.append(words("claims", "without", language).format(one) if left_out else one)
    return words("report", "semicolon", language).join(said)


def not_tried_words(not_tried: str, language: str, labels: Labels = None) -> str:
    """Return the decisions that were not tried, each with the reports that it leaves.

    Examples
    --------
    >>> not_tried_words("outlets: held constant (1 document left on a side)", "en")
    'outlets: held constant (1 report left on a side)'
    """
    said = []
    for name, value, _ in split_changes(not_tried):
        kept = _KEPT.search(value)
        decision = decision_words(name, value[: kept.start()] if kept else value, language, labels)
        if kept:
            left = counted("report", int(kept[1]), language)
            decision = words("claims", "too_few", language).format(decision=decision, n=left)
        said.append(decision)
    return words("report", "semicolon", language).join(said)


def unit_of(measure: str, language: str) -> str:
    """Return the unit in which differences of a measure are shown."""
    return words("claims", f"unit_{measure}", language)


def scale_of(measure: str) -> float:
    """Return what a difference of a measure is multiplied with where it is shown."""
    return _SCALES.get(measure, 1.0)


def finding_words(
    specifications: pd.DataFrame, flips: pd.DataFrame | None, claim: Claim, language: str, labels: Labels = None
) -> list[str]:
    """Return what was found, the verdict and the smallest set that turns the direction, a sentence each."""
    verdict = judge_claim(specifications, flips).iloc[0]
    measure = str(specifications.loc[specifications["specification"].eq(0), "measure"].iloc[0])

    def told(name: str, **values: object) -> str:
        return words("claims", name, language).format(**values)

    numbers = {
        name: number_words(float(verdict[name]) * scale_of(measure), language)
        for name in ("difference", "lower", "upper")
    }
    sentences = [
        told(
            "finding", n=f"{verdict['n_specifications']:,}", n_holds=f"{verdict['n_holds']:,}",
            n_sign=f"{verdict['n_sign']:,}", level=f"{100 * claim.level:g}", unit=unit_of(measure, language),
            n_units=f"{specifications['n_units'].iloc[0]:,}", **numbers,
        ),
        told(
            str(verdict["verdict"]), carried=f"{100 * verdict['carried']:.0f}",
            rests_on=change_words(str(verdict["rests_on"] or ""), language, labels),
        ),
    ]  # fmt: skip
    if isinstance(verdict.get("not_tried"), str):
        said = not_tried_words(verdict["not_tried"], language, labels)
        sentences.append(told("not_tried", decisions=said))
    if flips is None:
        return sentences
    for turns in ("interval", "sign"):
        row = flips.loc[flips["turns"].eq(turns)].iloc[0]
        if pd.isna(row["size"]):
            sentences += (
                [told("no_turn", at_least=counted("change", int(row["at_least"]), language))] if turns == "sign" else []
            )
        elif row["size"]:
            how = told("smallest") if row["smallest"] else told("perhaps_smaller", at_least=row["at_least"])
            changes = change_words(str(row["changes"]), language, labels)
            sentences.append(f"{told(f'turn_{turns}', changes=changes)} {how}")
    return sentences


def number_words(value: float, language: str) -> str:
    """Return a signed number with two digits; in Arabic it is isolated, so that the sign stays before it.

    Examples
    --------
    >>> number_words(-0.5, "en")
    '−0.50'
    """
    return isolate(write_number(value, "+.2f"), language)


def check_claim(claim: Claim, table: pd.DataFrame, argument: str) -> None:
    """Raise unless a table was made for this very claim.

    Raises
    ------
    SchemaError
        The digests differ.
    """
    found = sorted(set(table["claim"].astype("str")))
    if found != [claim.digest]:
        raise SchemaError(
            f"`{argument}` was made for another claim: its digest is {', '.join(one[:12] for one in found)}, that of "
            f"`claim` {claim.digest[:12]}. A claim whose text changes is another claim; make the table anew from it."
        )
