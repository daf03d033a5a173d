"""One bad server ends one address: raw bytes of every hostile kind, and answers damaged at random."""

import gzip
import random
import socket
import socketserver
import threading
import time
import tracemalloc
import zlib

import pytest

from discourse.errors import SchemaError
from discourse.sources.web.fetching import Answer, FetchProblem, Limits, ask, plain_address
from discourse.sources.web.hydrate import hydrate
from discourse.sources.web.ledger import STATUSES

LOOPBACK = ("127.0.0.1/32",)
PAGE = b"<html><body><p>" + "قال المبعوث إن الاتصالات مستمرة. ".encode() * 20 + b"</p></body></html>"
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OPEN + b"Transfer-Encoding: chunked\r\n\r\n"


def zipped(body: bytes, n_times: int = 1) -> bytes:
    for _ in range(n_times):
        body = gzip.compress(body)
    return body


def packed(body: bytes, coding: bytes = b"gzip") -> bytes:
    return OPEN + b"Content-Encoding: " + coding + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def moved(target: bytes, status: bytes = b"302 Found") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"


def bomb() -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([squeeze.compress(b"\0" * 1_000_000) for _ in range(50)] + [squeeze.flush()])


# What a server sends, the status that comes of it, and how the reason begins.
SENT = {
    "nothing": (b"", "failed", "the connection broke"),
    "bytes-for-a-status": (bytes(range(128, 256)) * 20, "failed", "the connection broke"),
    "text-in-status": (b"HTTP/1.1 two hundred\r\n\r\n", "failed", "the connection broke"),
    "arabic-status": ("HTTP/1.1 ٢٠٠ حسنا\r\n\r\n".encode() + PAGE, "failed", "the connection broke"),
    "status-999": (b"HTTP/1.1 999 Request denied\r\n\r\n", "unusable", "the server answered 999"),
    "status-99999": (b"HTTP/1.1 99999 x\r\n\r\n", "failed", "the connection broke"),
    "status-minus": (b"HTTP/1.1 -20 x\r\n\r\n", "failed", "the connection broke"),
    "status-204": (b"HTTP/1.1 204 No Content\r\n\r\n", "unusable", "the server answered 204"),
    "status-304": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "unusable", "the server answered 304"),
    "no-http": (b"SSH-2.0-OpenSSH_9.2\r\n", "failed", "the connection broke"),
    "http-9": (b"HTTP/9.9 200 OK\r\n\r\n" + PAGE, "failed", "the connection broke"),
    "long-status-line": (b"HTTP/1.1 200 " + b"x" * 200_000 + b"\r\n\r\n", "failed", "the connection broke"),
    "continue-forever": (b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000, "failed", "the connection broke"),
    "100,000-headers": (OPEN + b"X-A: b\r\n" * 100_000 + b"\r\n" + PAGE, "failed", "the connection broke"),
    "long-header": (OPEN + b"X-A: " + b"b" * 200_000 + b"\r\n\r\n" + PAGE, "failed", "the connection broke"),
    "headers-cut": (OPEN + b"Content-Le", "unusable", "is empty"),
    "broken-headers": (OPEN + b"no colon here\r\n: nameless\r\n\x00\xff\xfe: \x01\r\n\r\n", "unusable", "is empty"),
    "folded-headers": (OPEN + b" folded\r\n\tmore\r\n\r\n" + PAGE, "fetched", None),
    "length-minus": (OPEN + b"Content-Length: -5\r\n\r\n" + PAGE, "fetched", None),
    "length-words": (OPEN + b"Content-Length: many\r\n\r\n" + PAGE, "fetched", None),
    "length-5000-digits": (OPEN + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + PAGE, "unusable", "is larger"),
    "length-squared": (OPEN + "Content-Length: ²\r\n\r\n".encode() + PAGE, "fetched", None),
    "length-short": (OPEN + b"Content-Length: 900000\r\n\r\n" + PAGE, "failed", "ended early"),
    "type-nonsense": (b"HTTP/1.1 200 OK\r\nContent-Type: ;;;\r\n\r\n" + PAGE, "fetched", None),
    "type-picture": (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + PAGE, "unusable", "is of type image/png"),
    "chunks-no-size": (CHUNKED + b"zz\r\n" + PAGE, "failed", "the connection broke"),
    "chunks-minus": (CHUNKED + b"-5\r\n" + PAGE, "failed", "the connection broke"),
    "chunks-too-large": (CHUNKED + b"FFFFFFFFFFFFFFFFFFFF\r\n" + PAGE, "failed", "the connection broke"),
    "chunks-cut": (CHUNKED + b"400\r\n" + PAGE[:100], "failed", "the connection broke"),
    "chunks-long-size": (CHUNKED + b"1;" + b"x" * 200_000 + b"\r\n", "failed", "the connection broke"),
    "chunks-trailer-without-end": (CHUNKED + b"0\r\n" + b"X: y\r\n" * 50_000, "unusable", "is empty"),
    "gzip-bomb": (packed(bomb()), "unusable", "is larger than 1,000,000 bytes"),
    "gzip-of-gzip": (packed(zipped(PAGE, 4)), "fetched", None),
    "gzip-cut": (OPEN + b"Content-Encoding: gzip\r\n\r\n" + zipped(PAGE)[:60], "failed", "ended early"),
    "gzip-crc": (packed(zipped(PAGE)[:-8] + b"\0" * 8), "unusable", "is packed as 'gzip', but damaged"),
    "gzip-members": (packed(zipped(b"") * 5_000), "unusable", "is packed as 'gzip' in more than 1,000 parts"),
    "gzip-garbage-behind": (packed(zipped(PAGE) + b"\0" * 500), "fetched", None),
    "deflate-nonsense": (packed(b"\xff" * 900, b"deflate"), "unusable", "is packed as 'deflate', but damaged"),
    "brotli": (packed(PAGE, b"br"), "unusable", "is packed as 'br', which was not asked for"),
    "coding-nonsense": (packed(PAGE, b"x" * 9_000), "unusable", "is packed as 'xxx"),
    "moved-nowhere": (b"HTTP/1.1 301 Moved\r\n\r\n", "unusable", "the server answered 301"),
    "moved-empty": (moved(b""), "unusable", "redirects in a loop of 1"),
    "moved-bracket": (moved(b"http://[bad"), "unusable", "redirects to 'http://[bad', which cannot be read"),
    "moved-port": (moved(b"http://example.org:99999/"), "forbidden", "the address cannot be read"),
    "moved-idna": (moved(b"http://" + b"a" * 300 + b".example/"), "forbidden", "the host 'aaa"),
    "moved-idna-dots": (moved(b"http://a..b.example/"), "forbidden", "the host 'a..b.example' is no host name"),
    "moved-idna-long": (moved(b"http://" + "ش".encode() * 20_000 + b"/"), "forbidden", "the address is longer"),
    "moved-idna-arabic": (moved("http://\u200f..ـ٬.example/".encode()), "forbidden", "the host"),
    "moved-user": (moved(b"http://user:word@example.org/"), "forbidden", "the address carries a user name"),
    "moved-file": (moved(b"file:///etc/hostname"), "forbidden", "the scheme 'file'"),
    "moved-inside": (moved(b"//[::ffff:7f00:1]:1/"), "forbidden", "::ffff:7f00:1 leads to ::ffff:127.0.0.1"),
    "moved-null": (moved(b"/a\x00b"), "forbidden", "the address holds control characters"),
    "busy-nonsense": (b"HTTP/1.1 503 x\r\nRetry-After: \xb2\r\n\r\n", "failed", "the server answered 503"),
    "busy-huge": (b"HTTP/1.1 503 x\r\nRetry-After: " + b"9" * 6_000 + b"\r\n\r\n", "failed", "the server answered 503"),
    "busy-year-1": (
        b"HTTP/1.1 503 x\r\nRetry-After: Mon, 01 Jan 0001 00:00:00 +2359\r\n\r\n",
        "failed",
        "the server answered 503",
    ),
    "validators-nonsense": (OPEN + b'ETag: "\xff\x00"\r\nLast-Modified: \xff\r\n\r\n' + PAGE, "fetched", None),
}  # fmt: skip


