"""What the head of a web page says of its article: JSON-LD, OpenGraph, `<meta>`, `<title>`."""

from __future__ import annotations

import html
import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from etl.extract.markup import Tag, read_attributes, read_tokens
from etl.grammar import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = read_table("pages")
_KEYS: dict[str, list[str]] = _TABLE["head"]
_ARTICLES = frozenset(_TABLE["ld"]["types"])

_LONGEST = 300_000  # characters in which a head ends
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"<script\b[^<>]*\bld\+json[^<>]*>", re.IGNORECASE)
_MOST_SCRIPTS, _DEEPEST = 20, 8


def read_page_head(markup: str) -> dict[str, str]:
    """The front matter that a page's head amounts to.

    Where several say the same thing, the first in `grammar/pages.toml` counts: JSON-LD before
    OpenGraph before `<meta>` before `<title>`.

    >>> read_page_head('<title>京津冀_网站</title><meta property="og:title" content="京津冀">')
    {'title': '京津冀'}
    >>> read_page_head("<p>正文</p>")
    {}
    """
    body = _BODY.search(markup, 0, _LONGEST)
    said = dict(_read_elements(markup[: body.start() if body else _LONGEST]))
    said |= dict(_read_linked_data(markup))
    found = {
        key: next((said[name] for name in names if said.get(name)), "")
        for key, names in _KEYS.items()
    }
    return {key: value for key, value in found.items() if value}


def _read_elements(head: str) -> Iterator[tuple[str, str]]:
    """The name and content of every `<meta>`, the canonical address and the title."""
    in_title = False
    for token in read_tokens(head):
        if isinstance(token, str):
            if in_title and token.strip():
                yield "<title>", html.unescape(token).strip()
        elif token.name == "title":
            in_title = not token.closing
        elif token.name in ("meta", "link"):
            yield from _read_element(token)


def _read_element(tag: Tag) -> Iterator[tuple[str, str]]:
    attributes = read_attributes(tag)
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    if name:
        yield name.strip().lower(), attributes.get("content", "").strip()
    elif attributes.get("rel", "").lower() == "canonical":
        yield "canonical", attributes.get("href", "").strip()


def _read_linked_data(markup: str) -> Iterator[tuple[str, str]]:
    for script in islice(_LINKED_DATA.finditer(markup), _MOST_SCRIPTS):
        end = markup.find("</script", script.end(), script.end() + _LONGEST)
        if end < 0:
            return
        try:
            data = json.loads(markup[script.end() : end], parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
        for article in islice(_find_articles(data, 0), 1):
            for key, value in article.items():
                if text := _to_text(value):
                    yield f"ld:{key.lower()}", text


def _find_articles(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """The objects that are articles, wherever a graph holds them."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _find_articles(item, depth + 1)
    elif isinstance(data, dict):
        types = data.get("@type")
        if not _ARTICLES.isdisjoint(types if isinstance(types, list) else [str(types)]):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _find_articles(data.get(key), depth + 1)


def _to_text(value: object) -> str:
    """A JSON-LD value as text: persons and media by name, pictures by address."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_to_text, islice(value, _MOST_SCRIPTS))))
    if isinstance(value, dict):
        return _to_text(value.get("name") or value.get("url"))
    return value.strip() if isinstance(value, str) else ""
