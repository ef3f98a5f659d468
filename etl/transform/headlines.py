"""The headline: title, kicker (引题, 栏目) and subtitle (副题), and the blocks that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.grammar import load
from etl.records import Finding
from etl.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.records import Block, FrontMatter


@dataclass(frozen=True, slots=True)
class HeadlineRule:
    """Something that stands around a title; `part` says what to do with it."""

    name: str
    part: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


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


RULES = load("headlines", HeadlineRule)


def _compile(part: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES if rule.part == part))


_SITE, _KICKER, _PREFIX = _compile("site"), _compile("kicker"), _compile("prefix")
_COLUMN, _NO_COLUMN = _compile("column"), _compile("title")
_ORIGINAL = re.compile(r"原标题[：:]\s*(?P<title>[^。]{2,60})")
_BRACKETED = re.compile(r"【([^【】]{2,16})】")
_NOTHING = {"", "none", "null", "nan", "undefined", "untitled", "无标题"}

_TERMINATED = re.compile(r"[。！？!?；;，,、：:…][”’」』）)\"']*$")
_DATELINE = re.compile(r"^(?:据?新华社|本报|人民网|新华网|中新社).{0,14}(?:电|讯)|^（记者")
_LONGEST_LINE = 90
# A newspaper's head: 引题, title, 副题, a blank line for each that is missing.
_KICKER_LINE, _TITLE_LINE, _SUBTITLE_LINE = range(3)
_ALIKE = 0.5
_LAST_HEAD_BLOCK = 5


def find_headlines(front_matter: FrontMatter, texts: Sequence[Block]) -> Headlines:
    """Title, kicker and subtitle of a document.

    `texts` are the body's blocks without images. The front matter's title comes first, freed
    from site names and labels and mended from the body; without one the lines above the text
    are read as a newspaper's head, and at last the first sentence stands in. Every change
    leaves a finding.
    """
    raw = _front_matter_title(front_matter)
    if raw is not None:
        return _titled(raw, texts)
    return _read_head(texts) or _first_sentence(texts)


def is_line(text: str) -> bool:
    """Whether a text is a line such as headlines are: short and not closed like a sentence.

    >>> is_line("创造新时代高质量发展的标杆（辉煌历程）"), is_line("协同发展，交通先行。")
    (True, False)
    """
    return (
        len(text) <= _LONGEST_LINE
        and _TERMINATED.search(text) is None
        and _DATELINE.search(text) is None
    )


def _front_matter_title(front_matter: FrontMatter) -> str | None:
    value = front_matter.get("title", "")
    text = clean(value if isinstance(value, str) else " ".join(value))
    return None if text.lower() in _NOTHING else text


def _titled(raw: str, texts: Sequence[Block]) -> Headlines:
    title, kicker = _strip_labels(raw)
    keys = [_key(block.text) for block in texts]
    kinds = _find_repeats(title, keys) or _find_paraphrase(title, texts)
    mended = _mend(title, texts)
    kicker, original = _read_originals(kicker, texts, kinds)
    kicker = _read_bracketed(kicker, texts, kinds)
    subtitle = _read_subtitle(texts, kinds)
    findings = [Finding("title_cleaned", raw)] if title != raw else []
    if mended != title:
        findings.append(Finding("title_restored", title))
    if original is not None:
        findings.append(Finding("title_differs", original))
    return Headlines(mended, kicker, subtitle, kinds, tuple(findings))


def _strip_labels(raw: str) -> tuple[str, str | None]:
    """The title without the site's additions, and the label that stood before or behind it."""
    title, kicker = _PREFIX.sub("", raw), None
    while (site := _SITE.search(title)) and site.start() > 0:
        title = title[: site.start()].rstrip()
    if (label := _KICKER.search(title)) and label.end() - label.start() < len(title):
        kicker = next(group for group in label.groups() if group)
        title = title[: label.start()] + title[label.end() :]
    return title, kicker


def _key(text: str) -> str:
    """A text's letters and digits: equal for titles that lost their punctuation upstream."""
    return "".join(char for char in fold(text) if char.isalnum())


def _find_repeats(title: str, keys: Sequence[str]) -> dict[int, str]:
    """The blocks that repeat the title, if need be behind 原标题：or a dateline."""
    key = _key(title)
    longest = len(key) + 20
    return {
        position: "headline"
        for position, found in enumerate(keys)
        if key and len(found) <= longest and found.endswith(key)
    }


def _find_paraphrase(title: str, texts: Sequence[Block]) -> dict[int, str]:
    """The line above the text that says the title in other words."""
    for position, block in enumerate(texts[:_LAST_HEAD_BLOCK]):
        text = block.text.rstrip("？！?!")
        if len(text) <= 2 * len(title) and is_line(text) and _likeness(text, title) >= _ALIKE:
            return {position: "headline"}
    return {}


