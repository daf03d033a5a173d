"""Whom an entry names on a day: offices and their ends, periods, enemies of a target, aliases; and look-alikes."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import LexiconError
from discourse.language.tokens import tokenize
from discourse.lexicons.actors import Enmity, Office, Roles, Term, actor_on, aliases_of, read_offices, read_roles
from discourse.lexicons.loader import load_lexicon
from discourse.lexicons.traits import read_span
from discourse.reading.matching.matches import locate

HEAD = "name: own\nversion: 1\ncategories:\n"


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon("actors")


def named(rows, lexicon):
    """Return, for each (text, day), the actors that its mentions name on that day; one run for all."""
    texts = [text for text, _ in rows]
    tokens = tokenize(pd.DataFrame({"doc_id": [f"{i:04}" for i in range(len(texts))], "text": texts}))
    numbers = tokens["doc_id"].astype(str).astype(int).to_numpy()
    offices = read_offices(lexicon)
    found = locate(tokens, lexicon)
    out = [[] for _ in rows]
    for first, entry in zip(found.first, found.entry, strict=True):
        place = int(numbers[first])
        out[place].append(actor_on(offices[entry], np.datetime64(rows[place][1])))
    return [list(dict.fromkeys(actors)) for actors in out]


ON_A_DAY = [
    # who rules in Kabul
    ("اتهم حكام كابول", "1996-09-26", ["afghan_gov"]),
    ("اتهم حكام كابول", "1996-09-27", ["taliban"]),
    ("اتهم حكام كابل", "2001-11-12", ["taliban"]),
    ("اتهم حكام كابل", "2001-11-13", ["afghan_gov"]),
    ("رفضت كابول العرض", "2000-12-19", ["taliban"]),
    ("رفضت كابول العرض", "2019-12-19", ["afghan_gov"]),
    ("رفضت كابل العرض", "2024-12-19", ["taliban"]),
    ("رفضت الحكومة الأفغانية العرض", "1998-12-19", ["afghan_gov"]),
    ("رفضت الحكومة الأفغانية العرض", "2021-08-14", ["afghan_gov"]),
    ("رفضت الحكومة الأفغانية العرض", "2021-08-15", ["taliban"]),
    ("قالت الإدارة الأفغانية المؤقتة", "2002-03-01", ["afghan_gov"]),
    ("قالت الإدارة الأفغانية المؤقتة", "2022-03-01", ["taliban"]),
    ("قالت سلطات الأمر الواقع في أفغانستان", "2022-03-01", ["taliban"]),
    ("شكر السفير الأفغاني روسيا", "2020-03-01", ["afghan_gov", "russia"]),
    ("شكر السفير الأفغاني روسيا", "2025-09-01", ["taliban", "russia"]),
    ("رفض حكام قندهار العرض", "2000-01-01", ["taliban"]),
    ("عاد الحكام الجدد لأفغانستان", "2021-09-01", ["taliban"]),
    # those who leave office speak for nobody
    ("قال إيغور إيفانوف", "2001-10-01", ["russia"]),
    ("قال إيغور إيفانوف", "2007-07-17", ["russia"]),
    ("قال إيغور إيفانوف", "2007-07-18", ["private"]),
    ("قال ترامب", "2021-01-19", ["us"]),
    ("قال ترامب", "2021-01-20", ["private"]),
    ("قال ترامب", "2025-01-19", ["private"]),
    ("قال ترامب", "2025-01-20", ["us"]),
    ("قال كرزاي", "2014-09-28", ["afghan_gov"]),
    ("قال كرزاي", "2014-09-29", ["private"]),
    ("قال بوتين", "2001-10-01", ["russia"]),
    ("قال نيكولاي بورديوجا", "2016-12-31", ["russia"]),
    ("قال نيكولاي بورديوجا", "2017-01-01", ["private"]),
    ("قال تاسماغامبيتوف", "2024-05-01", ["russia"]),
    # the leaders of a movement stay its own
    ("مقتل الملا أختر منصور", "2016-05-23", ["taliban"]),
    # the armed enemies of the Taliban
    ("دعمت موسكو أحمد شاه مسعود", "2000-05-01", ["russia", "northern_alliance"]),
    ("التقى أحمد شاه مسعود", "1996-09-26", ["afghan_gov"]),
    ("التقى أحمد شاه مسعود", "1996-09-27", ["northern_alliance"]),
    ("نفت تسليح مسعود", "2001-01-17", ["northern_alliance"]),
    ("نفت تسليح مسعود", "2015-01-17", ["private"]),
    ("نفت تسليح مسعود", "2022-01-17", ["northern_alliance"]),
    ("التقى برهان الدين رباني", "1996-09-01", ["afghan_gov"]),
    ("التقى برهان الدين رباني", "1998-09-01", ["northern_alliance"]),
    ("التقى برهان الدين رباني", "2010-09-01", ["afghan_gov"]),
    ("التقى الجنرال دوستم", "2001-12-21", ["northern_alliance"]),
    ("التقى الجنرال دوستم", "2001-12-22", ["afghan_gov"]),
    ("التقى الجنرال دوستم", "2021-08-15", ["northern_alliance"]),
    ("قالت المعارضة الأفغانية", "2000-01-01", ["northern_alliance"]),
    ("قالت المعارضة الأفغانية", "2010-01-01", ["private"]),
]


def test_actors_lexicon_names_whom_an_entry_stands_for_on_the_day(lexicon):
    found = named([(text, day) for text, day, _ in ON_A_DAY], lexicon)
    wrong = [(*row, got) for row, got in zip(ON_A_DAY, found, strict=True) if got != row[2]]
    assert wrong == []


NAMES = [
    ("حزب العمال الكردستاني", ["pkk"]),
    ("بي كا كا", ["pkk"]),
    ("وحدات حماية الشعب الكردية", ["pkk"]),
    ("حزب الاتحاد الديمقراطي", ["pkk"]),
    ("قوات سوريا الديمقراطية", ["pkk"]),
    ("قال بايك بليس", []),
    ("لقسد وقسد", ["pkk"]),
    ("عبد الله أوجلان", ["pkk"]),
    ("مراد قره يلان", ["pkk"]),
    ("حزب الاتحاد الديمقراطي المسيحي", []),
    ("بيد أن الأمر", []),
    ("الاتحاد الوطني الكردستاني", []),
    ("مجلس الاتحاد", ["russia"]),
    ("مجلس الاتحاد السعودي لكرة القدم", ["saudi_arabia"]),
    ("القاعدة 201", ["russia"]),
    ("القاعدة الجوية", []),
    ("المبعوث الأممي", ["un"]),
    ("الأممية الاشتراكية", []),
    ("الجنرالات الأطلسيون", ["nato"]),
    ("منظمة معاهدة الأمن الجماعي", ["russia"]),
    ("هيئة الأغذية الروسية", ["russia"]),
    ("المحكمة العليا الروسية", ["russia"]),
    ("جبهة المقاومة الوطنية", ["northern_alliance"]),
    ("جبهة المقاومة الإسلامية", []),
    ("مسعود بارزاني", []),
    ("اللواء مسعود العدواني", []),
    ("مسعود بزشكيان", ["iran"]),
    ("الدكتور المسعود", []),
    ("الشيخ شهاب الدين دلاور", ["taliban"]),
    ("وزير الخارجية الأفغاني السابق", ["private"]),
    ("قال مسؤول روسي سابق", ["private", "russia"]),
    ("قال المسؤول الروسي في وقت سابق", ["russia"]),
    ("ضابط متقاعد", ["private"]),
    ("ديرة إسماعيل خان", []),
    ("طالبان روسيان", ["russia"]),
    ("طالبان أفغانيان يدرسان في موسكو", []),
    ("اعتصم طالبان أمام السفارة", []),
    ("طالبان يقيمان في لندن", []),
    ("طالبان من معهد الهندسة", []),
    ("وهما طالبان بكلية الطب", []),
    ("لقي طالبان مصرعهما", []),
    ("كانت طالبان قد دخلت", ["taliban"]),
    ("دخلت طالبان باميان", ["taliban"]),
    ("أصدرت طالبان بيانا", ["taliban"]),
    ("طالبان في كابول", ["taliban"]),
    ("اعتصمت طالبان بالصمت", ["taliban"]),
]


def test_actors_lexicon_tells_names_from_what_is_written_alike(lexicon):
    found = named([(text, "2022-06-01") for text, _ in NAMES], lexicon)
    wrong = [(*row, got) for row, got in zip(NAMES, found, strict=True) if got != row[1]]
    assert wrong == []


def test_actors_lexicon_enemies_of_a_target(lexicon):
    roles = read_roles(lexicon)
    assert roles.enemies == {
        "taliban": frozenset({"northern_alliance", "afghan_gov"}),
        "afghan_gov": frozenset({"taliban"}),
    }
    of_the_day = {day: roles.enemies_of("taliban", np.datetime64(day)) for day in ("2001-12-21", "2001-12-22")}
    assert of_the_day["2001-12-21"] == {"northern_alliance", "afghan_gov"}
    assert of_the_day["2001-12-22"] == {"northern_alliance"}
    assert roles.enemies_of("taliban", np.datetime64("NaT")) == roles.enemies["taliban"]
    assert roles.enemies_of("pkk") == roles.enemies_of("isis") == frozenset()
    assert roles.enemies_of("afghan_gov", np.datetime64("2021-08-15")) == frozenset()


def test_actors_lexicon_holders_that_are_not_told_apart(lexicon):
    roles = read_roles(lexicon)
    assert dict(roles.counts_as) == {"northern_alliance": "other", "private": "nobody"}
    assert roles.nobody == {"private"}
    assert roles.holder_of("northern_alliance") == "other" and roles.holder_of("private") is None
    assert roles.holder_of("pkk") == "pkk"
    assert Roles().holder_of("x") == "x"


def test_aliases_of_gives_the_name_of_the_lexicon(lexicon):
    assert aliases_of(lexicon) == {"saudi": "saudi_arabia"}


def write(tmp_path, traits="{}", entry="حماس"):
    path = tmp_path / "own.yml"
    body = f"  a:\n    traits: {traits}\n    entries: [{entry}]\n  b:\n    entries: [فتح]\n"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_load_lexicon_reads_periods_and_enemies(tmp_path):
    own = load_lexicon(
        write(tmp_path, "{enemy_of: {b: 2001-01-01/}, alias: a1 a2}", "{pattern: حماس, during: {b: /2001-01-01}}")
    )
    until = np.datetime64("2001-01-01")
    assert read_offices(own)[0] == Office("a", terms=(Term("b", None, until),))
    assert read_roles(own).wars == (Enmity("a", "b", Term("a", until, None)),)
    assert aliases_of(own) == {"a1": "a", "a2": "a"}
    plain = load_lexicon(write(tmp_path, "{enemy_of: b c}"))
    assert read_roles(plain).enemies == {"b": {"a"}, "c": {"a"}}


@pytest.mark.parametrize(
    ("traits", "entry", "problem"),
    [
        ("{enemy_of: {b: 2001}}", "حماس", "trait enemy_of is {'b': 2001}; it takes names of actors, or a mapping from"),
        ("{enemy_of: {b: 2002-01-01/2001-01-01}}", "حماس", "trait enemy_of is {'b': '2002-01-01/2001-01-01'}"),
        ("{enemy_of: {b: 2001-13-01/}}", "حماس", "trait enemy_of is {'b': '2001-13-01/'}"),
        ("{counts_as: nothing}", "حماس", "trait counts_as is 'nothing', not one of nobody, other"),
        ("{}", "{pattern: حماس, during: b}", "`during` is 'b'; it must be a mapping from actor to a period such as"),
        ("{}", "{pattern: حماس, during: {b: 2001-01-01}}", "`during` is {'b': "),
    ],
)
def test_load_lexicon_period_that_cannot_be_is_refused(tmp_path, traits, entry, problem):
    with pytest.raises(LexiconError) as error:
        load_lexicon(write(tmp_path, traits, entry))
    assert problem in str(error.value)


def test_read_span_of_open_bounds():
    assert read_span("/") == (None, None)
    assert read_span("2001-01-01/") == (np.datetime64("2001-01-01"), None)
    assert read_span("/2001-01-01") == (None, np.datetime64("2001-01-01"))
