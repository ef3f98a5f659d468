"""A cache lies where it belongs; what of it is damaged is made anew."""

from pathlib import Path

import pytest
from articles import write_articles
from releases import digests
from reruns import count_made

from etl.cache.store import find_cache
from etl.errors import EtlError, UsageError


@pytest.mark.parametrize("damage", ["table", "lost table", "manifest", "ledger", "lost ledger"])
def test_what_is_damaged_is_made_anew(damage, corpus, make_anew):
    source, release, cache = corpus
    pattern = "*/parts/*/*/0000/metrics.parquet"
    pattern = {"manifest": "*/parts/*/*/manifest"}.get(damage, pattern)
    pattern = "*/ledger.sqlite" if "ledger" in damage else pattern
    (file,) = cache.glob(pattern)
    if "lost" in damage:
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(1000) if "ledger" in damage else content)
    write_articles(source, [50])
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == (1 if "ledger" in damage else 41)
    assert digests(release) == make_anew(source)


def test_a_cache_within_a_source_is_no_source(tmp_path):
    source = write_articles(tmp_path / "in", range(3))
    for _ in range(2):
        _, summary = count_made([str(source)], source / "out", cache=source / "cache")
        assert summary.statuses == {"published": 3}
    assert not summary.is_new


def test_a_cache_is_no_part_of_a_release(tmp_path):
    source = write_articles(tmp_path / "in", range(3))
    with pytest.raises(UsageError, match="part of the release"):
        count_made([str(source)], tmp_path / "out", cache=tmp_path / "out/cache")


def test_a_folder_of_something_else_is_no_cache(tmp_path):
    source = write_articles(tmp_path / "in", range(3))
    with pytest.raises(UsageError, match="holds other files"):
        count_made([str(source)], tmp_path / "out", cache=source)
    assert len(list(source.iterdir())) == 3


def test_a_run_that_could_read_nothing_leaves_no_cache(tmp_path):
    (tmp_path / "empty.md").touch()
    with pytest.raises(EtlError, match="No document could be read"):
        count_made([str(tmp_path / "empty.md")], tmp_path / "out", cache=tmp_path / "cache")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.md"]


def test_the_cache_lies_hidden_beside_the_release():
    assert find_cache(Path("a/datasets")) == Path("a/.datasets.etl-cache").resolve()
