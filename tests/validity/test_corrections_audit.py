"""Which entry errs most: counted by hand, and the points of a series that move without it."""

import numpy as np
import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.rules import leave_rules_out
from discourse.measures.sensitivity import leave_one_out
from discourse.reading.matching.matches import find_matches
from discourse.validity.corrections import COLUMNS
from discourse.validity.corrections_audit import audit_corrections
from discourse.validity.corrections_effects import leave_corrected_out
from discourse.validity.scores import share_of_rows

MATCHES = pd.DataFrame(
    {
        "doc_id": list("aaabbcd"), "start": range(7), "end": range(1, 8), "category": ["drugs"] * 6 + ["arming"],
        "pattern": ["poppy", "poppy", "heroin", "poppy", "heroin", "heroin", "arms"],
    }
)  # fmt: skip
POSITIONS = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b", "c"], "sentence": [0, 1, 0, 0], "start_char": [0, 10, 0, 0],
        "end_char": [9, 19, 9, 9], "holder": "russia", "target": "taliban", "polarity": [1, 1, -1, 1],
        "strength": 1.0, "negated": False, "voice": "outlet", "cues": ["x|y", "x", "z", "x"],
        "categories": ["trade|aid", "trade*", "concern", "trade"], "codes": ["1|1", "1", "-1", "1"],
        "rules": ["trade|second reading", "trade may", "concern", "trade"],
    }
)  # fmt: skip
DOCUMENTS = pd.DataFrame(
    {"doc_id": list("abcd"), "date": pd.to_datetime(["2020-01-01", "2020-02-01", "2021-01-01", None])}
)


def said(what, doc_id="a", span=(0, 5), coder="ann", measured="present", corrected="absent", **more):
    row = {"doc_id": doc_id, "what": what, "start_char": span[0], "end_char": span[1], "coder": coder}
    return {name: (row | {"measured": measured, "corrected": corrected} | more).get(name) for name in COLUMNS}


def corrections(*rows):
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def match(entry, category="drugs", **more):
    return said("match", category=category, entry=entry, **more)


def rows_of(audit, *columns):
    return audit[list(columns)].astype(object).where(audit[list(columns)].notna(), None).values.tolist()


ROWS = corrections(
    match("poppy"), match("poppy", span=(6, 11), corrected="arming"), match("poppy", doc_id="b", corrected="arming"),
    match("heroin"), match("heroin", coder="bob", corrected="present"),
    match("heroin", doc_id="b", corrected="present"), match("heroin", doc_id="c"),
    match(None, span=(20, 25), measured="absent", corrected="present"),
)  # fmt: skip


def test_audit_corrections_counts_by_entry():
    audit = audit_corrections(ROWS, MATCHES)
    tables.check(audit, "CORRECTIONS_AUDIT")
    columns = (
        "entry",
        "n",
        "n_looked",
        "n_corrected",
        "n_confirmed",
        "n_disputed",
        "share",
        "basis",
        "right",
        "n_right",
    )
    assert rows_of(audit, *columns) == [
        ["poppy", 3, None, 3, 0, 0, 1.0, "all", "arming", 2],
        ["heroin", 3, None, 1, 1, 1, 1 / 3, "all", "absent", 1],
        [None, None, None, 1, 0, 0, None, "none", "present", 1],
    ]
    assert audit["examples"].tolist() == ["a:0|a:6|b:0", "c:0", "a:20"]


def test_audit_corrections_share_has_the_beta_interval_by_document():
    audit = audit_corrections(ROWS, MATCHES)
    units = np.array([0, 1, 2])  # heroin stands once in a, b and c, and is wrong in c
    n, share, lower, upper, method = share_of_rows(np.array([0, 0, 1]), np.ones(3), units)
    assert (n, method) == (3, "beta")
    assert audit.loc[1, ["share", "lower", "upper"]].tolist() == pytest.approx([share, lower, upper])
    wider = audit_corrections(ROWS, MATCHES, level=0.99)
    assert wider.loc[1, "upper"] > upper


