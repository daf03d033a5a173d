"""Arabic: the normal form of its words, their inflection, and the words that the library knows by heart, as data."""

from importlib.resources import files

from discourse.language.arabic import inflection, readings
from discourse.language.arabic.boundaries import BOUNDARIES
from discourse.language.arabic.cuts import cut_words
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER, fold, spelling
from discourse.language.base import Language

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    name="arabic",
    direction="rtl",
    normalizer=DEFAULT_NORMALIZER,
    boundaries=BOUNDARIES,
    inflection=inflection,
    readings=readings,
    folder=files("discourse.language.arabic"),
    cuts=cut_words,
    proclitics={"word": "(?:[وف]?(?:[بلك]|[بك]?ال|لل)?)", "name": "(?:[وف]?[بلك]?)"},
    fold=fold,
    spelling=spelling,
    letters="\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfd\ufe70-\ufefc",
    marks="\u064b-\u0652",
    endings="\u064b-\u064d",
    ended=frozenset({"", "noun", "noun_only", "accusative"}),
    alphabet="ءآأؤإئابپةتثجچحخدذرزژسشصضطظعغفڤقكکگلمنهوىي",
)
