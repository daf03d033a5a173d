import pandas as pd

from discourse.display.seen import MOST_TOLD, tell_seen


def series(category, values, *, measure="share", few=False, n=10, start=2015):
    periods = pd.to_datetime([f"{start + place}-01-01" for place in range(len(values))])
    rows = {"period": periods, "category": category, "n_docs_with": n, "estimate": values, "measure": measure}
    return pd.DataFrame({**rows, "few": few})


def test_tell_seen_line_is_told_by_its_ends_and_its_extremes():
    assert tell_seen(series("arming", [0.25, 0.75, 0.125])) == (
        "Arming: 25% in 2015, 13% in 2017; highest 75% in 2016, lowest 13% in 2017."
    )


def test_tell_seen_points_on_few_reports_are_left_out():
    table = series("arming", [0.25, 0.75, 0.5])
    table.loc[1, "few"] = True
    assert tell_seen(table) == "Arming: 25% in 2015, 50% in 2017; highest 50% in 2017, lowest 25% in 2015."
    assert tell_seen(table.assign(few=True)) == "Too few reports in every period: no point is solid."


def test_tell_seen_one_point_and_a_level_line_are_told_as_such():
    table = series("arming", [0.25, 0.75])
    assert tell_seen(table.assign(few=[False, True])) == "Arming: 25% in 2015 alone."
    assert tell_seen(series("arming", [0.5, 0.5])) == "Arming: 50% throughout, 2015 to 2016."


def test_tell_seen_lines_beyond_the_most_are_counted_and_the_largest_told():
    parts = [series(f"frame_{n}", [0.25, 0.75], n=n) for n in range(MOST_TOLD + 2)]
    told = tell_seen(pd.concat(parts, ignore_index=True))
    assert told.startswith("frame 5: 25% in 2015") and "frame 2: " in told and "frame 1: " not in told
    assert told.endswith("Further lines: 2; their numbers stand in the table.")
    assert "Further" not in tell_seen(pd.concat(parts[:MOST_TOLD], ignore_index=True))


def test_tell_seen_positions_keep_their_sign_in_arabic():
    told = tell_seen(series("russia", [-1.5, 1.0], measure="mean_position"), language="ar")
    assert told.startswith("روسيا: \u2066−1.50\u2069 في \u20662015\u2069، و\u2066+1.00\u2069")


def test_tell_seen_counts_facts_pairs_and_means_of_periods():
    days = pd.to_datetime(["2015-01-01", "2015-01-01", "2016-01-01"])
    assert tell_seen(pd.DataFrame({"period": days, "country": ["EG", "SA", "EG"], "n_docs": [2, 1, 1]})) == (
        "4 reports from 2015 to 2016; most of them in 2015 (3)."
    )
    assert tell_seen(pd.DataFrame({"date": days, "event": ["a", "b", "c"]})) == (
        "3 facts from 2015 to 2016; most of them in 2015 (2)."
    )
    pairs = pd.DataFrame({"actor": ["russia", "russia"], "other": ["iran", "taliban"], "n_together": [1, 7]})
    assert tell_seen(pairs) == "Most often together: Russia and Taliban, in 7 sentences."
    means = pd.DataFrame({"period": ["2015-2020", "2021"], "first": days[1:], "estimate": [-0.5, 1.0], "stated": True})
    assert tell_seen(means) == "2015–2020: −0.50, 2021: +1.00."


def test_tell_seen_of_another_table_or_an_empty_one_says_nothing():
    assert tell_seen(pd.DataFrame({"a": [1]})) == tell_seen(series("arming", [])) == ""
