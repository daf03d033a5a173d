"""Krippendorff's alpha against the published worked example, another implementation, and hand counts."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.validity.agreement import _verdict, krippendorff_alpha, measure_agreement

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section D: 4 observers, 12 units, missing values.
WORKED = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


def codes_of(matrix: dict[str, list], variable: str = "position") -> pd.DataFrame:
    rows = [
        (f"u{unit:02d}", coder, variable, None if value is None else str(value))
        for coder, values in matrix.items()
        for unit, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["unit_id", "coder", "variable", "value"])


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_measure_agreement_worked_example_gives_published_alpha(level, alpha):
    row = measure_agreement(codes_of(WORKED), levels=level, n_draws=50).iloc[0]
    assert round(row["alpha"], 3) == alpha
    assert (row["n_units"], row["n_coders"], row["n_pairable"]) == (11, 4, 40)
    assert row["lower"] <= row["alpha"] <= row["upper"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from([None, -2, -1, 0, 1, 2]), min_size=3, max_size=3), min_size=3, max_size=12),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_krippendorff_alpha_any_codes_equals_second_implementation(units, level):
    matrix = np.array([[np.nan if v is None else v for v in unit] for unit in units], dtype=float)
    pairable = matrix[(~np.isnan(matrix)).sum(axis=1) >= 2]
    if len(np.unique(pairable[~np.isnan(pairable)])) < 2:
        counts = np.array([[np.nansum(row == v) for v in (-2, -1, 0, 1, 2)] for row in matrix], dtype=int)
        assert np.isnan(krippendorff_alpha(counts, np.array([-2, -1, 0, 1, 2]), level=level))
        return
    values = np.unique(pairable[~np.isnan(pairable)])
    counts = np.array([[np.sum(row == v) for v in values] for row in pairable])
    expected = krippendorff.alpha(reliability_data=pairable.T, level_of_measurement=level)
    assert krippendorff_alpha(counts, values, level=level) == pytest.approx(expected, abs=1e-9)


def test_measure_agreement_same_seed_gives_same_interval_in_any_row_order():
    codes = codes_of(WORKED)
    shuffled = codes.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(measure_agreement(codes, n_draws=200), measure_agreement(shuffled, n_draws=200))
    other = measure_agreement(codes, n_draws=200, seed=1)
    assert other.loc[0, "lower"] != measure_agreement(codes, n_draws=200).loc[0, "lower"]


def test_measure_agreement_interval_holds_that_of_a_plain_bootstrap():
    codes = codes_of(WORKED)
    wide = codes.dropna().pivot(index="unit_id", columns="coder", values="value").astype(float)
    wide = wide[wide.notna().sum(axis=1) >= 2].to_numpy()
    generator = np.random.default_rng(7)
    draws = [
        krippendorff.alpha(reliability_data=wide[generator.integers(0, 11, 11)].T, level_of_measurement="ordinal")
        for _ in range(500)
    ]
    row = measure_agreement(codes, n_draws=1000).iloc[0]
    assert row["lower"] < np.quantile(draws, 0.025)
    assert row["upper"] == pytest.approx(np.quantile(draws, 0.975), abs=0.03)


def test_measure_agreement_set_variable_is_measured_per_label():
    codes = pd.DataFrame(
        [
            ("u1", "A", "frames", "drugs;arming"),
            ("u1", "B", "frames", "arming; drugs"),
            ("u2", "A", "frames", None),
            ("u2", "B", "frames", ""),
            ("u3", "A", "frames", "drugs"),
            ("u3", "B", "frames", None),
        ],
        columns=["unit_id", "coder", "variable", "value"],
    )
    table = measure_agreement(codes, n_draws=20).set_index("variable")
    assert list(table.index) == ["frames:arming", "frames:drugs"]
    assert table.loc["frames:arming", "alpha"] == 1
    # drugs: pairs 11, 00, 10; observed 1/3, expected 1 - (2*3*3 ... ) by hand: n1 = 3, n0 = 3, n = 6
    assert table.loc["frames:drugs", "alpha"] == pytest.approx(1 - 5 * 2 / (2 * 3 * 3))
    assert table["n_units"].tolist() == [3, 3]


@pytest.mark.parametrize(
    ("alpha", "lower", "verdict"),
    [
        (0.95, 0.80, "firm"),
        (0.95, 0.799, "tentative"),
        (0.95, 0.667, "tentative"),
        (0.95, 0.666, "not shown"),
        (0.667, 0.1, "not shown"),
        (0.666, 0.1, "not reliable"),
        (np.nan, np.nan, "undefined"),
    ],
)
def test_measure_agreement_verdict_follows_the_lower_bound(alpha, lower, verdict):
    assert _verdict(alpha, lower) == verdict


@pytest.mark.parametrize(("n", "verdict"), [(6, "not shown"), (26, "tentative"), (60, "firm")])
def test_measure_agreement_full_agreement_is_firm_with_enough_units_only(n, verdict):
    row = measure_agreement(codes_of({"A": ["1", "0"] * (n // 2), "B": ["1", "0"] * (n // 2)}, "voice")).iloc[0]
    assert (row["alpha"], row["upper"], row["verdict"]) == (1, 1, verdict)
    assert row["lower"] < 1


def test_measure_agreement_interval_widens_step_by_step_as_coders_disagree():
    n = 40
    first = ["1", "0"] * (n // 2)
    rows = []
    for wrong in range(7):
        second = ["0" if value == "1" else "1" for value in first[:wrong]] + first[wrong:]
        rows.append(measure_agreement(codes_of({"A": first, "B": second}, "voice")).iloc[0])
    width = [row["upper"] - row["lower"] for row in rows]
    assert [row["lower"] for row in rows] == sorted((row["lower"] for row in rows), reverse=True)
    assert [row["upper"] for row in rows] == sorted((row["upper"] for row in rows), reverse=True)
    assert width == sorted(width)


def test_measure_agreement_two_units_in_full_agreement_say_next_to_nothing():
    row = measure_agreement(codes_of({"A": [1, 2], "B": [1, 2]})).iloc[0]
    assert row["alpha"] == 1
    assert row["lower"] < 0
    assert row["verdict"] == "not shown"


def test_measure_agreement_presence_in_dispute_takes_the_verdict_down():
    given = [None] * 5 + ["1", "2", "-1", "0", "2"] * 7
    codes = codes_of({"A": given, "B": ["1"] * 5 + given[5:]})
    table = measure_agreement(codes, n_draws=400).set_index("variable")
    assert table.index.tolist() == ["position", "position:answer", "position:given"]
    assert table.loc["position", "alpha"] == 1
    assert table.loc["position:given", "alpha"] < 0.1
    assert table.loc["position", "verdict"] == table.loc["position:given", "verdict"] == "not reliable"
    assert table.loc["position", "notes"] == ("the verdict is that of position:given, whether there is a value at all")
    alone = measure_agreement(codes, presence=[], n_draws=400)
    assert alone["verdict"].tolist() == ["firm"]


def test_measure_agreement_word_none_is_no_value():
    codes = codes_of({"A": ["none", "1", "2"], "B": ["1", "1", "2"]})
    table = measure_agreement(codes, n_draws=20).set_index("variable")
    assert table.loc["position", ["n_units", "alpha"]].tolist() == [2, 1]
    assert table.loc["position:given", "n_units"] == 3


def test_measure_agreement_spellings_of_one_code_agree_and_are_said():
    codes = codes_of({"A": [" 1", "2.0", "-1", "2"], "B": ["1", "2", "-1 ", "2"]})
    row = measure_agreement(codes, n_draws=20).iloc[0]
    assert row["alpha"] == 1
    assert row["notes"] == "numbers written in another way (1); spaces or marks at the ends taken off (2)"


# Krippendorff (2011), section A (binary data, two observers) and B (nominal data, two observers), pages 2 to 4.
def test_krippendorff_alpha_binary_example_gives_published_alpha():
    matrix = {"Meg": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "Owen": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}
    row = measure_agreement(codes_of(matrix, "x"), levels="nominal", n_draws=20).iloc[0]
    assert round(row["alpha"], 3) == 0.095


def test_krippendorff_alpha_nominal_example_gives_published_alpha():
    matrix = {"Ben": list("aabbdcccedda"), "Gerry": list("babbbcccedd") + ["d"]}
    row = measure_agreement(codes_of(matrix, "x"), n_draws=20).iloc[0]
    assert round(row["alpha"], 3) == 0.692


def test_measure_agreement_no_variation_or_one_coder_is_undefined():
    table = measure_agreement(pd.concat([codes_of({"A": [1, 1], "B": [1, 1]}, "x"), codes_of({"A": [1, 2]}, "y")]))
    assert table["verdict"].tolist() == ["undefined", "undefined"]
    assert table[["alpha", "lower", "upper"]].isna().all(axis=None)
    assert table["n_pairable"].tolist() == [4, 0]


def test_measure_agreement_no_rows_gives_no_rows():
    table = measure_agreement(codes_of({}))
    assert len(table) == 0
    assert table.columns.tolist()[:3] == ["variable", "level", "alpha"]


def test_measure_agreement_repeated_code_says_where():
    codes = pd.concat([codes_of({"A": [1]}), codes_of({"A": [2]})])
    with pytest.raises(SchemaError) as caught:
        measure_agreement(codes)
    assert str(caught.value) == (
        "`codes` has 1 repeated unit_id + coder + variable; each must be unique. First: 'u00 + A + position'. "
        "Drop the repeated rows."
    )


def test_measure_agreement_word_in_ordinal_variable_says_which():
    with pytest.raises(SchemaError) as caught:
        measure_agreement(codes_of({"A": ["1", "عداء"], "B": [1, 2]}))
    assert str(caught.value) == (
        "`codes` has 1 values of 'position' that are no numbers; an ordinal variable needs numbers. First: 'عداء'. "
        "Recode them or declare the variable nominal."
    )


def test_measure_agreement_unknown_level_names_the_choices():
    with pytest.raises(SchemaError) as caught:
        measure_agreement(codes_of(WORKED), levels={"position": "ratio"})
    assert str(caught.value) == "`levels` is 'ratio'; it must be one of 'interval', 'nominal', 'ordinal'."


def test_measure_agreement_missing_column_is_named():
    with pytest.raises(SchemaError) as caught:
        measure_agreement(pd.DataFrame({"unit_id": ["a"], "coder": ["A"], "value": ["1"]}))
    assert str(caught.value) == "`codes` lacks the columns 'variable' of CODES; it has 'coder', 'unit_id', 'value'."


def test_measure_agreement_presence_makes_no_value_an_answer():
    codes = pd.DataFrame(
        [("u1", "A", "position", "1"), ("u1", "B", "position", "1"), ("u2", "A", "position", "-1"),
         ("u2", "B", "position", None), ("u3", "A", "position", ""), ("u3", "B", "voice", "russia"),
         ("u4", "A", "position", "2"), ("u4", "B", "position", "1"), ("u5", "A", "position", "2")],
        columns=["unit_id", "coder", "variable", "value"],
    )  # fmt: skip
    table = measure_agreement(codes, presence=["position"], n_draws=20).set_index("variable")
    assert table.index.tolist() == ["position", "position:answer", "position:given", "voice"]
    assert table.loc["position", "n_units"] == 2  # u1, u4
    assert table.loc["position:given", ["level", "n_units", "n_pairable"]].tolist() == [
        "nominal",
        4,
        8,
    ]  # B left u3 empty
    given = np.array([[0, 2], [1, 1], [2, 0], [0, 2]])  # none, given
    assert table.loc["position:given", "alpha"] == krippendorff_alpha(given, np.array([0, 1]))
    answers = np.array([[0, 2, 0, 0], [1, 0, 0, 1], [0, 0, 0, 2], [0, 1, 1, 0]])  # -1, 1, 2, none
    assert table.loc["position:answer", "alpha"] == krippendorff_alpha(answers, np.arange(4))
    assert table.loc["position"].equals(measure_agreement(codes, n_draws=20).set_index("variable").loc["position"])


def test_measure_agreement_presence_of_what_nobody_codes_names_the_variables():
    with pytest.raises(SchemaError) as caught:
        measure_agreement(codes_of(WORKED), presence=["stance"])
    assert str(caught.value) == "`presence` names 'stance', which nobody codes; it must be among 'position'."


# Hayes and Krippendorff (2007), table 1, pages 84 to 86: tone of 40 articles by five observers, "." where none.
NEWS = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101.
000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12
2222. 111.1
"""


