"""Datelines: 新华社北京10月19日电, 本报讯, （本报约翰内斯堡2月19日电）.

A dateline names the agency, the place it wrote from and the day, nearly always without a
year. `credits` takes agency and place from it, `dates` the day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.attribution.agencies import NAMED, OWN, any_of, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.records import Paragraph


class Dateline(NamedTuple):
    """A dateline as written; `people` is what stands in it or behind it in brackets."""

    agency: str
    place: str | None
    year: int | None
    month: int | None
    day: int | None
    surface: str
    people: str


_WORDS = read_table("datelines")
_PLACE = rf"(?!{any_of(_WORDS['no_place_heads'])})[{IDEOGRAPH}][{IDEOGRAPH}、]{{1,39}}?" + "".join(
    f"(?<!{tail})" for tail in _WORDS["no_place_tails"]
)
_SENT = f"{any_of(_WORDS['sent'])}(?!{any_of(_WORDS['not_sent'])})"
_NEWS = "消息"
_SIGN = re.compile("|".join((*_WORDS["sent"], _NEWS)))
"""What every dateline ends with: a text without it holds none."""
_DAY = r"(?:(?P<year>[0-9]{4})年)?(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日"
_DATELINE = rf"""(?P<lead>据)?(?P<agency>{OWN}|{NAMED})(?:[、/-]?{NAMED})??
    (?:(?P<place>{_PLACE})?[ ]?(?P<date>{_DAY})[ ]?
         (?:(?:[{IDEOGRAPH}]{{0,4}}?专)?{_SENT}|{_NEWS})
      |(?P<place_only>{_PLACE})?{_SENT}(?=[ （(】\]：:]|$)
      |{_NEWS}(?=[ （(：:]|$))"""
_OPENING = re.compile(
    rf"[（(【\[]?{_DATELINE}[】\]）)]?[ ]?(?:[（(](?P<people>[^（）()]{{2,200}})[）)])?", re.VERBOSE
)
_CLOSING = re.compile(
    rf"[（(]{_DATELINE}[ ：:，,]*(?P<people>[^（）()]{{0,300}})[）)]$", re.VERBOSE
)
_TAIL = 400


def find_dateline(paragraphs: Iterable[Paragraph]) -> Dateline | None:
    """The article's dateline: the first that opens a paragraph, else one closing in brackets.

    >>> from etl.records import Paragraph
    >>> line = find_dateline([Paragraph(1, "body", "本报北京2月25日电 （记者冉永明）记者获悉")])
    >>> line.agency, line.place, line.month, line.day, line.people
    ('本报', '北京', 2, 25, '记者冉永明')
    >>> find_dateline([Paragraph(1, "body", "新华社记者获悉")]) is None
    True
    """
    return next(find_datelines(paragraphs), None)


def find_datelines(paragraphs: Iterable[Paragraph]) -> Iterator[Dateline]:
    """The datelines of an article, in order: a column of briefs has one for each."""
    for paragraph in paragraphs:
        if paragraph.kind != "boilerplate" and (line := parse_dateline(paragraph.text)):
            yield line


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that opens `text`, or stands alone in brackets at its end.

    >>> parse_dateline("（新华社北京10月15日电 魏圣文、闫起磊参与采写）").people
    '魏圣文、闫起磊参与采写'
    >>> parse_dateline("京津冀协同发展") is None
    True
    """
    if not _SIGN.search(text):
        return None
    start = max(text.rfind("（"), text.rfind("("), 0)
    match = (
        _CLOSING.fullmatch(text)
        or _OPENING.match(text)
        or (_CLOSING.match(text, start) if len(text) - start < _TAIL else None)
    )
    return _to_dateline(match) if match else None


def is_dateline(text: str) -> bool:
    """Whether a block holds a dateline and nothing else.

    >>> is_dateline("（新华社北京2月20日电）"), is_dateline("新华社北京10月19日电 题：新篇章")
    (True, False)
    """
    match = _SIGN.search(text) and (_CLOSING.fullmatch(text) or _OPENING.fullmatch(text))
    return match is not None and match["lead"] is None


def _to_dateline(match: re.Match[str]) -> Dateline:
    year, month, day = (int(match[key]) if match[key] else None for key in ("year", "month", "day"))
    return Dateline(
        agency=plain_name(match["agency"]),
        place=match["place"] or match["place_only"],
        year=year,
        month=month,
        day=day,
        surface=match["date"] or "",
        people=match["people"] or "",
    )
