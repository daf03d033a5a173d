"""The rules of reported speech: each with its pair at the edge, and invented reports of every kind."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
import yaml

from discourse.language.tokens import tokenize
from discourse.reading.speech import rules
from discourse.reading.speech.quotations import find_quotations

RULES = rules.read_rules()
ITEMS = yaml.safe_load((Path(__file__).with_name("items.yml")).read_text(encoding="utf-8"))


@cache
def table():
    texts = [text for rule in RULES for text in (rule.found, rule.not_found)] + [item["text"] for item in ITEMS]
    frame = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": texts})
    found = find_quotations(frame, tokenize(frame))
    return {text: found[found["doc_id"] == f"d{n}"] for n, text in enumerate(texts)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_find_quotations_rule_finds_its_side_of_the_edge_and_not_the_other(rule):
    assert rule.name in set(table()[rule.found]["rule"])
    other = set(table()[rule.not_found]["rule"])
    assert rule.name not in other
    assert (rule.gives in other) if rule.gives else not other


def test_find_quotations_every_rule_is_listed():
    found = set().union(*(set(rows["rule"]) for rows in table().values()))
    assert found <= {rule.name for rule in RULES}


def test_read_rules_names_are_distinct_and_the_note_lists_them(project):
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert rules.describe_rules() in (project / "docs/method-speech.md").read_text(encoding="utf-8")
    assert (files("discourse.reading.speech") / "rules.yml").is_file()


def _agrees(read, found):
    return read == found if read is None or found is None else read in found or found in read


@pytest.mark.parametrize("item", ITEMS, ids=[f"{item['kind']}-{n}" for n, item in enumerate(ITEMS)])
def test_find_quotations_invented_report_gives_its_cues_and_speakers(item):
    rows = table()[item["text"]]
    got = [tuple(None if pd.isna(value) else value for value in pair) for pair in rows[["cue", "speaker"]].to_numpy()]
    assert len(got) == len(item["speech"])
    for cue, speaker in item["speech"]:
        assert any(_agrees(cue, c) and _agrees(speaker, s) for c, s in got), (cue, speaker, got)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("قال جورج إيفانوف إن الوفد وصل. وأضاف إيفانوف أن اللقاء قريب.", None),  # another man of that name
        ("قال إيغور إيفانوف إن الوفد وصل. وأضاف إيفانوف أن اللقاء قريب.", "russia"),
    ],
)
def test_find_quotations_surname_alone_is_the_person_last_named_with_it(text, side):
    frame = pd.DataFrame({"doc_id": ["d"], "text": [text], "date": pd.to_datetime(["2002-05-01"])})
    last = find_quotations(frame, tokenize(frame))["side"].iloc[-1]
    assert (None if pd.isna(last) else last) == side


def _read(text):
    frame = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    found = find_quotations(frame, tokenize(frame))
    contents = [text[a:b] for a, b in zip(found["content_start_char"], found["content_end_char"], strict=True)]
    return list(zip(found["speaker"].astype(object).where(found["speaker"].notna(), None), contents, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'قال الوزير: «لن نعترف بهم أبدا" وأضاف: «نريد حوارا جادا معهم».',
            [("الوزير", "لن نعترف بهم أبدا"), ("الوزير", "نريد حوارا جادا معهم")],
        ),
        ('" لن نعترف بهم قبل الانتخابات " قال الوزير.', [("الوزير", "لن نعترف بهم قبل الانتخابات")]),
        ("«لن نعترف بهم ...» – الوزير سامر الحلواني", [("الوزير سامر الحلواني", "لن نعترف بهم ...")]),
        ("من الوزيرة ليلى القصبي:\n\n«لن نعترف بهم أبدا».", [("الوزيرة ليلى القصبي", "لن نعترف بهم أبدا")]),
    ],
)
def test_find_quotations_marks_as_the_press_leaves_them_give_speaker_and_words(text, expected):
    assert _read(text) == expected


@pytest.mark.parametrize(("quoted", "n"), [("عد الآن غدا", 1), ("عد الآن", 0)])
def test_find_quotations_marks_alone_hold_three_words(quoted, n):
    assert len(_read(f"جلس الوزير على العتبة. «{quoted}».")) == n


@pytest.mark.parametrize(("quoted", "n"), [("لن نعود غ", 1), ("لن نعود", 0)])
def test_find_quotations_marks_before_their_verb_hold_nine_characters(quoted, n):
    assert (len(quoted) > 8) == bool(n)
    assert len(_read(f"«{quoted}»، أجاب الوزير.")) == n


@pytest.mark.parametrize(
    ("title", "n"), [("الدفاع في جمهورية جنوب أفريقيا", 1), ("الدفاع في جمهورية جنوب أفريقيا الجديدة جدا اليوم هنا", 0)]
)
def test_find_quotations_speaker_before_a_colon_has_eight_words(title, n):
    assert len(_read(f"وزير {title}: لن نعود إلى الحرب")) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("أضاف الوزير أن الماء قليل.", 1), ("أضاف الطباخ الماء إلى القدر.", 0),
        ("رفض الوزير أن يستقبل الوفد.", 1), ("رفض الوزير أن يقول أين كان.", 0),
        ("أطلقت الحركة تحذيرات من الحصار.", 1), ("أطلقت الحركة النار على القافلة.", 0),
        ("أعلن الوزير أن السوق ستفتح.", 1), ("إذا أعلن الوزير أن السوق ستفتح فرح الناس.", 0),
        ("اعترف القائد بقتل الأسرى.", 1), ("اعترفت الهند بالحكومة الجديدة.", 0),
    ],
)  # fmt: skip
def test_find_quotations_verb_in_another_sense_reports_nothing(text, n):
    assert len(_read(text)) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("«لن نعترف بهم قبل الانتخابات»، قال الوزير.", 1), ("محاضرة بعنوان «لن نعترف بهم أبدا»، يلقيها الوزير.", 0),
        ("«الغذاء والدواء» تقول إن السوق آمن.", 1), ("«الغذاء والدواء» ترفض فسح البضائع.", 0),
        ("الطريق آمن، باعتراف الوزير.", 1), ("الطريق آمن، وبعبارة أخرى مفتوح.", 0),
        ("لم يقنع أحدا اعتراض الوزير على التعيين.", 1), ("لوحظ عدم اعتراض الوزير على التعيين.", 0),
        ("الطريق مقطوع، كما جاء في تقرير الشرطة.", 1), ("كثر الصيد، كما جاء في الفترة الصباحية.", 0),
        ("وجاء في التقرير أن المال ضاع.", 1), ("وجاء في المركز الثاني فيلم «بكسيلز» الجديد.", 0),
        ("خرج الوزير محذرا من الحرب.", 1), ("وقف أمام القاضي 431 متهما بالسرقة.", 0),
        ("الوزير: «لن نعود إليها أبدا».", 1), ("صدر العدد أمس.\n\nصحف: «الجسر» و«النهر» في خبر واحد", 0),
    ],
)  # fmt: skip
def test_find_quotations_look_alike_of_a_construction_is_no_speech(text, n):
    assert len(_read(text)) == n
