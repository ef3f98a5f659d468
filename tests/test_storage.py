"""Object storage: what is found, read and written there, and what is said when it cannot be."""

import asyncio
import gc

import pytest

from etl import storage
from etl.errors import StorageError, UsageError

pytest.importorskip("fsspec", reason="an extra: pip install -e '.[test]'")


@pytest.fixture
def shelf(bucket):
    """A bucket with what people put into one."""
    keys = ["in/a.md", "in/sub/b.md", "in//c.md", "in/[1].md", "in/中文 a.md", "in.md"]
    hidden = ["in/.git/x.md", "in/../e.md", "in/sub/.b.md.swp", "in/sub/", "in/"]
    bucket.put({key: key.encode() for key in keys + hidden if not key.endswith("/")})
    bucket.put({key: b"" for key in hidden if key.endswith("/")})
    return bucket


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("in", ["/c.md", "[1].md", "a.md", "sub/b.md", "中文 a.md"]),
        ("in/", ["/c.md", "[1].md", "a.md", "sub/b.md", "中文 a.md"]),
        ("in/sub", ["b.md"]),
        ("in/a.md", ["a.md"]),
        ("in/[1].md", ["[1].md"]),
        ("in/?.md", ["a.md"]),
        ("in/**/*.md", ["[1].md", "a.md", "sub/b.md", "中文 a.md"]),
        ("i*", ["in.md", "in//c.md", "in/[1].md", "in/a.md", "in/sub/b.md", "in/中文 a.md"]),
        ("nothing", []),
        ("nothing*", []),
    ],
)
def test_objects_are_found_as_files_are(shelf, place, names):
    found = storage.find_objects(f"{shelf.url}/{place}")
    assert [item.name for item in found] == names
    for item in found:
        data = storage.read_object(item.url)
        assert data.decode().endswith(item.name)
        assert item.size == len(data)


def test_a_bucket_is_a_folder_and_one_that_is_not_there_is_empty(shelf):
    assert len(storage.find_objects(shelf.url)) == 6
    assert storage.find_objects("s3://no-such-bucket/in") == []


def test_the_tag_of_an_object_changes_with_its_content(shelf):
    def tag():
        (found,) = storage.find_objects(f"{shelf.url}/in/a.md")
        (listed,) = [o for o in storage.find_objects(f"{shelf.url}/in") if o.name == "a.md"]
        assert found.tag == listed.tag
        return found.tag

    before = tag()
    shelf.put({"in/a.md": b"in/b.md"})
    assert before != tag() is not None


def test_what_is_put_somewhere_stands_there(shelf, tmp_path):
    url = f"{shelf.url}/out/[a] b.txt"
    storage.write_object(url, b"x")
    (tmp_path / "y").write_bytes(b"yy" * 3_000_000)
    storage.upload_file(tmp_path / "y", f"{shelf.url}/out/y")
    storage.fetch_object(f"{shelf.url}/out/y", tmp_path / "z")
    assert (tmp_path / "z").read_bytes() == (tmp_path / "y").read_bytes()
    assert storage.read_objects([url, f"{shelf.url}/none", url]) == [b"x", None, b"x"]
    storage.remove_object(url)
    storage.remove_object(url)
    assert [item.name for item in storage.find_objects(f"{shelf.url}/out")] == ["y"]


def test_what_is_not_there_is_told_apart_from_what_cannot_be_reached(shelf, reach, tmp_path):
    for call in (storage.read_object, lambda url: storage.fetch_object(url, tmp_path / "x")):
        with pytest.raises(FileNotFoundError, match="No such file"):
            call(f"{shelf.url}/none.md")
    with pytest.raises(StorageError, match="there is no such bucket"):
        storage.write_object("s3://no-such-bucket/x", b"")
    reach({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})
    for call in (storage.read_object, storage.find_objects, storage.remove_object):
        with pytest.raises(StorageError, match=f"{shelf.url}/in/a.md cannot be used: Could not"):
            call(f"{shelf.url}/in/a.md")


def test_pieces_of_an_upload_that_was_cut_off_are_dropped_and_no_others(shelf):
    for key in ("out/releases/x", "out/other"):
        upload = shelf.client.create_multipart_upload(Bucket=shelf.name, Key=key)["UploadId"]
        shelf.client.upload_part(
            Bucket=shelf.name, Key=key, UploadId=upload, PartNumber=1, Body=b"x"
        )
    storage.abort_uploads(f"{shelf.url}/out/releases")
    left = shelf.client.list_multipart_uploads(Bucket=shelf.name)["Uploads"]
    assert [upload["Key"] for upload in left] == ["out/other"]


def test_a_task_that_nobody_waits_for_prints_nothing(shelf, caplog):
    from fsspec.asyn import get_loop  # noqa: PLC0415  an extra

    async def fail():
        raise ConnectionResetError

    async def lose():
        asyncio.ensure_future(fail())  # noqa: RUF006  as a client whose connection is cut
        await asyncio.sleep(0.1)

    storage.find_objects(shelf.url)
    asyncio.run_coroutine_threadsafe(lose(), get_loop()).result()
    gc.collect()
    assert caplog.records == []


def test_other_kinds_of_storage_have_folders():
    url = "memory://shelf/a/b.md"
    storage.check_bucket(url)
    storage.write_object(url, b"x")
    storage.abort_uploads("memory://shelf/a")
    assert [item.name for item in storage.find_objects("memory://shelf")] == ["a/b.md"]
    assert storage.read_object(url) == b"x"


@pytest.mark.parametrize("url", ["nonsense://a", "gs://bucket/a"])
def test_an_address_nobody_can_use_is_told(url):
    with pytest.raises(UsageError, match=url.partition("/")[0]):
        storage.find_objects(url)


def test_no_message_holds_a_secret():
    url = "ftp://me:secret@127.0.0.1:9/a.md"
    with pytest.raises(StorageError) as caught:
        storage.read_object(url)
    assert "secret" not in str(caught.value)
