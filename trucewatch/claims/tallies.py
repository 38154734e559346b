"""What a mission's report says once for several numbers: who counts, in which window, in which region.

A report tells "between the evenings of 6 and 7 February" once and goes on with figures. This module reads
its sentences in order and gives every figure its measure, its region, its window, and whether it is
restated from the period before. Where two regions compete, it gives none: a wrong region is worse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from trucewatch.claims import evenings
from trucewatch.claims.clauses import Passage
from trucewatch.claims.evenings import Cutoff, Earlier, Spell
from trucewatch.claims.headlines import headlines
from trucewatch.claims.measures import Item, Reading
from trucewatch.claims.regions import Where, names, places
from trucewatch.model import Actor, Annotations, Document, Place, Span, Time, Voice

TALLIES = frozenset({"ceasefire_violations", "explosions", "shots"})  # what a mission counts by its window
_HEADER = 600  # code points in which a report names in full the body that counts

_TRUCE = re.compile(
    r"\b(?:(?:cease-?fire|truce|armistice) (?:violations?|breach(?:es)?|infringements?)"
    r"|(?:violations?|breach(?:es)?|infringements?) of the (?:cease-?fire|truce|armistice))\b",
    re.I,
)
_BODY = re.compile(
    r"\b(?:mission|monitors?|observers?|commission|committee|mechanism|verification|observatory)\b", re.I
)
_BODY_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]* ){1,5}(?:Mission|Monitors|Observers|Commission|Committee|Mechanism|Group|Team"
    r"|Centre)"
    r"(?: (?:to|in|for|on|of) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)?"
)
VERBS = (
    r"(?:record(?:ed|s)?|register(?:ed|s)?|count(?:ed|s)?|log(?:ged|s)?|not(?:ed|es)|document(?:ed|s)?"
    r"|report(?:ed|s)?|observ(?:ed|es)|detect(?:ed|s)?|tall(?:ied|ies)|g[ai]ves?|given|put|brought|brings"
    r"|saw|seen|had|has|account(?:ed|s)? for|yield(?:ed|s)?|total(?:l?ed|s)?|show(?:ed|s|n)?|list(?:ed|s)?"
    r"|witnessed|was|were|been|is|stood|stands|came|amount(?:ed|s)|reached|reach|rose|fell|dropped|climbed"
    r"|numbered|recorded some|happened|occurred)"
)
SET_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|up from|down from|from|against|versus|than|after)\s+(?:the\s+)?$", re.I
)
OF_THEM = (
    r"(?:of\s+(?:them|these|those|which|whom|that\s+(?:number|total|figure)|the\s+(?:total|number)"
    r"|(?:the|these|those)\s+(?:\w+\s+){0,2}?(?:violations|breaches|infringements)))"
)
_PART_AFTER = re.compile(rf"\s*{OF_THEM}\b", re.I)
_PART_BEFORE = re.compile(
    rf"(?:\bincluding|\bincluded|\bamong (?:them|these|those)|\b{OF_THEM},?|\bthese included)"
    r"(?:\s+(?:at least|about|some|a|were))?\s*$"
    r"|\b(?:counted|included|contained)\s+(?:inside|in|within|among|under)\s+(?:that|this|the)\s+"
    r"(?:total|figure|number|count)\s+(?:are|is|were|was)\s*$",
    re.I,
)
_JOINS = re.compile(r"^[^:;]*\band\s+(?:about\s+|some\s+|another\s+)?$", re.I)
_HEADING = re.compile(r"(?:[^.]{0,200}\b(?:on|for|in|to|about|:)\s+)?(?:the\s+)?\W*", re.I)
_WHOLE = re.compile(
    r"\b(?:altogether|in all|overall|combined|all told|together|whole area|as a whole|elsewhere"
    r"|the (?:grand |overall |combined |day's )?total (?:was|came|stood|for the|is)|total had been)\b",
    re.I,
)
_BOUND = re.compile(
    r"[;()\[\]\n]|\.\s|,?\s+(?=(?:compared (?:with|to)|up from|down from|as against|against|versus|while"
    r"|whereas|but|although|though)\b)",
    re.I,
)
_LEAD = r"(?:in|for|from|across|within|inside|throughout|near|close to|around|at|over|of|outside)"
_DIRECT = re.compile(rf"[^.;:()]*?\b{_LEAD}\s+(?:the\s+|both\s+|either\s+|neither\s+)*$", re.I)
_BREAKS = re.compile(r"\b(?:and|while|whereas|but|as|than|or)\b|,", re.I)
_GOVERNS = re.compile(
    rf"\s*(?::|–|—|-|\(|=|,?\s*(?:where\s+)?(?:had\s+|has\s+|there\s+)*\b{VERBS}\b)",
    re.I,
)
_CLAUSE = re.compile(r"[;—]|,\s+(?:while|whereas|but)\s|,\s+(?=in\s|for\s|the\s)", re.I)
_BRACKETED = re.compile(r"\s*[(:]\s*(?:at least\s+|about\s+)?")
_HAD = re.compile(r"\bhad\b", re.I)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)

Role = Literal["main", "part", "against"]


class Told(NamedTuple):
    """What a figure's sentence and those before it say of it."""

    place: Place | None
    time: Time | None
    period: str | None
    previous: bool


