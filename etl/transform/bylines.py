"""One line or bracket that names people: 本报记者 贺明采访整理, 文/摄霍永文 记者程瑶."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.agencies import NAMED, OWN, any_of, plain_name
from etl.transform.names import is_name, parse_names
from etl.transform.regions import find_places

_WORDS = read_table("credits")["words"]
_LONGEST = 600
_LONGEST_CREDIT = 80
_TEAM = "通讯员"
"""Offices stand behind this label as well (通讯员 穗规资宣): they are passed over."""
_PLACE_LENGTHS = (2, 3, 4)


class Byline(NamedTuple):
    """(role, name) with role author, photographer or participant; the medium, the place."""

    people: tuple[tuple[str, str], ...]
    medium: str | None = None
    place: str | None = None


_EDGE = re.compile(r"^[（(\[【□■●▲◆○◎★*\-— ]+|[）)\]】。 ]+$")
_LEAD = re.compile(r"^(?:综合|据|由)")
_LABEL = re.compile(
    rf"""(?:{OWN}|《?(?P<medium>{NAMED})(?:/[{IDEOGRAPH}]{{2,6}})?》?)?
         (?:综合)?[ 丨｜|]*(?:{any_of(_WORDS["qualifiers"])})*
         (?P<reporter>{any_of(_WORDS["reporter"])})[：:／/| ]*
       |(?P<both>{any_of(_WORDS["author_and_photographer"])})[：:／/| ]*
       |(?P<author>{any_of(_WORDS["author"])})[：:／/|｜]+[ ]?
       |(?P<photographer>{any_of(_WORDS["photographer"])})[：:／/|｜]+[ ]?
       |(?P<participant>{any_of(_WORDS["participant"])})[：: ]+""",
    re.VERBOSE,
)
_PARTICIPATION = re.compile(f"(?P<names>.*?)(?:{any_of(_WORDS['participant'])})$")
_ENDING = re.compile(f"[ ]?(?:{any_of(_WORDS['endings'])})$")
_REPORT = re.compile("报道$|发自")
_AFFILIATION = re.compile(
    rf"(?P<name>[{IDEOGRAPH}]{{2,3}}|[{IDEOGRAPH}] [{IDEOGRAPH}])"
    rf" [^，。；！？]{{2,60}}{any_of(_WORDS['titles'])}"
)
_PHOTO = re.compile(
    rf"(?:^|[。！？…）)”；; ])(?P<people>[{IDEOGRAPH}A-Z·、 ]{{2,40}}?)[ ]?"
    r"摄(?:影报道|影)?(?:[（(][^（）()]{1,15}[）)])?。?$"
)


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
    rest = _LEAD.sub("", _EDGE.sub("", text))
    if not _LABEL.match(rest):
        return None
    labels = list(_LABEL.finditer(rest))
    ends = [*(after.start() for _, after in pairwise(labels)), len(rest)]
    found = [
        _read_people(rest[label.end() : end].strip(" 、，,；;"), label)
        for label, end in zip(labels, ends, strict=True)
    ]
    if any(
        part is None and label["reporter"] != _TEAM
        for part, label in zip(found, labels, strict=True)
    ):
        return None
    people = dict.fromkeys(person for part in found if part for person in part.people)
    media = (plain_name(label["medium"]) for label in labels if label["medium"])
    places = (part.place for part in found if part and part.place)
    return Byline(tuple(people), next(media, None), next(places, None)) if people else None


def parse_people(text: str) -> Byline | None:
    """The people a bracket behind a dateline names, with or without a label.

    >>> parse_people("魏圣文、闫起磊参与采写").people
    (('participant', '魏圣文'), ('participant', '闫起磊'))
    >>> parse_people("以下简称《纲要》") is None
    True
    """
    return parse_byline(text) or (_read_people(_EDGE.sub("", text), None) if text else None)


def parse_author_line(text: str) -> Byline | None:
    """A line that is only a name, or a name with its affiliation behind a blank.

    >>> parse_author_line("杨慧 北京市习近平新时代中国特色社会主义思想研究中心特约研究员").people
    (('author', '杨慧'),)
    >>> parse_author_line("瞿依然").people
    (('author', '瞿依然'),)
    >>> parse_author_line("相关资讯") is None
    True
    """
    match = _AFFILIATION.fullmatch(text)
    name = (match["name"] if match else text).replace(" ", "")
    return Byline((("author", name),)) if is_name(name) else None


def find_photographers(text: str) -> tuple[str, ...]:
    """Who took the picture a caption or line belongs to.

    >>> find_photographers("悦容公园的景色（9月1日摄）。新华社记者 牟宇 摄")
    ('牟宇',)
    >>> find_photographers("袁 晨摄影报道（影像中国）"), find_photographers("9月1日摄")
    (('袁晨',), ())
    """
    match = _PHOTO.search(text, max(len(text) - _LONGEST_CREDIT, 0)) if "摄" in text else None
    if match is None:
        return ()
    people = match["people"].strip()
    label = _LABEL.match(people)
    return parse_names(people[label.end() :] if label else people)


def _read_people(segment: str, label: re.Match[str] | None) -> Byline | None:
    """The names behind one label; nothing is one too, for 文/本报记者 has two labels."""
    if not segment:
        return Byline(())
    roles = _roles(label)
    if match := _PARTICIPATION.fullmatch(segment):
        roles, segment = ("participant",), match["names"]
    core, place = _ENDING.sub("", segment), None
    if _REPORT.search(segment):
        core, place = _split_place(core)
    names = parse_names(core, is_labelled=label is not None and not label["reporter"])
    return Byline(tuple((r, name) for name in names for r in roles), place=place) if names else None


def _roles(label: re.Match[str] | None) -> tuple[str, ...]:
    if label is None or label["reporter"] or label["author"]:
        return ("author",)
    if label["both"]:
        return ("author", "photographer")
    return ("photographer",) if label["photographer"] else ("participant",)


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
