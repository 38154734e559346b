"""Key points: whether it holds is told from counts, accusations and declarations, and never found by us."""

from __future__ import annotations

import msgspec
import pytest

from tests.situation.making import count, daily, day, entries, examples, press, report
from tests.situation.undertaking import undertaking
from tests.views.asking import told
from tests.views.drawing import alert, band
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Entry, Incident, Place, Statement
from trucewatch.situation import Situation, assess
from trucewatch.situation.nouns import Dispute, Standing
from trucewatch.views import SHAPES, compose
from trucewatch.views.signed import UNSIGNED

DONBAS = ceasefire("donbas-2020")
KEY = "Key points"
TRUCE = "keep the ceasefire in Donbas"


def at(held: list[Entry], date: str = "02-19") -> Situation:
    return assess(held, DONBAS, at=day(date), known=day(date))


def holding(situation: Situation) -> str:
    return told(situation, KEY)[0]


def expecting(situation: Situation, evening: str, mean: float, upper: float) -> Situation:
    made = msgspec.structs.replace(band({evening: (mean, upper)}), counter=situation.totals[0].counter)
    return msgspec.structs.replace(situation, bands=(made,))


# --- is it holding? --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "upper", "words"),
    [
        (310, 720, "5.1 times what was expected and above the bound"),
        (900, 2000, "1.7 times what was expected and within the bound"),
        (1500, 2000, "about as many as expected"),
        (4000, 9000, "fewer than expected"),
        (0.2, 3, "where none or next to none was expected"),
    ],
)
def test_the_count_is_set_against_what_was_expected(mean: float, upper: float, words: str) -> None:
    found = expecting(at(daily("02-19", 591, 975)), "02-18", mean, upper)
    assert f"Is it holding? Ceasefire violations recorded on 18 February, {words}; " in holding(found)


def test_without_enough_on_file_nothing_is_said_of_what_was_expected() -> None:
    assert "with too few evenings on file to say what was to be expected" in holding(
        at(daily("02-19", 591, 975))
    )


def test_a_stated_zero_is_told_as_none_and_no_count_as_no_count() -> None:
    assert holding(at(daily("02-19", 0, 0))).startswith(
        "Is it holding? No ceasefire violations recorded on 18"
    )
    gap = holding(at(press("02-19", undertaking(TRUCE, "Russia", topic="ceasefire"))))
    assert gap.startswith("Is it holding? No daily count of a monitoring body is on file")


def test_a_party_s_count_is_not_the_monitoring_body_s() -> None:
    own = count(29, None, observer=Actor(name="Joint Forces Operation"), window=("02-17", "02-18"))
    found = at(entries(report("jfo", "02-18", publisher="JFO"), own))
    assert "No daily count of a monitoring body is on file" in holding(found)


def test_that_no_side_has_declared_it_ended_is_said_as_of_what_is_on_file() -> None:
    assert holding(at(daily("02-19", 591, 975))).endswith("no side is on file as having declared it ended")


def test_a_declared_end_is_told_with_who_declared_it() -> None:
    ended = undertaking(TRUCE, "Russia", topic="ceasefire", strength="ended", by="Denis Pushilin")
    found = holding(at([*daily("02-19", 591, 975), *press("02-19", ended)]))
    assert "declared ended by Denis Pushilin on 19 February" in found


def test_who_accuses_whom_is_told_and_nobody_is_found_to_have_done_it() -> None:
    accused = Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name="Ukraine"),),
        act="accuse",
        form="indirect",
        about=(Actor(name="separatists"),),
    )
    found = holding(at([*daily("02-19", 591, 975), *press("02-19", accused)]))
    assert "Ukraine accuses separatists" in found
    assert "violated" not in found


def test_a_day_outside_the_ceasefire_is_said_to_be_so() -> None:
    found = assess(daily("02-19", 591, 975), DONBAS, at=day("03-20"))
    assert "20 March lies outside the ceasefire as the catalog gives it" in holding(found)


# --- the other lines ---------------------------------------------------------------------------------------


def test_the_headline_has_its_basis_its_window_and_the_verdict_on_the_record() -> None:
    held = [*daily("02-18", 222, 648), *daily("02-19", 591, 975)]
    assert told(at(held), KEY)[1] == (
        "1,566 ceasefire violations counted by the SMM in the 24 hours to the evening of 18 February (own "
        "figures, summed over regions), the highest of 2022 among the 2 of 49 days on file"
    )


def test_a_figure_from_the_next_report_says_so() -> None:
    found = told(at(daily("02-19", None, None, before=(222, 648))), KEY)
    assert not any("its own figure" in text for text in found)


