"""One source's bytes to Documents: decoded, split, its front matter and its body read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from etl.extract.bodies import read_body
from etl.extract.encoding import Undecodable, decode
from etl.extract.front_matter import split_front_matter
from etl.extract.limits import MOST_CHARS
from etl.extract.rejects import refuse
from etl.extract.stacked import split_stacked
from etl.records import Document, Finding, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.extract.encoding import Decoded
    from etl.records import Reject


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
    body = read_body(head.body)
    if not body.blocks:
        detail = "front matter without a text" if head.values else "holds no text"
        return refuse(source.path, "empty", detail, source.data, decoded.encoding)
    if (chars := sum(len(block.text) for block in body.blocks)) > MOST_CHARS:
        detail = f"{chars:,} characters of text"
        return refuse(source.path, "too_large", detail, source.data, decoded.encoding)
    return Document(
        source_path=source.path,
        source_sha256=hashlib.sha256(source.data).hexdigest(),
        source_bytes=len(source.data),
        encoding=decoded.encoding,
        layout=body.layout,
        front_matter={**body.values, **head.values},
        blocks=body.blocks,
        findings=(*decoded.findings, *head.findings, *body.findings),
    )
