"""The disputes on file: who told what, who denied or countered it, in whose words, and who is accused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from trucewatch.model import Noun, Shelf, Statement
from trucewatch.situation.nouns import Dispute
from trucewatch.views.gathered import Gathered, gathered, is_within
from trucewatch.views.query import Query


class DisputeRow(Noun, frozen=True, kw_only=True):
    """One matter told in two ways: ``claims`` tell it, ``against`` deny or counter it.

    ``claims`` is empty where a denial is on file and nothing that it answers. ``speakers`` and ``sides``
    speak for the one, ``other_speakers`` and ``other_sides`` for the other; ``accused`` are those against
    whom the one side's claims are held. ``words`` and ``other_words`` are the exact words of each claim, in
    the order of the claims; empty where no text is on file. ``matter`` is ours, in a few words, no quotation.
    """

    id: str
    ceasefire: str | None
    kind: Literal["denial", "counter-accusation", "rival figures"]
    topic: str | None
    matter: str
    since: dt.date | None
    told: dt.date | None
    speakers: tuple[str, ...]
    sides: tuple[str, ...]
    accused: tuple[str, ...]
    words: tuple[str, ...]
    other_speakers: tuple[str, ...]
    other_sides: tuple[str, ...]
    other_accused: tuple[str, ...]
    other_words: tuple[str, ...]
    claims: tuple[str, ...]
    against: tuple[str, ...]
    reports: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[DisputeRow]:
    """The disputes of a query's period, the newest first: those told within it, as of its last day.

    >>> rows(ledger, Query(period=Period.of("2022-02")))[0].kind  # doctest: +SKIP
    'denial'
    """
    return [
        _row(dispute, of)
        for of in gathered(shelf, query)
        for dispute in of.disputes
        if is_within(query.period, dispute.since, dispute.told)
    ]


def _row(dispute: Dispute, of: Gathered) -> DisputeRow:
    return DisputeRow(
        id=dispute.id,
        ceasefire=of.name,
        kind=dispute.kind,
        topic=dispute.topic,
        matter=dispute.matter,
        since=dispute.since,
        told=dispute.told,
        speakers=_speakers(dispute.claims, of),
        sides=dispute.sides,
        accused=dispute.accused,
        words=of.exact(dispute.claims),
        other_speakers=_speakers(dispute.against, of),
        other_sides=dispute.other_sides,
        other_accused=dispute.other_accused,
        other_words=of.exact(dispute.against),
        claims=dispute.claims,
        against=dispute.against,
        reports=of.reports((*dispute.claims, *dispute.against)),
    )


def _speakers(claims: Sequence[str], of: Gathered) -> tuple[str, ...]:
    """Who says it, each once: the speakers, else the nearest voice, else the publisher."""
    found: list[str] = []
    for entry in of.told(claims):
        claim = entry.claim
        if isinstance(claim, Statement) and claim.speaker:
            found.extend(actor.name for actor in claim.speaker)
        else:
            nearest = [voice.source for voice in claim.said_by[:1]]
            found.extend(nearest or [entry.report.publisher or entry.report.id])
    return tuple(dict.fromkeys(found))
