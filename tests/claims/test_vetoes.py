"""What no claim may say, whether the rules read it or the encoder: read by the whole reader."""

from __future__ import annotations

import pytest

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims import extract
from trucewatch.model import AnyClaim, Commitment, Contact, Count, Incident, Statement


def read(text: str) -> tuple[AnyClaim, ...]:
    told = document(text)
    return extract(told, annotate(told))


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv denied on Friday that its forces had shelled the village of Horlivka.",
        "The army denies having fired 40 shells at the town of Belmar.",
        "The governor dismissed reports of 40 shells as fake.",
        "Varenia rejected claims that its troops had killed 12 villagers near Tamsk.",
        "The ministry refuted allegations that 30 drones had struck the depot.",
        "The general denied firing 40 shells at the town of Belmar.",
    ],
)
def test_what_is_denied_is_neither_counted_nor_an_incident(text: str) -> None:
    assert not [claim for claim in read(text) if isinstance(claim, Count | Incident)]


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv denied the charge and said that 12 shells had hit the village of Horlivka on Friday.",
        "The army killed 12 villagers near Tamsk on Friday, the governor said.",
        "The rebels rejected the offer of a truce as 12 villagers were killed near Tamsk on Friday.",
        "The patrol was denied access to the village of Tamsk, where 12 villagers were killed on Friday.",
    ],
)
def test_what_is_said_beside_a_denial_still_counts(text: str) -> None:
    assert [claim.low for claim in read(text) if isinstance(claim, Count)] == [12]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Joe Biden and Volodymyr Zelensky agreed in principle to meet.", "planned"),
        ("Joe Biden and Volodymyr Zelensky met in Geneva on Tuesday.", "held"),
    ],
)
def test_a_meeting_agreed_on_is_not_held(text: str, status: str) -> None:
    assert {claim.status for claim in read(text) if isinstance(claim, Contact)} == {status}


def test_who_quotes_a_statement_is_no_speaker_of_it() -> None:
    found = read("The Kremlin is ready for talks, it said in a statement quoted by Lusa.")
    speakers = [actor.name for claim in found if isinstance(claim, Statement) for actor in claim.speaker]
    assert "Lusa" not in speakers


def test_a_mission_that_speaks_to_civilians_meets_no_side() -> None:
    assert not [c for c in read("Monitors spoke to civilians at the crossing.") if isinstance(c, Contact)]


def test_a_press_secretary_is_somebody_to_meet() -> None:
    text = "President Jan Kowal met press secretary Dmitry Peskov in Geneva on Tuesday."
    assert [c.status for c in read(text) if isinstance(c, Contact)] == ["held"]


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Observers said on Sunday that they had logged 40 breaches of the truce near Tamsk.", set()),
        ("The Ukrainian army said it had registered shelling of Horlivka by separatists.", {"separatists"}),
        ("The Ukrainian army said that separatists had shelled the village of Horlivka.", {"separatists"}),
    ],
)
def test_who_tells_of_violence_is_not_accused_of_it(text: str, doers: set[str]) -> None:
    found = [claim for claim in read(text) if isinstance(claim, Incident)]
    assert {actor.name for claim in found for actor in claim.perpetrator} == doers


def test_a_meeting_that_is_requested_is_neither_held_nor_pledged() -> None:
    found = read("Foreign Minister Jan Kowal requested a meeting with Estonia within three days.")
    assert found
    assert not [c for c in found if isinstance(c, Contact) and c.status == "held"]
    assert not [c for c in found if isinstance(c, Commitment) and c.strength in {"pledged", "agreed"}]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Some 4,000 residents of Horlivka were to be taken away by bus.", set()),
        ("Some 4,000 residents of Horlivka fled the shelling.", {"displaced"}),
    ],
)
def test_those_who_are_only_to_leave_are_no_displaced(text: str, measures: set[str]) -> None:
    found = {claim.measure for claim in read(text) if isinstance(claim, Count)}
    assert found & {"displaced"} == measures
