"""What became of a contact, and whether it is one, by the words around it."""

from __future__ import annotations

import msgspec
import pytest

from tests.reading import document
from tests.seeing import on, sight
from trucewatch.annotations import RULES, annotate
from trucewatch.claims import contacts, extract, vetoes
from trucewatch.claims.fillers import View
from trucewatch.claims.seen import READER
from trucewatch.model import Actor, Contact, ContactForm, ContactStatus

FRIDAY = "2031-05-16"


def kept(
    text: str, words: str, *, status: ContactStatus = "held", form: ContactForm = "meeting"
) -> Contact | None:
    """A contact as the encoder reads it on some words of a report of a Friday; None where it is dropped."""
    doc = document(text, published=FRIDAY)
    two = (Actor(name="Marta Velik"), Actor(name="Juri Saar"))
    contact = Contact(
        evidence=on(text, words), said_by=(), form=form, status=status, participants=two, reader=READER
    )
    view = View(doc, annotate(doc, RULES), sight(text))
    claim = vetoes.tempered(view, contact)
    assert isinstance(claim, Contact)
    return claim if vetoes.meets(view, claim) else None


def status_of(text: str, words: str) -> str | None:
    found = kept(text, words)
    return found.status if found else None


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("A meeting of the envoys set for noon had not taken place, Tallinn said.", "A meeting", "cancelled"),
        ("The session was not held because Poland refused to come.", "The session", "refused"),
        ("The talks in Geneva did not happen and were put off to June.", "The talks in Geneva", "postponed"),
        ("No meeting of the envoys took place.", "No meeting of the envoys", "cancelled"),
        ("The summit has not yet been held.", "The summit", "planned"),
    ],
)
def test_what_did_not_take_place_was_not_held(text: str, words: str, status: str) -> None:
    assert status_of(text, words) == status


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The session was not held until late on Thursday.", "The session"),
        ("Velik and Saar met in Oslo; the next talks did not take place.", "Velik and Saar met in Oslo"),
        ("After the talks on Monday a second round of talks was not held.", "After the talks on Monday"),
        ("The talks in Geneva took place. The handover did not happen.", "The talks in Geneva took place"),
    ],
)  # fmt: skip
def test_what_took_place_stays_held_beside_what_did_not(text: str, words: str) -> None:
    assert status_of(text, words) == "held"


def test_those_who_did_not_meet_have_no_contact() -> None:
    assert kept("Velik and Saar did not speak on Monday.", "Velik and Saar did not speak on Monday") is None
    assert kept("Velik and Saar did not meet until Monday.", "Velik and Saar did not meet until Monday")


def test_a_meeting_announced_for_a_weekday_is_planned_for_the_next_one() -> None:
    found = kept("The envoy announced another meeting for Saturday.", "another meeting for Saturday")
    assert found and found.status == "planned"
    assert found.time and (found.time.start, found.time.end) == ("2031-05-17", "2031-05-17")


@pytest.mark.parametrize(
    "text",
    [
        "The envoy announced on Thursday that the meeting was held for the press.",
        "The meeting that the envoy had called for Wednesday was held.",
        "The envoy held a meeting for two hours on Wednesday.",
    ],
)
def test_a_meeting_that_was_held_is_not_planned(text: str) -> None:
    assert status_of(text, "meeting") == "held"


def test_the_rules_read_a_meeting_announced_for_a_day_likewise() -> None:
    doc = document("Poland announced a meeting with Estonia for Monday.", published=FRIDAY)
    marks = annotate(doc, RULES)
    (claim,) = contacts.read(doc, marks)
    settled = vetoes.tempered(
        View(doc, marks, sight(doc.text)), msgspec.structs.replace(claim, status="held")
    )
    assert isinstance(settled, Contact) and settled.time
    assert (settled.status, settled.time.start) == ("planned", "2031-05-19")


# --- form, and what is no contact ---


def test_consulting_somebody_is_talks_and_no_visit() -> None:
    text = "Polish President Marta Velik will consult Estonian President Juri Saar in the coming days."
    doc = document(text)
    (claim,) = [c for c in extract(doc, annotate(doc)) if isinstance(c, Contact)]
    assert (claim.form, claim.status) == ("talks", "planned")
    assert [a.name for a in claim.participants] == ["Marta Velik", "Juri Saar"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Velik will consult Saar soon.", "talks"),
        ("Velik will consult Saar by phone.", "call"),
        ("Velik will travel to Tallinn to consult Saar.", "visit"),
        ("Saar will receive Velik for consultations.", "visit"),
    ],
)
def test_a_visit_is_called_one_by_its_words(text: str, form: str) -> None:
    found = kept(text, text[:-1], status="planned", form="visit")
    assert found and found.form == form


def test_earlier_exchanges_that_work_starts_from_are_no_planned_talks() -> None:
    text = "They will resume work in the Geneva format, building on their latest exchanges."
    assert kept(text, text[:-1], status="planned", form="talks") is None


@pytest.mark.parametrize(
    "text",
    ["They will stay in contact.", "They plan an exchange of views.", "Envoys will travel to Tallinn."],
)
def test_what_is_planned_in_other_words_for_meeting_stays(text: str) -> None:
    assert kept(text, text[:-1], status="planned", form="talks")
