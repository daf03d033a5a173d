"""Labels: what figures, tables and the report call categories, actors, voices, codes and columns.

The labels of frames and actors stand in their lexicons, all other words in wording.yml.
"""

from collections.abc import Mapping
from functools import cache

from discourse.display.numbers import isolate
from discourse.display.wording import LANGUAGES, has_words, words
from discourse.errors import SchemaError, check_choice
from discourse.lexicons.loader import load_lexicon

__all__ = [
    "LANGUAGES",
    "check_labels",
    "code_label",
    "column_label",
    "label",
    "label_in_text",
    "phrase",
    "value_label",
]

_NO_LABELS = (
    "`labels` {got}; it must map a name to its labels by language, such as {{'arming': {{'en': 'Arms'}}}}. "
    "Pass lexicon.categories."
)


def label(name: object, language: str = "en", labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the label of a category, actor, voice, code or country.

    Parameters
    ----------
    name : object
        The name as tables hold it.
    language : {"en", "ar"}
        The language.
    labels : mapping of str to mapping, optional
        Labels that come first, such as ``{"arming": {"en": "Arms", "ar": "سلاح"}}``.

    Returns
    -------
    str
        The label, of a frame or an actor that of its built-in lexicon; the name itself, with spaces for underscores,
        where there is none.

    Examples
    --------
    >>> label("arming", "ar"), label("my_frame")
    ('التسليح', 'my frame')
    """
    check_choice("language", language, LANGUAGES)
    name = str(name)
    own = _own(name, labels).get(language)
    if own:
        return own
    for section in ("labels", "countries"):
        if has_words(section, name):
            return words(section, name, language)
    return _built_in().get(name, {}).get(language) or name.replace("_", " ")


def value_label(name: object, language: str = "en", labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the label of a value of a document variable, such as an outlet; without one the value exactly as it is.

    Examples
    --------
    >>> value_label("al_nahar"), value_label("EG"), label("al_nahar")
    ('al_nahar', 'Egypt', 'al nahar')
    """
    plain = str(name)
    found = label(name, language, labels)
    return plain if found == plain.replace("_", " ") else found


def label_in_text(name: object, language: str = "en", labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return what a sentence calls a name: the label with its article, which a lexicon gives as `en_in_text`.

    Examples
    --------
    >>> label_in_text("taliban"), label_in_text("russia"), label_in_text("taliban", "ar")
    ('the Taliban', 'Russia', 'طالبان')
    """
    check_choice("language", language, LANGUAGES)
    own = _own(str(name), labels)
    if language in own:  # a label that comes before the built-in one leaves its article behind
        return own.get(f"{language}_in_text") or own[language]
    return _built_in().get(str(name), {}).get(f"{language}_in_text") or label(name, language, labels)


def check_labels(labels: Mapping[str, Mapping[str, str]] | None) -> Mapping[str, Mapping[str, str]]:
    """Return the labels, none where there are none, and refuse what is no mapping, such as a lexicon's method."""
    if labels is None:
        return {}
    if not isinstance(labels, Mapping):
        raise SchemaError(_NO_LABELS.format(got=f"is of the type {type(labels).__name__}"))
    return labels


def _own(name: str, labels: Mapping[str, Mapping[str, str]] | None) -> Mapping[str, str]:
    own = check_labels(labels).get(name, {})
    if not isinstance(own, Mapping):
        raise SchemaError(_NO_LABELS.format(got=f"has {own!r} for {name!r}"))
    return own


@cache
def _built_in() -> dict[str, dict[str, str]]:
    """Return the labels of the built-in actors and frames."""
    return {**load_lexicon("frames").categories, **load_lexicon("actors").categories}


def phrase(name: str, language: str = "en") -> str:
    """Return one of the fixed phrases of the figures."""
    return words("figures", name, language)


def column_label(name: object, language: str = "en") -> str:
    """Return the heading of a column; the name itself, with spaces for underscores, where there is none.

    Examples
    --------
    >>> column_label("act_type"), column_label("my_column", "ar")
    ('act type', 'my column')
    """
    check_choice("language", language, LANGUAGES)
    known = has_words("columns", str(name))
    return words("columns", str(name), language) if known else str(name).replace("_", " ")


def code_label(code: int, language: str = "en") -> str:
    """Return a position code with its label; in Arabic it is isolated, so that the sign stays before the digit.

    Examples
    --------
    >>> code_label(-1), code_label(0)
    ('−1 wary', '0 ambivalent')
    """
    sign = isolate(f"{code:+d}".replace("-", "−") if code else "0", language)
    return f"{sign} {label(code, language)}"
