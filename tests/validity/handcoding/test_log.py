"""The coding file: whatever is cut, killed, edited or written at once, nothing that was saved is lost."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.lines import Head, Item, head_line, item_line, read_line
from discourse.validity.handcoding.log import add_item, open_log, read_log

HEAD = Head("plan-1", ("d1", "d2", "d3"), {"position": ("-1", "0", "1"), "why": ()}, (), ("روسيا", "طالبان"))
TEXTS = st.text(max_size=20)


def item(unit="d1", coder="A", comment="", value="1", **more):
    values = {"position": value, "why": "قال"}
    made = Item(unit, coder, values, comment, False, True, (), HEAD.plan, HEAD.asked, "2026-11-24T09:30:00Z")
    return made._replace(**more)


ITEMS = st.builds(item, st.sampled_from(HEAD.units), st.sampled_from("AB"), TEXTS, st.sampled_from(["-1", "0", "1"]))


def told(items):
    return [one._replace(line=0) for one in items]


def as_kept(one):
    """An item as the file has it: half characters, which no file can hold, become a question mark."""
    return one._replace(comment=one.comment.encode("utf-8", "replace").decode("utf-8"))


@given(st.lists(st.tuples(ITEMS, st.booleans(), st.integers(0, 400)), max_size=8))
def test_log_any_sequence_of_saves_and_cuts_loses_no_whole_line(steps):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.jsonl"
        open_log(path, HEAD)
        kept, cut = [], []
        for one, is_cut, at in steps:
            add_item(path, one)
            raw = path.read_bytes()
            line = item_line(one)
            if is_cut:  # the write of this line was cut after `at` bytes
                at = min(at, len(line))
                path.write_bytes(raw[: len(raw) - len(line) + at])
                if at >= len(line) - 1:
                    kept.append(as_kept(one))
                elif at:
                    cut.append(line[:at].decode("utf-8", "replace"))
                open_log(path, HEAD)
            else:
                kept.append(as_kept(one))
        content = read_log(path)
        assert content.head == HEAD
        assert told(content.items) == kept
        assert [raw for _, raw, _ in content.rejects] == cut
        assert {reason for *_, reason in content.rejects} <= {"no whole line: cut by a crash, or damaged"}


@given(st.integers(0, 1100))
def test_log_cut_at_any_byte_opens_again_and_goes_on(at):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.jsonl"
        lines = [head_line(HEAD), item_line(item("d1")), item_line(item("d2"))]
        whole = b"".join(lines)
        path.write_bytes(whole[:at])
        open_log(path, HEAD)
        add_item(path, item("d3"))
        content = read_log(path)
        ends = [len(b"".join(lines[: n + 1])) - 1 for n in range(3)]  # a line is whole where only its end is cut off
        n_whole = sum(at >= end for end in ends)
        assert content.head == HEAD
        assert told(content.items) == [item("d1"), item("d2")][: max(n_whole - 1, 0)] + [item("d3")]
        assert len(content.rejects) == (0 < at < len(whole) and at not in ends and at - 1 not in ends)
        assert path.read_bytes().startswith(whole[:at])


WRITER = """
import sys
from discourse.validity.handcoding.lines import Head, Item
from discourse.validity.handcoding.log import add_item, open_log
path, coder, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
head = Head("plan-1", ("d1", "d2", "d3"), {"position": ("-1", "0", "1"), "why": ()}, (), ("r", "t"))
open_log(path, head)
for number in range(n):
    item = Item("d1", coder, {"position": "1"}, "x" * 3000 + str(number), False, True, (), head.plan, head.asked, "t")
    add_item(path, item)
    print(number, flush=True)