class Figure(NamedTuple):
    """A figure of a sentence: its item, its offsets in the text, and how it stands to the others."""

    item: Item
    start: int
    end: int
    role: Role


@dataclass
class Tally:
    """What the report has told so far. ``mission`` is set in a mission's own report."""

    document: Document
    annotations: Annotations
    observer: Actor | None = None
    said_by: tuple[Voice, ...] = ()
    topic: tuple[Where, ...] = ()
    blurred: bool = False
    last: Told | None = None
    current: Spell | None = None
    carried: tuple[Time, str | None] | None = None
    truce: bool = field(init=False)
    mission: Actor | None = field(init=False, default=None)
    cut: Cutoff | None = field(init=False, default=None)
    spells: tuple[Spell, ...] = field(init=False, default=())
    places: tuple[Where, ...] = field(init=False, default=())
    base: Spell | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.truce = _TRUCE.search(self.document.text) is not None
        if not self.truce:
            return
        self.mission = _mission(self.document, self.annotations)
        self.cut = evenings.cutoff(self.document, self.annotations)
        self.spells = evenings.spells(self.document, self.annotations, cut=self.cut)
        self.places = places(self.document, self.annotations)
        self.base = max(self.spells, key=lambda spell: spell.end, default=None)
        if self.base and self.cut and self.base.end < self.cut.end:
            self.base = None

    @property
    def window(self) -> Spell | None:
        """The window that holds for a figure that names none; in another's report only one told before it."""
        return self.current or (self.base if self.mission else None)

    @property
    def standing(self) -> Time | None:
        """The time that holds for all that a mission tells: its window, else its cut-off."""
        if self.window:
            return self.window.time
        return Time(text=self.cut.text, end=self.cut.end.isoformat()) if self.cut else None

    def cutoff(self, at: int) -> Cutoff | None:
        """The cut-off that holds for a figure; in another's report only in the paragraph that tells it."""
        if self.mission or self.cut is None or at < self.cut.span[0]:
            return self.cut if self.mission else None
        same = any(p[0] <= self.cut.span[0] and at < p[1] for p in self.document.paragraphs)
        return self.cut if same else None

    def is_counted(self) -> bool:
        """Whether a figure was counted before in this text."""
        return self.last is not None


