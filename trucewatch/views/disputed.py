"""What is disputed: both sides of each matter in one sentence, with who speaks, when, and who is accused."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence

from trucewatch.model import Count, Posture, Statement
from trucewatch.situation import Dispute
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Position
from trucewatch.views.events import posture, statement
from trucewatch.views.phrases import (
    amount,
    count_of,
    day,
    names,
    plain,
    publisher,
    reported,
    series,
    unquoted,
    who,
)
from trucewatch.views.sitrep import LEDGER, Chapter, Desk, Draft, claims

_MOST = 5
_SHORT = 6  # words of a denial, below which its whole sentence tells more: "denied the charge"
_KINDS = {"counter-accusation": 0, "denial": 1, "rival figures": 2}
_ACTS = ("accuse", "warn", "announce", "assert", "deny")
_HELD = {
    "demand": "demands",
    "offer": "offers",
    "refuse": "refuses",
    "agree": "agrees",
    "pledge": "pledges",
    "appeal": "appeals",
    "warn": "warns",
}


def disputed(desk: Desk) -> Chapter:
    """A claim and its denial or counter-claim side by side, those of the last days."""
    found = desk.situation.disputes
    recent = [d for d in found if (d.told or dt.date.min) >= desk.situation.at - 3 * ONE]
    chosen = _by_turns(sorted(recent, key=_weight))[:_MOST]
    drafts = list(dict.fromkeys(_dispute(desk, dispute) for dispute in chosen))
    if left := len(recent) - len(drafts):
        drafts.append(Draft(f"{count_of(left, 'more disputed matter')} of the last days on file", (LEDGER,)))
    if not drafts:
        text = "No denial, counter-accusation or rival figure of the last days is on file"
        drafts.append(Draft(text, (LEDGER,)))
    return Chapter("Disputed", tuple(drafts))


def _weight(dispute: Dispute) -> tuple[bool, bool, int, str]:
    """Matters with both sides on file first, between sides of the catalog, the newest first."""
    between = bool(dispute.sides and dispute.other_sides)
    return not dispute.claims, not between, -(dispute.told or dt.date.min).toordinal(), dispute.id


def _by_turns(found: Sequence[Dispute]) -> list[Dispute]:
    """One of each kind in turn, so that no kind hides another."""
    kinds = [[d for d in found if d.kind == kind] for kind in sorted(_KINDS, key=_KINDS.__getitem__)]
    return [dispute for turn in itertools.zip_longest(*kinds) for dispute in turn if dispute]


def _dispute(desk: Desk, dispute: Dispute) -> Draft:
    if dispute.kind == "rival figures":
        return Draft(_rival(desk, dispute), claims((*dispute.claims, *dispute.against)))
    other = _chosen(desk, dispute.against)
    if not dispute.claims:
        text = f"Denied, and no claim on file that it answers: {_account(desk, other)}"
        return Draft(f"{text}{_also(desk, dispute.against, 'denial')}", claims(dispute.against))
    one = _chosen(desk, dispute.claims)
    both = f"{_account(desk, one)}{_also(desk, dispute.claims, 'telling')}; {_account(desk, other)}"
    both += _also(desk, dispute.against, "denial" if dispute.kind == "denial" else "telling")
    lead = "Each accuses the other" if dispute.kind == "counter-accusation" else "Told and denied"
    return Draft(f"{lead}: {both}", claims(dict.fromkeys((one, other, *dispute.claims, *dispute.against))))


def _also(desk: Desk, ids: Sequence[str], noun: str) -> str:
    """How many reports tell it, and since when, where there is more than one."""
    reports = {desk.telling(name).report for name in ids}
    days = sorted({told for name in ids if (told := desk.telling(name).published)})
    if len(reports) < 2 or len(days) < 2:
        return ""
    return f" ({count_of(len(reports), 'report')} with this {noun}, the first of {day(days[0])})"


def _account(desk: Desk, claim: str) -> str:
    """One side's word: who says it, in which act, in which words, and which report tells it, of which day."""
    telling = desk.telling(claim)
    dated = f", {day(telling.published)}" if telling.published else ", undated"
    words = reported(desk.words(telling, telling.claim.evidence))
    if isinstance(telling.claim, Statement):
        said = desk.words(telling, telling.claim.content)
        short = telling.claim.act == "deny" and len(said.split()) < _SHORT
        return f"{words} ({publisher(telling)}{dated})" if short and words else statement(desk, claim)
    if isinstance(telling.claim, Posture):
        state = next((s for s in desk.situation.postures if claim in s.claims), None)
        if state:
            return posture(desk, state).text
    what = f": {words}" if words else f" a {telling.claim.kind}"
    return f"{who(telling)} reports{what} ({publisher(telling)}{dated})"


