"""Figures of a mission's report that need its way of telling: a number alone, explosions among violations.

"The figure had been 114", "Luhansk region brought 402", "128 of these were explosions", "not a single
violation": what :mod:`trucewatch.claims.measures` cannot tell from a sentence by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.claims import evenings
from trucewatch.claims.clauses import Passage
from trucewatch.claims.evenings import Earlier
from trucewatch.claims.measures import Item, Reading
from trucewatch.claims.tallies import OF_THEM, SET_AGAINST, TALLIES, VERBS, Tally, places_on

_AFTER_VERB = re.compile(
    rf"\b{VERBS}\s+(?:\w+ly\s+|(?:to|at|a total of|only|just|another|there|some|as)\s+)*$", re.I
)

_FIGURE = re.compile(
    r"\b(?:figures?|totals?|numbers?|counts?|tally|tallies|sum|reading|violations|breaches)\b"
    r"(?!\s+of\s+(?!(?:the\s+)?(?:[\w-]+\s+)?(?:violations|breaches)\b))",
    re.I,
)

# "A man who was 45": being tells of a figure only after "there" or a word for a figure.
_WEAK = re.compile(
    r"(?<!there )(?<!there had )\b(?:was|were|is|been|had|has)\s+(?:\w+ly\s+|only\s+|just\s+)?$", re.I
)

_LISTED = re.compile(r"(?::|–|—|=|\()\s*$")

_LABELLED = re.compile(
    r"\b(?:cease-?fire|truce|armistice) (?:violations|breaches)(?: recorded)?\s*[:=–—]\s*$", re.I
)

_AND = re.compile(r"^[^.;:]{0,60}?(?:,|\band|\bagainst)\s+(?:(?:in|for)\s[^.;:\d]{1,40})?$", re.I)

_BANGS_AFTER = re.compile(
    rf"\s*(?:{OF_THEM})?\s*,?\s*(?:(?:were|was|being|are|is|had been|as|in)\s+)?(?:\w+ly\s+|an?\s+)?"
    r"(?:explosions?|blasts?|detonations?)\b",
    re.I,
)

_VIOLATIONS = re.compile(r"\b(?:violations?|breach(?:es)?|infringements?)$", re.I)

_BEING = re.compile(r"\s*(?:being|were|was|are)\s+(?:an?\s+)?(?:explosions?|blasts?|detonations?)\b", re.I)

_ABUTS = re.compile(r"[\s,]*(?:with\s+|only\s+|just\s+|another\s+)?")

_BANGS_BEFORE = re.compile(
    r"\b(?:explosions?|blasts?|detonations?)\b\s*(?:(?:account(?:ed|ing|s)?\s+for|made up|making up|make up"
    r"|number(?:ed|ing)|came to|were|was|stood at|total(?:l?ed|l?ing)?|reached|:|–|—|=|\()\s*(?:about\s+)?"
    r"|(?:in|for|near)\s[^.;:\d]{1,40}(?::|–|—)\s*)$",
    re.I,
)

_ITEM = re.compile(r"(?:[:,]|\band|\bnamely|\bplus)\s*$", re.I)

_PLACED = re.compile(r"\s*(?:in|for|near|at|around|from)\s+(?:the\s+)?[A-Z]")

_NO_FIGURE = re.compile(r"\s*(?:/\s*\d|(?:st|nd|rd|th)\b|%)")

_BROKEN = re.compile(
    r"\b(?:broke|broken|breaking|violat(?:ed|ing)|breach(?:ed|ing))\s+the\s+(?:cease-?fire|truce|armistice)\s+"
    r"(?:\w+\s+){0,2}$",
    re.I,
)

_NOTHING = re.compile(
    r"(?:\b(?:not (?:a single|one)|without (?:a single|any|an?))\s+"
    r"|\b(?:did|does|has|have|had) not (?:\w+\s+){1,2}(?:any|a single|a)\s+)"
    r"(?P<unit>(?:[\w-]+\s+){0,2}?(?:violations?|breach(?:es)?|infringements?|explosions?))\b"
    r"|\bneither (?:of the (?:two )?)?(?:regions?|sectors?|provinces?|governorates?"
    r"|oblasts?|districts?)\b[^.;\d]{0,40}?"
    r"\b(?P<any>(?:(?:cease-?fire|truce|armistice)\s+)?(?:violations?|breach(?:es)?|infringements?))\b",
    re.I,
)


def nothing(sentence: str, taken: Sequence[Item]) -> list[Item]:
    """ "Not a single violation", "neither region saw a violation": zeros that no number word tells."""
    found = []
    for m in _NOTHING.finditer(sentence):
        name = "unit" if m.group("unit") else "any"
        if not any(item.start < m.end() and m.start() < item.end for item in taken):
            found.append(Item(m.start(name), m.end(), m.group(name)))
    return found


def figures(
    tally: Tally, passage: Passage, items: list[Item], found: list[Reading | None]
) -> list[Reading | None]:
    """The measures of a sentence's numbers, with those that only a mission's way of telling shows."""
    if not tally.truce:
        return found
    sentence, offset = passage.words(passage.span), passage.span[0]
    cues = evenings.earlier(passage.document, passage.span)
    line = Line(sentence, offset, items, found, cues)
    for number, item in enumerate(items):
        reading, before = found[number], line.before(number)
        if item.unit and _VIOLATIONS.search(item.unit) and _BEING.match(sentence, item.end):
            found[number] = Reading("explosions", item.start, item.end, part=True)
        if item.unit == "times" and _BROKEN.search(sentence, 0, item.start):
            found[number] = Reading("ceasefire_violations", item.start, item.end)
        if item.unit is not None or item.quantity is None or _in_window(tally, offset + item.start):
            continue
        if _NO_FIGURE.match(sentence, item.end) or (reading and reading.measure not in TALLIES):
            continue
        if _BANGS_BEFORE.search(before) or _BANGS_AFTER.match(sentence, item.end):
            found[number] = Reading("explosions", item.start, item.end, part=True)
            _drop_repeat(sentence, items, number, found)
        elif reading is None and _is_figure(tally, line, number):
            found[number] = Reading("ceasefire_violations", item.start, item.end)
    return found


def _drop_repeat(sentence: str, items: list[Item], number: int, found: list[Reading | None]) -> None:
    """In "1 was an explosion" the explosion is the one that was counted."""
    bangs = _BANGS_AFTER.match(sentence, items[number].end)
    if bangs and number + 1 < len(items) and items[number + 1].start < bangs.end():
        found[number + 1] = None


def _in_window(tally: Tally, at: int) -> bool:
    """Whether a number belongs to a window: the "6" of "between 19:30 on 6 and 19:30 on 7 February"."""
    return any(spell.span[0] <= at < spell.span[1] for spell in tally.spells)


class Line(NamedTuple):
    """A sentence with its numbers, what each counts so far, and the words that point to an earlier period."""

    sentence: str
    offset: int
    items: list[Item]
    found: list[Reading | None]
    cues: Sequence[Earlier]

    def before(self, number: int) -> str:
        """The words between a number and the one before it."""
        return self.sentence[self.items[number - 1].end if number else 0 : self.items[number].start]

    def is_tally(self, number: int) -> bool:
        """Whether a number counts what a mission tallies."""
        reading = self.found[number]
        return reading is not None and reading.measure in TALLIES


def _is_figure(tally: Tally, line: Line, number: int) -> bool:
    """Whether a number alone counts violations: told of a region, of the period before, or in a list."""
    item, before = line.items[number], line.before(number)
    head = line.sentence[: item.start]
    told = _AFTER_VERB.search(before) is not None or _LISTED.search(before) is not None
    if _LABELLED.search(before):
        return True
    if number and line.is_tally(number - 1):
        placed = _ITEM.search(before) and _PLACED.match(line.sentence, item.end)
        if SET_AGAINST.search(before) or _AND.match(before) or placed:
            return True
    if tally.is_counted() or any(line.is_tally(n) for n in range(len(line.found))):
        if line.cues and (SET_AGAINST.search(before) or (told and not _WEAK.search(before))):
            return True
        if told and _FIGURE.search(head):
            return True
    return tally.mission is not None and _is_of_region(tally, line, item, told=told)


def _is_of_region(tally: Tally, line: Line, item: Item, *, told: bool) -> bool:
    """ "Arda region brought 402", "Arda region: 222", "Borda region nine"."""
    span = (line.offset, line.offset + len(line.sentence))
    near = [w for w in places_on(tally, span) if w.kind in ("region", "back", "several")]
    if told and near and not _WEAK.search(line.sentence, 0, item.start):
        return True
    return any(
        w.kind == "region"
        and w.span[1] <= line.offset + item.start
        and _ABUTS.fullmatch(line.sentence, w.span[1] - line.offset, item.start)
        for w in near
    )
