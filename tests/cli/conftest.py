"""What the tests of several commands share."""

import pytest


@pytest.fixture
def folder(tmp_path):
    """A folder with nothing to read: an empty folder and a picture."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return tmp_path
