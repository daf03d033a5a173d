import numpy as np
import pandas as pd
import pytest
from matplotlib import dates as mdates

from discourse.display.change_plots import plot_change
from discourse.display.change_words import describe_change
from discourse.display.standpoints import plot_positions
from discourse.errors import SchemaError
from discourse.measures.change.breaks import breaks
from discourse.measures.change.contrasts import contrast
from discourse.measures.change.events import event_study
from discourse.measures.change.trends import trend
from discourse.measures.series import position_by_period

DAYS = pd.date_range("2015-01-01", periods=80, freq="30D")
DOCUMENTS = pd.DataFrame({"doc_id": [f"d{i:02}" for i in range(80)], "date": DAYS, "country": ["EG", "RU"] * 40})
CODES = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "position": [-1, 0] * 20 + [1, 2] * 20, "voice": "russia"})
SIDES = {"first": {"period": ("2015", "2017")}, "second": {"period": ("2019", "2021")}}
FOUND = contrast(CODES, DOCUMENTS, **SIDES)
HELD = contrast(CODES, DOCUMENTS, **SIDES, hold="country")
BREAKS = breaks(CODES, DOCUMENTS)
EVENT = pd.DataFrame({"date": [DAYS[40]], "event": ["Talks."], "event_ar": ["محادثات."]})
STUDY = event_study(CODES, DOCUMENTS, EVENT, window=365)


def labels_of(axes):
    return [text.get_text() for text in axes.get_yticklabels()]


def marked(axes, marker):
    lines = [line for line in axes.lines if line.get_marker() == marker]
    return [x for line in lines for x in line.get_xdata()]


def test_plot_change_shows_both_sides_and_the_difference():
    figure = plot_change(FOUND)
    sides, gaps = figure.axes
    assert marked(sides, "s") == FOUND["estimate_first"].tolist()
    assert marked(sides, "o") == FOUND["estimate_second"].tolist()
    assert marked(gaps, "D") == FOUND["difference"].tolist()
    assert labels_of(sides) == ["Russia: 2015–2017 → 2019–2021\nreports: 37 → 31"]


def test_plot_change_bars_are_the_intervals():
    gaps = plot_change(FOUND).axes[1]
    (segment,) = gaps.collections[0].get_segments()
    assert segment[:, 0].tolist() == pytest.approx(FOUND[["lower", "upper"]].iloc[0].tolist())


def test_plot_change_shares_are_in_percent():
    found = contrast(CODES, DOCUMENTS, **SIDES, measure="code_share")
    sides, _ = plot_change(found).axes
    assert marked(sides, "o") == (100 * found["estimate_second"]).tolist()
    assert labels_of(sides)[4].startswith("Russia, +2 cooperative: ")


@pytest.mark.parametrize(("n", "face"), [(4, "white"), (5, "#E69F00")])
def test_plot_change_side_of_few_stories_is_hollow(n, face):
    first = {"period": ("2015-01-01", DAYS[n - 1])}
    found = contrast(CODES, DOCUMENTS, first=first, second=SIDES["second"])
    line = next(line for line in plot_change(found).axes[0].lines if line.get_marker() == "s" and len(line.get_xdata()))
    assert line.get_markerfacecolor() == face


def test_plot_change_says_what_is_held():
    figure = plot_change(pd.concat([FOUND, HELD], ignore_index=True))
    assert "Held constant: country of the outlet." in figure.get_label()
    assert "held constant: country of the outlet" in labels_of(figure.axes[0])[1]


def test_plot_change_joint_intervals_are_said():
    found = contrast(CODES, DOCUMENTS, **SIDES, simultaneous=True)
    assert "hold all at once" in plot_change(found).get_label()


def test_plot_change_arabic_names_rows_at_the_right():
    figure = plot_change(FOUND, language="ar")
    gaps, sides = figure.axes
    assert marked(sides, "s") == FOUND["estimate_first"].tolist()
    assert sides.yaxis.get_ticks_position() == "right"
    assert labels_of(sides) == [
        "روسيا: \u20662015–2017\u2069 ← \u20662019–2021\u2069\nعدد التقارير: \u206637\u2069 ← \u206631\u2069"
    ]
    assert sides.get_position().x0 > gaps.get_position().x0


