"""Noun phrases: how far the name of a thing reads at the start of a text.

Words and their parts of speech come from jieba's dictionary (rjieba); the tags are those of
ICTCLAS: n noun, v verb, vn verbal noun, uj 的, p preposition, d adverb, m numeral, f 方位词.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from etl import grammar
from etl.transform.phrases.words import Word, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of `indicators.toml`; see the head of that file."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


LISTS = {rule.name: rule.words for rule in grammar.load("indicators", WordList)}
NOUN_TAGS = ("n", "vn", "j", "l", "q", "s", "k", "an", "eng")
LONGEST = 30
"""Characters; what is longer is a sentence, no name of a thing measured."""
# 39名|参加大会的|登山爱好者: what comes first only qualifies the noun.
_QUALIFIED = re.compile(r"[^，。；：！？、的]{2,16}的[^，。；：！？、的]{2}")
_QUALIFYING = ("v", "d", "ad", "a")
_PREDICATE = re.compile("[是了着在有]")
CLOSE = re.compile(r"[，。；：！？（）()…“”\"]|——|(?<!\d)[,;]")
_ENDS, _ASPECTS = frozenset(LISTS["ends"]), frozenset(LISTS["aspects"])
_HEADS = LISTS["heads"]
_JOINING = frozenset({"乃至", "和", "与", "及", "以及", "或", "、", "暨"})
_NOTHING = Word("", "")
_STOP_TAGS = ("p", "d", "f", "r", "t", "u", "y", "ad", "o")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=4096)  # a newsroom counts the same things again and again
def read_noun_phrase(rest: str) -> str:
    """The longest noun phrase at the start of `rest`: nouns, their modifiers, 的 and 和.

    Empty where a verb comes first and no noun after it: 5%攀升 names nothing.

    >>> read_noun_phrase("一般制造业企业向外疏解"), read_noun_phrase("攀升")
    ('一般制造业企业', '')
    """
    words = find_words(rest[: 2 * LONGEST])
    qualified = _read_qualifier(rest, words)
    length = last = 0
    for position, word in enumerate(words):
        behind = words[position + 1 : position + 3]
        is_first = position == 0
        if length >= qualified and _ends_phrase(word, behind, has_noun=last > 0, is_first=is_first):
            break
        length += len(word.text)
        if word.tag.startswith(NOUN_TAGS) or word.text[0] in '“"':
            last = length
    is_named = last or (words and not words[0].tag.startswith("v")) or bool(words[2:])
    is_time = not last and any(word.text.isdecimal() for word in words)  # 提升到2018年的
    return rest[: last or length] if is_named and not is_time else ""


def _read_qualifier(rest: str, words: Sequence[Word]) -> int:
    """The length of what only qualifies the noun behind it: 更加严格的|标准; a noun opens none."""
    if not _QUALIFIED.match(rest):
        return 0
    begin, _, _ = rest.partition("的")
    is_whole = words[0].tag in _QUALIFYING and not _PREDICATE.search(begin)
    return len(begin) + 1 if is_whole else len(words[0].text)


def _ends_phrase(word: Word, behind: Sequence[Word], *, has_noun: bool, is_first: bool) -> bool:
    following = behind[0] if behind else _NOTHING
    is_attribute = word.tag in ("ad", "d", "b") and following.tag.startswith("n")
    if is_first and (is_attribute or following.text in _ASPECTS):  # 13名|正式|徒弟, 同比|跌幅
        return False
    is_dash = word.text == following.text == "—"
    if word.text in _ENDS or is_dash or (CLOSE.match(word.text) and not word.is_quotation):
        return True
    if word.tag == "uj":
        return not has_noun or following.tag in ("m", "")
    if word.tag == "c" or word.text == "、":
        return is_first or word.text not in _JOINING
    if word.tag.startswith("v") and word.tag != "vn":
        return has_noun and not _modifies(behind)
    is_inside = word.text == "等" and following.tag.startswith(NOUN_TAGS)
    return word.tag.startswith(_STOP_TAGS) and not (
        is_inside or (is_first and word.tag in ("f", "r"))
    )


def _modifies(behind: Sequence[Word]) -> bool:
    """Whether the verb before is part of a name: 登记|事项, 配送|示范网点, but 发表|小说."""
    if not behind or behind[0].tag == "ns":
        return False
    following, last = behind[0], behind[-1]
    if following.tag == "v" and len(following.text) > 1 and last != following:
        return _is_head(last)
    return _is_head(following) or following.tag.startswith(("uj", "vn"))


def _is_head(word: Word) -> bool:
    return word.tag.startswith(("n", "j")) and word.text.endswith(_HEADS)
