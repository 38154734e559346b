"""The nouns of a situation: what follows from the claims on file, each with the claims it rests on.

Everything here is derived: computed anew from the ledger's entries, never edited. ``claims`` always
lists ids of claims, and :class:`Situation` carries each of those claims once, as a :class:`Telling`.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from trucewatch.identity.merging import Link
from trucewatch.model import AnyClaim, Issue, Noun, Number, RestrictionType
from trucewatch.situation.alerts.nouns import Alert, Band
from trucewatch.situation.commitments.undertakings import CommitmentState
from trucewatch.situation.readouts.nouns import Readout

Basis = Literal["own", "stated as previous", "derived", "sum"]
Tie = Literal["named", "party", "context"]


class Telling(Noun, frozen=True, kw_only=True):
    """One claim as one report tells it. ``words`` are the exact words of its evidence, once looked up.

    ``tie`` says how it belongs to the ceasefire, see :mod:`trucewatch.situation.relevance`.
    """

    claim: AnyClaim
    report: str
    sha256: str
    tie: Tie
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    url: str | None = None
    words: str | None = None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id or ""


class Held(Noun, frozen=True, kw_only=True):
    """A report on file, in short. ``claims`` counts those of this ceasefire."""

    report: str
    sha256: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    claims: int = 0


# --- counts --------------------------------------------------------------------------------------


class Figure(Noun, frozen=True, kw_only=True):
    """A number with inclusive bounds (``None`` is open) and where it comes from."""

    low: Number | None
    high: Number | None
    basis: Basis
    claims: tuple[str, ...]
    approximate: bool = False


class Point(Noun, frozen=True, kw_only=True):
    """What a counter counted in a region from the evening of ``start`` to the evening of ``end``.

    ``region`` is None for the total; a total is ``complete`` only if every region is in it, otherwise
    its ``low`` is an "at least" and ``high`` is open. ``explosions`` is a subset, never added.
    ``rivals`` are figures on file that contradict this one. ``stated`` is False where the window
    follows from the day of issue instead of the text. ``calendar``: told as whole days, from the
    morning after ``start`` on.
    """

    counter: str
    region: str | None
    start: dt.date
    end: dt.date
    low: Number | None
    high: Number | None
    basis: Basis
    claims: tuple[str, ...]
    approximate: bool = False
    stated: bool = False
    calendar: bool = False
    complete: bool = True
    explosions: Figure | None = None
    rivals: tuple[Figure, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def evenings(self) -> int:
        """How many evenings the window spans; only a window of one is a daily figure."""
        return (self.end - self.start).days


class Series(Noun, frozen=True, kw_only=True):
    """The points of one region, or of the total (``region`` None), in the order of time.

    ``gaps`` are the evenings without a complete daily figure between the first point and the last
    evening that could be on file; those inside a longer window are in ``spanned`` too.
    """

    counter: str
    region: str | None
    points: tuple[Point, ...]
    gaps: tuple[dt.date, ...] = ()
    spanned: tuple[dt.date, ...] = ()

    @property
    def daily(self) -> tuple[Point, ...]:
        """The points of one evening each."""
        return tuple(point for point in self.points if point.evenings == 1)


Verdict = Literal["highest of all days", "highest on file", "tied", "passed", "nothing on file"]


class RecordCheck(Noun, frozen=True, kw_only=True):
    """The highest daily total of a year, and how much the ledger can say about it.

    From ``first`` to ``last`` there are ``days`` evenings, ``on_file`` of them with a complete daily
    total. ``before`` is the highest one earlier than ``highest``. ``passed_by`` are bounds and derived
    figures that exceed it, ``may_hide`` windows of several evenings that could contain a higher day.
    """

    counter: str
    scope: str
    first: dt.date
    last: dt.date
    days: int
    on_file: int
    missing: int
    verdict: Verdict
    highest: Point | None = None
    before: Point | None = None
    passed_by: tuple[Point, ...] = ()
    may_hide: tuple[Point, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that the check rests on."""
        points = (self.highest, self.before, *self.passed_by, *self.may_hide)
        return tuple(dict.fromkeys(claim for point in points if point for claim in point.claims))


