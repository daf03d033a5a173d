"""Which column of a table holds text, date, source and title, by Arabic headings."""

from collections.abc import Iterable
from importlib.resources import files

from discourse.language.words import read_words
from discourse.sources.dates.fields import field_text

__all__ = ["named_roles"]

_HEADINGS = {
    role: frozenset(map(field_text, names))
    for role, names in read_words(files("discourse.sources") / "columns.yml").items()
}


def named_roles(columns: Iterable[str], roles: Iterable[str]) -> dict[str, str]:
    """Return which column holds text, date, source and title in a table whose headings are Arabic.

    A role that some column has for its name, or that two columns could have, is left out.

    Examples
    --------
    >>> named_roles(["الرقم", "النص", "التاريخ"], ["text", "date", "title"])
    {'text': 'النص', 'date': 'التاريخ'}
    """
    held = list(columns)
    plain = {name: field_text(name).strip(" :*") for name in held}
    found = {}
    for role in roles:
        fits = [name for name in held if plain[name] in _HEADINGS.get(role, ())]
        if role not in held and len(fits) == 1:
            found[role] = fits[0]
    return found
