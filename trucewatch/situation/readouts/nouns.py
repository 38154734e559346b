"""The nouns of readouts: two accounts of one contact and the points in which they agree or differ."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from trucewatch.model import AnyClaim, Noun, Span

PointRelation = Literal["both", "only_a", "only_b", "differently", "contradicted"]


class AccountOf(Noun, frozen=True, kw_only=True):
    """One side's account: a report on file. ``side`` is that of its publisher in the catalog, if any."""

    report: str
    sha256: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    side: str | None = None


class Participant(Noun, frozen=True, kw_only=True):
    """One who takes part in the contact: the fullest name, and the country in ISO 3166 where it is known."""

    name: str
    country: str | None = None


class Account(Noun, frozen=True, kw_only=True):
    """An account as it is compared: its text, the claims read from it, and who took part in the contact.

    ``own`` marks a release of a side that took part: all of it is told of the contact, unless it says
    otherwise. In any other report only what it gives as part of the contact is. ``news`` is False where the
    report is about something else and tells of the contact in passing.
    """

    of: AccountOf
    text: str
    claims: tuple[AnyClaim, ...] = ()
    participants: tuple[Participant, ...] = ()
    own: bool = True
    news: bool = True


class ReadoutPoint(Noun, frozen=True, kw_only=True):
    """One thing that an account says was said, agreed, asked or done in the contact.

    ``a`` and ``b`` are the spans in the two texts, empty on the side that does not tell it.
    ``differs_a`` and ``differs_b`` are the differing words of a point told ``differently`` or
    ``contradicted``. ``voices_a`` and ``voices_b`` name whose words the account gives them as ("Kremlin"),
    nearest first, empty for its own. ``topic`` is a coarse matter ("ceasefire", "meeting", "blame"), ``why``
    in a few words what made the relation ("agreed / discussed", "denies").
    """

    relation: PointRelation
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()
    topic: str | None = None
    differs_a: tuple[Span, ...] = ()
    differs_b: tuple[Span, ...] = ()
    voices_a: tuple[str, ...] = ()
    voices_b: tuple[str, ...] = ()
    why: str | None = None


class Readout(Noun, frozen=True, kw_only=True):
    """Two accounts of one contact, compared. ``contact`` is the id that the contact has in the exports."""

    contact: str
    a: AccountOf
    b: AccountOf
    points: tuple[ReadoutPoint, ...]
