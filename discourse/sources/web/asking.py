"""Asking with manners: one request at a time for each host, its robots.txt obeyed, failures repeated with patience."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from discourse.sources.web.fetching import Answer, FetchProblem, Limits, ask, plain_address
from discourse.sources.web.robots import ALLOW_ALL, ROBOTS_BYTES, Rules, is_allowed, read_robots

__all__ = ["Run", "ask_politely", "follow"]

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_IN_A_ROW = 5


@dataclass
class _Host:
    """What is known of a host in this run: whose turn it is, when it may be asked again, its rules, its failures."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    ready_at: float = 0.0
    rules: dict[str, Rules | FetchProblem] = field(default_factory=dict)
    n_failed: int = 0
    closed: str | None = None
    n_asked: int = 0


@dataclass
class Run:
    """The settings of one run and what its threads share."""

    limits: Limits
    delay: float
    retries: int
    backoff: float
    max_wait: float
    max_redirects: int
    threads: int
    folder: Path
    archive: str | None = None  # where the index of the Wayback Machine is asked, if at all
    max_per_host: int | None = None
    hosts: dict[str, _Host] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def robots_limits(self) -> Limits:
        """The limits of a robots.txt: what is longer is read to there."""
        return replace(self.limits, max_bytes=min(self.limits.max_bytes, ROBOTS_BYTES + 1), cut=True)

    def host(self, name: str) -> _Host:
        """Return what is known of a host."""
        with self.guard:
            return self.hosts.setdefault(name, _Host())


def follow(
    run: Run, address: str, row: dict[str, Any], unless: Mapping[str, dict[str, str]] | None = None
) -> tuple[str, Answer]:
    """Ask for an address and go where it is redirected, each hop checked and each at its host's pace.

    ``unless`` gives the conditions under which an address is asked for again: then 304 is an answer too.
    """
    seen = [address]
    while True:
        conditions = (unless or {}).get(address)
        answer = ask_politely(run, address, row, conditions)
        if answer.status == 304 and conditions:
            return address, answer
        if answer.status == 200:
            kind = (answer.headers.get("content-type", "").split(";")[0].lower().split() or [""])[0]
            if kind and kind not in _PAGE_TYPES:
                raise FetchProblem("unusable", f"is of type {kind[:80]}, not a page")
            if not answer.body.strip():
                raise FetchProblem("unusable", "is empty")
            return address, answer
        if answer.target is None:
            row["http_status"] = answer.status
            status = "missing" if answer.status in (404, 410) else "unusable"
            raise FetchProblem(status, f"the server answered {answer.status}")
        address = _target(address, answer.target)
        if address in seen:
            raise FetchProblem("unusable", f"redirects in a loop of {len(seen) - seen.index(address)}")
        if len(seen) > run.max_redirects:
            raise FetchProblem("unusable", f"redirects more than {run.max_redirects} times")
        seen.append(address)


def _target(address: str, target: str) -> str:
    """Return where a redirect leads; what cannot be read as an address is no way to go on."""
    try:
        joined = urljoin(address, target)
    except ValueError as error:
        raise FetchProblem("unusable", f"redirects to {target[:80]!r}, which cannot be read: {error}") from error
    return plain_address(joined)


def ask_politely(run: Run, address: str, row: dict[str, Any], unless: dict[str, str] | None = None) -> Answer:
    """Ask for one address when its host's turn has come, if its robots.txt allows; repeat after failures."""
    parts = urlsplit(address)
    host = run.host(parts.hostname or "")
    with host.turn:
        rules = _rules(run, host, f"{parts.scheme}://{parts.netloc}", row)
        if not is_allowed(rules, address):
            raise FetchProblem("forbidden", "robots.txt forbids it")
        delay = max(run.delay, min(rules.delay or 0.0, run.max_wait))
        return _repeat(run, host, address, delay, row, unless=unless or {}, counted=True)


def _repeat(
    run: Run,
    host: _Host,
    address: str,
    delay: float,
    row: dict[str, Any],
    *,
    unless: Mapping[str, str] = MappingProxyType({}),
    counted: bool = False,
    limits: Limits | None = None,
) -> Answer:
    for attempt in range(run.retries + 1):
        if host.closed is not None:
            raise FetchProblem("failed", host.closed)
        if counted and run.max_per_host is not None and host.n_asked >= run.max_per_host:
            asked = f"{run.max_per_host:,} requests" if run.max_per_host != 1 else "1 request"
            raise FetchProblem("left", f"{urlsplit(address).hostname} has had its {asked} of this run")
        if run.stop.wait(max(0.0, host.ready_at - time.monotonic())):
            raise FetchProblem("failed", "the run was stopped")
        try:
            row["n_requests"] += 1
            host.n_asked += counted
            bounds = limits or run.limits
            answer = ask(address, bounds, dict(unless)) if unless else ask(address, bounds)
            host.n_failed = 0
            return answer
        except FetchProblem as problem:
            if problem.status != "failed":
                raise
            _note_failure(run, host, problem)
            if attempt == run.retries or host.closed is not None:
                raise
            pause = problem.wait if problem.wait is not None else run.backoff * 2**attempt
        finally:
            host.ready_at = time.monotonic() + delay
        host.ready_at = max(host.ready_at, time.monotonic() + pause)
    raise FetchProblem("failed", "no request was made")


def _note_failure(run: Run, host: _Host, problem: FetchProblem) -> None:
    """Close a host for the rest of the run once it asks for more patience than the run has, or answers no more."""
    host.n_failed += 1
    if problem.wait is not None and problem.wait > run.max_wait:
        host.closed = f"the server asks to wait {problem.wait:.0f} seconds; run again later"
    elif host.n_failed >= _IN_A_ROW * (run.retries + 1):
        host.closed = f"the host failed {host.n_failed} times in a row ({problem.reason}); run again later"


def _rules(run: Run, host: _Host, root: str, row: dict[str, Any]) -> Rules:
    """Return the rules of a host, asked for once a run: a 4xx allows all, no answer allows nothing (RFC 9309)."""
    if root not in host.rules:
        host.rules[root] = _ask_rules(run, host, root, row)
    rules = host.rules[root]
    if isinstance(rules, FetchProblem):
        raise rules
    return rules


def _ask_rules(run: Run, host: _Host, root: str, row: dict[str, Any]) -> Rules | FetchProblem:
    """Ask for a robots.txt; one that is there but cannot be read closes the host, a redirect to nowhere opens it."""
    address = f"{root}/robots.txt"
    try:
        answer = _repeat(run, host, address, run.delay, row, limits=run.robots_limits)
        for _ in range(run.max_redirects):
            if answer.target is None:
                break
            try:
                address = _target(address, answer.target)
            except FetchProblem as problem:
                return problem if problem.status == "forbidden" else ALLOW_ALL
            answer = _repeat(run, host, address, run.delay, row, limits=run.robots_limits)
    except FetchProblem as problem:
        if problem.status == "forbidden":
            return problem
        return FetchProblem("failed", f"robots.txt could not be read: {problem.reason}")
    return read_robots(answer.body, run.limits.agent) if answer.status == 200 else ALLOW_ALL
