"""The rule that says which frames a document uses."""

import pandas as pd
import pytest
import yaml

from discourse.errors import LexiconError, SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.frames import find_frames
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.seeds import load_reading, load_seed
from discourse.steps.making import make_tables
from discourse.tables import check


def lexicon_of(tmp_path, body):
    """Write categories as YAML and load them."""
    path = tmp_path / "small.yml"
    path.write_text("name: small\nversion: 1\ncategories:\n" + body, encoding="utf-8")
    return load_lexicon(path)


@pytest.fixture
def small(tmp_path):
    return lexicon_of(
        tmp_path,
        """
  drugs:
    entries:
      - {pattern: مخدرات, weight: 2}
      - {pattern: تهريب, weight: 1}
  arming:
    entries:
      - {pattern: تسليح, weight: 2}
      - {pattern: عتاد, weight: 1, context: [russia]}
      - {pattern: مبلغ, weight: 0.5}
""",
    )


def frames_of(text, lexicon, title=None, **options):
    """Return the frames present in one text, with scores."""
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "title": [title]}).astype({"title": "str"})
    frames = find_frames(tokenize(documents), documents, lexicon=lexicon, **options)
    return {row.category: row.score for row in frames.itertuples() if row.present}


def test_find_frames_strong_entry_alone_is_enough(small):
    assert frames_of("تجارة المخدرات", small) == {"drugs": 2.0}


def test_find_frames_supporting_entry_alone_is_too_little(small):
    assert frames_of("تهريب", small) == {}


def test_find_frames_entry_counts_at_most_twice(small):
    assert frames_of("تهريب وتهريب وتهريب", small) == {"drugs": 2.0}
    assert frames_of("تهريب وتهريب وتهريب", small, repeats=1) == {}


def test_find_frames_general_word_counts_once(small):
    assert frames_of("مبلغ ومبلغ ومبلغ", small, threshold=0.5) == {"arming": 0.5}


def test_find_frames_title_counts_like_text(small):
    assert frames_of("تهريب", small, title="شبكة تهريب") == {"drugs": 2.0}


def test_find_frames_title_is_not_counted_as_match_or_sentence(small):
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["تهريب"], "title": ["مخدرات"]})
    frames = find_frames(tokenize(documents), documents, lexicon=small).set_index("category")
    assert frames.loc["drugs", ["present", "n_matches", "n_sentences", "score"]].tolist() == [1, 1, 1, 3.0]


@pytest.mark.parametrize(
    ("n_words", "text", "options", "expected"),
    [
        (99, "عتاد وعتاد", {}, {}),
        (99, "عتاد وعتاد من موسكو", {}, {"arming": 2.0}),
        (100, "عتاد وعتاد من موسكو", {}, {}),
        (100, "عتاد وعتاد من موسكو", {"title": "روسيا"}, {"arming": 2.0}),
        (100, "عتاد وعتاد من موسكو", {"mentions": 1}, {"arming": 2.0}),
        (100, "عتاد وعتاد من موسكو وروسيا", {}, {"arming": 2.0}),
    ],
)
def test_find_frames_context_needs_the_actor_twice_from_a_hundred_words_on(small, n_words, text, options, expected):
    filler = " كلمة" * (n_words - len(text.split()))
    assert frames_of(text + filler, small, **options) == expected


def test_find_frames_match_out_of_context_is_not_counted(small):
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["عتاد"]})
    frames = find_frames(tokenize(documents), lexicon=small).set_index("category")
    assert frames.loc["arming", "n_matches"] == 0


def test_find_frames_long_document_needs_more(small):
    filler = " كلمة" * 199  # 200 words with the one below
    assert frames_of("مخدرات" + filler, small) == {}
    assert frames_of("مخدرات" + filler, small, per_100_words=0) == {"drugs": 2.0}
    assert frames_of("مخدرات ومخدرات" + filler, small) == {"drugs": 4.0}


