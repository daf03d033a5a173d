"""Statements in the sense of discourse-network analysis: who agrees or disagrees with what, where and when."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse import tables
from discourse.errors import SourceError
from discourse.lexicons.loader import Lexicon
from discourse.reading.stance.positions import find_positions
from discourse.sources.csv_rows import read_whole_csv
from discourse.studies.default import default_pair

__all__ = ["CONCEPTS", "find_statements", "read_statements"]

# classes of the stance lexicon that are concepts: acts and attitudes toward the target, and what it is to the actor;
# what only qualifies them (denial, considers, neutrality) and how its conduct and its fate are judged are none
CONCEPTS = (
    "support", "arming", "agreement", "partnership", "recognition", "accreditation", "delisting",
    "cooperation", "trade", "invitation", "mediation", "dialogue", "contact", "reassurance", "welcomes",
    "force", "threat", "hostility", "enmity", "sanctions", "designation", "condemnation",
    "criticism", "demand", "condition", "cutting", "distrust", "concern", "alert", "opposes",
)  # fmt: skip
_COLUMNS = tuple(column.name for column in tables.TABLES["STATEMENTS"].columns)
_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no"}


def find_statements(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    quotations: pd.DataFrame | None = None,
    positions: pd.DataFrame | None = None,
    target: str | None = None,
    actors: Lexicon | None = None,
    stance: Lexicon | None = None,
    concepts: Sequence[str] = CONCEPTS,
) -> pd.DataFrame:
    r"""Find statements: POSITIONS become one row per actor, concept and sentence.

    A statement is a sentence in which an actor takes a stance toward the target. Its concept is the class of the cue in
    the stance lexicon (recognition, dialogue, sanctions ...); the actor agrees with it unless its code has left the
    side of the class: negated, denied, opposed, or turned against the target (arming its opponents). Two cues of one
    concept in one sentence are one statement; where one agrees and one does not, the later cue decides. Headlines are
    left out: they have no span in the text.

    Parameters
    ----------
    documents, tokens : DataFrame
        DOCUMENTS and TOKENS.
    quotations : DataFrame, optional
        QUOTATIONS; they tell whose words a cue stands in.
    positions : DataFrame, optional
        POSITIONS from ``find_positions`` with the same target, found anew where absent.
    target : str, optional
        Toward whom; the target of the study that ships by default.
    actors, stance : Lexicon, optional
        As for ``find_positions``.
    concepts : sequence of str
        The categories that become concepts.

    Returns
    -------
    DataFrame
        STATEMENTS sorted by doc_id, start_char, actor, concept. ``actor`` is the person who speaks for the side, in
        standard form, else the side itself; ``organisation`` is the side. Extra columns: ``voice``, ``cues``,
        ``target``.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> text = "دعا لافروف إلى الحوار مع طالبان. ونفت موسكو تسليح طالبان."
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2017-04-14"]),
    ...                           "date_precision": ["day"], "source": ["s"], "title": [None]})
    >>> table = find_statements(documents, tokenize(documents))
    >>> table[["actor", "organisation", "concept", "agreement"]].to_string(index=False, header=False)
    'سيرغي لافروف russia dialogue  True\n      russia russia   arming False'
    """
    target = default_pair().target if target is None else target
    for concept in concepts:
        tables.check_choice("concepts", concept, CONCEPTS)
    if positions is None:
        positions = find_positions(
            documents, tokens, quotations=quotations, target=target, actors=actors, stance=stance
        )
    found = positions[(positions["target"] == target) & (positions["sentence"] >= 0) & (positions["categories"] != "")]
    cues = found.assign(signed=found["categories"].str.split("|")).explode("signed", ignore_index=True)
    cues["concept"] = cues["signed"].str.rstrip("!~?*^")
    cues = cues[cues["concept"].isin(concepts)]
    dates = documents.set_index(documents["doc_id"].astype(str))["date"]
    texts = documents.set_index(documents["doc_id"].astype(str))["text"]
    person = cues["person"].astype(object)
    doc_id, holder = cues["doc_id"].astype(str), cues["holder"].astype(str)
    table = pd.DataFrame(
        {
            "doc_id": doc_id,
            "date": dates.reindex(doc_id).array,
            "actor": person.where(person.notna(), holder).astype(str),
            "organisation": holder,
            "concept": cues["concept"].astype(str),
            "agreement": ~cues["signed"].str.contains("~|!", regex=True),
            "start_char": cues["start_char"],
            "end_char": cues["end_char"],
            "text": [texts[d][a:b] for d, a, b in zip(doc_id, cues["start_char"], cues["end_char"], strict=True)],
            "voice": cues["voice"].astype(str),
            "cues": cues["cues"],
            "target": target,
        }
    )
    table = table.drop_duplicates(["doc_id", "start_char", "actor", "concept"], keep="last")
    return tables.conform(table, "STATEMENTS")


def read_statements(path: str | PathLike[str]) -> pd.DataFrame:
    """Read statements back from a CSV that a person has corrected.

    Rows may be added, deleted and changed in any column; extra columns are kept. Line 1 of the file is its header.

    Parameters
    ----------
    path : path
        A CSV in UTF-8 with the columns of STATEMENTS, parted by commas, semicolons or tabs.

    Returns
    -------
    DataFrame
        STATEMENTS.

    Raises
    ------
    SourceError
        A column is missing, or lines hold values that cannot be read: each is named by line, column and value.
    """
    try:
        raw = read_whole_csv(Path(path))
    except SourceError as error:
        raise SourceError(f"{str(path)!r} cannot be read as a CSV in UTF-8: {error}. Save it as CSV, UTF-8.") from error
    missing = [name for name in _COLUMNS if name not in raw.columns]
    if missing:
        raise SourceError(
            f"{str(path)!r} lacks the columns {', '.join(map(repr, missing))}; statements have {', '.join(_COLUMNS)}."
        )
    problems: list[tuple[int, str]] = []
    agreement = raw["agreement"].str.strip().str.lower()
    _note(problems, ~agreement.isin(_TRUE | _FALSE), raw["agreement"], "agreement", "true or false")
    dates = pd.to_datetime(raw["date"].where(raw["date"].str.strip() != ""), format="%Y-%m-%d", errors="coerce")
    _note(
        problems, dates.isna() & (raw["date"].str.strip() != ""), raw["date"], "date", "a day as YYYY-MM-DD, or empty"
    )
    places = {}
    for name in ("start_char", "end_char"):
        places[name] = pd.to_numeric(raw[name], errors="coerce")
        bad = places[name].isna() | (places[name] < 0) | (places[name] % 1 != 0)
        _note(problems, bad, raw[name], name, "a whole number from 0")
    _note(problems, places["start_char"] >= places["end_char"], raw["end_char"], "end_char", "more than start_char")
    for name in ("doc_id", "concept"):
        _note(problems, raw[name].str.strip() == "", raw[name], name, "a name")
    if problems:
        problems.sort()
        shown = "; ".join(said for _, said in problems[:3])
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        raise SourceError(
            f"{str(path)!r} has {len(problems)} values that cannot be read: {shown}{more}. Mend these lines."
        )
    table = raw.assign(
        agreement=agreement.isin(_TRUE), date=dates, start_char=places["start_char"], end_char=places["end_char"]
    )
    for name in ("actor", "organisation"):
        table[name] = table[name].where(table[name].str.strip() != "")
    return tables.conform(table, "STATEMENTS")


def _note(problems: list, bad: pd.Series, values: pd.Series, column: str, wanted: str) -> None:
    for row in bad.index[bad.fillna(True)]:
        said = f"line {row + 2}, {column} is {values[row]!r}; it must be {wanted}"
        problems.append((int(row) + 2, said))
