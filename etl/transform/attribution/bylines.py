"""Lines and brackets that name people: 本报记者 贺明采访整理, 文/摄霍永文 记者程瑶, 编辑：王宁."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.attribution.agencies import NAMED, OWN, any_of, plain_name
from etl.transform.attribution.names import parse_names
from etl.transform.places.regions import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = read_table("credits")["words"]
_LONGEST = 600
_PLACE_LENGTHS = (2, 3, 4)
_TEAM = "通讯员"
"""Offices stand behind this label as well (通讯员 穗教资宣): they are passed over."""
_COLUMN = "评论员"
"""A paper's own view is signed 本报评论员, without a name."""


class Byline(NamedTuple):
    """(role, name) with role author, editor, photographer or participant; the medium, the place."""

    people: tuple[tuple[str, str], ...]
    medium: str | None = None
    place: str | None = None


_OPENERS, _CLOSERS = "（([【□■●▲◆○◎★*-— ", "）)]】。 "
_LEAD = re.compile("^(?:综合|据|由)")
_MARK = "[ ]?[：:／/|｜丨]+[ ]?"
_LABEL = re.compile(
    rf"""(?:{OWN}|《?(?P<medium>{NAMED})(?:/[{IDEOGRAPH}]{{2,6}})?》?)?
         (?:综合)?[ 丨｜|]*(?:{any_of(_WORDS["qualifiers"])})*
         (?P<reporter>{any_of(_WORDS["reporter"])})[：:／/|｜丨 ]*
       |(?P<both>{any_of(_WORDS["author_and_photographer"])})(?:{_MARK}|[ ]?)
       |(?P<author>{any_of(_WORDS["author"])}){_MARK}
       |(?P<photographer>{any_of(_WORDS["photographer"])}){_MARK}
       |(?P<participant>{any_of(_WORDS["participant"])})[：: ]+
       |(?P<editor>{any_of(_WORDS["editor"])})(?:{_MARK}|[ ])
       |(?P<staff>{any_of(_WORDS["staff"])})(?:{_MARK}|[ ])""",
    re.VERBOSE,
)
_PARTICIPATION = re.compile(f"(?P<names>.*?)(?:{any_of(_WORDS['participant'])})$")
_ENDING = re.compile(f"[ ]?(?:{any_of(_WORDS['endings'])})$")
_REPORT = re.compile("报道$|发自")
_ASIDE = re.compile(r"[（(][^（）()]*(?:[）)]|$)|[ ]?[A-Za-z]{0,4}[0-9]{2,}$")
_SUFFIXED = re.compile(f"([{IDEOGRAPH} 、]{{2,20}})[/／](文|图|摄影?)[ ]?")


def strip_edges(text: str) -> str:
    """A credit line without the brackets, bullets and blanks around it.

    >>> strip_edges("[责编：李方舟]"), strip_edges("□ 瞿依然")
    ('责编：李方舟', '瞿依然')
    """
    return text.lstrip(_OPENERS).rstrip(_CLOSERS)


def parse_byline(text: str) -> Byline | None:
    """The people of a labelled line, all of it read; None if it says anything else.

    >>> parse_byline("（本报记者 贺 明采访整理）").people
    (('author', '贺明'),)
    >>> parse_byline("本报记者 罗雅文长沙报道").place
    '长沙'
    >>> parse_byline("记者从会上获悉，项目已开工。") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    line = _LEAD.sub("", strip_edges(text))
    if not _LABEL.match(line):
        return _read_suffixed(line)
    segments = list(_segments(line))
    parts = [_read_people(segment, label) for label, segment in segments]
    if any(
        part is None and label["reporter"] != _TEAM and not label["staff"]
        for part, (label, _) in zip(parts, segments, strict=True)
    ):
        return None
    people = dict.fromkeys(person for part in parts if part for person in part.people)
    media = (plain_name(label["medium"]) for label, _ in segments if label["medium"])
    places = (part.place for part in parts if part and part.place)
    is_column = len(segments) == 1 and segments[0][0]["reporter"] == _COLUMN
    return (
        Byline(tuple(people), next(media, None), next(places, None))
        if people or is_column
        else None
    )


def parse_people(text: str) -> Byline | None:
    """The people a bracket behind a dateline names, with or without a label.

    >>> parse_people("魏圣文、闫起磊参与采写").people
    (('participant', '魏圣文'), ('participant', '闫起磊'))
    >>> parse_people("以下简称《纲要》") is None
    True
    """
    return parse_byline(text) or (_read_people(strip_edges(text), None) if text else None)


def find_people(text: str) -> Iterator[tuple[str, str]]:
    """(role, name) of every labelled person in a credit line; what cannot be read is passed over.

    >>> list(find_people("[责任编辑：王宁 校对：李然]"))
    [('editor', '王宁')]
    >>> list(find_people("来源：新华社 作者：王宁 编辑：李然"))
    [('author', '王宁'), ('editor', '李然')]
    >>> list(find_people("版式设计：蔡华伟"))
    []
    """
    for label, segment in _segments(strip_edges(text[:_LONGEST])):
        if part := _read_people(segment, label):
            yield from part.people


def _segments(line: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each label with the text up to the next one."""
    labels = list(_LABEL.finditer(line))
    ends = [*(after.start() for _, after in pairwise(labels)), len(line)]
    for label, end in zip(labels, ends, strict=False):
        yield label, line[label.end() : end].strip(" 、，,；;|｜丨/")


def _read_people(segment: str, label: re.Match[str] | None) -> Byline | None:
    """The names behind one label; nothing is one too, for 文/本报记者 has two labels."""
    if not segment or (label and label["staff"]):
        return Byline(())
    roles = _roles(label)
    if match := _PARTICIPATION.fullmatch(segment):
        roles, segment = ("participant",), match["names"]
    core, place = _ENDING.sub("", _ASIDE.sub("", segment)), None
    if _REPORT.search(segment):
        core, place = _split_place(core)
    names = parse_names(core, is_labelled=label is not None and not label["reporter"])
    return Byline(tuple((r, name) for name in names for r in roles), place=place) if names else None


def _read_suffixed(line: str) -> Byline | None:
    """王宁/文 李然/摄: the label behind the name."""
    found = list(_SUFFIXED.finditer(line)) if "/" in line or "／" in line else []
    if not found or sum(len(match[0]) for match in found) != len(line):
        return None
    people = tuple(
        ("author" if match[2] == "文" else "photographer", name)
        for match in found
        for name in parse_names(match[1].strip())
    )
    return Byline(people) if people else None


def _roles(label: re.Match[str] | None) -> tuple[str, ...]:
    if label is None or label["reporter"] or label["author"]:
        return ("author",)
    if label["both"]:
        return ("author", "photographer")
    return next((role,) for role in ("photographer", "participant", "editor") if label[role])


def _split_place(core: str) -> tuple[str, str | None]:
    """The names, and the place they report from: 罗雅文长沙, 李怡然 济南, 银杰｜北京."""
    last = max(find_places(core), key=lambda place: place.end, default=None)
    if last and last.end == len(core) and parse_names(core[: last.start].strip(" ｜|丨、")):
        return core[: last.start].strip(" ｜|丨、"), last.surface
    head, mark, tail = core.rpartition(next((m for m in "｜|丨 " if m in core), "\n"))
    if mark and parse_names(head) and not parse_names(tail):
        return head, tail
    if parse_names(core):
        return core, None
    cuts = (len(core) - length for length in _PLACE_LENGTHS)
    cut = next((cut for cut in cuts if parse_names(core[:cut])), len(core))
    return core[:cut], core[cut:] or None
