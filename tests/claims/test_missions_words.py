"""Ways in which missions tell their day: two windows, running totals, lists, brackets, bare zeros."""

from __future__ import annotations

import pytest

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims import extract
from trucewatch.claims.counts import read
from trucewatch.model import Count

HEAD = "Tarn Valley Monitoring Mission (TVMM)\nDaily Report 41/2031, 16 May 2031\n\n"
WINDOW = "Window: 18:00 on 14 May to 18:00 on 15 May.\n\n"


def counts(text: str, *, head: str = HEAD) -> list[Count]:
    told = document(head + text, published="2031-05-16")
    return list(read(told, annotate(told)))


def figures(text: str, *, head: str = HEAD + WINDOW) -> list[tuple[object, str | None, bool]]:
    return [(c.low, c.place.name if c.place else None, c.previous) for c in counts(text, head=head)]


def test_two_windows_told_in_turn_are_both_the_reports_own() -> None:
    text = (
        "Between the evenings of 13 and 14 May the Mission logged 42 truce violations in Arda region. "
        "Between the evenings of 14 and 15 May it logged 7 in Arda region. "
        "In the previous reporting period it had logged 3 in Arda region."
    )
    found = [(c.low, c.previous, c.time.start if c.time else None) for c in counts(text)]
    assert found == [(42, False, "2031-05-13"), (7, False, "2031-05-14"), (3, True, None)]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (
            "Since 1 March 2031, the Mission has recorded 4,500 truce violations in both regions.",
            "2031-03-01",
        ),
        ("Since 00:01 on 1 March the Mission has recorded 4,500 truce violations.", "2031-03-01"),
        ("In all, 4,500 truce violations have been recorded since the truce took effect.", None),
        ("So far this year, the Mission has recorded 4,500 truce violations.", "2031"),
    ],
)
def test_what_has_grown_since_a_day_is_a_running_total(words: str, start: str | None) -> None:
    text = f"Arda region: 12 truce violations. Borda region: 9. {words}"
    found = {c.low: (c.running, c.time.start if c.time else None) for c in counts(text, head=HEAD + WINDOW)}
    assert found[12][0] is found[9][0] is False
    assert found[4500] == (True, start)


@pytest.mark.parametrize(
    "words",
    [
        "Since the evening of 14 May, the Mission recorded 45 truce violations in Arda region.",
        "Since 18:00, the Mission recorded 45 truce violations in Arda region.",
        "The 45 truce violations in Arda region were the most since 1 March.",
    ],
)
def test_a_window_or_a_record_since_a_day_is_no_running_total(words: str) -> None:
    assert [(c.low, c.running) for c in counts(words, head=HEAD + WINDOW)] == [(45, False)]


def test_a_figure_in_brackets_after_the_period_before_belongs_to_it() -> None:
    text = (
        "The Mission recorded fewer truce violations in Arda region between the evenings of 14 and 15 May "
        "(two) than in the previous reporting period (three)."
    )
    assert figures(text) == [(2, "Arda region", False), (3, "Arda region", True)]


def test_there_is_the_region_named_in_the_same_sentence() -> None:
    text = (
        "12 truce violations were recorded in Arda region; in the previous reporting period, 189 had been "
        "recorded there.\nNine truce violations were recorded in Borda region; in the previous reporting "
        "period, 40 had been recorded there."
    )
    assert figures(text) == [
        (12, "Arda region", False),
        (189, "Arda region", True),
        (9, "Borda region", False),
        (40, "Borda region", True),
    ]


def test_a_bare_zero_is_a_figure() -> None:
    text = (
        "Arda region: 12 truce violations. Borda region: 9.\n\nIn the previous reporting period the numbers "
        "were zero for Arda region and zero for Borda region."
    )
    assert figures(text)[2:] == [(0, "Arda region", True), (0, "Borda region", True)]


def test_a_list_under_headings() -> None:
    text = (
        "Arda region\n- Truce violations: 591\n- Explosions: 553\n- Previous reporting period: 222\n\n"
        "Borda region\n- Truce violations: 975\n"
    )
    found = [(c.measure, c.low, c.place.name if c.place else None, c.previous) for c in counts(text)]
    assert found == [
        ("ceasefire_violations", 591, "Arda region", False),
        ("explosions", 553, "Arda region", False),
        ("ceasefire_violations", 222, "Arda region", True),
        ("ceasefire_violations", 975, "Borda region", False),
    ]


def test_a_missions_tally_is_kept_however_short_its_line() -> None:
    text = HEAD + WINDOW + "Arda region: 1 truce violation (previous reporting period: 1).\n"
    told = document(text, published="2031-05-16")
    found = [c for c in extract(told, annotate(told)) if isinstance(c, Count)]
    assert [(c.low, c.previous) for c in found] == [(1, False), (1, True)]
