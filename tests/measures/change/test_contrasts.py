import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.measures.change.contrasts import contrast
from discourse.measures.change.holding import weigh_common
from discourse.measures.codes import select_codes
from discourse.sources.seeds import load_seed
from discourse.tables import check

OLD, NEW = {"period": ("2015", "2016")}, {"period": "2022"}
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcdef"),
        "date": pd.to_datetime(["2015-12-23", "2016-02-01", "2016-03-01", "2022-03-01", "2022-05-01", "2022-06-01"]),
        "date_precision": "day",
        "source": ["x", "x", "y", "x", "y", "y"],
        "story": ["1", "1", "2", "3", "4", "4"],
    }
)
CODES = pd.DataFrame({"doc_id": list("abcdef"), "position": [-1, 0, 1, 1, 2, 2], "voice": "russia"})
COUNTS = pd.DataFrame(
    {
        "doc_id": np.repeat(list("abcdef"), 2),
        "category": ["arming", "drugs"] * 6,
        "n_matches": [1, 0, 1, 1, 0, 0, 2, 0, 2, 1, 2, 0],
        "n_tokens": 100,
        "n_sentences": 5,
    }
)


def years(first, last):
    return {"period": (first, last)}


def test_contrast_means_are_counted_by_hand():
    row = contrast(CODES, DOCUMENTS, first=OLD, second=NEW).iloc[0]
    assert (row["estimate_first"], row["estimate_second"]) == (0.0, pytest.approx(5 / 3))
    assert row["difference"] == pytest.approx(5 / 3)
    assert (row["n_docs_first"], row["n_docs_second"], row["n_units_first"]) == (3, 3, 3)
    assert row["lower"] < row["difference"] < row["upper"]


def test_contrast_fits_the_schema():
    for table, measure in ((CODES, None), (CODES, "code_share"), (COUNTS, None), (COUNTS, "share")):
        check(contrast(table, DOCUMENTS, first=OLD, second=NEW, measure=measure), "CONTRASTS")


def test_contrast_rates_and_ratio_are_counted_by_hand():
    found = contrast(COUNTS, DOCUMENTS, first=OLD, second=NEW).set_index("category").loc["arming"]
    assert (found["estimate_first"], found["estimate_second"]) == (pytest.approx(2 / 0.3), pytest.approx(20.0))
    assert found["ratio"] == pytest.approx(3.0) and found["ratio_lower"] < 3 < found["ratio_upper"]


def test_contrast_share_takes_presence_where_the_table_has_it():
    frames = COUNTS.assign(present=[1, 0] * 6)
    found = contrast(frames, DOCUMENTS, first=OLD, second=NEW).set_index("category")
    assert found["measure"].tolist() == ["share", "share"]
    assert found.loc["arming", ["estimate_first", "estimate_second"]].tolist() == [1.0, 1.0]
    assert found["ratio"].isna().tolist() == [False, True]  # no document with drugs on the first side


def test_contrast_code_share_has_a_row_for_each_code():
    found = contrast(CODES, DOCUMENTS, first=OLD, second=NEW, measure="code_share")
    assert found["code"].tolist() == [-2, -1, 0, 1, 2]
    assert found["estimate_second"].tolist() == pytest.approx([0, 0, 0, 1 / 3, 2 / 3])


def test_contrast_copies_count_as_one_story():
    alone = contrast(CODES, DOCUMENTS, first=OLD, second=NEW).iloc[0]
    clustered = contrast(CODES, DOCUMENTS, first=OLD, second=NEW, cluster="story").iloc[0]
    assert clustered["difference"] == alone["difference"]
    assert (clustered["n_units_first"], clustered["n_units_second"], clustered["few"]) == (2, 2, True)
    assert clustered["upper"] - clustered["lower"] > alone["upper"] - alone["lower"]


