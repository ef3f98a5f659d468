"""What kind of statement a quantity is."""

from __future__ import annotations

import pytest

from etl.transform.measures import find_measure
from etl.transform.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "measure", "direction"),
    [
        ("对美国（-3.5%）出口明显回落", "change", "decrease"),
        ("对东盟（4.3%）增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）出口增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）的贸易", "share", None),
        ("气温为-3℃", "level", None),
    ],
)
def test_rates_in_parentheses_are_read_by_their_sign_and_what_follows(text, measure, direction):
    found = find_measure(text, next(find_quantities(text)), 0)
    assert (found.measure, found.direction) == (measure, direction)
