"""The built-in seeds: the founding article with its reading, the coded reports, the ledger of events."""

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from discourse.errors import ResourceError, check_choice
from discourse.tables import conform

__all__ = ["SEEDS", "load_reading", "load_seed", "seed_path"]

SEEDS = {"article": "article/article.txt", "reports": "reports/reports.jsonl", "events": "events/events.csv"}

_PACKAGE = Path(__file__).resolve().parents[1]
# An installed wheel carries the seeds inside the package; a checkout has them beside it.
_FOLDERS = (_PACKAGE / "_seeds", _PACKAGE.parent / "seeds")

_REPORT_COLUMNS = {
    "report_id": "doc_id",
    "outlet": "source",
    "outlet_country": "country",
    "position_code": "position",
}
_EVENT_COLUMNS = {"event_en": "event", "position_code": "position"}
_CATEGORIES = ("country", "agency", "genre", "date_basis", "position_voice", "main_frame", "source_lang", "confidence")
_WHOSE = ("position_holder", "position_target")


def seed_path(name: str) -> Path:
    """Return the file of a seed, or any other file of the seeds folder.

    An installed package carries the seeds inside itself, a checkout beside itself; both are looked at, in this order.

    Parameters
    ----------
    name : str
        "article", "reports" or "events"; or a path inside the seeds folder, such as "reports/CARD.md".

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ResourceError
        The file is in neither place.

    Examples
    --------
    >>> seed_path("article").name
    'article.txt'
    """
    inside = SEEDS.get(name, name)
    for folder in _FOLDERS:
        if (folder / inside).is_file():
            return folder / inside
    raise ResourceError(
        f"`name` is {name!r}, and the seeds hold no file {inside!r}. "
        "Install the package again: pip install arabic-discourse."
    )


def load_seed(name: str) -> pd.DataFrame:
    """Load one of the built-in seeds as a table.

    "article" is the founding article as one document; "reports" are 206 digests of real Arabic reports with hand
    codes; "events" is the ledger of dated facts. The text of a document is the file's, byte for byte, with no change
    of line ends. A date that is known to the month or the year stands for the first day of it, and ``date_precision``
    says so.

    Parameters
    ----------
    name : {"article", "reports", "events"}
        The seed.

    Returns
    -------
    DataFrame
        DOCUMENTS sorted by doc_id for "article" and "reports"; EVENTS sorted by date and event for "events". To the
        right of the reports' DOCUMENTS columns: country, agency, genre, url, date_basis, has_russian_position (bool),
        position (-2..2, null where the report conveys none), position_voice, position_holder and position_target (whose
        position toward whom the code is), frames (joined by ';'), main_frame, speakers (a JSON list of name, side,
        gist), coder_note. To the right of EVENTS: event_ar, source_lang,
        confidence, note.

    Raises
    ------
    SchemaError
        ``name`` is none of the three.
    ResourceError
        The seeds are not installed.

    Examples
    --------
    >>> load_seed("article").loc[0, "title"]
    'موسكو: نتعاون مع طالبان ضد داعش في أفغانستان'
    >>> len(load_seed("reports")), len(load_seed("events"))
    (206, 155)
    """
    check_choice("name", name, list(SEEDS))
    path = seed_path(name)
    if name == "article":
        return _article(path)
    return _reports(path) if name == "reports" else _events(path)


def load_reading() -> dict[str, Any]:
    """Load the hand-made reading of the founding article.

    Returns
    -------
    dict
        The content of seeds/article/reading.yml; the file and its card explain the keys. Offsets are characters into
        the ``text`` of ``load_seed("article")``, half-open.

    Raises
    ------
    ResourceError
        The seeds are not installed.

    Examples
    --------
    >>> load_reading()["outlet"]["name"]
    'الإمارات 7'
    """
    return yaml.safe_load(seed_path("article/reading.yml").read_text(encoding="utf-8"))


def _article(path: Path) -> pd.DataFrame:
    text = path.read_bytes().decode("utf-8")
    row = {
        "doc_id": "article",
        "text": text,
        "date": pd.Timestamp(2015, 12, 23),
        "date_precision": "day",
        "source": load_reading()["outlet"]["name"],
        "title": text.split("\n", 1)[0],
        "country": "AE",
        "agency": "afp",
        "genre": "news",
    }
    return _coded(pd.DataFrame([row]), "DOCUMENTS")


def _reports(path: Path) -> pd.DataFrame:
    lines = path.read_bytes().decode("utf-8").split("\n")
    reports = pd.DataFrame([json.loads(line) for line in lines if line]).rename(columns=_REPORT_COLUMNS)
    reports["date"] = _first_days(reports["date"])
    reports["has_russian_position"] = reports["has_russian_position"].astype(bool)
    reports["position"] = reports["position"].astype("float64")
    reports["frames"] = reports["frames"].map(";".join)
    reports["speakers"] = [json.dumps(speakers, ensure_ascii=False) for speakers in reports["speakers"]]
    order = ["country", "agency", "genre", "url", "date_basis", "has_russian_position", "position", "position_voice"]
    named = ["doc_id", "text", "date", "date_precision", "source", "title", *order]
    return _coded(reports[named + [*_WHOSE, "frames", "main_frame", "speakers", "coder_note"]], "DOCUMENTS")


def _events(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as lines:
        events = pd.DataFrame(list(csv.DictReader(lines))).rename(columns=_EVENT_COLUMNS)
    events["date"] = _first_days(events["date"])
    for column in ("position", "frames", "note"):
        events[column] = events[column].where(events[column] != "")
    events["position"] = events["position"].astype("float64")
    return _coded(events, "EVENTS")


def _first_days(dates: pd.Series) -> pd.Series:
    """Turn "2015", "2015-12" and "2015-12-23" into the first day that each stands for."""
    full = dates.where(dates.str.len() == 10, dates.where(dates.str.len() == 7, dates + "-01") + "-01")
    return pd.to_datetime(full, format="%Y-%m-%d").astype("datetime64[us]")


def _coded(table: pd.DataFrame, name: str) -> pd.DataFrame:
    repeated = {column: "category" for column in _CATEGORIES if column in table.columns}
    return conform(table.astype(repeated), name)
