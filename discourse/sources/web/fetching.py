"""One request for one page, on guard: public addresses only, everything bounded, nothing followed by itself."""

import email.utils
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from discourse.sources.web.ranges import is_public

__all__ = ["AGENT", "Answer", "FetchProblem", "Limits", "ask", "plain_address"]

AGENT = "arabic-discourse"
_STEP = 1 << 16
_MEMBERS = 1_000  # gzip members of one page
_LONGEST = 16_384  # characters of an address; servers refuse far shorter ones
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Limits:
    """What one request may cost: seconds without a byte and in all, bytes unpacked; and the allowed networks.

    With ``cut`` a longer body is cut at ``max_bytes``, not refused.
    """

    timeout: float = 20.0
    total: float = 60.0
    max_bytes: int = 10_000_000
    allow: tuple[str, ...] = ()
    agent: str = AGENT
    cut: bool = False


class Answer(NamedTuple):
    """What a server answered: status, header fields in lower case, the unpacked body (empty unless 200)."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def target(self) -> str | None:
        """The address of a redirect; Arabic letters that the server did not encode are read as UTF-8."""
        named = self.headers.get("location") if self.status in _REDIRECTS else None
        if named is None or named.isascii():
            return named
        try:
            return named.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return named


class FetchProblem(Exception):
    """A request that gave no page: the ledger's status, the reason, and the seconds that the server asks to wait."""

    def __init__(self, status: str, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.wait = wait


def plain_address(address: str) -> str:
    """Return an address as it goes over the wire: host in ASCII, Arabic letters in path and query percent-encoded.

    Raises
    ------
    FetchProblem
        The address is not http or https, has no host, is longer than 16,384 characters, or carries a user name or
        control characters.

    Examples
    --------
    >>> plain_address("https://Example.org/أخبار/1#top")
    'https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1'
    """
    text = address.strip()
    if len(text) > _LONGEST:
        raise FetchProblem("forbidden", f"the address is longer than {_LONGEST:,} characters")
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise FetchProblem("forbidden", "the address holds control characters")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchProblem("forbidden", f"the address cannot be read: {error}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise FetchProblem("forbidden", f"the scheme {parts.scheme or 'none'!r} is neither http nor https")
    if not host:
        raise FetchProblem("forbidden", "the address has no host")
    if parts.username is not None or parts.password is not None:
        raise FetchProblem("forbidden", "the address carries a user name")
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchProblem("forbidden", f"the host {host[:80]!r} is no host name") from error
    place = f"[{name}]" if ":" in name else name
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((parts.scheme.lower(), place + (f":{port}" if port else ""), path, query, ""))


def ask(address: str, limits: Limits, unless: dict[str, str] | None = None) -> Answer:
    """Send one GET request and return the answer; redirects are returned, not followed.

    ``unless`` holds header fields that make the request conditional: with them, 304 is an answer.

    The host is resolved once, the connection goes to the address that was checked (a name that changes between check
    and use gains nothing), proxies from the environment are not used. The body is unpacked as it comes and given up at
    ``max_bytes``; at ``total`` seconds the connection is shut, however slowly bytes may drip.

    Raises
    ------
    FetchProblem
        With status forbidden, unusable or failed; whatever a server sends, nothing else is raised.
    """
    parts = urlsplit(address)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    ip = _public(host, port, limits)
    began = time.monotonic()
    late = threading.Event()
    try:
        channel = socket.create_connection((ip, port), timeout=min(limits.timeout, limits.total))
    except OSError as error:
        raise FetchProblem("failed", f"no connection to {host}: {_cause(error)}") from error
    held = [channel]
    watch = threading.Timer(limits.total, _shut, (held, late))
    watch.daemon = True
    watch.start()
    try:
        if secure:
            channel = _context().wrap_socket(channel, server_hostname=host, do_handshake_on_connect=False)
            held[0] = channel  # the handshake too is under watch
            channel.do_handshake()
        answer = _exchange(channel, parts, (host, port), limits, unless or {})
        if late.is_set():  # a body without a length looks complete when the connection is shut
            raise FetchProblem("failed", f"took longer than {limits.total:g} seconds")
        return answer
    except FetchProblem as problem:
        if late.is_set():
            raise FetchProblem("failed", f"took longer than {limits.total:g} seconds") from problem
        raise
    except Exception as error:  # what the parsers of the standard library raise on nonsense is not bounded by a list
        spent = time.monotonic() - began
        if late.is_set():
            raise FetchProblem("failed", f"took longer than {limits.total:g} seconds") from error
        if isinstance(error, TimeoutError):
            raise FetchProblem("failed", f"no byte came for {limits.timeout:g} seconds") from error
        raise FetchProblem("failed", f"the connection broke after {spent:.0f} seconds: {_cause(error)}") from error
    finally:
        watch.cancel()
        channel.close()


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _shut(held: list[socket.socket], late: threading.Event) -> None:
    late.set()
    try:
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)  # of the plain socket: nothing waits for the peer
    except OSError:
        return  # closed already: the request has ended by itself


def _cause(error: BaseException) -> str:
    text = str(getattr(error, "strerror", None) or error).strip() or type(error).__name__
    return re.sub(r"[^ -~]+", "?", text.splitlines()[0])[:200]


def _public(host: str, port: int, limits: Limits) -> str:
    """Resolve a host and return its first public address."""
    candidates = list(dict.fromkeys(one.split("%")[0] for one in _resolved(host, port, limits.total)))
    for candidate in candidates:
        if _may_connect(candidate, limits.allow):
            return candidate
    raise FetchProblem("forbidden", f"{host} leads to {candidates[0]}, which is no public address")


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Look up the addresses of a host; the system's own patience is not waited for."""
    found: list[str] = []
    problem: list[Exception] = []

    def look_up() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:
            problem.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise FetchProblem("failed", f"the host {host} is not found: no answer in {seconds:g} seconds")
    if problem or not found:
        cause = _cause(problem[0]) if problem else "no address"
        raise FetchProblem("failed", f"the host {host} is not found: {cause}")
    return found


def _may_connect(candidate: str, allow: tuple[str, ...]) -> bool:
    ip = ipaddress.ip_address(candidate)
    return any(ip in ipaddress.ip_network(network) for network in allow) or is_public(ip)


def _exchange(
    channel: socket.socket, parts: SplitResult, place: tuple[str, int], limits: Limits, unless: dict[str, str]
) -> Answer:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(*place, timeout=limits.timeout)
    connection.sock = channel  # the checked address; the connection never resolves the name again
    headers = {
        "User-Agent": limits.agent,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    } | unless
    with closing(connection):
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        with closing(connection.getresponse()) as answer:
            fields = {name.lower(): re.sub(r"[ \t\r\n]+", " ", value).strip(" ") for name, value in answer.getheaders()}
            if answer.status in _BUSY:
                raise FetchProblem("failed", f"the server answered {answer.status}", _wait(fields.get("retry-after")))
            body = _body(answer, fields, limits) if answer.status == 200 else b""
            return Answer(answer.status, fields, body)


def _wait(value: str | None) -> float | None:
    """Read Retry-After: seconds, or a day and time."""
    if value is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError):
        return None


