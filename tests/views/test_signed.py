"""A report is a draft until somebody signs it; then it is frozen, and what changes makes another version."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.making import daily, day, press
from tests.situation.undertaking import undertaking
from tests.views.asking import section
from tests.views.signing import Archive
from trucewatch.catalog import ceasefire
from trucewatch.errors import UsageError
from trucewatch.views import SHAPES, Section, Sentence, Sitrep
from trucewatch.views.reporting import Current, current, sign, version
from trucewatch.views.signed import (
    UNSIGNED,
    difference_in_words,
    differences,
    freeze,
    is_same,
    status_in_words,
    thaw,
)

DONBAS = ceasefire("donbas-2020")
AT, KNOWN = day("02-19"), day("02-20")
OLD = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def archive() -> Archive:
    made = Archive()
    made.put(daily("02-18", 222, 648), recorded=OLD)
    made.put(daily("02-19", 591, 975), recorded=OLD)
    return made


def show(archive: Archive) -> Current:
    return current(archive, DONBAS, at=AT, known=KNOWN)


def frozen_version(archive: Archive, number: int) -> bytes:
    return version(archive, DONBAS, at=AT, number=number, shape="json").encode()


def correct(archive: Archive) -> None:
    """Another figure for the day comes in, restated by the next report."""
    archive.put(daily("02-20", 5, 7, before=(600, 975)))


def sitrep(*sentences: str, title: str = "Figures") -> Sitrep:
    told = tuple(Sentence(text=text, cites=(1,)) for text in sentences)
    return Sitrep(
        title="T", at=AT, known=None, sections=(Section(title=title, sentences=told),), references=()
    )


# --- draft, signed, draft again ----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_headed_draft_until_it_is_signed(archive: Archive, shape: str) -> None:
    found = show(archive)
    assert "DRAFT, not signed" in SHAPES[shape](found.sitrep, found.status)
    signature = sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    found = show(archive)
    written = " ".join(SHAPES[shape](found.sitrep, found.status).split())
    assert "DRAFT" not in written
    assert "Version 1, signed by A. Mirza on" in written
    assert signature.sha256 in written.replace(" ", "")


def test_what_is_signed_is_frozen_with_its_hash(archive: Archive) -> None:
    signature = sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    frozen = frozen_version(archive, 1)
    assert hashlib.sha256(frozen).hexdigest() == signature.sha256
    assert freeze(thaw(frozen)) == frozen
    assert json.loads(frozen)["ceasefire"] == "donbas-2020"


def test_a_signed_report_bears_the_moment_it_was_made_of_and_can_be_made_again(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    frozen = frozen_version(archive, 1)
    moment = thaw(frozen).recorded
    assert moment is not None
    correct(archive)
    again = show(archive.as_of(moment))
    assert again.status == UNSIGNED
    assert freeze(msgspec.structs.replace(again.sitrep, recorded=moment)) == frozen


def test_signing_twice_what_has_not_changed_makes_no_second_version(archive: Archive) -> None:
    first = sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    assert sign(archive, DONBAS, at=AT, known=KNOWN, by="B. Osei") == first
    assert len(archive.signatures()) == 1


def test_a_later_change_makes_a_draft_of_version_2_with_the_differences(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    correct(archive)
    found = show(archive)
    assert found.status.signed is None
    assert found.status.before is not None
    text = " ".join(SHAPES["text"](found.sitrep, found.status).split())
    assert "DRAFT of version 2, not signed" in text
    assert "to version 1, which was signed by A. Mirza" in text
    assert "DIFFERENCES TO VERSION 1" in text
    figures = [one for one in found.sitrep.differences if one.section == "Figures"]
    assert figures
    assert any(one.numbers for one in figures)


def test_version_2_carries_its_differences_and_version_1_stays_as_it_was(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    shown = {shape: version(archive, DONBAS, at=AT, number=1, shape=shape) for shape in (*SHAPES, "json")}
    correct(archive)
    assert sign(archive, DONBAS, at=AT, known=KNOWN, by="B. Osei").version == 2
    assert thaw(frozen_version(archive, 2)).differences
    for shape, written in shown.items():
        assert version(archive, DONBAS, at=AT, number=1, shape=shape) == written
    found = show(archive)
    assert found.status.signed is not None
    assert found.status.signed.version == 2
    assert "DIFFERENCES TO VERSION 1" in SHAPES["text"](found.sitrep, found.status)


def test_an_earlier_day_of_knowledge_shows_the_version_that_was_signed_of_it(archive: Archive) -> None:
    archive.put(daily("02-21", 5, 7, before=(600, 975)), recorded=OLD)
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    later = current(archive, DONBAS, at=AT, known=day("02-21"))
    assert later.status.before is not None
    sign(archive, DONBAS, at=AT, known=day("02-21"), by="A. Mirza")
    assert show(archive).status.signed is not None
    found = current(archive, DONBAS, at=AT, known=day("02-21"))
    assert found.status.signed is not None
    assert found.status.signed.version == 2


def test_at_a_moment_before_signing_it_is_a_draft(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    assert show(archive.as_of(OLD)).status == UNSIGNED


def test_the_next_day_is_compared_with_what_was_signed_last(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=AT, by="A. Mirza")
    archive.put(press("02-20", undertaking("keep the truce", "Russia", topic="ceasefire", place="Donbas")))
    found = current(archive, DONBAS, at=day("02-21"), known=day("02-21"))
    first = section(found.sitrep, "Since the last report")[0]
    assert first.startswith(
        "Compared with version 1 of 19 February 2022, signed by A. Mirza, 1 report came in"
    )


def test_a_version_that_is_not_there_is_named_with_those_there_are(archive: Archive) -> None:
    with pytest.raises(UsageError, match=r"no version 1 .* none is signed"):
        version(archive, DONBAS, at=AT, number=1, shape="text")
    sign(archive, DONBAS, at=AT, known=KNOWN, by="A. Mirza")
    with pytest.raises(UsageError, match=r"no version 3 .* there are: 1"):
        version(archive, DONBAS, at=AT, number=3, shape="text")


def test_a_hostile_name_signs_as_words(archive: Archive) -> None:
    sign(archive, DONBAS, at=AT, known=KNOWN, by="<script>alert(1)</script> \u202ex\x1b[31m `*_")
    found = show(archive)
    page = SHAPES["html"](found.sitrep, found.status)
    assert "<script" not in page
    assert "\u202e" not in page + SHAPES["text"](found.sitrep, found.status)
    assert "\x1b" not in SHAPES["text"](found.sitrep, found.status)
    assert "\\`\\*\\_" in SHAPES["md"](found.sitrep, found.status)


# --- differences -------------------------------------------------------------------------------------------


def test_a_changed_number_is_called_out() -> None:
    old, new = (
        sitrep("The SMM recorded 1,566 violations on 18 February"),
        sitrep("The SMM recorded 1,579 violations on 18 February"),
    )
    (found,) = differences(old, new)
    assert found.numbers == ("-1,566", "+1,579")
    assert difference_in_words(found) == (
        "Figures, changed: The SMM recorded 1,579 violations on 18 February; before: The SMM recorded 1,566 "
        "violations on 18 February (numbers: -1,566, +1,579)"
    )


def test_a_date_a_time_and_a_decimal_are_one_number_each() -> None:
    old, new = sitrep("On 2022-02-19 at 19:30, 5.4 times"), sitrep("On 2022-02-20 at 19:00, 3.0 times")
    (found,) = differences(old, new)
    assert found.numbers == ("-2022-02-19", "-19:30", "-5.4", "+2022-02-20", "+19:00", "+3.0")


def test_sentences_are_added_and_removed_by_section() -> None:
    old, new = sitrep("One stays", "A quiet day of talks"), sitrep("One stays", "Forty guns were moved away")
    found = differences(old, new)
    assert [(one.was, one.now) for one in found] == [
        (None, "Forty guns were moved away"),
        ("A quiet day of talks", None),
    ]
    assert {one.section for one in found} == {"Figures"}


def test_a_section_that_is_new_or_gone_is_a_difference() -> None:
    found = differences(sitrep("One", title="What is due"), sitrep("One", title="Disputed"))
    assert [(one.section, one.was, one.now) for one in found] == [
        ("Disputed", None, "One"),
        ("What is due", "One", None),
    ]


def test_other_reference_numbers_are_no_difference_in_words() -> None:
    old = sitrep("One")
    renumbered = msgspec.structs.replace(
        old, sections=(Section(title="Figures", sentences=(Sentence(text="One", cites=(2,)),)),)
    )
    (found,) = differences(old, renumbered)
    assert (found.section, found.was) == ("References", "The claims cited as they were")
    assert not is_same(old, renumbered)


SENTENCES = st.lists(st.sampled_from(["One 1", "Two 2,000", "Three", "Four 4", "Five"]), unique=True)


@settings(deadline=None, max_examples=60)
@given(one=SENTENCES, other=SENTENCES)
def test_differences_are_none_exactly_where_nothing_differs(one: list[str], other: list[str]) -> None:
    found = differences(sitrep(*one), sitrep(*other))
    assert (not found) == (one == other)
    assert {d.was for d in found if d.was and d.now is None} <= {*one}
    assert {d.now for d in found if d.now and d.was is None} <= {*other}


def test_halves_of_characters_do_not_stop_a_signature() -> None:
    assert b"?" in freeze(sitrep("broken \ud800 half"))


def test_a_draft_says_so_in_a_line() -> None:
    assert status_in_words(UNSIGNED) == "DRAFT, not signed: read by machine and not checked by hand"
