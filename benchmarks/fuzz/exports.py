# ruff: noqa: E501 (tables of values, marks and shells)
"""Exports of vendors, pages, feeds, archives of pages, files of other tools that `discourse read` takes."""

import gzip
import importlib.util
import io
import random
import zipfile
from html import escape
from pathlib import Path
from typing import Any

from fuzz.corpora import Case
from fuzz.values import DATES, SENTENCES, TEXTS, damage, flood

__all__ = ["FORMATS", "make_export"]

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "sources" / "readers"
# format: the function of the fixtures that writes it, and the ending
_BUILT = {
    "factiva-html": (("factiva_coded", "factiva_placed"), "html"),
    "factiva-xml": (("factiva_xml",), "xml"),
    "nexis-html": (("nexis_html",), "html"),
    "nexis-text": (("nexis_text",), "txt"),
    "nexis-docx": (("nexis_docx",), "docx"),
    "europresse": (("europresse_older", "europresse_newer"), "html"),
    "proquest": (("proquest",), "txt"),
    "rss": (("rss",), "xml"),
    "atom": (("atom",), "xml"),
    "gdelt": (("gdelt",), "json"),
    "mediacloud": (("mediacloud",), "csv"),
}
FORMATS = (*_BUILT, "docx", "page", "warc", "arc", "wet", "pdf", "zip", "rtf", "sources-folder", "addresses")
_MARKS = (
    b"<", b">", b"<p>", b"</p>", b"<div>", b"</div>", b"<b><i>", b"<a href=x>", b"<title>", b"<item>", b"</item>", b"<entry>", b"<!--",
    b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&", b"&#x", b"<script>", b"<style>", b"<table><tr><td>", b"<br>", b' a="b"', b" a=", b'"',
    b"'", b"<?xml", b"<!DOCTYPE", b"<meta ", b"<p class=c", b"<h1>", b"<span>", b"\n", b" ", b"\xd8\xa7", b"\xd8", b"\x00", b"<article>",
    b"<description>", b"<li>", b"<select><option>", b"<svg>", b"</", b"<time>2015-12-23</time>", b"2015", b"1/", b"23 ", b": ", b"* ",
)  # fmt: skip
_LINES = (
    b"WARC/1.0\r\n", b"WARC/1.0\n", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n", b"Content-Length: 9\r\n", b"\r\n", b"\n", b"\r\n\r\n", b"a: b\r\n",
    b"HTTP/1.1 200 OK\r\n", b"http://a.example/ 1.2.3.4 20151223101010 text/html 5\n", b"0\r\n", b" ", b"\x00", b"x", b"WARC-Type: response\r\n",
    b"\x1f\x8b",
)  # fmt: skip
_TEXT_LINES = (
    b"\n",
    b"LENGTH: ",
    b"1 of 3 DOCUMENTS\n",
    b"____________\n",
    b"ProQuest document ID: 1\n",
    b" ",
    b"\t",
    b"HD\n",
    b"a: b\n",
    b"\x0c",
)


