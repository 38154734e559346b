"""The decisions on claims that stand: who decided what and why, the claims before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from trucewatch.model import AnyClaim, Noun, Shelf
from trucewatch.views.query import Query


class ReviewRow(Noun, frozen=True, kw_only=True):
    """One decision. ``replaces`` and ``gives`` are claims in the interchange form; spans are in the text that
    was last read from the bytes ``sha256``."""

    number: int
    decision: str
    publisher: str | None
    report: str
    sha256: str
    replaces: tuple[dict[str, Any], ...]
    gives: tuple[dict[str, Any], ...]
    by: str
    reason: str
    recorded: dt.datetime


def rows(shelf: Shelf, query: Query) -> list[ReviewRow]:
    """All decisions that stand, in order: they are on what was read, whatever was known when."""
    return [
        ReviewRow(
            number=review.judgement.seq,
            decision=review.judgement.decision,
            publisher=review.publisher,
            report=review.report,
            sha256=review.sha256,
            replaces=_plain(review.replaces),
            gives=_plain(review.gives),
            by=review.judgement.by,
            reason=review.judgement.reason,
            recorded=review.judgement.recorded,
        )
        for review in shelf.reviews()
    ]


def _plain(claims: Sequence[AnyClaim]) -> tuple[dict[str, Any], ...]:
    return tuple(msgspec.to_builtins(claim) for claim in claims)
