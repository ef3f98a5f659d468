"""The page is for every reader: in two languages, on a phone, in the dark, by keys, read aloud."""

import pytest
from pages import needs_browser
from selenium.webdriver.common.keys import Keys

pytestmark = needs_browser


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "查找指标"), ("en-GB", "Find metrics")])
def test_the_browsers_language_is_the_first(look, page, language, title):
    look.open(page, language=language)

    assert look.find("#explore-title").text == title
    assert look.find("html").get_attribute("lang").startswith(language[:2])


def test_the_other_language_is_a_button_and_stays_in_the_address(look, page):
    look.open(page, "#unit=CNY")
    look.find("[data-language=zh]").click()

    assert look.find("#explore-title").text == "查找指标"
    assert look.address == "unit=CNY&lang=zh"
    assert "人民币元" in look.find("#metrics").text
    look.find("[data-to=dictionary]").click()
    assert look.find("#dictionary-title").text == "数据字典"
    assert look.ask("Object.keys(localStorage).length + document.cookie.length") == 0


def test_on_a_phone_the_list_comes_before_the_plots(look, page):
    look.open(page, width=390)
    assert not look.find("#timeline").is_displayed()
    look.find("#plots > summary").click()
    assert look.find("#timeline").size["height"] > 100


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("view", ["metrics", "dictionary", "quality"])
def test_a_phone_needs_no_sideways_scrolling(look, page, view, language):
    look.open(page, f"#view={view}&unit=CNY", width=360, language=language)
    look.driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert not look.wide()


def test_dark_is_dark(look, page):
    def shade():
        colour = look.ask("getComputedStyle(document.documentElement).backgroundColor")
        return sum(map(int, colour.strip("rgb()").split(",")))

    look.open(page, scheme="dark")
    assert shade() < 150
    look.open(page, scheme="light")
    assert shade() > 600


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
