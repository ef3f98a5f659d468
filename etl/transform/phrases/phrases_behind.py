"""What stands behind a quantity and may say what it counts: 近3000家|一般制造业企业."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.transform.phrases.measures import CHANGES
from etl.transform.phrases.noun_phrases import CLOSE, LISTS, LONGEST, any_of, read_noun_phrase
from etl.transform.phrases.words import find_words

if TYPE_CHECKING:
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame

# 城市|小时浓度|出现重度污染: what is said may be said of something that those counted have.
_STATE = re.compile(
    rf"[^，。；：！？]{{0,12}}?(?:{any_of(LISTS['states'])})[^，。；：！？]{{2,20}}"
)
_OF_PROBLEM = re.compile(r"的?(?:问题|现象|情况|困难)$")
_HOLDER = re.compile(rf".*?(?:{any_of(LISTS['holders'])})(?![和与及、群圈])")
# 86所|含电脑、书库在内的|乐园, 20位|年龄在50岁以下的|作家: the noun comes behind.
_QUALIFIED = re.compile(
    r"^[^，。；：！？]{1,30}?(?:为主|在内|为代表|为首|不等|不一)的(?=[^，。；])"
)
# 约3个小时|就能|炼出铁水: what takes so long.
_DONE = re.compile(
    r"(?:，?(?:[就即](?:能够?|可以?|会)|才能?|便)|就已?|也能)(?P<done>[^，。；：！？\d]{2,12})"
)
_AND = ("、", "和", "与", "或", "及")
# 442万元的|捐款|，10万平方米的|实景搭建|: so short a piece is a name, though verbs stand in it.
_NAMED = re.compile(
    r"的(?P<name>[\u4e00-\u9fff]{1,3}(?![里中上内外后前时下])[\u4e00-\u9fff])(?=[，。；：！？…、]|$)"
)
_CHANGE = re.compile(rf"(?:{any_of(CHANGES)})[到至为了成]")
# 有|5个项目|动工; but 有|5个项目|可以动工 tells of them only by the way.
_THERE_IS = tuple(word + done for word in LISTS["there_is"] for done in ("", "了"))
_SAID = re.compile(
    rf"(?!{any_of(LISTS['ends'])}|[可能会就曾向在将已均都也跟用以把])[^，。；：！？、（）—的了着\d]{{2,9}}$"
)
_INSIDE = re.compile(r"(?<=..)(?:当中|之中|[内里])$")
_OF_SIZE = re.compile(r"[长高宽厚深重大]的")
_TRAITS = ("", "年龄", "年龄在", "平均年龄", "平均年龄在")
_OF_OWNERS = ("家", "个", "所", "座", "户")
_OF_KIND = tuple("色型性级式类部")
_OWNER_TAGS = frozenset({"n", "nz", "nt", "vn", "b"})
_OF_THE_HELD = ("所", "家", "名", "件", "项")
"""They count no place: 1所|乡镇卫生院."""
_PEOPLE = ("人", "人次")


def find_phrase_behind(frame: Frame, quantity: Quantity, end: int) -> str | None:
    """近3000家|一般制造业企业|向外疏解: up to the first word that ends a noun phrase."""
    text = frame.text
    quantity, end = _pass_over_trait(frame, *_pass_over_list(frame, quantity, end))
    start = quantity.end + (text[quantity.end : quantity.end + 1] == "的")
    if done := find_done(text, quantity):
        return done
    if text.startswith("、", quantity.end):  # 2亿人次|、增长5%
        return None
    place = frame.places.ending_at(end)
    if place and text[place.start - 1] in _AND:  # 3个市|、山西|4个市
        end = place.start - 1
    rest = _QUALIFIED.sub("", text[start:end])
    if quantity.unit in _PEOPLE or "fraction" in quantity.rules or "half" in quantity.rules:
        close = CLOSE.search(rest)
        phrase = rest[: close.start()] if close else rest
    elif tied := _NAMED.match(frame.text, quantity.end):
        phrase = tied["name"]
    else:
        phrase = _with_state(rest, read_noun_phrase(rest), quantity.unit)
        if phrase and end == frame.clause(start).end and _is_there(text, quantity):
            phrase += _read_said(rest, len(phrase))
    phrase = _INSIDE.sub("", phrase.strip("的 、").rstrip("和与及或为是达"))
    if _CHANGE.match(phrase):  # 去年的83亿元|增长到
        return None
    is_word = len(phrase) > 1 or (phrase and find_words(phrase)[0].tag in ("n", "zg"))
    return phrase[:LONGEST] if is_word else None


def find_done(text: str, quantity: Quantity) -> str | None:
    """What takes so long: 10分钟就能|到达车站."""
    done = _DONE.match(text, quantity.end) if quantity.kind == "duration" else None
    return done["done"].rstrip("了") if done else None


def find_held(frame: Frame, quantity: Quantity, end: int) -> str | None:
    """44个城市|商品房成交量|有所回落，下降14%: what the next figures are of."""
    rest = frame.text[quantity.end : end]
    holder = _HOLDER.match(rest)
    held = read_noun_phrase(rest[holder.end() :].removeprefix("的")) if holder else ""
    return held.strip("的 、") or None


def read_noun_right_behind(text: str, quantity: Quantity) -> str | None:
    """The word behind the quantity, or behind its 的, where it is a noun."""
    start = quantity.end + (text[quantity.end : quantity.end + 1] == "的")
    words = find_words(text[start : start + 4])
    return words[0].text if words and words[0].tag.startswith("n") else None


def _is_there(text: str, quantity: Quantity) -> bool:
    return quantity.kind != "duration" and text.endswith(_THERE_IS, 0, quantity.start)


def _read_said(rest: str, position: int) -> str:
    """What is said of those counted up to the end of the clause: 有5个项目|动工."""
    said = _SAID.match(rest, position)
    return said.group() if said else ""


def _pass_over_list(frame: Frame, quantity: Quantity, end: int) -> tuple[Quantity, int]:
    """65英寸、75英寸|液晶电视面板: the noun behind the last is that of all."""
    last = quantity
    while frame.text.startswith(_AND, last.end):
        following = frame.metrics.first_after(last.end)
        if not following or following.unit != last.unit or not _is_gap(frame, last, following):
            break
        last = following
    return (last, frame.free_clause(last).end) if last != quantity else (quantity, end)


def _is_gap(frame: Frame, one: Quantity, other: Quantity) -> bool:
    """北京23家|、天津|62家: nothing but a place stands between."""
    start = one.end + 1
    places = frame.places.inside(start, other.start)
    return start == other.start or (
        len(places) == 1 and (places[0].start, places[0].end) == (start, other.start)
    )


def _pass_over_trait(frame: Frame, quantity: Quantity, end: int) -> tuple[Quantity, int]:
    """20位|年龄在50岁以下的|作家: an age or size behind a count tells of what is counted."""
    trait = frame.metrics.first_after(quantity.end)
    if trait is None or frame.text[quantity.end : trait.start] not in _TRAITS:
        return quantity, end
    size = _OF_SIZE.match(frame.text, trait.end)  # 两条|10多米长的|“巨龙”
    if not size and "岁" not in frame.text[trait.start : trait.end]:
        return quantity, end
    behind = quantity._replace(end=size.end() if size else trait.end)
    return behind, frame.free_clause(trait).end


def _with_state(rest: str, noun: str, unit: str) -> str:
    """少数民族作家|荣获鲁迅文学奖: a state tells those who are counted from all others.

    What else is said is of something that they have: 44个城市|商品房成交量.
    """
    match = (_STATE.match(rest, len(noun)) or _STATE.fullmatch(noun)) if noun else None
    if match:
        return _OF_PROBLEM.sub("", rest[: match.end()])
    if unit in _OF_OWNERS and (owner := _read_owner(noun)):
        return owner
    holder = None if unit in _OF_THE_HELD else _HOLDER.match(noun)
    return holder.group() if holder else noun


def _read_owner(noun: str) -> str | None:
    """5家|公司|的股权: those are counted who have what is told of."""
    owner, has, _ = noun.partition("的")
    if not has or owner.endswith(_OF_KIND):
        return None
    return owner if all(word.tag in _OWNER_TAGS for word in find_words(owner)) else None
