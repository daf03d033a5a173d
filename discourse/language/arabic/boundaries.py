"""What Arabic adds to the rules of word and sentence boundaries."""

from discourse.language.arabic.normalization import ABBREVIATION, DIACRITICS
from discourse.language.boundaries import Boundaries

__all__ = ["BOUNDARIES"]

_LETTER = "[\u0621-\u063a\u0641-\u064a]"

BOUNDARIES = Boundaries(
    abbreviation=ABBREVIATION,
    initials="\u0621-\u063a\u0641-\u064a",
    titles="\u0621-\u064a",
    diacritics=DIACRITICS,
    before_number="[وف]?(?:[بك]?ال|لل|[بلك])?ـ*",
    units="\u0621-\u063a\u0641-\u064a",
    before_abbreviation=rf"(?:[وف][بلك]?|[بلك])(?={_LETTER}\.{_LETTER}\.{_LETTER}(?!\w))",
    number_marks=".,٫٬",
    sentence_ends="!?؟۔‼⁇",
    address_stops='<>"«»“”‹›()،؛',
)
