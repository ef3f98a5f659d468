"""Indicators: the shortest phrase of the text that says what a quantity measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.phrases.ages import find_aged, is_age
from etl.transform.phrases.listings import split_listing
from etl.transform.phrases.noun_phrases import LISTS, LONGEST
from etl.transform.phrases.phrases_before import (
    Head,
    find_phrase_before,
    find_subject,
    leave_out_places,
)
from etl.transform.phrases.phrases_behind import (
    find_done,
    find_held,
    find_phrase_behind,
    read_noun_right_behind,
)
from etl.transform.phrases.words import find_words

if TYPE_CHECKING:
    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame


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


_ASPECTS = frozenset(LISTS["aspects"])
_RATES = tuple(word for word in LISTS["aspects"] if word.endswith(tuple("幅度速")))
_AMOUNTS = tuple(
    word for word in LISTS["aspects"] if not word.endswith(tuple("幅度速比重例率价格"))
)
_MEASURED = (*LISTS["amounts"], *LISTS["aspects"], *"量额率价值数积幅速")
_SHARED = tuple(sorted(LISTS["amounts"], key=len, reverse=True))
_DIMENSIONS, _GENERIC = LISTS["dimensions"], LISTS["generic"]
_COUNTED = ("目标", "标准", "价格")
"""Generic behind a value, but not behind a classifier: 23个目标."""
_RATE_OF = re.compile(r"所占|同比|环比|年均|平均|日均|累计")
_POINTER = re.compile(
    r"(?:这一|这个|该|上述|此)(?:数字|数据|比例|比率|指标|数值|占比|数额|水平)"
    r"(?:\w{0,4}(?:为|达|是|有|到|了|过|近|约|于))?$"
)
_PART_OF = re.compile(r"(?:^|[，；])(?:其中|另外|另|还有|约|有)*$")
_PEOPLE = ("人", "人次")
_RELATIVE = ("percent", "percentage_points", "multiple")


def find_indicator(
    frame: Frame,
    quantity: Quantity,
    carried: Indicator | None,
    before: Indicator | None = None,
) -> Indicator:
    """What `quantity` measures.

    Other metrics and times are no part of the phrase. `carried` is what the metric before in the
    sentence measured; it is taken where nothing is said again. `before` is what the sentence
    before measured last; 这一数字 points to it.
    """
    start = frame.clause(quantity.start).start
    if before and not carried and _POINTER.search(frame.text, start, quantity.start):
        return before._replace(rule="pointer")
    found = _find_phrase(frame, quantity, carried)
    parts = carried.parts if carried and found.rule == "carried" else ()
    listed = frame.list_around(quantity)
    if len(listed) == 1:
        return found._replace(parts=parts) if parts else found
    if len(parts) != len(listed):
        parts = split_listing(_named_together(frame, listed[0]) or found.phrase or "", len(listed))
    if not parts:
        return found
    own = parts[listed.index(quantity)]
    return Indicator(own, found.rule, own, parts)


def _find_phrase(frame: Frame, quantity: Quantity, carried: Indicator | None) -> Indicator:
    clause = frame.free_clause(quantity)
    if carried and carried.topic and _is_part(frame, quantity, clause.start):
        return Indicator(carried.topic, "part_of", carried.topic)
    if is_age(frame.text, quantity) and (
        aged := find_aged(frame.text, quantity.start, quantity.end)
    ):
        return Indicator(aged, "age", aged)
    phrase, rule = _read_phrase(frame, quantity, clause, carried)
    if phrase is None:
        return _take_over(frame, quantity, clause.start, carried)
    if rule == "noun_value" and carried and carried.phrase:
        phrase = _with_amount(frame, quantity, phrase, carried.phrase)
    found = _with_topic(frame, phrase, rule, clause.start, carried)
    is_counted = rule == "classifier_noun"
    return found._replace(held=find_held(frame, quantity, clause.end)) if is_counted else found


def _take_over(
    frame: Frame, quantity: Quantity, start: int, carried: Indicator | None
) -> Indicator:
    """What is not said again is that of the metric before, else the subject of the sentence."""
    if carried and carried.held and quantity.kind in _RELATIVE:
        return Indicator(carried.held, "carried", carried.held)
    if carried and carried.phrase:
        return Indicator(carried.phrase, "carried", carried.topic)
    phrase = find_subject(frame, start) if quantity.kind not in ("count", "duration") else None
    return Indicator(phrase, "subject" if phrase else "none", phrase)


def _read_phrase(
    frame: Frame, quantity: Quantity, clause: Span, carried: Indicator | None
) -> tuple[str | None, str]:
    """Count nouns follow their classifier; other values mostly follow what they measure.

    The likelier side is read first, the other only where that one does not settle it.
    """
    if quantity.kind != "count":
        return _read_measured(frame, quantity, clause, carried)
    if _is_of_people_before(frame, quantity, clause.start):
        before = _read_head(frame, quantity, clause.start, carried).phrase
        after = None if before else find_phrase_behind(frame, quantity, clause.end)
    else:
        after = find_phrase_behind(frame, quantity, clause.end)
        is_counted = after in _COUNTED and not _is_tied(frame.text, quantity)
        is_named = after and (is_counted or after not in _GENERIC)
        before = None if is_named else _read_head(frame, quantity, clause.start, carried).phrase
    return (before, "noun_value") if before else (after, "classifier_noun")


def _is_of_people_before(frame: Frame, quantity: Quantity, start: int) -> bool:
    """参会者|300人: people are rather named before their number, unless 有 or 的 says otherwise."""
    return (
        quantity.unit in _PEOPLE
        and start == frame.clause(quantity.start).start
        and not frame.text.endswith("有", 0, quantity.start)
        and not _is_tied(frame.text, quantity)
    )


def _read_measured(
    frame: Frame, quantity: Quantity, clause: Span, carried: Indicator | None
) -> tuple[str | None, str]:
    """What a value measures that counts nothing."""
    if done := find_done(frame.text, quantity):
        return done, "value_noun"
    before, is_open = _read_head(frame, quantity, clause.start, carried)
    is_tied = _is_tied(frame.text, quantity)
    is_open = is_open or (quantity.kind == "duration" and not is_tied)
    if before and (before.endswith(_DIMENSIONS) or not (is_open or is_tied)):
        return before, "noun_value"
    after = find_phrase_behind(frame, quantity, clause.end)
    if after and after.endswith(_GENERIC) and (before or quantity.kind in _RELATIVE):
        return before, "noun_value"
    if is_tied and after and after not in _GENERIC:
        return (before + after if before and quantity.kind == "percent" else after), "value_of_noun"
    if is_open and after and read_noun_right_behind(frame.text, quantity):
        return after, "value_noun"
    return (before, "noun_value") if before else (after, "value_noun")


def _is_tied(text: str, quantity: Quantity) -> bool:
    return text.startswith("的", quantity.end)


def _read_head(frame: Frame, quantity: Quantity, start: int, carried: Indicator | None) -> Head:
    """What stands before, unless the value before has it: 10万个|钻孔数据|、8万米岩心数据."""
    head = find_phrase_before(frame, quantity, start)
    is_claimed = carried and head.phrase and _is_claimed(head.phrase, carried)
    return Head(None, is_open=False) if is_claimed else head


def _is_claimed(phrase: str, carried: Indicator) -> bool:
    """Whether the noun before a value is the one behind the value before: 55%的钢铁、40%的水泥."""
    is_behind = carried.rule in ("classifier_noun", "value_of_noun")
    return is_behind and carried.phrase is not None and carried.phrase.endswith(phrase)


def _is_part(frame: Frame, quantity: Quantity, start: int) -> bool:
    """其中1/4生活在…: a part without a noun of its own is one of what was counted before."""
    is_part = "fraction" in quantity.rules or "half" in quantity.rules
    head = frame.text[start : quantity.start]
    return (
        is_part
        and bool(_PART_OF.search(head))
        and read_noun_right_behind(frame.text, quantity) is None
    )


def _with_topic(
    frame: Frame, phrase: str, rule: str, start: int, carried: Indicator | None
) -> Indicator:
    """涨幅 and 占… are sides of the thing named before them."""
    topic = carried.topic if carried else None
    is_share = rule == "noun_value" and phrase.startswith("占")
    if is_share and topic and not topic.endswith(phrase):
        return Indicator((topic + phrase)[-LONGEST:], "aspect", topic)
    if _is_aspect(phrase):
        topic = _without_amount(topic, phrase) if topic else None
        topic = topic if topic and topic != phrase else find_subject(frame, start)
        if topic and not topic.endswith(phrase):
            return Indicator((topic + phrase)[-LONGEST:], "aspect", topic)
    return Indicator(phrase, rule, phrase)


def _with_amount(frame: Frame, quantity: Quantity, phrase: str, whole: str) -> str:
    """铁路营业里程13万公里，其中高铁|营业里程|3万公里: so where only nouns stand there."""
    before = frame.metrics.last_before(quantity.start)
    if before and before.kind in _RELATIVE:  # 13万公里，增长5%，其中
        before = frame.metrics.last_before(before.start)
    if quantity.kind in _RELATIVE or before is None or before.unit != quantity.unit:
        return phrase
    amount = next((a for a in _SHARED if whole.endswith(a)), "")
    is_bare = not phrase.endswith(_MEASURED) and all(w.tag[:1] == "n" for w in find_words(phrase))
    return phrase + amount if is_bare else phrase


def _without_amount(topic: str, phrase: str) -> str:
    """公司营业收入, then 净利润: it is the company's, too; but 增速 is that of 投资额."""
    alike = next((sides for sides in (_AMOUNTS, _RATES) if phrase in sides), ())
    return topic.removesuffix(next((side for side in alike if topic.endswith(side)), ""))


def _is_aspect(phrase: str) -> bool:
    """进口值, 同比跌幅: they need the thing that has them."""
    return _RATE_OF.sub("", phrase, count=1) in _ASPECTS


def _named_together(frame: Frame, first: Quantity) -> str | None:
    """What stands before 分别 in the clause of the first value listed."""
    start = frame.clause(first.start).start
    said = frame.text.find("分别", start, first.start)
    if said < 0:
        return None
    return leave_out_places(frame, frame.without_times(start, said), start, said)
