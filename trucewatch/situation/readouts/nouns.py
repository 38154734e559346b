"""The nouns of readouts: two accounts of one contact and the points in which they agree or differ."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from trucewatch.model import Noun, Span

PointRelation = Literal["both", "only_a", "only_b", "differently", "contradicted"]


class AccountOf(Noun, frozen=True, kw_only=True):
    """One side's account: a report on file. ``side`` is that of its publisher in the catalog, if any."""

    report: str
    sha256: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    side: str | None = None


class ReadoutPoint(Noun, frozen=True, kw_only=True):
    """One thing that an account says was said, agreed, asked or done in the contact.

    ``a`` and ``b`` are the spans in the two texts, empty on the side that does not tell it.
    ``differs_a`` and ``differs_b`` are the differing words of a point told ``differently`` or
    ``contradicted``. ``voices_a`` and ``voices_b`` name whose words the account gives them as ("Kremlin"),
    empty for its own. ``topic`` is a coarse matter ("ceasefire", "meeting", "blame"), ``why`` in a few words
    what made the relation ("agreed / discussed", "denies").
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
