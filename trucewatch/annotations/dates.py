"""Dates, windows and lengths of time, resolved against the day of publication.

The words of a text become classes (:mod:`trucewatch.annotations.timewords`), the rules of
:mod:`trucewatch.annotations.dategrammar` match runs of them, and the longest match from the left is read.
What depends on the day of publication ("on Saturday") stays without start and end where a report is
undated. A dateline in the text that differs from the day of publication is the reference instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from trucewatch.annotations import dategrammar, timewords
from trucewatch.annotations.daterules import full_date
from trucewatch.annotations.datestory import Pair, Told, is_history
from trucewatch.annotations.lexemes import Lexemes, lex
from trucewatch.annotations.timexes import Build, Found, Match
from trucewatch.model import Annotations, DateMention, Document, DurationMention, Span

ANNOTATOR = "dates"
_Spot = tuple[int, int, Match, Build]

_DATELINE_END = 400  # code points: a dateline stands in the first lines
_DATELINE_NEAR = 400  # days: one further from the day of publication tells of something else
_AHEAD = {
    "will", "shall", "'ll", "won't", "planned", "scheduled", "expected", "expects", "due",
    "upcoming",
    "slated", "intends", "next", "would", "can", "could", "should", "must", "tomorrow",
    "payable", "effective", "forthcoming", "awaits", "awaiting", "expecting", "might",
}  # fmt: skip
_AHEAD_WITH_TO = {
    "set", "agreed", "agree", "ready", "wants", "want", "going", "invited", "hopes", "hoped",
    "prepared", "is",
    "are", "promised", "vowed", "pledged", "threatened", "preparing", "proposed", "order", "ordered",
    "wanted", "planning", "likely", "plans",
}  # fmt: skip
_PLANNED = {
    "arrives",
    "begins",
    "convenes",
    "departs",
    "expires",
    "meets",
    "opens",
    "resumes",
    "starts",
    "takes",
}
_PAST = {
    "was", "were", "had", "has", "have", "did", "been", "said", "told", "held", "began", "met", "took",
    "made",
    "left", "came", "went", "saw", "hit", "struck", "broke", "became", "gave", "got", "shot", "fell",
    "rose", "won",
    "lost", "spoke", "sent", "fought", "caught", "brought", "wrote", "kept", "found", "led",
    "tore", "flew", "drove", "ran", "threw", "grew", "drew", "stood", "sat", "heard", "felt", "paid",
    "chose", "stole", "rode", "built", "bought", "sold", "swept", "thought", "knew",
}  # fmt: skip
_PUT_OFF = {
    "postponed", "extended", "prolonged", "delayed", "deferred", "adjourned", "suspended", "given", "gave",
    "valid",
}  # fmt: skip
_DAY_PARTS = {"TMO", "TAF", "TEV", "TNI"}
_STOPPED = {timewords.CODES["short"], timewords.CODES["am"]}
_NO_PAST = {"united", "armed", "allied"}
_ARTICLES = {"a", "an", "the", "its", "their"}
_AGREED = {"agreed", "freed", "guaranteed", "decreed", "disagreed"}


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the dates and durations of a document."""
    dates, durations = Reading(document).read()
    return msgspec.structs.replace(annotations, dates=tuple(dates), durations=tuple(durations))


