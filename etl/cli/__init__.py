"""The commands: each parses its arguments, calls one function and prints one summary.

The rooms behind a command are imported inside it: Polars, Pandera and DuckDB take longer to load
than `etl --help` may take.
"""

from __future__ import annotations

from typing import Annotated

import typer

from etl import terminal
from etl.cli import making, reading
from etl.load import interrupts

app = typer.Typer(
    help="Reads raw Chinese news articles and publishes validated, documented datasets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(making.commands)
app.add_typer(reading.commands)


def main() -> None:
    """The console script `etl`."""
    terminal.heed_signals()
    interrupts.listen()
    app()


def _show_version(wanted: bool) -> None:  # noqa: FBT001  how typer calls it
    if wanted:
        from importlib.metadata import version

        terminal.write_line(f"etl {version('jingjinji-etl')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass
