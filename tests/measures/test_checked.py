import warnings

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.change.breaks import breaks
from discourse.measures.change.contrasts import contrast
from discourse.measures.change.events import event_study
from discourse.measures.change.trends import trend
from discourse.measures.series import count_by_period, position_by_period

N = 40
DAYS = pd.date_range("2015-01-01", periods=N, freq="60D")
DOCUMENTS = pd.DataFrame({"doc_id": [f"d{place:02}" for place in range(N)], "date": DAYS})
CODES = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "position": [-1, 0, 1, 2] * 10, "holder": "russia"})
COUNTS = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "category": "x", "n_matches": [0, 1] * 20, "n_tokens": 100})
EVENTS = pd.DataFrame({"date": [DAYS[20]], "event": ["the event"]})
SIDES = {"first": {"period": ("2015", "2016")}, "second": {"period": ("2018", "2020")}}
CHANGES = {
    "contrast": lambda table, documents, **options: contrast(table, documents, **SIDES, **options),
    "trend": trend,
    "breaks": breaks,
    "event_study": lambda table, documents, **options: event_study(table, documents, EVENTS, window=400, **options),
}
COUNTED = CHANGES | {"count_by_period": count_by_period}
CODED = CHANGES | {"position_by_period": position_by_period}
DATED = CODED | {"count_by_period": lambda _, documents: count_by_period(COUNTS, documents)}


def changed(column, value):
    return COUNTS.assign(**{column: pd.Series([value, *COUNTS.get(column, pd.Series(1, COUNTS.index))[1:]])})


@pytest.mark.parametrize("name", list(COUNTED))
@pytest.mark.parametrize("column", ["n_matches", "n_tokens"])
@pytest.mark.parametrize("value", [-1, np.nan, np.inf, "1"])
def test_counts_that_are_no_numbers_of_0_or_more_are_told(name, column, value):
    with pytest.raises(
        SchemaError, match=f"has 1 rows whose '{column}' is no number of 0 or more. First documents: 'd"
    ):
        COUNTED[name](changed(column, value), DOCUMENTS)


@pytest.mark.parametrize("name", list(COUNTED))
@pytest.mark.parametrize("value", [2, -1, np.nan, "yes"])
def test_presence_that_is_neither_0_nor_1_is_told(name, value):
    with pytest.raises(SchemaError, match="has 1 rows whose 'present' is neither 0 nor 1"):
        COUNTED[name](changed("present", value), DOCUMENTS, measure="share")


@pytest.mark.parametrize("values", [[0, 1], [False, True]])
def test_presence_of_0_and_1_is_read(values):
    series = count_by_period(COUNTS.assign(present=values * 20), DOCUMENTS, measure="share", freq="YS")
    assert series["n_docs_with"].sum() == 20


@pytest.mark.parametrize("name", list(COUNTED))
def test_counts_with_several_numbers_of_words_in_a_document_are_told(name):
    more = COUNTS.assign(category="y", n_tokens=[101] + [100] * (N - 1))
    with pytest.raises(SchemaError, match="1 documents with several numbers of words in 'n_tokens'. First: 'd00'"):
        COUNTED[name](pd.concat([COUNTS, more]), DOCUMENTS)


@pytest.mark.parametrize("name", list(COUNTED))
def test_counts_that_lack_a_document_in_one_category_are_told(name):
    with pytest.raises(SchemaError, match=r"lacks 1 pairs of document and category. First: \('d00', 'y'\)"):
        COUNTED[name](pd.concat([COUNTS, COUNTS.assign(category="y")[1:]]), DOCUMENTS)


@pytest.mark.parametrize("name", list(COUNTED))
def test_counts_that_repeat_a_document_in_one_category_are_told(name):
    with pytest.raises(SchemaError, match="has 1 documents with several rows in one category"):
        COUNTED[name](pd.concat([COUNTS, COUNTS[:1].assign(n_matches=9)]), DOCUMENTS)


@pytest.mark.parametrize("name", list(CHANGES))
def test_counts_without_any_word_are_told(name):
    with pytest.raises(SchemaError, match="`table` has no word in any document: all 'n_tokens' are 0"):
        CHANGES[name](COUNTS.assign(n_tokens=0), DOCUMENTS)


