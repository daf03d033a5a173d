"""Parts of the data of a page: JSON that no parser of HTML can leave, the large ones packed until they are opened."""

import base64
import gzip
import html
import json
import math
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["codes_of", "column", "pack", "plain"]

_ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
_SYSTEM = 9  # the byte of gzip that names the system; versions of Python write different ones, 255 is none


def plain(name: str, content: Any) -> str:
    r"""Return a part that is read when the page opens, as an element of HTML.

    Examples
    --------
    >>> plain("head", ["</script>"])
    '<script type="application/json" data-part="head">["\\u003c/script\\u003e"]</script>'
    """
    said = _json(content).translate(_ESCAPED)
    return f'<script type="application/json" data-part="{html.escape(name)}">{said}</script>'


def pack(name: str, content: Any) -> str:
    """Return a part that is opened when it is asked for: gzip in base64; equal content gives equal bytes."""
    raw = gzip.compress(_json(content).encode("utf-8", "replace"), 9, mtime=0)
    packed = base64.b64encode(raw[:_SYSTEM] + b"\xff" + raw[_SYSTEM + 1 :]).decode("ascii")
    return f'<script type="text/plain" data-part="{html.escape(name)}">{packed}</script>'


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_value)


def _value(value: Any) -> Any:
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.floating):
        return None if math.isnan(value) else float(value)
    raise TypeError(f"{type(value).__name__} is no value of the page")


def column(told: pd.Series) -> list[Any]:
    """Return the values of a column as JSON has them: null for what is missing, whole numbers as such.

    Examples
    --------
    >>> column(pd.Series([1.0, None, 0.5])), column(pd.Series(["a", None]))
    ([1, None, 0.5], ['a', None])
    """
    if pd.api.types.is_datetime64_any_dtype(told.dtype):
        told = told.dt.strftime("%Y-%m-%d")
    return [_plain(value) for value in told.astype(object)]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float | np.floating) and not math.isfinite(value)):
        return None
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return int(value)
    return value.item() if isinstance(value, np.generic) else value


def codes_of(values: pd.Series, names: list[str] | None = None) -> tuple[list[str], list[int]]:
    """Return the distinct values, sorted unless they are given, and the place of each value among them; -1 for none.

    Examples
    --------
    >>> codes_of(pd.Series(["b", None, "a"]))
    (['a', 'b'], [1, -1, 0])
    """
    told = values.astype(object).where(values.notna(), None)
    known = sorted({str(value) for value in told if value is not None}) if names is None else names
    places = {name: place for place, name in enumerate(known)}
    return known, [-1 if value is None else places.get(str(value), -1) for value in told]
