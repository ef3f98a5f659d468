"""How the commands speak: results on stdout, progress and errors on stderr, texts made safe."""

from __future__ import annotations

import signal
import sys
import time
import traceback
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from etl.errors import EtlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_QUIET_SECONDS = 2.0


def make_safe(text: str) -> str:
    r"""`text` without the power to command a terminal: control and format characters written out.

    >>> make_safe("新闻\x1b[31m\u202e\n")
    '新闻\\x1b[31m\\u202e\\n'
    >>> make_safe("京津冀")
    '京津冀'
    """
    if text.isprintable():
        return text
    return "".join(map(_write_out, text))


def _write_out(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return char.encode("unicode_escape").decode()
    return char


def write_text(text: str) -> None:
    """Text as it is for a file or a pipe, made safe line by line for a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(map(make_safe, text.split("\n")))
    sys.stdout.write(text)


def write_line(text: str, style: str = "") -> None:
    """One line on stdout, in `style` on a terminal; never folded."""
    _console().print(Text(make_safe(text), style), soft_wrap=True)


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, cut: bool = False
) -> None:
    """Rows under their columns' names, numbers to the right, on stdout.

    What is too wide is folded, or `cut` to one line a row.
    """
    table = Table(box=None, header_style="bold", pad_edge=False)
    rows = list(rows)
    for number, name in enumerate(columns):
        numeric = all(isinstance(row[number], int | float) for row in rows)
        table.add_column(make_safe(name), justify="right" if numeric else "left")
    for row in rows:
        texts = (make_safe(_to_cell(value)) for value in row)
        table.add_row(*(Text(t, no_wrap=cut, overflow="ellipsis" if cut else None) for t in texts))
    _console().print(table)


def _to_cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def find_width() -> int:
    """Cells in a line."""
    return _console().width


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False)


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell the progress to: a bar on a terminal, plain lines elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _tell_in_lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")
        yield lambda stage, done, total: bar.update(
            task, description=stage, completed=done, total=total
        )


def _tell_in_lines() -> Callable[[str, int, int], None]:
    told: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done and (done == total or now - told.get(stage, 0.0) > _QUIET_SECONDS):
            told[stage] = now
            _write_error(f"{stage}: {done} of {total}")

    return tell


class Interrupted(KeyboardInterrupt):
    """A signal asked to end, its number the argument.

    A plain KeyboardInterrupt that has passed through certain libraries makes Python end by the
    signal itself, whatever exit code it is given.
    """


def heed_signals() -> None:
    """Let Ctrl-C and a request to terminate end the command alike, tidied up and with a word."""

    def interrupt(number: int, _frame: object) -> None:
        raise Interrupted(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)


@contextmanager
def speak_plainly(*, debug: bool) -> Iterator[None]:
    """Errors end the command with one sentence on stderr and an exit code; `debug` adds where."""
    try:
        yield
    except BrokenPipeError:
        raise
    except KeyboardInterrupt as error:
        number = next(iter(error.args), signal.SIGINT)
        _end("Interrupted: what was published before still stands.", 128 + number, debug=debug)
    except EtlError as error:
        _end(str(error), error.exit_code, debug=debug)
    except OSError as error:
        _end(f"{error.filename or 'A file'}: {error.strerror or error}.", 1, debug=debug)
    except Exception as error:  # noqa: BLE001  the last resort
        name = type(error).__name__
        _end(f"A fault of etl itself ({name}: {error}); --debug shows where.", 1, debug=debug)


def _end(sentence: str, exit_code: int, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    _write_error(f"Error: {make_safe(sentence)}")
    raise SystemExit(exit_code)


def _write_error(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
