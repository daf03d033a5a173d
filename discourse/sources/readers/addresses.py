"""Lists of addresses in, and the pages that ``hydrate`` fetched for them out as DOCUMENTS."""

import json
import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import SchemaError, SourceError, first_three
from discourse.sources.csv_rows import read_whole_csv
from discourse.sources.dates.stamps import read_stamp
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.assembly import tables_of
from discourse.sources.readers.markup import read_bytes
from discourse.sources.readers.orders import settle_order
from discourse.sources.readers.pages import page_entry
from discourse.sources.readers.records import Entry, merge, reject
from discourse.sources.web.hydrate import ADDRESS_COLUMNS
from discourse.sources.web.ledger import LEDGER, ledger_of

__all__ = ["read_addresses", "read_hydrated"]


def read_addresses(path: str | os.PathLike[str], *, column: str | None = None) -> pd.DataFrame:
    """Read a list of addresses into a table with the column ``url`` and whatever else the file says of them.

    Parameters
    ----------
    path : path
        A CSV or TSV with a header (column url, address or link), a JSON-lines file, or a text of one address a line.
    column : str, optional
        The column of addresses, where it has another name.

    Raises
    ------
    SourceError, SchemaError
        The file cannot be read; no column of addresses is in it.
    """
    place = Path(path)
    raw = read_bytes(place)
    text, _ = decode_whole(raw, detect_encoding(raw))
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if re.match(r"https?://", first) or (
        first and not re.search(r"[,;\t{]", first) and first.lower() not in (*ADDRESS_COLUMNS, column)
    ):
        return pd.DataFrame({"url": [line.strip() for line in text.split("\n") if line.strip()]}, dtype="str")
    try:
        if first.startswith("{"):
            frame = pd.DataFrame([json.loads(line) for line in text.split("\n") if line.strip()])
        else:
            delimiter = max(",;\t", key=first.count)
            frame = read_whole_csv(place, delimiter).reset_index(drop=True)
    except ValueError as error:
        raise SourceError(f"{str(path)!r} cannot be read as a list of addresses: {error}. Mend the file.") from error
    frame = frame.rename(columns={name: str(name).strip().lower() for name in frame.columns})
    found = column.lower() if column else next((name for name in ADDRESS_COLUMNS if name in frame.columns), None)
    if found is None or found not in frame.columns:
        names = ", ".join(repr(name) for name in ADDRESS_COLUMNS)
        raise SchemaError(
            f"{str(path)!r} has no column of addresses; name it one of {names}. It has: {first_three(frame.columns)}."
        )
    return frame.rename(columns={found: "url"})


def read_hydrated(
    folder: str | os.PathLike[str],
    *,
    addresses: pd.DataFrame | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the pages of a hydrated folder into DOCUMENTS; an address without a page becomes a reject.

    Parameters
    ----------
    folder : path
        The folder that ``hydrate`` filled.
    addresses : DataFrame, optional
        What is known of the addresses (column url, address or link): its columns doc_id, source, title, date,
        date_precision and further document variables go before what the pages say, and only its addresses are read.
    day_first, date_format
        How to read the dates that pages print; see ``read_sources``.

    Returns
    -------
    documents, rejects : DataFrame
        One row per address in one of the two; ``url`` holds the address as given.
    """
    place = Path(folder)
    ledger = ledger_of(place)
    known = _known_of(addresses)
    if addresses is not None:
        ledger = ledger[ledger["address"].isin(list(known))]
    found = (_page_of(place, row, known.get(str(row.address), {})) for row in ledger.itertuples(index=False))
    in_order = settle_order(found, day_first=day_first, date_format=date_format)
    return tables_of(chain(in_order, _surplus(addresses)), path=str(place / LEDGER), file=LEDGER)


def _surplus(addresses: pd.DataFrame | None) -> Iterator[Entry]:
    """Yield the rows of a table of addresses that cannot become documents of their own."""
    seen: dict[str, int] = {}
    values = [] if addresses is None else addresses[_column_of(addresses)].tolist()
    for number, value in enumerate(values, start=1):
        if not isinstance(value, str) or not value.strip():
            yield reject(f"row {number}", "has no address")
        elif (first := seen.setdefault(value.strip(), number)) != number:
            yield reject(f"row {number}, {value.strip()} as in row {first}", "repeats an address given before")


def _column_of(addresses: pd.DataFrame) -> str:
    column = next((name for name in ADDRESS_COLUMNS if name in addresses.columns), None)
    if column is None:
        raise SchemaError("`addresses` has no column of addresses; name it 'url'.")
    return column


def _known_of(addresses: pd.DataFrame | None) -> dict[str, dict[str, Any]]:
    if addresses is None:
        return {}
    column = _column_of(addresses)
    rows = addresses.drop(columns=[column, "text"], errors="ignore").to_dict("records")
    listed = (str(address).strip() for address in addresses[column])
    known: dict[str, dict[str, Any]] = {}
    for address, row in zip(listed, rows, strict=True):
        known.setdefault(address, {str(name): value for name, value in row.items() if _is_stated(value)})
    return known


def _is_stated(value: Any) -> bool:
    return not isinstance(value, list | dict) and not pd.isna(value) and str(value).strip() != ""


def _page_of(place: Path, row: Any, known: dict[str, Any]) -> Entry:
    if row.status != "fetched":
        return reject(row.address, f"{row.status}: {row.reason}")
    path = place / row.file
    if not path.exists():
        return reject(f"{row.address}, {row.file}", "its page is no longer in the folder")
    charset = re.search(
        r"charset\s*=\s*[\"']?([\w.:-]+)", row.content_type if isinstance(row.content_type, str) else ""
    )
    found = page_entry(path.read_bytes(), row.address, charset=charset.group(1) if charset else None, url=row.address)
    if "reason" in found:
        return found
    stated = dict(known)
    if "date" in stated:
        stamp = read_stamp(str(stated.pop("date")), names_only=True)
        if stamp is not None:
            precision = stated.pop("date_precision", stamp[1])
            stated |= {"date": stamp[0], "date_precision": precision, "date_basis": stated.get("date_basis", "stated")}
    return merge(found, {**stated, "via": row.via})
