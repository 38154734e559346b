"""The situation reports that somebody signed: of which ceasefire and day, which version, by whom, when."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun, Shelf
from trucewatch.views.query import Query


class SitrepRow(Noun, frozen=True, kw_only=True):
    """One signed version. ``known`` is the day whose knowledge it tells, None for all that was on file;
    ``recorded`` the moment of signing, ``sha256`` the hash of the signed bytes, ``redacted`` the numbers of
    the erasures that have blanked words in them since."""

    ceasefire: str
    at: dt.date
    known: dt.date | None
    version: int
    by: str
    recorded: dt.datetime
    sha256: str
    redacted: tuple[str, ...] = ()


def rows(shelf: Shelf, query: Query) -> list[SitrepRow]:
    """The signed reports of the query's ceasefire whose days lie in its period, in the order of signing.

    ``query.known`` leaves out what was signed after that day.
    """
    ceasefire = query.ceasefire.id if query.ceasefire else None
    period = query.period
    return [
        SitrepRow(
            ceasefire=one.ceasefire,
            at=one.at,
            known=one.known,
            version=one.version,
            by=one.by,
            recorded=one.recorded,
            sha256=one.sha256,
            redacted=tuple(map(str, one.redacted)),
        )
        for one in shelf.signatures(ceasefire, known=query.known)
        if period is None or (period.start or dt.date.min) <= one.at <= period.end
    ]
