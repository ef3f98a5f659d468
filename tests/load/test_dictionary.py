import json
import re
from html.parser import HTMLParser

import pytest

from etl.load.catalog import describe_labels, describe_tables, list_homes
from etl.load.dictionary import render_dictionary
from etl.load.view_tables import describe_views

TABLES = {table.name: table for _, _, table in list_homes()} | describe_views()


@pytest.fixture(scope="module")
def pages():
    return render_dictionary()


@pytest.mark.parametrize("name", TABLES)
def test_a_page_tells_every_column_code_and_rule_in_both_languages(pages, name):
    page = pages[f"{name}.md"]
    table = TABLES[name]

    for column in table.columns:
        assert f"| `{column.name}` | {column.title} |" in page
        assert column.zh in page
        assert column.en in page
        for code in column.labels.codes if column.labels else ():
            assert f"| `{code.code}` | {code.zh} | {code.en} |" in page
    for check in table.checks:
        assert check.label in page
        assert check.zh in page


def test_the_contents_link_every_page(pages):
    for name, table in TABLES.items():
        assert f"[{name}]({name}.md) | {table.title}" in pages["README.md"]


def test_the_json_is_the_same_dictionary(pages):
    data = json.loads(pages["dictionary.json"])

    assert [table["name"] for table in data["tables"]] == list(describe_tables())
    metrics = next(table for table in data["tables"] if table["name"] == "metrics")
    unit = next(column for column in metrics["columns"] if column["name"] == "unit")
    assert unit["references"] == "units.unit"
    assert unit["title"] == "单位"
    assert {codes["name"] for codes in data["codes"]} == {codes.name for codes in describe_labels()}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.add(tag)
        self.ids.add(found.get("id"))
        self.links.add(found.get("href"))
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_html_is_one_sound_page_that_loads_nothing(pages):
    page = Page(pages["index.html"])

    assert page.open == []
    assert not {"script", "img", "iframe"} & page.tags
    assert {link.removeprefix("#") for link in page.links - {None, "data:,"}} <= page.ids
    assert not re.search(r"https?://", pages["index.html"])


def test_conditions_are_escaped_in_the_html(pages):
    assert "start_char &lt; end_char" in pages["index.html"]


def test_markdown_rows_have_as_many_cells_as_their_head(pages):
    for name, page in pages.items():
        if not name.endswith(".md"):
            continue
        for block in page.split("\n\n"):
            if block.startswith("| "):
                widths = {len(re.split(r"(?<!\\)\|", line)) for line in block.splitlines()}
                assert len(widths) == 1, f"{name}: {block[:80]}"
