"""Concordances to look at and to hand on: a table, a page, and the way from a line to its evidence."""

import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from discourse.display.cells import direction_of_text, escape
from discourse.display.tables import Table
from discourse.display.wording import section_words
from discourse.errors import SourceError
from discourse.measures.lexis.concordance_places import find_letters
from discourse.reading.matching.concordance import plain_text
from discourse.tables import need
from discourse.writing import days_as_text

__all__ = ["concordance_page", "concordance_table", "link_concordance"]

_LINE = ("pre", "keyword", "post")
_BEFORE, _BEHIND = ("doc_id", "date", "source", "sentence"), ("negated", "voice", "title", "pattern", "evidence")
_OF_LINE = ("date", "source", "doc_id", "title", "sentence", "negated", "voice")
_PAGE_PARTS = (b'data-part="head"', b'data-part="core"')


def concordance_table(
    concordance: pd.DataFrame,
    *,
    caption: str = "",
    notes: Sequence[str] = (),
    language: str = "ar",
    most: int = 60,
    joined: bool = False,
) -> Table:
    """Lay CONCORDANCE out as a Table: what stands before, the keyword in the middle, what stands behind.

    ``to_xlsx`` and ``to_docx`` write it from right to left where its texts run so, with both contexts set against the
    keyword; ``to_csv`` writes the values.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE.
    caption : str
        Above the table.
    notes : sequence of str
        Below it.
    language : {"en", "ar"}
        Language of the headings.
    most : int
        Rows shown at most, on screen and in DOCX; XLSX and CSV hold all.
    joined : bool
        Put what is known of a line into one column, so that the lines have room on paper.

    Returns
    -------
    Table
        Document, date, outlet and sentence, the line, then what else is known of it, the pattern last; joined, date,
        outlet, document, headline, sentence and so on, then the line. The rows stand in their order.

    Raises
    ------
    SchemaError
        A column is missing, or ``language`` is unknown.

    Examples
    --------
    >>> lines = pd.DataFrame({"doc_id": ["a"], "pre": ["إن "], "keyword": ["لروسيا"], "post": [" مصالح"]})
    >>> concordance_table(lines, language="en")
    document  before  keyword  after
    a         إن      لروسيا   مصالح
    """
    need(concordance, "concordance", ["doc_id", *_LINE])
    heads = section_words("concordance", language)
    names = [name for name in (*_BEFORE, *_LINE, *_BEHIND) if name in concordance]
    frame = concordance[names].assign(**{name: concordance[name].astype("str").map(plain_text) for name in _LINE})
    if joined:
        known = [_told(concordance, name, heads) for name in (*_OF_LINE, "evidence") if name in concordance]
        told = [" · ".join(filter(None, row)) for row in zip(*known, strict=True)]
        names = ["where", *_LINE]
        frame = frame.assign(where=pd.Series(told, frame.index, dtype="str"))[names]
    return Table(
        frame,
        caption=caption,
        notes=notes,
        language=language,
        columns={name: heads[name] for name in names},
        formats={"sentence": "d"} if "sentence" in names else {},
        most=most,
    )


def link_concordance(
    concordance: pd.DataFrame,
    page: str | os.PathLike[str],
    *,
    tokens: pd.DataFrame | None = None,
    beside: str | os.PathLike[str] = ".",
) -> pd.DataFrame:
    """Lead each line of CONCORDANCE to its sentence in an evidence page: the column ``evidence``.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE.
    page : path
        A page that ``evidence`` or ``discourse evidence`` wrote for the same corpus.
    tokens : DataFrame, optional
        TOKENS that ``kwic`` was given: they say where the sentence and the keyword stand. Without them a line leads to
        its document.
    beside : path
        Folder from which the addresses lead to the page: that of the file in which they are going to stand.

    Returns
    -------
    DataFrame
        The rows in their order with ``evidence``, an address relative to ``beside``. The page opens the document at
        the sentence, marks it and the keyword in it, and says so where it does not hold the sentence.

    Raises
    ------
    SourceError
        ``page`` cannot be read, or is no evidence page.
    SchemaError
        A column is missing, or lines do not stand in ``tokens``.
    """
    need(concordance, "concordance", ["doc_id"])
    place = Path(page)
    try:
        content = place.read_bytes()
    except OSError as error:
        raise SourceError(
            f"`page` is {str(page)!r}, which cannot be read: {error.strerror or error}. Make it with `discourse "
            "evidence`."
        ) from error
    if not all(part in content for part in _PAGE_PARTS):
        raise SourceError(f"`page` is {str(page)!r}, which is no evidence page. Make one with `discourse evidence`.")
    try:
        way = quote(Path(os.path.relpath(place.resolve(), Path(beside).resolve())).as_posix())
    except ValueError:  # on another drive
        way = place.resolve().as_uri()
    ids = concordance["doc_id"].astype("str").tolist()
    if tokens is None:
        asked = [""] * len(ids)
    else:
        places = find_letters(concordance, tokens).itertuples(index=False, name=None)
        asked = [f"@{opens}-{closes}@{begin}-{end}" for opens, closes, begin, end in places]
    addresses = [f"{way}#ev:/{quote(f'd{of}:{name}', safe='')}" for of, name in zip(asked, ids, strict=True)]
    return concordance.assign(evidence=pd.Series(addresses, concordance.index, dtype="str"))


