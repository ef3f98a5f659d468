"""Archives, compressed files and tables, and the hostile among them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import stat
import tarfile
import zipfile

import polars as pl
import pytest

from etl.extract import archives, containers, limits, rows
from etl.extract.containers import read_file
from etl.extract.document import to_documents
from etl.extract.rows import Columns
from etl.records import Reject, Source


def read(name: str, data: bytes, columns: Columns | None = None):
    return list(read_file(name, io.BytesIO(data), len(data), columns or Columns()))


def told(items):
    """Path → the document's bytes, or the reason it was refused."""
    return {
        item.path if isinstance(item, Source) else item.source_path: (
            item.data if isinstance(item, Source) else item.reason
        )
        for item in items
    }


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(mode: str, *members: tarfile.TarInfo, data: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for member in members:
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def test_members_of_a_zip_are_read_without_folders_and_hidden_files():
    data = zipped(**{"要闻/a.md": b"x", "b.md": b"y", "要闻/": b"", ".DS_Store": b"z"})
    assert told(read("n.zip", data)) == {"n.zip!要闻/a.md": b"x", "n.zip!b.md": b"y"}


@pytest.mark.parametrize("suffix", ["", "gz", "xz", "bz2"])
def test_members_of_a_tar_are_read_in_one_pass(suffix):
    data = tarred(f"w:{suffix}", member("a.md"), member("b/c.md"), data=b"x" * 512)
    name = f"n.tar.{suffix}".rstrip(".")
    assert told(read(name, data)) == {f"{name}!a.md": b"x" * 512, f"{name}!b/c.md": b"x" * 512}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md.gz", gzip.compress(b"x", mtime=0)),
        ("a.md.xz", lzma.compress(b"x")),
        ("a.md.bz2", bz2.compress(b"x")),
    ],
)
def test_a_compressed_file_is_its_content(name, data):
    assert told(read(name, data)) == {name: b"x"}


def test_names_in_old_chinese_archives_are_gbk():
    data = zipped(**{"aabb.md": b"x"}).replace(b"aabb.md", "中文.md".encode("gbk"))
    assert told(read("n.zip", data)) == {"n.zip!中文.md": b"x"}


def test_a_name_that_comes_twice_is_told_apart():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.md", b"x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.md", b"y")
    assert told(read("n.zip", buffer.getvalue())) == {"n.zip!a.md": b"x", "n.zip!a.md;2": b"y"}


@pytest.mark.parametrize("name", ["../slip.md", "/etc/slip.md", "a/../../slip.md", "C:/slip.md"])
def test_a_member_that_points_outside_is_refused_and_the_rest_goes_on(name):
    data = zipped(**{name: b"x", "b.md": b"y"})
    assert told(read("n.zip", data)) == {f"n.zip!{name}": "unsafe_path", "n.zip!b.md": b"y"}


def test_a_bomb_is_refused_and_the_rest_goes_on():
    data = zipped(**{"bomb.md": b"0" * (limits.FREE_BYTES + 1), "b.md": b"y"})
    assert told(read("n.zip", data)) == {"n.zip!bomb.md": "expands_too_far", "n.zip!b.md": b"y"}


def test_many_small_bombs_are_one_bomb(monkeypatch):
    monkeypatch.setattr(limits, "MOST_EXPANSION", 5)
    monkeypatch.setattr(limits, "FREE_BYTES", 2_000)
    data = zipped(**{f"{n}.md": b"0" * 900 for n in range(200)})
    reasons = list(told(read("n.zip", data)).values())
    assert reasons.count("expands_too_far") > 50


def test_a_compressed_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "FREE_BYTES", 2_000)
    data = gzip.compress(b"0" * 1_000_000)
    assert told(read("a.md.gz", data)) == {"a.md.gz": "expands_too_far"}
    data = tarred("w:gz", member("a.md"), member("b.md"), data=b"0" * 1_000_000)
    assert set(told(read("n.tar.gz", data)).values()) == {"expands_too_far"}


def test_links_and_special_files_are_refused_with_a_reason():
    data = tarred(
        "w",
        member("a", tarfile.SYMTYPE, "/etc/passwd"),
        member("b", tarfile.LNKTYPE, "../c"),
        member("c", tarfile.FIFOTYPE),
        member("d", tarfile.CHRTYPE),
        member("e.md"),
        data=b"x",
    )
    assert told(read("n.tar", data)) == {
        "n.tar!a": "link",
        "n.tar!b": "link",
        "n.tar!c": "special_file",
        "n.tar!d": "special_file",
        "n.tar!e.md": b"x",
    }


