"""The contact that a title tells where the title stands outside the text."""

from __future__ import annotations

import msgspec
import pytest

from tests.reading import document
from trucewatch.annotations import RULES, annotate
from trucewatch.claims import contacts
from trucewatch.claims.titles import READER, explained, legible
from trucewatch.model import Actor, Contact


def read(title: str, text: str, *, published: str = "2031-05-14") -> list[Contact]:
    doc = document(text, published=published)
    doc = msgspec.structs.replace(doc, report=msgspec.structs.replace(doc.report, title=title))
    marks = annotate(doc, RULES)
    told = list(contacts.read(doc, marks))
    return [claim for claim in explained(doc, marks, told) if isinstance(claim, Contact)]


def of_title(title: str, text: str) -> list[Contact]:
    return [contact for contact in read(title, text) if contact.reader == READER]


def names(contact: Contact) -> list[str]:
    return [actor.name for actor in contact.participants]


def test_a_title_tells_whom_the_presidents_of_the_text_are() -> None:
    text = "The presidents discussed trade. Ann Odi spoke of the border."
    (call,) = of_title("Telephone conversation with President of Kenya Ann Odi", text)
    assert (call.form, call.status, names(call)) == ("call", "held", ["Ann Odi"])
    assert call.participants[0].country == "KE"
    assert text[slice(*call.evidence)] == "The presidents discussed trade."


def test_what_the_text_tells_as_fully_is_not_told_again() -> None:
    text = (
        "Estonian President Juri Saar spoke by phone with President of Kenya Ann Odi. They discussed trade."
    )
    assert of_title("Telephone conversation with President of Kenya Ann Odi", text) == []


def test_a_contact_of_before_does_not_stand_for_the_titles_own() -> None:
    text = "After the previous telephone conversation between Ann Odi and Juri Saar, the talks went on."
    (call,) = of_title("Telephone conversation with President of Kenya Ann Odi", text)
    assert names(call) == ["Ann Odi"]


def test_a_title_that_begins_the_text_is_read_there() -> None:
    title = "Telephone conversation with President of Kenya Ann Odi"
    assert of_title(title, f"{title}\n\nThe presidents discussed trade.") == []


def test_several_conversations_are_one_with_each() -> None:
    text = "The leaders discussed trade."
    title = "Telephone conversations with President of Kenya Ann Odi and President of Estonia Juri Saar"
    assert [names(call) for call in of_title(title, text)] == [["Ann Odi"], ["Juri Saar"]]
    joint = "Telephone conversation with President of Kenya Ann Odi and President of Estonia Juri Saar"
    assert [names(call) for call in of_title(joint, text)] == [["Ann Odi", "Juri Saar"]]


@pytest.mark.parametrize(
    "title",
    [
        "On May 16, Juri Saar will hold talks with President of Kenya Ann Odi",
        "President of Estonia Juri Saar to meet with President of Kenya Ann Odi",
        "Juri Saar arrived in Nairobi to meet with President of Kenya Ann Odi",
    ],
)
def test_what_is_to_come_is_planned(title: str) -> None:
    (meeting, *_) = of_title(title, "The agenda covers trade.")
    assert meeting.status == "planned"


def test_the_day_that_the_opening_begins_with_is_the_titles() -> None:
    title = "President of Estonia Juri Saar to meet with President of Kenya Ann Odi"
    (meeting,) = of_title(title, "On May 16, the two will discuss trade.")
    assert meeting.time and (meeting.time.start, meeting.time.end) == ("2031-05-16", "2031-05-16")
    (other,) = of_title(title, "They will go on with the talks held on May 2.")
    assert other.time is None


def test_talks_of_two_states_are_told_without_a_person() -> None:
    (talks,) = of_title("Press statements following Kenyan-Estonian talks", "Ladies and gentlemen, good day.")
    assert names(talks) == ["Kenya", "Estonia"]


def test_a_title_of_no_contact_tells_none() -> None:
    for title in ("", "Greetings to the builders of Vordal", "Executive order on railways"):
        assert of_title(title, "The message reads as follows.") == []


def test_i_is_the_author_whom_the_title_names() -> None:
    text = "This morning, I spoke with President Juri Saar of Estonia."
    doc = document(text)
    marks = annotate(doc, RULES)
    alone = Contact(
        evidence=(0, len(text)),
        said_by=(),
        form="talks",
        status="held",
        participants=(Actor(name="Juri Saar", type="person"),),
    )
    for title, told in (
        ("Statement by President Ann Odi on the harvest", ["Ann Odi", "Juri Saar"]),
        ("A harvest of plenty", ["Juri Saar"]),
    ):
        titled = msgspec.structs.replace(doc, report=msgspec.structs.replace(doc.report, title=title))
        (call,) = (c for c in explained(titled, marks, [alone]) if isinstance(c, Contact))
        assert names(call) == told


def test_lost_escapes_and_spaces_of_a_title_are_mended() -> None:
    assert legible("Readout of President_Odiu2019s Call with President JosxE9 Lara") == (
        "Readout of President Odi’s Call with President José Lara"
    )
    assert legible("The 2019 plan, 2xC3") == "The 2019 plan, 2xC3"
