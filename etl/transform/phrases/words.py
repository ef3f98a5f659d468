"""Words with their parts of speech, by jieba's dictionary as compiled into rjieba."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import rjieba

from etl.grammar import read_table

NOUNS: tuple[str, ...] = tuple(read_table("words")["rule"][0]["words"])
_WHOLE = re.compile(rf"[“\"‘][^”\"’]{{1,16}}[”\"’]|{'|'.join(map(re.escape, NOUNS))}")


class Word(NamedTuple):
    """A word and its ICTCLAS tag; a short quotation and a noun of ours are one noun (nz)."""

    text: str
    tag: str

    @property
    def is_quotation(self) -> bool:
        """Whether this is a quotation taken as one word."""
        return len(self.text) > 1 and self.text[0] in '“"‘'


@lru_cache(maxsize=4096)  # the same phrases stand beside many quantities
def find_words(text: str) -> tuple[Word, ...]:
    """The words of `text`; together they are the text.

    >>> find_words("“千年秀林”建设")
    (Word(text='“千年秀林”', tag='nz'), Word(text='建设', tag='vn'))
    >>> find_words("")
    ()
    """
    words: list[Word] = []
    position = 0
    for match in _WHOLE.finditer(text):
        words += [Word(*pair) for pair in rjieba.tag(text[position : match.start()])]
        words.append(Word(match.group(), "nz"))
        position = match.end()
    words += [Word(*pair) for pair in rjieba.tag(text[position:])]
    return tuple(words)
