"""A full disk, told in one sentence: every library that writes says it in a way of its own."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from etl.errors import EtlError, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REASONS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TRIAL_BYTES = 1_000_000


@contextmanager
def tell_full_disk(folder: Path, output: Path) -> Iterator[None]:
    """Whatever fails because nothing more can be written in `folder` fails plainly.

    Raises:
        ReleaseError: `output` was not published for want of room.
    """
    try:
        yield
    except EtlError:
        raise
    except Exception as error:
        reason = _find_reason(error) or _try_to_write(folder / "trial")
        if reason is None:
            raise
        raise ReleaseError(
            f"{output} was not published: the disk is full ({reason}); what stood there before "
            "is untouched."
        ) from error


def _find_reason(error: Exception) -> str | None:
    reasons = map(os.strerror, _REASONS)
    return next((reason for reason in reasons if reason in str(error)), None)


def _try_to_write(file: Path) -> str | None:
    """Why nothing can be written, if so: not every library passes on what the system said."""
    try:
        file.write_bytes(bytes(_TRIAL_BYTES))
    except OSError as error:
        return _find_reason(error)
    finally:
        file.unlink(missing_ok=True)
    return None
