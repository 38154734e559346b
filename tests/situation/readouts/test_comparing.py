"""Two accounts of one contact: what both tell, one alone, differently; omission is never contradiction."""

from __future__ import annotations

import pytest

from tests.situation.readouts.writing import CALL, account, only, points, told, words
from trucewatch.model import Actor, Contact, Statement, Voice
from trucewatch.situation.readouts.comparing import compare

TRUCE = "The two presidents agreed on a truce along the Lerne river."


def test_one_thing_in_other_words_is_told_by_both() -> None:
    point = only(
        points(
            "The two presidents agreed to step up the search for a settlement in the Lerne valley.",
            "The two leaders agreed to intensify the search for a solution in the Lerne valley.",
        )
    )
    assert point.relation == "both"
    assert point.a
    assert point.b
    assert not point.differs_a


def test_what_one_leaves_out_is_told_by_the_other_only_and_contradicts_nothing() -> None:
    found = points(TRUCE, "They discussed the harvest.")
    assert {point.relation for point in found} == {"both", "only_a", "only_b"}
    assert all(not point.b and not point.differs_a for point in found if point.relation == "only_a")


@pytest.mark.parametrize(
    "silent", ["", "The conversation was frank.", CALL, "They agreed to stay in contact."]
)
def test_an_account_that_says_nothing_of_it_never_contradicts(silent: str) -> None:
    assert "contradicted" not in {point.relation for point in points(TRUCE, silent)}


def test_a_conjunction_changes_the_scope() -> None:
    a = told("They agreed to end strikes on energy and infrastructure.")
    b = told("They agreed to end strikes on energy infrastructure.")
    point = only(compare(account(a), account(b)))
    assert point.relation == "differently"
    assert point.why == "and"
    assert words(a, point.differs_a) == ["energy and infrastructure"]
    assert words(b, point.differs_b) == ["energy infrastructure"]


def test_the_same_conjunction_is_no_difference() -> None:
    point = only(
        points(
            "They agreed to end strikes on energy and infrastructure.",
            "The leaders agreed to end strikes on energy and infrastructure.",
        )
    )
    assert point.relation == "both"


def test_agreed_is_more_than_discussed() -> None:
    a, b = told(TRUCE), told("The two presidents discussed a truce along the Lerne river.")
    point = only(compare(account(a), account(b)))
    assert (point.relation, point.why) == ("differently", "agreed / discussed")
    assert words(a, point.differs_a) == ["agreed"]
    assert words(b, point.differs_b) == ["discussed"]


def test_one_of_them_is_not_both_of_them() -> None:
    point = only(
        points(
            "Marc Dubois expressed support for a peace conference in Lerne.",
            "Both leaders expressed support for a peace conference in Lerne.",
        )
    )
    assert (point.relation, point.why) == ("differently", "one / both")


def test_other_numbers_are_told_differently() -> None:
    a = told("They agreed on the exchange of 120 prisoners.")
    b = told("They agreed on the exchange of 90 prisoners.")
    point = only(compare(account(a), account(b)))
    assert (point.relation, point.why) == ("differently", "numbers")
    assert words(a, point.differs_a) == ["120"]
    assert words(b, point.differs_b) == ["90"]


def test_may_is_not_is() -> None:
    point = only(
        points(
            "Marc Dubois said that the arms deliveries may prolong the fighting in Lerne.",
            "Marc Dubois said that the arms deliveries prolong the fighting in Lerne.",
        )
    )
    assert (point.relation, point.why) == ("differently", "may / is")


def test_an_explicit_denial_of_the_same_matter_contradicts() -> None:
    a, b = told(TRUCE), told("No truce along the Lerne river was agreed by the two presidents.")
    point = only(compare(account(a), account(b)))
    assert (point.relation, point.why) == ("contradicted", "is denied")
    assert words(b, point.differs_b) == ["No truce"]


def test_a_refusal_contradicts_that_it_was_agreed() -> None:
    point = only(
        points(
            "Marc Dubois agreed on a truce along the Lerne river.",
            "Marc Dubois rejected a truce along the Lerne river.",
        )
    )
    assert point.relation == "contradicted"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "They agreed that no strikes on the port of Lerne are lawful.",
            "They agreed to stop strikes on the port of Lerne.",
        ),
        ("No truce along the Lerne river was agreed.", "They discussed a truce along the Lerne river."),
        ("There should be no truce without the marsh guard.", "They discussed a truce with the marsh guard."),
        (
            "The marsh guard refused to implement the Lerne accord.",
            "They stressed the need to implement the Lerne accord.",
        ),
        (
            "They did not set a date for the summit in Lerne.",
            "They did not set a day for the summit in Lerne.",
        ),
    ],
)
def test_what_goes_together_in_other_words_is_no_contradiction(a: str, b: str) -> None:
    assert "contradicted" not in {point.relation for point in points(a, b)}


