"""Whether the entries of a lexicon can work: each problem with its line."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from discourse.errors import LexiconError
from discourse.lexicons.patterns import Element, parse_pattern, pattern_problems
from discourse.lexicons.yaml_lines import Line

__all__ = [
    "CATEGORY_KEYS",
    "OF_ARGUMENT",
    "Problems",
    "are_words",
    "check_keys",
    "check_patterns",
    "line_of",
    "raise_problems",
    "read_entry",
    "read_lemmas",
    "read_except",
    "read_mapping",
    "texts_of",
]

Problems = list[tuple[int, str, str]]
"""Line, entry, problem."""

OF_ARGUMENT = "of `"
"""How the name of a lexicon begins whose entries an argument gives, such as "of `pattern`"."""

CATEGORY_KEYS = {"label", "entries", "defaults", "except", "notes", "traits"}
_LEMMA_KEYS = {
    "pos",
    "plural",
    "sound",
    "dual",
    "verb",
    "past",
    "present",
    "masdar",
    "participle",
    "forms",
    "not",
    "notes",
}
_WORD_KEYS = ("plural", "past", "present", "masdar", "participle", "forms", "not")
_SOUND = ("both", "f", "m", "none")
_LISTED = set(",،;؛|/")  # what parts words that are written as one
_POS = ("adj", "noun", "particle", "proper", "verb")
_ENTRY_KEYS = ("pattern", "weight", "gap", "clitics", "pos", "except", "shared", "context")
_CLITICS = ("both", "none", "proclitic")
_MAX_GAP = 10
_MAX_WEIGHT = 1_000_000


def line_of(value: object) -> int:
    """Return the line of a string of the file, 0 for what was not read from one."""
    return value.line if isinstance(value, Line) else 0


def check_keys(body: Mapping, known: set[str], where: str, problems: Problems) -> None:
    """Note the keys that mean nothing."""
    for key in body:
        if key not in known:
            allowed = ", ".join(sorted(known))
            problems.append((line_of(key), str(key), f"unknown key in {where}; allowed: {allowed}"))


def read_mapping(body: Mapping, key: str, where: str, problems: Problems) -> dict:
    """Return what must be a mapping, such as labels by language; empty, with the problem noted, where it is none.

    Examples
    --------
    >>> problems = []
    >>> read_mapping({"label": "Russia"}, "label", "russia", problems), problems[0][2]
    ({}, "`label` of russia is 'Russia'; it must be a mapping, such as {en: Russia}")
    """
    value = body.get(key)
    if value is None or isinstance(value, Mapping):
        told = dict(value or {})
        for name in [name for name in told if key in ("label", "title") and not isinstance(told[name], str)]:
            shown = _shown(told.pop(name))
            problems.append((line_of(name), str(name)[:40], f"`{key}` of {where} is {shown}; it must be words"))
        return told
    shown = str(value)[:40]
    example = {"label": "{en: Russia}", "title": "{en: Frames}", "lemmas": "{WORD: {pos: noun}}"}.get(key, "{gap: 2}")
    problem = f"`{key}` of {where} is {shown!r}; it must be a mapping, such as {example}"
    problems.append((line_of(value), shown, problem))
    return {}


def read_lemmas(declared: Mapping, problems: Problems) -> dict[str, dict]:
    """Return the declared lemmas, each with its line."""
    lemmas: dict[str, dict] = {}
    for lemma, spec in declared.items():
        spec = {} if spec is None else spec
        if not isinstance(lemma, str) or not isinstance(spec, Mapping):
            problems.append((line_of(lemma), str(lemma), "a lemma must be a word with a mapping such as {pos: noun}"))
            continue
        check_keys(spec, _LEMMA_KEYS, f"lemma {lemma}", problems)
        if spec.get("pos", "noun") not in _POS:
            allowed = ", ".join(_POS)
            problems.append((line_of(lemma), str(lemma), f"pos {spec.get('pos')!r} is not one of {allowed}"))
        _check_lemma(str(lemma), line_of(lemma), spec, problems)
        lemmas[str(lemma)] = {**spec, "line": line_of(lemma)}
    return lemmas


def _check_lemma(lemma: str, line: int, spec: Mapping, problems: Problems) -> None:
    """Note the values of a lemma that are no words, or none of the choices."""
    verb = spec.get("verb", {})
    if not isinstance(verb, Mapping) or not set(verb) <= {"past", "present"}:
        problems.append((line, lemma, f"`verb` is {_shown(verb)}; it must be a mapping such as {{past: [WORD]}}"))
        verb = {}
    for body in (spec, verb):
        for key in [key for key in _WORD_KEYS if key in body]:
            value, lists = body[key], key in ("not", "plural")
            listed = are_words(value) and any(
                _LISTED & {*word} for word in ([value] if isinstance(value, str) else value)
            )
            if listed or not are_words(value) or (lists and not isinstance(value, list)):
                said = f"`{key}` is {_shown(value)}; it must be a list of words, such as [first, second]"
                problems.append((line, lemma, said))
    if spec.get("sound", "both") not in _SOUND:
        problems.append((line, lemma, f"`sound` is {_shown(spec['sound'])}; it must be one of {', '.join(_SOUND)}"))
    if not isinstance(spec.get("dual", True), bool):
        problems.append((line, lemma, f"`dual` is {_shown(spec['dual'])}; it must be true or false"))


def are_words(value: object) -> bool:
    """Tell whether a value is a word, or a list of words."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(word, str) for word in value))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def read_except(body: Mapping, line: int, where: str, problems: Problems) -> list[str]:
    """Return the patterns of ``except``; none, with the problem noted, where it is no list of patterns."""
    value = body.get("except")
    if value is None or are_words(value):
        return texts_of(value)
    problems.append((line, where, f"`except` is {_shown(value)}; it must be a pattern, or a list of patterns"))
    return []


