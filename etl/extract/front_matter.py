"""The head of a document: YAML between fences, its values kept as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from etl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import FrontMatter

_FENCED = re.compile(
    r"\s*\A(?:[^\S\n]*\n)*---[^\S\n]*\n(.*?)(?:^|\n)---[^\S\n]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"([^\s:#'\"\[{-][^:\n]*?)[^\S\n]*:(?:[^\S\n]+(.*)|$)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Head(NamedTuple):
    """A document's front matter, the body below it, and what was found on the way."""

    values: FrontMatter
    body: str
    findings: tuple[Finding, ...] = ()


def split_front_matter(text: str) -> Head:
    r"""The front matter and the body of `text`; blank lines may come before the fence.

    >>> split_front_matter("\n---\ntitle: 京津冀\ndate: 2019-02-30\n---\n正文").values
    {'title': '京津冀', 'date': '2019-02-30'}
    >>> split_front_matter("正文").values
    {}
    """
    match = _FENCED.match(text)
    if match is None:
        return Head({}, text)
    body = text[match.end() :]
    try:
        return Head(_flatten(yaml.load(match[1], Loader=_LOADER)), body)  # noqa: S506  BaseLoader builds strings only
    except yaml.YAMLError as error:
        detail = str(getattr(error, "problem", None) or error).splitlines()[0]
        return Head(_salvage(match[1]), body, (Finding("front_matter_salvaged", detail),))


def _flatten(value: object) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(value, dict):
        return {}
    return {
        str(key).lower(): tuple(str(v) for v in item) if isinstance(item, list) else str(item)
        for key, item in value.items()
    }


def _salvage(block: str) -> dict[str, str | tuple[str, ...]]:
    """Field by field, for a block that is no YAML as a whole."""
    return {key.lower(): value for key, value in _find_fields(block)}


def _find_fields(block: str) -> Iterator[tuple[str, str]]:
    for line in block.split("\n"):
        if match := _FIELD.match(line):
            value = (match[2] or "").strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            yield match[1], value
