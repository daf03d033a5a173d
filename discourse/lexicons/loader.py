"""Load a lexicon from YAML and refuse entries that cannot work, each with its line."""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from discourse.errors import LexiconError, SchemaError
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.language.base import load_language
from discourse.lexicons.checks import (
    CATEGORY_KEYS,
    Problems,
    check_keys,
    check_patterns,
    line_of,
    raise_problems,
    read_entry,
    read_except,
    read_lemmas,
    read_mapping,
)
from discourse.lexicons.parts import combine_lexicons, join_parts, read_parts
from discourse.lexicons.patterns import plain_pattern
from discourse.lexicons.traits import check_groups, check_terms, read_traits
from discourse.lexicons.yaml_lines import load_with_lines
from discourse.memory import of_content

__all__ = ["BUILT_IN", "Lexicon", "combine_lexicons", "lexicon_from_patterns", "load_lexicon"]

BUILT_IN = ("actors", "appraisal", "cues", "frames", "predicates", "scopes", "speech", "stance", "temporal")
_TOP_KEYS = {"name", "title", "version", "licence", "card", "lemmas", "categories", "defaults", "notes", "language"}


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
    language : str
        The language of its entries, by which their words are inflected.
    traits : dict
        Category to what the lexicon of actors says of it beside its names; see docs/lexicons.md.
    origin : tuple of (str, bytes)
        Name and content of each file that it was read from, so that an archive can hold them.
    """

    name: str
    version: str
    licence: str
    title: dict[str, str]
    categories: dict[str, dict[str, str]]
    entries: pd.DataFrame
    lemmas: dict[str, dict]
    sha256: str
    normalizer: Callable[[str], str] = DEFAULT_NORMALIZER
    language: str = "arabic"
    traits: dict[str, dict[str, Any]] = field(default_factory=dict)
    origin: tuple[tuple[str, bytes], ...] = ()

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


def load_lexicon(source: str | Path, *, normalizer: Callable[[str], str] | None = None) -> Lexicon:
    """Load a built-in lexicon by name, or any lexicon file by path; docs/lexicons.md describes the format.

    Parameters
    ----------
    source : str or Path
        "actors", "appraisal", "cues", "frames", "predicates", "scopes", "speech", "stance" (predicates and appraisal
        together), "temporal", or the path of a YAML file.
    normalizer : Normalizer, optional
        Must be the one that made TOKENS.norm; that of the lexicon's language when left out.

    Returns
    -------
    Lexicon

    Raises
    ------
    LexiconError
        The file is missing, is no YAML, or holds entries that cannot work (patterns that can never match, duplicates,
        entries in two categories not marked ``shared``, forms that normalization would change beyond hamza and ya,
        bidi controls): each with entry and line.

    Examples
    --------
    >>> load_lexicon("scopes").name
    'scopes'
    """
    if isinstance(source, str) and source in BUILT_IN:
        place = files("discourse.lexicons") / f"{source}.yml"
        return _load(place.read_bytes(), f"{source}.yml", normalizer)
    path = Path(source)
    if not path.is_file():
        known = ", ".join(repr(name) for name in BUILT_IN)
        raise LexiconError(
            f"`source` is {str(source)!r}: no such file, and no built-in lexicon of that name ({known})."
        )
    return _load(path.read_bytes(), path.name, normalizer)


def lexicon_from_patterns(
    patterns: Iterable[str] | Mapping[str, Iterable[str]],
    *,
    name: str = "patterns",
    lemmas: Mapping[str, Mapping] | None = None,
    clitics: str = "both",
    language: str = "arabic",
    normalizer: Callable[[str], str] | None = None,
) -> Lexicon:
    """Build a lexicon from patterns: a list (one category, "pattern"), or a mapping from category to patterns.

    Parameters
    ----------
    patterns : iterable of str, or mapping of str to iterable of str
        Entries as in a lexicon file, in standard orthography. Words as they stand in a text will do: diacritics,
        tatweel and other signs that no normal form has are left out, where a file with them is refused.
    name : str
        Name of the lexicon.
    lemmas : mapping, optional
        The lemmas used in [brackets], declared as in a lexicon file.
    clitics : {"none", "proclitic", "both"}
        Which clitics each word of an entry takes.
    language : str
        The language of the patterns.
    normalizer : Normalizer, optional
        The normal form of entries, which must be the one of the tokens; that of the language when left out.

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
    groups = {
        category: [plain_pattern(entry) if isinstance(entry, str) else entry for entry in entries]
        for category, entries in groups.items()
    }
    content = {
        "name": name,
        "version": "0",
        "lemmas": {lemma: dict(spec) for lemma, spec in (lemmas or {}).items()},
        "defaults": {"clitics": clitics},
        "categories": {category: {"entries": entries} for category, entries in groups.items()},
    }
    if language != "arabic":
        content["language"] = language
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    raw = of_content(
        ("patterns as YAML", digest),
        lambda: yaml.safe_dump(_plain(content), allow_unicode=True, sort_keys=False).encode(),
    )
    return replace(_build(content, name, digest, normalizer), origin=((f"{name}.yml", raw),))