def test_the_newest_alert_is_told_in_its_words_and_the_others_are_counted() -> None:
    found = at(daily("02-19", 591, 975))
    (name,) = found.records[0].claims[:1]
    made = [
        msgspec.structs.replace(alert(f"02-{15 + place}", state=state, words=words), claims=(name,))
        for place, (state, words) in enumerate(
            [
                ("new", "First words."),
                ("worse", "Second words."),
                ("new", "Third words."),
                ("open", "Fourth."),
            ]
        )
    ]
    sentences = told(msgspec.structs.replace(found, alerts=tuple(made)), KEY)
    assert "New alert: Third words; more alerts: 3 on counts" in sentences
    again = told(msgspec.structs.replace(found, alerts=(made[0],)), KEY, before=found)
    assert "New alert: First words" in again
    same = msgspec.structs.replace(found, alerts=(made[0],))
    assert "Alert of 15 February: First words" in told(same, KEY, before=same)
    still = msgspec.structs.replace(found, alerts=tuple(made[3:]))
    assert "Alerts still open: 1 on counts" in told(still, KEY)


def test_a_denial_is_named_with_who_denies() -> None:
    denial = Statement(
        evidence=(0, 1), said_by=(), speaker=(Actor(name="Russia"),), act="deny", form="indirect"
    )
    held = entries(report("wire", "02-19", publisher="Donbas Wire", title="Donbas"), denial)
    found = at([*daily("02-19", 591, 975), *held])
    assert held[0].claim.id in found.tellings
    against = (held[0].claim.id or "",)
    dispute = Dispute(kind="denial", matter="a planned attack", claims=(), against=against, told=day("02-19"))
    sentences = told(msgspec.structs.replace(found, disputes=(dispute,)), KEY)
    assert "Denied by Russia: a planned attack" in sentences


def test_key_points_are_seven_lines_at_most_on_every_day_of_the_examples() -> None:
    shelf = examples()
    for date in range(15, 23):
        found = assess(shelf, DONBAS, at=day(f"02-{date}"), known=day(f"02-{date}"))
        assert 3 <= len(told(found, KEY, text_of=shelf.text)) <= 7


# --- how things stand ------------------------------------------------------------------------------------


def shelling(standing: Standing, *, more: tuple[Entry, ...] = ()) -> str:
    where = Place(text="Donetsk region", name="Donetsk region")
    act = Incident(
        evidence=(0, 1), said_by=(), type="shelling", place=where, perpetrator=(Actor(name="separatists"),)
    )
    found = at([*entries(report("wire", "02-19", publisher="The Wire"), act), *more])
    stood = tuple(msgspec.structs.replace(one, standing=standing) for one in found.incidents)
    return told(msgspec.structs.replace(found, incidents=stood), "What happened")[0]


def test_an_incident_is_told_with_its_standing() -> None:
    alleged = Standing(standing="alleged", contested=False, independent=1, sides=("ukraine",))
    assert shelling(alleged).endswith("attributed to separatists; one side's word, not corroborated")
    alone = Standing(standing="alleged", contested=False, independent=1)
    assert shelling(alone).endswith("; not corroborated")
    both = Standing(standing="corroborated", contested=False, independent=2, sides=("a", "b"))
    assert shelling(both).endswith("; corroborated by 2 independent accounts of different sides")
    seen = Standing(standing="verified", contested=False, independent=1, verified_by=("OSCE SMM",))
    assert shelling(seen).endswith("; verified, as OSCE SMM observed it")


def test_a_confirmation_does_not_hide_a_denial() -> None:
    denial = Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name="Denis Pushilin"),),
        act="deny",
        form="indirect",
        about=(Actor(name="Ukraine"),),
    )
    held = press("02-19", denial, name="denial")
    seen = Standing(
        standing="verified",
        contested=True,
        independent=2,
        verified_by=("OSCE SMM",),
        denials=(held[0].claim.id or "",),
    )
    found = shelling(seen, more=tuple(held))
    assert found.endswith("; verified, as OSCE SMM observed it, contested by Denis Pushilin")
    assert "perpetrator" not in found


# --- nothing at all -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_with_everything_empty_says_so_in_every_section(shape: str) -> None:
    empty = at([])
    sitrep = compose(empty, text_of=lambda sha256: "", before=empty)
    assert all(section.sentences for section in sitrep.sections)
    assert [section.title for section in sitrep.sections] == [
        KEY,
        "Since the last report",
        "Figures",
        "What happened",
        "Contacts and what each side told",
        "What was said, and positions",
        "What is due",
        "Disputed",
        "Corrections",
        "What is missing, and limits",
    ]
    written = " ".join(SHAPES[shape](sitrep, UNSIGNED).split())
    assert "Whether the ceasefire holds cannot be told: no claim on it is on file" in written
    assert "None" not in written


def test_the_order_of_claims_makes_no_other_report() -> None:
    held = examples().entries(day("02-20"))
    one, other = at(held, "02-20"), at(held[::-1], "02-20")
    assert compose(one, text_of=lambda sha256: "") == compose(other, text_of=lambda sha256: "")
