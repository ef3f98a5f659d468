"""ZIP and tar archives: the bytes of their members, nothing written anywhere."""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from etl.extract.limits import (
    FREE_BYTES,
    MOST_BYTES,
    MOST_EXPANSION,
    MOST_MEMBERS,
    Budget,
    ExpansionError,
)
from etl.extract.names import to_member_name, to_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1


class Member(NamedTuple):
    """A file in an archive: its bytes, or why they were not read."""

    name: str
    data: bytes = b""
    reason: str = ""
    detail: str = ""


def read_zip(stream: BinaryIO, size: int) -> Iterator[Member]:
    """The members of a ZIP archive of `size` bytes; folders and hidden files are left out."""
    budget = Budget(size)
    with zipfile.ZipFile(stream) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        for info in infos[:MOST_MEMBERS]:
            name = to_member_name(info.filename, is_utf8=bool(info.flag_bits & _UTF8_NAME))
            if not _is_hidden(name):
                yield _refuse_zipped(info, name) or _read_zipped(archive, info, name, budget)
    if len(infos) > MOST_MEMBERS:
        yield _rest_of(len(infos))


def read_tar(stream: BinaryIO, _size: int) -> Iterator[Member]:
    """The members of a tar archive, in one pass; folders and hidden files are left out."""
    count = 0
    with tarfile.TarFile(fileobj=stream) as archive:
        while info := archive.next():
            archive.members = []  # type: ignore[attr-defined]  # or it remembers every header
            name = to_name(info.name)
            if info.isdir() or _is_hidden(name):
                continue
            count += 1
            if count > MOST_MEMBERS:
                yield _rest_of(count)
                return
            yield _refuse_tarred(info, name) or _read_tarred(archive, info, name)


def _refuse_zipped(info: zipfile.ZipInfo, name: str) -> Member | None:
    mode = info.external_attr >> 16
    if _is_outside(name):
        return Member(name, b"", "unsafe_path", "points outside the archive")
    if stat.S_ISLNK(mode):
        return Member(name, b"", "link", "a symbolic link is not followed")
    if info.flag_bits & _ENCRYPTED:
        return Member(name, b"", "encrypted", "needs a password")
    if info.file_size > max(FREE_BYTES, MOST_EXPANSION * info.compress_size):
        detail = f"{info.compress_size:,} bytes claim to be {info.file_size:,}"
        return Member(name, b"", "expands_too_far", detail)
    return _refuse_large(info.file_size, name)


def _read_zipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget
) -> Member:
    try:
        budget.spend(info.file_size)
        return Member(name, archive.read(info))
    except ExpansionError as error:
        return Member(name, b"", "expands_too_far", f"the archive {error}")
    except (OSError, EOFError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile) as error:
        return Member(name, b"", "damaged", str(error))


def _refuse_tarred(info: tarfile.TarInfo, name: str) -> Member | None:
    if _is_outside(name):
        return Member(name, b"", "unsafe_path", "points outside the archive")
    if info.issym() or info.islnk():
        return Member(name, b"", "link", "a link is not followed")
    if not info.isreg():
        return Member(name, b"", "special_file", "a device or pipe")
    return _refuse_large(info.size, name)


def _read_tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member:
    content = archive.extractfile(info)
    return Member(name, content.read() if content else b"")


def _refuse_large(size: int, name: str) -> Member | None:
    if size <= MOST_BYTES:
        return None
    return Member(name, b"", "too_large", f"{size:,} bytes, more than {MOST_BYTES:,}")


def _rest_of(count: int) -> Member:
    return Member("", b"", "too_many_members", f"{count:,} files, more than {MOST_MEMBERS:,}")


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":")
