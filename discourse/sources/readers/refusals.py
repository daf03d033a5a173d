"""What stands in the place of an article and is none: error pages, challenges, a vendor's note on a lost record."""

import re
from collections.abc import Iterable

from discourse.language.arabic.plain import plain_text
from discourse.sources.dates.fields import field_text
from discourse.sources.readers.headings import headings

__all__ = ["is_refusal", "is_vendor_note"]


def _pattern(name: str, key: str) -> re.Pattern[str]:
    """Return one pattern of a list of patterns, its letters spelled as ``field_text`` spells them."""
    return re.compile("|".join(f"(?:{plain_text(pattern).text.lower()})" for pattern in headings(name)[key]))


_TITLE, _TEXT = _pattern("pages", "refusal_titles"), _pattern("pages", "refusal_texts")
_SURE, _NOTE = _pattern("pages", "refusal_sure"), _pattern("records", "vendor_notes")
_FEW, _SOME, _NOTE_WORDS = 60, 150, 40  # words of a page, and of a vendor's note
_AT_HEAD = 12
_PARTS = re.compile(r"\s+[|:»«\-]+\s+|\s*[|»«]\s*")


def is_refusal(titles: Iterable[str | None], text: str) -> bool:
    """Tell whether a page is an error page or a challenge: by a title that says nothing else, or by its few words.

    Examples
    --------
    >>> is_refusal(["404 Not Found"], "nginx"), is_refusal(["Security check at the border"], "word " * 300)
    (True, False)
    """
    n_words = len(text.split())
    for title in titles:
        plain = field_text(title or "").strip()
        parts = {plain, *_PARTS.split(plain)}
        if any(part and _TITLE.fullmatch(part.strip(" .!؟?،,-")) for part in parts):
            if n_words <= _SOME or _SURE.search(plain):
                return True
    return n_words <= _FEW and _TEXT.search(field_text(text[:1000])) is not None


def is_vendor_note(text: str, *, bare: bool) -> bool:
    """Tell whether the text of a record is a vendor's note that the record cannot be shown.

    ``bare`` says that the record has neither headline nor date; the text of another one must begin with the note.

    Examples
    --------
    >>> is_vendor_note("We are sorry but there is an error in this document.", bare=True)
    True
    """
    if len(text.split()) > _NOTE_WORDS:
        return False
    found = _NOTE.search(field_text(text))
    return found is not None and (bare or found.start() <= _AT_HEAD)
