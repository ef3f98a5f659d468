"""The headline: title, kicker (引题, 栏目) and subtitle (副题), and the blocks that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.records import Finding
from etl.text import find_sentences
from etl.transform.attribution.credits import credit_kind
from etl.transform.front_matter import find_title
from etl.transform.structure.boilerplate import is_boilerplate
from etl.transform.structure.captions import is_caption
from etl.transform.structure.titles import (
    measure_likeness,
    mend,
    parse_column,
    parse_original,
    split_column,
    split_labels,
    to_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.records import Block, FrontMatter


@dataclass(frozen=True, slots=True)
class Headlines:
    """What the head says, and which blocks (by position) say it.

    `kinds` maps positions to headline, kicker or subtitle.
    """

    title: str
    kicker: str | None = None
    subtitle: str | None = None
    kinds: Mapping[int, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


_CLOSED = re.compile(r"[。！？!?；;，,、：:…][”’」』）)\"']*$")
_LONGEST_LINE = 90

_HEAD_BLOCKS = 5
_ALIKE = 0.5
_SHORTEST_PART = 8
_LONGEST_INTRODUCTION = 20  # 新华社北京10月19日电 题：

# A newspaper's head: 引题, title, 副题, a blank line for each that is missing.
_KICKER_LINE, _TITLE_LINE, _SUBTITLE_LINE = range(3)


def find_headlines(front_matter: FrontMatter, texts: Sequence[Block]) -> Headlines:
    """Title, kicker and subtitle of a document.

    `texts` are the body's blocks without images. The front matter's title comes first, freed
    from site names and labels and mended from the body; without one a marked-up heading on
    top, or the lines above the text as in a newspaper; at last the first sentence stands in.
    Every change leaves a finding.
    """
    raw = find_title(front_matter)
    if raw is not None:
        return _find_titled(raw, texts)
    return _find_marked(texts) or _find_printed(texts) or _find_sentence(texts)


def is_line(text: str) -> bool:
    """Whether a text is a line such as headlines are: short, not closed like a sentence, no credit.

    >>> is_line("走出老工业区转型发展的新路（奋进历程）"), is_line("协同发展，交通先行。")
    (True, False)
    """
    return (
        len(text) <= _LONGEST_LINE
        and _CLOSED.search(text) is None
        and not is_caption(text)
        and not is_boilerplate(text)
        and credit_kind(text) is None
    )


def _find_titled(raw: str, texts: Sequence[Block]) -> Headlines:
    """The head of a document with a title of its own: the body may say it again, and more."""
    stripped, label = split_labels(raw)
    title = mend(stripped, (block.text for block in texts))
    originals = dict(_find_originals(texts))
    heads = set(_find_repeats(title, texts))
    columns = dict(_find_columns(label, texts))
    if not heads:
        heads, above = _find_paraphrases(title, texts)
        columns |= above
    others = {
        i: text
        for i, text in originals.items()
        if text and i not in heads and i not in columns and not _is_alike(text, title)
    }
    findings = list(_describe_changes(raw, stripped, title))
    if heads - originals.keys():
        columns |= others  # what stands above the title is its 引题
    else:
        findings += [Finding("title_differs", text) for text in dict.fromkeys(others.values())]
    heads |= originals.keys()
    kinds = dict.fromkeys(heads, "headline") | dict.fromkeys(columns, "kicker")
    kinds |= dict(_find_again(kinds, texts))
    subtitle = _find_subtitle(texts, kinds)
    if subtitle is not None:
        kinds[subtitle] = "subtitle"
    return Headlines(
        title,
        label or next(iter(columns.values()), None),
        None if subtitle is None else texts[subtitle].text,
        dict(sorted(kinds.items())),
        tuple(findings),
    )


def _find_columns(label: str | None, texts: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Lines that hold only a column: the title's own label, or one in 【】."""
    for position, block in enumerate(texts[:_HEAD_BLOCKS]):
        if column := parse_column(block.text):
            yield position, column
        elif block.text == label:
            yield position, label


def _find_repeats(title: str, texts: Sequence[Block]) -> Iterator[int]:
    """The blocks that repeat the title, if need be behind a dateline or 原标题：.

    At the head a long part of it is enough: sites join an article's headlines to one title.
    """
    key = to_key(title)
    longest = 2 * len(title) + _LONGEST_INTRODUCTION
    for position, block in enumerate(texts):
        if not key or len(block.text) > longest:
            continue
        found = to_key(block.text)
        is_whole = found.endswith(key) and len(found) <= len(key) + _LONGEST_INTRODUCTION
        is_part = position < _HEAD_BLOCKS and len(found) >= _SHORTEST_PART and found in key
        if is_whole or is_part:
            yield position


