"""Deadlines and windows: by, until, from, within, of so many hours, seen from Wednesday 16 February 2022."""

from __future__ import annotations

import pytest

from tests.reading import document
from trucewatch.model import Commitment, Time
from trucewatch.pipeline import process


def time(sentence: str, *, published: str | None = "2022-02-16") -> Time | None:
    """The time of the one commitment that a sentence tells."""
    told = document(f"{sentence}\n", published=published).report
    found = [c for c in process(told, everything=True).claims if isinstance(c, Commitment)]
    (claim,) = found
    return claim.time


@pytest.mark.parametrize(
    ("sentence", "words", "end"),
    [
        ("Russia agreed to withdraw its howitzers from the river by Friday.", "by Friday", "2022-02-18"),
        ("The two sides agreed to exchange all prisoners within 48 hours.", "within 48 hours", "2022-02-18"),
        ("The two sides agreed to exchange all prisoners within 36 hours.", "within 36 hours", "2022-02-18"),
        (
            "The government promised to release the detainees by the end of the month.",
            "by the end of the month",
            "2022-02-28",
        ),
        (
            "The commander ordered his units to pull back no later than 1 March.",
            "no later than 1 March",
            "2022-03-01",
        ),
        (
            "The rebels undertook to hand over their heavy weapons before 15 March.",
            "before 15 March",
            "2022-03-15",
        ),
        ("Ukraine agreed to lift the blockade by noon on Saturday.", "by noon on Saturday", "2022-02-19"),
        (
            "The mediators said the sides had agreed to free the hostages within a week.",
            "within a week",
            "2022-02-23",
        ),
        ("Russia must withdraw its forces within ten days.", "within ten days", "2022-02-26"),
        (
            "Russia promised that the bridge would be reopened by the end of next week.",
            "by the end of next week",
            "2022-02-27",
        ),
        (
            "Russia and Ukraine agreed to a ceasefire until Sunday midnight.",
            "until Sunday midnight",
            "2022-02-20",
        ),
        (
            "The sides agreed to disengage at Zolote at the latest on 9 March.",
            "at the latest on 9 March",
            "2022-03-09",
        ),
    ],
)
def test_what_is_to_be_done_by_then_has_an_end_and_no_start(sentence: str, words: str, end: str) -> None:
    assert time(sentence) == Time(text=words, start=None, end=end)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("The parties agreed on a truce of 72 hours from Friday morning.", "2022-02-18", "2022-02-21"),
        ("Both sides agreed to let convoys pass starting tomorrow.", "2022-02-17", None),
        (
            "The president ordered a ceasefire from noon on 6 March to midnight on 7 March.",
            "2022-03-06",
            "2022-03-07",
        ),
        (
            "The two sides agreed to hold fire between 9 a.m. and 3 p.m. on Saturday.",
            "2022-02-19",
            "2022-02-19",
        ),
        (
            "Russia said it would halt fire for six hours from 10 a.m. on Saturday.",
            "2022-02-19",
            "2022-02-19",
        ),
        ("The minister said his country would withdraw its troops next week.", "2022-02-21", "2022-02-27"),
        ("Ukraine pledged to open the crossing in the coming days.", "2022-02-16", None),
    ],
)
def test_a_window_has_a_start_and_as_far_as_it_is_told_an_end(
    sentence: str, start: str, end: str | None
) -> None:
    found = time(sentence)
    assert found is not None
    assert (found.start, found.end) == (start, end)


def test_a_truce_that_has_been_in_force_since_a_weekday_began_on_the_last_one() -> None:
    found = time("Russia and Ukraine have a truce in force since Friday.")
    assert found is not None
    assert found.start == "2022-02-11"


def test_a_length_that_is_reckoned_from_an_event_is_no_day() -> None:
    assert time("The parties agreed to pull their forces back within 24 hours of the signing.") is None


def test_without_a_date_of_publication_a_length_is_no_day() -> None:
    assert time("The two sides agreed to exchange all prisoners within 48 hours.", published=None) is None


def test_the_extension_of_a_truce_is_an_undertaking_with_its_new_end() -> None:
    found = time("The two sides extended the truce by 24 hours until Monday evening.")
    assert found == Time(text="until Monday evening", start=None, end="2022-02-21")


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("On Sunday the rebels agreed to free the hostages within 48 hours.", "2022-02-15"),
        (
            "On 1 March last year the fighting stopped. The rebels agreed to leave within 48 hours.",
            "2022-02-18",
        ),
    ],
)
def test_a_length_runs_from_the_day_that_its_sentence_opens_with(sentence: str, end: str) -> None:
    found = time(sentence)
    assert found and (found.text, found.end) == ("within 48 hours", end)