def test_a_link_in_a_zip_is_not_followed():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("a.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert told(read("n.zip", buffer.getvalue())) == {"n.zip!a.md": "link"}


def test_a_damaged_member_does_not_stop_the_others():
    data = zipped(**{"a.md": b"first member", "b.md": b"second"})
    broken = data[:40] + b"\0" * 4 + data[44:]
    items = told(read("n.zip", broken))
    assert items["n.zip!b.md"] == b"second"
    assert items["n.zip!a.md"] == "damaged"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.md.gz", "a.xz", "a.parquet"])
@pytest.mark.parametrize("data", [b"no archive at all", b"\x1f\x8b\x08", b"PK\x03\x04junk"])
def test_what_is_not_what_its_name_says_is_one_reject(name, data):
    items = read(name, data)
    assert [type(item) for item in items] == [Reject]
    assert items[0].reason == "damaged"


def test_a_cut_archive_keeps_what_came_before():
    data = tarred("w", member("a.md"), member("b.md"), data=b"x" * 2_000)
    items = told(read("n.tar", data[:3_500]))
    assert items["n.tar!a.md"] == b"x" * 2_000
    assert "damaged" in items.values()


def test_archives_in_archives_are_read_two_deep():
    one = zipped(**{"a.md": b"x"})
    two = zipped(**{"one.zip": one, "b.md": b"y"})
    three = zipped(**{"two.zip": two})
    assert told(read("n.zip", two)) == {"n.zip!one.zip!a.md": b"x", "n.zip!b.md": b"y"}
    assert told(read("n.zip", three))["n.zip!two.zip!one.zip"] == "nested_too_deep"


def test_too_many_members_are_cut_off_with_a_reason(monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    data = zipped(**{f"{n}.md": b"x" for n in range(4)})
    items = told(read("n.zip", data))
    assert items == {"n.zip!0.md": b"x", "n.zip!1.md": b"x", "n.zip": "too_many_members"}


def test_a_document_beyond_every_measure_is_refused(monkeypatch):
    monkeypatch.setattr(containers, "MOST_BYTES", 10)
    assert told(read("a.md", b"x" * 11)) == {"a.md": "too_large"}


ROW = {
    "title": "题",
    "正文": "第一段。\n第二段。",
    "pub_time": "2019-02-22",
    "page": 2,
    "none": None,
}
LINE = json.dumps(ROW, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", LINE + b"\n"),
        ("a.jsonl.gz", gzip.compress(LINE)),
        ("a.json", b"[" + LINE + b"]"),
        (
            "a.csv",
            'title,正文,pub_time,page,none\n题,"第一段。\n第二段。",2019-02-22,2,\n'.encode(),
        ),
        (
            "a.tsv",
            'title\t正文\tpub_time\tpage\n题\t"第一段。\n第二段。"\t2019-02-22\t2\n'.encode("gbk"),
        ),
    ],
)
def test_a_row_is_the_same_document_whatever_the_table(name, data):
    (source,) = read(name, data)
    (document,) = to_documents(source)
    assert document.source_path == f"{name}#1"
    assert document.front_matter == {"title": "题", "pub_time": "2019-02-22", "page": "2"}
    assert [block.text for block in document.blocks] == ["第一段。", "第二段。"]


def test_rows_of_parquet_are_articles():
    buffer = io.BytesIO()
    pl.DataFrame(
        [{"headline": "题", "content": f"第{n}段。", "when": None} for n in range(3)]
    ).write_parquet(buffer)
    items = told(read("a.parquet", buffer.getvalue()))
    assert list(items) == ["a.parquet#1", "a.parquet#2", "a.parquet#3"]
    (document,) = to_documents(Source("a", items["a.parquet#3"]))
    assert (document.front_matter, document.blocks[0].text) == ({"title": "题"}, "第2段。")


def test_the_user_says_which_columns_count():
    data = json.dumps({"a": "正文", "b": "题", "c": "2020-01-01", "title": "栏目"}).encode()
    (source,) = read("a.jsonl", data, Columns(text="a", title="b", date="c"))
    (document,) = to_documents(source)
    assert document.front_matter == {"title": "题", "date": "2020-01-01", "column.title": "栏目"}
    assert document.blocks[0].text == "正文"


def test_a_row_may_carry_its_own_front_matter():
    data = json.dumps({"text": "---\ntitle: 题\n---\n正文", "id": 7}).encode()
    (document,) = to_documents(read("a.jsonl", data)[0])
    assert (document.front_matter, document.blocks[0].text) == ({"title": "题", "id": "7"}, "正文")


@pytest.mark.parametrize(
    ("name", "data", "reasons"),
    [
        (
            "a.jsonl",
            b'{"text": "x"}\n{broken\n\n[1]\n"y"\n',
            [None, "row_unreadable", "row_unreadable", None],
        ),
        ("a.jsonl", b'{"other": "x"}\n', ["no_text_column"]),
        ("a.jsonl", b"[" * 100_000, ["row_unreadable"]),
        ("a.csv", b"a,b\n1,2\n", ["no_text_column"]),
        ("a.csv", b"text\n\xff\xfe\xfd\n" * 3, ["undecodable"]),
        ("a.csv", b"", ["no_text_column"]),
        ("a.json", b"{}", ["no_text_column"]),
        ("a.json", b"{", ["row_unreadable"]),
    ],
)
def test_rows_that_are_no_articles_have_a_reason(name, data, reasons):
    assert [getattr(item, "reason", None) for item in read(name, data)] == reasons


def test_a_line_beyond_every_measure_does_not_stop_the_next(monkeypatch):
    monkeypatch.setattr(rows, "MOST_BYTES", 40)
    data = b'{"text": "' + b"x" * 200 + b'"}\n{"text": "y"}\n'
    assert told(read("a.jsonl", data)) == {"a.jsonl#1": "too_large", "a.jsonl#2": b"y"}
