"""Shapes of lines: the named patterns of a grammar file, compiled by what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from etl.grammar import load


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line, or a piece of one, looks like; `part` is what it then is.

    Examples and counterexamples are texts in which the pattern is found, or is not.
    """

    name: str
    part: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


def load_shapes(file: str) -> dict[str, re.Pattern[str]]:
    """For each part of a grammar file, one pattern that finds any of its shapes.

    >>> bool(load_shapes("headlines")["site"].search("唐山建设新基地_河北频道"))
    True
    >>> load_shapes("headlines")["site"].search("唐山建设新基地") is None
    True
    """
    patterns: dict[str, list[str]] = defaultdict(list)
    for shape in load(file, Shape):
        patterns[shape.part].append(f"(?:{shape.pattern})")
    return {part: re.compile("|".join(found)) for part, found in patterns.items()}