Which = Literal["highest", "lowest"]
Outcome = Literal["confirmed", "refuted", "not checkable"]
Relation = Literal["highest", "lowest", "above", "below", "equal"]


class Record(Noun, frozen=True, kw_only=True):
    """The highest or lowest of the windows of ``evenings`` that end from ``first`` to ``last``.

    ``days`` are the evenings between, ``on_file`` those with a complete figure, ``missing`` the others
    (None for longer windows, which fill no calendar). ``best`` is the earliest where several are equal
    (``tied``), ``before`` the best one earlier than it. ``surely`` and ``maybe`` stand beyond it.
    """

    which: Which
    evenings: int
    first: dt.date
    last: dt.date
    days: int
    on_file: int
    missing: int | None
    best: Point | None = None
    before: Point | None = None
    tied: bool = False
    surely: tuple[Point, ...] = ()
    maybe: tuple[Point, ...] = ()

    @property
    def verdict(self) -> str:
        """In a few words: "highest on file", "lowest of all days", "tied", "passed", "nothing on file"."""
        if self.best is None:
            return "nothing on file"
        if self.surely or any(point.evenings == self.evenings for point in self.maybe):
            return "passed"
        if self.tied:
            return "tied"
        return f"{self.which} of all days" if self.missing == 0 else f"{self.which} on file"


class Superlative(Noun, frozen=True, kw_only=True):
    """One comparison that a report makes of a counter's figure, with its verdict.

    ``point`` is the figure on file that is meant, ``record`` the record of the scope, ``surely`` and
    ``maybe`` what stands beyond the figure, ``other`` the figure that it is set against (above, below,
    equal). ``reason`` says why it is not checkable.
    """

    claim: str
    report: str
    counter: str
    region: str | None
    measure: str
    relation: Relation
    verdict: Outcome
    scope: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    low: Number | None = None
    high: Number | None = None
    than: Number | None = None
    point: Point | None = None
    record: Record | None = None
    surely: tuple[Point, ...] = ()
    maybe: tuple[Point, ...] = ()
    other: Point | None = None
    reason: str | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that the verdict rests on, the checked one first."""
        points = (self.point, self.other, *self.surely, *self.maybe)
        rest = [claim for point in points if point for claim in point.claims]
        if self.record and self.record.before:
            rest.extend(self.record.before.claims)
        return tuple(dict.fromkeys((self.claim, *rest)))


Comparison = Literal[
    "agrees", "agrees within rounding", "differs", "nothing to compare with", "running total"
]


class Echo(Noun, frozen=True, kw_only=True):
    """A figure of the counter as others tell it, without a window of its own: compared, never a point.

    ``point`` is the end of the window that it was compared with, ``against`` its claims.
    """

    counter: str
    region: str | None
    claims: tuple[str, ...]
    verdict: Literal[
        "agrees", "agrees within rounding", "differs", "nothing to compare with", "running total"
    ]
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    point: dt.date | None = None
    against: tuple[str, ...] = ()


class Tally(Noun, frozen=True, kw_only=True):
    """Any other count: casualties, or violations by somebody who is not the counter."""

    measure: str
    voice: str
    claims: tuple[str, ...]
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    unit: str | None = None
    place: str | None = None
    day: dt.date | None = None
    told: dt.date | None = None
    running: bool = False


# --- what happened, what is due, what is said -----------------------------------------------------

ContactStatus = Literal[
    "held", "planned", "proposed", "conditional", "overdue", "refused", "cancelled", "postponed"
]


class Told(Noun, frozen=True, kw_only=True):
    """A step of a contact's history: what was said of it on a day, by which claims, of which window."""

    told: dt.date | None
    status: ContactStatus
    start: dt.date | None
    end: dt.date | None
    claims: tuple[str, ...]


