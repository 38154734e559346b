"""Places: names that stand where a place stands ("in X", "near X", "the X region")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from trucewatch import catalog
from trucewatch.annotations import gazetteer
from trucewatch.catalog import Name
from trucewatch.documents.spans import touching
from trucewatch.model import Annotations, Document, PlaceMention, Span

ANNOTATOR = "rules: places"
_MANY = 3  # places one after the other are a list of places
_PLAIN_SIGHT = 0.8  # the score of a name that stands where only a place stands

_NAME = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'‑-]*"
    r"(?:\s(?:(?:de|del|da|do|dos|la)\s(?=[A-Z])|(?:a[dlnrstz]|ash|e[lrsz])-)?[A-Z][\w’'‑-]*)*)"
)
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
# Places that are known to be some stand after words that only sometimes lead to a place, beside their kind,
# or beside another place. A country or a capital may act too ("sent to Ukraine"): it needs words of travel.
_AT = frozenset(
    "from into through in near at around outside across inside throughout along visit visits visited visiting"
    " called named capital city town village port island province district governorate".split()
)
_AIMED = frozenset(
    "via between off toward towards to on left leave leaving reach reached reaching enter entered entering"
    " shelled shelling bombed bombing captured capturing seized seizing besieged besieging stormed storming"
    " pounded pounding struck hit hits targeted targeting retook evacuated evacuating".split()
)
_TRAVEL = frozenset(
    "travel travels travelled travelling traveled traveling flew fly flying flown go goes going went come"
    " came return returns returned returning trip trips visit visits flight flights fled evacuated arrived"
    " arrival back close".split()
)
_OF_KIND = frozenset("city town village province region district state port north south east west".split())
_OF = frozenset("residents people mayor control capture recapture fall siege shelling bombing battle".split())
_SIDES = re.compile(rf"(?:{_SIDE})")
_OPENING = re.compile(
    r"(?:The|In|At|On|From|And|But|Near|For|To|Inside|Outside|Around|Across|Into)\s+(?=[A-Z])"
)
_BEFORE = re.compile(rf"(?:\b[Tt]he\s+)?(?:\b{_SIDE}\s+)*$")
_KIND_AFTER = re.compile(rf"\s+{_KIND}\b")
_KIND_LAST = re.compile(r"\s(?:Province|Region|Oblast|Governorate|District|County)$")
_WITHIN = re.compile(rf", | in (?:the )?(?:{_SIDE} )*")
_RUN = re.compile(_NAME)
_DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z’'-]+(?:[ -][A-Z][A-Z’'-]+)*|{_NAME})(?:,\s(?:{_NAME}\.?))?"
    r"(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?"
    r"(?:\s\([A-Z][\w /]+\))?\s(?:[—–]|--?)\s"
)
_NEXT = re.compile(rf"(?:,\s+(?:(?:and|or|in)\s+)?|\s+(?:and|or|in)\s+|\s*\()(?P<place>(?:the\s+)?{_NAME})")
_ENDS = re.compile(r"\s*(?:[.,;:)—–]|$)|\s+(?:and|or|in|on|at|by|after|since|near|with|where|as|for|to)\b")
_JOINED = re.compile(rf" (?:of|of the|and|de) {_NAME}")
_BEGINS = frozenset(
    "In At On From The A An And But Near For To By As With After Of New North South East West Upper".split()
)
_NOT = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June "
    "July August September October November December President Prime Minister The This That His Her "
    "Mr Mrs UN EU NATO OSCE Twitter Telegram Facebook Ministry Security Council General Secretary "
    "Russian Ukrainian It We".split()
)


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the places."""
    found: dict[Span, PlaceMention] = {}
    for pattern in (_AREA, _GENERIC):
        for match in pattern.finditer(document.text):
            mention = _mention(match, document)
            if mention and not any(_overlaps(mention.span, other) for other in found):
                found[mention.span] = mention
    for mention in _known(document, found):
        found.setdefault(mention.span, mention)
    marks = sorted(found.values(), key=lambda mark: mark.span)
    resolved = gazetteer.resolve(marks, document)
    sure = (m for m in resolved if m.score >= _PLAIN_SIGHT or m.lat is not None or m.precision)
    return msgspec.structs.replace(annotations, places=tuple(sure))


def _known(document: Document, found: dict[Span, PlaceMention]) -> Iterator[PlaceMention]:
    """Names of the gazetteer where the words around them make them a place; kept only if they resolve."""
    runs = _runs(document.text)
    people = _people(document.text, runs)
    queue = [*sorted(found), *(s for s in _led(document, runs) if _is_known(document.words(s), people))]
    seen: list[Span] = []
    while queue:
        span = queue.pop(0)
        if span not in found:
            if any(_overlaps(span, other) for other in (*found, *seen)):
                continue
            seen.append(span)
            yield _named(document, span)
        after = _NEXT.match(document.text, span[1])
        if after and _ENDS.match(document.text, after.end()) and _is_known(after["place"], people):
            queue.append(after.span("place"))


