"""Whether what stands at the output is what the run would publish: then nothing is to be done."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from etl.installation import find_makers_of_release
from etl.load import checksums
from etl.load.summary import ReleaseSummary

if TYPE_CHECKING:
    from etl.cache.store import Store
    from etl.load.staging import Staging

_NOTE = "published"


def find_published(store: Store, staging: Staging, *options: object) -> ReleaseSummary | None:
    """The release at the output, if it is whole and what the rows of `store` would become.

    `options` are those that a release depends on besides its documents.
    """
    note = json.loads(store.ledger.read_note(_NOTE) or "{}")
    if note.get("key") != _find_key(store, options):
        return None
    if not checksums.is_intact(staging.output, note["sums"]):
        return None
    return ReleaseSummary(**note["summary"] | {"output": staging.output, "is_new": False})


def note_published(
    store: Store, staging: Staging, summary: ReleaseSummary, *options: object
) -> None:
    """Keep what this release was made of, for the next run to find."""
    facts = asdict(summary) | {"output": str(summary.output)}
    sums = checksums.digest_file(staging.release / checksums.FILE_NAME)
    note = {"key": _find_key(store, options), "sums": sums, "summary": facts}
    store.commit({_NOTE: json.dumps(note)})


def _find_key(store: Store, options: tuple[object, ...]) -> str:
    """What a release depends on: its documents, the code, and the date that a build may set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return f"{store.ledger.digest()} {epoch} {options} {find_makers_of_release()}"
