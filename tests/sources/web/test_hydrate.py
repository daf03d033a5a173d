"""Hydration against a server of our own that misbehaves in every way the net does."""

import gzip
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.sources.readers.addresses import read_addresses, read_hydrated
from discourse.sources.web import asking
from discourse.sources.web import hydrate as hydration
from discourse.sources.web.fetching import Answer, FetchProblem, Limits, ask, plain_address
from discourse.sources.web.hydrate import hydrate
from discourse.sources.web.ledger import LEDGER_COLUMNS, STATUSES, ledger_of

LOOPBACK = ("127.0.0.1/32",)
ARTICLE = "قال المبعوث الروسي إن الاتصالات مع الحركة مستمرة منذ شهور. وأضاف أن بلاده تتابع الوضع في الشمال بقلق. " * 6
ROBOTS = "User-agent: *\nDisallow: /private/\nUser-agent: otherbot\nDisallow: /\n"


def page(title: str, *, charset: str = "utf-8", declared: str | None = None) -> bytes:
    meta = f'<meta charset="{declared or charset}">'
    body = f"<article><h1>{title}</h1><p>{ARTICLE}</p><p>{ARTICLE}</p></article>"
    markup = f'<html lang="ar" dir="rtl"><head>{meta}<title>{title}</title></head><body>{body}</body></html>'
    return markup.encode(charset)


PACKED = gzip.compress(page("مضغوط"))
# path: status, body, headers
FIXED = {
    "/busy-for-long": (429, b"", {"Retry_After": "3600"}),
    "/broken": (503, b"", {}),
    "/huge": (200, b"", {"Content_Length": "999999999"}),
    "/loop-a": (302, b"", {"Location": "/loop-b"}),
    "/loop-b": (302, b"", {"Location": "/loop-a"}),
    "/to-nonsense": (302, b"", {"Location": "http://[bad"}),
    "/moved": (301, b"", {"Location": "/ok/moved?من=هنا".encode().decode("latin-1")}),
    "/to-private": (302, b"", {"Location": "http://10.0.0.7/inside"}),
    "/to-metadata": (302, b"", {"Location": "http://169.254.169.254/latest/"}),
    "/to-file": (302, b"", {"Location": "file:///etc/hostname"}),
    "/to-forbidden": (302, b"", {"Location": "/private/x"}),
    "/wrong-charset": (
        200,
        page("عنوان", charset="windows-1256", declared="utf-8"),
        {"Content_Type": "text/html; charset=utf-8"},
    ),
    "/latin-says-server": (200, page("عنوان"), {"Content_Type": "text/html; charset=ISO-8859-1"}),
    "/gzip": (200, PACKED, {"Content_Encoding": "gzip", "Content_Length": str(len(PACKED))}),
    "/not-gzip": (200, b"plain", {"Content_Encoding": "gzip"}),
    "/picture": (200, b"\x89PNG", {"Content_Type": "image/png"}),
    "/empty": (200, b"", {}),
    "/gone": (410, b"", {}),
    "/login": (403, b"", {}),
}


