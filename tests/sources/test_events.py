import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.sources.events import read_events
from discourse.sources.seeds import load_seed, seed_path
from discourse.tables import check


def test_read_events_of_the_seed_is_the_seed():
    events = read_events(seed_path("events"))
    check(events, "EVENTS")
    seed = load_seed("events")
    assert events["event"].tolist() == seed["event"].tolist()
    assert events["date"].tolist() == seed["date"].tolist()
    assert events["position"].fillna(9).tolist() == seed["position"].fillna(9).tolist()
    assert events["event_ar"].tolist() == seed["event_ar"].tolist()


def test_read_events_length_of_the_date_gives_its_precision():
    events = read_events(pd.DataFrame({"date": ["2025-07-03", "2024-10", "2021"], "event": ["c", "b", "a"]}))
    assert events["date_precision"].tolist() == ["year", "month", "day"]
    assert events["date"].dt.strftime("%Y-%m-%d").tolist() == ["2021-01-01", "2024-10-01", "2025-07-03"]


def test_read_events_csv_with_a_byte_order_mark(tmp_path):
    (tmp_path / "events.csv").write_text("\ufeffdate,event,position\n2025-07-03,Recognition,2\n", encoding="utf-8")
    events = read_events(tmp_path / "events.csv")
    assert events[["event", "position"]].values.tolist() == [["Recognition", 2.0]]


@pytest.mark.parametrize("written", ["date;event;position\n", "sep=;\ndate;event;position\n"])
def test_read_events_csv_with_the_semicolons_of_a_spreadsheet(tmp_path, written):
    (tmp_path / "events.csv").write_text(written + "2025-07-03;Recognition, at last;2\n", encoding="utf-8-sig")
    events = read_events(tmp_path / "events.csv")
    assert events[["event", "position"]].values.tolist() == [["Recognition, at last", 2.0]]


def test_read_events_parquet(tmp_path):
    pd.DataFrame({"date": pd.to_datetime(["2025-07-03"]), "event": ["a"]}).to_parquet(tmp_path / "events.parquet")
    assert read_events(tmp_path / "events.parquet")["date_precision"].tolist() == ["day"]


def test_read_events_missing_column_raises():
    with pytest.raises(SchemaError) as error:
        read_events(pd.DataFrame({"date": ["2025"], "what": ["a"]}))
    assert str(error.value) == (
        "`events` lacks the columns 'event'; a ledger needs 'date' and 'event'. It has 'date', 'what'."
    )


def test_read_events_bad_date_raises():
    with pytest.raises(SchemaError) as error:
        read_events(pd.DataFrame({"date": ["2025-07-03", "32/13/2015"], "event": ["a", "b"]}))
    assert str(error.value) == (
        "`events` has 1 dates that cannot be read. First: '32/13/2015'. Write YYYY-MM-DD, YYYY-MM or YYYY."
    )


def test_read_events_bad_position_raises():
    with pytest.raises(SchemaError) as error:
        read_events(pd.DataFrame({"date": ["2025", "2024"], "event": ["a", "b"], "position": ["3", ""]}))
    assert str(error.value) == (
        "`events` has 1 positions that are no code. First: '3'. Write -2, -1, 0, 1 or 2, or nothing."
    )


def test_read_events_no_file_raises(tmp_path):
    with pytest.raises(SourceError) as error:
        read_events(tmp_path / "none.csv")
    assert str(error.value) == (
        f"`events` is {str(tmp_path / 'none.csv')!r}, which is no file. Name a CSV or Parquet file of events."
    )


def test_read_events_record_of_more_fields_than_the_header_shifts_no_column(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("date,event\n2015-12-23,Talks,\n2016-01-01,More,\n", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_events(path)
    assert str(error.value) == (
        f"`events` cannot be read: {str(path)!r} has 2 records that cannot be read. First: line 2, 3 fields of 2: "
        "the record has not as many fields as the header. Mend the file. Write it as UTF-8 CSV."
    )


def test_read_events_names_that_look_like_nothing_are_kept(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("date,event,actor\n2015-12-23,NA,null\n2016-01-01,nan,\n", encoding="utf-8")
    assert read_events(path)[["event", "actor"]].values.tolist() == [["NA", "null"], ["nan", ""]]
