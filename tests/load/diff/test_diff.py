"""Only content makes two releases differ, and only whole releases can be compared."""

import shutil

import pytest
from differences import DICTIONARY, counts
from releases import digests, rewrite

from etl.errors import UsageError
from etl.load import connection
from etl.load.connection import Memory
from etl.load.diff import diff


def test_a_release_is_the_same_as_itself_and_as_its_copy(old, new):
    for other in (old, new):
        difference = diff(old, other)
        assert difference.same
        assert difference.samples == {}
        assert {t.table for t in difference.tables} >= {"articles", "metrics", "skipped"}
        assert all(t.old_rows == t.new_rows for t in difference.tables)


def test_what_is_no_content_makes_no_difference(old, new):
    for name in ("jingjinji.duckdb", "datapackage.json", "README.md", "dictionary/index.html"):
        (new / name).write_bytes(b"other bytes")
    rewrite(new, "metrics", lambda rows: rows)
    rewrite(new, "units", lambda rows: rows.reverse())

    assert diff(old, new).same


def _remove(file):
    file.unlink()


def _cut_short(file):
    file.write_bytes(file.read_bytes()[:-9])


def _garble(file):
    file.write_bytes(b"PAR1 nothing PAR1")


def _garble_pages(file):
    data = file.read_bytes()
    file.write_bytes(data[:4] + bytes(500) + data[504:])


def _empty_json(file):
    file.write_text("[1, 2]")


@pytest.mark.parametrize(
    ("name", "damage", "words"),
    [
        (
            "parquet/metrics.parquet",
            _remove,
            r"no whole release: parquet/metrics.parquet is missing",
        ),
        ("parquet/metrics.parquet", _cut_short, r"cannot be read as a release: .*metrics.parquet"),
        ("parquet/metrics.parquet", _garble, r"cannot be read as a release: .*metrics.parquet"),
        ("parquet/metrics.parquet", _garble_pages, "cannot be compared"),
        (DICTIONARY, _remove, "dictionary.json is missing"),
        (DICTIONARY, _garble, "cannot be read as a release"),
        (DICTIONARY, _empty_json, "cannot be read as a release"),
        ("SHA256SUMS", _remove, "There is no release at"),
        ("SHA256SUMS", _garble, "There is no release at"),
    ],
)
def test_a_damaged_release_cannot_be_compared(old, new, name, damage, words):
    damage(new / name)

    for pair in ((old, new), (new, old)):
        with pytest.raises(UsageError, match=words):
            diff(*pair)


def test_what_is_no_release_cannot_be_compared(old, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")

    for name in ("missing", "empty", "file"):
        with pytest.raises(UsageError, match=f"There is no release at .*{name}"):
            diff(old, tmp_path / name)


def test_only_files_of_the_release_itself_are_tables(old, new):
    with (new / "SHA256SUMS").open("a") as file:
        file.write("0  parquet/../../old.parquet\n0  parquet/a'b.parquet\n0  /etc/passwd\n")

    assert diff(old, new).same


def test_folder_names_with_special_characters_are_names(old, tmp_path):
    odd = shutil.copytree(old, tmp_path / "a[b]*c 'd' \"e\" f?")
    rewrite(odd, "units", lambda rows: rows[1:])

    assert counts(diff(old, odd, output=tmp_path / "o'[u]*t")) == {"units": (0, 1, 0)}
    assert (tmp_path / "o'[u]*t/units_removed.parquet").exists()


def test_what_little_memory_does_not_hold_is_compared_in_much(
    seeds_release, edited_release, tmp_path, monkeypatch
):
    expected = diff(seeds_release, edited_release, output=tmp_path / "expected")
    monkeypatch.setattr(connection, "LITTLE", Memory("1MB", "1MB", "1MB", 2048))
    assert diff(seeds_release, edited_release, output=tmp_path / "out") == expected
    assert digests(tmp_path / "out") == digests(tmp_path / "expected")

    monkeypatch.setattr(connection, "MUCH", connection.LITTLE)
    with pytest.raises(UsageError, match="too little memory"):
        diff(seeds_release, edited_release)