class Misbehaving(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        state = self.server.state
        with state["guard"]:
            state["asked"][self.path] += 1
            state["times"].append((self.path, time.monotonic()))
            state["now"] += 1
            state["most"] = max(state["most"], state["now"])
            n_asked = state["asked"][self.path]
            state["agents"].add(self.headers["User-Agent"])
        try:
            self.route(self.path, n_asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with state["guard"]:
                state["now"] -= 1

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in fields.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def pour(self, name):
        """Send without an end, or drop by drop."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while name == "/endless":
            self.wfile.write(b"<p>" * 20_000)
        for _ in range(60):
            self.wfile.write(b"<p>")
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True

    def say_index(self, path):
        """Answer as the archive's index does."""
        asked = dict(parse_qsl(urlsplit(path).query))
        self.server.state["questions"].append(asked)
        name = asked["url"].rsplit("/", 1)[-1]
        head = ["timestamp", "original", "statuscode", "digest"]
        days = {"first-copy-broken": ["20140101000000", "20151224000000"], "missing-everywhere": []}
        rows = [[day, asked["url"], "200", "A"] for day in days.get(name, ["20151224000000"])]
        body = json.dumps([head, *rows] if rows else []).encode()
        self.send(200, self.server.state["index"].get(name, body), Content_Type="application/json")

    def say_version(self):
        """Answer with a page that has a version, or say that it is the one that is asked about."""
        state = self.server.state
        tag, moment = f'"v{state["version"]}"', f"Wed, 0{state['version']} Jan 2020 00:00:00 GMT"
        state["conditions"].append((self.headers["If-None-Match"], self.headers["If-Modified-Since"]))
        if state["version"] == 0:
            self.send(404)
        elif self.headers["If-None-Match"] == tag:
            self.send(304, ETag=tag, Content_Length=None)
        else:
            self.send(200, page(f"نسخة {state['version']}"), ETag=tag, Last_Modified=moment)

    def route(self, path, n_asked):
        state = self.server.state
        name = path.split("?")[0]
        if name in FIXED:
            status, body, headers = FIXED[name]
            self.send(status, body, **headers)
        elif name == "/robots.txt":
            self.send(state["robots_status"], state["robots"].encode(), Content_Type="text/plain")
        elif name.startswith(("/ok/", "/private/")):
            time.sleep(state["pause"])
            self.send(200, page(f"خبر {name}"))
        elif name == "/slow":
            time.sleep(1.0)
            self.send(200, page("بطيء"))
        elif name in ("/drip", "/endless"):
            self.pour(name)
        elif name == "/busy":
            if n_asked <= 2:
                self.send(429, b"", Retry_After="0")
            else:
                self.send(200, page("بعد الانتظار"))
        elif name.startswith("/chain/"):
            self.send(301, Location=f"/chain/{int(name.split('/')[-1]) + 1}")
        elif name == "/bomb":
            self.send(200, state["bomb"], Content_Encoding="gzip")
        elif name == "/cut":
            self.send(200, page("مقطوع")[:200], Content_Length="5000")
            self.close_connection = True
        elif name == "/cdx":
            self.say_index(path)
        elif name in ("/version", "/to-version"):
            self.say_version() if name == "/version" else self.send(302, Location="/version")
        elif name.startswith("/web/20151224000000id_/"):
            self.send(200, page("من الأرشيف"))
        else:
            self.send(404)


@cache
def packed_bomb() -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([squeeze.compress(b"\0" * 1_000_000) for _ in range(60)] + [squeeze.flush()])


@pytest.fixture
def server():
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    running.daemon_threads = True
    running.state = {
        "guard": threading.Lock(), "asked": Counter(), "times": [], "now": 0, "most": 0, "agents": set(),
        "robots": ROBOTS, "robots_status": 200, "pause": 0.0, "bomb": packed_bomb(),
        "questions": [], "index": {}, "version": 1, "conditions": [],
    }  # fmt: skip
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    running.root = f"http://127.0.0.1:{running.server_address[1]}"
    yield running
    running.shutdown()
    running.server_close()


QUICK = {"delay": 0.0, "timeout": 0.4, "total": 1.0, "retries": 0, "backoff": 0.01, "allow_networks": LOOPBACK}


def plain(column):
    return column.astype("object").where(column.notna(), "").tolist()


def fetch(server, folder, *paths, **options):
    return hydrate(
        [server.root + path for path in paths], folder=folder, **{**QUICK, "max_bytes": 2_000_000, **options}
    )


def test_hydrate_good_pages_are_stored_as_served_and_noted(server, tmp_path):
    ledger = fetch(server, tmp_path, "/ok/1", "/gzip", "/moved")
    assert ledger.columns.tolist() == list(LEDGER_COLUMNS)
    assert ledger["status"].tolist() == ["fetched"] * 3
    assert (tmp_path / ledger["file"][0]).read_bytes() == page("خبر /ok/1")
    assert (tmp_path / ledger["file"][1]).read_bytes() == page("مضغوط")
    assert ledger["final_address"][2] == server.root + "/ok/moved?%D9%85%D9%86=%D9%87%D9%86%D8%A7"
    assert ledger["n_bytes"].tolist() == [len((tmp_path / name).read_bytes()) for name in ledger["file"]]
    assert server.state["agents"] == {"arabic-discourse"}
    pd.testing.assert_frame_equal(ledger_of(tmp_path), ledger)


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/private/1", "forbidden", "robots.txt forbids it"),
        ("/to-forbidden", "forbidden", "robots.txt forbids it"),
        ("/to-private", "forbidden", "10.0.0.7 leads to 10.0.0.7, which is no public address"),
        ("/to-metadata", "forbidden", "169.254.169.254 leads to 169.254.169.254, which is no public address"),
        ("/to-file", "forbidden", "the scheme 'file' is neither http nor https"),
        ("/loop-a", "unusable", "redirects in a loop of 2"),
        ("/to-nonsense", "unusable", "redirects to 'http://[bad', which cannot be read: Invalid IPv6 URL"),
        ("/chain/0", "unusable", "redirects more than 5 times"),
        ("/endless", "unusable", "is larger than 2,000,000 bytes"),
        ("/huge", "unusable", "is larger than 2,000,000 bytes"),
        ("/bomb", "unusable", "is larger than 2,000,000 bytes"),
        ("/picture", "unusable", "is of type image/png, not a page"),
        ("/empty", "unusable", "is empty"),
        ("/login", "unusable", "the server answered 403"),
        ("/gone", "missing", "the server answered 410"),
        ("/nowhere", "missing", "the server answered 404"),
        ("/broken", "failed", "the server answered 503"),
        ("/slow", "failed", "no byte came for 0.4 seconds"),
        ("/drip", "failed", "took longer than 1 seconds"),
        ("/busy-for-long", "failed", "the server answered 429"),
        ("/cut", "failed", None),
    ],
)
def test_hydrate_misbehaviour_ends_in_one_line_with_its_reason(server, tmp_path, path, status, reason):
    ledger = fetch(server, tmp_path, path)
    assert ledger["status"].tolist() == [status]
    assert ledger["status"][0] in STATUSES
    if reason is not None:
        assert ledger["reason"].tolist() == [reason]
    else:
        assert ledger["reason"][0].startswith("ended early: ")
    assert list((tmp_path / "pages").iterdir()) == []


