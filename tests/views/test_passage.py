from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.making import report
from trucewatch.model import Actor, AnyClaim, Count, Entry, Statement, Time, Voice
from trucewatch.terminal import neutral
from trucewatch.views.passage import passage, render

TEXT = "It rained. The mission counted seven violations, it said. Nobody was hurt. Talks go on."
WHERE = (11, 57)


def entry(claim: AnyClaim) -> Entry:
    recorded = dt.datetime(2022, 2, 20, 18, 30, tzinfo=dt.UTC)
    return Entry(claim=claim, report=report("a", TEXT), recorded=recorded)


def shown(claim: AnyClaim, text: str = TEXT) -> str:
    return render(entry(claim), text, mark=lambda words: f"[[{words}]]")


COUNT = Count(
    evidence=WHERE,
    said_by=(Voice(source="Kremlin", cue="says", channel="statement"), Voice(source="Lusa", cue="quoted by")),
    time=Time(text="on Friday", start="2022-02-18", end="2022-02-18"),
    id="abc",
    confidence=0.75,
    reader="rules",
    measure="ceasefire_violations",
    low=7,
    high=7,
    observer=Actor(name="OSCE mission"),
)


def test_the_passage_is_the_sentences_around_with_the_evidence_marked() -> None:
    assert "  It rained. [[The mission counted seven violations, it said.]] Nobody was hurt.\n" in shown(
        COUNT
    )


def test_the_chain_of_speakers_runs_from_the_nearest_to_the_publisher() -> None:
    out = shown(COUNT)
    assert '1. Kremlin ("says", statement)\n  2. Lusa ("quoted by")\n  3. published by Mission' in out


def test_a_statement_begins_with_its_speaker() -> None:
    claim = Statement(
        evidence=WHERE, said_by=(), speaker=(Actor(name="X"), Actor(name="Y")), act="deny", form="direct"
    )
    assert "1. X, Y (deny)\n  2. published by Mission" in shown(claim)


def test_a_claim_without_a_voice_is_the_reporters_own() -> None:
    assert "1. the reporter's own voice\n" in shown(msgspec.structs.replace(COUNT, said_by=()))


def test_all_that_the_claim_says_is_listed() -> None:
    out = shown(COUNT)
    assert out.startswith("Claim abc: count, confidence 0.75\n")
    for fact in ("measure: ceasefire_violations", "low: 7", "observer: OSCE mission", "start 2022-02-18"):
        assert fact in out
    for fact in (
        "Report a",
        "report a, published 2022-02-20",
        "recorded 2022-02-20 18:30 UTC, reader: rules",
    ):
        assert fact in out


def test_without_the_text_it_says_so() -> None:
    assert "given without the report's text: characters 11 to 57 cannot be shown" in shown(COUNT, "")


def test_evidence_outside_the_text_is_never_shown_as_other_words() -> None:
    out = shown(COUNT, "Short.")
    assert "Characters 11 to 57 do not lie in the text on file, which has 6." in out
    assert "[[" not in out


def test_nothing_in_a_report_steers_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\u202e\x9b31m\r\n"
    text = TEXT[:20] + evil + TEXT[20:]
    claim = msgspec.structs.replace(COUNT, observer=Actor(name=f"O{evil}"), reader=evil)
    told = entry(claim)
    told = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, title=evil, publisher=evil)
    )
    out = render(told, text, mark=str)
    assert not set(out) & set("\x1b\x07\u202e\x9b\r")
    assert r"\x1b]0;owned\x07\u202e\x9b31m" in out


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    plain = "Élysée Київ دمشق می‌خواهم 👨‍👩‍👧 “quoted”\n"
    assert neutral(plain) == plain


@given(st.text())
def test_nothing_steers_whatever_the_text(text: str) -> None:
    assert all(
        c == "\n" or c.isprintable() or c in "\u00ad\u200c\u200d" or c.isspace() or ord(c) > 159
        for c in neutral(text)
    )


@given(
    st.text(alphabet=st.sampled_from("ab .\"\n'!“”é"), max_size=60), st.integers(0, 60), st.integers(0, 60)
)
def test_a_passage_is_the_texts_own_words_with_the_evidence_in_its_place(text: str, a: int, b: int) -> None:
    found = passage(text, (a, b))
    if not a < b <= len(text):
        assert found is None
        return
    assert found is not None
    assert found.evidence == text[a:b]
    assert text[:a].endswith(found.before)
    assert text[b:].startswith(found.after)


@pytest.mark.parametrize("around", [0, 1, 5])
def test_so_many_sentences_are_shown_on_each_side(around: int) -> None:
    found = passage(TEXT, WHERE, around=around)
    assert found is not None
    sentences = (found.before + found.evidence + found.after).count(".")
    assert sentences == {0: 1, 1: 3, 5: 4}[around]
