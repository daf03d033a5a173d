"""ProQuest exports in plain text: documents between lines of underscores, each a run of labelled fields."""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.readers.markup import decode_markup, read_bytes
from discourse.sources.readers.records import Entry, entry, language_code, reject
from discourse.sources.readers.stamps import read_stamp

__all__ = ["is_proquest", "read_proquest"]

_RULE = re.compile(r"^_{20,}[ \t]*$", re.M)
_COUNTED = re.compile(
    r"^\s*(?:Document|Documento|Dokument|Documento|وثيقة|المستند|مستند) \d+ (?:of|sur|de|von|di|من) \d+[ \t]*$",
    re.I | re.M,
)
_LABELS = {
    "title": "title|titre|titel|título|titolo|العنوان",
    "byline": "author|auteur|autor|autore|المؤلف|الكاتب",
    "source": (
        "publication title|titre de la publication|titel der publikation|título de la publicación|"
        "título de publicación|titolo pubblicazione|عنوان المنشور|عنوان النشرة"
    ),
    "info": (
        "publication info|informations sur la publication|información de publicación|publikationsinfo|"
        "معلومات النشر"
    ),
    "date_text": (
        "publication date|date de publication|publikationsdatum|fecha de publicación|"
        "data di pubblicazione|تاريخ النشر"
    ),
    "year": "publication year|année de publication|publikationsjahr|año de publicación|سنة النشر|عام النشر",
    "abstract": "abstract|résumé|resumen|zusammenfassung|الملخص|ملخص",
    "text": "full text|texte intégral|volltext|texto completo|testo completo|النص الكامل|نص كامل",
    "section": "section|rubrique|sección|rubrik|القسم",
    "page": "pages|first page|seiten|páginas|pagine|الصفحات",
    "language": (
        "language of publication|language|langue de publication|langue|publikationssprache|sprache|"
        "idioma de la publicación|idioma|لغة النشر|لغة المنشور|اللغة"
    ),
    "accession": (
        "proquest document id|identifiant du document proquest|id del documento de proquest|"
        "id de documento de proquest|proquest-dokument-id|معرف مستند proquest|رقم مستند proquest"
    ),
    "url": "document url|url du document|url del documento|dokument-url|عنوان url للمستند",
    "copyright": "copyright|droits d'auteur|derechos de autor|حقوق النشر",
    "publisher": "publisher|éditeur|editorial|verlag|الناشر",
    "place": "place of publication|lieu de publication|lugar de publicación|erscheinungsort|مكان النشر",
    "country": "country of publication|pays de publication|país de publicación|بلد النشر",
    "document_type": "document type|type de document|tipo de documento|dokumenttyp|نوع المستند",
    "subject": "subject|sujet|materia|thema|الموضوع",
    "end": (
        "database|base de données|base de datos|datenbank|قاعدة البيانات|last updated|"
        "dernière mise à jour|آخر تحديث"
    ),
    "other": (
        "links|liens|vínculos|location|company / organization|company|people|publication subject|issn|"
        "isbn|source type|identifier / keyword|classification|source|column|dateline|illustration|"
        "number of pages|volume|issue|supplement|proquest document link|credit|document feature|place|"
        "edition|url|روابط|الموقع|نوع المصدر"
    ),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _LABELS.items() for name in names.split("|")}
_LABEL = re.compile(
    r"^("
    + "|".join(sorted((re.escape(name) for name in _FIELD_OF), key=len, reverse=True))
    + r")[ \t\u00a0]*:[ \t]*(.*)$",
    re.I,
)
_NUMBERED = re.compile(rf"^(?:{_LABELS['accession']})[ \t\u00a0]*:[^\n]*\n", re.I | re.M)
_LONG = frozenset({"text", "abstract"})