def test_hydrate_damaged_gzip_is_unusable(server, tmp_path):
    ledger = fetch(server, tmp_path, "/not-gzip")
    assert ledger["status"][0] == "unusable"
    assert ledger["reason"][0].startswith("is packed as 'gzip', but damaged: ")


@pytest.mark.parametrize("address", ["ftp://example.org/a", "javascript:alert(1)", "http://", "http://user:word@example.org/",
                                     "http://exa mple.org\r\nX: y/"])  # fmt: skip
def test_hydrate_other_addresses_are_forbidden_without_a_request(tmp_path, address):
    ledger = hydrate([address], folder=tmp_path, **QUICK)
    assert ledger["status"].tolist() == ["forbidden"]
    assert ledger["n_requests"].tolist() == [0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.1.2.3", "192.168.0.1", "172.16.0.1",
                                  "169.254.1.1", "[fe80::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "2130706433",
                                  "224.0.0.1", "100.64.0.1"])  # fmt: skip
def test_ask_private_ranges_are_refused_however_written(host):
    with pytest.raises(FetchProblem) as problem:
        ask(f"http://{host}:9/", Limits(timeout=0.2, total=0.5))
    assert problem.value.status == "forbidden"
    assert problem.value.reason.endswith("which is no public address")


def test_hydrate_busy_server_is_asked_again_after_the_time_it_names(server, tmp_path):
    ledger = fetch(server, tmp_path, "/busy", retries=3)
    assert ledger["status"].tolist() == ["fetched"]
    assert server.state["asked"]["/busy"] == 3


def test_hydrate_server_that_asks_for_too_long_is_left_alone(server, tmp_path):
    ledger = fetch(server, tmp_path, "/busy-for-long", "/ok/1", "/ok/2", retries=3, max_wait=60)
    assert ledger["status"].tolist() == ["failed"] * 3
    assert ledger["reason"][1] == "the server asks to wait 3600 seconds; run again later"
    assert server.state["asked"]["/busy-for-long"] == 1
    assert server.state["asked"]["/ok/1"] == 0


