import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.incidents import read
from trucewatch.model import Incident


def incidents(text: str) -> list[Incident]:
    doc = document(text)
    return list(read(doc, annotate(doc)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes carried out air strikes on the town of Vordal.", "air strike"),
        ("Artillery fire hit the town of Vordal on Monday.", "shelling"),
        ("A car bomb exploded in Vordal.", "explosion"),
        ("Clashes broke out in Vordal.", "clash"),
        ("A soldier was shot dead near Vordal.", "shooting"),
        ("Rebels attacked a checkpoint near Vordal.", "attack"),
        ("Two teachers were arrested in Vordal.", "detention"),
        ("A missile strike hit Vordal.", "missile strike"),
    ],
)
def test_the_type_is_what_the_words_for_the_violence_say(text: str, kind: str) -> None:
    assert [i.type for i in incidents(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Poland denies any attack on Estonia.",
        "Officials fear an attack on the capital.",
        "The sides met to prevent further clashes.",
        "Poland would launch an attack if the talks failed.",
        "The attack helicopters stayed at their base.",
        "The observers recorded 591 ceasefire violations.",
    ],
)
def test_what_is_denied_feared_planned_or_counted_is_no_incident(text: str) -> None:
    assert incidents(text) == []


def test_both_sides_of_a_clash_stand_together() -> None:
    (i,) = incidents("Clashes between the Polish army and pro-Estonian separatists have intensified.")
    assert [a.name for a in i.perpetrator] == ["Polish army", "pro-Estonian separatists"]
    assert (i.target, i.trend) == ((), "up")


def test_the_accused_stands_after_by() -> None:
    (i,) = incidents("The new attacks by separatist militias went on.")
    assert [a.name for a in i.perpetrator] == ["separatist militias"]


def test_a_demonym_before_the_violence_is_who_is_said_to_do_it() -> None:
    (i,) = incidents("Polish shelling hit a market in Vordal.")
    assert ([a.name for a in i.perpetrator], [a.name for a in i.target]) == (["Poland"], ["market"])


def test_the_place_and_the_day_are_read() -> None:
    (i,) = incidents("Clashes broke out in Vordal on Monday.")
    assert i.place is not None and i.place.name == "Vordal"
    assert i.time is not None and (i.time.start, i.time.end) == ("2031-05-12", "2031-05-12")


def test_whoever_reports_it_vouches_for_it() -> None:
    (i,) = incidents("Jan Kowal said that clashes broke out in Vordal.")
    assert [v.source for v in i.said_by] == ["Jan Kowal"]


@given(st.text(max_size=200))
def test_evidence_lies_in_the_text_whatever_it_is(text: str) -> None:
    for i in incidents(text + " attack on shelling of clashes"):
        assert 0 <= i.evidence[0] < i.evidence[1] <= len(text) + 30


def test_a_toll_alone_is_no_incident_but_who_killed_whom_is() -> None:
    assert incidents("Nine teachers were killed in Vordal.") == []
    (i,) = incidents("Polish troops killed nine teachers in Vordal.")
    assert (i.type, [a.name for a in i.perpetrator]) == ("attack", ["Polish troops"])


@pytest.mark.parametrize("text", ["A Polish attack could come at any time.", "The attack was widely noted."])
def test_what_may_come_and_what_is_only_mentioned_is_no_incident(text: str) -> None:
    assert incidents(text) == []


def test_nobody_who_only_suffers_or_reports_is_accused() -> None:
    (i,) = incidents("Residents heard shelling in Vordal on Monday.")
    assert i.perpetrator == ()


def test_two_owners_of_one_strike_are_both_named() -> None:
    (i,) = incidents("Polish and Estonian strikes hit Vordal on Monday.")
    assert [a.name for a in i.perpetrator] == ["Poland", "Estonia"]


def test_a_raid_is_from_the_air_where_the_report_tells_of_warplanes() -> None:
    found = incidents("Polish warplanes were seen. The raids hit the town of Vordal on Monday.")
    assert [i.type for i in found] == ["air strike"]


def test_a_siege_is_an_incident_of_another_sort() -> None:
    (i,) = incidents("The siege of Vordal by Polish troops went on.")
    assert i.type == "other"


def test_an_attack_that_somebody_is_neither_planning_nor_carrying_out_is_none() -> None:
    assert not incidents("The army is neither planning nor carrying out an attack on Tamsk.")
    assert incidents("The army is carrying out an attack on Tamsk, and neither side will talk.")
