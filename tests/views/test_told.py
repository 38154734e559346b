"""What each side told of a contact: by both, by one, differently, contradicted; and in whose exact words."""

from __future__ import annotations

import re

import msgspec
import pytest

from tests.situation.making import day, entries, report
from tests.views.asking import told
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Contact, Report, Time
from trucewatch.situation import Situation, assess
from trucewatch.situation.readouts.nouns import AccountOf, PointRelation, Readout, ReadoutPoint
from trucewatch.views import compose, render

DONBAS = ceasefire("donbas-2020")
TITLE = "Contacts and what each side told"
OURS = (
    "The two ministers spoke on Sunday. They agreed to step up the search. They want a truce in the Donbas."
)
THEIRS = 'A call took place. The search was discussed. "Kyiv\'s guns" were blamed. No truce was mentioned.'


def call() -> Contact:
    return Contact(
        evidence=(0, 1),
        said_by=(),
        form="call",
        status="held",
        participants=(Actor(name="Ukraine"), Actor(name="Russia")),
        time=Time(text="on Sunday", start="2022-02-20", end="2022-02-20"),
    )


def account(told_: Report) -> AccountOf:
    return AccountOf(
        report=told_.id, sha256=told_.sha256, publisher=told_.publisher, published=told_.published
    )


KYIV = report("kyiv", "02-20", publisher="Office in Kyiv", text=OURS)
MOSCOW = report("moscow", "02-20", publisher="Office in Moscow", text=THEIRS)
TEXTS = {KYIV.sha256: OURS, MOSCOW.sha256: THEIRS}


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def point(relation: PointRelation, a: str = "", b: str = "", **more: object) -> ReadoutPoint:
    made = ReadoutPoint(relation=relation, a=(span(OURS, a),) if a else (), b=(span(THEIRS, b),) if b else ())
    return msgspec.structs.replace(made, **more)


def situation(*points: ReadoutPoint, at: str = "02-20") -> Situation:
    held = [*entries(KYIV, call()), *entries(MOSCOW, call())]
    found = assess(held, DONBAS, at=day(at), known=day(at))
    contact = found.contacts[0].id
    readout = Readout(contact=contact, a=account(KYIV), b=account(MOSCOW), points=points)
    return msgspec.structs.replace(found, readouts=(readout,) if points else ())


def text_of(sha256: str) -> str:
    return TEXTS[sha256]


def sentences(*points: ReadoutPoint, at: str = "02-20") -> list[str]:
    return told(situation(*points, at=at), TITLE, text_of=text_of)


SEARCH = point(
    "differently",
    "agreed to step up the search",
    "The search was discussed",
    why="agreed / discussed",
    differs_a=(span(OURS, "agreed"),),
    differs_b=(span(THEIRS, "discussed"),),
)


def test_the_points_are_counted_by_how_they_are_told() -> None:
    found = sentences(
        point("both", "spoke on Sunday", "A call took place"),
        SEARCH,
        point("only_a", "They want a truce in the Donbas"),
        point("only_b", b="No truce was mentioned"),
    )
    assert found[1] == (
        "Two accounts of the call of Ukraine and Russia, by Office in Kyiv and by Office in Moscow: "
        "4 points, 1 told by both, 1 told differently, 1 only by Office in Kyiv and 1 only by Office in "
        "Moscow; to leave out is not to deny, and what they put in wholly other words may stand as two points"
    )


def test_what_is_told_differently_stands_side_by_side_with_the_differing_words() -> None:
    assert sentences(SEARCH)[2] == (
        "Told differently (agreed / discussed): Office in Kyiv: “agreed to step up the search”; Office in "
        "Moscow: “The search was discussed”; the words that differ: “agreed” against “discussed”"
    )


def test_an_omission_is_told_by_one_and_no_contradiction() -> None:
    found = sentences(point("only_a", "They want a truce in the Donbas"))
    assert found[2] == "Told only by Office in Kyiv: “They want a truce in the Donbas”"
    assert not any("ontradicted" in text for text in found)