def test_hydrate_failures_are_repeated_with_growing_waits(server, tmp_path):
    fetch(server, tmp_path, "/broken", retries=2, backoff=0.1)
    times = [moment for path, moment in server.state["times"] if path == "/broken"]
    assert len(times) == 3
    assert times[1] - times[0] >= 0.1
    assert times[2] - times[1] >= 0.2


def test_hydrate_host_is_asked_one_at_a_time_with_the_delay_between(server, tmp_path):
    fetch(server, tmp_path, "/ok/1", "/ok/2", "/ok/3", delay=0.1, threads=8)
    times = [moment for _, moment in server.state["times"]]
    assert server.state["most"] == 1
    assert all(later - earlier >= 0.1 for earlier, later in zip(times, times[1:], strict=False))


def test_hydrate_robots_that_cannot_be_had_close_the_host_and_a_missing_one_opens_it(server, tmp_path):
    server.state["robots_status"] = 503
    closed = fetch(server, tmp_path / "a", "/ok/1", "/ok/2")
    assert closed["status"].tolist() == ["failed"] * 2
    assert closed["reason"][0] == "robots.txt could not be read: the server answered 503"
    server.state["robots_status"] = 404
    assert fetch(server, tmp_path / "b", "/private/1")["status"].tolist() == ["fetched"]


def test_hydrate_crawl_delay_of_the_host_is_kept(server, tmp_path):
    server.state["robots"] = "User-agent: arabic-discourse\nCrawl-delay: 0.2\n"
    fetch(server, tmp_path, "/ok/1", "/ok/2")
    times = [moment for path, moment in server.state["times"] if path.startswith("/ok/")]
    assert times[1] - times[0] >= 0.2


def test_hydrate_again_asks_only_for_what_failed(server, tmp_path):
    fetch(server, tmp_path, "/ok/1", "/gone", "/broken")
    before = Counter(server.state["asked"])
    again = fetch(server, tmp_path, "/ok/1", "/gone", "/broken", "/ok/2")
    new = server.state["asked"] - before
    assert again["status"].tolist() == ["fetched", "missing", "failed", "fetched"]
    assert new == Counter({"/broken": 1, "/ok/2": 1, "/robots.txt": 1})


def test_hydrate_killed_in_the_middle_loses_nothing_and_asks_for_nothing_twice(server, tmp_path):
    server.state["pause"] = 0.04
    addresses = [f"{server.root}/ok/{number}" for number in range(25)]
    code = (
        "import sys, json; from discourse.sources.web.hydrate import hydrate; "
        "hydrate(json.loads(sys.argv[1]), folder=sys.argv[2], delay=0.0, allow_networks=('127.0.0.1/32',))"
    )
    run = subprocess.Popen([sys.executable, "-c", code, json.dumps(addresses), str(tmp_path)])
    ledger = tmp_path / "ledger.jsonl"
    limit = time.monotonic() + 20
    while time.monotonic() < limit and (not ledger.exists() or ledger.read_bytes().count(b"\n") < 8):
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    finished = ledger_of(tmp_path)
    assert 8 <= len(finished) < 25
    with ledger.open("ab") as stream:  # a line torn by the kill
        stream.write('{"address": "http://example.org/قطع'.encode()[:-1])
    (tmp_path / "pages" / "x.1.part").write_bytes(b"half")
    before = Counter(server.state["asked"])
    complete = hydrate(addresses, folder=tmp_path, **QUICK)
    new = server.state["asked"] - before
    assert complete["status"].tolist() == ["fetched"] * 25
    assert all(new[address.removeprefix(server.root)] == 0 for address in finished["address"])
    assert sum(count for path, count in new.items() if path != "/robots.txt") == 25 - len(finished)
    assert all((tmp_path / name).read_bytes().endswith(b"</html>") for name in complete["file"])
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == sorted(
        Path(name).name for name in complete["file"]
    )


def test_hydrate_two_runs_in_one_folder_are_refused(tmp_path):
    from discourse.sources.web.ledger import open_ledger

    with open_ledger(tmp_path), pytest.raises(SourceError) as error:
        hydrate(["http://example.org/"], folder=tmp_path, **QUICK)
    assert str(error.value) == (
        f"`folder` is {str(tmp_path)!r}, where another run is at work. Wait for it, or name another one."
    )


