"""`etl` as a user types it, in a process of its own, and what came of it.

Its environment is what it inherits, plain output of 100 columns, and `env`.
"""

import os
import subprocess
import sys


def start(*arguments, env=(), inherit=os.environ, **options):
    """Start a command; what it writes is for the caller to read."""
    return subprocess.Popen(
        _command(arguments),
        env=_environment(inherit, env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def etl(*arguments, env=(), inherit=os.environ, **options):
    """Run a command and return what came of it."""
    return subprocess.run(
        _command(arguments),
        env=_environment(inherit, env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **options,
    )


def finish(process, timeout=120):
    """What came of a command that was started."""
    out, err = process.communicate(timeout=timeout)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _command(arguments):
    return [sys.executable, "-m", "etl", *map(str, arguments)]


def _environment(inherit, env):
    return {**inherit, "NO_COLOR": "1", "COLUMNS": "100", **dict(env)}


def assert_refused(result, exit_code, *words):
    """One sentence on stderr, no traceback, the right exit code."""
    assert result.returncode == exit_code, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    (told,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    for word in words:
        assert word in told


def list_all(folder):
    """Whatever lies in a folder, at any depth."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
