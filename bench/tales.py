"""Claims in the shape of real ones, with a text that holds their evidence."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Any

import msgspec

from bench.shape import Kind
from bench.world import Event, Stage, word
from trucewatch.model import (
    Actor,
    AnyClaim,
    Commitment,
    Contact,
    Count,
    Incident,
    Place,
    Posture,
    Span,
    Statement,
    Time,
    Voice,
)
from trucewatch.model.checks import identify

_RIBBON = 400_000  # characters of invented words, of which texts are cut
_CUES = ("said", "according to", "announced", "told")
_BEFORE = 20  # characters that stand before a name
ONE = dt.timedelta(days=1)


class Ribbon:
    """Invented words without end: any stretch of them, from one word's beginning to another's end."""

    def __init__(self, chance: Random) -> None:
        words = [word(chance, syllables=chance.randint(1, 4)) for _ in range(3_000)]
        self._text = " ".join(chance.choice(words) for _ in range(_RIBBON // 7))
        self._chance = chance

    def cut(self, length: int) -> str:
        """About so many characters, at least one word."""
        start = self._text.index(" ", self._chance.randrange(len(self._text) - length - 50)) + 1
        return self._text[start : self._text.index(" ", start + length)]


class Pen:
    """A text in the making: every sentence knows where it stands."""

    def __init__(self, ribbon: Ribbon) -> None:
        self._ribbon = ribbon
        self._parts: list[str] = []
        self._end = 0

    def say(self, names: Sequence[str], *, length: int) -> tuple[Span, dict[str, Span]]:
        """A sentence of about a length with some names in it: its span, and that of each name."""
        start, spans = self._end, {}
        for name in dict.fromkeys(names):
            self._put(self._ribbon.cut(_BEFORE))
            spans[name] = (self._end, self._end + len(name))
            self._put(name)
        self._put(self._ribbon.cut(max(8, length - (self._end - start))))
        sentence = (start, self._end - 1)
        self._put("\n")
        return sentence, spans

    def text(self) -> str:
        """All that has been said."""
        return "".join(self._parts)

    def _put(self, words: str) -> None:
        self._parts.append(f"{words} ")
        self._end += len(words) + 1


class Die:
    """Draws of one kind of claim as often as real ones have them."""

    def __init__(self, kind: Kind, chance: Random) -> None:
        self._kind = kind
        self._chance = chance
        self._values = {
            name: (list(told), list(accumulate(told.values()))) for name, told in kind.values.items() if told
        }

    def has(self, field: str) -> bool:
        """Whether a field is filled this time."""
        return self._chance.random() < self._kind.filled[field]

    def value(self, field: str) -> Any:
        """One of a field's values."""
        values, sums = self._values[field]
        return values[bisect(sums, self._chance.random() * sums[-1])]

    def perhaps(self, field: str) -> Any:
        """One of its values, or None as often as real ones have none."""
        return self.value(field) if field in self._values and self.has(field) else None

    def many(self, field: str) -> int:
        """How many actors or voices stand in a field."""
        return self._chance.choice(self._kind.crowds[field])

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The lengths of evidence."""
        return self._kind.evidence


class Maker:
    """Makes the claims of one report, sentence by sentence."""

    def __init__(self, stage: Stage, pen: Pen, chance: Random, *, report: str, day: dt.date) -> None:
        self.stage, self.pen, self.chance = stage, pen, chance
        self.report, self.day = report, day
        self.claims: list[AnyClaim] = []

    def tell(self, kind: type[AnyClaim], die: Die, people: Sequence[Actor], **fields: Any) -> AnyClaim:
        """One more claim: a sentence that names the people and the place, and what it says."""
        place = self.place() if die.has("place") else None
        voices = [self.actor() for _ in range(die.many("said_by"))]
        names = [actor.name for actor in (*people, *voices)] + ([place.text or ""] if place else [])
        evidence, spans = self.pen.say(names, length=self.chance.choice(die.lengths))
        said_by = tuple(
            Voice(source=voice.name, span=spans[voice.name], cue=self.chance.choice(_CUES))
            for voice in voices
        )
        fields = {name: _spanned(value, spans) for name, value in fields.items()}
        fields.setdefault("time", self.time() if die.has("time") else None)
        return self.add(kind(evidence=evidence, said_by=said_by, place=place, **fields))

    def add(self, claim: AnyClaim) -> AnyClaim:
        """Give a claim its id."""
        named = msgspec.structs.replace(
            claim,
            id=identify(claim, report_id=self.report),
            confidence=round(0.5 + self.chance.random() / 2, 3),
            reader="made up",
        )
        self.claims.append(named)
        return named

    def actor(self) -> Actor:
        """Somebody; the first in the list are named far more often."""
        actors = self.stage.actors
        return actors[int(len(actors) * self.chance.random() ** 2)]

    def actors(self, many: int) -> tuple[Actor, ...]:
        """Some people."""
        return tuple({one.name: one for one in (self.actor() for _ in range(many))}.values())

    def place(self) -> Place:
        """Somewhere; the first in the list are named far more often."""
        places = self.stage.places
        return places[int(len(places) * self.chance.random() ** 2)]

    def time(self) -> Time:
        """A day shortly before the report, or now and then a few days."""
        end = self.day - ONE * self.chance.choice((0, 0, 1, 1, 2))
        start = end - ONE * (self.chance.randint(1, 5) if self.chance.random() < 0.2 else 0)
        return Time(text=f"on {end:%A}", start=start.isoformat(), end=end.isoformat())

    def matter(self) -> str:
        """A subject, in a few words."""
        return f"{self.pen._ribbon.cut(30)} {self.chance.choice(self.stage.matters)}"


def _spanned(value: Any, spans: dict[str, Span]) -> Any:
    """Actors with the place where the sentence names them."""
    if isinstance(value, Actor):
        return msgspec.structs.replace(value, span=spans.get(value.name))
    if isinstance(value, tuple):
        return tuple(_spanned(one, spans) for one in value)
    return value


# --- the six kinds --------------------------------------------------------------------------------


def statement(maker: Maker, die: Die) -> None:
    speakers, about = maker.actors(die.many("speaker")), maker.actors(die.many("about"))
    addressees = maker.actors(die.many("addressees"))
    form = die.value("form")
    made = {"act": die.value("act"), "form": form, "channel": die.perhaps("channel")}
    made |= {"speaker": speakers, "about": about, "addressees": addressees}
    maker.tell(Statement, die, (*speakers, *about, *addressees), **made)


def incident(maker: Maker, die: Die) -> None:
    accused, target = maker.actors(die.many("perpetrator")), maker.actors(die.many("target"))
    kind, trend = die.value("type"), die.perhaps("trend")
    maker.tell(Incident, die, (*accused, *target), type=kind, trend=trend, perpetrator=accused, target=target)


def commitment(maker: Maker, die: Die) -> None:
    parties = maker.actors(die.many("parties"))
    condition = maker.matter() if die.has("condition") else None
    made = {"action": maker.matter(), "topic": die.value("topic"), "strength": die.value("strength")}
    if die.has("time"):
        due = maker.day + ONE * maker.chance.randint(-3, 30)
        made["time"] = Time(text=f"by {due:%A}", end=due.isoformat())
    else:
        made["time"] = None
    maker.tell(Commitment, die, parties, parties=parties, condition=condition, **made)


def posture(maker: Maker, die: Die) -> None:
    force = maker.actors(die.many("force"))
    low = maker.chance.randint(1, 5_000) if die.has("low") else None
    recipient = maker.actor() if die.has("recipient") else None
    made = {"action": die.value("action"), "status": die.value("status"), "low": low, "high": low}
    unit = "troops" if die.has("unit") else None
    named = (*force, recipient) if recipient else force
    maker.tell(Posture, die, named, force=force, recipient=recipient, unit=unit, **made)


def count(maker: Maker, die: Die) -> None:
    low = int(maker.chance.paretovariate(0.8))
    observer = maker.actor() if die.has("observer") else None
    made = {"measure": die.value("measure"), "low": low, "high": low if die.has("high") else None}
    made |= {"unit": "people" if die.has("unit") else None, "approximate": die.has("approximate")}
    maker.tell(Count, die, (observer,) if observer else (), observer=observer, **made)


def contact(maker: Maker, die: Die, events: Sequence[Event]) -> None:
    """One telling of a contact that others tell too: as planned before its day, as held from then on."""
    event = maker.chance.choice(events)
    status = die.value("status")
    if event.day > maker.day and status == "held":
        status = "planned"
    time = Time(text=f"on {event.day:%A}", start=event.day.isoformat(), end=event.day.isoformat())
    made = {"form": event.form, "status": status, "time": time if maker.chance.random() < 0.8 else None}
    made |= {"purpose": maker.matter() if die.has("purpose") else None, "duration_minutes": event.minutes}
    maker.tell(Contact, die, event.participants, participants=event.participants, **made)


BUILDERS: dict[str, Callable[[Maker, Die], None]] = {
    "statement": statement,
    "incident": incident,
    "commitment": commitment,
    "posture": posture,
    "count": count,
}
"""By kind; a contact needs events to tell of besides."""