def test_hydrate_missing_page_comes_from_the_archive_where_it_has_one(server, tmp_path, monkeypatch):
    monkeypatch.setattr(hydration, "WAYBACK", server.root + "/cdx")
    paths = ("/gone", "/missing-everywhere", "/private/1", "/first-copy-broken")
    ledger = fetch(server, tmp_path, *paths, wayback=True)
    assert ledger["status"].tolist() == ["fetched", "missing", "forbidden", "fetched"]
    assert plain(ledger["via"]) == ["wayback", "", "", "wayback"]
    assert plain(ledger["archive"]) == ["copy", "no copy", "", "copy"]
    assert ledger["final_address"][0] == f"{server.root}/web/20151224000000id_/{server.root}/gone"
    assert ledger["final_address"][3] == f"{server.root}/web/20151224000000id_/{server.root}/first-copy-broken"
    assert (tmp_path / ledger["file"][0]).read_bytes() == page("من الأرشيف")
    assert ledger["reason"][1] == "the server answered 404; the Wayback Machine has no copy"
    assert server.state["questions"][0] == {
        "url": server.root + "/gone", "output": "json", "fl": "timestamp,original,statuscode,digest",
        "filter": "statuscode:200", "collapse": "digest", "limit": "3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "closest"),
    [
        ("2015-12-23", "20151223120000"),
        ("٢٣ ديسمبر ٢٠١٥", "20151223120000"),
        ("2015-12", "20151215120000"),
        ("2015", "20150701120000"),
        (pd.Timestamp("2015-12-23 23:00"), "20151223120000"),
        (None, None),
        ("بلا تاريخ", None),
    ],
)
def test_hydrate_archive_is_asked_near_the_day_that_is_known(server, tmp_path, monkeypatch, date, closest):
    monkeypatch.setattr(hydration, "WAYBACK", server.root + "/cdx")
    addresses = pd.DataFrame({"url": [server.root + "/gone"], "date": [date]})
    hydrate(addresses, folder=tmp_path, wayback=True, **QUICK)
    (asked,) = server.state["questions"]
    assert (asked.get("closest"), asked.get("sort")) == (closest, "closest" if closest else None)


def line_of(folder, **changes):
    """Write the only line of a ledger anew, with changes."""
    path = folder / "ledger.jsonl"
    row = json.loads(path.read_text("utf-8").splitlines()[-1]) | changes
    path.write_text(json.dumps(row) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("changes", "options", "asked"),
    [
        ({}, {"wayback": False}, 0),
        ({}, {"wayback": True}, 0),  # the archive said a moment ago that it has none
        ({}, {"wayback": True, "missing_again": 0}, 1),
        ({"fetched_at": "2001-01-01T00:00:00+00:00"}, {"wayback": True}, 1),
        ({"fetched_at": "2001-01-01T00:00:00+00:00"}, {"wayback": True, "missing_again": 1e6}, 0),
        ({"fetched_at": "2001-01-01T00:00:00+00:00"}, {"wayback": False}, 0),
        ({"archive": "no answer"}, {"wayback": True}, 1),
        ({"archive": None}, {"wayback": True}, 1),  # a run without the archive
        ({"fetched_at": "nonsense"}, {"wayback": True}, 1),
    ],
)
def test_hydrate_page_that_the_archive_lacked_is_asked_for_again_after_a_time(
    server, tmp_path, monkeypatch, changes, options, asked
):
    monkeypatch.setattr(hydration, "WAYBACK", server.root + "/cdx")
    fetch(server, tmp_path, "/missing-everywhere", wayback=True)
    line_of(tmp_path, **changes)
    fetch(server, tmp_path, "/missing-everywhere", **options)
    assert len(server.state["questions"]) == 1 + asked


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><h1>We are down</h1></html>", "its index answered no JSON"),
        (b'[["timestamp","original"],["2015', "its index answered no JSON"),
        (b"\xff\xfe\x00", "its index answered no JSON"),
        (b"[" * 100_000, "its index answered no JSON"),
        (b"null", "its index answered JSON without timestamp and original"),
        (b'{"archived_snapshots": {}}', "its index answered JSON without timestamp and original"),
        (b'[[["timestamp"], 3, null]]', "its index answered JSON without timestamp and original"),
        (b'[["urlkey","digest"],["a","b"]]', "its index answered JSON without timestamp and original"),
    ],
)
def test_hydrate_index_that_answers_nonsense_leaves_the_page_missing_and_to_be_asked_again(
    server, tmp_path, monkeypatch, body, reason
):
    monkeypatch.setattr(hydration, "WAYBACK", server.root + "/cdx")
    server.state["index"]["gone"] = body
    ledger = fetch(server, tmp_path, "/gone", "/ok/1", wayback=True)
    assert ledger["status"].tolist() == ["missing", "fetched"]
    assert ledger["reason"][0] == f"the server answered 410; the Wayback Machine gave no answer: {reason}"
    server.state["index"].clear()
    assert fetch(server, tmp_path, "/gone", wayback=True)["status"].tolist() == ["fetched"]


