"""How a commitment stands on a day, from the evidence and the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from trucewatch.model import Noun
from trucewatch.situation.commitments.undertakings import Bearing, CommitmentStatus, Says
from trucewatch.situation.days import ONE

NEAR = 7 * ONE
"""What is to be done within so many days is due."""

BINDING: tuple[Says, ...] = ("agreed", "pledged", "ordered")
ASKED: tuple[Says, ...] = ("demanded", "expected", "proposed")
_DECIDES: dict[Says, CommitmentStatus] = {
    "fulfilled": "reported fulfilled",
    "broken": "reported broken",
    "refused": "withdrawn",
    "ended": "withdrawn",
    "called off": "withdrawn",
    "other terms": "superseded",
}
_AGAINST: tuple[tuple[frozenset[Says], frozenset[Says]], ...] = (
    (frozenset({"fulfilled"}), frozenset({"broken", "denies fulfilment"})),
    (frozenset({"broken"}), frozenset({"denies a breach"})),
)
_VAGUE = re.compile(
    r"\b(?:(?:coming|next\s+few|following)\s+(?:hours|days|weeks|months|years)|(?:hours|days|weeks|months)\s+ahead"
    r"|near\s+future|soon\w*|shortly|possible)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)


class Course(Noun, frozen=True, kw_only=True):
    """What a commitment's status follows from. ``words`` are those of its deadline.

    ``binding``: undertaken, and not only asked. ``named``: it is known who is bound. ``lasts``: it is a
    state to be kept up through a window (a truce), and not something done once.
    """

    evidence: tuple[Bearing, ...]
    binding: bool
    named: bool
    lasts: bool
    told: dt.date | None = None
    start: dt.date | None = None
    deadline: dt.date | None = None
    words: str = ""
    condition: str | None = None


class Standing(Noun, frozen=True, kw_only=True):
    """A status, the day it holds from, and whether it is told in two ways."""

    status: CommitmentStatus
    since: dt.date | None
    contested: bool


def standing(course: Course, *, at: dt.date) -> Standing:
    """How a commitment stands: by what was last said became of it, else by condition and calendar."""
    decided = _decided(course.evidence)
    status, since = decided or _open(course, at)
    return Standing(status=status, since=since, contested=_contested(course.evidence, status))


def _decided(evidence: Sequence[Bearing]) -> tuple[CommitmentStatus, dt.date | None] | None:
    """The last that is said to have become of it, and since when; an undertaking made anew opens it again."""
    found: tuple[CommitmentStatus, dt.date | None] | None = None
    for bearing in evidence:
        status = _DECIDES.get(bearing.says)
        if status and (found is None or found[0] != status):
            found = status, bearing.day
        elif bearing.says in BINDING and found and found[0] == "withdrawn" and _is_after(bearing, found[1]):
            found = None
    return found


def _is_after(bearing: Bearing, day: dt.date | None) -> bool:
    return bearing.day is not None and (day is None or bearing.day > day)


def _open(course: Course, at: dt.date) -> tuple[CommitmentStatus, dt.date | None]:
    """The status of what nothing has been said to have become of."""
    met = next((b.day for b in course.evidence if b.says == "condition met"), None)
    if course.condition and not met:
        return "conditional", course.told
    day = course.start if course.lasts else course.deadline
    is_firm = day is not None and not is_vague(course.words)
    if day and is_firm and at <= day <= at + NEAR:
        return "due", max(filter(None, (course.told, day - NEAR)))
    if day and is_firm and day < at and not course.lasts and course.binding and course.named:
        return "overdue", day + ONE
    return "open", met or course.told


def is_vague(words: str) -> bool:
    """Whether a time names no last day: "in the coming days", "soon"."""
    return bool(_VAGUE.search(words))


def lasts(topic: str, words: str) -> bool:
    """Whether a window is one to keep something up in: a truce by topic, "until Sunday" by its words."""
    is_deadline = words.lower().startswith(("by ", "within ", "no later ", "not later ", "before "))
    return bool(_UNTIL.search(words)) or (topic == "ceasefire" and not is_deadline)


def _contested(evidence: Sequence[Bearing], status: CommitmentStatus) -> bool:
    """Whether one says fulfilled and another broken or denies it, or it is undertaken and refused at once."""
    said = {bearing.says for bearing in evidence}
    if any(one & said and other & said for one, other in _AGAINST):
        return True
    refused = [b.day for b in evidence if b.says in ("refused", "ended") and b.day]
    bound = [b.day for b in evidence if b.says in BINDING and b.day]
    return status == "withdrawn" and bool(refused and bound) and max(bound) >= min(refused)
