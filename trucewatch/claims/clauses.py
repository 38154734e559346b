"""Clauses: a sentence with its actors, cut where one clause ends and the next begins."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from trucewatch import catalog
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    Attribution,
    DateMention,
    Document,
    DurationMention,
    Quotation,
    Span,
)

T = TypeVar("T")

_LONGEST = 2500  # characters of a sentence that is read as one
_CUT = re.compile(
    r"[;:]\s+|\s+[—–-]\s+|—"
    r"|,?\s+(?=(?:but|while|whereas|although|though|because|whereby|unless|until|when|who|which|whom|whose"
    r"|where|if|provided|yet)\s)"
    r"|,\s+(?=(?:and|or|nor|after|before|as|so|having|\w{3,}ing)\s)"
    r"|\s+(?=and\s+(?:he|she|they|it|we|I|that|also|has|have|had|is|are|was|were|will|would|not|to)\s)"
    r"|\s+(?=that\s)",
)
_OPENER = re.compile(
    r"(?:after|before|when|while|if|as|although|though|since|following|during|despite|with|once|because|given)\s",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+(?!\d)")  # but not that of a date
_LEAD = re.compile(
    r"(?:(?:and|but|or|nor|that|so|while|whereas|although|though|because|yet|also|however|meanwhile)\s+|[\s,;:—–-]+)+"
)
_TAIL = re.compile(r"[\s,;:—–-]+$")
_VERB_NEXT = re.compile(
    r"\s+(?:\w+ly\s+|also\s+)?(?:said|has|have|had|is|are|was|were|will|would|could|should|can|may|might|must|to|agreed"
    r"|met|spoke|told|held|\w{2,}ed)\b"
)
_COORDINATE = re.compile(
    r"\s*(?:\bof(?: the)? [A-Z][^,;()]{1,40}|\([^)]{1,40}\)|’s|'s)?\s*"
    r"(?:,?\s*(?:and|&|plus|as well as|along with|together with)\s+(?:also\s+)?(?:with\s+)?(?:the\s+)?"
    r"|,\s*|–|-)\s*"
)
_PREPOSITION = re.compile(
    r"\b(?:in|on|at|by|of|with|for|from|to|between|against|under|over|about|into|via|through|near|within|among|towards?"
    r"|during|regarding|concerning|outside|inside|across|amid|versus|than|like|including)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:who|which|that|whom|whose|where)\b", re.IGNORECASE)
_STOP = frozenset(
    "in on at by of with for from to between against after before during following about into via through "
    "the and or but that which who is are was were be been being has have had having hold holds held "
    "holding attend attended attending host hosted hosts start started begin began continue continued "
    "resume resumed open opened launch launched conduct conducted convene convened called call propose "
    "proposed offer offered reject rejected refuse refused support cancel cancelled postpone postponed "
    "join joined discuss discussed want wants need needs will would could should may might must can said "
    "says as than if when not no agreed agree ready facilitate facilitated led despite since until amid "
    "under over achieve reach reached reaching secure establish accept ensure conclude bring bringing "
    "sign signed while because only even also then announced declared broke violate violated violating "
    "enjoyed demand demanded urge urged".split()
)
_DETERMINER = frozenset(
    "the a an his her their its our my this that these those any some such another no".split()
)
_OPENS = 20  # "they" so near to the start of a sentence is its subject
_TOGETHER = re.compile(
    r"they|(?:(?:the|both|all|two)\s+)*(?:leaders|presidents|parties|sides|interlocutors|ministers|officials)",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d[\w-]*-|(?:half|quarter)-")
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:[Ww]e|I|[Oo]ur|us|[Mm]y|me)\b")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or a piece of one without end: what is marked in it, and where its clauses begin.

    ``company`` are those whose meeting the report is about: "they" and "the leaders" of a readout.
    """

    document: Document
    annotations: Annotations
    span: Span
    mentions: tuple[ActorMention, ...]
    attributions: tuple[Attribution, ...]
    dates: tuple[DateMention, ...]
    durations: tuple[DurationMention, ...]
    quotations: tuple[Quotation, ...]
    cuts: tuple[int, ...]
    company: tuple[Actor, ...] = ()

    def words(self, span: Span) -> str:
        """The exact words on a span."""
        return self.document.text[span[0] : span[1]]

    def clause(self, at: int) -> Span:
        """The clause around an offset, without the conjunction that leads it."""
        number = max(0, bisect_right(self.cuts, at) - 1)
        end = self.cuts[number + 1] if number + 1 < len(self.cuts) else self.span[1]
        return self.trim((self.cuts[number], end))

    def trim(self, span: Span) -> Span:
        """A span without leading conjunctions and marks, trailing marks and white space."""
        start, end = span
        text = self.document.text
        if lead := _LEAD.match(text, start, end):
            start = lead.end()
        if tail := _TAIL.search(text, start, end):
            end = tail.start()
        return (start, end) if start < end else span

    def phrase_start(self, at: int, floor: int) -> int:
        """Where the noun phrase of a head at an offset begins: its determiner, adjectives and names."""
        start = at
        for token in reversed(list(re.finditer(r"\S+", self.document.text[floor:at]))):
            word = token.group().lower().strip("\"“”‘'([")
            if word in _DETERMINER:
                start = floor + token.start()
                break
            if word == "and" and _MEASURE.match(self.document.text, start):
                continue
            if word in _STOP or not word or (word[-1] in ",;:.)" and len(word) > 3):
                break
            start = floor + token.start()
        for mention in self.mentions:
            if mention.span[0] < start < mention.span[1] and mention.span[0] >= floor:
                start = mention.span[0]
        return start

    def within(self, span: Span) -> list[ActorMention]:
        """The mentions that lie in a span."""
        return [m for m in self.mentions if span[0] <= m.span[0] and m.span[1] <= span[1]]

    def run(self, first: ActorMention) -> list[ActorMention]:
        """A mention and those coordinated with it: "A of X, B and C". Appositions are left out."""
        at = bisect_left(self.mentions, first.span[0], key=lambda m: m.span[0])
        found = [first]
        pending: list[ActorMention] = []
        for before, mention in zip(self.mentions[at:], self.mentions[at + 1 :], strict=False):
            gap = self.words((before.span[1], mention.span[0]))
            if gap.strip() in {"of", "of the", "for", "to", "to the", "from", "'s", "’s", ""}:
                continue
            if not _COORDINATE.fullmatch(gap) or (gap.strip() == "," and self._is_apposition(mention)):
                break
            if re.search(r"\band\b|&|as well as|\bwith\b|^[–-]$", gap):
                found += [*pending, mention]
                pending = []
            else:
                pending.append(mention)
        return found

    def _is_apposition(self, mention: ActorMention) -> bool:
        """Whether a mention only names an office: "X, chief adviser to the president"."""
        words = self.words(mention.span).lower().removeprefix("the ").split()
        named = any(a.name.lower() not in self.words(mention.span).lower() for a in mention.actors)
        bare = any(len(a.name.split()) < len(words) for a in mention.actors)
        return words[0] in catalog.vocabulary().offices and not named and not bare

    def subject(self, verb: int) -> list[ActorMention]:
        """Who does what the verb at an offset says: the first actors of its clause, or of the one before."""
        number = max(0, bisect_right(self.cuts, verb) - 1)
        if self.document.text.startswith("to ", self.cuts[number]) and (
            told := self._told(self.cuts[number])
        ):
            return told
        for back in range(number, max(-1, number - 4), -1):
            start = self.cuts[back]
            end = verb if back == number else self.cuts[back + 1]
            relative = back < number and self._is_relative(self.cuts[back + 1])
            if found := self._first(start, end, last=relative):
                return [self._together(mention) for mention in found]
        return []

    def _together(self, mention: ActorMention) -> ActorMention:
        """A mention such as "they" or "the leaders" as the company of a readout."""
        opens = mention.span[0] < self.span[0] + _OPENS
        if self.company and opens and _TOGETHER.fullmatch(self.words(mention.span)):
            return msgspec.structs.replace(mention, actors=self.company)
        return mention

    def _told(self, at: int) -> list[ActorMention]:
        """Whom an infinitive is put to: "invited X to visit", "urged A and B to stop"."""
        ends = [m for m in self.mentions if at - 2 <= m.span[1] <= at and m.actors]
        if not ends:
            return []
        runs = (self.run(m) for m in self.mentions if m.span[1] <= at and at - m.span[0] < 200)
        return next((run for run in runs if run[-1] is ends[0]), ends)

    def _is_relative(self, at: int) -> bool:
        return bool(_RELATIVE.match(self.document.text, at))

    def _first(self, start: int, end: int, *, last: bool) -> list[ActorMention]:
        """The first coordinated actors in a stretch that no preposition governs; the last before "who"."""
        inside = [m for m in self.within((start, end)) if m.actors or (self.company and m.pronoun)]
        free = [m for m in inside if not _PREPOSITION.search(self.document.text, start, m.span[0])]
        if last and inside:
            return [inside[-1]]
        return [m for m in self.run(free[0]) if m.span[1] <= end] if free else []


