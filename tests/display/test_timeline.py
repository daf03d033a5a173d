import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.display.timeline import _spread, key_events, plot_events
from discourse.sources.seeds import load_seed

EVENTS = load_seed("events")


def test_key_events_one_a_year_and_acts_before_words():
    key = key_events(EVENTS)
    assert key["date"].dt.year.is_unique
    assert key["number"].tolist() == list(range(1, len(key) + 1))
    chosen = key.set_index(key["date"].dt.year)["act_type"]
    assert chosen[2003] == "designation" and chosen[2025] == "recognition"


def test_key_events_most_keeps_the_first_by_rank():
    key = key_events(EVENTS, most=3)
    assert len(key) == 3
    assert set(key["act_type"]) <= {"recognition", "designation"}


def test_key_events_order_of_rows_changes_nothing():
    pd.testing.assert_frame_equal(key_events(EVENTS), key_events(EVENTS.sample(frac=1, random_state=4)))


def test_plot_events_every_event_is_drawn():
    axes = plot_events(EVENTS).axes[0]
    drawn = sum(len(line.get_xdata()) for line in axes.lines if line.get_marker() != "None")
    assert drawn == len(EVENTS)


def test_plot_events_every_number_is_told_below():
    top, bottom = plot_events(EVENTS).axes
    numbers = [text.get_text() for text in top.texts]
    told = [text.get_text().split(".")[0] for text in bottom.texts]
    assert numbers == told == [str(n) for n in range(1, len(numbers) + 1)]


def test_plot_events_arabic_tells_the_arabic_words():
    bottom = plot_events(EVENTS, language="ar").axes[1]
    assert all(text.get_ha() == "right" for text in bottom.texts)
    assert any("المحكمة العليا" in text.get_text() for text in bottom.texts)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plot_events_no_text_overlaps_another_or_leaves_the_figure(language):
    figure = plot_events(EVENTS, language=language)
    figure.draw_without_rendering()
    frame = figure.bbox
    boxes = [text.get_window_extent() for axes in figure.axes for text in axes.texts]
    for place, box in enumerate(boxes):
        assert box.x0 >= frame.x0 and box.x1 <= frame.x1 and box.y0 >= frame.y0 and box.y1 <= frame.y1
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_spread_keeps_order_and_distance(places):
    spread = _spread(np.sort(np.array(places)), 3.0, (0.0, 100.0))
    assert (np.diff(spread) >= 3.0 - 1e-9).all()
    assert spread[-1] <= 100.0