EMPTY = (
    b"",
    b" ",
    b"[]",
    b'[["timestamp","original"]]',
    b'[["timestamp","original"], 3, [], [1]]',
    b'[["timestamp","original"],["no day", "x"],["20150101000000", null]]',
    b'[["timestamp","original","statuscode"],["20150101000000", "http://a/", "404"]]',
)


@pytest.mark.parametrize("body", EMPTY)
def test_hydrate_index_without_a_copy_that_can_be_used_says_so(server, tmp_path, monkeypatch, body):
    monkeypatch.setattr(hydration, "WAYBACK", server.root + "/cdx")
    server.state["index"]["gone"] = body
    ledger = fetch(server, tmp_path, "/gone", wayback=True)
    assert ledger["reason"].tolist() == ["the server answered 410; the Wayback Machine has no copy"]


def test_hydrate_refresh_asks_on_condition_and_keeps_an_unchanged_page(server, tmp_path):
    first = fetch(server, tmp_path, "/to-version", "/ok/1")
    assert (first["etag"][0], first["last_modified"][0]) == ('"v1"', "Wed, 01 Jan 2020 00:00:00 GMT")
    assert first["checked_at"].isna().all()
    again = fetch(server, tmp_path, "/to-version", "/ok/1", refresh=0)
    assert server.state["conditions"] == [(None, None), ('"v1"', "Wed, 01 Jan 2020 00:00:00 GMT")]
    assert again["status"].tolist() == ["fetched"] * 2 and again["checked_at"].notna().all()
    kept = ["file", "final_address", "http_status", "n_bytes", "fetched_at", "etag", "reason"]
    pd.testing.assert_frame_equal(again[kept], first[kept])
    assert server.state["asked"]["/ok/1"] == 2  # names no state: asked for whole, and the same


def test_hydrate_refresh_stores_a_changed_page_beside_the_one_before(server, tmp_path):
    first = fetch(server, tmp_path, "/version")
    server.state["version"] = 2
    second = fetch(server, tmp_path, "/version", refresh=0)
    assert second["earlier"].tolist() == first["file"].tolist()
    assert (tmp_path / first["file"][0]).read_bytes() == page("نسخة 1")
    assert (tmp_path / second["file"][0]).read_bytes() == page("نسخة 2")
    assert second["etag"].tolist() == ['"v2"']
    server.state["version"] = 1  # back to what it was
    third = fetch(server, tmp_path, "/version", refresh=0)
    assert (tmp_path / third["file"][0]).read_bytes() == page("نسخة 1")
    assert third["earlier"].tolist() == second["file"].tolist()
    documents, _ = read_hydrated(tmp_path)
    assert len(documents) == 1


def test_hydrate_refresh_a_page_that_is_gone_or_fails_stays_and_counts(server, tmp_path):
    first = fetch(server, tmp_path, "/version")
    server.state["version"] = 0
    gone = fetch(server, tmp_path, "/version", refresh=0)
    assert gone["status"].tolist() == ["fetched"]
    assert gone["reason"].tolist() == ["the page of the earlier run is kept; asked again: the server answered 404"]
    assert gone["file"].tolist() == first["file"].tolist()
    server.state["robots_status"] = 503
    pd.testing.assert_frame_equal(fetch(server, tmp_path, "/version", refresh=0), gone)
    documents, rejects = read_hydrated(tmp_path)
    assert (len(documents), len(rejects)) == (1, 0)


