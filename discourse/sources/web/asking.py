"""Asking with manners: one request at a time for each host, its robots.txt obeyed, failures repeated with patience."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from discourse.sources.web.fetching import Answer, FetchProblem, Limits, ask, plain_address
from discourse.sources.web.robots import ALLOW_ALL, Rules, is_allowed, read_robots

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


@dataclass
class Run:
    """The settings of one run and what its threads share."""

    limits: Limits
    delay: float
    retries: int
    backoff: float
    max_wait: float
    max_redirects: int
    wayback: bool
    threads: int
    folder: Path
    hosts: dict[str, _Host] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    def host(self, name: str) -> _Host:
        """Return what is known of a host."""
        with self.guard:
            return self.hosts.setdefault(name, _Host())


def follow(run: Run, address: str, row: dict[str, Any]) -> tuple[str, Answer]:
    """Ask for an address and go where it is redirected, each hop checked and each at its host's pace."""
    seen = [address]
    while True:
        answer = ask_politely(run, address, row)
        if answer.status == 200:
            kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
            if kind and kind not in _PAGE_TYPES:
                raise FetchProblem("unusable", f"is of type {kind}, not a page")
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


def ask_politely(run: Run, address: str, row: dict[str, Any]) -> Answer:
    """Ask for one address when its host's turn has come, if its robots.txt allows; repeat after failures."""
    parts = urlsplit(address)
    host = run.host(parts.hostname or "")
    with host.turn:
        rules = _rules(run, host, f"{parts.scheme}://{parts.netloc}", row)
        if not is_allowed(rules, address):
            raise FetchProblem("forbidden", "robots.txt forbids it")
        return _repeat(run, host, address, max(run.delay, min(rules.delay or 0.0, run.max_wait)), row)


def _repeat(run: Run, host: _Host, address: str, delay: float, row: dict[str, Any]) -> Answer:
    for attempt in range(run.retries + 1):
        if host.closed is not None:
            raise FetchProblem("failed", host.closed)
        if run.stop.wait(max(0.0, host.ready_at - time.monotonic())):
            raise FetchProblem("failed", "the run was stopped")
        try:
            row["n_requests"] += 1
            answer = ask(address, run.limits)
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
    address = f"{root}/robots.txt"
    try:
        answer = _repeat(run, host, address, run.delay, row)
        for _ in range(run.max_redirects):
            if answer.target is None:
                break
            address = _target(address, answer.target)
            answer = _repeat(run, host, address, run.delay, row)
    except FetchProblem as problem:
        reason = f"robots.txt could not be read: {problem.reason}"
        if problem.status == "forbidden":
            return problem
        return ALLOW_ALL if problem.status == "unusable" else FetchProblem(problem.status, reason)
    if answer.status != 200:
        return ALLOW_ALL
    return read_robots(answer.body[:512_000].decode("utf-8", "replace"), run.limits.agent)
