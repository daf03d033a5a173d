"""The comparison with the peers: what it reads is the same for the same seed, and its results come from the JSON."""

import doctest
import importlib
import re
import subprocess
import sys

import pytest

import discourse as dc


@pytest.fixture
def bench(project, monkeypatch):
    """A function that imports a module of benchmarks/bench."""
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    return lambda name: importlib.import_module(f"bench.{name}")


@pytest.fixture
def run():
    """A run of three rounds: one task with a peer, one alone."""

    def party(walls, found, peak, versions):
        return [
            {
                "times": {"warm": {"wall": w, "cpu": w / 2}, "cold": {"wall": 2 * w, "cpu": w}},
                "results": {"hits": found, "documents": 3, "sum": 9},
                "peak_mb": peak,
                "versions": versions,
            }
            for w in walls
        ]

    chart = {"times": {"chart": {"wall": 12.0, "cpu": 7.0}}, "results": {"documents": 206}, "peak_mb": 300.0}
    return {
        "facts": {"corpus": "generated", "tokens": 200_000, "documents": 600, "distinct": 9000},
        "machine": {"system": "Linux x86_64", "cores": 2, "memory_gb": 8.0, "python": "3.11.7"},
        "repeat": 3,
        "tasks": {
            "literal": {
                "pyahocorasick": party([0.2, 0.9, 0.25], 40, 20.0, {"pyahocorasick": "2.3.1"}),
                "ours": party([0.5, 0.25, 0.1], 40, 200.0, {"arabic-discourse": "0.1.0"}),
            },
            "reports": {"ours": [chart | {"versions": {"arabic-discourse": "0.1.0", "matplotlib": "3.11.2"}}]},
        },
        "failed": {},
    }