def _mission(document: Document, annotations: Annotations) -> Actor | None:
    """The body whose own report it is: it heads the report or publishes it."""
    heads = [
        document.report.title,
        document.report.publisher or "",
        *map(document.words, headlines(document)),
    ]
    head = " ".join(heads)
    named = [
        actor
        for mention in annotations.actors
        if mention.span[0] <= _HEADER
        for actor in mention.actors
        if " " in actor.name and actor.name[0].isupper() and _BODY.search(actor.name)
    ]
    for m in _BODY_NAME.finditer(document.text, 0, _HEADER):
        named.append(Actor(name=m.group(), span=m.span()))
    for actor in named:
        initials = set(re.findall(r"\b[A-Z]{3,}\b", head)) & {_initials(actor.name), *actor.name.split()}
        if actor.name.lower() in head.lower() or initials:
            return max((a for a in named if actor.name in a.name), key=lambda a: len(a.name))
    return None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def in_full(tally: Tally, actor: Actor) -> Actor:
    """ "The Mission" is the one that the report names in full near its beginning."""
    if " " in actor.name:
        return actor
    if tally.mission and actor.name.lower() in tally.mission.name.lower().split():
        return msgspec.structs.replace(tally.mission, span=actor.span)
    for mention in tally.annotations.actors:
        if mention.span[0] > _HEADER:
            break
        for named in mention.actors:
            if " " in named.name and actor.name.lower() in named.name.lower().split():
                return msgspec.structs.replace(named, span=actor.span)
    return actor


# --- what the sentence says of its figures --------------------------------------------------------------


def tell(
    tally: Tally, passage: Passage, items: Sequence[Item], found: Sequence[Reading | None]
) -> dict[int, Told]:
    """The place, window and period of each figure of a sentence, by its number; the tally moves on."""
    if not tally.truce:
        return {}
    inside = places_on(tally, passage.span)
    numbers = [n for n, reading in enumerate(found) if reading and reading.measure in TALLIES]
    if not numbers:
        _move_on(tally, passage, inside)
        return {}
    counting = [(items[n], found[n]) for n in numbers]
    mains = _figures(tally, passage, counting, inside)
    located = _locate(tally, passage, mains, inside)
    told: dict[int, Told] = {}
    before: Told | None = tally.last
    for number, figure, where in zip(numbers, mains, located, strict=True):
        if figure.role == "part" and before is not None:
            place = where.place(passage.document) if where else before.place
            told[number] = before._replace(place=place)
            continue
        place = where.place(passage.document) if where else None
        told[number] = _timed(tally, passage, figure, mains=mains, located=located, place=place)
        if figure.role == "main" or not told[number].previous:
            before = told[number]
    tally.last = before
    _settle(tally, passage, mains, located, inside)
    return told


def _figures(
    tally: Tally, passage: Passage, counting: list[tuple[Item, Reading | None]], inside: list[Where]
) -> list[Figure]:
    """The figures of a sentence; a part is told of the figure before it, unless a region opens anew."""
    sentence, offset = passage.words(passage.span), passage.span[0]
    made: list[Figure] = []
    for item, reading in counting:
        before = sentence[made[-1].item.end if made else 0 : item.start]
        role: Role = "main"
        part = _PART_BEFORE.search(before) or _PART_AFTER.match(sentence, item.end)
        since = made[-1].end if made else offset
        anew = any(w.kind == "region" and since <= w.span[0] < offset + item.start for w in inside)
        goes_on = bool(made) and reading is not None and reading.part and reading.measure == "explosions"
        if (part and (made or tally.last)) or (goes_on and not anew):
            role = "part"
        elif made and SET_AGAINST.search(before):
            role = "against"
        made.append(Figure(item, offset + item.start, offset + item.end, role))
    return made


def places_on(tally: Tally, span: Span) -> list[Where]:
    """The places named within a span."""
    first = bisect_left(tally.places, span[0], key=lambda where: where.span[0])
    return [where for where in tally.places[first:] if where.span[0] < span[1]]


# --- in which region ------------------------------------------------------------------------------------


