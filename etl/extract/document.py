"""One document's bytes to a Document: decoded, split, its layout told by its content."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from etl.extract.encoding import decode
from etl.extract.front_matter import split_front_matter
from etl.extract.html import read_html
from etl.extract.markdown import read_markdown
from etl.extract.plain import read_plain
from etl.records import Document, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from etl.records import Block, Source

_HTML = re.compile(
    r"</?(?:p|div|br|table|tr|td|li|ul|ol|section|article|body|html|h[1-6]|center|blockquote)\b",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}[ \t]+\S|```|~~~|>[ \t]|[-*+][ \t]+\S|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|\]\(|\*\*\S|<!--|<img\b",
    re.MULTILINE | re.IGNORECASE,
)
_READERS: dict[str, Callable[[str], Iterator[Block]]] = {
    "html": read_html,
    "markdown": read_markdown,
    "text": read_plain,
}


def to_documents(source: Source) -> Iterator[Document | Reject]:
    """The documents that `source` holds, or why it holds none.

    >>> from etl.records import Source
    >>> [document.layout for document in to_documents(Source("a", b"<p>x</p>"))]
    ['html']
    >>> [reject.reason for reject in to_documents(Source("a", b""))]
    ['empty']
    """
    digest = hashlib.sha256(source.data).hexdigest()
    decoded = decode(source.data)
    if decoded is None:
        yield Reject(
            source.path, digest, len(source.data), None, "undecodable", "no known encoding reads it"
        )
        return
    if not decoded.text.strip():
        yield Reject(
            source.path, digest, len(source.data), decoded.encoding, "empty", "holds no text"
        )
        return
    head = split_front_matter(decoded.text)
    layout = find_layout(head.body)
    blocks = tuple(block for block in _READERS[layout](head.body) if _is_content(block))
    yield Document(
        source.path,
        digest,
        len(source.data),
        decoded.encoding,
        layout,
        head.values,
        blocks,
        head.findings,
    )


def find_layout(body: str) -> str:
    """Whether a body is html, markdown or text, from its marks alone.

    >>> find_layout("<div><p>正文</p></div>"), find_layout("## 标题"), find_layout("正文")
    ('html', 'markdown', 'text')
    """
    html_marks = len(_HTML.findall(body))
    markdown_marks = len(_MARKDOWN.findall(body))
    if html_marks > markdown_marks and (
        body.lstrip().startswith("<") or html_marks >= body.count("\n")
    ):
        return "html"
    return "markdown" if markdown_marks or html_marks else "text"


def _is_content(block: Block) -> bool:
    return block.kind != "image" or block.url is not None
