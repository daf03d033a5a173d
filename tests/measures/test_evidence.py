"""Grades of evidence: each rule at its edge, what counts as a sentence, as outright and as agreeing."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.measures.evidence import GRADES, add_grades, grade_evidence
from discourse.reading.stance.positions import find_positions, score_positions


def rows(*told, doc_id="a", holder="russia"):
    """Make POSITIONS of (sentence, polarity, categories)."""
    table = pd.DataFrame(told, columns=["sentence", "polarity", "categories"])
    return table.assign(doc_id=doc_id, holder=holder, target="taliban")


def grade_of(*told, position=None, **options):
    table = rows(*told)
    scored = None if position is None else table.head(1)[["doc_id", "holder", "target"]].assign(position=position)
    return grade_evidence(table, scored, **options).iloc[0]


OUT, SOFT, HEDGED = "praise", "engagement*", "praise?"


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        # outright sentences: none, one, two
        ([(0, 1, SOFT), (1, 1, SOFT)], "weak"),
        ([(0, 1, OUT), (1, 1, SOFT)], "fair"),
        ([(0, 1, OUT), (1, 1, OUT)], "strong"),
        # a hedged cue is none; one outright cue makes its sentence outright
        ([(0, 1, HEDGED)], "weak"),
        ([(0, 1, f"{SOFT}|{OUT}")], "fair"),
        # one sentence: in headline, in lead, after it
        ([(-1, 1, OUT)], "fair"),
        ([(0, 1, OUT)], "fair"),
        ([(1, 1, OUT)], "weak"),
        ([(1, 1, OUT), (2, 1, OUT)], "fair"),  # two are no longer weak, and not strong without a lead
        # agreement from 0.75 on is strong, up to 0.5 weak
        ([(0, 1, OUT), (1, 1, OUT), (2, 1, OUT), (3, -1, OUT)], "strong"),  # 0.75
        ([(0, 1, OUT), (1, 1, OUT), (2, -1, OUT)], "fair"),  # 0.67
        ([(0, 1, OUT), (1, 0, OUT)], "weak"),  # 0.5
        ([(0, 1, OUT), (1, 1, OUT), (2, 1, OUT), (3, 0, OUT), (4, 0, OUT)], "fair"),  # 0.6
    ],
)
def test_grade_evidence_each_rule_at_its_edge(told, grade):
    assert grade_of(*told)["grade"] == grade


def test_grade_evidence_options_move_the_edges():
    four = [(1, 1, OUT), (2, 1, OUT), (3, 1, OUT), (4, -1, OUT)]
    assert grade_of(*four)["grade"] == "fair"
    assert grade_of(*four, lead=2)["grade"] == "strong"
    assert grade_of(*four, lead=2, several=5)["grade"] == "fair"
    assert grade_of(*four, lead=2, several=4)["grade"] == "strong"
    assert grade_of(*four, lead=2, agreeing=0.76)["grade"] == "fair"
    assert grade_of(*four, lead=2, agreeing=0.76, divided=0.75)["grade"] == "weak"


@pytest.mark.parametrize(
    ("position", "share"),
    [(1, 2 / 4), (2, 2 / 4), (-1, 1 / 4), (0, 3 / 4), (None, 2 / 4)],  # two for, one against, one neither
)
def test_grade_evidence_agreement_is_with_the_position(position, share):
    told = [(0, 1, OUT), (1, 1, OUT), (2, -1, OUT), (3, 0, OUT)]
    assert grade_of(*told, position=position)["share_agreeing"] == pytest.approx(share)


def test_grade_evidence_balance_agrees_with_an_ambivalent_position():
    told = [(0, 1, OUT), (1, -1, OUT)]
    assert grade_of(*told, position=0)[["share_agreeing", "grade"]].tolist() == [1.0, "strong"]
    assert grade_of(*told)["share_agreeing"] == 1.0  # neither side has more
    assert grade_of(*told, position=1)[["share_agreeing", "grade"]].tolist() == [0.5, "weak"]
    assert grade_of((0, 1, OUT), (1, 1, OUT), position=0)[["share_agreeing", "grade"]].tolist() == [0.0, "weak"]


def test_grade_evidence_voices_of_one_sentence_count_once():
    one = grade_of((0, 1, OUT), (0, -1, SOFT), (0, 1, OUT))
    assert one[["n_sentences", "n_outright", "share_agreeing"]].tolist() == [1, 1, 1.0]
    even = grade_of((0, 1, OUT), (0, -1, OUT), (1, 1, OUT), position=1)
    assert even[["n_sentences", "share_agreeing"]].tolist() == [2, 0.5]


def test_grade_evidence_documents_and_holders_are_apart_and_order_changes_nothing():
    table = pd.concat([rows((0, 1, OUT), (1, 1, OUT)), rows((0, -1, OUT), doc_id="b"), rows((4, 1, SOFT), holder="us")])
    graded = grade_evidence(table)
    assert graded[["doc_id", "holder", "grade"]].to_numpy().tolist() == [
        ["a", "russia", "strong"],
        ["a", "us", "weak"],
        ["b", "russia", "fair"],
    ]
    pd.testing.assert_frame_equal(grade_evidence(table.iloc[::-1]), graded)
    pd.testing.assert_frame_equal(grade_evidence(table.astype({"doc_id": "category", "holder": "category"})), graded)


def test_grade_evidence_no_rows_give_no_grades():
    empty = grade_evidence(rows((0, 1, OUT)).head(0))
    assert len(empty) == 0
    assert empty.columns.tolist() == [
        *("doc_id", "holder", "target", "n_sentences", "n_outright", "share_agreeing", "in_lead", "grade")
    ]


def test_grade_evidence_rows_without_a_cue_are_no_evidence():
    assert grade_evidence(rows((0, 1, ""), (1, 1, OUT)))[["n_sentences", "grade"]].to_numpy().tolist() == [[1, "weak"]]


def test_grade_evidence_wrong_numbers_are_refused():
    with pytest.raises(SchemaError, match="`divided` is 0.8 and `agreeing` 0.75; they must be shares"):
        grade_of((0, 1, OUT), divided=0.8)
    with pytest.raises(SchemaError, match="`several` is 0; it must be at least 1"):
        grade_of((0, 1, OUT), several=0)
    with pytest.raises(SchemaError, match="categories"):
        grade_evidence(rows((0, 1, OUT)).drop(columns="categories"))


def test_add_grades_every_position_of_an_article_has_one():
    text = "أشادت موسكو بجهود طالبان. ووقعت موسكو اتفاقا مع طالبان. وقصفت القوات الأمريكية طالبان."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2018-01-01"]), "title": [None]})
    sentences = find_positions(documents, tokenize(documents))
    graded = add_grades(score_positions(sentences), sentences)
    assert graded["grade"].cat.categories.tolist() == list(GRADES)
    assert dict(zip(graded["holder"].astype(str), graded["grade"].astype(str), strict=True)) == {
        "russia": "strong", "us": "weak",
    }  # fmt: skip
