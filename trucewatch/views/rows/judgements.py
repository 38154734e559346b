"""The judgements that stand: who decided what, and why."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun, Shelf
from trucewatch.views.query import Query


class JudgementRow(Noun, frozen=True, kw_only=True):
    """One judgement that stands: its number, the decision, the ids it is about, and who signed it."""

    number: int
    decision: str
    subjects: tuple[str, ...]
    by: str
    reason: str
    recorded: dt.datetime


def rows(shelf: Shelf, query: Query) -> list[JudgementRow]:
    """The judgements that were recorded by ``query.known`` and have not been taken back, in order."""
    return [
        JudgementRow(
            number=judgement.seq,
            decision=judgement.decision,
            subjects=judgement.subjects,
            by=judgement.by,
            reason=judgement.reason,
            recorded=judgement.recorded,
        )
        for judgement in shelf.judgements(query.known)
    ]
