"""What tests do with a release: read its tables, change one, sign it again, compare."""

from hashlib import sha256

import polars as pl

from etl.load import checksums


def read(release, table):
    return pl.read_parquet(_find(release, table), glob=False)


def rewrite(release, table, change, *, words=True):
    """Change the rows of a table, keep or drop what the file says of itself, sign the release."""
    file = _find(release, table)
    said = pl.read_parquet_metadata(file) if words else {}
    said.pop("ARROW:schema", None)
    change(read(release, table)).write_parquet(file, metadata=said)
    sign(release)


def sign(release):
    """Make the checksums fit again, as somebody would who hides a change."""
    (release / checksums.FILE_NAME).unlink()
    checksums.write_checksums(release)


def digests(folder):
    """Everything but the database, whose bytes are never the same twice, and the list with it."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"jingjinji.duckdb", "SHA256SUMS"}
    }


def _find(release, table):
    return release / "parquet" / f"{table}.parquet"
