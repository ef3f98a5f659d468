"""Bytes to text, decided by evidence and never with replacement characters.

Certain first: a byte order mark, then strict UTF-8. Any other encoding is judged by what it
makes of the bytes: read rightly, nearly every character is one that Chinese text uses; read
wrongly, hardly half are.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from io import BytesIO, StringIO
from typing import NamedTuple, TypeAlias

from etl.records import Finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "gzip data",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x7fELF": "a program",
    b"PAR1": "Parquet",
    b"SQLite format 3\0": "an SQLite database",
    b"{\\rtf": "RTF",
}

_SAMPLE = 20_000  # characters judged; enough to be sure, whatever the size
_USUAL, _PLAUSIBLE, _MARGIN = 0.9, 0.6, 0.3
_ENOUGH = 8  # characters beyond ASCII below which every judgement is a guess
_LOSS = 0.1  # share of the non-ASCII bytes that may be dropped
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_TELLING = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\U0010ffff]")
_CONTROL_SHARE = 0.02
_ASCII = bytes(range(0x80))


class Decoded(NamedTuple):
    """A text, the codec it was read with, and the doubts about it."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


class Undecodable(NamedTuple):
    """Why bytes are no text: reason `binary` or `undecodable`."""

    reason: str
    detail: str


class _Reading(NamedTuple):
    """What one codec makes of the bytes; `rest` counts those of a last half character."""

    text: str
    encoding: str
    rest: int


Judgement: TypeAlias = Decoded | Undecodable


def decode(data: bytes) -> Judgement:
    r"""The text of `data`, line ends as `\n`, or why it is none.

    Findings: `encoding_guessed`, `encoding_mixed`, `bytes_dropped`, `truncated`,
    `replacement_characters`.

    >>> decode("京津冀协同发展战略".encode("gb18030"))
    Decoded(text='京津冀协同发展战略', encoding='gb18030', findings=())
    >>> decode(b"\x89PNG\r\n\x1a\n")
    Undecodable(reason='binary', detail='a PNG image')
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return Undecodable("binary", kind)
    decoded = _by_mark(data) or _as_utf8(data) or _by_evidence(data) or _line_by_line(data)
    if decoded is not None:
        return _tidy(decoded)
    if _control_share(data) > _CONTROL_SHARE:
        return Undecodable("binary", "control characters throughout")
    return Undecodable("undecodable", "no known encoding reads it")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            reading = _read(data, encoding)
            if reading is None:
                return None
            return Decoded(reading.text, encoding, _truncated(reading))
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    if _control_share(data) > _CONTROL_SHARE:
        return None  # UTF-16 of ASCII is valid UTF-8, too
    reading = _read(data, "utf-8")
    if reading is None or (reading.rest and reading.text.isascii()):
        return None
    return Decoded(reading.text, "utf-8", _truncated(reading))


def _by_evidence(data: bytes) -> Decoded | None:
    readings = [reading for encoding in _UNMARKED if (reading := _read(data, encoding))]
    scores = {reading: _score(reading.text) for reading in readings}
    if not scores or max(scores.values()) < _PLAUSIBLE:
        return None
    best = max(scores, key=lambda reading: scores[reading])
    findings = _truncated(best)
    rivals = [reading for reading in scores if scores[reading] > scores[best] - _MARGIN]
    sample = best.text[:_SAMPLE]
    telling = len(sample) - len(sample.encode("ascii", "ignore"))
    if scores[best] < _USUAL or len(rivals) > 1 or telling < _ENOUGH:
        detail = ", ".join(f"{reading.encoding} {scores[reading]:.2f}" for reading in readings)
        findings = (*findings, Finding("encoding_guessed", detail))
    return Decoded(best.text, best.encoding, findings)


def _line_by_line(data: bytes) -> Decoded | None:
    """Text put together from several encodings, or with broken bytes in it."""
    foreign = len(data.translate(None, delete=_ASCII))
    if not foreign or _control_share(data) > _CONTROL_SHARE:
        return None
    base, other = sorted(
        ("utf-8", "gb18030"), key=lambda encoding: -_score(data.decode(encoding, "ignore"))
    )
    kept, mixed, dropped = StringIO(), 0, 0
    for line in BytesIO(data):
        text = _strictly(line, base)
        if text is None and (text := _strictly(line, other, _USUAL)) is not None:
            mixed += 1
        elif text is None:
            text = line.decode(base, "ignore")
            dropped += len(line) - len(text.encode(base))
        kept.write(text)
    text = kept.getvalue()
    if dropped > _LOSS * foreign or _score(text) < _PLAUSIBLE:
        return None
    counts = {
        "encoding_mixed": (mixed, f"lines in {other}"),
        "bytes_dropped": (dropped, f"bytes that are no {base}"),
    }
    findings = (Finding(code, f"{n} {what}") for code, (n, what) in counts.items() if n)
    return Decoded(text, base, tuple(findings))


def _read(data: bytes, encoding: str) -> _Reading | None:
    """What a codec makes of `data`, a half character at the end left aside."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeError:
        return None
    return _Reading(text, encoding, len(decoder.getstate()[0]))


def _strictly(data: bytes, encoding: str, least_score: float = 0) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _score(text) >= least_score else None


def _score(text: str) -> float:
    """The share of usual characters among those that say something about the encoding."""
    telling = _TELLING.findall(text, 0, _SAMPLE)
    if not telling:
        return 1.0 if text else 0.0
    return sum(map(_usual_characters().__contains__, telling)) / len(telling)


@cache
def _usual_characters() -> frozenset[str]:
    """What Chinese text is written with: the first levels of GB 2312 and Big5, and the marks."""
    gb = (bytes((a, b)) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    big5 = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in range(0x40, 0xFF))
    han = {pair.decode("gb2312", "ignore") for pair in gb}
    han |= {pair.decode("big5", "ignore") for pair in big5}
    marks = {chr(code) for code in (*range(0x3000, 0x3012), *range(0xFF01, 0xFF5F))}
    return frozenset(han | marks | set("“”‘’—…·℃×±°‰￥●■★①②③④⑤⑥⑦⑧⑨\xa0")) - {""}


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    others = sample.translate(None, delete=_CONTROLS)
    return (len(sample) - len(others)) / len(sample) if sample else 0.0


def _truncated(reading: _Reading) -> tuple[Finding, ...]:
    if not reading.rest:
        return ()
    return (Finding("truncated", f"the last {reading.rest} bytes are half a character"),)


def _tidy(decoded: Decoded) -> Decoded:
    text = decoded.text.lstrip("\ufeff")
    if "\r" in text:
        text = re.sub(r"\r*\n|\r", "\n", text)
    findings = decoded.findings
    if lost := text.count("\ufffd"):
        detail = f"{lost} characters were lost before this file was written"
        findings = (*findings, Finding("replacement_characters", detail))
    return Decoded(text, decoded.encoding, findings)
