"""Which claims belong to a ceasefire."""

from __future__ import annotations

import pytest

from tests.situation.making import day, entries, examples, press, report
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, AnyClaim, Contact, Incident, Place, Statement
from trucewatch.situation import assess
from trucewatch.situation.names import cast, key, same_name
from trucewatch.situation.relevance import relevant

DONBAS = ceasefire("donbas-2020")
CAST = cast(DONBAS)


def said(*about: str, speaker: str = "Somebody") -> Statement:
    return Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name=speaker),),
        act="accuse",
        form="indirect",
        about=tuple(Actor(name=name) for name in about),
    )


def shelling(place: str, country: str | None = None) -> Incident:
    where = Place(text=place, name=place, country=country)
    return Incident(evidence=(0, 1), said_by=(), type="shelling", place=where)


def ties(*claims: AnyClaim, title: str = "", publisher: str = "The Wire") -> list[str]:
    told = report("wire", "02-20", publisher=publisher, title=title)
    return [tie for _, tie in relevant(entries(told, *claims), cast=CAST)]


def test_a_region_or_a_listed_place_names_the_ceasefire() -> None:
    assert ties(shelling("Luhansk region"), shelling("Stanitsa Luganskaya")) == ["named", "named"]


def test_a_capital_that_speaks_for_its_government_does_not() -> None:
    assert ties(shelling("Kyiv")) == []


def test_a_country_or_a_leader_alone_does_not() -> None:
    assert ties(shelling("Lviv", "UA"), said("Mali", speaker="Emmanuel Macron")) == []


def test_two_sides_in_one_claim_make_a_report_about_it() -> None:
    assert ties(said("Ukraine", speaker="Russia"), said("somebody", speaker="Macron")) == ["party", "party"]


def test_what_the_mission_publishes_belongs_to_it() -> None:
    assert ties(shelling("a village"), publisher="OSCE SMM") == ["named"]


def test_in_a_report_about_it_other_countries_are_left_out() -> None:
    claims = (shelling("Donbas"), shelling("Idlib", "SY"), shelling("Saltmarsh"))
    assert ties(*claims) == ["named"]


def test_a_title_can_say_what_a_report_is_about() -> None:
    assert ties(said("Moscow"), title="Fighting in the Donbas") == ["party"]
    assert ties(said("Moscow"), title="Trade talks") == []


def test_a_format_named_as_a_participant_names_it() -> None:
    body = (Actor(name="Trilateral Contact Group"),)
    session = Contact(evidence=(0, 1), said_by=(), form="session", participants=body, status="planned")
    assert ties(session) == ["named"]


def test_the_examples_of_one_conflict_are_not_of_the_other() -> None:
    held = examples().entries()
    donbas = assess(held, DONBAS, at=day("02-24"))
    syria = assess(held, ceasefire("syria-2016"), at=day("02-24"))
    assert {telling.report[:4] for telling in syria.tellings.values()} == {"2018", "2019"}
    assert {telling.report[:4] for telling in donbas.tellings.values()} == {"2022"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vladimir Putin", "Putin", True),
        ("The Élysée", "Elysee", True),
        ("Putin", "Macron", False),
        ("", "Putin", False),
        ("Ukrainian army", "Russian army", False),
    ],
)
def test_names_are_one_if_one_ends_the_other(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OSCE observers in the east", True),
        ("Special Monitoring Mission of the OSCE", True),
        ("OSCE", True),
        ("Ukraine", False),
        ("Joint Forces Operation", False),
        ("", False),
        (None, False),
    ],
)
def test_the_counter_is_known_by_its_names(name: str | None, expected: bool) -> None:
    assert CAST.is_counter(name, DONBAS.counters[0]) is expected


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("both Donetsk and Luhansk regions", {"donetsk", "luhansk"}),
        ("Donetsk or Lugansk region", {"donetsk", "luhansk"}),
        ("Donetsk region", {"donetsk"}),
        ("disengagement area near Stanytsia Luhanska", set()),
        ("", set()),
    ],
)
def test_regions_are_found_where_nothing_else_is_named(text: str, regions: set[str]) -> None:
    assert set(CAST.regions_in(text)) == regions


def test_leaders_and_their_offices_speak_for_their_side() -> None:
    sides = {CAST.side(Actor(name=name)) for name in ("Vladimir Putin", "Kremlin", "pro-Russian separatists")}
    assert sides == {"russia-and-armed-formations"}
    assert CAST.side(Actor(name="Somebody Else")) == "somebody else"
    assert key("The  Kremlin's") == "kremlin s"


def test_an_unknown_place_of_a_party_stays_in_a_report_about_it() -> None:
    meeting = Contact(
        evidence=(0, 1),
        said_by=(),
        form="meeting",
        participants=(Actor(name="Russia"), Actor(name="Ukraine")),
        status="held",
        place=Place(text="Geneva", name="Geneva"),
    )
    found = relevant(press("02-20", meeting), cast=CAST)
    assert [tie for _, tie in found] == ["party"]