def _body(answer: http.client.HTTPResponse, fields: dict[str, str], limits: Limits) -> bytes:
    too_large = FetchProblem("unusable", f"is larger than {limits.max_bytes:,} bytes")
    stated = fields.get("content-length") or ""
    if re.fullmatch(r"[0-9]+", stated) and (len(stated) > 18 or int(stated) > limits.max_bytes) and not limits.cut:
        raise too_large
    coding = fields.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchProblem("unusable", f"is packed as {coding[:40]!r}, which was not asked for")
    unpack: Any = zlib.decompressobj(47) if coding not in ("", "identity") else None
    body, n_packed, n_members = bytearray(), 0, 1
    while piece := answer.read1(_STEP):
        n_packed += len(piece)
        while piece:
            room = limits.max_bytes + 1 - len(body)
            try:
                body += unpack.decompress(piece, room) if unpack else piece
            except zlib.error as error:
                raise FetchProblem("unusable", f"is packed as {coding!r}, but damaged: {error}") from error
            if len(body) > limits.max_bytes or n_packed > limits.max_bytes or (unpack and unpack.unconsumed_tail):
                if limits.cut:
                    return bytes(body[: limits.max_bytes])
                raise too_large
            piece = unpack.unused_data if unpack and unpack.eof else b""
            if piece[:2] != b"\x1f\x8b":
                break  # what stands behind the packed page is no part of it
            unpack, n_members = zlib.decompressobj(47), n_members + 1  # another member of the same page
            if n_members > _MEMBERS:
                raise FetchProblem("unusable", f"is packed as {coding!r} in more than {_MEMBERS:,} parts")
    if answer.length:
        raise FetchProblem("failed", f"ended early: {answer.length} bytes are missing")
    if unpack and not unpack.eof and n_packed:
        raise FetchProblem("failed", "ended early: the packed page is cut")
    return bytes(body)
