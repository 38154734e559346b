"""What was said since the day before, and what each side holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trucewatch.situation import Saying
from trucewatch.situation.days import ONE
from trucewatch.views.disputed import stances
from trucewatch.views.events import statement
from trucewatch.views.phrases import day
from trucewatch.views.sitrep import LEDGER, Chapter, Desk, Draft, claims, left_out

_WEIGHT = (
    "accuse",
    "deny",
    "warn",
    "demand",
    "agree",
    "promise",
    "offer",
    "appeal",
    "announce",
    "acknowledge",
)
_ROLES = ("party", "mechanism", "format", "guarantor", "mediator", "outside")


def said(desk: Desk) -> Chapter:
    """The weightiest statements since the day before, at most two of one speaker and of one kind, and what
    each side has come to demand, offer or refuse."""
    situation = desk.situation
    since = situation.at - ONE
    recent = [saying for saying in situation.sayings if saying.told and saying.told >= since]
    chosen = _chosen(sorted(recent, key=lambda saying: _weight(desk, saying)))
    drafts = [_saying(desk, saying) for saying in chosen]
    drafts += stances(desk, most=1)
    drafts += left_out(statements=len(recent) - len(chosen))
    if not drafts:
        drafts.append(Draft(f"No statement since {day(since)} is on file", (LEDGER,)))
    return Chapter("What was said, and positions", tuple(drafts))


def _saying(desk: Desk, saying: Saying) -> Draft:
    """A statement as a sentence: speaker, relays, act, and the words, quoted only if they are a quotation."""
    return Draft(statement(desk, saying.claims[0]), claims(saying.claims))


def _weight(desk: Desk, saying: Saying) -> tuple[int, int, int, str]:
    role = min((_ROLES.index(role) for role in saying.sides), default=len(_ROLES))
    act = _WEIGHT.index(saying.act) if saying.act in _WEIGHT else len(_WEIGHT)
    named = 0 if desk.telling(saying.claims[0]).tie == "named" else 1
    return role, act, named, saying.claims[0]


def _chosen(ranked: Sequence[Saying], *, most: int = 4) -> list[Saying]:
    spoken: Counter[tuple[str, ...]] = Counter()
    acts: Counter[str] = Counter()
    chosen: list[Saying] = []
    for saying in ranked:
        told = spoken[saying.speakers]
        if told < 2 and acts[saying.act] < 2 and saying.speakers and len(chosen) < most:
            spoken[saying.speakers] += 1
            acts[saying.act] += 1
            chosen.append(saying)
    return chosen
