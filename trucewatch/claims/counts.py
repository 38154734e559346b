"""Counts: somebody counted or estimated something.

One count per number. A number's measure comes from :mod:`trucewatch.claims.measures`; here it gets its
evidence, who counted, the window that was counted, the place, and how it compares.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from trucewatch.claims import comparisons, evenings
from trucewatch.claims.circumstances import when, where
from trucewatch.claims.clauses import Passage
from trucewatch.claims.figures import figures, nothing
from trucewatch.claims.headlines import Piece, headlines, pieces, without_echoes
from trucewatch.claims.measures import Item, Reading, readings, single
from trucewatch.claims.tallies import TALLIES, Tally, Told, in_full, tell
from trucewatch.claims.voices import voices
from trucewatch.model import (
    Actor,
    Annotations,
    Comparison,
    Count,
    DateMention,
    Document,
    DurationMention,
    Place,
    Quantity,
    Span,
    Time,
    Voice,
)

READER = "rules: counts"
TALLY = "rules: tally"  # the same, in the report of a mission that counts for itself
CONFIDENCE = 0.89  # the share of the counts read in gold/train that the gold has too
_BEFORE, _AFTER = 90, 140  # code points of a clause that evidence takes at most around the words that count
_NEAR = 200  # code points before a number in which its verb stands

_RECORDS = re.compile(
    r"\b(?P<verb>recorded|registered|counted|logged|documented|noted|detected|heard|observed|saw"
    r"|spotted|recorded some)\b",
    re.I,
)
_ALONE = re.compile(rf"{_RECORDS.pattern}\s+(?:\w+ly\s+|a total of\s+|only\s+|another\s+)?$", re.I)
_BEEN_RECORDED = re.compile(
    r"\s+(?:had been|have been|were|was)\s+"
    r"(?:recorded|registered|counted|logged|documented|noted|observed)\b",
    re.I,
)
_ON = re.compile(r"\b(?:and|while|compared (?:with|to)|up from|down from|against|versus)\s*$", re.I)
_BY = re.compile(rf"(?:{_RECORDS.pattern}|^\s*[\w,]+)\s+by\s+(?:the\s+)?$", re.I)
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\s+(?:also\s+|then\s+)?$", re.I)
_TAIL = re.compile(r"[\s,;–—-]+(?:and|or|but|while|including|compared (?:with|to)|with)?\s*$", re.I)
_PART = re.compile(r"\b(?:including|among them|of which|of whom|of these,?)\s*$", re.I)
_NEXT_VERB = re.compile(r"\b(?:recorded|registered|counted|killed|wounded|injured|said|were|was|and)\b", re.I)
_LENGTH = re.compile(r"P(?:T?\d+[A-Z])+")
_OPENING = re.compile(r"\W*(?:in|during|for|over)\b[^,]{0,60}", re.I)
_ZERO = re.compile(
    r"(?:(?<=been )|(?<=was )|(?<=were )|(?<=at )|(?<=and )|(?<=: )|(?<=\())(?:zero|nil)\b", re.I
)
_EACH = re.compile(r"\b(?:each|every|per|a) (?P<unit>day|week|month|hour|year)\b|\bdaily\b", re.I)
_PERIODS = {"day": "P1D", "week": "P1W", "month": "P1M", "hour": "PT1H", "year": "P1Y"}
_WINDOW = re.compile(
    r"\b(?:in|within|over|during|past|last|previous)\b[^.;]{0,20}$|\b(?:past|last|previous)\b", re.I
)


def read(document: Document, annotations: Annotations) -> Iterator[Count]:
    """The counts of a document."""
    tally = Tally(document=document, annotations=annotations)
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


def _once(document: Document, found: Iterable[Count]) -> Iterator[Count]:
    """Less what a text repeats word for word, as where a lead was run twice."""
    seen: set[tuple[object, ...]] = set()
    for count in found:
        place = count.place.name if count.place else None
        key = (document.words(count.evidence), count.low, count.high, place, count.time)
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
    if tally.truce:
        zeros = [*nothing(sentence, items), *_zeros(passage, items)]
        items = sorted([*items, *zeros], key=lambda item: item.start)
    found = readings(sentence, items)
    if tally.truce:
        found = figures(tally, passage, items, _recorded(sentence, items, found))
    told = tell(tally, passage, items, found)
    line = Line(passage, items, found)
    for number, reading in enumerate(found):
        if reading:
            yield _count(line, number, reading, tally, told.get(number))


def _items(passage: Passage) -> list[Item]:
    quantities = passage.annotations.quantities
    first = bisect_left(quantities, passage.span[0], key=lambda q: q.span[0])
    last = bisect_left(quantities, passage.span[1], key=lambda q: q.span[0])
    start = passage.span[0]
    return [_item(q, start) for q in quantities[first:last]]


def _item(quantity: Quantity, start: int) -> Item:
    """A number of a sentence; in "30 one period earlier" the one is no unit."""
    if quantity.unit == "one":
        return Item(quantity.span[0] - start, quantity.number[1] - start, None, quantity)
    return Item(quantity.span[0] - start, quantity.span[1] - start, quantity.unit, quantity)


def _zeros(passage: Passage, items: list[Item]) -> Iterator[Item]:
    """ "The figure had been zero": a number word without a unit."""
    offset = passage.span[0]
    for m in _ZERO.finditer(passage.words(passage.span)):
        if not any(item.start < m.end() and m.start() < item.end for item in items):
            span = (m.start() + offset, m.end() + offset)
            zero = Quantity(span=span, annotator="rules: counts", number=span, low=0, high=0)
            yield Item(m.start(), m.end(), None, zero)


def _recorded(sentence: str, items: list[Item], found: list[Reading | None]) -> list[Reading | None]:
    """A number alone after "recorded" or before "were recorded" counts violations, in a text that does."""
    for number, item in enumerate(items):
        if found[number] is None and item.unit is None and item.quantity:
            goes_on = (
                number > 0 and found[number - 1] and _ON.search(sentence, items[number - 1].end, item.start)
            )
            alone = _ALONE.search(sentence, max(0, item.start - _NEAR), item.start)
            if goes_on or alone or _BEEN_RECORDED.match(sentence, item.end):
                found[number] = Reading("ceasefire_violations", item.start, item.end)
    return found


def _count(line: Line, number: int, reading: Reading, tally: Tally, told: Told | None) -> Count:
    passage, item = line.passage, line.items[number]
    quantity, at = item.quantity, passage.span[0] + item.start
    evidence = _evidence(line, number, reading)
    observer, said_by = _counted_by(passage, evidence, at, tally)
    comparison = _comparison(line, number, evidence)
    window = Window(when(passage, evidence), where(passage, evidence, after=at), period(passage, evidence))
    if comparison and comparison.scope and window.time and (window.time.text or "-") in comparison.scope:
        window = window._replace(time=None)
    previous = told.previous if told else _is_previous(line, number)
    if tally.mission and reading.measure == "weapons" and window.time is None:
        window = window._replace(time=tally.standing)
    if told:
        window = _of_tally(tally, passage, window, told)
    running = _running(line, number, comparison) if told and reading.measure in TALLIES else None
    if running:
        window, previous = Window(running, window.place), False
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
        running=running is not None,
        previous=previous,
        confidence=CONFIDENCE,
        reader=TALLY if tally.mission else READER,
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
    counting = _agent(passage, at, evidence[1])
    if not counting and verbs:
        counting = [a for m in passage.subject(verbs[-1].start()) for a in m.actors]
    pronoun = verbs and _PRONOUN.search(text, passage.span[0], verbs[-1].start())
    if not counting and tally.observer and pronoun:
        counting = [tally.observer]
    if not counting:
        return _unnamed(tally, said_by)
    observer = tally.observer = in_full(tally, counting[0])
    if _is_mission(tally, observer) or _issues(passage.document, observer):
        return observer, tuple(v for v in said_by if not _is_mission(tally, v) and v.source != observer.name)
    if said_by:
        return observer, said_by
    cue = verbs[-1].group("verb") if verbs else None
    return observer, (Voice(source=observer.name, span=observer.span, cue=cue),)


def _agent(passage: Passage, at: int, end: int) -> list[Actor]:
    """Who counted as a passive has it: "23 violations were registered by the Russian side"."""
    for mention in passage.mentions:
        if at <= mention.span[0] <= end and mention.actors:
            by = _BY.search(passage.document.text, at, mention.span[0])
            return list(mention.actors) if by else []
    return []


def _unnamed(tally: Tally, said_by: tuple[Voice, ...]) -> tuple[Actor | None, tuple[Voice, ...]]:
    """Nobody is said to have counted: in a mission's own report it has, else who vouches for the number."""
    beyond = tuple(voice for voice in said_by if not _is_mission(tally, voice))
    if tally.mission and not beyond:
        return tally.mission, ()
    return (Actor(name=said_by[0].source, span=said_by[0].span) if said_by else None), said_by