def test_find_frames_lead_is_judged_by_itself(small):
    filler = "كلمة " * 150 + ". "
    late = "خبر. خبر آخر. " + filler + "مخدرات."
    assert frames_of(late, small) == {}
    assert frames_of("خبر. مخدرات. " + filler, small) == {"drugs": 2.0}
    assert frames_of("خبر. مخدرات. " + filler, small, lead=1) == {}
    assert frames_of("خبر. خبر. " + filler, small, title="مخدرات") == {"drugs": 2.0}
    assert frames_of("مخدرات. خبر. " + filler, small, lead=0) == {}


def test_find_frames_long_lead_needs_more_like_a_long_document(small):
    words = "كلمة " * 199  # 200 words with the one below, all in the first sentence
    assert frames_of(words + "مخدرات. خبر.", small) == {}
    assert frames_of(words + "مخدرات ومخدرات. خبر.", small) == {"drugs": 4.0}


def test_find_frames_lead_begins_where_the_tokens_do(small):
    text = "قائمة. روابط. خبر. مخدرات. " + "كلمة " * 150
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    body = tokens[tokens["sentence"] >= 2]
    for rows, expected in ((tokens, 0), (body, 1)):
        frames = find_frames(rows, lexicon=small).set_index("category")
        assert frames.loc["drugs", "present"] == expected


def test_find_frames_lead_without_evidence_makes_no_frame(small):
    text = "خبر. خبر. " + "كلمة " * 150 + "تهريب"
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    frames = find_frames(tokenize(documents), lexicon=small, threshold=0, per_100_words=10)
    assert frames["present"].tolist() == [0, 0]


def test_find_frames_punctuation_makes_no_document_longer(small):
    assert frames_of("مخدرات" + " ،" * 500, small) == {"drugs": 2.0}


def test_find_frames_denied_frame_is_present(small):
    assert frames_of("نفت موسكو تسليح الحركة", small) == {"arming": 2.0}


def test_find_frames_main_is_the_highest_score(small):
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["تسليح ومخدرات ومخدرات", "لا شيء"]})
    frames = find_frames(tokenize(documents), lexicon=small)
    assert frames.loc[frames["main"] == 1, ["doc_id", "category"]].values.tolist() == [["a", "drugs"]]


def test_find_frames_main_title_and_first_sentence_weigh_double(small):
    text = "تسليح. مخدرات. مخدرات."
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": [text, text], "title": ["خبر", "تهريب"]})
    frames = find_frames(tokenize(documents), documents, lexicon=small)
    main = frames[frames["main"] == 1].set_index("doc_id")["category"].astype("str").to_dict()
    # a: arming 2 + 2, drugs 4, and drugs stands in more sentences; b: drugs 4 + 1 + 1
    assert main == {"a": "drugs", "b": "drugs"}
    once = pd.DataFrame({"doc_id": ["a"], "text": ["تسليح. تهريب ومخدرات."]})
    frames = find_frames(tokenize(once), lexicon=small)
    # arming 2 + 2, drugs 3
    assert frames.loc[frames["main"] == 1, "category"].tolist() == ["arming"]


