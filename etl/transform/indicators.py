"""Indicators: the shortest phrase of the text that says what a quantity measures.

Words and their parts of speech come from jieba's dictionary (rjieba); the tags are those of
ICTCLAS: n noun, v verb, vn verbal noun, uj 的, p preposition, d adverb, m numeral, f 方位词.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar
from etl.transform.ages import find_aged, is_age
from etl.transform.listings import split_listing
from etl.transform.rates import find_each
from etl.transform.words import Word, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.transform.quantities import Quantity
    from etl.transform.scopes import Frame


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of `indicators.toml`; see the head of that file."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


class Indicator(NamedTuple):
    """The phrase and the construction it was read from; later aspects belong to `topic`.

    `parts` are the things of which a value each is stated, where several are named together;
    `held` is what those who are counted have, of which something is told.
    """

    phrase: str | None
    rule: str
    topic: str | None
    parts: tuple[str, ...] = ()
    held: str | None = None


_LISTS = {rule.name: rule.words for rule in grammar.load("indicators", WordList)}
_ENDS, _ASPECTS = frozenset(_LISTS["ends"]), frozenset(_LISTS["aspects"])
_ASPECTS_WRITTEN = _LISTS["aspects"]
_TAILS = frozenset(_LISTS["tails"])
_HEADS = _LISTS["heads"]
_DIMENSIONS, _GENERIC = _LISTS["dimensions"], _LISTS["generic"]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_PREDICATE = re.compile(rf"(?:{_any(_LISTS['predicates'])})$")
_OPENER = re.compile(rf"(?:{_any(_LISTS['openers'])})")
# 城市|小时浓度|出现重度污染: what is said may be said of something that those counted have.
_STATE = re.compile(rf"[^，。；：！？]{{0,12}}?(?:{_any(_LISTS['states'])})[^，。；：！？]{{2,20}}")
# 86所|含电脑、书库在内的|乐园, 20位|年龄在50岁以下的|作家: the noun comes behind.
_QUALIFIED = re.compile(
    r"^[^，。；：！？]{1,30}?(?:为主|在内|为代表|为首|不等|不一)的(?=[^，。；])"
)
_HOLDER = re.compile(rf".*?(?:{_any(_LISTS['holders'])})(?![和与及、群圈])")
# 约3个小时|就能|炼出铁水: what takes so long.
_DONE = re.compile(r"，?(?:就|才|即|便)(?:能够?|可以?|会|已)?(?P<done>[^，。；：！？\d]{2,12})")
_OF_PROBLEM = re.compile(r"的?(?:问题|现象|情况|困难)$")
_CLOSE = re.compile(r"[，。；：！？（）()…“”\"]|——|(?<!\d)[,;]")
_BRACKET = re.compile(r"（[^（）]{0,30}）$")
# 安塞共有|剪纸艺人, 连续三个月|降幅, 票房|累计|突破: who has it and for how long is not what it is.
_ASIDE = re.compile(
    r"^.*(?:共有|现有|拥有|设有|建有|配备|配有)(?=..)|连续[^，。；]{1,3}(?:个月|季度|年|周|天|日)|[近过]去?[一二两三四五六七八九十\d]{1,2}年来?|累计"
)
_HAN_BLANK = re.compile(r".*[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_RATE_OF = re.compile(r"同比|环比|年均|平均|日均|累计")
# They stand before a value, but say nothing of how it belongs to what is before them.
_LOOSE = frozenset("的在从由将了“（(— ，、")
_JOINING = frozenset({"乃至", "和", "与", "及", "以及", "或", "、", "暨"})
_OF_AGE = ("", "年龄", "年龄在", "平均年龄", "平均年龄在")
_COMPARISON = re.compile(r"[比较与](?:.{1,8})$")
_PART_OF = re.compile(r"(?:^|[，；])(?:其中|另外|另|还有|约|有)*$")
_IS = re.compile(
    r"[是为](?P<name>(?![^，。；]*(?:点|高|低|平|位|快|慢|大|多|少)$)[^，。；是为的]{2,10})$"
)
_EQUALS = re.compile(r"是|为|相当于|达到")
_PEOPLE = ("人", "人次", "名", "位")
_RELATIVE = ("percent", "percentage_points", "multiple")
_NOUN_TAGS = ("n", "vn", "j", "l", "q", "s", "k", "an", "eng")
_STOP_TAGS = ("p", "d", "f", "r", "t", "u", "y", "ad", "e", "o")
_AMONG = ("等", "中", "里")
_CLAUSES_BACK = 2
_SHORT = 2
_LONGEST = 30
"""Characters; what is longer is a sentence, no name of a thing measured."""


def find_indicator(frame: Frame, quantity: Quantity, carried: Indicator | None) -> Indicator:
    """What `quantity` measures.

    Other metrics and times are no part of the phrase. `carried` is what the metric before in the
    sentence measured; it is taken where nothing is said again.
    """
    found = _find_phrase(frame, quantity, carried)
    listed = frame.list_around(quantity)
    if len(listed) == 1:
        return found._replace(parts=carried.parts) if carried and found.rule == "carried" else found
    parts = carried.parts if carried and found.rule == "carried" else ()
    if len(parts) != len(listed):
        parts = split_listing(_named_together(frame, listed[0]) or found.phrase or "", len(listed))
    if not parts:
        return found
    own = parts[listed.index(quantity)]
    return Indicator(own, found.rule, own, parts)


def _named_together(frame: Frame, first: Quantity) -> str | None:
    """What stands before 分别 in the clause of the first value listed."""
    start = frame.clause(first.start).start
    said = frame.text.find("分别", start, first.start)
    if said < 0:
        return None
    return _without_places(frame, _without_times(frame, start, said), start, said)


def _find_phrase(frame: Frame, quantity: Quantity, carried: Indicator | None) -> Indicator:
    start, end = frame.free_clause(quantity)
    if carried and carried.topic and _is_part(frame, quantity, start):
        return Indicator(carried.topic, "part_of", carried.topic)
    if is_age(frame.text, quantity) and (
        aged := find_aged(frame.text, quantity.start, quantity.end)
    ):
        return Indicator(aged, "age", aged)
    before = _phrase_before(frame, quantity, start)
    after = _phrase_after(frame.text, *_behind_age(frame, quantity, end))
    follows_metric = start > frame.clause(quantity.start).start
    phrase, rule = _choose(frame.text, quantity, before, after, follows_metric=follows_metric)
    if phrase is None:
        if carried and carried.held and quantity.kind in _RELATIVE:
            return Indicator(carried.held, "carried", carried.held)
        if carried and carried.phrase:
            return Indicator(carried.phrase, "carried", carried.topic)
        phrase = _subject(frame, start) if quantity.kind not in ("count", "duration") else None
        return Indicator(phrase, "subject" if phrase else "none", phrase)
    found = _with_topic(frame, phrase, rule, start, carried)
    return (
        found._replace(held=_held_by(frame, quantity, end)) if rule == "classifier_noun" else found
    )


def _behind_age(frame: Frame, quantity: Quantity, end: int) -> tuple[Quantity, int]:
    """20位|年龄在50岁以下的|作家: the age behind a count tells of those who are counted."""
    age = frame.metrics.first_after(quantity.end)
    is_behind = age and frame.text[quantity.end : age.start] in _OF_AGE
    if age is None or not is_behind or "岁" not in frame.text[age.start : age.end]:
        return quantity, end
    return quantity._replace(end=age.end), frame.free_clause(age).end


def _is_part(frame: Frame, quantity: Quantity, start: int) -> bool:
    """其中1/4生活在…: a part without a noun of its own is one of what was counted before."""
    is_part = "fraction" in quantity.rules or "half" in quantity.rules
    head = frame.text[start : quantity.start]
    return (
        is_part and bool(_PART_OF.search(head)) and _noun_right_behind(frame.text, quantity) is None
    )


def _noun_right_behind(text: str, quantity: Quantity) -> str | None:
    start = quantity.end + (text[quantity.end : quantity.end + 1] == "的")
    words = find_words(text[start : start + 4])
    return words[0].text if words and words[0].tag.startswith("n") else None


def _with_topic(
    frame: Frame, phrase: str, rule: str, start: int, carried: Indicator | None
) -> Indicator:
    """涨幅 and 占… are sides of the thing named before them."""
    topic = carried.topic if carried else None
    if rule == "noun_value" and phrase.startswith("占") and topic:
        return Indicator((topic + phrase)[-_LONGEST:], "aspect", topic)
    if _is_aspect(phrase):
        topic = topic if topic and topic != phrase else _subject(frame, start)
        if topic and not topic.endswith(phrase):
            return Indicator((topic + phrase)[-_LONGEST:], "aspect", topic)
    return Indicator(phrase, rule, phrase)


def _is_aspect(phrase: str) -> bool:
    """进口值, 同比跌幅: they need the thing that has them."""
    return _RATE_OF.sub("", phrase, count=1) in _ASPECTS


def _choose(
    text: str, quantity: Quantity, head: _Head, after: str | None, *, follows_metric: bool
) -> tuple[str | None, str]:
    """Count nouns follow their classifier; other values mostly follow what they measure."""
    before = head.phrase
    is_tied = text[quantity.end : quantity.end + 1] == "的"
    by_classifier = (after, "classifier_noun") if after else (before, "noun_value")
    by_noun = (before, "noun_value") if before else (after, "value_noun")
    if after and after.endswith(_GENERIC) and (before or quantity.kind in _RELATIVE):
        return before, "noun_value"
    if quantity.kind == "count":
        is_people = quantity.unit in _PEOPLE[:2] and before and not is_tied and not follows_metric
        is_people = is_people and not text.endswith("有", 0, quantity.start)
        return by_noun if is_people else by_classifier
    if before and before.endswith(_DIMENSIONS):
        return by_noun
    if is_tied and after and after not in _GENERIC:
        return (before + after if before and quantity.kind == "percent" else after), "value_of_noun"
    is_before_noun = after and _noun_right_behind(text, quantity)
    if is_before_noun and (head.is_open or (quantity.kind == "duration" and not is_tied)):
        return after, "value_noun"
    return by_noun


def _phrase_after(text: str, quantity: Quantity, end: int) -> str | None:
    """近3000家|一般制造业企业|向外疏解: up to the first word that ends a noun phrase."""
    start = quantity.end + (text[quantity.end : quantity.end + 1] == "的")
    if quantity.kind == "duration" and (done := _DONE.match(text, quantity.end)):
        return done["done"]
    rest = _QUALIFIED.sub("", text[start:end])
    if quantity.unit in _PEOPLE[:2] or "fraction" in quantity.rules or "half" in quantity.rules:
        close = _CLOSE.search(rest)
        phrase = rest[: close.start()] if close else rest
    else:
        phrase = _with_state(rest, _noun_phrase(rest))
    phrase = phrase.strip("的 、")
    is_word = len(phrase) > 1 or (phrase and find_words(phrase)[0].tag == "n")
    return phrase[:_LONGEST] if is_word else None


def _held_by(frame: Frame, quantity: Quantity, end: int) -> str | None:
    """44个城市|商品房成交量|有所回落，下降14%: what the next figures are of."""
    rest = frame.text[quantity.end : end]
    holder = _HOLDER.match(rest)
    held = _noun_phrase(rest[holder.end() :].removeprefix("的")) if holder else ""
    return held.strip("的 、") or None


def _with_state(rest: str, noun: str) -> str:
    """少数民族作家|荣获鲁迅文学奖: a state tells those who are counted from all others.

    What else is said is of something that they have: 44个城市|商品房成交量.
    """
    match = (_STATE.match(rest, len(noun)) or _STATE.fullmatch(noun)) if noun else None
    if match:
        return _OF_PROBLEM.sub("", rest[: match.end()])
    holder = _HOLDER.match(noun)
    return holder.group() if holder else noun


def _noun_phrase(rest: str) -> str:
    """The longest noun phrase at the start of `rest`: nouns, their modifiers, 的 and 和.

    Empty where a verb comes first and no noun after it: 5%攀升 names nothing.
    """
    words = find_words(rest[: 2 * _LONGEST])
    length = last = 0
    for word, following in pairwise([*words, Word("", "")]):
        if _ends_phrase(word, following, has_noun=last > 0, is_first=length == 0):
            break
        length += len(word.text)
        if word.tag.startswith(_NOUN_TAGS) or word.text[0] in '“"':
            last = length
    is_named = last or (words and not words[0].tag.startswith("v")) or len(words) > 2  # noqa: PLR2004
    return rest[: last or length] if is_named else ""


def _ends_phrase(word: Word, following: Word, *, has_noun: bool, is_first: bool) -> bool:
    is_attribute = word.tag in ("ad", "d", "b") and following.tag.startswith("n")
    if is_first and (is_attribute or following.text in _ASPECTS):  # 13名|正式|徒弟, 同比|跌幅
        return False
    if word.text in _ENDS or (_CLOSE.match(word.text) and not word.is_quotation):
        return True
    if word.tag == "uj":
        return not has_noun or following.tag in ("m", "")
    if word.tag == "c" or word.text == "、":
        return not has_noun or word.text not in _JOINING
    if word.tag.startswith("v") and word.tag != "vn":
        return has_noun and not _modifies(following)
    is_inside = word.text == "等" and following.tag.startswith(_NOUN_TAGS)
    return word.tag.startswith(_STOP_TAGS) and not (
        is_inside or (is_first and word.tag in ("f", "r"))
    )


def _modifies(following: Word) -> bool:
    """Whether the verb before `following` is part of its name: 登记|事项, but 发表|小说."""
    if following.tag == "ns":
        return False
    is_head = following.tag.startswith(("n", "j")) and following.text.endswith(_HEADS)
    return is_head or following.tag.startswith(("uj", "vn"))


class _Head(NamedTuple):
    """What stands before a quantity; `is_open` where its object comes behind the quantity."""

    phrase: str | None
    is_open: bool


def _phrase_before(frame: Frame, quantity: Quantity, start: int) -> _Head:
    """技术合同成交额|达|1410亿元: the clause before without what links and opens it.

    Open is what ends in a verb of its own or in 的: 安排|190亿元资金, 仅有的|2000元积蓄.
    """
    phrase = _without_times(frame, start, find_each(frame.text, quantity.start))
    if not phrase and start and frame.text[start - 1] in "：:":  # 参考价：|79元
        phrase = _without_times(frame, frame.clause(start - 1).start, start - 1)
    if quantity.kind == "multiple" and (equals := _EQUALS.search(phrase)):
        phrase = phrase[: equals.start()]
    is_attributive = phrase.endswith("的")
    if gap := _HAN_BLANK.match(phrase):  # 费用 出院时医生: a blank between words is a break
        phrase = phrase[gap.end() :]
    phrase, is_linked = _without_predicates(phrase)
    phrase = _ASIDE.sub("", phrase)
    if quantity.kind == "count" and phrase.endswith(_AMONG):  # 王某等|5人, 比赛中|8次夺冠
        return _Head(None, is_open=False)
    phrase = phrase.lstrip('，。；：、！？“”"— ①②③④⑤⑥⑦⑧⑨')
    if _COMPARISON.fullmatch(phrase):
        return _Head(None, is_open=False)
    phrase = _without_places(frame, phrase, start, quantity.start)
    words = find_words(phrase)
    while words and words[-1].text in _TAILS and not phrase.endswith(_ASPECTS_WRITTEN):
        phrase = phrase[: -len(words.pop().text)]
    is_open = is_attributive or (not is_linked and bool(words) and words[-1].tag == "v")
    phrase = _last_object(phrase, words).strip("，。；：、 的）》)")
    has_noun = phrase.endswith((*_ASPECTS, *_DIMENSIONS)) or any(
        word.tag.startswith(_NOUN_TAGS) for word in words
    )
    is_phrase = len(phrase) > 1 and (has_noun or (is_linked and len(words) > 1))
    return _Head(phrase[-_LONGEST:] if is_phrase else None, is_open)


def _without_predicates(phrase: str) -> tuple[str, bool]:
    """The phrase without the words that link it to its value, and whether any says that it has it.

    Words end where the dictionary says: 国家 is no opener in 国家级.
    """
    is_linked = False
    while match := _PREDICATE.search(phrase) or _BRACKET.search(phrase):
        is_linked = is_linked or match.group() not in _LOOSE
        phrase = phrase[: match.start()]
    return phrase, is_linked


def _without_times(frame: Frame, start: int, end: int) -> str:
    """The text from `start` to `end` with the times in it left out."""
    pieces, position = [], start
    for period in frame.periods.inside(start, end):
        pieces.append(frame.text[position : period.start])
        position = period.end
    return "".join([*pieces, frame.text[position:end]])


def _without_places(frame: Frame, phrase: str, start: int, end: int) -> str:
    """Openers and places in front say where and when, not what."""
    surfaces = sorted({p.surface for p in frame.places.inside(start, end)}, key=len, reverse=True)
    while phrase:
        opener = _opener_of(phrase)
        length = max(
            [opener.end() if opener else 0, *(len(s) for s in surfaces if phrase.startswith(s))]
        )
        if not length or (not opener and _is_bare(phrase[length:])):
            break
        phrase = phrase[length:]
    return phrase


def _is_bare(noun: str) -> bool:
    """亚洲项目: a short noun alone says too little without the place before it."""
    return len(noun) == _SHORT and noun not in _ASPECTS and find_words(noun)[0].tag == "n"


def _opener_of(phrase: str) -> re.Match[str] | None:
    """The opener in front, unless it is the beginning of a longer word: 国家|级 is one."""
    match = _OPENER.match(phrase)
    if not match:
        return None
    first = find_words(phrase[:_LONGEST])[0].text
    return match if len(first) <= match.end() else None


def _last_object(phrase: str, words: Sequence[Word]) -> str:
    """What stands behind the last preposition, adverb or pronoun, where a noun stands there."""
    position, has_noun = len(phrase), False
    for word in reversed(words):
        if has_noun and (word.tag in ("p", "d", "ul", "r", "ad") or word.text in "，：（；"):
            break
        position -= len(word.text)
        has_noun = has_noun or word.tag.startswith(_NOUN_TAGS)
    return phrase[position:] if len(phrase) - position > 1 else phrase


def _subject(frame: Frame, start: int) -> str | None:
    """The noun phrase that opens a clause before, in the same sentence."""
    sentence = frame.sentence(start)
    position = frame.clause(start).start
    for _ in range(_CLAUSES_BACK):
        if position <= sentence.start:
            return None
        clause = frame.clause(position - 1)
        if clause.start < sentence.start:
            return None
        phrase = _without_times(frame, clause.start, clause.end)
        if named := _IS.search(phrase):  # 第一位的是|便携式电脑，出口值…
            phrase = named["name"]
        phrase = _without_places(frame, phrase, clause.start, clause.end)
        phrase = _noun_phrase(phrase).strip("的 、")
        if len(phrase) > 1:
            return phrase[-_LONGEST:]
        position = clause.start
    return None
