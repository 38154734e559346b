"""The series of the public figures out of reports in words, in eleven styles, read by the real reader.

Of the 188 rows of the reference, two stand as a window of two evenings (see test_facts.py).
"""

from __future__ import annotations

import pytest

from tests.situation import facts, telling
from tests.situation.counts.test_facts import TUESDAY, daily, missing, series
from tests.situation.telling import Style


@facts.at_hand
@pytest.mark.parametrize("style", telling.STYLES)
def test_the_series_comes_out_of_reports_in_words(style: Style) -> None:
    held = list(telling.all_read(facts.reports(), style))
    assert {row.day for row in missing(held)} == {TUESDAY}
    wide = [row for row in series(held) if row.window_end.startswith(TUESDAY) and row.region != "all"]
    assert [(row.low, row.basis) for row in wide] == [(50, "stated as previous"), (0, "stated as previous")]


@facts.at_hand
@pytest.mark.parametrize("style", telling.STYLES)
def test_nothing_is_added_that_the_table_does_not_hold(style: Style) -> None:
    held = list(telling.all_read(facts.reports(), style))
    known = {(row.day, row.region) for row in facts.wanted()}
    strays = [
        place for place, row in daily(series(held)).items() if row.basis != "derived" and place not in known
    ]
    assert strays == []
    assert [row for row in series(held) if row.conflicts] == []
