"""How a document is refused: nothing that was found is lost without a reason."""

from __future__ import annotations

import hashlib

from etl.records import Reject


def refuse(
    path: str, reason: str, detail: str, data: bytes = b"", encoding: str | None = None
) -> Reject:
    """The reject of what lies at `path`; `data` is as much of it as was read.

    >>> refuse("a.pdf", "binary", "a PDF").reason
    'binary'
    """
    digest = hashlib.sha256(data).hexdigest()
    return Reject(path, digest, len(data), encoding, reason, detail)