def _runs(text: str) -> list[Span]:
    """Where words with a capital stand side by side, without the small words that open a sentence."""
    runs = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        while opening := _OPENING.match(text, start, end):
            start = opening.end()
        runs.append((start, end))
    return runs


def _led(document: Document, runs: list[Span]) -> Iterator[Span]:
    """Names that stand where a place can stand."""
    text = document.text
    for number, (start, end) in enumerate(runs):
        kind = _KIND_AFTER.match(text, end)
        if kind or _leads(text[max(0, start - 60) : start].split(), text[start:end]):
            before = _BEFORE.search(text, max(0, start - 60), start)
            yield before.start() if before else start, kind.end() if kind else end
        elif _beside(text, runs[number : number + _MANY]):
            yield start, end
    for start, _ in document.paragraphs:
        if match := _DATELINE.match(text, start):
            yield match.span("place")


def _leads(before: list[str], name: str) -> bool:
    """Whether the words before a name, or its last word, say that it is a place."""
    if _KIND_LAST.search(name):
        return True
    while before and (before[-1].lower() == "the" or _SIDES.fullmatch(before[-1])):
        if before.pop().lower() != "the":
            return True
    second, last = (word.lower() for word in ("", "", *before)[-2:])
    if (
        last.rstrip(",") in _AT
        or (last == "to" and second in _TRAVEL)
        or (last == "of" and second in _OF_KIND)
    ):
        return True
    acts = name in catalog.vocabulary().names
    return not acts and (last in _AIMED or (last == "of" and second in _OF))


def _beside(text: str, runs: list[Span]) -> bool:
    """Whether a name begins a list of places, or the next name tells the area that it lies in."""
    if len(runs) < 2 or not _WITHIN.fullmatch(text, runs[0][1], runs[1][0]):
        return False
    names = [text[start:end] for start, end in runs]
    if gazetteer.lies_in(*names[:2]):
        return True
    gaps = {text[one[1] : other[0]] for one, other in pairwise(runs)}
    acts = catalog.vocabulary().names.keys() & set(names)
    return (
        len(names) == _MANY and gaps <= {", ", ", and "} and not acts and all(map(gazetteer.is_place, names))
    )


def _named(document: Document, span: Span) -> PlaceMention:
    name = " ".join(document.words(span).split())
    return PlaceMention(
        span=span,
        annotator=ANNOTATOR,
        score=0.6,
        name=name.title() if name.isupper() and len(name) > 4 else name,
    )


def _people(text: str, runs: list[Span]) -> dict[str, set[str]]:
    """Names of several words by their last word: "George Washington" makes "Washington" a person's name."""
    people: dict[str, set[str]] = {}
    for start, end in runs:
        first, _, last = text[start:end].rpartition(" ")
        if first and not _BEGINS & set(first.split()):
            people.setdefault(last, set()).add(text[start:end])
    return people


def _is_known(words: str, people: dict[str, set[str]]) -> bool:
    """Whether the words are the name of a place, with its kind or without, and no person's."""
    told = gazetteer.told(words)
    if told is None or any(word in _NOT for word in told.name.split()):
        return False
    known = catalog.vocabulary().names.get(told.name)
    if known and known.kind not in {"name", "capital", "seat"}:
        return False
    if not gazetteer.is_place(told.name):
        return False
    return all(gazetteer.is_place(name) for name in people.get(told.name, ()))


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
    if any(re.sub(r"['’]s?$", "", w) in _NOT for w in capitals):
        return None
    known = catalog.vocabulary().names.get(" ".join(capitals))
    seat = known and known.kind == "seat" and gazetteer.shipped().find(known.text)
    if known and not seat and known.kind not in {"name", "capital"} and not re.search(_KIND, words):
        return None
    if not locative and not known and not re.search(rf"\b(?:{_KIND}|{_SIDE})\b", words):
        return None
    if not locative and known and not re.search(rf"\b(?:{_KIND}|{_SIDE})\b", words):
        return None
    start, end = match.span("place")
    more = _JOINED.match(document.text, end)
    if more and gazetteer.is_place(" ".join(capitals) + more.group()):
        words, end, known = words + more.group(), more.end(), None
    return PlaceMention(
        span=(start, end),
        annotator=ANNOTATOR,
        score=_PLAIN_SIGHT,
        name=re.sub(r"\s+", " ", words),
        country=known.country if known else None,
        precision=_precision(known) if known and known.text == words.strip() else None,
    )


def _precision(known: Name) -> str | None:
    """A country, or a land that is none ("Crimea"); None for a part of the world ("Asia") and a capital."""
    if known.kind != "name":
        return None
    return {"country": "country", "body": "region"}.get(known.type)
