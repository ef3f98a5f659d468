"""What was reached on the annotated seeds stays reached: these floors only rise."""

from pathlib import Path

import pytest
from gold.scoring import score

FLOORS = {
    "metrics_found": 0.99,
    "metrics_strict": 0.99,
    "measure": 1.0,
    "direction": 1.0,
    "cumulative": 1.0,
    "period_when_stated": 1.0,
    "baseline": 1.0,
    "region": 0.85,
    "indicator": 0.904,
    "title": 1.0,
    "published": 1.0,
    "published_from": 1.0,
    "publisher": 1.0,
    "distributor": 1.0,
    "dateline_place": 1.0,
    "byline": 1.0,
    "editor": 1.0,
    "paragraphs_found": 1.0,
    "paragraph_kind": 1.0,
    "images_found": 1.0,
    "image_size": 1.0,
    "image_caption": 1.0,
    "image_credit": 1.0,
    "image_day": 1.0,
    "places_found": 0.99,
    "dates_found": 0.96,
}


@pytest.fixture(scope="module")
def figures(seeds_release):
    return score(seeds_release, Path(__file__).parent)


def test_every_figure_has_a_floor(figures):
    assert figures.keys() == FLOORS.keys()


@pytest.mark.parametrize("name", FLOORS)
def test_the_floor_holds(name, figures):
    assert figures[name] >= FLOORS[name]
