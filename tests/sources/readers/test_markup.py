"""Bytes to text, elements to lines."""

import pytest

from discourse.sources.readers.markup import decode_markup, element_text, parse_html, pieces, text_of_html

TEXT = "قال المبعوث الروسي إن الاتصالات مع الحركة مستمرة منذ شهور، وأضاف أن الوضع في الشمال يقلقه كثيرا"


@pytest.mark.parametrize(
    ("encoding", "declared", "by_server"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "ISO-8859-1", None),
        ("utf-8", None, "windows-1256"),
        ("utf-8", "no-such-encoding", None),
        ("windows-1256", "windows-1256", None),
        ("windows-1256", None, "windows-1256"),
        ("windows-1256", "utf-8", "utf-8"),
        ("windows-1256", "iso-8859-1", None),
        ("windows-1256", None, None),
        ("iso-8859-6", "iso-8859-6", None),
        ("utf-16", None, None),
    ],
)
def test_decode_markup_reads_arabic_whatever_the_page_says(encoding, declared, by_server):
    meta = f'<meta charset="{declared}">' if declared else ""
    markup = f"<html><head>{meta}</head><body><p>{TEXT}</p></body></html>"
    assert TEXT in decode_markup(markup.encode(encoding), charset=by_server)


def test_decode_markup_undeclared_and_not_arabic_is_guessed():
    markup = "<p>" + "Élections à Évreux : les électeurs âgés, où vont-ils voter cet été ? Déjà près de Nîmes. " * 8
    assert "Élections à Évreux" in decode_markup(markup.encode("windows-1252"))


def test_decode_markup_xml_says_its_encoding_in_its_first_line():
    markup = f'<?xml version="1.0" encoding="windows-1256"?><rss>{TEXT}</rss>'
    assert TEXT in decode_markup(markup.encode("windows-1256"))


def test_decode_markup_french_in_latin_1_stays_french():
    markup = '<meta charset="iso-8859-1"><p>Éditorial, 5 février, à la une</p>'
    assert "Éditorial, 5 février, à la une" in decode_markup(markup.encode("iso-8859-1"))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>أ<b>ب</b>\n   ج</p>", "أب ج"),
        ("<div>أ<br><br>ب<p>ج</p>د</div>", "أ\nب\nج\nد"),
        ("<p>أ</p><script>x()</script><style>p{}</style><p>ب</p>", "أ\nب"),
        ("<p>أ<!-- لا --><i>ب</i></p>", "أب"),
        ("<table><tr><td>أ</td><td>ب</td></tr></table>", "أ\nب"),
        ("<p>&laquo;أ&raquo; &amp; ب</p>", "«أ» & ب"),
        ("<p>أ\u200fب\u0640ج\u064b</p>", "أ\u200fب\u0640ج\u064b"),
        ("", ""),
    ],
)
def test_element_text_is_what_a_reader_sees_and_no_character_more(markup, text):
    assert element_text(parse_html(f"<div>{markup}</div>")) == text


def test_parse_html_page_that_begins_as_xml():
    markup = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html><body><p>قال</p></body></html>'
    assert element_text(parse_html(markup)) == "قال"


def test_element_text_deep_nesting_does_not_overflow():
    assert element_text(parse_html("<div>" * 200 + "قاع" + "</div>" * 200)) == "قاع"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("<p>أ</p><p>ب</p>", "أ\nب"),
        ("&lt;p&gt;أ&lt;/p&gt;&lt;p&gt;ب &amp;amp; ج&lt;/p&gt;", "أ\nب & ج"),
        ("أ &lt; ب", "أ < ب"),
        ("نص بلا وسوم", "نص بلا وسوم"),
        (None, ""),
    ],
)
def test_text_of_html_undoes_every_escape(field, text):
    assert text_of_html(field) == text


def test_pieces_cuts_records_and_knows_which_end():
    found = list(pieces("x<a>1</a><A>2<a>3</a>", r"<a>", r"</a>"))
    assert [(piece.markup, piece.whole) for piece in found] == [("<a>1</a>", True), ("<A>2", False), ("<a>3</a>", True)]
    assert [piece.start for piece in found] == [1, 9, 13]
    assert list(pieces("nothing", r"<a>")) == []