class Raw(socketserver.BaseRequestHandler):
    """Send the bytes that the path names, then close."""

    def handle(self):
        asked = self.request.recv(65536).split(b" ")
        name = asked[1].decode()[1:] if len(asked) > 1 else "tls"
        self.server.asked.append(name)
        answer = self.server.answers.get(name, b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n")
        if name.startswith("round/"):
            answer = moved(b"/round/" + str(int(name[6:]) + 1).encode())
        try:
            if name in self.server.slow:
                for place in range(len(answer)):
                    self.request.sendall(answer[place : place + 1])
                    time.sleep(0.02)
            self.request.sendall(answer)
            self.request.shutdown(socket.SHUT_WR)
            self.request.settimeout(0.2)
            while self.request.recv(65536):
                pass
        except OSError:
            return


@pytest.fixture
def server():
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 50

    with Server(("127.0.0.1", 0), Raw) as running:
        running.answers = {name: sent for name, (sent, _, _) in SENT.items()} | {"good": GOOD}
        running.asked, running.slow = [], set()
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.root = f"http://127.0.0.1:{running.server_address[1]}"
        yield running
        running.shutdown()


LIMITS = Limits(timeout=0.4, total=1.5, max_bytes=1_000_000, allow=LOOPBACK)
QUICK = {"delay": 0.0, "timeout": 0.4, "total": 1.5, "retries": 0, "max_bytes": 1_000_000, "allow_networks": LOOPBACK}


@pytest.mark.parametrize("name", SENT)
def test_hydrate_whatever_a_server_sends_ends_that_address_alone(server, tmp_path, name):
    ledger = hydrate([f"{server.root}/{name}", f"{server.root}/good"], folder=tmp_path, **QUICK)
    _, status, reason = SENT[name]
    assert ledger["status"].tolist() == [status, "fetched"]
    if reason is not None:
        assert ledger["reason"][0].startswith(reason)
    assert (tmp_path / ledger["file"][1]).read_bytes() == PAGE


def test_hydrate_two_gzip_members_are_one_page(server, tmp_path):
    server.answers["two"] = packed(zipped(PAGE[:200]) + zipped(PAGE[200:]))
    ledger = hydrate([f"{server.root}/two"], folder=tmp_path, **QUICK)
    assert (tmp_path / ledger["file"][0]).read_bytes() == PAGE


def test_hydrate_redirects_without_end_and_drops_of_headers_end_one_address(server, tmp_path):
    server.slow.add("good-slowly")
    server.answers["good-slowly"] = GOOD
    names = ["round/0", "good-slowly", "good"]
    ledger = hydrate([f"{server.root}/{name}" for name in names], folder=tmp_path, **QUICK)
    assert ledger["status"].tolist() == ["unusable", "failed", "fetched"]
    assert ledger["reason"].tolist()[:2] == ["redirects more than 5 times", "took longer than 1.5 seconds"]


def test_hydrate_a_server_that_speaks_no_tls_ends_one_address(server, tmp_path):
    addresses = [server.root.replace("http", "https") + "/good", server.root + "/good"]
    ledger = hydrate(addresses, folder=tmp_path, **QUICK)
    assert ledger["status"].tolist() == ["failed", "fetched"]
    assert ledger["reason"][0].startswith("robots.txt could not be read: the connection broke after 0 seconds: ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (SENT["100,000-headers"][0], "failed"),
        (SENT["gzip-crc"][0], "failed"),
        (packed(bomb()), "fetched"),
        (OPEN + b"\r\n" + b"User-agent: x\n" * 400_000, "fetched"),
        (OPEN + b"\r\n" + b"User-agent: *\nDisallow: /good\n" + b"# x\n" * 400_000, "forbidden"),
        (OPEN + b"\r\n" + bytes(range(256)) * 100, "fetched"),
        (moved(b"http://[bad"), "fetched"),
        (moved(b"http://10.0.0.1/robots.txt"), "forbidden"),
        (moved(b""), "fetched"),
    ],
)
def test_hydrate_whatever_robots_txt_is_the_run_goes_on(server, tmp_path, sent, status):
    server.answers["robots.txt"] = sent
    ledger = hydrate([f"{server.root}/good"], folder=tmp_path, **QUICK)
    assert ledger["status"].tolist() == [status]


