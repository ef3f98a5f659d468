"""A corpus that was published once, and what it must come to without a cache."""

import shutil

import pytest
from articles import write_articles
from releases import digests
from reruns import count_made, settle

from etl import pipeline


@pytest.fixture(scope="session")
def settled(tmp_path_factory):
    """Folders of forty articles with repeats, a dozen at a time: it takes seconds to settle."""

    def make_settled():
        while True:
            place = tmp_path_factory.mktemp("settled")
            folders = [place / str(number) for number in range(12)]
            for folder in folders:
                write_articles(folder, range(36))
                for number in range(4):  # the same bytes under a later name
                    shutil.copy(folder / f"{number:04d}.md", folder / f"9{number:03d}.md")
            settle(place)
            yield from folders

    return make_settled()


@pytest.fixture
def corpus(settled, tmp_path):
    """Forty articles with repeats, published once; the folder, the release, the cache."""
    source = next(settled).rename(tmp_path / "in")
    release, cache = tmp_path / "out", tmp_path / "cache"
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 40
    return source, release, cache


@pytest.fixture(scope="session")
def make_anew(tmp_path_factory):
    """What a run without a cache publishes; made once of the same files."""
    made = {}

    def make(source):
        files = frozenset(digests(source).items())
        if files not in made:
            release = tmp_path_factory.mktemp("anew") / "out"
            pipeline.run([str(source)], release, workers=1)
            made[files] = digests(release)
        return made[files]

    return make
