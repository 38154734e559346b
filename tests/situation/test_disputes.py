"""A claim is set against its denial on the same matter, and on no other."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.situation.disputing import (
    CAST,
    TRUCE,
    actors,
    counts,
    disputed,
    meets,
    moves,
    paper,
    says,
    shelling,
    words,
)
from tests.situation.shelf import judged
from trucewatch.model import Entry, Report
from trucewatch.situation import Dispute, assess
from trucewatch.situation.denials import turns_down
from trucewatch.situation.disputes import disputes, shortened
from trucewatch.situation.matters import Reader, is_own
from trucewatch.situation.sides import Sides

ACCUSED = says(
    "accuse",
    "Varenia",
    "Varenia accused the hill brigades of shelling the school in Saltmarsh on Friday.",
    "shelling the school in Saltmarsh on Friday",
    about=["hill brigades"],
    place="Saltmarsh",
)
DENIED = says(
    "deny",
    "Orlen",
    "Orlen denied that its gunners had shelled the school in Saltmarsh.",
    "that its gunners had shelled the school in Saltmarsh",
    place="Saltmarsh",
)
PLAN = says(
    "warn",
    "Ana Velik",
    "Ana Velik warned that Orlen was preparing an invasion.",
    "that Orlen was preparing an invasion",
)
NO_PLAN = says("deny", "Bero Saar", "Bero Saar denied planning an attack.", "planning an attack")


def one(found: list[Dispute]) -> Dispute:
    (dispute,) = found
    return dispute


# --- a claim and its denial ------------------------------------------------------------------------


def test_an_accusation_and_the_denial_of_the_side_accused_stand_side_by_side() -> None:
    charge, denial = paper("03-08", ACCUSED), paper("03-09", DENIED, name="later")
    dispute = one(disputed(charge, denial))
    assert (dispute.kind, dispute.topic) == ("denial", "shelling")
    assert (dispute.claims, dispute.against) == ((charge[0].claim.id,), (denial[0].claim.id,))
    assert (dispute.sides, dispute.other_sides) == (("varenia",), ("orlen",))
    assert (dispute.accused, dispute.other_accused) == (("hill brigades",), ())
    assert (dispute.since, dispute.told) == (dt.date(2031, 3, 8), dt.date(2031, 3, 9))


def test_the_order_of_the_reports_is_no_matter() -> None:
    charge, denial = paper("03-08", ACCUSED), paper("03-09", DENIED, name="later")
    assert disputed(charge, denial) == disputed(denial, charge)


def test_a_denial_ten_days_later_still_answers_and_one_a_month_later_does_not() -> None:
    charge = paper("03-01", ACCUSED)
    assert one(disputed(charge, paper("03-11", DENIED, name="later"))).claims
    late = disputed(charge, paper("04-02", DENIED, name="later"))
    assert one(late).claims == ()


def test_a_denial_of_another_place_answers_nothing() -> None:
    elsewhere = says(
        "deny",
        "Orlen",
        "Orlen denied that its gunners had shelled the mill in Oxbow.",
        "that its gunners had shelled the mill in Oxbow",
        place="Oxbow",
    )
    dispute = one(disputed(paper("03-08", ACCUSED, elsewhere)))
    assert (dispute.claims, dispute.matter) == ((), "its gunners had shelled the mill in Oxbow")


def test_a_denial_of_another_matter_on_the_same_day_by_the_same_sides_answers_nothing() -> None:
    dispute = one(disputed(paper("03-08", ACCUSED, NO_PLAN)))
    assert (dispute.claims, dispute.topic) == ((), "invasion")


def test_the_side_that_accuses_does_not_answer_itself() -> None:
    own = says(
        "deny",
        "Varenian defence ministry",
        "The Varenian defence ministry denied that the hill brigades had shelled the school in Saltmarsh.",
        "that the hill brigades had shelled the school in Saltmarsh",
        place="Saltmarsh",
    )
    assert one(disputed(paper("03-08", ACCUSED, own))).claims == ()


def test_a_denial_that_only_points_back_answers_the_charge_before_it() -> None:
    charge = says("deny", "Orlen", "Orlen rejected the charge.", "the charge")
    dispute = one(disputed(paper("03-08", ACCUSED, charge)))
    assert dispute.claims
    assert dispute.matter == "shelling the school in Saltmarsh on Friday"


def test_a_denial_that_only_points_back_to_nothing_is_no_dispute() -> None:
    assert disputed(paper("03-08", says("deny", "Orlen", "Orlen rejected the charge.", "the charge"))) == []


def test_a_denial_without_a_claim_on_file_is_kept_in_its_own_words() -> None:
    dispute = one(disputed(paper("03-08", DENIED)))
    assert (dispute.claims, dispute.accused, dispute.sides) == ((), (), ())
    assert dispute.matter == "its gunners had shelled the school in Saltmarsh"


def test_a_plan_that_is_denied_again_and_again_is_one_dispute_that_grows() -> None:
    again = says("deny", "Orlen", "Orlen denies that it plans to invade.", "that it plans to invade")
    first = disputed(paper("03-02", PLAN), paper("03-03", NO_PLAN, name="second"))
    later = disputed(
        paper("03-02", PLAN), paper("03-03", NO_PLAN, name="second"), paper("03-09", again, name="third")
    )
    assert one(first).id == one(later).id
    assert (len(one(first).against), len(one(later).against)) == (1, 2)


def test_an_attack_that_was_made_is_not_the_one_that_is_denied_to_be_planned() -> None:
    made = says(
        "accuse",
        "Varenia",
        "Varenia accused Orlen of an attack on a bus.",
        "an attack on a bus",
        about=["Orlen"],
    )
    assert one(disputed(paper("03-08", made, NO_PLAN))).claims == ()


def test_a_claimed_withdrawal_is_disputed_by_who_says_that_there_is_none() -> None:
    gone = moves("asserted", "Orlen said that its battalions had withdrawn.", "Orlen", of="Orlen")
    none = says(
        "deny",
        "Ana Velik",
        "Ana Velik denied that a withdrawal could be seen.",
        "that a withdrawal could be seen",
    )
    dispute = one(disputed(paper("03-08", gone), paper("03-09", none, name="later")))
    assert (dispute.topic, dispute.sides, dispute.other_sides) == ("withdrawal", ("orlen",), ("varenia",))
    assert dispute.accused == ()  # Orlen tells it of itself


def test_denied_talks_are_disputed() -> None:
    planned = meets("planned", "Orlen and Varenia will hold prisoner talks in Saltmarsh.", "Orlen", "Varenia")
    none = says(
        "deny",
        "Orlen",
        "Orlen denied that it would hold prisoner talks in Saltmarsh.",
        "that it would hold prisoner talks in Saltmarsh",
    )
    dispute = one(disputed(paper("03-08", planned), paper("03-09", none, name="later")))
    assert len(dispute.claims) == 1


def test_two_voices_of_one_side_that_deny_are_one_side() -> None:
    brigades = says(
        "deny",
        "hill brigades",
        "The hill brigades denied shelling the school in Saltmarsh.",
        "shelling the school in Saltmarsh",
        place="Saltmarsh",
    )
    dispute = one(disputed(paper("03-08", ACCUSED), paper("03-09", DENIED, brigades, name="later")))
    assert (len(dispute.against), dispute.other_sides) == (2, ("orlen",))


def test_a_plan_told_without_its_doer_is_that_of_whom_the_paragraph_speaks() -> None:
    lines = "Orlen has massed its guns on the Tarn. An invasion remained possible, Ana Velik warned."
    warned = says("warn", "Ana Velik", lines, "An invasion remained possible")
    sentence, content, claim = warned
    told = paper("03-08", (sentence, content, claim))
    later = replace(told[0], claim=replace(told[0].claim, evidence=(lines.index("An invasion"), len(lines))))
    dispute = one(disputed([later], paper("03-09", NO_PLAN, name="later")))
    assert (dispute.claims, dispute.accused) == ((told[0].claim.id,), ("Orlen",))


def test_what_is_called_a_lie_is_denied() -> None:
    lie = says(
        "deny",
        "Orlen",
        "Orlen called the shelling of the school in Saltmarsh a lie.",
        "the shelling of the school in Saltmarsh",
        place="Saltmarsh",
    )
    assert one(disputed(paper("03-08", ACCUSED, lie))).claims


def test_a_bare_negation_answers_an_accusation_and_is_no_dispute_alone() -> None:
    calm = says(
        "deny",
        "Orlen",
        "Orlen said that its gunners had not shelled the school in Saltmarsh.",
        "that its gunners had not shelled the school in Saltmarsh",
        place="Saltmarsh",
    )
    assert disputed(paper("03-08", calm)) == []
    assert one(disputed(paper("03-08", ACCUSED, calm))).claims


# --- what is no denial -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Orlen hoped that the school would be mended.", "that the school would be mended"),
        ("Orlen was denied the right to speak.", "the right to speak"),
        ("Orlen denied the villagers access to the school.", "the villagers access to the school"),
        ("Orlen would not rule out shelling the school.", "shelling the school"),
        ("Orlen rejected the proposal to mend the school.", "the proposal to mend the school"),
        ("This was not denied by Orlen.", "This"),
    ],
)
def test_words_that_deny_nothing_are_no_denial_though_read_as_one(sentence: str, content: str) -> None:
    assert disputed(paper("03-08", ACCUSED, says("deny", "Orlen", sentence, content))) == []


def test_a_denial_of_nobody_is_no_denial() -> None:
    assert disputed(paper("03-08", says("deny", "", "It was denied that a shell had hit the school."))) == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Minister Vell rejected the proposal", True),
        ("Minister Vell ruled out a meeting", True),
        ("Minister Vell rejected the accusation", False),
        ("Minister Vell denied the report", False),
        ("Minister Vell spoke", False),
    ],
)
def test_turning_down_a_proposal_denies_nothing(words: str, wanted: bool) -> None:
    assert turns_down(words) is wanted


def test_what_is_said_not_to_be_so_is_no_charge() -> None:
    calm = says(
        "assert",
        "Varenia",
        "Varenia said that Orlen was not preparing an invasion.",
        "that Orlen was not preparing an invasion",
    )
    assert one(disputed(paper("03-08", calm, NO_PLAN))).claims == ()


def test_what_stands_in_a_condition_is_no_charge() -> None:
    costs = says(
        "warn",
        "Varenia",
        "Varenia warned of the costs if Orlen launched an invasion.",
        "of the costs if Orlen launched an invasion",
    )
    assert one(disputed(paper("03-08", costs, NO_PLAN))).claims == ()


def test_a_mediator_that_relays_both_sides_makes_no_dispute_of_its_own() -> None:
    both = [
        says(
            "assert",
            "Lakeland",
            "Lakeland said that there had been shelling.",
            "that there had been shelling",
        ),
        says(
            "assert", "Lakeland", "Lakeland said that each side spoke of the other.", "that each side spoke"
        ),
    ]
    assert disputed(paper("03-08", *both)) == []


# --- counter-accusations ---------------------------------------------------------------------------

OURS = says(
    "accuse",
    "Varenia",
    "Varenia accused the hill brigades of 29 violations of the truce.",
    "29 violations of the truce",
    about=["hill brigades"],
)
THEIRS = says(
    "accuse",
    "Orlen",
    "Orlen accused Varenian forces of 29 violations of the truce.",
    "29 violations of the truce",
    about=["Varenian forces"],
)


def test_the_same_number_with_opposite_accused_is_two_claims_and_a_dispute() -> None:
    """Trap 11."""
    ours, theirs = paper("03-08", OURS), paper("03-08", THEIRS, name="other", publisher="Quay Wire")
    dispute = one(disputed(ours, theirs))
    assert dispute.kind == "counter-accusation"
    assert len(dispute.claims) == len(dispute.against) == 1
    assert {dispute.accused, dispute.other_accused} == {("hill brigades",), ("Varenian forces",)}
    assert disputed(theirs, ours) == disputed(ours, theirs)


def test_accusations_of_other_things_far_apart_do_not_answer_each_other() -> None:
    other = says(
        "accuse",
        "Orlen",
        "Orlen accused Varenian forces of blocking a relief convoy.",
        "blocking a relief convoy",
        about=["Varenian forces"],
    )
    assert disputed(paper("03-08", OURS), paper("03-08", other, name="other")) == []
    assert disputed(paper("03-08", OURS), paper("03-20", THEIRS, name="other")) == []


def test_two_voices_of_one_side_do_not_accuse_each_other() -> None:
    kin = says(
        "accuse",
        "Orlen",
        "Orlen accused the hill brigades of 29 violations of the truce.",
        "29 violations of the truce",
        about=["hill brigades"],
    )
    back = says(
        "accuse",
        "hill brigades",
        "The hill brigades accused Orlen forces of 29 violations of the truce.",
        "29 violations of the truce",
        about=["Orlen forces"],
    )
    assert disputed(paper("03-08", kin, back)) == []


def test_who_fired_first_is_answered_in_the_next_sentence() -> None:
    blamed = says(
        "accuse",
        "Varenia",
        "Varenia blamed the hill brigades for the attack.",
        "the attack",
        about=["hill brigades"],
    )
    first = says(
        "accuse",
        "hill brigades",
        "The brigades accused Varenian gunners of firing first.",
        "firing first",
        about=["Varenian gunners"],
    )
    assert one(disputed(paper("03-08", blamed, first))).kind == "counter-accusation"


def test_one_sentence_is_no_answer_to_itself() -> None:
    sentence = "Orlen and Varenia each speak of 29 violations of the truce."
    ours = says("accuse", "Varenia", sentence, "29 violations of the truce", about=["Orlen"])
    theirs = says("accuse", "Orlen", sentence, "29 violations of the truce", about=["Varenia"])
    assert disputed(paper("03-08", ours, theirs)) == []


# --- rival figures ---------------------------------------------------------------------------------


def test_the_same_number_of_two_sides_for_one_day_is_a_rival_figure_with_its_accused() -> None:
    by_ours = "Varenia accused the hill brigades of 29 violations of the truce."
    by_theirs = "Orlen accused Varenian forces of 29 violations of the truce."
    told = paper("03-09", OURS, counts(29, by_ours, "Varenia", "03-08"))
    other = paper("03-09", THEIRS, counts(29, by_theirs, "Orlen", "03-08"), name="other")
    situation = assess([*told, *other], TRUCE, at=dt.date(2031, 3, 9))
    (rival,) = [d for d in situation.disputes if d.kind == "rival figures"]
    assert {rival.accused, rival.other_accused} == {("hill brigades",), ("Varenian forces",)}
    assert {rival.sides, rival.other_sides} == {("varenia",), ("orlen",)}


def test_a_denial_neither_raises_nor_lowers_a_count() -> None:
    """Trap 13."""
    counted = paper(
        "03-09", counts(29, "The Halden Mission counted 29 violations.", "Halden Mission", "03-08")
    )
    none = says(
        "deny", "Orlen", "Orlen denied the 29 violations of the truce.", "the 29 violations of the truce"
    )
    alone = assess(counted, TRUCE, at=dt.date(2031, 3, 9))
    both = assess([*counted, *paper("03-09", none, name="denial")], TRUCE, at=dt.date(2031, 3, 9))
    assert (both.totals, both.series, both.tallies) == (alone.totals, alone.series, alone.tallies)


# --- judgements, days, words ----------------------------------------------------------------------


def test_a_judgement_takes_a_denial_from_a_charge() -> None:
    charge, denial = paper("03-08", ACCUSED), paper("03-09", DENIED, name="later")
    ids = charge[0].claim.id or "", denial[0].claim.id or ""
    assert one(disputed(charge, denial, judgements=[judged("different", *ids)])).claims == ()


def test_what_was_told_later_is_no_part_of_the_day() -> None:
    charge, denial = paper("03-08", ACCUSED), paper("03-09", DENIED, name="later")
    assert disputed(charge, denial, at="03-08") == []


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_report_of_an_impossible_day_is_no_harm(published: str) -> None:
    told = paper("03-08", ACCUSED, DENIED)
    odd = [
        Entry(
            claim=entry.claim,
            report=_dated(entry, published),
            recorded=entry.recorded,
        )
        for entry in told
    ]
    assert disputes(odd, at=dt.date.max, cast=CAST, words=words)


def _dated(entry: Entry, published: str) -> Report:
    return replace(entry.report, published=dt.date.fromisoformat(published))


def test_a_matter_is_cut_and_loses_its_quotation_marks() -> None:
    """Trap 17: it is no quotation."""
    long = "that “our guns” " + "were silent " * 10
    assert (
        shortened(long)
        == "our guns were silent were silent were silent were silent were silent were silent [...]"
    )


# --- invariants ------------------------------------------------------------------------------------

POOL = [
    *paper("03-02", PLAN, name="a"),
    *paper("03-03", NO_PLAN, name="b"),
    *paper("03-08", ACCUSED, DENIED, name="c"),
    *paper("03-08", OURS, name="d"),
    *paper("03-09", THEIRS, name="e"),
    *paper("03-09", DENIED, name="f"),
    *paper("03-10", moves("asserted", "Orlen has withdrawn its battalions.", "Orlen", of="Orlen"), name="g"),
    *paper(
        "03-10", shelling("Shells fell on Saltmarsh.", "Varenia", by=["Orlen"], place="Saltmarsh"), name="h"
    ),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(POOL), st.integers(0, len(POOL)))
def test_disputes_do_not_depend_on_the_order_and_a_claim_is_in_one_denial(
    told: list[Entry], many: int
) -> None:
    kept = told[:many]
    found = disputes(kept, at=dt.date(2031, 12, 31), cast=CAST, words=words)
    assert found == disputes(kept[::-1], at=dt.date(2031, 12, 31), cast=CAST, words=words)
    for kind in ("denial", "counter-accusation"):
        claims = [name for d in found if d.kind == kind for name in (*d.claims, *d.against)]
        assert len(claims) == len(set(claims))
    assert all(d.against and d.id and not set(d.claims) & set(d.against) for d in found)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(range(len(POOL)))))
def test_more_reports_never_silence_a_denial(places: set[int]) -> None:
    kept = [POOL[place] for place in sorted(places)]

    def denying(told: list[Entry]) -> set[str]:
        found = disputes(told, at=dt.date(2031, 12, 31), cast=CAST, words=words)
        return {name for d in found if d.kind == "denial" for name in d.against}

    assert denying(kept) <= denying(POOL)


# --- whose side, whose deed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Orlen", "orlen"),
        ("Orlen's transport ministry", "orlen"),
        ("the hill brigades' office", "orlen"),
        ("Ana Velik", "varenia"),
        ("Saltmarsh council", "saltmarsh council"),
        ("halden-mission-news.example", "halden mission news example"),
    ],
)
def test_whose_side_somebody_speaks_for(name: str, side: str) -> None:
    (actor,) = actors([name])
    assert Sides(CAST).side(actor) == side


@pytest.mark.parametrize(
    ("said", "doer"),
    [
        ("29 violations, all of them by the Varenian forces", "Varenia"),
        ("that Orlen had moved its guns", "Orlen"),
        ("that the guns had been moved", None),
    ],
)
def test_who_does_what_a_passage_says(said: str, doer: str | None) -> None:
    found = Sides(CAST).doer(said)
    assert (found.name if found else None) == doer


def test_what_somebody_denies_of_himself() -> None:
    assert is_own("that it means to attack")
    assert is_own("planning an invasion")
    assert not is_own("that a retreat was seen")


def test_a_matter_knows_what_is_said_not_to_be_so() -> None:
    (entry,) = paper("03-08", NO_PLAN)
    reader = Reader(CAST, words)
    made = reader.matter(entry, "there was no shelling, but a convoy was blocked")
    assert (made.kinds, made.negated) == ({"humanitarian"}, {"shelling"})


def test_what_is_announced_saying_that_something_is_so_is_denied_in_what_is_said_to_be_so() -> None:
    announced = says(
        "announce",
        "Orlen",
        "Orlen announced the evacuation of Saltmarsh, saying that an attack by Varenia was near.",
        "the evacuation of Saltmarsh, saying that an attack by Varenia was near",
    )
    denied = says("deny", "Varenia", "Varenia denied the charge.", "the charge")
    dispute = one(disputed(paper("03-08", announced, denied)))
    assert len(dispute.claims) == len(dispute.against) == 1
    assert dispute.accused == ("Varenia",)
    assert "evacuation" not in dispute.matter
