"""Corrected series: equal to another implementation, right by hand, and everything that is refused."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.sources.seeds import load_seed
from discourse.validity.correction import correct_by_period
from discourse.validity.more_codes import plan_codes
from discourse.validity.pseudo_outcomes import predict_codes, ratio_by_codes, ratio_by_tuning
from discourse.validity.sampling import sample_for_coding

# Pan and Chen (2018), the worked example of the R package `dsl` 0.1.0 (data PanChen, on github.com/naoki-egami/dsl):
# 1,412 posts, 500 of them coded, by (countyWrong, pred_countyWrong); and the predictions of the others.
CODED = {(0, 0): 332, (0, 1): 50, (1, 0): 48, (1, 1): 70}
OTHERS = {0: 688, 1: 224}


def pan_and_chen():
    hand = [y for (y, _), n in CODED.items() for _ in range(n)] + [np.nan] * 912
    found = [x for (_, x), n in CODED.items() for _ in range(n)] + [x for x, n in OTHERS.items() for _ in range(n)]
    ones = np.ones(1412)
    codes = np.column_stack([hand, np.where(np.isnan(hand), np.nan, 1.0)])
    return codes, np.column_stack([found, ones]).astype(float), np.full(1412, 500 / 1412), np.arange(1412)


def test_ratio_by_codes_published_data_equal_ppi_python():
    # ppi_py.ppi_mean_pointestimate(Y, Yhat, Yhat_of_all, lam=1) and ppi_mean_ci(..., alpha=0.05), ppi-python 0.2.3
    codes, measured, probability, units = pan_and_chen()
    made = ratio_by_codes(codes, measured, measured, probability, units)
    assert made["uncorrected"] == pytest.approx(0.24362606, abs=1e-8)
    assert made["estimate"] == pytest.approx(0.23962606, abs=1e-8)
    # ppi-python takes the coded for another sample than the 1,412. The variance of `dsl` (Egami et al. 2023) is that of
    # the pseudo-outcomes:
    coded = np.isfinite(codes[:, 0])
    pseudo = measured[:, 0] + np.where(coded, np.nan_to_num(codes[:, 0]) - measured[:, 0], 0) / probability
    error = np.hypot(made["se_documents"], made["se_codes"])
    assert error == pytest.approx(pseudo.std() / np.sqrt(1412), rel=0.003)


def test_ratio_by_tuning_published_data_equal_ppi_python():
    # ppi_py.ppi_mean_pointestimate(Y, Yhat, Yhat_of_the_others), ppi_mean_ci(..., alpha=0.05), ppi-python 0.2.3
    made = ratio_by_tuning(*pan_and_chen())
    assert made["estimate"] == pytest.approx(0.23763917, abs=5e-4)
    assert made["lower"] == pytest.approx(0.20303758, abs=5e-4)
    assert made["upper"] == pytest.approx(0.27224076, abs=5e-4)


def test_ratio_by_codes_all_coded_is_the_plain_mean_whatever_is_predicted():
    generator = np.random.default_rng(3)
    codes = np.column_stack([generator.integers(-2, 3, 60), np.ones(60)]).astype(float)
    made = ratio_by_codes(codes, np.zeros((60, 2)), codes, np.ones(60), np.arange(60))
    assert made["estimate"] == pytest.approx(codes[:, 0].mean())
    assert made["se_codes"] == 0
    assert made["se_documents"] == pytest.approx(codes[:, 0].std(ddof=1) / np.sqrt(60))


def test_ratio_by_codes_copies_widen_the_interval():
    codes, measured, probability, units = pan_and_chen()
    order = np.random.default_rng(1).permutation(1412)
    alone = ratio_by_codes(codes, measured, measured, probability, units)
    stories = ratio_by_codes(codes[order], measured[order], measured[order], probability, units // 10)
    assert stories["n_coded"] < alone["n_coded"]
    fourfold = [np.repeat(part, 4, axis=0) for part in (codes, measured, measured, probability)]
    copies = ratio_by_codes(*fourfold, np.repeat(units, 4))
    assert copies["estimate"] == pytest.approx(alone["estimate"])
    assert copies["se_documents"] == pytest.approx(alone["se_documents"], rel=0.02)
    assert copies["upper"] - copies["lower"] == pytest.approx(alone["upper"] - alone["lower"], rel=0.02)


@pytest.mark.parametrize("n", [10, 50])
def test_ratio_by_codes_full_agreement_leaves_room(n):
    measured = np.column_stack([np.zeros(1000), np.ones(1000)])
    codes = np.where(np.arange(1000)[:, None] < n, measured, np.nan)
    widths = []
    for wrong in range(5):
        codes[:wrong, 0] = 1.0
        made = ratio_by_codes(codes, measured, measured, np.full(1000, n / 1000), np.arange(1000), step=1.0)
        widths.append(made["upper"] - made["lower"])
    assert widths[0] / 2 > 3 / n * 0.95
    assert widths == sorted(widths)


def test_predict_codes_never_sees_the_code_of_its_own_unit():
    codes = np.array([[1.0]] * 6 + [[np.nan]] * 6)
    answers, cells, units = np.zeros(12, int), np.zeros(12, int), [f"u{number % 6}" for number in range(12)]
    made = predict_codes(codes, answers, cells, np.ones(12), units)
    changed = codes.copy()
    changed[2, 0] = 100.0
    again = predict_codes(changed, answers, cells, np.ones(12), units)
    assert again[2] == made[2]
    assert again[8] == made[8]  # the uncoded copy lies in the same fold
    assert (again != made).any()


def test_predict_codes_follow_the_period_where_errors_differ():
    codes = np.array([[1.0], [-1.0]] * 100)
    cells = np.array([0, 1] * 100)
    made = predict_codes(codes, np.zeros(200, int), cells, np.ones(200), [str(number) for number in range(200)])
    assert made[0, 0] > 0.8
    assert made[1, 0] < -0.8


# A corpus of two years: the measure is one step too friendly in the second ------------------------------------------


def corpus(n=400, coded=80):
    generator = np.random.default_rng(11)
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{number:03}" for number in range(n)],
            "date": pd.to_datetime(np.where(np.arange(n) < n // 2, "2020-06-01", "2021-06-01")),
            "source": np.where(np.arange(n) % 2, "x", "y"),
        }
    )
    true = generator.integers(-2, 2, n)
    given = generator.random(n) < 0.8
    off = true + (np.arange(n) >= n // 2)
    found = pd.DataFrame({"doc_id": documents["doc_id"], "position": off, "holder": "russia"})[given]
    plan = sample_for_coding(documents, n=coded, freq="YS")
    told = pd.DataFrame({"doc_id": documents["doc_id"], "position": pd.Series(true).astype(str).where(given, "none")})
    return found, documents, told[told["doc_id"].isin(plan.loc[plan["drawn"], "doc_id"])], plan


FOUND, DOCUMENTS, CODES, PLAN = corpus()


def corrected(found=FOUND, documents=DOCUMENTS, codes=CODES, plan=PLAN, **options):
    return correct_by_period(found, documents, codes, plan, **{"seen": False} | options)


def test_correct_by_period_takes_out_the_error_of_each_year():
    table = corrected()
    assert table["period"].dt.year.tolist() == [2020, 2021]
    assert table[["n_docs", "n_units", "n_coded"]].to_numpy().tolist() == [[200, 200, 40]] * 2
    assert table["bias"].tolist() == pytest.approx([0, 1], abs=0.1)
    assert (table["bias_lower"] < [0, 1]).all()
    assert (table["bias_upper"] > [0, 1]).all()
    assert (table["uncorrected_lower"] <= table["uncorrected"]).all()
    assert (table["uncorrected"] - table["bias"]).tolist() == pytest.approx(table["estimate"].tolist())
    assert table["note"].tolist() == ["", ""]


def test_correct_by_period_tables_of_codes_in_either_form_and_any_order_give_the_same():
    long = CODES.rename(columns={"doc_id": "unit_id", "position": "value"}).assign(coder="A", variable="position")
    shuffled = [table.sample(frac=1, random_state=2) for table in (FOUND, DOCUMENTS, long, PLAN)]
    pd.testing.assert_frame_equal(corrected(*shuffled), corrected())


def test_correct_by_period_check_method_is_near():
    first, second = corrected(), corrected(method="ppi++")
    assert second["estimate"].tolist() == pytest.approx(first["estimate"].tolist(), abs=0.1)
    assert set(second["method"]) == {"ppi++"}


def test_correct_by_period_share_and_rate():
    generator = np.random.default_rng(5)
    true = pd.Series(generator.poisson(2, 400))
    counts = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "category": "drugs", "n_matches": true + 1, "n_tokens": 100})
    told = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "drugs": true.astype(str)})
    drawn = told["doc_id"].isin(PLAN.loc[PLAN["drawn"], "doc_id"])
    rate = corrected(counts, codes=told[drawn], measure="per_1000", variable="drugs")
    assert rate["uncorrected"].mean() == pytest.approx(10 * (true.mean() + 1))
    assert rate["estimate"].mean() == pytest.approx(10 * true.mean(), abs=1)
    present = told.assign(drugs=(true > 0).astype(int), frames=np.where(true > 0, "drugs;arming", "none"))[drawn]
    share = corrected(counts, codes=present, measure="share", variable="drugs")
    assert share["uncorrected"].tolist() == [1, 1]
    assert share["estimate"].mean() == pytest.approx((true > 0).mean(), abs=0.06)
    both = pd.concat([counts, counts.assign(category="arming")])
    by_label = corrected(both, codes=present, measure="share", variable="frames", category="drugs")
    assert by_label["estimate"].tolist() == share["estimate"].tolist()
    assert by_label["note"].tolist() == ["", ""]
    capitals = present.assign(frames=present["frames"].str.replace("drugs", "Drugs"))
    other = corrected(both, codes=capitals, measure="share", variable="frames", category="drugs")
    assert other["estimate"].tolist() == share["estimate"].tolist()
    assert other["note"].tolist() == ["capitals: Drugs read as drugs"] * 2
    typo = present.assign(frames=present["frames"].str.replace("drugs", "drug"))
    with pytest.raises(SchemaError, match="labels that are no category of `found`. First: 'drug'; it has 'arming', 'd"):
        corrected(both, codes=typo, measure="share", variable="frames", category="drugs")


def test_correct_by_period_by_variable_and_few_codes_print_none():
    plan = sample_for_coding(DOCUMENTS.assign(year=DOCUMENTS["date"].dt.year), n=49, strata=["year"], least=9)
    drawn = set(plan.loc[plan["drawn"], "doc_id"])
    every = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "position": "1"})
    table = corrected(codes=every[every["doc_id"].isin(drawn)], plan=plan, by="source")
    assert len(table) == 4
    n = table["n_coded"]
    assert table["estimate"].isna().tolist() == (n < 10).tolist()
    assert table.loc[n < 10, "note"].str.endswith("codes: no estimate below 10").all()
    assert table["uncorrected"].notna().all()


@pytest.mark.parametrize(("n", "told"), [(10, True), (9, False)])
def test_correct_by_period_estimate_needs_ten_codes(n, told):
    one = DOCUMENTS[DOCUMENTS["date"].dt.year == 2020]
    plan = sample_for_coding(one, n=n)
    codes = pd.DataFrame({"doc_id": plan.loc[plan["drawn"], "doc_id"], "position": "1"})
    found = FOUND[FOUND["doc_id"].isin(one["doc_id"])]
    if told:
        row = corrected(found, one, codes, plan).iloc[0]
        assert row["estimate"] == pytest.approx(1, abs=0.3)
        assert row["upper"] - row["lower"] > 0.3  # all codes are equal, and there are ten of them
        return
    with pytest.raises(SchemaError) as caught:
        corrected(found, one, codes, plan)
    assert str(caught.value) == (
        "`codes` has at most 9 codes in one period, and an estimate needs 10. Code more documents, or choose a coarser "
        "`freq`."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seen": None}, "`seen` is not said. Say seen=False if no rule"),
        ({"seen": True}, "`seen` is True: codes that were in view while the measure was written do not tell"),
        ({"seen": "yes"}, "`seen` is 'yes'; it must be False or 'demonstration'."),
        ({"codes": CODES.assign(position=CODES["position"].where(CODES.index > 20))}, "`codes` has "),
        ({"codes": CODES.assign(position="3")}, "`codes` has 80 values of 'position' that are no numbers from -2 to 2"),
        ({"codes": CODES.head(79)}, "`codes` lacks 1 of the 80 drawn documents."),
        ({"codes": CODES.assign(doc_id="z" + CODES["doc_id"])}, "`codes` has 80 documents that `plan` does not know."),
        ({"codes": CODES.head(0)}, "`codes` holds no row, and no code of 'position'."),
        ({"plan": PLAN.drop(columns="probability")}, "`plan` lacks the columns 'probability' of PLAN"),
        ({"plan": PLAN.assign(probability=0.0)}, "`plan` has 400 probabilities that are null, 0 or above 1"),
        ({"plan": PLAN.head(300)}, "`plan` is not as it was drawn"),
        ({"found": pd.concat([FOUND, FOUND.head(1)])}, "`found` has 1 documents with several rows."),
        ({"found": FOUND.assign(position=7)}, "`found` has "),
        ({"found": FOUND.assign(doc_id="z" + FOUND["doc_id"])}, "`documents` lacks "),
        ({"documents": DOCUMENTS.assign(date=pd.NaT)}, "`documents` has no date that a period holds."),
        ({"method": "em"}, "`method` is 'em'; it must be one of 'dsl', 'ppi++'."),
        ({"found": FOUND.drop(columns="position")}, "`found` lacks the columns 'position'"),
        ({"holder": "rusia"}, "`holder` is 'rusia', which no row of `found` has; it has 'russia'."),
        ({"documents": pd.concat([DOCUMENTS, DOCUMENTS.head(1)])}, "`documents` has 1 repeated doc_id values"),
        ({"codes": CODES.assign(position="none")}, "`codes` hold no position in any period that has codes enough"),
        ({"variable": "voice"}, "`codes` lacks the columns 'voice'"),
    ],
)
def test_correct_by_period_what_cannot_be_corrected_says_why(change, said):
    with pytest.raises(SchemaError) as caught:
        corrected(**change)
    assert str(caught.value).startswith(said), str(caught.value)


def test_correct_by_period_null_code_is_not_none():
    with pytest.raises(SchemaError) as caught:
        corrected(codes=CODES.assign(position=CODES["position"].mask(CODES["doc_id"] == CODES["doc_id"].iloc[0])))
    assert str(caught.value) == (
        f"`codes` has 1 null values of 'position'. First: {CODES['doc_id'].iloc[0]!r}. Write 'none' where the coder "
        "read the document and saw nothing to code; a null says that nobody looked."
    )


def test_correct_by_period_code_of_a_document_that_was_not_drawn_is_refused():
    other = PLAN.loc[~PLAN["drawn"], "doc_id"].iloc[0]
    more = pd.concat([CODES, pd.DataFrame({"doc_id": [other], "position": ["1"]})])
    with pytest.raises(SchemaError, match="^`codes` has 1 documents that were not drawn, so that they have no probab"):
        corrected(codes=more)


def test_correct_by_period_coders_who_differ_are_refused_and_who_agree_are_one():
    long = CODES.rename(columns={"doc_id": "unit_id", "position": "value"}).assign(coder="A", variable="position")
    both = pd.concat([long, long.assign(coder="B")])
    pd.testing.assert_frame_equal(corrected(codes=both), corrected())
    with pytest.raises(SchemaError, match="documents with different codes of 'position'"):
        corrected(codes=pd.concat([long, long.assign(coder="B", value="2")]))


def test_correct_by_period_digests_that_ship_were_seen():
    digests = load_seed("reports")
    plan = sample_for_coding(digests, n=150)
    drawn = digests[digests["doc_id"].isin(plan.loc[plan["drawn"], "doc_id"])]
    codes = drawn[["doc_id", "position"]].assign(
        position=[("none" if pd.isna(one) else f"{one:.0f}") for one in drawn["position"]]
    )
    found = digests[["doc_id", "position"]].dropna()
    with pytest.raises(SchemaError, match="^`codes` has 150 documents of the digests that ship with the library"):
        correct_by_period(found, digests, codes, plan, seen=False)
    table = correct_by_period(found, digests, codes, plan, seen="demonstration")
    told = table["estimate"].notna()
    assert set(table.loc[told, "note"]) == {
        "codes were seen while the measure was written: a demonstration, no estimate"
    }


def test_plan_codes_of_a_wide_interval_says_how_many_more():
    table = corrected()
    plan = plan_codes(table)
    assert plan.columns.tolist() == [
        "period", "n_docs", "n_units", "n_coded", "half_width", "wanted", "n_codes", "n_more", "note",
    ]  # fmt: skip
    assert plan["half_width"].tolist() == pytest.approx(((table["upper"] - table["lower"]) / 2).tolist())
    enough = plan["n_codes"].notna()
    assert (plan.loc[enough, "n_codes"] > 40).all()
    assert plan.loc[~enough, "note"].str.endswith("only more documents narrow it further").all()


def test_plan_codes_without_an_estimate_asks_for_ten_first():
    row = pd.DataFrame(
        {"period": ["a", "b"], "n_units": [100, 4], "n_coded": [3, 0], "se_documents": np.nan, "se_codes": np.nan}
    )
    plan = plan_codes(row)
    assert plan["n_more"].fillna(-1).tolist() == [7, -1]
    assert plan["note"].tolist() == ["10 codes give a first estimate", "4 stories: too few for any estimate"]


@pytest.mark.parametrize("factor", [0, 1, -0.5])
def test_plan_codes_factor_that_narrows_nothing_is_refused(factor):
    with pytest.raises(SchemaError, match="must lie between 0 and 1. 0.5 halves the interval"):
        plan_codes(corrected(), factor=factor)


def test_correct_by_period_stories_of_a_variable_are_the_units():
    documents = DOCUMENTS.assign(wire=[f"w{number // 2}" for number in range(len(DOCUMENTS))])
    table = corrected(documents=documents, cluster="wire")
    assert table["n_units"].tolist() == [100, 100]
    assert (table["n_coded"] < 40).all()
    assert table["estimate"].tolist() == pytest.approx(corrected()["estimate"].tolist(), abs=0.05)


def test_correct_by_period_one_period_and_equal_codes_keep_an_interval():
    one = DOCUMENTS.assign(date=pd.Timestamp("2020-03-01"))
    drawn = PLAN.loc[PLAN["drawn"], "doc_id"]
    every = pd.DataFrame({"doc_id": one["doc_id"], "position": 2})
    table = corrected(every, one, every[every["doc_id"].isin(drawn)])
    assert len(table) == 1
    assert table.loc[0, "estimate"] == 2
    assert table.loc[0, "upper"] == 2
    assert 1.8 < table.loc[0, "lower"] < 1.99


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("present", 2, "`found` has 400 values of 'present' that are neither 0 nor 1."),
        ("present", np.nan, "`found` has 400 values of 'present' that are neither 0 nor 1."),
        ("n_matches", -1, "`found` has 400 values of 'n_matches' that are no numbers of at least 0."),
        ("n_tokens", np.nan, "`found` has 400 values of 'n_tokens' that are no numbers of at least 0."),
    ],
)
def test_correct_by_period_amounts_that_cannot_be_are_refused(column, value, said):
    counts = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "present": 1, "n_matches": 1, "n_tokens": 100})
    measure = "share" if column == "present" else "per_1000"
    with pytest.raises(SchemaError) as caught:
        corrected(counts.assign(**{column: value}), codes=CODES.assign(position="1"), measure=measure)
    assert str(caught.value).startswith(said), str(caught.value)


def test_correct_by_period_endless_code_is_refused():
    counts = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "n_matches": 1, "n_tokens": 100})
    with pytest.raises(SchemaError, match="that are no numbers of at least 0 and not 'none'. First: 'inf'"):
        corrected(counts, codes=CODES.assign(position="inf"), measure="per_1000")


def test_correct_by_period_all_coded_leaves_nothing_for_the_check_method():
    one = DOCUMENTS.head(30)
    plan = sample_for_coding(one, n=30)
    codes = pd.DataFrame({"doc_id": one["doc_id"], "position": "1"})
    found = FOUND[FOUND["doc_id"].isin(one["doc_id"])]
    assert corrected(found, one, codes, plan)["estimate"].notna().all()
    with pytest.raises(SchemaError, match="which needs documents without a code, and every one is coded"):
        corrected(found, one, codes, plan, method="ppi++")


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"level": 0}, "`level` is 0; it must lie between 0 and 1"),
        ({}, {"level": 1.5}, "`level` is 1.5; it must lie between 0 and 1"),
        ({"method": "ppi++"}, {}, "`corrected` is of method 'ppi++', whose parts of the error are others."),
        ({"n_units": 39}, {}, "`corrected` has 2 rows whose n_units and n_coded do not fit;"),
        ({"n_units": None}, {}, "`corrected` has 2 rows whose n_units and n_coded do not fit;"),
    ],
)
def test_plan_codes_what_is_no_table_of_it_is_refused(change, options, said):
    with pytest.raises(SchemaError) as caught:
        plan_codes(corrected().assign(**change), **options)
    assert str(caught.value).startswith(said), str(caught.value)
