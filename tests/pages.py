"""The page of a release: what its file holds, and what a reader finds in a browser."""

import json
import shutil
from contextlib import contextmanager

import pytest
from selectolax.lexbor import LexborHTMLParser
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="no browser: apt-get install chromium chromium-driver",
)
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage"""


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


@contextmanager
def open_browser(profile):
    """A browser that keeps what it says and asks for; it writes to the folder `profile`."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS.split(), f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options, webdriver.ChromeService(DRIVER)) as driver:
        yield driver
