"""The nouns, in the order the data moves: Report, Document, Annotation, Claim, Run, Issue; Ceasefire.

All are frozen. Spans are half-open ``(start, end)`` offsets in Unicode code points of a document's
text. The claims are the interchange form: their names and values are those of the JSON Lines that
``trucewatch extract`` writes, so a claim encodes and decodes without a second definition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

import msgspec

Span = tuple[int, int]
Number = int | float


class Noun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything kept: immutable, compared by value, written without its empty fields."""


# --- reports and documents -----------------------------------------------------------------------


class Report(Noun, frozen=True, kw_only=True):
    """One report as it was received, before anybody reads it.

    ``data`` are the bytes as received and ``sha256`` their hash: the identity of this version.
    ``id`` is the name the publisher or the user gives it; two versions of one report share it.
    ``published`` is the day of publication in the publisher's own reckoning, or None.
    """

    id: str
    data: bytes
    media_type: str
    origin: str
    sha256: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    language: str | None = None
    url: str | None = None


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


class Quotation(Noun, frozen=True, kw_only=True):
    """A stretch between quotation marks; ``span`` includes the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool = True


class Document(Noun, frozen=True, kw_only=True):
    """A report's text with its divisions. ``sentences`` and ``paragraphs`` cover all but white space.

    ``language`` is None where it cannot be told. ``doubts`` say what was guessed in reading it.
    """

    report: Report
    text: str
    language: str | None
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    doubts: tuple[str, ...] = ()

    def words(self, span: Span) -> str:
        """The exact words on a span."""
        return self.text[span[0] : span[1]]


# --- annotations: what is mentioned where --------------------------------------------------------

ActorType = Literal["person", "organization", "country", "armed group", "body", "office", "group"]


class Annotation(Noun, frozen=True, kw_only=True):
    """A mark on a document: which annotator put it where and how sure it is (0 to 1)."""

    span: Span
    annotator: str
    score: float = 1.0


class Actor(Noun, frozen=True, kw_only=True):
    """Somebody who speaks, acts or is acted upon, as a claim names them."""

    name: str
    span: Span | None = None
    id: str | None = None
    country: str | None = None
    type: ActorType | None = None


class ActorMention(Annotation, frozen=True, kw_only=True, tag_field="label", tag="actor"):
    """A mention of one actor, or of several ("the two leaders"): ``actors`` are whom it resolves to.

    An unresolved pronoun has no actors. ``metonymic`` marks a place name that stands for a
    government ("Moscow denies"). ``entity`` numbers the actor within the report.
    """

    actors: tuple[Actor, ...]
    entity: int | None = None
    metonymic: bool = False
    pronoun: bool = False


class Attribution(Annotation, frozen=True, kw_only=True, tag_field="label", tag="attribution"):
    """Somebody says something: who (``source``), by which words (``cue``), and what (``content``).

    ``verb`` is the cue's lemma ("say", "according to"), ``speakers`` whom the source resolves to,
    ``addressees`` those spoken to and ``about`` those accused. ``channel`` as in a statement.
    ``statement`` is False for a relay ("quoted by Lusa") that is no statement of its own.
    """

    cue: Span | None
    content: tuple[Span, ...]
    source: Span | None = None
    verb: str = ""
    speakers: tuple[Actor, ...] = ()
    addressees: tuple[Actor, ...] = ()
    about: tuple[Actor, ...] = ()
    channel: str | None = None
    statement: bool = True


class PlaceMention(Annotation, frozen=True, kw_only=True, tag_field="label", tag="place"):
    """A place name in the text, resolved as far as it goes; ``precision`` as in ANNOTATIONS.md."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class DateMention(Annotation, frozen=True, kw_only=True, tag_field="label", tag="date"):
    """A date or window. ``value`` as TIMEX3 writes it; ``start`` and ``end`` ISO 8601, absent where open.

    ``relative`` is True where the day of publication was needed ("on Sunday").
    """

    value: str
    start: str | None = None
    end: str | None = None
    relative: bool = False


class DurationMention(Annotation, frozen=True, kw_only=True, tag_field="label", tag="duration"):
    """A length of time, ``value`` as ISO 8601: ``PT105M``, ``PT24H``, ``P2D``."""

    value: str


class Quantity(Annotation, frozen=True, kw_only=True, tag_field="label", tag="quantity"):
    """A number of something, with inclusive bounds. ``number`` is the span of the number words alone.

    ``change`` is one of ``= ~ > < up down``; ``unit`` the counted noun or unit as the text has it,
    with ``unit_span``.
    """

    number: Span
    low: Number | None = None
    high: Number | None = None
    approximate: bool = False
    change: Literal["=", "~", ">", "<", "up", "down"] = "="
    unit: str | None = None
    unit_span: Span | None = None


class Evidence(Annotation, frozen=True, kw_only=True, tag_field="label", tag="evidence"):
    """Words that a claim of some kind stands on, as the trained encoder sees them.

    ``classes`` gives the most probable value of each small field of that kind (``act``, ``form``,
    ``status``, ``strength``, ``topic``, ``measure``, ``action``, ``type``, ``trend``) with its probability.
    """

    kind: Literal["statement", "contact", "commitment", "count", "posture", "incident"]
    classes: dict[str, tuple[str, float]] = {}


