"""Counts: somebody counted or estimated something.

One count per number. A number's measure comes from :mod:`trucewatch.claims.measures`; here it gets its
evidence, who counted, the window that was counted, the place, and how it compares.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import msgspec

from trucewatch.claims import comparisons
from trucewatch.claims.circumstances import when, where
from trucewatch.claims.clauses import Passage
from trucewatch.claims.headlines import Piece, headlines, pieces, without_echoes
from trucewatch.claims.measures import Item, Reading, readings, single
from trucewatch.claims.voices import voices
from trucewatch.model import (
    Actor,
    Annotations,
    Comparison,
    Count,
    DateMention,
    Document,
    DurationMention,
    Number,
    Place,
    Span,
    Time,
    Voice,
)

READER = "counts"
_BEFORE, _AFTER = 90, 140  # code points of a clause that evidence takes at most around the words that count
_NEAR = 200  # code points before a number in which its verb stands
_HEADER = 600  # code points in which a report names in full the body that counts
_TALLIES = {"ceasefire_violations", "explosions", "shots"}  # what a mission counts by its own window

_RECORDS = re.compile(
    r"\b(?P<verb>recorded|registered|counted|logged|documented|noted|detected|heard|observed|saw"
    r"|spotted|recorded some)\b",
    re.I,
)
_ALONE = re.compile(rf"{_RECORDS.pattern}\s+(?:\w+ly\s+|a total of\s+|only\s+|another\s+)?$", re.I)
_TRUCE = re.compile(r"\b(?:cease-?fire|truce|armistice) violations?\b", re.I)
_ON = re.compile(r"\b(?:and|while|compared (?:with|to)|up from|down from|against|versus)\s*$", re.I)
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\s+(?:also\s+|then\s+)?$", re.I)
_CUT_OFF = re.compile(r"\b(?:as of|cut-?off)\b[^.\n]{0,12}$", re.I)
_TAIL = re.compile(r"[\s,;–—-]+(?:and|or|but|while|including|compared (?:with|to)|with)?\s*$", re.I)
_PART = re.compile(r"\b(?:including|among them|of which|of whom|of these,?)\s*$", re.I)
_NEXT_VERB = re.compile(r"\b(?:recorded|registered|counted|killed|wounded|injured|said|were|was|and)\b", re.I)
_LENGTH = re.compile(r"P(?:T?\d+[A-Z])+")
_OPENING = re.compile(r"\W*(?:in|during|for|over)\b[^,]{0,60}", re.I)
_EACH = re.compile(r"\b(?:each|every|per|a) (?P<unit>day|week|month|hour|year)\b|\bdaily\b", re.I)
_PERIODS = {"day": "P1D", "week": "P1W", "month": "P1M", "hour": "PT1H", "year": "P1Y"}
_WINDOW = re.compile(
    r"\b(?:in|within|over|during|past|last|previous)\b[^.;]{0,20}$|\b(?:past|last|previous)\b", re.I
)


def read(document: Document, annotations: Annotations) -> Iterator[Count]:
    """The counts of a document."""
    tally = Tally(document=document, cutoff=_cutoff(document, annotations))
    found = (
        (count, piece.headline) for piece in pieces(document, annotations) for count in _counts(piece, tally)
    )
    yield from _once(document, without_echoes(found, same=_same))


Mark = TypeVar("Mark", DateMention, DurationMention)


class Window(NamedTuple):
    """When and where was counted, and for how long."""

    time: Time | None = None
    place: Place | None = None
    period: str | None = None


class Line(NamedTuple):
    """A sentence with its numbers and what each counts."""

    passage: Passage
    items: list[Item]
    found: list[Reading | None]


@dataclass
class Tally:
    """What a mission's report says once for several numbers: its cut-off, the window and place told last."""

    document: Document
    cutoff: Time | None
    window: Window = field(default_factory=Window)
    observer: Actor | None = None
    truce: bool = field(init=False)

    def __post_init__(self) -> None:
        self.truce = _TRUCE.search(self.document.text) is not None


def _cutoff(document: Document, annotations: Annotations) -> Time | None:
    """ "Based on information as of 19:30 on 15 September": the end of what the report counts."""
    for date in annotations.dates:
        if date.end and _CUT_OFF.search(document.text, max(0, date.span[0] - 30), date.span[0]):
            return Time(text=document.words(date.span), end=date.end)
    return None


def _once(document: Document, found: Iterable[Count]) -> Iterator[Count]:
    """Less what a text repeats word for word, as where a lead was run twice."""
    seen: set[tuple[str, Number | None, Number | None]] = set()
    for count in found:
        key = (document.words(count.evidence), count.low, count.high)
        if key not in seen:
            seen.add(key)
            yield count


def _same(one: Count, other: Count) -> bool:
    """Whether a headline's count is told in the body too, perhaps more exactly."""
    if one.measure != other.measure:
        return False
    if one.high is None and one.low is not None:
        return other.low is not None and other.low >= one.low - 1
    return one.low in (other.low, other.high) or (other.low or 0) - 1 == one.low


