"""What a lemma alone gives of a verb: stems, the endings they take, forms as written."""

import os
import subprocess
import sys

import pytest

from discourse.language.arabic.conjugation import chosen_stems, verb_forms
from discourse.language.arabic.stems import ending_place, verb_measures, verb_stems


def active(lemma: str) -> list[tuple[str, str, str]]:
    """Return tense, place and text of the active stems of past and present."""
    stems = verb_stems(lemma)
    return [(s.tense, s.before, s.text) for s in stems if s.voice == "active" and s.tense != "command"]


def forms(lemma: str) -> set[str]:
    return {form for form, _ in verb_forms(verb_stems(lemma))}


@pytest.mark.parametrize(
    ("lemma", "stems"),
    [
        ("قال", "قال قل قول قل"),
        ("باع", "باع بع بيع بع"),
        ("خاف", "خاف خف خاف خف"),
        ("أضاف", "أضاف أضف ضيف ضف"),
        ("استعاد", "استعاد استعد ستعيد ستعد"),
        ("اختار", "اختار اختر ختار ختر"),
        ("انحاز", "انحاز انحز نحاز نحز"),
        ("عد", "عد عدد عد عدد"),
        ("أعد", "أعد أعدد عد عدد"),
        ("احتل", "احتل احتلل حتل حتلل"),
        ("استمر", "استمر استمرر ستمر ستمرر"),
        ("اطمأن", "اطمأن اطمأنن طمئن طمأنن"),
        ("استمع", "استمع ستمع"),
        ("دعا", "دعا دعو"),
        ("رمى", "رمى رمي"),
        ("سعى", "سعى سعى سعي"),
        ("نسي", "نسي نسى"),
        ("تولى", "تولى تولى"),
        ("أعطى", "أعطى عطي"),
        ("وجد", "وجد جد"),
        ("وجه", "وجه وجه"),
        ("أوقف", "أوقف وقف"),
        ("أيقن", "أيقن وقن"),
        ("أخذ", "أخذ أخذ ؤخذ"),
        ("أسس", "أسس ؤسس"),
        ("آمن", "آمن ؤمن"),
        ("آخذ", "آخذ ؤاخذ"),
        ("أنشأ", "أنشأ نشئ"),
        ("كافأ", "كافأ كافئ"),
        ("ابتدأ", "ابتدأ بتدئ"),
        ("ساءل", "ساءل سائل"),
        ("ائتلف", "ائتلف أتلف"),
        ("رأى", "رأى رى"),
        ("ترجم", "ترجم ترجم"),
        ("تدهور", "تدهور تدهور"),
        ("أعدّ", "أعد أعدد عد عدد"),
        ("وصّل", "وصل وصل"),
    ],
)
def test_verb_stems_active_follow_from_the_letters(lemma, stems):
    assert " ".join(text for *_, text in active(lemma)) == stems


