"""Corrections in place: counted by hand in each table, and laws that hold for any of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.evidence import add_grades
from discourse.reading.frames import find_frames
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.reading.stance.scores import score_positions
from discourse.sources.seeds import load_seed
from discourse.validity.corrected_sentences import weigh_cues
from discourse.validity.corrected_tables import apply_corrections, table_of
from discourse.validity.corrections import COLUMNS


def said(what, doc_id="a", span=(None, None), coder="ann", date="2026-01-01", **more):
    row = {"doc_id": doc_id, "what": what, "start_char": span[0], "end_char": span[1], "coder": coder, "date": date}
    return {name: (row | more).get(name) for name in COLUMNS}


def corrections(*rows):
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def told(outcomes):
    return outcomes[["outcome", "n_rows", "reason"]].values.tolist()


# Positions of documents ----------------------------------------------------------------------------------------------

POSITIONS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "b"],
        "holder": ["russia", "iran", "russia"],
        "target": "taliban",
        "position": np.array([1, 0, -1], "int8"),
        "n_for": [1, 0, 0],
        "n_against": [0, 0, 1],
        "voice": ["russia", "iran", "russia"],
    }
)


def position(answer, doc_id="a", holder="russia", **more):
    return said("position", doc_id, holder=holder, target="taliban", corrected=answer, **more)


def test_apply_corrections_position_is_changed_confirmed_taken_out_added_and_missed():
    rows = corrections(
        position("-2"), position("0", "b", "iran"), position("none", "b"), position("2", "c"), position("none", "d")
    )
    out, outcomes = apply_corrections(POSITIONS, rows)
    assert out[["doc_id", "holder", "position", "n_for", "voice", "corrected"]].values.tolist() == [
        ["a", "russia", -2, 1, "russia", True], ["b", "iran", 0, 0, "iran", False],
        ["c", "russia", 2, 0, "russia", True],
    ]  # fmt: skip
    assert told(outcomes) == [
        ["changed", 1, ""], ["confirmed", 1, ""], ["changed", 1, ""], ["changed", 1, ""],
        ["no row", 0, "the table has no position of this holder there"],
    ]  # fmt: skip
    assert outcomes[["doc_id", "holder"]].values.tolist()[1:3] == [["b", "iran"], ["b", "russia"]]


def test_apply_corrections_readers_who_differ_change_nothing_and_who_agree_change_it_once():
    rows = corrections(position("2"), position("-1", coder="bob"), position("1", "b"), position("1", "b", coder="bob"))
    out, outcomes = apply_corrections(POSITIONS, rows)
    assert out["position"].tolist() == [1, 0, 1]
    assert told(outcomes) == [
        ["disputed", 0, "coders say different things of it"], ["disputed", 0, "coders say different things of it"],
        ["changed", 1, ""], ["changed", 1, ""],
    ]  # fmt: skip


def test_apply_corrections_without_sentences_says_that_they_are_missing():
    row = said("sentence", span=(0, 9), holder="russia", target="taliban", corrected="1")
    out, outcomes = apply_corrections(POSITIONS, corrections(row))
    pd.testing.assert_frame_equal(out.drop(columns="corrected"), POSITIONS)
    assert told(outcomes) == [["not applied", 0, "pass the POSITIONS that these were made of as `sentences`"]]


# Sentences -----------------------------------------------------------------------------------------------------------

COLUMNS_OF = ("doc_id", "sentence", "start_char", "end_char", "holder", "voice", "cues", "categories", "codes", "rules")
ROWS = [
    ("a", -1, 0, 0, "russia", "outlet", "x", "trade", "1", "trade"),
    ("a", 0, 0, 9, "russia", "russia", "y|z|z", "concern|trade*|aid", "-1|1|1", "concern|trade may|aid"),
    ("a", 0, 0, 9, "iran", "iran", "y", "concern", "-1", "concern"),
    ("b", 2, 20, 30, "russia", "outlet", "y", "force", "-2", "force"),
    ("b", 2, 20, 30, "russia", "us", "v", "trade", "1", "trade"),
]


def sentences(rows=ROWS):
    out = pd.DataFrame(rows, columns=list(COLUMNS_OF))
    out.insert(5, "target", "taliban")
    for row, (categories, codes) in enumerate(zip(out["categories"], out["codes"], strict=True)):
        weighed = weigh_cues(categories.split("|"), [int(one) for one in codes.split("|")])
        out.loc[row, ["polarity", "strength", "negated"]] = weighed
    return out.astype({"polarity": "int8", "negated": "bool", "strength": "float64"})


def sentence(answer, doc_id="a", span=(0, 9), holder="russia", **more):
    return said("sentence", doc_id, span, holder=holder, target="taliban", corrected=answer, **more)


def cue(category, answer="absent", doc_id="a", span=(1, 3), holder="russia", **more):
    return said("match", doc_id, span, category=category, corrected=answer, holder=holder, **more)


def test_weigh_cues_equal_find_positions_on_the_digests():
    documents = load_seed("reports").head(60)
    table = find_positions(documents, tokenize(documents))
    made = [
        weigh_cues(categories.split("|"), [int(one) for one in codes.split("|")])
        for categories, codes in zip(table["categories"], table["codes"], strict=True)
    ]
    assert len(made) > 100
    assert made == list(zip(table["polarity"], table["strength"], table["negated"], strict=True))


def test_apply_corrections_sentence_keeps_the_cues_of_its_new_side():
    out, outcomes = apply_corrections(sentences(), corrections(sentence("-1")))
    row = out[out["corrected"]].iloc[0]
    assert row[["cues", "categories", "codes", "rules", "polarity", "strength"]].tolist() == [
        "y", "concern", "-1", "concern", -1, 1.0,
    ]  # fmt: skip
    assert told(outcomes) == [["changed", 1, ""]]


def test_apply_corrections_sentence_without_a_cue_of_its_new_side_has_one_of_the_reader():
    row = sentence("0", "b", (20, 30), entry="force", measured="-1")
    out, _ = apply_corrections(sentences(), corrections(row))
    assert out.loc[out["corrected"], ["voice", "cues", "categories", "codes", "rules", "polarity"]].values.tolist() == [
        ["outlet", "y", "reader", "0", "reader", 0]
    ]


@pytest.mark.parametrize(
    ("more", "n_rows"), [({"entry": "trade"}, 1), ({"measured": "1"}, 1), ({}, 2), ({"entry": "unknown"}, 2)]
)
def test_apply_corrections_sentence_of_several_voices_is_the_one_that_entry_or_measured_names(more, n_rows):
    out, outcomes = apply_corrections(sentences(), corrections(sentence("none", "b", (20, 30), **more)))
    assert told(outcomes) == [["changed", n_rows, ""]]
    assert out.loc[out["doc_id"] == "b", "voice"].tolist() == ["outlet"][: 2 - n_rows]


def test_apply_corrections_sentence_of_no_position_is_added_where_tokens_tell_its_number():
    documents = pd.DataFrame({"doc_id": ["c"], "text": ["جملة أولى. جملة ثانية."]})
    rows = corrections(sentence("1", "c", (11, 22)), sentence("-1", "c", (0, 0)), sentence("none", "c", (0, 10)))
    out, outcomes = apply_corrections(sentences(), rows, tokens=tokenize(documents))
    columns = ["sentence", "start_char", "end_char", "polarity", "codes", "voice"]
    assert out.loc[out["doc_id"] == "c", columns].values.tolist() == [
        [-1, 0, 0, -1, "-1", "outlet"],
        [1, 11, 22, 1, "1", "outlet"],
    ]
    assert [one[0] for one in told(outcomes)] == ["changed", "no row", "changed"]
    _, outcomes = apply_corrections(sentences(), rows)
    assert outcomes["reason"].tolist()[2] == (
        "the table says nothing of this holder there; with `tokens` the sentence can be added"
    )


def test_apply_corrections_cue_is_taken_out_and_the_rest_weighed_anew():
    out, outcomes = apply_corrections(sentences(), corrections(cue("aid")))
    row = out[out["corrected"]].iloc[0]
    assert row[["cues", "codes", "polarity"]].tolist() == ["y|z", "-1|1", -1]  # trade* weighs one half
    assert told(outcomes) == [["changed", 1, ""]]


def test_apply_corrections_last_cue_taken_out_leaves_no_row_and_a_cue_of_all_holders_goes_with_each():
    out, outcomes = apply_corrections(sentences(), corrections(cue("concern", holder=None, entry="concern")))
    assert out.loc[out["sentence"] == 0, ["holder", "cues"]].values.tolist() == [["russia", "z|z"]]
    assert told(outcomes) == [["changed", 2, ""]]


def test_apply_corrections_cue_among_several_of_one_class_is_found_by_its_words_then_by_its_rule():
    rows = [("a", 0, 0, 20, "russia", "outlet", "لون|تعاون", "aid|aid", "1|1", "aid|aid may")]
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["قال لون وتعاون معا ثم"]})
    one = cue("aid", span=(9, 14))
    out, _ = apply_corrections(sentences(rows), corrections(one), documents=documents)
    assert out["rules"].tolist() == ["aid"]
    out, _ = apply_corrections(sentences(rows), corrections(one | {"entry": "aid"}))
    assert out["rules"].tolist() == ["aid may"]
    out, outcomes = apply_corrections(sentences(rows), corrections(one))
    assert (len(out), told(outcomes)) == (0, [["changed", 2, ""]])


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({"holder": "russia"}, "changed"), ({"entry": "trade"}, "changed"), ({"entry": "trade may"}, "changed"),
        ({"entry": "z"}, "changed"), ({"entry": "[trade] agreement"}, "no row"), ({}, "no row"),
    ],
)  # fmt: skip
def test_apply_corrections_match_of_a_frame_is_no_cue_of_a_class_of_its_name(more, outcome):
    _, outcomes = apply_corrections(sentences(), corrections(cue("trade", **{"holder": None} | more)))
    assert outcomes["outcome"].tolist() == [outcome]


def test_apply_corrections_cue_of_a_holder_is_no_match_of_a_frame_of_its_name():
    _, outcomes = apply_corrections(MATCHES, corrections(match("first", holder="russia")), tokens=TOKENS)
    assert told(outcomes) == [["other table", 0, "with a holder it is a cue of a position"]]


def test_apply_corrections_cue_of_no_row_of_another_class_or_confirmed_says_so():
    rows = corrections(
        cue("aid", span=(40, 44)), cue("poppy"), cue("trade", "concern"), cue("concern", "present", holder="iran")
    )
    out, outcomes = apply_corrections(sentences(), rows)
    assert not out["corrected"].any()
    assert sorted(told(outcomes)) == [
        ["confirmed", 1, ""],
        ["no row", 0, "no sentence of the table has such a cue there"],
        ["not applied", 0, "what a cue of another class would convey hangs on the sentence: correct that"],
        ["other table", 0, "the table has no cue of this category"],
    ]


def test_apply_corrections_two_names_of_one_sentence_the_later_word_of_a_reader_counts():
    first, second = sentence("0", holder="iran"), sentence("1", holder="iran", entry="concern", date="2026-01-02")
    out, outcomes = apply_corrections(sentences(), corrections(first, second))
    assert out.loc[out["holder"] == "iran", "polarity"].tolist() == [1]
    assert sorted(told(outcomes)) == [
        ["changed", 1, ""], ["not applied", 0, "the same coder says something else of this row later"],
    ]  # fmt: skip
    out, outcomes = apply_corrections(sentences(), corrections(first, second | {"coder": "bob"}))
    assert out.loc[out["holder"] == "iran", "polarity"].tolist() == [-1]
    assert told(outcomes) == [["disputed", 0, "coders say different things of this row"]] * 2


def test_apply_corrections_sentence_leads_to_positions_that_score_positions_gives():
    table = sentences()
    found = add_grades(score_positions(table), table)
    assert found.loc[found["holder"] == "iran", "position"].tolist() == [-1]
    rows = corrections(
        sentence("1", holder="iran"), cue("force", doc_id="b", span=(21, 25)), position("2", "a", "russia")
    )
    out, outcomes = apply_corrections(found, rows, sentences=table)
    mended, _ = apply_corrections(table, rows)
    plain = score_positions(mended.drop(columns="corrected"))
    own = out["doc_id"].eq("a") & out["holder"].eq("russia")
    assert out.loc[own, "position"].tolist() == [2]
    pd.testing.assert_frame_equal(
        out.loc[~own, [*plain]].reset_index(drop=True),
        plain[~(plain["doc_id"].eq("a") & plain["holder"].eq("russia"))].reset_index(drop=True),
        check_categorical=False,
    )
    assert out["corrected"].tolist() == [True, True, True]
    assert out["grade"].notna().all()
    assert [one[0] for one in told(outcomes)] == ["changed"] * 3


def test_apply_corrections_sentences_of_another_table_are_refused():
    table = sentences()
    found = score_positions(table).assign(position=np.int8(2))
    with pytest.raises(SchemaError) as caught:
        apply_corrections(found, corrections(sentence("1", holder="iran")), sentences=table)
    assert str(caught.value) == (
        "`found` has other positions than score_positions() gives for `sentences`, in 2 of the documents that were "
        "corrected. First: 'a'. Pass the POSITIONS that it was made of."
    )


# Matches and frames --------------------------------------------------------------------------------------------------

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "text": ["مخدرات كثيرة في كابل. سلاح قديم في كابل. مخدرات قديمة.", "لا شيء هنا."],
        "title": [None, None],
    }
)
LEXICON = lexicon_from_patterns({"drugs": ["مخدرات"], "arming": ["سلاح"], "cities": ["كابل"]})
TOKENS = tokenize(DOCUMENTS)
MATCHES = find_matches(TOKENS, LEXICON)
PLACES = {"first": (0, 6), "second": (41, 47), "arms": (22, 26)}


def match(place, category="drugs", answer="absent", **more):
    return said("match", span=PLACES.get(place, place), category=category, corrected=answer, **more)


def test_apply_corrections_match_is_taken_out_moved_added_and_missed():
    assert MATCHES[["start", "category"]].values.tolist() == [
        [0, "drugs"], [3, "cities"], [5, "arming"], [8, "cities"], [10, "drugs"],
    ]  # fmt: skip
    rows = corrections(
        match("first"), match("second", answer="arming"), match((27, 31), answer="present", measured="absent"),
        match((7, 12)), match("arms", answer="present", category="arming"), match((1, 6)), match("first", "poppy"),
    )  # fmt: skip
    out, outcomes = apply_corrections(MATCHES, rows, tokens=TOKENS)
    assert out[["start", "end", "category", "pattern", "corrected"]].values.tolist() == [
        [3, 4, "cities", "كابل", False], [5, 6, "arming", "سلاح", False], [6, 7, "drugs", "reader", True],
        [8, 9, "cities", "كابل", False], [10, 11, "arming", "مخدرات", True],
    ]  # fmt: skip
    assert out["category"].cat.categories.tolist() == ["arming", "cities", "drugs"]
    of_place = dict(zip(zip(outcomes["start_char"], outcomes["category"], strict=True), told(outcomes), strict=True))
    assert of_place == {
        (0, "drugs"): ["changed", 1, ""], (41, "drugs"): ["changed", 1, ""], (27, "drugs"): ["changed", 1, ""],
        (7, "drugs"): ["no row", 0, "the table has no match of this category there"],
        (22, "arming"): ["confirmed", 1, ""], (1, "drugs"): ["no row", 0, "the place is no span of tokens"],
        (0, "poppy"): ["other table", 0, "the table has no such category"],
    }  # fmt: skip


def frames(lexicon=LEXICON):
    return find_frames(TOKENS, DOCUMENTS, lexicon=lexicon)


def test_apply_corrections_match_leads_to_frames_without_it():
    found = frames()
    assert found.loc[found["category"] == "drugs", ["present", "n_matches"]].values.tolist() == [[1, 2], [0, 0]]
    out, outcomes = apply_corrections(
        found, corrections(match("first")), tokens=TOKENS, documents=DOCUMENTS, lexicon=LEXICON
    )
    assert out.loc[out["category"] == "drugs", ["present", "n_matches", "corrected"]].values.tolist() == [
        [0, 1, True], [0, 0, False],
    ]  # fmt: skip
    assert told(outcomes) == [["changed", 1, ""]]
    both = corrections(match("first", answer="arming"), match("second"))
    out, _ = apply_corrections(found, both, tokens=TOKENS, documents=DOCUMENTS, lexicon=LEXICON)
    own = out[out["doc_id"] == "a"].set_index("category")
    assert own["n_matches"].to_dict() == {"arming": 2, "cities": 2, "drugs": 0}
    assert own["present"].to_dict() == {"arming": 1, "cities": 1, "drugs": 0}  # arming weighs 2 now


def test_apply_corrections_match_of_the_headline_leads_to_frames_without_it():
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["مخدرات هنا."], "title": ["مخدرات وسلاح"]})
    tokens = tokenize(documents)
    lexicon = lexicon_from_patterns({"drugs": ["مخدرات"], "arming": ["سلاح"]}, clitics="proclitic")
    found, options = find_frames(tokens, documents, lexicon=lexicon), {"tokens": tokens, "documents": documents}
    assert found.set_index("category")["present"].to_dict() == {"arming": 0, "drugs": 1}
    head = said("match", span=(0, 0), category="drugs", entry="مخدرات", measured="drugs", corrected="none")
    out, outcomes = apply_corrections(found, corrections(head), lexicon=lexicon, **options)
    assert out.set_index("category")["score"].to_dict() == {"arming": 1.0, "drugs": 1.0}
    assert told(outcomes) == [["changed", 1, ""]]
    out, _ = apply_corrections(found, corrections(head | {"corrected": "arming"}), lexicon=lexicon, **options)
    assert out.set_index("category")["present"].to_dict() == {"arming": 1, "drugs": 0}
    rows = corrections(head | {"entry": "سلاح"}, head | {"category": "arming", "entry": "سلاح", "corrected": "present"})
    out, outcomes = apply_corrections(found, rows, lexicon=lexicon, **options)
    assert not out["corrected"].any()
    assert told(outcomes) == [["confirmed", 1, ""], ["no row", 0, "the headline has no match of this entry"]]
    _, outcomes = apply_corrections(find_matches(tokens, lexicon), corrections(head), tokens=tokens)
    assert told(outcomes) == [["no row", 0, "it stands in the headline, and the table has matches of the text alone"]]


def test_apply_corrections_match_that_was_missed_weighs_as_its_entry():
    rows = corrections(match((27, 31), "arming", "present", measured="absent", entry="سلاح"))
    out, outcomes = apply_corrections(frames(), rows, tokens=TOKENS, documents=DOCUMENTS, lexicon=LEXICON)
    own = out[out["doc_id"] == "a"].set_index("category")
    assert own.loc["arming", ["present", "n_matches"]].tolist() == [1, 2]
    assert told(outcomes) == [["changed", 1, ""]]
    rows = rows.assign(entry="مدفع")
    out, outcomes = apply_corrections(frames(), rows, tokens=TOKENS, documents=DOCUMENTS, lexicon=LEXICON)
    assert not out["corrected"].any()
    assert told(outcomes) == [["not applied", 0, "a frame is decided by entries, and the lexicon has no such entry"]]


def test_apply_corrections_every_match_of_the_digests_taken_out_leaves_no_frame_a_match():
    documents = load_seed("reports").head(30)
    tokens = tokenize(documents)
    lexicon = load_lexicon("frames")
    found, matches = find_frames(tokens, documents), find_matches(tokens, lexicon)
    own = tokens.assign(doc_id=tokens["doc_id"].astype("str")).set_index(["doc_id", "position"])
    rows = [
        said("match", doc, (own.loc[(doc, start), "start_char"], own.loc[(doc, end - 1), "end_char"]),
             category=category, entry=pattern, measured="present", corrected="absent")
        for doc, start, end, category, pattern in matches[["doc_id", "start", "end", "category", "pattern"]]
        .astype(object).itertuples(index=False, name=None)
    ]  # fmt: skip
    assert len(rows) > 100
    out, outcomes = apply_corrections(found, corrections(*rows), tokens=tokens, documents=documents)
    assert set(outcomes["outcome"]) == {"changed"}
    assert (found["n_matches"] > 0).sum() > 50
    assert (out["n_matches"] == 0).all()


def test_apply_corrections_matches_without_tokens_and_frames_of_other_options_are_refused():
    with pytest.raises(
        SchemaError, match=r"^`tokens` is not given: corrections name places of the text, and matches n"
    ):
        apply_corrections(MATCHES, corrections(match("first")))
    with pytest.raises(SchemaError, match=r"^`tokens` is not given: frames are decided anew from the matches that are"):
        apply_corrections(frames(), corrections(match("first")))
    other = find_frames(TOKENS, DOCUMENTS, lexicon=LEXICON, repeats=1)
    with pytest.raises(SchemaError) as caught:
        apply_corrections(other, corrections(match("first")), tokens=TOKENS, documents=DOCUMENTS, lexicon=LEXICON)
    assert str(caught.value) == (
        "`found` has other frames than find_frames() gives by its defaults, in 1 of the documents that were corrected. "
        "First: 'a'. Pass the tokens, documents and lexicon that it was made from."
    )


# Quotations ----------------------------------------------------------------------------------------------------------


def test_apply_corrections_quotation_has_another_speaker_or_none():
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["قالت موسكو إنها تدعم السلام. وقالت طهران إنها ترفض الحرب."]})
    found = find_quotations(documents, tokenize(documents))
    assert found["actor"].tolist() == ["russia", "iran"]
    spans = found[["content_start_char", "content_end_char"]].values.tolist()
    rows = corrections(
        said("quotation", span=spans[0], corrected="iran"), said("quotation", span=spans[1], corrected="none"),
        said("quotation", span=(1, 2), corrected="none"),
    )  # fmt: skip
    out, outcomes = apply_corrections(found, rows)
    assert out[["actor", "side", "corrected"]].values.tolist() == [["iran", found["side"].tolist()[1], True]]
    assert sorted(told(outcomes)) == [
        ["changed", 1, ""], ["changed", 1, ""], ["no row", 0, "the table has no quotation there"],
    ]  # fmt: skip


def test_table_of_counts_is_none_that_readers_correct():
    with pytest.raises(SchemaError, match="^`found` is none of DOCUMENT_POSITIONS, FRAMES, MATCHES, POSITIONS, QUOTAT"):
        table_of(pd.DataFrame({"doc_id": ["a"], "category": ["x"], "n_matches": [1]}))


# Laws ----------------------------------------------------------------------------------------------------------------

SENTENCES = sentences()
FOUND = {
    "DOCUMENT_POSITIONS": (score_positions(SENTENCES), {"sentences": SENTENCES}),
    "POSITIONS": (SENTENCES, {}),
    "MATCHES": (MATCHES, {"tokens": TOKENS}),
    "FRAMES": (frames(), {"tokens": TOKENS, "documents": DOCUMENTS, "lexicon": LEXICON}),
}
ANSWERS = [
    *(sentence(answer, holder=holder, coder=coder, date=f"2026-01-0{day}") for answer, holder, coder, day in
      [("-1", "russia", "ann", 1), ("0", "iran", "ann", 2), ("none", "iran", "bob", 3), ("1", "iran", "ann", 4)]),
    sentence("0", "b", (20, 30), date="2026-01-05"), cue("aid"), cue("concern", date="2026-01-06"),
    position("-2"), position("none", "b", date="2026-01-07"), position("1", "b", "china"), position("0", "zz"),
    match("first"), match("second", answer="arming"), match("second", date="2026-01-08"),
    match("arms", "arming", "drugs"),
    match((27, 31), "arming", "present", measured="absent", entry="سلاح"),
]  # fmt: skip


@pytest.mark.parametrize("name", list(FOUND))
def test_apply_corrections_of_an_empty_table_changes_nothing(name):
    found, options = FOUND[name]
    out, outcomes = apply_corrections(found, corrections(), **options)
    pd.testing.assert_frame_equal(out.drop(columns="corrected"), found)
    assert not out["corrected"].any()
    assert len(outcomes) == 0


@pytest.mark.parametrize("name", list(FOUND))
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8, unique_by=str), seed=st.integers(0, 99))
def test_apply_corrections_twice_is_once_in_any_order_and_none_is_lost(name, rows, seed):
    found, options = FOUND[name]
    before = found.copy()
    out, outcomes = apply_corrections(found, corrections(*rows), **options)
    pd.testing.assert_frame_equal(found, before)
    again, _ = apply_corrections(out, corrections(*rows), **options)
    pd.testing.assert_frame_equal(again, out)
    shuffled = corrections(*rows).sample(frac=1, random_state=seed)
    other, same = apply_corrections(found, shuffled, **options)
    pd.testing.assert_frame_equal(other, out)
    pd.testing.assert_frame_equal(same, outcomes)
    assert len(outcomes) == len({(str({**row, "corrected": 0, "date": 0, "measured": 0, "why": 0})) for row in rows})
    assert outcomes["outcome"].isin(["changed", "confirmed", "no row", "other table", "disputed", "not applied"]).all()
