"""The documentation kept in the repository is that of a fresh release; `etl run` renews it."""

from pathlib import Path

import pytest

DATASETS = Path(__file__).parent.parent / "datasets"
PAGES = ["README.md", *sorted(f"dictionary/{p.name}" for p in DATASETS.glob("dictionary/*.md"))]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_what_a_fresh_run_writes(page, seeds_release):
    assert (DATASETS / page).read_text("utf-8") == (seeds_release / page).read_text("utf-8")


def test_no_page_is_missing(seeds_release):
    fresh = {f"dictionary/{path.name}" for path in seeds_release.glob("dictionary/*.md")}
    assert {"README.md", *fresh} == set(PAGES)
