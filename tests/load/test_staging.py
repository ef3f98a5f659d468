import sys

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
