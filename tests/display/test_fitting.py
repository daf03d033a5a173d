"""Figures at a width in millimetres: nothing is cut or covered, words keep their size, and too narrow is an error."""

import re
import shutil
import struct
import subprocess

import pandas as pd
import pytest
from matplotlib.figure import Figure

from discourse.display.drawing import redraw
from discourse.display.figures import figure_pdf, save_figure
from discourse.display.fitting import INCH, draw_at_width, find_clash, width_in_mm
from discourse.display.plots import (
    plot_attention,
    plot_company,
    plot_events,
    plot_finding,
    plot_positions,
    plot_series,
)
from discourse.errors import SchemaError
from discourse.measures.periods import count_documents
from discourse.measures.series import count_by_period, position_by_period
from discourse.sources.seeds import load_seed

REPORTS = load_seed("reports")
EVENTS = load_seed("events")
CODES = REPORTS[["doc_id", "position", "position_voice"]].rename(columns={"position_voice": "voice"})
CODED = (
    REPORTS.set_index("doc_id")["frames"]
    .str.get_dummies(";")
    .melt(ignore_index=False, var_name="category", value_name="n_matches")
    .reset_index()
    .assign(n_tokens=70)
)


def positions(freq="YS"):
    return position_by_period(CODES, REPORTS, freq=freq).assign(basis="hand")


def company(n):
    actors = ["russia", "taliban", "afghan_gov", "central_asia", "us", "un", "isis", "pakistan"][:n]
    pairs = pd.DataFrame([(one, other) for one in actors for other in actors], columns=["actor", "other"])
    return pairs.assign(n_sentences=9000, n_together=1234, estimate=0.99, lower=0.95, upper=1.0)


FIGURES = {
    "positions": lambda language: plot_positions(positions(), events=EVENTS, language=language),
    "series": lambda language: plot_series(
        count_by_period(CODED, REPORTS, freq="YS", measure="share"), language=language
    ),
    "events": lambda language: plot_events(EVENTS, language=language),
    "attention": lambda language: plot_attention(
        count_documents(REPORTS, freq="YS", by="country"), by="country", language=language
    ),
    "company": lambda language: plot_company(company(3), language=language),
    "finding": lambda language: plot_finding(
        pd.DataFrame(
            {"period": ["2015", "2022"], "first": pd.to_datetime(["2015-01-01", "2022-01-01"]), "few": False,
             "last": pd.to_datetime(["2015-12-31", "2022-12-31"]), "n_units": [8, 14], "estimate": [-1.0, 1.0],
             "lower": [-1.5, 0.5], "upper": [-0.5, 1.5]}
        ),
        series=positions(), language=language,
    ),
}  # fmt: skip


def sizes_of(figure):
    return {text.get_fontsize() for axes in figure.axes for text in [*axes.texts, *axes.get_yticklabels()]}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", FIGURES)
def test_draw_at_width_nothing_is_cut_or_covered_and_words_keep_their_size(name, language):
    figure = FIGURES[name](language)
    for width in (85, 120, 180):
        made = draw_at_width(figure, width)
        assert made.get_size_inches()[0] * INCH == pytest.approx(width)
        assert find_clash(made) is None
        assert sizes_of(made) <= sizes_of(figure)
        assert made.language == language and made.heading == figure.heading


def test_draw_at_width_the_usual_width_gives_the_usual_figure():
    figure = plot_positions(positions())
    again = redraw(figure, figure.get_size_inches()[0])
    assert figure_pdf(again) == figure_pdf(figure)


def test_draw_at_width_shows_what_the_table_was_when_the_figure_was_drawn():
    series = positions()
    figure = plot_positions(series)
    series["estimate"] = 0.0
    drawn = [line.get_ydata() for line in draw_at_width(figure, 120).axes[0].lines]
    assert any(-1.8 in list(values) for values in drawn)


@pytest.mark.parametrize(("width", "numbers"), [(153, True), (152, False)])
def test_draw_at_width_numbers_of_periods_give_way_to_bars(width, numbers):
    made = draw_at_width(plot_positions(positions()), width)
    assert bool(made.axes[1].texts) == numbers
    assert ("Numbers: reports behind each point." in made.get_label()) == numbers
    assert ("Bars: reports behind each point." in made.get_label()) == (not numbers)


def test_draw_at_width_events_keep_their_numbers_where_some_have_no_room():
    every = {text.get_text() for text in plot_events(EVENTS).axes[0].texts}
    made = draw_at_width(plot_events(EVENTS), 85)
    some = [text.get_text() for text in made.axes[0].texts]
    told = [text.get_text().split(".")[0] for text in made.axes[1].texts]
    assert some == told and set(some) < every
    assert f"Numbered: {len(some)} of the {len(every)} events" in made.get_label()


