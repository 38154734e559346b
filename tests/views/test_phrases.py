"""Wording: numbers, days, safe words, and what may stand between quotation marks."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import day, press
from trucewatch.model import Actor, Statement, Voice
from trucewatch.situation import Telling
from trucewatch.views import phrases


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1566, 1566, "1,566"),
        (0, 0, "no"),
        (1501, None, "more than 1,500"),
        (150000, None, "at least 150,000"),
        (None, 6999, "at most 6,999"),
        (20, 30, "between 20 and 30"),
        (None, None, "an unstated number of"),
    ],
)
def test_amounts_keep_their_bounds(low: int | None, high: int | None, words: str) -> None:
    assert phrases.amount(low, high) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["02-08"], "8 February"),
        (["02-08", "02-09"], "8 to 9 February"),
        (["02-14", "02-08", "02-12", "02-13"], "8 and 12 to 14 February"),
        (["01-31", "02-01", "02-05"], "31 January to 1 and 5 February"),
    ],
)
def test_days_are_put_together(dates: list[str], words: str) -> None:
    assert phrases.days([day(date) for date in dates]) == words


def test_windows_are_told_from_evening_to_evening() -> None:
    assert phrases.window(day("02-17"), day("02-18")) == "in the 24 hours to the evening of 18 February"
    assert phrases.window(day("02-18"), day("02-20")) == "between the evenings of 18 and 20 February"


@given(st.text())
def test_no_control_or_turning_mark_survives(text: str) -> None:
    safe = phrases.plain(text)
    assert "\n" not in safe
    assert all(unicodedata.category(mark) not in ("Cc", "Cs") for mark in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(st.text(alphabet='ab "“”„«».'))
def test_words_told_on_have_only_closed_quotations(text: str) -> None:
    told = phrases.reported(text)
    assert told.count("“") == told.count("”") or "„" in told
    assert told.count('"') % 2 == 0


@given(st.text(max_size=300), st.integers(10, 100))
def test_shortened_words_are_the_beginning(text: str, limit: int) -> None:
    short = phrases.shorten(text, limit=limit)
    assert short == text or text.startswith(short.removesuffix(" [...]"))


def quote(text: str, content: str, *, form: str = "direct") -> str | None:
    start = text.index(content)
    said = Statement(
        evidence=(0, len(text)),
        said_by=(),
        speaker=(Actor(name="X"),),
        act="assert",
        form=form,  # type: ignore[arg-type]
        content=(start, start + len(content)),
    )
    return phrases.quoted(said, text)


def test_a_direct_quotation_is_quoted_exactly() -> None:
    assert quote('X said: "We want peace."', '"We want peace."') == "“We want peace.”"
    assert quote('"We want peace," X said.', '"We want peace,"') == "“We want peace,”"
    assert quote("X said: “We want peace.”", "We want peace.") == "“We want peace.”"


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        ("X said that they want peace.", "that they want peace", "direct"),
        ('X said: "We want peace."', '"We want peace."', "indirect"),
        ('"We want," X said, "peace."', '"We want," X said, "peace."', "direct"),
        ('X said "we" want peace', "want peace", "direct"),
    ],
)
def test_a_paraphrase_is_never_quoted(text: str, content: str, form: str) -> None:
    assert quote(text, content, form=form) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('the fighting on "provocations"', 'the fighting on "provocations"'),
        ('provocations," but was open', "provocations, but was open"),
        ('ends" here "begins', "ends here begins"),
        ("One sentence here. Another one there.", "One sentence here [...]"),
        ("", ""),
    ],
)
def test_what_is_told_on_keeps_closed_quotations_only(text: str, told: str) -> None:
    assert phrases.reported(text) == told


def telling(*voices: Voice, publisher: str | None = "The Wire") -> Telling:
    said: Any = Statement(evidence=(0, 1), said_by=voices, speaker=(), act="assert", form="indirect")
    (entry,) = press("02-20", said, publisher=publisher or "")
    return Telling(claim=entry.claim, report="wire-7", sha256="x", tie="named", publisher=publisher)


def test_who_says_it_is_always_told() -> None:
    assert phrases.who(telling()) == "The Wire"
    assert phrases.who(telling(publisher=None)) == "the report wire-7"
    kremlin, lusa = Voice(source="Kremlin", cue="says"), Voice(source="Lusa", cue="quoted by")
    assert phrases.who(telling(kremlin, lusa)) == "Kremlin (through Lusa)"
    assert phrases.who(telling(kremlin, Voice(source="Kremlin"))) == "Kremlin"
    both = (Voice(source="Russian presidency", cue="said"), Voice(source="French presidency", cue="said"))
    assert phrases.who(telling(*both)) == "Russian presidency and French presidency"
