"""What the entries of a lexicon really match in a corpus: every distinct form, with counts and a place."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd

from discourse.errors import check_choice
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.compiled import compile_lexicon
from discourse.reading.matching.locating import Located, locate
from discourse.reading.matching.look_alikes import Form, doubts_of
from discourse.reading.matching.matches import check_tokens
from discourse.reading.matching.vocabulary import find_entries
from discourse.tables import conform

__all__ = ["audit_lexicon"]


def audit_lexicon(
    lexicon: Lexicon, tokens: pd.DataFrame, *, overlaps: str = "longest", analyzer: object = None
) -> pd.DataFrame:
    """List the forms that each entry of a lexicon matches in TOKENS, and say which look like another word's: AUDIT.

    A form is the normal form of the words of a match; words that a gap lets stand between two places are shown as
    ``…``. Matches are those of ``find_matches``. An entry that matches nothing has one row with ``n`` 0 and no form.

    Parameters
    ----------
    lexicon : Lexicon
        From ``load_lexicon``.
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.
    overlaps : str
        "longest", as ``find_matches`` has it by default, or "all": what an entry would match by itself.
    analyzer : str, Path or object, optional
        An analyzer of ``annotate_morphology``, such as "buckwalter": the lemmas of its analyses are held against those
        of the entries, once for each word that matched. When left out, doubts come from frequency and form alone.

    Returns
    -------
    DataFrame
        AUDIT, in the order of the lexicon's entries, the most frequent form of an entry first.

    Raises
    ------
    SchemaError
        The tokens are no TOKENS table, or ``overlaps`` is none of the choices.
    ResourceError
        The data of ``analyzer`` is not installed.

    Notes
    -----
    ``doubt`` names the rules by which a form looks like another word's, joined by ``|``; a sequence has those of its
    words. A doubt is a reason to look, not a fault. docs/lexicons.md has an example on either side of each rule.

    - ``other``: the form belongs to another lemma of the shipped lexicons, or to a word of the language's lists, with
      fewer letters cut off; or it is that word as listed and not this one; ``looks_like`` names it.
    - ``one letter``: the form is reached only by cutting off one letter, and stands in the corpus ten times or more,
      and ten times as often as all other words of the entry with the same rest: the letter may be the word's own.
    - ``short``: what is left when the clitics are cut off has two letters or fewer.
    - ``spelling``: most tokens are written with a letter that folding changed (hamza, alef maqsura) where the entry
      has another letter.
    - ``ending``: one token in twenty or more bears a written ending (tanwin) that no reading of the entry can bear.
    - ``analysis``: a word of a lemma, and no analysis of it has that lemma.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["عاونت موسكو كابل. تعاون واسع، تعاون مستمر."]})
    >>> lexicon = lexicon_from_patterns(["[عاون]"], lemmas={"عاون": {"pos": "verb"}})
    >>> audit_lexicon(lexicon, tokenize(documents))[["form", "n", "doubt", "looks_like"]].values.tolist()
    [['تعاون', 2, 'other', 'تعاون'], ['عاونت', 1, nan, nan]]
    """
    check_choice("overlaps", overlaps, ["all", "longest"])
    check_tokens(tokens)
    compiled = compile_lexicon(lexicon)
    located = locate(tokens, lexicon, overlaps=overlaps)
    entries = find_entries(tokens["norm"].cat.categories, compiled, longest=overlaps == "longest")
    sets = {place: frozenset(words.tolist()) for place, words in entries.words.items()}
    places = [[sets.get(place, frozenset()) for place in pattern.places] for pattern in compiled.patterns]
    forms = _forms(tokens, located, places)
    doubts = doubts_of(forms, compiled, lexicon, tokens, analyzer=analyzer)
    totals: Counter[int] = Counter()
    for form in forms:
        totals[form.entry] += form.n
    document, start_char = tokens["doc_id"].array, tokens["start_char"].to_numpy()
    rows = [
        {
            "entry": form.entry, "form": form.shown(form.words), "n": form.n, "share": form.n / totals[form.entry],
            "word": form.shown(form.usual), "doc_id": document[form.row], "start_char": int(start_char[form.row]),
            "doubt": "|".join(doubt) or None, "looks_like": "|".join(others) or None,
        }
        for form, (doubt, others) in zip(forms, doubts, strict=True)
    ]  # fmt: skip
    rows += [{"entry": entry, "n": 0} for entry in range(len(lexicon.entries)) if not totals[entry]]
    return _table(rows, lexicon)


def _table(rows: list[dict], lexicon: Lexicon) -> pd.DataFrame:
    rows.sort(key=lambda row: (row["entry"], -row["n"], row.get("form", "")))
    columns = ("entry", "form", "n", "share", "word", "doc_id", "start_char", "doubt", "looks_like")
    table = pd.DataFrame(rows, columns=list(columns))
    table["start_char"] = table["start_char"].astype("Int32")
    for name in ("form", "word", "doc_id", "doubt", "looks_like"):
        table[name] = table[name].astype("str")
    entry = table["entry"].to_numpy(np.int64)
    table.insert(1, "category", lexicon.entries["category"].to_numpy()[entry])
    table.insert(2, "pattern", lexicon.entries["pattern"].to_numpy()[entry])
    return conform(table, "AUDIT")


def _forms(tokens: pd.DataFrame, located: Located, places: list[list[frozenset[int]]]) -> list[Form]:
    """Group matches by entry and the words at its places; within a form, count the spellings."""
    if not len(located):
        return []
    norm, token = tokens["norm"].array, tokens["token"].array
    rows = located.first[:, None] + np.arange(int((located.stop - located.first).max()))
    inside = rows < located.stop[:, None]
    rows = np.minimum(rows, len(tokens) - 1)
    codes, spelled = (np.where(inside, column.codes[rows], -1) for column in (norm, token))
    first, n = _distinct(np.column_stack((located.entry, codes, spelled)))
    found: dict[tuple, Form] = {}
    for place, count in zip(first.tolist(), n.tolist(), strict=True):
        entry = int(located.entry[place])
        span = [code for code in codes[place].tolist() if code >= 0]
        at = _places_of(span, places[entry])
        key = entry, tuple(span[i] for i in at), tuple(b - a > 1 for a, b in pairwise(at))
        if key not in found:
            found[key] = Form(entry, [norm.categories[span[i]] for i in at], key[2], int(located.first[place]))
        form = found[key]
        form.row = min(form.row, int(located.first[place]))
        form.spellings[tuple(token.categories[spelled[place, i]] for i in at)] += count
    return list(found.values())


def _distinct(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each distinct row, and how many there are of it."""
    group = np.zeros(len(table), np.int64)
    for column in table.T:  # the groups are numbered anew with each column, so that numbers stay small
        group = np.unique(group * (int(column.max()) + 2) + column + 1, return_inverse=True)[1]
    return np.unique(group, return_index=True, return_counts=True)[1:]


def _places_of(span: list[int], places: list[frozenset[int]]) -> list[int]:
    """Return where in a span the words of the places stand: from the first on, or where that fails from the last."""
    if len(places) < 2:
        return [0]
    found = _steps(span, places)
    if found is None or found[-1] != len(span) - 1:
        back = _steps(span[::-1], places[::-1])
        found = [len(span) - 1 - at for at in reversed(back)] if back else list(range(len(span)))
    return found


def _steps(span: list[int], places: list[frozenset[int]]) -> list[int] | None:
    found, at = [], 0
    for words in places:
        at = next((i for i in range(at, len(span)) if span[i] in words), -1)
        if at < 0:
            return None
        found.append(at)
        at += 1
    return found
