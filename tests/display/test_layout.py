"""What a reader sees: no text is cut at the edge of a figure, no two texts of a figure cover each other."""

import itertools
import warnings

import pandas as pd
import pytest
from matplotlib.text import Text

from discourse.display.figures import figure_png
from discourse.display.plots import plot_attention, plot_company, plot_events, plot_positions, plot_series
from discourse.measures.periods import count_documents
from discourse.measures.series import count_by_period, position_by_period
from discourse.sources.seeds import load_seed

REPORTS = load_seed("reports")
EVENTS = load_seed("events")
CODED = (
    REPORTS.set_index("doc_id")["frames"]
    .str.get_dummies(";")
    .melt(ignore_index=False, var_name="category", value_name="n_matches")
    .reset_index()
    .assign(n_tokens=70)
)
CODES = REPORTS[["doc_id", "position", "position_voice"]].rename(columns={"position_voice": "voice"})
ACTORS = ["russia", "taliban", "afghan_gov", "central_asia", "us", "un", "isis", "pakistan", "iran", "china"]


def company():
    pairs = pd.DataFrame(list(itertools.permutations(ACTORS, 2)), columns=["actor", "other"])
    sizes = {actor: 10_000 - 900 * place for place, actor in enumerate(ACTORS)}
    return pairs.assign(n_sentences=pairs["actor"].map(sizes), n_together=1234, estimate=0.99, lower=0.95, upper=1.0)


def by_country():
    common = REPORTS["country"].astype(str).where(REPORTS["country"].isin(["EG", "RU", "SA", "GB"]), "other")
    return count_by_period(CODED, REPORTS.assign(country=common), freq="YS", measure="share", by="country", n_draws=20)


def positions(freq):
    series = position_by_period(CODES, REPORTS, freq=freq, n_draws=20)
    return pd.concat([series.assign(basis="hand"), series.assign(basis="lexicon")])


def share(freq):
    return count_by_period(CODED, REPORTS, freq=freq, measure="share", n_draws=20)


FIGURES = {
    "share by year": lambda language: plot_series(share("YS"), language=language),
    "rate by month": lambda language: plot_series(count_by_period(CODED, REPORTS, n_draws=20), language=language),
    "one month": lambda language: plot_series(
        count_by_period(CODED, REPORTS.assign(date=pd.Timestamp("2015-12-23"), date_precision="day"), n_draws=20),
        language=language,
    ),
    "by country": lambda language: plot_series(
        by_country(),
        by="country",
        language=language,
        title="A title as long as those of lexicons: share of reports (%)",
    ),
    "positions by year": lambda language: plot_positions(positions("YS"), events=EVENTS, language=language),
    "positions by month": lambda language: plot_positions(positions("MS"), language=language),
    "events": lambda language: plot_events(EVENTS, language=language),
    "attention": lambda language: plot_attention(
        count_documents(REPORTS, freq="YS", by="country"), by="country", language=language
    ),
    "company": lambda language: plot_company(company(), language=language),
}


def shown_texts(figure):
    """Return the texts that are drawn: not empty, not of a tick outside the axis."""
    found = []
    for text in figure.findobj(Text):
        axes = text.axes
        if not text.get_text().strip() or not text.get_visible() or (axes is not None and not axes.axison):
            if axes is None or axes.axison or text not in axes.texts:
                continue
        found.append(text)
    ticks = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels()}
    drawn = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            drawn |= {id(tick.label1) for tick in axis._update_ticks() if tick.label1.get_visible()}
            drawn |= {id(tick.label2) for tick in axis._update_ticks() if tick.label2.get_visible()}
    return [text for text in found if id(text) not in ticks or id(text) in drawn]


def box_of(text):
    """Return where a text stands; the empty second line of a title, kept for the legend, is no text."""
    box = text.get_window_extent()
    if text.get_text().endswith("\n"):
        return box.from_extents(box.x0, (box.y0 + box.y1) / 2, box.x1, box.y1)
    return box


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", FIGURES)
def test_figure_no_text_is_cut_or_covered(name, language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = FIGURES[name](language)
        figure_png(figure)
    figure.draw_without_rendering()  # back from the resolution of the file
    frame = figure.bbox
    texts = shown_texts(figure)
    boxes = [(text.get_text(), box_of(text)) for text in texts]
    assert len(boxes) > 3
    for text, box in boxes:
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= frame.x1 + 1 and box.y1 <= frame.y1 + 1
        assert inside, f"{text!r} leaves the figure: {box}"
    upright = [box for box, text in zip(boxes, texts, strict=True) if text.get_rotation() % 90 == 0]
    for (one, a), (other, b) in itertools.combinations(upright, 2):  # the box of a slanted text is larger than it
        width = min(a.x1, b.x1) - max(a.x0, b.x0)
        height = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width <= 1 or height <= 1, f"{one!r} and {other!r} cover each other"


def test_lay_out_panels_of_a_column_are_as_wide_and_of_a_row_as_high():
    figure = plot_series(share("YS"))
    places = [axes.get_position() for axes in figure.axes]
    assert len({round(place.width, 9) for place in places}) == 1
    assert len({round(place.height, 9) for place in places[:-3]}) == 1
    assert places[0].height / places[-1].height == pytest.approx(3 / 1.2)


@pytest.mark.parametrize(("words", "lines"), [(3, 1), (30, 3)])
def test_finish_title_longer_than_the_figure_is_broken_into_lines(words, lines):
    figure = plot_series(share("YS"), columns=1, title=" ".join(["position"] * words), categories=["diplomacy"])
    head = figure._suptitle
    assert head.get_text().split() == ["position"] * words
    assert head.get_text().count("\n") + 1 >= lines
    assert (head.get_text().count("\n") == 0) == (lines == 1)
    figure.draw_without_rendering()
    assert head.get_window_extent().x1 <= figure.bbox.x1


def test_finish_marks_of_mathematics_stay_as_written():
    figure = plot_series(share("YS"), title="$5 a barrel, $6 a day")
    assert not figure._suptitle.get_parse_math()
    figure_png(figure)
    assert figure._suptitle.get_text() == "$5 a barrel, $6 a day"


def test_finish_leaves_nothing_for_a_drawing_to_move():
    figure = plot_series(share("YS"))
    before = [axes.get_position().bounds for axes in figure.axes]
    figure_png(figure)
    assert [axes.get_position().bounds for axes in figure.axes] == before


def test_finish_alt_text_names_title_panels_and_notes():
    text = plot_series(share("YS"), title="Frames", categories=["diplomacy"]).get_label()
    assert text.startswith("Frames. Diplomacy (") and text.endswith("cut where it leaves its panel.")
