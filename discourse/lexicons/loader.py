"""Load a lexicon from YAML and refuse entries that cannot work, each with its line."""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pandas as pd

from discourse.errors import LexiconError
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER, Normalizer
from discourse.lexicons.patterns import Element, parse_pattern, pattern_problems
from discourse.lexicons.yaml_lines import Line, load_with_lines

__all__ = ["BUILT_IN", "Lexicon", "combine_lexicons", "lexicon_from_patterns", "load_lexicon"]

BUILT_IN = ("actors", "frames", "scopes", "speech", "stance", "temporal")
_TOP_KEYS = {"name", "title", "version", "licence", "card", "lemmas", "categories", "defaults", "notes", "language"}
_CATEGORY_KEYS = {"label", "entries", "defaults", "except", "notes"}
_LEMMA_KEYS = {"pos", "plural", "sound", "dual", "verb", "past", "present", "masdar", "participle", "forms", "notes"}
_POS = ("adj", "noun", "particle", "proper", "verb")
_CLITICS = ("both", "none", "proclitic")
_MAX_GAP = 10


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A validated lexicon: categories, and entries as a table.

    Attributes
    ----------
    name, version, licence : str
        As the file states them.
    title : dict
        Language to title.
    categories : dict
        Category to its labels by language.
    entries : DataFrame
        One row per entry: ``category``, ``pattern`` (as written), ``weight``, ``gap``, ``clitics``, ``pos``, ``except``
        (list of patterns), ``shared``, ``line``, and every further key of the entries (null where absent).
    lemmas : dict
        Lemma to its declared inflection.
    sha256 : str
        Digest of the file as read, for provenance.
    normalizer : Normalizer
        Folds the entries as TOKENS.norm is folded.
    """

    name: str
    version: str
    licence: str
    title: dict[str, str]
    categories: dict[str, dict[str, str]]
    entries: pd.DataFrame
    lemmas: dict[str, dict]
    sha256: str
    normalizer: Normalizer = DEFAULT_NORMALIZER

    def __repr__(self) -> str:
        size = f"{len(self.categories)} categories, {len(self.entries)} entries"
        return f"Lexicon({self.name!r}, version {self.version}, {size})"

    @property
    def digest(self) -> str:
        """The digest of the file, by which provenance names it."""
        return self.sha256

    def labels(self, language: str = "en") -> dict[str, str]:
        """Return category to label in one language (the category's own name where there is none)."""
        return {name: label.get(language, name) for name, label in self.categories.items()}


def load_lexicon(source: str | Path, *, normalizer: Normalizer = DEFAULT_NORMALIZER) -> Lexicon:
    """Load a built-in lexicon by name, or any lexicon file by path.

    Parameters
    ----------
    source : str or Path
        "actors", "frames", "scopes", "speech", "stance", "temporal", or the path of a YAML file.
    normalizer : Normalizer
        Must be the one that made TOKENS.norm.

    Returns
    -------
    Lexicon

    Raises
    ------
    LexiconError
        The file is missing, is no YAML, or holds entries that cannot work (patterns that can never match, duplicates,
        entries in two categories not marked ``shared``, forms that normalization would change beyond hamza and ya,
        bidi controls): each with entry and line.

    Notes
    -----
    The format is described in docs/lexicons.md.

    Examples
    --------
    >>> load_lexicon("scopes").name
    'scopes'
    """
    if isinstance(source, str) and source in BUILT_IN:
        place = files("discourse.lexicons") / f"{source}.yml"
        return _parse(place.read_bytes(), f"{source}.yml", normalizer)
    path = Path(source)
    if not path.is_file():
        known = ", ".join(repr(name) for name in BUILT_IN)
        raise LexiconError(
            f"`source` is {str(source)!r}: no such file, and no built-in lexicon of that name ({known})."
        )
    return _parse(path.read_bytes(), path.name, normalizer)


def lexicon_from_patterns(
    patterns: Iterable[str] | Mapping[str, Iterable[str]],
    *,
    name: str = "patterns",
    lemmas: Mapping[str, Mapping] | None = None,
    clitics: str = "both",
    normalizer: Normalizer = DEFAULT_NORMALIZER,
) -> Lexicon:
    """Build a lexicon from patterns: a list (one category, "pattern"), or a mapping from category to patterns.

    Parameters
    ----------
    patterns : iterable of str, or mapping of str to iterable of str
        Entries as in a lexicon file, in standard orthography.
    name : str
        Name of the lexicon.
    lemmas : mapping, optional
        The lemmas used in [brackets], declared as in a lexicon file.
    clitics : {"none", "proclitic", "both"}
        Which clitics each word of an entry takes.
    normalizer : Normalizer
        The normal form of entries; it must be the one of the tokens.

    Raises
    ------
    LexiconError
        As for ``load_lexicon``.

    Examples
    --------
    >>> lexicon_from_patterns({"russia": ["روسيا", "موسكو"]})
    Lexicon('patterns', version 0, 1 categories, 2 entries)
    """
    groups = patterns if isinstance(patterns, Mapping) else {"pattern": patterns}
    content = {
        "name": name,
        "version": "0",
        "lemmas": {lemma: dict(spec) for lemma, spec in (lemmas or {}).items()},
        "defaults": {"clitics": clitics},
        "categories": {category: {"entries": list(entries)} for category, entries in groups.items()},
    }
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    return _build(content, name, digest, normalizer)


def combine_lexicons(lexicons: Sequence[Lexicon]) -> Lexicon:
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
    >>> own = lexicon_from_patterns({"hezbollah": ["حزب الله"]}, name="own")
    >>> both = combine_lexicons([load_lexicon("actors"), own])
    >>> both.name, "hezbollah" in both.categories
    ('actors', True)
    """
    first, *others = lexicons
    if not others:
        return first
    entries, lemmas, categories = first.entries, dict(first.lemmas), dict(first.categories)
    for other in others:
        if other.normalizer != first.normalizer:
            raise LexiconError(
                f"lexicons {first.name!r} and {other.name!r} have other normal forms; load both with one."
            )
        stands = entries.drop_duplicates("pattern").set_index("pattern")["category"]
        for row in other.entries.itertuples(index=False):
            if row.pattern in stands.index and stands[row.pattern] != row.category:
                raise LexiconError(
                    f"lexicon {other.name!r}, line {row.line}, {row.pattern!r}: stands in {stands[row.pattern]!r} of "
                    f"{first.name!r} and here in {row.category!r}. Drop one."
                )
        for lemma, declared in other.lemmas.items():
            known = lemmas.setdefault(lemma, declared)
            if {**known, "line": 0} != {**declared, "line": 0}:
                raise LexiconError(
                    f"lexicon {other.name!r}, line {declared['line']}, {lemma!r}: declared in another way in "
                    f"{first.name!r}. Use one declaration."
                )
        fresh = other.entries.loc[~other.entries["pattern"].isin(stands.index)]
        entries = pd.concat([entries, fresh], ignore_index=True)
        for category, labels in other.categories.items():
            categories[category] = {**categories.get(category, {}), **labels}
    sha256 = hashlib.sha256(" ".join(one.sha256 for one in lexicons).encode()).hexdigest()
    return replace(first, categories=categories, entries=entries, lemmas=lemmas, sha256=sha256)


def _parse(raw: bytes, shown: str, normalizer: Normalizer) -> Lexicon:
    try:
        content = load_with_lines(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise LexiconError(f"lexicon {shown!r} cannot be read as UTF-8 YAML: {error}") from error
    return _build(content, shown, hashlib.sha256(raw).hexdigest(), normalizer)


def _build(content: object, shown: str, digest: str, normalizer: Normalizer) -> Lexicon:
    if not isinstance(content, Mapping) or not isinstance(content.get("categories"), Mapping):
        raise LexiconError(f"lexicon {shown!r} must be a mapping with `name`, `version` and `categories`.")
    problems: list[tuple[int, str, str]] = []
    _unknown(content, _TOP_KEYS, "the lexicon", problems)
    lemmas = _lemmas(content.get("lemmas") or {}, problems)
    rows: list[dict] = []
    labels: dict[str, dict[str, str]] = {}
    for category, body in content["categories"].items():
        if not isinstance(body, Mapping) or not body.get("entries"):
            problems.append((_line(category), str(category), "category without `entries`"))
            continue
        _unknown(body, _CATEGORY_KEYS, str(category), problems)
        labels[str(category)] = dict(body.get("label") or {})
        defaults = {**(content.get("defaults") or {}), **(body.get("defaults") or {})}
        for entry in body["entries"]:
            row = _entry(entry, str(category), defaults, list(body.get("except") or []), problems)
            if row is not None:
                rows.append(row)
    _check_patterns(rows, lemmas, normalizer, problems)
    _raise(problems, shown)
    entries = pd.DataFrame(rows)
    return Lexicon(
        name=str(content.get("name", shown)),
        version=str(content.get("version", "0")),
        licence=str(content.get("licence", "")),
        title=dict(content.get("title") or {}),
        categories=labels,
        entries=entries,
        lemmas=lemmas,
        sha256=digest,
        normalizer=normalizer,
    )


def _line(value: object) -> int:
    return value.line if isinstance(value, Line) else 0


def _unknown(body: Mapping, known: set[str], where: str, problems: list) -> None:
    for key in body:
        if key not in known:
            allowed = ", ".join(sorted(known))
            problems.append((_line(key), str(key), f"unknown key in {where}; allowed: {allowed}"))


def _lemmas(declared: Mapping, problems: list) -> dict[str, dict]:
    lemmas: dict[str, dict] = {}
    for lemma, spec in declared.items():
        spec = {} if spec is None else spec
        if not isinstance(lemma, str) or not isinstance(spec, Mapping):
            problems.append((_line(lemma), str(lemma), "a lemma must be a word with a mapping such as {pos: noun}"))
            continue
        _unknown(spec, _LEMMA_KEYS, f"lemma {lemma}", problems)
        if spec.get("pos", "noun") not in _POS:
            allowed = ", ".join(_POS)
            problems.append((_line(lemma), str(lemma), f"pos {spec.get('pos')!r} is not one of {allowed}"))
        lemmas[str(lemma)] = {**spec, "line": _line(lemma)}
    return lemmas


def _entry(entry: object, category: str, defaults: Mapping, excepted: list, problems: list) -> dict | None:
    body: Mapping = {"pattern": entry} if isinstance(entry, str) else entry if isinstance(entry, Mapping) else {}
    pattern = body.get("pattern")
    if not isinstance(pattern, str) or not pattern.strip():
        shown = str(entry)[:60]
        problems.append((_line(pattern), shown, "an entry must be a string, or a mapping with a string `pattern`"))
        return None
    row = {"category": category, "weight": 1.0, "gap": 0, "clitics": "both", "pos": None, "except": [], "shared": False}
    row |= dict(defaults) | dict(body) | {"line": _line(pattern), "pattern": str(pattern)}
    if row["pos"] == "proper" and "clitics" not in body and "clitics" not in defaults:
        row["clitics"] = "proclitic"
    row["except"] = [*(row["except"] or []), *excepted]
    line = row["line"]
    if row["clitics"] not in _CLITICS:
        problems.append((line, pattern, f"clitics {row['clitics']!r} is not one of {', '.join(_CLITICS)}"))
    gap = row["gap"]
    if not isinstance(gap, int) or isinstance(gap, bool) or not 0 <= gap <= _MAX_GAP:
        problems.append((line, pattern, f"gap {gap!r} is not a whole number from 0 to {_MAX_GAP}"))
    weight = row["weight"]
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not math.isfinite(weight):
        problems.append((line, pattern, f"weight {weight!r} is not a finite number"))
    else:
        row["weight"] = float(weight)
    return {"category": category, "pattern": row.pop("pattern"), **{k: v for k, v in row.items() if k != "category"}}


def _check_patterns(rows: list[dict], lemmas: dict, normalizer: Normalizer, problems: list) -> None:
    seen: dict[tuple, dict] = {}
    used: set[str] = set()
    for row in rows:
        for pattern in (row["pattern"], *row["except"]):
            found = pattern_problems(pattern, normalizer)
            problems += [(row["line"], pattern, problem) for problem in found]
            if found:
                continue
            elements = parse_pattern(pattern, normalizer)
            names = {a.text for element in elements for a in element if a.kind == "lemma"}
            used |= names
            for name in sorted(names - set(lemmas)):
                problems.append((row["line"], pattern, f"lemma [{name}] is not declared under `lemmas`"))
            if pattern == row["pattern"]:
                _check_repeat(row, elements, lemmas, normalizer, seen, problems)
    for name, spec in lemmas.items():
        if name not in used:
            problems.append((spec["line"], name, "lemma declared under `lemmas` but used by no entry"))


def _check_repeat(
    row: dict, elements: list[tuple[Element, ...]], lemmas: dict, normalizer: Normalizer, seen: dict, problems: list
) -> None:
    """Find the same pattern twice in a category, or in two categories that do not both say `shared`."""
    key = tuple(tuple(sorted((a.kind, a.text) for a in element)) for element in elements)
    first = seen.get((row["category"], key))
    if first is not None:
        problems.append((row["line"], row["pattern"], f"repeats line {first['line']} ({first['pattern']!r})"))
        return
    seen[row["category"], key] = row
    other = seen.get(key)
    if other is None:
        seen[key] = row
    elif not (row["shared"] and other["shared"]):
        problems.append(
            (
                row["line"],
                row["pattern"],
                f"stands in {other['category']!r} (line {other['line']}) and {row['category']!r}; "
                "say `shared: true` in both or drop one",
            )
        )


def _raise(problems: list[tuple[int, str, str]], shown: str) -> None:
    if not problems:
        return
    problems = sorted(problems, key=lambda problem: problem[0])
    listed = "\n".join(
        f"  {f'line {line}' if line else 'no line'}, {entry!r}: {problem}" for line, entry, problem in problems[:50]
    )
    more = f"\n  and {len(problems) - 50} more" if len(problems) > 50 else ""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    raise LexiconError(f"lexicon {shown!r} has {count}; mend each entry and load again:\n{listed}{more}")
