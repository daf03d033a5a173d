"""The report: one HTML page that holds all it shows."""

import base64
import html
from collections.abc import Sequence

from matplotlib.figure import Figure

from discourse.display.figures import figure_png
from discourse.display.tables import Table
from discourse.display.wording import LANGUAGES, words
from discourse.errors import SchemaError, check_choice
from discourse.provenance import Provenance

__all__ = ["PAGES", "Block", "render_report"]

PAGES = "<!-- pages -->"  # two of them mark where links to further pages stand

# A paragraph, a table, or a figure (or its PNG) with the text that stands for it where it cannot be seen.
# A figure may have a caption as well: the text that stands for it is then read by those who cannot see it alone.
Block = str | Table | tuple[Figure | bytes, str] | tuple[Figure | bytes, str, str]

_STYLE = """
body { font-family: "DejaVu Sans", "Noto Naskh Arabic", "Geeza Pro", Tahoma, sans-serif; line-height: 1.5;
  color: #111; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #999; }
nav ul { columns: 2; } figure { margin: 1rem 0; } img { max-width: 100%; height: auto; }
figcaption, p.note { font-size: 0.8rem; color: #333; }
div.wide { overflow-x: auto; } table { font-size: 0.8rem; } pre { font-size: 0.75rem; white-space: pre-wrap; }
a { color: #0072B2; }
@media print { body { max-width: none; margin: 0; } nav { display: none; } div.wide { overflow: visible; }
  figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def render_report(
    title: str,
    sections: Sequence[tuple[str, Sequence[Block]]],
    *,
    language: str = "en",
    record: Provenance | None = None,
) -> str:
    """Return one HTML page: it needs no other file, no net and no script.

    Parameters
    ----------
    title : str
        Title of the page.
    sections : sequence of (str, sequence of blocks)
        Heading and content: a paragraph (str), a ``Table``, or a figure with its text alternative and, if wanted, a
        caption of its own.
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
    headings = [heading for heading, _ in sections] + ([provenance] if record else [])
    body = [f'<h1 dir="auto">{_escape(title)}</h1>', f"<nav><h2>{contents}</h2>", "<ul>"]
    body += [f'<li><a href="#s{place}" dir="auto">{_escape(text)}</a></li>' for place, text in enumerate(headings, 1)]
    body += ["</ul></nav>"]
    body += [f"{PAGES}{PAGES}"]
    for place, (heading, blocks) in enumerate(sections, 1):
        body += [f'<section id="s{place}">', f'<h2 dir="auto">{_escape(heading)}</h2>']
        body += [_block(block) for block in blocks]
        body += ["</section>"]
    if record is not None:
        body += [f'<section id="s{len(headings)}">', f"<h2>{provenance}</h2>"]
        body += [f'<pre dir="ltr">{_escape(record.to_json())}</pre>', "</section>"]
    direction = "rtl" if language == "ar" else "ltr"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction}">',
            f'<head><meta charset="utf-8"><title>{_escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{_STYLE}</style></head>",
            "<body>",
            *body,
            "</body></html>",
            "",
        ]
    )


def _block(block: Block) -> str:
    if isinstance(block, str):
        return f'<p dir="auto">{_escape(block)}</p>'
    if isinstance(block, Table):
        return f'<div class="wide">{block.to_html()}</div>'
    if isinstance(block, tuple) and len(block) in (2, 3) and isinstance(block[0], (Figure, bytes)):
        figure, text, caption = block[0], block[1], block[-1]
        png = figure if isinstance(figure, bytes) else figure_png(figure)
        image = base64.b64encode(png).decode("ascii")
        return (
            f'<figure><img alt="{_escape(text)}" src="data:image/png;base64,{image}">'
            f'<figcaption dir="auto">{_escape(str(caption))}</figcaption></figure>'
        )
    raise SchemaError(
        f"`sections` holds a {type(block).__name__}; a block is a str, a Table, or a pair of a Figure and its text."
    )


def _escape(text: str) -> str:
    return html.escape("".join(mark if mark >= " " or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text))
