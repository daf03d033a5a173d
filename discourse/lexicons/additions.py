"""Entries added to a lexicon file: put in behind the others, with their source, the rest of the file as it was."""

import json
import re
import tempfile
from collections.abc import Sequence
from datetime import date as Day
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from discourse.errors import LexiconError, SchemaError
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.lexicons.patterns import parse_pattern, pattern_problems, plain_pattern
from discourse.tables import conform, need
from discourse.writing import write_bytes

__all__ = ["check_addition", "extend_lexicon"]

_ENDINGS = (".yml", ".yaml")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def extend_lexicon(
    path: str | Path,
    candidates: pd.DataFrame | Sequence[str],
    *,
    category: str,
    corpus: str,
    date: str,
    language: str = "arabic",
) -> pd.DataFrame:
    """Add candidates to a lexicon file, each with its source: CANDIDATES become entries, and ADDED_ENTRIES says which.

    The file stays as it is, comments too; the entries are put in behind the last one of the category, which is made
    where there is none, and so is the file. What comes out is loaded before it takes the place of the file: a lexicon
    that could not be loaded is never written.

    Parameters
    ----------
    path : path
        The lexicon: a YAML file of one's own.
    candidates : DataFrame or sequence of str
        CANDIDATES, NGRAMS, or patterns; all rows are added. Of a table, ``n`` and ``n_docs`` go into the source, and
        diacritics stay away.
    category : str
        The category of the entries, in lower case Latin letters.
    corpus : str
        What the candidates come from: a name, and a digest where there is one.
    date : str
        The day of the addition, as YYYY-MM-DD.
    language : str
        The language of a file that is made.

    Returns
    -------
    DataFrame
        ADDED_ENTRIES, in the order of the candidates: what stands in the lexicon already, or can never match, is not
        added and has its reason.

    Raises
    ------
    SchemaError
        ``candidates`` is empty or has no patterns, or ``date`` or ``category`` cannot be read.
    LexiconError
        The file cannot be loaded, is put together from parts, or writes its entries in one line.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     place = Path(folder) / "own.yml"
    ...     added = extend_lexicon(place, ["وزير الخارجية"], category="titles", corpus="news", date="2026-11-29")
    ...     load_lexicon(place).entries[["category", "pattern", "source"]].values.tolist()
    [['titles', 'وزير الخارجية', 'news, 2026-11-29']]
    """
    check_addition(path, category, date)
    place = Path(path)
    offered = _offered(candidates, corpus, date)
    known = load_lexicon(place) if place.is_file() else None
    reasons = _reasons(offered, known, language)
    fresh = [entry for entry, reason in zip(offered, reasons, strict=True) if reason is None]
    if fresh:
        text = place.read_bytes().decode("utf-8") if known is not None else _head(place, language)
        content = _insert(text, category, fresh, place.name).encode("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / place.name
            trial.write_bytes(content)
            load_lexicon(trial)
        write_bytes(content, place)
    out = pd.DataFrame(
        {
            "pattern": [pattern for pattern, _ in offered],
            "category": category,
            "added": [reason is None for reason in reasons],
            "reason": pd.Series(reasons, dtype="str"),
        }
    )
    order = "order"
    kept = conform(out.assign(**{order: range(len(out))}), "ADDED_ENTRIES").sort_values(order, ignore_index=True)
    return kept.drop(columns=order)


def _offered(candidates: pd.DataFrame | Sequence[str], corpus: str, date: str) -> list[tuple[str, str]]:
    """Return the patterns with their sources."""
    if isinstance(candidates, pd.DataFrame):
        column = "pattern" if "pattern" in candidates else "form"
        need(candidates, "candidates", [column])
        counts = [name for name in ("n", "n_docs") if name in candidates]
        rows = candidates[[column, *counts]].itertuples(index=False, name=None)
        offered = [
            (plain_pattern(str(pattern)), _source(corpus, date, dict(zip(counts, n, strict=True))))
            for pattern, *n in rows
        ]
    else:
        patterns = [candidates] if isinstance(candidates, str) else list(candidates)
        offered = [(pattern, _source(corpus, date, {})) for pattern in patterns]
    if not offered:
        raise SchemaError("`candidates` is empty, so that there is nothing to add. Choose rows of find_candidates().")
    return offered


def _source(corpus: str, date: str, counts: dict[str, Any]) -> str:
    said = [corpus]
    if "n" in counts:
        said.append(f"n {int(counts['n'])}" + (f" in {int(counts['n_docs'])} documents" if "n_docs" in counts else ""))
    return ", ".join([*said, date])


def _reasons(offered: list[tuple[str, str]], known: Lexicon | None, language: str) -> list[str | None]:
    """Say of each pattern why it cannot be added; null where it can."""
    name = known.language if known is not None else language
    stands: dict[tuple, str] = {}
    normalizer = known.normalizer if known is not None else _normalizer(language)
    for row in known.entries.itertuples(index=False) if known is not None else ():
        stands[_key(row.pattern, normalizer, name)] = f"stands in {row.category!r} as {row.pattern!r}"  # type: ignore
    reasons: list[str | None] = []
    for pattern, _ in offered:
        problems = pattern_problems(pattern, normalizer, name)
        if "[" in pattern or problems:
            reasons.append(problems[0] if problems else "names a lemma; write it into the file by hand")
            continue
        key = _key(pattern, normalizer, name)
        reasons.append(stands.get(key))
        stands.setdefault(key, f"is offered twice, as {pattern!r}")
    return reasons


def _normalizer(language: str) -> Any:
    from discourse.language.base import load_language

    return load_language(language).normalizer


def _key(pattern: str, normalizer: Any, language: str) -> tuple:
    elements = parse_pattern(pattern, normalizer, language)
    return tuple(tuple(sorted((part.kind, part.text) for part in element)) for element in elements)


def _head(place: Path, language: str) -> str:
    of = "" if language == "arabic" else f"language: {language}\n"
    name = json.dumps(place.stem, ensure_ascii=False)
    return f"name: {name}\ntitle: {{en: {name}}}\nversion: 0.1.0\nlicence: unstated\n{of}categories:\n"


def _insert(text: str, category: str, entries: list[tuple[str, str]], shown: str) -> str:
    """Put entries behind the last one of their category."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    top = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    if "parts" in top:
        raise LexiconError(f"{shown} is put together from other lexicons (`parts`); add to one that has `categories`.")
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    held = top.get("categories")
    if not isinstance(held, yaml.MappingNode):  # a file that is new
        at, written = len(lines) - (not lines[-1]), _category(category, entries, "  ")
    else:
        _refuse_flow(held, "`categories`", shown)
        own = {key.value: value for key, value in held.value}.get(category)
        if own is None:
            indent = " " * held.value[0][0].start_mark.column
            at, written = _behind(held), _category(category, entries, indent)
        else:
            listed = {key.value: value for key, value in own.value}.get("entries") if _is_mapping(own) else None
            if not isinstance(listed, yaml.SequenceNode):
                raise LexiconError(
                    f"{shown}: the category {category!r} has no list of `entries`; write one entry first."
                )
            _refuse_flow(own, f"the category {category!r}", shown)
            _refuse_flow(listed, f"`entries` of {category!r}", shown)
            first = lines[listed.value[0].start_mark.line]
            indent = first[: len(first) - len(first.lstrip())]
            at, written = _behind(listed), _lines(entries, indent)
    return ending.join([*lines[:at], *written, *(lines[at:] or [""])])


def _is_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def _refuse_flow(node: Any, what: str, shown: str) -> None:
    if node.flow_style:
        line = node.start_mark.line + 1
        raise LexiconError(f"{shown}, line {line}: {what} is written within brackets; write one entry on each line.")


def _behind(node: yaml.Node) -> int:
    """Return the line behind the last one that a node takes."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark
    return end.line if end.column == 0 and end.line > node.start_mark.line else end.line + 1


def _category(name: str, entries: list[tuple[str, str]], indent: str) -> list[str]:
    label = name.replace("_", " ").capitalize()
    head = [f"{indent}{name}:", f"{indent}  label: {{en: {json.dumps(label)}}}", f"{indent}  entries:"]
    return [*head, *_lines(entries, f"{indent}    ")]


def _lines(entries: list[tuple[str, str]], indent: str) -> list[str]:
    def quote(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    return [f"{indent}- {{pattern: {quote(pattern)}, source: {quote(source)}}}" for pattern, source in entries]


def check_addition(path: str | Path, category: str, date: str) -> None:
    """Raise where what is added cannot be told: the ending of the file, the category or the day.

    Raises
    ------
    SchemaError
        Names what cannot be read.
    """
    if Path(path).suffix.lower() not in _ENDINGS:
        raise SchemaError(f"`path` is {str(path)!r}; a lexicon ends in '.yml' or '.yaml'. Change the ending.")
    if not _NAME.fullmatch(category):
        raise SchemaError(
            f"`category` is {category!r}; it must be lower case Latin letters, digits and _, from a letter on."
        )
    try:
        Day.fromisoformat(date)
    except (TypeError, ValueError) as error:
        raise SchemaError(f"`date` is {date!r}; it must be a day as YYYY-MM-DD.") from error