@pytest.mark.parametrize(("stories", "few"), [(4, True), (5, False)])
def test_contrast_few_is_below_five_stories_on_a_side(stories, few):
    n = 10 + stories
    documents = pd.DataFrame({"doc_id": [f"d{i:02}" for i in range(n)], "source": ["a"] * 10 + ["b"] * stories})
    documents["date"] = pd.Timestamp("2015-01-01")
    codes = pd.DataFrame({"doc_id": documents["doc_id"], "position": [0, 1] * (n // 2) + [0] * (n % 2)})
    assert contrast(codes, documents, first={"source": "a"}, second={"source": "b"})["few"].tolist() == [few]


def paired(agree):
    n = 40
    rng = np.random.default_rng(5)
    first = rng.integers(-1, 2, n)
    second = first + 1 if agree else rng.permutation(first) + 1
    documents = pd.DataFrame({"doc_id": [f"d{i:02}" for i in range(n)], "date": pd.Timestamp("2015-01-01")})
    codes = pd.DataFrame({"doc_id": list(documents["doc_id"]) * 2, "voice": ["us"] * n + ["russia"] * n})
    return codes.assign(position=[*first, *second]), documents


def test_contrast_voices_of_the_same_documents_are_paired():
    sides = {"first": {"voice": "us"}, "second": {"voice": "russia"}}
    together, apart = (contrast(*paired(agree), **sides).iloc[0] for agree in (True, False))
    assert together["difference"] == apart["difference"] == 1.0
    assert together["n_units_both"] == 40
    assert together["upper"] - together["lower"] < 0.2 * (apart["upper"] - apart["lower"])


def test_contrast_story_on_both_sides_narrows_what_it_shares():
    codes = CODES.assign(position=[-1, 0, 1, 0, 1, 2])
    documents = DOCUMENTS.assign(story=["1", "2", "3", "1", "2", "3"])
    joint = contrast(codes, documents, first=OLD, second=NEW, cluster="story").iloc[0]
    alone = contrast(codes, documents, first=OLD, second=NEW).iloc[0]
    assert joint["n_units_both"] == 3
    assert joint["upper"] - joint["lower"] < alone["upper"] - alone["lower"]


def test_contrast_hold_averages_outlets_with_the_same_weights():
    # x: (-1 + 0) / 2 against 1; y: 1 against 2; both outlets have three documents
    row = contrast(CODES, DOCUMENTS, first=OLD, second=NEW, hold="source").iloc[0]
    assert row["estimate_first"] == pytest.approx(0.25) and row["estimate_second"] == pytest.approx(1.5)
    assert (row["hold"], row["n_held"], row["n_left_out"]) == ("source", 2, 0)


def test_contrast_hold_counts_the_documents_that_fall_out():
    documents = DOCUMENTS.assign(source=["x", "x", "z", "x", "y", "y"])
    row = contrast(CODES, documents, first=OLD, second=NEW, hold="source").iloc[0]
    assert (row["n_held"], row["n_left_out"], row["n_docs_first"], row["n_docs_second"]) == (1, 3, 2, 1)
    assert row["difference"] == pytest.approx(1.5)


def test_contrast_hold_takes_a_shift_of_the_mix_out():
    rng = np.random.default_rng(3)
    n = 200
    late = rng.random(n) < 0.5
    kind = np.where(rng.random(n) < np.where(late, 0.8, 0.2), "warm", "cold")
    documents = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(n)], "source": kind})
    documents["date"] = np.where(late, pd.Timestamp("2022-01-01"), pd.Timestamp("2015-01-01"))
    codes = pd.DataFrame({"doc_id": documents["doc_id"], "position": np.where(kind == "warm", 1, -1)})
    plain = contrast(codes, documents, first=OLD, second=NEW).iloc[0]
    held = contrast(codes, documents, first=OLD, second=NEW, hold="source").iloc[0]
    assert plain["lower"] > 0.5
    assert held["difference"] == pytest.approx(0.0, abs=1e-12) and held["lower"] < 0 < held["upper"]


def test_contrast_hold_of_one_document_an_outlet_still_has_an_interval():
    documents = DOCUMENTS.assign(source=["x", "y", "z", "x", "y", "z"])
    row = contrast(CODES, documents, first=OLD, second=NEW, hold="source").iloc[0]
    assert row["lower"] < row["difference"] < row["upper"]


def test_weigh_common_weights_add_up_and_one_sided_values_have_none():
    documents = DOCUMENTS.assign(source=["x", "x", "z", "x", "y", "y"])
    found = weigh_common(CODES, documents, first=OLD, second=NEW, hold="source")
    assert found.to_numpy().tolist() == [["x", 2, 1, 1.0], ["y", 0, 2, 0.0], ["z", 1, 0, 0.0]]


