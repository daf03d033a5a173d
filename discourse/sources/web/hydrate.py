"""Hydration: from a list of addresses to pages on disk, politely, and from these to DOCUMENTS."""

import ipaddress
import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.sources.dates.stamps import read_stamp
from discourse.sources.web.asking import Run
from discourse.sources.web.fetching import AGENT, Limits
from discourse.sources.web.ledger import ledger_table, open_ledger
from discourse.sources.web.robots import read_robots
from discourse.sources.web.settling import age_in_days, look_again, settle

__all__ = ["ADDRESS_COLUMNS", "WAYBACK", "hydrate"]

ADDRESS_COLUMNS = ("url", "address", "link")
WAYBACK = "https://web.archive.org/cdx/search/cdx"


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
    missing_again: float = 30.0,
    refresh: float | None = None,
    max_per_host: int | None = None,
    threads: int = 4,
    allow_networks: Iterable[str] = (),
    agent: str = AGENT,
    progress: Callable[[int, int, str], None] | None = None,
) -> pd.DataFrame:
    """Fetch the pages of a list of addresses into a folder, and return the ledger of what became of each.

    One request per host at a time, ``delay`` seconds between two; robots.txt is obeyed, its crawl delay too; a host
    that answers 429 or 5xx is asked again after the time it names, else after ``backoff`` * 2**n seconds. Each page is
    moved into place before its line in the ledger is written and synced, so a run that is killed at any moment goes on
    where it stopped: what the ledger holds is not asked for again, except addresses with status failed or left, those
    that are missing from the archive too after a time, and on demand (``refresh``) pages that may have changed.

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
        Ask the index of the Wayback Machine for pages that are missing or failed, and take the copy nearest to the
        date of the address, or else the earliest.
    missing_again : float
        With ``wayback``: days after which a page that neither the server nor the archive had is asked for again. Where
        the archive was not asked or gave no answer, the next run asks.
    refresh : float, optional
        Ask again for fetched pages that were last looked at so many days ago or more (0: all), on the condition that
        they have changed (If-None-Match, If-Modified-Since). A changed page is stored beside the one before, which the
        ledger names as ``earlier``; whatever else the server answers, the page at hand stays. Copies from the archive
        are not asked for again.
    max_per_host : int, optional
        Requests to one host in one run, robots.txt aside; addresses beyond get the status left, and the next run goes
        on with them.
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
        The DataFrame has no column of addresses, an address holds half a character, or an option is out of its range.
    ResourceError
        protego, which reads robots.txt, is not installed.
    SourceError
        The folder cannot be written, or another run works in it.

    References
    ----------
    Koster, M. et al. (2022). Robots Exclusion Protocol. RFC 9309. https://doi.org/10.17487/RFC9309
    """
    listed, days = _listed(addresses)
    least = {"delay": delay, "retries": retries, "backoff": backoff, "max_redirects": max_redirects}
    for name, value in (least | {"missing_again": missing_again, "refresh": refresh or 0.0}).items():
        if not value >= 0:
            raise SchemaError(f"`{name}` is {value}; it must be 0 or more.")
    above = {"timeout": timeout, "total": total, "max_bytes": max_bytes, "threads": threads}
    for name, value in (above | ({} if max_per_host is None else {"max_per_host": max_per_host})).items():
        if not value > 0:
            raise SchemaError(f"`{name}` is {value}; it must be more than 0.")
    read_robots("", agent)  # says at once if what reads robots.txt is missing
    limits = Limits(timeout, total, max_bytes, _networks(allow_networks), agent)
    archive = WAYBACK if wayback else None
    run = Run(limits, delay, retries, backoff, max_wait, max_redirects, threads, Path(folder), archive, max_per_host)
    with open_ledger(run.folder) as (known, write):

        def due(address: str) -> bool:
            return _is_due(known.get(address), wayback=wayback, missing_again=missing_again, refresh=refresh)

        _fetch_all(run, [one for one in listed if due(one)], days, known, write, len(listed), progress)
        rows = [
            known.get(address, {"address": address, "status": "failed", "reason": "not asked"}) for address in listed
        ]
    return ledger_table(rows)


def _networks(allowed: Iterable[str]) -> tuple[str, ...]:
    names = (allowed,) if isinstance(allowed, str) else tuple(allowed)
    for name in names:
        try:
            ipaddress.ip_network(name)
        except ValueError as error:
            raise SchemaError(
                f"`allow_networks` has {name!r}, which is no network: {error}. Write it as 127.0.0.1/32 or fd00::/8."
            ) from error
    return names


def _is_due(row: Mapping[str, Any] | None, *, wayback: bool, missing_again: float, refresh: float | None) -> bool:
    """Say whether an address is asked for in this run, by its line in the ledger."""
    status = "failed" if row is None else row.get("status")
    if row is None or status in ("failed", "left"):
        return True
    if status == "missing":
        return wayback and (row.get("archive") != "no copy" or age_in_days(row.get("fetched_at")) >= missing_again)
    if status != "fetched" or refresh is None or row.get("via") != "direct":
        return False
    return age_in_days(row.get("checked_at") or row.get("fetched_at")) >= refresh


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
            stamps = [_day_of(value) for value in addresses["date"]]
            days = {str(a).strip(): d for a, d in zip(values, stamps, strict=True) if d is not None}
    elif isinstance(addresses, str):
        raise SchemaError("`addresses` is one string; give a list of addresses or a DataFrame.")
    else:
        values = addresses
    stripped = (str(address).strip() for address in values if isinstance(address, str))
    listed = list(dict.fromkeys(address for address in stripped if address))
    halves = [address for address in listed if re.search("[\ud800-\udfff]", address)]
    if halves:
        shown = first_three(address.encode("ascii", "backslashreplace").decode() for address in halves)
        raise SchemaError(
            f"`addresses` has {len(halves)} with half a character in it (a lone surrogate). First: {shown}. "
            "Read the list as UTF-8, or leave them out."
        )
    return listed, days


def _day_of(value: Any) -> str | None:
    """Return a day as YYYYMMDD: the middle of a month or year that is known no better."""
    if isinstance(value, str):
        stamp = read_stamp(value, names_only=True)
        if stamp is None:
            return None
        return f"{stamp[0]:%Y}" + {"day": f"{stamp[0]:%m%d}", "month": f"{stamp[0]:%m}15"}.get(stamp[1], "0701")
    return None if pd.isna(value) else f"{pd.Timestamp(value):%Y%m%d}"


# The run ---------------------------------------------------------------------------------------------------------


def _fetch_all(
    run: Run,
    waiting: list[str],
    days: Mapping[str, str],
    known: Mapping[str, Mapping[str, Any]],
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
            before = known.get(address, {})
            has_page = before.get("status") == "fetched"
            row = look_again(run, before) if has_page else settle(run, address, days.get(address))
            if run.stop.is_set() and (row is None or row["status"] == "failed"):
                return
            if row is not None and (row["status"] != "left" or not before):
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
