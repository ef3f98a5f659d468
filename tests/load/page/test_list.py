"""The list of metrics in a browser: searched, filtered, sorted, plotted, found again."""

import polars as pl
from pages import data_of, needs_browser, quantities_of
from releases import read, rewrite

from etl.load.page import write_page

pytestmark = needs_browser
PERIODS = {
    "2020-01-01/2020-12-31": "2020",
    "2014-01-01/2020-12-31": "2014 – 2020",
    "2020-02-01/2020-02-29": "2020-02",
    "2020-01-01/2020-06-30": "2020-01 – 2020-06",
    "2020-05-04/2020-05-04": "2020-05-04",
    "2020-05-04/2020-06-03": "2020-05-04 – 2020-06-03",
    "/2020-12-31": "until 2020-12-31",
    "2019-01-01/": "since 2019-01-01",
}


def test_it_opens_on_the_metrics_with_plots_and_a_list(look, page, seeds_release):
    look.open(page)

    assert look.count == len(read(seeds_release, "metrics"))
    assert len(look.texts("#metrics tbody tr")) == 25
    for plot in ("timeline", "distribution"):
        drawn = f"document.getElementById('{plot}').toDataURL()"
        blank = (
            f"(c => (c.width = c.height = 9, c.toDataURL()))({'document.createElement'}('canvas'))"
        )
        assert look.ask(drawn) != look.ask(blank)
    assert "2020 (" in look.find("#timeline").get_attribute("aria-label")


def test_every_highlight_is_the_quantity_as_written(look, page, seeds_release):
    look.open(page)
    marks = look.texts("#metrics mark")
    while look.find("[data-step='1']").is_enabled():
        look.find("[data-step='1']").click()
        marks += look.texts("#metrics mark")

    assert marks == list(quantities_of(data_of(page.read_text("utf-8"))))
    assert sorted(marks) == sorted(read(seeds_release, "metrics")["surface"])


def test_a_metric_stands_with_its_sentence_period_region_and_article(look, page):
    look.open(page, "#q=62.85亿元", language="zh-CN")
    at = look.texts("#metrics mark").index("62.85亿元")
    row = look.texts("#metrics tbody tr")[at]

    for words in ("帮扶资金", "2020", "62.85亿 人民币元"):
        assert words in row


def test_a_period_is_shown_as_short_as_it_can_be(look, release):
    one = read(release, "metrics").head(1)
    days = [[day or None for day in period.split("/")] for period in PERIODS]
    start, end = zip(*days, strict=True)
    rows = pl.concat([one] * len(PERIODS)).with_columns(
        pl.Series("metric_id", [str(number) for number in range(len(PERIODS))]),
        pl.Series("period_start", start).str.to_date(),
        pl.Series("period_end", end).str.to_date(),
    )
    rewrite(release, "metrics", lambda _: rows)
    look.open(write_page(release))

    assert sorted(look.texts("#metrics .period")) == sorted(PERIODS.values())


def test_search_finds_words_in_sentence_indicator_title_and_region(look, page, seeds_release):
    look.open(page)
    sentences = read(seeds_release, "metrics")["sentence"]
    look.type("北京 企业")
    both = sentences.str.contains("北京") & sentences.str.contains("企业")
    look.wait(lambda: look.count < len(sentences))

    assert look.count >= both.sum() > 0
    look.type("hebei")
    look.wait(lambda: look.address == "q=hebei")
    assert look.count > 0
    look.type("没有这样的词")
    look.wait_for(0)
    assert "No metric matches" in look.find("#metrics").text


def test_filters_narrow_to_what_the_tables_hold(look, page, seeds_release):
    metrics = read(seeds_release, "metrics").join(read(seeds_release, "articles"), on="article_id")
    look.open(page)

    look.choose("unit", "CNY")
    assert look.count == len(metrics.filter(pl.col("unit") == "CNY"))
    look.choose("year", "2020")
    in_2020 = metrics.filter(pl.col("period_end").dt.year() == 2020)
    assert look.count == len(in_2020.filter(pl.col("unit") == "CNY"))
    look.choose("unit", "")
    assert look.count == len(in_2020)
    look.find("#clear").click()
    look.choose("publisher", "光明日报")
    assert look.count == len(metrics.filter(pl.col("publisher") == "光明日报"))
    look.choose("publisher", "-")
    assert look.count == len(metrics.filter(pl.col("publisher").is_null()))


def test_a_region_stands_for_those_within_it(look, page, seeds_release):
    within = read(seeds_release, "regions").filter(pl.col("region_code").str.starts_with("13"))
    codes = ["130000", *within["region_code"], *within["parent_code"]]
    of_hebei = read(seeds_release, "metric_regions").filter(pl.col("region_code").is_in(codes))
    look.open(page)
    look.choose("region", "130000")

    assert look.count >= of_hebei["metric_id"].n_unique() > 0


def test_a_choice_says_how_many_it_would_leave(look, page):
    look.open(page)
    options = look.ask("[...document.getElementById('unit')].map(o => [o.value, o.text])")
    for unit, label in options[1:5]:
        look.choose("unit", unit)
        assert f"({look.count})" in label


def test_plots_follow_the_filter_and_bars_are_choices(look, page):
    look.open(page)
    before = look.find("#distribution").get_attribute("aria-label")
    assert not look.find("#values").is_displayed()
    look.choose("unit", "CNY")

    after = look.find("#distribution").get_attribute("aria-label")
    assert (before.split(":")[0], after.split(":")[0]) == ("Units", "Values")
    assert look.find("#values").is_displayed()
    look.driver.execute_script("document.querySelector('figure details').open = true")
    shown = look.texts("[data-of=timeline] td")
    assert sum(map(int, shown)) <= look.count
    assert "2020" in look.texts("[data-of=timeline] tbody th")


def test_an_address_shows_the_same_again_and_back_undoes(look, page):
    look.open(page)
    total = look.count
    look.choose("unit", "CNY")
    look.choose("sort", "largest")
    address, rows = look.address, look.texts("#metrics mark")

    look.open(page, f"#{address}")
    assert look.texts("#metrics mark") == rows
    look.open(page)
    look.choose("unit", "CNY")
    look.driver.back()
    look.wait_for(total)
    look.open(page, "#unit=no-such-unit&page=999&sort=x&view=x&lang=x")
    assert look.count == 0


def test_values_sort_by_size(look, page, seeds_release):
    look.open(page, "#unit=CNY&sort=largest")
    of_yuan = (
        read(seeds_release, "metrics")
        .filter(pl.col("unit") == "CNY")
        .sort("value", descending=True)
    )

    assert look.texts("#metrics mark") == of_yuan["surface"].to_list()


def test_a_sentence_with_many_quantities_is_said_once(look, page):
    look.open(page, "#q=165个单位")
    first, second, *_ = look.texts("#metrics .source q")

    assert first.startswith("目前，已实现20多所")
    assert first.endswith("累计超9100家。")
    assert second == "…近3000家一般制造业企业向外疏解，…"
    assert look.texts("#metrics .article")[1] == "same sentence as above"
    look.choose("sort", "largest")
    assert "same sentence" in look.texts("#metrics .article")[1]
