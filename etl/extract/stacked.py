"""Several articles appended in one file, each with its own front matter."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from etl.extract.limits import MOST_STACKED

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 20_000
_FENCE = re.compile(r"^---[^\S\n]*\n(?=[A-Za-z_]\w*[^\S\n]*:)", re.MULTILINE)
_END = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
_TITLE = re.compile(r"^title[^\S\n]*:", re.MULTILINE | re.IGNORECASE)
_CODE = re.compile(r"^(?:```|~~~)", re.MULTILINE)


def split_stacked(text: str) -> list[str]:
    r"""The documents of `text`, each from its own front matter on; together they are `text`.

    Only a file that begins with front matter is taken for a stack, and only a fenced block that
    states a title begins another document; an example in a code block does not.

    >>> split_stacked("---\ntitle: a\n---\n一\n---\ntitle: b\n---\n二\n")
    ['---\ntitle: a\n---\n一\n', '---\ntitle: b\n---\n二\n']
    >>> split_stacked("一\n---\n二")
    ['一\n---\n二']
    """
    starts = list(islice(_find_heads(text), MOST_STACKED))
    if not starts or text[: starts[0]].strip():
        return [text]
    starts[0] = 0
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _find_heads(text: str) -> Iterator[int]:
    inside_until = 0
    for fence in _FENCE.finditer(text):
        if fence.start() < inside_until:
            continue
        end = _END.search(text, fence.end(), fence.end() + _LONGEST)
        if end and _TITLE.search(text, fence.start(), end.start()):
            if _is_in_code(text, inside_until, fence.start()):
                continue
            yield fence.start()
            inside_until = end.end()


def _is_in_code(text: str, start: int, position: int) -> bool:
    """Whether a code block opened after `start` is still open, and is closed later."""
    opened = sum(1 for _ in _CODE.finditer(text, start, position))
    return opened % 2 == 1 and _CODE.search(text, position) is not None
