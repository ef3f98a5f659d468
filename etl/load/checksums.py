"""SHA256SUMS: the list of a release's files, in the format `sha256sum --check` reads."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

from etl.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """List every file below `folder`, sorted by path."""
    lines = (f"{digest_file(folder / name)}  {name}\n" for name in sorted(list_files(folder)))
    (folder / FILE_NAME).write_text("".join(lines), "utf-8", newline="\n")


def read_checksums(folder: Path) -> dict[str, str]:
    """Path → digest as the release states them.

    Raises:
        ReleaseError: the list is missing or no list.
    """
    try:
        lines = (folder / FILE_NAME).read_text("utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except OSError as error:
        raise ReleaseError(f"{folder} is no release: it has no {FILE_NAME}.") from error
    except ValueError as error:
        raise ReleaseError(f"{folder / FILE_NAME} is no list of checksums.") from error


def is_intact(folder: Path, digest: str) -> bool:
    """Whether `folder` holds the release whose list has this digest, and not a byte else."""
    try:
        if digest_file(folder / FILE_NAME) != digest:
            return False
        listed = read_checksums(folder)
        are_sound = all(digest_file(folder / name) == listed[name] for name in listed)
    except OSError:
        return False
    return are_sound and list_files(folder) == {FILE_NAME, *listed}


def digest_file(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def list_files(folder: Path) -> set[str]:
    """The files below `folder`, as paths with forward slashes."""
    return set(iterate_files(folder))


def iterate_files(folder: Path) -> Iterator[str]:
    """The same one by one, in no order, for a folder that may hold anything; a link is a file."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()
