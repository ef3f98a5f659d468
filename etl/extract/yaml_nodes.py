"""YAML as plain dicts, lists and strings: nothing resolved, shared, typed or run."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

import yaml

from etl.grammar import read_table

Node: TypeAlias = "str | list[Node] | dict[str, Node]"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 8

# Titles that YAML would read as a list, an anchor, a tag, an alias or a comment.
_TITLE = re.compile(
    rf"^((?:{'|'.join(read_table('front_matter')['keys']['title'])})[^\S\n]*:[^\S\n]+)"
    r"([\[{&!#*].*|[^\s'\"|>].*?\s#.*)$",
    re.MULTILINE | re.IGNORECASE,
)


def read_yaml(block: str) -> tuple[Node, list[str]]:
    r"""The tree of a YAML document, and what of YAML it was denied.

    A title keeps all its characters. An alias is its own text, so that no document grows by
    what it repeats; tags are ignored, what is nested too deep is left out.

    Raises:
        yaml.YAMLError: the block is not YAML.

    >>> read_yaml("title: [组图] 京津冀 #1\ntags: [a, *b]\n")
    ({'title': '[组图] 京津冀 #1', 'tags': ['a', '*b']}, ['alias *b'])
    >>> read_yaml("")
    ('', [])
    """
    block = _TITLE.sub(lambda match: match[1] + json.dumps(match[2].rstrip()), block)
    builder = _Builder()
    for event in yaml.parse(block, Loader=_LOADER):
        builder.take(event)
    return builder.root, builder.denied


class _Builder:
    """The tree so far: the containers that are open, and the key each mapping waits with."""

    def __init__(self) -> None:
        self.root: Node = ""
        self.denied: list[str] = []
        self._open: list[list[Node] | dict[str, Node]] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event in."""
        if isinstance(event, yaml.ScalarEvent):
            self._add(event.value)
        elif isinstance(event, yaml.AliasEvent):
            self.denied.append(f"alias *{event.anchor}")
            self._add(f"*{event.anchor}")
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._enter({} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        if tag := getattr(event, "tag", None):
            self.denied.append(f"tag {tag}")

    def _enter(self, container: list[Node] | dict[str, Node]) -> None:
        if len(self._open) < _DEEPEST:
            self._add(container)
        else:
            self.denied.append(f"nesting beyond {_DEEPEST}")
        self._open.append(container)
        self._keys.append(None)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, key = self._open[-1], self._keys[-1]
        if isinstance(parent, list):
            parent.append(node)
        elif key is None:
            self._keys[-1] = node if isinstance(node, str) else ""
        else:
            parent.setdefault(key, node)
            self._keys[-1] = None