def test_hydrate_refresh_a_page_that_was_deleted_is_fetched_whole(server, tmp_path):
    first = fetch(server, tmp_path, "/version")
    (tmp_path / first["file"][0]).unlink()
    again = fetch(server, tmp_path, "/version", refresh=0)
    assert server.state["conditions"][1] == (None, None)
    assert again["file"].tolist() == first["file"].tolist() and again["earlier"].isna().all()
    assert (tmp_path / again["file"][0]).read_bytes() == page("نسخة 1")


@pytest.mark.parametrize(
    ("changes", "refresh", "asked"),
    [
        ({}, None, 0),
        ({}, 1000, 0),
        ({"fetched_at": "2001-01-01T00:00:00+00:00"}, 1000, 1),
        ({"fetched_at": "2001-01-01T00:00:00+00:00"}, 1e6, 0),
        ({"fetched_at": "2001-01-01T00:00:00+00:00", "checked_at": "2900-01-01T00:00:00+00:00"}, 1000, 0),
        ({"via": "wayback"}, 0, 0),
    ],
)
def test_hydrate_refresh_looks_at_pages_not_seen_for_so_many_days(server, tmp_path, changes, refresh, asked):
    fetch(server, tmp_path, "/version")
    line_of(tmp_path, **changes)
    fetch(server, tmp_path, "/version", refresh=refresh)
    assert len(server.state["conditions"]) == 1 + asked


@pytest.mark.parametrize(("most", "statuses"), [(1, ["fetched", "left", "left"]), (2, ["fetched", "fetched", "left"]),
                                                (3, ["fetched"] * 3)])  # fmt: skip
def test_hydrate_budget_of_a_host_leaves_the_rest_to_the_next_run(server, tmp_path, most, statuses):
    paths = ("/ok/1", "/ok/2", "/ok/3")
    ledger = fetch(server, tmp_path, *paths, max_per_host=most)
    assert ledger["status"].tolist() == statuses
    said = f"127.0.0.1 has had its {'1 request' if most == 1 else f'{most} requests'} of this run"
    assert ledger["reason"][ledger["status"] == "left"].tolist() == [said] * statuses.count("left")
    assert sum(server.state["asked"][path] for path in paths) == most
    _, rejects = read_hydrated(tmp_path)
    assert rejects["reason"].tolist() == [f"left: {said}"] * statuses.count("left")
    assert fetch(server, tmp_path, *paths)["status"].tolist() == ["fetched"] * 3
    assert sum(server.state["asked"][path] for path in paths) == 3


def test_hydrate_budget_counts_repetitions_and_keeps_what_is_known(server, tmp_path):
    fetch(server, tmp_path, "/version")
    ledger = fetch(server, tmp_path, "/broken", "/version", max_per_host=2, retries=1, refresh=0)
    assert ledger["status"].tolist() == ["failed", "fetched"]
    assert len(server.state["conditions"]) == 1


def test_hydrate_progress_counts_every_address(server, tmp_path):
    seen = []
    fetch(server, tmp_path, "/ok/1", "/gone", progress=lambda done, n_all, address: seen.append((done, n_all)))
    assert seen == [(1, 2), (2, 2)]


def test_hydrate_arguments_are_checked(tmp_path):
    with pytest.raises(SchemaError) as error:
        hydrate(["http://example.org/"], folder=tmp_path, delay=-1)
    assert str(error.value) == "`delay` is -1; it must be 0 or more."
    with pytest.raises(SchemaError) as error:
        hydrate(pd.DataFrame({"where": ["http://example.org/"]}), folder=tmp_path)
    assert str(error.value) == (
        "`addresses` has no column of addresses; name it one of 'url', 'address', 'link'. It has: 'where'."
    )
    with pytest.raises(SchemaError) as error:
        hydrate("http://example.org/", folder=tmp_path)
    assert str(error.value) == "`addresses` is one string; give a list of addresses or a DataFrame."


