"""Commitments and what bears on them, made by hand, each in a report of its own with its words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import replace

from tests.situation.making import day, entries, report, voice
from trucewatch.model import (
    Actor,
    AnyClaim,
    Commitment,
    Contact,
    Entry,
    Incident,
    Place,
    Posture,
    Statement,
    Time,
)
from trucewatch.situation.commitments.states import commitments
from trucewatch.situation.commitments.undertakings import CommitmentState

GUNS = "withdraw its howitzers from the Tarn"


class Desk:
    """Reports with their texts, put in one by one."""

    def __init__(self) -> None:
        self.held: list[Entry] = []
        self.texts: dict[str, str] = {}

    def tell(self, published: str | None, claim: AnyClaim, *, by: str = "Wire", text: str = "") -> str:
        """Put in a report with one claim whose evidence (and content) is the whole text; the claim's id."""
        whole = (0, max(2, len(text)))
        made = replace(claim, evidence=whole)
        if isinstance(made, Statement):
            made = replace(made, content=whole)
        told = report(f"{by}-{published}-{len(self.held)}", published, publisher=by, text=text)
        (entry,) = entries(told, made)
        self.held.append(entry)
        self.texts[told.sha256] = text
        return entry.claim.id or ""

    def at(self, date: str, **given: Any) -> list[CommitmentState]:
        """The commitments as they stand on a day."""
        return commitments(self.held, at=day(date), words=self.words, **given)

    def words(self, entry: Entry, span: tuple[int, int]) -> str:
        """The words of a report on a span."""
        return self.texts[entry.report.sha256][span[0] : span[1]]


def undertaking(
    act: str = GUNS,
    *parties: str,
    topic: str = "withdrawal",
    strength: str = "agreed",
    said: str | None = None,
    start: str | None = None,
    end: str | None = None,
    condition: str | None = None,
    by: str | None = None,
    place: str | None = None,
) -> Commitment:
    dates = [day(text).isoformat() if text else None for text in (start, end)]
    return Commitment(
        evidence=(0, 1),
        said_by=(voice(by),) if by else (),
        parties=actors(*(parties or ("Varenia",))),
        action=act,
        topic=topic,  # type: ignore[arg-type]
        strength=strength,  # type: ignore[arg-type]
        time=Time(text=said, start=dates[0], end=dates[1]) if said or start or end else None,
        condition=condition,
        place=Place(text=place, name=place) if place else None,
    )


def actors(*names: str) -> tuple[Actor, ...]:
    return tuple(Actor(name=name, type="person" if " " in name else "country") for name in names)


def moved(status: str = "asserted", by: str = "Varenia", force: str = "Varenia", **fields: Any) -> Posture:
    return Posture(
        evidence=(0, 1),
        said_by=(voice(by),),
        force=actors(force),
        action="withdrawal",
        status=status,  # type: ignore[arg-type]
        **fields,
    )


def said(speaker: str, act: str = "assert", *about: str) -> Statement:
    return Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=actors(speaker),
        act=act,  # type: ignore[arg-type]
        form="indirect",
        about=actors(*about),
    )


def met(date: str | None, *people: str, status: str = "held", body: str | None = None) -> Contact:
    held = day(date).isoformat() if date else None
    return Contact(
        evidence=(0, 1),
        said_by=(),
        form="meeting",
        participants=actors(*people),
        status=status,  # type: ignore[arg-type]
        body=body,
        time=Time(start=held, end=held) if held else None,
    )


def violation(by: str, *accused: str, place: str | None = None) -> Incident:
    return Incident(
        evidence=(0, 1),
        said_by=(voice(by),),
        type="ceasefire violation",
        perpetrator=actors(*accused),
        place=Place(text=place, name=place) if place else None,
    )


def one(states: list[CommitmentState]) -> CommitmentState:
    (state,) = states
    return state


def days(date: str, plus: int) -> dt.date:
    return day(date) + dt.timedelta(days=plus)
