"""A release in object storage: a reader finds one whole release at every instant.

::

    s3://bucket/news/
      latest.json                 which release holds, and its rows; written last, in one piece
      releases/3f0c…/README.md …  a whole release as it would stand on disk; never changed

A run builds the release here, uploads it file by file under a name of its own (the first 16 digits
of the SHA-256 of its SHA256SUMS) and then lets `latest.json` point to it. The release before stays
until the next run, for those who are reading it; the next run also removes what an upload that
failed has left. One run at a time: two would remove each other's files, which both would notice.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from etl import storage
from etl.errors import ReleaseError, StorageError, UsageError
from etl.load import checksums
from etl.load.connection import FILE_NAME as DATABASE
from etl.load.loss import compare_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from fractions import Fraction

    from etl.load.release import Report
    from etl.load.summary import ReleaseSummary

LATEST = "latest.json"

_RELEASES = "releases"
_RELEASE = re.compile(rf"{_RELEASES}/[0-9a-f]{{16}}")


@dataclass(frozen=True, slots=True)
class Latest:
    """What `latest.json` says: the folder of the release, and the rows of its tables."""

    release: str
    rows: Mapping[str, int]


def publish(
    url: str,
    build: Callable[[Path], ReleaseSummary],
    *,
    max_loss: Fraction | None,
    progress: Report | None = None,
) -> ReleaseSummary:
    """Publish at `url` the release that `build` makes in a folder here.

    A release that holds the same as the one that stands there is not uploaded again.

    Raises:
        UsageError: something else stands at `url`, or there is no such bucket.
        ReleaseError: it lost more than `max_loss` of the rows that stand there.
        StorageError: the service cannot be reached, or refuses; what stood there still does.
    """
    storage.check_bucket(url)
    before = _read_latest(url)
    with TemporaryDirectory(prefix="etl-") as scratch:
        folder = Path(scratch) / "release"
        summary = build(folder)
        if before and max_loss is not None:
            compare_rows(url, before.rows, summary.rows, max_loss)
        if not before or not _holds_same(storage.join(url, before.release), folder):
            _replace(url, before, folder, summary.rows, progress)
    return replace(summary, output=url)


@contextmanager
def fetch(release: str, names: Collection[str] = ()) -> Iterator[Path]:
    """A release as a folder here: where it stands, or copied for as long as this lasts.

    Only the files `names` are copied, if any are given.

    Raises:
        ReleaseError: there is no release at this URL.
        StorageError: the service cannot be reached, or refuses.
    """
    if not storage.is_url(release):
        yield Path(release)
        return
    with TemporaryDirectory(prefix="etl-") as scratch:
        for item in storage.find_objects(find_release(release)):
            if not names or item.name in names:
                file = Path(scratch, item.name.lstrip("/"))
                file.parent.mkdir(parents=True, exist_ok=True)
                _fetch_file(item.url, file)
        yield Path(scratch)


def find_release(url: str) -> str:
    """The URL of the release that holds at `url`, or stands there itself; a folder as it is.

    Raises:
        ReleaseError: there is none.
        StorageError: the service cannot be reached, or refuses.
    """
    if not storage.is_url(url):
        return url
    latest = _read_latest(url)
    if latest:
        return storage.join(url, latest.release)
    if storage.find_objects(storage.join(url, checksums.FILE_NAME)):
        return url
    raise ReleaseError(f"There is no release at {storage.to_safe(url)}.")


def _read_latest(url: str) -> Latest | None:
    place = storage.join(url, LATEST)
    try:
        stated = json.loads(storage.read_object(place))
        latest = Latest(str(stated["release"]), {k: int(n) for k, n in stated["rows"].items()})
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError, AttributeError):
        latest = None
    if not latest or not _RELEASE.fullmatch(latest.release):
        raise UsageError(f"{storage.to_safe(place)} was not written by etl: use another address.")
    return latest


def _fetch_file(url: str, file: Path) -> None:
    try:
        storage.fetch_object(url, file)
    except FileNotFoundError as error:
        raise ReleaseError(f"{storage.to_safe(url)} has just been replaced: try again.") from error


def _holds_same(release: str, folder: Path) -> bool:
    """Whether the same stands there, whole; only the database never has the same bytes."""
    try:
        listed = storage.read_object(storage.join(release, checksums.FILE_NAME)).decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return False
    here = (folder / checksums.FILE_NAME).read_text("utf-8")
    sizes = _measure(folder)
    there = {item.name: item.size for item in storage.find_objects(release)}
    sizes[DATABASE] = there.get(DATABASE, 0)
    return there == sizes and _leave_out_database(listed) == _leave_out_database(here)


def _leave_out_database(listed: str) -> list[str]:
    return [line for line in listed.splitlines() if not line.endswith(f"  {DATABASE}")]


def _measure(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_size for name in checksums.list_files(folder)}


def _replace(
    url: str,
    before: Latest | None,
    folder: Path,
    rows: Mapping[str, int],
    progress: Report | None,
) -> None:
    digest = checksums.digest_file(folder / checksums.FILE_NAME)
    latest = Latest(f"{_RELEASES}/{digest[:16]}", rows)
    try:
        _clear(url, before)
        _upload(folder, storage.join(url, latest.release), progress)
    except StorageError as error:
        raise StorageError(
            f"Nothing was published, what stood there still does: {error}"
        ) from error
    stated = {"release": latest.release, "sha256sums": digest, "rows": dict(rows)}
    try:
        storage.write_object(
            storage.join(url, LATEST), f"{json.dumps(stated, indent=2)}\n".encode()
        )
    except StorageError as error:
        raise StorageError(
            f"Perhaps published, perhaps not; one release stands whole: {error}"
        ) from error


def _clear(url: str, before: Latest | None) -> None:
    """Remove every release but the one that holds: older ones, and halves of one."""
    root = storage.join(url, _RELEASES)
    with suppress(StorageError):  # who may write may yet not be allowed to list these
        storage.abort_uploads(root)
    for item in storage.find_objects(root):
        match = _RELEASE.match(f"{_RELEASES}/{item.name}")
        if match and not (before and match[0] == before.release):
            storage.remove_object(item.url)


def _upload(folder: Path, url: str, progress: Report | None) -> None:
    """The list of checksums last, and then a look whether all is there."""
    tell = progress or (lambda _step, _number, _of: None)
    sizes = _measure(folder)
    names = sorted(sizes, key=lambda name: (name == checksums.FILE_NAME, name))
    for number, name in enumerate(names, 1):
        storage.upload_file(folder / name, storage.join(url, name))
        tell("upload", number, len(names))
    if {item.name: item.size for item in storage.find_objects(url)} != sizes:
        raise StorageError(f"{storage.to_safe(url)} is not whole: does another run publish there?")
