"""The page read as a file: true to the tables, the same every time, harmless."""

import base64
import shutil
from hashlib import sha256

import polars as pl
from pages import data_of, quantities_of, tree_of
from releases import read, rewrite, sign

from etl.load.page import FILE_NAME, render_page
from etl.load.verify import verify


def test_the_page_holds_every_metric_with_its_words(seeds_release):
    data = data_of(render_page(seeds_release))
    surfaces = read(seeds_release, "metrics")["surface"]

    assert data["count"] == len(surfaces)
    assert sorted(quantities_of(data)) == sorted(surfaces)


def test_the_same_release_gives_the_same_page(seeds_release):
    assert (seeds_release / FILE_NAME).read_text("utf-8") == render_page(seeds_release)


def test_a_page_that_shows_other_metrics_is_found(seeds_release, tmp_path):
    folder = shutil.copytree(seeds_release, tmp_path / "release")
    path = folder / FILE_NAME
    path.write_text(path.read_text("utf-8").replace("近3000家", "近9000家"), "utf-8")
    sign(folder)

    assert [f for f in verify(folder).failures if FILE_NAME in f] == [
        "index.html does not show the metrics that the tables hold."
    ]


def test_the_page_asks_for_nothing(seeds_release):
    tree = tree_of(render_page(seeds_release))
    wanted = [e.attributes.get("src") for e in tree.css("[src]")]
    wanted += [e.attributes["href"] for e in tree.css("link[href]")]

    assert wanted == ["data:,"]


def test_the_policy_lets_only_the_pages_own_scripts_and_style_run(seeds_release):
    tree = tree_of(render_page(seeds_release))
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def hashes(selector):
        for element in tree.css(selector):
            digest = sha256(element.text(strip=False).encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"

    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == list(hashes("script:not([type='application/json'])"))
    assert rules["style-src"].split() == list(hashes("style"))
    assert not tree.css("[style], [onclick], [onload], [onerror]")


def test_what_it_says_of_the_release_is_true(seeds_release):
    text = tree_of(render_page(seeds_release)).css_first(".overview").text()
    articles = read(seeds_release, "articles")

    assert str(len(articles)) in text
    assert str(articles["published_on"].min()) in text
    assert str(articles["published_on"].max()) in text
    assert all(publisher in text for publisher in articles["publisher"].drop_nulls())


def test_a_large_release_shows_a_fixed_sample_and_says_so(seeds_release):
    page = render_page(seeds_release, most=20)
    every = set(read(seeds_release, "metrics")["surface"])

    assert data_of(page)["count"] == 20
    assert set(quantities_of(data_of(page))) < every
    assert "fixed sample of 20 of its" in tree_of(page).css_first("#sample").text()
    assert page == render_page(seeds_release, most=20)
    assert tree_of(render_page(seeds_release)).css_first("#sample") is None


def test_the_highlight_is_the_quantity_that_is_meant(release):
    """The second of two in the same words, behind a character of two UTF-16 units."""
    text = "😀近3000家，其中近3000家。"
    shift = text.rindex("近3000家") - text.index("近3000家")
    start = text.index("近3000家") + shift
    of_company = pl.col("surface") == "近3000家"
    rewrite(release, "paragraphs", lambda p: p.with_columns(text=pl.lit("前。" + text)))
    rewrite(
        release,
        "metrics",
        lambda m: m.filter(of_company).with_columns(
            sentence=pl.lit(text), start_char=pl.lit(start + 2), end_char=pl.lit(start + 8)
        ),
    )

    data = data_of(render_page(release))

    assert set(data["metrics"]["place"]) == {start}
    assert set(quantities_of(data)) == {"近3000家"}


def test_a_sentence_without_end_is_cut_around_its_quantity(release):
    long = "长" * 5000 + "近3000家" + "文" * 5000
    rewrite(release, "paragraphs", lambda p: p.with_columns(text=pl.lit(long)))
    rewrite(
        release,
        "metrics",
        lambda m: m.filter(pl.col("surface") == "近3000家").with_columns(
            sentence=pl.lit(long), start_char=pl.lit(5000), end_char=pl.lit(5006)
        ),
    )

    data = data_of(render_page(release))

    assert data["metrics"]["sentence"]["values"] == [f"…{'长' * 300}近3000家{'文' * 300}…"]
    assert set(quantities_of(data)) == {"近3000家"}


def test_only_web_addresses_become_links(release):
    urls = pl.Series("url", ["javascript:alert(1)", "https://example.cn/a"])
    rewrite(release, "articles", lambda a: a.with_columns(urls))

    assert set(data_of(render_page(release))["articles"]["url"]) == {None, "https://example.cn/a"}


def test_a_release_without_metrics_has_a_page(release):
    rewrite(release, "metrics", lambda m: m.clear())

    assert data_of(render_page(release))["count"] == 0