def test_find_frames_tie_goes_to_more_sentences_then_to_the_lexicon(small):
    texts = ["خبر. مخدرات ومخدرات. تسليح. تسليح.", "خبر. تسليح. مخدرات."]
    frames = find_frames(tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": texts})), lexicon=small)
    main = frames[frames["main"] == 1].set_index("doc_id")["category"].astype("str").to_dict()
    assert main == {"a": "arming", "b": "drugs"}


def test_find_frames_dense_and_in_order(small):
    documents = pd.DataFrame({"doc_id": ["b", "a", "c"], "text": ["مخدرات", "", "كابل"]})
    frames = find_frames(tokenize(documents), lexicon=small)
    check(frames, "FRAMES")
    assert frames[["doc_id", "category"]].values.tolist() == [
        [doc_id, category] for doc_id in "abc" for category in ("arming", "drugs")
    ]
    assert frames["present"].tolist() == [0, 0, 0, 1, 0, 0]
    assert frames["needed"].tolist() == [2.0] * 6


def test_find_frames_order_of_documents_changes_nothing(reports):
    some = reports.head(12)
    forward = find_frames(tokenize(some), some)
    backward = find_frames(tokenize(some.iloc[::-1].reset_index(drop=True)), some.iloc[::-1].reset_index(drop=True))
    plain = {"doc_id": "str", "category": "str"}
    pd.testing.assert_frame_equal(forward.astype(plain), backward.astype(plain))


def test_find_frames_lexicon_without_context_works():
    lexicon = lexicon_from_patterns({"drugs": ["مخدرات"]})
    assert frames_of("المخدرات", lexicon, threshold=1.0) == {"drugs": 1.0}


def test_find_frames_input_is_not_changed(small):
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["مخدرات"], "title": ["تهريب"]})
    tokens = tokenize(documents)
    before = tokens.copy(deep=True), documents.copy(deep=True)
    find_frames(tokens, documents, lexicon=small)
    pd.testing.assert_frame_equal(tokens, before[0])
    pd.testing.assert_frame_equal(documents, before[1])


def test_find_frames_documents_of_another_corpus_say_which(small):
    tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["نص", "نص"]}))
    other = pd.DataFrame({"doc_id": ["a"], "title": ["عنوان"]})
    with pytest.raises(SchemaError) as caught:
        find_frames(tokens, other, lexicon=small)
    assert str(caught.value) == (
        "`documents` lacks 1 documents of `tokens`. First: 'b'. Pass the DOCUMENTS from which the tokens were made."
    )


@pytest.mark.parametrize(
    ("option", "value", "bound"),
    [
        ("threshold", -1, 0),
        ("per_100_words", float("nan"), 0),
        ("repeats", 0, 1),
        ("mentions", 0, 1),
        ("lead", -1, 0),
        ("sole", -1, 0),
    ],
)
def test_find_frames_option_out_of_range_says_what_is_allowed(small, option, value, bound):
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["نص"]}))
    with pytest.raises(SchemaError) as caught:
        find_frames(tokens, lexicon=small, **{option: value})
    assert str(caught.value) == f"`{option}` is {value!r}; it must be {bound} or more."


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_find_frames_passing_out_of_range_says_what_is_allowed(small, value):
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["نص"]}))
    with pytest.raises(SchemaError) as caught:
        find_frames(tokens, lexicon=small, passing=value)
    assert str(caught.value) == f"`passing` is {value!r}; it must be from 0 to 1."


def test_find_frames_unknown_actor_in_context_says_what_exists(tmp_path):
    lexicon = lexicon_of(tmp_path, "  arming:\n    entries:\n      - {pattern: عتاد, context: [atlantis]}\n")
    actors = lexicon_from_patterns({"russia": ["روسيا"]})
    with pytest.raises(LexiconError) as caught:
        find_frames(tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["عتاد"]})), lexicon=lexicon, actors=actors)
    assert str(caught.value) == (
        "`lexicon` 'small' has entries whose `context` names 'atlantis'; the actors lexicon has russia."
    )


def f1(found, coded):
    """Return precision, recall and F1 of sets of (document, frame)."""
    right = len(found & coded)
    return right / len(found), right / len(coded), 2 * right / (len(found) + len(coded))


def present(frames):
    rows = frames[frames["present"] == 1]
    return set(zip(rows["doc_id"].astype("str"), rows["category"].astype("str"), strict=True))


def test_find_frames_reports_reach_the_stated_agreement(reports):
    coded = {(row.doc_id, frame) for row in reports.itertuples() for frame in row.frames.split(";")}
    found = present(find_frames(tokenize(reports), reports))
    precision, recall, both = f1(found, coded)
    assert min(precision, recall) >= 0.8
    assert both >= 0.82
    for frame in load_lexicon("frames").categories:
        mine = {pair for pair in coded if pair[1] == frame}
        if len(mine) >= 10:
            assert f1({pair for pair in found if pair[1] == frame}, mine)[2] >= 0.7, frame


