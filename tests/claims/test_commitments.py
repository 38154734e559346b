import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.commitments import read
from trucewatch.claims.topics import topic_of
from trucewatch.claims.truces import standing
from trucewatch.model import Commitment


def commitments(text: str) -> list[Commitment]:
    doc = document(text)
    return list(read(doc, annotate(doc)))


def parties(commitment: Commitment) -> list[str]:
    return [a.name for a in commitment.parties]


@pytest.mark.parametrize(
    ("text", "strength", "who", "action"),
    [
        ("Poland and Estonia agreed to withdraw troops.", "agreed", ["Poland", "Estonia"], "withdraw troops"),
        ("Poland vowed to release all prisoners.", "pledged", ["Poland"], "release all prisoners"),
        ("Poland is ready to open a corridor.", "pledged", ["Poland"], "open a corridor"),
        ("Poland urged Estonia to withdraw its troops.", "demanded", ["Estonia"], "withdraw its troops"),
        ("Poland called on Estonia to free the hostages.", "demanded", ["Estonia"], "free the hostages"),
        ("Poland asked that Estonia withdraw its troops.", "demanded", ["Estonia"], "withdraw its troops"),
        ("Estonia must withdraw its troops.", "demanded", ["Estonia"], "withdraw its troops"),
        ("Poland encouraged Estonia to resume the talks.", "proposed", ["Estonia"], "resume the talks"),
        ("Poland refused to release the prisoners.", "refused", ["Poland"], "release the prisoners"),
        ("Poland decreed a general mobilization.", "ordered", ["Poland"], "a general mobilization"),
        ("Poland expects Estonia to withdraw its troops.", "expected", ["Estonia"], "withdraw its troops"),
    ],
)  # fmt: skip
def test_the_cue_gives_strength_party_and_action(
    text: str, strength: str, who: list[str], action: str
) -> None:
    (c,) = commitments(text)
    assert (c.strength, parties(c), c.action) == (strength, who, action)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("A truce between Poland and Estonia has been in force since March.", "agreed"),
        ("The truce between Poland and Estonia collapsed on Monday.", "ended"),
        ("Poland called for a ceasefire.", "demanded"),
        ("The sides discussed efforts to secure a ceasefire.", "proposed"),
    ],
)
def test_a_ceasefire_stands_is_over_demanded_or_sought(text: str, strength: str) -> None:
    assert [(c.strength, c.topic) for c in commitments(text)] == [(strength, "ceasefire")]


def test_the_parties_of_a_truce_stand_between() -> None:
    (c,) = commitments("A truce between Poland and Estonia took effect.")
    assert parties(c) == ["Poland", "Estonia"]


def test_each_action_of_a_list_is_a_commitment_of_its_own() -> None:
    found = commitments("Poland urged Estonia to stop the shelling and to release the prisoners.")
    assert [(c.action, c.strength) for c in found] == [
        ("stop the shelling", "demanded"),
        ("release the prisoners", "demanded"),
    ]


def test_a_commitment_has_its_owner_before_or_after_it() -> None:
    for text in (
        "Poland's commitment to the withdrawal of its troops stands.",
        "The commitment of Poland to the withdrawal of its troops stands.",
    ):
        (c,) = commitments(text)
        assert (parties(c), c.strength, c.topic) == (["Poland"], "pledged", "withdrawal")


def test_the_deadline_and_the_condition_are_kept() -> None:
    (c,) = commitments("Poland pledged to withdraw its troops by Friday if the shelling stops.")
    assert c.time and (c.time.start, c.time.end) == (None, "2031-05-16")
    assert c.condition == "if the shelling stops"


def test_we_is_the_speakers_country() -> None:
    (c,) = commitments('"We will defend our land," said Polish President Marta Velik.')
    assert parties(c) == ["Poland"]
    assert [v.source for v in c.said_by] == ["Marta Velik"]


def test_who_demands_vouches_for_the_demand_and_who_agrees_does_not() -> None:
    (demand,) = commitments("Poland urged Estonia to withdraw its troops.")
    (agreement,) = commitments("Poland and Estonia agreed to withdraw their troops.")
    assert [v.source for v in demand.said_by] == ["Poland"]
    assert agreement.said_by == ()


@pytest.mark.parametrize(
    "text",
    [
        "The observers recorded 591 ceasefire violations.",
        "The exhibition will last a month.",
        "If Poland would withdraw its troops, the shelling might end.",
        "Poland violated the truce.",
        "The sides discussed the weather.",
        "At the request of Poland, the session was short.",
        "",
    ],
)
def test_forecasts_suppositions_and_breaches_bind_nobody(text: str) -> None:
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("action", "topic"),
    [
        ("an immediate ceasefire", "ceasefire"),
        ("release all hostages", "exchange"),
        ("let aid convoys pass", "humanitarian access"),
        ("withdraw its troops", "withdrawal"),
        ("deliver more weapons", "arms"),
        ("resume negotiations", "negotiation"),
        ("intensify diplomatic efforts to achieve a ceasefire", "negotiation"),
        ("impose new sanctions", "political"),
        ("a general mobilization", "mobilization"),
        ("paint the fence", "other"),
    ],
)
def test_the_topic_is_that_of_the_first_telling_word(action: str, topic: str) -> None:
    assert topic_of(action) == topic


def test_what_stands_beside_a_truce_decides() -> None:
    assert standing("the collapse of ", "the truce", "") == "ended"
    assert standing("under ", "a truce", "") == "agreed"


@given(
    st.text(
        alphabet=st.sampled_from("agreed to truce must Poland will and if need for “.”, that\n"), max_size=200
    )
)
def test_any_text_gives_commitments_whose_evidence_stands_in_it(text: str) -> None:
    for c in commitments(text):
        assert 0 <= c.evidence[0] < c.evidence[1] <= len(text)