def test_draw_at_width_too_narrow_names_the_least_width_and_that_stands():
    figure = plot_company(company(8))
    with pytest.raises(SchemaError) as caught:
        draw_at_width(figure, 60)
    told = re.fullmatch(
        r"`width_mm` is 60, too narrow for this figure: .+\. It stands from (\d+) mm on: give that, or show fewer "
        r"panels, lines or names\.",
        str(caught.value),
    )
    least = int(told[1])
    draw_at_width(figure, least)
    with pytest.raises(SchemaError):
        draw_at_width(figure, least - 5)


def test_draw_at_width_a_figure_of_another_maker_is_an_error():
    with pytest.raises(SchemaError) as caught:
        draw_at_width(Figure(), 85)
    assert str(caught.value) == (
        "`figure` does not know how it was drawn, so it cannot be laid out anew at a width. Pass what a plot_ function "
        "returned, or draw it at that width and leave the width out."
    )


@pytest.mark.parametrize("width", [0, -3, 1000.5, float("nan"), True, "85"])
def test_width_in_mm_no_width_is_an_error(width):
    with pytest.raises(SchemaError) as caught:
        width_in_mm(None, width)
    assert str(caught.value) == (
        f"`width_mm` is {width!r}; it must be a number of millimetres above 0, at most 1000. A column of a journal has "
        "about 85, a page 180."
    )


def test_width_in_mm_both_is_an_error():
    with pytest.raises(SchemaError) as caught:
        width_in_mm("page", 85)
    assert str(caught.value) == "`width` is 'page' and `width_mm` is 85; give one of both."
    with pytest.raises(SchemaError) as caught:
        width_in_mm("half", None)
    assert str(caught.value) == "`width` is 'half'; it must be one of 'column', 'page'."


def test_find_clash_says_what_is_cut_and_what_is_covered():
    figure = Figure(figsize=(3, 2), dpi=100)
    figure.text(0.9, 0.5, "a long word")
    assert find_clash(figure) == "'a long word' is cut at the edge"
    figure = Figure(figsize=(3, 2), dpi=100)
    figure.text(0.1, 0.5, "one")
    figure.text(0.12, 0.5, "other")
    assert find_clash(figure) == "'one' and 'other' cover each other"
    figure.add_axes((0.1, 0.1, 0.05, 0.3))
    assert find_clash(figure) == "a panel would be 4 mm wide and 15 mm high"


def test_save_figure_pdf_of_a_column_has_its_width_and_its_fonts(tmp_path):
    for language in ("en", "ar"):
        place = save_figure(FIGURES["positions"](language), tmp_path / f"{language}.pdf", width="column")[0]
        pdf = place.read_bytes()
        box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
        assert float(box[1]) / 72 * INCH == pytest.approx(85, abs=0.01)
        assert b"/FontFile2" in pdf and b"/Type3" not in pdf
        if shutil.which("pdffonts"):
            rows = subprocess.run(["pdffonts", place], capture_output=True, text=True, check=True).stdout.splitlines()
            kinds = [row.split() for row in rows[2:]]
            assert kinds and all("TrueType" in row and row[-5:-2] == ["yes", "yes", "yes"] for row in kinds)


@pytest.mark.parametrize(("asked", "dots"), [({}, 300), ({"dpi": 600}, 600)])
def test_save_figure_png_of_a_width_has_the_dots_of_print(tmp_path, asked, dots):
    figure = plot_attention(count_documents(REPORTS, freq="YS"))
    png = save_figure(figure, tmp_path / "a.png", width_mm=100, **asked)[0].read_bytes()
    wide = struct.unpack(">I", png[16:20])[0]
    assert wide == pytest.approx(100 / INCH * dots, abs=1)
    at = png.index(b"pHYs") + 4
    assert struct.unpack(">I", png[at : at + 4])[0] == pytest.approx(dots / 0.0254, abs=1)


@pytest.mark.parametrize("dpi", [71, 1201, 150.0, True])
def test_save_figure_dots_that_no_printer_has_are_an_error(tmp_path, dpi):
    with pytest.raises(SchemaError) as caught:
        save_figure(plot_attention(count_documents(REPORTS, freq="YS")), tmp_path / "a.png", dpi=dpi)
    assert str(caught.value) == (
        f"`dpi` is {dpi!r}; it must be a whole number from 72 to 1,200. Print asks for 300, line drawings for 600."
    )
    assert list(tmp_path.iterdir()) == []


def test_save_figure_too_narrow_writes_nothing(tmp_path):
    with pytest.raises(SchemaError):
        save_figure(plot_company(company(8)), tmp_path / "a.pdf", width_mm=40)
    assert list(tmp_path.iterdir()) == []
