"""A table for Word (DOCX): numbered caption, header row on every page, Arabic from right to left.

A document is a ZIP archive of XML files (ECMA-376). What is written is the least that Word, LibreOffice and Pages open:
the text, four styles, and no more, so that a journal's template takes it over by the names of the styles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from discourse.exchange.packing import pack_parts

__all__ = ["Cell", "Piece", "WordTable", "word_document"]

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ACROSS, _DOWN, _EDGE = 11906, 16838, 1134  # twentieths of a point: A4, and its margins of 2 cm
_LETTER, _BESIDE = 110, 240  # the room of one letter, and that beside the text of a cell, likewise
_MANY = 90  # letters from which a table stands on a page turned on its side
_FORBIDDEN = re.compile("[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it reads from right to left."""

    text: str
    rtl: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell, or any paragraph: its pieces, its direction, and where it stands: start, end or center."""

    pieces: Sequence[Piece]
    rtl: bool = False
    side: str = "start"


@dataclass(frozen=True)
class WordTable:
    """A table: the word before its number, caption, heads, rows and notes.

    Attributes
    ----------
    word : str
        What stands before the number: "Table".
    caption : Cell or None
        The caption.
    heads : sequence of Cell
        The header row.
    rows : sequence of sequence of Cell
        The rows.
    notes : sequence of Cell
        Paragraphs below the table.
    widths : sequence of int
        Letters that each column needs.
    rtl : bool
        The first column stands on the right.
    """

    word: str
    caption: Cell | None
    heads: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[Cell]
    widths: Sequence[int]
    rtl: bool


def word_document(table: WordTable) -> bytes:
    """Return a document that holds a table; equal tables give equal bytes.

    Word numbers the caption itself (a field SEQ), so that several tables put into one manuscript count on; cells hold
    the texts exactly as they are shown.

    Examples
    --------
    >>> heads = [Cell([Piece("actor")]), Cell([Piece("n")], side="end")]
    >>> rows = [[Cell([Piece("روسيا", True)], rtl=True), Cell([Piece("4")], side="end")]]
    >>> word_document(WordTable("Table", None, heads, rows, [], [6, 2], False))[:2]
    b'PK'
    """
    turned = sum(table.widths) > _MANY
    across, down = (_DOWN, _ACROSS) if turned else (_ACROSS, _DOWN)
    room = across - 2 * _EDGE
    body = [_caption(table)] if table.caption is not None else []
    body += [_table(table, room), *(_paragraph(note, style="TableNote") for note in table.notes)]
    orient = ' w:orient="landscape"' if turned else ""
    section = (
        f'<w:sectPr><w:pgSz w:w="{across}" w:h="{down}"{orient}/><w:pgMar w:top="{_EDGE}" w:right="{_EDGE}" '
        f'w:bottom="{_EDGE}" w:left="{_EDGE}" w:header="709" w:footer="709" w:gutter="0"/>'
        f"{'<w:bidi/>' if table.rtl else ''}</w:sectPr>"
    )
    if not table.notes:
        body.append("<w:p/>")  # a document does not end in a table
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}{section}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_OFFICE}.document.main+xml"/><Override PartName="/word/styles.xml" '
        f'ContentType="{_OFFICE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_MAIN}">{_styles()}</w:styles>',
    }
    return pack_parts(parts)


def _styles() -> str:
    size = '<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{size.format(20)}"
        '<w:lang w:val="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:keepNext/><w:spacing w:before="120" w:after="80"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNote"><w:name w:val="Table Note"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="40"/></w:pPr><w:rPr>{size.format(16)}</w:rPr>'
        '</w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" '
        'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _caption(table: WordTable) -> str:
    """Return the caption: the word, a number that Word keeps, and the words."""
    cell = table.caption or Cell([])
    word = [Piece(f"{table.word} ", cell.rtl)]
    mark = _properties(cell.rtl)
    number = (
        f'<w:r>{mark}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{mark}<w:instrText xml:space="preserve"> SEQ Table '
        f'\\* ARABIC </w:instrText></w:r><w:r>{mark}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{mark}<w:t>1</w:t>'
        f'</w:r><w:r>{mark}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    rest = [Piece(". ", cell.rtl), *cell.pieces]
    return f"<w:p>{_settings(cell, 'Caption')}{''.join(map(_run, word))}{number}{''.join(map(_run, rest))}</w:p>"


def _table(table: WordTable, room: int) -> str:
    needed = [max(4, width) * _LETTER + _BESIDE for width in table.widths]
    widths = [width * room // max(1, sum(needed)) for width in needed]  # the table is as wide as the page
    edge = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="000000"/>'
    lines = [
        f"<w:tbl><w:tblPr>{'<w:bidiVisual/>' if table.rtl else ''}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edge.format("top", 8)}{edge.format("bottom", 8)}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020"/></w:tblPr><w:tblGrid>'
    ]
    lines += [f'<w:gridCol w:w="{width}"/>' for width in widths]
    lines.append("</w:tblGrid>")
    border = f"<w:tcBorders>{edge.format('bottom', 4)}</w:tcBorders>"
    lines.append(_row(table.heads, widths, border, heading=True))
    lines += [_row(row, widths, "", heading=False) for row in table.rows]
    return "".join([*lines, "</w:tbl>"])


def _row(cells: Sequence[Cell], widths: Sequence[int], border: str, *, heading: bool) -> str:
    head = "<w:tblHeader/>" if heading else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>{_paragraph(cell, bold=heading)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inner}</w:tr>"


def _paragraph(cell: Cell, *, style: str = "", bold: bool = False) -> str:
    return f"<w:p>{_settings(cell, style)}{''.join(_run(piece, bold=bold) for piece in cell.pieces)}</w:p>"


def _settings(cell: Cell, style: str) -> str:
    """Return how a paragraph stands; in one from right to left, Word takes left for its beginning."""
    side = {"start": "", "end": '<w:jc w:val="right"/>', "center": '<w:jc w:val="center"/>'}[cell.side]
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    return f'<w:pPr>{named}<w:bidi w:val="{int(cell.rtl)}"/>{side}</w:pPr>'


def _properties(rtl: bool, *, bold: bool = False) -> str:
    inner = ("<w:b/><w:bCs/>" if bold else "") + ("<w:rtl/>" if rtl else "")
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _run(piece: Piece, *, bold: bool = False) -> str:
    properties = _properties(piece.rtl, bold=bold)
    return f'<w:r>{properties}<w:t xml:space="preserve">{_xml(piece.text)}</w:t></w:r>'


def _xml(text: str) -> str:
    """Escape a text; marks that XML may not hold become visible."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
