"""What the shipped lexicons match and what only looks like it: word by word, and in sentences of the press."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.positions import find_positions
from discourse.reading.stance.statements import find_statements

WORDS = yaml.safe_load((Path(__file__).parent / "data" / "look_alikes.yml").read_text("utf-8"))
LEMMAS = [(name, lemma) for name, lemmas in WORDS.items() for lemma in lemmas]


def _documents(texts):
    return pd.DataFrame(
        {
            "doc_id": [f"{number:03}" for number in range(len(texts))],
            "text": texts,
            "date": pd.Timestamp("2018-04-14"),
            "date_precision": "day",
        }
    )


def _patterns(name, text):
    matches = find_matches(tokenize(_documents([text])), load_lexicon(name), overlaps="all")
    return set(matches["pattern"])


@pytest.mark.parametrize(("name", "lemma"), LEMMAS)
def test_lemma_matches_its_own_words_and_no_look_alike(name, lemma):
    spec = {key: value for key, value in load_lexicon(name).lemmas[lemma].items() if key != "line"}
    lexicon = lexicon_from_patterns([f"[{lemma}]"], lemmas={lemma: spec})
    rows = WORDS[name][lemma]
    refused, wanted = rows["other"].split(), rows["own"].split()
    words = refused + wanted
    matches = find_matches(tokenize(_documents(words)), lexicon)
    matched = [words[int(number)] for number in matches["doc_id"].unique()]
    assert matched == wanted


def test_look_alikes_hold_hundreds_of_words():
    n_words = [len(words.split()) for name in WORDS.values() for lemma in name.values() for words in lemma.values()]
    assert sum(n_words) > 700


@pytest.mark.parametrize(
    ("name", "pattern", "text"),
    [
        ("stance", "[أزال] اسم|أسماء", "لا تزال روسيا تبقي اسم طالبان على قائمة المنظمات الإرهابية."),
        ("stance", "[أزال] [قائمة]", "قال لافروف إن موسكو لا تزال تدرج طالبان على قائمة الإرهاب."),
        ("stance", "[أزال] [قائمة]", "ما تزال روسيا تضع طالبان على قائمة الإرهاب."),
        ("stance", "[أزال] [عقوبة]", "لا تزال العقوبات الروسية على طالبان سارية."),
        ("stance", "[أزال] [قائمة]", "لا تزال القيود الروسية على طالبان قائمة."),
        ("stance", "[أزال] [قائمة]", "أكدت روسيا أن طالبان لا تزال على قائمتها للمنظمات المحظورة."),
        ("stance", "[وفى] ب*", "نفى بوتين وجود طالبان."),
        ("stance", "[وفى] ب*", "وفي بيان لها"),
        ("stance", "[وفى] ب*", "وفي بكين قالت"),
        ("stance", "[وفى] ب*", "وفي موسكو بحث لافروف"),
        ("stance", "الثأر", "أثار الهجوم جدلا. آثار الحرب واضحة. ثار الأهالي على الحاكم."),
        ("speech", "[ألح]", "انتقدت موسكو الحكم على قيادي في طالبان."),
        ("speech", "[هنأ]", "هنا موسكو، وهناك من يرى غير ذلك."),
        ("scopes", "ألا ي*", "لم يبق إلا يوم واحد، وما تغير إلا اليسير."),
        ("scopes", "لم", "على بعد عشرين كلم من كابل."),
        ("temporal", "قد ت*", "وقد تم الاتفاق، وقد تعرض الموكب لهجوم، ولقد تحدث الوزير."),
        ("temporal", "في آن معا", "تكمن المشكلة في أن الطرفين لا يلتقيان."),
        ("temporal", "ظل", "في ظل الأزمة، وفي ظل الحصار، وتحت ظل شجرة."),
        ("temporal", "بعد أن", "لا هدنة بعد الآن."),
        ("temporal", "لابد", "غادر البلاد للأبد."),
        ("temporal", "لازمة", "يبحث الطرفان عن حل لأزمة الحدود، والحل للأزمة بعيد."),
        ("temporal", "ينوي", "ولد في إلينوي."),
        ("temporal", "بعيد", "كان المطار غير بعيد عن القصف، والهدف بعيد المنال."),
        ("temporal", "أمس", "لامس السعر حاجز الخمسين."),
        ("temporal", "عجز", "بلغ عجز الموازنة مليارا، وارتفع العجز المالي."),
    ],
)
def test_entry_does_not_match_a_look_alike_in_its_sentence(name, pattern, text):
    assert pattern in set(load_lexicon(name).entries["pattern"])
    assert pattern not in _patterns(name, text)


@pytest.mark.parametrize(
    ("name", "pattern", "text"),
    [
        ("stance", "[أزال] [قائمة]", "أزالت روسيا طالبان من قائمة الإرهاب."),
        ("stance", "[أزال] اسم|أسماء", "ستزيل موسكو اسم طالبان من القائمة."),
        ("stance", "[وفى] ب*", "على طالبان أن تفي بتعهداتها."),
        ("stance", "الثأر", "توعدت الحركة بالثأر لقائدها."),
        ("stance", "يثأر|تثأر|سيثأر|ستثأر ل*", "أقسم أن يثأر لأخيه."),
        ("stance", "نثأر|سنثأر|لنثأر|ليثأر|لتثأر", "قالوا: سنثأر لقتلانا."),
        ("stance", "عملية|عمليات أسر", "تبنت الحركة عملية أسر الجنود."),
        ("stance", "الواعد", "السوق الواعد أمامنا."),
        ("speech", "[ألح]", "ألح الوزير على عقد الجلسة."),
        ("speech", "[هنأ]", "تهنئ موسكو الرئيس بفوزه."),
        ("scopes", "ألا ي*", "طالبت موسكو بألا يعترف أحد بالحركة، وألا يدعمها."),
        ("scopes", "لم", "ولم تعترف موسكو بالحركة."),
        ("temporal", "قد ت*", "قد تعترف روسيا بالحركة، وقد تنسحب منها."),
        ("temporal", "ظل", "ظل الوضع على حاله."),
        ("temporal", "بعد أن", "بعد أن غادرت القوات."),
        ("temporal", "لابد", "ولابد من الحوار."),
        ("temporal", "لازمة", "الإجراءات اللازمة جاهزة."),
        ("temporal", "ينوي", "ينوي الوزير زيارة كابل."),
        ("temporal", "بعيد", "بعيد وصوله إلى المطار."),
        ("temporal", "أمس", "وصل أمس الأول، وبالأمس عاد."),
        ("temporal", "عجز", "عجز المجتمع الدولي عن الحل."),
    ],
)
def test_entry_matches_its_own_words_in_a_sentence(name, pattern, text):
    assert pattern in _patterns(name, text)


@pytest.mark.parametrize(
    "text",
    [
        "لا تزال روسيا تبقي اسم طالبان على قائمة المنظمات الإرهابية.",
        "قال لافروف إن موسكو لا تزال تدرج طالبان على قائمة الإرهاب.",
        "ما تزال روسيا تضع طالبان على قائمة الإرهاب.",
        "لا تزال العقوبات الروسية على طالبان سارية.",
        "لا تزال القيود الروسية على طالبان قائمة.",
        "أكدت روسيا أن طالبان لا تزال على قائمتها للمنظمات المحظورة.",
    ],
)
def test_what_still_stands_is_no_delisting(text):
    documents = _documents([text])
    tokens = tokenize(documents)
    matches = find_matches(tokens, load_lexicon("stance"))
    assert "delisting" not in set(matches["category"])
    positions = find_positions(documents, tokens)
    assert not (positions["polarity"] > 0).any()
    statements = find_statements(documents, tokens)
    assert "delisting" not in set(statements["concept"])


@pytest.mark.parametrize("text", ["أثار الهجوم جدلا.", "آثار الحرب واضحة.", "أثارت الحرب مخاوف، وتثير آثارها جدلا."])
def test_traces_and_stirs_are_no_threat(text):
    matches = find_matches(tokenize(_documents([text])), load_lexicon("stance"))
    assert "threat_of_force" not in set(matches["category"])


@pytest.mark.parametrize("text", ["نفى بوتين وجود طالبان.", "وفي بيان لها", "وفي بكين قالت", "وفي موسكو بحث لافروف"])
def test_denied_and_in_are_no_conditions(text):
    matches = find_matches(tokenize(_documents([text])), load_lexicon("stance"))
    assert "conditions" not in set(matches["category"])


def test_judgement_on_someone_is_no_insistence():
    text = "انتقدت موسكو الحكم على قيادي في طالبان."
    matches = find_matches(tokenize(_documents([text])), load_lexicon("stance"))
    assert "demand" not in set(matches["category"])