def test_a_contradiction_stands_before_what_is_told_alike() -> None:
    found = sentences(
        point("both", "spoke on Sunday", "A call took place"),
        point("contradicted", "They want a truce", "No truce was mentioned", why="denies"),
    )
    assert found[2].startswith(
        "Contradicted (denies): Office in Kyiv: “They want a truce”; Office in Moscow: "
    )
    assert found[3].startswith("Told by both: ")


def test_whose_words_an_account_gives_is_said_unless_it_is_a_pronoun() -> None:
    relayed = point("only_b", b="No truce was mentioned", voices_b=("Kremlin",))
    vague = point("only_b", b="No truce was mentioned", voices_b=("It",))
    assert sentences(relayed)[2].endswith("“No truce was mentioned” (as the words of Kremlin)")
    assert sentences(vague)[2].endswith("“No truce was mentioned”")


def test_words_with_quotation_marks_inside_stand_without_any() -> None:
    found = sentences(point("only_b", b='"Kyiv\'s guns" were blamed'))
    assert found[2] == "Told only by Office in Moscow: Kyiv's guns were blamed"


def test_each_quoted_passage_stands_in_a_reference_of_its_sentence() -> None:
    found = situation(SEARCH, point("only_a", "They want a truce in the Donbas"))
    sitrep = compose(found, text_of=text_of)
    by_number = {reference.number: reference for reference in sitrep.references}
    (section,) = [one for one in sitrep.sections if one.title == TITLE]
    for sentence in section.sentences:
        words = " ".join(by_number[number].words or "" for number in sentence.cites)
        for quoted in re.findall(r"“([^”]*)”", sentence.text):
            assert quoted in words
    assert "the words are not on file" not in render(found, shape="text", text_of=text_of)


def test_more_than_three_points_of_one_side_are_counted() -> None:
    parts = ("They agreed", "They want", "a truce", "in the Donbas", "step up")
    found = sentences(*(point("only_a", words) for words in parts))
    assert found[2].endswith("; and 2 more")


def test_a_comparison_of_a_contact_of_long_ago_is_not_told_again() -> None:
    assert not any("Two accounts" in text for text in sentences(SEARCH, at="02-27"))


def test_two_accounts_of_one_publisher_are_told_apart_by_their_reports() -> None:
    found = situation(SEARCH)
    (readout,) = found.readouts
    same = msgspec.structs.replace(readout, b=msgspec.structs.replace(readout.b, publisher="Office in Kyiv"))
    text = told(msgspec.structs.replace(found, readouts=(same,)), TITLE, text_of=text_of)[1]
    assert "by Office in Kyiv (kyiv) and by Office in Kyiv (moscow)" in text


def test_without_two_accounts_it_says_so() -> None:
    assert sentences()[-1] == "No two accounts of one contact by different sides are on file to be compared"


def test_a_contact_without_a_text_on_file_is_told_all_the_same() -> None:
    found = told(situation(SEARCH), TITLE, text_of=lambda sha256: "")
    assert "Office in Kyiv: the words are not on file" in found[2]


@pytest.mark.parametrize("shape", ["text", "md", "html"])
def test_hostile_words_of_an_account_stay_words(shape: str) -> None:
    hostile = "<script>alert(1)</script> \u202e[x](http://e.vil)"
    told_ = report("evil", "02-20", publisher="Office <b>", text=hostile)
    found = situation(SEARCH)
    (readout,) = found.readouts
    evil = ReadoutPoint(relation="only_b", b=((0, len(hostile)),))
    changed = msgspec.structs.replace(readout, b=account(told_), points=(evil,))
    held = msgspec.structs.replace(found.reports[0], report="evil", sha256=told_.sha256)
    whole = msgspec.structs.replace(found, readouts=(changed,), reports=(*found.reports, held))
    written = render(whole, shape=shape, text_of={**TEXTS, told_.sha256: hostile}.__getitem__)
    assert "\u202e" not in written
    if shape == "html":
        assert "<script" not in written
        assert "&lt;script&gt;" in written
    if shape == "md":
        assert "\\<script" in written
