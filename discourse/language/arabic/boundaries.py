"""What Arabic adds to the rules of word and sentence boundaries."""

from discourse.language.arabic.normalization import ABBREVIATION, DIACRITICS
from discourse.language.boundaries import Boundaries

__all__ = ["BOUNDARIES"]

_LETTERS = "\u0621-\u063a\u0641-\u064a"
_DOTTED = rf"[{_LETTERS}]\."

BOUNDARIES = Boundaries(
    abbreviation=ABBREVIATION,
    initials=_LETTERS,
    titles="\u0621-\u064a",
    diacritics=DIACRITICS,
    before_number="[وف]?(?:[بك]?ال|لل|[بلك])?ـ*",
    units=_LETTERS,
    before_abbreviation=rf"(?:[وف][بلك]?|[بلك])(?={_DOTTED}{_DOTTED}[{_LETTERS}](?!\w))",
    number_marks=".,٫٬",
    sentence_ends="!?؟۔‼⁇",
    address_stops='<>"«»“”‹›()،؛',
)
