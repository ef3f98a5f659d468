"""Ages: whose they are, the noun or the name beside them (六岁女童, 47岁的罗小民, 王海12岁获奖)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.text import IDEOGRAPH
from etl.transform.attribution.names import is_name
from etl.transform.phrases.words import Word, find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.transform.amounts.quantities import Quantity

_YEARS_OF_AGE = ("岁", "旬")
_OTHER = ("龄", "龄在", "龄为", "大", "小", "长")
_NOBODY = ("高龄", "生日", "大寿", "那年")
_PERSON = re.compile(r"[^，。；：、！？的]{0,3}?[人童孩婴生员手年工民汉师妇爷娘女士]")
_SAYING = "说称道"
_ASIDE = re.compile(r"[（(](?:[男女][，,、 ])?$")
_MASKED = re.compile(rf"[{IDEOGRAPH}]某[{IDEOGRAPH}]?$")  # 受害人|李某（女，12岁）
_NOUNS = ("n", "j")
_LOOKBACK, _LOOKAHEAD = 200, 16


def is_age(text: str, quantity: Quantity) -> bool:
    """Whether the quantity counts years of life, and neither a difference nor a named age."""
    surface = text[quantity.start : quantity.end]
    is_of_life = quantity.unit == "a" and any(word in surface for word in _YEARS_OF_AGE)
    return is_of_life and not text.endswith(_OTHER, 0, quantity.start)


def find_aged(text: str, start: int, end: int) -> str | None:
    """Whose age stands from `start` to `end`: by the words behind it, else those before it.

    >>> [find_aged(text, 0, 3) for text in ("47岁的罗小民因病住院", "10岁儿童")]
    ['罗小民', '儿童']
    >>> find_aged("王海天在家，12岁获奖", 6, 9), find_aged("12岁获奖", 0, 3)
    ('王海天', None)
    >>> find_aged("司机李某（男，43岁）", 7, 10), find_aged("43岁的司机王海天", 0, 3)
    ('李某', '王海天')
    """
    return _aged_behind(text, end) or _aged_before(text, start)


def _aged_behind(text: str, end: int) -> str | None:
    if text.startswith(_NOBODY, end):
        return None
    begin = end + (text[end : end + 1] == "的")
    if begin == end and not _PERSON.match(text, end):
        return None
    words = join_names(find_words(text[begin : begin + _LOOKAHEAD]))
    phrase = ""
    has_noun = False
    for word, following in pairwise([*words, Word("", "")]):
        is_noun = word.tag.startswith(_NOUNS)
        if not is_noun and (begin == end or word.tag not in ("v", "a", "z", "vn", "b")):
            break
        if has_noun and _is_predicate(word, following):
            break
        has_noun = has_noun or is_noun
        if word.tag == "nr":  # 黑龙江商人|王伟杰: the name says it all
            return word.text
        phrase += word.text
    return (
        phrase
        if words and any(w.tag.startswith(_NOUNS) and w.text in phrase for w in words)
        else None
    )


def _is_predicate(word: Word, following: Word) -> bool:
    """陈先生|住进北京, 周作良|说; but 传承 is part of 技艺传承人, and 关 a family name."""
    is_long = len(word.text) > 1 or word.text in _SAYING
    return word.tag == "v" and is_long and following.tag != "n"


def _aged_before(text: str, start: int) -> str | None:
    before = text[max(0, start - _LOOKBACK) : start]
    if aside := _ASIDE.search(before):
        before = before[: aside.start()]
        if masked := _MASKED.search(before):
            return masked.group()
    words = join_names(find_words(before))
    if words and words[-1].tag.startswith(_NOUNS):
        return words[-1].text
    return next((word.text for word in reversed(words) if word.tag == "nr"), None)


def join_names(words: Sequence[Word]) -> list[Word]:
    """The words with the people among them as one word each, tagged nr; no others are so tagged.

    >>> [word.text for word in join_names(find_words("杨鼎新夺冠")) if word.tag == "nr"]
    ['杨鼎新']
    """
    return list(_join_names([*words, Word("", "")]))


def _join_names(words: Sequence[Word]) -> Iterator[Word]:
    is_taken = False
    for word, following in pairwise(words):
        whole = word.text + following.text
        if is_taken:
            is_taken = False
        elif len(word.text) == 1 and word.tag in ("nr", "j", "n") and is_name(whole):
            is_taken = True
            yield Word(whole, "nr")
        elif word.tag == "nr":
            yield Word(word.text, "nr" if is_name(word.text) else "n")
        else:
            yield word
