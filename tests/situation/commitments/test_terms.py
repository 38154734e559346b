"""Terms are each party's own: start, end, length, area, scope, definition, and where two parties differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import day, entries, report
from tests.situation.undertaking import Desk, undertaking
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Commitment, Count
from trucewatch.situation.commitments.terms import agree, terms
from trucewatch.situation.commitments.undertakings import Terms
from trucewatch.situation.names import cast

BOTH = ("Ostmark", "Varenia")


def truce(act: str, *parties: str, **given: Any) -> Commitment:
    return undertaking(act, *(parties or BOTH), topic="ceasefire", **given)


def stated(found: Terms) -> set[tuple[str, str, str]]:
    return {(term.party, term.field, term.value) for term in found.stated}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_joint_truce_gives_each_party_its_terms(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 72 hours", start="02-12", end="02-15", said="from Saturday"))
    found = stated(terms(desk.held, at=day("02-20")))
    assert {("varenia", "start", "2022-02-12"), ("varenia", "end", "2022-02-15")} <= found
    assert {("ostmark", "duration", "72 hours"), ("varenia", "duration", "72 hours")} <= found


def test_what_a_party_says_is_its_own_term(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce", start="02-12", said="from Saturday", by="Varenia"))
    assert stated(terms(desk.held, at=day("02-20"))) == {("varenia", "start", "2022-02-12")}


def test_a_text_named_after_a_party_is_that_party_s(desk: Desk) -> None:
    desk.tell("02-10", truce("spare energy and infrastructure", by="Varenian text"))
    desk.tell("02-10", truce("energy infrastructure only", by="Ostmark text"))
    found = terms(desk.held, at=day("02-20"))
    assert {term.party for term in found.stated} == {"varenia", "ostmark"}


def test_the_day_of_agreeing_is_no_start(desk: Desk) -> None:
    desk.tell("02-20", truce("a truce", start="02-01", end="02-28", said="in February"))
    assert terms(desk.held, at=day("02-28")).stated == ()


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [
        ("a ceasefire along the contact line", "area", "contact line"),
        ("stop all offensive operations", "scope", "all offensive operations"),
        (
            "a truce except against terrorists",
            "scope",
            "except against terrorists",
        ),
        ("not to fire on anyone in the fields", "scope", "not to fire on anyone in the fields"),
        ("a three-day truce", "duration", "3 days"),
        ("hold fire from noon", "start", "noon"),
    ],
)
def test_terms_are_read_from_the_words_of_the_undertaking(
    desk: Desk, act: str, field: str, value: str
) -> None:
    desk.tell("02-10", truce(act, "Varenia"))
    assert ("varenia", field, value) in stated(terms(desk.held, at=day("02-20")))


def test_a_definition_comes_from_a_count(desk: Desk) -> None:
    count = Count(
        evidence=(0, 1),
        said_by=(),
        measure="ceasefire_violations",
        low=3,
        high=3,
        observer=Actor(name="Varenia", type="country"),
        definition="one episode of fire, however long",
    )
    desk.tell("02-10", count)
    (term,) = terms(desk.held, at=day("02-20")).stated
    assert (term.field, term.value) == ("definition", "one episode of fire, however long")


def test_what_differs_stands_side_by_side_and_is_marked_on_both(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 72 hours", start="02-12", end="02-15", said="from Saturday"))
    desk.tell("02-11", truce("the 72 hours from six o’clock", "Varenia"))
    desk.tell("02-11", truce("the truce from noon", "Ostmark"))
    found = terms(desk.held, at=day("02-20"))
    (difference,) = found.differences
    assert (difference.field, difference.one_says, difference.other_says) == (
        "start",
        ("noon",),
        ("six o’clock",),
    )
    assert {t.value for t in found.stated if t.against} == {"noon", "six o’clock"}


def test_truces_of_other_places_or_other_weeks_do_not_differ(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 24 hours", "Varenia", place="Pell"))
    desk.tell("02-10", truce("a truce of 48 hours", "Ostmark", place="Murrow"))
    desk.tell("05-10", truce("a truce of 72 hours", "Ostmark", place="Pell"))
    assert terms(desk.held, at=day("06-01")).differences == ()


def test_what_is_only_demanded_or_told_later_or_of_nobody_is_no_term(desk: Desk) -> None:
    desk.tell("02-10", truce("a truce of 24 hours", strength="demanded"))
    desk.tell("02-25", truce("a truce of 24 hours"))
    desk.tell("02-10", truce("a truce of 24 hours", "we"))
    assert terms(desk.held, at=day("02-20")) == Terms()


def test_the_agreement_s_own_clause_stands_beside_the_term() -> None:
    given_ = ceasefire("donbas-2020")
    claim = truce("a ceasefire along the contact line", "Ukraine", start="02-12", said="from Saturday")
    found = terms(
        entries(report("wire", "02-10"), claim), at=day("02-20"), ceasefire=given_, cast=cast(given_)
    )
    beside = {term.field: term.provision or "" for term in found.stated}
    assert beside["start"].endswith("2020-07-27T00:01+03:00")
    assert "line of contact" in beside["area"]


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("duration", "72 hours", "3 days", True),
        ("duration", "72 hours", "2 days", False),
        ("start", "2031-05-16", "2031-05-16, noon", True),
        ("start", "2031-05-16, noon", "2031-05-16, 18:00", False),
        ("start", "2031-05-16", "2031-05-17", False),
        ("start", "noon", "2031-05-16", True),
        ("end", "2031-05", "2031-05-16", True),
        ("scope", "energy and infrastructure", "energy infrastructure", False),
        ("area", "the Contact Line", "contact line", True),
    ],
)
def test_values_agree_where_they_can_be_one(field: Any, one: str, other: str, same: bool) -> None:
    assert agree(field, one, other) is same
    assert agree(field, other, one) is same


def test_no_entries_give_no_terms() -> None:
    assert terms([], at=day("02-20")) == Terms()


ACTS = ("a truce of 24 hours", "a truce of 72 hours", "the truce from noon", "stop all attacks on ports")
told_ = st.tuples(
    st.sampled_from(["02-10", "02-12", "03-20"]),
    st.sampled_from(ACTS),
    st.sampled_from([("Varenia",), ("Ostmark",), BOTH]),
    st.sampled_from([None, "Pell", "Murrow"]),
)


@given(st.lists(told_, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_is_no_matter(made: list[Any], random: Any) -> None:
    desk = Desk()
    for published, act, parties, place in made:
        desk.tell(published, truce(act, *parties, place=place))
    found = terms(desk.held, at=day("04-01"))
    random.shuffle(desk.held)
    assert found == terms(desk.held, at=day("04-01"))
    for difference in found.differences:
        assert difference.one != difference.other
        assert not set(difference.one_says) & set(difference.other_says)
