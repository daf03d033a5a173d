"""What each column of a table is taken for, and what is unclear: an example on either side of each rule."""

import pandas as pd
import pytest

from discourse import tables
from discourse.sources.roles import judge_columns, tell_columns

LONG = "قال المبعوث الروسي إن موسكو تتبادل المعلومات مع الحركة ضد تنظيم داعش في شمال البلاد منذ أعوام"
ELEVEN, TWELVE = " ".join(LONG.split()[:11]), " ".join(LONG.split()[:12])


def judged(columns, **options):
    return judge_columns(pd.DataFrame(columns), asked=options.pop("asked", {}), **options)


def kinds(found):
    return [one.kind for one in found.unclear]


def test_tell_columns_takes_names_of_three_languages_and_keeps_the_rest():
    table = pd.DataFrame(
        {
            "Article_ID": ["7", "8"],
            "Headline": ["لقاء", "حظر"],
            "contenu": [LONG, TWELVE],
            "تاريخ النشر": ["2015-12-23", "24/12/2015"],
            "Newspaper": ["الحياة", "عكاظ"],
            "الرابط": ["https://example.org/1", None],
            "قسم": ["سياسة", "سياسة"],
        }
    )
    told = tell_columns(table)
    assert told["role"].tolist() == ["doc_id", "title", "text", "date", "source", "url", "variable"]
    assert told["basis"].tolist() == ["name"] * 6 + ["rest"]
    assert told["sure"].all()
    assert told.attrs["unclear"] == []
    assert told.attrs["columns"]["text"] == "contenu"
    tables.check(told, "COLUMN_ROLES")


def test_tell_columns_of_a_file_are_those_of_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"sep=;\nBody;Published\n{LONG};2015-12-23\n", encoding="utf-8-sig")
    assert tell_columns(path)[["column", "role"]].values.tolist() == [["Body", "text"], ["Published", "date"]]


def test_tell_columns_what_the_caller_names_goes_before_names():
    told = tell_columns(pd.DataFrame({"text": [LONG], "Story": [LONG]}), columns={"text": "Story"})
    assert told[["role", "basis"]].values.tolist() == [["variable", "rest"], ["text", "asked"]]


@pytest.mark.parametrize(("value", "role"), [(TWELVE, "text"), (ELEVEN, "variable")])
def test_judge_columns_texts_are_known_by_twelve_words(value, role):
    found = judged({"عمود": [value]})
    assert found.table["role"].tolist() == [role]
    assert kinds(found)[0] == ("no date" if role == "text" else "no text")


def test_judge_columns_two_columns_of_texts_have_no_safe_default_and_the_longer_stands_first():
    found = judged({"المحتوى": [TWELVE], "نص الخبر": [LONG]})
    assert (found.unclear[0].kind, found.unclear[0].safe) == ("two text", False)
    assert found.unclear[0].candidates == ("نص الخبر", "المحتوى")
    assert found.unclear[0].said == "'نص الخبر' and 'المحتوى' may hold the texts."
    assert not found.table["sure"].any()


def test_judge_columns_a_column_of_labels_beside_texts_is_none_though_its_name_be():
    found = judged({"المحتوى": ["سياسة"], "نص الخبر": [LONG]})
    assert found.columns["text"] == "نص الخبر"
    assert "two text" not in kinds(found)


def test_judge_columns_a_column_named_text_is_taken_whatever_stands_beside():
    assert judged({"text": ["خبر"], "body": [LONG]}).columns["text"] == "text"


@pytest.mark.parametrize(("n_dates", "role"), [(4, "date"), (3, "variable")])
def test_judge_columns_dates_are_known_by_four_fifths_of_their_values(n_dates, role):
    values = ["2015-12-23", "24/12/2015", "١ يناير ٢٠١٦", "12 ربيع الأول 1437هـ"][:n_dates]
    found = judged({"text": [LONG] * 5, "يوم": values + ["لا يعرف", "غير معروف"][: 5 - n_dates]})
    assert found.table["role"].tolist()[1] == role


