"""Regions and spots of a mission's report: the areas it counts by, and the places within them.

A region is told by its kind ("Donetsk region", "Hudaydah governorate", "north sector", "the Republic of
Varenia"), by its bare name once it was told so, or by words that point back ("that region", "there").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from trucewatch.model import Annotations, Document, Place, PlaceMention, Span

Kind = Literal["region", "several", "back", "spot", "country"]

_KINDS = (
    r"regions?|oblasts?|provinces?|governorates?|sectors?|cantons?|prefectures?|count(?:y|ies)|districts?"
    r"|departments?|zones?|areas?|states?|republics?|territor(?:y|ies)|voivodeships?|marz|raions?"
)
_SIDE = (
    r"(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?|central|upper|lower|northernmost|southernmost"
)
_NAME = (
    r"(?!(?:In|For|The|At|On|Of|And|From|Over|Across|Both|Either|Neither|Each|Near|Between|While|This|That"
    r"|Some|Several|Many|All|Most|Other|Two|Three|No|Its|These|Those|Inside|Within|Close|Mission)\b)"
)
_NAME += r"[A-Z][\w’'-]*(?:[ -](?:al-|el-|of )?[A-Z][\w’'-]*){0,2}"
_ONE = rf"(?:{_NAME}|(?i:{_SIDE}))"
_NAMED = re.compile(
    rf"\b(?P<names>{_ONE}(?:(?:,\s+{_ONE})*,?\s+(?P<joint>and|or|nor|&)\s+(?:the\s+)?{_ONE})?)\s+(?P<kind>{_KINDS})\b"
)
_NUMBERED = re.compile(r"\b(?:Sector|Region|Zone|Area|District|Province)\s+(?:[A-Z][a-z]+|[A-Z]|\d)\b")
_OF = re.compile(
    rf"\b(?:Republic|Region|Province|Governorate|State|Territory|Autonomous Region)\s+of\s+{_NAME}"
)
_BACK = re.compile(
    r"\b(?:(?:that|this|the|the same|the latter|said)\s+(?:region|province|governorate|sector|oblast"
    r"|canton|district)(?!\s+of\b)|there(?!\s+(?:were|was|are|is|had|have|has)\b)|the latter)\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?:both|neither|either|the two|all(?: the)?(?: \w+)?|each)\s+(?:of the (?:two |\w+ )?)?"
    r"(?:regions?|provinces?|governorates?|sectors?|oblasts?|cantons?|districts?)\b",
    re.I,
)
_PLAIN_AREA = re.compile(
    r"\b(?:disengagement|training|security|holding|withdrawal|safety|buffer|border)\s+$", re.I
)
_WITHIN = re.compile(
    r"(?:\b(?i:near|in|at|around|outside|inside|of|to|close to|towards?|from)|-(?:controlled|held))\s+"
    rf"(?:\S+-(?:controlled|held)\s+)?{_NAME}\s*[,(]\s*(?:also\s+)?(?:in\s+)?(?:the\s+)?$"
)
_SPLIT = re.compile(r",\s+(?:and\s+)?|\s+(?:and|or|nor|&)\s+")
_NO_SPOT = re.compile(r"\b(?:from|to|of|with)\s+(?:the\s+)?(?:[\w-]+\s+)?$", re.I)
_CITY = re.compile(
    r"\b(?:near|close to|outside|around|towards?|city of|town of)\s+(?:\S+-(?:controlled|held)\s+)?$"
)


_NEAR = re.compile(
    rf"\b(?i:near|close to|outside|around|next to)\s+(?:\S+-(?:controlled|held)\s+)?(?P<name>{_NAME})"
)


class Where(NamedTuple):
    """A place in the text: its span, its name, and whether it is a region, a spot, or points back."""

    span: Span
    name: str
    kind: Kind
    mention: PlaceMention | None = None

    def place(self, document: Document) -> Place:
        """As a claim's place."""
        if self.mention is None:
            return Place(text=document.words(self.span), name=self.name)
        found = self.mention
        return Place(
            text=document.words(self.span),
            name=self.name,
            country=found.country,
            lat=found.lat,
            lon=found.lon,
            precision=found.precision,
        )