"""


def writer(path, coder, n):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), coder, str(n)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_log_two_writers_at_once_keep_every_line_of_both(tmp_path):
    path = tmp_path / "codes.jsonl"
    writers = [writer(path, coder, 60) for coder in "AB"]
    assert [one.communicate()[0].count("\n") for one in writers] == [60, 60]
    content = read_log(path)
    assert content.rejects == []
    for coder in "AB":
        own = [one.comment[3000:] for one in content.items if one.coder == coder]
        assert own == [str(number) for number in range(60)]
    assert path.read_bytes().count(b"discourse-coding") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_log_writer_killed_in_the_middle_has_saved_all_that_it_said(tmp_path):
    path = tmp_path / "codes.jsonl"
    with writer(path, "A", 100_000) as running:
        said = [running.stdout.readline() for _ in range(25)]
        os.kill(running.pid, signal.SIGKILL)
        said += running.stdout.read().splitlines(keepends=True)
    numbers = [int(line) for line in said if line.endswith("\n")]
    content = read_log(path)
    assert [int(one.comment[3000:]) for one in content.items][: len(numbers)] == numbers
    assert len(content.items) - len(numbers) in (0, 1)
    assert len(content.rejects) <= 1


def made(tmp_path, *items):
    path = tmp_path / "codes.jsonl"
    open_log(path, HEAD)
    for one in items:
        add_item(path, one)
    return path


def test_log_line_edited_by_hand_is_rejected_and_the_rest_is_read(tmp_path):
    path = made(tmp_path, item("d1"), item("d2"), item("d3"))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace('"position": "1"', '"position": "0"')
    path.write_text("".join(lines), "utf-8")
    content = read_log(path)
    assert [one.unit_id for one in content.items] == ["d1", "d3"]
    ((number, raw, reason),) = content.rejects
    assert number == 3
    assert raw == lines[2].rstrip("\n")
    assert reason == "changed after it was saved: its check does not fit; code the item again instead"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"\x00\x00\xff", "no whole line: cut by a crash, or damaged"),
        (b"[" * 100_000, "no whole line: cut by a crash, or damaged"),
        (b"[1, 2]", "no line of a coding file"),
        (b'{"text": "a document"}', "no line of a coding file"),
        (b'{"kind": "discourse-coding", "format": 2}', "written in format 2, and this version reads 1"),
    ],
)
def test_log_strange_line_is_rejected_with_its_reason(tmp_path, line, reason):
    path = made(tmp_path, item("d1"))
    with path.open("ab") as stream:
        stream.write(line + b"\r\n\n")
    add_item(path, item("d2"))
    content = read_log(path)
    assert [one.unit_id for one in content.items] == ["d1", "d2"]
    assert [(number, why) for number, _, why in content.rejects] == [(3, reason)]


def test_open_log_head_lost_is_written_anew_and_items_stay(tmp_path):
    path = made(tmp_path, item("d1"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"{broken\n" + lines[1])
    content = open_log(path, HEAD)
    assert content.head is None
    assert len(content.items) == 1
    assert read_log(path).head == HEAD
    assert path.read_bytes().startswith(b"{broken\n" + lines[1])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"doc_id,text\n1,a\n", "is no coding file, and nothing was written to it. Name another file for this coding."),
        (b'{"text": "a"}\n', "is no coding file, and nothing was written to it. Name another file for this coding."),
        (b"\x89PNG", "is no coding file, and nothing was written to it. Name another file for this coding."),
    ],
)
def test_open_log_another_kind_of_file_is_refused_and_stays(tmp_path, content, message):
    path = tmp_path / "codes.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        open_log(path, HEAD)
    assert str(caught.value) == f"{str(path)!r} {message}"
    assert path.read_bytes() == content


def test_open_log_other_plan_or_codebook_is_refused_and_the_file_stays(tmp_path):
    path = made(tmp_path, item("d1"))
    before = path.read_bytes()
    with pytest.raises(SchemaError) as caught:
        open_log(path, HEAD._replace(plan="plan-2"))
    assert str(caught.value) == (
        f"`path` is {str(path)!r}, which belongs to another plan: 'plan-1', and this one is 'plan-2'. Nothing was "
        "written. Name another file for this coding."
    )
    with pytest.raises(SchemaError) as caught:
        open_log(path, HEAD._replace(variables={"position": ("0", "1")}))
    assert str(caught.value) == (
        f"`path` is {str(path)!r}, which belongs to another codebook. It asks position (-1, 0, 1); why (any text), of "
        "روسيا > طالبان, and you ask position (0, 1), of روسيا > طالبان. Nothing was written. Name another file for "
        "this coding."
    )
    for head in (HEAD._replace(whose=("إيران", "طالبان")), HEAD._replace(sets=("position",))):
        with pytest.raises(SchemaError, match="which belongs to another codebook"):
            open_log(path, head)
    assert path.read_bytes() == before


def test_open_log_place_that_cannot_be_one_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match=r"^`path` is 'codes.csv'; a coding file ends in '.jsonl'. Change the ending.$"
    ):
        open_log("codes.csv", HEAD)
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(SourceError, match="which is a folder; name a file in it"):
        open_log(tmp_path / "a.jsonl", HEAD)
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="cannot be written"):
        open_log(tmp_path / "file" / "codes.jsonl", HEAD)


def test_add_item_file_that_is_gone_is_said_and_not_made(tmp_path):
    path = tmp_path / "codes.jsonl"
    with pytest.raises(SourceError) as caught:
        add_item(path, item())
    assert str(caught.value) == (
        f"{str(path)!r} is gone. Bring it back, or run the cell of the form again to begin anew."
    )
    assert not path.exists()


def test_read_log_empty_missing_or_other_file_is_no_coding_file(tmp_path):
    path = tmp_path / "codes.jsonl"
    with pytest.raises(SourceError, match=r"cannot be read: No such file or directory. Check the path.$"):
        read_log(path)
    path.write_bytes(b"")
    with pytest.raises(SourceError, match=r"is no coding file: it is empty. Give the file that code\(\) writes.$"):
        read_log(path)
    path.write_bytes(b"x\n")
    with pytest.raises(SourceError, match="is no coding file: no whole line: cut by a crash, or damaged"):
        read_log(path)


@given(TEXTS)
def test_item_line_is_one_line_and_reads_back(comment):
    line = item_line(item(comment=comment))
    assert line.count(b"\n") == 1
    assert read_line(line.rstrip(b"\n"), 5) == as_kept(item(comment=comment))._replace(line=5)


@pytest.mark.parametrize("other", [b"my notes\n", b"", head_line(HEAD._replace(plan="plan-2"))])
def test_add_item_file_that_was_replaced_meanwhile_is_left_alone(tmp_path, other):
    path = tmp_path / "codes.jsonl"
    open_log(path, HEAD)
    path.write_bytes(other)
    with pytest.raises(SourceError) as error:
        add_item(path, item())
    assert str(error.value) == (
        f"{str(path)!r} is another file than the one that was opened, and nothing was written to it. Bring the coding "
        "file back, and save again."
    )
    assert path.read_bytes() == other


def test_read_log_byte_order_mark_is_taken_off(tmp_path):
    path = tmp_path / "codes.jsonl"
    open_log(path, HEAD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    add_item(path, item())
    content = read_log(path)
    assert content.head == HEAD
    assert told(content.items) == [item()]
    assert content.rejects == []
