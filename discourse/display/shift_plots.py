"""The figure of a word shift: which entries the change of a mean comes from."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from discourse.display.change_words import side_label
from discourse.display.labels import LANGUAGES
from discourse.display.lexis_plots import check_most, name_rows, signed
from discourse.display.numbers import isolate
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["plot_word_shift"]

_LOOKS = ({"facecolor": COLOURS[0]}, {"facecolor": COLOURS[1], "hatch": "////", "edgecolor": "white", "linewidth": 0})


@styled
def plot_word_shift(
    shift: pd.DataFrame,
    *,
    most: int = 20,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw WORD_SHIFT: the entries that change a mean most, with what comes from their share and from their score.

    Parameters
    ----------
    shift : DataFrame
        What ``word_shift`` returns.
    most : int
        Entries at most; the others are drawn together as one row, so that the bars sum to the change.
    language : {"en", "ar"}
        Language of all words in the figure. In Arabic entries stand at the right, and bars grow to the left.
    labels : mapping, optional
        Labels of the sets by name and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel of bars, each with the interval of the contribution.

    Raises
    ------
    SchemaError
        The table has no row.

    Examples
    --------
    >>> from discourse.measures.lexis.word_shift import word_shift
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "source": ["x", "y"]})
    >>> matches = pd.DataFrame({"doc_id": ["a", "b"], "pattern": ["good", "bad"], "weight": [2.0, -1.0]})
    >>> figure = plot_word_shift(word_shift(matches, documents, between=("x", "y"), by="source"))
    >>> len(figure.axes[0].patches)
    4
    """
    check_choice("language", language, LANGUAGES)
    check_most(most)
    need(shift, "shift", ["entry", "contribution", "from_share", "from_score", "lower", "upper"])
    if not len(shift):
        raise SchemaError("`shift` has no row; there is nothing to draw. Take wider sets.")
    shown, others = shift.head(most), shift.iloc[most:]
    names = [str(entry) for entry in shown["entry"]]
    parts = shown[["from_share", "from_score"]].to_numpy(float)
    if len(others):
        names.append(words("word_shift", "others", language).format(n=f"{len(others):,}"))
        parts = np.vstack([parts, others[["from_share", "from_score"]].sum().to_numpy(float)])
    figure = new_figure(6.6, 1.6 + 0.24 * len(names), lowest=1)
    axes = figure.subplots()
    heights = name_rows(axes, names, language)
    left = np.where(np.sign(parts[:, 0]) == np.sign(parts[:, 1]), parts[:, 0], 0.0)
    axes.barh(heights, parts[:, 0], height=0.62, **_LOOKS[0])  # type: ignore
    axes.barh(heights, parts[:, 1], left=left, height=0.62, **_LOOKS[1])
    ends = shown[["lower", "upper"]].to_numpy(float)
    known = ~np.isnan(ends).any(axis=1)
    axes.hlines(heights[: len(shown)][known], ends[known, 0], ends[known, 1], color="black", linewidth=0.9)
    axes.plot(parts.sum(axis=1), heights, linestyle="", marker="D", color="black", markersize=3)
    axes.axvline(0, color="#777777", linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: signed(round(value, 6)))
    if language == "ar":
        axes.invert_xaxis()
    sides = [side_label(str(shift[side].iloc[0]), language, labels) for side in "ab"]
    axes.set_xlabel(words("word_shift", "axis", language).format(a=sides[0], b=sides[1]))
    handles = [
        Patch(label=words("word_shift", name, language), **look)  # type: ignore
        for name, look in zip(("share", "score"), _LOOKS, strict=True)
    ]
    first = shift.iloc[0]
    told = {
        name: isolate(f"{first[name]:+.2f}".replace("-", "\N{MINUS SIGN}"), language)
        for name in ("mean_a", "mean_b", "change")
    }
    bounds = isolate(
        "[{}, {}]".format(
            *(f"{first[f'change_{end}']:+.2f}".replace("-", "\N{MINUS SIGN}") for end in ("lower", "upper"))
        ),
        language,
    )
    notes = [
        words("word_shift", "sizes", language).format(
            **told, bounds=bounds, a=sides[0], b=sides[1], n_docs_a=int(first["n_docs_a"]),
            n_docs_b=int(first["n_docs_b"]),
            n_scored_a=f"{int(first['n_scored_a']):,}", n_scored_b=f"{int(first['n_scored_b']):,}",
        ),
        words("word_shift", "note", language),
    ]  # fmt: skip
    handles = handles[::-1] if language == "ar" else handles
    heading = title or words("word_shift", "title", language).format(a=sides[0], b=sides[1])
    return finish(figure, heading, notes, language, handles)
