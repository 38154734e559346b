"""Corrections, withdrawals and erasures of reports, in words: what they changed and what stays on file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from tests.situation.making import daily, day
from tests.views.asking import no_text, section
from trucewatch.catalog import ceasefire
from trucewatch.situation import Situation, assess
from trucewatch.situation.corrections import Correction
from trucewatch.views import SHAPES, compose
from trucewatch.views.signed import UNSIGNED

DONBAS = ceasefire("donbas-2020")
HELD = daily("02-19", 591, 975)
NOTHING = "No report was corrected or withdrawn, and no figure changed, since the report before"


def at(date: str) -> Situation:
    return assess(HELD, DONBAS, at=day(date), known=day(date))


def correction(**given: Any) -> Correction:
    told = HELD[0].report
    made = Correction(
        publisher=told.publisher,
        report=told.id,
        number=2,
        kind="correction",
        day=day("02-20"),
        published=day("02-20"),
        recorded=dt.datetime(2022, 2, 20, tzinfo=dt.UTC),
        title="",
        url=None,
        sha256=told.sha256,
    )
    return msgspec.structs.replace(made, **given)


def told(*found: Correction) -> list[str]:
    sitrep = compose(at("02-20"), text_of=no_text, before=at("02-19"), corrections=found)
    return section(sitrep, "Corrections")


def test_a_correction_is_told_with_the_words_it_changed_and_the_claims_it_took_away() -> None:
    (name,) = [entry.claim.id or "" for entry in HELD[:1]]
    changed = correction(
        words_added=1, words_removed=2, added=("591",), removed=("some 600",), claims_gone=(name,)
    )
    assert told(changed) == [
        "Corrected by its publisher on 20 February: the report smm-02-19 (OSCE SMM), 1 word added, "
        "2 removed, the first: “591” in place of “some 600”; 1 claim no longer in it"
    ]


def test_a_withdrawal_is_told_with_its_reason() -> None:
    (text,) = told(correction(kind="withdrawn", why="A slip of the pen"))
    assert text.startswith("Withdrawn by its publisher on 20 February: the report smm-02-19")
    assert text.endswith(", reason: A slip of the pen")


def test_another_date_is_told_from_to() -> None:
    (text,) = told(correction(kind="redated", was=day("02-19")))
    assert text.endswith("the report smm-02-19 (OSCE SMM), from 19 February to 20 February")


def test_an_erasure_is_told_by_its_reason_and_nothing_else() -> None:
    (text,) = told(correction(kind="erased", why="a child is named"))
    assert text.startswith("Erased from this ledger on 20 February: the report smm-02-19 (OSCE SMM)")
    assert text.endswith(", reason: a child is named")


def test_a_correction_of_a_report_on_something_else_is_left_out() -> None:
    assert told(correction(report="cooking")) == [NOTHING]


def test_many_corrections_are_cut_short_and_counted() -> None:
    found = told(*(correction(number=number) for number in range(2, 10)))
    assert len(found) == 6
    assert found[-1] == "More in the exports: reports (3)"


def test_none_is_said_to_be_none() -> None:
    assert told() == [NOTHING]


def test_hostile_words_of_a_correction_stay_words() -> None:
    evil = correction(added=("<script>\u202e",), words_added=1, why="[x](http://e.vil) `*")
    sitrep = compose(at("02-20"), text_of=no_text, before=at("02-19"), corrections=(evil,))
    page = SHAPES["html"](sitrep, UNSIGNED)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\\[x\\]" in SHAPES["md"](sitrep, UNSIGNED)
