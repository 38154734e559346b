"""Commitments, postures, statements, disputes, gaps, and the situation as a whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.situation.making import (
    RECORDED,
    ROOT,
    Shelf,
    daily,
    day,
    entries,
    examples,
    gold,
    press,
    report,
    voice,
)
from trucewatch.catalog import ceasefire
from trucewatch.errors import UsageError
from trucewatch.model import Actor, Commitment, Entry, Incident, Issue, Posture, Statement, Time
from trucewatch.situation import Situation, assess

DONBAS = ceasefire("donbas-2020")
SHARED = ROOT.parent / "shared" / "gold" / "dev"


def at(found: Any, date: str = "02-20", known: str | None = None) -> Situation:
    return assess(found, DONBAS, at=day(date), known=day(known) if known else None)


def statement(act: str, speaker: str, *about: str) -> Statement:
    return Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name=speaker),),
        act=act,  # type: ignore[arg-type]
        form="indirect",
        about=tuple(Actor(name=name) for name in about),
    )


def posture(status: str, by: str | None = None, **fields: Any) -> Posture:
    said_by = (voice(by),) if by else ()
    force = (Actor(name="Russia"),)
    return Posture(
        evidence=(0, 1), said_by=said_by, force=force, action="withdrawal", status=status, **fields
    )  # type: ignore[arg-type]


def commitment(
    strength: str,
    *parties: str,
    until: str | None = None,
    said: str | None = None,
    action: str = "a ceasefire",
) -> Commitment:
    return Commitment(
        evidence=(0, 1),
        said_by=(),
        parties=tuple(Actor(name=name) for name in parties),
        action=action,
        topic="ceasefire",
        strength=strength,  # type: ignore[arg-type]
        time=Time(text=said, end=day(until).isoformat()) if until else None,
    )


ABOUT = statement("assert", "Ukraine", "Russia")


# --- commitments, postures, disputes ---------------------------------------------------------------


def test_a_deadline_that_lies_before_the_day_has_passed() -> None:
    pledge = commitment("pledged", "Ukraine", "Russia", until="02-19", said="by Saturday")
    (state,) = at(press("02-18", pledge), "02-20").commitments
    assert (state.deadline, state.status) == (day("02-19"), "overdue")
    (state,) = at(press("02-18", pledge), "02-19").commitments
    assert state.status == "due"


def test_the_day_of_an_act_is_no_deadline() -> None:
    (state,) = at(press("02-19", commitment("ordered", "Ukraine", "Russia", until="02-19"))).commitments
    assert (state.deadline, state.status) == (None, "open")


def test_tellings_of_one_commitment_are_one_with_a_history() -> None:
    found = [
        *press("02-20", commitment("agreed", "Russia", "Ukraine", action="work for a ceasefire")),
        *press("02-20", commitment("agreed", "Ukraine", "Russia", action="seek a truce"), name="post"),
    ]
    (state,) = at(found).commitments
    assert (state.status, len(state.claims)) == ("open", 2)
    (state,) = at([*found, *press("02-21", commitment("refused", "Ukraine", "Russia"))], "02-21").commitments
    assert (state.strength, state.status, len(state.claims)) == ("agreed", "withdrawn", 3)


def test_a_claimed_withdrawal_and_its_denial_stay_two_and_are_disputed() -> None:
    found = press("02-20", ABOUT, posture("asserted", by="Russia"), posture("denied", by="NATO"))
    situation = at(found)
    assert sorted(state.status for state in situation.postures) == ["asserted", "denied"]
    (dispute,) = situation.disputes
    assert (dispute.kind, dispute.sides) == ("denial", ("russia-and-armed-formations",))
    assert dispute.accused == ()  # nobody: Russia tells it of itself


def test_an_accusation_meets_the_denial_of_the_same_side() -> None:
    found = press("02-20", statement("accuse", "Ukraine", "Moscow"), statement("deny", "Kremlin"))
    (dispute,) = at(found).disputes
    assert (dispute.kind, dispute.accused) == ("denial", ("Moscow",))


def test_a_denial_of_another_side_is_no_answer() -> None:
    found = press("02-20", statement("accuse", "Ukraine", "Moscow"), statement("deny", "Ukraine"))
    assert at(found).disputes == ()


def test_two_sides_that_accuse_each_other_are_a_counter_accusation() -> None:
    found = press(
        "02-20", statement("accuse", "Ukraine", "separatists"), statement("accuse", "separatists", "Ukraine")
    )
    (dispute,) = at(found).disputes
    assert dispute.kind == "counter-accusation"
    assert {dispute.accused, dispute.other_accused} == {("separatists",), ("Ukraine",)}


def test_neither_a_denial_nor_an_accusation_moves_the_count() -> None:
    counted = daily("02-19", 591, 975)
    talk = press("02-20", statement("accuse", "Ukraine", "Russia"), statement("deny", "Russia"))
    assert at([*counted, *talk]).totals == at(counted).totals


def test_incidents_keep_who_they_are_attributed_to_apart() -> None:
    def attack(*accused: str) -> Incident:
        who = tuple(Actor(name=name) for name in accused)
        return Incident(evidence=(0, 1), said_by=(), type="attack", perpetrator=who)

    found = press("02-20", ABOUT, attack("separatists"), attack("Ukrainian army"), attack("separatists"))
    assert sorted((state.accused, len(state.claims)) for state in at(found).incidents) == [
        (("Ukrainian army",), 1),
        (("separatists",), 2),
    ]


def test_an_incident_of_a_year_has_no_day() -> None:
    attack = Incident(evidence=(0, 1), said_by=(), type="attack", time=Time(start="2022", end="2022"))
    (state,) = at(press("02-20", ABOUT, attack)).incidents
    assert (state.day, state.told) == (None, day("02-20"))


# --- days and knowledge ----------------------------------------------------------------------------


def test_what_was_published_later_was_not_known() -> None:
    found = [*daily("02-19", 591, 975), *daily("02-23", 528, 1182)]
    assert len(at(found, "02-24").tellings) == 4
    assert len(at(found, "02-24", known="02-20").tellings) == 2


def test_an_undated_report_is_known_from_the_day_it_was_recorded() -> None:
    found = entries(report("wire", None, publisher="The Wire"), ABOUT)
    assert at(found, "02-20", known="02-20").tellings == {}
    known = assess(found, DONBAS, at=day("02-20"), known=RECORDED.date())
    (saying,) = known.sayings
    assert (saying.day, saying.told) == (None, None)
    assert [held.report for held in known.missing.undated] == ["wire"]


def test_a_date_outside_the_ceasefire_is_not_in_force() -> None:
    assert at([], "02-24").in_force
    assert not at([], "02-25").in_force
    assert not at([], "2020-07-26").in_force


def test_points_outside_the_ceasefire_are_left_out() -> None:
    assert at(daily("2020-07-20", 5, 5), "2020-08-01").totals[0].points == ()


def test_a_claim_without_an_id_is_refused_by_its_report() -> None:
    nameless = Entry(claim=ABOUT, report=report("wire-7", "02-20"), recorded=RECORDED)
    with pytest.raises(UsageError, match="wire-7"):
        at([nameless])


# --- what is missing ---------------------------------------------------------------------------------


def test_recent_evenings_without_a_total_are_missing() -> None:
    found = [*daily("02-16", 1, 1), *daily("02-19", 591, 975)]
    assert at(found, "02-20", known="02-20").missing.evenings == (day("02-16"), day("02-17"))


def test_a_source_that_fell_silent_is_quiet() -> None:
    found = [entry for date in ("02-10", "02-11", "02-12") for entry in press(date, ABOUT)]
    (quiet,) = at(found, "02-20").missing.quiet
    assert (quiet.publisher, quiet.last, quiet.reports) == ("The Wire", day("02-12"), 3)
    assert at(found, "02-13").missing.quiet == ()


def test_reports_without_a_claim_and_issues_are_listed() -> None:
    class Full(Shelf):
        def reports(self, known: dt.date | None = None, **days: dt.date | None) -> list[Any]:
            return [report("silent", "02-19", publisher="The Wire"), *super().reports(known, **days)]

        def issues(self) -> list[Issue]:
            return [Issue(origin="a.txt", message="cannot be read")]

    missing = at(Full(daily("02-19", 1, 1), {})).missing
    assert [held.report for held in missing.empty] == ["silent"]
    assert [issue.origin for issue in missing.issues] == ["a.txt"]


# --- the whole -------------------------------------------------------------------------------------


def test_everything_derived_rests_on_claims_that_are_there() -> None:
    situation = at(examples(), "02-20")
    rests = set(_claims(msgspec.to_builtins(situation)))
    assert rests
    assert rests <= set(situation.tellings)


def _claims(value: Any, field: str = "") -> Any:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _claims(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            if field in ("claims", "against", "kept") and isinstance(part, str):
                yield part
            else:
                yield from _claims(part, field)


def test_a_situation_survives_json() -> None:
    situation = at(examples(), "02-20")
    assert msgspec.json.decode(msgspec.json.encode(situation), type=Situation) == situation


def test_an_empty_ledger_gives_an_empty_situation() -> None:
    situation = at([])
    assert (situation.tellings, situation.contacts, situation.reports) == ({}, (), ())
    assert all(line.points == () for line in (*situation.totals, *situation.series))


@pytest.mark.skipif(
    not (ROOT.parent / "shared" / "gold" / "dev").exists(), reason="the shared gold is not here"
)
def test_the_article_of_20_february_gives_no_point_for_the_day_of_announcing() -> None:
    found = [
        Entry(claim=claim, report=told, recorded=RECORDED)
        for told, _, claims in gold(SHARED, SHARED)
        if told.id == "2022-02-20-ceasefire-call"
        for claim in claims
    ]
    situation = at([*found, *daily("02-19", 591, 975)])
    assert [point.end for point in situation.totals[0].points] == [day("02-18")]
    assert [echo.verdict for echo in situation.echoes] == ["agrees"]
    held = [contact for contact in situation.contacts if contact.status == "held"]
    assert sorted(contact.participants for contact in held) == [
        ("Emmanuel Macron", "Vladimir Putin"),
        ("Emmanuel Macron", "Volodymyr Zelensky"),
    ]
    assert {c.status for c in situation.contacts if c.form == "summit"} == {"conditional"}
