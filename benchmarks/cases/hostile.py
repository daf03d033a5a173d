"""The cases `hostile`: commands on a copy of the folder, each in a process of its own, with what it may write and cost.

Of each command are taken: its exit, what it says, which files that were there have changed or are gone, which are new,
seconds of the processor, and the most memory in megabytes. A command that takes longer than LONGEST is killed.
"""

import hashlib
import os
import re
import shlex
import shutil
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from judging import Row, read_cases, row

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONGEST = 400  # seconds of the clock
PAGE = (
    b"<html><body><article><p>"
    + "قال الوزير إن العمل مستمر منذ سنتين. ".encode() * 20
    + b"</p></article></body></html>"
)


def _digests(folder: Path) -> dict[str, str]:
    """Return the files of a folder, each with its digest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(arguments: list[str], folder: Path) -> dict[str, Any]:
    """Run Python in a folder, and return its exit, words and cost."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [sys.executable, *arguments], cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        until = time.monotonic() + LONGEST
        while True:
            done, status, used = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > until:
                os.killpg(child.pid, signal.SIGKILL)
                until = float("inf")
            time.sleep(0.05)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode("utf-8", "replace").replace(str(folder), "")
    return {
        "exit": child.returncode,
        "says": words,
        "fault": "fault of discourse" in words or "Traceback" in words,
        "seconds": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": round(used.ru_maxrss / 1024),
    }


def command(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Run the commands of a case one after the other; the last one is judged."""
    for name, text in case.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for source, target in case.get("copies", {}).items():
        shutil.copyfile(folder / source, folder / target)
    commands = case["run"] if isinstance(case["run"], list) else [case["run"]]
    for text in commands[:-1]:
        run(["-m", "discourse.cli", *shlex.split(text)], folder)
    for name, text in case.get("between", {}).items():
        (folder / name).write_text(text, "utf-8")
    before = _digests(folder)
    got = run(["-m", "discourse.cli", *shlex.split(commands[-1])], folder)
    after = _digests(folder)
    got["changed"] = sorted(name for name, digest in before.items() if after.get(name) != digest)
    got["made"] = sorted(after.keys() - before.keys())
    for name in case.get("tables", []):
        if not (folder / name).is_file():
            got[name] = None
            continue
        table = pd.read_parquet(folder / name) if name.endswith(".parquet") else pd.read_csv(folder / name, dtype=str)
        got[name] = {"rows": len(table), "columns": [*table.columns]}
        got[name] |= {
            column: [str(value) for value in table[column]] for column in case.get("columns", []) if column in table
        }
    return got


def redirect(_case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Fetch from a local server a page that redirects to no address, and one behind it; then both again."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split()[1:2]
            while self.rfile.readline().strip():
                pass
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            if path == [b"/robots.txt"]:
                self.wfile.write(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            elif path == [b"/bad"]:
                self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n")
            else:
                self.wfile.write(head + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_address[1]}"
        code = (
            "import json, discourse as dc\n"
            f"asked = ['{root}/bad', '{root}/good']\n"
            "told = [dc.hydrate(asked, folder='pages', delay=0.0, allow_networks=('127.0.0.1/32',))['status'].tolist()"
            " for _ in range(2)]\n"
            "print(json.dumps(told))"
        )
        got = run(["-c", code], folder)
        server.shutdown()
    return got | {"statuses": re.findall(r'"(\w+)"', got["says"])}


def robots(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Read a robots.txt and ask it for three addresses."""
    code = (
        "from pathlib import Path\nfrom discourse.sources.web.robots import is_allowed, read_robots\n"
        f"rules = read_robots(Path({case['file']!r}).read_bytes(), 'arabic-discourse')\n"
        "print([is_allowed(rules, f'https://example.org/{n}') for n in range(3)])"
    )
    return run(["-c", code], folder)


CALLS: dict[str, Callable[[dict[str, Any], Path], dict[str, Any]]] = {"redirect": redirect, "robots": robots}


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row a case."""
    for case in read_cases(HERE / "hostile.yml"):
        with tempfile.TemporaryDirectory() as made:
            copy = Path(shutil.copytree(folder, Path(made, "copy")))
            got = CALLS.get(case.get("call", ""), command)(case, copy)
        asked = case.get("call") or (case["run"] if isinstance(case["run"], str) else "; ".join(case["run"]))
        right = {"fault": False, "seconds": {"at most": 30}, "megabytes": {"at most": 2000}} | case["right"]
        shown = {part: got[part] for part in right if part in got}
        yield row(str(case["name"]), asked, right, shown)
