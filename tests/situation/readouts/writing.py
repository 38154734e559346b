"""Accounts by hand of one call between two presidents of our own, for the tests of readouts."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.model import AnyClaim, Span, digest
from trucewatch.situation.readouts.comparing import compare
from trucewatch.situation.readouts.nouns import Account, AccountOf, Participant, ReadoutPoint

PEOPLE = (Participant(name="Anna Weiss", country="DE"), Participant(name="Marc Dubois", country="FR"))
CALL = "President Anna Weiss spoke by telephone with President Marc Dubois."


def account(
    text: str,
    *,
    claims: Iterable[AnyClaim] = (),
    own: bool = True,
    news: bool = True,
    people: tuple[Participant, ...] = PEOPLE,
) -> Account:
    """A text as an account of the call."""
    return Account(
        of=AccountOf(report="r", sha256=digest(text.encode())),
        text=text,
        claims=tuple(claims),
        participants=people,
        own=own,
        news=news,
    )


def points(a: str, b: str) -> tuple[ReadoutPoint, ...]:
    """The points of two releases, each after a sentence that tells the call."""
    return compare(account(f"{CALL} {a}"), account(f"{CALL} {b}"))


def only(found: Iterable[ReadoutPoint], *, topic_not: str = "form") -> ReadoutPoint:
    """The one point that is not of the form of the contact."""
    [point] = [point for point in found if point.topic != topic_not]
    return point


def words(text: str, spans: Iterable[Span]) -> list[str]:
    """The words on some spans."""
    return [text[start:end] for start, end in spans]


def told(text: str) -> str:
    """A release of the call with some further text."""
    return f"{CALL} {text}"
