"""What rests on doubtful readings alone is left to the exports, and said to be."""

from __future__ import annotations

import datetime as dt

import msgspec

from trucewatch import catalog
from trucewatch.model import Actor, Contact
from trucewatch.situation import ContactState, Situation, Telling, assess
from trucewatch.situation.doubt import LEAST
from trucewatch.views import compose
from trucewatch.views.sure import sure

DAY = dt.date(2022, 2, 20)


def situation(*confidences: float | None) -> Situation:
    """A situation with one planned meeting, told by claims of these confidences."""
    people = (Actor(name="Anna Lind"), Actor(name="Ivo Marek"))
    tellings = {}
    for number, confidence in enumerate(confidences):
        claim = Contact(
            evidence=(0, 9),
            said_by=(),
            id=f"claim{number}",
            confidence=confidence,
            form="meeting",
            participants=people,
            status="planned",
        )
        tellings[f"claim{number}"] = Telling(
            claim=claim, report="r", sha256="f" * 64, tie="named", published=DAY
        )
    state = ContactState(
        id="contact",
        form="meeting",
        status="planned",
        participants=("Anna Lind", "Ivo Marek"),
        claims=tuple(tellings),
        start=DAY,
        end=DAY,
        told=DAY,
    )
    empty = assess([], catalog.ceasefire("donbas-2020"), at=DAY)
    return msgspec.structs.replace(empty, contacts=(state,), tellings=tellings)


def test_what_is_read_with_little_confidence_alone_is_left_out_and_counted() -> None:
    told, left = sure(situation(LEAST - 0.01))
    assert (told.contacts, left) == ((), 1)
    told, left = sure(situation(LEAST))
    assert (len(told.contacts), left) == (1, 0)


def test_one_sure_telling_is_enough() -> None:
    assert len(sure(situation(0.1, 0.9))[0].contacts) == 1


def test_a_claim_that_somebody_gave_is_sure() -> None:
    assert len(sure(situation(None))[0].contacts) == 1


def test_the_report_says_what_it_leaves_out() -> None:
    def written(told: Situation) -> str:
        found = compose(told, text_of=lambda sha256: "They meet.")
        return "\n".join(s.text for section in found.sections for s in section.sentences)

    doubtful, certain = written(situation(0.1)), written(situation(0.9))
    assert "Lind" not in doubtful
    assert "1 line of the situation left out, read with a confidence below 0.35" in doubtful
    assert "Lind" in certain
    assert "left out" not in certain
