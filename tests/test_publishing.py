"""Real runs over an existing release that end badly: it stands, and nothing stands beside it."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from hashlib import sha256

import duckdb
import polars as pl
import pytest
from articles import ARTICLE, write_articles

CACHE = "--cache=cache"
COMMAND = [sys.executable, "-m", "etl", "run", "--output", "datasets", "--force"]


def start(folder, source, *options, cache="--no-cache", **more):
    """`etl run SOURCE --output datasets` in `folder`, its progress and errors as lines."""
    return subprocess.Popen(
        [*COMMAND, cache, *options, source],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **more,
    )


def run(folder, source, *options, **more):
    """The exit code of a whole run, and its last word."""
    with start(folder, source, *options, **more) as process:
        _, told = process.communicate(timeout=120)
    assert "Traceback" not in told
    return process.returncode, told.splitlines()[-1]


def reach(process, stage):
    """Wait until a run is in this stage."""
    for line in process.stderr:
        if line.startswith(f"{stage}:"):
            return


def read_articles(release):
    """The ids of the articles, after proof that all files and tables are of one release."""
    listed = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    for digest, name in (line.split("  ", 1) for line in listed):
        assert sha256((release / name).read_bytes()).hexdigest() == digest, name
    tables = {path.stem: pl.read_parquet(path) for path in release.glob("parquet/*.parquet")}
    published = set(tables["articles"]["article_id"])
    for name, table in tables.items():
        if "article_id" in table.columns:
            assert set(table["article_id"].drop_nulls()) <= published, name
    with duckdb.connect(release / "jingjinji.duckdb", read_only=True) as con:
        for name, table in tables.items():
            assert len(con.table(name).fetchall()) == table.height, name
        assert read_ids(con) == published
    return frozenset(published)


def read_ids(con):
    return {key for (key,) in con.execute("SELECT article_id FROM articles").fetchall()}


def list_inodes(folder):
    return {path: path.stat().st_ino for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two sources without a common article, the articles each publishes, how long that takes."""
    folder = tmp_path_factory.mktemp("releases")
    found = {}
    for source, year in (("old", 2019), ("new", 2020)):
        write_articles(folder / source, range(27), ARTICLE.replace("2019年", f"{year}年"))
        started = time.perf_counter()
        assert run(folder, source)[0] == 0
        took = time.perf_counter() - started
        found[source] = read_articles(folder / "datasets")
        (folder / "datasets").rename(folder / f"{source}-release")
    return folder, found, took


@pytest.fixture
def folder(releases, tmp_path):
    """A folder with both sources and the old release."""
    for source in ("old", "new"):
        shutil.copytree(releases[0] / source, tmp_path / source)
    (tmp_path / "out").mkdir()
    shutil.copytree(releases[0] / "old-release", tmp_path / "datasets")
    return tmp_path


def list_beside(folder):
    """What no run may leave."""
    return {path.name for path in folder.iterdir()} - {"old", "new", "out", "datasets"}


def test_killed_runs_leave_one_whole_release_and_the_next_one_tidies_up(folder, releases):
    """A random instant of each part of a run's time; `KILLS=50` for more of them."""
    chance = random.Random(1)  # noqa: S311  the same instants every time
    kills = int(os.environ.get("KILLS", "4"))
    for number in range(kills):
        with start(folder, ("new", "old")[number % 2], cache=CACHE) as process:
            time.sleep((number + chance.random()) / kills * releases[2])
            process.kill()
        assert read_articles(folder / "datasets") in releases[1].values()

    assert run(folder, "new", cache=CACHE)[0] == 0
    assert read_articles(folder / "datasets") == releases[1]["new"]
    assert list_beside(folder) == {"cache"}


def test_a_reader_keeps_the_old_database_while_it_is_replaced(folder, releases):
    with duckdb.connect(folder / "datasets" / "jingjinji.duckdb", read_only=True) as reader:
        assert run(folder, "new")[0] == 0
        assert read_ids(reader) == releases[1]["old"]


