"""The ordinal model: recovered by hand and by simulation, cross-validated by document."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime

from discourse.errors import SchemaError
from discourse.validity import ordinal
from discourse.validity.features import position_features
from discourse.validity.ordinal import cross_validate_ordinal, fit_ordinal, predict_ordinal


def simulated(n=400, seed=7):
    """Draw documents whose code follows the model with known weights and cutpoints."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 3, (n, 3)).astype(float)
    latent = x @ np.array([2.0, -1.5, 0.0]) + rng.logistic(size=n)
    codes = np.searchsorted([-2.0, 0.0, 1.5, 3.0], latent) - 2
    index = [f"d{place:03}" for place in range(n)]
    return pd.DataFrame(x, index=index, columns=["for", "against", "noise"]), pd.Series(codes, index=index)


def test_position_features_counts_by_place_and_flip():
    sentences = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "c"],
            "holder": ["russia", "russia", "us", "russia"],
            "target": ["taliban"] * 4,
            "sentence": [-1, 0, 0, 2],
            "categories": ["denial|arming~", "engagement*|engagement", "force", "support!?"],
        }
    )
    features = position_features(sentences, holder="russia")
    assert features.index.tolist() == ["a", "c"]
    assert features.to_dict("index") == {
        "a": {"body:engagement": 1.5, "body:support!": 0.0, "headline:arming~": 1.0, "headline:denial": 1.0},
        "c": {"body:engagement": 0.0, "body:support!": 1.0, "headline:arming~": 0.0, "headline:denial": 0.0},
    }


def test_position_features_of_an_absent_holder_is_empty():
    sentences = pd.DataFrame(
        {"doc_id": ["a"], "holder": ["us"], "target": ["taliban"], "sentence": [0], "categories": ["force"]}
    )
    assert position_features(sentences, holder="russia").empty


def test_fit_ordinal_finds_sign_and_order_of_the_weights():
    features, codes = simulated()
    model = fit_ordinal(features, codes, penalty=1.0)
    weights = model[model["kind"] == "weight"].set_index("name")["weight"]
    assert weights["for"] > 1.0
    assert weights["against"] < -0.8
    assert abs(weights["noise"]) < 0.4
    cutpoints = model[model["kind"] == "cutpoint"]["weight"].to_numpy()
    assert (np.diff(cutpoints) > 0).all()


def test_fit_ordinal_gradient_is_the_slope_of_the_loss(monkeypatch):
    features, codes = simulated(60)
    caught = {}

    def catch(loss, start, jac, method):
        point = start + 0.3
        caught["difference"] = np.abs(jac(point) - approx_fprime(point, loss, 1e-6)).max()
        return type("Found", (), {"x": start})

    monkeypatch.setattr(ordinal, "minimize", catch)
    fit_ordinal(features, codes)
    assert caught["difference"] < 1e-2


def test_fit_ordinal_large_penalty_predicts_one_code():
    features, codes = simulated(100)
    predicted = predict_ordinal(fit_ordinal(features, codes, penalty=1e9), features)["code"]
    assert predicted.nunique() == 1


def test_predict_ordinal_gives_the_same_after_a_file(tmp_path):
    features, codes = simulated(80)
    model = fit_ordinal(features, codes)
    model.to_csv(tmp_path / "model.csv", index=False)
    read = pd.read_csv(tmp_path / "model.csv", dtype={"name": str})
    pd.testing.assert_frame_equal(predict_ordinal(read, features), predict_ordinal(model, features))


def test_predict_ordinal_missing_feature_counts_zero():
    features, codes = simulated(80)
    model = fit_ordinal(features, codes)
    zero = features.assign(noise=0.0)
    pd.testing.assert_frame_equal(predict_ordinal(model, features.drop(columns="noise")), predict_ordinal(model, zero))


def test_cross_validate_ordinal_never_sees_the_document_it_predicts():
    features, codes = simulated(40)
    leak = features.assign(**{name: (features.index == name).astype(float) * 2 for name in features.index})
    predictions, figures = cross_validate_ordinal(leak[leak.columns[3:]], codes, penalty=0.01, n_folds=40)
    assert predictions["fold"].nunique() == 40
    assert figures.set_index("name").loc["exact", "value"] < 0.6


def test_cross_validate_ordinal_keeps_a_group_in_one_fold():
    features, codes = simulated(60)
    groups = [place // 6 for place in range(60)]
    predictions, _ = cross_validate_ordinal(features, codes, groups=groups, n_folds=5)
    folds = predictions.set_index("doc_id").loc[features.index, "fold"].to_numpy().reshape(10, 6)
    assert (folds == folds[:, :1]).all()


def test_cross_validate_ordinal_reports_figures_that_a_recount_confirms():
    features, codes = simulated(120)
    predictions, figures = cross_validate_ordinal(features, codes)
    value = figures.set_index("name")["value"]
    distance = (predictions["code"] - predictions["predicted"]).abs()
    assert value["n"] == 120
    assert value["exact"] == pytest.approx((distance == 0).mean())
    assert value["within_one"] == pytest.approx((distance <= 1).mean())
    krippendorff = pytest.importorskip("krippendorff")
    alpha = krippendorff.alpha(predictions[["code", "predicted"]].T.to_numpy(), level_of_measurement="ordinal")
    assert value["alpha_ordinal"] == pytest.approx(alpha)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f, c: (f, c.iloc[:-2]), "`codes` lacks 2 of the 6 documents of `features`. First: 'd004', 'd005'."),
        (lambda f, c: (f, c * 0), "`codes` has 1 distinct values; a model needs at least 2."),
        (lambda f, c: (f.iloc[:0], c), "`features` has 0 rows or columns; a model needs at least one document and one"),
    ],
)
def test_fit_ordinal_wrong_input_says_what_is_wrong(change, said):
    features, codes = simulated(6)
    with pytest.raises(SchemaError) as error:
        fit_ordinal(*change(features, codes))
    assert str(error.value).startswith(said)


