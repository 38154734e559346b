"""Alerts on other matters than counts: an overdue commitment, a new denial, a source gone quiet."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from trucewatch.situation.alerts.nouns import Alert, AlertKind
from trucewatch.situation.alerts.wording import date
from trucewatch.situation.commitments.undertakings import CommitmentState
from trucewatch.situation.days import ONE
from trucewatch.situation.gaps import QUIET_AFTER
from trucewatch.situation.nouns import Dispute, Quiet

MOST, LONGEST = 3, 20  # names and words that an alert tells of a commitment
Told = Callable[[str], dt.date | None]
"""The day that a claim was published on, by its id."""


def overdue(commitments: Iterable[CommitmentState], *, at: dt.date) -> Iterator[Alert]:
    """An alert for each commitment that is overdue, raised on the day after its last."""
    for state in commitments:
        if state.status == "overdue" and state.deadline:
            words = f"Overdue since {date(state.deadline)}: {_some(state.parties)}: {_short(state.action)}."
            yield _alert(
                "overdue", state.id, raised=state.deadline + ONE, at=at, words=words, claims=state.claims
            )


def denied(disputes: Iterable[Dispute], *, at: dt.date, told: Told) -> Iterator[Alert]:
    """An alert for each denial, raised on the day that it was first told."""
    for dispute in disputes:
        days = [day for claim in dispute.against if (day := told(claim))]
        if dispute.kind == "denial" and days:
            words = f"Denied for the first time on {date(min(days))}: {dispute.matter}."
            claims = (*dispute.claims, *dispute.against)
            yield _alert("denial", dispute.id, raised=min(days), at=at, words=words, claims=claims)


def quiet(sources: Iterable[Quiet], *, at: dt.date) -> Iterator[Alert]:
    """An alert for each source that used to publish and has not: that nothing is told of is not calm."""
    for source in sources:
        name = hashlib.sha256(f"{source.publisher} {source.last}".encode()).hexdigest()[:12]
        words = (
            f"{source.publisher} has published nothing since {date(source.last)}, after {source.reports} "
            "reports within two weeks: a missing report is no calm."
        )
        yield _alert("quiet", name, raised=source.last + QUIET_AFTER * ONE, at=at, words=words, claims=())


def _some(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")


def _short(words: str) -> str:
    """The beginning of what is undertaken, with a mark where it goes on."""
    told = words.split()
    return " ".join(told[:LONGEST]) + (" [...]" if len(told) > LONGEST else "")


def _alert(
    kind: AlertKind, name: str, *, raised: dt.date, at: dt.date, words: str, claims: tuple[str, ...]
) -> Alert:
    return Alert(
        id=f"alert-{kind}-{name}",
        kind=kind,
        state="new" if raised == at else "open",
        day=raised,
        raised=raised,
        words=words,
        claims=claims,
    )
