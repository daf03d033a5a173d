"""Validation: figures counted by hand, groups, weights, errors with their sentences, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.validity.answers import score_against_codes
from discourse.validity.sampling import sample_for_coding
from discourse.validity.validation import validate

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcdef"),
        "text": [f"جملة أولى {name}. جملة ثانية." for name in "abcdef"],
        "title": ["عنوان"] * 6,
        "source": list("xxxyyy"),
        "date": pd.to_datetime(["2020-01-01"] * 4 + ["2021-01-01"] * 2),
        "story": ["s", "s", "t", "u", "v", "w"],
    }
)
CODES = pd.DataFrame(
    {
        "doc_id": list("abcdef"),
        "holder": ["russia"] * 6,
        "position": ["1", "-1", "none", "2", "0", "none"],
        "voice": ["russia", "russia", None, "third_party", "russia", None],
    }
)
FOUND = pd.DataFrame(
    {
        "doc_id": list("abce"),
        "holder": ["russia"] * 4,
        "position": [1, 1, -2, 0],
        "voice": ["russia", "third_party", "russia", "russia"],
    }
)


def figures(made, by="all", value="all"):
    own = made["figures"]
    return own[(own["by"] == by) & (own["value"] == value)].set_index("figure")


def test_validate_positions_equal_score_against_codes():
    made = figures(validate(FOUND, CODES, DOCUMENTS))
    other = score_against_codes(FOUND, CODES).set_index("figure")
    pd.testing.assert_frame_equal(made[["n", "estimate", "lower", "upper", "method"]], other)
    assert made.loc["six_way", "estimate"] == 3 / 6  # a, e, f
    assert made.loc["holder_precision", "estimate"] == 3 / 4
    assert made.loc["holder_recall", "estimate"] == 3 / 4


def test_validate_groups_part_the_answers():
    made = validate(FOUND, CODES, DOCUMENTS, by=["period", "source", "holder", "voice"])
    table = made["figures"].query("figure == 'six_way'")
    assert table[["by", "value", "n"]].to_numpy().tolist() == [
        ["all", "all", 6], ["period", "2020-01-01", 4], ["period", "2021-01-01", 2], ["source", "x", 3],
        ["source", "y", 3], ["holder", "russia", 6], ["voice", "russia", 3], ["voice", "third_party", 2],
        ["voice", "unknown", 1],
    ]  # fmt: skip
    assert figures(made, "source", "x").loc["holder_precision", ["n", "estimate"]].tolist() == [3, 2 / 3]


def test_validate_confusion_and_errors_are_the_answers_that_differ():
    made = validate(FOUND, CODES, DOCUMENTS)
    assert made["confusion"].to_numpy().tolist() == [
        ["-1", "1", 1, 1.0], ["0", "0", 1, 1.0], ["1", "1", 1, 1.0], ["2", "none", 1, 1.0], ["none", "-2", 1, 0.5],
        ["none", "none", 1, 0.5],
    ]  # fmt: skip
    errors = made["errors"]
    assert errors[["doc_id", "hand", "found", "error"]].to_numpy().tolist() == [
        ["b", "-1", "1", "other value"],
        ["c", "none", "-2", "made up"],
        ["d", "2", "none", "missed"],
    ]
    assert errors["sentence"].tolist()[2] == DOCUMENTS.loc[3, "text"]
    assert errors.loc[0, ["source", "title"]].tolist() == ["x", "عنوان"]


def test_validate_errors_show_the_sentences_that_the_measure_read():
    evidence = pd.DataFrame(
        {"doc_id": ["b", "b", "c"], "holder": ["russia", "russia", "iran"], "start_char": [13, 0, 0], "end_char": 12}
    ).assign(end_char=[25, 12, 12])
    shown = validate(FOUND, CODES, DOCUMENTS, evidence=evidence)["errors"].set_index("doc_id")["sentence"]
    text = DOCUMENTS.loc[1, "text"]
    assert shown["b"] == f"{text[0:12]} … {text[13:25]}"
    assert shown["c"] == DOCUMENTS.loc[2, "text"]
    headline = evidence.assign(sentence=[-1, 0, 0])
    shown = validate(FOUND, CODES, DOCUMENTS, evidence=headline)["errors"].set_index("doc_id")["sentence"]
    assert shown["b"] == f"{text[0:12]} … عنوان"


def test_validate_plan_weighs_answers_by_their_chance():
    documents = DOCUMENTS.assign(hit=[9.0, 9.0, 9.0, 0.0, 0.0, 0.0])
    plan = sample_for_coding(documents, n=4, score="hit", by_score=0.8)
    drawn = plan.loc[plan["drawn"]].set_index("doc_id")["probability"]
    codes = CODES[CODES["doc_id"].isin(drawn.index)]
    made = figures(validate(FOUND, codes, documents, plan=plan))
    right = pd.Series({"a": 1, "b": 0, "c": 0, "d": 0, "e": 1, "f": 1})[drawn.index]
    assert made.loc["six_way", "estimate"] == pytest.approx((right / drawn).sum() / (1 / drawn).sum())
    plain = figures(validate(FOUND, codes, documents))
    assert plain.loc["six_way", "estimate"] != made.loc["six_way", "estimate"]


def test_validate_stories_are_the_units_of_intervals():
    made = validate(FOUND, CODES, DOCUMENTS, cluster="story")
    assert set(figures(made)["n_units"]) == {5}
    many = pd.concat([DOCUMENTS.assign(doc_id=DOCUMENTS["doc_id"] + str(copy)) for copy in range(8)])
    codes = pd.concat([CODES.assign(doc_id=CODES["doc_id"] + str(copy)) for copy in range(8)])
    found = pd.concat([FOUND.assign(doc_id=FOUND["doc_id"] + str(copy)) for copy in range(8)])
    alone, copied = validate(found, codes, many), validate(found, codes, many, cluster="story")
    width = [figures(one).loc["six_way", "upper"] - figures(one).loc["six_way", "lower"] for one in (alone, copied)]
    assert width[1] > 1.5 * width[0]


def test_validate_long_codes_name_the_holder():
    long = CODES.rename(columns={"doc_id": "unit_id", "position": "value"}).assign(coder="A", variable="position")
    long = long[["unit_id", "coder", "variable", "value"]]
    made = validate(FOUND, long, DOCUMENTS, holder="russia")
    pd.testing.assert_frame_equal(made["figures"], validate(FOUND, CODES, DOCUMENTS)["figures"])
    with pytest.raises(SchemaError, match="^`codes` do not say whose positions they are; name the `holder`"):
        validate(FOUND, long, DOCUMENTS)


FRAMES = pd.DataFrame(
    [(doc, frame, int(frame in one)) for doc, one in zip("abcdef", ["da", "d", "", "a", "d", "d"], strict=True)
     for frame in "ad"],
    columns=["doc_id", "category", "present"],
)  # fmt: skip


def test_validate_categories_precision_recall_and_alpha_by_category():
    codes = pd.DataFrame({"doc_id": list("abcdef"), "frames": ["a;d", "d", "d", "none", "d", None]})
    made = validate(FRAMES, codes, DOCUMENTS, by="category")
    whole = figures(made)
    assert whole.loc["precision", ["n", "estimate"]].tolist() == [6, 4 / 6]
    assert whole.loc["recall", ["n", "estimate"]].tolist() == [5, 4 / 5]
    assert whole.loc["f1", "estimate"] == pytest.approx(8 / 11)
    assert whole.loc["right", ["n", "estimate"]].tolist() == [12, 9 / 12]
    assert figures(made, "category", "a").loc["precision", "estimate"] == 1 / 2
    assert figures(made, "category", "d").loc["alpha", "n"] == 6
    assert made["errors"][["doc_id", "category", "error"]].to_numpy().tolist() == [
        ["c", "d", "missed"],
        ["d", "a", "made up"],
        ["f", "d", "made up"],
    ]
    dense = FRAMES.assign(present=[1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0])
    same = validate(FRAMES, dense, DOCUMENTS, by="category")
    pd.testing.assert_frame_equal(same["figures"], made["figures"])


def test_validate_all_right_leaves_room_for_error():
    codes = CODES[CODES["doc_id"].isin(["a", "e", "f"])]
    row = figures(validate(FOUND, codes, DOCUMENTS)).loc["six_way"]
    assert row["estimate"] == 1
    assert 0 < row["lower"] < 0.6


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"codes": CODES.assign(doc_id=list("uvwxyz"))}, "`positions` has no document that was coded."),
        ({"documents": DOCUMENTS.head(3)}, "`codes` has 3 documents that `documents` lacks. First: 'd', 'e', 'f'."),
        (
            {"by": "outlet"},
            "`by` is 'outlet'; it must be one of 'date', 'holder', 'period', 'source', 'story', 'title'",
        ),
        (
            {"found": FRAMES, "codes": CODES.assign(frames="d", doc_id=list("uvwxyz"))},
            "`found` and `codes` have no docu",
        ),
        ({"found": FRAMES[FRAMES["doc_id"] != "a"], "codes": CODES.assign(frames="d")}, "`found` lacks 1 of the coded"),
        ({"plan": sample_for_coding(DOCUMENTS, n=2)}, "`codes` has 4 documents that `plan` did not draw."),
        ({"n_draws": 0}, "`n_draws` is 0; it must be a whole number of at least 1"),
        ({"holder": "rusia"}, "`holder` is 'rusia', which no row of `found` has; it has 'russia'."),
        ({"codes": CODES.assign(holder="rusia")}, "`codes` are of 'rusia', of whom no row of `found` is; it has 'russ"),
        ({"documents": pd.concat([DOCUMENTS, DOCUMENTS])}, "`documents` has 6 repeated doc_id values"),
        ({"found": pd.concat([FRAMES, FRAMES]), "codes": CODES.assign(frames="d")}, "`found` has 12 repeated doc_id +"),
        ({"found": FRAMES, "codes": pd.concat([FRAMES, FRAMES])}, "`codes` has 12 repeated doc_id + category"),
        ({"found": FRAMES.assign(present=2), "codes": FRAMES}, "`found` has 12 values of 'present' that are neither 0"),
        ({"found": FRAMES, "codes": FRAMES.assign(present=-1)}, "`codes` has 12 values of 'present' that are neither"),
        ({"found": FRAMES, "codes": FRAMES.assign(present=np.nan)}, "`codes` has 12 values of 'present' that are neit"),
        ({"found": FRAMES, "codes": CODES.assign(frames="dd")}, "`codes` of 'frames' have 6 labels that are no categ"),
        (
            {"found": FRAMES, "codes": FRAMES.assign(category=FRAMES["category"] + "x")},
            "`codes` of 'category' have 12 labels that are no category of `found`. First: 'ax', 'dx'",
        ),
        ({"cluster": "wire"}, "`documents` lacks the columns 'wire'"),
    ],
)
def test_validate_what_does_not_fit_says_why(change, said):
    options = {"found": FOUND, "codes": CODES, "documents": DOCUMENTS} | change
    with pytest.raises(SchemaError) as caught:
        validate(options.pop("found"), options.pop("codes"), options.pop("documents"), **options)
    assert str(caught.value).startswith(said), str(caught.value)


def test_validate_order_of_rows_changes_nothing():
    shuffled = [table.sample(frac=1, random_state=4) for table in (FOUND, CODES, DOCUMENTS)]
    one, other = validate(*shuffled, by="source"), validate(FOUND, CODES, DOCUMENTS, by="source")
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name])
    assert np.isfinite(one["figures"]["n"]).all()


def test_validate_labels_in_other_capitals_are_the_category():
    codes = pd.DataFrame({"doc_id": list("abcdef"), "frames": ["a;d", "d", "d", "none", "d", None]})
    capitals = codes.assign(frames=codes["frames"].str.replace("d", "D"))
    dense = FRAMES.assign(category=FRAMES["category"].str.upper())
    pd.testing.assert_frame_equal(
        validate(FRAMES, capitals, DOCUMENTS)["figures"], validate(FRAMES, codes, DOCUMENTS)["figures"]
    )
    assert figures(validate(FRAMES, dense, DOCUMENTS)).loc["right", "estimate"] == 1
