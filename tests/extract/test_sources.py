"""What was found is read, or refused with a reason."""

from __future__ import annotations

import io
import os
import pickle

import pytest
from files import paths, write

from etl.errors import StorageError
from etl.extract.listing import find_sources
from etl.extract.rows import Columns
from etl.extract.sources import fetch_sources, read_sources
from etl.records import Reject, Source


def test_an_unreadable_file_is_rejected_with_its_reason(tmp_path):
    write(tmp_path, "a.md")
    (found,) = find_sources([str(tmp_path)])
    (tmp_path / "a.md").unlink()
    (reject,) = read_sources(found)
    assert (reject.source_path, reject.reason) == ("a.md", "unreadable")


def reasons(folder):
    return {
        found.path: next(read_sources(found)).reason
        for found in find_sources([str(folder)])
        if isinstance(next(read_sources(found)), Reject)
    }


def test_pipes_and_loops_are_accounted_for_and_not_waited_for(tmp_path):
    write(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "circle").symlink_to(".")
    assert paths(tmp_path) == ["a.md", "broken", "loop", "pipe"]
    assert reasons(tmp_path) == {
        "broken": "unreadable",
        "loop": "unreadable",
        "pipe": "special_file",
    }


def test_links_are_followed_only_within_the_source(tmp_path):
    write(tmp_path, "in/a.md", "out/b.md")
    (tmp_path / "in/inside").symlink_to("a.md")
    (tmp_path / "in/file").symlink_to("../out/b.md")
    (tmp_path / "in/folder").symlink_to("../out")
    assert paths(tmp_path / "in") == ["a.md", "file", "folder"]
    assert reasons(tmp_path / "in") == {"file": "link_outside", "folder": "link_outside"}


def test_a_link_the_user_names_is_followed(tmp_path):
    write(tmp_path, "a.md")
    (tmp_path / "link.md").symlink_to("a.md")
    (found,) = find_sources([str(tmp_path / "link.md")])
    assert [(item.path, item.data) for item in read_sources(found)] == [("link.md", b"a.md")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_closed_files_and_folders_are_accounted_for(tmp_path):
    write(tmp_path, "a.md", "closed/b.md")
    (tmp_path / "a.md").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        assert reasons(tmp_path) == {"a.md": "unreadable", "closed": "unreadable"}
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_standard_input_is_one_document(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("正文".encode())))
    (found,) = find_sources(["-"])
    assert list(read_sources(found)) == [Source("-", "正文".encode())]


def test_columns_reach_the_rows_of_a_table(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"words": "x"}\n')
    (found,) = find_sources([str(tmp_path)], Columns(text="words"))
    sent = pickle.loads(pickle.dumps(found))  # noqa: S301  our own bytes
    assert list(read_sources(sent)) == [Source("a.jsonl#1", b"x")]


def test_objects_are_named_and_read_as_files_are(bucket, tmp_path):
    texts = {"a.md": b"x", "sub/b.md": b"y" * 5_000_000, "c.jsonl": b'{"text": "z"}\n'}
    bucket.put({f"in/{name}": data for name, data in texts.items()})
    for name, data in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = fetch_sources(list(find_sources([f"{bucket.url}/in"])))
    assert [item.path for item in found] == ["a.md", "c.jsonl", "sub/b.md"]
    assert [item.data is None for item in found] == [False, False, True]
    here = [source for item in find_sources([str(tmp_path)]) for source in read_sources(item)]
    assert [source for item in found for source in read_sources(item)] == here


def test_an_object_that_went_is_refused_and_a_server_that_went_ends_the_run(bucket, reach):
    bucket.put({"in/a.md": b"x"})
    found = list(find_sources([f"{bucket.url}/in"]))
    bucket.delete("in/a.md")
    ((refused,),) = map(read_sources, fetch_sources(found))
    assert (refused.source_path, refused.reason) == ("a.md", "unreadable")
    reach({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})
    with pytest.raises(StorageError, match=r"in/a.md cannot be used"):
        fetch_sources(found)
    with pytest.raises(StorageError, match=r"in/a.md cannot be used"):
        list(read_sources(found[0]))
