"""What the coding form says: its words, and the labels and keys of the codes."""

from collections.abc import Mapping
from typing import Any

from discourse.display.labels import column_label, label
from discourse.display.wording import has_words, section_words, words
from discourse.validity.coding import NO_ANSWER
from discourse.validity.handcoding.keys import keys_of
from discourse.validity.handcoding.lines import Head

__all__ = ["form_words", "mark_label", "variables_shown"]

_SIDES = {"-1": "against", "0": "neither", "1": "for"}


def form_words(language: str) -> dict[str, str]:
    """Return every word of the form; {names} are filled in where they are shown."""
    return section_words("coding", language)


def variables_shown(head: Head, labels: Mapping[str, Mapping[str, object]], language: str) -> list[dict[str, Any]]:
    """Return the variables of a codebook as the form shows them: label, kind, and each code with its label and key.

    Examples
    --------
    >>> shown = variables_shown(Head("p", (), {"position": ("-1", "none")}), {}, "en")
    >>> shown[0]["kind"], [(one["code"], one["label"], one["key"]) for one in shown[0]["codes"]]
    ('one', [('-1', 'wary', '-1'), ('none', 'nothing to code', 'n')])
    """
    out = []
    for name, codes in head.variables.items():
        kind = "text" if not codes else "set" if name in head.sets else "one"
        keys = keys_of(codes)
        told = [
            {"code": code, "label": _code_label(name, code, labels.get(name, {}), language), "key": key}
            for code, key in zip(codes, keys, strict=True)
        ]
        out.append({"name": name, "label": _variable_label(name, language), "kind": kind, "codes": told})
    return out


def mark_label(mark: Mapping[str, Any], language: str) -> str:
    """Return what the tool says at a mark, in words.

    Examples
    --------
    >>> mark_label({"what": "sentence", "measured": "-1"}, "en")
    'against'
    >>> mark_label({"what": "match", "measured": "arming"}, "ar")
    'التسليح'
    """
    told = str(mark["measured"])
    if mark["what"] == "sentence":
        return words("coding", _SIDES[told], language) if told in _SIDES else told
    return label(told, language) if told else words("coding", "no_speaker", language)


def _variable_label(name: str, language: str) -> str:
    own = f"variable_{name}"
    return words("coding", own, language) if has_words("coding", own) else column_label(name, language)


def _code_label(variable: str, code: str, own: Mapping[str, object], language: str) -> str:
    """Return the label of a code; of a number only where it is a position, since others mean something else."""
    if code in own:
        return str(own[code])
    if code.casefold() in NO_ANSWER:
        return words("coding", "nothing", language)
    number = code.removeprefix("-").isdecimal()
    return "" if number and variable != "position" else label(code, language)
