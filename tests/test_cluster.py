"""Batches on a Dask cluster: the bytes of one process, whoever dies; else one clear sentence."""

import signal
import socket
import time
from contextlib import ExitStack
from importlib.util import find_spec

import commands
import pytest
from articles import write_articles
from dask_cluster import Cluster, await_part
from releases import digests

psutil = pytest.importorskip("psutil", reason="comes with Dask")
pytestmark = pytest.mark.skipif(
    not find_spec("distributed"), reason="Dask is not installed: pip install -e '.[test]'"
)


def etl(*arguments, cwd, **environment):
    return commands.start("run", *arguments, cwd=cwd, env=environment)


def assert_refused(process, exit_code, *words):
    commands.assert_refused(commands.finish(process, timeout=60), exit_code, *words)


def is_alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def start(tmp_path_factory):
    """Starts a cluster of so many workers."""
    with ExitStack() as held:

        def start_cluster(workers=0, **options):
            cluster = Cluster(held, tmp_path_factory.mktemp("cluster"), **options)
            for _ in range(workers):
                cluster.add_worker()
            return cluster

        yield start_cluster


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Documents for eight batches."""
    return write_articles(tmp_path_factory.mktemp("crowd"), range(2000))


@pytest.fixture(scope="module")
def expected(crowd, tmp_path_factory):
    """The digests of what one process makes of them."""
    from etl import pipeline  # noqa: PLC0415  loads everything

    output = tmp_path_factory.mktemp("one") / "datasets"
    pipeline.run([str(crowd)], output, workers=1)
    return digests(output)


@pytest.mark.parametrize("workers", [2, 3])
def test_separate_workers_make_the_same_bytes(workers, start, crowd, expected, tmp_path):
    cluster = start(workers)
    process = etl(crowd, "--engine", "dask", "--scheduler", cluster.address, cwd=tmp_path)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert digests(tmp_path / "datasets") == expected
    assert list(tmp_path.glob(".etl-*")) == []


@pytest.mark.parametrize("workers", [2, 3])
def test_a_worker_killed_in_the_middle_costs_nothing(workers, start, crowd, expected, tmp_path):
    cluster = start(workers)
    process = etl(crowd, "--engine", "dask", "--scheduler", cluster.address, cwd=tmp_path)
    await_part(tmp_path)
    cluster.workers[0].send_signal(signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert digests(tmp_path / "datasets") == expected


def test_a_cluster_of_this_machine_comes_and_goes(crowd, expected, tmp_path):
    (tmp_path / "tmp").mkdir()
    process = etl(crowd, "--engine", "dask", "-j", "2", cwd=tmp_path, TMPDIR=str(tmp_path / "tmp"))
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert digests(tmp_path / "datasets") == expected
    assert list((tmp_path / "tmp").iterdir()) == []


def test_ctrl_c_ends_a_cluster_of_this_machine(crowd, tmp_path):
    process = etl(crowd, "--engine", "dask", "-j", "2", cwd=tmp_path)
    await_part(tmp_path)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not (tmp_path / "datasets").exists()
    assert len(children) > 2
    for _ in range(50):  # the last of them notices that the others are gone
        time.sleep(0.1 if any(map(is_alive, children)) else 0)
    assert [child for child in children if is_alive(child)] == []


def test_a_scheduler_that_does_not_answer_is_told(crowd, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = "tcp://{}:{}".format(*closed.getsockname())
    process = etl(crowd, "--engine", "dask", "--scheduler", address, cwd=tmp_path)
    assert_refused(process, 2, f"No Dask scheduler answers at {address}")


def test_another_server_is_no_scheduler(crowd, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = "tcp://{}:{}".format(*other.getsockname())
        process = etl(crowd, "--engine", "dask", "--scheduler", address, cwd=tmp_path)
        assert_refused(process, 2, f"No Dask scheduler answers at {address}")


def test_a_scheduler_that_dies_ends_the_run(start, crowd, tmp_path):
    cluster = start(2)
    process = etl(crowd, "--engine", "dask", "--scheduler", cluster.address, cwd=tmp_path)
    await_part(tmp_path)
    cluster.scheduler.kill()
    assert_refused(process, 1, "The Dask scheduler has gone away")
    assert not (tmp_path / "datasets").exists()


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """What leads every part of Dask to a certificate of our own."""
    from distributed import Security  # noqa: PLC0415  an extra

    security, folder = Security.temporary(), tmp_path_factory.mktemp("tls")
    (folder / "ca.pem").write_text(security.tls_ca_file)
    (folder / "cert.pem").write_text(security.tls_client_cert)
    (folder / "key.pem").write_text(security.tls_client_key)
    settings = {"REQUIRE_ENCRYPTION": "true", "TLS__CA_FILE": f"{folder / 'ca.pem'}"}
    for part in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {
            f"TLS__{part}__{kind}": f"{folder / kind.lower()}.pem" for kind in ("CERT", "KEY")
        }
    return {f"DASK_DISTRIBUTED__COMM__{name}": value for name, value in settings.items()}


def test_a_cluster_that_speaks_tls_makes_the_same_bytes(start, tls, crowd, expected, tmp_path):
    cluster = start(2, protocol="tls", **tls)
    assert cluster.address.startswith("tls://")
    options = ("--engine", "dask", "--scheduler", cluster.address)
    _, err = (process := etl(crowd, *options, cwd=tmp_path, **tls)).communicate(timeout=120)
    assert process.returncode == 0, err
    assert digests(tmp_path / "datasets") == expected


def test_who_has_no_certificate_is_not_let_in(start, tls, crowd, tmp_path):
    address = start(protocol="tls", **tls).address
    process = etl(crowd, "--engine", "dask", "--scheduler", address, cwd=tmp_path)
    assert_refused(process, 2, f"No Dask scheduler answers at {address}", "TLS configuration")
    plain = address.replace("tls://", "tcp://")
    process = etl(crowd, "--engine", "dask", "--scheduler", plain, cwd=tmp_path)
    assert_refused(process, 2, f"No Dask scheduler answers at {plain}")


OTHER_VERSION = """import importlib.metadata as m
find = m.version
m.version = lambda name: "0.1" if name == "polars" else find(name)"""
NO_SOURCES = """import os
exists = os.path.lexists
os.path.lexists = lambda path: not str(path).endswith(".md") and exists(path)"""
NO_OUTPUT = """from pathlib import Path
exists = Path.exists
Path.exists = lambda path: ".etl-" not in str(path) and exists(path)"""


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("sys.modules['etl'] = None", ("lacks this package", "install it there")),
        (OTHER_VERSION, ("has polars 0.1, this machine", "install the same on both")),
        (NO_SOURCES, (".md: the sources must lie where all workers find them",)),
        (NO_OUTPUT, ("does not see", "the output must lie where all workers find it")),
    ],
    ids=["no package", "another version", "no sources", "no output"],
)
def test_a_worker_that_is_not_fit_is_told(before, words, start, crowd, tmp_path):
    cluster = start(1)
    cluster.add_worker(before)
    process = etl(crowd, "--engine", "dask", "--scheduler", cluster.address, cwd=tmp_path)
    assert_refused(process, 2, "orker", *words)
    assert not (tmp_path / "datasets").exists()


@pytest.mark.parametrize("options", [("--scheduler", "tcp://127.0.0.1:8786")])
def test_a_scheduler_needs_the_engine(options, crowd, tmp_path):
    assert_refused(etl(crowd, *options, cwd=tmp_path), 2, "--scheduler needs --engine dask")