def test_plot_change_two_measures_are_told():
    mixed = pd.concat([FOUND, contrast(CODES, DOCUMENTS, **SIDES, measure="code_share")])
    with pytest.raises(SchemaError, match="`contrasts` holds 2 measures; a figure draws one"):
        plot_change(mixed)


@pytest.mark.parametrize("rows", [40, 41])
def test_plot_change_holds_forty_rows(rows):
    many = pd.concat([FOUND] * rows, ignore_index=True)
    if rows == 40:
        assert len(labels_of(plot_change(many).axes[0])) == 40
    else:
        with pytest.raises(SchemaError, match="`contrasts` has 41 rows; a figure holds 40"):
            plot_change(many)


def test_plot_positions_breaks_and_marks_stand_in_the_panels_of_positions():
    series = position_by_period(CODES, DOCUMENTS)
    figure = plot_positions(series, breaks=BREAKS, marks=EVENT)
    at = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_linestyle() in ("--", ":")]
    assert float(mdates.date2num(BREAKS["cut"][0])) in at and float(mdates.date2num(DAYS[40])) in at
    assert "Shaded: a change must lie in it." in figure.get_label()
    assert "Dotted lines: 2018-04-15 Talks." in figure.get_label()


def test_plot_positions_breaks_of_another_basis_are_not_drawn():
    series = position_by_period(CODES, DOCUMENTS).assign(basis="hand")
    plain = plot_positions(series)
    other, own = (plot_positions(series, breaks=BREAKS.assign(basis=name)) for name in ("lexicon", "hand"))
    n = len(plain.axes[0].lines)
    assert len(other.axes[0].lines) == n and len(own.axes[0].lines) == n + 1


def test_describe_change_tells_a_contrast():
    (sentence,) = describe_change(FOUND)
    numbers = [f"{FOUND[name][0]:+.2f}" for name in ("difference", "lower", "upper")]
    assert sentence == (
        f"Russia: 2019–2021 against 2015–2017: {numbers[0]} [{numbers[1]}, {numbers[2]}], 31 against 37 reports"
    )
    assert describe_change(HELD)[0].endswith("; held constant: country of the outlet")


def test_describe_change_tells_breaks():
    (sentence,) = describe_change(BREAKS)
    assert sentence.startswith("Russia: a change between 20") and "most likely from 2018-01-01 on" in sentence
    few = breaks(CODES.iloc[[0, 1, 30, 31, 50]], DOCUMENTS)
    needed = int(few["n_needed"][0])
    assert describe_change(few) == [f"Russia: too few: 5 reports; a change of 1.00 needs about {needed}"]
    equal = breaks(CODES.assign(position=1), DOCUMENTS)
    assert describe_change(equal) == ["Russia: all 80 reports are alike; nothing can have changed"]
    none = breaks(CODES.assign(position=[0, 1] * 40), DOCUMENTS)
    assert describe_change(none)[0].startswith("Russia: no change found; 80 reports would show one of 1.00 (p ")


def test_describe_change_tells_trends_and_their_bend():
    (sentence,) = describe_change(trend(CODES, DOCUMENTS))
    assert " a year [" in sentence and "; no straight line: it bends at 2018-01-01" in sentence


def test_describe_change_tells_events_in_both_languages():
    (english,), (arabic,) = describe_change(STUDY), describe_change(STUDY, language="ar")
    assert english.startswith("Russia: 2018-04-15, Talks: +") and "reports before" in english
    assert arabic.startswith("روسيا: \u20662018-04-15\u2069، محادثات: \u2066+")
    few = event_study(CODES, DOCUMENTS, EVENT, window=30)
    assert describe_change(few) == ["Russia: 2018-04-15, Talks: too few reports (1 before, 1 after)"]


def test_describe_change_differences_of_shares_are_points_in_both_languages():
    found = contrast(CODES, DOCUMENTS, **SIDES, measure="code_share").iloc[[4]]
    number = f"{100 * found['difference'].iloc[0]:+.1f}"
    assert f": {number} points [+" in describe_change(found)[0] and "%" not in describe_change(found)[0]
    assert f": \u2066{number}\u2069 نقطة مئوية [" in describe_change(found, language="ar")[0]


def test_describe_change_another_table_is_told():
    with pytest.raises(SchemaError, match="`table` is none that tells a change"):
        describe_change(CODES)


def test_describe_change_unknown_bounds_are_a_dash():
    assert "[–, –]" in describe_change(FOUND.assign(lower=np.nan, upper=np.nan))[0]
