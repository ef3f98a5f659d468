"""Publish a folder and die, again and again, each time a few calls of C functions later.

`python crash.py FOLDER STEPS`: a process of its own, because it forks. Prints one line for each
death: what a reader finds right after it, what after the next run has begun, what is left when
that run is over.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from etl.load import checksums, staging, swap

STRIDE = 5
NAMES = ("README.md", "one.txt", "two.txt")


class StopError(Exception):
    """The run does not get far."""


def put(target, text):
    with staging.stage(target) as stage:
        for name in NAMES:
            (stage.release / name).write_text(text)
        checksums.write_checksums(stage.release)


def look(target):
    """The text of all files; `mixed` if they differ, `nothing` if there is no folder."""
    if not target.exists():
        return "nothing"
    texts = {(target / name).read_text() for name in NAMES}
    return texts.pop() if len(texts) == 1 else "mixed"


def die_at(number):
    """End this process, as `kill -9` would, at so many calls of C functions from now."""
    calls = 0

    def count(_frame, event, _function):
        nonlocal calls
        calls += event == "c_call"
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def publish_and_die(target, number):
    """Whether it died before it was done."""
    child = os.fork()
    if not child:
        die_at(number)
        put(target, "new")
        sys.setprofile(None)
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def begin_and_stop(target):
    with suppress(StopError), staging.stage(target):
        raise StopError


def main(folder, steps):
    if steps == "two":
        swap._exchange = lambda *_: False  # noqa: SLF001  a system that cannot
    target = folder / "release"
    put(target, "old")
    number = 1
    while publish_and_die(target, number):
        found = look(target)
        begin_and_stop(target)
        left = ",".join(path.name for path in folder.iterdir())
        print(found, look(target), left)  # noqa: T201  for the test to read
        put(target, "old")
        number += STRIDE


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
