"""Corroboration counts origins and sides, never outlets (traps 14 and 26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import RECORDED, entries, report, voice
from trucewatch.catalog import ceasefire
from trucewatch.identity.origins import Origin, Told, origins, told
from trucewatch.model import Actor, AnyClaim, Entry, Incident, Report, Statement
from trucewatch.situation.corroboration import Corroboration, corroboration
from trucewatch.situation.names import cast
from trucewatch.situation.sayings import incidents
from trucewatch.situation.standing import stand

CAST = cast(ceasefire("donbas-2020"))
STORY = (
    "Shells fell on the edge of Saltmarsh on Friday evening and set the roof of the mill alight. Firemen "
    "from both banks put it out together before the wind turned. Nobody was hurt, and the miller asked that "
    "nobody say who fired, since both of them will have to buy his flour. The mill has stood since 1871."
)


def shelling(*said_by: str) -> Incident:
    """An incident that these vouch for, nearest first; nobody: the report in its own voice."""
    vouching = tuple(voice(source) for source in said_by)
    return Incident(evidence=(0, 1), said_by=vouching, type="shelling")


def statement(speaker: str | None, *relays: str) -> Statement:
    return Statement(
        evidence=(0, 1),
        said_by=tuple(voice(source) for source in relays),
        speaker=(Actor(name=speaker),) if speaker else (),
        act="assert",
        form="indirect",
    )


def outlet(publisher: str | None, name: str = "report", published: str = "02-19") -> Report:
    return report(name, published, publisher=publisher)


def of(*held: Sequence[Entry], copied: Sequence[Report] = ()) -> Corroboration:
    """The corroboration of entries; ``copied`` are reports of one origin, all others of their own."""
    one = sorted(copied, key=lambda made: (made.published or dt.date.max, told(made, "").key))
    members = tuple(told(made, "").key for made in one)
    known = [Origin(id="origin-copied", members=members)] if members else []
    return corroboration([entry for part in held for entry in part], origins=known, cast=CAST)


def test_nothing_told_is_told_by_nobody() -> None:
    assert of() == Corroboration(independent=0, origins=(), sides=(), voices=())


def test_one_report_is_one() -> None:
    made = of(entries(outlet("The Wire"), shelling("Ukraine")))
    assert (made.independent, made.sides, made.voices) == (1, ("ukraine",), ("Ukraine",))


def test_two_sides_in_reports_of_two_origins_corroborate() -> None:
    made = of(
        entries(outlet("The Wire"), shelling("Ukraine")), entries(outlet("The Post"), shelling("Kremlin"))
    )
    assert made.independent == 2
    assert made.sides == ("russia-and-armed-formations", "ukraine")
    assert made.origins == ("The Post/report", "The Wire/report")


def test_two_voices_of_one_side_are_one() -> None:
    made = of(
        entries(outlet("The Wire"), shelling("Kremlin")),
        entries(outlet("The Post"), shelling("DPR People's Militia")),
        entries(outlet("The Echo"), shelling("Sergey Lavrov")),
    )
    assert made.independent == 1
    assert len(made.origins) == 3
    assert len(made.voices) == 3


def test_a_statement_quoted_by_an_agency_is_its_speakers_however_many_outlets_print_it() -> None:
    """Trap 14: speaker Kremlin, relay an agency, outlet the publisher."""
    made = of(
        entries(outlet("Kremlin"), shelling()),
        entries(outlet("The Wire"), shelling("Kremlin", "Coastal Agency")),
        entries(outlet("The Post"), statement("Kremlin", "Coastal Agency")),
        entries(outlet("The Echo"), shelling("Vladimir Putin", "Kremlin", "Coastal Agency")),
    )
    assert made.independent == 1
    assert made.sides == ("russia-and-armed-formations",)


def test_twenty_outlets_that_reprint_one_story_are_one() -> None:
    """Trap 26, with the origins found by the texts."""
    printed = [outlet(f"Outlet {n}") for n in range(20)]
    found = origins([told(made, f"Copy {n} of it. {STORY}") for n, made in enumerate(printed)])
    held = [entry for made in printed for entry in entries(made, shelling())]
    made = corroboration(held, origins=found, cast=CAST)
    assert (made.independent, len(made.origins), made.sides) == (1, 1, ("outlet 0",))
    alone = corroboration(held, origins=[], cast=CAST)
    assert alone.independent == 20


def test_both_sides_within_one_wire_story_have_one_origin() -> None:
    made = of(entries(outlet("The Wire"), shelling("Ukraine"), shelling("Russia")))
    assert (made.independent, len(made.sides)) == (1, 2)


def test_an_origin_that_carries_both_sides_stands_for_the_one_that_no_other_carries() -> None:
    made = of(
        entries(outlet("The Wire"), shelling("Kremlin"), shelling("Ukraine")),
        entries(outlet("The Post"), shelling("Kremlin")),
    )
    assert made.independent == 2


def test_what_a_report_tells_itself_is_the_word_of_its_publisher() -> None:
    made = of(entries(outlet("OSCE SMM"), shelling()), entries(outlet("The Wire"), shelling()))
    assert (made.independent, made.sides) == (2, ("osce", "wire"))


def test_two_reports_of_one_outlet_are_one_voice() -> None:
    made = of(entries(outlet("The Wire", "a"), shelling()), entries(outlet("The Wire", "b"), shelling()))
    assert (made.independent, len(made.origins)) == (1, 2)


def test_a_reprint_of_the_missions_report_is_the_missions_word() -> None:
    mission, reprint = outlet("OSCE SMM", published="02-19"), outlet("Early Bird", published="02-18")
    made = of(entries(reprint, shelling()), copied=(mission, reprint))
    assert made.sides == ("osce",)
    assert made.voices == ("OSCE SMM",)


def test_a_reprint_is_the_word_of_whoever_printed_it_first() -> None:
    first, later = outlet("The Wire", published="02-18"), outlet("A Mirror", published="02-19")
    made = of(entries(later, shelling()), copied=(later, first))
    assert made.voices == ("The Wire",)


def test_a_look_alike_domain_is_no_party_and_adds_no_voice_to_what_it_copies() -> None:
    """Trap 27."""
    wire, fake = outlet("The Wire", published="02-18"), outlet("osce-smm-news.example")
    made = of(entries(wire, shelling()), entries(fake, shelling()), copied=(wire, fake))
    assert (made.independent, made.sides) == (1, ("wire",))


def test_a_statement_without_a_speaker_is_the_word_of_those_who_vouch_or_of_the_report() -> None:
    assert of(entries(outlet("The Wire"), statement(None, "Ukraine"))).voices == ("Ukraine",)
    assert of(entries(outlet("The Wire"), statement(None))).voices == ("The Wire",)


def test_reports_without_a_publisher_are_each_a_voice() -> None:
    made = of(entries(outlet(None, "a"), shelling()), entries(outlet(None, "b"), shelling()))
    assert made.independent == 2


def test_a_joint_statement_is_of_both_sides_and_of_one_origin() -> None:
    both = Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name="Ukraine"), Actor(name="Russia")),
        act="assert",
        form="indirect",
    )
    made = of(entries(outlet("The Wire"), both))
    assert (made.independent, len(made.sides)) == (1, 2)


SAID = st.lists(st.sampled_from(["Ukraine", "JFO", "Kremlin", "OSCE SMM", "Lusa"]), max_size=2)
HELD = st.lists(st.tuples(st.sampled_from(["The Wire", "The Post", "OSCE SMM", None]), SAID), max_size=8)


@given(HELD, st.randoms(use_true_random=False))
def test_the_order_is_no_matter_and_no_more_are_independent_than_there_are(
    parts: list[tuple[str | None, list[str]]], random: Random
) -> None:
    held: list[Entry] = []
    for number, (publisher, said) in enumerate(parts):
        claim: AnyClaim = shelling(*said)
        held.append(Entry(claim=claim, report=outlet(publisher, str(number)), recorded=RECORDED))
    keys = [told(entry.report, "").key for entry in held]
    found = origins([Told(id=entry.report.id, publisher=entry.report.publisher, text="") for entry in held])
    made = corroboration(held, origins=found, cast=CAST)
    assert made.independent <= min(len(set(keys)), len(made.sides))
    assert bool(made.independent) == bool(held)
    shuffled = list(held)
    random.shuffle(shuffled)
    assert corroboration(shuffled, origins=found[::-1], cast=CAST) == made


def told_by(publisher: str, said_by: str) -> list[Entry]:
    return entries(outlet(publisher, publisher), shelling(said_by))


def weigh(texts: dict[str, str], *held: list[Entry]) -> list[int]:
    found = [entry for group in held for entry in group]
    states = incidents(found, at=dt.date(2022, 2, 20))
    weighed_ = stand(states, found, text_of=lambda made: texts.get(made.id, ""), cast=CAST)
    return [state.independent for state in weighed_]


def test_an_incident_that_two_sides_tell_in_texts_of_their_own_has_two_independent_accounts() -> None:
    held = told_by("Wire", "Joint Forces Operation"), told_by("Post", "Luhansk People's Republic")
    assert weigh({"Wire": STORY, "Post": "The militia of Luhansk spoke of shells."}, *held) == [2]


def test_an_incident_in_a_reprint_has_one_account() -> None:
    held = told_by("Wire", "Joint Forces Operation"), told_by("Post", "Joint Forces Operation")
    assert weigh({"Wire": STORY, "Post": STORY}, *held) == [1]
    assert weigh({}, told_by("Wire", "Joint Forces Operation")) == [1]
