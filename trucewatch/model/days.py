"""What the partial dates of claims mean: the first and the last day of a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=4096)
def opening(text: str | None) -> dt.date | None:
    """The first day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    if not text:
        return None
    year, month, day = _parts(text)
    return dt.date(year, month or 1, day or 1)


@lru_cache(maxsize=4096)
def closing(text: str | None) -> dt.date | None:
    """The last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    if not text:
        return None
    year, month, day = _parts(text)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(text: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in text.split("-")]
    year, month, day = (*numbers, 0, 0)[:3]
    return year, month, day
