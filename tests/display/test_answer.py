"""The finding in words: one sentence a holder, in both languages, whatever the corpus holds."""

import re

import pandas as pd
import pytest

from discourse.display.answer import tell_findings
from discourse.display.wording import counted, fill_in
from discourse.errors import SchemaError

ARABIC_NUMBER = re.compile("\u2066[+\u2212]\\d\\.\\d\\d\u2069")


def row(**changed):
    told = {
        "holder": "iran", "target": "taliban", "basis": "hand", "voice": "iran",
        "before": "2000-2004", "after": "2022-2026",
        "n_docs_before": 16, "n_docs_after": 58, "n_units_before": 16, "n_units_after": 58, "mean_before": -1.63,
        "mean_after": 1.09, "estimate": 2.72, "lower": 2.36, "upper": 3.05, "change": "up", "stated": True,
        "main": True,
    }  # fmt: skip
    return pd.DataFrame([told | changed])


def test_tell_findings_names_the_holder_the_periods_the_numbers_and_n():
    assert tell_findings(row()) == [
        "Between 2000–2004 and 2022–2026 the position of Iran toward the Taliban, as the reports convey it, became "
        "more favourable: the mean rose from −1.63 (hostile) to +1.09 (engaged), by 2.72 [95% interval of the "
        "difference +2.36 to +3.05; n = 16 reports, then 58 reports]; the interval leaves out 0, so this is "
        "distinguishable from no change."
    ]


def test_tell_findings_in_arabic_numbers_keep_their_direction_and_their_noun():
    said = tell_findings(row(), language="ar")[0]
    assert "موقف إيران من طالبان، كما تنقله التقارير، أكثر إيجابية" in said
    assert "فالفارق يتميز من انعدام التغير" in said
    assert "العدد: 16 تقريرا ثم 58 تقريرا" in said
    assert "\u20662000–2004\u2069" in said and "\u20662022–2026\u2069" in said
    assert len(ARABIC_NUMBER.findall(said)) == 4
    assert not re.search("[A-Za-z]", said)


@pytest.mark.parametrize(
    ("change", "english", "arabic"),
    [
        ("down", "became less favourable: the mean fell from", "أقل إيجابية: انخفض المتوسط"),
        ("unclear", "not distinguishable from no change", "فالفارق لا يتميز من انعدام التغير"),
        (
            "few",
            "too few convey it (16 reports, then 58 reports); each period needs at least 5 reports",
            "ويلزم في كل منهما 5 تقارير",
        ),
    ],
)
def test_tell_findings_says_what_can_be_told(change, english, arabic):
    assert english in tell_findings(row(change=change))[0]
    assert arabic in tell_findings(row(change=change), language="ar")[0]


def test_tell_findings_without_a_second_period():
    alone = {"after": None, "mean_before": None, "mean_after": None, "estimate": None, "lower": None, "upper": None}
    one = row(change="one_period", before="2017", n_docs_before=1, n_units_before=0, **alone)
    assert "all that conveys it (1 report) stands in one period, 2017." in tell_findings(one)[0]
    assert "كل ما ينقله (تقرير واحد) يقع في فترة واحدة هي \u20662017\u2069." in tell_findings(one, language="ar")[0]
    undated = row(change="undated", before=None, n_docs_before=3, **alone)
    assert "what conveys it (3 reports) has no date" in tell_findings(undated)[0]
    nothing = row(change="no_position", before=None, n_docs_before=0, **alone)
    assert "no report conveys a position that the measures find" in tell_findings(nothing)[0]


def test_tell_findings_thirds_are_called_thirds_with_their_ends():
    said = tell_findings(row(before="2015-01/2016-02", after="2021-03", stated=False))[0]
    assert said.startswith(
        "Between the first third of the reports (2015-01 to 2016-02) and the last third (2021-03) the"
    )
    assert (
        "الثلث الأخير منها (\u20662021-03\u2069)" in tell_findings(row(after="2021-03", stated=False), language="ar")[0]
    )


def test_tell_findings_counts_stories_where_copies_are_grouped():
    assert "n = 15 stories, then 58 stories" in tell_findings(row(n_units_before=15))[0]
    assert "العدد: 15 تقريرا ثم 58 تقريرا" in tell_findings(row(n_units_before=15), language="ar")[0]


@pytest.mark.parametrize(
    ("mean", "code"),
    [(-2.0, "hostile"), (-1.51, "hostile"), (-1.5, "wary"), (-0.5, "ambivalent"), (0.0, "ambivalent"),
     (0.5, "ambivalent"), (0.51, "engaged"), (1.5, "engaged"), (1.51, "cooperative"), (2.0, "cooperative")],
)  # fmt: skip
def test_tell_findings_nearest_code_stands_in_parentheses(mean, code):
    after = -1.0 if code == "engaged" else 1.09
    assert f"({code}) to" in tell_findings(row(mean_before=mean, mean_after=after))[0]


