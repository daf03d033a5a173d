import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.sources.cleaning.duplicates import find_duplicate_pairs, find_duplicates, select_stories

WORDS = [f"كلمة{i}" for i in range(400)]
NO_SPANS = pd.DataFrame({"doc_id": [], "start_char": [], "end_char": [], "kind": [], "basis": []}).astype(
    {"doc_id": "str", "start_char": "int32", "end_char": "int32", "kind": "str", "basis": "str"}
)


def story(start, n=60, *, changed=()):
    words = WORDS[start : start + n]
    return " ".join("غيرها" if i in changed else word for i, word in enumerate(words))


def frame(texts):
    return pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})


def clusters(texts, **options):
    documents = frame(texts)
    options = {"measure": "jaccard", "spans": NO_SPANS} | options
    return find_duplicates(documents, tokenize(documents), **options).set_index("doc_id")


def jaccard(a, b, n=5):
    one, two = ({tuple(t.split()[i : i + n]) for i in range(len(t.split()) - n + 1)} for t in (a, b))
    return len(one & two) / len(one | two)


def test_find_duplicates_edited_copy_joins_and_another_story_does_not():
    texts = {"a": story(0), "b": story(0, changed=[30]), "c": story(100)}
    found = clusters(texts)
    assert found["n_in_cluster"].to_dict() == {"a": 2, "b": 2, "c": 1}
    assert found.loc["a", "cluster"] == found.loc["b", "cluster"]
    copy = next(name for name in "ab" if found.loc[name, "cluster"] != name)
    assert found.loc[copy, "similarity"] == pytest.approx(jaccard(texts["a"], texts["b"]))
    assert found.loc["c", ["cluster", "similarity"]].tolist() == ["c", 1.0]


def test_find_duplicates_similarity_is_the_exact_jaccard_by_hand():
    # 10 words have 6 shingles of 5; the last word changed leaves 5 shared of 7 in all.
    texts = {"a": story(0, 10), "b": story(0, 10, changed=[9])}
    found = clusters(texts, threshold=0.5)
    assert sorted(found["similarity"]) == [pytest.approx(5 / 7), 1.0]


def test_find_duplicates_threshold_bounds_every_cluster():
    texts = {"a": story(0), "b": story(0, changed=[5, 25, 45])}
    value = jaccard(texts["a"], texts["b"])
    assert clusters(texts, threshold=value)["n_in_cluster"].tolist() == [2, 2]
    assert clusters(texts, threshold=value + 0.01)["n_in_cluster"].tolist() == [1, 1]


def test_find_duplicates_spelling_and_punctuation_do_not_part_copies():
    texts = {"a": "وصل الوفد إلى إسلام آباد اليوم.", "b": "وصل الوفد الى اسلام اباد اليوم"}
    assert clusters(texts)["similarity"].tolist() == [1.0, 1.0]


def test_find_duplicates_empty_and_wordless_texts_never_cluster():
    found = clusters({"a": "", "b": "", "c": "... !", "d": "... !"})
    assert found["n_in_cluster"].tolist() == [1, 1, 1, 1]
    assert found["cluster"].tolist() == ["a", "b", "c", "d"]


def test_find_duplicates_short_texts_are_one_shingle():
    found = clusters({"a": "وصل الوفد", "b": "وصل الوفد", "c": "وصل الوزير"})
    assert found["n_in_cluster"].to_dict() == {"a": 2, "b": 2, "c": 1}


def test_find_duplicates_all_exact_groups_are_found():
    texts = {f"{group}-{copy}": story(group * 7, 40) for group in range(20) for copy in range(3)}
    found = clusters(texts)
    groups = found.groupby(found.index.str.split("-").str[0])
    assert (found["n_in_cluster"] == 3).all()
    assert (groups["cluster"].nunique() == 1).all()
    assert found["cluster"].nunique() == 20


def test_find_duplicates_equal_texts_stay_together_whatever_the_spans():
    documents = frame({"a": f"{story(0, 8)} {story(20, 8)}", "b": f"{story(0, 8)} {story(20, 8)}"})
    spans = pd.DataFrame({"doc_id": ["b"], "start_char": [0], "end_char": [40], "kind": ["menu"], "basis": ["form"]})
    assert find_duplicates(documents, tokenize(documents), spans=spans)["n_in_cluster"].tolist() == [2, 2]


def test_find_duplicates_shared_boilerplate_is_left_out():
    menu = story(300, 60)
    documents = frame({"a": f"{menu} {story(0, 20)}", "b": f"{menu} {story(50, 20)}"})
    tokens = tokenize(documents)
    spans = pd.DataFrame(
        {"doc_id": ["a", "b"], "start_char": 0, "end_char": len(menu), "kind": "menu", "basis": "form"}
    )
    assert find_duplicates(documents, tokens, spans=NO_SPANS, threshold=0.5)["n_in_cluster"].tolist() == [2, 2]
    assert find_duplicates(documents, tokens, spans=spans, threshold=0.5)["n_in_cluster"].tolist() == [1, 1]


