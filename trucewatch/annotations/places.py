"""Places: names that stand where a place stands ("in X", "near X", "the X region")."""

from __future__ import annotations

import re

import msgspec

from trucewatch import catalog
from trucewatch.documents.spans import touching
from trucewatch.model import Annotations, Document, PlaceMention

ANNOTATOR = "rules: places"

_NAME = r"[A-Z][\w’'‑-]*(?:\s(?:al-|el-|[A-Z])[\w’'‑-]*)*"
_SIDE = (
    r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?:most)?|central|upper|lower|[a-z]+-held|"
    r"[a-z]+-controlled|"
    r"occupied|besieged|divided|disputed|breakaway|separatist|neighbou?ring|nearby|war-torn|coastal|"
    r"temporarily)"
)
_PART = (
    r"(?:(?:the|a|an|other|several|some|many|parts|its)\s+)*(?:[a-z][\w-]+\s+){0,2}"
    r"(?:areas?|parts?|heart|cent(?:re|er)|outskirts|city|cities|towns?|villages?|suburbs?|countryside|"
    r"region|province|"
    r"districts?|neighbou?rhoods?|east|west|north|south|capital|borders?|farms|directions?|vicinity|"
    r"territory|port|"
    r"enclave|island)\s+of\s+(?:the\s+)?"
)
_KIND = (
    r"(?:region|regions|province|provinces|city|cities|district|districts|governorate|oblast|town|towns|"
    r"village|"
    r"villages|border|borders|strip|area|areas|sector|enclave|peninsula|countryside|neighbou?rhood|"
    r"suburbs?|camp|"
    r"valley|zone|desert|crossing|airport|base|port|island|islands|state|county|republic|territory|coast)"
)
_PLAIN = (
    r"(?:region|area|city|country|east|west|north|south|north-?east|north-?west|south-?east|south-?west|"
    r"contact line|line of contact|front ?line|border|province|village|town|enclave|territory|capital)"
)
_AREA = re.compile(
    r"\b(?:in|at|near|around|outside|across|inside|throughout|over|on|from|to|into|of|towards?|along)\s+"
    rf"(?P<place>(?:(?:the|both|several|parts of)\s+)*(?:{_SIDE}\s+(?:and\s+{_SIDE}\s+)?)*"
    rf"(?:(?:[A-Z]\w+\s+)?{_PART}|{_PART}{_PART})?(?:{_SIDE}\s+)*{_NAME}"
    rf"(?:(?:,?\s+and\s+|,\s+)(?:{_SIDE}\s+)?{_NAME}(?=\s+{_KIND}))?"
    rf"(?:['’]s?\s+(?:{_SIDE}\s+)*{_KIND}|(?:\s+{_KIND})+)?)"
)
_HIT = re.compile(
    r"(?:\w+\s+){0,3}?(?:on|of|against|over|hit|struck|captured|targeted|seized|shelled|bombed|pounded|"
    r"stormed)\s+"
    rf"(?P<place>(?:the\s+)?(?:(?:[A-Z]\w+\s+)?{_PART})?(?:{_SIDE}\s+)*{_NAME}(?:\s+{_KIND})?)"
)
_LOCATIVE = re.compile(r"^(?:in|at|near|around|outside|across|inside|throughout|along)\b")
_GENERIC = re.compile(
    rf"\b(?:in|near|at|along|from)\s+(?P<place>the\s+(?:(?:{_SIDE}|border|conflict|contact|"
    rf"front)\s+)*{_PLAIN}"
    rf"(?:\s+of\s+(?:the\s+)?(?:country|{_NAME}))?)\b"
)
_NOT = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June "
    "July August September October November December President Prime Minister The This That His Her "
    "Mr Mrs UN EU NATO OSCE Twitter Telegram Facebook Ministry Security Council General Secretary "
    "Russian Ukrainian It We".split()
)


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the places."""
    found: dict[tuple[int, int], PlaceMention] = {}
    for pattern in (_AREA, _GENERIC):
        for match in pattern.finditer(document.text):
            mention = _mention(match, document)
            if mention and not any(_overlaps(mention.span, other) for other in found):
                found[mention.span] = mention
    return msgspec.structs.replace(annotations, places=tuple(sorted(found.values(), key=lambda p: p.span)))


def hit(document: Document, annotations: Annotations, start: int, end: int) -> PlaceMention | None:
    """The place that violence at an offset hits ("strikes on X", "captured X"), unless it is an actor."""
    match = _HIT.match(document.text, start, end)
    if not match:
        return None
    span = match.span("place")
    people = touching(annotations.actors, span)
    if any(a.type not in {"country", None} for m in people for a in m.actors):
        return None
    if any(word in _NOT for word in match.group("place").split()):
        return None
    return PlaceMention(
        span=span, annotator=ANNOTATOR, score=0.6, name=" ".join(match.group("place").split())
    )


def _overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _mention(match: re.Match[str], document: Document) -> PlaceMention | None:
    words = match.group("place")
    capitals = re.findall(r"\b[A-Z][\w’'-]*", words)
    locative = _LOCATIVE.match(match.group())
    if any(w in _NOT for w in capitals):
        return None
    known = catalog.vocabulary().names.get(" ".join(capitals))
    if known and known.kind not in {"name", "capital"} and not re.search(_KIND, words):
        return None
    if not locative and not known and not re.search(rf"\b(?:{_KIND}|{_SIDE})\b", words):
        return None
    if not locative and known and not re.search(rf"\b(?:{_KIND}|{_SIDE})\b", words):
        return None
    return PlaceMention(
        span=match.span("place"),
        annotator=ANNOTATOR,
        score=0.8,
        name=re.sub(r"\s+", " ", words),
        country=known.country if known else None,
        precision="country" if known and known.kind == "name" and known.text == words.strip() else None,
    )
