"""Which claims tell one contact: both sides, spellings, nights, plans; and what is never put together."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.making import day, entries, report
from trucewatch.claims.titles import READER as OF_TITLE
from trucewatch.identity.contacts import Occasion, occasions
from trucewatch.model import Actor, Contact, Count, Entry, Judgement, Place, Time

ODI = ("Ann Odi", "KE")
SAAR = ("Juri Saar", "EE")
VELIK = ("Marta Velik", "PL")
LUND = ("Nils Lund", "SE")


def person(name: str, country: str | None = None) -> Actor:
    return Actor(name=name, country=country, type="person")


def contact(
    *people: tuple[str, str] | Actor | str,
    on: str | None = None,
    until: str | None = None,
    form: str = "call",
    status: str = "held",
    **more: Any,
) -> Contact:
    start = day(on).isoformat() if on else None
    end = day(until).isoformat() if until else start
    return Contact(
        evidence=more.pop("evidence", (0, 1)),
        said_by=(),
        form=form,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        participants=tuple(_actor(who) for who in people),
        time=Time(start=start, end=None if until == "" else end) if on else None,
        **more,
    )


def _actor(who: tuple[str, str] | Actor | str) -> Actor:
    if isinstance(who, Actor):
        return who
    return person(who) if isinstance(who, str) else person(*who)


def told(
    publisher: str, published: str | None, *claims: Contact, title: str = "", name: str = ""
) -> list[Entry]:
    identity = name or f"{publisher}-{published}-{title}"
    return entries(report(identity, published, publisher=publisher, title=title), *claims)


def found(*reports: list[Entry], **more: Any) -> list[Occasion]:
    return occasions([entry for one in reports for entry in one], **more)


def together(*reports: list[Entry]) -> bool:
    """Whether all reports tell one contact."""
    return len(found(*reports)) == 1


# --- one contact -----------------------------------------------------------------------------------


def test_a_call_told_by_two_governments_and_a_newspaper_is_one_contact_with_three_accounts() -> None:
    (call,) = found(
        told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01")),
        told("Tallinn", "03-01", contact(SAAR, ODI, on="03-01")),
        told("Meridian Wire", "03-02", contact("Saar", "Odi", on="03-01", form="talks")),
    )
    assert len({t.entry.report.id for t in call.tellings}) == 3
    assert call.why[0].agree == ("participants", "day", "form")


def test_a_contact_told_once_is_a_contact_too() -> None:
    (call,) = found(told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01")))
    assert call.id == f"contact-{call.tellings[0].id}"
    assert call.why == ()


def test_the_thirtieth_in_one_capital_is_the_thirty_first_in_the_other() -> None:
    (call,) = found(
        told("Washington", "2021-12-30", contact(ODI, SAAR, on="2021-12-30")),
        told("Moscow", "2021-12-31", contact(ODI, SAAR, on="2021-12-31")),
    )
    assert {t.day for t in call.tellings} == {day("2021-12-30"), day("2021-12-31")}
    assert "one night apart" in call.why[0].agree


def test_a_report_without_a_day_tells_of_its_own_day_or_the_night_before() -> None:
    for published in ("03-01", "03-02"):
        assert together(
            told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01")),
            told("Tallinn", published, contact(ODI, SAAR)),
        )


def test_the_third_recently_is_the_call_that_the_title_tells() -> None:
    recent = msgspec.structs.replace(contact(ODI, SAAR), time=Time(text="recent", end="2022-03-02"))
    call = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01"))
    assert together(call, told("Tallinn", "03-02", recent, title="Saar has a call with Odi"))
    assert not together(call, told("Tallinn", "03-02", recent, title="A harvest of plenty"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Melnyk", "Vladimir Melnik"),
        ("Joe Tanner", "Joseph R. Tanner"),
        ("Aleksandr Tarashenko", "Alexander Tarashenka"),
        ("Recep Özgür Taşdemir", "Recep Ozgur Tasdemir"),
        ("Tanaka Hiro", "Hiro Tanaka"),
        ("Omar bin Said", "Omar bin Said Al Harbi"),
        ("President of Kenya Ann Odi", "Ann Odi"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert together(
        told("Nairobi", "03-01", contact(one, SAAR, on="03-01")),
        told("Tallinn", "03-01", contact(other, SAAR, on="03-01")),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Tanner", "Jill Tanner"),
        ("Ann Odi", "Ann Obel"),
        ("Maria Lund", "Mario Lund"),
        ("Khalid bin Omar bin Said", "Omar bin Said"),
    ],
)
def test_others_of_the_same_family_are_others(one: str, other: str) -> None:
    assert not together(
        told("Nairobi", "03-01", contact(one, SAAR, on="03-01")),
        told("Tallinn", "03-01", contact(other, SAAR, on="03-01")),
    )


def test_a_surname_means_whoever_alone_bears_it() -> None:
    known = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01"))
    surname = told("Wire", "03-01", contact("Odi", "Juri Saar", on="03-01"))
    other = told("Post", "02-01", contact("Paul Odi", VELIK, on="02-01"))
    assert together(known, surname)
    assert len(found(known, surname, other)) == 3  # Ann or Paul: it is not known which


def test_an_office_is_whoever_holds_it_then() -> None:
    title = "Talks with President of Kenya Ann Odi"
    known = told("Tallinn", "03-01", contact(ODI, SAAR, on="03-01"), title=title)
    by_office = Actor(name="President of Kenya", country="KE", type="person")
    assert together(known, told("Wire", "03-01", contact(by_office, SAAR, on="03-01")))
    assert len(found(known, told("Wire", "03-05", contact(by_office, SAAR, on="03-05")))) == 2


def test_a_title_names_the_other_side_and_the_publisher_is_one() -> None:
    own = [
        told("Kremlin", f"02-0{n}", contact(("Ivan Petrov", "RU"), VELIK, on=f"02-0{n}"), name=f"k{n}")
        for n in (1, 3, 5)
    ]
    title = "Telephone conversation with President of Kenya Ann Odi"
    readout = told("Kremlin", "03-01", contact(ODI, reader=OF_TITLE), title=title)
    other = told("Nairobi", "03-01", contact(ODI, ("Ivan Petrov", "RU"), on="03-01"))
    (call,) = [o for o in found(*own, readout, other) if len(o.tellings) > 1]
    assert {t.publisher for t in call.tellings} == {"Kremlin", "Nairobi"}


def test_planned_then_held_is_one_contact() -> None:
    (meeting,) = found(
        told("Nairobi", "03-01", contact(ODI, SAAR, on="03-04", status="planned", form="meeting")),
        told("Tallinn", "03-02", contact(SAAR, ODI, on="03-04", status="planned", form="talks")),
        told("Nairobi", "03-04", contact(ODI, SAAR, on="03-04", form="meeting")),
    )
    assert [t.status for t in meeting.tellings] == ["planned", "planned", "held"]
    assert any("planned, then held" in link.agree for link in meeting.why)


def test_planned_then_cancelled_is_one_contact() -> None:
    plan = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-04", status="planned", form="meeting"))
    for off in ("cancelled", "postponed", "refused"):
        assert together(
            plan, told("Tallinn", "03-03", contact(SAAR, ODI, on="03-04", status=off, form="meeting"))
        )
    assert together(plan, told("Tallinn", "03-03", contact(SAAR, ODI, status="cancelled", form="meeting")))


def test_a_plan_for_next_week_is_the_call_of_that_week() -> None:
    plan = contact(ODI, SAAR, on="03-07", until="03-13", status="planned")
    assert together(told("Nairobi", "03-01", plan), told("Tallinn", "03-09", contact(ODI, SAAR, on="03-09")))


def test_delegations_are_their_side() -> None:
    minister = person("Grace Wanja", "KE")
    assert together(
        told("Nairobi", "03-01", contact(ODI, minister, SAAR, on="03-01", form="meeting")),
        told("Tallinn", "03-01", contact(SAAR, ODI, on="03-01", form="meeting")),
    )


def test_a_conference_call_told_with_different_lists_is_one() -> None:
    (call,) = found(
        told("Nairobi", "03-01", contact(ODI, SAAR, VELIK, LUND, on="03-01")),
        told("Tallinn", "03-01", contact(SAAR, ODI, VELIK, on="03-01")),
    )
    assert call.why[0].agree[0] == "most participants"


def test_one_publisher_may_name_the_states_for_their_heads() -> None:
    states = [
        Actor(name=name, country=code, type="country") for name, code in (("Kenya", "KE"), ("Estonia", "EE"))
    ]
    talks = told("Nairobi", "03-01", contact(*states, on="03-01", form="talks"), name="talks")
    meeting = contact(ODI, SAAR, on="03-01", form="meeting")
    (one,) = found(talks, told("Nairobi", "03-01", meeting))
    assert one.why[0].agree[0] == "the states of the participants"
    assert not together(talks, told("Tallinn", "03-01", meeting))


def test_sessions_of_one_body_on_one_day_are_one() -> None:
    body = Actor(name="Liaison Committee", type="body")
    assert together(
        told(
            "Wire",
            "03-01",
            contact(body, on="03-02", form="session", status="planned", body="Liaison Committee"),
        ),
        told("Post", "03-03", contact(on="03-02", form="session", body="the Liaison Committee")),
    )


def test_a_video_call_goes_by_the_name_of_a_meeting_too() -> None:
    title = "Readout of the President's Video Call with President Saar"
    video = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01"), title=title)
    meeting = told("Tallinn", "03-01", contact(ODI, SAAR, on="03-01", form="meeting"))
    assert together(video, meeting)


# --- never one -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        contact(ODI, SAAR, on="03-03"),
        contact(ODI, SAAR, on="03-01", form="meeting"),
        contact(ODI, VELIK, on="03-01"),
        contact(ODI, SAAR, VELIK, on="03-01"),
        contact(VELIK, LUND, on="03-01"),
        contact(ODI, SAAR, on="03-01", duration_minutes=100),
        contact(ODI, on="03-01"),
        contact(on="03-01"),
        contact(ODI, SAAR, on="03-01", until="03-31"),
        contact(ODI, SAAR, on="03-01", until="", status="planned"),
        contact(ODI, SAAR, status="proposed"),
    ],
)
def test_what_differs_or_is_not_known_stays_apart(other: Contact) -> None:
    call = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01", duration_minutes=60))
    assert not together(call, told("Tallinn", "03-03", other))


def test_rounded_lengths_do_not_differ() -> None:
    assert together(
        told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01", duration_minutes=105)),
        told("Tallinn", "03-01", contact(ODI, SAAR, on="03-01", duration_minutes=100)),
    )


def test_two_calls_in_one_week_are_two_contacts() -> None:
    calls = found(
        *(told(side, f"03-0{n}", contact(ODI, SAAR, on=f"03-0{n}")) for side in ("A", "B") for n in (1, 3, 5))
    )
    assert [len(call.tellings) for call in calls] == [2, 2, 2]


def test_one_side_that_tells_of_two_days_running_tells_of_two_calls() -> None:
    first, second = (told("Nairobi", f"03-0{n}", contact(ODI, SAAR, on=f"03-0{n}")) for n in (1, 2))
    both = told("Tallinn", "03-02", contact(ODI, SAAR, on="03-02"))
    calls = found(first, second, both)
    assert sorted(sorted(t.publisher or "" for t in call.tellings) for call in calls) == [
        ["Nairobi"],
        ["Nairobi", "Tallinn"],
    ]


def test_a_meeting_under_two_dates_is_not_taken_for_one() -> None:
    assert not together(
        told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01", form="meeting")),
        told("Tallinn", "03-02", contact(ODI, SAAR, on="03-02", form="meeting")),
    )


def test_two_leaders_on_the_margins_of_a_summit_are_a_contact_of_their_own() -> None:
    summit = contact(ODI, SAAR, VELIK, LUND, on="03-01", form="summit", body="Lake Forum")
    pair = contact(ODI, SAAR, on="03-01", form="meeting", body="Lake Forum")
    assert len(found(told("Wire", "03-01", summit), told("Post", "03-01", pair))) == 2


def test_sessions_of_two_bodies_are_two() -> None:
    assert not together(
        told("Wire", "03-01", contact(on="03-01", form="session", body="Liaison Committee")),
        told("Post", "03-01", contact(on="03-01", form="session", body="Border Commission")),
    )


def test_what_a_report_only_recalls_without_a_day_is_not_of_its_day() -> None:
    recalled = contact(ODI, SAAR, evidence=(900, 950))
    readout = told("Warsaw", "03-01", contact(VELIK, LUND, on="03-01"), recalled)
    assert len(found(readout, told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01")))) == 3


def test_nothing_is_held_after_its_report() -> None:
    (ahead,) = found(told("Wire", "03-01", contact(ODI, SAAR, on="03-05")))
    assert ahead.tellings[0].status == "planned"


def test_a_plan_told_after_the_day_is_of_another_contact() -> None:
    late = contact(ODI, SAAR, on="03-01", status="planned")
    assert not together(
        told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01")), told("Tallinn", "03-20", late)
    )


def test_reports_without_a_date_join_nothing_by_it() -> None:
    undated = told("Wire", None, contact(ODI, SAAR))
    assert not together(undated, told("Post", "03-01", contact(ODI, SAAR, on="03-01")))
    assert together(
        told("Wire", None, contact(ODI, SAAR, on="03-01")), told("Post", None, contact(ODI, SAAR, on="03-01"))
    )


def test_other_kinds_of_claims_are_passed_over() -> None:
    count = Count(evidence=(0, 1), said_by=(), measure="killed", low=1, high=1)
    assert found(entries(report("r", "03-01"), count)) == []


def test_one_publisher_tells_a_call_by_video_from_a_meeting() -> None:
    title = "Video call with President Saar"
    call = told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01"), title=title)
    assert not together(call, told("Nairobi", "03-01", contact(ODI, SAAR, on="03-01", form="meeting")))


def test_two_of_one_government_at_a_forum_on_one_day_are_at_two_contacts() -> None:
    session = contact(on="03-01", form="session", body="Lake Forum")
    assert not together(
        told("Nairobi", "03-01", session, contact(ODI, LUND, on="02-01"), title="Ann Odi at the Lake Forum"),
        told(
            "Nairobi",
            "03-01",
            session,
            contact(VELIK, LUND, on="01-01"),
            title="Marta Velik at the Lake Forum",
        ),
    )


def test_two_calls_with_the_same_two_partners_are_two() -> None:
    assert not together(
        told("Nairobi", "03-01", contact(ODI, VELIK, LUND, on="03-01")),
        told("Tallinn", "03-01", contact(SAAR, VELIK, LUND, on="03-01")),
    )


def test_two_with_the_same_aide_meet_others() -> None:
    aide = person("Grace Wanja", "KE")
    assert not together(
        told("Nairobi", "03-01", contact(ODI, aide, SAAR, on="03-01", form="meeting")),
        told("Nairobi", "03-01", contact(ODI, aide, VELIK, on="03-01", form="meeting"), name="second"),
    )


# --- judgements ------------------------------------------------------------------------------------


def judged(decision: str, *claims: str, seq: int = 1) -> Judgement:
    return Judgement(
        seq=seq,
        decision=decision,  # type: ignore[arg-type]
        subjects=claims,
        by="an analyst",
        reason="heard both sides",
        recorded=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def test_a_judgement_splits_what_was_put_together() -> None:
    reports = [told(side, "03-01", contact(ODI, SAAR, on="03-01")) for side in ("A", "B")]
    ids = [entry.claim.id or "" for one in reports for entry in one]
    assert len(found(*reports)) == 1
    assert len(found(*reports, judgements=[judged("different", *ids)])) == 2


def test_a_judgement_joins_what_was_apart() -> None:
    reports = [
        told("A", "03-01", contact(ODI, SAAR, on="03-01")),
        told("B", "03-09", contact(VELIK, form="visit")),
    ]
    ids = [entry.claim.id or "" for one in reports for entry in one]
    (one,) = found(*reports, judgements=[judged("same", *ids)])
    assert one.why[0].agree == ("judgement",)


# --- order -----------------------------------------------------------------------------------------

PEOPLE = [ODI, SAAR, VELIK, LUND, ("Odi", "KE"), ("Anne Odi", "KE")]
claims = st.builds(
    contact,
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    on=st.sampled_from([None, "03-01", "03-02", "03-03"]),
    form=st.sampled_from(["call", "talks", "meeting"]),
    status=st.sampled_from(["held", "planned", "cancelled"]),
    duration_minutes=st.sampled_from([None, 60, 100]),
)
tellings = st.tuples(st.sampled_from(["A", "B", "C"]), st.sampled_from(["03-01", "03-02", None]), claims)


@settings(max_examples=60, deadline=None)
@given(st.lists(tellings, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_no_matter(
    reports: list[tuple[str, str | None, Contact]], chance: random.Random
) -> None:
    held = [
        entry
        for number, (publisher, published, claim) in enumerate(reports)
        for entry in told(publisher, published, claim, name=f"{publisher}-{number}")
    ]
    shuffled = held[:]
    chance.shuffle(shuffled)
    first, second = occasions(held), occasions(shuffled)
    assert [([t.id for t in o.tellings], o.why) for o in first] == [
        ([t.id for t in o.tellings], o.why) for o in second
    ]
    assert sorted(t.id for o in first for t in o.tellings) == sorted(
        {e.claim.id or "" for e in held} and [e.claim.id for e in held]
    )


def test_copies_of_a_report_under_one_id_stay_with_their_publishers() -> None:
    place = Place(text="Vordal")
    one = entries(report("7", "03-01", publisher="A"), contact(ODI, SAAR, on="03-01", place=place))
    other = entries(report("7", "03-01", publisher="B"), contact(ODI, SAAR, on="03-01", place=place))
    (call,) = found(one, other)
    assert {t.publisher for t in call.tellings} == {"A", "B"}
