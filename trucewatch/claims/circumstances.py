"""When and where: the time and place of what a clause tells, apart from when it was told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from trucewatch.claims.clauses import Passage
from trucewatch.claims.mentions import as_place, as_time
from trucewatch.model import DateMention, Place, PlaceMention, Span, Time

_BESIDE = 80  # code points: a date further from the evidence belongs to something else
# A date right after one of these is the day of saying, not of what is said.
_TOLD = re.compile(
    r"\b(?:said|says|saying|told|reported|reports|announced|announces|added|stated|statement|tweeted"
    r"|wrote|posted|spoke"
    r"|declared|confirmed|published|issued|updated|released)\b(?:\s+(?!that\b)[\w’'-]+){0,3}?\s*(?:,\s*)?"
    r"(?:(?:late |early )?on |in |late |early )?$",
    re.I,
)
_LEADS_IN = re.compile(
    r"\b(?:in|at|near|on|around|outside|inside|across|over|of|to|from|towards?|along)\s+(?:the\s+|an?\s+)?$",
    re.I,
)
_PLACE_NOUN = (
    r"cit(?:y|ies)|towns?|villages?|districts?|neighbou?rhoods?|provinces?|regions?|areas?|countryside"
    r"|suburbs?|outskirts"
    r"|squares?|streets?|roads?|highways?|markets?|borders?|camps?|bases?|checkpoints?|hospitals?"
    r"|schools?|mosques?|stations?"
    r"|airports?|airbases?|ports?|plants?|cent(?:re|er)|east|west|north|south|front ?lines?|front"
    r"|capital|country|island|valley"
    r"|peninsula|zone|territor(?:y|ies)|sea|enclave|strip|crossing|restaurant|sector|governorate"
    r"|line of contact|contact line"
)
_PHRASE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]n|[Aa]round|[Oo]utside|[Ii]nside|[Aa]cross|[Ii]n and around)\s+"
    r"(?P<place>(?:(?:the|a|an|its|two|three|several)\s+)?(?:[\w’'-]+\s+){0,5}?(?:" + _PLACE_NOUN + r")\b"
    r"(?:\s+of\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)?)",
)
_NAME = r"(?:[A-Z]|al-|el-)[\w’'-]*(?:\s(?:al-|el-|[A-Z])[\w’'-]*)*"
_ACT = (
    r"(?:air ?strikes?|strikes?|raids?|attacks?|shelling|bombing|bombings|bombardment|assaults?"
    r"|offensive|onslaught|siege|fire"
    r"|operations?|advance|rockets?|shells?|missiles?|bombs|barrel bombs|incursion|invasion|crossfire"
    r"|blockade|hit|hits|struck|shelled"
    r"|bombed|pounded|targeted|hitting|striking|shelling|targeting|entered|stormed|captured|seized"
    r"|besieged|surrounded)"
)
_AIMED = re.compile(
    rf"\b{_ACT}\s+(?:(?:on|against|of|at|in|into|towards?|around|over)\s+)?(?P<place>(?:the\s+"
    rf"|an?\s+)?(?:[\w’'-]+\s+){{0,3}}?"
    rf"(?:{_NAME}(?:\s+(?:{_PLACE_NOUN}))?|(?:{_PLACE_NOUN})\b(?:\s+(?:of|in|near)\s+(?:the\s+)?{_NAME})?))",
)
_NO_PHRASE = re.compile(
    r"\b(?:the end|order|control|support|addition|connection|recent|violation|response|case|killed|and|by)\b",
    re.I,
)


def when(passage: Passage, evidence: Span) -> Time | None:
    """The time of what stands on ``evidence``: the nearest date in it, else in its sentence."""
    dates = [d for d in _dates(passage) if d.start or d.end]
    dates = [d for d in dates if not _is_of_telling(passage, d)]
    inside = [d for d in dates if evidence[0] <= d.span[0] < evidence[1]]
    beside = [d for d in dates if not d.value.endswith("_REF") and _distance(d.span, evidence) <= _BESIDE]
    chosen = _best(inside, evidence) or _best(beside, evidence)
    return as_time(passage.document, chosen) if chosen else None


def _dates(passage: Passage) -> tuple[DateMention, ...]:
    dates = passage.annotations.dates
    first = bisect_left(dates, passage.span[0], key=lambda d: d.span[0])
    return dates[first : bisect_left(dates, passage.span[1], key=lambda d: d.span[0])]


def _best(dates: list[DateMention], evidence: Span) -> DateMention | None:
    """A named time goes before "now", and the nearest before one further off."""
    return min(dates, key=lambda d: (d.value.endswith("_REF"), _distance(d.span, evidence)), default=None)


def _distance(span: Span, other: Span) -> int:
    return max(0, span[0] - other[1], other[0] - span[1])


def _is_of_telling(passage: Passage, date: DateMention) -> bool:
    start = max(passage.span[0], date.span[0] - 50)
    return _TOLD.search(passage.document.text, start, date.span[0]) is not None


def where(passage: Passage, evidence: Span, *, after: int) -> Place | None:
    """The place of what stands on ``evidence``: the first one named after an offset in it, else before it."""
    document = passage.document
    places = [p for p in _places(passage) if not any(_overlap(p.span, d.span) for d in _dates(passage))]
    inside = [p for p in places if evidence[0] <= p.span[0] < evidence[1]]
    later = [p for p in inside if p.span[0] >= after]
    for found in (later, inside):
        led = [p for p in found if _LEADS_IN.search(document.text, max(0, p.span[0] - 24), p.span[0])]
        if led or found:
            return as_place(document, (led or found)[0])
    if phrase := _phrase(passage, evidence):
        return Place(text=document.words(phrase), name=document.words(phrase))
    near = [p for p in places if _LEADS_IN.search(document.text, max(0, p.span[0] - 24), p.span[0])]
    return as_place(document, near[0]) if near else None


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _places(passage: Passage) -> tuple[PlaceMention, ...]:
    places = passage.annotations.places
    first = bisect_left(places, passage.span[0], key=lambda p: p.span[0])
    return places[first : bisect_right(places, passage.span[1], key=lambda p: p.span[0])]


def _phrase(passage: Passage, evidence: Span) -> Span | None:
    """A place that is told by what it is: "a checkpoint", "the town"."""
    for pattern in (_PHRASE, _AIMED):
        for found in pattern.finditer(passage.document.text, *evidence):
            if not _NO_PHRASE.search(found.group("place")) and not _is_other(passage, found.span("place")):
                return found.span("place")
    return None


def _is_other(passage: Passage, span: Span) -> bool:
    """Whether the words that look like a place end in the name of a person, a group or a day."""
    if any(d.span[0] < span[1] and span[0] < d.span[1] for d in _dates(passage)):
        return True
    named = [m for m in passage.mentions if span[0] <= m.span[0] < span[1] <= m.span[1]]
    return any(a.type in ("person", "armed group", "organization", "body") for m in named for a in m.actors)
