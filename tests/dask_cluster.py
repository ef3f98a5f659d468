"""A Dask cluster on loopback for the tests, each part of it a process of its own."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress

START = "import sys\n{}\nfrom distributed.cli.dask_{} import main\nmain()"
QUIET = ("--host", "127.0.0.1", "--no-dashboard")


class Cluster:
    """A scheduler and workers in processes of their own, which talk over loopback."""

    def __init__(self, held, folder, protocol="tcp", **environment):
        self.held, self.folder, self.workers = held, folder, []
        self.environment = os.environ | environment
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "pass", "--protocol", protocol, "--port", "0", "--scheduler-file", file
        )
        while not (file.exists() and file.stat().st_size):
            time.sleep(0.05)
        self.address = json.loads(file.read_bytes())["address"]

    def add_worker(self, before="pass"):
        """One more, which does something `before` it begins."""
        alone = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0")
        self.workers.append(self._start("worker", before, self.address, *alone))

    def _start(self, kind, before, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", START.format(before, kind), *arguments, *QUIET],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self.held.callback(process.wait)
        self.held.callback(process.kill)
        return process


def await_part(folder):
    """Wait until the rows of some batch have been written below `folder`."""
    while True:
        with suppress(FileNotFoundError):  # a folder that has just been renamed
            if next(folder.rglob("*.parquet"), None):
                return
        time.sleep(0.01)