class ContactState(Noun, frozen=True, kw_only=True):
    """One contact as far as it is known: several tellings, one state.

    ``id`` is that of the export. ``days`` are the days it was held by one account or another. ``start`` and
    ``end`` are the first and last of them, an account that gives none going by the day of its report if it is
    that report's news; or they are the window of one that is due. ``kept`` are the claims of another contact
    that say a due one was held: it is then no longer due. ``history`` is in the order of telling.
    """

    id: str
    form: str
    status: ContactStatus
    participants: tuple[str, ...]
    claims: tuple[str, ...]
    body: str | None = None
    days: tuple[dt.date, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    when: str | None = None
    duration_minutes: tuple[int, ...] = ()
    condition: str | None = None
    purpose: str | None = None
    place: str | None = None
    kept: tuple[str, ...] = ()
    told: dt.date | None = None
    history: tuple[Told, ...] = ()


class PostureState(Noun, frozen=True, kw_only=True):
    """Forces or arms placed, moved or pulled back, as somebody asserts or denies it."""

    force: tuple[str, ...]
    action: str
    status: str
    claims: tuple[str, ...]
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    unit: str | None = None
    recipient: str | None = None
    place: str | None = None
    day: dt.date | None = None
    told: dt.date | None = None
    standing: Standing | None = None


class IncidentState(Noun, frozen=True, kw_only=True):
    """A reported act. ``accused`` are those it is attributed to, never a finding.

    ``independent`` is how many origins of different sides tell it: outlets that reprint one text are one.
    """

    type: str
    claims: tuple[str, ...]
    independent: int = 1
    standing: Standing | None = None
    accused: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: str | None = None
    trend: str | None = None
    day: dt.date | None = None
    told: dt.date | None = None


RestrictionBasis = Literal["reporting period", "stated", "day of publication"]


class RestrictionState(Noun, frozen=True, kw_only=True):
    """Observers kept from observing at one place on one day, with all claims that tell it.

    By the monitoring body's own daily report (``basis`` reporting period) it lies between the evening of
    ``start`` and the evening of ``end``; else both are the day, or the days, that the text states, or the
    day of publication where it states none. ``by`` are those to whom it is attributed, never a finding.
    ``region`` is the id of the ceasefire's. ``why`` says what made the claims one.
    """

    id: str
    type: RestrictionType
    claims: tuple[str, ...]
    start: dt.date | None = None
    end: dt.date | None = None
    basis: RestrictionBasis | None = None
    place: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    observer: str | None = None
    by: tuple[str, ...] = ()
    why: tuple[Link, ...] = ()
    told: dt.date | None = None


class Saying(Noun, frozen=True, kw_only=True):
    """Who said what: one statement, with every report that tells it in the same words."""

    speakers: tuple[str, ...]
    sides: tuple[str, ...]
    act: str
    form: str
    claims: tuple[str, ...]
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    channel: str | None = None
    day: dt.date | None = None
    told: dt.date | None = None


class Dispute(Noun, frozen=True, kw_only=True):
    """Two accounts that do not go together, side by side: neither raises nor lowers the other.

    ``matter`` says in a few words what both are about, in no quotation marks, ``topic`` coarsely (a kind of
    catalog/vocabulary/matters.yml). ``claims`` tell it, ``against`` deny or counter it; ``claims`` is empty
    where a denial is on file and nothing that it answers. ``id`` is made of the claim that was told first.
    ``sides`` and ``other_sides`` are the sides of the catalog that speak. ``accused`` are those against whom
    others hold ``claims``, ``other_accused`` those against whom they hold ``against``: the same number with
    opposite accused is two claims. ``since`` is the first day it was told, ``told`` the last.
    """

    kind: Literal["denial", "counter-accusation", "rival figures"]
    matter: str
    claims: tuple[str, ...]
    against: tuple[str, ...]
    id: str = ""
    topic: str | None = None
    sides: tuple[str, ...] = ()
    other_sides: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    other_accused: tuple[str, ...] = ()
    since: dt.date | None = None
    told: dt.date | None = None


class Standing(Noun, frozen=True, kw_only=True):
    """How one thing stands, derived: never a finding of ours.

    ``alleged`` by one side; ``corroborated`` where independent origins whose speakers belong to different
    sides tell it; ``verified`` where the body that the catalog names as the mechanism does. ``contested`` is
    a flag of its own: a denial is on file (``denials``); a confirmation never hides it. ``independent``
    counts origins of different sides, ``voices`` and ``sides`` name them, ``verified_by`` the mechanism.
    """

    standing: Literal["alleged", "corroborated", "verified"]
    contested: bool
    independent: int
    voices: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    verified_by: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()


class PositionStep(Noun, frozen=True, kw_only=True):
    """One day's word on a position: by which claims, in which act ("demand", "offer", "refuse")."""

    told: dt.date | None
    act: str
    claims: tuple[str, ...]


class Position(Noun, frozen=True, kw_only=True):
    """What an actor demands, offers or refuses on one matter, over time, by its own words.

    ``actor`` is the party where the catalog knows one, ``names`` who spoke for it. ``steps`` are in the order
    of telling; ``act`` is the last. ``own`` is False where only others say that the actor holds it.
    ``towards`` are those it is addressed to. ``id`` is made of the claim that was told first.
    """

    actor: str
    side: str | None
    topic: str
    matter: str
    act: str
    steps: tuple[PositionStep, ...]
    claims: tuple[str, ...]
    id: str = ""
    names: tuple[str, ...] = ()
    own: bool = True
    towards: tuple[str, ...] = ()
    since: dt.date | None = None
    told: dt.date | None = None


# --- what is missing ------------------------------------------------------------------------------


class Quiet(Noun, frozen=True, kw_only=True):
    """A source that used to publish and has not lately."""

    publisher: str
    last: dt.date
    report: str
    reports: int


class Missing(Noun, frozen=True, kw_only=True):
    """What the ledger lacks. ``evenings`` are recent ones without a complete daily total."""

    evenings: tuple[dt.date, ...] = ()
    spanned: tuple[dt.date, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    undated: tuple[Held, ...] = ()
    empty: tuple[Held, ...] = ()
    issues: tuple[Issue, ...] = ()


class CounterNote(Noun, frozen=True, kw_only=True):
    """A counter in short: what it is called, what it counts and by which cut-off, and whose acts it counts
    where it does not count whoever fired."""

    name: str
    measure: str
    cutoff: str | None = None
    mechanism: bool = False
    accused: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    no_report_on: tuple[str, ...] = ()


class Situation(Noun, frozen=True, kw_only=True):
    """A ceasefire at a date, as known on a date: what the ledger's claims amount to.

    ``known`` None means all that is on file. ``in_force`` is False where ``at`` lies outside the
    ceasefire. ``tellings`` holds every claim that anything here rests on, by id.
    """

    ceasefire: str
    name: str
    at: dt.date
    known: dt.date | None
    in_force: bool
    start: dt.date
    end: dt.date | None = None
    reports: tuple[Held, ...] = ()
    regions: dict[str, str] = msgspec.field(default_factory=dict)
    counters: dict[str, CounterNote] = msgspec.field(default_factory=dict)
    totals: tuple[Series, ...] = ()
    series: tuple[Series, ...] = ()
    records: tuple[RecordCheck, ...] = ()
    superlatives: tuple[Superlative, ...] = ()
    echoes: tuple[Echo, ...] = ()
    tallies: tuple[Tally, ...] = ()
    contacts: tuple[ContactState, ...] = ()
    commitments: tuple[CommitmentState, ...] = ()
    postures: tuple[PostureState, ...] = ()
    incidents: tuple[IncidentState, ...] = ()
    restrictions: tuple[RestrictionState, ...] = ()
    sayings: tuple[Saying, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    positions: tuple[Position, ...] = ()
    readouts: tuple[Readout, ...] = ()
    alerts: tuple[Alert, ...] = ()
    bands: tuple[Band, ...] = ()
    missing: Missing = Missing()
    tellings: dict[str, Telling] = msgspec.field(default_factory=dict)