class Annotations(Noun, frozen=True, kw_only=True):
    """All marks on one document, each kind in the order of the text.

    ``attributions`` are spans as the encoder sees them; ``speech`` are attributions as the rules read
    them, with the verb and with whom source, addressees and accused resolve to: claims are made of these.
    """

    attributions: tuple[Attribution, ...] = ()
    speech: tuple[Attribution, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    durations: tuple[DurationMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    evidence: tuple[Evidence, ...] = ()


# --- claims: the interchange form ----------------------------------------------------------------

Kind = Literal["statement", "contact", "commitment", "count", "posture", "incident"]
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
    def kind(self) -> Kind:
        """Which of the six kinds it is."""
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


AnyClaim = Statement | Contact | Commitment | Count | Posture | Incident


class Reading(Noun, frozen=True, kw_only=True):
    """What one report was turned into: its document, the annotations on it, the claims read from them."""

    document: Document
    annotations: Annotations
    claims: tuple[AnyClaim, ...]


# --- the ledger ----------------------------------------------------------------------------------


class Run(Noun, frozen=True, kw_only=True):
    """One run of the reader over some reports: which code with which settings, and when."""

    id: int
    reader: str
    settings: dict[str, str]
    started: dt.datetime
    finished: dt.datetime | None = None


class Issue(Noun, frozen=True, kw_only=True):
    """Something that could not be read, or was read with a doubt: kept and shown.

    ``level`` is ``error`` where the report yields nothing, ``warning`` where it was read all the same.
    """

    origin: str
    message: str
    level: Literal["error", "warning"] = "error"


class Entry(Noun, frozen=True, kw_only=True):
    """A claim on file, with the report it stands in. ``recorded`` is when the ledger took it in."""

    claim: AnyClaim
    report: Report
    recorded: dt.datetime


# --- given: a ceasefire ---------------------------------------------------------------------------


class Given(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is read from the catalog: a field that it does not know is a mistake."""


class Citation(Given, frozen=True, kw_only=True):
    """Where a given fact can be looked up."""

    text: str
    url: str | None = None


class Holder(Given, frozen=True, kw_only=True):
    """Who held a post, and when: ``since`` and ``until`` are ``YYYY[-MM[-DD]]``, absent where not given."""

    name: str
    names: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Post(Given, frozen=True, kw_only=True):
    """An office that speaks for a party: its title, other names, and its holders within the ceasefire."""

    title: str
    names: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()


class Party(Given, frozen=True, kw_only=True):
    """A party, guarantor, mediator or mechanism of a ceasefire.

    ``side`` groups voices: two of one side are one. ``names`` are further names and spellings,
    ``members`` the ids of the parties in a format, ``posts`` the offices that speak for the party.
    """

    id: str
    name: str
    side: str
    role: Literal["party", "guarantor", "mediator", "mechanism", "format", "outside"]
    names: tuple[str, ...] = ()
    country: str | None = None
    members: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    note: str | None = None
    cite: tuple[Citation, ...] = ()


class Provision(Given, frozen=True, kw_only=True):
    """A clause of an agreement, in our own words."""

    topic: Topic
    text: str
    article: str | None = None
    parties: tuple[str, ...] = ()


class Agreement(Given, frozen=True, kw_only=True):
    """An agreement of the ceasefire: when it was signed, when it took effect, where it applies."""

    id: str
    name: str
    signed: dt.date
    provisions: tuple[Provision, ...]
    cite: tuple[Citation, ...]
    effective: str | None = None
    ended: dt.date | None = None
    area: str | None = None


class Region(Given, frozen=True, kw_only=True):
    """A region that the mechanism counts by. A total is the sum over all regions of the ceasefire."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None


class Counter(Given, frozen=True, kw_only=True):
    """A series somebody keeps: who counts, what, by which cut-off (local time) and definition.

    ``no_report_on`` are the weekdays ("Sunday") without a report: the next one covers those evenings too.
    ``part_of`` is the id of the counter of which this series is a subset (explosions of the violations).
    """

    id: str
    name: str
    party: str
    measure: Measure
    time_zone: str
    cutoff: str | None = None
    no_report_on: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    part_of: str | None = None
    definition: str | None = None
    cite: tuple[Citation, ...] = ()


class Ceasefire(Given, frozen=True, kw_only=True):
    """A ceasefire as given in ``catalog/ceasefires/NAME.yml``: data, not code.

    ``place_names`` lists groups of spellings, the mechanism's usage first (Kyiv, Kiev).
    ``keywords`` are names that tie an otherwise unplaced claim to this ceasefire.
    """

    id: str
    name: str
    start: dt.date
    summary: str
    parties: tuple[Party, ...]
    agreements: tuple[Agreement, ...]
    counters: tuple[Counter, ...]
    regions: tuple[Region, ...]
    cite: tuple[Citation, ...]
    end: dt.date | None = None
    place_names: tuple[tuple[str, ...], ...] = ()
    keywords: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
