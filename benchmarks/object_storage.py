"""Sources and release in object storage beside files: seconds, and whether the bytes are the same.

    python benchmarks/object_storage.py [--documents 1000]

The storage is moto's S3 server on loopback: one process of Python, far slower than a real one, so
that the ratio is an upper bound. One run loses its server in the middle of the upload.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from documents import lay_out
from runs import digest, read_options

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from object_server import Bucket, Cut, ObjectServer

if TYPE_CHECKING:
    from collections.abc import Mapping


def main() -> None:
    """Print the figures."""
    count = read_options(__doc__, documents=1000).documents
    server = ObjectServer()
    try:
        with lay_out(count) as place:
            _compare(place, Bucket(server), count)
    finally:
        server.close()


def _compare(place: Path, bucket: Bucket, count: int) -> None:
    files = [path for path in (place / "in").rglob("*") if path.is_file()]
    bucket.put({path.relative_to(place).as_posix(): path.read_bytes() for path in files})
    local = _run(place / "in", place / "out", bucket.environment)
    there = _run(f"{bucket.url}/in", f"{bucket.url}/out", bucket.environment)
    print(f"{count:,} documents; the time with files is 1\n")
    print("| run | seconds | ratio | bytes |\n|---|---:|---:|---|")
    print(f"| files | {local:.1f} | 1.00 | |")
    same = "the same" if _digest_there(bucket) == digest(place / "out") else "DIFFERENT"
    print(f"| objects | {there:.1f} | {there / local:.2f} | {same} |")
    before = bucket.read()
    _lose_server(place, bucket)
    after = bucket.read()
    holds = all(after.get(key) == data for key, data in before.items())
    print(f"\nServer lost in the middle: the old release {'stands' if holds else 'IS DAMAGED'}.")


def _run(source: Path | str, output: Path | str, environment: Mapping[str, str]) -> float:
    start = time.monotonic()
    command = [sys.executable, "-m", "etl", "run", str(source), "--output", str(output)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.monotonic() - start


def _lose_server(place: Path, bucket: Bucket) -> None:
    cut = Cut(bucket.server, last=20)
    command = [sys.executable, "-m", "etl", "run", str(Path(__file__).parent.parent / "seeds")]
    lost = subprocess.run(
        [*command, "--output", f"{bucket.url}/out", "--force"],
        cwd=place,
        env=cut.environment,
        check=False,
        capture_output=True,
        text=True,
    )
    cut.close()
    print(f"\n{lost.stderr.splitlines()[-1]} (exit code {lost.returncode})")


def _digest_there(bucket: Bucket) -> dict[str, str]:
    latest = json.loads(bucket.read("out/latest.json")["out/latest.json"])
    release = f"out/{latest['release']}/"
    objects = bucket.read(f"{release}parquet/")
    return {
        key.removeprefix(release): hashlib.sha256(data).hexdigest() for key, data in objects.items()
    }


if __name__ == "__main__":
    main()
