"""DuckDB in little memory, and in more where that is not enough."""

import duckdb
import pytest
from releases import digests

from etl.errors import ReleaseError
from etl.load import connection
from etl.load.connection import LITTLE, MUCH, Memory, connect, make_do
from etl.load.release import publish
from etl.load.verify import verify

TINY = Memory("4MB", "4MB", "4MB", 2048)


def sort_long_texts(memory):
    with connect(memory=memory) as con:
        query = "SELECT repeat(md5(i::VARCHAR), 500) AS text FROM range(2000) AS t(i) ORDER BY text"
        return len(con.execute(query).fetchall())


def test_what_little_memory_holds_is_done_in_little():
    assert make_do(lambda memory: memory) == LITTLE


def test_what_little_memory_does_not_hold_is_done_in_much(monkeypatch):
    with pytest.raises(duckdb.OutOfMemoryException):
        sort_long_texts(TINY)
    monkeypatch.setattr(connection, "LITTLE", TINY)
    assert make_do(sort_long_texts) == 2000


def test_what_no_memory_holds_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(connection, "LITTLE", TINY)
    monkeypatch.setattr(connection, "MUCH", TINY)
    with pytest.raises(ReleaseError, match="too little memory for so many long paragraphs"):
        make_do(sort_long_texts)


def test_a_release_is_the_same_and_found_sound_in_whatever_memory(
    parts, published, tmp_path, monkeypatch
):
    told = []
    monkeypatch.setattr(connection, "LITTLE", TINY)
    publish(parts, tmp_path / "release", progress=lambda *step: told.append(step[0]))
    assert told.count("merge") == 2
    assert digests(tmp_path / "release") == digests(published)
    assert verify(tmp_path / "release").verdict == "is sound"


def test_as_much_as_the_machine_has_is_more_than_little():
    def read_limit(memory):
        with connect(memory=memory) as con:
            return con.execute("SELECT current_setting('memory_limit')").fetchone()[0]

    assert read_limit(LITTLE) == "190.7 MiB"
    assert read_limit(MUCH).endswith("GiB")
