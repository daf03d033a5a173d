"""A corpus at an address, read where it lies: a server of S3 on this machine. Skipped without `s3fs` and `moto`."""

import socket

import pandas as pd
import pytest

from discourse.errors import SourceError
from discourse.sources.documents import read_documents
from discourse.sources.parted import open_parted

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
