"""The head of a document: between fences, as a JSON object, or as bare `Key: value` lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.fields import Fields, parse_json, parse_lines, parse_toml, parse_yaml
from etl.grammar import read_table
from etl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.records import FrontMatter

_COLUMNS: dict[str, list[str]] = read_table("columns")
_LONGEST = 200_000  # characters of a head; what is longer is text

_NOTATIONS: dict[str, Callable[[str], Fields | None]] = {"-": parse_yaml, "+": parse_toml}
_OPENING = re.compile(r"(?:---+|\+\+\+)[^\S\n]*\n")
_CLOSING = {
    "-": re.compile(r"^(?:---+|\.\.\.)[^\S\n]*$\n?", re.MULTILINE),
    "+": re.compile(r"^\+\+\+[^\S\n]*$\n?", re.MULTILINE),
}
_BLANK = re.compile(r"\s*")
_JSON_MARK = re.compile(r"(?:;;;[^\S\n]*\n)?(?=\{)")
_JSON_END = re.compile(r"[^\S\n]*(?:\n;;;[^\S\n]*)?(?:\n|\Z)")
_LINE = r"(?:[A-Za-z][\w-]{0,30}:(?:[^\S\n].*)?|[\u4e00-\u9fff]{2,6}[:：].*)\n"
_BARE = re.compile(rf"({_LINE}(?:{_LINE}|[ \t]+\S.*\n)*+)(?:---+[^\S\n]*)?(?:\n|\Z)")
_WIDE_COLON = re.compile(r"^([\u4e00-\u9fff]{2,6})：", re.MULTILINE)


class Head(NamedTuple):
    """A document's front matter, the body below it, and what was found on the way."""

    values: FrontMatter
    body: str
    findings: tuple[Finding, ...] = ()


def split_front_matter(text: str) -> Head:
    r"""The front matter and the body of `text`; blank lines may come before it.

    Findings: `front_matter_salvaged` where its notation is broken and it was read line by
    line, `front_matter_limited` where part of it was refused.

    >>> split_front_matter("\n---\ntitle: 京津冀\ndate: 2019-02-30\n---\n正文").values
    {'title': '京津冀', 'date': '2019-02-30'}
    >>> split_front_matter("Title: 京津冀\nDate: 2014-01-22\n\n正文").body
    '正文'
    >>> split_front_matter("正文").values
    {}
    """
    start = text.rfind("\n", 0, _end(_BLANK, text, 0)) + 1
    head = _split_fenced(text, start) or _split_record(text, start) or _split_bare(text, start)
    return _entitle(_printable(head)) if head else Head({}, text)


def _split_fenced(text: str, start: int) -> Head | None:
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    fence, below = text[start], opening.end()
    closing = _CLOSING[fence].search(text, below, below + _LONGEST)
    if closing is None:
        head = _split_bare(text, below)
        unclosed = Finding("front_matter_salvaged", "the fence is never closed")
        return head and head._replace(findings=(unclosed,))
    fields = _NOTATIONS[fence](text[below : closing.start()])
    return fields and _merge_repeated(Head(fields.values, text[closing.end() :], fields.findings))


def _merge_repeated(head: Head) -> Head:
    """A head written once more, without its fence, below the first."""
    again = _split_bare(head.body, 0)
    if again is None:
        return head
    twice = Finding("front_matter_salvaged", "the head is written twice")
    return Head({**again.values, **head.values}, again.body, (*head.findings, twice))


def _split_json(text: str, start: int) -> Head | None:
    mark = _JSON_MARK.match(text, start)
    if mark is None or (found := parse_json(text[mark.end() :])) is None:
        return None
    fields, length = found
    end = _JSON_END.match(text, mark.end() + length)
    return end and _with_text(Head(fields.values, text[end.end() :], fields.findings))


def _split_record(text: str, start: int) -> Head | None:
    """A JSON head, and the front matter of the article that the record carries."""
    head = _split_json(text, start)
    inner = head and _split_fenced(head.body, 0)
    if not head or not inner:
        return head
    return Head({**inner.values, **head.values}, inner.body, head.findings + inner.findings)


def _with_text(head: Head) -> Head:
    """A record that carries the article itself: its text is the body."""
    for name in _COLUMNS["text"]:
        text = head.values.get(name)
        if text and isinstance(text, str) and not head.body.strip():
            values = {key: value for key, value in head.values.items() if key != name}
            return Head(values, text, head.findings)
    return head


def _split_bare(text: str, start: int) -> Head | None:
    match = _BARE.match(text, start, start + _LONGEST)
    fields = match and parse_lines(_WIDE_COLON.sub(r"\1:", match[1]))
    if not match or not fields or not any(name in fields.values for name in _COLUMNS["title"]):
        return None
    return Head(fields.values, text[match.end() :])


def _entitle(head: Head) -> Head:
    """A title is called so, whatever it is called where it was written."""
    name = next((name for name in _COLUMNS["title"] if name in head.values), "title")
    if name == "title":
        return head
    return head._replace(
        values={"title" if key == name else key: value for key, value in head.values.items()}
    )


def _printable(head: Head) -> Head:
    """Escapes can make half characters, which no file could hold."""
    return head._replace(values={_whole(key): _whole_all(head.values[key]) for key in head.values})


def _whole_all(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return _whole(value) if isinstance(value, str) else tuple(map(_whole, value))


def _whole(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