def test_audit_corrections_where_it_is_known_what_was_looked_at_the_share_is_of_that():
    audit = audit_corrections(ROWS, MATCHES, looked=["c", "z"])
    assert rows_of(audit, "entry", "n", "n_looked", "n_corrected", "share", "basis") == [
        ["poppy", 3, 0, 3, None, "none"], ["heroin", 3, 1, 1, 1.0, "looked at"], [None, None, None, 1, None, "none"],
    ]  # fmt: skip
    with pytest.raises(SchemaError, match=r"^`looked` is 'c'; it must be a list of doc_id\. Write \['c'\]\.$"):
        audit_corrections(ROWS, MATCHES, looked="c")


def test_audit_corrections_without_tables_has_numbers_and_no_share():
    audit = audit_corrections(ROWS)
    assert audit["n"].isna().all()
    assert audit["share"].isna().all()
    assert audit["n_corrected"].tolist() == [3, 1, 1]


def test_audit_corrections_sentences_count_for_each_rule_and_cues_for_their_class():
    rows = corrections(
        said("sentence", holder="russia", target="taliban", entry="trade|second reading", measured="1", corrected="0"),
        said("sentence", doc_id="b", holder="russia", target="taliban", entry="concern", measured="-1", corrected="-1"),
        said("sentence", "c", (9, 12), holder="iran", target="taliban", measured="none", corrected="1"),
        match("trade may", "trade", span=(10, 12)),
    )
    audit = audit_corrections(rows, POSITIONS)
    assert rows_of(audit, "what", "category", "entry", "n", "n_corrected", "n_confirmed", "share") == [
        ["sentence", None, "second reading", 1, 1, 0, 1.0],
        ["match", "trade", "trade", 3, 1, 0, 1 / 3],
        ["sentence", None, "trade", 3, 1, 0, 1 / 3],
        ["sentence", None, None, None, 1, 0, None],
        ["sentence", None, "concern", 1, 0, 1, 0.0],
    ]


def test_audit_corrections_positions_and_quotations():
    quotations = pd.DataFrame(
        {
            "doc_id": list("aab"),
            "content_start_char": 0,
            "content_end_char": 5,
            "actor": "us",
            "rule": ["after"] * 2 + ["dash"],
        }
    )
    found = pd.DataFrame({"doc_id": list("abcd"), "holder": "russia", "target": "taliban", "position": 1})
    rows = corrections(
        said("quotation", entry="after", measured="us", corrected="none"),
        said("position", span=(None, None), holder="russia", target="taliban", measured="1", corrected="0"),
        said("position", "z", (None, None), holder="russia", target="taliban", measured="none", corrected="0"),
    )
    audit = audit_corrections(rows, quotations, found)
    assert rows_of(audit, "what", "entry", "n", "n_corrected", "share", "examples") == [
        ["position", None, 4, 2, 0.25, "a|z"], ["quotation", "after", 2, 1, 0.5, "a:0"],
    ]  # fmt: skip


def test_audit_corrections_order_of_rows_changes_nothing():
    pd.testing.assert_frame_equal(
        audit_corrections(ROWS.sample(frac=1, random_state=3), MATCHES.sample(frac=1, random_state=4)),
        audit_corrections(ROWS, MATCHES),
    )
    assert len(audit_corrections(corrections(), MATCHES)) == 0


# What moves without them ---------------------------------------------------------------------------------------------


def test_leave_corrected_out_points_of_rules_equal_leave_rules_out():
    audit = pd.DataFrame({"what": ["sentence"] * 2, "category": None, "entry": ["trade", "concern"]})
    table = leave_corrected_out(audit, DOCUMENTS, positions=POSITIONS)
    assert rows_of(table, "entry", "period", "n_docs", "n_changed", "before", "after", "move") == [
        ["concern", pd.Timestamp("2020-01-01"), 2, 1, 0.0, 1.0, 1.0],
        ["trade", pd.Timestamp("2021-01-01"), 1, 1, 1.0, None, None],
    ]
    whole = leave_rules_out(POSITIONS).set_index("name")
    moved = whole["n_lost"] + whole["n_moved"]
    assert table.groupby("entry")["n_changed"].sum().to_dict() == {name: moved[name] for name in ("concern", "trade")}


