"""Arabic: the normal form of its words, their inflection, and the words that the library knows by heart, as data."""

from importlib.resources import files

from discourse.language.arabic import inflection
from discourse.language.arabic.normalization import ABBREVIATION, DEFAULT_NORMALIZER, fold, spelling
from discourse.language.base import Language

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    name="arabic",
    direction="rtl",
    normalizer=DEFAULT_NORMALIZER,
    inflection=inflection,
    folder=files("discourse.language.arabic"),
    fold=fold,
    spelling=spelling,
    letters="\u0621-\u063a\u0641-\u064a",
    marks="\u064b-\u0652",
    endings="\u064b-\u064d",
    sentence_ends="!?؟۔‼⁇",
    abbreviation=ABBREVIATION,
)
