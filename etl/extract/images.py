"""The image an `<img>` stands for: its real address and its stated size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from etl.records import Block
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

# Lazy loading keeps the picture here and a placeholder, or a proxy's address, in `src`.
_ADDRESSES = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-url",
    "data-lazyload",
    "original",
    "zoomfile",
    "file",
    "src",
)
_PROXY = re.compile(
    r"https?://[^/?#]+/[^?#]*\?(?:(?:url|src|u|image|img)=)?(https?(?:://|%3A%2F%2F).+)",
    re.IGNORECASE,
)
_SIZE_IN_ADDRESS = re.compile(r"[_-]w(\d{1,5})_?h(\d{1,5})(?=\D|$)")
_NO_ADDRESS = ("data:", "about:", "blob:", "javascript:")
_LONGEST, _MOST_PROXIES = 4_000, 3
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", re.IGNORECASE)
_STYLE = {
    side: re.compile(rf"(?:^|[;\s]){side}\s*:\s*(\d{{1,5}})(?:\.\d+)?px", re.IGNORECASE)
    for side in ("width", "height")
}


def to_image(attributes: Mapping[str, str]) -> Block:
    """The image of an `<img>` tag's attributes; `url` None where it carries no address.

    An image embedded in the page itself (`data:`) has no address.

    >>> to_image({"src": "https://p.example/?http://a.cn/1.jpg", "data-width": "650"}).url
    'http://a.cn/1.jpg'
    >>> to_image({"src": "data:image/png;base64,iVBOR"}).url
    """
    addresses = (parse_address(attributes[key]) for key in _ADDRESSES if key in attributes)
    url = next((address for address in addresses if address), None)
    width, height = _read_size(attributes, url or "")
    text = clean(attributes.get("alt", "") or attributes.get("title", ""))
    return Block("image", text, url=url, width=width, height=height)


def parse_address(raw: str) -> str | None:
    """The address of the thing itself, without a proxy's in front.

    >>> parse_address("//cdn.example/a b.jpg ")
    'https://cdn.example/a%20b.jpg'
    >>> parse_address("https://cors.example/?url=http%3A%2F%2Fa.cn%2F1.jpg")
    'http://a.cn/1.jpg'
    >>> parse_address("data:image/gif;base64,R0lG")
    """
    address = raw[: _LONGEST + 1].replace("\n", "").strip()
    if not address or len(address) > _LONGEST or address.lower().startswith(_NO_ADDRESS):
        return None
    address = _unwrap(address)
    if address.startswith("//"):
        address = f"https:{address}"
    return address.replace(" ", "%20")


def _unwrap(address: str) -> str:
    for _ in range(_MOST_PROXIES):
        match = _PROXY.match(address)
        if match is None:
            break
        address = unquote(match[1]) if "%3a%2f%2f" in match[1][:16].lower() else match[1]
    return address


def _read_size(attributes: Mapping[str, str], url: str) -> tuple[int | None, int | None]:
    width, height = (
        _parse_pixels(attributes.get(side, ""))
        or _parse_pixels(attributes.get(f"data-{side}", ""))
        or _parse_style(side, attributes.get("style", ""))
        for side in ("width", "height")
    )
    if width is None and height is None and (match := _SIZE_IN_ADDRESS.search(url)):
        width, height = int(match[1]), int(match[2])
    return width, height


def _parse_pixels(value: str) -> int | None:
    match = _PIXELS.match(value)
    return int(match[1]) or None if match else None


def _parse_style(side: str, style: str) -> int | None:
    match = _STYLE[side].search(style)
    return int(match[1]) or None if match else None
