"""The report: one HTML page that holds all it shows."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from matplotlib.figure import Figure

from discourse.display.cells import escape
from discourse.display.figures import figure_png
from discourse.display.tables import Table
from discourse.display.wording import LANGUAGES, fill_in, words
from discourse.errors import SchemaError, check_choice
from discourse.provenance import Provenance

__all__ = ["PAGES", "Block", "Exhibit", "Folded", "Live", "Paragraph", "render_report"]

PAGES = "<!-- pages -->"  # two of them mark where links to further pages stand


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a kind of its own: the finding, or a note below something."""

    text: str
    kind: str


@dataclass(frozen=True)
class Folded:
    """Blocks that stand folded under one line until the reader opens them; print leaves the line."""

    line: str
    blocks: "Sequence[Block]"


@dataclass(frozen=True)
class Exhibit:
    """A figure (or its PNG) or a table that the page numbers, with its caption.

    ``text`` stands for a figure where it cannot be seen; ``source`` is the file beside the page that holds the numbers.
    """

    content: Figure | bytes | Table
    caption: str
    text: str = ""
    source: str = ""


@dataclass(frozen=True)
class Live:
    """A part of the page that its own script draws: markup that the library wrote, with its style and its script.

    The markup may hold data (``<script type="application/json">``); what stands in it is escaped by whoever made it.
    """

    markup: str
    style: str = ""
    script: str = ""


Block = str | Table | Paragraph | Folded | Exhibit | Live


def render_report(
    title: str,
    sections: Sequence[tuple[str, Sequence[Block]]],
    *,
    language: str = "en",
    record: Provenance | None = None,
) -> str:
    """Return one HTML page: it needs no other file and no net; without a ``Live`` block it holds no script.

    The page forbids itself every request and every script but its own (Content Security Policy).

    Parameters
    ----------
    title : str
        Title of the page.
    sections : sequence of (str, sequence of blocks)
        Heading and content: a paragraph (str, or ``Paragraph`` of a kind), a ``Table``, an ``Exhibit`` (a figure, or a
        table with a caption and a file of its own), ``Folded``, blocks under one line, or ``Live``, a part with a
        script. A section without a heading stands above the contents. Figures and tables are numbered as they come.
    language : {"en", "ar"}
        Language of the page; it sets ``lang`` and ``dir``. Every paragraph finds its own direction beside.
    record : Provenance, optional
        Written at the end.

    Returns
    -------
    str
        The page. All text is escaped; equal content gives equal pages.

    Raises
    ------
    SchemaError
        ``language`` is unknown, or a block is none of these kinds.

    Examples
    --------
    >>> page = render_report("موسكو", [("Flow", ["<script>"])], language="ar")
    >>> '<html lang="ar" dir="rtl">' in page, "<script>" in page
    (True, False)
    """
    check_choice("language", language, LANGUAGES)
    contents, provenance = (words("page", name, language) for name in ("contents", "provenance"))
    write = _Writer(language)
    opening = [write.block(block) for heading, blocks in sections if not heading for block in blocks]
    parts = [(heading, "\n".join(map(write.block, blocks))) for heading, blocks in sections if heading]
    if record is not None:
        told = f'<details><summary dir="auto">{escape(words("page", "record", language))}</summary>'
        parts.append((provenance, f'{told}<pre dir="ltr">{escape(record.to_json())}</pre></details>'))
    body = [f'<header><h1 dir="auto">{escape(title)}</h1>', *opening, "</header>"]
    body += [f'<nav aria-label="{escape(contents)}"><h2>{contents}</h2>', "<ul>"]
    body += [f'<li><a href="#s{n}" dir="auto">{escape(heading)}</a></li>' for n, (heading, _) in enumerate(parts, 1)]
    body += ["</ul>", f"{PAGES}{PAGES}", "</nav>", "<main>"]
    for n, (heading, content) in enumerate(parts, 1):
        body += [f'<section id="s{n}">', f'<h2 dir="auto">{escape(heading)}</h2>', content, "</section>"]
    body.append("</main>")
    direction = "rtl" if language == "ar" else "ltr"
    live = [block for _, blocks in sections for block in _live_parts(blocks)]
    styles, scripts = ([getattr(one, name) for one in live] for name in ("style", "script"))
    style = "\n".join([_style(), *dict.fromkeys(filter(None, styles))])
    code = list(dict.fromkeys(filter(None, scripts)))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction}">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(code)}">',
            f"<style>{style}</style></head>",
            "<body>",
            *body,
            *(f"<script>{one}</script>" for one in code),
            "</body></html>",
            "",
        ]
    )