@pytest.mark.parametrize(
    ("lemma", "kept", "refused"),
    [
        ("بدأ", "بدأت بدأوا بدؤوا بدأنا يبدأ يبدأون يبدؤون تبدئين يبدآن بدئت", "بدت بدوا يبدون"),
        ("لجأ", "لجأوا لجؤوا يلجؤون", "لجوا لجت"),
        ("جاء", "جاؤوا جاءوا جاءت جئت جئنا يجيء يجيئون يجئ جيء", "جاءنا جات جاوا"),
        ("أساء", "أساؤوا أسأت يسيء يسيئون يسيئوا يسئ", "أساءنا يسيون"),
        ("أشار", "أشارت أشاروا أشرنا يشيرون يشير يشر أشير يشار", "أشرا أشروا أشرين تشرين يشرون"),
        ("عاد", "عدنا عادوا يعودون يعد عدت", "عدوا يعدون عدن عدا"),
        ("ضم", "ضموا ضممنا يضم يضمون يضممن", "ضمن ضمنا يضممون"),
        ("عد", "عدوا عدت عددنا يعدون", "عدن عدنا عدددن"),
        ("دعا", "دعوا دعت دعوت دعونا يدعو يدعون يدع دعي يدعى تدعين", "دعات يدعوون دعاوا"),
        ("نسي", "نسوا نسيت ينسى ينسون ينس", "نسيوا ينسيون"),
        ("نفى", "نفت نفوا نفيت ينفي ينفون ينف نفي ينفى", "نفىت نفات"),
        ("وصل", "يصل تصل يوصل وصلوا", "يوصلوت"),
        ("أخذ", "يأخذ آخذ خذوا يؤخذ", "أأخذ"),
        ("كان", "كنا كنت كانوا يكونون يكن يك", "كننا كنوا يكنون"),
        ("بات", "باتت باتوا بت بتنا", "بتتا"),
        ("مشى", "امش امشوا يمش", "امشى"),
        ("وقى", "ق يقي يق يوقى", "يوقيون"),
        ("قاتل", "قوتل يقاتل", "قيتل"),
        ("سأل", "سئل يسأل", "يسئل"),
        ("تبادل", "تبودل يتبادل", "تبادوا"),
    ],
)
def test_verb_forms_each_stem_takes_only_its_endings(lemma, kept, refused):
    found = forms(lemma)
    assert [form for form in kept.split() if form not in found] == []
    assert [form for form in refused.split() if form in found] == []


def test_verb_measures_shadda_tells_the_second_measure():
    assert len(verb_measures("وصل")) == 2
    assert [stem.text for stem in verb_measures("وصّل")[0] if stem.tense == "present"] == ["وصل", "وصل"]
    assert len(verb_measures("وصّل")) == 1


def test_verb_stems_hollow_passive_is_of_listed_verbs_alone():
    assert "قيل" in forms("قال")
    assert "سير" not in forms("سار")  # a noun
    assert "عيد" not in forms("عاد")


def test_verb_stems_hollow_vowel_that_no_list_has_is_left_open():
    stems = {text for tense, _, text in active("زاج") if tense == "present"}
    assert stems == {"زوج", "زيج", "زج"}


def test_chosen_stems_declared_stem_chooses_its_measure():
    present = [stem.text for stem in chosen_stems("وصل", [], ["وصل"]) if stem.tense == "present"]
    assert set(present) == {"وصل"}
    short = [stem for stem in chosen_stems("أشار", ["أشار", "أشر"], ["شير", "شر"]) if stem.text == "أشر"]
    assert {stem.before for stem in short if stem.tense == "past"} == {"consonant"}


def test_chosen_stems_what_no_measure_has_stands_beside():
    stems = chosen_stems("لقاء", ["التقى", "التقت"], [])
    assert ("التقت", "any") in {(stem.text, stem.before) for stem in stems}


def test_chosen_stems_whole_word_that_follows_anyway_is_no_stem():
    assert "نفت" not in {stem.text for stem in chosen_stems("نفى", ["نفى", "نف", "نفت"], ["نفي"])}


@pytest.mark.parametrize(
    ("stem", "others", "place"),
    [
        ("قل", ["قال", "قل"], "consonant"),
        ("قال", ["قال", "قل"], "vowel"),
        ("عدد", ["عد", "عدد"], "consonant"),
        ("عدد", ["عدد"], "any"),
    ],
)
def test_ending_place_is_told_by_the_other_stems(stem, others, place):
    assert ending_place(stem, others) == place


def test_verb_stems_agree_with_a_list_of_the_language(shared, project):
    path = shared / "data" / "camel_morph" / "verb_stems.csv"
    if not path.is_file():
        pytest.skip("the list of stems is not on this machine")
    command = [sys.executable, str(project / "benchmarks/validity/score_inflection.py"), str(path)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(project)}
    )
    scores = {line[:18].strip(): line[18:].split() for line in run.stdout.splitlines()[1:]}
    assert {
        name: float(scores[name][1]) >= 0.99 for name in ("all", "past vowel", "past consonant", "present vowel")
    } == {
        "all": True,
        "past vowel": True,
        "past consonant": True,
        "present vowel": True,
    }
    assert float(scores["all"][3]) >= 0.97
