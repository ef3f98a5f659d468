"""HTML bodies: blocks in the order a reader meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.extract.blocks import BlockBuilder
from etl.extract.markup import Tag, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Block


def read_html(markup: str, *, lines: bool = False) -> Iterator[Block]:
    """The blocks of an HTML fragment; with `lines`, a line end parts blocks like a `<br>`.

    What comes from lines of text may say `<br data-gap="2">`: two blank lines stand here.

    >>> [block.text for block in read_html("<p>京津<b>冀</b></p>协同<br>发展")]
    ['京津冀', '协同', '发展']
    >>> list(read_html("<div> &nbsp;</div>"))
    []
    """
    builder = BlockBuilder()
    for token in read_tokens(markup):
        if isinstance(token, Tag):
            yield from builder.take(token)
        elif lines and "\n" in token and not builder.keeps_lines:
            for number, line in enumerate(token.split("\n")):
                if number:
                    yield from builder.flush()
                builder.write(line)
        else:
            builder.write(token)
    yield from builder.flush()
