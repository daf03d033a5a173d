"""A folder exchanged for another: the old one or the new one, whatever happens in between."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from discourse.display import swapping
from discourse.display.folder import write_folder
from discourse.provenance import provenance


def write(out, number, **options):
    tables = {name: pd.DataFrame({"n": [number]}) for name in ("a", "b")}
    write_folder(out, str(number), {"f": {"png": str(number).encode()}}, tables, provenance(seed=number), **options)


def state(out):
    """Return the numbers that the files of a report were written with."""
    found = {int((out / "index.html").read_text()), json.loads((out / "provenance.json").read_text())["seed"]}
    found |= {int((out / "tables" / f"{name}.csv").read_text().split()[1]) for name in ("a", "b")}
    return found | {int((out / "figures" / "f.png").read_text())}


@pytest.fixture
def out(tmp_path):
    """A folder with a report and files of the user's."""
    place = tmp_path / "report"
    write(place, 1)
    for name in ("mine.txt", "tables/mine.csv", "figures/mine.png", "notes/deep/mine.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("mine")
    (place / "empty").mkdir()
    os.symlink(place / "mine.txt", place / "link.txt")
    return place


def keeps(out):
    names = ("mine.txt", "tables/mine.csv", "figures/mine.png", "notes/deep/mine.txt", "link.txt")
    return all((out / name).read_text() == "mine" for name in names) and (out / "empty").is_dir()


def test_write_folder_keeps_what_is_the_user_s_and_leaves_nothing_hidden(out):
    inode = (out / "mine.txt").stat().st_ino
    write(out, 2)
    assert state(out) == {2} and keeps(out)
    assert (out / "mine.txt").stat().st_ino == inode
    assert os.listdir(out.parent) == ["report"]


@pytest.mark.parametrize("reason", ["no call", "no links", "inside"])
def test_write_folder_moves_entries_where_folders_cannot_change_places(out, monkeypatch, reason):
    if reason == "no call":
        monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    elif reason == "no links":
        monkeypatch.setattr(swapping, "_link", lambda *paths: False)
    else:
        monkeypatch.chdir(out / "notes")
    inode = out.stat().st_ino
    write(out, 2)
    assert state(out) == {2} and keeps(out)
    assert out.stat().st_ino == inode
    assert os.listdir(out.parent) == ["report"]


def test_write_folder_finishes_what_a_run_killed_between_two_moves_began(out, monkeypatch):
    real, moved = os.replace, []

    def stop(one, other):
        if Path(other).parent == out and Path(other).name == "provenance.json":
            raise KeyboardInterrupt
        moved.append(other)
        real(one, other)

    monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    monkeypatch.setattr(swapping.os, "replace", stop)
    monkeypatch.setattr("shutil.rmtree", lambda *paths, **options: None)  # a killed run removes nothing
    with pytest.raises(KeyboardInterrupt):
        write(out, 2)
    monkeypatch.undo()
    assert moved
    (part,) = (path for path in out.parent.iterdir() if path.name.endswith(".part"))
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    os.rename(part, part.with_name(part.name.replace(f".{os.getpid()}@", f".{int(dead.stdout)}@")))
    stays = lambda folder, path: path.parts[0] not in ("figures", "tables", "provenance.json", "index.html")  # noqa: E731
    swapping.sweep(out, stays, ("figures", "tables", "provenance.json", "index.html"))
    assert state(out) == {2}
    assert os.listdir(out.parent) == ["report"]


@pytest.mark.parametrize("owner", ["alive", "elsewhere", "unknown"])
def test_sweep_leaves_the_folders_of_runs_that_may_live(tmp_path, owner):
    made = swapping.make_beside(tmp_path / "report")
    gone = f"{2**22 + 1}@{socket.gethostname()}"
    name = {"alive": f"{os.getppid()}@{socket.gethostname()}", "elsewhere": f"{2**22 + 1}@elsewhere", "unknown": "mine"}
    part = made.rename(made.with_name(f".report.{name[owner]}.abc.part"))
    left = tmp_path / f".report.{gone}.abc.part"
    left.mkdir()
    swapping.sweep(tmp_path / "report", lambda folder, path: True, ())
    assert part.is_dir() and not left.exists()


def test_write_folder_killed_at_random_moments_is_never_a_mixture():
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
    try:
        from kills import kill
    finally:
        sys.path.pop(0)
    mixed, written, left = kill(6)
    assert mixed == 0 and left <= 1 and written >= 6
