"""The tables of the library as data: columns, dtypes, keys and meanings.

This module is the single source: ``check`` holds a frame against it, ``codebook`` prints it, and
docs/codebook.md is generated from it.
"""

from dataclasses import dataclass, field

import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three

__all__ = ["TABLES", "Column", "TableSchema", "check", "codebook", "conform"]

# dtype words: "category" dictionary-coded string; "string" any pandas string dtype; "date" datetime64[us];
# others are numpy dtype names.


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype word, meaning, and whether it may be absent or null."""

    name: str
    dtype: str
    meaning: str
    null: bool = False
    optional: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: its name, what a row is, its key and its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: bool = True
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})


def _c(name: str, dtype: str, meaning: str, null: bool = False, optional: bool = False) -> Column:
    return Column(name, dtype, meaning, null, optional)


_DOC = _c("doc_id", "category", "the document")

TABLES: dict[str, TableSchema] = {
    table.name: table
    for table in (
        TableSchema(
            "DOCUMENTS",
            "one document: an article, an agency item, a digest",
            ("doc_id",),
            (
                _c("doc_id", "string", "unique name of the document"),
                _c("text", "string", "the text exactly as published, never changed"),
                _c(
                    "date",
                    "date",
                    "publication date; first day of the period where precision is month or year",
                    null=True,
                ),
                _c("date_precision", "category", "day, month or year", null=True),
                _c("source", "category", "the outlet", null=True),
                _c("title", "string", "the headline", null=True),
            ),
        ),
        TableSchema(
            "TOKENS",
            "one token as written",
            ("doc_id", "position"),
            (
                _DOC,
                _c("position", "int32", "place of the token in its document, from 0"),
                _c("sentence", "int32", "number of the sentence in its document, from 0"),
                _c("start_char", "int32", "first character in `text`"),
                _c("end_char", "int32", "one past the last character in `text`"),
                _c("token", "category", "the token verbatim: text[start_char:end_char]"),
                _c("norm", "category", "its normal form; empty for marks that normalization removes"),
                _c("lemma", "category", "lemma by camel-tools, null without an analysis", null=True, optional=True),
                _c(
                    "pos",
                    "category",
                    "part of speech by camel-tools, null without an analysis",
                    null=True,
                    optional=True,
                ),
            ),
        ),
        TableSchema(
            "MATCHES",
            "one place where a lexicon entry fires",
            ("doc_id", "start", "end", "category"),
            (
                _DOC,
                _c("start", "int32", "position of the first token"),
                _c("end", "int32", "one past the position of the last token"),
                _c("category", "category", "category of the lexicon"),
                _c("pattern", "category", "the entry that fired, as written in the lexicon"),
                _c("weight", "float64", "weight of the entry, 1 unless the lexicon says otherwise"),
                _c("negated", "bool", "the match stands in the scope of a negator"),
                _c("hedged", "bool", "the match stands in the scope of a hedge or condition"),
            ),
        ),
        TableSchema(
            "QUOTATIONS",
            "one instance of reported speech",
            ("doc_id", "content_start_char", "cue_start_char"),
            (
                _DOC,
                _c("cue", "string", "the reporting word or phrase as written"),
                _c("cue_start_char", "int32", "first character of the cue"),
                _c("cue_end_char", "int32", "one past the last character of the cue"),
                _c("speaker", "string", "the speaker as written; null where none is found", null=True),
                _c("speaker_start_char", "Int32", "first character of the speaker", null=True),
                _c("speaker_end_char", "Int32", "one past the last character of the speaker", null=True),
                _c("side", "category", "side of the speaker by the actor lexicon", null=True),
                _c("kind", "category", "direct, indirect or mixed"),
                _c("content_start_char", "int32", "first character of what is said"),
                _c("content_end_char", "int32", "one past the last character of what is said"),
                _c("actor", "category", "the speaker resolved by the actor lexicon", null=True),
                _c("strength", "category", "neutral, assertive, doubtful, denying or accusing, by the cue", null=True),
                _c("chain", "string", "sources between speaker and outlet, nearest first, joined by ' < '", null=True),
                _c("rule", "category", "the rule that found it"),
            ),
        ),
        TableSchema(
            "POSITIONS",
            "the position of one holder toward one target in one sentence",
            ("doc_id", "start_char", "holder", "voice"),
            (
                _DOC,
                _c("sentence", "int32", "number of the sentence"),
                _c("start_char", "int32", "first character of the sentence"),
                _c("end_char", "int32", "one past its last character"),
                _c("holder", "category", "who takes the position: an actor"),
                _c("target", "category", "toward whom"),
                _c("polarity", "int8", "-1 against, 0 neither, +1 for"),
                _c("strength", "float64", "strength of the strongest cue, 1 or 2"),
                _c("negated", "bool", "the cue is negated or denied"),
                _c("voice", "category", "outlet, or the actor whose words these are"),
                _c("cues", "string", "the words that show it, joined by '|'"),
            ),
            unique=False,
        ),
        TableSchema(
            "DOCUMENT_POSITIONS",
            "the position of one holder toward one target in one document",
            ("doc_id", "holder", "target"),
            (
                _DOC,
                _c("holder", "category", "who takes the position: an actor"),
                _c("target", "category", "toward whom"),
                _c("position", "int8", "-2 hostile, -1 wary, 0 ambivalent, +1 engaged, +2 cooperative"),
                _c("n_for", "int64", "sentences for the target"),
                _c("n_against", "int64", "sentences against the target"),
                _c("voice", "category", "whose word the position is: the holder's own (its name) or third_party"),
            ),
        ),
        TableSchema(
            "FRAMES",
            "one frame in one document (dense: zeros kept)",
            ("doc_id", "category"),
            (
                _DOC,
                _c("category", "category", "the frame"),
                _c("present", "int8", "1 where the document uses the frame"),
                _c("n_matches", "int64", "matches of the frame's entries"),
                _c("n_sentences", "int64", "sentences with at least one match"),
                _c("main", "int8", "1 for the dominant frame of the document"),
            ),
        ),
        TableSchema(
            "COUNTS",
            "one category in one document (dense: zeros kept)",
            ("doc_id", "category"),
            (
                _DOC,
                _c("category", "category", "category of the lexicon"),
                _c("n_matches", "int64", "matches in the document"),
                _c("n_tokens", "int64", "word tokens in the document (with a letter or a digit)"),
                _c("n_sentences", "int64", "sentences in the document"),
            ),
        ),
        TableSchema(
            "SERIES",
            "one category in one period (dense; further `by` columns between category and n_docs)",
            ("period", "category"),
            (
                _c("period", "date", "first day of the period"),
                _c("category", "category", "category of the lexicon"),
                _c("n_docs", "int64", "documents of the period: the denominator of shares"),
                _c("n_docs_with", "int64", "documents with at least one match"),
                _c("n_matches", "int64", "matches in the period"),
                _c("n_tokens", "int64", "word tokens in the period: the denominator of rates"),
                _c("estimate", "float64", "the measure; null where the denominator is 0", null=True),
                _c("lower", "float64", "lower bound of the 95% interval", null=True),
                _c("upper", "float64", "upper bound of the 95% interval", null=True),
                _c("measure", "category", "per_1000 (matches per 1,000 word tokens) or share (of documents)"),
            ),
            unique=False,
        ),
        TableSchema(
            "CONCORDANCE",
            "one keyword in context",
            ("doc_id", "start"),
            (
                _DOC,
                _c("start", "int32", "position of the first token of the keyword"),
                _c("end", "int32", "one past the position of the last token"),
                _c("pre", "string", "text before the keyword"),
                _c("keyword", "string", "the keyword as written"),
                _c("post", "string", "text after the keyword"),
                _c("pattern", "category", "the pattern that fired"),
            ),
            unique=False,
        ),
        TableSchema(
            "STATEMENTS",
            "one statement in the sense of discourse-network analysis",
            ("doc_id", "start_char", "actor", "concept"),
            (
                _DOC,
                _c("date", "date", "date of the document", null=True),
                _c("actor", "string", "person or body that states", null=True),
                _c("organisation", "string", "side or organisation of the actor", null=True),
                _c("concept", "category", "what is stated"),
                _c("agreement", "bool", "the actor agrees with the concept"),
                _c("start_char", "int32", "first character of the statement"),
                _c("end_char", "int32", "one past its last character"),
                _c("text", "string", "the statement as written"),
            ),
            unique=False,
        ),
        TableSchema(
            "CODES",
            "one value that one coder gives one unit on one variable",
            ("unit_id", "coder", "variable"),
            (
                _c("unit_id", "string", "the unit: a document or a span"),
                _c("coder", "string", "who codes"),
                _c("variable", "string", "what is coded"),
                _c("value", "string", "the code", null=True),
            ),
        ),
        TableSchema(
            "EVENTS",
            "one dated fact",
            ("date", "event"),
            (
                _c("date", "date", "date of the fact"),
                _c("event", "string", "the fact in words"),
                _c("date_precision", "category", "day, month or year"),
                _c("actor", "string", "who acts"),
                _c("act_type", "category", "kind of act"),
                _c("position", "float64", "position code -2..2, null where none", null=True),
                _c("frames", "string", "frames, joined by ';'", null=True),
                _c("source_url", "string", "an address that states it"),
            ),
        ),
        TableSchema(
            "REJECTS",
            "one record that could not become a document",
            ("path", "record"),
            (
                _c("path", "string", "the file"),
                _c("record", "string", "line, row or byte of the record"),
                _c("reason", "string", "why it was rejected, in a sentence"),
            ),
            unique=False,
        ),
        TableSchema(
            "SPANS",
            "one marked span of a document (boilerplate, dates, credits)",
            ("doc_id", "start_char", "end_char"),
            (
                _DOC,
                _c("start_char", "int32", "first character in `text`"),
                _c("end_char", "int32", "one past the last character"),
                _c("kind", "category", "what the span is"),
                _c("basis", "category", "how it was found"),
            ),
            unique=False,
        ),
    )
}

_NUMPY = {"int8", "int32", "int64", "float64", "bool", "Int32"}


def _fits(series: pd.Series, dtype: str) -> bool:
    if dtype == "category":
        return isinstance(series.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(series.dtype)
    if dtype == "string":
        return (
            pd.api.types.is_string_dtype(series.dtype)
            or isinstance(series.dtype, pd.CategoricalDtype)
            or bool(series.isna().all())
        )
    if dtype == "date":
        return pd.api.types.is_datetime64_any_dtype(series.dtype)
    if dtype.lower().startswith("int"):
        return pd.api.types.is_integer_dtype(series.dtype)
    if dtype == "float64":
        return pd.api.types.is_numeric_dtype(series.dtype)
    return pd.api.types.is_bool_dtype(series.dtype)


def check(frame: pd.DataFrame, table: str, *, argument: str | None = None) -> None:
    """Hold a frame against one of the tables.

    Parameters
    ----------
    frame : DataFrame
        The frame to check.
    table : str
        Name of the table, a key of ``TABLES``.
    argument : str, optional
        How the caller's argument is called; the lower-case table name by default.

    Raises
    ------
    SchemaError
        A required column is missing, has another dtype, or holds nulls; or the key repeats.

    Examples
    --------
    >>> import pandas as pd
    >>> check(pd.DataFrame({"doc_id": ["a"]}), "DOCUMENTS")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    discourse.errors.SchemaError: `documents` lacks the columns 'text', 'date', 'date_precision', ...
    """
    check_choice("table", table, list(TABLES))
    schema = TABLES[table]
    argument = argument or table.lower()
    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"`{argument}` is a {type(frame).__name__}; it must be a pandas DataFrame, a {table} table.")
    missing = [c.name for c in schema.columns if not c.optional and c.name not in frame.columns]
    if missing:
        quoted = ", ".join(repr(name) for name in missing)
        raise SchemaError(f"`{argument}` lacks the columns {quoted}; see docs/codebook.md for the table {table}.")
    for column in schema.columns:
        if column.name not in frame.columns:
            continue
        series = frame[column.name]
        if len(frame) and not _fits(series, column.dtype):
            raise SchemaError(
                f"`{argument}` column {column.name!r} has dtype {series.dtype}; it must be {column.dtype}."
            )
        if not column.null and series.isna().any():
            count = int(series.isna().sum())
            raise SchemaError(f"`{argument}` column {column.name!r} has {count} null values; it must have none.")
    if schema.unique and len(frame):
        repeated = frame.duplicated(list(schema.key), keep="first")
        if repeated.any():
            offenders = frame.loc[repeated, list(schema.key)].itertuples(index=False, name=None)
            shown = first_three(row[0] if len(row) == 1 else row for row in offenders)
            key = " + ".join(schema.key)
            action = "Drop or rename them before tokenize()." if table == "DOCUMENTS" else "Drop the repeated rows."
            raise SchemaError(
                f"`{argument}` has {int(repeated.sum())} repeated {key} values; {key} must be unique. "
                f"First: {shown}. {action}"
            )


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a copy with the table's column order and dtypes, sorted by its key; extra columns follow to the right.

    Parameters
    ----------
    frame : DataFrame
        Any columns of the table, in any order; it is not changed. What is missing stays missing: ``check`` says so.
    table : str
        Name of the table, a key of ``TABLES``.

    Raises
    ------
    SchemaError
        ``table`` is no table of the library.
    """
    check_choice("table", table, list(TABLES))
    schema = TABLES[table]
    named = [c for c in schema.columns if c.name in frame.columns]
    out = frame[[c.name for c in named] + [name for name in frame.columns if name not in schema.by_name]].copy()
    for column in named:
        series = out[column.name]
        if column.dtype == "category" and not isinstance(series.dtype, pd.CategoricalDtype):
            out[column.name] = series.astype("category")
        elif column.dtype == "string" and not pd.api.types.is_string_dtype(series.dtype):
            out[column.name] = series.astype("str")
        elif column.dtype == "date":
            out[column.name] = pd.to_datetime(series).astype("datetime64[us]")
        elif column.dtype in _NUMPY and str(series.dtype) != column.dtype:
            out[column.name] = series.astype(column.dtype)  # type: ignore[call-overload]
    return out.sort_values(list(schema.key), kind="stable", ignore_index=True)


def codebook() -> str:
    """Return the tables as Markdown: the text of docs/codebook.md."""
    lines = [
        "# Codebook: the tables",
        "",
        "Generated from `discourse/tables.py`; a test holds it current. Key columns are marked with `*`.",
        "",
    ]
    for schema in TABLES.values():
        lines += [
            f"## {schema.name}",
            "",
            f"A row is {schema.row}.",
            "",
            "| column | dtype | meaning |",
            "|---|---|---|",
        ]
        for column in schema.columns:
            mark = "*" if column.name in schema.key else ""
            notes = [note for note, on in (("null ok", column.null), ("optional", column.optional)) if on]
            suffix = f" ({', '.join(notes)})" if notes else ""
            lines.append(f"| `{column.name}`{mark} | {column.dtype} | {column.meaning}{suffix} |")
        lines.append("")
    return "\n".join(lines)
