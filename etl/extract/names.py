"""Names of files as text that can be published, printed and told apart."""

from __future__ import annotations

import os
import re
from contextlib import suppress

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
# What our own names are made of: `a.zip!b.md`, `stacked.md#2`.
_OURS = re.compile(r"(?<=\.)(zip|tar|t?gz|t?xz|t?bz2)!|#(?=\d+$)", re.IGNORECASE)


def to_name(path: str) -> str:
    r"""A file's path as printable text, POSIX; no two paths become the same name.

    Bytes that are no UTF-8, line ends and control characters are escaped, and so is what would
    read as a member of an archive or a part of a stack.

    >>> to_name("要闻/a b.md"), to_name("a\nb.md"), to_name("a.md#2")
    ('要闻/a b.md', 'a\\nb.md', 'a.md\\#2')
    >>> to_name("")
    ''
    """
    path = path.replace(os.sep, "/").replace("\\", "\\\\")
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    text = _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return _OURS.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", text)


def to_member_name(name: str, *, is_utf8: bool) -> str:
    """The name of an archive's member; old Chinese archives write GBK and say nothing.

    >>> to_member_name("中文.md".encode("gbk").decode("cp437"), is_utf8=False)
    '中文.md'
    >>> to_member_name("a.md", is_utf8=False)
    'a.md'
    """
    if not is_utf8 and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return to_name(name.replace("\\", "/"))