def test_leave_corrected_out_cues_of_one_class_go_without_those_of_another():
    audit = pd.DataFrame({"what": ["match"] * 2, "category": ["aid", "trade"], "entry": ["second reading", "concern"]})
    assert len(leave_corrected_out(audit, DOCUMENTS, positions=POSITIONS)) == 0


def test_leave_corrected_out_points_of_entries_equal_leave_one_out():
    documents = DOCUMENTS.assign(text=["مخدرات. مخدرات", "مخدرات وسلاح", "مكافحة المخدرات", "مخدرات"])
    tokens, lexicon = tokenize(documents), lexicon_from_patterns({"drugs": ["مخدرات", "سلاح"]}, clitics="proclitic")
    matches = find_matches(tokens, lexicon)
    assert len(matches) == 6
    audit = pd.DataFrame({"what": "match", "category": "drugs", "entry": ["مخدرات", "سلاح", "مدفع"]})
    table = leave_corrected_out(audit, documents, tokens=tokens, lexicon=lexicon)
    assert rows_of(table, "entry", "period", "n_docs", "n_changed", "before", "after", "move") == [
        ["مخدرات", pd.Timestamp("2020-01-01"), 2, 1, 1.0, 0.5, -0.5],
        ["مخدرات", pd.Timestamp("2021-01-01"), 1, 1, 1.0, 0.0, -1.0],
    ]
    lost = leave_one_out(lexicon, tokens).set_index("pattern")["n_docs_lost"]
    assert lost["مخدرات"] == table["n_changed"].sum() + 1  # one of them has no date


def test_leave_corrected_out_without_tables_says_what_to_pass():
    with pytest.raises(SchemaError) as caught:
        leave_corrected_out(audit_corrections(ROWS), DOCUMENTS)
    assert str(caught.value) == (
        "`positions` is not given, and neither are `tokens` with `lexicon`: without them nothing can be left out. Pass "
        "POSITIONS for rules, TOKENS and the lexicon for entries."
    )


def quotation(answer, **more):
    return said("quotation", entry="verb", measured="iran", corrected=answer, **more)


@pytest.mark.parametrize("tables_given", [True, False])
def test_audit_corrections_label_and_name_are_one_answer(tables_given):
    quotations = pd.DataFrame(
        {
            "doc_id": list("abcd"), "content_start_char": 0, "content_end_char": 5, "actor": "iran", "side": "state",
            "rule": "verb",
        }
    )  # fmt: skip
    rows = corrections(
        quotation("روسيا"), quotation("russia", coder="bob"), quotation("Russia", doc_id="b"),
        quotation("turkey", doc_id="c"), quotation("تركيا", doc_id="d"), quotation("turkey", doc_id="e"),
        quotation("إيران", doc_id="f"),
    )  # fmt: skip
    audit = audit_corrections(rows, *([quotations] if tables_given else []))
    assert rows_of(audit, "n_corrected", "n_confirmed", "n_disputed", "right", "n_right") == [[5, 1, 0, "turkey", 3]]


def test_audit_corrections_label_of_a_category_is_its_name():
    rows = corrections(
        match("poppy", corrected="Arming"), match("poppy", "Drugs", corrected="arming", coder="bob"),
        match("poppy", span=(6, 11), corrected="arming"), match("poppy", doc_id="b", corrected="absent"),
    )  # fmt: skip
    audit = audit_corrections(rows, MATCHES)
    assert rows_of(audit, "category", "n_corrected", "n_disputed", "right", "n_right") == [["drugs", 3, 0, "arming", 2]]
