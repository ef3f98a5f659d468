"""Measure and direction: whether a quantity is a level, a change, a share or a multiple."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.transform.amounts.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Predicate:
    """One rule of `predicates.toml`; see the head of that file."""

    name: str
    nouns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    comparatives: tuple[str, ...] = ()
    direction: str | None = None


class Measure(NamedTuple):
    """What kind of statement a quantity is; `direction` for changes only, `rule` what fired."""

    measure: str
    direction: str | None
    rule: str | None


RULES = grammar.load("predicates", Predicate)
CHANGES = {verb: rule for rule in RULES for verb in rule.verbs}
_OBJECTS = {verb: rule.direction for rule in RULES for verb in rule.objects}
_COMPARATIVES = {word: rule.direction for rule in RULES for word in rule.comparatives}
_NOUNS = {noun: rule for rule in RULES for noun in rule.nouns}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LINK = (
    r"(?:了|幅度|比例|将|约|近|就|分别|各|均|也|达|最多|多达|高达|有望|预计|预期|可能|仍|达到|超过|为|是|在|均为|均在|保持在|维持在"
    r"|还是|只有|只剩|仅剩|仅为|仅|同比|环比|一度|大幅|再次|大|[ ：:])*"
)
_VERB = re.compile(
    rf"(?P<verb>{_any(CHANGES)})(?:了|幅度|幅|达|近|约|超过|高达|将|大约|将近|逾|就|也|均|都)*$"
)
_NOUN = re.compile(rf"(?P<noun>{_any(_NOUNS)}){_LINK}$")
_NOUN_BEHIND = re.compile(
    rf"(?:(?:两位数|左右|以上)?的[^，。；的\d]{{0,4}}?|[)）](?:出口|进口|进出口|投资|消费)?)(?:同比|环比|年均)?(?P<noun>{_any(_NOUNS)})"
)
_LEVEL = re.compile(r"(?:到|至|为|成|自|从|由)(?:了|约)?$")
_EARLIER = (
    r"(?:上一?年|去年|上个?月|上季度|上周|前一[日周月年]|\d{4}年|同期)(?:同期|全年|同月)?(?:水平)?"
)
_COMPARED = re.compile(  # 高于去年同期|5%, 比去年多|1项
    rf"(?:(?P<word>{_any(_COMPARATIVES)})(?:了|约)?{_EARLIER}|[比较]{_EARLIER}(?P<more>[多少]))$"
)
_MORE = {"多": "increase", "少": "decrease"}
# 人口增量高达729万, 481万增量: also of what is counted, not only of rates.
_RISE = re.compile(rf"增量{_LINK}$")
_RISE_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,3}?增量")
# 新增驰名商标24件; but 新增商标数量突破10万件 is how many there are.
_OBJECT = re.compile(
    rf"(?:^|[，。；：、\d年月日省市县区国行今来共计就即定布已将拟中])(?P<verb>{_any(_OBJECTS)})"
    r"(?![值到至的]|[^，。；：、\d]{0,10}(?:数量?|总量|总额|突破|达|的))[^，。；：、\d]{2,12}$"
)
# 压减钢铁产能4000万吨|、煤炭3000万吨: the next things of which the same is told.
_NEXT_OBJECT = re.compile(r"^[、和及与][^，。；：、\d]{1,8}$")
_OF_WHICH = re.compile(r"^其中")
_WORTH = re.compile(r"增加值$|附加值$")
_CHANGE_IN_LIST = re.compile(r"^(?:[、和与及]|，(?:而)?)?$")
_SPAN = 24
_RELATIVE = ("percent", "percentage_points", "multiple")
_RATE = re.compile(
    rf"(?:{_any(noun for noun, rule in _NOUNS.items() if rule.name == 'rate')})(?:均值|平均值)?$"
)
_CHANGE = re.compile(
    rf"(?P<noun>{_any(n for n, rule in _NOUNS.items() if rule.direction and n != '增量')})$"
)
_USUAL = {"percent": "share", "multiple": "multiple"}


def find_measure(
    text: str,
    quantity: Quantity,
    clause_start: int,
    earlier: Measure | None = None,
    *,
    is_alike: bool = True,
) -> Measure:
    """Read the predicate before `quantity` in its clause.

    `earlier` is what was read for the quantity that this one is listed with (分别增长5%和7%);
    `is_alike` says that both are of one kind.

    >>> from etl.transform.amounts.quantities import find_quantities
    >>> def measure_of(text):
    ...     return find_measure(text, next(find_quantities(text)), 0)
    >>> measure_of("里程增长超过25%")
    Measure(measure='change', direction='increase', rule='increase')
    >>> measure_of("比例上升到64.5%").measure, measure_of("95家").measure
    ('share', 'level')
    """
    window = text[max(clause_start, quantity.start - _SPAN) : quantity.start]
    if earlier and is_alike and _CHANGE_IN_LIST.match(window):
        return earlier
    is_level = _LEVEL.search(window) is not None
    if (match := _VERB.search(window)) and not is_level and not _WORTH.search(window):
        rule = CHANGES[match["verb"]]
        return Measure("change", rule.direction, rule.name)
    if match := _COMPARED.search(window):
        direction = _COMPARATIVES[match["word"]] if match["word"] else _MORE[match["more"]]
        return Measure("change", direction, direction)
    if quantity.kind != "percent" and not is_level and (match := _OBJECT.search(window)):
        direction = _OBJECTS[match["verb"]]
        return Measure("change", direction, f"{direction}_object")
    if earlier and _is_told_on(quantity, earlier, window, is_alike=is_alike):
        return earlier
    return _read_noun(text, quantity, window) or _read_value(quantity)


def _is_told_on(quantity: Quantity, earlier: Measure, window: str, *, is_alike: bool) -> bool:
    """新增企业65家，其中工业企业20家: what is told of a change is told of its parts."""
    if earlier.measure != "change" or quantity.kind in _RELATIVE:
        return False
    is_object = (earlier.rule or "").endswith("_object")
    is_part = is_alike and _OF_WHICH.match(window)
    return bool(is_part or (is_object and _NEXT_OBJECT.match(window)))


def _read_noun(text: str, quantity: Quantity, window: str) -> Measure | None:
    """The noun that names the quantity: 增速为25%, 5%的跌幅, 人口增量729万."""
    if _RISE.search(window) or _RISE_BEHIND.match(text, quantity.end):
        return Measure("change", "increase", "increase_noun")
    behind = _NOUN_BEHIND.match(text, quantity.end)
    if quantity.kind not in _RELATIVE:
        match = behind if text.startswith("的", quantity.end) else None
    else:
        match = _NOUN.search(window) or behind
    rule = match and _NOUNS[match["noun"]]
    if rule is None or (quantity.kind != "percent" and not rule.direction):
        return None
    return Measure("change" if rule.direction else "level", rule.direction, f"{rule.name}_noun")


def _read_value(quantity: Quantity) -> Measure:
    """What a quantity is where no word tells: a negative percentage is a fall."""
    if quantity.kind == "percent" and quantity.value is not None and quantity.value < 0:
        return Measure("change", "decrease", "negative_percent")
    return Measure(_USUAL.get(quantity.kind, "level"), None, None)


def with_indicator(measure: Measure, phrase: str | None, *, is_part: bool = False) -> Measure:
    """A percentage of what is no part of a whole is a level or a change, wherever it is named.

    `is_part` says that it is a part of what is named: 预期增速的一半.

    >>> share = Measure("share", None, None)
    >>> [with_indicator(share, phrase).measure for phrase in ("新订单指数", "房价涨幅", "投资占比")]
    ['level', 'change', 'share']
    """
    if measure.measure != "share" or not phrase:
        return measure
    if _RATE.search(phrase):
        return Measure("level", None, "rate_noun")
    if not is_part and (match := _CHANGE.search(phrase)):
        rule = _NOUNS[match["noun"]]
        return Measure("change", rule.direction, f"{rule.name}_noun")
    return measure
