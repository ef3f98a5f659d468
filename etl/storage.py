"""Object storage: what stands at `s3://`, `gs://`, `az://` and every other URL that fsspec knows.

fsspec finds the services' own libraries: `jingjinji-etl[cloud]` brings s3fs for `s3://`, `gs://`
needs gcsfs, `az://` adlfs. They look for credentials where the services' own tools do, in the
environment and in their files; no message of ours shows any.
"""

from __future__ import annotations

import errno
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from etl.errors import EtlError, StorageError, UsageError

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fsspec import AbstractFileSystem

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SECRETS = re.compile(r"(?<=://)[^/@\s]*@|(?<=http)(s?://[^\s?#'\"]*)[?#][^\s'\"]*")
_MAGIC = re.compile(r"[*?\[]")
_AT_ONCE = 16
_LONGEST_REASON = 200


class Stored(NamedTuple):
    """An object: its URL, the folder that was listed, its name below that, and its bytes.

    `tag` changes with its content; None where the service gives none.
    """

    url: str
    root: str
    name: str
    size: int
    tag: str | None


def is_url(text: object) -> TypeGuard[str]:
    r"""Whether `text` names an object rather than a file.

    >>> is_url("s3://news/2021"), is_url("news/2021"), is_url(r"C:\news"), is_url(None)
    (True, False, False, False)
    """
    return isinstance(text, str) and bool(_URL.match(text))


def join(folder: str, name: str) -> str:
    """The URL of `name` below `folder`.

    >>> join("s3://news/", "2021/a.md")
    's3://news/2021/a.md'
    """
    return f"{folder.rstrip('/')}/{name}"


def to_safe(text: str) -> str:
    """URLs as they may be shown: without password, token and signature.

    >>> to_safe("ftp://me:secret@example.org/a.md"), to_safe("https://example.org/a.md?sig=secret")
    ('ftp://example.org/a.md', 'https://example.org/a.md')
    """
    return _SECRETS.sub(lambda match: match[1] or "", text)


def find_objects(url: str) -> list[Stored]:
    """The object at `url`, or those below it, or those it matches as a pattern; sorted by name.

    Hidden ones are left out, and keys that end in a slash, which stand for folders. Empty if
    there is none.

    Raises:
        UsageError: no library for such a URL is installed.
        StorageError: the service cannot be reached, or refuses.
    """
    try:
        with _speak_plainly(url):
            fs, path = _connect(url)
            fs.invalidate_cache()
            return sorted(set(_find(fs, url, path)), key=lambda stored: stored.name)
    except FileNotFoundError:
        return []


def read_object(url: str) -> bytes:
    """What stands at `url`.

    Raises:
        FileNotFoundError: nothing does.
        StorageError: the service cannot be reached, or refuses.
    """
    with _speak_plainly(url):
        fs, path = _connect(url)
        data: bytes = fs.cat_file(path)
        return data


