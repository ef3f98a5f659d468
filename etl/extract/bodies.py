"""Bodies: which layout they are written in, told by their marks alone, and their blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.html import read_html
from etl.extract.limits import LONGEST_BLOCK, MOST_BLOCKS
from etl.extract.markdown import is_affordable, read_markdown
from etl.extract.page_heads import read_page_head
from etl.extract.pages import is_page, read_page
from etl.extract.plain import read_plain
from etl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from etl.records import Block

_HTML = re.compile(
    r"</?(?:p|div|br|table|tr|td|li|ul|ol|section|article|body|html|h[1-6]|center|blockquote)\b",
    re.IGNORECASE,
)
# In a text that begins with a line end.
_MARKDOWN = re.compile(
    r"\n(?:#{1,6}[ \t]+\S|```|~~~|>[ \t]|[-*+][ \t]+\S|\|?[ \t]*:?-+:?[ \t]*\|)|\]\(|\*\*\S"
)
_INLINE = re.compile(r"<(?:!--|img\b|a\s|span\b|font\b|strong\b|b>)", re.IGNORECASE)
_READERS: dict[str, Callable[[str], Iterator[Block]]] = {
    "html": read_html,
    "markdown": read_markdown,
    "text": read_plain,
}


class Body(NamedTuple):
    """What a body is made of; `values` is the front matter in the head of a whole web page."""

    layout: str
    blocks: tuple[Block, ...]
    values: dict[str, str]
    findings: tuple[Finding, ...]


def read_body(text: str) -> Body:
    """The blocks of a body.

    Findings: `document_cut`, `image_without_address`, `markdown_unparsed`, `page_reduced`,
    `paragraph_split`.

    >>> read_body("<p>京津冀</p>").layout, read_body("").blocks
    ('html', ())
    """
    layout, values, findings = find_layout(text), dict[str, str](), list[Finding]()
    if layout == "html" and is_page(text):
        values = read_page_head(text)
        page = read_page(text, values.get("title", ""))
        found = iter(page.blocks)
        if page.left_out:
            findings.append(Finding("page_reduced", f"{page.left_out} blocks around the article"))
    elif layout == "markdown" and not is_affordable(text):
        found = read_html(text, lines=True)
        findings.append(Finding("markdown_unparsed", "more marks than an article has"))
    else:
        found = _READERS[layout](text)
    blocks = list(islice(found, MOST_BLOCKS + 1))
    if len(blocks) > MOST_BLOCKS:
        findings.append(Finding("document_cut", f"only the first {MOST_BLOCKS:,} blocks are read"))
    findings += _find_lost_images(blocks)
    findings += _find_long(blocks)
    content = (block for block in blocks[:MOST_BLOCKS] if _is_content(block))
    parts = (part for block in content for part in _split(block))
    return Body(layout, tuple(parts), values, tuple(findings))


def find_layout(text: str) -> str:
    """Whether a body is html, markdown or text.

    >>> find_layout("<div><p>正文</p></div>"), find_layout("## 标题"), find_layout("正文")
    ('html', 'markdown', 'text')
    """
    html_marks = len(_HTML.findall(text))
    markdown_marks = len(_MARKDOWN.findall(f"\n{text}"))
    is_tagged = text.lstrip()[:1] == "<" or html_marks >= text.count("\n")
    if is_page(text) or (html_marks > markdown_marks and is_tagged):
        return "html"
    return "markdown" if markdown_marks or html_marks or _INLINE.search(text) else "text"


def _is_content(block: Block) -> bool:
    return block.kind != "image" or block.url is not None


def _find_lost_images(blocks: Sequence[Block]) -> Iterator[Finding]:
    if count := sum(not _is_content(block) for block in blocks):
        yield Finding("image_without_address", f"{count} images are embedded or have no address")


def _find_long(blocks: Sequence[Block]) -> Iterator[Finding]:
    if count := sum(len(block.text) > LONGEST_BLOCK for block in blocks):
        detail = f"{count} paragraphs of more than {LONGEST_BLOCK:,} characters"
        yield Finding("paragraph_split", detail)


def _split(block: Block) -> Iterator[Block]:
    """A block without end, in parts that each end with a sentence where there is one."""
    text = block.text
    while len(text) > LONGEST_BLOCK:
        end = max(text.rfind(mark, 0, LONGEST_BLOCK) for mark in "。！？；") + 1 or LONGEST_BLOCK
        yield replace(block, text=text[:end].rstrip())
        text = text[end:].lstrip()
    yield block if text == block.text else replace(block, text=text, gap=0)
