"""Batches on every kind of executor: the same results, and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path

import pytest

from etl import executors
from etl.errors import EtlError, WorkerDiedError
from etl.executors import run_each


def find_children():
    """The processes this one has started and that still are."""
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "pid=,stat=,args="],
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in listed.stdout.splitlines() if "serve(" in line and " Z" not in line]


@pytest.mark.parametrize("workers", [1, 2, None])
def test_every_batch_is_done_once_whatever_the_number_of_workers(workers):
    assert sorted(run_each(abs, [-1, -2, -3], workers)) == [1, 2, 3]


def test_an_executor_of_the_callers_is_used():
    with ThreadPoolExecutor(2, thread_name_prefix="theirs") as executor:
        assert sorted(run_each(abs, [-1, -2, -3], executor)) == [1, 2, 3]


def test_more_batches_than_are_handed_out_at_a_time_are_all_done():
    with ThreadPoolExecutor(2) as executor:
        assert sum(run_each(abs, [-1] * 1000, executor)) == 1000


def test_batches_are_taken_only_as_they_are_needed():
    """Else a source of any size would be held in memory."""
    taken = count(1)
    results = run_each(abs, taken, workers=2)
    assert len(list(islice(results, 100))) == 100
    results.close()
    assert next(taken) < 120


def test_a_single_batch_runs_in_this_process():
    assert list(run_each(lambda _: os.getpid(), ["only"], workers=8)) == [os.getpid()]


def test_a_process_is_started_once_and_used_again():
    pids = set(run_each(_tell_process, range(20), workers=2))
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids


def _tell_process(_):
    return os.getpid()


def test_a_fault_in_a_batch_is_raised_here_and_ends_the_workers():
    with pytest.raises(TypeError):
        list(run_each(abs, ["no number", "none either"], workers=2))
    assert not find_children()


def test_a_reader_who_stops_early_leaves_no_process():
    results = run_each(abs, [-1, -2, -3], workers=2)
    next(results)
    results.close()
    assert not find_children()


def test_a_worker_that_dies_is_told_in_a_sentence():
    with pytest.raises(WorkerDiedError, match=r"abruptly .*exit code 1.*fewer --workers"):
        list(run_each(os._exit, [1, 1], workers=2))
    assert not find_children()


def test_a_worker_that_dies_gives_back_its_batch_and_the_others_go_on():
    died = []

    def recover(batch, how):
        died.append((batch, how))
        return [batch[:1], batch[1:]] if len(batch) > 1 else []

    batches = [["a", "b"], ["c", "kill", "d"], ["e"]]
    done = sorted(run_each(_die_of_a_word, batches, workers=2, recover=recover))
    assert done == [["a", "b"], ["c"], ["d"], ["e"]]
    assert [batch for batch, _ in died] == [["c", "kill", "d"], ["kill", "d"], ["kill"]]
    assert {how for _, how in died} == {"it was killed by SIGKILL"}


def _die_of_a_word(batch):
    if "kill" in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def test_a_batch_may_be_recovered_in_more_pieces_than_are_handed_out_at_a_time():
    batches = [["kill", *"abcdefghij"], ["k"]]

    def recover(batch, _):
        return [[item] for item in batch if item != "kill"]

    done = sorted(run_each(_die_of_a_word, batches, workers=2, recover=recover))
    assert done == [[letter] for letter in "abcdefghijk"]


def test_workers_that_all_die_end_the_work(monkeypatch):
    monkeypatch.setattr(executors, "_FEW_DEATHS", 3)
    with pytest.raises(WorkerDiedError, match="SIGKILL"):
        list(run_each(_die_of_a_word, [["kill"]] * 2, 2, recover=lambda batch, _: [batch]))


def test_an_executor_of_the_callers_that_breaks_is_told_in_a_sentence():
    with ProcessPoolExecutor(1) as executor, pytest.raises(EtlError, match="abruptly"):
        list(run_each(os._exit, [1, 1], executor))


def test_workers_that_cannot_even_start_are_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "path", ["/nonexistent"])
    with pytest.raises(EtlError, match="No worker process can be started"):
        list(run_each(abs, [-1, -2], workers=2))


def test_workers_do_not_outlive_a_killed_owner():
    code = (
        "import time; from etl.executors import run_each\n"
        "next(run_each(time.sleep, [60, 60], workers=2))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as owner:
        deadline = time.monotonic() + 30
        while len(children := _list_children(owner.pid)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        owner.kill()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _list_children(pid):
    listed = subprocess.run(
        ["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False
    )
    return listed.stdout.split()
