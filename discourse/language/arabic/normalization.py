"""The normal form of a word: one spelling for what the press spells in many ways."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = [
    "ABBREVIATION",
    "BIDI_CONTROLS",
    "DEFAULT_NORMALIZER",
    "DIACRITICS",
    "INVISIBLE",
    "PRESENTATION_FORM",
    "TATWEEL",
    "WESTERN_DIGITS",
    "Normalizer",
    "fold",
    "normalize_words",
    "spelling",
]

# Arabic harakat and Quranic marks, dagger alef: written above or below a letter, rarely in the press.
DIACRITICS = "".join(map(chr, [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD),
                               *range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE)]))  # fmt: skip
# Marks that steer the direction of writing; invisible, never part of a word.
BIDI_CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Other invisible characters: zero-width space and joiners, soft hyphen, word joiner, byte-order mark.
INVISIBLE = "\u200b\u200c\u200d\u00ad\u2060\ufeff\u180e\ufe0f\ufe0e"
TATWEEL = "\u0640"
PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")  # a letter as it looks in one place of a word

_LETTER = "[\u0621-\u063a\u0641-\u064a]"
# Letters of an agency or institution spelled out one by one: أ ف ب, أ.ف.ب, د. ب. أ (three or more; two only where
# dots stand between them without a space). A و that stands alone is the conjunction, not a letter of a name.
_NEXT = rf"(?:\. ?| (?!و)){_LETTER}"
ABBREVIATION = rf"(?!و )(?:{_LETTER}{_NEXT}(?:{_NEXT})+|{_LETTER}\.{_LETTER})(?!\w|[{DIACRITICS}])"
_IS_ABBREVIATION = re.compile(ABBREVIATION + r"\.?")
_COMBINING = re.compile("[\u0653-\u0655]")
_SEPARATORS = re.compile(r"[. ]")

_ALEF = dict.fromkeys("أإآٱ", "ا")
_YA = {"ى": "ي", "\u06cc": "ي", "\u06d2": "ي"}
_HAMZA = {"ؤ": "ء", "ئ": "ء"}
_FOREIGN = {"\u06a9": "ك", "\u06c1": "ه", "\u06be": "ه", "\u06d5": "ه", "\u06c0": "ه", "\u06c3": "ة"}
WESTERN_DIGITS = {base + value: str(value) for base in (0x0660, 0x06F0) for value in range(10)}
_DIGITS = {chr(code): digit for code, digit in WESTERN_DIGITS.items()} | {"٫": ".", "٬": ","}
# One letter for one, and the no-break space: what may be done to a text without moving a character.
_FOLD = tuple((_ALEF | {"ى": "ي", "ة": "ه", "\u00a0": " "}).items())
_TANWIN = "[\u064b-\u064d]"


@dataclass(frozen=True)
class Normalizer:
    """Rules that fold spellings of one word into its normal form; call it on a word.

    Always removed: diacritics, tatweel, bidi controls and invisible characters; presentation forms become letters
    (NFKC), Latin letters lower case, Persian kaf, ya and ha the Arabic ones.

    Parameters
    ----------
    alef : bool
        أ إ آ ٱ become ا (default on: the press writes them interchangeably).
    ya : bool
        ى becomes ي (default on: the Egyptian press does not tell them apart).
    ta : bool
        ة becomes ه (default off: it would join حركة *movement* and حركه *he moved it*).
    hamza : bool
        ؤ and ئ become ء (default off).
    digits : bool
        Eastern digits and separators become Western ones (default on).

    Notes
    -----
    Normalising twice equals normalising once. ``Normalizer()`` is the form stored in TOKENS.norm. Letters folded as in
    camel-tools' ``normalize_alef_ar`` and ``normalize_alef_maksura_ar`` (Obeid et al. 2020, CAMeL Tools, LREC).

    Examples
    --------
    >>> normalize = Normalizer()
    >>> normalize("الأَفْغـــانيّ"), normalize("موسكـو"), normalize("٢٣٤٫٥"), normalize("مستشفى")
    ('الافغاني', 'موسكو', '234.5', 'مستشفي')
    >>> Normalizer(ta=True)("حركة")
    'حركه'
    """

    alef: bool = True
    ya: bool = True
    ta: bool = False
    hamza: bool = False
    digits: bool = True
    _table: dict[int, str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rules: dict[str, str | None] = dict.fromkeys(DIACRITICS + BIDI_CONTROLS + INVISIBLE + TATWEEL)
        rules.update(_FOREIGN)
        for on, letters in ((self.alef, _ALEF), (self.ya, _YA), (self.hamza, _HAMZA), (self.digits, _DIGITS)):
            if on:
                rules.update(letters)
        if self.ta:
            rules.update({"ة": "ه", "\u06c3": "ه"})
        object.__setattr__(self, "_table", str.maketrans(rules))

    def __call__(self, word: str) -> str:
        """Return the normal form of one word."""
        word = _joined_letters(word)
        while True:
            out = word.translate(self._table)
            if not out.isascii():
                out = unicodedata.normalize("NFKC", out).casefold().translate(self._table)
            else:
                out = out.lower()
            if out == word:
                return out
            word = out

    def fold_words(self, words: Iterable[str]) -> list[str]:
        """Return the normal form of each word, in order: as calling it on each, but all words at a time.

        Examples
        --------
        >>> Normalizer().fold_words(["إسلام", "أ.ف.ب"])
        ['اسلام', 'ا.ف.ب']
        """
        forms = [_joined_letters(word) for word in words]
        if any("\n" in form for form in forms):  # the mark between two words below
            return [self(form) for form in forms]
        places = list(range(len(forms)))
        while places:  # nothing that is done to the letters of a word reaches over a line break
            before = [forms[place] for place in places]
            text = unicodedata.normalize("NFKC", "\n".join(before).translate(self._table))
            after = text.casefold().translate(self._table).split("\n")
            changed = [(place, new) for place, old, new in zip(places, before, after, strict=True) if new != old]
            for place, new in changed:
                forms[place] = new
            places = [place for place, _ in changed]
        return forms


DEFAULT_NORMALIZER = Normalizer()


def _joined_letters(word: str) -> str:
    """Return a spelled-out abbreviation with a dot between its letters, so that ق.م is no قم; another word as it is.

    Marks that combine with the letter before them (hamza, madda) are put together with it.
    """
    if len(word) > 2 and word[1] in ". " and _IS_ABBREVIATION.fullmatch(word):
        return ".".join(_SEPARATORS.sub("", word))
    return unicodedata.normalize("NFC", word) if _COMBINING.search(word) else word


def normalize_words(words: Iterable[str], *, normalizer: Normalizer = DEFAULT_NORMALIZER) -> list[str]:
    """Return the normal form of each word, in order.

    Parameters
    ----------
    words : iterable of str
        Words as written.
    normalizer : Normalizer
        Which letters are folded.

    Examples
    --------
    >>> normalize_words(["إسلام", "آباد"])
    ['اسلام', 'اباد']
    """
    return normalizer.fold_words(words)


def fold(text: str) -> str:
    """Fold the letters of a text that the press interchanges (أإآ, ى, ة) one for one, so that offsets stay.

    Examples
    --------
    >>> fold("وكالة أنباء")
    'وكاله انباء'
    """
    for letter, plain in _FOLD:  # a look along the text for each: far faster than str.translate
        text = text.replace(letter, plain)
    return text


def spelling(word: str) -> str:
    """Return the regular expression of a folded word; a tanwin in it may be left out or stand beside its alef.

    Examples
    --------
    >>> [bool(re.fullmatch(spelling("صيفاً"), word)) for word in ("صيفا", "صيفًا", "صيفاً", "صيف")]
    [True, True, True, False]
    """
    plain = re.sub(_TANWIN, "", word)
    if plain == word:
        return re.escape(word)
    if plain.endswith("ا"):
        return f"{re.escape(plain[:-1])}{_TANWIN}?ا{_TANWIN}?"
    return f"{re.escape(plain)}{_TANWIN}?"
