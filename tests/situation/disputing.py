"""Reports in words with their claims by hand, on a truce that exists nowhere: who says what of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from tests.situation.making import day, entries, report, voice
from trucewatch.model import (
    Actor,
    AnyClaim,
    Ceasefire,
    Commitment,
    Contact,
    Count,
    Entry,
    Holder,
    Incident,
    Judgement,
    Party,
    Place,
    Post,
    Posture,
    Region,
    Report,
    Span,
    Statement,
    Time,
)
from trucewatch.situation.disputes import disputes
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import Dispute, IncidentState, Position, PostureState
from trucewatch.situation.positions import positions
from trucewatch.situation.postures import postures
from trucewatch.situation.sayings import incidents
from trucewatch.situation.standing import stand

TRUCE = Ceasefire(
    id="tarn-2031",
    name="Truce on the Tarn",
    start=dt.date(2031, 1, 1),
    summary="Made up for the tests.",
    parties=(
        Party(
            id="varenia",
            name="Varenia",
            side="varenia",
            role="party",
            names=("Varenian army", "Varenian forces", "Varenian gunners"),
            posts=(
                Post(title="President of Varenia", holders=(Holder(name="Ana Velik"),)),
                Post(title="Varenian defence ministry"),
            ),
        ),
        Party(
            id="orlen",
            name="Orlen",
            side="orlen",
            role="party",
            names=("Orlen army", "Orlen forces", "Orlen government"),
            posts=(Post(title="Prime Minister of Orlen", holders=(Holder(name="Bero Saar"),)),),
        ),
        Party(id="brigades", name="hill brigades", side="orlen", role="party"),
        Party(id="halden", name="Halden Mission", side="halden", role="mechanism"),
        Party(id="lakeland", name="Lakeland", side="lakeland", role="mediator"),
    ),
    agreements=(),
    counters=(),
    regions=(Region(id="tarn", name="Tarn district"),),
    place_names=(("Saltmarsh",), ("Oxbow",)),
    cite=(),
)
CAST = cast(TRUCE)
TEXTS: dict[str, str] = {}


def words(entry: Entry, span: Span) -> str:
    """The words of a report made here."""
    return TEXTS.get(entry.report.sha256, "")[span[0] : span[1]]


def text_of(told: Report) -> str:
    return TEXTS.get(told.sha256, "")


def actors(names: Sequence[str]) -> tuple[Actor, ...]:
    return tuple(Actor(name=name, type="person" if " " in name else "country") for name in names)


def says(act: str, speaker: str, sentence: str, content: str = "", **more: Any) -> tuple[str, str, AnyClaim]:
    """A sentence in which somebody says something; ``content`` are the words of it that are said."""
    made = Statement(
        evidence=(0, 1),
        said_by=tuple(voice(relay) for relay in more.pop("relays", ())),
        speaker=actors([speaker] if speaker else []),
        act=act,  # type: ignore[arg-type]
        form="indirect",
        about=actors(more.pop("about", ())),
        addressees=actors(more.pop("to", ())),
        **_where(more),
    )
    return sentence, content, made


def shelling(sentence: str, *said_by: str, by: Sequence[str] = (), **more: Any) -> tuple[str, str, AnyClaim]:
    """A sentence that tells of a shelling; ``by`` are those whom it names as firing."""
    vouching = tuple(voice(source) for source in said_by)
    kind = more.pop("type", "shelling")
    made = Incident(evidence=(0, 1), said_by=vouching, type=kind, perpetrator=actors(by), **_where(more))
    return sentence, "", made


def moves(status: str, sentence: str, *said_by: str, of: str, **more: Any) -> tuple[str, str, AnyClaim]:
    """A sentence that tells of a withdrawal, or another ``action``."""
    made = Posture(
        evidence=(0, 1),
        said_by=tuple(voice(source) for source in said_by),
        force=actors([of]),
        action=more.pop("action", "withdrawal"),
        status=status,  # type: ignore[arg-type]
        **_where(more),
    )
    return sentence, "", made


def binds(strength: str, sentence: str, action: str, *parties: str, **more: Any) -> tuple[str, str, AnyClaim]:
    """A sentence that tells of an undertaking or a demand; ``by`` are those who say so."""
    made = Commitment(
        evidence=(0, 1),
        said_by=tuple(voice(source) for source in more.pop("by", ())),
        parties=actors(parties),
        action=action,
        topic=more.pop("topic", "withdrawal"),
        strength=strength,  # type: ignore[arg-type]
        **_where(more),
    )
    return sentence, "", made


def meets(status: str, sentence: str, *people: str) -> tuple[str, str, AnyClaim]:
    made = Contact(
        evidence=(0, 1),
        said_by=(),
        form="talks",
        participants=actors(people),
        status=status,  # type: ignore[arg-type]
    )
    return sentence, "", made


def counts(low: int, sentence: str, by: str, on: str) -> tuple[str, str, AnyClaim]:
    date = day(f"2031-{on}").isoformat()
    made = Count(
        evidence=(0, 1),
        said_by=(voice(by),),
        measure="ceasefire_violations",
        low=low,
        high=low,
        observer=Actor(name=by),
        time=Time(start=date, end=date),
    )
    return sentence, "", made


def _where(more: dict[str, Any]) -> dict[str, Any]:
    place, on = more.pop("place", None), more.pop("on", None)
    if place:
        more["place"] = Place(text=place, name=place)
    if on:
        date = day(f"2031-{on}").isoformat()
        more["time"] = Time(start=date, end=date)
    return more


def paper(
    published: str, *lines: tuple[str, str, AnyClaim], publisher: str = "Harbour Post", name: str = "post"
) -> list[Entry]:
    """A report of ``MM-DD`` 2031 with a claim in each sentence. Two sentences that are equal are one."""
    sentences = list(dict.fromkeys(sentence for sentence, _, _ in lines))
    text = "\n\n".join(sentences)
    placed: list[AnyClaim] = []
    for sentence, content, claim in lines:
        start = text.index(sentence)
        made: dict[str, Any] = {"evidence": (start, start + len(sentence))}
        if content:
            inner = start + sentence.index(content)
            made["content"] = (inner, inner + len(content))
        placed.append(replace(claim, **made))
    told = report(f"{name}-{published}", f"2031-{published}", publisher=publisher, text=text)
    TEXTS[told.sha256] = text
    return entries(told, *placed)


def disputed(
    *told: Sequence[Entry], at: str = "12-31", judgements: Sequence[Judgement] = ()
) -> list[Dispute]:
    """The disputes of some reports as of a day."""
    return disputes(_all(told), at=day(f"2031-{at}"), cast=CAST, judgements=judgements, words=words)


def held(*told: Sequence[Entry], at: str = "12-31") -> list[Position]:
    """The positions of some reports as of a day."""
    return positions(_all(told), at=day(f"2031-{at}"), cast=CAST, words=words)


def incidents_of(*told: Sequence[Entry]) -> tuple[IncidentState, ...]:
    """The incidents of some reports, with their standing."""
    every, at = _all(told), dt.date(2031, 12, 31)
    against = disputed(*told)
    return stand(incidents(every, at=at, words=words), every, disputes=against, text_of=text_of, cast=CAST)


def forces_of(*told: Sequence[Entry]) -> tuple[PostureState, ...]:
    """The movements of forces of some reports, with their standing."""
    every, at = _all(told), dt.date(2031, 12, 31)
    against = disputed(*told)
    return stand(postures(every, at=at), every, disputes=against, text_of=text_of, cast=CAST)


def _all(told: Sequence[Sequence[Entry]]) -> list[Entry]:
    return [entry for part in told for entry in part]
