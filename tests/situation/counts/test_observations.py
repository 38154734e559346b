"""One count told many times: what is merged, why, what a judgement does, and that order is no matter."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import count, daily, day, entries, examples, press, report
from tests.situation.shelf import Held, judged
from trucewatch.catalog import ceasefire
from trucewatch.model import Entry, Judgement
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.counts import CountRow, rows

DONBAS = ceasefire("donbas-2020")
FRIDAY = daily("02-19", 591, 975)
WIRE = press("02-20", count(1600, "eastern Ukraine", approximate=True))


def observed(found: list[Entry], *judgements: Judgement, at: str | None = None) -> list[CountRow]:
    return rows(Held(found, judgements), Query(ceasefire=DONBAS, period=Period.of(at) if at else None))


def total(found: list[CountRow], end: str = "2022-02-18") -> CountRow:
    (one,) = (row for row in found if row.region == "all" and (row.window_end or "").startswith(end))
    return one


def claims(row: CountRow) -> set[str]:
    return {claim for telling in row.tellings for claim in telling.claims}


def test_a_restated_figure_is_a_telling_of_the_day_that_it_restates() -> None:
    found = observed([*daily("02-18", 222, 648), *daily("02-19", 591, 975, before=(222, 648))])
    (one,) = (row for row in found if row.region == "Donetsk region" and row.value == 222)
    assert [(t.report, t.relation) for t in one.tellings] == [
        ("smm-02-18", "exact"),
        ("smm-02-19", "restated"),
    ]


def test_every_merge_says_which_fields_agreed() -> None:
    one = total(observed([*FRIDAY, *WIRE]))
    (reason,) = one.why
    assert reason.agree == ("counter", "measure", "region", "days", "rounding", "sum of parts")
    assert set(reason.claims) == {WIRE[0].claim.id}


def test_a_bound_that_does_not_agree_is_another_observation() -> None:
    found = observed([*FRIDAY, *press("02-20", count(1700, "eastern Ukraine", high=None))])
    assert claims(total(found)) == {entry.claim.id for entry in FRIDAY}
    (other,) = (row for row in found if row.low == 1700)
    assert (other.high, other.value, other.window_start) == (None, None, None)


def test_bounds_are_narrowed_to_what_all_tellings_agree_on() -> None:
    window = ("02-17", "02-18")
    found = press(
        "02-20",
        count(1000, "eastern Ukraine", high=None, window=window),
        count(900, "eastern Ukraine", high=1600, window=window),
    )
    one = total(observed(found))
    assert (one.low, one.high, one.value) == (1000, 1600, None)
    assert {telling.relation for telling in one.tellings} == {"bound"}


def test_a_judgement_takes_a_telling_apart_and_another_brings_it_back() -> None:
    region = next(e for e in FRIDAY if e.claim.place and e.claim.place.name == "Donetsk region")
    told = press("02-20", count(591, "Donetsk region"))
    ids = (region.claim.id or "", told[0].claim.id or "")
    together = observed([*FRIDAY, *told])
    apart = observed([*FRIDAY, *told], judged("different", *ids))
    again = observed([*FRIDAY, *told], judged("different", *ids), judged("same", *ids, seq=2))
    assert sum(row.value == 591 for row in together) == sum(row.value == 591 for row in again) == 1
    assert sum(row.value == 591 for row in apart) == 2
    (one,) = (row for row in again if row.value == 591)
    assert ("judgement",) in {reason.agree for reason in one.why}


def test_a_judgement_puts_a_telling_to_another_day() -> None:
    thursday = entries(report("smm-38", "02-18"), count(591, "Donetsk region"))
    told = press("02-20", count(591, "Donetsk region"))
    free = observed([*thursday, *FRIDAY, *told])
    forced = observed(
        [*thursday, *FRIDAY, *told], judged("same", thursday[0].claim.id or "", told[0].claim.id or "")
    )

    def day_of(found: list[CountRow]) -> str:
        (one,) = (row for row in found if told[0].claim.id in claims(row) and row.region != "all")
        return (one.window_end or "")[:10]

    assert (day_of(free), day_of(forced)) == ("2022-02-18", "2022-02-17")


def test_a_judgement_on_claims_that_are_not_on_file_changes_nothing() -> None:
    assert observed(FRIDAY, judged("same", "nobody", "knows")) == observed(FRIDAY)


def test_a_zero_for_both_regions_is_one_observation_for_each() -> None:
    found = observed(entries(report("smm", "02-19"), count(0, "Donetsk or Luhansk region")))
    assert sorted((row.region, row.value) for row in found if row.region != "all") == [
        ("Donetsk region", 0),
        ("Luhansk region", 0),
    ]


def test_a_month_has_the_observations_of_its_windows() -> None:
    found = [*daily("2022-01-20", 68, 15), *FRIDAY]
    assert {(row.window_end or "")[:7] for row in observed(found, at="2022-02")} == {"2022-02"}


def test_an_empty_shelf_has_none() -> None:
    assert rows(Held([]), Query()) == []


FIGURES = st.lists(
    st.tuples(st.integers(14, 20), st.sampled_from([None, "Donetsk region", "Luhansk region"]),
              st.sampled_from([0, 5, 591, 975, 1566, 1600]), st.booleans(), st.booleans()),
    max_size=10,
)  # fmt: skip


def told(figures: list[tuple[int, str | None, int, bool, bool]]) -> list[Entry]:
    found: list[Entry] = []
    for number, (date, where, low, own, exact) in enumerate(figures):
        claim = count(low, where or "eastern Ukraine", high=low if exact else None)
        publisher = "OSCE SMM" if own else "The Wire"
        found += entries(report(f"r{number}", f"02-{date}", publisher=publisher), claim)
    return found


@given(FIGURES, st.randoms(use_true_random=False))
def test_the_order_of_claims_is_no_matter(
    figures: list[tuple[int, str | None, int, bool, bool]], rng: random.Random
) -> None:
    found = told(figures)
    first = observed(found)
    rng.shuffle(found)
    assert observed(found) == first


@given(FIGURES)
def test_each_claim_tells_one_observation_and_all_its_tellings_agree(
    figures: list[tuple[int, str | None, int, bool, bool]],
) -> None:
    found = observed(told(figures))
    for row in found:
        for telling in row.tellings:
            if row.value is not None and telling.relation in ("exact", "restated", "sum of parts"):
                assert telling.low == row.value
        assert row.id not in {conflict.id for conflict in row.conflicts}
    direct = [c for row in found for t in row.tellings if t.relation != "sum of parts" for c in t.claims]
    assert len(direct) == len(set(direct))


def test_the_examples_in_any_order_give_the_same_rows() -> None:
    held = examples().entries()
    first = observed(held)
    random.Random(3).shuffle(held)  # noqa: S311
    assert observed(held) == first


@pytest.mark.parametrize("known", ["2022-02-18", "2022-02-20"])
def test_what_was_not_known_is_no_telling(known: str) -> None:
    found = [*FRIDAY, *WIRE]
    seen = rows(Held(found), Query(ceasefire=DONBAS, known=day(known)))
    reports = {telling.report for row in seen for telling in row.tellings}
    assert reports == (set() if known == "2022-02-18" else {"smm-02-19", "wire-02-20"})
