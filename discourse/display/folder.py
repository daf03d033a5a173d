"""The folder of a report: made whole beside its place, then moved into it."""

import html
import json
import os
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from discourse.display.report import PAGES
from discourse.display.swapping import make_beside, put_in_place, sweep
from discourse.errors import SourceError
from discourse.provenance import Provenance
from discourse.writing import write_bytes, write_table, write_text

__all__ = ["check_folder", "link_pages", "write_folder"]

_ENTRIES = ("figures", "tables", "provenance.json", "index.html")
_KEYS = {"inputs", "lexicons", "settings", "versions", "seed"}
_IMAGES = (".png", ".svg", ".pdf", ".json")


def write_folder(
    out: str | os.PathLike[str],
    page: str,
    figures: Mapping[str, Mapping[str, bytes]],
    tables: Mapping[str, pd.DataFrame | Path],
    record: Provenance,
    *,
    known: Collection[str] = (),
    overwrite: bool = False,
) -> Path:
    """Write a report, its figures and its tables into a folder.

    All files are made in a temporary folder beside ``out``, which changes places with it in one step when the last one
    is written, so a reader never finds half of a report; what killed runs left is finished or removed. The figures and
    tables of an earlier report are replaced; what else lies in ``out``, in its figures/ or in its tables/, stays.

    Parameters
    ----------
    out : path
        The folder; made where it is missing.
    page : str
        The text of index.html.
    figures : mapping of str to mapping of str to bytes
        The files of each figure by format, written as figures/NAME.png (or .svg, .pdf) and NAME.json.
    tables : mapping of str to DataFrame or Path
        Written as tables/NAME.csv; a file is one already, and moved there.
    record : Provenance
        Written as provenance.json, and beside every figure.
    known : collection of str
        Names of tables that an earlier report may have written beside those of ``tables``.
    overwrite : bool
        Replace a page, a record and tables of these names though they are of another origin.

    Returns
    -------
    Path
        The page: ``out``/index.html.

    Raises
    ------
    SourceError
        ``out`` is a file, the folder cannot be written, or it holds figures, tables or a page of another origin.
    """
    place = check_folder(out, overwrite=overwrite).resolve()

    def stays(folder: Path, path: Path) -> bool:
        return not _is_ours(folder, path, {*tables, *known})

    try:
        sweep(place, stays, _ENTRIES)
        part = make_beside(place)
    except OSError as error:
        raise SourceError(f"`out` is {str(out)!r}, which cannot be written: {error.strerror}.") from error
    new = part / "new"
    try:
        (new / "figures").mkdir()
        (new / "tables").mkdir()
        for name, images in figures.items():
            for kind, image in images.items():
                write_bytes(image, new / "figures" / f"{name}.{kind}")
            write_text(record.to_json(), new / "figures" / f"{name}.json")
        for name, table in tables.items():
            if isinstance(table, Path):
                shutil.move(table, new / "tables" / f"{name}.csv")
            else:
                write_table(table, new / "tables" / f"{name}.csv")
        write_text(record.to_json(), new / "provenance.json")
        write_text(page, new / "index.html")
        put_in_place(part, place, stays, _ENTRIES)
    except OSError as error:
        raise SourceError(f"`out` is {str(out)!r}, which cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Path(out) / "index.html"


def check_folder(out: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Return ``out`` as a path, unless a file stands there, or entries of the names that a report takes and is none."""
    place = Path(out)
    if place.exists() and not place.is_dir():
        raise SourceError(f"`out` is {str(out)!r}, which is a file; name a folder.")
    taken = [entry for entry in _ENTRIES if (place / entry).exists()]
    if taken and not overwrite and not _record(place):
        raise SourceError(
            f"`out` is {str(out)!r}, which holds {', '.join(map(repr, taken))} of another origin: a report would "
            "replace them. Name another folder."
        )
    return place


def _record(place: Path) -> str:
    """Return the record of the report in a folder; empty where there is no report."""
    try:
        text = (place / "provenance.json").read_text(encoding="utf-8")
        content = json.loads(text)
    except (OSError, ValueError):
        return ""
    return text if isinstance(content, dict) and _KEYS <= set(content) else ""


def _is_ours(folder: Path, path: Path, tables: Collection[str]) -> bool:
    """Tell whether a report wrote a file: page, record, a known table, or a figure with its record beside it."""
    if path.parts[0] not in _ENTRIES:
        return False
    if len(path.parts) == 1 or path.parent.name == "tables":
        return len(path.parts) == 1 or (path.suffix == ".csv" and path.stem in tables)
    beside = (folder / path).with_suffix(".json")
    ours = path.suffix in _IMAGES and beside.is_file()
    return bool(ours and beside.read_text(encoding="utf-8", errors="replace") == _record(folder))


def link_pages(out: str | os.PathLike[str], *, folder: str = "notebooks") -> int:
    """Link the HTML pages of a folder inside ``out``, such as executed notebooks, from the report's index.html.

    Parameters
    ----------
    out : path
        The folder of a report.
    folder : str
        The folder in it that holds the pages.

    Returns
    -------
    int
        How many pages are linked now; calling again replaces the links.

    Raises
    ------
    SourceError
        ``out`` holds no report.
    """
    index = Path(out) / "index.html"
    if not index.is_file() or PAGES not in (text := index.read_text(encoding="utf-8")):
        raise SourceError(
            f"`out` is {str(out)!r}, which holds no report. Write one first: discourse chart CORPUS --out DIR."
        )
    pages = sorted(path for path in (Path(out) / folder).glob("*.html") if path.is_file())
    items = [
        f'<li><a href="{html.escape(folder)}/{html.escape(path.name)}">{html.escape(_title(path))}</a></li>'
        for path in pages
    ]
    links = f"<ul>{''.join(items)}</ul>" if items else ""
    write_text(re.sub(f"{PAGES}.*?{PAGES}", lambda found: f"{PAGES}{links}{PAGES}", text, flags=re.DOTALL), index)
    return len(pages)


def _title(path: Path) -> str:
    return path.stem.replace("-", " ")
