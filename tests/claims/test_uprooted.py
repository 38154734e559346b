"""Who is counted as displaced: people who have left, not those who are only to leave, and no soldiers."""

from __future__ import annotations

import pytest

from tests.seeing import on, view
from trucewatch.claims import uprooted
from trucewatch.model import Count, Measure


def measure(text: str, words: str, *, number: int, unit: str | None = None) -> Measure:
    """What a number that was read as one of displaced is kept as."""
    count = Count(
        evidence=on(text, words), said_by=(), measure="displaced", low=number, high=number, unit=unit
    )
    return uprooted.measured(view(text), count).measure


@pytest.mark.parametrize(
    "words",
    [
        "Some 400 people were to be taken away",
        "The 400 residents would be evacuated",
        "Some 400 villagers would have to leave",
        "Some 400 families are due to move",
        "The mayor plans to evacuate 400 people",
        "Rescuers will take 400 people out of Tamsk",
    ],
)
def test_those_who_are_only_to_leave_are_not_displaced(words: str) -> None:
    assert measure(f"{words}, the governor said.", words, number=400) == "other"


@pytest.mark.parametrize(
    "words",
    [
        "Some 400 people were taken away",
        "The 400 residents have been evacuated",
        "Some 400 villagers may have left their homes",
        "Some 400 people fled and will return in May",
        "The mayor, who plans to stay, evacuated 400 people",
    ],
)
def test_those_who_left_are_displaced(words: str) -> None:
    assert measure(f"{words}, the governor said.", words, number=400) == "displaced"


def test_of_two_numbers_only_the_one_that_lies_ahead_is_kept_out() -> None:
    text = "Some 300 people fled Tamsk and 400 residents would be evacuated."
    assert measure(text, "Some 300 people fled Tamsk", number=300) == "displaced"
    assert measure(text, "400 residents would be evacuated", number=400) == "other"


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("Some 400 soldiers left for the border.", "Some 400 soldiers left", "soldiers"),
        ("Poland has moved 400 personnel to the border.", "400 personnel", None),
        ("Poland has 900 troops on the border. In May it had about 400.", "about 400", None),
    ],
)
def test_soldiers_are_never_displaced(text: str, words: str, unit: str | None) -> None:
    assert measure(text, words, number=400, unit=unit) == "troops"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Troops entered Tamsk on Monday. About 400 residents left.", "About 400 residents left"),
        ("Residents fled as troops shelled Tamsk. By Monday it was 400.", "400"),
    ],
)
def test_people_who_flee_from_soldiers_are_displaced(text: str, words: str) -> None:
    assert measure(text, words, number=400) == "displaced"