def test_find_frames_articles_reach_the_stated_agreement(shared):
    codes = pd.read_csv(shared / "data" / "coding" / "dev_documents.csv").fillna("")
    news = pd.read_parquet(shared / "data" / "news" / "arabic_news.parquet")
    articles = news[news["doc_id"].isin(codes["doc_id"])].reset_index(drop=True)
    frames = set(load_lexicon("frames").categories)
    coded = {
        (row.doc_id, frame.strip()) for row in codes.itertuples() for frame in row.frames.split(";") if frame in frames
    }
    tokens = drop_spans(tokenize(articles), find_boilerplate(articles))
    precision, recall, both = f1(present(find_frames(tokens, articles)), coded)
    assert min(precision, recall) >= 0.62
    assert both >= 0.64


@pytest.mark.parametrize(("n_words", "present"), [(100, {"drugs": 2.0}), (101, {})])
def test_find_frames_needs_more_from_a_hundred_words_on(small, n_words, present):
    text = "مخدرات" + " كلمة" * (n_words - 1)
    assert frames_of(text, small, threshold=2.0, per_100_words=0.5) == present


ASIDES = """
  drugs:
    entries:
      - {pattern: هيئة مكافحة مخدرات, weight: 0}
  economy:
    entries:
      - {pattern: مكافحة, weight: 0}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هيئة مكافحة المخدرات تفتتح مكتبا", set()),
        ("هيئة مكافحة المخدرات تضبط مخدرات", {"drugs"}),
        ("تجار مخدرات", {"drugs"}),
        ("هيئة مكافحة المخدرات وتسليح الحركة", {"arming"}),  # a name sets aside its own frame alone
    ],
)
def test_find_frames_name_of_a_body_is_no_evidence(small, tmp_path, text, expected):
    assert set(frames_of(text, small, senses=lexicon_of(tmp_path, ASIDES))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("جماعة (مخدرات) هنا", set()),
        ("جماعة [مخدرات] هنا", set()),
        ("جماعة ( هنا مخدرات", {"drugs"}),
        ("جماعة ( كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة مخدرات ) هنا", set()),  # ten tokens from bracket to bracket
        ("جماعة ( كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة مخدرات ) هنا", {"drugs"}),
    ],
)
def test_find_frames_short_brackets_are_no_evidence(small, text, expected):
    assert set(frames_of(text, small)) == expected


def test_find_frames_brackets_end_with_their_document(small):
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["( مخدرات", "خبر )"]})
    frames = find_frames(tokenize(documents), lexicon=small)
    assert frames.loc[frames["present"] == 1, "doc_id"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تطرق اللقاء سريعا إلى المخدرات", set()),
        ("تطرق اللقاء سريعا إلى كلمة كلمة كلمة كلمة المخدرات", set()),  # six tokens behind the cue
        ("تطرق اللقاء سريعا إلى كلمة كلمة كلمة كلمة كلمة كلمة المخدرات", {"drugs"}),
        ("تطرق اللقاء سريعا إلى المباراة. وضبطت مخدرات", {"drugs"}),  # the cue reaches to the end of its sentence
        ("تطرق اللقاء إلى المخدرات", {"drugs"}),
    ],
)
def test_find_frames_subject_named_in_passing_is_no_evidence(small, text, expected):
    assert set(frames_of(text, small)) == expected


WEIGHED = """
  drugs:
    entries:
      - {pattern: مخدرات, weight: 2}
      - {pattern: تهريب, weight: 1}
      - {pattern: حقول, weight: 0.5}
      - {pattern: جرعة, weight: 0.5}
      - {pattern: مدمن, weight: 0.5}
  arming:
    entries:
      - {pattern: تسليح, weight: 2}
      - {pattern: عتاد, weight: 2}
      - {pattern: صاروخ, weight: 0.5}
