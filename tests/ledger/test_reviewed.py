"""Decisions laid over readings: what holds whatever the claims and decisions are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.ledger.reviewed import Decided, Sheet, in_order, is_beside, settled
from trucewatch.model import AnyClaim, Count, ReviewDecision
from trucewatch.model.checks import identify

TEXT = "One was killed near Alda, two near Berg and three at sea; four were hurt in the square of Alda today."
KEY = ("Mission", "a")


@st.composite
def counts(draw: st.DrawFn) -> AnyClaim:
    start = draw(st.integers(0, len(TEXT) - 12))
    end = draw(st.integers(start + 10, min(len(TEXT), start + 40)))
    low = draw(st.integers(0, 9))
    claim = Count(evidence=(start, end), said_by=(), measure=draw(MEASURES), low=low, high=low)
    return msgspec.structs.replace(claim, id=identify(claim, report_id="a"))


MEASURES = st.sampled_from(["killed", "wounded"])
claims = st.lists(counts(), min_size=1, max_size=8, unique_by=lambda claim: claim.id)


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[AnyClaim], list[Decided]]:
    """Claims of a reading, and decisions on some of them, as they are recorded one after the other."""
    found = draw(claims)
    now, made = list(found), []
    for seq in range(draw(st.integers(0, 4))):
        if not now:
            break
        target = draw(st.sampled_from(now))
        decision: ReviewDecision = draw(st.sampled_from(["accept", "reject", "correct"]))
        gives = {"accept": [target], "reject": [], "correct": [draw(counts())]}[decision]
        made.append(_decided(seq, decision, target, gives, now))
        now = list(settled([Sheet(1, "t", tuple(found))], made, text_of=_text)[0].claims)
    return found, made


def _decided(
    seq: int, decision: ReviewDecision, target: AnyClaim, gives: Sequence[AnyClaim], now: Sequence[AnyClaim]
) -> Decided:
    beside = tuple(other for other in now if other is not target and is_beside(other, target))
    return Decided(
        seq=seq,
        decision=decision,
        key=KEY,
        sha256="b",
        text_sha256="t",
        replaces=(target,),
        gives=tuple(gives),
        beside=beside,
    )


def _text(sha256: str) -> str:
    return {"t": TEXT, "later": f"Corrected. {TEXT}"}[sha256]


def _words(claim: AnyClaim, text: str) -> str:
    return text[slice(*claim.evidence)].strip()


@given(decided())
def test_without_a_decision_nothing_changes(case: tuple[list[AnyClaim], list[Decided]]) -> None:
    found = tuple(sorted(case[0], key=in_order))
    assert settled([Sheet(1, "t", found)], [], text_of=_text) == [Sheet(1, "t", found)]


@given(decided())
def test_what_stands_after_the_last_decision_is_what_it_left(
    case: tuple[list[AnyClaim], list[Decided]],
) -> None:
    found, made = case
    names = {claim.id for claim in settled([Sheet(1, "t", tuple(found))], made, text_of=_text)[0].claims}
    if made:
        last = made[-1]
        assert {claim.id for claim in last.gives} <= names
        assert not {claim.id for claim in last.replaces} - {claim.id for claim in last.gives} & names
    touched = {claim.id for one in made for claim in (*one.replaces, *one.gives)}
    assert {claim.id for claim in found} - touched <= names


@given(decided())
def test_reading_the_same_claims_again_in_another_order_changes_nothing(
    case: tuple[list[AnyClaim], list[Decided]],
) -> None:
    found, made = case
    once = settled([Sheet(1, "t", tuple(found))], made, text_of=_text)
    assert settled([Sheet(1, "t", tuple(reversed(found)))], made, text_of=_text) == once


@given(decided())
def test_every_claim_stands_once_and_on_words_of_the_text(
    case: tuple[list[AnyClaim], list[Decided]],
) -> None:
    found, made = case
    later = [
        msgspec.structs.replace(claim, evidence=(claim.evidence[0] + 11, claim.evidence[1] + 11))
        for claim in found
    ]
    (sheet,) = settled([Sheet(1, "later", tuple(later))], made, text_of=_text)
    names = [claim.id for claim in sheet.claims]
    assert len(names) == len(set(names))
    given_words = {_words(claim, TEXT) for one in made for claim in one.gives}
    read_words = {_words(claim, TEXT) for claim in found}
    assert {_words(claim, _text("later")) for claim in sheet.claims} <= given_words | read_words
