"""Contacts: which tellings are one, what is due, overdue, kept or called off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.situation.making import day, entries, report
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Contact, Entry, Judgement, Time
from trucewatch.situation import ContactState
from trucewatch.situation.contacts import contacts


def contact(
    status: str,
    *people: str,
    on: str | None = None,
    until: str | None = None,
    form: str = "call",
    **more: Any,
) -> Contact:
    start = day(on).isoformat() if on else None
    end = day(until).isoformat() if until else start
    return Contact(
        evidence=(0, 1),
        said_by=(),
        form=form,  # type: ignore[arg-type]
        participants=tuple(Actor(name=name) for name in people),
        status=status,  # type: ignore[arg-type]
        time=Time(start=start, end=None if until == "" else end) if on or until else None,
        **more,
    )


def told(publisher: str, published: str | None, *claims: Contact) -> list[Entry]:
    return entries(report(f"{publisher}-{published}", published, publisher=publisher), *claims)


def states(*found: list[Entry], at: str = "02-20", **more: Any) -> list[ContactState]:
    return contacts([entry for group in found for entry in group], at=day(at), **more)


def test_one_call_told_twice_is_one_contact() -> None:
    (call,) = states(
        told("Wire", "02-20", contact("held", "Emmanuel Macron", "Vladimir Putin", on="02-20")),
        told("Post", "02-20", contact("held", "Putin", "Macron", on="02-20", duration_minutes=105)),
    )
    assert (call.status, call.days, call.duration_minutes) == ("held", (day("02-20"),), (105,))
    assert len(call.claims) == 2


def test_a_readout_without_a_day_joins_the_call_of_its_day_of_publication() -> None:
    (call,) = states(
        told("Wire", "02-20", contact("held", "Macron", "Putin", on="02-20")),
        told("Kremlin", "02-20", contact("held", "Putin", "Macron")),
    )
    assert len(call.claims) == 2


def test_calls_of_other_people_forms_or_days_stay_apart() -> None:
    found = states(
        told("Wire", "02-20", contact("held", "Macron", "Putin", on="02-20")),
        told("Post", "02-20", contact("held", "Macron", "Zelensky", on="02-20")),
        told("News", "02-20", contact("held", "Macron", "Putin", on="02-20", form="meeting")),
        told("Wire", "02-19", contact("held", "Macron", "Putin", on="02-17")),
    )
    assert len(found) == 4


def test_one_call_with_two_dates_keeps_both() -> None:
    (call,) = states(
        told("White House", "2021-12-30", contact("held", "Biden", "Putin", on="2021-12-30")),
        told("Kremlin", "2021-12-31", contact("held", "Putin", "Biden", on="2021-12-31")),
    )
    assert call.days == (day("2021-12-30"), day("2021-12-31"))


def test_a_readout_without_a_day_goes_by_the_day_of_its_report() -> None:
    (call,) = states(
        told("White House", "2021-12-30", contact("held", "Biden", "Putin", on="2021-12-30")),
        told("Kremlin", "2021-12-31", contact("held", "Putin", "Biden")),
    )
    assert call.days == (day("2021-12-30"),)
    assert (call.start, call.end) == (day("2021-12-30"), day("2021-12-31"))


def test_one_publisher_telling_of_two_days_tells_of_two_calls() -> None:
    found = states(
        told("Wire", "02-19", contact("held", "Macron", "Putin", on="02-19")),
        told("Wire", "02-20", contact("held", "Macron", "Putin", on="02-20")),
    )
    assert len(found) == 2


def test_an_undated_report_gives_no_day() -> None:
    (call,) = states(told("Wire", None, contact("held", "Macron", "Putin")))
    assert (call.days, call.told) == ((), None)


def test_in_the_coming_days_is_planned_and_never_overdue() -> None:
    meeting = contact("planned", "Le Drian", "Lavrov", on="02-01", until="", form="meeting")
    (state,) = states(told("Wire", "02-01", meeting), at="02-24")
    assert (state.status, state.days, state.end) == ("planned", (), None)


def test_a_planned_contact_whose_day_has_passed_is_overdue() -> None:
    session = contact("planned", "Trilateral Contact Group", on="02-19", form="session")
    assert [state.status for state in states(told("Wire", "02-18", session), at="02-19")] == ["planned"]
    assert [state.status for state in states(told("Wire", "02-18", session), at="02-20")] == ["overdue"]


def test_planned_then_held_is_one_contact_with_a_history() -> None:
    (call,) = states(
        told("Wire", "02-18", contact("planned", "Macron", "Putin", on="02-20")),
        told("Post", "02-20", contact("held", "Putin", "Macron", on="02-20")),
    )
    assert (call.status, call.days, call.kept) == ("held", (day("02-20"),), ())
    assert [(step.told, step.status) for step in call.history] == [
        (day("02-18"), "planned"),
        (day("02-20"), "held"),
    ]


def test_an_open_plan_is_no_longer_due_once_the_same_people_have_met() -> None:
    found = states(
        told("Wire", "02-18", contact("planned", "Macron", "Putin", on="02-18", until="")),
        told("Post", "02-20", contact("held", "Putin", "Macron", on="02-20")),
    )
    assert [state.status for state in found] == ["held", "held"]
    assert [bool(state.kept) for state in found] == [False, True]


def test_a_contact_called_off_is_cancelled() -> None:
    planned = contact("planned", "Blinken", "Lavrov", on="02-24", form="meeting")
    off = contact("cancelled", "Antony Blinken", "Sergei Lavrov", on="02-24", form="meeting")
    found = states(told("Wire", "02-19", planned), told("Post", "02-22", off), at="02-22")
    assert {state.status for state in found} == {"cancelled"}


def test_calling_off_one_session_does_not_call_off_another() -> None:
    body = {"body": "Trilateral Contact Group", "form": "session"}
    found = states(
        told("Wire", "02-11", contact("planned", "TCG", on="02-25", **body)),
        told("Post", "02-18", contact("refused", "TCG", on="02-18", **body)),
    )
    assert sorted(state.status for state in found) == ["planned", "refused"]


def test_a_contact_reported_as_held_in_the_future_is_only_planned() -> None:
    call = contact("held", "Macron", "Putin", on="02-25")
    assert [state.status for state in states(told("Wire", "02-20", call), at="02-20")] == ["planned"]
    assert [state.status for state in states(told("Wire", "02-20", call), at="02-26")] == ["overdue"]


def test_what_is_told_later_of_an_earlier_day_is_known_with_hindsight() -> None:
    call = contact("held", "Macron", "Putin", on="02-20")
    assert [state.status for state in states(told("Wire", "02-23", call), at="02-20")] == ["held"]
    plan = contact("planned", "Macron", "Putin", on="02-25")
    assert states(told("Wire", "02-23", plan), at="02-20") == []


def test_conditional_and_proposed_contacts_keep_their_status() -> None:
    found = states(
        told("Wire", "02-20", contact("conditional", form="summit", condition="if conditions permit")),
        told("Post", "02-20", contact("proposed", "Trilateral Contact Group", form="session")),
    )
    assert sorted(state.status for state in found) == ["conditional", "proposed"]


def test_planned_then_cancelled_is_one_contact_with_a_history() -> None:
    plan = told("Wire", "02-15", contact("planned", "Macron", "Putin", on="02-22", form="meeting"))
    off = told("Post", "02-18", contact("cancelled", "Putin", "Macron", on="02-22", form="meeting"))
    (before,) = states(plan, off, at="02-17")
    (after,) = states(plan, off, at="02-20")
    assert (before.status, after.status) == ("planned", "cancelled")
    assert before.id == after.id
    assert [step.status for step in after.history] == ["planned", "cancelled"]
    assert after.end == day("02-22")


def test_what_is_planned_anew_after_it_was_called_off_is_planned() -> None:
    (state,) = states(
        told("Wire", "02-15", contact("planned", "Macron", "Putin", on="02-22", form="meeting")),
        told("Post", "02-16", contact("postponed", "Putin", "Macron", on="02-22", form="meeting")),
        told("News", "02-18", contact("planned", "Putin", "Macron", on="02-22", form="meeting")),
    )
    assert state.status == "planned"


def test_a_contact_called_off_on_the_day_it_is_announced_is_off() -> None:
    (state,) = states(
        told("Wire", "02-18", contact("planned", "Macron", "Putin", on="02-22")),
        told("Post", "02-18", contact("refused", "Putin", "Macron", on="02-22")),
    )
    assert state.status == "refused"


def test_the_meeting_announced_by_both_sides_is_due_once() -> None:
    (state,) = states(
        told("Paris", "02-18", contact("planned", "Macron", "Putin", on="02-22", form="meeting")),
        told("Moscow", "02-19", contact("planned", "Putin", "Macron", on="02-22", form="talks")),
    )
    assert (state.form, state.status, len(state.claims)) == ("meeting", "planned", 2)


def test_a_judgement_parts_two_calls() -> None:
    one = told("Wire", "02-20", contact("held", "Macron", "Putin", on="02-20"))
    other = told("Post", "02-20", contact("held", "Putin", "Macron", on="02-20"))
    apart = Judgement(
        seq=1,
        decision="different",
        subjects=(one[0].claim.id or "", other[0].claim.id or ""),
        by="an analyst",
        reason="two calls, an hour apart",
        recorded=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    assert len(states(one, other)) == 1
    assert len(states(one, other, judgements=[apart])) == 2


def test_the_posts_of_a_ceasefire_tell_who_an_office_is() -> None:
    found = (
        told("Wire", "02-20", contact("held", "Emmanuel Macron", "Volodymyr Zelensky", on="02-20")),
        entries(
            report("Post-02-20", "02-20", publisher="Post"),
            Contact(
                evidence=(0, 1),
                said_by=(),
                form="call",
                status="held",
                participants=(
                    Actor(name="Emmanuel Macron", type="person"),
                    Actor(name="President of Ukraine", country="UA", type="person"),
                ),
                time=Time(start="2022-02-20", end="2022-02-20"),
            ),
        ),
    )
    assert len(states(*found)) == 2
    assert len(states(*found, ceasefire=ceasefire("donbas-2020"))) == 1
