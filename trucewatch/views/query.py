"""What a view is asked for: which ceasefire, which period, known when."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from trucewatch.model import Ceasefire, Noun


class Period(Noun, frozen=True, kw_only=True):
    """The days looked at, both included. ``start`` is None for all that came before ``end``.

    ``2022`` and ``2022-02`` are periods with a start; a day means: as things stood on that day.
    """

    start: dt.date | None
    end: dt.date

    @classmethod
    def of(cls, text: str) -> Period:
        """The period that ``2022``, ``2022-02`` or ``2022-02-20`` names. ValueError for anything else.

        >>> Period.of("2022-02")
        Period(start=datetime.date(2022, 2, 1), end=datetime.date(2022, 2, 28))
        """
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return cls(start=None, end=dt.date.fromisoformat(text))
        if not re.fullmatch(r"\d{4}(-\d{2})?", text, re.ASCII):
            raise ValueError(text)
        year, month = int(text[:4]), int(text[5:] or 0)
        last = calendar.monthrange(year, month or 12)[1]
        return cls(start=dt.date(year, month or 1, 1), end=dt.date(year, month or 12, last))


class Query(Noun, frozen=True, kw_only=True):
    """The question to a view. No ceasefire: all that is on file; no period: all days."""

    ceasefire: Ceasefire | None = None
    period: Period | None = None
    known: dt.date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """The question in short, to keep its answer under: the ceasefire by its id."""
        return self.ceasefire.id if self.ceasefire else None, self.period, self.known
