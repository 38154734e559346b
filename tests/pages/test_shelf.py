"""What the pages remember of a ledger, and what is near some days."""

from __future__ import annotations

import datetime as dt

import pytest

from trucewatch import catalog
from trucewatch.ledger import Ledger
from trucewatch.pages.memory import Memory
from trucewatch.pages.shelf import Near, Remembered
from trucewatch.views.exports import EXPORTS
from trucewatch.views.query import Period, Query

FIRST, LAST = dt.date(2022, 2, 16), dt.date(2022, 2, 17)
DAYS = dt.timedelta(days=14)


def memory() -> Memory:
    return Memory(state=lambda: 1, size=8)


def test_what_is_remembered_is_what_the_ledger_tells(ledger: Ledger) -> None:
    shelf = Remembered(ledger, memory(), memory())
    for asked in ({"since": FIRST}, {"since": FIRST, "until": LAST}, {"kinds": {"count"}}, {"undated": True}):
        assert list(shelf.entries(**asked)) == list(ledger.entries(**asked))
        assert list(shelf.entries(**asked)) == list(ledger.entries(**asked))
    assert list(shelf.reports(since=FIRST)) == ledger.reports(since=FIRST)


def test_the_same_days_are_looked_up_once_and_all_of_the_ledger_is_never_kept(ledger: Ledger) -> None:
    shelf = Remembered(ledger, memory(), memory())
    assert shelf.entries(since=FIRST) is shelf.entries(since=FIRST)
    assert shelf.entries() is not shelf.entries()


def test_near_are_the_days_with_fourteen_on_each_side_and_what_falls_due_in_them(ledger: Ledger) -> None:
    near = Near(ledger, memory(), memory(), first=FIRST, last=LAST)
    found = {entry.claim.id: entry for entry in near.entries()}
    for entry in ledger.entries():
        published = entry.report.published
        assert published is not None
        if FIRST - DAYS <= published <= LAST + DAYS:
            assert entry.claim.id in found
        elif entry.claim.kind not in ("contact", "commitment"):
            assert entry.claim.id not in found


def test_a_question_with_bounds_of_its_own_is_answered_as_asked(ledger: Ledger) -> None:
    near, early = Near(ledger, memory(), memory(), first=FIRST, last=LAST), dt.date(2018, 1, 1)
    assert list(near.entries(since=early)) == ledger.entries(since=early)


def test_what_is_few_is_kept_of_all_days_too(ledger: Ledger) -> None:
    shelf = Remembered(ledger, memory(), memory())
    for asked in ({"kinds": {"restriction"}}, {"kinds": ("count",), "measures": ["explosions"]}):
        assert shelf.entries(**asked) is shelf.entries(**asked)
        assert list(shelf.entries(**asked)) == ledger.entries(**asked)
    assert shelf.entries(kinds={"statement"}) is not shelf.entries(kinds={"statement"})


def test_texts_are_those_of_the_ledger_each_looked_up_once(ledger: Ledger) -> None:
    names = [report.sha256 for report in ledger.reports()]
    shelf = Remembered(ledger, memory(), memory())
    assert shelf.texts([*names, "none"]) == ledger.texts(names)
    assert shelf.texts(names)[names[0]] is shelf.text(names[0])
    assert shelf.text("none", default="nothing") == "nothing"


def test_what_is_worked_out_is_kept_but_not_of_all_the_ledger_and_near_some_days_by_itself(
    ledger: Ledger,
) -> None:
    made, looked_up = memory(), memory()
    shelf = Remembered(ledger, looked_up, made)
    near = Near(ledger, looked_up, made, first=FIRST, last=LAST)
    assert shelf.kept("a", object) is shelf.kept("a", object)
    assert shelf.kept("a", object, whole=True) is not shelf.kept("a", object, whole=True)
    assert near.kept("a", object, whole=True) is near.kept("a", object, whole=True)
    assert near.kept("a", object) is not shelf.kept("a", object)


@pytest.mark.parametrize("period", [Period.of("2022-02"), Period.of("2022-02-18"), None])
def test_every_view_is_the_same_of_what_is_remembered(ledger: Ledger, period: Period | None) -> None:
    query = Query(ceasefire=catalog.ceasefire("donbas-2020"), period=period)
    shelf = Remembered(ledger, memory(), memory())
    for name, view in EXPORTS.items():
        assert view.rows(shelf, query) == view.rows(ledger, query), name
