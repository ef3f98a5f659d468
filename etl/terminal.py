"""How the commands speak: results on stdout, progress and errors on stderr, texts made safe."""

from __future__ import annotations

import atexit
import json
import signal
import sys
import traceback
import unicodedata
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.errors import EtlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


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


class Interrupted(KeyboardInterrupt):
    """A signal asked to end.

    A plain KeyboardInterrupt that has passed through certain libraries makes Python end by the
    signal itself, whatever exit code it is given.
    """

    number = signal.SIGINT  # of the last signal, kept apart: libraries put another error in place


def heed_signals() -> None:
    """Let Ctrl-C and a request to terminate end the command alike, tidied up and with a word.

    When Python takes itself down it puts no handlers in place of these, and a command that has
    done its work would still die of a signal: from then on they are ignored.
    """
    signals = (signal.SIGINT, signal.SIGTERM)

    def interrupt(number: int, _frame: object) -> None:
        Interrupted.number = signal.Signals(number)
        raise Interrupted

    for number in signals:
        signal.signal(number, interrupt)
        atexit.register(signal.signal, number, signal.SIG_IGN)


@contextmanager
def speak_plainly(*, debug: bool, as_json: bool = False) -> Iterator[None]:
    """Errors end the command with one sentence on stderr and an exit code; `debug` adds where."""
    end = partial(_end, debug=debug, as_json=as_json)
    try:
        yield
    except BrokenPipeError:
        raise
    except KeyboardInterrupt as error:
        notes = getattr(error, "__notes__", [])
        sentences = ("Interrupted: what was published before still stands.", *notes)
        end(" ".join(sentences), 128 + Interrupted.number)
    except EtlError as error:
        end(str(error), error.exit_code)
    except OSError as error:
        end(f"{error.filename or 'A file'}: {error.strerror or error}.", 1)
    except Exception as error:  # noqa: BLE001  the last resort
        name = type(error).__name__
        end(f"A fault of etl itself ({name}: {error}); --debug shows where.", 1)


def _end(sentence: str, exit_code: int, *, debug: bool, as_json: bool) -> None:
    if debug:
        traceback.print_exc()
    if as_json:
        write_json({"event": "error", "message": sentence, "exit_code": exit_code})
    else:
        write_error(f"Error: {make_safe(sentence)}")
    raise SystemExit(exit_code)


def write_json(facts: Mapping[str, object]) -> None:
    """One JSON object in one line on stderr."""
    write_error(json.dumps(facts, ensure_ascii=False))


def write_error(line: str) -> None:
    """One line on stderr, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
