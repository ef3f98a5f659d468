"""What several tests share: one release of the seeds, a server of objects."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from object_server import Bucket, ObjectServer

# The same examples every time, however busy the machine: `--hypothesis-profile=explore` looks for
# new ones. That time grows with size has tests of its own.
settings.register_profile("explore", deadline=None)
settings.register_profile("repeat", deadline=None, derandomize=True)
settings.load_profile("repeat")

SEEDS = Path(__file__).parent.parent / "seeds"

# Every `etl` that a test starts would load them: pandera imports hypothesis where it is installed.
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"


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
        pytest.skip("moto or s3fs is not installed: pip install -e '.[test]'")
    server = ObjectServer()
    yield server
    server.close()


@pytest.fixture
def reach(monkeypatch):
    """Leads this process to a server of objects."""
    import s3fs  # noqa: PLC0415  an extra

    def reach_server(environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()

    return reach_server


@pytest.fixture
def bucket(object_server, reach):
    """An empty bucket, which this process can reach."""
    reach(object_server.environment)
    bucket = Bucket(object_server)
    yield bucket
    bucket.client.close()
