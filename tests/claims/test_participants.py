"""Participants are each named once: an office next to its holder is the holder."""

from __future__ import annotations

import pytest

from tests.reading import document
from trucewatch.annotations import RULES, annotate
from trucewatch.claims.participants import is_office, mended
from trucewatch.model import Actor, ActorType, Contact


def after(text: str, *words: str, types: tuple[ActorType | None, ...] = ()) -> list[tuple[str, str | None]]:
    """The participants after mending, of some words chosen from a text."""
    doc = document(text)
    kinds = types or ("person",) * len(words)
    chosen = tuple(
        Actor(name=word, span=(text.index(word), text.index(word) + len(word)), type=kind)
        for word, kind in zip(words, kinds, strict=True)
    )
    contact = Contact(evidence=(0, len(text)), said_by=(), form="call", status="held", participants=chosen)
    done = mended(contact, doc, annotate(doc, RULES))
    return [(actor.name, actor.country) for actor in done.participants]


def test_an_office_gives_way_to_the_holder_named_after_it() -> None:
    text = "Juri Saar spoke by phone with the President of the Republic of Kenya Ann Odi."
    assert after(text, "Juri Saar", "President", "Ann Odi") == [("Juri Saar", None), ("Ann Odi", "KE")]


def test_a_piece_of_a_mention_is_whom_the_mention_names() -> None:
    text = "Juri Saar spoke by phone with President of Kenya Ann Odi."
    assert after(text, "Juri Saar", "President") == [("Juri Saar", None), ("Ann Odi", "KE")]


def test_an_office_before_a_pronoun_that_means_nobody_stays() -> None:
    text = "The President of the assembly, they said, met Juri Saar."
    assert ("President", None) in after(text, "President", "Juri Saar")


def test_a_suffix_is_nobody() -> None:
    assert after("Ben Tanner, Jr. met Juri Saar.", "Ben Tanner", "Jr", "Juri Saar") == [
        ("Ben Tanner", None),
        ("Juri Saar", None),
    ]


def test_a_person_under_two_names_is_one() -> None:
    text = "Secretary Ann Odi met Juri Saar, and Odi thanked him."
    assert after(text, "Secretary Ann Odi", "Juri Saar", "Odi") == [("Ann Odi", None), ("Juri Saar", None)]


def test_two_people_of_two_offices_stay_two() -> None:
    text = "President of Kenya Ann Odi met with President of Estonia Juri Saar."
    assert [name for name, _ in after(text, "Ann Odi", "Juri Saar")] == ["Ann Odi", "Juri Saar"]


def test_those_whom_no_words_of_the_text_name_are_left_as_they_are() -> None:
    contact = Contact(
        evidence=(0, 4), said_by=(), form="call", status="held", participants=(Actor(name="the sides"),)
    )
    doc = document("They spoke.")
    assert mended(contact, doc, annotate(doc, RULES)) == contact


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("President", True),
        ("Federal Chancellor of Germany", True),
        ("Prime Minister", True),
        ("National Security Advisor", True),
        ("President of Kenya Ann Odi", False),
        ("Ann Odi", False),
        ("Kenya", False),
        ("", False),
    ],
)
def test_an_office_is_known_by_its_words(name: str, office: bool) -> None:
    assert is_office(name) is office