def passages(
    document: Document, annotations: Annotations, *, company: tuple[Actor, ...] = ()
) -> Iterator[Passage]:
    """The sentences of a document, each with its actors and cuts."""
    actors = _Index(annotations.actors, [m.span for m in annotations.actors])
    dates = _Index(annotations.dates, [d.span for d in annotations.dates])
    durations = _Index(annotations.durations, [d.span for d in annotations.durations])
    quotations = _Index(document.quotations, [q.span for q in document.quotations])
    said = sorted((part, n) for n, a in enumerate(annotations.speech) for part in a.content)
    contents = _Index(tuple(annotations.speech[n] for _, n in said), [part for part, _ in said])
    for span in _pieces(document):
        mentions = tuple(m for m in actors.on(span) if span[0] <= m.span[0])
        attributions = contents.on(span)
        edges = {e for a in attributions for part in a.content for e in part if span[0] < e < span[1]}
        yield Passage(
            document=document,
            annotations=annotations,
            span=span,
            mentions=mentions,
            attributions=attributions,
            dates=dates.on(span),
            durations=durations.on(span),
            quotations=quotations.on(span),
            cuts=_cuts(document.text, span, mentions, edges),
            company=company,
        )


class _Index(Generic[T]):
    """Marks by place: those on a span are found without going through all."""

    def __init__(self, marks: tuple[T, ...], spans: list[Span]) -> None:
        self.marks = marks
        self.spans = spans
        self.longest = max((end - start for start, end in spans), default=0)

    def on(self, span: Span) -> tuple[T, ...]:
        """The marks that touch a span, in their order."""
        first = bisect_left(self.spans, (span[0] - self.longest, 0))
        last = bisect_left(self.spans, (span[1], 0))
        return tuple(self.marks[i] for i in range(first, last) if self.spans[i][1] > span[0])


