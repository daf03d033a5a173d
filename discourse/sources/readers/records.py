"""From what a reader found in a file to the tables DOCUMENTS and REJECTS.

A reader yields *entries*: plain dicts, one per record of the file. An entry with the key ``reason`` is a record that
could not become a document; any other entry is a document in the making. ``tables_of`` turns them into tables.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from discourse.schema import conform

__all__ = [
    "Entry",
    "digest",
    "entry",
    "join_tables",
    "language_code",
    "merge",
    "no_documents",
    "number_of",
    "reject",
    "rejects_of",
    "tables_of",
]

Entry = dict[str, Any]

VARIABLES = (
    "date_text",
    "byline",
    "section",
    "page",
    "edition",
    "language",
    "url",
    "n_words",
    "lead",
    "copyright",
    "accession",
    "vendor",
    "text_kind",
    "file",
    "record",
)
"""Document variables that the readers fill, in the order in which they follow the columns of DOCUMENTS."""

_FIRST = ("doc_id", "text", "date", "date_precision", "source", "title")
_REJECTS = ("path", "record", "reason")
_SPACE = re.compile(r"\s+")

_LANGUAGES = {
    "ar": "arabic arabe arabisch árabe arabo arabisch العربية عربي عربية арабский arapça 阿拉伯文 アラビア語",
    "en": (
        "english englishs anglais englisch inglés ingles inglese inglês الإنجليزية الانجليزية إنجليزي "
        "английский ingilizce 英文 英語"
    ),
    "fr": (
        "french français francais französisch francés frances francese francês الفرنسية فرنسي "
        "французский fransızca 法文"
    ),
    "de": "german allemand deutsch alemán aleman tedesco alemão الألمانية الالمانية немецкий almanca 德文",
    "es": "spanish espagnol spanisch español espanol spagnolo espanhol الإسبانية الاسبانية испанский 西班牙文",
    "ru": "russian russe russisch ruso russo الروسية русский rusça 俄文",
    "fa": "persian farsi persan persisch persa persiano الفارسية персидский farsça",
    "ps": "pashto pachto paschtu pastún الباشتو البشتو пушту",
    "ur": "urdu ourdou الأردية الاردية урду",
    "tr": "turkish turc türkisch turco التركية турецкий türkçe",
    "he": "hebrew hébreu hebräisch hebreo ebraico العبرية иврит ibranice",
    "zh": "chinese chinois chinesisch chino cinese chinês الصينية китайский 中文 中文(简体) 中文(繁体)",
    "it": "italian italien italienisch italiano الإيطالية الايطالية итальянский",
    "pt": "portuguese portugais portugiesisch portugués português portoghese البرتغالية португальский",
}
_CODE_OF = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def entry(record: str, text: str, **variables: Any) -> Entry:
    """Return one record of a file as an entry; variables that are null or blank are left out."""
    kept = {name: value for name, value in variables.items() if value is not None and str(value).strip() != ""}
    return {"record": record, "text": text, **kept}


def reject(record: str, reason: str) -> Entry:
    """Return one record that cannot become a document, with the reason as a sentence."""
    return {"record": record, "reason": reason}


def language_code(name: str | None) -> str | None:
    """Return the ISO 639-1 code of a language named in any interface language; other names stay as printed.

    Examples
    --------
    >>> language_code("Arabisch"), language_code("العربية"), language_code("ENGLISH; ENGLISHS"), language_code("ar-aa")
    ('ar', 'ar', 'en', 'ar')
    """
    if not name or not name.strip():
        return None
    first = re.split(r"[;,|/]", name.strip().lower())[0].strip()
    if re.fullmatch(r"[a-z]{2}([-_][a-z0-9]+)*", first):
        return first[:2]
    return _CODE_OF.get(first, first)


def digest(*parts: object) -> str:
    """Return 16 hexadecimal digits of a SHA-256 over the parts, blank runs counted as one space."""
    joined = "\x1f".join(_SPACE.sub(" ", "" if part is None else str(part)).strip() for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name(found: Entry) -> str:
    """Name a document: its own doc_id, else vendor and accession number, else vendor and a digest of its content."""
    if found.get("doc_id"):
        return str(found["doc_id"])
    vendor = found.get("vendor", "text")
    if found.get("accession"):
        return f"{vendor}-{found['accession']}"
    key = (found.get("source"), found.get("date"), found.get("title"), found["text"])
    return (
        f"{vendor}-{digest(found['url'])}" if found.get("by_url") and found.get("url") else f"{vendor}-{digest(*key)}"
    )


def no_documents() -> pd.DataFrame:
    """Return a DOCUMENTS table without rows."""
    return conform(pd.DataFrame({name: pd.Series(dtype="str") for name in _FIRST}), "DOCUMENTS")


def rejects_of(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Return a REJECTS table of rows with path, record and reason."""
    return pd.DataFrame(rows, columns=list(_REJECTS), dtype="str")


