"""A cluster of processes: the tables of one piece, a process lost, the scheduler lost; skipped without the extra."""

import os
import signal

import pandas as pd
import pytest

from discourse.errors import ResourceError
from discourse.parts.cluster import Cluster
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = pytest.mark.filterwarnings("default")  # of the packages of the cluster

NAMES = ["clusters", "n_boilerplate", "spans", "attention"]  # two passes, without a lexicon
OPTIONS = {"period": "year"}


@pytest.fixture
def cluster():
    """Begin a scheduler and two processes of one thread each."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as begun:
        yield begun


def reports():
    return load_seed("reports").iloc[::8].reset_index(drop=True)


def nth(label):
    """Return how many parts are done by a line of progress."""
    words = label.split()
    return int(words[1]) if words[0] == "part" else 0


def test_make_tables_process_killed_in_the_middle_costs_no_table(cluster):
    documents, killed = reports(), []

    def kill(label):
        if nth(label) == 1 and not killed:
            killed.append(next(iter(cluster.workers.values())).process.pid)
            os.kill(killed[0], signal.SIGKILL)

    made = make_tables(documents, NAMES, scheduler=cluster.scheduler_address, part_size=8_000, on_step=kill, **OPTIONS)
    assert killed, "a process was killed while parts were under way"
    for name, table in make_tables(documents, NAMES, **OPTIONS).items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(made[name], table, check_exact=True)
        else:
            assert made[name] == table


def test_make_tables_scheduler_lost_says_so(cluster):
    def lose(label):
        if nth(label) == 1:
            cluster.close()

    with pytest.raises(ResourceError) as error:
        make_tables(reports(), NAMES, scheduler=cluster.scheduler_address, part_size=8_000, on_step=lose, **OPTIONS)
    address = cluster.scheduler_address
    assert str(error.value).startswith(f"the scheduler '{address}' was lost after ") and str(error.value).endswith(
        " parts. Start it again and run the same command."
    )


def test_cluster_where_none_answers_raises(monkeypatch):
    monkeypatch.setattr("discourse.parts.cluster.TIMEOUT", 1)
    with pytest.raises(ResourceError) as error, Cluster("tcp://127.0.0.1:9"):
        pass
    assert str(error.value) == (
        "`scheduler` is 'tcp://127.0.0.1:9', where none answers within 1 seconds. Start one (dask scheduler), or check "
        "the address."
    )