def read_proquest(path: Path) -> Iterator[Entry]:
    """Yield the documents of a ProQuest text export; the table of contents and the bibliography are passed over.

    Taken: headline, author, publication, date, full text (the abstract where there is none: ``text_kind`` says
    which), section, pages, language, document number (the doc_id), address, publisher, place, country, type, copyright.
    """
    text = decode_markup(read_bytes(path)).replace("\r\n", "\n")
    rules = [found.end() for found in _RULE.finditer(text)]
    blocks = list(zip([0, *rules], [*[found.start() for found in _RULE.finditer(text)], len(text)], strict=True))
    documents = [(begin, end) for begin, end in blocks if _is_document(text[begin:end])]
    for number, (begin, end) in enumerate(documents, start=1):
        fields = _fields(_COUNTED.sub("", text[begin:end], count=1))
        closed = "end" in fields or _NUMBERED.search(text, begin, end) is not None
        if number == len(documents) and end == len(text) and not closed:
            line = text.count("\n", 0, begin) + 1
            yield reject(
                f"document {number}, line {line}", "is cut: the file ends before the document's closing fields"
            )
        else:
            yield _document(fields, f"document {number}")


def _is_document(block: str) -> bool:
    labels = {_FIELD_OF[found.group(1).lower()] for line in block.split("\n") if (found := _LABEL.match(line.strip()))}
    return len(labels & {"text", "abstract", "accession", "source", "date_text", "title"}) >= 2 or bool(
        _COUNTED.search(block)
    )


def _fields(block: str) -> dict[str, str]:
    """Read the labelled fields; a line without a label goes on with the field before it, the first one is the headline.

    Inside the full text only the labels that close it end it: a paragraph may well begin with "Title:".
    """
    fields: dict[str, str] = {}
    current, closing = "heading", False
    for line in block.split("\n"):
        found = _LABEL.match(line.strip())
        field = _FIELD_OF[found.group(1).lower()] if found else None
        closing = closing or current not in _LONG or field in {"subject", "other", "title", "source", "copyright"}
        if found and field and (current not in _LONG or field not in {"abstract", "byline", "section", "page"}):
            current = field
            if field not in fields:
                fields[field] = found.group(2).strip()
            continue
        if current in _LONG or current == "heading":
            fields[current] = fields.get(current, "") + "\n" + line.strip()
        elif line.strip() and not line.strip().startswith("http"):
            fields[current] = (fields[current] + " " + line.strip()).strip()
    return {name: value.strip() for name, value in fields.items()}


def _document(fields: dict[str, str], record: str) -> Entry:
    heading = [line for line in fields.get("heading", "").split("\n") if line.strip() and not line.startswith("http")]
    stamp = (
        read_stamp(fields.get("date_text"))
        or read_stamp(fields.get("info"), names_only=True)
        or read_stamp(fields.get("year"))
    )
    full = fields.get("text", "")
    body = full or fields.get("abstract", "")
    kind = "full" if full else "summary"
    source = fields.get("source") or re.split(r"[;:]", fields.get("info", ""))[0].strip() or None
    names = (
        "byline",
        "section",
        "page",
        "url",
        "copyright",
        "publisher",
        "place",
        "country",
        "document_type",
        "subject",
    )
    return entry(
        record, "\n".join(line for line in body.split("\n") if line.strip()),
        title=fields.get("title") or (heading[0] if heading else None), source=source,
        date=stamp[0] if stamp else None, date_precision=stamp[1] if stamp else None, date_text=fields.get("date_text"),
        language=language_code(fields.get("language")), accession=fields.get("accession"),
        vendor="proquest", text_kind=kind,
        **{name: fields.get(name) for name in names},
    )  # fmt: skip


def is_proquest(text: str) -> bool:
    """Say whether a text is a ProQuest export: its heading, or rules of underscores with labelled documents between."""
    if "Report Information from ProQuest" in text[:2000]:
        return True
    return _RULE.search(text) is not None and any(_is_document(block) for block in _RULE.split(text[:200_000])[1:4])