def test_tell_findings_codes_stand_only_where_the_ends_differ_in_them():
    said = tell_findings(row(mean_before=-0.38, mean_after=0.33))[0]
    assert "the mean rose from −0.38 to +0.33, by" in said


def test_tell_findings_halves_go_away_from_zero():
    assert "from −1.63 (hostile)" in tell_findings(row(mean_before=-1.625))[0]


DAYS = {
    "before_first": "2015-01-01", "before_last": "2020-12-31", "after_first": "2022-01-01", "after_last": "2026-12-31",
    "before_from": "2015-03-01", "before_until": "2020-05-01", "after_from": "2022-01-01", "after_until": "2026-02-01",
}  # fmt: skip


def test_tell_findings_periods_with_names_have_their_years():
    said = tell_findings(row(before="before", after="after", **DAYS))[0]
    assert said.startswith("Between “before” (2015–2020) and “after” (2022–2026) the position")
    arabic = tell_findings(row(before="before", after="after", **DAYS), language="ar")[0]
    assert "«before» (\u20662015–2020\u2069)" in arabic


def test_tell_findings_periods_say_the_years_that_their_reports_hold():
    short = DAYS | {"before_from": "2018-02-01", "after_until": "2024-02-01"}
    said = tell_findings(row(before="2015-2020", after="2022-2026", **short))[0]
    assert said.startswith("Between 2015–2020 (reports of 2018–2020) and 2022–2026 (reports of 2022–2024) the position")
    named = tell_findings(row(before="before", after="2022-2026", **short))[0]
    assert named.startswith("Between “before” (2015–2020; reports of 2018–2020) and 2022–2026 (reports of 2022–2024)")
    whole = tell_findings(row(before="2015-2020", after="2022-2026", **DAYS))[0]
    assert whole.startswith("Between 2015–2020 and 2022–2026 the position")


def test_tell_findings_main_of_a_file_is_read_and_what_is_neither_is_refused():
    assert tell_findings(row(main="False")) == []
    assert len(tell_findings(row(main="True"))) == 1
    with pytest.raises(SchemaError, match="^`findings` column 'main' has 1 values that are neither true nor false"):
        tell_findings(row(main="perhaps"))


def test_tell_findings_unknown_change_is_refused():
    with pytest.raises(SchemaError, match="^`findings, change` is 'sideways'; it must be one of 'down', 'few'"):
        tell_findings(row(change="sideways"))


def test_tell_findings_no_change_has_no_sign():
    assert "a difference of 0.00 [" in tell_findings(row(estimate=-0.001, change="unclear"))[0]


def test_tell_findings_own_labels_come_first():
    assert "position of Tehran toward" in tell_findings(row(), labels={"iran": {"en": "Tehran", "ar": "طهران"}})[0]


def test_tell_findings_only_the_rows_that_answer():
    assert tell_findings(pd.concat([row(main=False), row(), row(holder="china")]))[1].count("China") == 1


def test_tell_findings_missing_column_raises():
    with pytest.raises(SchemaError, match=r"`findings` lacks the columns 'main' of FINDINGS"):
        tell_findings(row().drop(columns="main"))


@pytest.mark.parametrize(
    ("n", "arabic"),
    [(0, "لا تقارير"), (1, "تقرير واحد"), (2, "تقريران"), (3, "3 تقارير"), (10, "10 تقارير"),
     (11, "11 تقريرا"), (99, "99 تقريرا"), (100, "100 تقرير"), (102, "102 تقرير"), (103, "103 تقارير"),
     (1111, "1,111 تقريرا")],
)  # fmt: skip
def test_counted_arabic_has_the_form_of_the_number(n, arabic):
    assert counted("report", n, "ar") == arabic


@pytest.mark.parametrize(
    ("n", "english"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1000, "1,000 stories")]
)
def test_counted_english_has_one_and_other(n, english):
    assert counted("story", n, "en") == english


@pytest.mark.parametrize(
    "text", ["2021", "2000-2004", "2000–2004", "2015-01-31", "2015-01/2016-02", "+0.35", "−1.63", "−2"]
)
def test_fill_in_arabic_isolates_what_would_be_turned_around(text):
    assert f"\u2066{text}\u2069" in fill_in("findings", "period", "ar", period=text)
    assert fill_in("findings", "period", "en", period=text) == text


@pytest.mark.parametrize("text", ["before Kabul", "16 تقريرا", "20151223", "0.00"])
def test_fill_in_arabic_leaves_the_rest_as_it_is(text):
    assert "\u2066" not in fill_in("findings", "period", "ar", period=text)
