"""Title strings: freed from what sites and papers put around them, compared, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.text import fold
from etl.transform.structure.shapes import load_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHAPES = load_shapes("headlines")
_LONGEST_TITLE = 300


def split_labels(raw: str) -> tuple[str, str | None]:
    """A site's title without the site's name, and the label that stood before or behind it.

    >>> split_labels("评论：全力推动协同发展_河北频道")
    ('全力推动协同发展', '评论')
    >>> split_labels("发改委：雄安转向实质性开工建设")
    ('发改委：雄安转向实质性开工建设', None)
    """
    if len(raw) > _LONGEST_TITLE:
        return raw, None
    title = _SHAPES["prefix"].sub("", raw)
    while (site := _SHAPES["site"].search(title)) and site.start() > 0:
        title = _SHAPES["section"].sub("", title[: site.start()].rstrip())
    label = _SHAPES["kicker"].search(title)
    if label is None:
        return title, None
    kicker = next(group for group in label.groups() if group)
    return title[: label.start()] + title[label.end() :], kicker


def split_column(line: str) -> tuple[str, str | None]:
    """A newspaper's headline without the column label behind it, and the label.

    >>> split_column("端午龙舟的海外“粉丝团”（环球走笔）")
    ('端午龙舟的海外“粉丝团”', '环球走笔')
    >>> split_column("优化营商环境条例（草案）")
    ('优化营商环境条例（草案）', None)
    """
    match = _SHAPES["column"].search(line)
    if match is None or _SHAPES["title"].search(line, match.start()):
        return line, None
    return line[: match.start()], match[1]


def parse_original(line: str) -> str | None:
    """What a line 原标题：… says, "" where it says nothing; None for any other line.

    >>> parse_original("原标题：今年长沙新增公车")
    '今年长沙新增公车'
    >>> parse_original("今年长沙新增公车") is None
    True
    """
    match = _SHAPES["original"].search(line)
    return match[1] if match else None


def parse_column(line: str) -> str | None:
    """The column that a line in 【】 holds and nothing else; None for any other line.

    >>> parse_column("【光明时评】")
    '光明时评'
    >>> parse_column("【新春走基层】热闹的“长桌宴”") is None
    True
    """
    match = _SHAPES["alone"].search(line)
    return match[1] if match else None


def to_key(text: str) -> str:
    """A text's letters and digits: the same for titles that lost punctuation upstream.

    >>> to_key("_瓣瓣同心_向阳开——") == to_key('" 瓣瓣同心 " 向阳开')
    True
    >>> to_key("——")
    ''
    """
    return "".join(filter(str.isalnum, fold(text)))


def measure_likeness(one: str, other: str) -> float:
    """The share of the shorter text's character pairs that the other has, 0 to 1.

    >>> measure_likeness("海沧海关截获废旧电池", "厦门海沧海关截获废旧电池31.4吨")
    1.0
    >>> measure_likeness("蛇口海关", "")
    0.0
    """
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in map(to_key, (one, other))]
    return len(pairs[0] & pairs[1]) / max(min(map(len, pairs)), 1)


def mend(title: str, texts: Iterable[str]) -> str:
    """The title with the marks that upstream turned into `_` read back from the body.

    >>> mend("_瓣瓣同心_向阳开", ['今天推出《"瓣瓣同心"向阳开》。'])
    '"瓣瓣同心"向阳开'
    >>> mend("_瓣瓣同心_向阳开", [])
    '_瓣瓣同心_向阳开'
    """
    key = to_key(title)
    if "_" not in title or not key:
        return title
    lead = len(title) - len(title.lstrip("_"))
    tail = len(title) - len(title.rstrip("_"))
    for text in texts:
        places = [place for place, char in enumerate(text) if char.isalnum()]
        start = "".join(text[place] for place in places).find(key)
        if start >= 0:
            first, last = places[start], places[start + len(key) - 1]
            return text[max(first - lead, 0) : last + 1 + tail]
    return title
