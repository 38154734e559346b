"""Which commitment took the place of which: the same parties, the same matter, other terms, told later.

A truce of 24 hours that is extended to 72 hours, or a withdrawal put off from 15 March to 1 April, is
superseded. Another truce that begins another day is another truce, unless the words say that the former
was extended, put off or moved; and what was over before is succeeded by nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from trucewatch.identity import actions
from trucewatch.identity.commitments import SHORT, Telling, has_other_matter, has_other_terms, neighbours
from trucewatch.situation.days import ONE, closing

_CHANGED = re.compile(
    r"\b(?:exten(?:d|sion)|prolong|renew|postpon|put(?:ting)?\s+off|reschedul|moved?\s|shorten|instead|new\s+date)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"([\d.]+) (hour|day|week|month)")
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}


def successions(
    tellings: Sequence[Telling], *, group_of: Mapping[str, int], words_of: Mapping[str, str]
) -> dict[int, int]:
    """For each group that another took the place of, that other one; both by number.

    ``tellings`` are those that bind, in order; ``words_of`` the words around each claim's evidence.
    """
    last = {group_of[t.id]: t.told for t in tellings}
    found: dict[int, int] = {}
    for one, other in neighbours(tellings):
        former, later = group_of[one.id], group_of[other.id]
        if former == later or not _is_later(last[former], last[later]):
            continue
        if _takes_place_of(other, one, words_of.get(other.id, "")):
            best = found.get(former)
            if best is None or _is_later(last[best], last[later]):
                found[former] = later
    return found


def _is_later(one: dt.date | None, other: dt.date | None) -> bool:
    return bool(one and other and one < other)


def _takes_place_of(later: Telling, former: Telling, words: str) -> bool:
    if has_other_matter(former, later) or not has_other_terms(former, later):
        return False
    alike = actions.likeness(former.action, later.action)
    near = later.told is not None and former.told is not None and (later.told - former.told).days <= SHORT
    if not alike or not (near or alike >= 0.5) or not _is_running(former, later):
        return False
    return bool(_CHANGED.search(words)) or not (
        former.start and later.start and not _agree(former.start, later.start)
    )


def _is_running(former: Telling, later: Telling) -> bool:
    """Whether the former's window, as far as it is known, was not over when the later was told."""
    end = closing(former.end) or _end_by_length(former)
    return end is None or later.told is None or later.told <= end + ONE


def _end_by_length(told: Telling) -> dt.date | None:
    lengths = " ".join(sorted(told.action.lengths))
    days = [float(many) * _DAYS[unit] for many, unit in _LENGTH.findall(lengths)]
    begin = closing(told.start) if told.start else told.told
    return begin + max(1, round(max(days))) * ONE if begin and days else None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
