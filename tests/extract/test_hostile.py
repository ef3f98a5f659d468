"""Whatever the bytes: no exception, all accounted for, in time that grows with the size."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.extract.containers import read_file
from etl.extract.document import to_documents
from etl.extract.rows import Columns
from etl.records import Document, Reject, Source

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())]
SHAPES = [
    *(seed[:3_000] for seed in SEEDS),
    "+++\ntitle = '题'\ndate = 2019-02-22\n+++\n## 一\n\n- 甲\n".encode(),
    '{"title": "题", "text": "<p>正文</p>"}\n'.encode(),
    "Title: 题\nDate: 2014-01-22\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n".encode(),
    "<!DOCTYPE html><html><head><title>题</title></head><body><h1>题</h1><p>正文。</p>".encode(),
    "---\ntitle: 一\n---\n正文\n---\ntitle: 二\n---\n正文\n".encode(),
    "京津冀协同发展。\n".encode("gb18030") * 3,
    "京津冀協同發展。\n".encode("big5") * 3,
    "京津冀协同发展。\n".encode("utf-16") * 3,
]
PIECES = [
    b"<",
    b">",
    b'"',
    b"---\n",
    b"\xff",
    b"\0",
    b"```\n",
    b"&#x",
    b"![](",
    b"\n",
    b"<p>",
    b"{",
    b"*",
]
NAMES = [
    "a.md",
    "a.zip",
    "a.tar",
    "a.tar.gz",
    "a.gz",
    "a.xz",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
]

no_deadline = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)


def check(data: bytes):
    """Every document is whole: its text clean, its images addressed, its digest its own."""
    items = list(to_documents(Source("a", data)))
    assert items
    for item in items:
        if isinstance(item, Reject):
            assert item.reason
            continue
        assert isinstance(item, Document)
        assert item.blocks
        assert len(item.article_id) == 16
        for block in item.blocks:
            assert block.url if block.kind == "image" else block.text
            assert block.text == block.text.strip()
            assert "\n" not in block.text
            block.text.encode()
        for key, value in item.front_matter.items():
            "".join([key, *([value] if isinstance(value, str) else value)]).encode()
    return items


@no_deadline
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_document_or_a_reject(data):
    check(data)


@no_deadline
@given(st.text(max_size=1_000))
def test_any_text_is_read_or_empty(text):
    check(text.encode("utf-8", "surrogatepass"))


@no_deadline
@given(
    st.sampled_from(SHAPES),
    st.lists(
        st.tuples(st.integers(0, 3_000), st.sampled_from(PIECES), st.integers(0, 40)), max_size=6
    ),
    st.integers(0, 3_000),
)
def test_real_shapes_survive_every_mutation(shape, edits, length):
    for position, piece, dropped in edits:
        shape = shape[:position] + piece + shape[position + dropped :]
    check(shape[:length])


@no_deadline
@given(
    st.sampled_from(NAMES),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"text\n", b"["]),
    st.binary(max_size=500),
)
def test_any_file_of_any_name_is_accounted_for(name, start, data):
    data = start + data
    items = list(read_file(name, io.BytesIO(data), len(data), Columns()))
    paths = [item.path if isinstance(item, Source) else item.source_path for item in items]
    assert len(set(paths)) == len(paths)


HOSTILE = {
    "nested-tags": "<div>",
    "closed-tags": "<b></b>",
    "formatting": "<font color=1><p>字",
    "open-tags": "<a ",
    "quotes": '<a x="<a" ',
    "comments": "<!--",
    "scripts": "<script>",
    "cells": "<td> ",
    "images": "字<img src=a>",
    "proxies": "https://p/?",
    "entities": "&#x",
    "brackets": "[",
    "bangs": "![",
    "links": "[a](",
    "emphasis": "*a _b ",
    "backticks": "`a``",
    "quoted": ">",
    "fences": "---\n",
    "heads": "---\ntitle: a\n---\n字\n",
    "keys": "a: [{\n",
    "anchors": "a: &a\n",
    "yaml-flow": "---\ntitle: [{",
    "toml-dots": "+++\na.",
    "json": '{"a":',
    "table": "|a",
    "digits": "7",
    "blanks": "字 ",
    "newlines": "\n",
    "cdata": "# x <![CDATA[",
    "prose": "<p>京津冀协同发展。<div class=a>",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("before", ["", "# 题\n", "<p>", "<html><body>", "---\ntitle: 题\n"])
def test_a_hostile_input_costs_no_more_than_its_size(piece, before):
    def seconds(count: int) -> float:
        data = (before + piece * count).encode()
        start = time.process_time()
        list(to_documents(Source("a", data)))
        return time.process_time() - start

    seconds(10)
    small = seconds(4_000 // len(piece))
    large = min(seconds(16_000 // len(piece)) for _ in range(2))
    assert large <= 8 * small + 0.1  # four times the size; the rest is for a busy machine


def test_a_hundred_thousand_nested_tags_are_one_block():
    data = b"<div>" * 100_000 + "字".encode() + b"</div>" * 100_000
    (document,) = to_documents(Source("a", data))
    assert [block.text for block in document.blocks] == ["字"]


def test_a_text_longer_than_any_article_is_refused():
    (reject,) = to_documents(Source("a", b"7" * 1_000_001))
    assert (reject.reason, reject.detail) == ("too_large", "1,000,001 characters of text")


def test_a_line_of_600_kb_with_an_embedded_image_is_read():
    data = "正文。<img src='data:image/png;base64,".encode() + b"iVBORw0K" * 75_000 + b"'>"
    (document,) = to_documents(Source("a", b"<p>" + data))
    assert [block.text for block in document.blocks] == ["正文。"]
    assert [finding.code for finding in document.findings] == ["image_without_address"]
