"""What each actor demands, offers, refuses, over time, from its own words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.disputing import CAST, TRUCE, binds, held, paper, says, words
from trucewatch.model import Entry
from trucewatch.situation import assess
from trucewatch.situation.nouns import Position
from trucewatch.situation.positions import positions

DEMAND = says(
    "demand",
    "Orlen",
    "Orlen demanded the withdrawal of howitzers from the Tarn.",
    "the withdrawal of howitzers from the Tarn",
    to=["Varenia"],
)
OFFER = says(
    "offer",
    "Bero Saar",
    "Bero Saar offered a withdrawal of howitzers from the Tarn.",
    "a withdrawal of howitzers from the Tarn",
)
REFUSE = binds(
    "refused",
    "Orlen refused to withdraw its howitzers from the Tarn, it said.",
    "withdraw its howitzers from the Tarn",
    "Orlen",
    by=["Orlen"],
)


def one(found: list[Position]) -> Position:
    (position,) = found
    return position


def test_a_position_moves_from_a_demand_to_an_offer_to_a_refusal() -> None:
    found = held(paper("03-01", DEMAND), paper("03-05", OFFER), paper("03-09", REFUSE))
    position = one(found)
    assert [step.act for step in position.steps] == ["demand", "offer", "refuse"]
    assert (position.act, position.since, position.told) == (
        "refuse",
        dt.date(2031, 3, 1),
        dt.date(2031, 3, 9),
    )


def test_two_offices_of_one_party_are_one_actor_whose_names_are_kept() -> None:
    position = one(held(paper("03-01", DEMAND), paper("03-05", OFFER)))
    assert (position.actor, position.side, position.names) == ("Orlen", "orlen", ("Orlen", "Bero Saar"))
    assert position.towards == ("Varenia",)


def test_the_id_stays_while_steps_are_added() -> None:
    first = one(held(paper("03-01", DEMAND)))
    assert one(held(paper("03-01", DEMAND), paper("03-05", OFFER))).id == first.id


def test_another_matter_is_another_position() -> None:
    captives = says(
        "demand", "Orlen", "Orlen demanded the release of all prisoners.", "the release of all prisoners"
    )
    found = held(paper("03-01", DEMAND), paper("03-02", captives))
    assert sorted(position.topic for position in found) == ["exchange", "withdrawal"]


def test_two_sides_never_share_a_position() -> None:
    other = says(
        "demand",
        "Varenia",
        "Varenia demanded the withdrawal of howitzers from the Tarn.",
        "the withdrawal of howitzers from the Tarn",
    )
    assert sorted(p.actor for p in held(paper("03-01", DEMAND), paper("03-02", other))) == [
        "Orlen",
        "Varenia",
    ]


def test_what_others_tell_of_a_party_is_not_its_own_word() -> None:
    told = binds(
        "refused",
        "Orlen refuses to withdraw its howitzers, Varenia said.",
        "withdraw its howitzers",
        "Orlen",
        by=["Varenia"],
    )
    position = one(held(paper("03-01", told)))
    assert (position.actor, position.act, position.own) == ("Orlen", "refuse", False)


def test_a_demand_that_a_commitment_tells_is_the_position_of_who_makes_it() -> None:
    asked = binds(
        "demanded",
        "Varenia must withdraw its howitzers, Orlen demanded.",
        "withdraw its howitzers",
        "Varenia",
        by=["Orlen"],
    )
    position = one(held(paper("03-01", asked)))
    assert (position.actor, position.act, position.towards) == ("Orlen", "demand", ("Varenia",))


def test_a_demand_that_nobody_named_makes_is_nobodys_position() -> None:
    asked = binds("demanded", "Varenia must withdraw its howitzers.", "withdraw its howitzers", "Varenia")
    assert held(paper("03-01", asked)) == []


def test_a_statement_and_a_commitment_on_the_same_words_are_one_step() -> None:
    sentence = "Orlen urged Varenia to withdraw its howitzers."
    said = says("appeal", "Orlen", sentence, "to withdraw its howitzers", to=["Varenia"])
    bound = binds("demanded", sentence, "withdraw its howitzers", "Varenia", by=["Orlen"])
    position = one(held(paper("03-01", said, bound)))
    assert [(step.act, len(step.claims)) for step in position.steps] == [("appeal", 2)]


def test_turning_down_a_proposal_is_a_refusal() -> None:
    no = says(
        "deny",
        "Orlen",
        "Orlen rejected the proposal for monitors at the bridge.",
        "the proposal for monitors",
    )
    assert one(held(paper("03-01", no))).act == "refuse"


@pytest.mark.parametrize(
    ("act", "sentence", "content"),
    [
        ("demand", "Orlen thanked the ferrymen for their help.", "the ferrymen for their help"),
        ("warn", "Orlen warned of thin ice on the Tarn.", "of thin ice on the Tarn"),
        (
            "promise",
            "Orlen recalled that Varenia would mend the bridge.",
            "that Varenia would mend the bridge",
        ),
        ("deny", "Orlen denied the report.", "the report"),
        ("assert", "Orlen said that the bridge was open.", "that the bridge was open"),
    ],
)
def test_words_that_ask_offer_or_refuse_nothing_are_no_position(
    act: str, sentence: str, content: str
) -> None:
    assert held(paper("03-01", says(act, "Orlen", sentence, content))) == []


def test_a_warning_with_its_condition_is_a_position() -> None:
    warned = says(
        "warn",
        "Orlen",
        "Orlen warned that it would leave the talks if the shelling went on.",
        "that it would leave the talks if the shelling went on",
    )
    assert one(held(paper("03-01", warned))).act == "warn"


def test_nobody_in_particular_holds_no_position() -> None:
    vague = says(
        "demand", "some", "Some demanded the withdrawal of howitzers.", "the withdrawal of howitzers"
    )
    assert held(paper("03-01", vague)) == []


def test_what_was_told_later_is_no_part_of_the_day() -> None:
    found = held(paper("03-01", DEMAND), paper("03-09", REFUSE), at="03-05")
    assert [step.act for step in one(found).steps] == ["demand"]


def test_the_situation_carries_the_positions() -> None:
    situation = assess(paper("03-01", DEMAND, OFFER), TRUCE, at=dt.date(2031, 3, 2))
    assert {position.actor for position in situation.positions} == {"Orlen"}
    assert all(claim in situation.tellings for p in situation.positions for claim in p.claims)


POOL = [
    *paper("03-01", DEMAND, name="a"),
    *paper("03-05", OFFER, name="b"),
    *paper("03-09", REFUSE, name="c"),
    *paper(
        "03-09",
        says("demand", "Varenia", "Varenia demanded an end of the shelling.", "an end of the shelling"),
        name="d",
    ),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(POOL))
def test_positions_do_not_depend_on_the_order_and_a_step_is_never_lost(told: list[Entry]) -> None:
    found = positions(told, at=dt.date(2031, 12, 31), cast=CAST, words=words)
    assert found == positions(POOL, at=dt.date(2031, 12, 31), cast=CAST, words=words)
    claims = [claim for position in found for step in position.steps for claim in step.claims]
    assert sorted(claims) == sorted(entry.claim.id or "" for entry in POOL)
