"""Tables of pandas as tables of Arrow, so that they come back unchanged; and what shows that one did."""

import json

import pandas as pd
import pyarrow as pa

__all__ = ["comes_back", "from_arrow", "is_same_table", "repeat_text", "to_arrow"]

_KINDS = b"kinds of categories"
_OBJECTS = b"columns of objects"


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a frame as an Arrow table that says what its categories and objects are, which Arrow forgets.

    Raises
    ------
    ArrowException, TypeError, ValueError
        A column holds what Arrow has no type for.

    Examples
    --------
    >>> frame = pd.DataFrame({"source": pd.Categorical(["b", None])})
    >>> is_same_table(from_arrow(to_arrow(frame)), frame)
    True
    """
    kinds = {
        place: [str(kind.categories.dtype), kind.categories.name]
        for place, kind in enumerate(frame.dtypes)
        if isinstance(kind, pd.CategoricalDtype)
    }
    objects = [place for place, kind in enumerate(frame.dtypes) if pd.api.types.is_object_dtype(kind)]
    table = pa.Table.from_pandas(frame)
    own = {_KINDS: json.dumps(kinds), _OBJECTS: json.dumps(objects)}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **own})


def from_arrow(table: pa.Table) -> pd.DataFrame:
    """Return the frame that ``to_arrow`` was given."""
    again = table.to_pandas()
    for place, (dtype, name) in json.loads(table.schema.metadata[_KINDS]).items():
        column = again.columns[int(place)]
        values = again[column].cat
        categories = pd.Index(values.categories, dtype=dtype, name=name)
        kind = pd.CategoricalDtype(categories, ordered=values.ordered)
        again[column] = pd.Categorical.from_codes(values.codes.to_numpy(), dtype=kind)
    for place in json.loads(table.schema.metadata[_OBJECTS]):
        column = again.columns[place]
        if again[column].dtype != object:  # strings, of which pandas makes a column of its own
            again[column] = again[column].astype(object).where(again[column].notna(), None)
    return again


def repeat_text(text: str | None, n: int) -> pd.api.extensions.ExtensionArray:
    """Return a column of one text, or of nulls.

    Examples
    --------
    >>> list(repeat_text("كابل", 2)), repeat_text(None, 1).isna().tolist()
    (['كابل', 'كابل'], [True])
    """
    kind = pa.large_string()
    return pd.array(pa.nulls(n, kind) if text is None else pa.repeat(pa.scalar(text, kind), n), dtype="str")


def comes_back(frame: pd.DataFrame) -> pa.Table | None:
    """Return a frame as an Arrow table that comes back unchanged; null where there is none.

    Examples
    --------
    >>> comes_back(pd.DataFrame({"n": [1 + 2j]})) is None
    True
    """
    try:
        table = to_arrow(frame)
        return table if is_same_table(from_arrow(table), frame) else None
    except (pa.ArrowException, TypeError, ValueError, OverflowError):  # no type of Arrow holds its values
        return None


def is_same_table(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Tell whether two frames are the same to the last digit: columns, dtypes, categories, index, values, attrs."""
    try:
        pd.testing.assert_frame_equal(one, other, check_exact=True, check_freq=False)
    except AssertionError:
        return False
    return one.attrs == other.attrs
