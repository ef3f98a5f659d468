import os
import sys
from hashlib import sha256
from threading import Event, Thread

import pytest

from etl.errors import ReleaseError, UsageError
from etl.load import checksums
from etl.load.staging import stage


def put(target, text="new"):
    with stage(target) as staging:
        (staging.release / "README.md").write_text(text)
        checksums.write_checksums(staging.release)


def test_a_release_appears_where_nothing_was(tmp_path):
    put(tmp_path / "deep" / "release")

    assert (tmp_path / "deep" / "release" / "README.md").read_text() == "new"


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_release_is_replaced_and_nothing_left_beside_it(tmp_path, monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    target = tmp_path / "release"
    put(target, "old")

    put(target)

    assert (target / "README.md").read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_release_and_nothing_beside_it(tmp_path):
    target = tmp_path / "release"
    put(target, "old")

    with pytest.raises(FileNotFoundError), stage(target) as staging:
        (staging.release / "README.md").write_bytes((staging.release / "nothing").read_bytes())

    assert (target / "README.md").read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_checkout_that_keeps_the_pages_may_be_replaced(tmp_path):
    target = tmp_path / "datasets"
    (target / "dictionary").mkdir(parents=True)
    (target / "README.md").write_text("the data card")
    (target / "dictionary" / "metrics.md").write_text("the table")

    put(target)

    assert (target / "README.md").read_text() == "new"
    assert not (target / "dictionary").exists()


def test_a_release_into_which_a_checkout_put_newer_pages_may_be_replaced(tmp_path):
    target = tmp_path / "datasets"
    put(target, "old")
    (target / "dictionary").mkdir()
    (target / "dictionary" / "ranges.md").write_text("a page that the release does not know")

    put(target)

    assert (target / "README.md").read_text() == "new"


@pytest.mark.parametrize("name", ["thesis.docx", ".git/config", "dictionary/mine.txt"])
def test_a_folder_of_something_else_is_left_alone(tmp_path, name):
    target = tmp_path / "documents"
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    (target / name).write_text("mine")

    with pytest.raises(UsageError, match=name):
        put(target)

    assert (target / name).read_text() == "mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_of_the_user_inside_a_release_is_not_deleted(tmp_path):
    target = tmp_path / "release"
    put(target, "old")
    (target / "notes.txt").write_text("mine")

    with pytest.raises(UsageError, match=r"notes\.txt"):
        put(target)

    assert (target / "notes.txt").read_text() == "mine"
    assert (target / "README.md").read_text() == "old"


def test_a_file_is_not_replaced_by_a_folder(tmp_path):
    (tmp_path / "release").write_text("a file")

    with pytest.raises(UsageError, match="is a file"):
        put(tmp_path / "release")


def test_a_file_that_comes_while_the_release_is_built_is_not_deleted(tmp_path):
    target = tmp_path / "release"
    put(target, "old")

    with pytest.raises(UsageError, match=r"notes\.txt"), stage(target):
        (target / "notes.txt").write_text("mine")

    assert (target / "README.md").read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_second_run_is_refused_and_told_whose_turn_it_is(tmp_path):
    target = tmp_path / "release"

    with stage(target) as staging:
        (staging.release / "README.md").write_text("first")
        checksums.write_checksums(staging.release)
        with pytest.raises(ReleaseError, match=rf"process {os.getpid()}\) is publishing"):
            put(target, "second")

    assert (target / "README.md").read_text() == "first"
    assert list(tmp_path.iterdir()) == [target]


def test_other_outputs_in_the_same_folder_are_not_locked(tmp_path):
    with stage(tmp_path / "one") as staging:
        (staging.release / "README.md").write_text("one")
        put(tmp_path / "two")

    assert {path.name for path in tmp_path.iterdir()} == {"one", "two"}


def test_what_a_dead_run_left_is_removed_whatever_its_mode(tmp_path):
    sealed = tmp_path / ".release.partial" / "release" / "parquet"
    sealed.mkdir(parents=True)
    (sealed / "half.parquet").write_text("")
    for name in ("lock", "trial"):
        (tmp_path / ".release.partial" / name).write_text("4711")
    sealed.chmod(0o500)

    put(tmp_path / "release")

    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_readers_who_may_look_into_the_old_release_may_look_into_the_new_one(tmp_path):
    put(tmp_path / "release")
    (tmp_path / "release").chmod(0o750)

    put(tmp_path / "release")

    assert (tmp_path / "release").stat().st_mode & 0o777 == 0o750


def test_folders_made_for_a_release_that_failed_go_with_it(tmp_path):
    with pytest.raises(ZeroDivisionError), stage(tmp_path / "deep" / "er" / "release"):
        _ = 1 / 0

    assert list(tmp_path.iterdir()) == []


def test_a_reader_who_holds_the_folder_open_never_sees_two_releases(tmp_path):
    target = tmp_path / "release"
    put(target, "0")
    seen, over = [], Event()
    reader = Thread(target=lambda: read_until(over, target, seen))
    reader.start()
    for number in range(1, 40):
        put(target, str(number))
    over.set()
    reader.join()

    assert set(seen) <= {"same", "gone"}
    assert seen.count("same") > 10


def read_until(over, target, seen):
    """Open the folder, read both files in it; `gone` where it was replaced in between."""
    while not over.is_set():
        folder = os.open(target, os.O_RDONLY)
        try:
            first = read_in(folder, "README.md")
            sums = read_in(folder, "SHA256SUMS").split()[0]
            seen.append("same" if sha256(first).hexdigest() == sums.decode() else "mixed")
        except FileNotFoundError:
            seen.append("gone")
        finally:
            os.close(folder)


def read_in(folder, name):
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


def test_a_mount_point_is_refused_before_any_work(tmp_path, monkeypatch):
    put(tmp_path / "release")
    monkeypatch.setattr("pathlib.Path.is_mount", lambda _path: True)

    with pytest.raises(UsageError, match="publish to a folder inside it"):
        put(tmp_path / "release")


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match="cannot be written"):
        put(tmp_path / "file" / "release")


def test_the_release_behind_a_link_is_replaced_and_the_link_kept(tmp_path):
    put(tmp_path / "v1" / "release", "old")
    (tmp_path / "current").symlink_to(tmp_path / "v1" / "release")

    put(tmp_path / "current")

    assert (tmp_path / "current").is_symlink()
    assert (tmp_path / "v1" / "release" / "README.md").read_text() == "new"


def test_a_list_that_is_no_list_of_checksums_is_reported(tmp_path):
    (tmp_path / "SHA256SUMS").write_text("nonsense\n")

    with pytest.raises(ReleaseError, match="no list of checksums"):
        checksums.read_checksums(tmp_path)
