"""The order of day and month: one decision for a file."""

import datetime

import pytest

from discourse.sources.readers.orders import settle_order
from discourse.sources.readers.records import entry


def days(*texts, vendor="feed", urls=None, **options):
    """Return the days of entries that print these texts, each read day first beforehand."""
    held = [
        entry("r", "نص", date_text=text, vendor=vendor, url=urls[n] if urls else None, date=datetime.date(1999, 1, 1))
        for n, text in enumerate(texts)
    ]
    return [str(found.get("date")) for found in settle_order(held, **options)]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["4/1/2015", "4/15/2015"], "2015-04-01"),
        (["4/1/2015", "15/4/2015"], "2015-01-04"),
        (["4/1/2015", "الأربعاء 4/3/2015"], "2015-01-04"),
        (["4/1/2015", "الجمعة 4/3/2015"], "2015-04-01"),
        (["4/1/2015", "4/15/2015", "15/4/2015"], "None"),
        (["4/1/2015 10:00 AM"], "None"),
        (["4/1/2015 10:00 AM", "15/4/2015"], "2015-01-04"),
        (["4/1/2015"], "2015-01-04"),
        (["15-12-23", "20/12/2015"], "2015-12-23"),
        (["15-12-23", "20/12/2023"], "2023-12-15"),
        (["15-12-23", "20/12/2023", "20/12/2015"], "None"),
    ],
)
def test_settle_order_by_the_other_dates_of_the_file(texts, first):
    assert days(*texts)[0] == first


def test_settle_order_media_cloud_without_a_sign_is_null():
    assert days("4/1/2015", vendor="mediacloud") == ["None"]


@pytest.mark.parametrize(("day_first", "day"), [(True, "2015-01-04"), (False, "2015-04-01")])
def test_settle_order_as_asked(day_first, day):
    assert days("4/1/2015", "4/15/2015", day_first=day_first)[0] == day


def test_settle_order_by_the_form_that_is_named():
    assert days("4/1/2015", "2015-12-23", date_format="%m/%d/%Y") == ["2015-04-01", "None"]


def test_settle_order_pages_decide_for_their_own_host_alone():
    urls = ["http://a.example/1", "http://a.example/2", "http://b.example/1"]
    found = days("4/1/2015", "4/15/2015", "4/1/2015", vendor="warc", urls=urls)
    assert found == ["2015-04-01", "2015-04-15", "2015-01-04"]


def test_settle_order_leaves_metadata_and_rejects():
    kept = [
        entry("r", "نص", date_text="4/1/2015", date_basis="metadata", date=datetime.date(2015, 1, 4)),
        {"record": "x", "reason": "y"},
    ]
    assert settle_order(kept, day_first=False) == kept
