"""How far back a day looks: nearby nothing is left out, and of what is old, what is due now stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.situation.making import ROOT, Shelf, count, daily, day, entries, gold, report
from tests.situation.undertaking import met, said, undertaking
from trucewatch.catalog import ceasefire
from trucewatch.ledger import Ledger
from trucewatch.model import Commitment, Document, Entry, Report, Time
from trucewatch.situation import Situation, assess

DONBAS = ceasefire("donbas-2020")
TODAY = "02-20"


class Everything:
    """A ledger that is looked into without a horizon: asked for some days, it gives all of them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.issues, self.judgements = ledger.issues, ledger.judgements
        self.text, self.texts = ledger.text, ledger.texts

    def entries(self, known: dt.date | None = None, *, undated: bool = False, **asked: Any) -> list[Entry]:
        return self.ledger.entries(known, undated=undated) if undated or not asked.get("kinds") else []

    def reports(self, known: dt.date | None = None, **days: dt.date | None) -> list[Report]:
        return self.ledger.reports(known)


def fill(path: Path, *, first: str) -> Ledger:
    """The sample reports of 2022 published from a day on, with their gold claims."""
    ledger = Ledger.open(path)
    run = ledger.begin(reader="gold")
    for made, text, claims in gold(ROOT / "tests" / "corpus", ROOT / "examples"):
        if made.published and day(first) <= made.published <= day("12-31"):
            told = replace(made, data=text.encode())
            read = Document(report=told, text=text, language="en", paragraphs=(), sentences=(), quotations=())
            ledger.add(read, claims, run=run)
    return ledger


@pytest.mark.parametrize("known", [None, "02-18", "02-22"])
@pytest.mark.parametrize(("date", "first"), [("02-17", "02-03"), ("02-20", "02-06")])
def test_nothing_is_left_out_of_what_lies_within_the_horizon(
    tmp_path: Path, date: str, first: str, known: str | None
) -> None:
    when = {"at": day(date), "known": day(known) if known else None}
    with fill(tmp_path / "test.db", first=first) as ledger:
        near, whole = assess(ledger, DONBAS, **when), assess(Everything(ledger), DONBAS, **when)
        assert len(near.tellings) > 80
        assert near == whole


def on_file(*claims: list[Entry], at: str = TODAY, known: str | None = None) -> Situation:
    held = [entry for found in claims for entry in found]
    texts = {entry.report.sha256: "" for entry in held}
    return assess(Shelf(held, texts), DONBAS, at=day(at), known=day(known) if known else None)


def told(published: str | None, *claims: Any) -> list[Entry]:
    """A report about the contact line."""
    made = report(f"wire-{published}", published, publisher="The Wire", title="On the contact line")
    return entries(made, *claims)


@pytest.mark.parametrize("end", ["02-07", "02-20", "2022-06-01"])
def test_what_was_agreed_long_ago_for_now_does_not_vanish(end: str) -> None:
    agreed = told("2021-06-01", undertaking("pull back their guns", "Ukraine", end=end, place="Donbas"))
    (state,) = on_file(agreed).commitments
    assert (state.action, state.deadline) == ("pull back their guns", day(end))


@pytest.mark.parametrize(("end", "stays"), [("2022-02", True), ("2022", True), ("2022-01", False)])
def test_a_month_or_a_year_ends_on_its_last_day(end: str, stays: bool) -> None:
    act = undertaking("pull back their guns", "Ukraine", place="Donbas")
    dated: Commitment = replace(act, time=Time(text="in time", end=end))
    assert bool(on_file(told("2021-06-01", dated)).commitments) == stays


def test_a_meeting_planned_long_ago_for_tomorrow_does_not_vanish() -> None:
    planned = met("02-21", "Ukraine", "Russia", status="planned")
    (state,) = on_file(told("2021-06-01", planned)).contacts
    assert (state.status, state.end) == ("planned", day("02-21"))


def test_what_is_old_and_of_no_date_of_its_own_is_left_to_the_exports() -> None:
    undated = undertaking("pull back their guns", "Ukraine", place="Donbas")
    held = met("02-04", "Ukraine", "Russia")
    situation = on_file(told("02-05", undated, held, said("Ukraine")))
    assert (situation.commitments, situation.contacts, situation.sayings) == ((), (), ())
    (state,) = on_file(told("02-06", undated)).commitments
    assert state.action == "pull back their guns"


def test_the_records_of_a_year_rest_on_all_of_its_figures() -> None:
    held = [daily("2021-12-31", 900, 900), daily("01-05", 400, 400), daily("02-19", 1, 1)]
    situation = on_file(*held)
    assert situation.records[0].on_file == 2
    assert situation.records[0].highest is not None
    assert situation.records[0].highest.low == 800


def test_old_counts_of_what_no_counter_counts_are_left_out() -> None:
    hurt = told("01-05", count(3, "Donetsk region", measure="wounded"))
    assert on_file(hurt, daily("02-19", 1, 1)).tallies == ()


def test_a_report_without_a_date_is_never_too_old() -> None:
    situation = on_file(told(None, said("Ukraine")), at="2021-03-01")
    assert [saying.told for saying in situation.sayings] == [None]
    assert [held.report for held in situation.missing.undated] == ["wire-None"]


def test_what_was_told_long_after_the_day_is_left_out_where_all_is_known() -> None:
    late = met("02-19", "Ukraine", "Russia")
    assert on_file(told("03-06", late)).contacts
    assert on_file(told("03-07", late)).contacts == ()
