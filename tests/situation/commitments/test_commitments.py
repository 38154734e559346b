"""Statuses are what claims say, with a day and a speaker each; a deadline passes only where it is firm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.situation.making import day, entries, report
from tests.situation.undertaking import (
    GUNS,
    Desk,
    met,
    moved,
    one,
    said,
    undertaking,
    violation,
)
from trucewatch.catalog import ceasefire
from trucewatch.model import Count
from trucewatch.situation.commitments.states import commitments
from trucewatch.situation.commitments.undertakings import CommitmentState
from trucewatch.situation.names import cast


@pytest.fixture
def desk() -> Desk:
    return Desk()


def says(state: CommitmentState) -> list[tuple[str, str]]:
    return [(bearing.says, bearing.speaker) for bearing in state.evidence]


# --- the calendar ------------------------------------------------------------------------------------


def test_a_deadline_makes_a_commitment_open_then_due_then_overdue(desk: Desk) -> None:
    desk.tell("02-01", undertaking(end="02-20", said="by Sunday"))
    found = [one(desk.at(date)) for date in ("02-12", "02-13", "02-20", "02-21")]
    assert [state.status for state in found] == ["open", "due", "due", "overdue"]
    assert [state.status_since for state in found] == [day(d) for d in ("02-01", "02-13", "02-13", "02-21")]
    assert (found[0].deadline, found[0].deadline_words) == (day("02-20"), "by Sunday")


def test_a_window_is_overdue_only_when_its_last_day_has_passed(desk: Desk) -> None:
    desk.tell("02-10", undertaking(start="02-14", end="02-20", said="next week"))
    assert [one(desk.at(d)).status for d in ("02-15", "02-20", "02-21")] == ["due", "due", "overdue"]


@pytest.mark.parametrize("words", ["the coming days", "in the coming hours", "in the near future", "soon"])
def test_a_vague_deadline_never_passes(desk: Desk, words: str) -> None:
    desk.tell("02-10", undertaking(start="02-10", end="02-11", said=words))
    assert one(desk.at("05-01")).status == "open"


def test_the_end_of_a_truce_is_no_deadline(desk: Desk) -> None:
    desk.tell("02-10", undertaking("a truce", "Varenia", topic="ceasefire", end="02-13", said="until Sunday"))
    state = one(desk.at("02-20"))
    assert (state.status, state.deadline) == ("open", day("02-13"))


def test_until_makes_a_window_of_any_undertaking(desk: Desk) -> None:
    desk.tell("02-10", undertaking("keep the crossing open", topic="other", end="02-13", said="until Sunday"))
    assert one(desk.at("02-20")).status == "open"


def test_a_truce_is_due_when_it_is_about_to_begin(desk: Desk) -> None:
    window = {"start": "02-18", "end": "02-21", "said": "from Friday"}
    desk.tell("02-14", undertaking("a truce", "Varenia", topic="ceasefire", **window))
    assert [one(desk.at(d)).status for d in ("02-14", "02-19")] == ["due", "open"]


def test_what_is_asked_is_never_overdue(desk: Desk) -> None:
    desk.tell("02-10", undertaking(strength="demanded", end="02-13", said="by Sunday", by="Ostmark"))
    state = one(desk.at("02-20"))
    assert (state.status, state.strength, state.binding) == ("open", "demanded", False)


def test_what_nobody_in_particular_undertook_is_not_overdue(desk: Desk) -> None:
    desk.tell("02-10", undertaking(GUNS, "we", end="02-13", said="by Sunday"))
    assert one(desk.at("02-20")).status == "open"


@pytest.mark.parametrize("words", ["the past ten years", "now", "last week"])
def test_a_time_that_is_past_or_present_is_no_deadline(desk: Desk, words: str) -> None:
    desk.tell("02-10", undertaking(end="02-11", said=words))
    assert one(desk.at("02-20")).deadline is None


def test_the_day_of_telling_is_a_deadline_only_with_words_that_say_so(desk: Desk) -> None:
    desk.tell("02-10", undertaking(end="02-10", said="Thursday"))
    desk.tell("02-10", undertaking("open the bridge at Pell", end="02-10", said="by midnight", topic="other"))
    assert sorted(state.status for state in desk.at("02-11")) == ["open", "overdue"]


def test_what_was_told_later_is_not_there_yet(desk: Desk) -> None:
    desk.tell("02-10", undertaking())
    assert desk.at("02-09") == []


# --- conditions --------------------------------------------------------------------------------------

SILENT = "as soon as the guns fall silent"


def test_a_condition_holds_until_somebody_says_that_it_is_met(desk: Desk) -> None:
    desk.tell("02-10", undertaking(end="02-13", said="by Sunday", condition=SILENT))
    assert one(desk.at("02-20")).status == "conditional"
    desk.tell("02-12", said("Oren Dask"), text="the guns along the river have fallen silent")
    state = one(desk.at("02-20"))
    assert (state.status, says(state)[-1]) == ("overdue", ("condition met", "Oren Dask"))


@pytest.mark.parametrize(
    "text",
    [
        "the guns must fall silent",
        "he works for the guns to fall silent",
        "the guns have not fallen silent",
        "the silent majority fears the guns",
    ],
)
def test_a_wish_a_denial_or_the_same_words_are_no_word_that_it_is_met(desk: Desk, text: str) -> None:
    desk.tell("02-10", undertaking(condition=SILENT))
    desk.tell("02-12", said("Oren Dask"), text=text)
    assert one(desk.at("02-20")).status == "conditional"


# --- what became of it -------------------------------------------------------------------------------


def test_a_move_of_the_same_force_is_a_report_of_fulfilment_by_its_speaker(desk: Desk) -> None:
    desk.tell("02-10", undertaking(end="02-15", said="by Tuesday"))
    claim = desk.tell("02-14", moved(by="Varenia", unit="howitzers"))
    state = one(desk.at("02-20"))
    assert (state.status, state.status_since, state.contested) == ("reported fulfilled", day("02-14"), False)
    assert (says(state)[-1], state.evidence[-1].claim) == (("fulfilled", "Varenia"), claim)


def test_a_denial_of_a_move_stands_beside_it_and_never_disappears(desk: Desk) -> None:
    desk.tell("02-10", undertaking())
    desk.tell("02-14", moved(by="Varenia"))
    desk.tell("02-13", moved("denied", by="Ostmark"), by="Post")
    desk.tell("02-16", moved(by="Varenia"), by="News")
    state = one(desk.at("02-20"))
    assert (state.status, state.contested) == ("reported fulfilled", True)
    assert ("denies fulfilment", "Ostmark") in says(state)


@pytest.mark.parametrize(
    ("published", "move"),
    [
        ("02-14", moved(force="Ostmark")),
        ("02-14", moved(unit="tanks")),
        ("02-09", moved()),
        ("02-14", moved("planned")),
        ("06-30", moved()),
    ],
    ids=["other force", "other object", "before", "only planned", "months later"],
)
def test_a_move_of_others_of_other_things_or_at_another_time_is_no_evidence(
    desk: Desk, published: str, move: Any
) -> None:
    desk.tell("02-10", undertaking())
    desk.tell(published, move)
    assert one(desk.at("07-30")).status == "open"


def test_a_move_that_is_only_spoken_of_is_no_evidence(desk: Desk) -> None:
    desk.tell("02-10", undertaking())
    desk.tell("02-14", moved(), text="the matter of withdrawing Varenian troops")
    assert one(desk.at("02-20")).status == "open"


def test_the_report_that_tells_the_undertaking_says_nothing_of_its_fate() -> None:
    found = entries(report("wire", "02-10"), undertaking(), moved())
    assert one(commitments(found, at=day("02-20"))).status == "open"


TRUCE = undertaking("a truce", "Ostmark", "Varenia", topic="ceasefire", start="02-12", said="from Saturday")


def test_a_violation_after_a_truce_took_effect_is_reported_broken_by_who_says_so(desk: Desk) -> None:
    desk.tell("02-10", TRUCE)
    desk.tell("02-11", violation("Ostmark", "Varenia"))
    assert one(desk.at("02-11")).status == "due"
    desk.tell("02-13", violation("Ostmark", "Varenia"), by="Post")
    state = one(desk.at("02-20"))
    assert (state.status, says(state)[-1]) == ("reported broken", ("broken", "Ostmark"))
    assert len(state.evidence) == 2


def test_each_side_may_report_the_other(desk: Desk) -> None:
    desk.tell("02-10", TRUCE)
    desk.tell("02-13", violation("Ostmark", "Varenia"))
    desk.tell("02-14", said("Varenia"), text="we have observed the ceasefire and Ostmark has observed it too")
    state = one(desk.at("02-20"))
    assert state.status == "reported broken"
    desk.tell("02-15", said("Oren Dask"), text="Varenia and Ostmark have observed the ceasefire")
    state = one(desk.at("02-20"))
    assert (state.status, state.contested) == ("reported fulfilled", True)
    assert {says for says, _ in says(state)} >= {"broken", "fulfilled"}


def test_a_violation_elsewhere_is_not_one_of_a_local_truce(desk: Desk) -> None:
    local = undertaking("a truce at Pell", "Varenia", topic="ceasefire", place="Pell")
    desk.tell("02-10", local)
    desk.tell("02-13", violation("Ostmark", "Varenia", place="Murrow"))
    assert one(desk.at("02-20")).status == "open"
    desk.tell("02-13", violation("Ostmark", "Varenia", place="Pell"))
    assert one(desk.at("02-20")).status == "reported broken"


def test_an_accusation_is_of_those_accused_and_a_denial_of_the_speaker(desk: Desk) -> None:
    desk.tell("02-10", TRUCE)
    desk.tell("02-13", said("Ostmark", "accuse", "Varenia"), text="Varenia violated the ceasefire")
    desk.tell("02-14", said("Varenia", "deny"), text="having violated the ceasefire")
    state = one(desk.at("02-20"))
    assert (state.status, state.contested) == ("reported broken", True)
    assert says(state)[-2:] == [("broken", "Ostmark"), ("denies a breach", "Varenia")]


@pytest.mark.parametrize(
    "text",
    [
        "Varenia must not violate the ceasefire",
        "any violation of the ceasefire will be answered, Varenia knows",
        "Varenia has violated international law",
        "Varenia will respect the ceasefire",
    ],
)
def test_warnings_wishes_and_other_matters_are_no_evidence(desk: Desk, text: str) -> None:
    desk.tell("02-10", TRUCE)
    desk.tell("02-13", said("Ostmark"), text=text)
    assert one(desk.at("02-20")).status == "open"


def test_what_is_only_demanded_cannot_be_broken(desk: Desk) -> None:
    desk.tell("02-10", undertaking("a ceasefire", "Varenia", topic="ceasefire", strength="demanded"))
    desk.tell("02-13", violation("Ostmark", "Varenia"))
    assert one(desk.at("02-20")).status == "open"


def test_words_on_another_agreement_bear_only_on_what_names_it(desk: Desk) -> None:
    desk.tell("02-10", undertaking("carry out the Halden accords", topic="political"))
    desk.tell("02-13", said("Ostmark"), text="Varenia has not implemented the Pell accords")
    assert one(desk.at("02-20")).status == "open"
    desk.tell("02-14", said("Ostmark"), text="Varenia has not implemented the Halden accords")
    assert one(desk.at("02-20")).status == "reported broken"


def test_an_exchange_is_reported_carried_out_by_a_statement_or_a_count_of_prisoners(desk: Desk) -> None:
    swap = undertaking("release 40 prisoners", topic="exchange")
    desk.tell("02-10", swap)
    counted = Count(evidence=(0, 1), said_by=(), measure="prisoners", low=40, high=40)
    desk.tell("02-12", counted, text="Varenia released 40 prisoners")
    state = one(desk.at("02-20"))
    assert (state.status, says(state)[-1]) == ("reported fulfilled", ("fulfilled", "Wire"))


def test_another_number_of_prisoners_is_another_exchange(desk: Desk) -> None:
    desk.tell("02-10", undertaking("release 40 prisoners", topic="exchange"))
    desk.tell("02-12", said("Oren Dask"), text="Varenia released 12 prisoners")
    assert one(desk.at("02-20")).status == "open"


# --- meetings ----------------------------------------------------------------------------------------

LEADERS = ("Ilse Marrane", "Oren Dask")


def meeting(**time: Any) -> Any:
    return undertaking("meet in Halden", *LEADERS, topic="negotiation", **time)


def test_a_meeting_held_in_its_window_closes_the_undertaking_to_meet(desk: Desk) -> None:
    desk.tell("02-10", meeting(start="02-14", end="02-20", said="next week"))
    claim = desk.tell("02-17", met("02-16", *LEADERS))
    desk.tell("02-19", met("02-19", *LEADERS))
    state = one(desk.at("02-28"))
    assert (state.status, state.status_since) == ("reported fulfilled", day("02-16"))
    assert [b.claim for b in state.evidence if b.says == "fulfilled"] == [claim]


@pytest.mark.parametrize(
    "contact",
    [
        met("02-13", *LEADERS),
        met("02-16", "Ilse Marrane", "Jan Holt"),
        met("02-16", *LEADERS, "Jan Holt"),
        met(None, *LEADERS),
        met("02-16", *LEADERS, status="planned"),
    ],
    ids=["too early", "another", "one more", "no day", "planned"],
)
def test_another_meeting_closes_nothing(desk: Desk, contact: Any) -> None:
    desk.tell("02-10", meeting(start="02-14", end="02-20", said="next week"))
    desk.tell("02-17", contact)
    assert one(desk.at("02-28")).status == "overdue"


def test_a_meeting_with_somebody_is_closed_only_by_one_with_him(desk: Desk) -> None:
    desk.tell("02-10", undertaking("hold talks with Oren Dask", "Ilse Marrane", topic="negotiation"))
    desk.tell("02-12", met("02-12", "Ilse Marrane", "Jan Holt"))
    assert one(desk.at("02-20")).status == "open"
    desk.tell("02-13", met("02-13", *LEADERS))
    assert one(desk.at("02-20")).status == "reported fulfilled"


def test_a_session_of_a_body_is_closed_by_that_body_and_not_by_those_who_called_it(desk: Desk) -> None:
    act = "work for a meeting of the Joint Commission"
    desk.tell("02-10", undertaking(act, *LEADERS, topic="negotiation"))
    desk.tell("02-12", met("02-12", *LEADERS))
    assert one(desk.at("02-20")).status == "open"
    desk.tell("02-13", met("02-13", body="Joint Commission"))
    assert one(desk.at("02-20")).status == "reported fulfilled"


def test_a_meeting_called_off_is_withdrawn_by_who_says_so(desk: Desk) -> None:
    desk.tell("02-10", meeting(start="02-14", end="02-20", said="next week"))
    desk.tell("02-13", met("02-16", *LEADERS, status="cancelled"), by="Post")
    state = one(desk.at("02-28"))
    assert (state.status, says(state)[-1]) == ("withdrawn", ("called off", "Post"))


# --- refusals and other terms ------------------------------------------------------------------------


def test_a_refusal_withdraws_and_a_later_undertaking_opens_again(desk: Desk) -> None:
    desk.tell("02-10", undertaking())
    desk.tell("02-12", undertaking(strength="refused", by="Varenia"))
    assert one(desk.at("02-13")).status == "withdrawn"
    desk.tell("02-14", undertaking())
    assert one(desk.at("02-15")).status == "open"


def test_undertaken_and_refused_on_one_day_is_contested(desk: Desk) -> None:
    desk.tell("02-12", undertaking(by="Varenia"))
    desk.tell("02-12", undertaking(strength="refused", by="Ostmark"))
    state = one(desk.at("02-13"))
    assert (state.status, state.contested) == ("withdrawn", True)


def truce(act: str, **time: Any) -> Any:
    return undertaking(act, "Ostmark", "Varenia", topic="ceasefire", **time)


def test_an_extension_supersedes_the_truce_and_both_are_shown(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 24 hours", start="02-11", end="02-12", said="from Friday"))
    later = desk.tell("02-12", truce("extend the truce to 72 hours", start="02-11", end="02-14"))
    former, new = sorted(desk.at("02-12"), key=lambda state: state.status != "superseded")
    assert (former.status, former.status_since, former.successor) == ("superseded", day("02-12"), new.id)
    assert (former.evidence[-1].says, former.evidence[-1].claim) == ("other terms", later)
    assert new.id == f"commitment-{later}"


def test_a_new_deadline_supersedes_the_old(desk: Desk) -> None:
    desk.tell("02-10", undertaking(end="03-15", said="by 15 March"))
    desk.tell("03-10", undertaking(end="04-01", said="by 1 April"))
    assert [state.status for state in desk.at("03-20")] == ["superseded", "open"]


def test_the_truce_of_another_day_is_another_and_supersedes_nothing(desk: Desk) -> None:
    desk.tell("02-10", truce("a ceasefire", start="02-11", end="02-11", said="from 9 a.m. on Friday"))
    desk.tell("02-11", truce("a ceasefire", start="02-12", end="02-12", said="from 9 a.m. on Saturday"))
    assert "superseded" not in {state.status for state in desk.at("02-12")}


def test_two_accounts_of_one_day_with_other_terms_supersede_each_other_not(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 24 hours"))
    desk.tell("02-10", truce("a truce of 48 hours"), by="Post")
    assert {state.status for state in desk.at("02-12")} == {"open"}


def test_what_was_over_is_succeeded_by_nothing(desk: Desk) -> None:
    desk.tell("02-01", truce("a truce of 24 hours", start="02-01", end="02-02"))
    desk.tell("02-06", truce("a truce of 72 hours"))
    assert "superseded" not in {state.status for state in desk.at("02-07")}


# --- the whole ---------------------------------------------------------------------------------------


def test_parties_of_the_catalog_are_one_by_their_side(desk: Desk) -> None:
    desk.tell("02-10", undertaking("withdraw troops from the border", "Moscow"))
    desk.tell("02-14", moved(by="Kremlin", force="Russian Federation", unit="troops"))
    names = cast(ceasefire("donbas-2020"))
    assert one(desk.at("02-20", cast=names)).status == "reported fulfilled"
    assert one(desk.at("02-20")).status == "open"


def test_accounts_list_each_report_once(desk: Desk) -> None:
    desk.tell("02-10", undertaking())
    desk.tell("02-11", undertaking(), by="Post")
    desk.tell("02-14", moved(), by="Post")
    state = one(desk.at("02-20"))
    assert len(state.accounts) == 3
    assert sorted(c for a in state.accounts for c in a.claims) == sorted(b.claim for b in state.evidence)


def test_no_entries_give_no_commitments() -> None:
    assert commitments([], at=day("02-20")) == []


def test_an_undated_telling_has_no_outcomes_and_no_day(desk: Desk) -> None:
    desk.tell(None, undertaking(end="02-13", said="by Sunday"))
    desk.tell("02-14", moved())
    state = one(desk.at("02-20"))
    assert (state.status, state.told) == ("overdue", None)


TELLINGS = (
    undertaking(end="02-20", said="by Sunday"),
    undertaking(strength="refused"),
    TRUCE,
    truce("extend the truce to 72 hours", start="02-12", end="02-15"),
    moved(),
    moved("denied", by="Ostmark"),
    violation("Ostmark", "Varenia"),
    meeting(),
    met("02-14", *LEADERS),
)
told_ = st.tuples(st.sampled_from(["02-10", "02-12", "02-14"]), st.sampled_from(range(len(TELLINGS))))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(told_, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_is_no_matter(made: list[tuple[str, int]], random: Any) -> None:
    desk = Desk()
    for published, which in made:
        desk.tell(published, TELLINGS[which])
    states = desk.at("02-21")
    random.shuffle(desk.held)
    assert states == desk.at("02-21")
    claims = [claim for state in states for claim in state.claims]
    assert len(claims) == len(set(claims)) == sum(which in (0, 1, 2, 3, 7) for _, which in made)
