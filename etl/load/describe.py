"""The data dictionary for a reader at a terminal, and code that reads a table, ready to paste."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from etl import storage
from etl.errors import UsageError
from etl.load.catalog import list_homes
from etl.load.connection import FILE_NAME
from etl.load.parquet import find_files
from etl.load.view_tables import describe_views

if TYPE_CHECKING:
    from etl.load.catalog import Home, Table

TOOLS = ("polars", "pandas", "duckdb", "r")


def list_tables() -> tuple[Table, ...]:
    """Every table of a release, parents first; those about the work itself last."""
    return tuple(table for _, _, table in list_homes())


def list_views() -> tuple[Table, ...]:
    """Every view of the database."""
    return tuple(describe_views().values())


def describe_table(name: str) -> Table:
    """What is said about one table or view.

    Raises:
        UsageError: nothing has this name.

    >>> describe_table("metrics").primary_key
    ('metric_id',)
    >>> describe_table("changes").primary_key
    ()
    """
    _, _, table = _find_home(name)
    return table


def example(name: str, tool: str, release: Path | str) -> str:
    """Code for `tool` that reads one table or view of a release and shows its first rows.

    The release is a folder or a URL, where views cannot be read.

    Raises:
        UsageError: nothing has this name, the tool is none of `TOOLS`, or cannot read a view there.

    >>> from pathlib import Path
    >>> print(example("metrics", "polars", Path("datasets")))
    import polars as pl
    <BLANKLINE>
    metrics = pl.read_parquet('datasets/parquet/metrics.parquet')
    print(metrics.head())
    """
    relation, path, table = _find_home(name)
    if tool not in _CODE:
        raise UsageError(f"There is no example for {tool!r}: choose {', '.join(TOOLS)}.")
    if not path and storage.is_url(release):
        raise UsageError(f"{name} is a view: copy {FILE_NAME} from there to read it.")
    code = _CODE_FOR_URLS if storage.is_url(release) else {} if path else _CODE_FOR_VIEWS
    if path and _is_in_parts(release, path):
        path = path.removesuffix(".parquet") + _ALL_PARTS.get(tool, "")
        code = code | _CODE_FOR_PARTS
    return (_CODE | code)[tool].format(
        name=table.name,
        relation=relation,
        file=repr(storage.join(str(release), path)),
        database=repr(storage.join(str(release), FILE_NAME)),
        scheme=repr(str(release).partition(":")[0]),
    )


def _is_in_parts(release: Path | str, path: str) -> bool:
    """Whether a table is a folder of files."""
    if storage.is_url(release):
        folder = storage.join(str(release), path.removesuffix(".parquet"))
        return bool(storage.find_objects(folder))
    return len(find_files(Path(release, path))) > 1


def _find_home(name: str) -> Home:
    """Its name in SQL, its Parquet file and its description; a view has no file."""
    views = ((view.name, "", view) for view in list_views())
    for home in (*list_homes(), *views):
        if name in {home[0], home[2].name}:
            return home
    names = [table.name for table in (*list_tables(), *list_views())]
    near = get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}."
    raise UsageError(f"There is no table or view {name!r}: {hint}")


_CODE = {
    "polars": """import polars as pl

{name} = pl.read_parquet({file})
print({name}.head())""",
    "pandas": """import pandas as pd

{name} = pd.read_parquet({file}, engine='pyarrow')
print({name}.head())""",
    "duckdb": """import duckdb

with duckdb.connect({database}, read_only=True) as database:
    print(database.sql('SELECT * FROM {relation} LIMIT 5'))""",
    "r": """library(arrow)

{name} <- read_parquet({file})
print(head({name}))""",
}

# The others are content with the folder.
_ALL_PARTS = {"polars": "/*.parquet", "duckdb": "/*.parquet"}

_CODE_FOR_PARTS = {
    "r": """library(arrow)

{name} <- dplyr::collect(open_dataset({file}))
print(head({name}))""",
}

_CODE_FOR_VIEWS = {
    "polars": """import duckdb
import polars as pl

with duckdb.connect({database}, read_only=True) as database:
    {name} = pl.DataFrame(database.sql('SELECT * FROM {relation}'))
print({name}.head())""",
    "pandas": """import duckdb

with duckdb.connect({database}, read_only=True) as database:
    {name} = database.sql('SELECT * FROM {relation}').df()
print({name}.head())""",
    "r": """library(DBI)

database <- dbConnect(duckdb::duckdb(), dbdir = {database}, read_only = TRUE)
{name} <- dbGetQuery(database, 'SELECT * FROM {relation}')
dbDisconnect(database, shutdown = TRUE)
print(head({name}))""",
}

# DuckDB opens no database by fsspec's credentials, but Parquet files.
_CODE_FOR_URLS = {
    "duckdb": """import duckdb
import fsspec

duckdb.register_filesystem(fsspec.filesystem({scheme}))
print(duckdb.sql("SELECT * FROM read_parquet({file}) LIMIT 5"))""",
}
