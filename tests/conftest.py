"""What several tests share: one release of the seeds."""

from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_release(tmp_path_factory):
    """A fresh release of the seeds; read it, do not change it."""
    from etl import pipeline  # noqa: PLC0415  loads everything; few tests need it

    output = tmp_path_factory.mktemp("release") / "datasets"
    pipeline.run([str(SEEDS)], output, workers=1, debug=True)
    return output
