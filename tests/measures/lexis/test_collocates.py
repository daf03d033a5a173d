"""Collocates: counts against a plain recount, tests against shuffles, sides, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import hypergeom

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize, word_rows
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.intervals import interval_of, ratio_by_group
from discourse.measures.lexis import collocate_contrasts
from discourse.measures.lexis.collocate_contrasts import compare_collocates
from discourse.measures.lexis.collocates import find_collocates
from discourse.measures.lexis.spreads import make_cells, spread_of_cells
from discourse.measures.lexis.windows import read_window
from discourse.measures.variance import measure_spread
from discourse.reading.matching.matches import find_matches
from discourse.tables import check

TEXTS = [
    "وصل وفد طالبان إلى موسكو، وقال طالبان وفد كبير. ثم غادر وفد آخر",
    "غادر وفد طالبان الدوحة أمس. لا خبر اليوم",
    "عاد وفد التجارة من بكين",
    "طالبان طالبان وفد وفد",
]


def _documents(texts=TEXTS) -> pd.DataFrame:
    dates = pd.to_datetime([f"{2015 + 3 * place}-05-01" for place in range(len(texts))])
    ids = [f"d{place}" for place in range(len(texts))]
    return pd.DataFrame(
        {"doc_id": ids, "text": texts, "date": dates, "source": (["x", "y"] * len(texts))[: len(texts)]}
    )


def _recount(tokens: pd.DataFrame, word: str, left: int, right: int, unit: str) -> dict[str, list[int]]:
    """Count in plain Python: in windows, outside, documents with the term in a window."""
    found: dict[str, list] = {}
    for doc_id, rows in tokens[word_rows(tokens)].groupby("doc_id", observed=True):
        words, sentences = rows["norm"].tolist(), rows["sentence"].tolist()
        nodes = [place for place, norm in enumerate(words) if norm == word]
        near = {
            place
            for node in nodes
            for place in range(node - left, node + right + 1)
            if 0 <= place < len(words) and (unit == "document" or sentences[place] == sentences[node])
        }
        for place, norm in enumerate(words):
            if place in nodes:
                continue
            entry = found.setdefault(norm, [0, 0, set()])
            entry[0 if place in near else 1] += 1
            if place in near:
                entry[2].add(doc_id)
    return {norm: [a, b, len(docs)] for norm, (a, b, docs) in found.items()}


@pytest.mark.parametrize("window", [(1, 1), (2, 0), (0, 3), (5, 5), (30, 30)])
@pytest.mark.parametrize("within", ["document", "sentence"])
@pytest.mark.parametrize("inference", [True, False])
def test_find_collocates_counts_equal_a_plain_recount(window, within, inference):
    tokens = tokenize(_documents())
    found = find_collocates(
        tokens, "طالبان", window=window, within=within, least=1, clitics="none", inference=inference
    )
    check(found, "COLLOCATES")
    counted = _recount(tokens, "طالبان", *window, within)
    kept = {norm: values for norm, values in counted.items() if values[0]}
    assert {row.term: [row.n, row.n_outside, row.n_docs] for row in found.itertuples()} == kept
    words = int(word_rows(tokens).sum())
    assert found["n_nodes"].unique().tolist() == [5]
    assert found["n_corpus_tokens"].unique().tolist() == [words - 5]
    assert found["n_window_tokens"].unique().tolist() == [sum(values[0] for values in counted.values())]


def test_find_collocates_in_sentences_takes_the_whole_sentence():
    tokens = tokenize(_documents())
    found = find_collocates(tokens, "طالبان", window="sentence", least=1, clitics="none").set_index("term")
    assert int(found.loc["وفد", "n"]) == 5
    assert "خبر" not in found.index and "بكين" not in found.index


def test_find_collocates_without_inference_has_the_same_measures():
    tokens = tokenize(_documents())
    whole = find_collocates(tokens, "طالبان", window=2, least=1).sort_values("term", ignore_index=True)
    bare = find_collocates(tokens, "طالبان", window=2, least=1, inference=False).sort_values("term", ignore_index=True)
    pd.testing.assert_frame_equal(whole[bare.columns], bare)
    assert set(whole.columns) - set(bare.columns) == {"lower", "upper", "expected_within", "p", "p_adjusted"}


def test_find_collocates_p_of_one_document_is_hypergeometric():
    texts = ["نود اب اب بب جب دب هب وب زب حب اب طب يب كب لب", "شيء آخر هنا"]
    tokens = tokenize(_documents(texts))
    found = find_collocates(tokens, "نود", window=3, least=1, clitics="none").set_index("term")
    assert float(found.loc["اب", "p"]) == pytest.approx(hypergeom.sf(1, 14, 3, 3))
    assert float(found.loc["اب", "expected_within"]) == pytest.approx(9 / 14)


def test_find_collocates_by_outlet_are_those_of_each_outlet_alone():
    documents = _documents(TEXTS * 2)
    tokens = tokenize(documents)
    found = find_collocates(tokens, "طالبان", documents, by="source", least=1)
    for value in ("x", "y"):
        own = documents[documents["source"] == value]
        alone = find_collocates(tokenize(own), "طالبان", least=1)
        part = found[found["part"] == value].reset_index(drop=True)
        pd.testing.assert_frame_equal(part[alone.columns], alone)


def test_find_collocates_by_period_says_how_many_documents_lie_in_none():
    documents = _documents()
    documents.loc[0, "date"] = pd.NaT
    found = find_collocates(tokenize(documents), "طالبان", documents, by="period", least=1)
    assert found["part"].unique().tolist() == ["2018-01-01", "2024-01-01"]
    assert found["n_left_out"].unique().tolist() == [1]


def test_find_collocates_by_voice_splits_the_windows():
    documents = _documents(
        ["قال لافروف إن طالبان وفد كبير. ووصلت طالبان أمس", "قال بوتين إن طالبان خطر. وفد طالبان سافر"]
    )
    tokens = tokenize(documents)
    quotations = pd.DataFrame(
        {
            "doc_id": ["d0", "d1"],
            "side": ["russia", "russia"],
            "content_start_char": [11, 10],
            "content_end_char": [29, 22],
            "cue_start_char": [0, 0],
        }
    )
    found = find_collocates(tokens, "طالبان", documents, by="voice", quotations=quotations, least=1, window=2)
    quoted = found[found["part"] == "quoted"].set_index("term")
    outlet = found[found["part"] == "outlet"].set_index("term")
    assert int(quoted["n_nodes"].iloc[0]) == 2 and int(outlet["n_nodes"].iloc[0]) == 2
    assert "امس" in outlet.index and "امس" not in quoted.index


def test_find_collocates_with_stories_takes_copies_for_one():
    texts = [text for text in TEXTS for _ in range(3)]
    documents = _documents(texts).assign(story=np.repeat(["a", "b", "c", "d"], 3))
    tokens = tokenize(documents)
    alone = find_collocates(tokens, "طالبان", documents, least=1, window=1).set_index("term")
    stories = find_collocates(tokens, "طالبان", documents, least=1, window=1, cluster="story").set_index("term")
    assert float(stories.loc["وفد", "p"]) > float(alone.loc["وفد", "p"])
    wide = stories.loc["وفد", "upper"] - stories.loc["وفد", "lower"]
    assert not wide <= alone.loc["وفد", "upper"] - alone.loc["وفد", "lower"]


def test_find_collocates_looks_at_terms_by_their_frequency_wherever_they_stand():
    tokens = tokenize(_documents())
    assert "موسكو" in set(find_collocates(tokens, "طالبان", least=1)["term"])
    held = find_collocates(tokens, "طالبان", least=6)
    assert held["term"].tolist() == ["وفد"]  # six times in the documents of the pattern
    assert len(find_collocates(tokens, "طالبان", least=7)) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"pattern": "كلمة"},
            "`pattern` is 'كلمة', which matches no word of `tokens`. Look at its spelling and its clitics, or ask "
            "count_words(tokens) for the words that there are.",
        ),
        (
            {"window": 0},
            "`window` is 0; it must be a whole number of words, 1 or more, a pair (before, behind) with one above 0, "
            "or 'sentence'. 5 is the usual choice.",
        ),
        ({"least": 0}, "`least` is 0; it must be a whole number, 1 or more. 5 is the usual choice."),
        ({"by": "period"}, "`documents` is missing, which holds 'period'. Pass the table of documents."),
        (
            {"by": "voice"},
            "`quotations` is missing, which says whose words are whose. Pass find_quotations(documents).",
        ),
    ],
)
def test_find_collocates_refuses_what_cannot_be_asked(options, message):
    with pytest.raises(SchemaError) as error:
        find_collocates(tokenize(_documents()), **{"pattern": "طالبان", **options})
    assert str(error.value) == message


def test_find_collocates_of_one_document_is_refused():
    with pytest.raises(SchemaError) as error:
        find_collocates(tokenize(_documents(TEXTS[:1])), "طالبان")
    assert str(error.value) == (
        "`tokens` holds 1 document with words; intervals compare documents. Pass two or more, or read the lines by "
        "kwic(tokens, pattern, documents)."
    )


def test_find_collocates_by_period_without_dates_is_refused():
    documents = _documents().assign(date=pd.Series(pd.NaT, index=range(4), dtype="datetime64[us]"))
    with pytest.raises(SchemaError) as error:
        find_collocates(tokenize(documents), "طالبان", documents, by="period")
    assert str(error.value) == (
        "`by` is 'period', but no document has a date that is precise enough for `freq` 'YS'. Give `documents` dates, "
        "or take longer periods."
    )


def test_compare_collocates_sides_are_those_of_find_collocates():
    documents = _documents(TEXTS * 2)
    tokens = tokenize(documents)
    found = compare_collocates(tokens, "طالبان", documents, between=({"source": "x"}, {"source": "y"}), least=1)
    check(found, "COLLOCATE_CONTRASTS")
    by = find_collocates(tokens, "طالبان", documents, by="source", least=1)
    for side, value in (("first", "x"), ("second", "y")):
        own = by[by["part"] == value].set_index("term")
        both = found.set_index("term").reindex(own.index)
        assert both[f"n_{side}"].tolist() == own["n"].tolist()
        for name in ("log_odds_ratio", "lower", "upper"):
            assert both[f"{name}_{side}"].to_numpy() == pytest.approx(own[name].to_numpy(), nan_ok=True)
    gap = found["log_odds_ratio_second"] - found["log_odds_ratio_first"]
    assert found["difference"].to_numpy() == pytest.approx(gap.to_numpy())


def test_compare_collocates_turned_round_turns_the_interval():
    documents = _documents(TEXTS * 2)
    tokens = tokenize(documents)
    sides = {"source": "x"}, {"source": "y"}
    one = compare_collocates(tokens, "طالبان", documents, between=sides, least=1).set_index("term")
    other = (
        compare_collocates(tokens, "طالبان", documents, between=sides[::-1], least=1).set_index("term").loc[one.index]
    )
    assert one["lower"].to_numpy() == pytest.approx(-other["upper"].to_numpy(), nan_ok=True)


def test_compare_collocates_joint_intervals_are_wider():
    documents = _documents(TEXTS * 4)
    tokens = tokenize(documents)
    sides = {"source": "x"}, {"source": "y"}
    each, joint = (
        compare_collocates(tokens, "طالبان", documents, between=sides, least=1, simultaneous=wide).set_index("term")
        for wide in (False, True)
    )
    assert (joint["lower"].fillna(-np.inf) <= each["lower"].loc[joint.index].fillna(-np.inf)).all()


@pytest.mark.parametrize(
    ("between", "message"),
    [
        (
            ({"period": "2015"}, {"period": ("2015", "2018")}),
            "`first` (2015) and `second` (2015–2018) overlap: 1 documents lie on both sides. First: 'd0'. Draw the "
            "border so that each lies on one.",
        ),
        (
            ({"period": "2015"}, {"period": "2021"}),
            "`second` (2021) holds no match of 'طالبان'; a change has two sides.",
        ),
        (({"period": "1999"}, {"period": "2021"}), "`first` (1999) holds no document."),
        ({"source": "x"}, "`between` must be a pair of sides, such as ({'period': '2020'}, {'period': '2022'})."),
    ],
)
def test_compare_collocates_refuses_sides_that_cannot_be_held_against_each_other(between, message):
    documents = _documents()
    with pytest.raises(SchemaError) as error:
        compare_collocates(tokenize(documents), "طالبان", documents, between=between)
    assert str(error.value) == message


def test_windows_lose_no_match():
    tokens = tokenize(_documents())
    lexicon = lexicon_from_patterns(["طالبان"])
    assert int(find_collocates(tokens, lexicon, least=1)["n_nodes"].iloc[0]) == len(find_matches(tokens, lexicon))


@pytest.mark.parametrize("window", ["paragraph", -1, (1, 2, 3), (0, 0), True, 2.5])
def test_read_window_refuses_what_is_no_window(window):
    with pytest.raises(SchemaError, match=r"^`window` is "):
        read_window(window)


def test_spread_of_cells_equals_measure_spread():
    rng = np.random.default_rng(5)
    counts, sizes = rng.poisson(0.7, (40, 6)), rng.integers(0, 90, 40)
    counts[sizes == 0] = 0
    units = rng.integers(0, 15, 40)
    wanted = measure_spread(counts, sizes, np.zeros(40, int), 1, units=units)
    by_unit = np.zeros((15, 6))
    np.add.at(by_unit, units, counts)
    found = spread_of_cells(make_cells(sparse.csr_array(by_unit)), np.bincount(units, sizes, 15), sizes)
    for name in ("total", "exposure", "n_units", "estimate", "variance", "freedom", "documents", "whole"):
        assert np.asarray(getattr(found, name)) == pytest.approx(np.asarray(getattr(wanted, name))), name


def test_rates_of_cells_have_the_interval_of_ratio_by_group():
    rng = np.random.default_rng(6)
    counts, sizes = rng.poisson(0.4, (25, 5)), rng.integers(20, 90, 25)
    made = ratio_by_group(counts, sizes, np.zeros(25, int), ["all"], kind="rate")
    lower, upper = interval_of(spread_of_cells(make_cells(sparse.csr_array(counts)), sizes), "rate")
    assert lower == pytest.approx(made["lower"]) and upper == pytest.approx(made["upper"])


@pytest.mark.parametrize("inference", [True, False])
def test_find_collocates_no_term_frequent_enough_gives_a_table_without_rows(inference):
    found = find_collocates(tokenize(_documents()), "طالبان", least=1000, inference=inference)
    assert len(found) == 0
    check(found, "COLLOCATES")


TAIL = " من أيام العام الماضي وبعد ذلك جاء وفد أول ثم جيش ثان"


def contrast_corpus():
    """Return TOKENS and DOCUMENTS of forty texts; on the second side the node has other company."""
    texts = [f"قال وفد طالبان شيئا {'مهما' if n % 3 else 'آخر'} في يوم{TAIL}" for n in range(20)]
    texts += [f"قال جيش طالبان شيئا {'مهما' if n % 2 else 'آخر'} في يوم{TAIL}" for n in range(20)]
    documents = pd.DataFrame({"doc_id": [f"d{n:02d}" for n in range(40)], "text": texts})
    return tokenize(documents), documents.assign(
        source=["x"] * 20 + ["y"] * 20, story=[f"s{n // 2}" for n in range(40)]
    )


def test_compare_collocates_p_is_small_where_the_company_changes_and_not_elsewhere():
    tokens, documents = contrast_corpus()
    sides = {"source": "x"}, {"source": "y"}
    found = compare_collocates(tokens, "طالبان", documents, between=sides, window=1, n_draws=200).set_index("term")
    assert found.loc[["وفد", "جيش"], "p"].max() < 0.01
    assert found.loc[found.index.difference(["وفد", "جيش"]), "p"].min() > 0.5
    assert found["p_adjusted"].ge(found["p"]).all()


def test_compare_collocates_p_hangs_on_no_order_and_on_the_seed_alone(monkeypatch):
    monkeypatch.setattr(collocate_contrasts, "_p_of_interval", lambda difference, *_: np.zeros(len(difference)))
    tokens, documents = contrast_corpus()
    sides = {"source": "x"}, {"source": "y"}
    asked = {"between": sides, "window": 3, "cluster": "story", "n_draws": 100}
    one = compare_collocates(tokens, "طالبان", documents, **asked)
    shuffled = documents.iloc[::-1]
    two = compare_collocates(tokenize(shuffled), "طالبان", shuffled, **asked)
    pd.testing.assert_frame_equal(one, two)
    other = compare_collocates(tokens, "طالبان", documents, seed=1, **asked)
    assert one["p"].tolist() != other["p"].tolist()


def test_compare_collocates_deals_all_ways_of_few_stories_alike(monkeypatch):
    monkeypatch.setattr(collocate_contrasts, "_p_of_interval", lambda difference, *_: np.zeros(len(difference)))
    texts = ["وفد طالبان هنا", "وفد طالبان هنا", "جيش طالبان هنا", "جيش طالبان هنا"]
    documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "source": list("xxyy")})
    sides = {"source": "x"}, {"source": "y"}
    found = compare_collocates(tokenize(documents), "طالبان", documents, between=sides, window=1, least=1)
    p = found.set_index("term")["p"]["وفد"]
    assert 0.2 < p < 0.5  # two of six deals part the stories so


def test_compare_collocates_word_that_grows_everywhere_has_no_small_p():
    texts = [f"قال وفد طالبان شيئا في يوم من الأيام {'فساد ' * (n % 4)} هنا" for n in range(60)]
    texts += [
        f"قال وفد طالبان {'فساد' if n == 3 else 'شيئا'} في يوم من الأيام {'فساد' if n % 6 == 0 else ''}"
        for n in range(60)
    ]
    documents = pd.DataFrame({"doc_id": [f"d{n:03d}" for n in range(120)], "text": texts})
    documents = documents.assign(source=["x"] * 60 + ["y"] * 60)
    sides = {"source": "x"}, {"source": "y"}
    found = compare_collocates(tokenize(documents), "طالبان", documents, between=sides, window=2).set_index("term")
    assert (found.loc["فساد", "n_first"], found.loc["فساد", "n_second"]) == (0, 1)
    assert found.loc["فساد", "p"] > 0.05


def test_compare_collocates_n_draws_below_one_is_refused():
    tokens, documents = contrast_corpus()
    with pytest.raises(SchemaError, match="`n_draws` is 0"):
        compare_collocates(tokens, "طالبان", documents, between=({"source": "x"}, {"source": "y"}), n_draws=0)


@pytest.mark.parametrize("inference", [False, True])
def test_find_collocates_document_in_several_places_counts_once(inference):
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["وصل وفد طالبان إلى موسكو", "غادر وفد طالبان الدوحة"]})
    tokens = tokenize(documents)
    parted = tokens.take([0, 1, 2, *range(5, len(tokens)), 3, 4]).reset_index(drop=True)
    found = find_collocates(parted, "طالبان", window=1, least=1, inference=inference)
    # the words of a, behind the second piece: طالبان has no word after it in its own piece
    assert found.set_index("term")["n"].to_dict() == {"وفد": 2, "الدوحة": 1}
    assert found["n_corpus_tokens"].iloc[0] == len(tokens) - 2


@pytest.mark.parametrize("asked", [{}, {"inference": False}, {"inference": False, "by": "source"}, {"by": "source"}])
def test_find_collocates_without_rows_has_the_columns_of_one_with_rows(asked):
    tokens, documents = tokenize(_documents()), _documents()
    none = find_collocates(tokens, "طالبان", documents, least=99, **asked)
    some = find_collocates(tokens, "طالبان", documents, least=1, **asked)
    assert len(none) == 0 < len(some)
    assert none.dtypes.astype(str).to_dict() == some.dtypes.astype(str).to_dict()


@pytest.mark.parametrize("inference", [True, False])
@pytest.mark.parametrize(("least", "terms"), [(2, ["وفد"]), (3, [])])
def test_find_collocates_looks_at_terms_by_the_documents_with_a_word_in_a_window(least, terms, inference):
    texts = ["وفد طالبان وفد", "طالبان وفد"]  # nothing is read before the second
    tokens = tokenize(_documents(texts))
    found = find_collocates(tokens, "طالبان", window=(1, 0), least=least, inference=inference)
    assert found["term"].tolist() == terms
