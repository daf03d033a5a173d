"""A corpus at an address, read where it lies: a server of S3 on this machine. Skipped without `s3fs` and `moto`."""

import socket

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.errors import SourceError
from discourse.sources.documents import read_documents
from discourse.sources.parted import open_parted
from discourse.sources.seeds import load_seed

pytest.importorskip("s3fs", reason="s3fs is not installed")
pytest.importorskip("moto.server", reason="moto[server] is not installed")
pytestmark = pytest.mark.filterwarnings("default")  # of these packages


@pytest.fixture
def bucket(monkeypatch):
    """Begin a server with an empty bucket, and point the environment at it."""
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    values = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    for name, value in {**values, "AWS_DEFAULT_REGION": "us-east-1", "no_proxy": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    client = boto3.client("s3")
    client.create_bucket(Bucket="news")
    yield client
    server.stop()


def test_open_parted_at_an_address_is_the_folder(bucket, tmp_path):
    for name in ("a", "b"):
        frame = pd.DataFrame({"text": [f"نص {name} {place}" for place in range(20)], "date": "2015-12-23"})
        frame.to_parquet(tmp_path / f"{name}.parquet", index=False, row_group_size=6)
        bucket.upload_file(str(tmp_path / f"{name}.parquet"), "news", f"corpus/{name}.parquet")
    documents, _ = read_documents(tmp_path)
    parted = open_parted("s3://news/corpus")
    pd.testing.assert_frame_equal(parted.with_texts(parted.documents), documents)
    parts = [part.read() for part in parted.parts(size=60)]
    assert len(parts) > 3
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), documents, check_categorical=False)


def test_open_parted_at_an_address_without_a_file_raises(bucket):
    with pytest.raises(SourceError) as error:
        open_parted("s3://news/nothing")
    assert str(error.value) == (
        "'s3://news/nothing' holds no .parquet file. Check the address; name a file or a folder of them."
    )


# Commands over an address -------------------------------------------------------------------------------------------


def run(*arguments):
    told = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert told.exit_code == 0, told.output
    return told.output


@pytest.fixture
def reports_in_bucket(bucket, tmp_path):
    """Put 16 reports into the bucket, in two files, and into a folder."""
    reports = load_seed("reports").iloc[:96:6].reset_index(drop=True)
    (folder := tmp_path / "corpus").mkdir()
    for name, rows in (("a", reports.iloc[:9]), ("b", reports.iloc[9:])):
        rows.to_parquet(folder / f"{name}.parquet", index=False, row_group_size=4)
        bucket.upload_file(str(folder / f"{name}.parquet"), "news", f"corpus/{name}.parquet")
    return folder


@pytest.mark.parametrize("how", ["workers", "scheduler"])
def test_series_at_an_address_writes_the_bytes_of_the_folder(reports_in_bucket, tmp_path, how):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    asked = ["--lexicon", "frames", "--period", "year"]
    run("series", reports_in_bucket, *asked, "--out", one)
    if how == "workers":
        run("series", "s3://news/corpus", *asked, "--out", two, "--workers", 2, "--part-size", 3000)
    else:
        distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster:
            address = cluster.scheduler_address
            run("series", "s3://news/corpus", *asked, "--out", two, "--scheduler", address, "--part-size", 3000)
    assert len(pd.read_csv(one)) > 50
    assert two.read_bytes() == one.read_bytes()


def test_chart_at_an_address_writes_the_bytes_of_the_folder(reports_in_bucket, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    asked = ["--texts", "off", "--period", "year", "--draws", 10]
    run("chart", reports_in_bucket, *asked, "--out", one)
    run("chart", "s3://news/corpus", *asked, "--out", two, "--workers", 2, "--part-size", 6000)
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(names) > 20
    assert sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file()) == names
    differ = [str(name) for name in names if (one / name).read_bytes() != (two / name).read_bytes()]
    assert differ == []
