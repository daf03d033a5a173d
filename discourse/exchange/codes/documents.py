"""The document of each text that a tool holds: by its id, else by its text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from discourse.exchange.codes.found import Source
from discourse.exchange.codes.pairs import pair_texts, plain_text, simplify
from discourse.exchange.codes.placing import OTHER_TEXT, Place

__all__ = ["Documents"]

NONE = "no document has this id or this text"
SEVERAL_TEXTS = "several documents have this text and no id tells which"
SEVERAL_IDS = "the ids name several documents"


class Documents:
    """Documents that are asked for by the names and the text of a source."""

    def __init__(self, texts: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._texts = texts
        self._names = names

    @classmethod
    def of_table(cls, documents: pd.DataFrame, names: Mapping[str, str]) -> "Documents":
        """Take the documents of DOCUMENTS."""
        texts = zip(documents["doc_id"].astype("str"), documents["text"].astype("str"), strict=True)
        return cls(dict(texts), names)

    @classmethod
    def of_sources(cls, sources: Sequence[Source], names: Mapping[str, str]) -> "Documents":
        """Take the texts of a file for the documents, each by its first name, its number, or where it stands."""
        texts: dict[str, str] = {}
        ids: dict[str, str] = dict(names)
        for source in sources:
            own = next((one for one in (*source.names, *source.own) if one), source.record)
            for name in source.names:
                ids.setdefault(name, own)
            texts.setdefault(ids.get(own, own), source.text or "")
        return cls(texts, ids)

    @cached_property
    def _by_text(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for doc_id, text in self._texts.items():
            out.setdefault(text, []).append(doc_id)
        return out

    @cached_property
    def _by_plain(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for doc_id, text in self._texts.items():
            out.setdefault(plain_text(text), []).append(doc_id)
        return out

    def _alike(self, text: str) -> list[str]:
        """Return the documents whose text is this one but for line ends, normal form and spaces."""
        near = self._by_plain.get(plain_text(text), [])
        simple = simplify(text).text if near else ""
        return [doc_id for doc_id in near if simplify(self._texts[doc_id]).text == simple]

    def place(self, source: Source) -> tuple[Place | None, str | None]:
        """Return where a source stands, or why nowhere."""
        named = {self._names.get(name, name) for name in source.names} & self._texts.keys()
        if len(named) > 1 and source.text is not None:
            named = {one for one in named if self._texts[one] == source.text} or named
        if len(named) > 1:
            return None, SEVERAL_IDS
        if named:
            return self._at(named.pop(), source), None
        if source.text is None or not source.text.strip():
            return None, NONE
        same = self._by_text.get(source.text) or self._alike(source.text)
        if len(same) > 1:
            same = [one for one in same if one in source.own]
            if len(same) != 1:
                return None, SEVERAL_TEXTS
        return (self._at(same[0], source), None) if same else (None, NONE)

    def _at(self, doc_id: str, source: Source) -> Place:
        text = self._texts[doc_id]
        return Place(doc_id, text, None if source.text is None else pair_texts(source.text, text))

    @staticmethod
    def differ(source: Source, place: Place) -> str | None:
        """Say that a code of the whole text belongs to another text; letters and digits alone are compared."""
        if source.text is None or place.pair is not None or _letters(source.text) == _letters(place.text):
            return None
        return OTHER_TEXT


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))
