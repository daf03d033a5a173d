"""Which texts of a corpus are texts: strings that hold something and that can be written down."""

import pandas as pd

__all__ = ["encodable", "judge_texts"]

# Whitespace, controls and the characters that show nothing: a text of these alone is empty.
_BLANKS = [*range(0x21), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F]
_BLANK = "".join(map(chr, [*_BLANKS, *range(0x2060, 0x2070), 0x3000, 0xFEFF, 0xFFFC]))


def judge_texts(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the texts as strings, and the problem of each (null where there is none)."""
    problems = pd.Series(None, index=column.index, dtype="str")
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if not pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
        kinds = column.map(lambda value: "" if isinstance(value, str) else type(value).__name__).astype("str")
        kinds = kinds.where(column.notna(), "")
        problems = ("the text is of type " + kinds + ", not a string").where(kinds != "").astype("str")
        column = column.where(kinds == "").map(encodable, na_action="ignore").astype("str")
        halves = column == "\ufffd"
        problems = problems.where(~halves, "the text holds half of a surrogate pair, which is no character")
    column = column.astype("str")
    empty = column.isna() | (column.str.strip(_BLANK) == "")
    return column, problems.where(problems.notna() | ~empty, "the text is empty")


def encodable(value: str) -> str:
    """Return a string as it is where UTF-8 can hold it, else the sign of what is no character."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "\ufffd"
    return value
