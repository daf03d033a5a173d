"""Calibration: shares per grade by a hand count, what is too few, what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from discourse.errors import SchemaError
from discourse.validity.calibration import calibrate


def tables(rows):
    """Make graded positions and codes of (code, position, grade); None is none."""
    ids = [f"d{number:02d}" for number in range(len(rows))]
    codes = pd.DataFrame(
        {"doc_id": ids, "holder": "russia", "position": [float(c) if c is not None else None for c, _, _ in rows]}
    )
    found = [(doc, "russia", p, g) for doc, (_, p, g) in zip(ids, rows, strict=True) if p is not None]
    return pd.DataFrame(found, columns=["doc_id", "holder", "position", "grade"]), codes


ROWS = [
    *[(1, 1, "strong")] * 4, (2, 1, "strong"),
    *[(-1, -1, "fair")] * 2, (None, -1, "fair"),
    (0, 1, "weak"), (0, 0, "weak"),
    (None, None, None), (1, None, None),
]  # fmt: skip


def test_calibrate_shares_equal_the_count_by_hand():
    table = calibrate(*tables(ROWS), minimum=2).set_index("grade")
    assert table["n"].to_dict() == {"strong": 5, "fair": 3, "weak": 2, "none": 2}
    assert table["n_right"].to_dict() == {"strong": 4, "fair": 2, "weak": 1, "none": 1}
    assert table["right"].tolist() == pytest.approx([4 / 5, 2 / 3, 1 / 2, 1 / 2])
    lower, upper = beta.ppf(0.025, 4, 1.75), beta.ppf(0.975, 4.75, 1)  # Clopper and Pearson with 3/4 of a document
    assert table.loc["strong", ["lower", "upper"]].tolist() == pytest.approx([lower, upper], abs=1e-6)


@pytest.mark.parametrize(("minimum", "told"), [(3, True), (4, False)])
def test_calibrate_grade_below_the_minimum_is_not_told(minimum, told):
    fair = calibrate(*tables(ROWS), minimum=minimum).set_index("grade").loc["fair"]
    assert fair[["n", "n_right"]].tolist() == [3, 2]
    assert np.isnan(fair["right"]) != told
    assert np.isnan(fair["lower"]) != told
    assert fair["method"] == ("beta" if told else "too few")


def test_calibrate_no_grade_with_enough_is_refused():
    assert len(calibrate(*tables(ROWS), minimum=5)) == 4
    with pytest.raises(SchemaError) as caught:
        calibrate(*tables(ROWS), minimum=6)
    assert str(caught.value) == (
        "`codes` meet at most 5 positions of one grade, and `minimum` is 6. Code more documents; a share of so few "
        "says nothing."
    )


def test_calibrate_holders_of_one_document_are_drawn_together():
    graded, codes = tables(ROWS)
    both = [pd.concat([table, table.assign(holder="iran")]) for table in (graded, codes)]
    table = calibrate(*both, minimum=2).set_index("grade")
    assert table.loc["strong", ["n", "right", "method"]].tolist() == [10, 0.8, "beta"]


def test_calibrate_documents_and_holders_that_were_read_count():
    graded, codes = tables(ROWS)
    more = pd.DataFrame({"doc_id": ["d99"], "holder": ["russia"], "position": [1], "grade": ["strong"]})
    every = pd.concat([graded, more])
    assert calibrate(every, codes, minimum=2)["n"].tolist() == [5, 3, 2, 2]
    counted = calibrate(every, codes, doc_ids=[*codes["doc_id"], "d99"], minimum=2)
    assert counted["n"].tolist() == [6, 3, 2, 2]
    assert counted["n_right"].tolist() == [4, 2, 1, 1]


def test_calibrate_unknown_or_missing_grade_is_refused():
    graded, codes = tables(ROWS)
    with pytest.raises(SchemaError, match="the grade 'good'; a grade must be one of 'strong', 'fair', 'weak'"):
        calibrate(graded.assign(grade="good"), codes)
    with pytest.raises(SchemaError, match="grade"):
        calibrate(graded.drop(columns="grade"), codes)
    with pytest.raises(SchemaError, match="`minimum` is 0"):
        calibrate(graded, codes, minimum=0)


def test_calibrate_holder_by_another_name_keeps_its_grade():
    graded, codes = (table.assign(holder="saudi") for table in tables(ROWS))
    assert calibrate(graded, codes, minimum=2)["n"].tolist() == calibrate(*tables(ROWS), minimum=2)["n"].tolist()


def test_calibrate_clusters_are_units():
    graded, codes = tables(ROWS)
    alone = calibrate(graded, codes, minimum=2).set_index("grade").loc["strong"]
    told = calibrate(graded, codes, minimum=2, clusters=dict.fromkeys(codes["doc_id"].astype(str), "one story"))
    told = told.set_index("grade").loc["strong"]
    assert told["right"] == alone["right"] and told["method"] == "beta"
    assert told["upper"] - told["lower"] > alone["upper"] - alone["lower"]