@pytest.mark.parametrize(
    ("standard", "weights"),
    [("both", [0.5, 0.5]), ("equal", [0.5, 0.5]), ("first", [2 / 3, 1 / 3]), ("second", [1 / 3, 2 / 3])],
)
def test_weigh_common_standard_says_whose_mix_it_is(standard, weights):
    found = weigh_common(CODES, DOCUMENTS, first=OLD, second=NEW, hold="source", standard=standard)
    assert found.set_index("source").loc[["x", "y"], "weight"].tolist() == pytest.approx(weights)


def test_contrast_weights_scale_does_nothing_and_zero_leaves_out():
    documents = DOCUMENTS.assign(one=[1, 2, 1, 1, 3, 0], thousand=[1000, 2000, 1000, 1000, 3000, 0])
    one, thousand = (
        contrast(CODES, documents, first=OLD, second=NEW, weight=name).iloc[0] for name in ("one", "thousand")
    )
    assert one.drop("method").tolist()[4:13] == pytest.approx(thousand.drop("method").tolist()[4:13])
    assert one["n_units_second"] == 2
    assert one["estimate_second"] == pytest.approx((1 + 3 * 2) / 4)


@given(st.permutations(range(6)))
def test_contrast_order_of_rows_changes_nothing(order):
    one = contrast(CODES, DOCUMENTS, first=OLD, second=NEW, hold="source", cluster="story")
    codes, documents = CODES.iloc[order], DOCUMENTS.iloc[order[::-1]]
    two = contrast(codes, documents, first=OLD, second=NEW, hold="source", cluster="story")
    pd.testing.assert_frame_equal(one, two)


def test_contrast_several_stand_in_the_order_asked_for():
    found = contrast(CODES, DOCUMENTS, first=[NEW, OLD], second=[OLD, NEW])
    assert found["first"].tolist() == ["2022", "2015–2016"]
    assert found["difference"].tolist() == pytest.approx([-5 / 3, 5 / 3])


def test_contrast_one_side_stands_against_several():
    found = contrast(CODES, DOCUMENTS, first=years("2015", "2015"), second=[years("2016", "2016"), NEW])
    assert found["first"].tolist() == ["2015", "2015"] and found["second"].tolist() == ["2016", "2022"]


def test_contrast_simultaneous_intervals_are_wider_and_hold_the_others():
    sides = {"first": OLD, "second": NEW, "measure": "code_share"}
    each, joint = (contrast(CODES, DOCUMENTS, **sides, simultaneous=on) for on in (False, True))
    assert joint["interval"].tolist() == ["joint"] * 5
    assert (joint["lower"] <= each["lower"]).all() and (joint["upper"] >= each["upper"]).all()
    assert (joint["upper"] - joint["lower"]).sum() > (each["upper"] - each["lower"]).sum()


def test_contrast_one_simultaneous_interval_is_that_of_one():
    each, joint = (contrast(CODES, DOCUMENTS, first=OLD, second=NEW, simultaneous=on) for on in (False, True))
    assert joint["upper"].tolist() == pytest.approx(each["upper"].tolist(), abs=0.01)


@pytest.mark.parametrize(("precision", "n"), [("day", 3), ("month", 3), ("year", 3)])
def test_contrast_coarse_dates_lie_on_a_side_that_holds_their_span(precision, n):
    documents = DOCUMENTS.assign(date_precision=precision)
    assert contrast(CODES, documents, first=OLD, second=NEW)["n_docs_second"].tolist() == [n]


@pytest.mark.parametrize(("precision", "n"), [("day", 2), ("month", 1)])
def test_contrast_coarse_dates_that_run_over_a_border_lie_on_no_side(precision, n):
    documents = DOCUMENTS.assign(date_precision=precision)
    row = contrast(CODES, documents, first=OLD, second={"period": ("2022-03-01", "2022-05-15")}).iloc[0]
    assert row["n_docs_second"] == n


def test_contrast_all_equal_has_an_interval_with_width():
    row = contrast(CODES.assign(position=1), DOCUMENTS, first=OLD, second=NEW).iloc[0]
    assert row["difference"] == 0 and row["lower"] < 0 < row["upper"]


