"""The scene of one document's speech: its text, mentions and quotations, and an attribution in the making."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from trucewatch.annotations.cues import Cue
from trucewatch.documents.spans import touching, within
from trucewatch.model import Actor, ActorMention, Annotations, Document, Quotation, Span


@dataclass
class Speech:
    """An attribution in the making, within one sentence."""

    cue: Cue
    start: int
    end: int
    source: Span | None = None
    speakers: tuple[Actor, ...] = ()
    inherited: bool = False
    content: list[Span] = field(default_factory=list)
    addressees: tuple[Actor, ...] = ()
    about: tuple[Actor, ...] = ()
    inverted: bool = False
    statement: bool = True

    @property
    def first(self) -> int:
        """Where its own words begin: the source or the cue."""
        return min(self.start, self.source[0]) if self.source else self.start

    @property
    def last(self) -> int:
        """Where source and cue end."""
        return max(self.end, self.source[1]) if self.source else self.end


class Scene:
    """What the finders of sources and contents look at."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.document = document
        self.text = document.text
        self.actors = annotations.actors
        self.quotations = [q for q in document.quotations if q.inner[1] - q.inner[0] > 1]

    def near(self, span: Span) -> list[Quotation]:
        """The quotations that touch a span."""
        return touching(self.quotations, span)

    def next_quotation(self, at: int) -> Quotation | None:
        """The first quotation that begins at an offset or after it."""
        number = bisect_left(self.quotations, at, key=lambda q: q.span[0])
        return self.quotations[number] if number < len(self.quotations) else None

    def mentions(self, span: Span) -> list[ActorMention]:
        """The actors' mentions within a span."""
        return within(self.actors, span)

    def quoted(self, span: Span) -> bool:
        """Whether a span lies inside a quotation."""
        return any(q.inner[0] <= span[0] and span[1] <= q.inner[1] for q in self.near(span))


def take(speech: Speech, mentions: list[ActorMention]) -> bool:
    """Make some mentions the source of an attribution."""
    speech.source = (mentions[0].span[0], mentions[-1].span[1])
    speech.speakers = tuple(a for m in mentions for a in m.actors)
    return True
