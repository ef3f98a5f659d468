"""What a front matter says beside dates and credits: title, labels, addresses, unknown keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.records import Finding, Label
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import FrontMatter

_TABLE = read_table("front_matter")
_KEYS: dict[str, list[str]] = _TABLE["keys"]
_NOTHING = frozenset(_TABLE["nothing"])
_KNOWN = {
    *(key for keys in _KEYS.values() for key in keys),
    *(key for keys in read_table("agencies")["keys"].values() for key in keys),
    *read_table("dates")["keys"],
}
_SEPARATOR = re.compile(r"[,，;；、|]\s*")
_PROXY = re.compile(r"^https?://[^/?#]+/?\?(?:(?:url|src)=)?(?=https?://)")


def find_title(front_matter: FrontMatter) -> str | None:
    """The title as the front matter has it, cleaned; a list of lines as one.

    >>> find_title({"title": "治理城市&#123;一&#125;"})
    '治理城市{一}'
    >>> find_title({"title": "None"}) is None
    True
    """
    return " ".join(_find_values(front_matter, "title")) or None


def find_labels(front_matter: FrontMatter) -> Iterator[Label]:
    """The categories, then the tags, each once, in the order of the front matter.

    >>> [label.label for label in find_labels({"tags": "雄安, 交通", "categories": ("要闻",)})]
    ['要闻', '雄安', '交通']
    >>> list(find_labels({"tags": "", "categories": "None"}))
    []
    """
    for kind in ("category", "tag"):
        labels = (
            label for value in _find_values(front_matter, kind) for label in _SEPARATOR.split(value)
        )
        for label in dict.fromkeys(filter(None, labels)):
            yield Label(kind, label)


def find_url(front_matter: FrontMatter) -> str | None:
    """The article's own address, as written.

    >>> find_url({"url": "/2019/02/22/a/"})
    '/2019/02/22/a/'
    >>> find_url({}) is None
    True
    """
    return next(_find_values(front_matter, "url"), None)


def find_thumbnail(front_matter: FrontMatter) -> str | None:
    """The address of the picture that stands for the article, without a proxy's in front.

    >>> find_thumbnail({"headimg": "https://cors.example/?http://a.cn/1.jpg"})
    'http://a.cn/1.jpg'
    >>> find_thumbnail({"headimg": ""}) is None
    True
    """
    return next((_PROXY.sub("", url) for url in _find_values(front_matter, "thumbnail")), None)


def find_unknown_keys(front_matter: FrontMatter) -> Iterator[Finding]:
    """A finding for each key that no grammar file knows, with its value.

    >>> [finding.detail for finding in find_unknown_keys({"title": "题", "mood": "sunny"})]
    ['mood: sunny']
    >>> list(find_unknown_keys({"title": "题", "author": "记者", "date": "2019"}))
    []
    """
    for key, value in front_matter.items():
        if key not in _KNOWN:
            text = value if isinstance(value, str) else ", ".join(value)
            yield Finding("front_matter_unknown_key", f"{key}: {text}")


def _find_values(front_matter: FrontMatter, meaning: str) -> Iterator[str]:
    """The cleaned values of the keys that mean this; placeholders such as None left out."""
    for key in _KEYS[meaning]:
        value = front_matter.get(key, ())
        for text in map(clean, (value,) if isinstance(value, str) else value):
            if text.lower() not in _NOTHING:
                yield text