def _chosen(desk: Desk, ids: Iterable[str]) -> str:
    """The telling that stands for a side: an accusation or denial with a named speaker, the newest."""

    def rank(name: str) -> tuple[bool, int, dt.date, str]:
        telling = desk.telling(name)
        said = telling.claim
        act = _ACTS.index(said.act) if isinstance(said, Statement) and said.act in _ACTS else len(_ACTS)
        named = not isinstance(said, Statement) or bool(said.speaker)
        return named, -act, telling.published or dt.date.min, name

    return max(ids, key=rank)


def _rival(desk: Desk, dispute: Dispute) -> str:
    one, other = dispute.claims[0], dispute.against[0]
    first = f"{_counted(desk, one)}{_held_against(dispute.accused)}"
    second = f"{_counted(desk, other)}{_held_against(dispute.other_accused)}"
    return f"Rival counts, not to be added or averaged: {first}; {second}"


def _held_against(accused: Sequence[str]) -> str:
    return f", attributed to {names(accused)}" if accused else ""


def _counted(desk: Desk, claim: str) -> str:
    telling = desk.telling(claim)
    count = telling.claim
    assert isinstance(count, Count)  # noqa: S101 - rival figures are counts
    observer = unquoted(plain(count.observer.name)) if count.observer else who(telling)
    where = f" in {unquoted(plain(count.place.name or count.place.text or ''))}" if count.place else ""
    figure = amount(count.low, count.high, approximate=count.approximate)
    dated = f", {day(telling.published)}" if telling.published else ""
    return f"{observer} gives {figure} {count.measure.replace('_', ' ')}{where} ({publisher(telling)}{dated})"


# --- positions -----------------------------------------------------------------------------------


def stances(desk: Desk, *, most: int = 2) -> list[Draft]:
    """The newest positions of each side, its own word first; at most so many of one side."""
    since = desk.situation.at - 3 * ONE
    recent = [p for p in desk.situation.positions if (p.told or dt.date.min) >= since and _is_stance(p)]
    kept: list[Position] = []
    for position in sorted(recent, key=lambda p: not p.own):
        if position.side and sum(other.side == position.side for other in kept) < most:
            kept.append(position)
    return [_stance(position) for position in kept]


def _is_stance(position: Position) -> bool:
    """Whether a position is asked, offered or refused, or has moved: what is agreed is told as due."""
    return position.act not in ("agree", "pledge") or len({step.act for step in position.steps}) > 1


def _stance(position: Position) -> Draft:
    """What an actor holds, and how that came about: "offers ...; before: demand on 3 February"."""
    own = "" if position.own else ", as others tell"
    to = f" (to {names(position.towards)})" if position.towards else ""
    actor = unquoted(plain(position.actor))
    verb = _HELD.get(position.act, position.act)
    text = f"{actor} {verb}{to}{own}: {reported(position.matter)}{_course(position)}"
    return Draft(unquoted(text) if '"' in text else text, claims(position.claims))


def _course(position: Position) -> str:
    """The steps before the last, where the act has changed; else since when it is held."""
    acts = [(step.act, step.told) for step in position.steps]
    changes = [acts[0], *(b for a, b in itertools.pairwise(acts) if a[0] != b[0])]
    if len(changes) < 2:
        first, last = position.since, position.told
        return f", told since {day(first)}" if first and last and first != last else ""
    return f"; before: {series([f'{act} on {day(on)}' if on else act for act, on in changes[:-1]])}"
