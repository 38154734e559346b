"""The traps of design/TRAPS.md on claims, time and sources, each read by the whole reader.

Those on counts and series stand in tests/situation/counts, on contacts and commitments in
tests/situation, on wire copies in tests/identity/test_origins.py, on hostile input in tests/reports.
"""

from __future__ import annotations

import re

import pytest

from tests.reading import document
from tests.situation.making import day, examples
from trucewatch.annotations import annotate
from trucewatch.catalog import ceasefire
from trucewatch.claims import extract
from trucewatch.model import (
    AnyClaim,
    Commitment,
    Contact,
    Count,
    Document,
    Incident,
    Posture,
    Statement,
)
from trucewatch.situation import assess
from trucewatch.views import render


def read(text: str, published: str | None = "2022-02-20") -> tuple[Document, tuple[AnyClaim, ...]]:
    told = document(text, published=published)
    return told, extract(told, annotate(told))


def of(kind: type, text: str, published: str | None = "2022-02-20") -> list[AnyClaim]:
    return [claim for claim in read(text, published)[1] if isinstance(claim, kind)]


# --- claims --------------------------------------------------------------------------------------


def test_13_an_accusation_is_an_incident_in_the_accusers_words_alone() -> None:
    text = "The separatists accused the Ukrainian army of shelling the village of Zaitseve on Friday."
    found = of(Incident, text)
    assert found
    assert all(claim.said_by and claim.said_by[0].source == "separatists" for claim in found)


def test_13_who_claims_to_have_withdrawn_asserts_it() -> None:
    (found,) = of(
        Posture, "The Russian Defence Ministry claims to have withdrawn two battalions from Crimea."
    )
    assert isinstance(found, Posture)
    assert (found.action, found.status) == ("withdrawal", "asserted")
    assert found.said_by[0].source == "Russian Defence Ministry"


def test_14_who_quotes_a_statement_is_its_relay_and_the_speaker_stays_the_speaker() -> None:
    (found,) = of(Statement, '"We are ready," the Kremlin said in the statement, quoted by Lusa.')
    assert isinstance(found, Statement)
    assert [actor.name for actor in found.speaker] == ["Kremlin"]
    assert [voice.source for voice in found.said_by] == ["Lusa"]


def test_15_the_two_leaders_are_those_who_spoke() -> None:
    text = (
        "Emmanuel Macron and Vladimir Putin spoke by telephone on Sunday."
        " The two leaders agreed to work towards a ceasefire."
    )
    (found,) = of(Commitment, text)
    assert isinstance(found, Commitment)
    assert [actor.name for actor in found.parties] == ["Emmanuel Macron", "Vladimir Putin"]


def test_15_whom_a_pronoun_means_is_left_open_where_nobody_is_named() -> None:
    (found,) = of(Statement, "He said the guns would fall silent on Monday.")
    assert isinstance(found, Statement)
    assert found.speaker == ()


def test_16_confirmed_is_the_word_of_the_one_who_confirms() -> None:
    (found,) = of(Count, "The UN confirmed three civilian deaths.")
    assert isinstance(found, Count)
    assert [(voice.source, voice.cue) for voice in found.said_by] == [("United Nations", "confirmed")]


def test_17_whatever_stands_in_quotation_marks_stands_so_in_a_report() -> None:
    shelf = examples()
    situation = assess(shelf.entries(), ceasefire("donbas-2020"), at=day("02-20"))
    written = " ".join(render(situation, shape="text", text_of=shelf.text).split())
    texts = [" ".join(text.split()) for text in shelf.words.values()]
    quoted = re.findall(r"“([^“”]+)”", written)
    assert len(quoted) > 20
    assert not [words for words in quoted if not any(words.rstrip("…") in text for text in texts)]


def test_18_the_word_ceasefire_is_no_violence_and_a_ceasefire_is_no_zero() -> None:
    text = "The ceasefire came into force at midnight. Both sides welcomed the ceasefire."
    assert of(Incident, text) == []
    assert of(Count, text) == []


def test_19_a_garbled_name_is_known_and_its_own_words_are_kept() -> None:
    told, claims = read("The Elysium said that the GCT would meet in the coming hours.")
    (contact,) = [claim for claim in claims if isinstance(claim, Contact)]
    assert contact.body == "Trilateral Contact Group"
    assert [told.words(a.span) for a in contact.participants if a.span] == ["the GCT"]
    assert contact.said_by[0].span is not None
    assert told.words(contact.said_by[0].span) == "The Elysium"


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The contact group will meet in the coming hours.", "planned"),
        ("The foreign ministers are to meet in the coming days.", "planned"),
        ("A summit could be held if conditions permit.", "conditional"),
        ("The presidents could meet by Friday.", "proposed"),
    ],
)
def test_20_what_is_to_come_is_not_held_and_lies_in_no_past(text: str, status: str) -> None:
    found = of(Contact, text)
    assert found
    for claim in found:
        assert isinstance(claim, Contact)
        assert claim.status == status
        assert claim.time is None or claim.time.start is None or claim.time.start >= "2022-02-20"
        assert claim.time is None or claim.time.end is None or claim.time.end >= "2022-02-20"


def test_21_an_undated_report_gives_no_day_to_relative_words() -> None:
    text = "Observers recorded 12 ceasefire violations on Friday. The presidents spoke by telephone today."
    for claim in read(text, published=None)[1]:
        assert claim.time is None or (claim.time.start, claim.time.end) == (None, None)
