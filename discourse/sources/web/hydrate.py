"""Hydration: from a list of addresses to pages on disk, politely, and from these to DOCUMENTS."""

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd

from discourse.errors import SchemaError, SourceError, first_three
from discourse.sources.web.asking import Run, ask_politely, follow
from discourse.sources.web.fetching import AGENT, FetchProblem, Limits, plain_address
from discourse.sources.web.ledger import ledger_table, open_ledger

__all__ = ["ADDRESS_COLUMNS", "WAYBACK", "hydrate"]

ADDRESS_COLUMNS = ("url", "address", "link")
WAYBACK = "https://archive.org/wayback/available"


def hydrate(
    addresses: Iterable[str] | pd.DataFrame,
    *,
    folder: str | os.PathLike[str],
    delay: float = 2.0,
    timeout: float = 20.0,
    total: float = 60.0,
    retries: int = 3,
    backoff: float = 2.0,
    max_wait: float = 120.0,
    max_bytes: int = 10_000_000,
    max_redirects: int = 5,
    wayback: bool = False,
    threads: int = 4,
    allow_networks: Iterable[str] = (),
    agent: str = AGENT,
    progress: Callable[[int, int, str], None] | None = None,
) -> pd.DataFrame:
    """Fetch the pages of a list of addresses into a folder, and return the ledger of what became of each.

    One request per host at a time, ``delay`` seconds between two; robots.txt is obeyed, its crawl delay too; a host
    that answers 429 or 5xx is asked again after the time it names, else after ``backoff`` * 2**n seconds. Each page is
    moved into place before its line in the ledger is written and synced, so a run that is killed at any moment goes on
    where it stopped: what the ledger holds is not asked for again, except addresses with status failed.

    Parameters
    ----------
    addresses : iterable of str, or DataFrame
        The addresses; of a DataFrame the column url, address or link. With a column date, ``wayback`` looks near that
        day.
    folder : path
        Where pages and ledger.jsonl go.
    delay, timeout, total : float
        Seconds between two requests to a host; seconds without a byte; seconds for one request in all.
    retries : int
        How often a request is repeated after a failure.
    backoff, max_wait : float
        First wait before a repetition; the longest wait that a server can ask for (beyond it the host is left alone).
    max_bytes : int
        Largest page, unpacked.
    max_redirects : int
        Longest chain of redirects; each hop is checked like an address of the list.
    wayback : bool
        Ask the Wayback Machine for pages that are missing or failed.
    threads : int
        How many hosts are asked at once.
    allow_networks : iterable of str
        Networks that are allowed though they are not public, such as "127.0.0.1/32" for a server of one's own.
    agent : str
        Name of the robot: sent to the server, and looked up in robots.txt.
    progress : callable, optional
        Called with (done, all, address) after each address.

    Returns
    -------
    DataFrame
        One row per distinct address in the given order: ``LEDGER_COLUMNS``; status is one of ``STATUSES``.

    Raises
    ------
    SchemaError
        The DataFrame has no column of addresses, or an option is out of its range.
    SourceError
        The folder cannot be written, or another run works in it.

    References
    ----------
    Koster, M. et al. (2022). Robots Exclusion Protocol. RFC 9309. https://doi.org/10.17487/RFC9309
    """
    listed, days = _listed(addresses)
    for name, value in {"delay": delay, "retries": retries, "backoff": backoff, "max_redirects": max_redirects}.items():
        if value < 0:
            raise SchemaError(f"`{name}` is {value}; it must be 0 or more.")
    for name, value in {"timeout": timeout, "total": total, "max_bytes": max_bytes, "threads": threads}.items():
        if value <= 0:
            raise SchemaError(f"`{name}` is {value}; it must be more than 0.")
    limits = Limits(timeout, total, max_bytes, tuple(allow_networks), agent)
    run = Run(limits, delay, retries, backoff, max_wait, max_redirects, wayback, threads, Path(folder))
    with open_ledger(run.folder) as (known, write):
        waiting = [address for address in listed if known.get(address, {}).get("status", "failed") == "failed"]
        _fetch_all(run, waiting, days, write, len(listed), progress)
        rows = [
            known.get(address, {"address": address, "status": "failed", "reason": "not asked"}) for address in listed
        ]
    return ledger_table(rows)


