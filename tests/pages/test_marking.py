"""A text cut into runs and parts keeps every word, whatever the claims on it are."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from trucewatch.model import Entry, Incident, Report
from trucewatch.pages import marking

REPORT = Report(id="r", data=b"", media_type="text/plain", origin="", sha256="0" * 64)
WHEN = dt.datetime(2022, 2, 20, tzinfo=dt.UTC)


def entry(start: int, end: int) -> Entry:
    claim = Incident(id="a", evidence=(start, end), said_by=(), type="clash")
    return Entry(claim=claim, report=REPORT, recorded=WHEN)


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text(max_size=50), st.lists(spans, max_size=6))
def test_the_runs_in_a_row_are_the_text(text: str, evidence: list[list[int]]) -> None:
    entries = [entry(start, end) for start, end in evidence]
    runs = marking.runs(text, entries, (0, len(text)))
    assert "".join(run.text for run in runs) == text
    for number, (start, end) in enumerate(evidence, start=1):
        covered = "".join(run.text for run in runs if number in run.claims)
        assert covered == text[start:end]
        assert sum(number in run.begins for run in runs) == (start < min(end, len(text)))


@given(st.text(alphabet="ab \n", max_size=400))
def test_the_parts_in_a_row_are_the_text(text: str) -> None:
    whole, near = marking.PART, marking._NEAR
    try:
        marking.PART, marking._NEAR = 50, 10
        found = marking.parts(text)
    finally:
        marking.PART, marking._NEAR = whole, near
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= 50 for start, end in found)


def test_what_steers_the_direction_or_the_screen_is_named() -> None:
    shown = marking.shown("a\u202eb\x1b[31m\tc\nd")
    assert [words for words, steers in shown if steers] == [
        "U+202E RIGHT-TO-LEFT OVERRIDE",
        "U+001B control character",
    ]
    assert "".join(words for words, steers in shown if not steers) == "ab[31m\tc\nd"
