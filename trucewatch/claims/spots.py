"""Spots: the places that a sentence of a mission's report names, and which of them a hindrance stands at.

Reports name villages that no list of places has, so that a name after "at", "near" or "towards" is taken
for one. Of several, the place where something is said to be goes before one that somebody heads for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from trucewatch import catalog
from trucewatch.annotations import gazetteer
from trucewatch.claims.clauses import Passage
from trucewatch.claims.mentions import as_place
from trucewatch.claims.watchers import Sentence
from trucewatch.documents.spans import touching
from trucewatch.model import Place, PlaceMention, Span

ANNOTATOR = "rules: spots"


class Spot(NamedTuple):
    """Places named in a row, and how: where something is, where somebody goes, from where it is measured."""

    spans: tuple[Span, ...]
    led: Literal["at", "to", "far"]


_WORD = r"(?:[A-Z][\w’'-]*|(?:al|el|ar|as|ash|an|az)-[A-Z][\w’'-]*)"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|\d+))*"
_KIND = (
    r"(?:regions?|provinces?|governorates?|oblasts?|districts?|count(?:y|ies)|states?|sectors?|villages?|towns?"
    r"|city|checkpoints?|check\s?posts?|gates?|crossings?(?:\s+points?)?|bridges?|bases?|camps?|airports?|airfield"
    r"|airstrip|valley|side|line|roads?|junction|border|area|post|position|harbour|port|island|team\s+site"
    r"|disengagement\s+area)"
)
_LISTED = rf"{_NAME}(?:\s+(?:[a-z]+-[a-z]+\s+)?{_KIND}\b)?"
_LIST = (
    rf"(?P<list>{_LISTED}(?:(?:\s*,\s+{_LISTED})*\s*,?\s+(?:and|or)\s+(?:(?:at|in|near|the)\s+)*{_LISTED})?)"
)
_AT = (
    r"(?:in|at|near|around|on|outside|inside|along|across|over|above|within|close\s+to|opposite|beside|between"
    r"|throughout|(?:edge|outskirts|parts?|area|areas|village|town|city|north|south|east|west|north-?east"
    r"|north-?west|south-?east|south-?west|vicinity|port|district|direction|centre|center)\s+of)"
)
_TO = (
    r"(?:to|towards?|into|beyond|from|through|of|for|reach|reaching|enter|entering|visit|visiting|access|accessing"
    r"|past)"
)
_FAR = r"\d[\d.,]*\s*(?:km|kilomet(?:re|er)s?|m|met(?:re|er)s?|miles?)\s+(?:\w+[\s-]+){0,2}?of"
_PLACED = re.compile(
    rf"(?:\b(?P<far>{_FAR})|\b(?P<at>(?i:{_AT}))|\b(?P<to>(?i:{_TO})))\s+(?:(?:the|its|their|a)\s+)?"
    rf"(?:(?:village|town|city|area|port|vicinity)s?\s+of\s+)?{_LIST}"
)
_SPLIT = re.compile(r"\s*,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
_AREA = re.compile(r"\s(?:regions?|provinces?|governorates?|oblasts?|districts?|count(?:y|ies)|states?)$")
_SEGMENT = re.compile(
    r"[;:]\s+|,?\s+(?:and|but|while|whereas)\s+(?=(?:at|in|near|on|around|also|later|then|subsequently)\s)"
    r"|,\s+(?:and|but|while|whereas)\s+"
)
_AND_AT = re.compile(r"\band\s+(?:at|in|near|on|around)\b")
_FINITE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|could|would|told|said|held|left)\b|(?<![-\w])(?!armed\b)\w{2,}ed\b"
)
_SAID = re.compile(r"\b(?:said|says|reported|told|stated|announced|according|complained|added|noted)\b")
_NO_PLACE = re.compile(
    r"(?:Mission|Force|Forces|Army|Committee|Commission|Government|Ministry|Council|Mechanism|Formations?|Front"
    r"|Security|Protocol|Agreement|Accord|Memorandum|Resolution|Monitors?|Observers?|GPS|UAVs?|Command|Movement"
    r"|Coalition|Party)\b"
)
_DATE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December"
)


def spots(passage: Passage, sentence: Sentence) -> list[Spot]:
    """The places that a sentence names, in order."""
    found = [spot for match in _PLACED.finditer(sentence.text) if (spot := _spot(passage, sentence, match))]
    taken = [span for spot in found for span in spot.spans]
    for mention in touching(passage.annotations.places, passage.span):
        span = mention.span
        free = span[0] >= sentence.start and not any(_overlap(span, other) for other in taken)
        if free and sentence.part(*span).strip() and _is_place(passage, sentence, span):
            found.append(Spot((span,), "to"))
    return sorted(found)


def _spot(passage: Passage, sentence: Sentence, match: re.Match[str]) -> Spot | None:
    named = tuple(span for span in _names(sentence, match) if _is_place(passage, sentence, span))
    return Spot(named, "far" if match["far"] else "at" if match["at"] else "to") if named else None


def _names(sentence: Sentence, match: re.Match[str]) -> Iterator[Span]:
    """Each name of a list; the area that they lie in ("Verna and Zholt, Tarsk region") is none of them."""
    start, end = match.span("list")
    edges = [edge.span() for edge in _SPLIT.finditer(sentence.text, start, end)]
    firsts, lasts = [start, *(b for _, b in edges)], [*(a for a, _ in edges), end]
    for number, (a, b) in enumerate(zip(firsts, lasts, strict=True)):
        lead = re.match(r"(?:(?:at|in|near|the)\s+)*", sentence.text[a:b])
        a += lead.end() if lead else 0
        if b > a and not (number and _AREA.search(sentence.text[a:b])):
            yield a + sentence.start, b + sentence.start


def _is_place(passage: Passage, sentence: Sentence, span: Span) -> bool:
    """Whether a name may be a place's: no day, no body, not part of a mission's name."""
    words = passage.words(span)
    if not re.search(r"[A-Z]", words) or re.fullmatch(r"[A-Z]{2,}s?", words):
        return False
    if _DATE.match(words) or _NO_PLACE.search(words):
        return False
    if any(w.sort == "observers" and _is_named_with(sentence, w.span, span) for w in sentence.watchers):
        return False
    known = catalog.vocabulary().names.get(words)
    return known is None or known.kind in ("name", "capital")


def _is_named_with(sentence: Sentence, body: Span, span: Span) -> bool:
    """Whether a name is part of that of a mission: "the Interim Force in Kessel"."""
    after = re.fullmatch(r"\s+(?:in|of|for|to)\s+(?:the\s+)?", sentence.part(body[1], span[0]))
    return _overlap(body, span) or (after is not None and sentence.part(*body)[0].isupper())


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def segment(sentence: Sentence, span: Span) -> Span:
    """The stretch around some words in which the sentence goes on about one place."""
    cuts = [match.end() + sentence.start for match in _SEGMENT.finditer(sentence.text)]
    edges = [sentence.start, *cuts, sentence.end]
    return max(e for e in edges if e <= span[0]), min(e for e in edges if e > span[0])


def where(sentence: Sentence, span: Span, found: Sequence[Spot]) -> tuple[Span, ...]:
    """The places of what some words say: where it is before where somebody goes, then the nearest."""
    first, last = segment(sentence, span)
    told = [m.start() + sentence.start for m in _SAID.finditer(sentence.part(sentence.start, span[0]))]
    first = max([first, *told])

    def rank(spot: Spot) -> tuple[int, int]:
        at = spot.spans[0][0]
        after = at >= span[0]
        order = {"at": 0 if after else 1, "to": 2 if after else 3, "far": 8}[spot.led]
        return order + (0 if first <= at else 4), abs(at - span[1])

    near = [spot for spot in found if spot.spans[0][0] < last]
    if not near:
        return ()
    chosen = min(near, key=rank)
    return (*chosen.spans, *_going_on(sentence, chosen, found))


def _going_on(sentence: Sentence, spot: Spot, found: Sequence[Spot]) -> Iterator[Span]:
    """Further places that only continue a list: "at a crossing near Verna, and at a post near Zholt"."""
    end = spot.spans[-1][1]
    for later in found:
        at = later.spans[0][0]
        if later.led != "at" or at < end or not _AND_AT.search(sentence.part(end, at)):
            continue
        if _FINITE.search(sentence.part(end, segment(sentence, later.spans[0])[1])):
            return
        yield from later.spans
        end = later.spans[-1][1]


def place(passage: Passage, span: Span) -> Place:
    """A place in the report's words, with its coordinates where the gazetteer has it."""
    words = " ".join(passage.words(span).split())
    known = [m for m in touching(passage.annotations.places, span) if m.lat is not None or m.country]
    if known:
        return msgspec.structs.replace(as_place(passage.document, known[0]), text=words)
    mention = PlaceMention(span=span, annotator=ANNOTATOR, name=words)
    (resolved,) = gazetteer.resolve([mention], passage.document)
    return as_place(passage.document, resolved)
