"""The ledger of commitments: who, to whom, what, by when, under which condition, and how it stands.

Statuses are what claims say, never a finding: `reported fulfilled` and `reported broken` have a claim
and a speaker each, and where both are on file the later one shows, `contested`. `due` is what is to be
done (or, of a truce, begins) within a week; `overdue` what should be done by now and nothing on file
says was. A demand or proposal is asked of its parties and never overdue; a vague deadline ("in the
coming days") never passes; the end of a truce is the end of its window and no deadline.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.identity.commitments import Side, Telling, order, report_name, telling, whose
from trucewatch.identity.commitments import commitments as grouped
from trucewatch.identity.merging import Link
from trucewatch.model import Actor, Commitment, Entry, Judgement, Time
from trucewatch.situation.commitments.bearings import Outcomes, matter
from trucewatch.situation.commitments.conditions import Conditions
from trucewatch.situation.commitments.outcomes import Reader, Words, speaker_of
from trucewatch.situation.commitments.statuses import ASKED, BINDING, Course, lasts, standing
from trucewatch.situation.commitments.successions import successions
from trucewatch.situation.commitments.undertakings import Account, Bearing, CommitmentState, Says
from trucewatch.situation.days import ONE, closing, opening
from trucewatch.situation.names import Cast, all_names, key

_PAST = re.compile(r"\b(?:now|past|last|previous|earlier|ago|moment|at\s+this\s+time|since)\b", re.IGNORECASE)
_SPAN = 31 * ONE  # a window that began before it was told and is longer is the background: "this year"
_BY = ("by ", "until ", "till ", "within ", "no later ", "not later ", "at the latest ", "before ")


def commitments(
    entries: Iterable[Entry],
    *,
    at: dt.date,
    cast: Cast | None = None,
    judgements: Sequence[Judgement] = (),
    words: Words = lambda entry, span: "",
) -> list[CommitmentState]:
    """The commitments told up to a day, as they stand on it: the nearest deadline first, then the newest.

    ``words`` looks up the exact words of a report on a span; without it, statements bear on nothing.

    >>> commitments([], at=dt.date(2022, 2, 20))
    []
    """
    known = sorted((e for e in entries if (e.report.published or at) <= at), key=_by_content)
    side = side_of(cast)
    told = _histories(known, side=side, judgements=judgements)
    reader = Reader(side=side, known=_names(known, side=side, cast=cast), words=words)
    outcomes = Outcomes(reader.read(known), side=side)
    conditions = Conditions(reader.said)
    successors = _successors(told, words)
    states = [
        history.state(
            (*_outcomes(history, outcomes), *_met(history, conditions)),
            at=at,
            successor=told[successors[number]] if number in successors else None,
        )
        for number, history in enumerate(told)
    ]
    return sorted(states, key=_urgency)


def side_of(cast: Cast | None) -> Side:
    """Which side an actor is on, as far as the catalog says."""

    def side(actor: Actor) -> str | None:
        party = cast.party(actor) if cast else None
        return party.side if party else None

    return side


@dataclass(frozen=True)
class Told:
    """One telling of a commitment: what it is compared by, its entry, its claim."""

    telling: Telling
    entry: Entry
    claim: Commitment

    @property
    def says(self) -> Says:
        """The claim's own strength."""
        return self.claim.strength

    @property
    def words(self) -> str:
        """The words of the time."""
        return (self.claim.time.text or "") if self.claim.time else ""

    @property
    def start(self) -> dt.date | None:
        """From when on."""
        return opening(self.claim.time.start) if self.claim.time else None

    @property
    def deadline(self) -> dt.date | None:
        """By when: neither the day of the act nor a time that is past or long under way is a deadline."""
        time, told = self.claim.time, self.telling.told
        end = closing(time.end) if time else None
        if end is None or time is None or _PAST.search(self.words):
            return None
        if told is None or end > told:
            return None if told and _is_background(time, told) else end
        return end if end == told and self.words.lower().startswith(_BY) else None

    def bearing(self) -> Bearing:
        """The telling as evidence."""
        return _bearing(self.entry, self.says, self.telling.told)


@dataclass(frozen=True)
class History:
    """The tellings of one commitment in the order of time, and why they are one."""

    tellings: tuple[Told, ...]
    why: tuple[Link, ...]

    @property
    def id(self) -> str:
        """The founding claim's id, with a prefix."""
        return f"commitment-{self.tellings[0].telling.id}"

    @functools.cached_property
    def main(self) -> tuple[Told, ...]:
        """The tellings that say most: those that bind, else those that ask, else those that refuse."""
        for strengths in (BINDING, ASKED):
            if found := tuple(t for t in self.tellings if t.says in strengths):
                return found
        return self.tellings

    @property
    def since(self) -> dt.date | None:
        """From when on what happens can bear on it: told, and begun."""
        told = self.tellings[0].telling.told
        starts = [t.start for t in self.main if t.start]
        return max([told, *starts[-1:]]) if told else None

    def course(self, evidence: tuple[Bearing, ...]) -> Course:
        """What the status follows from."""
        dated = next((t for t in reversed(self.main) if t.deadline), None)
        timed = dated or next((t for t in reversed(self.main) if t.start), None)
        words = timed.words if timed else ""
        return Course(
            evidence=evidence,
            binding=self.main[0].says in BINDING,
            named=any(t.telling.sides for t in self.main),
            lasts=lasts(self.main[0].claim.topic, words),
            told=self.tellings[0].telling.told,
            start=next((t.start for t in reversed(self.main) if t.start), None),
            deadline=dated.deadline if dated else None,
            words=words,
            condition=next((t.claim.condition for t in reversed(self.main) if t.claim.condition), None),
        )

    def state(
        self, outcomes: Iterable[Bearing], *, at: dt.date, successor: History | None
    ) -> CommitmentState:
        """The commitment as it stands on a day."""
        own = [t.bearing() for t in self.tellings]
        later = [_replaced(successor)] if successor else []
        course = self.course(_in_order([*own, *outcomes, *later]))
        stands, lead = standing(course, at=at), self.main[0]
        return CommitmentState(
            id=self.id,
            parties=tuple(a.name for a in max((t.claim.parties for t in self.main), key=len)),
            action=lead.claim.action,
            topic=lead.claim.topic,
            strength=lead.claim.strength,
            status=stands.status,
            claims=tuple(t.telling.id for t in self.tellings),
            to=next((tuple(a.name for a in t.claim.to) for t in self.main if t.claim.to), ()),
            start=course.start,
            deadline=course.deadline,
            deadline_words=course.words or None,
            condition=course.condition,
            binding=course.binding,
            status_since=stands.since,
            contested=stands.contested,
            evidence=course.evidence,
            accounts=_accounts(course.evidence),
            why=self.why,
            successor=successor.id if successor else None,
            told=max((t.telling.told for t in self.tellings if t.telling.told), default=None),
        )