def test_cross_validate_ordinal_too_many_folds_is_refused():
    features, codes = simulated(6)
    with pytest.raises(SchemaError) as error:
        cross_validate_ordinal(features, codes, n_folds=7)
    assert str(error.value) == "`n_folds` is 7; it must be from 2 to the number of documents or groups, 6."


def test_predict_ordinal_codes_that_are_not_whole_come_back_as_they_are():
    features, codes = simulated(200)
    steps = codes.map({-2: -1.0, -1: -0.5, 0: 0.0, 1: 0.5, 2: 1.0})
    made = predict_ordinal(fit_ordinal(features, steps), features)
    assert set(made["code"]) <= {-1.0, -0.5, 0.0, 0.5, 1.0}
    assert made["code"].isin([-0.5, 0.5]).any()
    assert made.columns.tolist() == ["expected", "code", "p_-1", "p_-0.5", "p_0", "p_0.5", "p_1"]
    whole = predict_ordinal(fit_ordinal(features, codes), features)
    assert (whole["code"] / 2 == made["code"]).all()
    assert whole["expected"].to_numpy() / 2 == pytest.approx(made["expected"].to_numpy())


def test_predict_ordinal_probabilities_sum_to_one_and_the_expected_code_is_their_mean():
    features, codes = simulated(200)
    made = predict_ordinal(fit_ordinal(features, codes), features)
    likely = made.filter(like="p_")
    assert likely.sum(axis=1).to_numpy() == pytest.approx(np.ones(200))
    assert (likely >= 0).all(axis=None)
    assert made["expected"].to_numpy() == pytest.approx(likely.to_numpy() @ np.array([-2, -1, 0, 1, 2]))


def test_predict_ordinal_mean_of_expected_codes_is_that_of_the_codes_where_single_codes_lean():
    features, codes = simulated(600)
    shifted = codes.clip(lower=-1)
    made = predict_ordinal(fit_ordinal(features * 0.3, shifted, penalty=10), features * 0.3)
    assert abs(made["expected"].mean() - shifted.mean()) < 0.03
    assert abs(made["code"].mean() - shifted.mean()) > 0.1


def test_cross_validate_ordinal_tells_how_far_the_mean_leans():
    features, codes = simulated(200)
    predictions, figures = cross_validate_ordinal(features, codes)
    value = figures.set_index("name")["value"]
    assert value["mean_expected"] == pytest.approx(predictions["expected"].mean())
    assert abs(value["mean_expected"] - value["mean_code"]) < 0.1


FEW = pd.DataFrame({"for": [0.0, 0.0, 1.0, 2.0], "against": [1.0, 1.0, 0.0, 0.0]}, index=list("abcd"))
FEW_CODES = pd.Series([-1, -1, 0, 1], index=list("abcd"))


def test_predict_ordinal_rows_of_the_model_in_another_order_predict_the_same():
    model = fit_ordinal(FEW, FEW_CODES)
    pd.testing.assert_frame_equal(predict_ordinal(model.iloc[::-1], FEW), predict_ordinal(model, FEW))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: fit_ordinal(FEW.assign(against=np.nan), FEW_CODES),
            "`features` has 4 documents with a value that is n",
        ),
        (lambda: fit_ordinal(FEW, FEW_CODES, penalty=np.nan), "`penalty` is nan; it must be 0 or more."),
        (lambda: fit_ordinal(pd.concat([FEW, FEW]), FEW_CODES), "`features` has 4 documents with several rows."),
        (lambda: fit_ordinal(FEW, pd.concat([FEW_CODES, FEW_CODES])), "`codes` has 4 documents with several rows."),
        (
            lambda: predict_ordinal(fit_ordinal(FEW, FEW_CODES), FEW.assign(against=np.nan)),
            "`features` has 4 documents with a value that is no number. First: 'a', 'b', 'c'.",
        ),
        (
            lambda: predict_ordinal(fit_ordinal(FEW, FEW_CODES).iloc[:0], FEW),
            "`model` has 0 weights, 0 cutpoints and 0 rows of the lowest code;",
        ),
    ],
)
def test_ordinal_model_what_is_no_number_or_not_whole_is_refused(call, said):
    with pytest.raises(SchemaError) as caught:
        call()
    assert str(caught.value).startswith(said), str(caught.value)