def _live_parts(blocks: Sequence[Block]) -> list[Live]:
    inner = [part for block in blocks if isinstance(block, Folded) for part in _live_parts(block.blocks)]
    return [block for block in blocks if isinstance(block, Live)] + inner


def _policy(scripts: Sequence[str]) -> str:
    """Return what the page allows itself: its own pictures, styles and scripts, and no request."""
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode("ascii") for one in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; "
        "form-action 'none'"
    )


@cache
def _style() -> str:
    return files("discourse.display").joinpath("report.css").read_text(encoding="utf-8")


class _Writer:
    """Writes the blocks of one page and numbers its figures and tables as they come."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._counts = {"figure": 0, "table": 0}

    def block(self, block: Block) -> str:
        """Return one block as HTML."""
        if isinstance(block, str):
            return f'<p dir="auto">{escape(block)}</p>'
        if isinstance(block, Paragraph):
            return f'<p class="{escape(block.kind)}" dir="auto">{escape(block.text)}</p>'
        if isinstance(block, Folded):
            inner = "\n".join(map(self.block, block.blocks))
            return f'<details><summary dir="auto">{escape(block.line)}</summary>\n{inner}\n</details>'
        if isinstance(block, Live):
            return block.markup
        if isinstance(block, Table):
            return self._table(block, block.caption, "")
        if isinstance(block, Exhibit) and isinstance(block.content, Table):
            return self._table(block.content, block.caption, block.source)
        if isinstance(block, Exhibit) and isinstance(block.content, Figure | bytes):
            return self._figure(block.content, block)
        raise SchemaError(
            f"`sections` holds a {type(block).__name__}; a block is a str, a Paragraph, a Table, an Exhibit of a "
            "Figure or a Table, Folded or Live blocks."
        )

    def _numbered(self, kind: str) -> tuple[str, str]:
        """Return the id and the name of the next figure or table."""
        self._counts[kind] += 1
        return f"{kind}-{self._counts[kind]}", fill_in("page", kind, self._language, n=self._counts[kind])

    def _figure(self, content: Figure | bytes, block: Exhibit) -> str:
        png = content if isinstance(content, bytes) else figure_png(content)
        image = base64.b64encode(png).decode("ascii")
        place, name = self._numbered("figure")
        caption = f"<b>{escape(name)}.</b> {escape(block.caption)} {self._source(block.source)}".rstrip()
        return (
            f'<figure id="{place}"><div class="wide" dir="ltr" tabindex="0" role="group" aria-label="{escape(name)}">'
            f'<img alt="{escape(block.text)}" src="data:image/png;base64,{image}"></div>'
            f'<figcaption dir="auto">{caption}</figcaption></figure>'
        )

    def _table(self, table: Table, caption: str, source: str) -> str:
        place, name = self._numbered("table")
        told = f"<b>{escape(name)}.</b> {escape(caption)} {self._source(source)}".rstrip()
        return (
            f'<figure class="table" id="{place}"><figcaption dir="auto">{told}</figcaption>'
            f'<div class="wide" tabindex="0" role="group" aria-label="{escape(name)}">'
            f"{replace(table, caption='').to_html()}</div></figure>"
        )

    def _source(self, source: str) -> str:
        """Return the link to the file that holds the numbers."""
        if not source:
            return ""
        said = words("page", "numbers_in", self._language)
        return f'{escape(said)} <a href="{escape(source)}"><bdi>{escape(source)}</bdi></a>'
