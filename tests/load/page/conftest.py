"""A browser, and the page of the seeds in it."""

import json

import pytest
from pages import Look, open_browser

from etl.load.page import FILE_NAME


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    with open_browser(tmp_path_factory.mktemp("profile")) as driver:
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
def page(seeds_release):
    return seeds_release / FILE_NAME
