"""What is known of each file: its digest, and the part that holds its rows; kept in SQLite.

A run lists what it found, asks which files are open, because they are new or look changed, and
registers the parts that are made of them. What the cache knew and the run did not find is not
live: it stays until a run has published without it.
"""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from etl.cache.parts import Manifest
    from etl.extract.listing import Found

_SCHEMA = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT, stamp TEXT, owner TEXT, part TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_part ON files (part);
CREATE INDEX IF NOT EXISTS files_owner ON files (owner);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT);
DROP TABLE IF EXISTS listed;
DROP TABLE IF EXISTS whole;
CREATE TABLE listed (
    path TEXT PRIMARY KEY, found BLOB, size INTEGER, stamp TEXT, owner TEXT, is_open INTEGER
) WITHOUT ROWID;
CREATE TABLE whole (path TEXT PRIMARY KEY);
CREATE VIEW IF NOT EXISTS live AS
    SELECT f.path, f.digest, f.part FROM files f
    WHERE f.part IS NOT NULL
        AND (f.path IN (SELECT path FROM listed) OR f.owner IN (SELECT path FROM whole));
"""
_PAGE = 500

UNTRUSTED = "worker_died"
"""The digest of a document that was given up: whoever reads its container again tries again."""


class Ledger:
    """The files of one corpus, and where their rows are."""

    def __init__(self, file: Path | None = None) -> None:
        """Open the ledger, or a new one; without a file, one on disk that is gone when closed.

        Raises:
            sqlite3.DatabaseError: the file is damaged.
        """
        self._db = sqlite3.connect(file or "", isolation_level=None)
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Nothing more is asked."""
        self._db.close()

    def list_files(self, founds: Iterable[Found], *, check_content: bool) -> None:
        """Note what this run found.

        Files that bear the stamp they had are taken to be unchanged, unless `check_content`.
        """
        with self._at_once():
            self._db.executemany(
                "INSERT INTO listed VALUES (?, ?, ?, ?, NULL, 1)",
                ((f.path, pickle.dumps(f), f.size or 0, f.stamp) for f in founds),
            )
            if not check_content:
                self._db.execute("""
                    INSERT INTO whole SELECT path FROM listed l JOIN files f USING (path)
                    WHERE f.part IS NULL AND f.stamp = l.stamp""")
                self._db.execute("""
                    UPDATE listed SET is_open = 0 WHERE stamp =
                        (SELECT stamp FROM files f WHERE f.path = listed.path)""")

    def measure_open(self) -> tuple[int, int]:
        """How many files are open, and their bytes."""
        query = "SELECT count(*), coalesce(sum(size), 0) FROM listed WHERE is_open"
        number, size = self._one(query)
        return number, size

    def find_open(self) -> Iterator[tuple[Found, str | None]]:
        """The open files in order of their paths, and the digests they had, if any.

        Others may be registered meanwhile.
        """
        last = ""
        while rows := self._all(
            """SELECT l.path, l.found, CASE WHEN f.part IS NOT NULL THEN f.digest END
               FROM listed l LEFT JOIN files f USING (path)
               WHERE l.is_open AND l.owner IS NULL AND l.path > ? ORDER BY l.path LIMIT ?""",
            last,
            _PAGE,
        ):
            last = rows[-1][0]
            for _, found, known in rows:
                yield pickle.loads(found), known  # noqa: S301  written by this very run

    def list_member(self, path: str, digest: str, owner: str) -> bool:
        """Note a document that the container `owner` holds; whether its rows are known."""
        query = "SELECT max(digest) FROM files WHERE path = ? AND part IS NOT NULL"
        known: bool = self._one(query, path)[0] == digest
        self._db.execute(
            "INSERT OR REPLACE INTO listed VALUES (?, NULL, 0, NULL, ?, ?)",
            (path, owner, not known),
        )
        return known

    def close_container(self, path: str) -> None:
        """All members of a container have been listed."""
        self._db.execute("UPDATE listed SET is_open = 0 WHERE path = ?", (path,))

    def register(self, part: str, manifest: Manifest) -> None:
        """Note that `part` holds the rows of the files of its manifest."""
        with self._at_once():
            self._db.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                [(f.path, f.digest, f.stamp, f.owner, part) for f in manifest.files],
            )
            self._db.executemany(
                "UPDATE listed SET is_open = 0 WHERE path = ?", [(f.path,) for f in manifest.files]
            )

    def confirm(self, paths: Iterable[str]) -> None:
        """Note that files have the content they had, whatever their stamps say."""
        with self._at_once():
            self._db.executemany(
                """UPDATE files SET stamp = (SELECT stamp FROM listed WHERE path = files.path)
                   WHERE path = ?""",
                [(path,) for path in paths],
            )
            self._db.executemany(
                "UPDATE listed SET is_open = 0 WHERE path = ?", [(path,) for path in paths]
            )

    def find_parts(self) -> list[tuple[str, int]]:
        """The parts that hold rows of live files, and of how many."""
        return self._all("SELECT part, count(*) FROM live GROUP BY part ORDER BY part")

    def find_live(self, part: str) -> set[str]:
        """The live files whose rows are in `part`."""
        return {path for (path,) in self._all("SELECT path FROM live WHERE part = ?", part)}

    def forget(self, paths: Iterable[str]) -> None:
        """Open files again, for their rows to be made anew; for a member, its container."""
        with self._at_once():
            for path in paths:
                (owner,) = self._one("SELECT max(owner) FROM files WHERE path = ?", path)
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
                opened = owner or path
                self._db.execute("DELETE FROM whole WHERE path = ?", (opened,))
                self._db.execute("UPDATE listed SET is_open = 1 WHERE path = ?", (opened,))

    def digest(self) -> str:
        """Of all live files: their paths and contents."""
        digest = sha256()
        for path, content in self._db.execute("SELECT path, digest FROM live ORDER BY path"):
            digest.update(f"{content} {path}\n".encode())
        return digest.hexdigest()

    def commit(self, notes: dict[str, str]) -> set[str]:
        """Drop what is not live, keep `notes`, and say which parts are left."""
        with self._at_once():
            self._db.execute("""
                DELETE FROM files WHERE part IS NULL AND path NOT IN (SELECT path FROM whole)
                    OR part IS NOT NULL AND path NOT IN (SELECT path FROM live)""")
            self._db.execute(
                """
                INSERT OR REPLACE INTO files
                SELECT path, '', stamp, NULL, NULL FROM listed l
                WHERE path IN (SELECT owner FROM listed) AND NOT EXISTS (
                    SELECT * FROM files f WHERE f.owner = l.path AND f.digest = ?)""",
                (UNTRUSTED,),
            )
            self._db.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", notes.items())
            return {part for (part,) in self._all("SELECT DISTINCT part FROM files")}

    def clear(self) -> None:
        """Forget everything."""
        self._db.executescript("DELETE FROM files; DELETE FROM notes;")

    def count_files(self) -> int:
        """The files, and members of containers, whose rows are known."""
        number: int = self._one("SELECT count(*) FROM files WHERE part IS NOT NULL")[0]
        return number

    def read_note(self, name: str) -> str | None:
        """What a run before has kept."""
        note: str | None = self._one("SELECT max(value) FROM notes WHERE name = ?", name)[0]
        return note

    def _all(self, query: str, *values: object) -> list[Any]:
        return self._db.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.execute(query, values).fetchone()
        return row

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """All of it or, if the run is interrupted, nothing."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
