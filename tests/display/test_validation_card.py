"""The card of a validation: escaped, in both languages, and whole as JSON."""

import json
import re

import pandas as pd
import pytest

from discourse.display.validation_card import write_validation_card
from discourse.errors import SchemaError, SourceError
from discourse.validity.validation import validate

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["نص", "<script>alert(1)</script>", "نص آخر"],
        "source": ["x<y", "z", "z"],
        "date": pd.to_datetime(["2020-05-03", "2021-01-01", None]),
    }
)
CODES = pd.DataFrame({"doc_id": ["a", "b", "c"], "holder": "russia", "position": ["1", "none", "2"]})
FOUND = pd.DataFrame({"doc_id": ["a", "b"], "holder": "russia", "position": [1, -1]})
MADE = validate(FOUND, CODES, DOCUMENTS, by="source")


@pytest.mark.parametrize(("language", "direction", "word"), [("en", "ltr", "made up"), ("ar", "rtl", "زاده القياس")])
def test_write_validation_card_page_is_escaped_and_speaks_the_language(tmp_path, language, direction, word):
    page = write_validation_card(MADE, tmp_path / "card.html", language=language).read_text("utf-8")
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "x&lt;y" in page
    assert word in page


def test_write_validation_card_json_holds_every_row(tmp_path):
    told = json.loads(write_validation_card(MADE, tmp_path / "card.json", title="<t>").read_text("utf-8"))
    assert told["title"] == "<t>"
    assert [len(told[name]) for name in ("figures", "confusion", "errors")] == [len(table) for table in MADE.values()]
    assert told["errors"][0]["date"] == "2021-01-01"
    assert told["errors"][1]["date"] is None
    assert told["figures"][0]["estimate"] == pytest.approx(1 / 3)


def test_write_validation_card_nothing_wrong_says_so(tmp_path):
    made = validate(FOUND, CODES.head(1), DOCUMENTS)
    assert "No answer differs." in write_validation_card(made, tmp_path / "card.html").read_text("utf-8")


def test_write_validation_card_wrong_table_or_ending_is_refused(tmp_path):
    with pytest.raises(SchemaError, match="^`made` lacks 'confusion', 'errors'; it must come from validate"):
        write_validation_card({"figures": MADE["figures"]}, tmp_path / "card.html")
    with pytest.raises(SourceError, match=r"a card ends in '.html' or '.json'"):
        write_validation_card(MADE, tmp_path / "card.pdf")


def test_write_validation_card_tables_that_are_none_are_refused(tmp_path):
    with pytest.raises(SchemaError, match="^`made` is a NoneType; it must be what validate"):
        write_validation_card(None, tmp_path / "card.html")
    empty = {name: pd.DataFrame() for name in MADE}
    with pytest.raises(SchemaError, match="^`figures` lacks the columns 'by'"):
        write_validation_card(empty, tmp_path / "card.html")


def test_write_validation_card_in_arabic_leaves_no_english_and_keeps_signs_in_front(tmp_path):
    documents = DOCUMENTS.assign(text="نص", title="عنوان الخبر", source="صحيفة")
    made = validate(FOUND, CODES.assign(position=["-2", "none", "2"]), documents)
    page = write_validation_card(made, tmp_path / "card.html", language="ar").read_text("utf-8")
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", page)
    latin = {cell for cell in cells if re.search("[A-Za-z]", cell)}
    assert latin == {"مقياس F1 لوجود الموقف", "a", "b", "c"}  # ids of documents
    assert "العنوان" in cells
    assert cells.count("مدى اتفاق القياس مع الترميز اليدوي") == 0
    assert "\u2066-2\u2069" in cells
    assert "-2" not in cells
