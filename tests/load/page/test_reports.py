"""The dictionary and the quality report in a browser, on the page and alone."""

import json

import polars as pl
import pytest
from pages import needs_browser
from releases import rewrite

from etl.load.page import FILE_NAME, write_page

pytestmark = needs_browser
HOSTILE = "</script><img src=x onerror='document.title=1'>\"'&amp;{{7*7}}"


def test_the_dictionary_and_the_quality_report_are_there(look, page, seeds_release):
    look.open(page, "#view=dictionary")
    names = look.texts("[data-view=dictionary] summary code")
    assert {"articles", "metrics", "skipped", "checks", "changes", "measure"} <= set(names)
    assert look.find("[data-view=metrics]").is_displayed() is False

    look.find("[data-to=quality]").click()
    assert look.find("#quality-title").text == "Quality report"
    codes = look.texts("[data-view=quality] th code")
    quality = json.loads((seeds_release / "quality" / "quality.json").read_text("utf-8"))
    assert {row["code"] for row in quality["counts"]} <= set(codes)
    assert {row["check_name"] for row in quality["checks"]} <= set(codes)
    assert {row["column_name"] for row in quality["statistics"]} <= set(codes)
    ranges = look.texts("[data-view=quality] td:last-child")
    assert "2019-02-22 – 2021-11-11" in ranges


def test_what_a_column_refers_to_is_a_link_away(look, page):
    look.open(page, "#view=dictionary&lang=zh")
    look.find("#about-metrics a[data-entry=measure]").click()
    look.wait(lambda: "entry=measure" in look.address)

    assert look.find("#about-measure").is_displayed()
    assert "lang=zh" in look.address
    look.open(page, "#view=dictionary&entry=places")
    assert look.find("#about-places").is_displayed()


def test_hostile_words_are_shown_and_not_run(look, release):
    hostile = pl.lit(HOSTILE)
    rewrite(
        release,
        "articles",
        lambda a: a.with_columns(title=hostile, publisher=hostile, url=pl.lit("https://a/'\"><b>")),
    )
    rewrite(
        release,
        "metrics",
        lambda m: m.with_columns(sentence=pl.concat_str(hostile, "sentence"), indicator=hostile),
    )
    quality = release / "quality" / "quality.json"
    report = json.loads(quality.read_text("utf-8"))
    report["samples"] = [row | {"sample": HOSTILE} for row in report["samples"]]
    quality.write_text(json.dumps(report), "utf-8")
    write_page(release)

    for view in ("quality", "metrics"):
        look.open(release / FILE_NAME, f"#view={view}")
        assert HOSTILE in look.find(f"[data-view={view}]").text
    assert set(look.texts("#metrics cite")) == {HOSTILE}
    assert look.ask("document.images.length") == 0
    assert look.ask("document.title") == "Chinese news articles as data"


@pytest.mark.parametrize(
    ("part", "words"),
    [("dictionary", "数据字典 Data dictionary"), ("quality", "质量报告 Quality report")],
)
def test_a_report_alone_is_in_both_languages_and_fits_a_phone(look, seeds_release, part, words):
    look.open(seeds_release / part / FILE_NAME, width=360)

    assert look.find("h1").text == words
    assert not look.wide()
    if part == "dictionary":
        look.find("#about-metrics a[href='#about-measure']").click()
        look.wait(lambda: look.address == "about-measure")


def test_without_a_script_the_reports_can_still_be_read(look, page):
    look.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look.open(page)
        shown = look.find("body").text
    finally:
        look.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert all(words in shown for words in ("Data dictionary", "Quality report", "does not run"))
    assert "Find metrics" not in shown
