"""Annotations: what is mentioned where in a document."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucewatch.model.base import Noun, Number, Span

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
    classes: dict[str, tuple[str, float]] = msgspec.field(default_factory=dict)


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
