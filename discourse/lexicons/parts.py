"""Lexicons that are put together from others: a file with ``parts`` names them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import LexiconError
from discourse.lexicons.checks import Problems, are_words, check_keys, line_of, raise_problems, texts_of

if TYPE_CHECKING:
    from discourse.lexicons.loader import Lexicon

__all__ = ["combine_lexicons", "join_parts", "read_parts"]

_LEMMA = re.compile(r"\[([^\]]+)\]")


def combine_lexicons(lexicons: Sequence["Lexicon"]) -> "Lexicon":
    """Put lexicons together into one: the entries of a later one are added, its categories and labels too.

    Parameters
    ----------
    lexicons : sequence of Lexicon
        At least one; a single one is returned as it is. The first gives name, title, version and licence.

    Returns
    -------
    Lexicon

    Raises
    ------
    LexiconError
        Two of them have other normal forms, declare a lemma in two ways, or hold one pattern in two categories.

    Examples
    --------
    >>> from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
    >>> own = lexicon_from_patterns({"hezbollah": ["حزب الله"]}, name="own")
    >>> both = combine_lexicons([load_lexicon("actors"), own])
    >>> both.name, "hezbollah" in both.categories
    ('actors', True)
    """
    first, *others = lexicons
    if not others:
        return first
    entries, lemmas, categories = first.entries, dict(first.lemmas), dict(first.categories)
    traits = dict(first.traits)
    for other in others:
        _check_normal_forms(first, other)
        stands = dict(zip(entries["pattern"], entries["category"], strict=True))
        for row in other.entries.itertuples(index=False):
            if stands.get(row.pattern, row.category) != row.category:
                raise LexiconError(
                    f"lexicon {other.name!r}, line {row.line}, {row.pattern!r}: stands in {stands[row.pattern]!r} of "
                    f"{first.name!r} and here in {row.category!r}. Drop one."
                )
        for lemma, declared in other.lemmas.items():
            if _differs(lemmas.setdefault(lemma, declared), declared):
                raise LexiconError(
                    f"lexicon {other.name!r}, line {declared['line']}, {lemma!r}: declared in another way in "
                    f"{first.name!r}. Use one declaration."
                )
        fresh = other.entries.loc[~other.entries["pattern"].isin(list(stands))]
        entries = pd.concat([entries, fresh], ignore_index=True)
        for category, labels in other.categories.items():
            categories[category] = {**categories.get(category, {}), **labels}
        for category, own in other.traits.items():
            traits[category] = {**traits.get(category, {}), **own}
    sha256 = hashlib.sha256(" ".join(one.sha256 for one in lexicons).encode()).hexdigest()
    origin = tuple(part for one in lexicons for part in one.origin)
    return replace(
        first, categories=categories, entries=entries, lemmas=lemmas, sha256=sha256, traits=traits, origin=origin
    )


def read_parts(content: Mapping, shown: str, known: Sequence[str]) -> dict[str, Any]:
    """Return what a file says that puts others together."""
    problems: Problems = []
    check_keys(content, {"name", "title", "version", "licence", "card", "notes", "parts"}, "the lexicon", problems)
    given = content["parts"]
    parts = texts_of(given) if are_words(given) else []
    unknown = [name for name in parts if name not in known or name == content.get("name")] or repr(given)[:60]
    if not parts or isinstance(unknown, list):
        problems.append((line_of(content["parts"]), "parts", f"must name built-in lexicons, not {unknown}"))
    raise_problems(problems, shown)
    return {**content, "name": str(content.get("name", shown)), "parts": [str(name) for name in parts]}


def join_parts(head: Mapping[str, Any], digest: str, parts: Sequence["Lexicon"]) -> "Lexicon":
    """Put the parts that a lexicon file names together; a word may be an entry of several parts.

    A lemma that a part declares in another way than an earlier one keeps its own inflection: its name gets the name of
    the part, `[word/appraisal]`, in every pattern of that part.

    Raises
    ------
    LexiconError
        Two parts have a category of one name, or other normal forms.
    """
    first = parts[0]
    lemmas: dict[str, dict] = {}
    categories: dict[str, dict[str, str]] = {}
    traits: dict[str, dict[str, Any]] = {}
    tables = []
    for part in parts:
        twice = sorted(set(categories) & set(part.categories))
        if twice:
            raise LexiconError(f"lexicon {head['name']!r}: the category {twice[0]!r} stands in two of its parts.")
        _check_normal_forms(first, part)
        other = {name: f"{name}/{part.name}" for name, spec in part.lemmas.items() if _differs(lemmas.get(name), spec)}
        lemmas |= {other.get(name, name): spec for name, spec in part.lemmas.items()}
        categories |= part.categories
        traits |= part.traits
        tables.append(_renamed(part.entries, other).assign(part=part.name))
    sha256 = hashlib.sha256(" ".join([digest, *(part.sha256 for part in parts)]).encode()).hexdigest()
    return replace(
        first,
        name=str(head["name"]),
        version=str(head.get("version", "0")),
        licence=str(head.get("licence", "")),
        title=dict(head.get("title") or {}),
        categories=categories,
        entries=pd.concat(tables, ignore_index=True),
        lemmas=lemmas,
        sha256=sha256,
        traits=traits,
    )


def _check_normal_forms(first: "Lexicon", other: "Lexicon") -> None:
    if other.normalizer != first.normalizer:
        raise LexiconError(f"lexicons {first.name!r} and {other.name!r} have other normal forms; load both with one.")


def _differs(known: dict | None, declared: dict) -> bool:
    return known is not None and {**known, "line": 0} != {**declared, "line": 0}


def _renamed(entries: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    if not names:
        return entries

    def rename(pattern: str) -> str:
        return _LEMMA.sub(lambda found: f"[{names.get(found[1], found[1])}]", pattern)

    excepted = [[rename(pattern) for pattern in patterns] for patterns in entries["except"]]
    return entries.assign(**{"pattern": entries["pattern"].map(rename), "except": excepted})
