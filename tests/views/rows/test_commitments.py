"""The ledger of commitments and the terms as tables: every row leads to claims, words and speakers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.situation.making import Shelf, day, examples
from tests.situation.undertaking import Desk, moved, undertaking
from trucewatch.catalog import ceasefire
from trucewatch.model import Judgement
from trucewatch.views.query import Period, Query
from trucewatch.views.rows import commitments as commitments_rows
from trucewatch.views.rows import terms as terms_rows


class DeskShelf(Shelf):
    """A desk of the tests as a shelf."""

    def __init__(self, desk: Desk, judgements: Sequence[Judgement] = ()) -> None:
        super().__init__(desk.held, desk.texts)
        self.judged = judgements

    def judgements(self, known: dt.date | None = None) -> list[Judgement]:
        return list(self.judged)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.tell("02-10", undertaking(end="02-20", said="by Sunday"), text="Varenia agreed to pull back")
    desk.tell("02-14", moved(by="Varenia"), by="Post", text="Varenia has pulled back its howitzers")
    return desk


def test_a_row_says_who_what_by_when_how_it_stands_and_who_says_so(desk: Desk) -> None:
    (row,) = commitments_rows.rows(DeskShelf(desk), Query())
    assert (row.parties, row.strength, row.deadline, row.status) == (
        ("Varenia",),
        "agreed",
        day("02-20"),
        "reported fulfilled",
    )
    assert [(b.day, b.speaker, b.says) for b in row.evidence] == [
        (day("02-10"), "Wire", "agreed"),
        (day("02-14"), "Varenia", "fulfilled"),
    ]
    assert [account.claims for account in row.accounts] == [(b.claim,) for b in reversed(row.evidence)]


def test_known_leaves_out_what_was_published_later(desk: Desk) -> None:
    (row,) = commitments_rows.rows(DeskShelf(desk), Query(known=day("02-13")))
    assert row.status == "due"


def test_a_period_keeps_what_was_told_due_or_changed_in_it(desk: Desk) -> None:
    def many(text: str) -> int:
        return len(commitments_rows.rows(DeskShelf(desk), Query(period=Period.of(text))))

    assert [many("2022-02"), many("2022-03"), many("2021"), many("2022-02-09")] == [1, 0, 0, 0]


def test_a_judgement_parts_what_was_merged() -> None:
    desk = Desk()
    ids = [desk.tell(date, undertaking()) for date in ("02-10", "02-11")]
    judged = Judgement(
        seq=1,
        decision="different",
        subjects=tuple(ids),
        by="A. Mirza",
        reason="two batteries",
        recorded=dt.datetime(2022, 3, 1, tzinfo=dt.UTC),
    )
    assert len(commitments_rows.rows(DeskShelf(desk), Query())) == 1
    assert len(commitments_rows.rows(DeskShelf(desk, [judged]), Query())) == 2


def test_of_a_ceasefire_only_what_belongs_to_it() -> None:
    shelf = examples()
    every = commitments_rows.rows(shelf, Query(period=Period.of("2022-03-01")))  # type: ignore[arg-type]
    query = Query(ceasefire=ceasefire("donbas-2020"), period=Period.of("2022-03-01"))
    ours = commitments_rows.rows(shelf, query)  # type: ignore[arg-type]
    assert 0 < len(ours) < len(every)


def test_an_empty_shelf_has_no_rows() -> None:
    assert commitments_rows.rows(DeskShelf(Desk()), Query()) == []
    assert terms_rows.rows(DeskShelf(Desk()), Query()) == []


def test_a_term_stands_with_its_exact_words_and_speaker() -> None:
    desk = Desk()
    claim = undertaking("a truce of 72 hours", "Varenia", topic="ceasefire", by="Varenia")
    text = "Varenia agreed to a truce of 72 hours"
    found = desk.tell("02-10", claim, text=text)
    (row,) = terms_rows.rows(DeskShelf(desk), Query())
    assert (row.party, row.field, row.value, row.words) == ("varenia", "duration", "72 hours", text)
    assert (row.claim, row.speaker, row.truce, row.differs_from) == (found, "Varenia", f"truce-{found}", ())


def test_a_term_that_was_told_outside_the_period_is_left_out() -> None:
    desk = Desk()
    desk.tell("02-10", undertaking("a truce of 72 hours", "Varenia", topic="ceasefire"))
    assert len(terms_rows.rows(DeskShelf(desk), Query(period=Period.of("2022-02")))) == 1
    assert terms_rows.rows(DeskShelf(desk), Query(period=Period.of("2022-03"))) == []
