"""Which encoding a text is in, told from its bytes."""

import pytest

from discourse.sources.encoding import decode_whole, detect_encoding

HEADLINES = (
    "كابولوف: مصالحنا تتقاطع مع طالبان",
    "موسكو تنفي تسليح الحركة",
    "قال إنه لا يعرف",
    "وفد من كابل في العاصمة الروسية",
    "Kabulov: موسكو تتحدث إلى طالبان منذ 2015",
    "هل تعترف روسيا؟",
)


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"])
def test_detect_encoding_one_headline_is_enough(headline, codec):
    assert detect_encoding(headline.encode(codec)) == codec


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", "utf-8"),
        (b"plain", "utf-8"),
        ("déjà vu à Kaboul, où l'été".encode("latin-1"), "windows-1256"),
        ("موسكو تنفي تسليح الحركة".encode() + b"\xff", "utf-8"),
        (b"\xff\xfe" + "نص".encode("utf-16-le"), "utf-16-le"),
        (b"\xef\xbb\xbfx", "utf-8"),
    ],
)
def test_detect_encoding_other_texts(raw, name):
    assert detect_encoding(raw) == name


def test_detect_encoding_sample_cut_within_a_character_is_still_utf8():
    raw = "نعم".encode()[:-1]
    assert detect_encoding(raw, whole=False) == "utf-8"


def test_decode_whole_places_the_first_byte_that_is_no_character():
    assert decode_whole("نعم".encode() + b"\xff\xfe", "utf-8") == ("نعم\ufffd\ufffd", 6)
    assert decode_whole(b"\xef\xbb\xbfa\xff", "utf-8") == ("a\ufffd", 4)
    assert decode_whole(b"\xff\xfe" + "نعم".encode("utf-16-le") + b"x", "utf-16-le") == ("نعم\ufffd", 8)
