"""The numbers of a calendar, in digits or Chinese: 二〇一九年二月廿二日, 民国一百零八年, 七时半."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = "零一二三四五六七八九"
_ZEROS = str.maketrans("〇○Oo", "零零零零")


def parse_year(text: str) -> int:
    """A year, digit by digit.

    >>> parse_year("2019"), parse_year("二〇一九")
    (2019, 2019)

    Raises:
        ValueError: a character is no digit.
    """
    zeroed = text.translate(_ZEROS)
    return int("".join(str(_DIGITS.find(char)) if char in _DIGITS else char for char in zeroed))


def parse_small(text: str) -> int:
    """A month, day, hour, minute or year of the republic: below 200.

    >>> parse_small("22"), parse_small("廿二"), parse_small("元"), parse_small("一百零八")
    (22, 22, 1, 108)

    Raises:
        ValueError: the characters are no such number.
    """
    if text.isdecimal():
        return int(text)
    number = _SPELLED.get(text.translate(_ZEROS))
    if number is None:
        raise ValueError(text)
    return number


def _spell(number: int) -> Iterator[str]:
    """The ways to write a number below 200."""
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    last = _DIGITS[unit] if unit else ""
    head = "一百" if hundreds else ""
    if not tens:
        yield head + ("零" if head and unit else "") + (last if number else "零")
        return
    yield f"{head}{_DIGITS[tens]}十{last}"
    for short, value in (("十", 1), ("廿", 2), ("卅", 3)):
        if tens == value:
            yield f"{head}{short}{last}"


_SPELLED = {"元": 1} | {word: number for number in range(200) for word in _spell(number)}
