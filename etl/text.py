"""Characters: spans, cleaning, sentences. Everything published went through `clean` once."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """A half-open range of code points.

    >>> Span(2, 4).of("京津冀协同")
    '冀协'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]


IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
"""Han characters, as the inside of a character class."""

_CJK_MARK = "\u3001-\u3020\u30fb\uff00-\uffef“”‘’—…·《》【】"

# Full-width letters, digits and the signs that numbers are written with. Full-width
# punctuation (，。：（）) is Chinese punctuation and stays.
_HALF_WIDTH = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord(wide): ord(narrow) for wide, narrow in zip("％＄＋＆＠＃", "%$+&@#", strict=True)}

_INVISIBLE = {
    code: None
    for code in range(0x10000)
    if unicodedata.category(chr(code)) in ("Cc", "Cf", "Co", "Cs")
    and chr(code) not in "\t\n\r\v\f\x85"
}

_LINE_ENDS = {ord(c): "\n" for c in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
_BLANKS = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_TABLE = _INVISIBLE | _HALF_WIDTH | _LINE_ENDS | _BLANKS


def _to_ranges(codes: Iterable[int]) -> str:
    """Code points as the inside of a character class."""
    runs = groupby(enumerate(sorted(codes)), key=lambda pair: pair[1] - pair[0])
    ends = ([code for _, code in run] for _, run in runs)
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in ends)


# To find the few characters that are in the table takes a fifth of looking up all.
_STRANGE = re.compile(f"[{_to_ranges(_TABLE)}]+")

_BLANK_RUN = re.compile(r"  +")
_BREAK = re.compile(r"(?<! ) *\n[ \n]*")
# A blank beside a Han character is upstream's, unless it parts two Han words. The pattern begins
# with the blank itself, so that the search leaps from one to the next.
_STRAY_BLANK = re.compile(
    rf" (?:(?<=[{IDEOGRAPH}] )(?=[^{IDEOGRAPH} ])|(?<=[^{IDEOGRAPH} ] )(?=[{IDEOGRAPH}])"
    rf"|(?<=[{_CJK_MARK}] )|(?=[{_CJK_MARK}]))"
)
_WIDE_POINT = re.compile(r"．(?<=\d．)(?=\d)")


def clean(text: str) -> str:
    r"""`text` as it is published: one line, no markup residue, no stray blanks.

    Character references are decoded (also when upstream escaped them twice), invisible,
    control and private-use characters removed, full-width letters and digits made half-width,
    blanks of every kind folded to one, and the blanks dropped that upstream put between Han
    characters and digits, letters or punctuation.

    >>> clean("目前，已实现 20 多所&#123;北京&amp;nbsp;市&#125;学校 ")
    '目前，已实现20多所{北京 市}学校'
    >>> clean("中国人寿：服务大局　守护生活")
    '中国人寿：服务大局 守护生活'
    >>> clean("\u200b　")
    ''
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    text = _STRANGE.sub(lambda run: run[0].translate(_TABLE), text.strip())
    if "\n" in text:
        text = _BREAK.sub(_join_lines, text)
    if "．" in text:
        text = _WIDE_POINT.sub(".", text)
    if " " in text:
        text = _STRAY_BLANK.sub("", _BLANK_RUN.sub(" ", text)).strip()
    return text


def _join_lines(match: re.Match[str]) -> str:
    """Lines of Han text join without a blank, others with one."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return "" if _is_cjk(before) and _is_cjk(after) else " "


def _is_cjk(char: str) -> bool:
    return bool(char) and ord(char) > 0x2E7F  # noqa: PLR2004  the first CJK block


# One compatibility form, and the whole text is taken apart; without these, hardly one holds any.
_COMPATIBLE = [(mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）…"]


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms unified, blanks and invisibles dropped.

    >>> fold("“瓣瓣 同心”　ＡＢ") == fold('“瓣瓣同心”AB')
    True
    >>> fold("")
    ''
    """
    for mark, plain in _COMPATIBLE:
        text = text.replace(mark, plain)
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = text.translate(_INVISIBLE)
    return "".join(text.split())


# One character comes first, so that the search for it is the engine's fastest.
_SENTENCE_END = re.compile(
    r"[。！？!?…](?:(?<!…)[。！？!?]*|(?<=(?<!…)…)…*(?=$|[^…，、；。！？]))[”’」』）)\"》】]*"
)


def find_sentences(text: str) -> Iterator[Span]:
    """The sentences of a paragraph, closing quotes included; together they cover it all.

    >>> [span.of("他说：“好！”走了。完") for span in find_sentences("他说：“好！”走了。完")]
    ['他说：“好！”', '走了。', '完']
    >>> list(find_sentences(""))
    []
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield Span(start, match.end())
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def count_sentences(text: str) -> int:
    """How many sentences `find_sentences` finds.

    >>> [count_sentences(text) for text in ("他说：“好！”走了……完", "他说……，走了", "")]
    [3, 1, 0]
    """
    parts = _SENTENCE_END.split(text)
    return len(parts) - (not parts[-1])
