"""The simulations: how they are run and written, and what their tables count."""

import sys

import pandas as pd
import pytest


@pytest.fixture
def simulations(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project / "benchmarks" / "simulations"))
    for name in ("run", "intervals", "draws"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import intervals
    import run

    yield run, intervals
    for name in ("run", "intervals", "draws"):
        sys.modules.pop(name, None)


TABLES = {"One": pd.DataFrame({"n": [1, 2], "covers": [0.95, None]})}
SHOWN = "**One**\n\n| n | covers |\n| --- | --- |\n| 1 | 0.95 |\n| 2 |  |"


def test_as_markdown_titles_stand_over_their_tables(simulations):
    run, _ = simulations
    assert run.as_markdown(TABLES) == SHOWN
    assert run.as_markdown(TABLES | {"Two": pd.DataFrame({"a": ["x"]})}).endswith("**Two**\n\n| a |\n| --- |\n| x |")


def test_put_replaces_what_stands_between_its_marks_alone(simulations):
    run, _ = simulations
    text = "a\n<!-- simulation: one -->\nold\n<!-- end -->\nb\n<!-- simulation: two -->\nkept\n<!-- end -->\n"
    assert run.put(text, "one", "new") == text.replace("\nold\n", "\n\nnew\n\n")
    assert run.put(text, "three", "new").endswith(
        "## Simulations: three\n\n<!-- simulation: three -->\n\nnew\n\n<!-- end -->\n"
    )


def test_main_of_a_short_look_writes_only_where_it_is_told(simulations, monkeypatch, tmp_path, capsys):
    run, intervals = simulations
    asked = []
    monkeypatch.setattr(run, "DOCS", tmp_path / "docs.md")
    monkeypatch.setattr(intervals, "simulate", lambda **options: asked.append(options) or TABLES)
    assert run.main(["--only", "intervals", "--runs", "7"]) == 0
    assert SHOWN in capsys.readouterr().out and not (tmp_path / "docs.md").exists()
    assert run.main(["--only", "intervals", "--runs", "7", "--out", str(tmp_path / "look.md")]) == 0
    assert SHOWN in (tmp_path / "look.md").read_text(encoding="utf-8")
    assert run.main(["--only", "intervals"]) == 0
    assert SHOWN in (tmp_path / "docs.md").read_text(encoding="utf-8")
    assert asked == [{"runs": 7, "seed": 20151223}] * 2 + [{"runs": intervals.RUNS, "seed": 20151223}]


def test_pages_have_their_place_in_the_docs(simulations, project):
    run, _ = simulations
    text = (project / "docs" / "method-uncertainty.md").read_text(encoding="utf-8")
    for name in run.pages():
        assert f"<!-- simulation: {name} -->" in text, f"run: make simulations SIMULATIONS='--only {name}'"


@pytest.mark.parametrize(
    ("share", "n", "least"),
    [(0.005, 5, 0.995**5), (0.5, 10, 0.978515625), (0.5, 5, 0.9375), (0.02, 5, 0.9961577)],
)
def test_least_coverage_leaves_out_at_most_35_in_1000_on_either_side(simulations, share, n, least):
    _, intervals = simulations
    assert intervals.least_coverage(share, n) == pytest.approx(least, abs=1e-6)


def test_exact_cell_marks_what_no_interval_can_avoid(simulations):
    _, intervals = simulations
    assert intervals._exact_cell(0.005, 5) == ".975°"
    assert intervals._exact_cell(0.5, 5) == ".937"


@pytest.mark.parametrize("common", [0.0, 0.2, 1.0])
def test_draw_clusters_have_the_truth_for_their_mean(simulations, common):
    import numpy as np

    _, intervals = simulations
    for kind, law in (("share", 0.3), ("mean", (0.1, 0.2, 0.4, 0.2, 0.1)), ("rate", (10, 1))):
        top, below, clusters, truth = intervals.draw_clusters(
            np.random.default_rng(1), 20_000, "ten", common, kind, law
        )
        assert len(top) == len(below) == len(clusters) == 200_000
        assert top.sum() / below.sum() == pytest.approx(truth, abs=0.02 if kind != "rate" else 0.0005), kind
