"""No alert rests on doubtful readings alone."""

from __future__ import annotations

from trucewatch.situation.doubt import LEAST, is_sure


def test_one_sure_reading_of_several_is_enough() -> None:
    assert is_sure(("a", "b"), {"a": LEAST - 0.01, "b": LEAST})
    assert not is_sure(("a", "b"), {"a": LEAST - 0.01, "b": 0.0})


def test_a_claim_that_somebody_gave_and_one_that_is_not_known_are_sure() -> None:
    assert is_sure(("a",), {"a": None})
    assert is_sure(("z",), {"a": 0.1})
    assert is_sure((), {})
