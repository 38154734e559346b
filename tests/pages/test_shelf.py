"""What the pages remember of a ledger, and what is near some days."""

from __future__ import annotations

import datetime as dt

from trucewatch.ledger import Ledger
from trucewatch.pages.memory import Memory
from trucewatch.pages.shelf import Near, Remembered

FIRST, LAST = dt.date(2022, 2, 16), dt.date(2022, 2, 17)
DAYS = dt.timedelta(days=14)


def memory() -> Memory:
    return Memory(state=lambda: 1, size=8)


def test_what_is_remembered_is_what_the_ledger_tells(ledger: Ledger) -> None:
    shelf = Remembered(ledger, memory())
    for asked in ({"since": FIRST}, {"since": FIRST, "until": LAST}, {"kinds": {"count"}}, {"undated": True}):
        assert list(shelf.entries(**asked)) == list(ledger.entries(**asked))
        assert list(shelf.entries(**asked)) == list(ledger.entries(**asked))
    assert list(shelf.reports(since=FIRST)) == ledger.reports(since=FIRST)


def test_the_same_days_are_looked_up_once_and_all_of_the_ledger_is_never_kept(ledger: Ledger) -> None:
    shelf = Remembered(ledger, memory())
    assert shelf.entries(since=FIRST) is shelf.entries(since=FIRST)
    assert shelf.entries() is not shelf.entries()


def test_near_are_the_days_with_fourteen_on_each_side_and_what_falls_due_in_them(ledger: Ledger) -> None:
    near = Near(ledger, memory(), first=FIRST, last=LAST)
    found = {entry.claim.id: entry for entry in near.entries()}
    for entry in ledger.entries():
        published = entry.report.published
        assert published is not None
        if FIRST - DAYS <= published <= LAST + DAYS:
            assert entry.claim.id in found
        elif entry.claim.kind not in ("contact", "commitment"):
            assert entry.claim.id not in found


def test_a_question_with_bounds_of_its_own_is_answered_as_asked(ledger: Ledger) -> None:
    near, early = Near(ledger, memory(), first=FIRST, last=LAST), dt.date(2018, 1, 1)
    assert list(near.entries(since=early)) == ledger.entries(since=early)
