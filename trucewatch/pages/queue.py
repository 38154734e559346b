"""The review queue: the claims that are least certain and matter most come first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block
from trucewatch.pages.columns import MOST, table
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import exists, view_table
from trucewatch.situation import Situation, Telling

_SURE = 1.0  # a claim that says nothing of its confidence was given by a person or a table
_WEIGHTS = {"alert": 4.0, "record": 4.0, "dispute": 3.0, "due": 3.0, "contact": 2.0, "incident": 2.0}
_ELSEWHERE = 1.0


class QueueRow(Noun, frozen=True, kw_only=True):
    """A claim to look at. ``matter`` is the weight of what it is ``used_for`` times how unsure it is."""

    claim: str
    kind: str
    confidence: float | None
    used_for: tuple[str, ...]
    matter: float
    words: str | None
    published: dt.date | None
    report: str


def rows(desk: Desk, question: Question) -> Sequence[QueueRow]:
    """The claims of the day's situation: least certain and most consequential first."""
    situation = desk.situation(question)
    uses: dict[str, set[str]] = {}
    for use, claims in _uses(situation):
        for name in claims:
            uses.setdefault(name, set()).add(use)
    found = [_row(telling, uses.get(telling.id, set())) for telling in situation.tellings.values()]
    return sorted(found, key=lambda row: (-row.matter, row.claim))


def _uses(situation: Situation) -> Iterator[tuple[str, Sequence[str]]]:
    yield from (("alert", alert.claims) for alert in situation.alerts)
    yield from (("record", record.claims) for record in situation.records)
    yield from (("dispute", (*one.claims, *one.against)) for one in situation.disputes)
    yield from (("due", one.claims) for one in situation.commitments if one.status in ("due", "overdue"))
    yield from (("contact", one.claims) for one in situation.contacts)
    yield from (("incident", one.claims) for one in situation.incidents)


def _row(telling: Telling, uses: set[str]) -> QueueRow:
    claim = telling.claim
    weight = max((_WEIGHTS[use] for use in uses), default=_ELSEWHERE)
    doubt = 1 - (_SURE if claim.confidence is None else claim.confidence)
    return QueueRow(
        claim=telling.id,
        kind=str(claim.kind),
        confidence=claim.confidence,
        used_for=tuple(sorted(uses)),
        matter=round(weight * doubt, 4),
        words=None,
        published=telling.published,
        report=telling.report,
    )


def build(desk: Desk, question: Question) -> list[Block]:
    """The queue with the words of its head, and the decisions that stand."""
    situation, found = desk.situation(question), rows(desk, question)
    shown = [_with_words(row, situation, desk) for row in found[:MOST]]
    blocks: list[Block] = [
        table(
            "review",
            QueueRow,
            [*shown, *found[MOST:]],
            question=question,
            title="To look at",
            caption="Least certain and most consequential first",
        )
    ]
    return [*blocks, view_table("judgements", desk, question)] if exists("judgements") else blocks


def _with_words(row: QueueRow, situation: Situation, desk: Desk) -> QueueRow:
    telling = situation.tellings[row.claim]
    start, end = telling.claim.evidence
    return msgspec.structs.replace(row, words=desk.text(telling.sha256)[start:end] or None)
