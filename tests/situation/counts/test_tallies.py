"""Rival tallies: which stand side by side, with which definitions, and why they differ."""

from __future__ import annotations

from typing import Any

from tests.situation.making import count, daily, press, report
from tests.situation.making import entries as of_report
from tests.situation.shelf import Held
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Count, Entry, Place, Statement, Time
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.tallies import TallyRow, rows

DONBAS = ceasefire("donbas-2020")


def tallies(found: list[Entry], query: Query | None = None) -> list[TallyRow]:
    return rows(Held(found), query or Query(ceasefire=DONBAS))


def tally(low: int, who: str, where: str, start: str, end: str, **fields: Any) -> Count:
    return Count(
        evidence=fields.pop("evidence", (0, 1)),
        said_by=(),
        measure=fields.pop("measure", "ceasefire_violations"),
        low=low,
        high=fields.pop("high", low),
        observer=Actor(name=who),
        place=Place(text=where, name=where),
        time=Time(start=start, end=end),
        **fields,
    )


def test_a_partys_tally_stands_beside_the_missions_with_both_definitions() -> None:
    party = count(12, None, window=("02-18", "02-18"), observer=Actor(name="Joint Forces Operation"))
    found = {row.counter: row for row in tallies([*daily("02-19", 591, 975), *press("02-19", party)])}
    jfo, smm = found["jfo-violations"], found["smm-violations"]
    (beside,) = jfo.rivals
    assert (beside.counter, beside.low) == ("smm-violations", 1566)
    assert {"window", "definition", "accused"} <= set(beside.differ)
    assert "19:30 to 19:30, Europe/Kyiv" in beside.words
    assert "armed formations" in beside.words
    assert "continuous episode of fire" in (jfo.definition or "")
    assert "muzzle flash" in (smm.definition or "")
    assert (jfo.window_start, jfo.window_end) == ("2022-02-18", "2022-02-18")


def test_a_tally_alone_has_no_row() -> None:
    assert tallies(daily("02-19", 591, 975)) == []


def test_a_month_is_not_set_against_one_of_its_days() -> None:
    month = tally(700, "Joint Forces Operation", "Donbas", "2022-02", "2022-02")
    assert tallies([*daily("02-19", 591, 975), *press("02-28", month)]) == []


def test_an_accusation_on_the_same_words_says_whose_acts_are_counted() -> None:
    counted = tally(12, "village council", "Donbas", "2022-02-18", "2022-02-18", evidence=(0, 40))
    charge = Statement(
        evidence=(5, 60),
        said_by=(),
        speaker=(Actor(name="village council"),),
        act="accuse",
        form="indirect",
        about=(Actor(name="separatists"),),
    )
    local = of_report(report("local", "02-18", publisher="The Wire"), counted, charge)
    found = tallies([*daily("02-19", 591, 975), *local])
    (mine,) = (row for row in found if row.voice == "village council")
    assert (mine.counter, mine.accused) == (None, ("separatists",))


# Figures of 2018 and 2020 on the Line of Control as published: replies to Parliament, officials, the press.


def line_of_control() -> list[Entry]:
    where = "Line of Control"
    return [
        *press("2018-02-10", tally(408, "Government of India", where, "2018-01", "2018-01"), name="reply"),
        *press("2018-02-11", tally(21, "a count from the press", where, "2018-01", "2018-01"), name="count"),
        *press(
            "2021-01-28",
            tally(5133, "Government of India", where, "2020-01-01", "2020-12-31"),
            name="year",
        ),
        *press(
            "2021-02-26", tally(4465, "Indian officials", where, "2020-01-01", "2020-12-31"), name="rival"
        ),
    ]


def test_a_press_count_stands_beside_the_official_one_where_the_catalog_has_no_ceasefire() -> None:
    found = tallies(line_of_control(), Query())
    pairs = {(row.voice, row.low, row.rivals[0].voice, row.rivals[0].low) for row in found}
    assert pairs == {
        ("Government of India", 408, "a count from the press", 21),
        ("a count from the press", 21, "Government of India", 408),
        ("Government of India", 5133, "Indian officials", 4465),
        ("Indian officials", 4465, "Government of India", 5133),
    }
    assert all(row.ceasefire is None and "definition" in row.rivals[0].differ for row in found)
    assert "no definition is on file" in found[0].rivals[0].words


def test_the_period_chooses_the_windows() -> None:
    found = tallies(line_of_control(), Query(period=Period.of("2018")))
    assert {row.low for row in found} == {408, 21}


def test_parts_restated_figures_and_other_things_are_no_rivals() -> None:
    day = ("2022-02-18", "2022-02-18")
    odd = [
        tally(5, "Joint Forces Operation", "Donbas", *day, measure="other"),
        tally(6, "Joint Forces Operation", "Donbas", *day, part_of="x"),
        tally(7, "Joint Forces Operation", "Donbas", *day, running=True),
    ]
    assert tallies([*daily("02-19", 591, 975), *press("02-19", *odd)]) == []
