"""Sheets of a spreadsheet program (XLSX): one table out, with Arabic from right to left, and back as it was filled in.

A workbook is a ZIP archive of XML files (ECMA-376). What is written is the least that Excel, LibreOffice and Google
Sheets open; every cell is text, so that no title is taken for a formula, no id for a number and no code for a date.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from discourse.errors import SchemaError, SourceError
from discourse.exchange.packing import DAMAGED, pack_parts
from discourse.writing import write_bytes

__all__ = [
    "FORBIDDEN",
    "LONGEST",
    "column_letters",
    "escape_xml",
    "guard_formula",
    "pack_workbook",
    "read_workbook",
    "text_cell",
    "unguard_formula",
    "write_workbook",
]

LONGEST = 32_000  # characters that a cell holds: Excel's own limit is 32,767
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0" numFmtId="49" '
    'applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1" readingOrder="0"/></xf>'
    '<xf xfId="0" numFmtId="49" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" '
    'xfId="0" builtinId="0"/></cellStyles>'
)  # all cells are text; the first row is bold
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold."""
_CELL = re.compile(r"([A-Z]+)\d+")
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a cell of a CSV that begins so is run as a formula
_MOST = 300_000_000  # bytes of one unpacked sheet


def write_workbook(
    frame: pd.DataFrame,
    path: str | PathLike[str],
    *,
    name: str = "codes",
    right_to_left: bool = False,
    widths: Mapping[str, float] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Write a table as a workbook of one sheet; every cell is text, the first row stays in sight.

    Parameters
    ----------
    frame : DataFrame
        The table; nulls are empty cells.
    path : path
        Where to; ends in ``.xlsx``.
    name : str
        Name of the sheet.
    right_to_left : bool
        Whether the first column stands on the right, as Arabic readers expect.
    widths : mapping of str to float, optional
        Width of a column, in characters; 14 by default.
    choices : mapping of str to sequence of str, optional
        Values that a column offers in a list; another value raises a warning that the coder may overrule.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    SourceError
        The ending is not .xlsx, or the place cannot be written.
    SchemaError
        A text is longer than a cell can hold.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     place = write_workbook(pd.DataFrame({"text": ["=كابل"]}), f"{folder}/sheet.xlsx", right_to_left=True)
    ...     read_workbook(place).values.tolist()
    [['=كابل']]
    """
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise SourceError(f"`path` is {str(path)!r}; a workbook ends in '.xlsx'. Change the ending.")
    rows = [[str(column) for column in frame.columns]]
    rows += [["" if pd.isna(one) else str(one) for one in row] for row in frame.itertuples(index=False, name=None)]
    longest = max((len(text) for row in rows for text in row), default=0)
    if longest > LONGEST:
        raise SchemaError(f"`frame` has a text of {longest:,} characters; a cell holds {LONGEST:,}. Cut it in parts.")
    sheet = _sheet(rows, list(frame.columns), right_to_left, widths or {}, choices or {})
    return write_bytes(pack_workbook(sheet, _STYLES, name=name), place)


def pack_workbook(sheet: str, styles: str, *, name: str) -> bytes:
    """Return a workbook of one sheet: the XML of the sheet and of its styles, in the parts that programs look for."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        f'<sheet name={quoteattr(name[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return pack_parts(parts)


def guard_formula(text: str, *, negative: bool = False) -> str:
    """Return a text for a cell of a CSV with an apostrophe before it where a spreadsheet would run it.

    With ``negative`` a whole number below zero stays as it is.

    Examples
    --------
    >>> guard_formula("=1+1"), guard_formula("-2"), guard_formula("-2", negative=True), guard_formula("كابل")
    ("'=1+1", "'-2", '-2', 'كابل')
    """
    if negative and text.startswith("-") and text[1:].isdecimal():
        return text
    return f"'{text}" if text.startswith(_RISKY) else text


def unguard_formula(text: str) -> str:
    """Return the text of a cell without the apostrophe that ``guard_formula`` puts before it.

    Examples
    --------
    >>> unguard_formula("'=1+1"), unguard_formula("'كابل'")
    ('=1+1', "'كابل'")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text


def _sheet(
    rows: list[list[str]], columns: list, right_to_left: bool, widths: Mapping, choices: Mapping[str, Sequence[str]]
) -> str:
    direction = ' rightToLeft="1"' if right_to_left else ""
    lines = [
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{direction} workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    ]
    for number, column in enumerate(columns, 1):
        wide = widths.get(column, 14)
        lines.append(f'<col min="{number}" max="{number}" width="{wide:g}" style="0" customWidth="1"/>')
    lines.append("</cols><sheetData>")
    for number, row in enumerate(rows, 1):
        style = 1 if number == 1 else 0
        cells = [text_cell(f"{column_letters(place)}{number}", text, style) for place, text in enumerate(row) if text]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    lines.append("</sheetData>")
    lists = {name: values for name, values in choices.items() if name in columns and len(",".join(values)) <= 255}
    if lists and len(rows) > 1:
        lines.append(f'<dataValidations count="{len(lists)}">')
        for name, values in lists.items():
            letter = column_letters(columns.index(name))
            lines.append(
                '<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
                f'sqref="{letter}2:{letter}{len(rows)}"><formula1>"{escape(",".join(values))}"</formula1></dataValidation>'
            )
        lines.append("</dataValidations>")
    return "".join([*lines, "</worksheet>"])


def text_cell(place: str, text: str, style: int) -> str:
    """Return a cell of text, by its place such as B2."""
    inner = f'<is><t xml:space="preserve">{escape_xml(text)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{inner}</c>'


def escape_xml(text: str) -> str:
    """Escape text; marks that XML may not hold are written as Excel does, _x000B_."""
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return escape(FORBIDDEN.sub(lambda mark: f"_x{ord(mark.group()):04X}_", safe)).replace("\r", "_x000D_")


def column_letters(place: int) -> str:
    """Return the letters of a column, counted from 0: A, B, ... Z, AA."""
    return (column_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def read_workbook(path: str | PathLike[str]) -> pd.DataFrame:
    """Read the first sheet of a workbook as text: its first row names the columns.

    Parameters
    ----------
    path : path
        A file ending in ``.xlsx``, of any program.

    Returns
    -------
    DataFrame
        Text; an empty cell is null, and a row without any cell is left out. Numbers are written as the file has them.

    Raises
    ------
    SourceError
        The file is missing, is no workbook, or its first row names a column twice or not at all.
    """
    place = Path(path)
    if not place.exists():
        raise SourceError(f"{str(place)!r} does not exist. Check the path.")
    try:
        with zipfile.ZipFile(place) as archive:
            names = archive.namelist()
            texts = _shared(_tree(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
            sheets = sorted(one for one in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one))
            tree = _tree(archive, min(sheets, key=lambda one: int(re.sub(r"\D", "", one.rsplit("/", 1)[1]))))
        rows = [_cells(row, texts) for row in tree.iter(f"{{{_MAIN}}}row")]
    except (*DAMAGED, RuntimeError, ElementTree.ParseError, KeyError, IndexError) as error:
        raise SourceError(f"{str(place)!r} is no whole workbook. Save it again as .xlsx.") from error
    rows = [row for row in rows if any(text.strip() for text in row.values())]
    if not rows:
        raise SourceError(f"{str(place)!r} has no row in its first sheet. Save the sheet that was filled in first.")
    head = {number: text.strip() for number, text in rows[0].items() if text.strip()}
    if len(set(head.values())) < len(head):
        twice = sorted({text for text in head.values() if list(head.values()).count(text) > 1})
        raise SourceError(f"{str(place)!r} names the column {twice[0]!r} twice. Rename one of them.")
    columns = {text: [row.get(number) or None for row in rows[1:]] for number, text in head.items()}
    return pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MOST:
        raise ValueError("a sheet is too large")
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a sheet declares entities")
    return ElementTree.fromstring(content)


def _shared(tree: ElementTree.Element) -> list[str]:
    return [_plain(one) for one in tree.iter(f"{{{_MAIN}}}si")]


def _plain(element: ElementTree.Element) -> str:
    """Return the text of a cell or a shared string, its runs joined; readings beside them (phonetic) are left out."""
    skipped = {id(text) for reading in element.iter(f"{{{_MAIN}}}rPh") for text in reading.iter(f"{{{_MAIN}}}t")}
    parts = [text.text or "" for text in element.iter(f"{{{_MAIN}}}t") if id(text) not in skipped]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda mark: chr(int(mark.group(1), 16)), "".join(parts))


def _cells(row: ElementTree.Element, texts: list[str]) -> dict[int, str]:
    """Return the text of each cell of a row, by the number of its column."""
    out: dict[int, str] = {}
    for place, cell in enumerate(row.iter(f"{{{_MAIN}}}c")):
        found = _CELL.fullmatch(cell.get("r") or "")
        number = place if found is None else _number(found.group(1))
        kind, value = cell.get("t"), cell.find(f"{{{_MAIN}}}v")
        if kind == "inlineStr":
            out[number] = _plain(cell)
        elif value is not None and value.text is not None:
            out[number] = texts[int(value.text)] if kind == "s" else value.text
    return out


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
