"""One line or bracket that names people: 本报记者 贺勇采访整理, 文/摄霍永祥 记者程瑶."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.agencies import ANY_MEDIUM, OWN, any_of, unquoted
from etl.transform.names import is_name, parse_names

_LABELS = read_table("credits")["labels"]
_REPORTER = ("记者", "通讯员", "实习生", "评论员")
_LONGEST = 600


class Byline(NamedTuple):
    """People by role (author, photographer, participant), the medium and the place they wrote from."""

    people: tuple[tuple[str, str], ...]
    medium: str | None = None
    place: str | None = None


_OPEN = re.compile(r"^[（(\[【□■●▲◆○◎★*\-— ]+|[）)\]】。 ]+$")
_LABEL = re.compile(
    rf"""(?:(?P<own>{OWN})|《?(?P<medium>{ANY_MEDIUM})》?)?(?:综合)?[ ]?(?:{any_of(_LABELS["qualifiers"])})*
         (?P<reporter>{any_of(_REPORTER)})[：:／/| ]*
       |(?P<both>文[／/、]?[图摄](?:影)?|图[／/、]?文|摄影报道)[：:／/| ]*
       |(?P<other>{any_of(_LABELS["author"])})[：:／/|]+[ ]?
       |(?P<photo>{any_of(_LABELS["photographer"])})[：:／/|]+[ ]?
       |(?P<participant>{any_of(_LABELS["participant"])})[：: ]+""",
    re.VERBOSE,
)
_PARTICIPATION = re.compile(rf"(?P<names>.*?)(?P<word>{any_of(_LABELS['participant'])})$")
_ENDING = re.compile(rf"[ ]?(?:{any_of(_LABELS['endings'])})$")
_REPORT = "报道"
_AFFILIATED = re.compile(
    rf"(?P<name>[{IDEOGRAPH}]{{2,3}}|[{IDEOGRAPH}] [{IDEOGRAPH}]) [^，。；！？]{{2,60}}(?:{any_of(_LABELS['titles'])})"
)
_LEAD = re.compile(r"^(?:综合|据|由)")
_PHOTO = re.compile(
    rf"(?:^|[。！？…）)”；; ])(?P<people>[{IDEOGRAPH}A-Z·、 ]{{2,40}}?)[ ]?摄(?:影报道|影)?(?:[（(][^（）()]{{1,15}}[）)])?。?$"
)


def parse_byline(text: str) -> Byline | None:
    """The people of a labelled line, all of it read; None if it says anything else.

    >>> parse_byline("（本报记者 贺 勇采访整理）").people
    (('author', '贺勇'),)
    >>> parse_byline("本报记者 罗雅琪长沙报道").place
    '长沙'
    >>> parse_byline("记者从会上获悉，项目已开工。") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    rest = _LEAD.sub("", _OPEN.sub("", text))
    labels = list(_LABEL.finditer(rest))
    if not labels or labels[0].start() != 0:
        return None
    people: list[tuple[str, str]] = []
    place = None
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        segment = rest[label.end() : after.start() if after else len(rest)].strip(" 、，,；;")
        found = _read_segment(segment, _roles(label))
        if found is None:
            return None
        people += found.people
        place = place or found.place
    media = [unquoted(label["medium"]) for label in labels if label["medium"]]
    return (
        Byline(tuple(dict.fromkeys(people)), media[0] if media else None, place) if people else None
    )


def parse_people(text: str) -> Byline | None:
    """The people a bracket behind a dateline names, with or without a label.

    >>> parse_people("魏圣曜、闫起磊参与采写").people
    (('participant', '魏圣曜'), ('participant', '闫起磊'))
    >>> parse_people("以下简称《纲要》") is None
    True
    """
    return parse_byline(text) or (_read_segment(_OPEN.sub("", text), ("author",)) if text else None)


def parse_author_line(text: str) -> Byline | None:
    """A line that is only a name, or a name with its affiliation behind a blank.

    >>> parse_author_line("杨慧 北京市习近平新时代中国特色社会主义思想研究中心特约研究员").people
    (('author', '杨慧'),)
    >>> parse_author_line("瞿依贤").people
    (('author', '瞿依贤'),)
    >>> parse_author_line("相关资讯") is None
    True
    """
    match = _AFFILIATED.fullmatch(text)
    name = match["name"].replace(" ", "") if match else text
    if not is_name(name):
        return None
    return Byline((("author", name.replace(" ", "")),))


def find_photographers(text: str) -> tuple[str, ...]:
    """Who took the picture a caption or line belongs to.

    >>> find_photographers("悦容公园的景色（9月1日摄）。新华社记者 牟宇 摄")
    ('牟宇',)
    >>> find_photographers("袁 琛摄影报道（影像中国）"), find_photographers("9月1日摄")
    (('袁琛',), ())
    """
    match = _PHOTO.search(text, max(len(text) - 80, 0))
    if match is None:
        return ()
    people = match["people"].strip()
    label = _LABEL.match(people)
    return parse_names(people[label.end() :] if label else people)


def _roles(label: re.Match[str]) -> tuple[str, ...]:
    if label["both"]:
        return ("author", "photographer")
    if label["participant"]:
        return ("participant",)
    return ("photographer",) if label["photo"] else ("author",)


def _read_segment(segment: str, roles: tuple[str, ...]) -> Byline | None:
    """The names behind one label; nothing is one too, for 文/本报记者 has two labels."""
    if not segment:
        return Byline(())
    if match := _PARTICIPATION.fullmatch(segment):
        roles, segment = ("participant",), match["names"]
    core = _ENDING.sub("", segment)
    names = parse_names(core) if not segment.endswith(_REPORT) else ()
    place = None
    if not names:
        names, place = _split_place(core) if segment.endswith(_REPORT) else ((), None)
    if not names:
        return None
    return Byline(tuple((role, name) for name in names for role in roles), place=place)


def _split_place(core: str) -> tuple[tuple[str, ...], str | None]:
    """Names before the place they report from: 罗雅琪长沙, 李怡静 济南."""
    head, _, tail = core.rpartition(" ")
    if len(tail) > 1 and len(head) > 1 and not parse_names(tail) and (names := parse_names(head)):
        return names, tail
    if names := parse_names(core):
        return names, None
    for length in (2, 3, 4):
        if names := parse_names(core[:-length]):
            return names, core[-length:]
    return (), None