def _is_background(time: Time, told: dt.date) -> bool:
    start, end = opening(time.start), closing(time.end)
    return start is not None and end is not None and start < told and end - start > _SPAN


# --- making histories ------------------------------------------------------------------------------


def _histories(known: Sequence[Entry], *, side: Side, judgements: Sequence[Judgement]) -> list[History]:
    """The commitments among what is known, in the order of their first telling."""
    by_id = {
        entry.claim.id or "": Told(telling(entry, side=side), entry, entry.claim)
        for entry in known
        if isinstance(entry.claim, Commitment)
    }
    entries = [told.entry for told in by_id.values()]
    groups = grouped(entries, side=side, judgements=judgements)
    found = [
        History(tuple(sorted((by_id[m] for m in group.members), key=lambda t: order(t.telling))), group.why)
        for group in groups
    ]
    return sorted(found, key=lambda history: order(history.tellings[0].telling))


def _names(known: Iterable[Entry], *, side: Side, cast: Cast | None) -> dict[str, str]:
    """The names by which a statement may name a party, each with its side."""
    found: dict[str, str] = {}
    for entry in known:
        for actor in entry.claim.parties if isinstance(entry.claim, Commitment) else ():
            own = whose([actor], entry.report, side=side)
            if own and not any(" of " in name for name in own):
                found[key(actor.name)] = min(own)
    for party in cast.parties.values() if cast else ():
        found |= dict.fromkeys(map(key, all_names(party)), party.side)
    return found


def _successors(told: Sequence[History], words: Words) -> dict[int, int]:
    binding = [(number, t) for number, h in enumerate(told) for t in h.tellings if t.says in BINDING]
    group_of = {t.telling.id: number for number, t in binding}
    words_of = {t.telling.id: f"{words(t.entry, t.claim.evidence)} {t.claim.action}" for _, t in binding}
    ordered = sorted((t.telling for _, t in binding), key=order)
    return successions(ordered, group_of=group_of, words_of=words_of)


# --- evidence --------------------------------------------------------------------------------------


def _outcomes(history: History, outcomes: Outcomes) -> list[Bearing]:
    """What other claims say became of it; of what is refused or ended, nothing can."""
    if history.since is None or history.main[0].says not in (*BINDING, *ASKED):
        return []
    tellings, claims = [t.telling for t in history.tellings], [t.claim for t in history.main]
    about = matter(
        tellings,
        claims,
        since=history.since,
        until=next((t.deadline for t in reversed(history.main) if t.deadline), None),
        binding=history.main[0].says in BINDING,
    )
    return [_bearing(found.entry, found.says, found.day) for found in outcomes.of(about)]


def _met(history: History, conditions: Conditions) -> list[Bearing]:
    condition = next((t.claim.condition for t in reversed(history.main) if t.claim.condition), None)
    told = history.tellings[0].telling.told
    if condition is None or told is None:
        return []
    reports = frozenset(t.telling.report for t in history.tellings)
    found = conditions.met(condition, reports=reports, since=told)
    return [_bearing(said.entry, "condition met", said.entry.report.published) for said in found]


def _replaced(successor: History) -> Bearing:
    first = successor.main[0]
    return _bearing(first.entry, "other terms", first.telling.told)


def _bearing(entry: Entry, says: Says, day: dt.date | None) -> Bearing:
    return Bearing(
        claim=entry.claim.id or "", report=entry.report.id, day=day, speaker=speaker_of(entry), says=says
    )


def _in_order(evidence: Iterable[Bearing]) -> tuple[Bearing, ...]:
    """By day; what binds before what became of it, told on the same day."""
    unique = {(b.claim, b.says): b for b in evidence}
    return tuple(
        sorted(unique.values(), key=lambda b: (b.day or dt.date.min, b.says not in BINDING, b.says, b.claim))
    )


def _accounts(evidence: Iterable[Bearing]) -> tuple[Account, ...]:
    by_report: dict[str, list[str]] = {}
    for bearing in evidence:
        by_report.setdefault(bearing.report, []).append(bearing.claim)
    return tuple(
        Account(report=name, claims=tuple(dict.fromkeys(by_report[name]))) for name in sorted(by_report)
    )


def _by_content(entry: Entry) -> tuple[dt.date, str, tuple[int, int], str]:
    report = entry.report
    return report.published or dt.date.min, report_name(report), entry.claim.evidence, entry.claim.id or ""


def _urgency(state: CommitmentState) -> tuple[bool, dt.date, int, str]:
    told = -(state.told or dt.date.min).toordinal()
    return state.deadline is None, state.deadline or dt.date.max, told, state.id
