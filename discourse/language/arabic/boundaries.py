"""What Arabic adds to the rules of word and sentence boundaries."""

from discourse.language.arabic.normalization import ABBREVIATION, DIACRITICS
from discourse.language.boundaries import Boundaries

__all__ = ["BOUNDARIES"]

BOUNDARIES = Boundaries(
    abbreviation=ABBREVIATION,
    initials="\u0621-\u063a\u0641-\u064a",
    titles="\u0621-\u064a",
    diacritics=DIACRITICS,
    number_marks=".,٫٬",
    sentence_ends="!?؟۔‼⁇",
    address_stops='<>"«»“”‹›()،؛',
)
