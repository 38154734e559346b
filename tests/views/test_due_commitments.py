"""What is due, in words: the status of a commitment with the speaker and the day of each report on it."""

from __future__ import annotations

import re

import pytest

from tests.situation.making import day
from tests.situation.undertaking import Desk, moved, undertaking, violation
from tests.views.rows.test_commitments import DeskShelf
from trucewatch.catalog import ceasefire
from trucewatch.situation import assess
from trucewatch.views import compose

DONBAS = ceasefire("donbas-2020")
LINE = "withdraw its howitzers from the line of contact in Donbas"


def due(desk: Desk, at: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of what is due, with their references."""
    shelf = DeskShelf(desk)
    sitrep = compose(assess(shelf, DONBAS, at=day(at)), text_of=shelf.text)
    (section,) = [section for section in sitrep.sections if section.title == "What is due"]
    return [(sentence.text, sentence.cites) for sentence in section.sentences]


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    text = "Ukraine agreed to withdraw its howitzers"
    desk.tell("02-10", undertaking(LINE, "Ukraine", end="02-18", said="by Friday"), text=text)
    return desk


def test_due_and_overdue_stand_first_in_the_sentence(desk: Desk) -> None:
    ((text, _),) = due(desk, "02-14")
    assert text == f"Due: agreed by Ukraine, by 18 February: {LINE}, according to Wire"
    ((text, cites),) = due(desk, "02-20")
    assert text.startswith("Overdue: agreed by Ukraine, by 18 February")
    assert text.endswith("the deadline has passed and nothing on file says that it was met")
    assert len(cites) == 2


def test_fulfilment_and_its_denial_stand_with_speaker_and_day(desk: Desk) -> None:
    desk.tell(
        "02-17", moved(by="Joint Forces Operation", force="Ukraine"), text="Ukraine has withdrawn its guns"
    )
    desk.tell("02-18", moved("denied", by="Denis Pushilin", force="Ukraine"), text="no withdrawal was seen")
    ((text, cites),) = due(desk, "02-19")
    assert "reported fulfilled by Joint Forces Operation on 17 February" in text
    assert "denied by Denis Pushilin on 18 February" in text
    assert len(cites) == 3


def test_nothing_is_kept_or_broken_in_our_own_voice(desk: Desk) -> None:
    desk.tell("02-10", undertaking("a ceasefire in Donbas", "Russia", topic="ceasefire"))
    desk.tell("02-18", violation("Ukraine", "Russia", place="Donbas"), text="Russia violated the ceasefire")
    found = [text for text, _ in due(desk, "02-19") if "a ceasefire in Donbas" in text]
    assert [re.findall(r"(?:\w+ )?\b(?:kept|broken)\b.*", text) for text in found] == [
        ["reported broken by Ukraine on 18 February"]
    ]


def test_a_vague_deadline_is_not_given_a_day() -> None:
    desk = Desk()
    vague = {"start": "02-20", "end": "02-21", "said": "the coming hours"}
    desk.tell("02-20", undertaking(f"{LINE} in the coming hours", "Ukraine", **vague), text="Ukraine agreed")
    ((text, _),) = due(desk, "02-20")
    assert text == f"Agreed by Ukraine: {LINE} in the coming hours, according to Wire"
