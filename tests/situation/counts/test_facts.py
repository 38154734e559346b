"""The series of the public figures: from claims written down in many ways, row by row.

The reference takes "the previous reporting period" of a Tuesday to be one evening; a Monday's report
covers two, so those two rows (27 December 2020) stand as a window of two evenings where the label says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.situation import facts
from tests.situation.facts import Json, Wanted
from tests.situation.shelf import Held
from trucewatch.catalog import ceasefire
from trucewatch.model import Entry
from trucewatch.views.query import Query
from trucewatch.views.rows.series import SeriesRow, rows

DONBAS = ceasefire("donbas-2020")
TUESDAY = "2020-12-27"


def series(held: Sequence[Entry]) -> list[SeriesRow]:
    return rows(Held(held), Query(ceasefire=DONBAS))


def evenings(row: SeriesRow) -> int:
    """How many evenings a row's window has."""
    start, end = (dt.date.fromisoformat(moment[:10]) for moment in (row.window_start, row.window_end))
    return (end - start).days


def daily(found: Sequence[SeriesRow]) -> dict[tuple[str, str], Wanted]:
    """The evenings of the regions, by day and region."""
    told = [
        Wanted(row.window_end[:10], row.region.split()[0], int(row.low or 0), row.basis)
        for row in found
        if row.measure == "ceasefire_violations" and row.region != "all" and evenings(row) == 1
    ]
    by_day = {(row.day, row.region): row for row in told}
    assert len(by_day) == len(told)
    return by_day


def missing(held: Sequence[Entry]) -> list[Wanted]:
    """The rows of the reference that do not come out equal in value and basis."""
    found = daily(series(held))
    return [row for row in facts.wanted() if found.get((row.day, row.region)) != row]


WAYS: dict[str, list[Json]] = {}
if facts.SERIES.exists():
    WAYS = {
        "days, observer": facts.told(facts.days),
        "single days, said by": facts.told(facts.one_day, who=facts.said),
        "clock, publisher alone": facts.told(facts.clock, who=facts.published),
        "clock with offset, plain region": facts.told(facts.offset, place="{}"),
        "clock in UTC": facts.told(facts.utc, place="{} Oblast"),
        "length alone": facts.told(facts.length),
        "nothing but the day of issue": facts.told(facts.length, earlier=facts.ended),
        "restated as an evening": facts.told(facts.clock, earlier=facts.evening),
        "restated from day to day": facts.told(facts.days, earlier=facts.from_to),
        "restated, a single day": facts.told(facts.days, earlier=facts.ended),
        "explosions with days of their own": facts.told(facts.days, part=False),
        "through a republisher": facts.told(facts.days, publisher="ReliefWeb"),
        "through a republisher, length alone": facts.told(facts.length, publisher="ReliefWeb"),
        "no publisher": facts.told(facts.clock, publisher=None),
        "the OSCE as publisher": facts.told(facts.one_day, publisher="OSCE"),
    }


@facts.at_hand
@pytest.mark.parametrize("way", WAYS)
def test_every_row_of_the_series_comes_out_however_the_claims_are_written(way: str) -> None:
    assert missing(facts.entries(WAYS[way])) == []


@facts.at_hand
def test_with_their_labels_all_rows_come_out_but_those_of_a_mondays_period() -> None:
    held = facts.entries(facts.told(facts.days, earlier=facts.labelled))
    assert {row.day for row in missing(held)} == {TUESDAY}
    wide = [row for row in series(held) if row.window_end.startswith(TUESDAY) and row.region != "all"]
    assert [(row.low, row.basis, evenings(row)) for row in wide] == [
        (50, "stated as previous", 2),
        (0, "stated as previous", 2),
    ]