def _locate(tally: Tally, passage: Passage, mains: list[Figure], inside: list[Where]) -> list[Where | None]:
    """The place of each figure of a sentence; None for a part, and where it is unclear."""
    singles = [w for w in inside if w.kind in ("region", "spot", "country")]
    several = [w for w in inside if w.kind == "several" and len(names(w)) > 1 and " " in w.name]
    free = [n for n, figure in enumerate(mains) if figure.role == "main"]
    if _RESPECTIVELY.search(passage.words(passage.span)):
        return _in_turn(mains, free, singles, several)
    found: list[Where | None] = [None] * len(mains)
    own = [False] * len(mains)
    used: set[Span] = set()
    floor = passage.span[0]
    for place, number in enumerate(free):
        figure = mains[number]
        ceiling = mains[free[place + 1]].start if place + 1 < len(free) else passage.span[1]
        leads = [w for w in inside if floor <= w.span[0] < figure.start and w.span not in used]
        after = [w for w in inside if figure.end <= w.span[0] < ceiling]
        direct = _direct(passage, figure, after, breaks=False)
        if direct is None and not leads:
            direct = _direct(passage, figure, after, breaks=True)
        if direct:
            used.add(direct.span)
            found[number], own[number] = _resolved(tally, direct, inside), True
        elif leads:
            chosen = _chosen(passage, leads, figure)
            found[number], own[number] = (_resolved(tally, chosen, inside) if chosen else None), True
        floor = figure.end
    _share(tally, passage, mains, free=free, found=found, own=own)
    for number, figure in enumerate(mains):
        if figure.role == "against":
            end = mains[number + 1].start if number + 1 < len(mains) else passage.span[1]
            mine = _direct(
                passage, figure, [w for w in inside if figure.end <= w.span[0] < end], breaks=False
            )
            found[number] = _resolved(tally, mine, inside) if mine else _main_before(mains, found, number)
        elif figure.role == "part":
            end = mains[number + 1].start if number + 1 < len(mains) else passage.span[1]
            after = [w for w in inside if figure.end <= w.span[0] < end and w.kind in ("spot", "region")]
            found[number] = _direct(passage, figure, after, breaks=False)
    return found


def _main_before(mains: list[Figure], found: list[Where | None], number: int) -> Where | None:
    """The place of the figure that a number is set against or a part of."""
    return next((found[n] for n in range(number - 1, -1, -1) if mains[n].role == "main"), None)


def _in_turn(
    mains: list[Figure], free: list[int], singles: list[Where], several: list[Where]
) -> list[Where | None]:
    """ "591 and 975 violations in Donetsk and Luhansk regions respectively": in the order they are named."""
    found: list[Where | None] = [None] * len(mains)
    turn = [Where(w.span, name, "region") for w in several for name in names(w)] if several else singles
    if len(turn) == len(free):
        for number, where in zip(free, turn, strict=True):
            found[number] = where
    return found


def _direct(passage: Passage, figure: Figure, after: list[Where], *, breaks: bool) -> Where | None:
    """The place right after a number: "591 violations, including 553 explosions, in Donetsk region"."""
    if not after:
        return None
    gap = passage.words((figure.end, after[0].span[0]))
    if not _DIRECT.fullmatch(gap) and not (after[0].kind == "back" and len(gap) < 30):
        return None
    plain = re.sub(r",?\s*(?:including|among them|of which)\s[^,]*(?:,|$)", " ", gap)
    return None if not breaks and _BREAKS.search(plain) else after[0]


def _chosen(passage: Passage, leads: list[Where], figure: Figure) -> Where | None:
    """Which of the places before a number is its place; None where two compete."""
    last = leads[-1]
    if len(leads) == 1 or all(w.name == last.name for w in leads):
        return last
    if all(w.kind == "spot" for w in leads):
        return last._replace(
            span=(leads[0].span[0], last.span[1]),
            name=passage.words((leads[0].span[0], last.span[1])),
            mention=None,
        )
    if last.kind in ("region", "several") and _GOVERNS.match(
        passage.document.text, last.span[1], figure.start
    ):
        return last
    wide = [w for w in leads if w.kind != "country"]
    if len(wide) == 1:
        return wide[0]
    cut = max(
        (m.end() for m in _CLAUSE.finditer(passage.document.text, leads[-2].span[1], last.span[0])), default=0
    )
    strong = re.search(r";|—|while|whereas|but", passage.words((leads[-2].span[1], last.span[0])))
    return last if cut and strong else None


def _resolved(tally: Tally, where: Where | None, inside: list[Where]) -> Where | None:
    """ "That region" is the one told last, here or before; "neither region" both of two known ones."""
    if where is None or where.kind in ("region", "spot", "country"):
        return where
    if where.kind == "several":
        return _both(tally, where)
    here = [w for w in inside if w.kind == "region" and w.span < where.span]
    told = here or list(tally.topic)
    return told[-1]._replace(span=where.span) if len({w.name for w in told}) == 1 else None


