"""The report: one HTML page that holds all it shows."""

import base64
import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from discourse.display.figures import figure_png
from discourse.display.tables import Table
from discourse.display.wording import LANGUAGES, words
from discourse.errors import SchemaError, check_choice
from discourse.provenance import Provenance

__all__ = ["PAGES", "Block", "Folded", "Live", "Paragraph", "render_report"]

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
class Live:
    """A part of the page that its own script draws: markup that the library wrote, with its style and its script.

    The markup may hold data (``<script type="application/json">``); what stands in it is escaped by whoever made it.
    """

    markup: str
    style: str = ""
    script: str = ""


# A paragraph, a table, or a figure (or its PNG) with the text that stands for it where it cannot be seen.
# A figure may have a caption as well: the text that stands for it is then read by those who cannot see it alone.
Block = str | Table | Paragraph | Folded | Live | tuple[Figure | bytes, str] | tuple[Figure | bytes, str, str]

_STYLE = """
body { font-family: "DejaVu Sans", "Noto Naskh Arabic", "Geeza Pro", Tahoma, sans-serif; line-height: 1.5;
  color: #111; background: #fff; max-width: 62rem; margin: 0 auto; padding: 0 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 1rem 0 0.5rem; }
h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #999; }
p.finding { font-size: 1.1rem; margin: 0.5rem 0; border-inline-start: 4px solid #0072B2;
  padding-inline-start: 0.75rem; }
nav h2 { font-size: 0.9rem; margin: 1rem 0 0.25rem; } nav ul { margin: 0; padding-inline-start: 1.1rem; }
nav { font-size: 0.85rem; } figure { margin: 0.75rem 0; } img { max-width: 100%; height: auto; }
figcaption, p.note { font-size: 0.8rem; color: #333; margin: 0.25rem 0; }
summary { cursor: pointer; margin: 0.75rem 0; }
div.wide { overflow-x: auto; } table { font-size: 0.8rem; } pre { font-size: 0.75rem; white-space: pre-wrap; }
a { color: #0072B2; }
@media screen and (min-width: 75rem) {
  body { max-width: 76rem; display: grid; grid-template-columns: minmax(0, 60rem) minmax(0, 13rem); column-gap: 2rem; }
  body > * { grid-column: 1; } nav { grid-column: 2; grid-row: 1 / span 99; position: sticky; top: 0;
    align-self: start; max-height: 100vh; overflow-y: auto; } }
@media screen and (max-width: 45rem) { figure div.wide img { max-width: none; width: 44rem; } }
@media print { body { max-width: none; margin: 0; } nav { display: none; } div.wide { overflow: visible; }
  figure, tr { break-inside: avoid; } h2, summary { break-after: avoid; } table { width: 100%; } }
"""


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
        Heading and content: a paragraph (str, or ``Paragraph`` of a kind), a ``Table``, a figure with its text
        alternative and, if wanted, a caption of its own, ``Folded``, blocks under one line, or ``Live``, a part with a
        script. A section without a heading stands above the contents.
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
        ``language`` is unknown, or a block is none of the three kinds.

    Examples
    --------
    >>> page = render_report("موسكو", [("Flow", ["<script>"])], language="ar")
    >>> '<html lang="ar" dir="rtl">' in page, "<script>" in page
    (True, False)
    """
    check_choice("language", language, LANGUAGES)
    contents, provenance = (words("page", name, language) for name in ("contents", "provenance"))
    opening = [block for heading, blocks in sections if not heading for block in blocks]
    parts = [(heading, "\n".join(map(_block, blocks))) for heading, blocks in sections if heading]
    if record is not None:
        parts.append((provenance, f'<pre dir="ltr">{_escape(record.to_json())}</pre>'))
    body = [f'<header><h1 dir="auto">{_escape(title)}</h1>', *map(_block, opening), "</header>"]
    body += [f"<nav><h2>{contents}</h2>", "<ul>"]
    body += [f'<li><a href="#s{n}" dir="auto">{_escape(heading)}</a></li>' for n, (heading, _) in enumerate(parts, 1)]
    body += ["</ul>", f"{PAGES}{PAGES}", "</nav>"]
    for n, (heading, content) in enumerate(parts, 1):
        body += [f'<section id="s{n}">', f'<h2 dir="auto">{_escape(heading)}</h2>', content, "</section>"]
    direction = "rtl" if language == "ar" else "ltr"
    live = [block for _, blocks in sections for block in _live_parts(blocks)]
    styles, scripts = ([getattr(one, name) for one in live] for name in ("style", "script"))
    style = "\n".join([_STYLE, *dict.fromkeys(filter(None, styles))])
    code = list(dict.fromkeys(filter(None, scripts)))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction}">',
            f'<head><meta charset="utf-8"><title>{_escape(title)}</title>',
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


def _block(block: Block) -> str:
    if isinstance(block, str):
        return f'<p dir="auto">{_escape(block)}</p>'
    if isinstance(block, Paragraph):
        return f'<p class="{_escape(block.kind)}" dir="auto">{_escape(block.text)}</p>'
    if isinstance(block, Folded):
        inner = "\n".join(map(_block, block.blocks))
        return f'<details><summary dir="auto">{_escape(block.line)}</summary>\n{inner}\n</details>'
    if isinstance(block, Live):
        return block.markup
    if isinstance(block, Table):
        return f'<div class="wide">{block.to_html()}</div>'
    if isinstance(block, tuple) and len(block) in (2, 3) and isinstance(block[0], (Figure, bytes)):
        figure, text, caption = block[0], block[1], block[-1]
        png = figure if isinstance(figure, bytes) else figure_png(figure)
        image = base64.b64encode(png).decode("ascii")
        return (
            f'<figure><div class="wide" dir="ltr"><img alt="{_escape(text)}" src="data:image/png;base64,{image}"></div>'
            f'<figcaption dir="auto">{_escape(str(caption))}</figcaption></figure>'
        )
    raise SchemaError(
        f"`sections` holds a {type(block).__name__}; a block is a str, a Paragraph, a Table, Folded or Live blocks, "
        "or a pair of a Figure and its text."
    )


def _escape(text: str) -> str:
    return html.escape("".join(mark if mark >= " " or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text))
