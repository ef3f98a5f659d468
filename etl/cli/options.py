"""The options and arguments that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

DATASETS = "datasets"

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="Files, folders, globs, URLs (s3://...), or - for standard input.  [seeds]",
    ),
]
Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Where the release is published: a folder, a URL."
    ),
]
Work = Annotated[Path, typer.Option("--work", "-w", help="Folder between the stages.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", "-j", min=1, help="Processes to use.  [one a core]"),
]
Engine = Annotated[
    Literal["processes", "dask"],
    typer.Option(help="What runs the workers: processes of this machine, or a Dask cluster."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="The cluster's scheduler: tcp://host:8786, tls://host:8786.  [one on this machine]",
    ),
]
MaxLoss = Annotated[
    str,
    typer.Option(
        metavar="SHARE",
        help="Refuse to replace a release by one that lost more than this share of the rows of "
        "articles, paragraphs or metrics (20%, 0.2), or one whose rows cannot be counted.",
    ),
]
RowsPerFile = Annotated[
    int,
    typer.Option(min=1, help="Most rows of a Parquet file: a larger table becomes several files."),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Replace the release whatever is lost, also a damaged one."),
]
Release = Annotated[
    str, typer.Option("--release", "-r", metavar="DIR", help="Folder or URL of the release.")
]
Differences = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="DIR", help="A new folder for all differences, as Parquet."
    ),
]
Answer = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file to write the answer to.")
]
Example = Literal["polars", "pandas", "duckdb", "r"]
Form = Literal["table", "csv", "json", "parquet"]
Cache = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the rows of unchanged files are kept from one run to the next."
        "  [beside the release, hidden]",
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Make everything anew, and keep nothing.")
]
CheckContent = Annotated[
    bool,
    typer.Option(
        "--check-content",
        help="Look into files that seem unchanged by their size, times and inode.",
    ),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Progress and errors as JSON, one object a line.")
]
TextColumn = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Column of a table that holds an article's text."),
]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="... its title.")]
DateColumn = Annotated[str | None, typer.Option(metavar="NAME", help="... its date.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an error came from.")]
