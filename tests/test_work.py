"""The work folder: records come back as they went in, and stages are whole or absent."""

from dataclasses import fields

import pytest

from etl.errors import UsageError
from etl.records import Block, Document, Finding, Reject
from etl.work import (
    EXTRACTED,
    TABLES,
    find_tables,
    list_parts,
    read_extract,
    stage,
    write_extract,
)

DOCUMENT = Document(
    source_path="新闻/a.zip!b.md#2",
    source_sha256="a" * 64,
    source_bytes=5607,
    encoding="gb18030",
    layout="markdown",
    front_matter={"title": "“瓣瓣同心”", "tags": ("北京", "天津"), "empty": (), "date": ""},
    blocks=(
        Block("heading", "一、疏解", level=2, gap=2),
        Block("image", "", url="https://example.org/1.jpg", width=650, height=433),
    ),
    findings=(Finding("encoding_guessed", "gb18030"),),
)
REJECT = Reject("x.bin", "b" * 64, 7, None, "binary", "holds NUL bytes")


def test_documents_and_rejects_come_back_as_the_very_records(tmp_path):
    with stage(tmp_path, EXTRACTED) as folder:
        write_extract(folder, "000000", [DOCUMENT], [REJECT])
    assert list_parts(tmp_path) == ["000000"]
    assert list(read_extract(tmp_path, "000000")) == [DOCUMENT, REJECT]


def test_every_field_of_a_document_is_kept(tmp_path):
    with stage(tmp_path, EXTRACTED) as folder:
        write_extract(folder, "000000", [DOCUMENT], [])
    (back,) = read_extract(tmp_path, "000000")
    for field in fields(Document):
        assert getattr(back, field.name) == getattr(DOCUMENT, field.name)


def test_an_empty_part_is_a_part(tmp_path):
    with stage(tmp_path, EXTRACTED) as folder:
        write_extract(folder, "000000", [], [])
    assert list(read_extract(tmp_path, "000000")) == []


def fail_in_stage(work):
    with stage(work, TABLES) as folder:
        (folder / "half").touch()
        raise KeyboardInterrupt


def test_a_stage_that_fails_leaves_the_last_one_and_no_debris(tmp_path):
    with stage(tmp_path, TABLES) as folder:
        (folder / "whole").touch()
    with pytest.raises(KeyboardInterrupt):
        fail_in_stage(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == [
        "tables",
        "tables/whole",
    ]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match="holds other files"), stage(tmp_path, TABLES):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_work_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be used"), stage(tmp_path / "file", TABLES):
        pass


@pytest.mark.parametrize(
    ("look", "advice"), [(list_parts, "etl extract"), (find_tables, "etl transform")]
)
def test_a_stage_that_has_not_run_is_named(tmp_path, look, advice):
    with pytest.raises(UsageError, match=advice):
        look(tmp_path)