def test_a_denial_of_something_else_contradicts_nothing() -> None:
    found = points(TRUCE, "They did not discuss the harvest.")
    assert "contradicted" not in {point.relation for point in found}


def test_lengths_that_cannot_both_be_true_contradict() -> None:
    found = compare(
        account("Anna Weiss had a 30-minute telephone conversation with Marc Dubois."),
        account("Marc Dubois had a telephone conversation with Anna Weiss, which lasted two hours."),
    )
    [length] = [point for point in found if point.why == "length"]
    assert length.relation == "contradicted"


def test_a_rounded_length_does_not() -> None:
    found = compare(
        account("Anna Weiss had a 70-minute telephone conversation with Marc Dubois."),
        account("Marc Dubois had a telephone conversation with Anna Weiss, which lasted over an hour."),
    )
    [length] = [point for point in found if point.why == "length"]
    assert length.relation == "differently"


def test_day_and_length_are_points_of_their_own() -> None:
    text = "Anna Weiss had a 30-minute telephone conversation with Marc Dubois on Sunday."
    found = compare(account(text), account("Marc Dubois spoke with Anna Weiss."))
    assert [words(text, point.a) for point in found if point.relation == "only_a"] == [
        ["30-minute"],
        ["on Sunday"],
    ]


def test_a_point_carries_whose_words_it_gives() -> None:
    text = (
        "Anna Weiss spoke with Marc Dubois. Marc Dubois blamed the marsh guard for the shelling, Paris said."
    )
    start = text.index("Marc Dubois blamed")
    claim = Statement(
        evidence=(start, len(text)),
        said_by=(Voice(source="Élysée"),),
        speaker=(Actor(name="Marc Dubois", country="FR"),),
        act="accuse",
        form="indirect",
    )
    found = compare(account(text, claims=[claim], own=False), account("They talked about the harvest."))
    [point] = [point for point in found if point.topic == "blame"]
    assert point.voices_a == ("Marc Dubois", "Élysée")
    assert not point.voices_b


def test_one_long_sentence_is_met_by_two_of_the_other() -> None:
    found = points(
        "The two leaders agreed to step up the work of ministers and advisers on a truce in the Lerne"
        " valley.",
        "The two leaders agreed to step up work on a truce in the Lerne valley."
        " They agreed that ministers and advisers should step up work in the Lerne valley.",
    )
    matched = [point for point in found if point.topic != "form"]
    assert len(matched) == 2
    assert {point.a for point in matched} == {matched[0].a}
    assert all(point.b for point in matched)


def test_a_further_item_of_a_list_is_a_point_of_its_own() -> None:
    text = told("They discussed the grain deal and the release of captives.")
    found = compare(account(text), account(told("They discussed the release of prisoners.")))
    alone = [words(text, point.a) for point in found if point.relation == "only_a"]
    assert alone == [["They discussed the grain deal"]]


def test_of_an_article_only_what_is_told_of_the_contact_counts() -> None:
    text = (
        "Anna Weiss and Marc Dubois agreed on Monday on a truce along the Lerne, the two presidencies said."
        " The harvest in the south was poor this year."
        " A strike closed the port of Lerne for the third day."
    )
    found = compare(account(text, own=False), account(told(TRUCE)))
    assert not [
        point for point in found if any("harvest" in w or "strike" in w for w in words(text, point.a))
    ]


def test_another_contact_in_an_article_is_none_of_this_one() -> None:
    text = (
        "Anna Weiss spoke with Marc Dubois about a truce along the Lerne river."
        " Afterwards Weiss spoke with Ivo Petric of Lerne."
        " Petric asked her for weapons."
    )
    other = Contact(
        evidence=(text.index("Weiss spoke with Ivo"), text.index(" of Lerne")),
        said_by=(),
        form="call",
        participants=(Actor(name="Anna Weiss", type="person"), Actor(name="Ivo Petric", type="person")),
        status="held",
    )
    found = compare(account(text, claims=[other], own=False), account(told(TRUCE)))
    assert not [point for point in found if any("Petric" in w for w in words(text, point.a))]
