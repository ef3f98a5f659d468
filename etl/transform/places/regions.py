"""Places named in a paragraph: 河北省张北县, 京津冀, 雄安新区, 官厅水库, 非洲.

Names come from the gazetteer, longest first. A name that is also a common word (和平, 大兴) is a
place only where something beside it says so: its parent before it, its siblings around it, a
preposition, an office. Names of several regions (朝阳, 通州) are told apart by the places around
them; what stays open is left out.

Areas, townships and villages that the gazetteer does not know name themselves (郝家营乡, 容西片区):
they carry the code of the smallest known region that contains them, and `is_exact` is false.
Without such a region before them they are left out. 全国, 全省, 该市 are no names; 中国 is one only
beside other countries.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from etl.transform.places.gazetteer import MEMBERS, REGIONS, Region, contains
from etl.transform.places.place_areas import PlaceMatch, find_again, find_areas
from etl.transform.places.place_names import find_names
from etl.transform.places.place_senses import find_surroundings, resolve_names, settle_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["MEMBERS", "REGIONS", "PlaceMatch", "Region", "contains", "find_places", "join_chains"]


def find_places(text: str) -> Iterator[PlaceMatch]:
    """The places named in `text`, in reading order, none overlapping.

    >>> [(place.surface, place.region_code) for place in find_places("河北廊坊三河、京津冀")]
    [('河北', '130000'), ('廊坊', '131000'), ('三河', '131082'), ('京津冀', 'jing_jin_ji')]
    >>> list(find_places("维护世界和平，全国一盘棋"))
    []
    """
    names = find_names(text)
    resolve_names(text, names)
    return find_areas(text, [name for name in names if name.code])


def find_places_together(texts: Sequence[str]) -> list[list[PlaceMatch]]:
    """The places of each of a document's `texts`; what one says for certain settles the others.

    So does an area that named itself behind a known place: it is known from then on.

    >>> [len(found) for found in find_places_together(["在陕西安塞学艺", "安塞共有5家"])]
    [2, 1]
    >>> find_places_together(["安塞共有5家"])
    [[]]
    >>> [len(found) for found in find_places_together(["广州市云山开发区", "云山开发区5家"])]
    [2, 1]
    """
    named = [find_names(text) for text in texts]
    for text, names in zip(texts, named, strict=True):
        resolve_names(text, names)
    around = find_surroundings(chain.from_iterable(named))
    for text, names in zip(texts, named, strict=True):
        if not all(name.code for name in names):
            settle_names(text, names, around)
    found = [
        list(find_areas(text, [name for name in names if name.code]))
        for text, names in zip(texts, named, strict=True)
    ]
    return find_again(texts, found)


def join_chains(places: Iterable[PlaceMatch]) -> Iterator[PlaceMatch]:
    """Places that follow one another from the larger to the smaller, as one.

    >>> [place.surface for place in join_chains(find_places("河北省张北县郝家营乡西高庙村"))]
    ['河北省张北县郝家营乡西高庙村']
    >>> [place.surface for place in join_chains(find_places("天津河北"))]
    ['天津', '河北']
    """
    chain: PlaceMatch | None = None
    for place in places:
        if chain and chain.end == place.start and _leads_into(chain, place):
            chain = place._replace(start=chain.start, surface=chain.surface + place.surface)
            continue
        if chain:
            yield chain
        chain = place
    if chain:
        yield chain


def _leads_into(larger: PlaceMatch, smaller: PlaceMatch) -> bool:
    """石家庄石家庄 are two mentions of one place, no chain."""
    is_same = larger.region_code == smaller.region_code and smaller.is_exact
    return contains(larger.region_code, smaller.region_code) and not is_same
