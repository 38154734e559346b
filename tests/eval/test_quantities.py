"""The measure of quantities itself, on small sentences of our own; and that the set is whole."""

import pytest

from tests.eval import sets
from tests.eval.quantities import (
    READOUTS,
    Counted,
    Pair,
    Passage,
    compare,
    figure,
    marks,
    match,
    overlap,
    passages,
    table,
    text_of,
    within,
)
from trucewatch.model import Number, Span

beside = pytest.mark.skipif(not READOUTS.exists(), reason=sets.ABSENT)
TEXT = "At least four guards fell. It burned 12 tanks."


def counted(
    span: Span, *, low: Number | None = 4, high: Number | None = None, unit: Span | None = None
) -> Counted:
    return Counted(span=span, low=low, high=high, approximate=False, unit=unit)


def test_the_marks_of_a_stretch_count_from_its_beginning() -> None:
    start = TEXT.index("It burned")
    (tanks,) = within(marks(TEXT), start, len(TEXT))
    assert TEXT[start:][slice(*tanks.span)] == "12 tanks"
    assert tanks.unit
    assert TEXT[start:][slice(*tanks.unit)] == "tanks"


def test_a_number_that_the_stretch_cuts_off_is_not_in_it() -> None:
    assert not list(within(marks("It burned 1,500 tanks."), 0, len("It burned 1,")))


def test_value_and_bound_must_all_be_equal() -> None:
    gold = counted((0, 20))
    assert Pair(gold, counted((9, 20))).right
    assert not Pair(gold, counted((9, 20), high=4)).right
    assert not Pair(gold, counted((9, 20), low=None)).right
    assert not Pair(gold, None).right
    assert not Pair(None, gold).right


def test_a_unit_is_the_same_where_it_overlaps_or_neither_names_one() -> None:
    assert Pair(counted((0, 20), unit=(14, 20)), counted((0, 20), unit=(10, 20))).unit
    assert not Pair(counted((0, 20), unit=(14, 20)), counted((0, 20))).unit
    assert Pair(counted((0, 20)), counted((0, 20))).unit


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlap((0, 4), (4, 8)) == 0
    assert overlap((0, 4), (2, 8)) == 2


def test_each_mark_is_paired_once_with_the_greatest_overlap() -> None:
    gold = [counted((0, 10)), counted((11, 20))]
    found = [counted((8, 20)), counted((30, 34))]
    pairs = match(gold, found)
    assert (gold[1], found[0]) in pairs
    assert (gold[0], None) in pairs
    assert (None, found[1]) in pairs
    assert len(pairs) == 3


def test_a_false_mark_lowers_precision_and_a_missed_one_recall() -> None:
    right, false, missed = (
        Pair(counted((0, 4)), counted((0, 4))),
        Pair(None, counted((5, 8))),
        Pair(counted((9, 12)), None),
    )
    assert figure([right, false]).precision == 0.5
    assert figure([right, false]).recall == 1
    assert figure([right, missed]).recall == 0.5
    assert figure([right, false, missed]).f1 == 0.5
    assert figure([]).f1 == 0


def test_the_table_tells_the_halves_apart() -> None:
    def passage(name: str) -> Passage:
        return Passage(id=name, source="own", at=0, length=4, quantities=())

    compared = [
        (passage("r1"), [Pair(counted((0, 4)), counted((0, 4)))]),
        (passage("c1"), [Pair(counted((0, 4)), None)]),
    ]
    random, chosen, both = (line.split() for line in table(compared).splitlines()[1:])
    assert random[:4] == ["random", "1", "1", "1"]
    assert chosen[:4] == ["chosen", "1", "0", "0"]
    assert both[:4] == ["all", "2", "1", "1"]


def test_the_set_holds_three_hundred_quantities_of_two_halves() -> None:
    by_half = {half: sum(len(p.quantities) for p in passages() if p.id[0] == half) for half in "rc"}
    assert all(number >= 150 for number in by_half.values())


def test_the_quantities_of_a_passage_lie_in_it_one_after_another() -> None:
    for passage in passages():
        ends = [0, *(end for quantity in passage.quantities for end in quantity.span), passage.length]
        assert ends == sorted(ends), passage.id


@beside
def test_every_passage_lies_in_its_source() -> None:
    for passage in passages():
        held = text_of(passage.source)[passage.at : passage.at + passage.length]
        assert len(held) == passage.length
        assert held == held.strip(), passage.id


@beside
def test_value_and_bound_are_read_as_well_as_the_floor_says() -> None:
    assert figure(pair for passage in passages() for pair in compare(passage)).f1 >= 0.95