# --- one sentence ---------------------------------------------------------------------------------------


def _counts(piece: Piece, tally: Tally) -> Iterator[Count]:
    passage = piece.passage
    sentence = passage.words(passage.span)
    items = _items(passage)
    items = sorted([*items, *single(sentence, items)], key=lambda item: item.start)
    if not items:
        return
    found = readings(sentence, items)
    if tally.truce:
        found = _recorded(sentence, items, found)
    line = Line(passage, items, found)
    for number, reading in enumerate(found):
        if reading:
            yield _count(line, number, reading, tally)


def _items(passage: Passage) -> list[Item]:
    quantities = passage.annotations.quantities
    first = bisect_left(quantities, passage.span[0], key=lambda q: q.span[0])
    last = bisect_left(quantities, passage.span[1], key=lambda q: q.span[0])
    start = passage.span[0]
    return [Item(q.span[0] - start, q.span[1] - start, q.unit, q) for q in quantities[first:last]]


def _recorded(sentence: str, items: list[Item], found: list[Reading | None]) -> list[Reading | None]:
    """A number alone after "recorded", in a text that counts violations of a ceasefire, counts those."""
    for number, item in enumerate(items):
        if found[number] is None and item.unit is None and item.quantity:
            goes_on = (
                number > 0 and found[number - 1] and _ON.search(sentence, items[number - 1].end, item.start)
            )
            if goes_on or _ALONE.search(sentence, max(0, item.start - _NEAR), item.start):
                found[number] = Reading("ceasefire_violations", item.start, item.end)
    return found


def _count(line: Line, number: int, reading: Reading, tally: Tally) -> Count:
    passage, item = line.passage, line.items[number]
    quantity, at = item.quantity, passage.span[0] + item.start
    evidence = _evidence(line, number, reading)
    observer, said_by = _counted_by(passage, evidence, at, tally)
    comparison = _comparison(line, number, evidence)
    window = Window(when(passage, evidence), where(passage, evidence, after=at), _period(passage, evidence))
    if comparison and comparison.scope and window.time and (window.time.text or "-") in comparison.scope:
        window = window._replace(time=None)
    previous = _is_previous(line, number)
    if reading.measure in _TALLIES and observer:
        window = _of_tally(tally, window, previous=previous)
    return Count(
        evidence=evidence,
        said_by=said_by,
        time=window.time,
        place=window.place,
        measure=reading.measure,
        low=quantity.low if quantity else item.alone,
        high=quantity.high if quantity else item.alone,
        approximate=quantity is not None and quantity.approximate,
        unit=item.unit,
        period=window.period,
        observer=observer,
        comparison=comparison,
        previous=previous,
        reader=READER,
    )


def _evidence(line: Line, number: int, reading: Reading) -> Span:
    """The clause of a number, from its verb to the next number's words."""
    passage, item, offset = line.passage, line.items[number], line.passage.span[0]
    first, last = offset + min(reading.start, item.start), offset + max(reading.end, item.end)
    clause = passage.clause(offset + item.start)
    start = max(min(clause[0], first), first - _BEFORE)
    end = min(max(clause[1], last), last + _AFTER)
    if reading.joined:
        start = first
    for other in line.found[number + 1 :]:
        if other and offset + other.start >= last:
            end = min(end, offset + other.start)
            break
    span = _whole_words(passage, (start, max(end, last)))
    tail = _TAIL.search(passage.document.text, *span)
    return passage.trim((span[0], tail.start()) if tail and tail.start() >= last else span)


def _whole_words(passage: Passage, span: Span) -> Span:
    text, (start, end) = passage.document.text, span
    while start > passage.span[0] and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < passage.span[1] and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


# --- who counted ----------------------------------------------------------------------------------------


def _counted_by(
    passage: Passage, evidence: Span, at: int, tally: Tally
) -> tuple[Actor | None, tuple[Voice, ...]]:
    """The observer of a number and who vouches for it: a mission in its own report is its own voice."""
    said_by = voices(passage.document, passage.annotations, evidence)
    text = passage.document.text
    verbs = list(_RECORDS.finditer(text, max(passage.span[0], at - _NEAR * 2), at))
    counting = [a for m in passage.subject(verbs[-1].start()) for a in m.actors] if verbs else []
    if (
        verbs
        and not counting
        and tally.observer
        and _PRONOUN.search(text, passage.span[0], verbs[-1].start())
    ):
        counting = [tally.observer]
    if not counting:
        return (Actor(name=said_by[0].source, span=said_by[0].span) if said_by else None), said_by
    observer = tally.observer = _in_full(passage, counting[0])
    if _issues(passage.document, observer):
        return observer, tuple(v for v in said_by if v.source != observer.name)
    if said_by:
        return observer, said_by
    return observer, (Voice(source=observer.name, span=observer.span, cue=verbs[-1].group("verb")),)


