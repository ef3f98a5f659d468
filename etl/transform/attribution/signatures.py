"""Names at the edges of a text: a lone author line, brackets, the last words, photo credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.attribution.agencies import any_of
from etl.transform.attribution.bylines import Byline, parse_byline, strip_edges
from etl.transform.attribution.names import is_name, parse_names
from etl.transform.places.regions import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES = any_of(read_table("credits")["words"]["titles"])
_LONGEST_CREDIT, _LONGEST_SIGNATURE = 80, 60

_AFFILIATION = re.compile(
    rf"(?P<name>[{IDEOGRAPH}]{{2,3}}|[{IDEOGRAPH}] [{IDEOGRAPH}])"
    rf" [^，。；！？]{{2,60}}{_TITLES}"
)
_PHOTO = re.compile(
    rf"(?:^|[。！？…）)”；; ])(?P<people>[{IDEOGRAPH}A-Z·、 ]{{2,40}}?)[ ]?"
    r"摄(?:影报道|影)?(?:[（(][^（）()]{1,15}[）)])?。?$"
)
_BRACKETS = re.compile(
    r"^[（(](?P<opening>[^（）()]{3,300})[）)]|[（(](?P<closing>[^（）()]{3,600})[）)][。 ]?$"
)
_LABEL = re.compile("记者|通讯员")
_SIGNATURE = re.compile(
    rf"[。！？…”][ ]?([^。！？…“”，]{{0,20}}(?:{_LABEL.pattern})[ ：:]?[^。！？“”，]{{2,30}})$"
)
_AUTHOR_ALONE = re.compile(r"作者[：:][^，。；]{2,40}(?=[，。；])")


def parse_author_line(text: str) -> Byline | None:
    """A line that is only a name, or a name with its affiliation behind a blank.

    >>> parse_author_line("杨慧 北京市习近平新时代中国特色社会主义思想研究中心特约研究员").people
    (('author', '杨慧'),)
    >>> parse_author_line("□ 瞿依然").people
    (('author', '瞿依然'),)
    >>> parse_author_line("相关资讯") is None
    True
    """
    line = strip_edges(text) if len(text) <= _LONGEST_CREDIT else text
    match = _AFFILIATION.fullmatch(line)
    name = (match["name"] if match else line).replace(" ", "")
    if not is_name(name) or any(place.surface == name for place in find_places(name)):
        return None
    return Byline((("author", name),))


def find_embedded(text: str) -> Iterator[Byline]:
    """Bylines in brackets at either end of a paragraph, or behind its last sentence.

    >>> [byline.people for byline in find_embedded("（记者王宁）18日晚，颁奖典礼举行。")]
    [(('author', '王宁'),)]
    >>> [byline.people for byline in find_embedded("让患者过个好年。记者 王宁")]
    [(('author', '王宁'),)]
    >>> list(find_embedded("《规划纲要》（以下简称《纲要》）"))
    []
    """
    if text.startswith(("（", "(")) or text.endswith(("）", ")", "）。", ")。")):
        found = [match["opening"] or match["closing"] for match in _BRACKETS.finditer(text)]
    else:
        start = max(len(text) - _LONGEST_SIGNATURE, 0)
        signature = _SIGNATURE.search(text, start) if _LABEL.search(text, start) else None
        found = [signature[1]] if signature else []
    for credit in found:
        author = _AUTHOR_ALONE.match(credit)
        if byline := parse_byline(author[0] if author else credit):
            yield byline


def find_photographers(text: str) -> tuple[str, ...]:
    """Who took the picture a caption or line belongs to.

    >>> find_photographers("悦容公园的景色（9月1日摄）。新华社记者 牟宇 摄")
    ('牟宇',)
    >>> find_photographers("袁 晨摄影报道（影像中国）"), find_photographers("9月1日摄")
    (('袁晨',), ())
    """
    match = _PHOTO.search(text, max(len(text) - _LONGEST_CREDIT, 0)) if "摄" in text else None
    return parse_names(_LABEL.split(match["people"])[-1].strip()) if match else ()