def _plain(value: Any) -> Any:
    """Return what was taken from another lexicon, where text knows its line, as text that can be written."""
    if isinstance(value, Mapping):
        return {_plain(name): _plain(told) for name, told in value.items()}
    if isinstance(value, str):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _load(raw: bytes, shown: str, normalizer: Callable[[str], str] | None) -> Lexicon:
    """Read and check each content once, and give each caller a copy of its own."""
    digest = hashlib.sha256(raw).hexdigest()
    read = of_content(("lexicon", digest, shown, normalizer), lambda: _parse(raw, shown, digest, normalizer))
    lexicon = pickle.loads(read)
    if isinstance(lexicon, dict):
        joined = join_parts(lexicon, digest, [load_lexicon(name, normalizer=normalizer) for name in lexicon["parts"]])
        return replace(joined, origin=((shown, raw),))
    normalizer = normalizer or load_language(lexicon.language).normalizer
    return replace(lexicon, normalizer=normalizer, origin=((shown, raw),))


def _parse(raw: bytes, shown: str, digest: str, normalizer: Callable[[str], str] | None) -> bytes:
    try:
        content = load_with_lines(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise LexiconError(f"lexicon {shown!r} cannot be read as UTF-8 YAML: {error}") from error
    if isinstance(content, Mapping) and "parts" in content:
        return pickle.dumps(read_parts(content, shown, BUILT_IN))
    return pickle.dumps(replace(_build(content, shown, digest, normalizer), normalizer=DEFAULT_NORMALIZER))


def _build(content: object, shown: str, digest: str, normalizer: Callable[[str], str] | None) -> Lexicon:
    if not isinstance(content, Mapping) or not isinstance(content.get("categories"), Mapping):
        raise LexiconError(f"lexicon {shown!r} must be a mapping with `name`, `version` and `categories`.")
    problems: Problems = []
    language = content.get("language", "arabic")
    try:
        normalizer = normalizer or load_language(language).normalizer
    except SchemaError as error:
        raise LexiconError(f"lexicon {shown!r}, line {line_of(language)}: {error}") from error
    check_keys(content, _TOP_KEYS, "the lexicon", problems)
    title = read_mapping(content, "title", shown, problems)
    common = read_mapping(content, "defaults", shown, problems)
    lemmas = read_lemmas(read_mapping(content, "lemmas", shown, problems), problems)
    rows: list[dict] = []
    labels: dict[str, dict[str, str]] = {}
    traits: dict[str, dict[str, Any]] = {}
    for category, body in content["categories"].items():
        if not isinstance(body, Mapping) or not body.get("entries"):
            problems.append((line_of(category), str(category), "category without `entries`"))
            continue
        if not isinstance(body["entries"], list):
            problems.append((line_of(category), str(category), "`entries` must be a list"))
            continue
        check_keys(body, CATEGORY_KEYS, str(category), problems)
        labels[str(category)] = read_mapping(body, "label", str(category), problems)
        traits[str(category)] = read_traits(body, str(category), problems)
        defaults = {**common, **read_mapping(body, "defaults", str(category), problems)}
        excepted = read_except(body, line_of(category), str(category), problems)
        for entry in body["entries"]:
            row = read_entry(entry, str(category), defaults, excepted, problems)
            rows += [row] if row is not None else []
    check_groups(traits, labels, problems)
    check_terms(rows, problems)
    check_patterns(rows, lemmas, normalizer, str(language), problems)
    raise_problems(problems, shown)
    entries = pd.DataFrame(rows)
    return Lexicon(
        name=str(content.get("name", shown)),
        version=str(content.get("version", "0")),
        licence=str(content.get("licence", "")),
        title=title,
        categories=labels,
        entries=entries,
        lemmas=lemmas,
        sha256=digest,
        normalizer=normalizer,
        language=str(language),
        traits={category: own for category, own in traits.items() if own},
    )
