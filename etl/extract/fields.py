"""Fields of a front matter, in the four notations they are written in.

Values stay as written: no dates, numbers or booleans are made of them.
"""

from __future__ import annotations

import json
import re
import tomllib
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from etl.extract.yaml_nodes import read_yaml
from etl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.records import FrontMatter

_MOST_CHARS = 100_000
_MOST_BRACKETS = 400  # libyaml takes quadratic time for what is open
_MOST_FIELDS = 1_000
_DEEPEST = 8

# A key of many parts costs tomllib the square of their number.
_MANY_DOTS = re.compile(r"^(?:[^\n.=]*+\.){50}", re.MULTILINE)

_FIELD = re.compile(r"([^\W\d][\w .-]{0,60}?)[^\S\n]*[:=](?!//)[^\S\n]*(.*)")
_ITEM = re.compile(r"[^\S\n]*-[^\S\n]+(.*)")


class Fields(NamedTuple):
    """What a front matter says, and what is to be known about reading it."""

    values: FrontMatter
    findings: tuple[Finding, ...] = ()


def parse_yaml(block: str) -> Fields | None:
    r"""The fields of a YAML mapping, read line by line where it is broken; None if it is none.

    >>> parse_yaml("title: 京津冀\ndate: 2019-02-30\ntags: [a, b]").values
    {'title': '京津冀', 'date': '2019-02-30', 'tags': ('a', 'b')}
    >>> parse_yaml("title: 专题: 京津冀").findings[0].code
    'front_matter_salvaged'
    >>> parse_yaml("两条横线之间的话")
    """
    if _is_excessive(block):
        return _salvage(block, "front_matter_limited", "too large or too deep for YAML")
    try:
        root, denied = read_yaml(block)
    except yaml.YAMLError as error:
        return _salvage(block, "front_matter_salvaged", _describe(error))
    return _to_fields(root, denied) if isinstance(root, dict) else None


def parse_toml(block: str) -> Fields | None:
    r"""The fields of a TOML table, read line by line where it is broken; None if it has none.

    >>> parse_toml("title = '京津冀'\ndate = 2019-02-22T07:31:00+08:00").values
    {'title': '京津冀', 'date': '2019-02-22T07:31:00+08:00'}
    >>> parse_toml("一句话")
    """
    if _is_excessive(block) or _MANY_DOTS.search(block):
        return _salvage(block, "front_matter_limited", "too large or too deep for TOML")
    try:
        table = tomllib.loads(block, parse_float=str)
    except (ValueError, RecursionError) as error:
        return _salvage(block, "front_matter_salvaged", str(error))
    written = dict(_find_fields(block))
    typed = {key for key, value in table.items() if not isinstance(value, str | list | dict)}
    return _to_fields(table | {key: written.get(key, table[key]) for key in typed})


def parse_json(text: str) -> tuple[Fields, int] | None:
    """The fields of the JSON object that `text` begins with, and where it ends.

    >>> parse_json('{"title": "京津冀", "id": 12e3} 正文')
    (Fields(values={'title': '京津冀', 'id': '12e3'}, findings=()), 28)
    >>> parse_json('{"title": 京津冀}')
    """
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        found, end = decoder.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return (_to_fields(found), end) if isinstance(found, dict) and found else None


def parse_lines(block: str) -> Fields | None:
    r"""The fields of bare `Key: value` lines; indented lines and items belong to the one above.

    >>> parse_lines("Title: 京津冀\nTags: a, b").values
    {'title': '京津冀', 'tags': 'a, b'}
    >>> parse_lines("一句话")
    """
    values = {key.lower(): value for key, value in _find_fields(block)}
    return Fields(values) if values else None


def _is_excessive(block: str) -> bool:
    return len(block) > _MOST_CHARS or block.count("[") + block.count("{") > _MOST_BRACKETS


def _salvage(block: str, code: str, detail: str) -> Fields | None:
    fields = parse_lines(block)
    return Fields(fields.values, (Finding(code, detail),)) if fields else None


def _find_fields(block: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    key, value, items = "", "", list[str]()
    for line in block.split("\n", _MOST_FIELDS)[:_MOST_FIELDS]:
        if field := _FIELD.match(line):
            if key:
                yield key, tuple(items) or _unquote(value)
            key, value, items = field[1], field[2].strip(), []
        elif item := _ITEM.match(line):
            items.append(_unquote(item[1].strip()))
        elif line[:1].isspace() and line.strip():
            value = f"{value} {line.strip()}".strip()
    if key:
        yield key, tuple(items) or _unquote(value)


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _describe(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or "not YAML"
    mark = getattr(error, "problem_mark", None)
    return f"{problem}, line {mark.line + 1}" if mark else str(problem)


def _to_fields(tree: dict[str, Any], denied: Iterable[str] = ()) -> Fields:
    """A tree as flat fields: nested keys joined by a dot, in lower case."""
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for key, value in islice(_find_leaves(tree, "", 0), _MOST_FIELDS):
        if isinstance(value, str):
            single.setdefault(key.lower(), value)
        else:
            several.setdefault(key.lower(), []).extend(value)
    values = single | {key: tuple(items) for key, items in several.items()}
    findings = (Finding("front_matter_limited", what) for what in dict.fromkeys(denied))
    return Fields(values, tuple(islice(findings, _DEEPEST)))


def _find_leaves(node: object, path: str, depth: int) -> Iterator[tuple[str, str | list[str]]]:
    """Each path with what stands there: a text, or the texts of a list."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        for key, child in node.items():
            yield from _find_leaves(child, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(node, list):
        nested = [item for item in node if isinstance(item, list | dict)]
        if not nested or len(nested) < len(node):
            yield path, [_to_text(item) for item in node if not isinstance(item, list | dict)]
        for item in nested:
            for below, value in _find_leaves(item, path, depth + 1):
                yield below, [value] if isinstance(value, str) else value
    else:
        yield path, _to_text(node)


def _to_text(value: object) -> str:
    """As front matter writes it: true rather than True, and nothing for null."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
