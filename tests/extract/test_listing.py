"""What the user named becomes a list of files, each under a name of its own."""

from __future__ import annotations

import os

import pytest
from files import paths, write

from etl.errors import SourceError
from etl.extract.listing import find_sources


def test_a_folder_is_walked_sorted_without_hidden_files(tmp_path):
    write(tmp_path, "b.md", "a/c.md", ".hidden", ".git/d.md", "a b.md")
    assert paths(tmp_path) == ["a b.md", "a/c.md", "b.md"]


def test_one_file_has_its_name(tmp_path):
    write(tmp_path, "a/b.md")
    assert paths(tmp_path / "a/b.md") == ["b.md"]


def test_a_glob_is_relative_to_its_fixed_part(tmp_path):
    write(tmp_path, "x/a.md", "x/y/b.md", "x/c.txt")
    assert paths(tmp_path / "x/**/*.md") == ["a.md", "y/b.md"]


def test_a_file_reached_twice_is_found_once(tmp_path):
    write(tmp_path, "a.md", "b.md")
    assert paths(tmp_path, tmp_path / "a.md") == ["a.md", "b.md"]


def test_a_file_is_found_rather_than_a_link_to_it(tmp_path):
    write(tmp_path, "in/b.md", "in/.hidden.md")
    (tmp_path / "in/a.md").symlink_to("b.md")
    (tmp_path / "in/c.md").symlink_to(".hidden.md")
    (tmp_path / "in/d.md").symlink_to(".hidden.md")
    assert paths(tmp_path / "in") == ["b.md", "c.md"]


def test_same_names_in_two_folders_stay_distinct(tmp_path):
    write(tmp_path, "x/news/a.md", "y/news/a.md", "y/news/b.md")
    assert paths(tmp_path / "x/news", tmp_path / "y/news") == [
        "x/news/a.md",
        "y/news/a.md",
        "y/news/b.md",
    ]


@pytest.mark.parametrize("name", ["missing", "missing*.md", "empty"])
def test_an_argument_that_names_nothing_is_a_usage_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"^[^\n]+$"):
        list(find_sources([str(tmp_path / name)]))


def test_names_that_are_no_text_survive_as_printable_text(tmp_path):
    write(tmp_path, "line\nend.md")
    (tmp_path / os.fsdecode(b"\xd6\xd0.md")).write_text("x")
    names = paths(tmp_path)
    assert names == ["\\xd6\\xd0.md", "line\\nend.md"]
    assert all(name.isprintable() for name in names)


def test_a_name_like_a_part_of_a_stack_stays_distinct(tmp_path):
    write(tmp_path, "a.md", "a.md#2", "b.zip!c.md")
    assert paths(tmp_path) == ["a.md", "a.md\\#2", "b.zip\\!c.md"]