def test_a_second_run_is_refused_while_the_first_goes_on(folder, releases):
    with start(folder, "new") as first:
        reach(first, "transform")
        first.send_signal(signal.SIGSTOP)
        code, told = run(folder, "old")
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=120)

    assert code == 1
    assert told == (
        f"Error: Another run (process {first.pid}) is publishing at {folder / 'datasets'}: "
        "wait until it ends, or publish elsewhere with --output."
    )
    assert first.returncode == 0
    assert read_articles(folder / "datasets") == releases[1]["new"]
    assert list_beside(folder) == set()


@pytest.mark.parametrize(
    ("stage", "name", "code"),
    [
        ("transform", "SIGINT", 130),
        ("merge", "SIGTERM", 143),
        ("database", "SIGINT", 130),
        ("checksums", "SIGINT", 130),
    ],
)
def test_a_run_told_to_end_does_so_at_once_and_says_what_was_kept(folder, stage, name, code):
    before = list_inodes(folder / "datasets")
    with start(folder, "new") as process:
        reach(process, stage)
        process.send_signal(signal.Signals[name])
        _, told = process.communicate(timeout=60)

    if process.returncode:  # else it came too late
        assert process.returncode == code
        assert told.endswith("Error: Interrupted: what was published before still stands.\n")
        assert list_inodes(folder / "datasets") == before
    assert "Traceback" not in told
    assert list_beside(folder) == set()


@pytest.mark.parametrize("kilobytes", [5, 1000])
def test_files_that_may_not_grow_leave_the_old_release(folder, kilobytes):
    before = list_inodes(folder / "datasets")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    code, told = run(folder, "new", preexec_fn=limit)

    assert code == 1
    assert told.startswith("Error: datasets was not published: the disk is full (")
    assert list_inodes(folder / "datasets") == before
    assert list_beside(folder) == set()


@contextmanager
def mount(place, *options):
    """A small disk of its own at `place`, where the tests may make one."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", place]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a file system can be mounted only by root, outside a container")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.parametrize("room", ["2500k", "8m"])
def test_a_full_disk_leaves_the_old_release(folder, room):
    with mount(folder / "out", f"size={room}") as disk:
        old = disk / "datasets"
        shutil.copytree(folder / "datasets", old) if room != "2500k" else old.mkdir()
        before = list_inodes(old)

        code, told = run(folder, "new", "--output", "out/datasets")

        assert code == 1
        assert told == (
            "Error: out/datasets was not published: the disk is full (No space left on device); "
            "what stood there before is untouched."
        )
        assert list_inodes(old) == before
        assert list(disk.iterdir()) == [old]


def test_a_disk_that_is_read_only_is_refused_before_any_work(folder):
    with mount(folder / "out", "size=20m") as disk:
        shutil.copytree(folder / "datasets", disk / "datasets")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

        for output in ("out/datasets", "out/deep/er"):
            code, told = run(folder, "new", "--output", output)
            assert code == 2
            assert told.startswith(f"Error: {folder / output} cannot be written: ")


@pytest.mark.parametrize("sealed", ["datasets", "."])
def test_a_folder_that_is_read_only_is_refused_before_any_work(folder, sealed):
    before = list_inodes(folder / "datasets")
    (folder / sealed).chmod(0o555)
    try:
        code, told = run(folder, "new", **as_somebody_bound_by_modes())
    finally:
        (folder / sealed).chmod(0o755)

    assert code == 2
    assert told.startswith(f"Error: {folder / 'datasets'} cannot be written: ")
    assert list_inodes(folder / "datasets") == before
    assert list_beside(folder) == set()


def as_somebody_bound_by_modes():
    """Root may write anywhere, unless its child gives up that power."""
    if os.geteuid():
        return {}
    prctl = pytest.importorskip("ctypes").CDLL(None).prctl
    drop, override_modes, search_anywhere = 24, 1, 2

    def give_up():
        for power in (override_modes, search_anywhere):
            prctl(drop, power)

    return {"preexec_fn": give_up}