def test_find_duplicates_document_of_boilerplate_alone_is_compared_whole():
    documents = frame({"a": story(0, 20), "b": story(0, 20), "c": story(90, 20)})
    spans = pd.DataFrame({"doc_id": list("abc"), "start_char": 0, "end_char": 10_000, "kind": "menu", "basis": "form"})
    assert find_duplicates(documents, tokenize(documents), spans=spans)["n_in_cluster"].tolist() == [2, 2, 1]


def test_find_duplicates_containment_finds_a_cut_text():
    texts = {"a": story(0, 80), "b": story(0, 30)}
    assert clusters(texts)["n_in_cluster"].tolist() == [1, 1]
    found = clusters(texts, measure="containment")
    assert found["n_in_cluster"].tolist() == [2, 2]
    assert found.loc["b", "similarity"] == 1.0


def test_find_duplicates_star_does_not_chain():
    texts = {name: story(start, 60) for name, start in (("a", 0), ("b", 8), ("c", 16), ("d", 24))}
    found = clusters(texts, threshold=0.7)
    for name, row in found.iterrows():
        assert jaccard(texts[name], texts[row["cluster"]]) >= 0.7 or name == row["cluster"]
    assert found["cluster"].nunique() == 2


def test_find_duplicates_order_of_documents_and_seed_change_nothing():
    texts = {f"{i}": story(i * 3, 50) for i in range(12)}
    documents = frame(texts)
    tokens = tokenize(documents)
    first = find_duplicates(documents, tokens, spans=NO_SPANS).set_index("doc_id").sort_index()
    shuffled = documents.sample(frac=1, random_state=1)
    again = find_duplicates(shuffled, tokens, spans=NO_SPANS, seed=7).set_index("doc_id").sort_index()
    pd.testing.assert_frame_equal(first, again)


def test_find_duplicates_keeps_the_order_of_documents_and_its_input():
    documents = frame({"b": story(0), "a": story(0), "c": story(100)})
    tokens = tokenize(documents)
    before = tokens.copy(deep=True)
    found = find_duplicates(documents, tokens)
    assert found["doc_id"].tolist() == ["b", "a", "c"]
    pd.testing.assert_frame_equal(tokens, before)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS[:6]), max_size=12), min_size=2, max_size=7),
    st.sampled_from([0.5, 0.7, 1.0]),
)
def test_find_duplicate_pairs_equal_a_plain_recount(word_lists, threshold):
    texts = {f"{i}": " ".join(words) for i, words in enumerate(word_lists)}
    documents = frame(texts)
    options = {"spans": NO_SPANS, "threshold": threshold, "shingle": 2, "measure": "jaccard"}
    found = find_duplicate_pairs(documents, tokenize(documents), **options)

    def shingles(text):
        words = text.split()
        return {tuple(words[i : i + 2]) for i in range(max(len(words) - 1, 1))} if words else set()

    plain = {}
    for a, b in itertools.combinations(texts, 2):
        one, two = shingles(texts[a]), shingles(texts[b])
        if one and two and len(one & two) / len(one | two) >= threshold:
            plain[a, b] = len(one & two) / len(one | two)
    listed = {(a, b): j for a, b, j in zip(found["doc_id_a"], found["doc_id_b"], found["jaccard"], strict=True)}
    assert set(listed) <= set(plain)
    assert all(listed[pair] == pytest.approx(plain[pair]) for pair in listed)
    missing = {pair for pair, value in plain.items() if pair not in listed and value < 1}
    distinct = {frozenset(shingles(text)) for text in texts.values()}
    assert not missing or len(distinct) < len(texts)  # only documents with equal sets are listed by their first alone


def test_find_duplicates_wrong_arguments_raise():
    documents = frame({"a": "نص", "b": "نص"})
    tokens = tokenize(documents)
    with pytest.raises(SchemaError) as error:
        find_duplicates(documents, tokens, threshold=0)
    assert str(error.value) == "`threshold` is 0; it must be above 0 and at most 1."
    with pytest.raises(SchemaError) as error:
        find_duplicates(documents, tokens, shingle=0)
    assert str(error.value) == "`shingle` is 0; it must be 1 or more word tokens."
    with pytest.raises(SchemaError) as error:
        find_duplicates(documents, tokens, measure="cosine")
    assert str(error.value) == "`measure` is 'cosine'; it must be one of 'containment', 'coverage', 'jaccard'."
    with pytest.raises(SchemaError) as error:
        find_duplicates(pd.concat([documents, documents]), tokens)
    assert str(error.value) == (
        "`documents` has 2 repeated doc_id values; doc_id must be unique. First: 'a', 'b'. "
        "Drop or rename them before find_duplicates()."
    )
    with pytest.raises(SchemaError) as error:
        find_duplicates(documents, tokens.drop(columns="norm"))
    assert str(error.value) == "`tokens` lacks the columns 'norm'."