"""


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("تسليح وعتاد ومخدرات", {}, {"arming", "drugs"}),  # 2 of 4 is half
        ("تسليح وعتاد وصاروخ ومخدرات", {}, {"arming"}),  # 2 of 4.5 is less
        ("تسليح وعتاد وصاروخ ومخدرات", {"passing": 0.4}, {"arming", "drugs"}),
        ("تسليح وعتاد وصاروخ ومخدرات", {"passing": 0}, {"arming", "drugs"}),
        ("تسليح وعتاد وصاروخ. مخدرات", {}, {"arming", "drugs"}),
    ],
)
def test_find_frames_sentence_speaks_of_its_heaviest_frames(tmp_path, text, options, expected):
    assert set(frames_of(text, lexicon_of(tmp_path, WEIGHED), **options)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("تهريب وحقول وجرعة", 2.0), ("تهريب وحقول وجرعة ومدمن", 2.0), ("تهريب ومخدرات وحقول وجرعة ومدمن", 4.0)],
)
def test_find_frames_general_words_weigh_one_together_at_most(tmp_path, text, expected):
    assert frames_of(text, lexicon_of(tmp_path, WEIGHED)) == {"drugs": expected}


@pytest.mark.parametrize(
    ("n_words", "evidence", "expected"),
    [
        (100, "مخدرات", {"drugs"}),
        (101, "مخدرات وحقول", set()),  # 2.5 in one sentence behind the lead
        (101, "مخدرات وتهريب", {"drugs"}),  # 3 in one sentence develop the frame
        (101, "مخدرات. خبر عن حقول", {"drugs"}),  # two sentences
    ],
)
def test_find_frames_one_sentence_of_a_longer_document_has_to_develop_it(tmp_path, n_words, evidence, expected):
    filler = "كلمة " * (n_words - len(evidence.split()) - 3)
    text = f"خبر. خبر آخر. {filler}. {evidence}."
    assert set(frames_of(text, lexicon_of(tmp_path, WEIGHED), per_100_words=0)) == expected


SCENES = """
  drugs:
    entries:
      - {pattern: حقنة, weight: 0.5}
      - {pattern: زهور حمراء, weight: 0.5}
      - {pattern: مسحوق, weight: 0.5}
      - {pattern: مسحوق التجميل, weight: 0}
  arming:
    entries:
      - {pattern: ثكنة, weight: 0.5}
  economy:
    entries:
      - {pattern: خزانة, weight: 5}
