"""What stands before a quantity and may say what it measures: 技术合同成交额|达|1410亿元."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.rates import find_each
from etl.transform.phrases.measures import CHANGES
from etl.transform.phrases.noun_phrases import LISTS, LONGEST, NOUN_TAGS, any_of, read_noun_phrase
from etl.transform.phrases.words import Word, find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame


class Head(NamedTuple):
    """What stands before a quantity; `is_open` where its object comes behind the quantity."""

    phrase: str | None
    is_open: bool


_CHANGED = "".join(f"|{change}[到至为成了]?" for change in CHANGES)
_PREDICATE = re.compile(
    rf"(?:{any_of(LISTS['predicates'])}{_CHANGED}|同比[^，。；幅速率]{{1,2}}|环比[^，。；幅速率]{{1,2}})$"
)
_OPENER = re.compile(rf"(?:{any_of(LISTS['openers'])})")
_TAIL_TAGS = ("d", "p", "c", "t")
_TAILS = frozenset(LISTS["tails"])
_ASPECTS, _SIDES = LISTS["aspects"], (*LISTS["aspects"], *LISTS["dimensions"])
_BRACKET = re.compile(r"（[^（）]{0,30}）$")
# 海洋试点基金（OTP）|总额度: what only explains is left out.
_GLOSS = re.compile(
    r"^.*[（(](?:本[报刊]|通讯员|记者)[^（）()]{1,30}[）)]|(?<=.)[（(][^（）()]{1,30}[）)](?=.)"
)
# 安塞共有|剪纸艺人, 连续三个月|降幅, 票房|累计|突破: who has it and for how long is not what it is.
_ASIDE = re.compile(
    rf"^.*(?:{any_of(LISTS['introducers'])})(?=..)|累计"
    r"|连续[^，。；]{1,3}(?:个月|季度|年|周|天|日)|[近过]去?[一二两三四五六七八九十\d]{1,2}年来?"
)
# 铁路|完成|货物发送量: the two nouns are one name.
_ACHIEVED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:完成|实现)(?=[^，。；的]{0,8}[量额值入润收]$)")
_HAN_BLANK = re.compile(r".*[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
# They stand before a value, but say nothing of how it belongs to what is before them.
_LOOSE = frozenset("的在从由将了“（(— ，、")
_COMPARISON = re.compile(r"[比较与](?:.{1,8})$")
_REPORT = re.compile(
    r"^(?:据|[^，]{0,8}记者|[^，]{0,12}数据显示)|(?:称|说|道|表示|显示|获悉|了解|介绍|指出|认为|透露|消息|报道|统计|监测|公布|发布)$"
)
_CIRCUMSTANCE = re.compile(
    r"^(?:包括|如|例如|含|尽管|随着|由于|因为?)|(?:时候?|以?后|之?前|旁边?|方面|期间|之?下)$"
)
_NO_SUBJECT = ("v", "d", "ad", "r", "c", "p")
_IS = re.compile(
    r"(?:的是|[品物位名]是|[品物位名]为)(?P<name>(?![^，。；]*(?:点|高|低|平|位|快|慢|大|多|少)$)[^，。；是为的]{2,10})$"
)
_EQUALS = re.compile(r"是|为|相当于|达到")
# 三区三州”|学生人数: the quotation began before.
_UNBALANCED = re.compile(r"^[^“《（(\"]*[”》）)]+")
_EVERYWHERE = {"全国", "我国", "全球", "全世界", "世界", "全省", "全市", "全县", "全区"}
_AREA = re.compile("(?:地区|区域)$")
_AMONG = ("等", "中", "里")
_WAY = re.compile(r"从[^，。；]{1,12}[到至].+")
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"))
_TOWARDS = ("对", "与", "关于")
_JOINING = ("与", "在")
_OTHERS = ("其他", "其它", "每")
_CLAUSES_BACK = 2
_SHORT = 2


def find_phrase_before(frame: Frame, quantity: Quantity, start: int) -> Head:
    """技术合同成交额|达|1410亿元: the clause before without what links and opens it.

    Open is what ends in a verb of its own or in 的: 安排|190亿元资金, 仅有的|2000元积蓄.
    """
    clause = _read_clause(frame, quantity, start)
    phrase, is_linked = _without_predicates(clause)
    phrase = _GLOSS.sub("", phrase)
    phrase = _without_marks(_ACHIEVED.sub("", _ASIDE.sub("", phrase)))
    if _COMPARISON.fullmatch(phrase) or (quantity.kind == "count" and phrase.endswith(_AMONG)):
        return Head(None, is_open=False)  # 比去年|增加5%, 王某等|5人
    phrase = leave_out_places(frame, phrase, start, quantity.start)
    phrase = _UNBALANCED.sub("", phrase).lstrip("·")
    words = find_words(phrase)
    while words and _is_tail(words[-1]) and not phrase.endswith(_ASPECTS):
        phrase, words = phrase[: -len(words[-1].text)], words[:-1]
    is_open = clause.endswith("的") or (not is_linked and bool(words) and words[-1].tag == "v")
    phrase = _without_lone_marks(_without_examples(_last_object(phrase, words)))
    places = {place.surface for place in frame.places.inside(start, quantity.start)}
    if _AREA.sub("", phrase) in places | _EVERYWHERE:
        return Head(None, is_open=False)  # 可持社保卡在北京|23家
    is_phrase = len(phrase) > 1 and (_has_noun(phrase) or (is_linked and len(words) > 1))
    return Head(phrase[-LONGEST:] if is_phrase else None, is_open)


def find_subject(frame: Frame, start: int) -> str | None:
    """The noun phrase that opens a clause before, in the same sentence."""
    sentence = frame.sentence(start)
    position = frame.clause(start).start
    for _ in range(_CLAUSES_BACK):
        if position <= sentence.start:
            return None
        clause = frame.clause(position - 1)
        if clause.start < sentence.start:
            return None
        position = clause.start
        phrase = frame.without_times(clause.start, clause.end)
        if _REPORT.search(phrase):  # 海关发布消息称，进出口总值…
            continue
        if _CIRCUMSTANCE.search(phrase):  # 我退休的时候，产量…
            return None
        if named := _IS.search(phrase):  # 第一位的是|便携式电脑，出口值…
            phrase = named["name"]
        phrase = leave_out_places(frame, phrase, clause.start, clause.end)
        phrase = _without_examples(read_noun_phrase(phrase)).strip("的 、")
        if len(phrase) > 1:
            is_subject = find_words(phrase)[0].tag not in _NO_SUBJECT
            return phrase[-LONGEST:] if is_subject else None
    return None


def _read_clause(frame: Frame, quantity: Quantity, start: int) -> str:
    """The words from `start` to the quantity, without the times in them."""
    clause = frame.without_times(start, find_each(frame.text, quantity.start))
    if not clause and start and frame.text[start - 1] in "：:":  # 参考价：|79元
        clause = frame.without_times(frame.clause(start - 1).start, start - 1)
    if quantity.kind == "multiple" and (equals := _EQUALS.search(clause)):
        clause = clause[: equals.start()]
    gap = _HAN_BLANK.match(clause)  # 费用 出院时医生: a blank between words is a break
    return clause[gap.end() :] if gap else clause


def _without_marks(phrase: str) -> str:
    """What stands behind marks; an opening quote stays where it is closed."""
    phrase = phrase.lstrip('，。；：、！？”"— ①②③④⑤⑥⑦⑧⑨')
    return phrase if "”" in phrase else phrase.lstrip("“")


def _has_noun(phrase: str) -> bool:
    is_noun = any(word.tag.startswith(NOUN_TAGS) for word in find_words(phrase))
    return is_noun or phrase.endswith(_SIDES)


def _without_lone_marks(phrase: str) -> str:
    """Brackets stay where both are there: 《规划》, but （占影院, 煤矿（产能, 资金（约释放."""
    phrase = phrase.strip("，。；：、 的")
    for opening, closing in _PAIRS:
        phrase = phrase if opening in phrase else phrase.strip(closing)
        phrase = phrase if closing in phrase else phrase.lstrip(opening)
        if opening in phrase and closing not in phrase:
            head, _, inside = phrase.rpartition(opening)
            phrase = head + inside if _has_noun(inside) else head
    return phrase


def leave_out_places(frame: Frame, phrase: str, start: int, end: int) -> str:
    """Openers and places in front say where and when, not what."""
    surfaces = [place.surface for place in frame.places.inside(start, end)]
    while phrase:
        opener = _length_of_opener(phrase)
        length = max([opener, *(len(s) for s in surfaces if phrase.startswith(s))])
        if not length or (not opener and _is_bare(phrase[length:])):
            break
        phrase = phrase[length:]
    return phrase


def _is_bare(noun: str) -> bool:
    """亚洲项目: a short noun alone says too little without the place before it."""
    return len(noun) == _SHORT and noun not in _ASPECTS and find_words(noun)[0].tag == "n"


def _length_of_opener(phrase: str) -> int:
    """Of the opener in front; 0 where it is the beginning of a longer word: 国家|级 is one."""
    match = _OPENER.match(phrase)
    if not match:
        return 0
    first = find_words(phrase[:LONGEST])[0].text
    return match.end() if len(first) <= match.end() else 0


def _without_predicates(phrase: str) -> tuple[str, bool]:
    """The phrase without the words that link it to its value, and whether any says that it has it.

    Words end where the dictionary says: 国家 is no opener in 国家级.
    """
    is_linked = False
    while match := _PREDICATE.search(phrase) or _BRACKET.search(phrase):
        is_linked = is_linked or match.group() not in _LOOSE
        phrase = phrase[: match.start()]
    return phrase, is_linked


def _is_tail(word: Word) -> bool:
    return word.text in _TAILS or word.tag in _TAIL_TAGS


def _without_examples(phrase: str) -> str:
    """科技、文化等|高精尖产业占比: the class says it all."""
    _, _, rest = phrase.rpartition("等")
    return rest if "、" in phrase and len(rest) > _SHORT else phrase


def _last_object(phrase: str, words: Sequence[Word]) -> str:
    """What stands behind the last preposition, adverb or pronoun, where a noun stands there.

    Some belong to it: 对|欧盟进出口, 从|雄安到北京开车.
    """
    if way := _WAY.search(phrase):
        return way.group()
    position, has_noun = len(phrase), False
    for word, before in pairwise([*reversed(words), Word("", "")]):
        if has_noun and _opens_object(word, before):
            position -= len(word.text) if word.text in _TOWARDS else 0
            break
        position -= len(word.text)
        has_noun = has_noun or word.tag.startswith(NOUN_TAGS)
    return phrase[position:] if len(phrase) - position > 1 else phrase


def _opens_object(word: Word, before: Word) -> bool:
    """Not so 在 and 与 behind a noun: 甲厂|与|乙厂产值差距."""
    if word.text in _OTHERS or (word.text in _JOINING and before.tag.startswith(NOUN_TAGS)):
        return False
    return word.tag in ("p", "d", "ul", "r", "ad") or word.text in "，：（；"