def _pieces(document: Document) -> Iterator[Span]:
    """The sentences; one of thousands of characters is no sentence and comes in pieces."""
    for start, end in document.sentences:
        at = start
        while end - at > _LONGEST:
            space = document.text.find(" ", at + _LONGEST, end)
            stop = space if space > 0 else at + _LONGEST
            yield at, stop
            at = stop + 1 if space > 0 else stop
        if at < end:
            yield at, end


def _cuts(text: str, span: Span, mentions: tuple[ActorMention, ...], edges: set[int]) -> tuple[int, ...]:
    cuts = {span[0], *edges}
    cuts.update(m.end() for m in _CUT.finditer(text, *span) if not _joins(text, m, mentions))
    for cut in tuple(cuts):
        comma = _COMMA.search(text, cut, span[1]) if _OPENER.match(text, cut, span[1]) else None
        if comma and not any(m.span[0] <= comma.start() < m.span[1] for m in mentions):
            cuts.add(comma.end())
    return tuple(sorted(c for c in cuts if not any(m.span[0] < c < m.span[1] for m in mentions)))


def _joins(text: str, cut: re.Match[str], mentions: tuple[ActorMention, ...]) -> bool:
    """Whether a comma with "and" only joins two actors in a list."""
    if not text.startswith(("and ", "or "), cut.end()):
        return False
    after = text.index(" ", cut.end()) + 1
    following = next((m for m in mentions if after <= m.span[0] <= after + 4), None)
    return following is not None and not _VERB_NEXT.match(text, following.span[1])


def first_person(passage: Passage, span: Span) -> tuple[Actor, ...]:
    """Whom "we" or "I" on a span means: the speaker of the words, as the attributions have it."""
    word = _SELF.search(passage.document.text, *span)
    if word is None:
        return ()
    around = [
        a for a in passage.attributions if a.speakers and any(p[0] <= word.start() < p[1] for p in a.content)
    ]
    nearest = min(around, key=lambda a: a.span[1] - a.span[0], default=None)
    return nearest.speakers if nearest else ()


def we(passage: Passage, span: Span) -> list[Actor]:
    """Whom "we" binds: the speaker's country where it is known, else the speaker; "I" is the speaker."""
    plural = _WE.search(passage.document.text, *span)
    return [_country(actor) if plural else actor for actor in first_person(passage, span)]


def _country(speaker: Actor) -> Actor:
    name = _nations().get(speaker.country or "")
    if name is None or speaker.type not in {"person", "office"}:
        return speaker
    return Actor(name=name, id=speaker.country, country=speaker.country, type="country")


@functools.cache
def _nations() -> dict[str, str]:
    """The usual name of each country by its code."""
    return {
        n.id: n.name for n in catalog.vocabulary().names.values() if n.type == "country" and n.country == n.id
    }
