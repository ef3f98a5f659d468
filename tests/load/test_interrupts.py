"""Queries told to end: in processes of their own, with real signals."""

import signal
import subprocess
import sys
import time
from threading import Thread

import duckdb
import pytest

from etl.load.interrupts import heed_interrupts

ENDLESS = """
from etl import terminal
from etl.load.connection import connect

terminal.heed_signals()
with terminal.speak_plainly(debug=False), connect() as con:
    terminal.write_error("asked")
    con.execute({query!r}).fetchall()
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT sum(range % 7) FROM range(1000000000000)",
        "SELECT count(*) FROM range(1000000) a JOIN range(1000000) b ON a.range % 7 = b.range % 7",
    ],
)
def test_a_query_ends_at_once_and_its_command_with_the_code_of_the_signal(query, name, code):
    command = [sys.executable, "-c", ENDLESS.format(query=query)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr.readline() == "asked\n"
            time.sleep(0.5)  # the main thread is within the query by then
            process.send_signal(signal.Signals[name])
            _, told = process.communicate(timeout=20)
        finally:
            process.kill()

    assert process.returncode == code
    assert told == "Error: Interrupted: what was published before still stands.\n"


def test_who_else_listens_for_signals_does_so_again_afterwards():
    before = signal.set_wakeup_fd(-1)
    with duckdb.connect() as con, heed_interrupts(con):
        assert con.execute("SELECT 1").fetchone() == (1,)
    assert signal.set_wakeup_fd(before) == -1


def test_a_thread_that_gets_no_signals_can_ask_as_well():
    answers = []

    def ask():
        with duckdb.connect() as con, heed_interrupts(con):
            answers.append(con.execute("SELECT 1").fetchone())

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert answers == [(1,)]


def test_another_error_of_a_query_stays_what_it_is():
    mistake = pytest.raises(RuntimeError, match=r"^none of ours$")
    with mistake, duckdb.connect() as con, heed_interrupts(con):
        raise RuntimeError("none of ours")
