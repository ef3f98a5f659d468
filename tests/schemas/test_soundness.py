"""A valid frame is known by one query.

That no other is taken for valid, the tests of checks and columns prove: all their frames go through
the `validate` that the pipeline calls, and a check that `soundness` forgot would not fire there.
"""

import pytest
from valid_rows import find_failures, frame_of

from schemas import MODELS
from schemas.soundness import is_sound


@pytest.mark.parametrize("changes", [[], [{}]], ids=["no row", "one row"])
@pytest.mark.parametrize("table", MODELS)
def test_a_frame_that_pandera_finds_valid_is_sound(table, changes):
    frame = frame_of(table, *changes)

    MODELS[table].to_schema().validate(frame, lazy=True)
    assert is_sound(MODELS[table], frame)


def test_what_is_not_a_number_is_missing():
    broken = frame_of("ranges", {"highest": float("nan")})

    assert ("highest", "not_nullable") in find_failures("ranges", broken)
