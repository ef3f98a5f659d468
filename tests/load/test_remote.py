"""A release in object storage: the same as on disk, whole at every instant, whatever dies."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import assert_refused, etl, start
from object_server import SECRET, Bucket, Cut, ObjectServer

from etl.errors import EtlError, ReleaseError, StorageError, UsageError
from etl.load import remote
from etl.load.summary import ReleaseSummary
from etl.load.verify import verify

SEEDS = Path(__file__).parent.parent.parent / "seeds"
ROWS = {"articles": 10, "paragraphs": 10, "metrics": 10}


def publish(bucket, files, rows=ROWS, max_loss=0):
    """Publish a folder of `files` at `out`, and say which release holds then."""

    def build(folder):
        shutil.copytree(files, folder)
        return ReleaseSummary(folder, rows, {}, {}, {}, {}, 0, 0)

    remote.publish(f"{bucket.url}/out", build, max_loss=max_loss)
    return json.loads(bucket.read()["out/latest.json"])["release"]


def read_release(bucket, release):
    """The objects of a release: path → bytes."""
    prefix = f"out/{release}/"
    return {key.removeprefix(prefix): data for key, data in bucket.read(prefix).items()}


@pytest.fixture
def make(tmp_path):
    """A folder that looks like a release, told from others by `word`."""

    def make_release(word, database="rows"):
        folder = tmp_path / f"{word}-{database}"
        texts = {"README.md": word, "jingjinji.duckdb": database, "parquet/a.parquet": word * 9}
        digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
        listed = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
        for name, text in {**texts, "SHA256SUMS": listed}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    return make_release


def test_sources_and_release_in_a_bucket_give_the_bytes_of_local_ones(bucket, seeds_release):
    bucket.put({f"in/{path.name}": path.read_bytes() for path in SEEDS.iterdir()})
    result = etl("run", f"{bucket.url}/in", "-o", f"{bucket.url}/out", inherit=bucket.environment)
    assert result.returncode == 0, result.stderr
    latest = json.loads(bucket.read()["out/latest.json"])
    release = read_release(bucket, latest["release"])
    local = {p.relative_to(seeds_release).as_posix(): p for p in seeds_release.rglob("*.*")}
    assert release.keys() - {"SHA256SUMS"} == local.keys()
    differing = {name for name in local if release[name] != local[name].read_bytes()}
    assert differing <= {"jingjinji.duckdb"}
    assert hashlib.sha256(release["SHA256SUMS"]).hexdigest() == latest["sha256sums"]
    assert latest["rows"]["articles"] == 4


def test_a_release_in_a_bucket_is_verified_asked_and_described(bucket, seeds_release):
    publish(bucket, seeds_release)
    url, env = f"{bucket.url}/out", bucket.environment
    verified = etl("verify", url, inherit=env)
    assert verified.stdout.splitlines()[-1] == f"{url} is sound.", verified.stderr
    sql = "SELECT count(*) AS n FROM articles"
    assert etl("query", sql, "-r", url, "-f", "csv", inherit=env).stdout == "n\n4\n"
    code = etl("describe", "articles", "--example", "duckdb", "-r", url, inherit=env).stdout
    run = [sys.executable, "-c", code]
    shown = subprocess.run(run, env=env, capture_output=True, text=True, check=True).stdout
    assert "03fad0efdc201151" in shown


def test_a_damaged_release_in_a_bucket_is_named(bucket, seeds_release):
    release = publish(bucket, seeds_release)
    bucket.delete(f"out/{release}/parquet/metrics.parquet")
    with remote.fetch(f"{bucket.url}/out") as folder:
        assert "parquet/metrics.parquet is missing." in verify(folder).failures


def test_a_release_can_be_read_by_its_own_address(bucket, make):
    release = publish(bucket, make("first"))
    publish(bucket, make("second"))
    with remote.fetch(f"{bucket.url}/out/{release}", ["README.md"]) as folder:
        assert [(path.name, path.read_text()) for path in folder.iterdir()] == [
            ("README.md", "first")
        ]


def test_the_same_release_is_not_uploaded_again(bucket, make):
    release = publish(bucket, make("same"))
    before = bucket.read()
    assert publish(bucket, make("same", database="otherwise laid out")) == release
    assert bucket.read() == before


def test_a_release_that_lost_an_object_is_uploaded_again(bucket, make):
    release = publish(bucket, make("same"))
    bucket.delete(f"out/{release}/README.md")
    publish(bucket, make("same", database="another"))
    assert len(bucket.read()) == 3 + 5


def test_the_release_before_stays_until_the_next_but_one(bucket, make):
    first = publish(bucket, make("first"))
    second = publish(bucket, make("second"))
    assert len(read_release(bucket, first)) == len(read_release(bucket, second)) == 4
    third = publish(bucket, make("third"))
    assert read_release(bucket, first) == {}
    assert len(read_release(bucket, second)) == len(read_release(bucket, third)) == 4


def test_a_release_that_lost_much_replaces_none_unless_it_must(bucket, make):
    publish(bucket, make("first"))
    before = bucket.read()
    with pytest.raises(ReleaseError, match=f"{bucket.url}/out was not replaced: metrics would"):
        publish(bucket, make("second"), ROWS | {"metrics": 9})
    assert bucket.read() == before
    publish(bucket, make("second"), ROWS | {"metrics": 9}, max_loss=None)
    assert len(bucket.read()) == 1 + 2 * 4


@pytest.mark.parametrize("objects", [1, 2, 4, 5])
def test_a_server_that_dies_leaves_the_old_release_and_the_next_run_clears_up(
    objects, bucket, make, reach
):
    """Cut before any object, in the middle, before the checksums, and before the last of all."""
    first = publish(bucket, make("first"))
    before = bucket.read()
    cut = Cut(bucket.server, objects)
    reach(cut.environment)
    with pytest.raises(StorageError, match=r"one release stands whole|what stood there still"):
        publish(bucket, make("second"))
    reach(bucket.environment)
    cut.close()
    after = bucket.read()
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + objects - 1
    publish(bucket, make("third"))
    assert len(bucket.read()) == 1 + 2 * 4
    assert len(read_release(bucket, first)) == 4


def test_a_server_that_is_killed_in_the_middle_is_told_in_a_sentence():
    server = ObjectServer()
    bucket = Bucket(server)
    command = ("run", SEEDS, "--output", f"{bucket.url}/out")
    with start(*command, inherit=server.environment) as process:
        next(line for line in process.stderr if line.startswith("upload"))
        server.close()
        told = process.stderr.read()
    bucket.client.close()
    assert process.returncode == 1
    assert told.startswith("Error: Nothing was published, what stood there still does: s3://news-1")
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("place", "exit_code", "words"),
    [
        (("gs://bucket/in", "-o", "out"), 2, "gs:// needs a library that is not installed"),
        (("s3://no-bucket/in", "-o", "out"), 2, "s3://no-bucket/in holds no file"),
        ((SEEDS, "-o", "nonsense://out"), 2, "nonsense:// is no address of a known kind"),
        ((SEEDS, "-o", "s3://no-bucket/out"), 2, "s3://no-bucket/out cannot be written: there is"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(place, exit_code, words, object_server):
    result = etl("run", *place, inherit=object_server.environment)
    assert_refused(result, exit_code, words)
    assert SECRET not in result.stdout + result.stderr


def test_a_url_without_a_release_is_told_in_a_sentence(bucket):
    with (
        pytest.raises(EtlError, match=f"There is no release at {bucket.url}"),
        remote.fetch(bucket.url),
    ):
        pass


def test_what_is_not_ours_is_left_alone(bucket, make):
    theirs = {"out/releases/notes.txt": b"x", "out/photo.jpg": b"y", "outside": b"z"}
    bucket.put(theirs)
    for word in ("first", "second", "third"):
        publish(bucket, make(word))
    assert {key: bucket.read()[key] for key in theirs} == theirs
    bucket.put({"out/latest.json": b'{"version": 2}'})
    with pytest.raises(UsageError, match=r"out/latest.json was not written by etl"):
        publish(bucket, make("fourth"))