def tables_of(entries: Iterable[Entry], *, path: str, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the entries of one file into DOCUMENTS and REJECTS; every entry ends in exactly one of them.

    Parameters
    ----------
    entries : iterable of dict
        What a reader yields.
    path, file : str
        The path for REJECTS, and the file name for the document variable `file`.
    """
    kept: list[Entry] = []
    refused: list[dict[str, str]] = []
    seen: dict[str, Entry] = {}
    for found in entries:
        if "reason" not in found and not found["text"].strip():
            found = reject(found["record"], "the text is empty")
        if "reason" in found:
            refused.append({"path": path, "record": found["record"], "reason": found["reason"]})
            continue
        found["doc_id"] = _name(found)
        earlier = seen.get(found["doc_id"])
        if earlier is not None and earlier["text"] != found["text"]:
            found["doc_id"] += "-" + digest(found["text"])[:6]
            earlier = seen.get(found["doc_id"])
        if earlier is not None:
            refused.append(_repeat(path, found["record"], found["doc_id"], earlier["record"]))
            continue
        seen[found["doc_id"]] = found
        kept.append({**found, "file": file})
    return _documents(kept), rejects_of(refused)


def _repeat(path: str, record: str, doc_id: str, earlier: str) -> dict[str, str]:
    return {"path": path, "record": record, "reason": f"repeats {doc_id!r}, already read as {earlier}"}


def _documents(kept: list[Entry]) -> pd.DataFrame:
    if not kept:
        return no_documents()
    names = list(_FIRST) + [name for name in VARIABLES if any(name in found for found in kept)]
    names += sorted({name for found in kept for name in found} - set(names) - {"by_url"})
    columns: dict[str, Any] = {name: [found.get(name) for found in kept] for name in names}
    columns["date"] = pd.to_datetime(pd.Series([_timestamp(value) for value in columns["date"]], dtype="object"))
    frame = pd.DataFrame(columns)
    for name in names:
        if name == "n_words":
            frame[name] = pd.array([found.get(name) for found in kept], dtype="Int64")
        elif name != "date":
            frame[name] = frame[name].astype("str").where(frame[name].notna())
    return conform(frame, "DOCUMENTS")


def _timestamp(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) else None


def join_tables(pairs: Iterable[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Join the tables of several files; a document that an earlier file holds already becomes a reject.

    Two documents with one doc_id and different texts (two versions under one accession number) are both kept: the
    later one gets a digest of its text after the doc_id. The column ``path`` of the tables of documents, from which
    the rejects take their path, does not go on.
    """
    seen: dict[str, tuple[int, str]] = {}
    tables: list[pd.DataFrame] = []
    refused: list[pd.DataFrame] = []
    for documents, rejects in pairs:
        documents, repeats = _unseen(documents, seen)
        refused += [rejects, repeats]
        if len(documents):
            empty = [name for name in documents if name not in _FIRST and documents[name].isna().all()]
            tables.append(documents.drop(columns=["path", *empty], errors="ignore"))
    joined = pd.concat(tables, ignore_index=True) if tables else no_documents()
    extra = [name for name in VARIABLES if name in joined.columns]
    rest = sorted(name for name in joined.columns if name not in _FIRST and name not in VARIABLES)
    joined = conform(joined[list(_FIRST) + extra + rest], "DOCUMENTS")
    table = pd.concat([rejects_of([]), *refused], ignore_index=True).astype("str")
    return joined, table.sort_values("path", kind="stable", ignore_index=True)


def _unseen(documents: pd.DataFrame, seen: dict[str, tuple[int, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = documents["doc_id"].tolist()
    places = _column(documents, "record")
    files = _column(documents, "file")
    paths = _column(documents, "path")
    keep, repeats, renamed = [], [], list(names)
    for row, (name, text) in enumerate(zip(names, documents["text"].tolist(), strict=True)):
        mark = hash(text)
        earlier = seen.get(name)
        if earlier is not None and earlier[0] != mark:
            renamed[row] = name = f"{name}-{digest(text)[:6]}"
            earlier = seen.get(name)
        if earlier is not None:
            repeats.append(_repeat(paths[row] or files[row], places[row] or name, name, earlier[1]))
            continue
        seen[name] = (mark, f"{places[row] or name} of {files[row]!r}")
        keep.append(row)
    if len(keep) < len(names) or renamed != names:
        documents = documents.assign(doc_id=renamed).iloc[keep]
    return documents, rejects_of(repeats)


def _column(documents: pd.DataFrame, name: str) -> list[str]:
    if name not in documents.columns:
        return [""] * len(documents)
    return documents[name].astype("object").where(documents[name].notna(), "").astype("str").tolist()


def number_of(text: str | None) -> int | None:
    """Return the number of words that a vendor prints ("2,968 words", "١٬٢٠٠ كلمة"), or null."""
    found = re.search(r"\d[\d.,\u066c\u00a0\u202f]*", text or "")
    if found is None:
        return None
    digits = "".join(str(int(char)) for char in found.group() if char.isdigit())
    return int(digits) if digits else None


def merge(found: Entry, extra: Mapping[str, Any]) -> Entry:
    """Return the entry with what ``extra`` knows; null values of ``extra`` change nothing."""
    return {**found, **{name: value for name, value in extra.items() if not pd.isna(value)}}
