"""Tellings of one undertaking are one, and say why; what contradicts is kept apart, in any order."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.situation.making import day, entries, report
from trucewatch.identity.actions import CAPTIVE, CEASEFIRE, RELEASE, action, contradict, likeness
from trucewatch.identity.commitments import commitments
from trucewatch.identity.merging import Group
from trucewatch.model import Actor, Commitment, Entry, Judgement, Place, Time


def pledge(
    act: str,
    *parties: str,
    topic: str = "withdrawal",
    strength: str = "pledged",
    start: str | None = None,
    end: str | None = None,
    place: str | None = None,
) -> Commitment:
    dates = [day(text).isoformat() if text else None for text in (start, end)]
    return Commitment(
        evidence=(0, 1),
        said_by=(),
        parties=tuple(Actor(name=name, type="country") for name in parties),
        action=act,
        topic=topic,  # type: ignore[arg-type]
        strength=strength,  # type: ignore[arg-type]
        time=Time(start=dates[0], end=dates[1]) if start or end else None,
        place=Place(text=place, name=place) if place else None,
    )


def told(published: str, claim: Commitment, name: str = "wire") -> list[Entry]:
    return entries(report(f"{name}-{published}", published, publisher=name), claim)


def sizes(found: list[Entry], **given: Any) -> list[int]:
    return sorted(len(group.members) for group in commitments(found, **given))


GUNS = "withdraw its howitzers from the Tarn"


# --- one ---------------------------------------------------------------------------------------------


def test_what_is_told_again_in_other_words_is_one_and_says_which_fields_agree() -> None:
    found = [
        *told("02-10", pledge(GUNS, "Varenia")),
        *told("02-14", pledge("pull its howitzers back from the river Tarn", "Varenia"), "post"),
    ]
    (group,) = commitments(found)
    assert len(group.members) == 2
    assert {"parties", "topic", "action"} <= set(group.why[0].agree)


def test_a_demand_a_pledge_and_a_refusal_of_the_same_are_one_with_a_history() -> None:
    strengths = ("demanded", "pledged", "refused")
    found = [
        e for n, s in enumerate(strengths) for e in told(f"02-1{n}", pledge(GUNS, "Varenia", strength=s))
    ]
    assert sizes(found) == [3]


def test_a_truce_by_its_bare_name_is_one_with_a_fuller_telling_within_a_week() -> None:
    full = pledge("a ceasefire along the contact line", "Varenia", "Ostmark", topic="ceasefire")
    bare = pledge("the truce", "Ostmark", "Varenia", topic="ceasefire")
    assert sizes([*told("02-10", full), *told("02-12", bare)]) == [2]
    assert sizes([*told("02-10", full), *told("02-25", bare)]) == [1, 1]


def test_a_shared_deadline_stands_among_the_reasons() -> None:
    claim = pledge(GUNS, "Varenia", end="02-20")
    (group,) = commitments([*told("02-10", claim), *told("02-11", claim, "post")])
    assert "deadline" in group.why[0].agree


def test_sides_of_the_catalog_go_before_names() -> None:
    sides = {"Moscow": "russia", "Kremlin": "russia"}
    found = [*told("02-10", pledge(GUNS, "Moscow")), *told("02-11", pledge(GUNS, "Kremlin"), "post")]
    assert sizes(found) == [1, 1]
    assert sizes(found, side=lambda actor: sides.get(actor.name)) == [2]


def test_one_passage_read_twice_is_one_even_where_one_reading_names_nobody() -> None:
    claims = [pledge(GUNS, "Varenia"), pledge(GUNS)]
    made = entries(report("wire", "02-10"), *claims)
    same = [replace(entry, claim=replace(entry.claim, evidence=(0, 40))) for entry in made]
    assert sizes(same) == [2]


# --- apart -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        pledge(GUNS, "Ostmark"),
        pledge("withdraw its howitzers from the Veld", "Varenia"),
        pledge("not to withdraw its howitzers from the Tarn", "Varenia"),
        pledge(GUNS, "Varenia", topic="disengagement"),
        pledge(GUNS, "Varenia", end="03-20"),
        pledge(GUNS, "Varenia", place="Pell"),
        pledge("withdraw 12 howitzers from the Tarn", "Varenia"),
        pledge("open the crossing at Murrow", "Varenia"),
    ],
    ids=["parties", "object", "negation", "topic", "deadline", "place", "number", "action"],
)
def test_another_party_object_topic_deadline_place_or_number_is_another(other: Commitment) -> None:
    first = pledge("withdraw 40 howitzers from the Tarn" if "12" in other.action else GUNS, "Varenia")
    first = pledge(first.action, "Varenia", end="02-20", place="Murrow" if other.place else None)
    assert sizes([*told("02-10", first), *told("02-11", other, "post")]) == [1, 1]


def test_a_month_agrees_with_a_day_in_it() -> None:
    one = pledge(GUNS, "Varenia")
    within = replace(one, time=Time(end="2022-03"))
    assert sizes([*told("02-10", within), *told("02-11", pledge(GUNS, "Varenia", end="03-15"), "post")]) == [
        2
    ]


def test_nobody_and_we_are_not_the_same_party() -> None:
    found = [*told("02-10", pledge(GUNS)), *told("02-11", pledge(GUNS), "post")]
    assert sizes(found) == [1, 1]
    found = [*told("02-10", pledge(GUNS, "we")), *told("02-11", pledge(GUNS, "us"), "post")]
    assert sizes(found) == [1, 1]


def test_the_leaders_of_two_reports_are_not_the_same_leaders() -> None:
    found = [*told("02-10", pledge(GUNS, "leaders")), *told("02-11", pledge(GUNS, "leaders"), "post")]
    assert sizes(found) == [1, 1]


def test_what_was_told_long_before_is_another() -> None:
    assert sizes([*told("01-02", pledge(GUNS, "Varenia")), *told("03-20", pledge(GUNS, "Varenia"))]) == [1, 1]


def test_other_kinds_and_no_entries_give_no_groups() -> None:
    assert commitments([]) == []


# --- judgements --------------------------------------------------------------------------------------


def judged(decision: str, found: list[Entry]) -> Judgement:
    return Judgement(
        seq=1,
        decision=decision,  # type: ignore[arg-type]
        subjects=tuple(entry.claim.id or "" for entry in found),
        by="A. Mirza",
        reason="read both",
        recorded=dt.datetime(2022, 3, 1, tzinfo=dt.UTC),
    )


def test_a_judgement_undoes_a_merge_and_makes_one() -> None:
    same = [*told("02-10", pledge(GUNS, "Varenia")), *told("02-11", pledge(GUNS, "Varenia"), "post")]
    assert sizes(same, judgements=[judged("different", same)]) == [1, 1]
    apart = [*told("02-10", pledge(GUNS, "Varenia")), *told("02-11", pledge(GUNS, "Ostmark"), "post")]
    assert sizes(apart, judgements=[judged("same", apart)]) == [2]


# --- any order ---------------------------------------------------------------------------------------

ACTS = (GUNS, "pull its howitzers back from the Tarn", "a truce", "the ceasefire at Pell", "meet on Friday")
claims_ = st.builds(
    lambda act, party, published, end, topic: told(published, pledge(act, party, end=end, topic=topic)),
    st.sampled_from(ACTS),
    st.sampled_from(["Varenia", "Ostmark", "we", ""]),
    st.sampled_from(["02-01", "02-03", "02-09", "02-28"]),
    st.sampled_from([None, "02-20", "02-25"]),
    st.sampled_from(["withdrawal", "ceasefire"]),
)


@given(st.lists(claims_, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_is_no_matter(made: list[list[Entry]], random: Any) -> None:
    found = [entry for group in made for entry in group]
    shuffled = list(found)
    random.shuffle(shuffled)
    groups = commitments(found)
    assert groups == commitments(shuffled)
    assert _members(groups) == sorted({entry.claim.id or "" for entry in found})


def _members(groups: list[Group]) -> list[str]:
    return sorted(member for group in groups for member in group.members)


def test_three_thousand_commitments_of_one_party_are_grouped_in_seconds() -> None:
    found = [
        entry
        for n in range(3000)
        for entry in told(
            "02-10", pledge(f"withdraw howitzers from Hill {n} of the Tarn", "Varenia"), f"w{n}"
        )
    ]
    begun = time.monotonic()
    assert len(commitments(found)) == 3000
    assert time.monotonic() - begun < 8


# --- what an action speaks of ------------------------------------------------------------------------


def test_words_that_mean_the_same_are_one_word() -> None:
    assert action("a cessation of hostilities").words == action("the truce").words == {CEASEFIRE}
    assert action("hand over nine hostages").words == {RELEASE, CAPTIVE}


def test_lengths_and_times_are_no_words_and_no_numbers() -> None:
    found = action("a truce of 72 hours from Friday morning")
    assert (found.words, found.numbers, found.lengths) == ({CEASEFIRE}, frozenset(), {"72 hour"})


def test_a_ceasefire_that_is_only_monitored_is_no_ceasefire() -> None:
    assert CEASEFIRE not in action("coordinate through the ceasefire monitoring centre").words


def test_likeness_needs_more_than_one_common_word() -> None:
    assert likeness(action("equity"), action("equity")) == 0
    assert likeness(action("support reform"), action("support trade")) == 0
    assert likeness(action("open the Murrow crossing"), action("the crossing at Murrow")) > 0.5


def test_an_empty_action_is_like_nothing() -> None:
    assert likeness(action(""), action("")) == 0
    assert not contradict(action(""), action("the truce"))
