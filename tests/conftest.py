"""What several tests share: one release of the seeds, a server of objects."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from object_server import Bucket, ObjectServer

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_release(tmp_path_factory):
    """A fresh release of the seeds; read it, do not change it."""
    from etl import pipeline  # noqa: PLC0415  loads everything; few tests need it

    output = tmp_path_factory.mktemp("release") / "datasets"
    pipeline.run([str(SEEDS)], output, workers=1, debug=True)
    return output


@pytest.fixture(scope="session")
def object_server():
    """An S3 server that runs as long as the tests do."""
    if not (find_spec("moto") and find_spec("s3fs")):
        pytest.skip("moto and s3fs are not installed: pip install -e '.[test]'")
    server = ObjectServer()
    yield server
    server.close()


@pytest.fixture
def bucket(object_server):
    """An empty bucket."""
    bucket = Bucket(object_server)
    yield bucket
    bucket.client.close()
