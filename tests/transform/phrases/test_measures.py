"""What kind of statement a quantity is."""

from __future__ import annotations

import pytest

from etl.transform.amounts.quantities import find_quantities
from etl.transform.phrases.measures import find_measure


@pytest.mark.parametrize(
    ("text", "measure", "direction"),
    [
        ("对美国（-3.5%）出口明显回落", "change", "decrease"),
        ("对东盟（4.3%）增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）出口增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）的贸易", "share", None),
        ("气温为-3℃", "level", None),
        ("人口增量高达729万", "change", "increase"),
        ("全省新增驰名商标24件", "change", "increase"),
        ("新增商标数量首次突破10万件", "level", None),
        ("超过466万人口增量", "change", "increase"),
    ],
)
def test_a_sign_or_a_noun_beside_it_tells_a_change(text, measure, direction):
    found = find_measure(text, next(find_quantities(text)), 0)
    assert (found.measure, found.direction) == (measure, direction)