def read_entry(entry: object, category: str, defaults: Mapping, excepted: list, problems: Problems) -> dict | None:
    """Return the row of an entry with the defaults of its category; null where it is no entry."""
    body: Mapping = {"pattern": entry} if isinstance(entry, str) else entry if isinstance(entry, Mapping) else {}
    pattern = body.get("pattern")
    if not isinstance(pattern, str) or not pattern.strip():
        said = "an entry must be a string, or a mapping with a string `pattern`"
        said = "it is empty, and an entry has a word" if isinstance(pattern, str) else said
        problems.append((line_of(pattern), str(entry)[:60], said))
        return None
    row = {"category": category, "weight": 1.0, "gap": 0, "clitics": "both", "pos": None, "except": [], "shared": False}
    row |= dict(defaults) | dict(body) | {"line": line_of(pattern), "pattern": str(pattern)}
    if row["pos"] == "proper" and "clitics" not in body and "clitics" not in defaults:
        row["clitics"] = "proclitic"
    line = row["line"]
    row["except"] = [*read_except(row, line, pattern, problems), *excepted]
    if not isinstance(row.get("context", []), list) or not are_words(row.get("context", [])):
        problems.append((line, pattern, f"`context` is {_shown(row['context'])}; it must be a list of categories"))
    for key in body:
        near = _key_like(str(key)) if key not in _ENTRY_KEYS else None
        if near:
            problems.append((line, pattern, f"the key {str(key)!r} looks like {near!r}; correct it or rename it"))
    if row["clitics"] not in _CLITICS:
        problems.append((line, pattern, f"clitics {row['clitics']!r} is not one of {', '.join(_CLITICS)}"))
    gap = row["gap"]
    if not isinstance(gap, int) or isinstance(gap, bool) or not 0 <= gap <= _MAX_GAP:
        problems.append((line, pattern, f"gap {gap!r} is not a whole number from 0 to {_MAX_GAP}"))
    weight = row["weight"]
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not abs(weight) <= _MAX_WEIGHT:
        problems.append(
            (line, pattern, f"weight {repr(weight)[:40]} is no number from -{_MAX_WEIGHT:,} to {_MAX_WEIGHT:,}")
        )
    else:
        row["weight"] = float(weight)
    return {"category": category, "pattern": row.pop("pattern"), **{k: v for k, v in row.items() if k != "category"}}


@lru_cache(maxsize=256)
def _key_like(key: str) -> str | None:
    """Return the key of an entry that another key may be misspelled for."""
    near = get_close_matches(key, _ENTRY_KEYS, n=1, cutoff=0.8)
    return near[0] if near else None


def texts_of(value: object) -> list:
    """Return patterns given as a list, or as one string."""
    return [value] if isinstance(value, str) else list(value or [])  # type: ignore[call-overload]


