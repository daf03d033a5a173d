"""The mutation tester: which tests stand for a module, and what comes of a mutant."""

import importlib
import json
import subprocess
import sys

import pytest


@pytest.fixture
def part(project, monkeypatch):
    """Import a module of benchmarks/mutation."""
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    return lambda name: importlib.import_module(f"mutation.{name}")


def test_tests_of_module_with_its_own_test_come_before_the_folder(part, project):
    assert part("rooms").tests_of("discourse/measures/series.py", project) == [
        ["discourse/measures/series.py", "tests/measures/test_series.py"],
        ["tests/measures"],
    ]


def test_tests_of_module_without_its_own_test_are_the_nearest_folder(part, tmp_path):
    (tmp_path / "tests" / "reading").mkdir(parents=True)
    assert part("rooms").tests_of("discourse/reading/speech/marks.py", tmp_path) == [
        ["discourse/reading/speech/marks.py", "tests/reading"]
    ]


def test_modules_of_takes_folders_and_names_and_refuses_others(part, project):
    rooms = part("rooms")
    assert rooms.modules_of(["discourse/measures/counts.py", "counts.py"], project) == ["discourse/measures/counts.py"]
    assert "discourse/measures/series.py" in rooms.modules_of(["discourse/measures/"], project)
    with pytest.raises(ValueError, match=r"measure: no such module or folder; name one like discourse/measures, "):
        rooms.modules_of(["measure"], project)


def test_render_lists_each_survivor_with_old_and_new(part):
    base = {
        "path": "discourse/x.py",
        "line": 3,
        "operator": "NumberReplacer",
        "old": "    few = 5",
        "new": "    few = 6",
    }
    report = part("report").render([base | {"outcome": "survived"}, base | {"outcome": "killed"}])
    assert report.splitlines() == [
        "module          mutants  noticed  survived",
        "discourse/x.py        2        1         1",
        "",
        "1 of 2 survived:",
        "",
        "discourse/x.py:3  NumberReplacer",
        "  - few = 5",
        "  + few = 6",
    ]
    assert "No mutant survived." in part("report").render([base | {"outcome": "stopped"}])


TRY = """
import json, sys
from pathlib import Path
from mutation import trial
trial.LEAST_SECONDS = 1
tree = Path(sys.argv[1])
for source in json.loads(sys.argv[2]):
    mutant = {"path": "discourse/toy.py", "source": source}
    print(trial.try_mutant(tree, mutant, [["tests/test_toy.py"]], [0.1], tree / "log.txt")[0], flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a mutant is tried in a forked process")
def test_try_mutant_tells_survivors_from_others_and_puts_the_module_back(project, tmp_path):
    (tmp_path / "discourse").mkdir()
    (tmp_path / "tests").mkdir()
    sound = "def few(n):\n    return n < 5\n"
    (tmp_path / "discourse" / "toy.py").write_text(sound, encoding="utf-8")
    (tmp_path / "discourse" / "__init__.py").write_text("", encoding="utf-8")
    test = "from discourse.toy import few\n\ndef test_few():\n    assert few(4) and not few(6)\n"
    (tmp_path / "tests" / "test_toy.py").write_text(test, encoding="utf-8")
    sources = [
        sound.replace("<", "<="),
        sound.replace("<", ">"),
        sound.replace("return", "while True: n < 5\n    return"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(tmp_path), json.dumps(sources)],
        cwd=project / "benchmarks",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["survived", "killed", "stopped"], done.stderr
    assert (tmp_path / "discourse" / "toy.py").read_text("utf-8") == sound


def test_main_without_the_environment_says_how_to_make_it(project, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mutation", "--python", str(tmp_path / "none")],
        cwd=project / "benchmarks",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "there is no such file; `make mutation` makes the environment" in done.stderr
