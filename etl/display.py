"""How progress is shown, on stderr: a bar on a terminal, a line now and then elsewhere, or JSON."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from etl.progress import Death, Progress
from etl.terminal import make_safe, write_error, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from etl.progress import Report

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def show_progress(*, as_json: bool = False) -> Iterator[Report]:
    """A function to tell every event to."""
    if as_json:
        yield _Teller(write_json).tell
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Teller(lambda facts: write_error(_to_line(facts))).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(*columns, TextColumn("{task.fields[words]}"), console=console, transient=True) as bar:
        task = bar.add_task("", words="")

        def show(facts: dict[str, Any]) -> None:
            if facts["event"] == "progress":
                bar.update(
                    task,
                    description=facts["stage"],
                    completed=facts["done"],
                    total=facts["total"],
                    words=_to_words(facts),
                )
            else:
                bar.console.print(_to_line(facts), markup=False, highlight=False)

        yield _Teller(show, seconds_between=0.0).tell


@dataclass(slots=True)
class _Teller:
    """Tells the facts of some events: deaths, the begin of a stage, now and then its progress."""

    write: Callable[[dict[str, Any]], None]
    seconds_between: float = _SECONDS_BETWEEN_LINES
    _stage: str = field(default="", init=False)
    _started: float = field(default=0.0, init=False)
    _told: float = field(default=0.0, init=False)

    def tell(self, event: Progress | Death) -> None:
        now = time.monotonic()
        if isinstance(event, Death):
            self.write({"event": "worker_died", **asdict(event)})
            return
        is_new = event.stage != self._stage
        if is_new:
            self._stage, self._started = event.stage, now
        is_end = event.done == event.total and event.unit != "steps"
        if is_new or is_end or now - self._told >= self.seconds_between:
            self._told = now
            self.write(_measure(event, now - self._started))


def _measure(progress: Progress, seconds: float) -> dict[str, Any]:
    """All that can be said `seconds` after a stage began; None for what cannot be known yet."""
    done, total = progress.done, progress.total
    return {
        "event": "progress",
        **asdict(progress),
        "share": round(done / total, 4) if total else 1.0,
        "documents_per_second": round(progress.documents / seconds, 1) if seconds else None,
        "seconds": round(seconds, 1),
        "seconds_left": round(seconds * (total - done) / done, 1) if done else None,
    }


def _to_line(facts: dict[str, Any]) -> str:
    if facts["event"] == "progress":
        return f"{facts['stage']}: {', '.join(filter(None, (_to_share(facts), _to_words(facts))))}"
    files = f"{facts['count']} files, {facts['first']} to {facts['last']}"
    return make_safe(f"A worker died of {files}: {facts['how']}.")


def _to_share(facts: dict[str, Any]) -> str:
    if facts["unit"] == "steps":
        return f"{facts['done']} of {facts['total']}"
    return f"{facts['share']:.0%}"


def _to_words(facts: dict[str, Any]) -> str:
    if not facts["documents"]:
        return ""
    words = [f"{facts['documents']:,} documents", f"{facts['rejected']:,} rejected"]
    if facts["documents_per_second"]:
        words.insert(1, f"{facts['documents_per_second']:,.0f}/s")
    if facts["seconds_left"]:
        words.append(f"{_to_clock(facts['seconds_left'])} left")
    return ", ".join(words)


def _to_clock(seconds: float) -> str:
    """Minutes and seconds, and hours if there are any.

    >>> _to_clock(7), _to_clock(4000)
    ('0:07', '1:06:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