class Reading:
    """One pass over one document.

    ``ref`` is the day it speaks from and ``told`` the time it has come to. ``first`` and ``last`` are the
    indices of the lexemes of the match that is being read.
    """

    def __init__(self, document: Document) -> None:
        self.lexemes: Lexemes = lex(document)
        self.items = self.lexemes.items
        self.classes = timewords.classes(self.items)
        self.ref: dt.date | None = document.report.published
        self.told = Told()
        self.first = self.last = 0
        self.narrative = False
        self._spots = self._matches()
        self.ref = self._dateline() or self.ref
        self.narrative = is_history(self.items, self.classes, self.ref)

    def read(self) -> tuple[list[DateMention], list[DurationMention]]:
        """All marks in the order of the text, none overlapping."""
        dates: list[DateMention] = []
        durations: list[DurationMention] = []
        for span, found in self._found():
            if found.length:
                durations.append(DurationMention(span=span, annotator=ANNOTATOR, value=found.value))
            else:
                self._remember(found)
                dates.append(_mention(span, self._bounded(found)))
        return dates, durations

    def word(self, at: int) -> str:
        """The lexeme at an index in lower case, empty outside the text."""
        return self.items[at].lower if 0 <= at < len(self.items) else ""

    @property
    def here(self) -> dt.date | None:
        """The day that "in the morning" and "last week" are told from; none in a history before Christ."""
        return self.told.date() if self.narrative and self.told.year else self.ref

    @property
    def year(self) -> int | None:
        """The year that "the year" and "in the summer" are told from."""
        return (self.told.year if self.narrative else None) or (self.ref.year if self.ref else None)

    def future(self) -> bool | None:
        """Whether the words around the match look ahead (True), back (False) or neither (None)."""
        led = (self.word(self.first - 2), self.word(self.first - 1))
        if led[1] == "by" or led == ("ahead", "of"):
            return True
        before = self._ahead_before()
        return before if before is not None else self._ahead_after()

    def awaited(self) -> bool:
        """Whether the match is a term: "postponed until Friday", "as soon as Friday"."""
        before = [self.word(self.first - back) for back in (3, 2, 1)]
        if before[2] in ("until", "till", "through"):
            return any(self.items[at].lower in _PUT_OFF for at in self._back(12))
        return before == ["as", "soon", "as"]

    # --- matches --------------------------------------------------------------------------------------

    def _matches(self) -> list[_Spot]:
        """All matches: from the left, the longest first, of equally long ones the earlier rule's first."""
        spots = [
            (m.start(), -m.end(), order, m, build)
            for order, (rule, build) in enumerate(dategrammar.rules())
            for m in rule.finditer(self.classes)
            if m.end() > m.start() and self._in_one_sentence(m.start(), m.end())
        ]
        spots.sort(key=lambda spot: spot[:3])
        return [(start, -end, m, build) for start, end, _, m, build in spots]

    def _in_one_sentence(self, first: int, last: int) -> bool:
        """An abbreviated month may seem to end a sentence, and so may "a.m."."""
        numbers = self.lexemes.sentence
        return numbers[first] == numbers[last - 1] or not _STOPPED.isdisjoint(self.classes[first : last - 1])

    def _found(self) -> Iterator[tuple[Span, Found]]:
        free = 0
        for first, last, m, build in self._spots:
            if first < free:
                continue
            self.first, self.last = first, last
            if found := build(self, m):
                free = last
                yield from self._parts(first, last, found)

    def _parts(self, first: int, last: int, found: Found) -> Iterator[tuple[Span, Found]]:
        if isinstance(found, Pair):
            yield (self.items[first].start, self.items[found.until - 1].end), found
            first, found = found.first, found.then
        yield (self.items[first].start, self.items[last - 1].end), found

    def _remember(self, found: Found) -> None:
        """In a history the day of publication is no part of what is told, nor is a year named by the way."""
        published = self.ref is not None and found.start == self.ref.isoformat()
        aside = found.year is not None and found.value == str(found.year) and self._aside()
        if not (self.narrative and (published or aside)):
            self.told = self.told.after(found)

    def _aside(self) -> bool:
        """Whether the match stands in brackets, "the law (1790)", or is looked ahead to: "due in 1976"."""
        return (self.word(self.first - 1), self.word(self.last)) == ("(", ")") or self._ahead_before() is True

    # --- the words around -----------------------------------------------------------------------------

    def _bounded(self, found: Found) -> Found:
        """A window cut open by what stands before it: since, from, after; until, by, before, as of."""
        if found.value[-3:] in _DAY_PARTS or "/" in found.value:
            return found
        at = self.first - 1
        if self.word(at) == "after":
            return found if self.word(self.last) == "'s" else msgspec.structs.replace(found, end=None)
        while self.word(at) in ("early", "late", "the", "about", "around", "at"):
            at -= 1
        before = self.word(at)
        if before in ("since", "from") or self._since_clause():
            return msgspec.structs.replace(found, end=None) if found.start else found
        if before in ("until", "till", "by", "before") or (before == "of" and self.word(at - 1) == "as"):
            return msgspec.structs.replace(found, start=None) if found.end else found
        return found

    def _since_clause(self) -> bool:
        """Whether a date ends a clause such as "since the war erupted in 2011"."""
        for at in self._back(14):
            if self.items[at].lower in (",", ";", ":"):
                return False
            if self.items[at].lower == "since":
                return True
        return False

    def _back(self, most: int) -> Iterator[int]:
        """Indices before the match in its sentence, the nearest first."""
        here = self.lexemes.sentence[self.first]
        for at in range(self.first - 1, max(-1, self.first - 1 - most), -1):
            if self.lexemes.sentence[at] != here:
                return
            yield at

    def _ahead_before(self) -> bool | None:
        infinitive = 0
        for at in self._back(18):
            word = self.items[at].lower
            near = infinitive - (1 if word in ("is", "are") else 4) <= at and not self.items[at].capital
            if (word in _AHEAD and not self._is_over(at)) or (infinitive and near and word in _AHEAD_WITH_TO):
                return True
            if (word in _PLANNED and at >= self.first - 4) or self._is_to_be(at):
                return True
            if word == "to" and not self.items[at + 1].capital:
                infinitive = at
            elif not infinitive and self._is_past_verb(at):
                return False
        return None

    def _is_past_verb(self, at: int) -> bool:
        """Whether a word tells of the past: not "be paid", nor "a proposed sale"."""
        word, led = self.items[at].lower, self.word(at - 1)
        if led == "still" or led.endswith("ly"):
            led = self.word(at - 2)
        return _is_past(word) and led != "be" and not (word.endswith("ed") and led in _ARTICLES)

    def _is_to_be(self, at: int) -> bool:
        """Whether a word is the verb of what is yet to be done: "a pact to be signed on Friday"."""
        led = [self.word(at - back) for back in (3, 2, 1)]
        return led[1:] == ["to", "be"] and _is_past(self.items[at].lower) and not _is_past(led[0])

    def _is_over(self, at: int) -> bool:
        """Whether a word that looks ahead does not: "next to", "as planned", "had been due"."""
        before = self.word(at - 1)
        if self.items[at].lower == "next":
            return self.word(at + 1) == "to"
        return before in ("as", "previously", "originally") or (
            before == "been" and self.word(at - 2) == "had"
        )

    def _ahead_after(self) -> bool | None:
        """Only words that open a sentence are ruled by what follows: "On Friday the ministers will meet"."""
        here = self.lexemes.sentence[self.first]
        opening = self.first - 8
        if opening >= 0 and self.lexemes.sentence[opening] == here:
            return None
        for at in range(self.last, min(len(self.items), self.last + 14)):
            if self.lexemes.sentence[at] != here:
                return None
            word = self.items[at].lower
            if word in _AHEAD or (word == "plans" and self.word(at + 1) == "to"):
                return True
            if _is_past(self.items[at].lower):
                return False
        return None

    # --- the reference --------------------------------------------------------------------------------

    def _dateline(self) -> dt.date | None:
        """A full date that stands by itself near the beginning."""
        for first, last, m, build in self._spots:
            if self.items[first].start > _DATELINE_END:
                return None
            if build not in full_date:
                continue
            self.first, self.last = first, last
            found = build(self, m)
            if found and found.day and not found.relative and self._stands_alone():
                near = self.ref is None or abs((found.day - self.ref).days) <= _DATELINE_NEAR
                return found.day if near else None
        return None

    def _stands_alone(self) -> bool:
        """Whether the words around a match leave it outside any sentence: a dateline, not a date told of."""
        before = self.items[self.first - 1] if self.first else None
        after = self.items[self.last] if self.last < len(self.items) else None
        opens = before is None or before.kind == "mark" or before.capital
        return opens and (
            after is None or after.capital or after.lower in ("-", "–", "—", ".", "|", ":", "/", ")")
        )


def _mention(span: Span, found: Found) -> DateMention:
    return DateMention(
        span=span,
        annotator=ANNOTATOR,
        value=found.value,
        start=found.start,
        end=found.end,
        relative=found.relative,
    )


def _is_past(word: str) -> bool:
    """Whether a word is a verb of the past; "succeed" and "proceed" are none, "agreed" is one."""
    regular = word in _AGREED or (word.endswith("ed") and not word.endswith("eed"))
    return word in _PAST or (len(word) > 4 and regular and word not in _NO_PAST)
