"""The measure of readouts: which points go together, and how two readers agree."""

from __future__ import annotations

import json

import pytest

from tests.eval import sets
from tests.eval.accounts import (
    FIRST,
    HELD,
    SECOND,
    Told,
    agreement,
    golds,
    is_right,
    kappa,
    likeness,
    meets,
    report,
    tally,
)

BOTH = Told(relation="both", a=((0, 10),), b=((0, 10),))


def test_spans_that_contain_each_other_meet_and_those_that_only_touch_do_not() -> None:
    assert likeness([(0, 100)], [(40, 50)]) > 0
    assert likeness([(0, 10)], [(5, 15)]) == pytest.approx(1 / 3)
    assert likeness([(0, 10)], [(9, 30)]) == 0
    assert likeness([(0, 10)], [(10, 20)]) == likeness([], [(0, 1)]) == 0


def test_a_point_is_found_by_one_side_and_right_by_all_sides_that_the_hand_tells() -> None:
    half = Told(relation="both", a=((0, 10),), b=((50, 60),))
    assert meets(BOTH, half) > 0
    assert is_right(BOTH, half) == 0
    assert is_right(BOTH, BOTH) > 0
    assert is_right(BOTH, Told(relation="differently", a=BOTH.a, b=BOTH.b)) == 0


def test_points_are_matched_one_to_one_and_as_many_as_can_be() -> None:
    wide = Told(relation="only_a", a=((0, 100),))
    narrow = [Told(relation="only_a", a=((0, 10),)), Told(relation="only_a", a=((20, 30),))]
    found = tally(narrow, [wide, narrow[0]])
    assert (found.right, found.precision, found.recall) == (2, 1.0, 1.0)
    assert tally(narrow, [wide]).recall == 0.5
    assert tally([], [wide]).f1 == tally([wide], []).f1 == 0.0


def test_readers_who_agree_by_chance_alone_have_no_kappa() -> None:
    assert kappa([("both", "both"), ("only_a", "only_a")]) == 1.0
    assert kappa([("both", "both"), ("both", "only_a"), ("only_a", "both"), ("only_a", "only_a")]) == 0.0


def test_the_pairs_by_hand_have_points_with_a_side_for_each_relation() -> None:
    found = [*golds(FIRST), *golds(SECOND), *golds(HELD)]
    assert len(found) == 12
    for gold in found:
        for point in gold.points:
            assert bool(point.a) == (point.relation != "only_b"), gold.name
            assert bool(point.b) == (point.relation != "only_a"), gold.name


def test_the_second_reader_finds_what_the_first_does() -> None:
    pairs = [one for name in ("pair1", "pair4", "call20") for one in agreement(name)]
    assert kappa(pairs) > 0.9


def test_the_files_hold_no_text_of_the_accounts() -> None:
    longest = max(
        len(point["matter"])
        for path in (*FIRST.glob("*.json"), *SECOND.glob("*.json"))
        for point in json.loads(path.read_text())["points"]
    )
    assert longest < 80


@pytest.mark.skipif(not sets.DEV.exists(), reason=sets.ABSENT)
def test_every_span_by_hand_lies_in_the_text_that_was_annotated() -> None:
    for gold in (*golds(FIRST), *golds(SECOND)):
        texts = [report(side).data.decode() for side in (gold.a, gold.b)]
        for point in gold.points:
            for text, spans in zip(texts, (point.a, point.b), strict=True):
                assert all(0 <= start < end <= len(text) for start, end in spans)
