"""The vendors' sample exports: records in, counted by a pattern over the bytes, against documents and rejects out."""

import gzip
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from judging import Row, row

from discourse.sources.readers import detect_format, read_sources

# What makes a record, by the beginning of the name of a sample.
RECORDS = {
    "factiva/": rb'class="article \w+Article"|<accessionNo>',
    "nexis/": rb"\d+ of \d+ DOCUMENTS|End of Document",
    "europresse/": rb"DocPublicationName\"",
    "rss/": rb"<item>",
    "warc/": rb"WARC-Type: (?:response|revisit)",
    "html/": rb"</html>",
}
NO_TEXT = b"WARC-Type: revisit"  # a record that names an earlier one and holds no text
# Rejects that tell of a damaged place and are no record.
NOTES = {"warc/example-trunc.warc": 1}


def content(path: Path) -> bytes:
    """Return what a sample holds, unpacked."""
    if path.suffix.lower() == ".docx":
        return zipfile.ZipFile(path).read("word/document.xml")
    return gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row a sample."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]
    for path in sorted(paths):
        name = path.relative_to(folder).as_posix()
        pattern = RECORDS[f"{name.partition('/')[0]}/"]
        raw = content(path)
        n_records = len(re.findall(pattern, raw))
        documents, rejects = read_sources(path)
        got = {"records": len(documents) + len(rejects) - NOTES.get(name, 0), "documents": len(documents)}
        right = {"records": n_records, "documents": n_records - raw.count(NO_TEXT)}
        told = row(
            name, detect_format(path).format, right, got | {"rejects": len(rejects), "notes": NOTES.get(name, 0)}
        )
        yield told._replace(holds=told.holds and n_records > 0)