def damaged(draw: random.Random) -> bytes:
    """Return an answer, changed at some places."""
    answer = bytearray(draw.choice([sent for sent, _, _ in SENT.values() if len(sent) < 20_000] + [GOOD] * 10))
    for _ in range(draw.randint(1, 8)):
        place = draw.randint(0, min(len(answer), 400))
        kind = draw.randint(0, 4)
        if kind == 0:
            answer[place : place + 1] = bytes([draw.randint(0, 255)])
        elif kind == 1:
            del answer[place : place + draw.randint(1, 60)]
        elif kind == 2:
            answer[place:place] = draw.choice([b"\r\n", b"\r\n\r\n", b":", b"\x00", b"\xff" * 9, b"9" * 30, b"\n"])
        elif kind == 3:
            answer[place:place] = answer[place : place + draw.randint(1, 200)]
        else:
            del answer[draw.randint(0, len(answer)) :]
    return bytes(answer)


def test_hydrate_answers_damaged_at_random_never_end_a_run(server, tmp_path):
    draw = random.Random(20151223)
    server.answers |= {f"d{number}": damaged(draw) for number in range(150)}
    names = [name for number in range(150) for name in (f"d{number}", f"good?{number}")]
    server.answers |= {f"good?{number}": GOOD for number in range(150)}
    ledger = hydrate([f"{server.root}/{name}" for name in names], folder=tmp_path, **QUICK)
    assert set(ledger["status"]) <= set(STATUSES)
    assert (ledger["status"][1::2] == "fetched").all()
    assert ledger["reason"][ledger["status"] != "fetched"].notna().all()
    assert ledger["status"][::2].nunique() >= 3