def read_objects(urls: Sequence[str]) -> list[bytes | None]:
    """What stands at each of `urls`, read side by side; None where nothing does.

    Raises:
        StorageError: the service cannot be reached, or refuses.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_read_if_there, urls))


def fetch_object(url: str, file: Path | str) -> None:
    """Copy what stands at `url` to a file.

    Raises:
        FileNotFoundError: nothing does.
        StorageError: the service cannot be reached, or refuses.
    """
    with _speak_plainly(url):
        fs, path = _connect(url)
        fs.get_file(path, str(file))


def check_bucket(url: str) -> None:
    """Make sure that there is a bucket to write `url` in.

    Raises:
        UsageError: there is none.
        StorageError: the service cannot be reached, or refuses.
    """
    try:
        with _speak_plainly(url):
            fs, path = _connect(url)
            if hasattr(fs, "split_path"):
                fs.info(fs.split_path(path)[0])
    except FileNotFoundError as error:
        raise UsageError(f"{to_safe(url)} cannot be written: there is no such bucket.") from error


def upload_file(file: Path, url: str) -> None:
    """Copy a file to `url`.

    Raises:
        StorageError: the service cannot be reached, or refuses.
    """
    with _speak_plainly(url, missing="there is no such bucket"):
        fs, path = _connect(url)
        _make_folder(fs, path)
        fs.put_file(str(file), path)


def write_object(url: str, data: bytes) -> None:
    """Let `data` stand at `url`, in one piece where the service is an object store.

    Raises:
        StorageError: the service cannot be reached, or refuses.
    """
    with _speak_plainly(url, missing="there is no such bucket"):
        fs, path = _connect(url)
        _make_folder(fs, path)
        fs.pipe_file(path, data)


def remove_object(url: str) -> None:
    """Remove what stands at `url`, if anything does.

    Raises:
        StorageError: the service cannot be reached, or refuses.
    """
    with suppress(FileNotFoundError), _speak_plainly(url):
        fs, path = _connect(url)
        fs.rm_file(path)


def abort_uploads(url: str) -> None:
    """Drop what uploads in several pieces that were cut off left below `url`.

    Only S3 keeps such pieces, out of sight and at a price; the others forget them in time.

    Raises:
        StorageError: the service cannot be reached, or refuses.
    """
    with _speak_plainly(url, missing="there is no such bucket"):
        fs, path = _connect(url)
        if not hasattr(fs, "list_multipart_uploads"):
            return
        bucket, key, _ = fs.split_path(path)
        for upload in fs.list_multipart_uploads(bucket):
            if upload["Key"].startswith(f"{key}/"):
                named = {"Key": upload["Key"], "UploadId": upload["UploadId"]}
                fs.call_s3("abort_multipart_upload", Bucket=bucket, **named)


def _connect(url: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  an extra, which few need

        fs, path = url_to_fs(url)
    except ImportError as error:
        raise UsageError(
            f"{url.partition(':')[0]}:// needs a library that is not installed: "
            "pip install 'jingjinji-etl[cloud]' for s3://, and gcsfs for gs://, adlfs for az://."
        ) from error
    except ValueError as error:
        raise UsageError(f"{url.partition(':')[0]}:// is no address of a known kind.") from error
    if loop := getattr(fs, "loop", None):
        loop.set_exception_handler(_leave_to_caller)
    return fs, path


def _leave_to_caller(_loop: AbstractEventLoop, _context: dict[str, Any]) -> None:
    """Print nothing of a task that a cut connection left behind: the call itself has failed."""


def _find(fs: AbstractFileSystem, url: str, path: str) -> Iterator[Stored]:
    """As with files: a folder rather than an object, and what is there rather than a pattern."""
    below = list(_list(fs, path, url, path))
    info = None if below else _read_info(fs, path)
    if info and info["type"] == "file":
        folder, _, name = to_safe(url).rpartition("/")
        yield _to_stored(url, folder, name, info)
    elif info or below or not _MAGIC.search(url):
        yield from below
    else:
        root = _MAGIC.split(url, maxsplit=1)[0].rpartition("/")[0]
        for match in fs.glob(path):
            yield from _list(fs, match, root, fs._strip_protocol(root))  # noqa: SLF001  how else


def _read_info(fs: AbstractFileSystem, path: str) -> dict[str, Any] | None:
    try:
        info: dict[str, Any] = fs.info(path)
    except FileNotFoundError:
        return None
    return info


def _list(fs: AbstractFileSystem, path: str, root: str, root_path: str) -> Iterator[Stored]:
    """What is at or below `path`, named below `root`."""
    start = root_path.rstrip("/") + "/"
    for key, info in fs.find(path, detail=True).items():
        name = key.removeprefix(start)
        hidden = any(part.startswith(".") for part in name.split("/"))
        if name != root_path and not key.endswith("/") and not hidden:
            yield _to_stored(join(root, name), to_safe(root), name, info)


def _to_stored(url: str, root: str, name: str, info: dict[str, Any]) -> Stored:
    """S3 calls the tag of an entity ETag, the others etag, and a folder on a disk has none."""
    return Stored(url, root, name, info.get("size") or 0, info.get("ETag") or info.get("etag"))


def _read_if_there(url: str) -> bytes | None:
    try:
        return read_object(url)
    except FileNotFoundError:
        return None


def _make_folder(fs: AbstractFileSystem, path: str) -> None:
    """Where folders have to be made; a store that has buckets has no folders."""
    if not hasattr(fs, "split_path"):
        fs.makedirs(path.rpartition("/")[0], exist_ok=True)


@contextmanager
def _speak_plainly(url: str, missing: str = "") -> Iterator[None]:
    """Whatever a service's library raises as one sentence about `url`."""
    try:
        yield
    except EtlError:
        raise
    except FileNotFoundError as error:
        if missing:
            raise StorageError(f"{to_safe(url)} cannot be written: {missing}.") from error
        message = os.strerror(errno.ENOENT)
        raise FileNotFoundError(errno.ENOENT, message, to_safe(url)) from error
    except Exception as error:
        raise StorageError(f"{to_safe(url)} cannot be used: {_find_reason(error)}.") from error


def _find_reason(error: Exception) -> str:
    lines = to_safe(str(error)).strip().splitlines() or [type(error).__name__]
    return lines[0][:_LONGEST_REASON].rstrip(".:")