BAD = {
    "overlap": (
        {"first": OLD, "second": {"period": ("2016-03-01", "2022")}},
        "`first` (2015–2016) and `second` (2016-03-01–2022) overlap: 1 documents lie on both sides. First: 'c'. Draw "
        "the border so that each lies on one.",
    ),
    "empty side": (
        {"first": OLD, "second": {"period": "2030"}},
        "`second` (2030) holds no document that is measured. The dates run from 2015-12-23 to 2022-06-01.",
    ),
    "unknown value": (
        {"first": {"source": "x"}, "second": {"source": "q"}},
        "`second` names 'q', which no row has in 'source'; it has 'x', 'y'.",
    ),
    "period": (
        {"first": OLD, "second": {"period": "spring"}},
        "`second` has the period 'spring', which cannot be read; write '2021', '2021-08' or '2021-08-15'.",
    ),
    "backwards": (
        {"first": {"period": ("2016", "2015")}, "second": NEW},
        "`first` has a period that ends before it begins: ('2016', '2015'). Give the earlier one first.",
    ),
    "one voice": (
        {"first": {"voice": "russia"}, "second": NEW},
        "`first` and `second` must both name a category (voice), or neither: else all categories would stand against "
        "one. Name one on each side.",
    ),
    "nothing in common": (
        {"first": OLD, "second": NEW, "hold": "story"},
        "`hold` names 'story', of which no value stands on both sides; the sides cannot be compared with it held "
        "constant. Values: '1', '2', '3'. Leave out `hold`, or hold something coarser, such as the country "
        "of the outlet.",
    ),
    "counts": (
        {"first": OLD, "second": NEW, "measure": "share"},
        "`measure` is 'share', but `table` holds positions: it must be one of 'mean_position', 'code_share'.",
    ),
    "lengths": (
        {"first": [OLD, OLD], "second": [NEW, NEW, NEW]},
        "`first` has 2 sides and `second` has 3; give as many of both, or one against several.",
    ),
}


@pytest.mark.parametrize("case", list(BAD))
def test_contrast_bad_input_is_told(case):
    options, message = BAD[case]
    with pytest.raises(SchemaError) as error:
        contrast(CODES, DOCUMENTS, **options)
    assert str(error.value) == message


def test_contrast_side_that_is_no_mapping_is_told():
    with pytest.raises(SchemaError, match="`first` is '2015'; it must say what lies on this side"):
        contrast(CODES, DOCUMENTS, first="2015", second=NEW)


def test_contrast_without_dates_is_told():
    with pytest.raises(SchemaError, match="holds no document that is measured. No document has a date.$"):
        contrast(CODES, DOCUMENTS.assign(date=pd.NaT), first=OLD, second=NEW)


@pytest.mark.parametrize("ids", [[1, 2, 3, 4, 5, 6], list("abcdef")])
def test_contrast_ids_are_read_as_text(ids):
    documents = DOCUMENTS.assign(doc_id=[str(name) for name in ids])
    row = contrast(CODES.assign(doc_id=ids), documents, first=OLD, second=NEW).iloc[0]
    assert row["n_docs_first"] == 3


def test_contrast_codes_of_unknown_documents_are_told():
    with pytest.raises(SchemaError, match="`documents` lacks 1 of the doc_id values of `table`. First: 'q'."):
        contrast(CODES.assign(doc_id=list("abcdeq")), DOCUMENTS, first=OLD, second=NEW)


@pytest.mark.parametrize("weights", [[1, 1, 1, 1, 1, -1], [1, 1, 1, 1, 1, np.nan], [0] * 6])
def test_contrast_weights_that_are_none_are_told(weights):
    with pytest.raises(SchemaError, match="weight"):
        contrast(CODES, DOCUMENTS.assign(w=weights), first=OLD, second=NEW, weight="w")


def test_contrast_repeated_codes_are_told():
    codes = pd.concat([CODES, CODES.iloc[:1]])
    with pytest.raises(SchemaError, match="1 documents with several rows in one category .* First: 'a'."):
        contrast(codes, DOCUMENTS, first=OLD, second=NEW)


def test_contrast_documents_that_were_not_counted_are_told():
    with pytest.raises(SchemaError, match="`table` lacks 1 of the doc_id values of `documents`. First: 'f'. Count all"):
        contrast(COUNTS.iloc[:-2], DOCUMENTS, first=OLD, second=NEW)


@pytest.mark.parametrize("codes", [CODES.iloc[:0], CODES.assign(position=np.nan)])
def test_contrast_table_without_values_is_told(codes):
    with pytest.raises(SchemaError, match="`table` holds no value that could be measured"):
        contrast(codes, DOCUMENTS, first=OLD, second=NEW)


