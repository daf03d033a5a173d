"""What becomes of one address: fetched, found in the archive, looked at again; its line for the ledger."""

import hashlib
import os
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from discourse.errors import SourceError
from discourse.sources.web.asking import Run, ask_politely, follow
from discourse.sources.web.fetching import Answer, FetchProblem, plain_address
from discourse.sources.web.wayback import index_question, read_index

__all__ = ["age_in_days", "look_again", "settle"]


def settle(run: Run, address: str, day: str | None) -> dict[str, Any]:
    """Fetch one address, store its page, and return its line for the ledger."""
    row: dict[str, Any] = {"address": address, "n_requests": 0}
    problem = _attempt(run, address, row, via="direct")
    if problem is not None and run.archive is not None and problem.status in ("missing", "failed"):
        problem = _from_archive(run, run.archive, address, day, row, problem)
    said = ("fetched", None) if problem is None else (problem.status, problem.reason)
    return row | dict(zip(("status", "reason"), said, strict=True)) | {"fetched_at": _now()}


def look_again(run: Run, known: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask for a page that is in the folder once more, if it has changed; return its new line, or none.

    A changed page is stored beside the one before, whose name the line keeps as ``earlier``. Whatever else the server
    answers, the page that is there stays and counts; the reason says what was answered.
    """
    address, path = str(known["address"]), run.folder / str(known["file"])
    old = path.read_bytes() if path.is_file() else None
    row: dict[str, Any] = {"address": address, "n_requests": 0}
    conditions = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    kept = {name: value for name, value in conditions.items() if value}
    unless = {str(known.get("final_address")): kept} if kept and old is not None else {}
    try:
        place, answer = follow(run, plain_address(address), row, unless)
    except FetchProblem as problem:
        if problem.status in ("left", "failed"):
            return None  # the next run asks again
        reason = f"the page of the earlier run is kept; asked again: {problem.reason}"
        return {**known, "reason": reason, "checked_at": _now(), "n_requests": row["n_requests"]}
    checked = {**known, "reason": None, "checked_at": _now(), "n_requests": row["n_requests"]}
    if answer.status == 304:
        return checked
    if answer.body == old:
        return checked | _validators(answer)
    version = f".{hashlib.sha256(answer.body).hexdigest()[:12]}" if old is not None else ""
    _keep(run, row, place, answer, via="direct", version=version)
    earlier = known["file"] if old is not None and row["file"] != known["file"] else known.get("earlier")
    return {**checked, **row, "fetched_at": _now(), "earlier": earlier}


def age_in_days(stamp: Any) -> float:
    """Return the days since a time of the ledger; what cannot be read is older than any."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(str(stamp))).total_seconds() / 86_400
    except (ValueError, TypeError):
        return float("inf")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _attempt(run: Run, address: str, row: dict[str, Any], *, via: str) -> FetchProblem | None:
    try:
        place, answer = follow(run, plain_address(address), row)
    except FetchProblem as problem:
        return problem
    _keep(run, row, place, answer, via=via)
    return None


def _keep(run: Run, row: dict[str, Any], place: str, answer: Answer, *, via: str, version: str = "") -> None:
    """Store a page, and note in its line what is known of it."""
    name = f"pages/{hashlib.sha256(row['address'].encode()).hexdigest()[:24]}{version}.html"
    _store(run.folder / name, answer.body)
    row |= {
        "file": name, "final_address": place, "http_status": answer.status, "n_bytes": len(answer.body), "via": via,
        "content_type": answer.headers.get("content-type"),
    }  # fmt: skip
    if via == "direct":
        row |= _validators(answer)


def _validators(answer: Answer) -> dict[str, str | None]:
    """Return what the server names the state of a page by, where it can be sent back as it came."""
    found = {"etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified")}
    return {name: value if re.fullmatch(r"[!-~][ -~]{0,500}", value or "") else None for name, value in found.items()}


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


def _from_archive(
    run: Run, index: str, address: str, day: str | None, row: dict[str, Any], before: FetchProblem
) -> FetchProblem | None:
    """Look for the page in the Wayback Machine, near ``day`` where one is known, and fetch it as first archived."""
    try:
        question = index_question(index, plain_address(address), day)
        copies = read_index(index, ask_politely(run, question, row))
    except FetchProblem as problem:
        row["archive"] = "no answer"
        return FetchProblem(before.status, f"{before.reason}; the Wayback Machine gave no answer: {problem.reason}")
    if not copies:
        row["archive"] = "no copy"
        return FetchProblem(before.status, f"{before.reason}; the Wayback Machine has no copy")
    problem: FetchProblem | None = None
    for copy in copies:
        problem = _attempt(run, copy, row, via="wayback")
        if problem is None:
            row["archive"] = "copy"
            return None
    row["archive"] = "no answer"
    return FetchProblem(before.status, f"{before.reason}; Wayback Machine: {problem.reason if problem else ''}")
