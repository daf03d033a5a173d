"""A table as a workbook (XLSX) that one can go on computing with: numbers are numbers, days are days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from xml.sax.saxutils import quoteattr

from discourse.errors import SchemaError
from discourse.exchange.workbook import LONGEST, column_letters, pack_workbook, text_cell

__all__ = ["SheetCell", "spreadsheet"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST = 164  # number of the first format of one's own
_EPOCH = date(1899, 12, 30)  # from which Excel counts days, right from 1 March 1900 on
_SURE = date(1900, 3, 1)
_TEXT = "@"
_WIDEST = 60
_MOST = 1_048_000  # rows of a sheet


@dataclass(frozen=True)
class SheetCell:
    """A cell: a number, a day, a text, or None, the format in which the program shows it, and where it stands."""

    value: float | int | date | str | None
    form: str = _TEXT
    bold: bool = False
    wrap: bool = False
    side: str = ""  # left, right, center, or by what it is


def spreadsheet(
    heads: Sequence[str],
    rows: Sequence[Sequence[SheetCell]],
    *,
    caption: str = "",
    notes: Sequence[str] = (),
    right_to_left: bool = False,
    name: str = "table",
) -> bytes:
    """Return a workbook of one sheet: caption, a header that stays in sight, the rows, notes below.

    Parameters
    ----------
    heads : sequence of str
        Headings of the columns.
    rows : sequence of sequence of SheetCell
        The cells; a day before March 1900, which a spreadsheet cannot count, is written as text.
    caption : str
        Above the table.
    notes : sequence of str
        Below it, after an empty row.
    right_to_left : bool
        The first column stands on the right.
    name : str
        Name of the sheet.

    Returns
    -------
    bytes
        Equal tables give equal bytes.

    Raises
    ------
    SchemaError
        A text is longer than a cell can hold, or there are more rows than a sheet has.
    """
    if len(rows) > _MOST:
        raise SchemaError(f"`frame` has {len(rows):,} rows; a sheet holds {_MOST:,}. Write a CSV, or fewer rows.")
    lines: list[Sequence[SheetCell]] = [[SheetCell(caption, bold=True)]] if caption else []
    lines.append([SheetCell(head, bold=True, wrap=True) for head in heads])
    n_frozen = len(lines)
    lines += rows
    if notes:
        lines += [[], *([SheetCell(note)] for note in notes)]
    shown = [[_plain(cell) for cell in line] for line in lines]
    longest = max((len(cell.value) for line in shown for cell in line if isinstance(cell.value, str)), default=0)
    if longest > LONGEST:
        raise SchemaError(f"`frame` has a text of {longest:,} characters; a cell holds {LONGEST:,}. Write a CSV.")
    looks = list(dict.fromkeys(_look(cell) for line in shown for cell in line))
    direction = ' rightToLeft="1"' if right_to_left else ""
    parts = [
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{direction} workbookViewId="0"><pane ySplit="{n_frozen}" '
        f'topLeftCell="A{n_frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    ]
    for number, head in enumerate(heads, 1):
        wide = max([len(head), *(_width(line[number - 1]) for line in rows)])
        parts.append(f'<col min="{number}" max="{number}" width="{min(_WIDEST, wide + 3)}" customWidth="1"/>')
    parts.append("</cols><sheetData>")
    for number, line in enumerate(shown, 1):
        cells = [
            _cell(f"{column_letters(place)}{number}", cell, looks.index(_look(cell)) + 1)
            for place, cell in enumerate(line)
        ]
        parts.append(f'<row r="{number}">{"".join(cells)}</row>')
    return pack_workbook("".join([*parts, "</sheetData></worksheet>"]), _styles(looks), name=name)


def _look(cell: SheetCell) -> tuple[str, bool, bool, str]:
    return cell.form, cell.bold, cell.wrap, cell.side


def _plain(cell: SheetCell) -> SheetCell:
    """Return a cell as the file holds it: a day as a number of days."""
    if isinstance(cell.value, date):
        if cell.value < _SURE:
            return replace(cell, value=cell.value.isoformat(), form=_TEXT)
        return replace(cell, value=(cell.value - _EPOCH).days)
    return cell


def _width(cell: SheetCell) -> int:
    return 12 if isinstance(cell.value, date) else len(str(cell.value)) if isinstance(cell.value, str) else 10


def _cell(place: str, cell: SheetCell, style: int) -> str:
    if cell.value is None or cell.value == "":
        return ""
    if isinstance(cell.value, str):
        return text_cell(place, cell.value, style)
    return f'<c r="{place}" s="{style}"><v>{cell.value!r}</v></c>'


def _styles(looks: Sequence[tuple[str, bool, bool, str]]) -> str:
    """Return the styles of a sheet: one for each format, plain or bold; that of number 0 is the usual one."""
    forms = list(dict.fromkeys(form for form, *_ in looks if form != _TEXT))
    formats = "".join(
        f'<numFmt numFmtId="{_FIRST + place}" formatCode={quoteattr(form)}/>' for place, form in enumerate(forms)
    )
    listed = f'<numFmts count="{len(forms)}">{formats}</numFmts>' if forms else ""
    own = "".join(
        f'<xf xfId="0" numFmtId="{49 if form == _TEXT else _FIRST + forms.index(form)}" fontId="{int(bold)}" '
        f'applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" readingOrder="0"'
        f"{' wrapText=' + quoteattr('1') if wrap else ''}{' horizontal=' + quoteattr(side) if side else ''}/></xf>"
        for form, bold, wrap, side in looks
    )
    font = '<font>{}<sz val="11"/><name val="Calibri"/></font>'
    return (
        f'{listed}<fonts count="2">{font.format("")}{font.format("<b/>")}</fonts><fills count="2"><fill><patternFill '
        'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
        f'<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(looks) + 1}">'
        f'<xf xfId="0"/>{own}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles>"
    )
