"""Actors in company: the matrix of actors that share a sentence."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from discourse.display.labels import LANGUAGES, label, phrase
from discourse.display.style import finish, new_figure, styled
from discourse.errors import check_choice

__all__ = ["plot_company"]


@styled
def plot_company(
    company: pd.DataFrame,
    *,
    language: str = "en",
    most: int = 12,
    actors: Sequence[str] | None = None,
    always: Sequence[str] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
    intervals: bool = True,
) -> Figure:
    r"""Draw the actors that share a sentence as a matrix: the share in each cell, and its n.

    Parameters
    ----------
    company : DataFrame
        The table from ``count_company``.
    language : {"en", "ar"}
        Language of all words in the figure; in Arabic the matrix reads from right to left.
    most : int
        Actors at most: those in most sentences.
    actors : sequence of str, optional
        Which actors, in this order.
    always : sequence of str
        Actors that are shown even where ``most`` others are named more often.
    labels : mapping, optional
        Labels by actor and language.
    title : str, optional
        Title instead of the standard one.
    intervals : bool
        Whether the cells show their intervals; one document has none to show.

    Returns
    -------
    Figure
        One panel: row = of the sentences of this actor, column = the share that names the other one.

    Examples
    --------
    >>> company = pd.DataFrame({"actor": ["russia", "taliban"], "other": ["taliban", "russia"], "n_sentences": [2, 1],
    ...                         "n_together": [1, 1], "estimate": [0.5, 0.25], "lower": [0.27, 0.2],
    ...                         "upper": [0.73, 0.3]})
    >>> [text.get_text() for text in plot_company(company).axes[0].texts]
    ['50%\n27–73\n1', '25%\n20–30\n1']
    """
    check_choice("language", language, LANGUAGES)
    sizes = company.groupby("actor", observed=True)["n_sentences"].max()
    largest = sorted(sizes.index[sizes > 0].astype(str), key=lambda name: (-int(sizes[name]), name))
    kept = [name for name in always if name in largest[most:]]
    names = list(actors or [*largest[: most - len(kept)], *kept])
    for name in names:
        check_choice("actors", name, sorted(sizes.index.astype(str)))
    columns = ("estimate", "n_together", "lower", "upper")
    shares, together, lower, upper = (_matrix(company, names, column) for column in columns)
    side = 0.62 * len(names)
    figure = new_figure(max(side * 1.15 + 2.6, 6.4), side * 0.85 + 2.2, lowest=1)
    axes = figure.subplots()
    scale = max(float(np.nanmax(shares)) if np.isfinite(shares).any() else 0.0, 0.01)
    axes.imshow(np.nan_to_num(shares), cmap="Greys", vmin=0, vmax=scale * 1.8, aspect="auto")
    for row in range(len(names)):
        for column in range(len(names)):
            if row != column and np.isfinite(shares[row, column]):
                bounds = f"{100 * lower[row, column]:.0f}–{100 * upper[row, column]:.0f}"
                parts = [
                    f"{shares[row, column]:.0%}",
                    *([bounds] if intervals else []),
                    f"{int(together[row, column]):,}",
                ]
                axes.text(column, row, "\n".join(parts), ha="center", va="center", fontsize=6, linespacing=1.25)
    axes.set_yticks(range(len(names)), [f"{label(name, language, labels)} ({int(sizes[name]):,})" for name in names])
    axes.set_xticks(
        range(len(names)),
        [label(name, language, labels) for name in names],
        rotation=35,
        ha="right",
        rotation_mode="anchor",
    )
    axes.set_xlabel(phrase("company_column", language))
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    if language == "ar":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
        axes.yaxis.set_label_position("right")
        axes.tick_params(length=0)
    return finish(
        figure,
        title or phrase("company", language),
        [phrase("company_cell" if intervals else "company_share", language)],
        language,
    )


def _matrix(company: pd.DataFrame, names: list[str], column: str) -> np.ndarray:
    table = company.assign(actor=company["actor"].astype(str), other=company["other"].astype(str))
    wide = table.pivot(index="actor", columns="other", values=column)
    return wide.reindex(index=names, columns=names).to_numpy(float)
