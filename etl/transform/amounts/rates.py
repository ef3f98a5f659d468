"""Rates: units per person, area or time that stand before the number.

每公斤18.7元 is CNY/kg, 每万人22次 次/万人, 人均21.2万元 CNY/人, 时速350公里 km/h.
"""

from __future__ import annotations

import re

from etl.transform.amounts.units import read_plain_unit

_UNIT = (
    r"[十百千万亿]*(?:平方米|平米|公顷|立方米|平方公里|公里|公斤|千克|标准箱|小时|分钟|个月"
    r"|[人股亩吨米斤户头辆桶名家台件套只棵度克升年月日天周])"
)
_EACH = re.compile(rf"(?:平均)?每(?P<unit>{_UNIT})[（(]?$")
# 每天走|六千步, 每股派发现金红利|0.5元; 每天可烘干加工玉米|5吨 tells what somebody is able to do.
_EACH_TIME = re.compile(
    r"每(?P<unit>[天日周月年](?=[可能](?!能))|(?:小时|分钟|个月|[月天日周])(?=.{1,4}$)|股(?=.{1,10}$))[^，。；、的\d每]+$"
)
# 每公顷|产量仅|4.61吨, 每万人|发明专利拥有量|111.2件
_EACH_OF = re.compile(
    r"每(?P<unit>平方米|平米|公顷|亩|公斤|斤|吨|[百千]?万人|[百千]人)[^，。；、\d每]+$"
)
_AVERAGE = re.compile(
    r"(?P<unit>[人户亩日月年周天])均$"
    r"|(?P<daily>日)(?:产|处理)(?!系|品|车)[^，。；：、\d]{0,6}$"
    r"|(?P<area>亩)产量?(?:达到?|约?为|仅|突破|超过?|约)?$"
    r"|(?P<whose>[人户亩日月年])平?均[^，。；：、\d]{1,8}(?:[由从]\d{4}年[底末]?的)?$"
)
_SPEED = re.compile(r"时速可?(?:达到|达|为|超过|约)?$")
_TIMES = {
    "日": "d",
    "天": "d",
    "周": "wk",
    "月": "mo",
    "个月": "mo",
    "年": "a",
    "小时": "h",
    "分钟": "min",
    "度": "kWh",
}
_MARK = re.compile("[每均产]")
_LOOKBACK = 16
_NO_RATES = frozenset({"%", "‰", "pp", "bp", "x"})
# 人均寿命77岁, 日均气温5℃: the mean of something, no amount that is shared out.
_MEANS = frozenset({"a", "mo", "wk", "d", "h", "min", "s", "Cel"})


def read_rate(text: str, start: int, unit: str) -> str:
    """`unit` with the denominator that the words before `start` give it, else as it is.

    >>> read_rate("每公斤18.7元", 3, "CNY"), read_rate("时速350公里", 2, "km")
    ('CNY/kg', 'km/h')
    >>> read_rate("共5元", 1, "CNY")
    'CNY'
    """
    window = text[max(0, start - _LOOKBACK) : start]
    if unit == "km" and _SPEED.search(window):
        return "km/h"
    if "/" in unit or unit in _NO_RATES or not _MARK.search(window):
        return unit
    match = (
        _EACH.search(window)
        or _AVERAGE.search(window)
        or _EACH_TIME.search(window)
        or _EACH_OF.search(window)
    )
    if match is None or (match.lastgroup == "whose" and unit in _MEANS):
        return unit
    each = match[match.lastgroup or ""]
    denominator = _TIMES.get(each) or read_plain_unit(each)
    return f"{unit}/{denominator}" if denominator else unit


def find_each(text: str, start: int) -> int:
    """Where 每公斤 or 每万人 right before `start` begins, else `start`.

    >>> find_each("约为每万人22次", 5), find_each("约22次", 1)
    (2, 1)
    """
    window = text[max(0, start - _LOOKBACK) : start]
    match = _EACH.search(window) if "每" in window else None
    return start - len(match.group()) if match else start
