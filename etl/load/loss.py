"""How much of a release the next one may lose before it is refused its place."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import duckdb

from etl.errors import ReleaseError, UsageError
from etl.load import checksums, parquet
from etl.load.connection import connect
from etl.load.sql import quote_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_LOSS = Fraction(1, 5)

_GUARDED = ("articles", "paragraphs", "metrics")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)(%?)", re.ASCII)


def parse_share(text: str) -> Fraction:
    """A share as written, between nothing and everything.

    >>> parse_share("20%"), parse_share("0.2"), parse_share("100%")
    (Fraction(1, 5), Fraction(1, 5), Fraction(1, 1))

    Raises:
        UsageError: it is no share; 20 alone could mean anything.
    """
    match = _SHARE.fullmatch(text.strip())
    share = match and Fraction(match[1]) / (100 if match[2] else 1)
    if share is None or share > 1:
        raise UsageError(f"{text!r} is no share: write 20% or 0.2, from 0% to 100%.")
    return share


def check_loss(old: Path, rows: Mapping[str, int], max_loss: Fraction) -> None:
    """Compare the rows of a release to come with those of the one that it would replace.

    Where no release stands there is nothing to lose; a table the old release never had cannot
    shrink.

    Raises:
        ReleaseError: a table would lose more than `max_loss` of its rows, or what the old release
            holds cannot be told because a file of it is missing or damaged.
    """
    if not (old / checksums.FILE_NAME).exists():
        return
    listed = checksums.read_checksums(old)
    before = {
        table: _count_rows(old, names)
        for table in _GUARDED
        if (names := [name for name in listed if _holds(name, table)])
    }
    compare_rows(old, before, rows, max_loss)


def compare_rows(
    release: object, before: Mapping[str, int], after: Mapping[str, int], max_loss: Fraction
) -> None:
    """The same for a release whose rows are known.

    Raises:
        ReleaseError: a table would lose more than `max_loss` of its rows.
    """
    for table in _GUARDED:
        if table in before:
            _check_table(release, table, before[table], after[table], max_loss)


def _holds(name: str, table: str) -> bool:
    match = parquet.FILE.fullmatch(name)
    return match is not None and match["home"] == "parquet" and match["table"] == table


def _count_rows(release: Path, names: list[str]) -> int:
    files = quote_files([release / name for name in names])
    try:
        with connect() as con:
            answer = con.execute(f"SELECT count(*) FROM read_parquet({files})")
            (rows,) = answer.fetchone() or (0,)
    except duckdb.Error as error:
        raise ReleaseError(
            f"{release} was not replaced: its {names[0]} cannot be read, so nobody can say what "
            f"would be lost; look with `etl verify {release}`, or replace it anyway with --force."
        ) from error
    return int(rows)


def _check_table(release: object, table: str, before: int, after: int, max_loss: Fraction) -> None:
    lost = before - after
    if lost > max_loss * before:
        raise ReleaseError(
            f"{release} was not replaced: {table} would shrink from {before:,} rows to {after:,}, "
            f"a loss of {_to_percent(Fraction(lost, before))} where {_to_percent(max_loss)} is "
            "allowed; check the sources, publish elsewhere with --output, or accept the loss with "
            "--max-loss or --force."
        )


def _to_percent(share: Fraction) -> str:
    return f"{float(share * 100):.4g}%"
