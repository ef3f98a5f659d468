"""Listings: several things named together, and then a value for each of them.

原料指数和出口指数分别为51.2%和49.8% states one value of each index.
"""

from __future__ import annotations

import re

_JOINED = re.compile(r"[、和与及]|以及")
_TYPICAL = re.compile(r"为(?:代表|主|首)")
_ENDING = 2
"""Characters: two names with the same two at their ends have heads of their own."""


def split_listing(phrase: str, count: int) -> tuple[str, ...]:
    """The `count` things that `phrase` lists, each in full; empty where it lists another number.

    >>> split_listing("新订单指数和进口指数", 2), split_listing("中、小型企业PMI", 2)
    (('新订单指数', '进口指数'), ('中型企业PMI', '小型企业PMI'))
    >>> split_listing("高新技术产业、战略性新兴产业对增长的贡献率", 2)[0]
    '高新技术产业对增长的贡献率'
    >>> split_listing("生物、能源等产业投资", 2), split_listing("进口指数", 2)
    (('生物产业投资', '能源产业投资'), ())
    >>> split_listing("以京、沪为代表的城市成交量", 2)
    ()
    """
    *firsts, last = _JOINED.split(phrase)
    if _TYPICAL.search(phrase):
        return ()
    if len(firsts) + 1 != count or not all((*firsts, last)):
        return ()
    last, _, class_of_all = last.partition("等")  # 生物、新能源等|新兴产业投资
    if class_of_all:
        return tuple(name + class_of_all for name in (*firsts, last))
    return (*(_complete(first, last) for first in firsts), last)


def _complete(first: str, last: str) -> str:
    """`first` with what `last` has behind the word that both end on."""
    ending = first[-_ENDING:]
    if last.endswith(ending):
        return first
    at = last.find(ending)
    if len(first) >= _ENDING and at >= 0:
        return first + last[at + _ENDING :]
    return first + last[len(first) :] if len(first) < _ENDING else first
