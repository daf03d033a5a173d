"""A cluster of processes: one lost, the scheduler lost, none there, others than this one; skipped without the extra."""

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.errors import ResourceError, SourceError
from discourse.parts.cluster import Cluster
from discourse.parts.versions import own_versions
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


def test_make_tables_scheduler_that_forgets_its_work_says_so(cluster):
    def restart(label):
        if nth(label) == 1:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as other:
                other.restart()

    with pytest.raises(ResourceError) as error:
        make_tables(reports(), NAMES, scheduler=cluster.scheduler_address, part_size=8_000, on_step=restart, **OPTIONS)
    assert str(error.value).startswith(f"the scheduler '{cluster.scheduler_address}' was lost after 1 of ")


# Processes begun as a user begins them ------------------------------------------------------------------------------


class Started:
    """A scheduler of its own, and processes that join it; all are ended at the end."""

    def __init__(self, folder):
        self.folder, self.begun = folder, []
        self.scheduler = self.begin("scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", self.file)
        while not self.file.exists():
            assert self.scheduler.poll() is None, "the scheduler has begun"
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text())["address"]

    @property
    def file(self):
        return self.folder / "scheduler.json"

    def begin(self, what, *arguments):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *map(str, arguments)]
        with (self.folder / f"{what}.log").open("ab") as log:
            self.begun.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder))
        return self.begun[-1]

    def add_worker(self, preload=""):
        """Begin one process without one that watches over it; ``preload`` is a program that it runs first."""
        (self.folder / "preload.py").write_text(preload)
        return self.begin("worker", self.address, "--no-nanny", "--nthreads", 1, "--preload", "preload.py")

    def end(self):
        for one in self.begun[::-1]:
            one.kill()
            one.wait()


@pytest.fixture
def started(tmp_path, monkeypatch, project):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(project), os.environ.get("PYTHONPATH", "")]))
    own = Started(tmp_path)
    yield own
    own.end()


def after_first(monkeypatch, do):
    """Do something after the first part of a pass has come back."""
    over = Cluster.over

    def wrapped(self, job, parts):
        for place, come in enumerate(over(self, job, parts)):
            if place == 0:
                do()
            yield come

    monkeypatch.setattr(Cluster, "over", wrapped)


def count(folder, address):
    place = folder / "corpus.parquet"
    reports().to_parquet(place, index=False, row_group_size=5)
    asked = ["count", place, "--lexicon", "frames", "--out", folder / "x.csv"]
    return CliRunner().invoke(main, [*map(str, asked), "--scheduler", address, "--part-size", "2000"])


def test_count_scheduler_killed_in_the_middle_ends_with_a_sentence_and_exit_code_1(started, tmp_path, monkeypatch):
    started.add_worker()
    after_first(monkeypatch, started.scheduler.kill)
    told = count(tmp_path, started.address)
    assert told.exit_code == 1
    assert f"the scheduler '{started.address}' was lost after " in told.output
    assert told.output.rstrip().endswith("parts. Start it again and run the same command.")
    assert not (tmp_path / "x.csv").exists()


def test_count_all_processes_lost_ends_with_a_sentence_and_exit_code_1(started, tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.parts.cluster.LOOK", 1)
    monkeypatch.setattr("discourse.parts.cluster.PATIENCE", 2)
    after_first(monkeypatch, started.add_worker().kill)
    told = count(tmp_path, started.address)
    assert told.exit_code == 1
    assert told.output.rstrip().endswith(
        f"--scheduler is '{started.address}', which has had no process for 2 seconds. "
        f"Start some: dask worker {started.address}"
    )


def test_cluster_without_a_process_raises(started, monkeypatch):
    monkeypatch.setattr("discourse.parts.cluster.TIMEOUT", 1)
    with pytest.raises(ResourceError) as error, Cluster(started.address):
        pass
    assert str(error.value) == (
        f"`scheduler` is '{started.address}', which has had no process for 1 seconds. "
        f"Start some: dask worker {started.address}"
    )


OLDER = "import discourse.parts.versions as held\nheld.own_version = lambda: '0.0.9'\n"
ABSENT = "import sys\nsys.modules['discourse'] = None\n"


@pytest.mark.parametrize(
    ("preload", "said"),
    [
        (OLDER, f"discourse 0.0.9, here is {own_versions()['discourse']}"),
        (
            "import platform\nplatform.python_version_tuple = lambda: ('3', '10', '1')\n",
            f"Python 3.10, here is {own_versions()['Python']}",
        ),
        (
            ABSENT,
            "no discourse like this one (ModuleNotFoundError(\"No module named 'discourse.parts'; 'discourse' is not a "
            'package"))',
        ),
    ],
)
def test_cluster_process_of_another_version_raises(started, preload, said):
    started.add_worker(preload)
    with pytest.raises(ResourceError) as error, Cluster(started.address):
        pass
    address, _, rest = str(error.value).partition("could make other tables: ")[2].partition(" has ")
    assert address.startswith("tcp://127.0.0.1:")
    assert rest == f"{said}. Install the same versions on every machine, and start the processes again."
    assert str(error.value).startswith(f"1 of the processes of '{started.address}' could make other tables: ")


def test_make_tables_process_of_another_version_that_joins_later_raises(started):
    first = started.add_worker()

    def replace(label):
        if nth(label) == 1:
            first.kill()
            started.add_worker(OLDER)

    with pytest.raises(ResourceError) as error:
        make_tables(reports(), NAMES, scheduler=started.address, part_size=2_000, on_step=replace, **OPTIONS)
    assert f"has discourse 0.0.9, here is {own_versions()['discourse']}. Install" in str(error.value)


def test_make_tables_corpus_that_a_process_does_not_reach_raises(started, tmp_path):
    started.add_worker()
    place = tmp_path / "corpus.parquet"
    reports().to_parquet(place, index=False)

    def remove(label):
        place.unlink(missing_ok=True)

    with pytest.raises(SourceError) as error:
        make_tables(place, NAMES, scheduler=started.address, on_step=remove, **OPTIONS)
    assert str(error.value) == (
        f"a process of '{started.address}' cannot read its part ([Errno 2] Failed to open local file '{place}'. "
        "Detail: [errno 2] No such file or directory). The corpus has to lie where every machine reaches it: on a "
        "shared disk, or at an address."
    )


def test_cluster_without_its_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ResourceError) as error, Cluster("tcp://127.0.0.1:9"):
        pass
    assert str(error.value) == (
        "`scheduler` is 'tcp://127.0.0.1:9', and the package of clusters is not installed. "
        "Run: pip install 'arabic-discourse[dask]'"
    )


def test_cluster_where_none_answers_raises(monkeypatch):
    monkeypatch.setattr("discourse.parts.cluster.TIMEOUT", 1)
    with pytest.raises(ResourceError) as error, Cluster("tcp://127.0.0.1:9"):
        pass
    assert str(error.value) == (
        "`scheduler` is 'tcp://127.0.0.1:9', where none answers within 1 seconds. Start one (dask scheduler), or check "
        "the address."
    )
