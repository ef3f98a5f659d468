"""Which places a quantity is about, within its paragraph and across paragraphs."""

from __future__ import annotations

import pytest

from etl.records import Paragraph
from etl.transform.locations import Seen, find_spots
from etl.transform.metrics import find_metrics
from etl.transform.regions import find_places


def regions_of(*texts):
    paragraphs = [Paragraph(index, "body", text) for index, text in enumerate(texts, 1)]
    return [[r.surface for r in m.regions] for m in find_metrics(paragraphs, None)[0]]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["张家口市举办展会。", "该市投资增长5%。"], [["张家口市"]]),
        (["张家口市举办展会，共5家参加。", "该市投资增长5%。"], [["张家口市"], ["张家口市"]]),
        (["张家口市办展。", "承德市办会。", "该市投资增长5%。"], [["承德市"]]),
        (["该市投资增长5%。", "张家口市举办展会。"], [[]]),
        (["河北省举办展会。", "该市投资增长5%。", "全省增长6%。"], [[], ["河北省"]]),
    ],
    ids=lambda value: "/".join(value) if isinstance(value[0], str) else None,
)
def test_a_pointer_means_the_last_place_of_its_level_named_before(texts, expected):
    assert regions_of(*texts) == expected


def test_a_village_goes_by_its_own_name_after_its_full_one():
    text = "张北县郝家营乡西高庙村和沽源县小厂镇大石砬村相邻，西高庙村有5户，大石砬村有6户。"
    spots = find_spots(text, list(find_places(text)), Seen()).items
    assert all(text[spot.start : spot.end] == spot.surface for spot in spots)
    assert regions_of(text) == [["西高庙村"], ["大石砬村"]]


def test_places_that_are_known_are_not_looked_for_again():
    paragraph = Paragraph(7, "body", "承德市共有5家企业。")
    places = {7: tuple(find_places(paragraph.text))}
    assert find_metrics([paragraph], None, "", places) == find_metrics([paragraph], None)
    bare, _ = find_metrics([paragraph], None, "", {7: ()})
    assert bare[0].regions == ()
