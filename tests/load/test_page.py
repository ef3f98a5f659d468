"""The page for a browser, read as a file and looked at in one (Debian's chromium)."""

import base64
import json
import shutil
from hashlib import sha256
from time import perf_counter

import polars as pl
import pytest
from selectolax.lexbor import LexborHTMLParser
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from etl.load.checksums import FILE_NAME as CHECKSUMS
from etl.load.checksums import write_checksums
from etl.load.page import FILE_NAME, render_page, write_page
from etl.load.verify import verify

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="no browser: apt-get install chromium chromium-driver",
)
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage"""
HOSTILE = "</script><img src=x onerror='document.title=1'>\"'&amp;{{7*7}}"


def tree_of(page):
    return LexborHTMLParser(page)


def data_of(page):
    return json.loads(tree_of(page).css_first("#release").text())


def quantities_of(data):
    """What the page highlights, in its order."""
    metrics = data["metrics"]
    for at, sentence in enumerate(metrics["sentence"]["rows"]):
        start = metrics["place"][at]
        yield metrics["sentence"]["values"][sentence][start : start + metrics["length"][at]]


def read(release, table):
    return pl.read_parquet(release / "parquet" / f"{table}.parquet", glob=False)


def rewrite(release, folder, table, change):
    """A copy of a release with one table changed; its page is still to be written."""
    if not folder.exists():
        shutil.copytree(release, folder)
    change(read(release, table)).write_parquet(folder / "parquet" / f"{table}.parquet")
    return folder


@pytest.fixture(scope="module")
def seeds(seeds_release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page") / "release"
    shutil.copytree(seeds_release, folder)
    write_page(folder)
    return folder


def test_the_page_holds_every_metric_with_its_words(seeds):
    data = data_of(render_page(seeds))
    surfaces = read(seeds, "metrics")["surface"]

    assert data["count"] == len(surfaces)
    assert sorted(quantities_of(data)) == sorted(surfaces)


def test_the_same_release_gives_the_same_page(seeds):
    assert write_page(seeds).read_text("utf-8") == render_page(seeds)


def test_a_page_that_shows_other_metrics_is_found(seeds_release, tmp_path):
    folder = tmp_path / "release"
    shutil.copytree(seeds_release, folder)
    path = folder / FILE_NAME
    path.write_text(path.read_text("utf-8").replace("近3000家", "近9000家"), "utf-8")
    (folder / CHECKSUMS).unlink()
    write_checksums(folder)

    assert [f for f in verify(folder).failures if FILE_NAME in f] == [
        "index.html does not show the metrics that the tables hold."
    ]


def test_the_page_asks_for_nothing(seeds):
    tree = tree_of(render_page(seeds))
    wanted = [e.attributes.get("src") for e in tree.css("[src]")]
    wanted += [e.attributes["href"] for e in tree.css("link[href]")]

    assert wanted == ["data:,"]


def test_the_policy_lets_only_the_pages_own_scripts_and_style_run(seeds):
    tree = tree_of(render_page(seeds))
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


def test_what_it_says_of_the_release_is_true(seeds):
    text = tree_of(render_page(seeds)).css_first(".overview").text()
    articles = read(seeds, "articles")

    assert str(len(articles)) in text
    assert str(articles["published_on"].min()) in text
    assert str(articles["published_on"].max()) in text
    assert all(publisher in text for publisher in articles["publisher"].drop_nulls())


def test_a_large_release_shows_a_fixed_sample_and_says_so(seeds):
    page = render_page(seeds, most=20)
    every = set(read(seeds, "metrics")["surface"])

    assert data_of(page)["count"] == 20
    assert set(quantities_of(data_of(page))) < every
    assert "fixed sample of 20 of its" in tree_of(page).css_first("#sample").text()
    assert page == render_page(seeds, most=20)
    assert tree_of(render_page(seeds)).css_first("#sample") is None


def test_the_highlight_is_the_quantity_that_is_meant(published, tmp_path):
    """The second of two in the same words, behind a character of two UTF-16 units."""
    text = "😀近3000家，其中近3000家。"
    shift = text.rindex("近3000家") - text.index("近3000家")
    start = text.index("近3000家") + shift
    folder = tmp_path / "release"
    of_company = pl.col("surface") == "近3000家"
    rewrite(published, folder, "paragraphs", lambda p: p.with_columns(text=pl.lit("前。" + text)))
    rewrite(
        published,
        folder,
        "metrics",
        lambda m: m.filter(of_company).with_columns(
            sentence=pl.lit(text), start_char=pl.lit(start + 2), end_char=pl.lit(start + 8)
        ),
    )

    data = data_of(render_page(folder))

    assert set(data["metrics"]["place"]) == {start}
    assert set(quantities_of(data)) == {"近3000家"}


def test_a_sentence_without_end_is_cut_around_its_quantity(published, tmp_path):
    folder = tmp_path / "release"
    long = "长" * 5000 + "近3000家" + "文" * 5000
    rewrite(published, folder, "paragraphs", lambda p: p.with_columns(text=pl.lit(long)))
    rewrite(
        published,
        folder,
        "metrics",
        lambda m: m.filter(pl.col("surface") == "近3000家").with_columns(
            sentence=pl.lit(long), start_char=pl.lit(5000), end_char=pl.lit(5006)
        ),
    )

    data = data_of(render_page(folder))

    assert data["metrics"]["sentence"]["values"] == [f"…{'长' * 300}近3000家{'文' * 300}…"]
    assert set(quantities_of(data)) == {"近3000家"}


def test_only_web_addresses_become_links(published, tmp_path):
    urls = pl.Series("url", ["javascript:alert(1)", "https://example.cn/a"])
    folder = rewrite(published, tmp_path / "release", "articles", lambda a: a.with_columns(urls))

    assert set(data_of(render_page(folder))["articles"]["url"]) == {None, "https://example.cn/a"}


def test_a_release_without_metrics_has_a_page(published, tmp_path):
    folder = rewrite(published, tmp_path / "release", "metrics", lambda m: m.clear())

    assert data_of(render_page(folder))["count"] == 0


class Look:
    """A page in the browser, and what a reader finds on it."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, path, address="", *, language="en-GB", width=1280, scheme="light"):
        emulate = self.driver.execute_cdp_cmd
        emulate("Emulation.setUserAgentOverride", {"userAgent": "test", "acceptLanguage": language})
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        emulate("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        emulate("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get("about:blank")
        self.log("performance"), self.log("browser")
        self.driver.get(f"{path.as_uri()}{address}")
        return self

    def log(self, kind):
        return self.driver.get_log(kind)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        """As they are, not as laid out; one call for all."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
        return self.driver.execute_script(script, selector)

    def ask(self, script):
        return self.driver.execute_script(f"return {script}")

    @property
    def count(self):
        return int(self.find("#count").text.split()[0].replace(",", ""))

    def wait_for(self, count):
        self.wait(lambda: self.count == count)

    def wait(self, is_so):
        """Until something is so; long enough for a busy machine."""
        WebDriverWait(self.driver, 30, 0.02).until(lambda _: is_so())

    def type(self, words):
        self.find("#q").clear()
        self.find("#q").send_keys(words)

    def choose(self, name, value):
        Select(self.find(f"#{name}")).select_by_value(value)

    @property
    def address(self):
        return self.driver.current_url.partition("#")[2]

    def wide(self):
        """What is too wide for the window, if anything."""
        return self.ask(
            "document.documentElement.scrollWidth > innerWidth && [...document.querySelectorAll"
            "('body *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options, webdriver.ChromeService(DRIVER)) as driver:
        yield driver


@pytest.fixture
def look(driver):
    """Whatever a test does: no error in the console, no request but for the page itself."""
    look = Look(driver)
    yield look
    assert look.log("browser") == []
    events = (json.loads(entry["message"])["message"] for entry in look.log("performance"))
    sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
    urls = {request["request"]["url"].partition("#")[0] for request in sent}
    assert all(url.startswith("file:///") and url.endswith(FILE_NAME) for url in urls)


@pytest.fixture
def page(seeds):
    return seeds / FILE_NAME


@needs_browser
def test_it_opens_on_the_metrics_with_plots_and_a_list(look, page, seeds):
    look.open(page)

    assert look.count == len(read(seeds, "metrics"))
    assert len(look.texts("#metrics tbody tr")) == 25
    for plot in ("timeline", "distribution"):
        drawn = f"document.getElementById('{plot}').toDataURL()"
        blank = (
            f"(c => (c.width = c.height = 9, c.toDataURL()))({'document.createElement'}('canvas'))"
        )
        assert look.ask(drawn) != look.ask(blank)
    assert "2020 (" in look.find("#timeline").get_attribute("aria-label")


@needs_browser
def test_every_highlight_is_the_quantity_as_written(look, page, seeds):
    look.open(page)
    marks = look.texts("#metrics mark")
    while look.find("[data-step='1']").is_enabled():
        look.find("[data-step='1']").click()
        marks += look.texts("#metrics mark")

    assert marks == list(quantities_of(data_of(page.read_text("utf-8"))))
    assert sorted(marks) == sorted(read(seeds, "metrics")["surface"])


@needs_browser
def test_a_metric_stands_with_its_sentence_period_region_and_article(look, page):
    look.open(page, "#q=62.85亿元", language="zh-CN")
    at = look.texts("#metrics mark").index("62.85亿元")
    row = look.texts("#metrics tbody tr")[at]

    for words in ("帮扶资金", "2020", "62.85亿 人民币元"):
        assert words in row


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


@needs_browser
def test_a_period_is_shown_as_short_as_it_can_be(look, published, tmp_path):
    one = read(published, "metrics").head(1)
    days = [[day or None for day in period.split("/")] for period in PERIODS]
    start, end = zip(*days, strict=True)
    rows = pl.concat([one] * len(PERIODS)).with_columns(
        pl.Series("metric_id", [str(number) for number in range(len(PERIODS))]),
        pl.Series("period_start", start).str.to_date(),
        pl.Series("period_end", end).str.to_date(),
    )
    folder = rewrite(published, tmp_path / "release", "metrics", lambda _: rows)
    look.open(write_page(folder))

    assert sorted(look.texts("#metrics .period")) == sorted(PERIODS.values())


@needs_browser
def test_search_finds_words_in_sentence_indicator_title_and_region(look, page, seeds):
    look.open(page)
    sentences = read(seeds, "metrics")["sentence"]
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


@needs_browser
def test_filters_narrow_to_what_the_tables_hold(look, page, seeds):
    metrics = read(seeds, "metrics").join(read(seeds, "articles"), on="article_id")
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


@needs_browser
def test_a_region_stands_for_those_within_it(look, page, seeds):
    within = read(seeds, "regions").filter(pl.col("region_code").str.starts_with("13"))
    codes = ["130000", *within["region_code"], *within["parent_code"]]
    of_hebei = read(seeds, "metric_regions").filter(pl.col("region_code").is_in(codes))
    look.open(page)
    look.choose("region", "130000")

    assert look.count >= of_hebei["metric_id"].n_unique() > 0


@needs_browser
def test_a_choice_says_how_many_it_would_leave(look, page):
    look.open(page)
    options = look.ask("[...document.getElementById('unit')].map(o => [o.value, o.text])")
    for unit, label in options[1:5]:
        look.choose("unit", unit)
        assert f"({look.count})" in label


@needs_browser
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


@needs_browser
@pytest.mark.parametrize(("language", "title"), [("zh-CN", "查找指标"), ("en-GB", "Find metrics")])
def test_the_browsers_language_is_the_first(look, page, language, title):
    look.open(page, language=language)

    assert look.find("#explore-title").text == title
    assert look.find("html").get_attribute("lang").startswith(language[:2])


@needs_browser
def test_the_other_language_is_a_button_and_stays_in_the_address(look, page):
    look.open(page, "#unit=CNY")
    look.find("[data-language=zh]").click()

    assert look.find("#explore-title").text == "查找指标"
    assert look.address == "unit=CNY&lang=zh"
    assert "人民币元" in look.find("#metrics").text
    look.find("[data-to=dictionary]").click()
    assert look.find("#dictionary-title").text == "数据字典"
    assert look.ask("Object.keys(localStorage).length + document.cookie.length") == 0


@needs_browser
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


@needs_browser
def test_values_sort_by_size(look, page, seeds):
    look.open(page, "#unit=CNY&sort=largest")
    of_yuan = read(seeds, "metrics").filter(pl.col("unit") == "CNY").sort("value", descending=True)

    assert look.texts("#metrics mark") == of_yuan["surface"].to_list()


@needs_browser
def test_the_dictionary_and_the_quality_report_are_there(look, page, seeds):
    look.open(page, "#view=dictionary")
    names = look.texts("[data-view=dictionary] summary code")
    assert {"articles", "metrics", "skipped", "checks", "changes", "measure"} <= set(names)
    assert look.find("[data-view=metrics]").is_displayed() is False

    look.find("[data-to=quality]").click()
    assert look.find("#quality-title").text == "Quality report"
    codes = look.texts("[data-view=quality] th code")
    quality = json.loads((seeds / "quality" / "quality.json").read_text("utf-8"))
    assert {row["code"] for row in quality["counts"]} <= set(codes)
    assert {row["check_name"] for row in quality["checks"]} <= set(codes)
    assert {row["column_name"] for row in quality["statistics"]} <= set(codes)
    ranges = look.texts("[data-view=quality] td:last-child")
    assert "2019-02-22 – 2021-11-11" in ranges


@needs_browser
def test_what_a_column_refers_to_is_a_link_away(look, page):
    look.open(page, "#view=dictionary&lang=zh")
    look.find("#about-metrics a[data-entry=measure]").click()
    look.wait(lambda: "entry=measure" in look.address)

    assert look.find("#about-measure").is_displayed()
    assert "lang=zh" in look.address
    look.open(page, "#view=dictionary&entry=places")
    assert look.find("#about-places").is_displayed()


@needs_browser
def test_a_sentence_with_many_quantities_is_said_once(look, page):
    look.open(page, "#q=165个单位")
    first, second, *_ = look.texts("#metrics .source q")

    assert first.startswith("目前，已实现20多所")
    assert first.endswith("累计超9100家。")
    assert second == "…近3000家一般制造业企业向外疏解，…"
    assert look.texts("#metrics .article")[1] == "same sentence as above"
    look.choose("sort", "largest")
    assert "same sentence" in look.texts("#metrics .article")[1]


@needs_browser
def test_on_a_phone_the_list_comes_before_the_plots(look, page):
    look.open(page, width=390)
    assert not look.find("#timeline").is_displayed()
    look.find("#plots > summary").click()
    assert look.find("#timeline").size["height"] > 100


@needs_browser
def test_hostile_words_are_shown_and_not_run(look, published, tmp_path):
    folder = tmp_path / "release"
    hostile = pl.lit(HOSTILE)
    rewrite(
        published,
        folder,
        "articles",
        lambda a: a.with_columns(title=hostile, publisher=hostile, url=pl.lit("https://a/'\"><b>")),
    )
    rewrite(
        published,
        folder,
        "metrics",
        lambda m: m.with_columns(sentence=pl.concat_str(hostile, "sentence"), indicator=hostile),
    )
    quality = folder / "quality" / "quality.json"
    report = json.loads(quality.read_text("utf-8"))
    report["samples"] = [row | {"sample": HOSTILE} for row in report["samples"]]
    quality.write_text(json.dumps(report), "utf-8")
    write_page(folder)

    for view in ("quality", "metrics"):
        look.open(folder / FILE_NAME, f"#view={view}")
        assert HOSTILE in look.find(f"[data-view={view}]").text
    assert set(look.texts("#metrics cite")) == {HOSTILE}
    assert look.ask("document.images.length") == 0
    assert look.ask("document.title") == "Chinese news articles as data"


@pytest.fixture(scope="module")
def large(seeds_release, tmp_path_factory):
    """50,000 metrics in 5,000 articles, no two sentences the same."""
    folder = tmp_path_factory.mktemp("large") / "release"
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
    rewrite(seeds_release, folder, "metrics", lambda _: rows.select(metrics.columns))
    rewrite(seeds_release, folder, "paragraphs", lambda _: paragraphs)
    rewrite(seeds_release, folder, "articles", lambda _: many)
    write_page(folder)
    return folder / FILE_NAME


@needs_browser
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


@needs_browser
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("view", ["metrics", "dictionary", "quality"])
def test_a_phone_needs_no_sideways_scrolling(look, page, view, language):
    look.open(page, f"#view={view}&unit=CNY", width=360, language=language)
    look.driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert not look.wide()


@needs_browser
@pytest.mark.parametrize(
    ("part", "words"),
    [("dictionary", "数据字典 Data dictionary"), ("quality", "质量报告 Quality report")],
)
def test_a_report_alone_is_in_both_languages_and_fits_a_phone(look, seeds, part, words):
    look.open(seeds / part / FILE_NAME, width=360)

    assert look.find("h1").text == words
    assert not look.wide()
    if part == "dictionary":
        look.find("#about-metrics a[href='#about-measure']").click()
        look.wait(lambda: look.address == "about-measure")


@needs_browser
def test_dark_is_dark(look, page):
    def shade():
        colour = look.ask("getComputedStyle(document.documentElement).backgroundColor")
        return sum(map(int, colour.strip("rgb()").split(",")))

    look.open(page, scheme="dark")
    assert shade() < 150
    look.open(page, scheme="light")
    assert shade() > 600


@needs_browser
def test_the_keyboard_reaches_everything(look, page):
    look.open(page)
    focus = look.driver.switch_to
    focus.active_element.send_keys(Keys.TAB)
    assert focus.active_element.text == "Skip to content"
    focus.active_element.send_keys(Keys.ENTER)
    assert focus.active_element.get_attribute("id") == "main"

    met = []
    while "sort" not in met:
        focus.active_element.send_keys(Keys.TAB)
        met.append(focus.active_element.get_attribute("id"))
        assert look.ask("getComputedStyle(document.activeElement).outlineStyle") != "none"
    order = ["q", "unit", "region", "year", "publisher", "by", "sort"]
    assert [name for name in met if name in order] == order


@needs_browser
def test_what_a_screen_reader_needs_is_said(look, page):
    look.open(page)

    assert look.find("#count").get_attribute("aria-live") == "polite"
    assert look.texts("main, nav, header, footer, search") != []
    unlabelled = (
        "[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).length"
    )
    assert look.ask(unlabelled) == 0
    roles = {"table", "row", "cell", "columnheader"}
    used = look.ask(
        "[...document.querySelectorAll('#metrics, #metrics *')].map(e => e.getAttribute('role'))"
    )
    assert roles <= set(used)
    look.find("[data-to=quality]").click()
    look.wait(lambda: look.driver.switch_to.active_element.get_attribute("id") == "quality-title")
    assert look.find("[data-to=quality]").get_attribute("aria-current") == "page"


@needs_browser
def test_without_a_script_the_reports_can_still_be_read(look, page):
    look.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look.open(page)
        shown = look.find("body").text
    finally:
        look.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert all(words in shown for words in ("Data dictionary", "Quality report", "does not run"))
    assert "Find metrics" not in shown
