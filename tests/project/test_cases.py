"""The commands that judge cases: what is right decides, rows are told, and a folder that is absent is 0 rows."""

import importlib
import os
import random
import subprocess
import sys

import pytest


@pytest.fixture
def bench(project, monkeypatch):
    """A function that imports a module of benchmarks/cases."""
    monkeypatch.syspath_prepend(str(project / "benchmarks" / "cases"))
    names = ["corpora", "exports", "hostile", "judging", "language", "pages", "robots"]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield importlib.import_module
    for name in names:
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("right", "got", "holds"),
    [
        ("a", "a", True),
        (1, 1.0, False),
        (None, None, True),
        ([1, 2], [1, 2], True),
        ([1], [1, 2], False),
        ({"n": 1}, {"n": 1, "more": 2}, True),
        ({"n": 1}, {}, False),
        ({"one of": [None, 1]}, None, True),
        ({"each one of": [1, 2]}, [1, 1], True),
        ({"each one of": [1, 2]}, [], False),
        ({"each one of": [1, 2]}, [1, 3], False),
        ({"none of": ["x"]}, ["y"], True),
        ({"none of": ["x"]}, ["x", "y"], False),
        ({"has": ["x"]}, ["x", "y"], True),
        ({"has": ["x", "z"]}, ["x", "y"], False),
        ({"says": "^no"}, "no way", True),
        ({"says": "^no"}, "a no", False),
        ({"at most": 3}, 3, True),
        ({"at most": 3}, 4, False),
        ({"at least": 3, "at most": 3}, 2, False),
    ],
)
def test_holds_compares_what_is_right_with_what_was_got(bench, right, got, holds):
    assert bench("judging").holds(right, got) is holds


def test_cases_name_calls_and_views_that_there_are(bench, project):
    read = bench("judging").read_cases
    folder = project / "benchmarks" / "cases"
    corpora, language, hostile = (bench(name) for name in ("corpora", "language", "hostile"))
    for case in read(folder / "corpora.yml"):
        assert case.get("call") in (None, "resolve_dates", "find_agencies")
        assert "call" in case or case["right"].keys() <= {*corpora.VIEWS, "check"}, case["file"]
    assert {case["call"] for case in read(folder / "language.yml")} <= language.CALLS.keys()
    assert all("run" in case or case["call"] in hostile.CALLS for case in read(folder / "hostile.yml"))


def test_run_of_the_cases_says_that_a_folder_is_absent(project, tmp_path):
    command = [sys.executable, str(project / "benchmarks" / "cases" / "run.py"), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "DISCOURSE_SHARED": str(tmp_path), "PYTHONPATH": str(project)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    absent = "no {} beside the project (DISCOURSE_SHARED names the folder): 0 rows"
    places = [("corpora", "data/cases/corpora"), ("hostile", "data/cases/hostile"), ("language", "data/cases/language")]
    expected = [f"{name}: {absent.format(place)}" for name, place in [*places, ("exports", "data/exports")]]
    assert [line for line in done.stdout.splitlines() if line] == [*expected, "0 of 0 rows right"]


def test_run_of_the_cases_fails_where_a_row_is_wrong(bench, project, tmp_path, capsys):
    folder = tmp_path / "data" / "exports" / "rss"
    folder.mkdir(parents=True)
    item = "<item><title>عنوان</title><link>http://a.example/1</link><description>قال الوزير ذلك.</description></item>"
    (folder / "good.xml").write_text(f"<rss><channel>{item}</channel></rss>", encoding="utf-8")
    rows = list(bench("exports").rows(tmp_path / "data" / "exports"))
    assert [(row.name, row.holds) for row in rows] == [("rss/good.xml", True)]
    (folder / "good.xml").write_text(f"<rss><channel>{item}<!-- <item> --></channel></rss>", encoding="utf-8")
    (row,) = bench("exports").rows(tmp_path / "data" / "exports")
    assert not row.holds and "| NO |" in bench("judging").as_table("exports", [row])


def test_made_pages_and_robots_are_the_same_for_a_seed(bench):
    pages, robots = bench("pages"), bench("robots")
    assert pages.make_page(random.Random(1)) == pages.make_page(random.Random(1))
    assert pages._hijri(pages.datetime.date(2000, 5, 25)).split()[::2] == ["20", "1421"]
    n_asked, n_allowed, differences = robots.compare(20, 5, 7, robots.PARTS)
    assert (n_asked, differences) == (100, []) and 0 < n_allowed < 100
