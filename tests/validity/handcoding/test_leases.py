"""One session a coder and file: a second one is told, a dead one gives way."""

import json
import os
import socket
import subprocess
import sys

import pytest

from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.leases import is_held, let_go, take
from discourse.validity.handcoding.locks import locked

HOLD = """
import sys
from pathlib import Path
from discourse.validity.handcoding.leases import take
take(Path(sys.argv[1]), "A", since="2026-11-24T09:30:00Z")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "codes.jsonl"


@pytest.fixture
def holder(path):
    running = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout.readline() == "held\n"
    yield running
    running.kill()
    running.communicate()


def leases(path):
    return json.loads(path.with_name(".codes.jsonl.leases").read_text("utf-8"))


def test_take_coder_of_a_living_process_is_told_who_holds_it(path, holder):
    with pytest.raises(SchemaError) as caught:
        take(path, "A", since="now")
    assert str(caught.value) == (
        f"`coder` is 'A', who is coding in 'codes.jsonl' already: process {holder.pid} on {socket.gethostname()!r}, "
        "since 2026-11-24T09:30:00Z. Go on there, or close it; if it is over, say take_over=True. A second coder has "
        "another name."
    )
    assert is_held(take(path, "B", since="now"))
    assert sorted(leases(path)) == ["A", "B"]


def test_take_over_of_a_living_process_is_taken_when_asked(path, holder):
    assert is_held(take(path, "A", since="now", take_over=True))
    assert leases(path)["A"]["pid"] == os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot be asked whether a process is gone")
def test_take_killed_process_has_lost_its_lease(path, holder):
    holder.kill()
    if sys.platform == "linux":  # dead, and not buried yet by its parent
        os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT)
    else:
        holder.wait()
    assert is_held(take(path, "A", since="now"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says when a process began")
def test_take_number_of_a_dead_process_given_to_another_is_no_lease(path, holder):
    told = leases(path)
    told["A"]["born"] = "another boot:1"
    path.with_name(".codes.jsonl.leases").write_text(json.dumps(told), "utf-8")
    assert is_held(take(path, "A", since="now"))


def test_take_other_machine_is_not_known_to_be_over(path):
    told = {"A": {"pid": 1, "host": "elsewhere", "born": "", "since": "then", "token": "x"}}
    path.with_name(".codes.jsonl.leases").write_text(json.dumps(told), "utf-8")
    with pytest.raises(SchemaError, match="process 1 on 'elsewhere', since then"):
        take(path, "A", since="now")
    assert is_held(take(path, "A", since="now", take_over=True))


def test_take_same_process_again_takes_it_from_the_earlier_session(path):
    first = take(path, "A", since="now")
    second = take(path, "A", since="now")
    assert not is_held(first)
    assert is_held(second)
    let_go(first)
    assert is_held(second)
    let_go(second)
    assert leases(path) == {}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"A": 7}', '{"A": {"host": "%s", "pid": "x"}}', "[" * 50_000])
def test_take_damaged_leases_are_none(path, content):
    text = content.replace("%s", socket.gethostname())
    path.with_name(".codes.jsonl.leases").write_text(text, "utf-8")
    assert is_held(take(path, "A", since="now"))


def test_locked_file_that_is_held_is_said_after_a_while(tmp_path):
    place = tmp_path / "codes.jsonl"
    with locked(place), pytest.raises(SourceError) as caught, locked(place, wait=0.05):
        pass
    assert str(caught.value) == f"{str(place)!r} is held by another program. Close what writes to it, and save again."
    with locked(place) as stream:
        assert stream.read() == b""