def test_contrast_codes_off_the_scale_are_told():
    with pytest.raises(SchemaError, match="1 positions off the scale"):
        contrast(CODES.assign(position=[3, 0, 0, 0, 0, 0]), DOCUMENTS, first=OLD, second=NEW)


def test_contrast_hand_codes_of_the_digests_are_those_of_the_review():
    documents = load_seed("reports")
    codes = select_codes(documents, holder="russia", target="taliban")
    first = [years("2015", "2020"), years("2000", "2004"), years("2021", "2021"), years("2021", "2021")]
    second = [years("2022", "2026"), years("2022", "2026"), years("2024", "2024"), years("2023", "2023")]
    found = contrast(codes.loc[codes["voice"].eq("russia")], documents, first=first, second=second)
    assert found["difference"].round(2).tolist() == [0.61, 2.71, 1.21, 0.34]
    assert found["n_docs_second"].tolist() == [58, 58, 16, 9]
    assert (found["lower"] > 0).tolist() == [True, True, True, False]


def test_method_page_prints_what_its_example_prints(project, capsys):
    page = (project / "docs" / "method-change.md").read_text("utf-8")
    code, printed = page.split("```python\n")[1].split("```\n\n```\n")[:2]
    exec(compile(code, "docs/method-change.md", "exec"), {})
    assert capsys.readouterr().out == printed.split("```")[0]


NAMES = ["x", "y", "unit", "weight", "code", "start", "end", "n_docs_first", "side", "doc_id ", "category "]


@pytest.mark.parametrize("name", NAMES)
def test_contrast_variables_may_have_any_name(name):
    documents = DOCUMENTS.rename(columns={"source": name})
    plain = contrast(CODES, DOCUMENTS, first=OLD, second=NEW, hold="source")
    pd.testing.assert_frame_equal(
        contrast(CODES, documents, first=OLD, second=NEW, hold=name), plain.assign(hold=name)
    )  # fmt: skip
    plain = contrast(CODES, DOCUMENTS, first={"source": "x"}, second={"source": "y"})
    pd.testing.assert_frame_equal(contrast(CODES, documents, first={name: "x"}, second={name: "y"}), plain)


@pytest.mark.parametrize("name", ["x", "side"])
def test_weigh_common_variables_may_have_any_name(name):
    found = weigh_common(CODES, DOCUMENTS.rename(columns={"source": name}), first=OLD, second=NEW, hold=name)
    assert found.set_index(name)["weight"].to_dict() == {"x": 0.5, "y": 0.5}


@pytest.mark.parametrize("name", ["n_docs_first", "weight"])
def test_weigh_common_variables_named_like_its_columns_are_told(name):
    with pytest.raises(SchemaError, match=f"`hold` names '{name}', which is a column of the result. Rename"):
        weigh_common(CODES, DOCUMENTS.rename(columns={"source": name}), first=OLD, second=NEW, hold=name)


def test_hold_named_twice_or_not_at_all_is_told():
    for function in (contrast, weigh_common):
        with pytest.raises(SchemaError, match="`hold` names 'source' twice. Name each variable once."):
            function(CODES, DOCUMENTS, first=OLD, second=NEW, hold=["source", "source"])
        with pytest.raises(SchemaError, match="`hold` names 1; it must name columns of `documents`"):
            function(CODES, DOCUMENTS, first=OLD, second=NEW, hold=[1])
        with pytest.raises(SchemaError, match="`hold` is 3; it must name columns of `documents`"):
            function(CODES, DOCUMENTS, first=OLD, second=NEW, hold=3)
    with pytest.raises(SchemaError, match="`hold` names no variable"):
        weigh_common(CODES, DOCUMENTS, first=OLD, second=NEW, hold=[])


@pytest.mark.parametrize("period", ["", pd.NaT, "NaT", None, ("2015", ""), 1.5])
def test_contrast_period_that_is_none_is_told(period):
    with pytest.raises(SchemaError, match="`first` has the period .* which cannot be read; write '2021'"):
        contrast(CODES, DOCUMENTS, first={"period": period}, second=NEW)


def test_contrast_period_with_a_zone_is_the_day_that_is_written_down():
    day = pd.Timestamp("2015-12-23 23:00", tz="UTC")
    assert contrast(CODES, DOCUMENTS, first={"period": day}, second=NEW)["n_docs_first"].tolist() == [1]