def _is_mission(tally: Tally, who: Actor | Voice) -> bool:
    """Whether a name is that of the mission whose report it is: in full, in short or by its initials."""
    name = who.name if isinstance(who, Actor) else who.source
    return tally.mission is not None and in_full(tally, Actor(name=name)).name == tally.mission.name


def _issues(document: Document, observer: Actor) -> bool:
    """Whether a report is an observer's own: it heads it or publishes it."""
    publisher = (document.report.publisher or "").lower()
    name = observer.name.lower()
    heads = [document.report.title, *(document.words(span) for span in headlines(document))]
    return any(name in head.lower() for head in heads) or bool(
        publisher and (publisher in name or name in publisher)
    )


# --- the window -----------------------------------------------------------------------------------------


def _running(line: Line, number: int, comparison: Comparison | None) -> Time | None:
    """Since when a number has been growing, where it is a running total and no count of a day."""
    passage, offset = line.passage, line.passage.span[0]
    if comparison and comparison.relation in ("highest", "lowest"):
        return None
    end = next((offset + item.start for item in line.items[number + 1 :]), passage.span[1])
    begin = offset + line.items[number - 1].end if number else passage.span[0]
    return evenings.since(passage.document, passage.annotations, (begin, end))


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


def _of_tally(tally: Tally, passage: Passage, window: Window, told: Told) -> Window:
    """The window and place of a figure as its report tells them, where its own clause tells no other day."""
    time, place, period = told.time, told.place, told.period
    own = window.time if window.time and _is_own_day(tally, passage, window.time) else None
    if tally.mission is None or (tally.window is None and tally.cut is None):
        if time is None and not told.previous:
            time, period = own, period or window.period
            if time is None:
                time, period = tally.carried or (None, period)
            else:
                tally.carried = (time, period)
        place = place or (window.place if tally.mission is None else None)
    elif own and not told.previous and _is_day(passage, own):
        time, period = own, None
    return Window(time, place, period or (window.period if not told.previous else None))


def _is_own_day(tally: Tally, passage: Passage, time: Time) -> bool:
    """Whether a time can be what a report counted: in a mission's own report not the day of issue."""
    published = tally.document.report.published
    return tally.mission is None or time.end is None or published is None or time.end != published.isoformat()


def _is_day(passage: Passage, time: Time) -> bool:
    """ "On 15 May the monitors logged 12": a single day that the clause names itself."""
    if time.start is None or time.start != time.end or len(time.start) != 10:
        return False
    words = passage.words(passage.span)
    return re.search(rf"\b(?:on|during)\s+{re.escape(time.text or '-')}", words, re.I) is not None


def period(passage: Passage, evidence: Span) -> str | None:
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