def _likeness(one: str, other: str) -> float:
    """The share of the shorter text's character pairs that the other has, 0 to 1."""
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in (_key(one), _key(other))]
    return len(pairs[0] & pairs[1]) / max(min(map(len, pairs)), 1)


def _mend(title: str, texts: Sequence[Block]) -> str:
    """The title with the characters that a file name cannot hold read back from the body."""
    if "_" not in title:
        return title
    key = _key(title)
    for block in texts:
        found = [(i, char) for i, char in enumerate(block.text) if char.isalnum()]
        start = "".join(char for _, char in found).find(key)
        if start >= 0:
            lead = len(title) - len(title.lstrip("_"))
            tail = len(title) - len(title.rstrip("_"))
            first, last = found[start][0] - lead, found[start + len(key) - 1][0] + tail
            return block.text[max(first, 0) : last + 1]
    return title


def _read_originals(
    kicker: str | None, texts: Sequence[Block], kinds: dict[int, str]
) -> tuple[str | None, str | None]:
    """What stands behind 原标题：if it is not the title: the 引题 where the title follows."""
    original = None
    followed = bool(kinds)
    for position, block in enumerate(texts):
        match = _ORIGINAL.fullmatch(block.text)
        if match and position not in kinds:
            original = match["title"]
            kinds[position] = "kicker" if followed else "headline"
    if original is not None and followed:
        return kicker or original, None
    return kicker, original


def _read_bracketed(
    kicker: str | None, texts: Sequence[Block], kinds: dict[int, str]
) -> str | None:
    """A 【column】 that stands alone above the text."""
    for position, block in enumerate(texts[:4]):
        if match := _BRACKETED.fullmatch(block.text):
            kinds[position] = "kicker"
            return kicker or match[1]
        if not is_line(block.text):
            break
    return kicker


def _read_subtitle(texts: Sequence[Block], kinds: dict[int, str]) -> str | None:
    """The line between the headline and the text."""
    heads = [position for position, kind in kinds.items() if kind == "headline"]
    if not heads or len(texts) <= (position := max(heads) + 1) + 1:
        return None
    line, follows = texts[position].text, texts[position + 1].text
    if (
        position in kinds
        or not is_line(line)
        or is_line(follows)
        or texts[position].kind != "paragraph"
    ):
        return None
    kinds[position] = "subtitle"
    return line


def _read_head(texts: Sequence[Block]) -> Headlines | None:
    """A newspaper's head: the blank lines say which of its three lines is which."""
    lines: dict[int, int] = {}
    line = -1
    for position, block in enumerate(texts):
        line += block.gap + 1
        if line > _SUBTITLE_LINE or not is_line(block.text):
            break
        lines[line] = position
    if not lines:
        return None
    if _TITLE_LINE not in lines:
        lines = {_TITLE_LINE: min(lines.values())}
    return _to_headlines(texts, lines)


def _to_headlines(texts: Sequence[Block], lines: Mapping[int, int]) -> Headlines:
    text = {line: texts[position].text for line, position in lines.items()}
    title, kicker = _split_column(text[_TITLE_LINE])
    subtitle = text.get(_SUBTITLE_LINE)
    above = text.get(_KICKER_LINE, "")
    findings: tuple[Finding, ...] = ()
    names = ["kicker", "headline", "subtitle"]
    if above.endswith("——"):
        title, names[_KICKER_LINE] = above + title, "headline"
    elif above:
        findings = (Finding("column_label", kicker),) if kicker else ()
        kicker = above
    kinds = {position: names[line] for line, position in lines.items()}
    return Headlines(title, kicker, subtitle, kinds, findings)


def _split_column(line: str) -> tuple[str, str | None]:
    """A newspaper's headline without the column label behind it.

    >>> _split_column("中国春节的世界“年味儿”（环球走笔）")
    ('中国春节的世界“年味儿”', '环球走笔')
    >>> _split_column("优化营商环境条例（草案）")
    ('优化营商环境条例（草案）', None)
    """
    match = _COLUMN.search(line)
    if match is None or _NO_COLUMN.search(line, match.start()):
        return line, None
    return line[: match.start()], match[1]


def _first_sentence(texts: Sequence[Block]) -> Headlines:
    if not texts:
        return Headlines("", findings=(Finding("title_missing", "the document holds no text"),))
    sentence = re.split(r"(?<=[。！？!?])", texts[0].text, maxsplit=1)[0][:_LONGEST_LINE]
    return Headlines(sentence, findings=(Finding("title_from_body", sentence),))
