"""One document's bytes to Documents: decoded, split, layout told by content, read into blocks."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from etl.extract.encoding import Undecodable, decode
from etl.extract.front_matter import split_front_matter
from etl.extract.html import read_html
from etl.extract.markdown import read_markdown
from etl.extract.plain import read_plain
from etl.extract.rejects import refuse
from etl.extract.stacked import split_stacked
from etl.records import Document, Finding, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from etl.extract.encoding import Decoded
    from etl.records import Block, Reject

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

    Several in one file are `path#1`, `path#2`, each named after its own bytes.

    >>> from etl.records import Source
    >>> [document.layout for document in to_documents(Source("a", b"<p>x</p>"))]
    ['html']
    >>> [reject.reason for reject in to_documents(Source("a", b""))]
    ['empty']
    """
    decoded = decode(source.data)
    if isinstance(decoded, Undecodable):
        yield refuse(source.path, decoded.reason, decoded.detail, source.data)
        return
    texts = split_stacked(decoded.text)
    if len(texts) == 1:
        yield _to_document(source, decoded)
        return
    for number, text in enumerate(texts, start=1):
        part = Source(f"{source.path}#{number}", text.encode(decoded.encoding, "ignore"))
        place = Finding("stacked_documents", f"{number} of {len(texts)} in {source.path}")
        findings = (*decoded.findings, place)
        yield _to_document(part, decoded._replace(text=text, findings=findings))


def _to_document(source: Source, decoded: Decoded) -> Document | Reject:
    head = split_front_matter(decoded.text)
    layout = find_layout(head.body)
    blocks = tuple(_READERS[layout](head.body))
    if not blocks and not head.values:
        return refuse(source.path, "empty", "holds no text", source.data, decoded.encoding)
    return Document(
        source_path=source.path,
        source_sha256=hashlib.sha256(source.data).hexdigest(),
        source_bytes=len(source.data),
        encoding=decoded.encoding,
        layout=layout,
        front_matter=head.values,
        blocks=tuple(block for block in blocks if _is_content(block)),
        findings=(*decoded.findings, *head.findings, *_find_embedded(blocks)),
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


def _find_embedded(blocks: Sequence[Block]) -> Iterator[Finding]:
    if count := sum(not _is_content(block) for block in blocks):
        yield Finding("image_without_address", f"{count} images are embedded or have no address")
