"""Every table that a chart asks for: in one piece, in two processes and on a cluster of processes, to the last digit.

Skipped without the extra `dask`.
"""

import pandas as pd
import pytest

from discourse.chart import reported
from discourse.parts.cluster import Cluster
from discourse.parts.running import run_parts
from discourse.sources.documents import read_documents, rejects_table
from discourse.sources.parted import open_parted
from discourse.sources.seeds import load_seed
from discourse.steps.making import PLAN, make_tables
from discourse.study import load_study

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = [
    pytest.mark.filterwarnings("default"),  # of the packages of the cluster
    pytest.mark.xdist_group("cluster"),  # one run of each for all tests of this file
]

OPTIONS = {"n_draws": 10, "period": "year", "split": "source", "lexicons": ["frames", "actors"]}
REPORTED = [name for name in reported("all") if name in PLAN.steps]  # the rejects are given
# what these are made from too, except for what parts alone make: one piece counts its repeated lines as it marks them
WALKED = [name for name in PLAN.order(REPORTED, PLAN.given()) if name not in ("lines", "repeated")]
MENU = "الرئيسية\nأخبار العالم\nاتصل بنا\n"


def corpus():
    """Return 14 documents: hand codes, a menu above those of one outlet, two that are printed again, one of marks."""
    reports = load_seed("reports").iloc[:176:16].reset_index(drop=True)
    reports["source"] = (["one", "two"] * len(reports))[: len(reports)]
    reports.loc[reports["source"].eq("one"), "text"] = MENU + reports["text"]
    again = reports.iloc[[3, 8]].assign(doc_id=["again-1", "0-again-2"], source="three")
    marks = reports.iloc[[0]].assign(doc_id="marks", text="... !", title=None)
    return pd.concat([reports, again, marks], ignore_index=True)


def size_of(n_parts):
    return int(corpus()["text"].str.len().sum() / n_parts) + 1


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Write the corpus: its texts lie in another order than that of its documents."""
    path = tmp_path_factory.mktemp("corpus") / "mixed.parquet"
    corpus().sample(frac=1, random_state=5).to_parquet(path, index=False, row_group_size=5)
    return path


@pytest.fixture(scope="module")
def in_one_piece(place):
    return make_tables(read_documents(place)[0], WALKED, **OPTIONS)


@pytest.fixture(scope="module")
def in_processes(place):
    return make_tables(place, WALKED, workers=2, part_size=size_of(2), **OPTIONS)


@pytest.fixture(scope="module")
def cluster():
    """Begin a scheduler and two processes of one thread each."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as begun:
        yield begun


@pytest.fixture(scope="module")
def on_cluster(cluster, place):
    return make_tables(place, WALKED, scheduler=cluster.scheduler_address, part_size=size_of(2), **OPTIONS)


class LastFirst(Cluster):
    """The parts sent in the opposite order; what came, by pass."""

    def __enter__(self):
        self.came = []
        return super().__enter__()

    def over(self, job, parts):
        self.came.append([])
        for number, made in super().over(job, parts[::-1]):
            self.came[-1].append((number, sorted(made)))
            yield len(parts) - 1 - number, made


@pytest.fixture(scope="module")
def last_first(cluster, place):
    """Make what a chart asks for and no more, in five parts, the last one first, joined by twos on the cluster."""
    given = {"rejects": rejects_table([]), **load_study(**OPTIONS).given()}
    parted = open_parted(place)
    with pytest.MonkeyPatch.context() as patch, LastFirst(cluster.scheduler_address) as pool:
        patch.setattr("discourse.parts.tree.FAN_IN", 2)
        patch.setattr("discourse.parts.cluster.FAN_IN", 2)
        made = run_parts(PLAN, REPORTED, given, parted, pool, part_size=size_of(5))
    told = {name: parted.with_texts(table) if name in ("units", "subject") else table for name, table in made.items()}
    return told, pool.came


def assert_same(made, wanted):
    if isinstance(wanted, pd.DataFrame):
        pd.testing.assert_frame_equal(made, wanted, check_exact=True, check_freq=True)
        for column in wanted.select_dtypes("category"):
            assert made[column].cat.categories.dtype == wanted[column].cat.categories.dtype, column
            assert made[column].cat.ordered == wanted[column].cat.ordered, column
    else:
        assert type(made) is type(wanted) and made == wanted


@pytest.mark.parametrize("name", WALKED)
def test_make_tables_in_processes_and_on_a_cluster_is_that_of_one_piece(in_one_piece, in_processes, on_cluster, name):
    for made in (in_processes, on_cluster):
        assert (name in made) == (name in in_one_piece)
        assert_same(made.get(name), in_one_piece.get(name))


@pytest.mark.parametrize("name", REPORTED)
def test_run_parts_joined_on_a_cluster_in_other_parts_and_the_other_order_changes_nothing(
    in_one_piece, last_first, name
):
    assert_same(last_first[0].get(name), in_one_piece.get(name))


def test_run_parts_on_a_cluster_few_pieces_come_and_words_by_themselves(last_first):
    first, second = last_first[1]
    n_parts = max(number for number, _ in first) + 1
    pieces = [number for number, names in second if "counts" in names]
    assert sorted(pieces) == list(range(0, n_parts, 4)), "four parts are one piece"
    assert sorted(number for number, names in first if names == ["lines"]) == sorted(pieces)
    words = [(number, names) for number, names in second if "story_words" in names]
    assert [number for number, _ in sorted(words)] == list(range(n_parts))
    assert all(names == ["story_words"] for number, names in words if number not in pieces)


def test_corpus_has_something_for_every_table(in_one_piece):
    empty = [name for name, table in in_one_piece.items() if isinstance(table, pd.DataFrame) and not len(table)]
    assert (set(WALKED) - set(in_one_piece), empty) == ({"subject_series"}, []), "most name both: no series of these"
    assert in_one_piece["clusters"]["n_in_cluster"].eq(2).sum() == 4, "copies lie in several parts"
    assert in_one_piece["n_boilerplate"] > 0, "a menu is left out"