def _both(tally: Tally, where: Where) -> Where:
    if " and " in where.name or " or " in where.name or " nor " in where.name:
        return where
    known = list(dict.fromkeys(w.name for w in tally.places if w.kind == "region"))
    kinds = {name.rpartition(" ")[2] for name in known}
    if len(known) == 2 and len(kinds) == 1:
        return where._replace(name=f"{known[0].rpartition(' ')[0]} and {known[1]}")
    return where


def _share(
    tally: Tally,
    passage: Passage,
    mains: list[Figure],
    *,
    free: list[int],
    found: list[Where | None],
    own: list[bool],
) -> None:
    """A figure that names no place has that of its neighbours in the sentence, or the one told before."""
    for place, number in enumerate(free):
        if own[number]:
            continue
        start = mains[free[place - 1]].end if place else passage.span[0]
        end = mains[free[place + 1]].start if place + 1 < len(free) else passage.span[1]
        if _WHOLE.search(passage.document.text, start, end):
            own[number] = True
            continue
        if place and found[free[place - 1]]:
            found[number] = found[free[place - 1]]
        elif (
            place + 1 < len(free)
            and own[free[place + 1]]
            and not place
            and _JOINS.search(passage.words((start, end)))
        ):
            found[number] = found[free[place + 1]]
        elif not place:
            found[number] = _carried(tally)


def _carried(tally: Tally) -> Where | None:
    """The region told before, unless several were, or another was named since."""
    return tally.topic[-1] if len({w.name for w in tally.topic}) == 1 and not tally.blurred else None


def _move_on(tally: Tally, passage: Passage, inside: list[Where]) -> None:
    """A sentence without figures: a heading names the region of what follows; other names blur it."""
    named = [w for w in inside if w.kind == "region"]
    _window_of(tally, passage)
    if not named or tally.mission is None:
        return
    head = passage.words((passage.span[0], named[-1].span[0]))
    rest = passage.words((named[-1].span[1], passage.span[1]))
    if len(named) == 1 and _HEADING.fullmatch(head) and not rest.strip(" .:;,–—\n"):
        tally.topic, tally.blurred = (named[-1],), False
    elif not tally.topic:
        tally.topic = tuple(named)
    elif any(w.name != tally.topic[-1].name for w in named):
        tally.blurred = True


def _settle(
    tally: Tally, passage: Passage, mains: list[Figure], located: list[Where | None], inside: list[Where]
) -> None:
    """The regions that a sentence gave figures for are what the next one goes on with."""
    told = [w for f, w in zip(mains, located, strict=True) if f.role != "part" and w and w.kind == "region"]
    if told:
        tally.topic, tally.blurred = tuple(told), False
    elif any(w.kind == "region" and (not tally.topic or w.name != tally.topic[-1].name) for w in inside):
        tally.blurred = True
    _window_of(tally, passage)


# --- in which window ------------------------------------------------------------------------------------


def _window_of(tally: Tally, passage: Passage) -> None:
    """A window of its own that a sentence states holds for those after it."""
    for spell in evenings.on(tally.spells, passage.span):
        if not _is_past(tally, passage, spell):
            tally.current = spell


def _is_past(tally: Tally, passage: Passage, spell: Spell) -> bool:
    """Whether a window is that of an earlier report: it ends before the report's own, or is called so."""
    segment = _segment(passage, spell.span[0])
    if any(
        not cue.against and segment[0] <= cue.span[0] < segment[1] and cue.span[0] < spell.span[0]
        for cue in evenings.earlier(passage.document, segment)
    ):
        return True
    if tally.mission and _is_one_of_two(tally, spell) and not _HAD.search(passage.words(segment)):
        return False
    base = tally.base
    if base and spell.end <= (base.start or base.end) and spell != base and spell.end < base.end:
        return True
    return tally.cut is not None and spell.end < tally.cut.end


