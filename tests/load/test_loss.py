"""A release is not replaced by one that lost too much, nor when nobody can say how much."""

import shutil
from fractions import Fraction

import polars as pl
import pytest

from etl.errors import ReleaseError, UsageError
from etl.load.loss import check_loss, parse_share
from etl.load.release import publish

ALL = {"articles": 2, "paragraphs": 4, "metrics": 4}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("20%", Fraction(1, 5)),
        ("0.2", Fraction(1, 5)),
        (" 12.5% ", Fraction(1, 8)),
        ("0%", 0),
        ("0", 0),
        ("1", 1),
        ("100%", 1),
    ],
)
def test_a_share_is_read_as_written(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize(
    "text", ["", "%", "20", "101%", "1.01", "-1%", "a fifth", "1/5", "2e-1", "nan", "20 %", "２０%"]
)
def test_what_is_no_share_is_refused(text):
    with pytest.raises(UsageError, match="is no share: write 20% or"):
        parse_share(text)


@pytest.mark.parametrize(
    ("rows", "max_loss"),
    [
        (ALL, "0%"),
        (ALL | {"metrics": 9}, "0%"),
        (ALL | {"metrics": 3}, "25%"),
        (dict.fromkeys(ALL, 0), "100%"),
    ],
)
def test_what_is_allowed_passes(published, rows, max_loss):
    check_loss(published, rows, parse_share(max_loss))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"articles": 1}, "articles would shrink from 2 rows to 1, a loss of 50% where 24.9%"),
        ({"paragraphs": 0}, "paragraphs would shrink from 4 rows to 0, a loss of 100%"),
        ({"metrics": 3}, "metrics would shrink from 4 rows to 3, a loss of 25%"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_table_that_lost_more_is_named_with_its_counts(published, rows, words):
    with pytest.raises(ReleaseError, match=words):
        check_loss(published, ALL | rows, parse_share("24.9%"))


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage", "cut"])
def test_rows_that_cannot_be_counted_may_be_a_loss(published, tmp_path, damage):
    shutil.copytree(published, tmp_path / "release")
    file = tmp_path / "release/parquet/metrics.parquet"
    contents = {"empty": b"", "garbage": b"x" * 99, "cut": file.read_bytes()[:-20]}
    file.unlink()
    if damage in contents:
        file.write_bytes(contents[damage])

    with pytest.raises(ReleaseError, match=r"metrics.parquet cannot be read.*with --force"):
        check_loss(tmp_path / "release", ALL, parse_share("100%"))


def test_where_no_release_stands_nothing_can_be_lost(tmp_path):
    (tmp_path / "README.md").write_text("the page a checkout keeps")

    check_loss(tmp_path, dict.fromkeys(ALL, 0), parse_share("0%"))
    check_loss(tmp_path / "missing", dict.fromkeys(ALL, 0), parse_share("0%"))


def test_a_table_the_old_release_never_had_cannot_shrink(published, tmp_path):
    shutil.copytree(published, tmp_path / "release")
    sums = tmp_path / "release/SHA256SUMS"
    lines = sums.read_text().splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "metrics.parquet" not in line))
    (tmp_path / "release/parquet/metrics.parquet").unlink()

    check_loss(tmp_path / "release", ALL, parse_share("0%"))


def test_the_old_release_stays_until_the_loss_is_accepted(published, parts, tmp_path):
    target = shutil.copytree(published, tmp_path / "release")
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    for file in parts.glob("*/000001.parquet"):
        pl.read_parquet(file).clear().write_parquet(file)

    with pytest.raises(ReleaseError, match="articles would shrink from 2 rows to 1"):
        publish(parts, target)

    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts", "release"]
    assert publish(parts, target, max_loss=Fraction(1, 2)).rows["articles"] == 1


def test_everything_may_be_lost_without_a_limit(published, parts, tmp_path):
    target = shutil.copytree(published, tmp_path / "release")
    (target / "parquet/metrics.parquet").write_bytes(b"damaged")

    assert publish(parts, target, max_loss=None).rows["metrics"] == 4
