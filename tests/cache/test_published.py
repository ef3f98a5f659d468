"""A release that stands is left alone only if it is whole and what the run would publish."""

import shutil

import pytest
from releases import digests
from reruns import count_made


@pytest.mark.parametrize("damage", ["changed", "lost", "more"])
def test_a_release_that_is_not_as_it_was_is_published_again(damage, corpus, make_anew):
    source, release, cache = corpus
    if damage == "changed":
        (release / "README.md").write_text("mine")
    elif damage == "lost":
        (release / "parquet/metrics.parquet").unlink()
    else:
        shutil.rmtree(release)
    made, summary = count_made([str(source)], release, cache=cache, max_loss=None)
    assert (made, summary.is_new) == (0, True)
    assert digests(release) == make_anew(source)


def test_other_files_of_the_same_rows_are_written_anew_from_the_rows_that_are_there(corpus):
    source, release, cache = corpus
    made, summary = count_made([str(source)], release, cache=cache, rows_per_file=30)
    assert (made, summary.is_new) == (0, True)
    assert len(list(release.glob("parquet/articles/part-*.parquet"))) == 2
    assert not count_made([str(source)], release, cache=cache, rows_per_file=30)[1].is_new
    assert count_made([str(source)], release, cache=cache)[1].is_new
    assert (release / "parquet/articles.parquet").is_file()


def test_another_date_of_the_build_is_another_release(corpus, monkeypatch):
    source, release, cache = corpus
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    for is_new in (True, False):
        made, summary = count_made([str(source)], release, cache=cache)
        assert (made, summary.is_new) == (0, is_new)
