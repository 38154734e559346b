"""What stands on some words: the actors, the place, the time. Shared by the kinds."""

from __future__ import annotations

from trucewatch.documents.spans import within
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    DateMention,
    Document,
    Place,
    PlaceMention,
    Span,
    Time,
)


def resolved(mentions: list[ActorMention]) -> tuple[Actor, ...]:
    """The actors of some mentions, each once."""
    found: dict[str, Actor] = {}
    for mention in mentions:
        for actor in mention.actors:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def place_of(document: Document, annotations: Annotations, span: Span) -> Place | None:
    """The place of what stands on a span: the most precise place named within it."""
    inside = within(annotations.places, span)
    if not inside:
        return None
    return as_place(document, inside[0])


def as_place(document: Document, mention: PlaceMention) -> Place:
    """A place mention as a claim's place."""
    return Place(
        text=document.words(mention.span),
        name=mention.name,
        country=mention.country,
        lat=mention.lat,
        lon=mention.lon,
        precision=mention.precision,
    )


def as_time(document: Document, mention: DateMention) -> Time:
    """A date mention as a claim's time."""
    return Time(text=document.words(mention.span), start=mention.start, end=mention.end)