def _is_one_of_two(tally: Tally, spell: Spell) -> bool:
    """Whether a window ends as the last begins, and was told before it: a report may cover two in turn."""
    last = max(tally.spells, key=lambda other: other.end)
    first = next(other for other in tally.spells if other[1:3] in (spell[1:3], last[1:3]))
    return spell.start is not None and spell.end == last.start and first[1:3] == spell[1:3]


def _segment(passage: Passage, at: int) -> Span:
    """The stretch of a sentence around an offset that brackets, semicolons and comparisons bound."""
    start, end = passage.span
    for m in _BOUND.finditer(passage.document.text, *passage.span):
        if m.end() <= at:
            start = m.end()
        elif m.start() >= at:
            return start, m.start()
    return start, end


def _cue(
    passage: Passage, figure: Figure, mains: list[Figure], located: list[Where | None]
) -> Earlier | None:
    """The words that put a figure in an earlier period, if any do."""
    start, end = _segment(passage, figure.start)
    others = [other for other in mains if other.role != "part" and other is not figure]
    text = passage.document.text
    for cue in evenings.earlier(passage.document, passage.span):
        if figure.start >= cue.span[1] and _BRACKETED.fullmatch(text, cue.span[1], figure.start):
            return cue
        owned = re.match(r"['’]s?\s+(?:[a-z]+\s+){0,4}", text[cue.span[1] : cue.span[1] + 40])
        if owned:
            if cue.span[1] <= figure.start <= cue.span[1] + owned.end() + 2:
                return cue
            continue
        if cue.against or not start <= cue.span[0] < end:
            continue
        if cue.span[0] < figure.start:
            comma = re.search(r",\s(?!\d)", text[cue.span[1] : figure.start])
            if SET_AGAINST.search(text[max(0, start - 16) : cue.span[0]]) is None or comma is None:
                if not _set_before(passage, start, cue, others):
                    return cue
                continue
            continue
        between = [o for o in others if figure.end <= o.start < cue.span[0] and start <= o.start]
        mine = located[mains.index(figure)]
        if all(
            (theirs := located[mains.index(o)]) is not None and mine is not None and theirs.name != mine.name
            for o in between
        ):
            return cue
    return None


def _set_before(passage: Passage, start: int, cue: Earlier, others: list[Figure]) -> bool:
    """ "Compared with 75 in the previous period, the SMM recorded 292": the cue belongs to the 75."""
    opens = re.match(
        r"\s*(?:compared (?:with|to)|up from|down from|against|after|following)\b",
        passage.document.text[start : cue.span[0]],
        re.I,
    )
    return opens is not None and any(start <= o.start < cue.span[0] for o in others)


def _timed(
    tally: Tally,
    passage: Passage,
    figure: Figure,
    *,
    mains: list[Figure],
    located: list[Where | None],
    place: Place | None,
) -> Told:
    """A figure with its window: its own, that of the period before, or the one told last."""
    segment = _segment(passage, figure.start)
    stated = evenings.on(tally.spells, segment)
    cue = _cue(passage, figure, mains, located)
    if not stated and cue is None:
        stated = [
            spell for spell in evenings.on(tally.spells, passage.span) if not _is_past(tally, passage, spell)
        ]
    spell = min(stated, key=lambda s: _gap(s.span, figure), default=None)
    if spell:
        previous = cue is not None or _is_past(tally, passage, spell)
        return Told(place, spell.time, spell.length, previous)
    window, cut = tally.window, tally.cutoff(figure.start)
    if cue:
        period = f"PT{cue.hours}H" if cue.hours else None
        return Told(place, evenings.before(window, cut, cue), period, True)
    if figure.role == "against" and place == (located[0].place(passage.document) if located[0] else None):
        return Told(place, None, None, True)
    if window:
        again = evenings.same(passage.document, passage.span)
        time = window.time if again is None else msgspec.structs.replace(window.time, text=again.group())
        return Told(place, time, window.length, False)
    if cut:
        return Told(place, Time(text=cut.text, end=cut.end.isoformat()), None, False)
    return Told(place, None, None, False)


def _gap(span: Span, figure: Figure) -> int:
    return max(0, span[0] - figure.end, figure.start - span[1])
