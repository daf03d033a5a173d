"""Whose words: counts by hand, laws, and shares with intervals."""

import numpy as np
import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize, word_rows
from discourse.measures.series import count_by_period
from discourse.measures.voices import OUTLET, count_voices, measure_presentation

TEXT = "قال الوزير إن الوفد وصل إلى كابل. وانتهى اللقاء مساء."  # ten words


def quotations(*rows):
    columns = ["doc_id", "side", "kind", "content_start_char", "content_end_char", "cue_start_char"]
    return pd.DataFrame(rows, columns=columns).astype({"side": "category", "kind": "category"})


def tokens_of(*texts):
    return tokenize(pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": list(texts)}))


def by_voice(counts, doc_id="d0"):
    chosen = counts[(counts["doc_id"] == doc_id) & (counts["n_matches"] > 0)]
    return dict(zip(chosen["category"], chosen["n_matches"], strict=True))


def test_count_voices_one_statement_gives_its_words_to_the_side():
    counts = count_voices(quotations(("d0", "russia", "indirect", 11, 32, 0)), tokens_of(TEXT))
    assert by_voice(counts) == {"russia": 5, OUTLET: 5}
    assert counts["n_tokens"].unique().tolist() == [10]
    tables.check(counts, "COUNTS")


def test_count_voices_claim_inside_a_claim_goes_to_the_inner_one():
    table = quotations(("d0", "russia", "indirect", 11, 32, 0), ("d0", "taliban", "indirect", 23, 32, 19))
    assert by_voice(count_voices(table, tokens_of(TEXT))) == {"russia": 3, "taliban": 2, OUTLET: 5}


def test_count_voices_claim_at_the_beginning_of_a_claim_goes_to_the_inner_one():
    table = quotations(("d0", "russia", "indirect", 11, 32, 0), ("d0", "taliban", "indirect", 11, 22, 40))
    assert by_voice(count_voices(table, tokens_of(TEXT))) == {"russia": 2, "taliban": 3, OUTLET: 5}


def test_count_voices_content_up_to_the_last_letter_ends_with_its_document():
    table = quotations(("d0", "russia", "direct", 34, len(TEXT), 0), ("d1", "us", "direct", 11, 22, 40))
    counts = count_voices(table, tokens_of(TEXT, TEXT))
    assert by_voice(counts) == {"russia": 3, OUTLET: 7}
    assert by_voice(counts, "d1") == {"us": 3, OUTLET: 7}


def test_count_voices_document_without_words_has_zeros():
    tokens = tokens_of("", TEXT)
    tokens["doc_id"] = tokens["doc_id"].cat.reorder_categories(["d1", "d0"])
    counts = count_voices(quotations(("d1", "russia", "indirect", 11, 32, 0)), tokens)
    empty = counts[counts["doc_id"] == "d0"]
    assert len(empty) == 7 and (empty[["n_matches", "n_tokens", "n_sentences"]] == 0).all(axis=None)
    assert counts.index.tolist() == list(range(14))
    assert counts.loc[counts["doc_id"] == "d1", "n_sentences"].unique().tolist() == [2]


def test_count_voices_two_layers_of_one_content_go_to_the_first_cue():
    table = quotations(("d0", "russia", "direct", 11, 32, 0), ("d0", "other", "direct", 11, 32, 40))
    assert by_voice(count_voices(table, tokens_of(TEXT))) == {"russia": 5, OUTLET: 5}


def test_count_voices_speaker_without_side_is_unknown_and_kind_selects():
    table = quotations(("d0", None, "direct", 11, 32, 0))
    assert by_voice(count_voices(table, tokens_of(TEXT))) == {"unknown": 5, OUTLET: 5}
    assert by_voice(count_voices(table, tokens_of(TEXT), kind="indirect")) == {OUTLET: 10}
    assert by_voice(count_voices(table, tokens_of(TEXT), kind="direct")) == {"unknown": 5, OUTLET: 5}


def test_count_voices_unknown_kind_is_refused():
    with pytest.raises(SchemaError) as error:
        count_voices(quotations(), tokens_of(TEXT), kind="quoted")
    assert str(error.value) == "`kind` is 'quoted'; it must be one of 'all', 'direct', 'indirect'."


def test_count_voices_inside_and_outside_quotation_make_all_words(reports):
    from discourse.reading.speech.quotations import find_quotations

    sample = reports.iloc[:25]
    tokens = tokenize(sample)
    found = find_quotations(sample, tokens)
    counts = count_voices(found, tokens)
    assert counts["n_matches"].sum() == word_rows(tokens).sum()
    # a plain recount: every word, by the shortest content around it
    inside = 0
    rows = tokens[word_rows(tokens)]
    for doc_id, words in rows.groupby(rows["doc_id"].astype(str)):
        spans = found.loc[found["doc_id"] == doc_id, ["content_start_char", "content_end_char"]].to_numpy()
        inside += sum(any(a <= char < b for a, b in spans) for char in words["start_char"])
    outside = counts.loc[counts["category"] == OUTLET, "n_matches"].sum()
    assert inside + outside == len(rows)


def test_count_voices_counts_make_a_series():
    documents = pd.DataFrame(
        {"doc_id": ["d0", "d1"], "text": [TEXT, TEXT], "date": pd.to_datetime(["2015-11-02", "2015-12-23"]),
         "date_precision": ["day", "day"]}
    )  # fmt: skip
    counts = count_voices(quotations(("d0", "russia", "indirect", 11, 32, 0)), tokenize(documents))
    series = count_by_period(counts, documents)
    russia = series[series["category"] == "russia"]
    assert russia["estimate"].tolist() == [500.0, 0.0]


def test_measure_presentation_shares_and_order_by_hand():
    table = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "b", "c"],
            "side": ["us", "us", "us", "russia", None],
            "strength": ["accusing", "neutral", "neutral", "denying", "neutral"],
        }
    )
    found = measure_presentation(table)
    us = found[found["side"] == "us"]
    assert us["strength"].tolist() == ["neutral", "accusing", "denying"]
    assert us["n"].tolist() == [2, 1, 0]
    assert np.allclose(us["estimate"], [2 / 3, 1 / 3, 0])
    assert (us["lower"] <= us["estimate"]).all() and (us["estimate"] <= us["upper"]).all()
    assert found["side"].unique().tolist() == ["russia", "unknown", "us"]