def places(document: Document, annotations: Annotations) -> tuple[Where, ...]:
    """The regions, spots and words that point back of a text, in their order; none overlaps another."""
    named = list(_regions(document))
    found = [where for where in named if not _qualifies(document, where)]
    found += _bare(document, named)
    for pattern, kind in ((_SEVERAL, "several"), (_BACK, "back")):
        for m in pattern.finditer(document.text):
            where = Where(m.span(), m.group(), "several" if kind == "several" else "back")
            if not _taken(where.span, [*found, *named]):
                found.append(where)
    for spot in _spots(document, annotations):
        if not _taken(spot.span, [*found, *named]):
            found.append(spot)
    return tuple(sorted(found, key=lambda where: where.span))


def _regions(document: Document) -> Iterator[Where]:
    text, found = document.text, list[Where]()
    for pattern in (_OF, _NUMBERED):
        for m in pattern.finditer(text):
            if not _taken(m.span(), found):
                found.append(Where(m.span(), " ".join(m.group().split()), "region"))
    for m in _NAMED.finditer(text):
        where = _named(m)
        plain = _PLAIN_AREA.search(text, max(0, m.start("kind") - 20), m.start("kind"))
        if where and not plain and not _taken(where.span, found):
            found.append(where)
    yield from sorted(found, key=lambda where: where.span)


def _named(m: re.Match[str]) -> Where | None:
    """ "Donetsk region"; for several "Donetsk and Luhansk region"; None for regions without a name."""
    names, kind = " ".join(m.group("names").split()), m.group("kind")
    plural = singular(kind) != kind
    joint = m.group("joint")
    if joint in ("and", "&") and not plural:
        last = _SPLIT.split(m.group("names"))[-1]
        return Where((m.end("names") - len(last), m.end()), f"{last} {kind}", "region")
    if plural and not joint:
        return None
    return Where(m.span(), f"{names} {singular(kind)}", "several" if joint else "region")


def singular(kind: str) -> str:
    """ "Regions" as "region"."""
    if kind.lower().endswith("ies"):
        return kind[:-3] + "y"
    return kind[:-1] if kind.lower().endswith("s") else kind


def names(where: Where) -> list[str]:
    """The single regions of "Donetsk and Luhansk region"."""
    head, _, kind = where.name.rpartition(" ")
    return [f"{name.removeprefix('the ')} {kind}" for name in _SPLIT.split(head)]


def _qualifies(document: Document, where: Where) -> bool:
    """Whether a region only says where a village lies: "near Pavlopil, Donetsk region"."""
    return _WITHIN.search(document.text, max(0, where.span[0] - 80), where.span[0]) is not None


def _bare(document: Document, named: list[Where]) -> Iterator[Where]:
    """The name of a region without its kind: "four in Donetsk and none in Luhansk region"."""
    full = {}
    for where in named:
        for name in names(where) if where.kind == "several" else [where.name]:
            head, _, kind = name.rpartition(" ")
            if head[:1].isupper() and re.fullmatch(_KINDS, kind, re.I):
                full[head] = name
    for head, name in full.items():
        pattern = re.compile(
            rf"(?<![\w’'-]){re.escape(head)}(?:['’]s)?(?!\s+[A-Z]|[\w-])(?!\s+(?:{_KINDS}|city)\b)"
        )
        for m in pattern.finditer(document.text):
            if _taken(m.span(), named) or _CITY.search(document.text, max(0, m.start() - 40), m.start()):
                continue
            where = Where(m.span(), name, "region")
            if not _qualifies(document, where):
                yield where


def _spots(document: Document, annotations: Annotations) -> Iterator[Where]:
    """Named places that are no region: "near Stanytsia Luhanska", "in Syria"."""
    for m in _NEAR.finditer(document.text):
        yield Where(m.span("name"), m.group("name"), "spot")
    actors = [m.span for m in annotations.actors if any(a.type not in ("country", None) for a in m.actors)]
    for mention in annotations.places:
        inside = any(a[0] < mention.span[1] and mention.span[0] < a[1] for a in actors)
        if inside or not re.search(r"[A-Z]", mention.name):
            continue
        if _NO_SPOT.search(document.text, max(0, mention.span[0] - 30), mention.span[0]):
            continue
        kind: Kind = "country" if mention.precision == "country" or mention.country else "spot"
        yield Where(mention.span, mention.name, kind, mention)


def _taken(span: Span, found: Iterable[Where]) -> bool:
    return any(span[0] < w.span[1] and w.span[0] < span[1] for w in found)