def test_read_hydrated_every_address_is_a_document_or_a_reject(server, tmp_path):
    addresses = pd.DataFrame(
        {
            "url": [server.root + path for path in ("/ok/1", "/wrong-charset", "/latin-says-server", "/gone")],
            "doc_id": ["first", "second", "third", "fourth"],
            "source": ["الحياة", None, "الأهرام", "الأهرام"],
            "date": ["2015-12-23", "2015-12", None, None],
        }
    )
    hydrate(addresses, folder=tmp_path, **QUICK)
    documents, rejects = read_hydrated(tmp_path, addresses=addresses)
    assert documents["doc_id"].tolist() == ["first", "second", "third"]
    assert all("المبعوث الروسي" in text for text in documents["text"])
    assert documents["source"].tolist() == ["الحياة", "127.0.0.1", "الأهرام"]
    assert documents["date_precision"].astype("object").where(documents["date"].notna(), None).tolist() == [
        "day",
        "month",
        None,
    ]
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2015-12-23", "2015-12-01"]
    assert documents["url"].tolist() == addresses["url"].tolist()[:3]
    assert rejects["record"].tolist() == [server.root + "/gone"]
    assert rejects["reason"].tolist() == ["missing: the server answered 410"]


def test_read_hydrated_reports_keep_their_names_days_and_codes(reports, tmp_path, monkeypatch):
    asked = []

    def answer(address, limits):
        asked.append(address)
        known = {"content-type": "text/html; charset=utf-8"}
        return Answer(404, {}, b"") if address.endswith("/robots.txt") else Answer(200, known, page("عنوان الصفحة"))

    monkeypatch.setattr(asking, "ask", answer)
    some = reports.head(5)
    hydrate(some, folder=tmp_path, delay=0)
    documents, rejects = read_hydrated(tmp_path, addresses=some)
    assert len(rejects) == 0
    assert len(asked) == 5 + some["url"].map(lambda url: url.split("/")[2]).nunique()
    for name in ("doc_id", "title", "source", "date", "date_precision", "date_basis", "main_frame", "url"):
        assert documents[name].astype("object").tolist() == some[name].astype("object").tolist(), name
    assert documents["position"].tolist() == some["position"].tolist()
    assert all("المبعوث الروسي" in text for text in documents["text"])


def test_read_hydrated_rows_without_an_address_of_their_own_are_rejects(server, tmp_path):
    addresses = pd.DataFrame({"url": [server.root + "/ok/1", None, server.root + "/ok/1 "], "doc_id": ["a", "b", "c"]})
    hydrate(addresses, folder=tmp_path, **QUICK)
    documents, rejects = read_hydrated(tmp_path, addresses=addresses)
    assert documents["doc_id"].tolist() == ["a"]
    assert rejects[["record", "reason"]].values.tolist() == [
        ["row 2", "has no address"],
        [f"row 3, {server.root}/ok/1 as in row 1", "repeats an address given before"],
    ]


def test_hydrate_secure_address_without_a_certificate_fails(server, tmp_path):
    ledger = hydrate([server.root.replace("http://", "https://") + "/ok/1"], folder=tmp_path, **QUICK)
    assert ledger["status"].tolist() == ["failed"]
    assert server.state["asked"].total() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "doc_id,url\n1,http://example.org/a\n2,http://example.org/b\n"),
        ("b.csv", "address;note\nhttp://example.org/a;x\nhttp://example.org/b;y\n"),
        ("c.txt", "http://example.org/a\nhttp://example.org/b\n\n"),
        ("d.jsonl", '{"address": "http://example.org/a"}\n{"address": "http://example.org/b"}\n'),
    ],
)
def test_read_addresses_takes_the_usual_shapes(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    assert read_addresses(tmp_path / name)["url"].tolist() == ["http://example.org/a", "http://example.org/b"]


def test_read_addresses_without_a_column_says_what_there_is(tmp_path):
    (tmp_path / "a.csv").write_text("one,two\n1,2\n", "utf-8")
    with pytest.raises(SchemaError) as error:
        read_addresses(tmp_path / "a.csv")
    assert str(error.value) == (
        f"{str(tmp_path / 'a.csv')!r} has no column of addresses; name it one of 'url', 'address', 'link'. "
        "It has: 'one', 'two'."
    )


def test_plain_address_encodes_host_and_path_once():
    assert (
        plain_address(" http://موقع.مصر:80/a b?q=ط%D8%A7#x ") == "http://xn--4gbrim.xn--wgbh1c:80/a%20b?q=%D8%B7%D8%A7"
    )
