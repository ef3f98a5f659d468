"""The releases that are compared."""

import shutil

import pytest
from differences import EDITED, GONE, SEEDS

from etl import pipeline


@pytest.fixture
def old(published):
    """A release that others are compared with; read it, do not change it."""
    return published


@pytest.fixture
def new(published, tmp_path):
    """A copy of the same release, to be changed."""
    return shutil.copytree(published, tmp_path / "new")


@pytest.fixture(scope="session")
def edited_release(tmp_path_factory):
    """Three of the four seeds, one of them with another figure."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "seeds" / GONE).unlink()
    text = (SEEDS / EDITED).read_bytes().decode()
    assert text.count("近 3000 家") == 1
    (folder / "seeds" / EDITED).write_bytes(text.replace("近 3000 家", "近 3200 家").encode())
    pipeline.run([str(folder / "seeds")], folder / "datasets", workers=1, debug=True)
    return folder / "datasets"