def test_ask_memory_stays_within_the_limit_of_a_page(server):
    tracemalloc.start()
    with pytest.raises(FetchProblem):
        ask(f"{server.root}/gzip-bomb", LIMITS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def test_answer_target_letters_not_encoded_are_read_as_utf8_or_left():
    assert Answer(302, {"location": "/خبر".encode().decode("latin-1")}, b"").target == "/خبر"
    assert Answer(302, {"location": "/\xff"}, b"").target == "/\xff"
    assert Answer(200, {"location": "/x"}, b"").target is None


def test_plain_address_length_has_a_limit():
    base = "http://example.org/"
    assert len(plain_address(base + "a" * (16_384 - len(base)))) == 16_384
    with pytest.raises(FetchProblem) as problem:
        plain_address(base + "a" * (16_385 - len(base)))
    assert problem.value.reason == "the address is longer than 16,384 characters"


def test_hydrate_networks_and_addresses_are_checked_before_anything_begins(tmp_path):
    with pytest.raises(SchemaError) as error:
        hydrate(["http://example.org/"], folder=tmp_path / "x", allow_networks=["foo"])
    assert str(error.value) == (
        "`allow_networks` has 'foo', which is no network: 'foo' does not appear to be an IPv4 or IPv6 network. "
        "Write it as 127.0.0.1/32 or fd00::/8."
    )
    with pytest.raises(SchemaError) as error:
        hydrate(["http://example.org/\udcff", "http://example.org/"], folder=tmp_path / "x")
    assert str(error.value) == (
        "`addresses` has 1 with half a character in it (a lone surrogate). First: 'http://example.org/\\\\udcff'. "
        "Read the list as UTF-8, or leave them out."
    )
    with pytest.raises(SchemaError) as error:
        hydrate(["http://example.org/"], folder=tmp_path / "x", max_per_host=0)
    assert str(error.value) == "`max_per_host` is 0; it must be more than 0."
    with pytest.raises(SchemaError) as error:
        hydrate(["http://example.org/"], folder=tmp_path / "x", refresh=float("nan"))
    assert str(error.value) == "`refresh` is nan; it must be 0 or more."
    assert not (tmp_path / "x").exists()