def test_measure_agreement_five_observers_with_missing_codes_give_published_alpha():
    matrix = [[None if one == "." else one for one in unit] for unit in NEWS.split()]
    codes = codes_of({f"obs{place}": [unit[place] for unit in matrix] for place in range(5)}, "tone")
    row = measure_agreement(codes, levels="ordinal", presence=[]).iloc[0]
    assert round(row["alpha"], 4) == 0.7598
    assert (row["n_units"], row["n_coders"]) == (40, 5)
    assert 0.5 < row["lower"] < 0.7078  # their interval, by draws of pairs and not of units, is [.7078, .8078]
    assert 0.8078 < row["upper"] < 0.9


PAIRS = pd.DataFrame(
    [(f"u{n}", coder, variable, str(n % 3)) for n in range(9) for coder in "AB" for variable in ("position", "voice")],
    columns=["unit_id", "coder", "variable", "value"],
)


def test_measure_agreement_levels_of_some_leave_the_others_as_usual():
    table = measure_agreement(PAIRS, levels={"voice": "nominal"})
    assert table.set_index("variable")["level"].to_dict() == {"position": "ordinal", "voice": "nominal"}


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"levels": {"voce": "nominal"}}, "`levels` names 'voce', which nobody codes; coded are 'position', 'vo"),
        ({}, {"levels": {"voice": "ratio"}}, "`levels` is 'ratio'; it must be one of"),
        ({"unit_id": None}, {}, "`codes` has 36 rows without unit_id. First: row 1."),
        ({"coder": None}, {}, "`codes` has 36 rows without coder. First: row 1."),
        ({"value": np.inf}, {}, "`codes` has 18 values of 'position' that are no numbers"),
        ({}, {"n_draws": 2.5}, "`n_draws` is 2.5; it must be a whole number of at least 1"),
    ],
)
def test_measure_agreement_what_is_no_code_or_level_says_why(change, options, said):
    with pytest.raises(SchemaError) as caught:
        measure_agreement(PAIRS.assign(**change), **options)
    assert str(caught.value).startswith(said), str(caught.value)


@pytest.mark.parametrize(("n", "told"), [(200, True), (201, False)])
def test_measure_agreement_takes_two_hundred_values(n, told):
    codes = pd.DataFrame(
        [(f"u{one}", coder, "remark", f"v{one}") for one in range(n) for coder in "AB"],
        columns=["unit_id", "coder", "variable", "value"],
    )
    if told:
        assert measure_agreement(codes, n_draws=2).loc[0, "alpha"] == 1
        return
    with pytest.raises(SchemaError, match="^`codes` has 201 different values of 'remark', and alpha takes 200 at most"):
        measure_agreement(codes, n_draws=2)
