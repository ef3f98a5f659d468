"""The commands that read a document or a release."""

from __future__ import annotations

from typing import Annotated

import typer

from etl import terminal
from etl.cli import summaries
from etl.cli.options import DATASETS, Answer, Debug, Differences, Example, Form, Release
from etl.errors import ReleaseError

commands = typer.Typer()


@commands.command(epilog="Example:  etl explain seeds/000_b90c594497928e87.txt")
def explain(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")],
    *,
    debug: Debug = False,
) -> None:
    """Read one document aloud: every field, paragraph and metric, and where it comes from."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline
        from etl.explain import explain as explain_document

        for item in pipeline.read(file):
            for line in explain_document(item, terminal.find_width()):
                terminal.write_line(line.text, line.style)


@commands.command(epilog="Example:  etl verify datasets")
def verify(
    release: Annotated[
        str, typer.Argument(metavar="[DIR]", help="Folder or URL of a release.")
    ] = DATASETS,
    *,
    debug: Debug = False,
) -> None:
    """Prove a release offline: checksums, schemas, rows, references, dictionary, database."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import remote
        from etl.load.verify import verify as verify_release

        with remote.fetch(release) as folder:
            verification = verify_release(folder)
        terminal.write_table(
            ("check", "examined", "of", "failed"),
            [(c.name, c.examined, c.things, len(c.failures)) for c in verification.checks],
        )
        for reason, rules in verification.idle.items():
            terminal.write_line(f"Without a row to examine ({reason}): {', '.join(rules)}.")
        for failure in verification.failures:
            terminal.write_line(failure)
        if verification.failures:
            raise ReleaseError(f"{release} {verification.verdict}.")
        terminal.write_line(f"{release} {verification.verdict}.")


@commands.command(epilog="Example:  etl diff datasets.old datasets --output differences")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Folder or URL of a release.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Folder or URL of another.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    output: Differences = None,
    limit: Annotated[
        int, typer.Option(min=0, help="Rows of each kind to show; counts are always complete.")
    ] = 5,
    debug: Debug = False,
) -> None:
    """Compare two releases: what they say of their tables, and every row by its key.

    An article_id is a digest of the document's bytes: an edited article is
    one removed and one added, with all its paragraphs and metrics. Two of
    the same source_path are told as one that was edited.

    Exit code 0: the same content; 1: it differs; 2: no comparison is possible.
    """
    with terminal.speak_plainly(debug=debug):
        from etl.load import diff_report
        from etl.load.diff import diff as compare

        difference = compare(old, new, limit=limit, output=output)
        if as_json:
            terminal.write_text(diff_report.to_json(difference))
        else:
            for section in diff_report.describe_difference(difference):
                summaries.show_section(section)
            told = "hold the same." if difference.same else "differ; --output writes every row."
            terminal.write_line(f"{old} and {new} {told}")
    raise typer.Exit(0 if difference.same else 1)


@commands.command(epilog="Example:  etl describe metrics --example pandas")
def describe(
    table: Annotated[
        str | None, typer.Argument(help="A table or view; all of them without.")
    ] = None,
    *,
    example: Annotated[
        Example | None, typer.Option(help="Print code that reads the table instead.")
    ] = None,
    release: Release = DATASETS,
    debug: Debug = False,
) -> None:
    """Show what tables, columns and codes mean, or code that reads a table."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import describe as dictionary
        from etl.load import remote

        if example:
            place = remote.find_release(release)
            terminal.write_text(dictionary.example(table or "metrics", example, place) + "\n")
        elif table:
            summaries.show_table(dictionary.describe_table(table))
        else:
            tables = [*dictionary.list_tables(), *dictionary.list_views()]
            rows = [(t.name, t.title, t.en) for t in tables]
            terminal.write_table(("table or view", "名称", "meaning"), rows)


@commands.command(
    epilog="Example:  etl query 'SELECT title, metric_count FROM articles' --format csv"
)
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One query that reads.")],
    *,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to give the answer.")] = "table",
    output: Answer = None,
    release: Release = DATASETS,
    debug: Debug = False,
) -> None:
    """Ask the published database: read-only SQL."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import connection, remote
        from etl.load.query import query as ask
        from etl.load.query import write_query

        with remote.fetch(release, [connection.FILE_NAME]) as folder:
            if output:
                write_query(folder, sql, form, output)
            else:
                for line in ask(folder, sql, form):
                    terminal.write_text(line)
