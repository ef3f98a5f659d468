"""Batches on every kind of executor: the same results, and no process left behind."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from etl.errors import EtlError
from etl.executors import run_each


@pytest.mark.parametrize("workers", [1, 2, None])
def test_every_batch_is_done_once_whatever_the_number_of_workers(workers):
    assert sorted(run_each(abs, [-1, -2, -3], workers)) == [1, 2, 3]


def test_an_executor_of_the_callers_is_used():
    with ThreadPoolExecutor(2, thread_name_prefix="theirs") as executor:
        assert sorted(run_each(abs, [-1, -2, -3], executor)) == [1, 2, 3]


def test_more_batches_than_are_handed_out_at_a_time_are_all_done():
    with ThreadPoolExecutor(2) as executor:
        assert sum(run_each(abs, [-1] * 1000, executor)) == 1000


def test_a_single_batch_runs_in_this_process():
    assert list(run_each(lambda _: os.getpid(), ["only"], workers=8)) == [os.getpid()]


def test_a_fault_in_a_batch_is_raised_here_and_ends_the_workers():
    with pytest.raises(TypeError):
        list(run_each(abs, ["no number", "none either"], workers=2))
    assert not multiprocessing.active_children()


def test_a_reader_who_stops_early_leaves_no_process():
    results = run_each(abs, [-1, -2, -3], workers=2)
    next(results)
    results.close()
    assert not multiprocessing.active_children()


def test_a_worker_that_dies_is_told_in_a_sentence():
    with pytest.raises(EtlError, match="ended abruptly"):
        list(run_each(os._exit, [1, 1], workers=2))