def _fixtures() -> Any:
    spec = importlib.util.spec_from_file_location("build_fixtures", FIXTURES / "build_fixtures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_MADE: dict[str, Any] = {}


def make_export(kind: str, folder: Path, draw: random.Random) -> Case:
    """Write an export with hostile values in its fields, a half of all damaged or flooded."""
    if kind == "sources-folder":
        return _folder(folder, draw)
    if kind == "addresses":
        return _addresses(folder, draw)
    raw, ending, n_records = _sound(kind, draw)
    fate = draw.random()
    if fate < 0.35:
        raw, n_records = damage(raw, draw), None
    elif fate < 0.55:
        parts = _LINES if kind in ("warc", "arc", "wet") else _MARKS + _TEXT_LINES
        size = draw.choice((2_000, 60_000, 300_000))
        raw = _flooded_docx(raw, draw, size) if ending == "docx" else flood(raw, parts, draw, size=size)
        n_records = None
    if kind in ("docx", "page", "warc", "wet", "rss", "arc") and draw.random() < 0.15:
        raw, ending = gzip.compress(raw), f"{ending}.gz"
    path = folder / f"a.{ending}"
    path.write_bytes(raw)
    return Case(kind, path, n_records)


def _articles(draw: random.Random) -> tuple[list[tuple], bool]:
    """Return articles for the shells, and whether all their fields are sound."""
    sound = draw.random() < 0.3
    out = []
    for number in range(draw.choice((1, 3, 7))):
        text = [f"{draw.choice(SENTENCES)} {number}" for _ in range(draw.choice((1, 2, 4)))]
        title, source, byline = f"عنوان {number}", "المرصد", "سلمى"
        if not sound:
            text = [one if draw.random() < 0.5 else draw.choice(TEXTS) for one in text] + [f"خبر {number}"]
            title, source, byline = (
                draw.choice(TEXTS) if draw.random() < 0.5 else one for one in (title, source, byline)
            )
        out.append(((2015, draw.randint(1, 12), draw.randint(1, 28)), source, title, byline, tuple(text)))
    return out, sound


def _sound(kind: str, draw: random.Random) -> tuple[bytes, str, int | None]:
    """Return the bytes of a whole export, how its name ends, and how many records it holds."""
    articles, sound = _articles(draw)
    if kind in _BUILT:
        names, ending = _BUILT[kind]
        build = _builder(draw.choice(names), articles)
        try:
            made = build()
        except (ValueError, KeyError, IndexError):  # a value that the shell cannot hold
            made, sound = _builder(names[0], _MADE["sound"])(), False
        raw = made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
        return raw, ending, len(articles) if sound else None
    body = "".join(f"<p>{one}</p>" for one in articles[0][4])
    printed = draw.choice(DATES)
    meta = f'<meta charset="{draw.choice(("utf-8", "utf-8", "undefined", "idna", "utf-7", "windows-1256", "", "x" * 50))}">'
    markup = f"<html><head>{meta}<title>{articles[0][2]}</title></head><body><article><h1>x</h1><time>{printed}</time>{body}</article></body></html>"
    page = markup.encode("utf-8", "surrogatepass")
    if kind == "page":
        return page, draw.choice(("html", "htm", "txt")), 1
    if kind in ("warc", "wet"):
        lying = draw.random() < 0.25
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        block = block if kind == "warc" else "".join(articles[0][4]).encode("utf-8", "replace")
        kinds = {"warc": "response", "wet": "conversion"}
        raw = b"".join(_warc(kinds[kind], block, draw, lying=lying) for _ in articles)
        return raw, {"warc": "warc", "wet": "warc.wet"}[kind], None if lying else len(articles)
    if kind == "arc":
        head = b"filedesc://a.arc 0.0.0.0 20151223101010 text/plain 75\n1 0 x\nURL IP-address Archive-date Content-type Archive-length\n"
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        return (
            head
            + b"\n"
            + b"".join(
                b"http://a.example/%d 1.2.3.4 20151223101010 text/html %d\n" % (n, len(block)) + block + b"\n"
                for n in range(len(articles))
            ),
            "arc",
            None,
        )
    if kind == "docx":
        if "module" not in _MADE:
            _builder("rss", [])
        paragraphs = [f"<w:p><w:r><w:t>{escape(one, quote=False)}</w:t></w:r></w:p>" for one in articles[0][4]]
        try:
            return _MADE["module"].docx(paragraphs), "docx", 1 if sound else None
        except ValueError:
            return _MADE["module"].docx([]), "docx", 1
    if kind == "pdf":
        return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + page, "pdf", None
    if kind == "rtf":
        return rb"{\rtf1\ansi " + page + b"}", "rtf", None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as packed:
        packed.writestr(
            draw.choice(("a.txt", "../a.txt", "/a.txt", "word/document.xml", "xl/workbook.xml", "[Content_Types].xml")),
            page * draw.choice((1, 500)),
        )
    return out.getvalue(), draw.choice(("zip", "docx", "xlsx", "qdpx")), None


def _builder(name: str, articles: list[tuple]) -> Any:
    """Return a function of the fixtures that puts these articles into its shell."""
    if "module" not in _MADE:
        _MADE["module"] = _fixtures()
        _MADE["sound"] = _MADE["module"].ARTICLES
    function = getattr(_MADE["module"], name)
    function.__globals__["ARTICLES"] = tuple(articles)
    return function


def _warc(kind: str, block: bytes, draw: random.Random, *, lying: bool) -> bytes:
    said = len(block) if not lying else draw.choice((0, 1, len(block) - 3, len(block) + 5, 10**12, -5))
    address = f"http://a.example/{draw.randrange(10**9)}".encode()
    date = draw.choice((b"2015-12-23T10:00:00Z", b"x", b"9999-99-99T00:00:00Z"))
    head = b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Length: %d\r\n\r\n"
    return head % (kind.encode(), address, date, said) + block + b"\r\n\r\n"


def _flooded_docx(raw: bytes, draw: random.Random, size: int) -> bytes:
    """Return a Word file whose text part is flooded inside the package."""
    marks = (
        b"<w:p>",
        b"</w:p>",
        b"<w:r><w:t>x</w:t></w:r>",
        b"<w:tbl>",
        b"<w:tab/>",
        b"<mc:AlternateContent>",
        b"&amp;",
        b"x",
        b"<w:p/>",
        b"<w:del>",
    )
    try:
        inside = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile:
        return raw
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in inside.namelist():
            part = inside.read(name)
            packed.writestr(name, flood(part, marks, draw, size=size) if name.endswith("document.xml") else part)
    return out.getvalue()


def _folder(folder: Path, draw: random.Random) -> Case:
    """Fill a folder with whatever lies beside texts."""
    place = folder / "mixed"
    place.mkdir()
    for number in range(draw.choice((2, 4))):
        raw, ending, _ = _sound(
            draw.choice([kind for kind in FORMATS if kind not in ("sources-folder", "addresses")]), draw
        )
        (place / f"f{number}.{draw.choice((ending, ending, 'txt', 'csv', 'json', 'x', 'js'))}").write_bytes(
            damage(raw, draw) if draw.random() < 0.5 else raw
        )
    (place / "loop").symlink_to(place, target_is_directory=True)
    (place / "gone.txt").symlink_to(place / "nowhere")
    if draw.random() < 0.3:
        (place / "nothing").mkdir()
    (place / draw.choice(("Thumbs.db", "README.md", "a.js", ".hidden"))).write_bytes(b"x")
    return Case("sources-folder", place)


def _addresses(folder: Path, draw: random.Random) -> Case:
    """List addresses none of which is public: each is refused before a request."""
    bad = (
        "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/a", "http://[bad", "http://", "https://192.168.0.1:99999/", "ftp://a/", "x",
        "http://169.254.169.254/", "file:///etc/passwd", "http://127.0.0.1\n/", "http://127.1/", "http://0/", "javascript:1", "http://127.0.0.1/" + "a" * 5000,
        "http://0x7f.1/", "//127.0.0.1/", "http://user:pw@127.0.0.1/", "http://127.0.0.1/%", "http://127.0.0.1/$\\_", "http://١٢٧.٠.٠.١/", "http://127。0.0.1/",
    )  # fmt: skip
    chosen = [draw.choice(bad) for _ in range(draw.choice((1, 4, 12)))]
    table = draw.random() < 0.6
    lines = (["url"] if table else []) + [one.replace("\n", "") for one in chosen]
    raw = "\n".join(lines).encode() + b"\n"
    path = folder / ("a.csv" if table else "a.txt")
    path.write_bytes(damage(raw, draw) if draw.random() < 0.3 and table else raw)
    return Case("addresses", path)