def test_judge_columns_numbers_and_years_are_no_dates():
    found = judged({"text": [LONG] * 3, "a": ["1", "2", "3"], "b": ["2015", "2016", "2017"]})
    assert "date" not in found.columns


def test_judge_columns_two_columns_of_dates_by_content_have_no_safe_default():
    found = judged({"text": [LONG], "a": ["2015-12-23"], "b": ["2016-12-23"]})
    doubt = next(one for one in found.unclear if one.role == "date")
    assert (doubt.kind, doubt.candidates, doubt.safe) == ("two date", ("a", "b"), False)


def test_judge_columns_a_named_date_is_taken_and_another_is_told():
    found = judged({"text": [LONG], "تاريخ النشر": ["2015-12-23"], "جمع": ["2016-12-23"]})
    assert found.columns["date"] == "تاريخ النشر"
    doubt = next(one for one in found.unclear if one.role == "date")
    assert (doubt.said, doubt.safe) == ("'جمع' holds dates as well; 'تاريخ النشر' is taken.", True)


@pytest.mark.parametrize(
    ("dates", "options", "expected"),
    [
        (["03/04/2015"], {}, ["order"]),
        (["03/04/2015", "23/04/2015"], {}, []),
        (["03/04/2015"], {"day_first": True}, []),
        (["03/04/2015"], {"date_format": "%m/%d/%Y"}, []),
        (["2015-12-23", "قبل يومين"], {}, ["counted"]),
        (["2015-12-23", ""], {}, []),
    ],
)
def test_judge_columns_doubts_of_dates(dates, options, expected):
    found = judged({"text": [LONG] * len(dates), "date": dates, "source": ["الحياة"] * len(dates)}, **options)
    assert kinds(found) == expected
    assert all(one.safe == (one.kind != "order") for one in found.unclear)


def test_judge_columns_an_id_that_repeats_is_kept_as_a_variable():
    found = judged({"text": [LONG] * 3, "رقم": ["1", "2", "1"]})
    assert "doc_id" not in found.columns
    said = next(one.said for one in found.unclear if one.kind == "poor id")
    assert said == "'رقم' is named as an id, but of its 3 values 1 repeats an earlier one; it is kept as a variable."
    assert judged({"text": [LONG] * 3, "رقم": ["1", "2", "3"]}).columns["doc_id"] == "رقم"


def test_judge_columns_without_an_outlet_name_columns_of_labels():
    labels = ["أ", "ب"] * 4
    found = judged({"text": [f"{LONG} {n}" for n in range(8)], "جهة": labels, "رقم": list(map(str, range(8)))})
    doubt = next(one for one in found.unclear if one.kind == "no source")
    assert (doubt.candidates, doubt.safe) == (("جهة",), True)


def test_judge_columns_empty_table_says_what_it_lacks():
    assert kinds(judged({"a": [], "b": []}))[0] == "no text"


@pytest.mark.parametrize(("n_before", "role"), [(199, "date"), (200, "variable")])
def test_judge_columns_dates_without_a_name_are_looked_for_in_the_first_200_columns(n_before, role):
    filler = {f"k{number}": ["x"] for number in range(n_before - 1)}
    found = judged({"text": [LONG], **filler, "when": ["2015-12-23"]})
    assert found.table.set_index("column").loc["when", "role"] == role
    named = judged({"text": [LONG], **filler, "k": ["x"], "date": ["2015-12-23"]})
    assert named.table.set_index("column").loc["date", "role"] == "date"


@pytest.mark.parametrize("value", ["44567", "??/??"])
def test_tell_columns_numbers_of_five_digits_are_no_dates(value):
    told = tell_columns(pd.DataFrame({"text": [LONG] * 3, "date": ["2015-12-23"] * 3, "shares": [value, value, value]}))
    assert told.set_index("column").at["shares", "role"] == "variable"
    assert told.attrs["unclear"] == ["No column is known to hold the outlet."]