def _in_full(passage: Passage, actor: Actor) -> Actor:
    """ "The Mission" is the one that the report names in full near its beginning."""
    if " " in actor.name:
        return actor
    for mention in passage.annotations.actors:
        if mention.span[0] > _HEADER:
            break
        for named in mention.actors:
            if " " in named.name and actor.name.lower() in named.name.lower().split():
                return msgspec.structs.replace(named, span=actor.span)
    return actor


def _issues(document: Document, observer: Actor) -> bool:
    """Whether a report is an observer's own: it heads it or publishes it."""
    publisher = (document.report.publisher or "").lower()
    name = observer.name.lower()
    heads = [document.report.title, *(document.words(span) for span in headlines(document))]
    return any(name in head.lower() for head in heads) or bool(
        publisher and (publisher in name or name in publisher)
    )


# --- the window -----------------------------------------------------------------------------------------


def _is_previous(line: Line, number: int) -> bool:
    """Whether a number restates an earlier period: "In the previous reporting period, it recorded 47"."""
    sentence, items = line.passage.words(line.passage.span), line.items
    start = items[number - 1].end if number else 0
    end = items[number + 1].start if number + 1 < len(items) else len(sentence)
    set_against = _ON.search(sentence, start, items[number].start)
    if set_against and comparisons.is_earlier(sentence[items[number].end : end]):
        return True
    opening = _OPENING.match(sentence)
    return opening is not None and comparisons.is_earlier(opening.group())


def _of_tally(tally: Tally, window: Window, *, previous: bool) -> Window:
    """The window and place of a mission's number, where it gave them with the number before."""
    time, place, period = window
    if previous:
        if time is None or time == tally.window.time:
            time = _before(tally.window.time) or _day_before(tally.cutoff)
    elif time is not None:
        period = period or _of_evenings(time)
        tally.window = Window(time, tally.window.place, period)
    else:
        time, period = tally.window.time or tally.cutoff, period or tally.window.period
    if place is None or (place.name or "").lower() in ("the region", "region"):
        place = tally.window.place or place
    tally.window = tally.window._replace(place=place)
    return Window(time, place, period)


def _before(window: Time | None) -> Time | None:
    """The period before a window ends when that begins."""
    if window is None or window.start is None or window.start == window.end:
        return None
    return Time(text=window.text, end=window.start)


def _day_before(cutoff: Time | None) -> Time | None:
    if cutoff is None or cutoff.end is None or len(cutoff.end) != 10:
        return None
    return Time(text=cutoff.text, end=(dt.date.fromisoformat(cutoff.end) - dt.timedelta(days=1)).isoformat())


def _period(passage: Passage, evidence: Span) -> str | None:
    """The length of the window that was counted: "in 24 hours", "over the past two days", "each day"."""
    text = passage.document.text
    durations, dates = passage.annotations.durations, passage.annotations.dates
    marks: list[DateMention | DurationMention] = [*_within(durations, evidence), *_within(dates, evidence)]
    for mark in marks:
        if _LENGTH.fullmatch(mark.value) and _WINDOW.search(
            text, max(0, mark.span[0] - 20), mark.span[0] + 12
        ):
            return mark.value
    if each := _EACH.search(text, *evidence):
        return _PERIODS[(each.group("unit") or "day").lower()]
    return None


def _within(marks: Sequence[Mark], span: Span) -> Sequence[Mark]:
    """The marks that begin in a span."""
    first = bisect_left(marks, span[0], key=lambda mark: mark.span[0])
    return marks[first : bisect_left(marks, span[1], key=lambda mark: mark.span[0])]


def _of_evenings(time: Time) -> str | None:
    """A mission's window of several evenings is as many days long; it must not pass for one day."""
    if not time.start or not time.end or len(time.start) != 10 or len(time.end) != 10:
        return None
    days = (dt.date.fromisoformat(time.end) - dt.date.fromisoformat(time.start)).days
    return f"PT{24 * days}H" if days > 1 else None


# --- how it compares ------------------------------------------------------------------------------------


def _comparison(line: Line, number: int, evidence: Span) -> Comparison | None:
    sentence, item = line.passage.words(line.passage.span), line.items[number]
    offset = line.passage.span[0]
    if item.quantity and not _PART.search(sentence, max(0, item.start - _NEAR), item.start):
        for other in line.items[number + 1 : number + 4]:
            stop = next((i.start for i in line.items if i.start >= other.end), len(sentence))
            found = comparisons.against(
                _without_verb(sentence[item.end : other.start]),
                sentence[other.end : stop],
                number=item.quantity.low,
                other=other.quantity.low if other.quantity else None,
            )
            if found:
                return found
    return comparisons.superlative(line.passage.document.text[offset + item.end : evidence[1]])


def _without_verb(between: str) -> str:
    """The words between two numbers; empty where a new verb stands between them."""
    return "" if _NEXT_VERB.search(between) else between