def test_measure_presentation_defaults_are_the_documented_ones():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"doc_id": rng.integers(0, 40, 200).astype(str), "side": "us"})
    table["strength"] = rng.choice(["accusing", "denying", "neutral"], 200)
    plain = measure_presentation(table)
    pd.testing.assert_frame_equal(
        plain, measure_presentation(table, documents=None, cluster=None, weight=None, level=0.95)
    )
    assert plain.index.tolist() == [0, 1, 2]
    assert (plain[["side", "strength", "method"]].dtypes == "category").all()


def test_measure_presentation_clusters_of_documents_are_units():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"doc_id": np.repeat([f"d{n:02}" for n in range(24)], 2), "side": "us"})
    table["strength"] = np.repeat(rng.choice(["denying", "neutral"], 6), 8)
    documents = pd.DataFrame({"doc_id": table["doc_id"].unique(), "story": np.repeat(list("abcdef"), 4)})
    alone = measure_presentation(table)
    told = measure_presentation(table, documents=documents, cluster="story")
    assert told["estimate"].tolist() == alone["estimate"].tolist()
    assert ((told["upper"] - told["lower"]) > 1.5 * (alone["upper"] - alone["lower"])).all()
    assert told["method"].eq("beta").all()


def test_measure_presentation_order_of_rows_changes_nothing():
    rng = np.random.default_rng(7)
    table = pd.DataFrame(
        {
            "doc_id": rng.choice(list("abcdef"), 60),
            "side": rng.choice(["us", "russia"], 60),
            "strength": rng.choice(["neutral", "denying"], 60),
        }
    )
    pd.testing.assert_frame_equal(measure_presentation(table), measure_presentation(table.iloc[::-1]))


def test_measure_presentation_same_column_twice_is_refused():
    with pytest.raises(SchemaError) as error:
        measure_presentation(pd.DataFrame({"doc_id": ["a"], "side": ["us"]}), of="side")
    assert str(error.value) == "`by` and `of` are both 'side'; they must be two different columns."
