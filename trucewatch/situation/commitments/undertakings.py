"""The nouns of what was undertaken: a commitment as it stands, what bears on it, and the terms of a truce."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from trucewatch.identity.merging import Link
from trucewatch.model import Noun

CommitmentStatus = Literal[
    "open",
    "due",
    "overdue",
    "reported fulfilled",
    "reported broken",
    "conditional",
    "withdrawn",
    "superseded",
]
Says = Literal[
    "agreed",
    "pledged",
    "ordered",
    "expected",
    "proposed",
    "demanded",
    "refused",
    "ended",
    "fulfilled",
    "broken",
    "denies fulfilment",
    "denies a breach",
    "called off",
    "condition met",
    "other terms",
]


class Bearing(Noun, frozen=True, kw_only=True):
    """What one claim says of a commitment, who says it, and on which day.

    ``day`` is when it happened where the claim tells, else when it was told; None where neither is known.
    ``says`` is the claim's own strength for a telling of the commitment itself.
    """

    claim: str
    report: str
    day: dt.date | None
    speaker: str
    says: Says


class Account(Noun, frozen=True, kw_only=True):
    """A report that tells of something, and by which claims."""

    report: str
    claims: tuple[str, ...]


class CommitmentState(Noun, frozen=True, kw_only=True):
    """What parties undertook, or are asked to undertake, as it stands on a day: many tellings, one state.

    ``claims`` are the tellings of the commitment itself, the founding one first; ``evidence`` all that
    bears on it, in the order of time. ``contested``: it is told in two ways, and both are listed.
    ``deadline`` is the last day of the window; ``binding`` is False for what is only asked of the parties.
    ``successor`` is the id of the commitment that took its place. ``told`` is the day it was last told.
    """

    id: str
    parties: tuple[str, ...]
    action: str
    topic: str
    strength: str
    status: CommitmentStatus
    claims: tuple[str, ...]
    to: tuple[str, ...] = ()
    start: dt.date | None = None
    deadline: dt.date | None = None
    deadline_words: str | None = None
    condition: str | None = None
    binding: bool = True
    status_since: dt.date | None = None
    contested: bool = False
    evidence: tuple[Bearing, ...] = ()
    accounts: tuple[Account, ...] = ()
    why: tuple[Link, ...] = ()
    successor: str | None = None
    told: dt.date | None = None


TermField = Literal["start", "end", "duration", "area", "scope", "definition"]


class Term(Noun, frozen=True, kw_only=True):
    """One term of a truce as one party states it: the value, in the words of the claim where they say it.

    ``party`` is the side it is the term of, ``speaker`` who tells it. ``truce`` groups what is told of one
    truce: the id of the founding claim. ``own``: told of this party alone. ``provision`` is the
    agreement's own clause beside it. ``against`` are the parties that state another value for that truce.
    """

    party: str
    field: TermField
    value: str
    speaker: str
    truce: str
    claim: str
    report: str
    sha256: str
    told: dt.date | None = None
    own: bool = False
    provision: str | None = None
    against: tuple[str, ...] = ()


class Difference(Noun, frozen=True, kw_only=True):
    """A term that two parties state differently, side by side; neither is taken for the right one."""

    truce: str
    field: TermField
    one: str
    one_says: tuple[str, ...]
    other: str
    other_says: tuple[str, ...]
    claims: tuple[str, ...] = ()


class Terms(Noun, frozen=True, kw_only=True):
    """The terms that parties state, and where they differ."""

    stated: tuple[Term, ...] = ()
    differences: tuple[Difference, ...] = ()