def row_of(page, title):
    (row,) = [line for line in page.splitlines() if line.startswith(f"| {title} |")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_make_corpus_same_seed_gives_the_same_documents(bench):
    make = bench("generated").make_corpus
    assert make(2000, ["موسكو"], seed=7).equals(make(2000, ["موسكو"], seed=7))
    assert not make(2000, ["موسكو"], seed=7).equals(make(2000, ["موسكو"], seed=8))


def test_make_corpus_holds_the_tokens_asked_for(bench):
    documents = bench("generated").make_corpus(50_000)
    kept, rejects = dc.read_documents(documents)
    assert len(rejects) == 0
    assert len(dc.tokenize(kept)) == pytest.approx(50_000, rel=0.05)


def test_make_corpus_draws_by_rank_and_adds_clitics(bench):
    tokens = dc.tokenize(bench("generated").make_corpus(50_000, ["قال", "موسكو", "كابل"]))
    counts = tokens["token"].value_counts()
    assert counts["قال"] > counts["موسكو"] > counts["كابل"] > counts["وموسكو"] > 0


def test_make_draws_same_seed_gives_twelve_categories_in_36_months(bench):
    make = bench("generated").make_draws
    table = make(360)
    assert table.equals(make(360))
    assert table["date"].str[:7].nunique() == 36
    assert sum(name.startswith("category") for name in table) == 12


def test_plant_copies_lists_the_pairs_that_are_alike_enough(bench):
    planting = bench("planting")
    documents = bench("generated").make_corpus(60_000)
    both, pairs = planting.plant_copies(documents, 150)
    again, pairs_again = planting.plant_copies(documents, 150)
    assert both.equals(again)
    assert pairs == pairs_again
    assert len(both) == 150
    assert 0 < len(pairs) < 15, "of 15 copies, some are changed too much to count"
    texts, ids = both["text"].tolist(), both["doc_id"].tolist()
    for original, copy in pairs:
        assert ids[copy].startswith("z-copy")
        assert not ids[original].startswith("z-copy")
        assert planting.jaccard(texts[original], texts[copy]) >= 0.7


def test_ranked_takes_480_distinct_words_or_says_that_there_are_too_few(bench):
    ranked = bench("prepare").ranked
    words = [str(rank) for rank in range(501)]
    assert len(set(ranked(words))) == 480
    with pytest.raises(ValueError, match="480 are needed"):
        ranked(words[:-1])


@pytest.mark.parametrize("name", ["planting", "prepare"])
def test_examples_of_the_bench_hold(bench, name):
    done = doctest.testmod(bench(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted > 0
    assert done.failed == 0


def test_render_takes_medians_and_their_ratio(bench, run):
    row = row_of(bench("results").render(run), "480 literal words, counts per document, tokens at hand, warm")
    assert row[1:4] == ["0.25 s (0.12)", "pyahocorasick", "0.25 s (0.12)"]
    assert row[4:] == ["1.00", "1.00", "yes", "200", "20", "equal"]


def test_render_says_no_above_the_target_and_how_far_the_counts_are_apart(bench, run):
    for one in run["tasks"]["literal"]["ours"]:
        one["times"]["warm"]["wall"] *= 1.01
        one["results"]["hits"] = 38
    row = row_of(bench("results").render(run), "480 literal words, counts per document, tokens at hand, warm")
    assert row[4:7] == ["1.01", "1.00", "**no**"]
    assert row[-1] == "5 % apart"


def test_render_compares_cpu_seconds_with_a_target_of_seconds(bench, run):
    row = row_of(bench("results").render(run), "chart seed:reports, CPU seconds")
    assert row[1] == "12.0 s (7.0)"
    assert row[5:7] == ["7 s", "yes"]


def test_render_names_versions_failures_and_the_size(bench, run):
    page = bench("results").render(run | {"failed": {"read": "bench.work.read_conc ended with 1:\ntraceback"}})
    assert "* ours: arabic-discourse 0.1.0, matplotlib 3.11.2" in page
    assert "* pyahocorasick: pyahocorasick 2.3.1" in page
    assert "* read failed: bench.work.read_conc ended with 1:\n" in page
    assert "traceback" not in page
    assert "200,000 tokens of generated news-like texts (600 documents, 9,000 distinct tokens); medians of 3" in page


def test_measurement_keeps_the_first_time_and_the_median_of_the_warm_ones(bench, monkeypatch):
    measuring = bench("measuring")
    clock = iter([0.0, 5.0, 10.0, 11.0, 20.0, 24.0, 30.0, 32.0])
    monkeypatch.setattr(measuring.time, "perf_counter", lambda: next(clock))
    measured = measuring.Measurement()
    assert measured.first("cold", lambda: "first") == "first"
    assert measured.warm("warm", lambda: "again") == "again"
    assert [measured.times[name]["wall"] for name in ("cold", "warm")] == [5.0, 2.0]


def test_each_party_has_its_module_and_each_peer_its_pinned_environment(bench, project):
    tasks = bench("tasks")
    parties = {party for task in tasks.TASKS for party in task.parties}
    for party in parties:
        assert (project / "benchmarks" / "bench" / "work" / f"{party.module}.py").is_file(), party
    pinned = {path.stem for path in (project / "benchmarks" / "peers").glob("*.txt")}
    assert pinned == {party.name for party in parties} - {tasks.OURS}
    for name in pinned:
        lines = (project / "benchmarks" / "peers" / f"{name}.txt").read_text("utf-8").splitlines()
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), name
        assert any(line.startswith(f"{name}==") for line in lines), name


def test_bench_uses_the_public_face_alone(project):
    paths = sorted((project / "benchmarks" / "bench").rglob("*.py"))
    assert len(paths) > 10
    for path in paths:
        assert not re.search(r"(from|import) discourse\.", path.read_text("utf-8")), path


def test_work_that_fails_is_named_with_the_end_of_its_message(bench, tmp_path):
    turns = bench("turns")
    with pytest.raises(turns.WorkError, match=r"bench\.work\.read_ours .* ended with 1:\n(.*\n)*.*SourceError"):
        turns.run_party(turns.Party(turns.OURS, "read_ours"), tmp_path, tmp_path)
    with pytest.raises(turns.WorkError, match="no environment of 'conc' .* make bench"):
        turns.run_party(turns.Party("conc", "read_conc"), tmp_path, tmp_path)


def test_options_of_the_bench_are_checked(project):
    command = [sys.executable, "-m", "bench", "--only", "nothing"]
    done = subprocess.run(command, cwd=project / "benchmarks", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "invalid choice: 'nothing'" in done.stderr
    assert "literal" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the Makefile is for make on Linux and macOS")
def test_make_bench_makes_one_environment_a_peer(project):
    done = subprocess.run(["make", "-n", "-B", "bench"], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for path in (project / "benchmarks" / "peers").glob("*.txt"):
        assert f"-m venv build/bench/{path.stem}" in done.stdout
