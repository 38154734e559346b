import pytest

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.postures import read
from trucewatch.model import Posture


def postures(text: str) -> list[Posture]:
    doc = document(text)
    return list(read(doc, annotate(doc)))


@pytest.mark.parametrize(
    ("text", "action", "status"),
    [
        ("Poland is massing troops on the border.", "buildup", "asserted"),
        ("Poland deployed soldiers near Vordal.", "deployment", "asserted"),
        ("Poland claims to have withdrawn its troops.", "withdrawal", "asserted"),
        ("Poland denies any ill intent and claims to have withdrawn its troops.", "withdrawal", "asserted"),
        ("Poland is not withdrawing its troops.", "withdrawal", "denied"),
        ("Poland will deploy soldiers near Vordal.", "deployment", "planned"),
        ("The leaders of Poland decreed a general mobilization.", "mobilization", "ordered"),
        ("Poland held military exercises near Vordal.", "exercise", "asserted"),
        ("Poland delivered weapons to Estonia.", "arms supply", "asserted"),
    ],
)
def test_what_forces_do_and_whether_it_is_said_denied_planned_or_ordered(
    text: str, action: str, status: str
) -> None:
    assert [(p.action, p.status) for p in postures(text)] == [(action, status)]


def test_a_claimed_withdrawal_is_said_by_the_claimant() -> None:
    (p,) = postures("Poland claims to have withdrawn its troops from Vordal.")
    assert [v.source for v in p.said_by] == ["Poland"]


def test_at_least_bounds_the_number_below_only() -> None:
    (p,) = postures("Poland is accused of massing at least 150,000 troops on the border.")
    assert (p.low, p.high, [a.name for a in p.force]) == (150000, None, ["Poland"])


def test_whoever_gets_the_arms_is_the_recipient() -> None:
    (p,) = postures("Poland delivered weapons to Estonia.")
    assert p.recipient is not None
    assert (p.recipient.name, [a.name for a in p.force]) == ("Estonia", ["Poland"])


@pytest.mark.parametrize(
    "text",
    [
        "Poland must withdraw its troops.",
        "Jan Kowal demanded that Poland withdraw its troops.",
        "Poland sent a letter to Estonia.",
        "The talks moved to Vordal.",
    ],
)
def test_what_is_only_asked_for_or_moves_no_forces_is_no_posture(text: str) -> None:
    assert postures(text) == []


def test_troops_of_nobody_named_are_those_the_report_spoke_of_last() -> None:
    first, second = postures("Poland is massing troops on the border. Soldiers were deployed near Vordal.")
    assert [a.name for a in (*first.force, *second.force)] == ["Poland", "Poland"]


def test_the_country_at_whose_border_troops_stand_does_not_own_them() -> None:
    (p,) = postures("Poland has massed 8,000 troops near Estonia's border.")
    assert [a.name for a in p.force] == ["Poland"]


def test_troops_named_by_a_demonym_are_the_countrys() -> None:
    (p,) = postures("More than 8,000 Polish troops were massed along the river.")
    assert ([a.name for a in p.force], p.low, p.high) == (["Poland"], 8001, None)


def test_each_number_of_a_clause_is_a_posture_of_its_own() -> None:
    found = postures("Poland deployed 12 tanks and 300 soldiers near Vordal.")
    assert [(p.low, p.unit) for p in found] == [(12, "tanks"), (300, "soldiers")]


def test_a_headline_that_the_body_repeats_is_read_once() -> None:
    text = "Poland deploys soldiers near Vordal\n\nPoland deployed soldiers near Vordal on Monday."
    assert len(postures(text)) == 1