def test_count_by_period_categories_that_were_cut_off_are_no_zeros():
    both = pd.concat([COUNTS, COUNTS.assign(category="y")]).astype({"category": "category"})
    series = count_by_period(both.loc[both["category"].eq("x")], DOCUMENTS, freq="YS")
    assert series["category"].unique().tolist() == ["x"]


@pytest.mark.parametrize("name", list(CODED))
def test_positions_that_are_text_are_told(name):
    with pytest.raises(SchemaError, match="1 positions that are no numbers. First: 'none'. Read them as numbers"):
        CODED[name](CODES.assign(position=pd.Series(["none", *CODES["position"][1:]])), DOCUMENTS)


@pytest.mark.parametrize("name", list(CODED))
def test_positions_that_are_numbers_among_objects_are_read(name):
    again = CODED[name](CODES.astype({"position": object}), DOCUMENTS)
    pd.testing.assert_frame_equal(again, CODED[name](CODES, DOCUMENTS))


@pytest.mark.parametrize("name", list(CODED))
@pytest.mark.parametrize(
    ("holder", "message"),
    [(["russia"], "it must be one name"), ("us", "which no row of `(table|positions)` has; it has 'russia'")],
)
def test_holder_that_no_row_has_is_told(name, holder, message):
    with pytest.raises(SchemaError, match=message):
        CODED[name](CODES, DOCUMENTS, holder=holder)


@pytest.mark.parametrize("name", list(DATED))
def test_dates_with_a_zone_are_the_day_that_is_written_down(name):
    late = DOCUMENTS.assign(date=DAYS + pd.Timedelta(hours=23))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expected = DATED[name](CODES, late)
        for dates in (late["date"].dt.tz_localize("Asia/Kabul"), late["date"].dt.strftime("%Y-%m-%dT%H:%M:%S+04:30")):
            pd.testing.assert_frame_equal(DATED[name](CODES, late.assign(date=dates)), expected)


@pytest.mark.parametrize("name", list(DATED))
@pytest.mark.parametrize("value", ["soon", 20151223])
def test_dates_that_cannot_be_read_are_told(name, value):
    documents = DOCUMENTS.assign(date=pd.Series([value, *DAYS[1:]], dtype=object))
    with pytest.raises(SchemaError, match="`documents` has 1 dates that cannot be read. First: .*. Write 2015-12-23"):
        DATED[name](CODES, documents)


def test_event_study_events_with_text_dates_are_read_or_told():
    asked = {"window": 400}
    written = EVENTS.assign(date=EVENTS["date"].dt.strftime("%Y-%m-%d"))
    expected = event_study(CODES, DOCUMENTS, EVENTS, **asked)
    pd.testing.assert_frame_equal(event_study(CODES, DOCUMENTS, written, **asked), expected)
    with pytest.raises(SchemaError, match="`events` has 1 dates that cannot be read. First: 'soon'"):
        event_study(CODES, DOCUMENTS, EVENTS.assign(date="soon"), **asked)


@pytest.mark.parametrize("name", ["trend", "breaks", "event_study"])
@pytest.mark.parametrize(
    ("option", "value"), [("n_draws", 1.5), ("n_draws", True), ("seed", 0.5), ("level", "0.9"), ("level", None)]
)
def test_draws_and_levels_that_are_no_such_numbers_are_told(name, option, value):
    with pytest.raises(SchemaError, match=f"`{option}` is {value!r}; it must"):
        CHANGES[name](CODES, DOCUMENTS, **{option: value})


def test_contrast_seed_below_0_is_told():
    with pytest.raises(SchemaError, match="`seed` is -1; it must be 0 or more"):
        contrast(CODES, DOCUMENTS, **SIDES, simultaneous=True, seed=-1)


@pytest.mark.parametrize("name", ["period", "placed"])
def test_count_by_period_variables_named_like_its_columns_are_told(name):
    with pytest.raises(SchemaError, match="is a column of the result. Rename the variable"):
        count_by_period(COUNTS, DOCUMENTS.assign(**{name: 1}), weight=name)
