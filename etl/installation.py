"""What is installed here and has a say in the result: the code, its grammar, the libraries."""

from __future__ import annotations

import platform
from hashlib import sha256
from importlib import metadata
from pathlib import Path

_ETL = Path(__file__).parent
_PACKAGES = (_ETL, _ETL.parent / "schemas")

_FOR_ROWS = ("markdown-it-py", "pandera", "polars", "pyyaml", "rjieba")
_FOR_RELEASES = ("chartkick", "duckdb", "jinja2")

# Changes here change no row.
_NO_SAY = {"cache", "load", "cli", "cluster.py", "display.py", "executors.py", "explain.py"}
_NO_SAY |= {"pipeline.py", "processes.py", "progress.py", "storage.py", "terminal.py"}


def find_makers_of_rows() -> dict[str, str]:
    """What turns documents into rows: name → version.

    >>> sorted(find_makers_of_rows())
    ['Python', 'code', 'markdown-it-py', 'pandera', 'polars', 'pyyaml', 'rjieba']
    """
    code = [file for file in _list_code() if not _NO_SAY.intersection(_name(file).parts)]
    return _find(_FOR_ROWS, code)


def find_makers_of_release() -> dict[str, str]:
    """What turns documents into a whole release: name → version."""
    return _find(_FOR_ROWS + _FOR_RELEASES, _list_code())


def read_version(library: str) -> str:
    """The version of a library that is installed, or none.

    >>> read_version("no such library")
    'none'
    """
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def _find(libraries: tuple[str, ...], code: list[Path]) -> dict[str, str]:
    versions = {library: read_version(library) for library in libraries}
    return {"Python": platform.python_version(), **versions, "code": _digest(code)}


def _list_code() -> list[Path]:
    """The files of our own packages: code, grammar, templates."""
    files = (file for package in _PACKAGES for file in package.rglob("*") if file.is_file())
    return sorted(file for file in files if file.suffix != ".pyc")


def _digest(files: list[Path]) -> str:
    digest = sha256()
    for file in files:
        digest.update(f"{_name(file).as_posix()}\n".encode())
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _name(file: Path) -> Path:
    return file.relative_to(_ETL.parent)
