"""The page of a large release in a browser."""

import shutil
from time import perf_counter

import polars as pl
import pytest
from pages import needs_browser
from releases import read, rewrite

from etl.load.page import write_page

pytestmark = needs_browser


@pytest.fixture(scope="module")
def large(seeds_release, tmp_path_factory):
    """50,000 metrics in 5,000 articles, no two sentences the same."""
    folder = shutil.copytree(seeds_release, tmp_path_factory.mktemp("large") / "release")
    metrics, articles = read(seeds_release, "metrics"), read(seeds_release, "articles")
    numbers = pl.DataFrame({"number": range(50_000)}).with_columns(
        lead=pl.format("第{}份报告：", pl.col("number")),
        of=pl.format("{}", (pl.col("number") // 10 + 10**15).cast(pl.String)),
    )
    rows = pl.concat([metrics] * 700).head(50_000).with_columns(numbers)
    width = pl.col("lead").str.len_chars().cast(pl.Int32)
    inside = pl.struct("sentence", "surface").map_elements(
        lambda row: row["sentence"].index(row["surface"]), return_dtype=pl.Int32
    )
    rows = rows.with_columns(
        article_id="of",
        paragraph_index=pl.col("number").cast(pl.Int32),
        start_char=width + inside,
        end_char=width + inside + pl.col("surface").str.len_chars().cast(pl.Int32),
        sentence=pl.concat_str("lead", "sentence"),
        metric_id=pl.format("{}", "number"),
    )
    paragraphs = rows.select("article_id", "paragraph_index", text="sentence")
    ids = rows["article_id"].unique().sort()
    many = pl.concat([articles] * 1250).with_columns(article_id=ids)
    rewrite(folder, "metrics", lambda _: rows.select(metrics.columns))
    rewrite(folder, "paragraphs", lambda _: paragraphs)
    rewrite(folder, "articles", lambda _: many)
    return write_page(folder)


def test_fifty_thousand_metrics_can_be_searched_within_three_seconds(look, large):
    """At least once in three attempts, for the machine may be busy."""

    def time_search():
        started = perf_counter()
        look.open(large)
        assert look.count == 50_000
        look.type("第4321份报告")
        look.wait_for(1)
        return perf_counter() - started

    assert any(time_search() < 3 for _ in range(3))
    assert look.texts("#metrics mark") != []