def concordance_page(
    concordance: pd.DataFrame, *, title: str = "", notes: Sequence[str] = (), language: str = "ar"
) -> str:
    """Return CONCORDANCE as a page of HTML: the keyword in the middle of the page, the contexts on its sides.

    The line runs in the direction of its script, so that of an Arabic text what is read first stands on the right.
    Contexts are broken, not cut, where the page is narrow. The page holds no script and asks for nothing (Content
    Security Policy); all text is escaped.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE; with ``evidence`` each line leads there.
    title : str
        Title of the page.
    notes : sequence of str
        Below the title: what was asked, how many lines there are.
    language : {"en", "ar"}
        Language of the headings.

    Returns
    -------
    str
        The page; equal tables give equal pages.

    Raises
    ------
    SchemaError
        A column is missing, or ``language`` is unknown.

    Examples
    --------
    >>> lines = pd.DataFrame({"doc_id": ["a"], "pre": ["<b> "], "keyword": ["لروسيا"], "post": [" مصالح"]})
    >>> page = concordance_page(lines, title="روسيا")
    >>> "&lt;b&gt;" in page, '<td class="node" dir="rtl">لروسيا</td>' in page
    (True, True)
    """
    need(concordance, "concordance", ["doc_id", *_LINE])
    said = section_words("concordance", language)
    own = "rtl" if language == "ar" else "ltr"
    direction = direction_of_text(" ".join(concordance["keyword"].astype("str"))) or own
    shown = title or said["heading"]
    style = files("discourse.display").joinpath("concordance.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    body = [f'<h1 dir="auto">{escape(shown)}</h1>', *(f'<p class="note" dir="auto">{escape(one)}</p>' for one in notes)]
    if len(concordance):
        heads = {"pre": said["pre"], "node": said["keyword"], "post": said["post"], "of": said["where"]}
        cells = "".join(f'<th scope="col" class="{name}">{escape(head)}</th>' for name, head in heads.items())
        body += [f'<table dir="{direction}">', f"<thead><tr>{cells}</tr></thead>", "<tbody>"]
        body += _rows(concordance, said, direction, own)
        body += ["</tbody>", "</table>"]
    else:
        body.append(f"<p>{escape(said['none'])}</p>")
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{own}">',
            f'<head><meta charset="utf-8"><title>{escape(shown)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<style>{style}</style></head>",
            "<body>",
            *body,
            "</body></html>",
            "",
        ]
    )


def _rows(concordance: pd.DataFrame, said: dict[str, str], direction: str, own: str) -> list[str]:
    texts = {name: [escape(plain_text(text)) for text in concordance[name].astype("str")] for name in _LINE}
    known = [_told(concordance, name, said) for name in _OF_LINE if name in concordance]
    links = concordance["evidence"].astype("str").tolist() if "evidence" in concordance else None
    rows = []
    for place in range(len(concordance)):
        line = "".join(
            f'<td class="{kind}" dir="{direction}">{texts[name][place]}</td>'
            for kind, name in (("pre", "pre"), ("node", "keyword"), ("post", "post"))
        )
        parts = [f"<span><bdi>{escape(told[place])}</bdi></span>" for told in known if told[place]]
        if links is not None:
            parts.append(f'<span><a href="{escape(links[place])}">{escape(said["evidence"])}</a></span>')
        rows.append(f'<tr>{line}<td class="of" dir="{own}">{"".join(parts)}</td></tr>')
    return rows


def _told(concordance: pd.DataFrame, name: str, said: dict[str, str]) -> list[str]:
    """Return what a column says of each line; nothing where it says nothing."""
    column = concordance[name]
    if name == "negated":
        return [said["negated"] if value else "" for value in column]
    if name == "sentence":
        return [f"{said['sentence']} {value}" for value in column]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = days_as_text(column)
    return ["" if pd.isna(value) else plain_text(str(value)) for value in column.astype(object)]