"""


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("حقنة وزهور حمراء", {}, set()),  # 1.0
        ("حقنة وزهور حمراء ومسحوق", {}, {"drugs"}),  # 1.5
        ("حقنة وحقنة وحقنة", {}, set()),  # an entry once
        ("تهريب وحقنة", {}, {"drugs"}),
        ("تهريب وحقنة", {"sole": 2}, set()),
        ("حقنة وزهور حمراء ومسحوق", {"sole": float("inf")}, set()),
        ("حقنة وزهور حمراء ومسحوق وتسليح", {}, {"arming"}),  # where a frame is named, scenes do not count
        ("حقنة وزهور حمراء ومسحوق وثكنة", {}, {"drugs"}),  # the heaviest alone
        ("حقنة وزهور حمراء ومسحوق وخزانة", {}, {"drugs"}),  # economy is no frame of the lexicon
        ("حقنة وزهور حمراء ومسحوق التجميل", {}, set()),  # what is set aside is no scene
        ("حقنة وزهور حمراء ومسحوق" + " كلمة" * 96, {}, {"drugs"}),  # 100 words
        ("حقنة وزهور حمراء ومسحوق" + " كلمة" * 97, {}, set()),
    ],
)
def test_find_frames_scenes_tell_the_sole_frame_of_a_short_document(small, tmp_path, text, options, expected):
    assert set(frames_of(text, small, senses=lexicon_of(tmp_path, SCENES), **options)) == expected


def test_find_frames_scenes_stand_in_the_title_too(small, tmp_path):
    senses = lexicon_of(tmp_path, SCENES)
    assert set(frames_of("حقنة ومسحوق", small, title="زهور حمراء", senses=senses)) == {"drugs"}


def test_find_frames_built_in_senses_stand_beside_the_built_in_frames_alone(small):
    text = "عثر الجمركيون على مسحوق أبيض في حقنة وزهور حمراء"
    assert set(frames_of(text, load_lexicon("frames"))) == {"drugs"}
    assert frames_of(text, small) == {}


@pytest.mark.parametrize(
    "text",
    [
        "لا تعترف الحركة بزعيم داعش خليفة",
        "اعترف المتهم أمام المحققين بأنه تلقى المال",
        "انتزعت الشرطة اعترافات من الموقوف",
    ],
)
def test_find_frames_who_recognises_what_decides(text):
    documents = pd.DataFrame({"doc_id": ["a"], "text": [f"قالت روسيا وموسكو: {text}."]})
    frames = find_frames(tokenize(documents)).set_index("category")
    assert frames.loc["recognition", "score"] == 0
    documents["text"] = ["قالت روسيا وموسكو: لا تعترف أي دولة بحكومة طالبان."]
    assert find_frames(tokenize(documents)).set_index("category").loc["recognition", "present"] == 1


def test_find_frames_founding_article_is_read_as_by_hand():
    made = make_tables(load_seed("article"), ["frames"])["frames"]
    found = set(made.loc[made["present"] == 1, "category"].astype("str"))
    by_hand = {frame["name"] for frame in load_reading()["frames"]["present"]}
    assert found == by_hand
    assert found == {"counterterrorism", "designation", "regional_security", "history"}
    main = made.loc[made["main"] == 1, "category"].tolist()
    assert main == [load_reading()["frames"]["main"]]


def test_find_frames_invented_items_reach_the_stated_agreement(project):
    items = pd.DataFrame(yaml.safe_load((project / "tests/data/frames_items.yml").read_text(encoding="utf-8")))
    documents = items.rename(columns={"id": "doc_id"})[["doc_id", "text"]]
    coded = {(row.id, frame) for row in items.itertuples() for frame in row.frames}
    found = present(find_frames(tokenize(documents), documents))
    precision, recall, both = f1(found, coded)
    assert min(precision, recall) >= 0.85
    assert both >= 0.88
    silent = set(items.loc[items["kind"] == "none", "id"])
    assert len({doc_id for doc_id, _ in found} & silent) <= len(silent) // 4


def test_find_frames_left_out_entries_are_gone_in_the_documents_named_alone():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["دعت موسكو إلى مكافحة الإرهاب وإلى محادثات."] * 2})
    tokens = tokenize(documents)
    lexicon = lexicon_from_patterns({"terror": ["مكافحة الإرهاب", "موسكو"], "talks": ["محادثات"]}, name="own")
    frames = find_frames(tokens, documents, lexicon=lexicon, left_out={"a": ["مكافحة الإرهاب"]})
    found = frames.set_index(["category", "doc_id"])["n_matches"]
    assert found["terror"].to_dict() == {"a": 1, "b": 2}
    assert found["talks"].to_dict() == {"a": 1, "b": 1}
    whole = find_frames(tokens, documents, lexicon=lexicon)
    pd.testing.assert_frame_equal(find_frames(tokens, documents, lexicon=lexicon, left_out={}), whole)


def test_find_frames_left_out_unknown_pattern_is_refused():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["موسكو"]}))
    with pytest.raises(SchemaError, match="^`left_out` names 1 patterns that the lexicon 'frames' does not have"):
        find_frames(tokens, left_out={"a": ["كلمة"]})
