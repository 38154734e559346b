"""What changed since the last report: from two situations, whatever the order of the claims."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.making import daily, day, entries, examples, press, report
from tests.situation.undertaking import Desk, moved, undertaking
from tests.views.asking import told
from tests.views.drawing import alert
from tests.views.rows.test_commitments import DeskShelf
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Contact, Entry, Incident, Place, Statement, Time
from trucewatch.situation import Situation, assess
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Dispute, Standing
from trucewatch.views.changes import Change, changes, new_reports

DONBAS = ceasefire("donbas-2020")
SINCE = "Since the last report"
GUNS = "withdraw its howitzers from the line of contact in Donbas"


def at(held: list[Entry], date: str, known: str | None = None) -> Situation:
    return assess(held, DONBAS, at=day(date), known=day(known or date))


def statement(act: str, speaker: str, about: str) -> Statement:
    return Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name=speaker),),
        act=act,  # type: ignore[arg-type]
        form="indirect",
        about=(Actor(name=about),),
    )


def call(status: str, when: str | None = None) -> Contact:
    return Contact(
        evidence=(0, 1),
        said_by=(),
        form="call",
        status=status,  # type: ignore[arg-type]
        participants=(Actor(name="Ukraine"), Actor(name="Russia")),
        time=Time(text="then", start=day(when).isoformat(), end=day(when).isoformat()) if when else None,
    )


def of_kind(found: tuple[Change, ...], kind: str) -> list[tuple[str | None, str | None]]:
    return [(change.was, change.now) for change in found if change.kind == kind]


# --- figures and records ---------------------------------------------------------------------------------


def test_nothing_changes_between_equal_situations() -> None:
    found = at(daily("02-19", 591, 975), "02-19")
    assert changes(found, found) == ()


def test_a_figure_that_came_in_is_told_with_its_window_and_the_record_with_what_it_was() -> None:
    held = [*daily("02-18", 222, 648), *daily("02-19", 591, 975)]
    before, now = at(held, "02-18"), at(held, "02-19")
    assert of_kind(changes(before, now), "figure") == [(None, "1,566")]
    assert of_kind(changes(before, now), "record") == [
        ("870 on 17 February, highest on file", "1,566 on 18 February, highest on file")
    ]
    sentences = told(now, SINCE, before=before)
    came = (
        "Came in: the SMM's figure for the evening of 18 February, 1,566 (own figures, summed over regions)"
    )
    assert came in sentences
    assert any("before: 870 on 17 February" in text for text in sentences)


def test_a_corrected_figure_is_told_with_the_old_one_and_the_new_one() -> None:
    first = daily("02-19", 591, 975)
    again = [
        Entry(
            claim=one.claim,
            report=msgspec.structs.replace(one.report, sha256="f" * 64),
            recorded=one.recorded,
        )
        for one in daily("02-19", 519, 975)
    ]
    before, now = at(first, "02-19"), at(again, "02-20")
    sentences = told(now, "Corrections", before=before)
    changed = "Changed: the SMM's figure for the evening of 18 February, from 1,566 to 1,494 (own figures"
    assert any(text.startswith(changed) for text in sentences)
    assert any(text.startswith("Corrected by its publisher: the report smm-02-19") for text in sentences)


def test_a_figure_whose_report_is_gone_is_no_longer_on_file_and_no_zero() -> None:
    before, now = at(daily("02-19", 591, 975), "02-19"), at(press("02-20", call("held")), "02-20")
    assert of_kind(changes(before, now), "figure") == [("1,566", None)]
    assert of_kind(changes(before, now), "report") == [("on file", None)]


def test_figures_of_a_year_that_is_over_are_not_called_gone() -> None:
    held = daily("2021-12-31", 5, 7)
    before = assess(held, DONBAS, at=day("2021-12-31"), known=day("2021-12-31"))
    now = assess([], DONBAS, at=day("2022-01-20"), known=day("2022-01-20"))
    assert not of_kind(changes(before, now), "figure")


# --- contacts and commitments ----------------------------------------------------------------------------


def test_a_contact_whose_status_changed_is_told_from_to_and_by_whom() -> None:
    held = [
        *press("02-18", call("planned", "02-20"), name="plan"),
        *press("02-20", call("cancelled", "02-20"), name="off", publisher="The Gazette"),
    ]
    before, now = at(held, "02-19"), at(held, "02-20")
    assert of_kind(changes(before, now), "contact") == [("planned", "cancelled")]
    (sentence,) = [text for text in told(now, SINCE, before=before) if text.startswith("Call of")]
    assert (
        sentence
        == "Call of Ukraine and Russia: cancelled, before planned, according to The Gazette (The Gazette)"
    )


def test_a_commitment_whose_deadline_passed_is_overdue_with_its_reason() -> None:
    desk = Desk()
    desk.tell(
        "02-10", undertaking(GUNS, "Ukraine", end="02-18", said="by Friday"), text="Ukraine agreed to it"
    )
    shelf = DeskShelf(desk)
    before, now = (assess(shelf, DONBAS, at=day(date)) for date in ("02-18", "02-19"))
    assert of_kind(changes(before, now), "commitment") == [("due", "overdue")]
    (sentence,) = [text for text in told(now, SINCE, before=before) if text.startswith("Commitment of")]
    assert "overdue, before due" in sentence
    assert "nothing on file says that it took place" in sentence


def test_a_fulfilment_is_told_by_its_speaker() -> None:
    desk = Desk()
    desk.tell("02-10", undertaking(GUNS, "Ukraine", end="02-25", said="by then"), text="Ukraine agreed")
    desk.tell(
        "02-17", moved(by="Joint Forces Operation", force="Ukraine"), text="Ukraine has withdrawn its guns"
    )
    before, now = (assess(desk.held, DONBAS, at=day(date), known=day(date)) for date in ("02-16", "02-17"))
    (sentence,) = [text for text in told(now, SINCE, before=before) if text.startswith("Commitment of")]
    assert "reported fulfilled" in sentence
    assert "according to Joint Forces Operation (Wire)" in sentence


# --- disputes, alerts, standing, sources -------------------------------------------------------------------


def test_a_new_dispute_is_told_once() -> None:
    one = press("02-18", statement("accuse", "Ukraine", "separatists"), name="one")
    two = press("02-19", statement("accuse", "separatists", "Ukraine"), name="two")
    before, bare = at(one, "02-18"), at([*one, *two], "02-19")
    ids = [entry.claim.id or "" for entry in (*one, *two)]
    disputes = (
        Dispute(
            kind="counter-accusation", matter="ceasefire_violations", claims=(ids[0],), against=(ids[1],)
        ),
    )
    now = msgspec.structs.replace(bare, disputes=disputes)
    assert of_kind(changes(before, now), "dispute") == [(None, "counter-accusation")]
    assert not of_kind(changes(now, now), "dispute")
    sentences = told(now, SINCE, before=before)
    assert "New counter-accusation, by separatists (The Wire): ceasefire violations" in sentences


def with_alerts(situation: Situation, *states: str) -> Situation:
    made = tuple(
        msgspec.structs.replace(alert("02-18", state=state, words="1,566 against some 310."), claims=())
        for state in states
    )
    return msgspec.structs.replace(situation, alerts=made)


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ((), ("new",), "New alert on the counts of 18 February: see the key points"),
        (("open",), ("worse",), "Alert reopened, worse: 1,566 against some 310"),
        (("open",), (), "Closed, the alert of 18 February: 1,566 against some 310"),
    ],
)
def test_alerts_are_new_worse_or_closed(was: tuple[str, ...], now: tuple[str, ...], sentence: str) -> None:
    bare = at(daily("02-19", 591, 975), "02-19")
    before, after = with_alerts(bare, *was), with_alerts(bare, *now)
    assert sentence in told(after, SINCE, before=before)


def test_an_alert_that_stays_open_is_not_told_again() -> None:
    bare = at(daily("02-19", 591, 975), "02-19")
    assert not changes(with_alerts(bare, "new"), with_alerts(bare, "open"))


def test_an_incident_that_a_denial_makes_contested_is_told() -> None:
    where = Place(text="Donetsk region", name="Donetsk region")
    shelling = Incident(evidence=(0, 1), said_by=(), type="shelling", place=where)
    held = entries(report("wire", "02-18", publisher="The Wire"), shelling)
    now = at(held, "02-18")
    alleged = Standing(standing="alleged", contested=False, independent=1)
    before, after = (
        msgspec.structs.replace(
            now,
            incidents=tuple(
                msgspec.structs.replace(one, standing=msgspec.structs.replace(alleged, contested=contested))
                for one in now.incidents
            ),
        )
        for contested in (False, True)
    )
    assert of_kind(changes(before, after), "incident") == [("alleged", "alleged, contested")]
    assert "Reported shelling in Donetsk region: alleged, contested, before alleged" in told(
        after, SINCE, before=before
    )


def test_a_source_goes_quiet_and_comes_back() -> None:
    held = [entry for date in ("02-14", "02-15", "02-16") for entry in daily(date, 3, 4)]
    back = [*held, *daily("02-19", 3, 4)]
    before, quiet, after = at(held, "02-17"), at(held, "02-18"), at(back, "02-19")
    assert of_kind(changes(before, quiet), "source") == [(None, "quiet")]
    assert of_kind(changes(quiet, after), "source") == [("quiet", None)]
    assert any(text.startswith("Gone quiet: OSCE SMM") for text in told(quiet, SINCE, before=before))
    assert any(text.startswith("Back after silence: OSCE SMM") for text in told(after, SINCE, before=quiet))


# --- the section -------------------------------------------------------------------------------------------


def test_what_came_in_is_counted_and_no_change_is_said() -> None:
    held = press("02-18", call("held", "02-18"))
    before, now = at(held, "02-18"), at(held, "02-19")
    assert new_reports(before, now) == ()
    first, second = told(now, SINCE, before=before)
    assert first == "Compared with the day before, 18 February 2022, 0 reports came in"
    assert second == "Nothing that this report tells has changed since"


def test_without_an_earlier_report_it_says_so() -> None:
    assert told(at([], "02-19"), SINCE) == ["No earlier report is at hand to compare with"]


HELD = [
    *daily("02-17", 189, 402),
    *daily("02-18", 222, 648),
    *daily("02-19", 591, 975),
    *press("02-18", call("planned", "02-20"), statement("accuse", "Ukraine", "separatists"), name="one"),
    *press("02-19", call("held", "02-19"), statement("accuse", "separatists", "Ukraine"), name="two"),
]


@settings(deadline=None, max_examples=15)
@given(order=st.permutations(range(len(HELD))))
def test_changes_do_not_depend_on_the_order_of_claims(order: list[int]) -> None:
    shuffled = [HELD[place] for place in order]
    assert changes(at(shuffled, "02-18"), at(shuffled, "02-19")) == changes(
        at(HELD, "02-18"), at(HELD, "02-19")
    )


def test_each_change_rests_on_claims_or_reports_of_one_of_the_two() -> None:
    days = [at(HELD, date) for date in ("02-17", "02-18", "02-19", "02-20")]
    for before, now in itertools.pairwise(days):
        for change in changes(before, now):
            assert change.claims or change.reports or change.kind == "alert"
            assert set(change.claims) <= before.tellings.keys() | now.tellings.keys()
            assert change.was != change.now


def test_the_shelf_of_examples_gives_changes_for_every_day() -> None:
    shelf = examples()
    days = [day("02-14") + place * ONE for place in range(9)]
    found = [assess(shelf, DONBAS, at=date, known=date) for date in days]
    for before, now in itertools.pairwise(found):
        assert told(now, SINCE, text_of=shelf.text, before=before)
