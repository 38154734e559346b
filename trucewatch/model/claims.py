"""Claims: the interchange form of design/CLAIMS.md, and restrictions, which are ours alone."""

from __future__ import annotations

from typing import Literal

from trucewatch.model.annotations import Actor
from trucewatch.model.base import Noun, Number, Span

Kind = Literal["statement", "contact", "commitment", "count", "posture", "incident"]
FiledKind = Kind | Literal["restriction"]
Act = Literal[
    "assert",
    "deny",
    "accuse",
    "demand",
    "warn",
    "appeal",
    "offer",
    "promise",
    "agree",
    "announce",
    "acknowledge",
]
Measure = Literal[
    "ceasefire_violations",
    "explosions",
    "shots",
    "killed",
    "wounded",
    "casualties",
    "troops",
    "weapons",
    "prisoners",
    "displaced",
    "other",
]
Topic = Literal[
    "ceasefire",
    "negotiation",
    "withdrawal",
    "disengagement",
    "exchange",
    "humanitarian access",
    "mobilization",
    "arms",
    "monitoring",
    "political",
    "other",
]
ContactForm = Literal["call", "meeting", "visit", "talks", "summit", "session"]
ContactStatus = Literal["held", "planned", "proposed", "conditional", "refused", "cancelled", "postponed"]
Strength = Literal["agreed", "pledged", "ordered", "expected", "proposed", "demanded", "refused", "ended"]
PostureAction = Literal[
    "buildup",
    "deployment",
    "withdrawal",
    "disengagement",
    "mobilization",
    "exercise",
    "arms supply",
    "fortification",
]
PostureStatus = Literal["asserted", "denied", "planned", "ordered"]
IncidentType = Literal[
    "shelling",
    "clash",
    "air strike",
    "missile strike",
    "explosion",
    "shooting",
    "attack",
    "ceasefire violation",
    "detention",
    "other",
]
Trend = Literal["up", "down", "unchanged"]


class Voice(Noun, frozen=True, kw_only=True):
    """One link of a chain of speakers: who vouches, by which words, through which channel."""

    source: str
    span: Span | None = None
    cue: str | None = None
    channel: str | None = None


class Time(Noun, frozen=True, kw_only=True):
    """When it happened or is to happen: ``start`` and ``end`` are ``YYYY[-MM[-DD]]``, absent where open."""

    text: str | None = None
    start: str | None = None
    end: str | None = None


class Place(Noun, frozen=True, kw_only=True):
    """Where, as far as it resolves."""

    text: str | None = None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class Claim(Noun, frozen=True, kw_only=True, tag_field="kind"):
    """One thing that a report says, with who vouches for it and the words it stands on.

    ``said_by`` lists the vouching voices, nearest first; empty is the reporter's own voice.
    ``reader`` says which annotator or rule read it and ``confidence`` how sure it is (0 to 1).
    ``id`` is set by :func:`trucewatch.claims.extract`.
    """

    evidence: Span
    said_by: tuple[Voice, ...]
    time: Time | None = None
    place: Place | None = None
    id: str | None = None
    confidence: float | None = None
    reader: str | None = None

    @property
    def kind(self) -> FiledKind:
        """Which of the six kinds of the interchange form it is, or a restriction."""
        return self.__struct_config__.tag  # type: ignore[return-value]


class Statement(Claim, frozen=True, kw_only=True, tag="statement"):
    """Somebody asserts, denies, demands, warns, offers or promises something."""

    speaker: tuple[Actor, ...]
    act: Act
    form: Literal["direct", "indirect", "mixed"]
    content: Span | None = None
    addressees: tuple[Actor, ...] = ()
    about: tuple[Actor, ...] = ()
    channel: str | None = None


class Contact(Claim, frozen=True, kw_only=True, tag="contact"):
    """Parties meet or talk, have met, will meet, or are asked to."""

    form: ContactForm
    participants: tuple[Actor, ...]
    status: ContactStatus
    body: str | None = None
    duration_minutes: int | None = None
    condition: str | None = None
    purpose: str | None = None


class Commitment(Claim, frozen=True, kw_only=True, tag="commitment"):
    """A party binds itself, or is asked to bind itself, to do or to stop something."""

    parties: tuple[Actor, ...]
    action: str
    topic: Topic
    strength: Strength
    to: tuple[Actor, ...] = ()
    condition: str | None = None


class Comparison(Noun, frozen=True, kw_only=True):
    """How a count stands to others: the highest of a scope, or above or below another figure."""

    relation: Literal["highest", "lowest", "above", "below", "equal"]
    scope: str | None = None
    than: Number | None = None


class Window(Noun, frozen=True, kw_only=True):
    """The counted window with time and offset, ISO 8601."""

    start: str
    end: str


class Count(Claim, frozen=True, kw_only=True, tag="count"):
    """Somebody counted or estimated something. ``time`` is the counted window, never the announcing."""

    measure: Measure
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    unit: str | None = None
    period: str | None = None
    observer: Actor | None = None
    comparison: Comparison | None = None
    window: Window | None = None
    part_of: str | None = None
    running: bool = False
    previous: bool = False
    definition: str | None = None


class Posture(Claim, frozen=True, kw_only=True, tag="posture"):
    """Forces or arms are placed, moved, raised, supplied or pulled back."""

    force: tuple[Actor, ...]
    action: PostureAction
    status: PostureStatus
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    unit: str | None = None
    recipient: Actor | None = None


class Incident(Claim, frozen=True, kw_only=True, tag="incident"):
    """Violence happens: one event, or a described run of events."""

    type: IncidentType
    perpetrator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    trend: Trend | None = None


RestrictionType = Literal["access", "jamming", "camera", "delay", "mines", "other"]


class Restriction(Claim, frozen=True, kw_only=True, tag="restriction"):
    """Observers are kept from observing: refused access, a jammed drone, a camera out of work.

    It stands in the ledger and in no interchange form. ``by`` are those to whom the report attributes
    it, never a finding.
    """

    type: RestrictionType
    observer: Actor | None = None
    by: tuple[Actor, ...] = ()


AnyClaim = Statement | Contact | Commitment | Count | Posture | Incident | Restriction