def _listed(addresses: Iterable[str] | pd.DataFrame) -> tuple[list[str], dict[str, str]]:
    days: dict[str, str] = {}
    if isinstance(addresses, pd.DataFrame):
        column = next((name for name in ADDRESS_COLUMNS if name in addresses.columns), None)
        if column is None:
            names = ", ".join(repr(name) for name in ADDRESS_COLUMNS)
            raise SchemaError(
                f"`addresses` has no column of addresses; name it one of {names}. "
                f"It has: {first_three(addresses.columns)}."
            )
        values = addresses[column]
        if "date" in addresses.columns:
            stamps = pd.to_datetime(addresses["date"], errors="coerce").dt.strftime("%Y%m%d")
            days = {str(a).strip(): d for a, d in zip(values, stamps, strict=True) if isinstance(d, str)}
    elif isinstance(addresses, str):
        raise SchemaError("`addresses` is one string; give a list of addresses or a DataFrame.")
    else:
        values = addresses
    stripped = (str(address).strip() for address in values if isinstance(address, str))
    return list(dict.fromkeys(address for address in stripped if address)), days


# The run ---------------------------------------------------------------------------------------------------------


def _fetch_all(
    run: Run,
    waiting: list[str],
    days: Mapping[str, str],
    write: Callable[[dict[str, Any]], None],
    n_all: int,
    progress: Callable[[int, int, str], None] | None,
) -> None:
    """Settle every waiting address: the addresses of one host one after another, several hosts side by side."""
    queues: dict[str, list[str]] = {}
    for address in waiting:
        queues.setdefault(_host_of(address), []).append(address)
    settled = [n_all - len(waiting)]

    def work(queue: list[str]) -> None:
        for address in queue:
            if run.stop.is_set():
                return
            row = _settle(run, address, days.get(address))
            if run.stop.is_set() and row["status"] == "failed":
                return
            write(row)
            with run.guard:
                settled[0] += 1
                if progress is not None:
                    progress(settled[0], n_all, address)

    pool = ThreadPoolExecutor(max_workers=run.threads)
    try:
        for future in [pool.submit(work, queue) for queue in queues.values()]:
            future.result()
    finally:
        run.stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _settle(run: Run, address: str, day: str | None) -> dict[str, Any]:
    """Fetch one address, store its page, and return its line for the ledger."""
    row: dict[str, Any] = {"address": address, "n_requests": 0}
    problem = _attempt(run, address, row, via="direct")
    if problem is not None and run.wayback and problem.status in ("missing", "failed"):
        problem = _from_wayback(run, address, day, row, problem)
    row |= (
        {"status": "fetched", "reason": None}
        if problem is None
        else {"status": problem.status, "reason": problem.reason}
    )
    return row | {"fetched_at": datetime.now(UTC).isoformat(timespec="seconds")}


def _attempt(run: Run, address: str, row: dict[str, Any], *, via: str) -> FetchProblem | None:
    try:
        place, answer = follow(run, plain_address(address), row)
    except FetchProblem as problem:
        return problem
    name = f"pages/{hashlib.sha256(row['address'].encode()).hexdigest()[:24]}.html"
    _store(run.folder / name, answer.body)
    row |= {
        "file": name, "final_address": place, "http_status": answer.status, "n_bytes": len(answer.body), "via": via,
        "content_type": answer.headers.get("content-type"),
    }  # fmt: skip
    return None


def _store(path: Path, body: bytes) -> None:
    """Put a page in its place whole: a synced temporary file is moved there."""
    temporary = path.with_suffix(f".{threading.get_ident()}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise SourceError(
            f"{str(path)!r} cannot be written: {error.strerror}. Make room, or name another folder."
        ) from error


def _from_wayback(
    run: Run, address: str, day: str | None, row: dict[str, Any], before: FetchProblem
) -> FetchProblem | None:
    """Look for the page in the Wayback Machine, near ``day`` where one is known, and fetch it as first archived."""
    question = f"{WAYBACK}?url={quote(address, safe='')}" + (f"&timestamp={day}" if day else "")
    try:
        answer = ask_politely(run, plain_address(question), row)
        closest = json.loads(answer.body or b"{}").get("archived_snapshots", {}).get("closest", {})
    except (FetchProblem, json.JSONDecodeError, AttributeError) as error:
        return FetchProblem(before.status, f"{before.reason}; the Wayback Machine gave no answer: {error}")
    snapshot = str(closest.get("url") or "")
    if not snapshot:
        return FetchProblem(before.status, f"{before.reason}; the Wayback Machine has no copy")
    raw = re.sub(r"(/web/\d{4,14})/", r"\1id_/", snapshot, count=1)
    problem = _attempt(run, raw, row, via="wayback")
    return (
        None if problem is None else FetchProblem(problem.status, f"{before.reason}; Wayback Machine: {problem.reason}")
    )