def check_patterns(
    rows: list[dict], lemmas: dict, normalizer: Callable[[str], str], language: str, problems: Problems
) -> None:
    """Note the patterns that can never match or stand twice, and the lemmas that are not declared or not used."""
    seen: dict[tuple, dict] = {}
    used: set[str] = set()
    for row in rows:
        for pattern in (row["pattern"], *row["except"]):
            found = pattern_problems(pattern, normalizer, language)
            problems += [(row["line"], pattern, problem) for problem in found]
            if found:
                continue
            elements = parse_pattern(pattern, normalizer, language)
            names = {a.text for element in elements for a in element if a.kind == "lemma"}
            used |= names
            for name in sorted(names - set(lemmas)):
                problems.append((row["line"], pattern, f"lemma [{name}] is not declared under `lemmas`"))
            if pattern == row["pattern"]:
                _check_repeat(row, elements, seen, problems)
    _check_exceptions(rows, normalizer, language, problems)
    for name, spec in lemmas.items():
        if name not in used:
            problems.append((spec["line"], name, "lemma declared under `lemmas` but used by no entry"))


def _check_exceptions(rows: list[dict], normalizer: Callable[[str], str], language: str, problems: Problems) -> None:
    """Find exceptions that share no word with any of the entries that they are of: they could drop no match."""
    idle: dict[tuple[str, str], dict | None] = {}
    for row in rows:
        for exception in row["except"]:
            key = row["category"], str(exception)
            if key in idle and idle[key] is None:
                continue
            idle[key] = None if _may_touch(row, exception, normalizer, language) else idle.get(key, row)
    for (_, exception), row in idle.items():
        if row is not None:
            whole = f"{row['pattern']} {exception}"
            problem = f"an exception without a word of its entry drops nothing; write the phrase, such as {whole!r}"
            problems.append((row["line"], exception, problem))


def _may_touch(row: dict, exception: str, normalizer: Callable[[str], str], language: str) -> bool:
    """Say whether an exception may overlap a match of an entry; where a place is no plain word, or a gap, it may."""
    if row["gap"] or pattern_problems(exception, normalizer, language):
        return True
    words, others = (
        [alternative for place in parse_pattern(pattern, normalizer, language) for alternative in place]
        for pattern in (row["pattern"], exception)
    )
    if any(alternative.kind != "literal" for alternative in words + others):
        return True
    return any(_near(one.text, other.text) for one in words for other in others)


def _near(one: str, other: str) -> bool:
    """Say whether one word may be a form of the other: it holds it, the last letter apart."""
    return any(a[: max(len(a) - 1, 3)] in b for a, b in ((one, other), (other, one)))


def _check_repeat(row: dict, elements: list[tuple[Element, ...]], seen: dict, problems: Problems) -> None:
    """Find the same pattern twice in a category, or in two categories that do not both say `shared`."""
    key = tuple(tuple(sorted((a.kind, a.text) for a in element)) for element in elements)
    first = seen.get((row["category"], key))
    if first is not None:
        place = f"line {first['line']} ({first['pattern']!r})" if first["line"] else repr(first["pattern"])
        problems.append((row["line"], row["pattern"], f"repeats {place}"))
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


def raise_problems(problems: Problems, shown: str) -> None:
    """Raise with the first fifty problems by line, if there are any; of patterns that an argument gives, by pattern."""
    if not problems:
        return
    if shown.startswith(OF_ARGUMENT):
        raise LexiconError(_of_argument(problems, shown.removeprefix("of ")))
    problems = sorted(problems, key=lambda problem: problem[0])
    listed = "\n".join(
        f"  {f'line {line}' if line else 'no line'}, {entry!r}: {problem}" for line, entry, problem in problems[:50]
    )
    more = f"\n  and {len(problems) - 50} more" if len(problems) > 50 else ""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    raise LexiconError(f"lexicon {shown!r} has {count}; mend each entry and load again:\n{listed}{more}")


def _of_argument(problems: Problems, argument: str) -> str:
    _, entry, problem = problems[0]
    more = f" ({len(problems):,} problems in all)" if len(problems) > 1 else ""
    return f"{argument} holds {entry!r}, which cannot be used: {problem}{more}. Write words, or a glob such as WORD*."
