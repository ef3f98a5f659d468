"""Bytes to text, decided by evidence and never with replacement characters."""

from __future__ import annotations

import codecs
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A text and the codec it was read with."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    r"""The text of `data`, line ends as `\n`; None if no known encoding reads it.

    >>> decode("京津冀".encode("gb18030"))
    Decoded(text='京津冀', encoding='gb18030')
    >>> decode(b"\xff\x00\xff")
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)
    return None


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    return ("utf-8", "gb18030")
