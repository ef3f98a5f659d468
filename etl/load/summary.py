"""What a run can say of the release that stands in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """What was published: rows by table, sources by status, findings by code, files and bytes.

    `rejections` count the sources that were rejected, by reason.

    `is_new` tells whether anything was written: what stood there may have been up to date.
    """

    output: Path | str
    rows: dict[str, int]
    statuses: dict[str, int]
    rejections: dict[str, int]
    findings: dict[str, int]
    skipped: dict[str, int]
    files: int
    bytes: int
    is_new: bool = True