def test_find_duplicates_no_documents():
    documents = frame({})
    assert len(find_duplicates(documents, tokenize(documents), spans=NO_SPANS)) == 0


def test_select_stories_first_and_representative():
    documents = pd.DataFrame(
        {"doc_id": list("abcd"), "date": pd.to_datetime(["2015-02-02", "2015-02-01", "2015-02-03", None])}
    )
    table = pd.DataFrame({"doc_id": list("abcd"), "cluster": list("aaad"), "n_in_cluster": [3, 3, 3, 1]})
    assert select_stories(documents, table)["doc_id"].tolist() == ["b", "d"]
    kept = select_stories(documents, table, keep="representative")
    assert kept["doc_id"].tolist() == ["a", "d"]
    assert kept["n_in_cluster"].tolist() == [3, 1]


def test_select_stories_missing_documents_raise():
    documents = pd.DataFrame({"doc_id": ["a", "b"]})
    with pytest.raises(SchemaError) as error:
        select_stories(documents, pd.DataFrame({"doc_id": ["a"], "cluster": ["a"], "n_in_cluster": [1]}))
    assert str(error.value) == (
        "`clusters` lacks 1 of the documents. First: 'b'. Call find_duplicates() on these documents."
    )


def test_read_pairs_reach_the_precision_asked_for(project):
    pairs = pd.read_csv(project / "benchmarks/validity/duplicate_pairs.csv")
    assert len(pairs) == 200
    assert set(pairs.columns) == {"doc_id_a", "doc_id_b", "jaccard", "verdict"}
    assert np.mean(pairs["verdict"] != "different") >= 0.98


@pytest.mark.parametrize(
    ("lengths", "centre"),
    [({"a": 40, "b": 50}, "b"), ({"a": 50, "b": 40}, "a"), ({"b": 45, "a": 45}, "a"), ({"a": 45, "b": 45}, "a")],
)
def test_find_duplicates_of_two_copies_the_longer_then_the_first_by_name_is_the_centre(lengths, centre):
    changed = [[0], [1]]  # the same words but one at an edge
    texts = {name: story(0, n, changed=changed[i] if len(set(lengths.values())) == 1 else ())
             for i, (name, n) in enumerate(lengths.items())}  # fmt: skip
    assert set(clusters(texts, threshold=0.5)["cluster"]) == {centre}


def test_find_duplicates_document_with_most_copies_is_the_centre_though_shorter():
    texts = {"a": story(0, 60), "m": story(9, 49), "z": story(16, 60)}
    assert jaccard(texts["a"], texts["z"]) < 0.58
    found = clusters(texts, threshold=0.58)
    assert found["cluster"].tolist() == ["m", "m", "m"]


def test_find_duplicates_crowd_of_near_copies_is_one_cluster():
    texts = {f"{n:03d}": f"{story(0, 40)} {WORDS[60 + n % 300]} {WORDS[399 - n // 300]}" for n in range(450)}
    assert set(clusters(texts)["n_in_cluster"]) == {450}


def test_find_duplicates_crowd_is_found_though_its_first_document_is_another_text():
    texts = {"000": f"{story(0, 40)} {story(60, 200)}"}
    texts |= {f"{n:03d}": f"{story(0, 40)} {WORDS[300 + n % 90]}" for n in range(1, 451)}
    found = clusters(texts)["n_in_cluster"]
    assert found["000"] == 1 and set(found.drop("000")) == {450}


@pytest.mark.parametrize("measure", ["jaccard", "containment"])
@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.7, 1.0])
def test_find_duplicate_pairs_at_any_threshold_are_those_of_a_plain_recount(measure, threshold):
    texts = {f"d{n}": f"{story(n * 5 % 40, 9 + n * 7 % 40)} {story(100 + n, n % 3)}" for n in range(24)}
    documents = frame(texts)
    pairs = find_duplicate_pairs(documents, tokenize(documents), spans=NO_SPANS, threshold=threshold, measure=measure)
    sets = {
        name: {tuple(text.split()[i : i + 5]) for i in range(len(text.split()) - 4)} for name, text in texts.items()
    }

    def alike(a, b):
        common = len(sets[a] & sets[b])
        return common / (len(sets[a] | sets[b]) if measure == "jaccard" else min(len(sets[a]), len(sets[b])))

    wanted = {frozenset(pair) for pair in itertools.combinations(texts, 2) if alike(*pair) >= threshold}
    assert wanted or (measure, threshold) == ("jaccard", 1.0)
    assert {frozenset(pair) for pair in zip(pairs["doc_id_a"], pairs["doc_id_b"], strict=True)} == wanted