def _find_paraphrases(title: str, texts: Sequence[Block]) -> tuple[set[int], dict[int, str]]:
    """The article's first line where it says the title in other words, and the 引题 above it.

    Pages print a summary first; the article begins with what the summary begins with.
    """
    head = [block.text for block in texts[:_HEAD_BLOCKS]]
    heads: set[int] = set()
    above: dict[int, str] = {}
    for position, text in enumerate(head):
        line = text.rstrip("？！?!")
        is_first = position == 0 or any(earlier.startswith(text) for earlier in head[:position])
        if len(line) > 2 * len(title) or not is_line(line):
            continue
        if _is_alike(line, title) and (is_first or position - 1 in above):
            heads.add(position)
        elif is_first and position:
            above[position] = text
    return heads, {i: text for i, text in above.items() if i + 1 in heads}


def _is_alike(line: str, title: str) -> bool:
    return len(line) >= _SHORTEST_PART and measure_likeness(line, title) >= _ALIKE


def _find_originals(texts: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """The lines 原标题：… and what they say, "" where only the next line says it.

    A summary may begin with such a line and go on: it is none.
    """
    lines = {i: parse_original(block.text) for i, block in enumerate(texts[:_HEAD_BLOCKS])}
    found = {i: text for i, text in lines.items() if text is not None and is_line(text)}
    for position, text in found.items():
        if not any(other and text != other and text.startswith(other) for other in found.values()):
            yield position, text
        if not text and position + 1 < len(texts) and is_line(texts[position + 1].text):
            yield position + 1, texts[position + 1].text


def _find_again(kinds: Mapping[int, str], texts: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Head blocks that a page prints twice, once with its summary."""
    known = {texts[position].text: kind for position, kind in kinds.items()}
    for position, block in enumerate(texts[:_HEAD_BLOCKS]):
        if block.text in known:
            yield position, known[block.text]


def _find_subtitle(texts: Sequence[Block], kinds: Mapping[int, str]) -> int | None:
    """The line between the headline and the text."""
    heads = [i for i, kind in kinds.items() if kind == "headline" and i < _HEAD_BLOCKS]
    if not heads or len(texts) <= (position := max(heads) + 1) + 1:
        return None
    block, follows = texts[position], texts[position + 1]
    is_open = position not in kinds and block.kind == "paragraph" and is_line(block.text)
    is_long = len(block.text) >= _SHORTEST_PART  # shorter ones are section headings
    return position if is_open and is_long and not is_line(follows.text) else None


def _describe_changes(raw: str, stripped: str, title: str) -> Iterator[Finding]:
    if stripped != raw:
        yield Finding("title_cleaned", raw)
    if title != stripped:
        yield Finding("title_restored", stripped)


def _find_marked(texts: Sequence[Block]) -> Headlines | None:
    """A heading of the highest level on top of the body."""
    if not texts or texts[0].kind != "heading" or texts[0].level != 1:
        return None
    title, label = split_labels(texts[0].text)
    findings = _describe_changes(texts[0].text, title, title)
    return Headlines(title, label, kinds={0: "headline"}, findings=tuple(findings))


def _find_printed(texts: Sequence[Block]) -> Headlines | None:
    """A newspaper's head: the blank lines say which of its three lines is which."""
    lines = dict(_number_lines(texts)) if texts else {}
    if not lines:
        return None
    if _TITLE_LINE not in lines:
        lines = {_TITLE_LINE: min(lines.values())}
    text = {line: texts[position].text for line, position in lines.items()}
    title, kicker = split_column(text[_TITLE_LINE])
    above = text.get(_KICKER_LINE, "")
    names = ["kicker", "headline", "subtitle"]
    findings: tuple[Finding, ...] = ()
    if above.endswith("——"):
        title, names[_KICKER_LINE] = above + title, "headline"
    elif above:
        findings = (Finding("column_label", kicker),) if kicker else ()
        kicker = above
    kinds = {position: names[line] for line, position in lines.items()}
    return Headlines(title, kicker, text.get(_SUBTITLE_LINE), kinds, findings)


def _number_lines(texts: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The lines of the head by their number, with their position.

    Where no blank lines are known and some are missing, the first is the title, and what
    stands below it no 副题 unless a dash says so.
    """
    is_full = len(texts) > _SUBTITLE_LINE and all(is_line(t.text) for t in texts[:3])
    is_known = is_full or any(block.gap for block in texts)
    is_title_first = not is_known and not texts[0].text.endswith("——")
    line = _KICKER_LINE if is_title_first else _KICKER_LINE - 1
    for position, block in enumerate(texts):
        line += block.gap + 1
        if line > _SUBTITLE_LINE or not is_line(block.text):
            return
        if is_known or line < _SUBTITLE_LINE or block.text.startswith("——"):
            yield line, position


def _find_sentence(texts: Sequence[Block]) -> Headlines:
    """The first sentence in a title's place."""
    if not texts:
        return Headlines("", findings=(Finding("title_missing", "the body holds no text"),))
    text = texts[0].text
    title = next(find_sentences(text)).of(text)[:_LONGEST_LINE]
    return Headlines(title, findings=(Finding("title_from_body", title),))
