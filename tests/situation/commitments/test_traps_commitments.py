"""Where a monitor goes wrong with undertakings: traps 13, 20 and 25 of the design."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reading import document
from tests.situation.making import RECORDED, ROOT, day, examples, gold
from tests.situation.undertaking import Desk, met, moved, one, undertaking, violation
from trucewatch.catalog import ceasefire
from trucewatch.model import Entry
from trucewatch.pipeline import process
from trucewatch.situation import assess
from trucewatch.situation.commitments.states import commitments
from trucewatch.situation.commitments.terms import terms

DONBAS = ceasefire("donbas-2020")


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- 13: claims to have withdrawn are no withdrawal; an accusation is no finding ----------------------


def test_13_a_claimed_withdrawal_is_reported_by_the_claimant_and_contested_by_the_denial(desk: Desk) -> None:
    desk.tell("02-10", undertaking("withdraw its troops from the border"))
    desk.tell("02-15", moved(by="Varenia"), text="Varenia claims to have withdrawn its troops")
    desk.tell("02-16", moved("denied", by="Ostmark"), by="Post")
    state = one(desk.at("02-20"))
    assert (state.status, state.contested) == ("reported fulfilled", True)
    assert {b.speaker for b in state.evidence if b.says in ("fulfilled", "denies fulfilment")} == {
        "Varenia",
        "Ostmark",
    }


def test_13_no_status_speaks_in_our_own_voice(desk: Desk) -> None:
    desk.tell("02-10", undertaking("a truce", "Varenia", topic="ceasefire"))
    desk.tell("02-12", violation("Ostmark", "Varenia"))
    state = one(desk.at("02-20"))
    assert state.status == "reported broken"
    assert [b.speaker for b in state.evidence if b.says == "broken"] == ["Ostmark"]


def test_13_the_examples_leave_no_withdrawal_fulfilled_without_a_speaker() -> None:
    for state in assess(examples(), DONBAS, at=day("02-20")).commitments:
        assert state.status in (
            "open",
            "due",
            "overdue",
            "reported fulfilled",
            "reported broken",
            "conditional",
            "withdrawn",
            "superseded",
        )
        assert all(bearing.speaker and bearing.claim for bearing in state.evidence)


# --- 20: future and conditional ----------------------------------------------------------------------


@pytest.mark.parametrize("words", ["in the coming days", "in the coming hours", "soon"])
def test_20_the_coming_days_are_never_overdue(desk: Desk, words: str) -> None:
    desk.tell("02-10", undertaking(said=words, start="02-10", end="02-11"))
    assert one(desk.at("06-01")).status == "open"


def test_20_if_conditions_permit_stays_conditional(desk: Desk) -> None:
    people = ("Ilse Marrane", "Oren Dask")
    desk.tell(
        "02-10", undertaking("meet in Halden", *people, topic="negotiation", condition="if conditions permit")
    )
    assert one(desk.at("06-01")).status == "conditional"


def test_20_a_meeting_that_could_take_place_closes_nothing(desk: Desk) -> None:
    people = ("Ilse Marrane", "Oren Dask")
    desk.tell("02-10", undertaking("meet in Halden", *people, topic="negotiation"))
    desk.tell("02-12", met("02-15", *people, status="proposed"))
    assert one(desk.at("02-20")).status == "open"


def test_20_by_friday_is_the_friday_to_come_and_passes_only_then() -> None:
    text = "Russia and Ukraine agreed to exchange all prisoners by Friday, the mediators said.\n"
    told = document(text, published="2022-02-16").report
    made = [claim for claim in process(told, everything=True).claims if claim.kind == "commitment"]
    held = [Entry(claim=claim, report=told, recorded=RECORDED) for claim in made]
    (state,) = commitments(held, at=day("02-17"))
    assert (state.deadline, state.deadline_words, state.status) == (day("02-18"), "by Friday", "due")
    (state,) = commitments(held, at=day("02-19"))
    assert state.status == "overdue"


# --- 25: the same truce from different days ----------------------------------------------------------


def test_25_two_parties_count_one_truce_from_different_hours_and_by_different_definitions() -> None:
    folder = ROOT / "tests" / "corpus"
    held = [
        Entry(claim=claim, report=told, recorded=RECORDED)
        for told, _, claims in gold(folder, folder)
        if told.id.startswith("2031-05-14")
        for claim in claims
    ]
    found = terms(held, at=dt.date(2031, 5, 20))
    differences = {d.field: {d.one: d.one_says, d.other: d.other_says} for d in found.differences}
    assert differences["start"] == {"ostmark": ("noon",), "varenia": ("six o’clock",)}
    assert {"energy and infrastructure" in v[0] for v in differences["scope"].values()} == {True, False}


def test_25_each_term_leads_to_its_claim() -> None:
    shelf = examples()
    claims = {entry.claim.id for entry in shelf.entries()}
    found = terms(shelf.entries(), at=day("2031-06-01"))
    assert found.stated
    assert {term.claim for term in found.stated} <= claims
