"""Queries told to end: in processes of their own, with real signals."""

import signal
import subprocess
import sys
import time

import duckdb
import pytest

from etl.load.interrupts import heed_interrupts

BEGINNING = """
import signal
from threading import Thread

import duckdb
from etl import terminal
from etl.load import interrupts
from etl.load.connection import connect

def ask(con, rows):
    con.execute("SET enable_progress_bar = false")
    terminal.write_error("asked")
    return con.execute(f"SELECT sum(range % 7) FROM range({rows})").fetchone()

"""
COMMAND = """
terminal.heed_signals()
interrupts.listen()
with terminal.speak_plainly(debug=False), connect() as con:
    ask(con, 10**13)
"""
# DuckDB itself looks for signals in the main thread alone.
THREAD = """
def ask_for_long():
    try:
        with connect() as con:
            ask(con, 10**13)
    except duckdb.InterruptException:
        terminal.write_error("ended")

signal.signal(signal.SIGTERM, lambda *_: None)
interrupts.listen()
thread = Thread(target=ask_for_long)
thread.start()
thread.join()
"""
LIBRARY = """
signal.signal(signal.SIGTERM, lambda *_: terminal.write_error("noted"))
with connect() as con:
    print(ask(con, 4 * 10**8)[0])
"""


def run_and_signal(script, name):
    """Run it, send it a signal when it has asked, and return code, answer and last word."""
    with subprocess.Popen(
        [sys.executable, "-c", BEGINNING + script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr.readline() == "asked\n"
            time.sleep(0.3)  # it is within the query by then
            process.send_signal(signal.Signals[name])
            answer, told = process.communicate(timeout=60)
        finally:
            process.kill()
    return process.returncode, answer, told


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_command_ends_with_the_code_of_the_signal(name, code):
    told = "Error: Interrupted: what was published before still stands.\n"
    assert run_and_signal(COMMAND, name) == (code, "", told)


def test_a_query_ends_that_duckdb_would_go_on_with():
    assert run_and_signal(THREAD, "SIGTERM") == (0, "", "ended\n")


def test_who_does_not_listen_gets_an_answer_and_all_signals():
    assert run_and_signal(LIBRARY, "SIGTERM") == (0, "1199999997\n", "noted\n")


def test_another_error_of_a_query_stays_what_it_is():
    mistake = pytest.raises(RuntimeError, match=r"^none of ours$")
    with mistake, duckdb.connect() as con, heed_interrupts(con):
        raise RuntimeError("none of ours")
