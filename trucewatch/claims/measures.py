"""What a number counts: its measure, from its unit and from the words around it.

A sentence is read from left to right as a list of numbers. A number's measure is shown by its unit
("explosions"), by the verb after it ("five were killed"), by the verb before it ("killing five"), or it is
that of the number before it in a list ("including three children").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.model import Measure, Quantity

_KILLED = (
    r"killed|martyred|slain|murdered|executed|massacred|slaughtered|assassinated|beheaded|died|die"
    r"|dies|dying|dead"
    r"|perished|deaths?|among (?:the |those )?(?:dead|killed|victims|fatalities)|among \w+ victims"
    r"|fatally shot|lost (?:their|his|her) li(?:fe|ves)|shot dead|lives"
)
_WOUNDED = r"wounded|injured|hurt|hospitali[sz]ed|maimed|treated for"
_CASUALTIES = (
    r"neutrali[sz]ed|eliminated|casualties|killed or (?:wounded|injured)|killed(?: and"
    r"|,) (?:wounded|injured) or captured"
)
_DISPLACED = (
    r"displaced|fled|flee|fleeing|uprooted|deported|refugees|forced (?:to flee|from)|crossed into|driven from"
    r"|taken shelter|sought (?:safety|refuge|shelter)|fled to"
)
_HELD = (
    r"arrested|detained|captured|hostages?|taken prisoner|prisoners? of war|imprisoned|kidnapped"
    r"|abducted|released from captivity"
)
_OUT = r"evacuated|rescued|trapped|besieged|missing|pulled (?:out )?(?:alive|from)|remain(?:ed|s)? unknown"
_ARMS_LOST = (
    r"destroyed|shot down|downed|hit|knocked out|taken out|blown up|intercepted|damaged"
    r"|disabled|lost|launched|fired"
)

_AUX = (
    r"(?:\s*(?:who|which|that))?(?:\s+(?:were|was|are|is|be|been|being|has|have|had|get|got|to"
    r"|reportedly|also|then"
    r"|later|since|now|summarily|fatally|already|all|both|believed|confirmed|critically|severely"
    r"|seriously|badly|lightly"
    r"|said|still|in total|themselves|officially|internally|estimated|found))*\s*[\"“”'’]?"
)
_NO_NEW = (
    r"(?:(?!\b(?:were|was|are|is|has|have|had|said|says|that|which|who|when|while|where|after|but"
    r"|killing|wounding"
    r"|injuring|will|would|could|may|might|then|since|because|whose|told|by|leaving|left)\b)[^.;:])"
)
_MODIFIERS = (
    r"(?:\s+(?:an?|another|further|additional|the|its|their|some|total|of|estimated|as|many|or|to"
    r"|around|other|yet|all"
    r"|just|only|also|at least|these|those|more|up|people|[\w-]+ly))*"
)
_AND_NOUN = r"(?:\s+(?:an?|the|his|her|its|one)\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}\s+and)?"


def _after(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<gap>{_NO_NEW}{{0,140}}?)(?P<aux>{_AUX})\b(?P<verb>{verbs})\b", re.I)


def _before(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<verb>{verbs})\b{_AND_NOUN}{_MODIFIERS}[\s:\"“]*$", re.I)


_TOLL = (
    r"(?:death|casualty|overall|their|its|the|a|latest)?\s*(?:toll|death count"
    r"|death tolls?)(?:\s+(?!(?:of|to|at)\b)[\w’'-]+){0,9}?"
    r"\s+(?:of|to|at|reached|exceeded|stands at|is|was|as)"
)
_AFTER: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("casualties", _after(_CASUALTIES)),
    ("killed", _after(_KILLED)),
    ("wounded", _after(_WOUNDED)),
    ("displaced", _after(_DISPLACED)),
    ("prisoners", _after(_HELD)),
    ("other", _after(_OUT)),
)
_BEFORE: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (
        "casualties",
        _before(
            r"neutrali[sz](?:ed|es|ing)|eliminat(?:ed|es|ing)|losses of|killed(?:, injured"
            r"|, wounded)? or (?:wounded|injured|captured)"
            r"|killed and (?:wounded|injured)"
        ),
    ),
    (
        "killed",
        _before(
            r"kill(?:ed|s|ing)?|martyr(?:ed|ing)|murder(?:ed|s|ing)|execut(?:ed|es|ing)|massacr(?:ed"
            r"|ing)|slaughter(?:ed|ing)"
            r"|assassinat(?:ed|ing)|behead(?:ed|ing)|(?:lives|life|deaths?|murders?|killings?|bodies|loss) of"
            r"|\blost"
            rf"|claimed|fatalit(?:y|ies)|among the (?:dead|killed|victims|martyrs)(?: were| was)|{_TOLL}"
        ),
    ),
    ("wounded", _before(r"wound(?:ed|s|ing)|injur(?:ed|es|ing)|hurt(?:ing)?|maim(?:ed|ing)"
        r"|among the (?:wounded|injured)(?: were| was)")),
    ("displaced", _before(r"displac(?:ed|es|ing)|uproot(?:ed|ing)|deport(?:ed|ing)|driven|drove"
        r"|number of refugees[^.;]{0,60}(?:to|of)")),
    (
        "prisoners",
        _before(r"arrest(?:ed|s|ing)|detain(?:ed|s|ing)|captur(?:ed|es|ing)|kidnap(?:ped|ping)"
            r"|abduct(?:ed|ing)|took hostage|taking hostage"),
    ),
    ("other", _before(r"trapp(?:ed|ing)|evacuat(?:ed|ing)|rescu(?:ed|ing)|pulled|fate of|besieg(?:ed|ing)")),
)  # fmt: skip
_UNITS: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (
        "ceasefire_violations",
        re.compile(
            r"^(?!.*\b(?:rights|law|rules|sanctions|airspace)\b).*\b(?:violations?|breaches"
            r"|infringements|truce violations)(?: of the .*)?$",
            re.I,
        ),
    ),
    ("casualties", re.compile(r"\bcasualt(?:y|ies)\b", re.I)),
    ("killed", re.compile(r"\b(?:bodies|corpses|deaths?|fatalit(?:y|ies))(?: of .*)?$", re.I)),
    ("wounded", re.compile(r"\binjuries$", re.I)),
    ("explosions", re.compile(r"\b(?:explosions?|blasts?|detonations?)$", re.I)),
    (
        "shots",
        re.compile(
            r"\b(?:shots?|bullets?|shells?|rounds|bursts?(?: of .*)?|projectiles?|volleys?|salvos?)$", re.I
        ),
    ),
    ("displaced", re.compile(r"\b(?:refugees?|displaced(?: people| persons)?|idps)$", re.I)),
    ("prisoners", re.compile(r"\b(?:hostages?|prisoners?(?: of war)?|detainees?|captives?|pows)$", re.I)),
)
_EVENTS = re.compile(
    r"\b(?:air ?strikes?|strikes|air raids?|raids?|bombing raids|sorties|suicide car bombs)$", re.I
)
_ARMS = re.compile(
    r"\b(?:tanks?|helicopters?|drones?|aircraft|warplanes?|(?:fighter )?jets?|planes?"
    r"|(?:armou?red )?vehicles?|guns?|howitzers?"
    r"|systems?|batteries|launchers?|missiles?|rockets?|warships?|mortars|uavs?|carriers"
    r"|apcs)(?: and [\w -]+)?$",
    re.I,
)
_ARMS_AFTER = re.compile(rf"{_NO_NEW}{{0,80}}?{_AUX}\b(?:{_ARMS_LOST})\b", re.I)
_ARMS_BEFORE = re.compile(
    rf"\b(?:{_ARMS_LOST}|destroying|hitting|intercepting|downing|seizing|seized|losing|firing"
    rf"|launching|disabling|destroy|saw|spotted"
    r"|observed)\b(?:(?!\b(?:were|was|said|by)\b)[^.;]){0,40}$",
    re.I,
)
# Nouns that nobody can kill, wound or drive out: places, arms, events, spans, shares.
_NOT_PEOPLE = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|villages?|districts?|neighbou?rhoods?|provinces?|regions?|areas?"
    r"|countries|states?|sides|fronts?"
    r"|houses|homes|buildings?|facilities|hospitals?|schools?|shops|positions?|bases?|posts?|targets?"
    r"|installations?|stations?"
    r"|attacks?|strikes?|air ?strikes?|raids?|bombings?|explosions?|blasts?|clashes|incidents?|bombs?"
    r"|missiles?|rockets?|shells?"
    r"|tanks?|drones?|vehicles?|trucks?|cars?|aircraft|helicopters?|jets?|planes?|ships?|vessels?"
    r"|guns?|systems?|years?|months?"
    r"|weeks?|days?|hours?|minutes?|times|phases?|points?|rounds?|percent|%|dollars|euros|pounds"
    r"|roubles|hryvnias|yen|rupees|km"
    r"|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|feet|tons?|tonnes|kg|mm|barrels|meetings?|talks"
    r"|agreements?|resolutions?|votes?"
    r"|presidents?|ministers?|leaders?|parties|governments?|nations?|wars?|groups?|companies"
    r"|organi[sz]ations?|seats|old|locations?"
    r"|convoys?|ministries|topics|issues|steps|measures|ways|reasons|conditions|documents?|flights?"
    r"|metres|storey|story|strong)$",
    re.I,
)
_MEASURED = re.compile(
    r"^(?:%|dollars|euros|pounds|roubles|hryvnias|yen|rupees|times|km|kilomet(?:er|re)s?.*|miles?.*"
    r"|met(?:er|re)s?.*|feet|tons?.*|tonnes.*"
    r"|kg.*|mm.*|cm|m|years?.*|months?.*|weeks?.*|days?.*|hours?.*|minutes?.*|seconds?.*|degrees?.*"
    r"|.*\bpercent.*|year-old.*|.*-old|acres.*"
    r"|hectares.*|square.*|cents?.*|points?.*|caliber.*|calibre.*|mph|lb|barrels.*|gmt|.*\bpounds"
    r"|.*\bdollars|.*\brubles)$",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:were|was|been|being|be|are|is|get|got|who|people|others|civilians|soldiers|men|children"
    r"|women|fighters|troops|more)"
    r"(?:\s+(?:\w+ly|also|all))*\s*$",
    re.I,
)
_MODAL = re.compile(r"\b(?:could|would|may|might|can|should|will|if|to)\s+(?:\w+\s+)?$", re.I)
_JOINED = re.compile(
    r"^(?P<between>(?:(?!\b(?:were|was|are|is|has|have|had|said|says|who|which|that|when|while|after"
    r"|by|will)\b|\w+ed\b|\w+ing\b)"
    r"[^.;:]){0,60}?)[\s,(–—-]*\b(?:and(?: another| a further| the other)?|as well as|along with|plus"
    r"|or)[\s(]*$"
    r"|^[^.;:]{0,60}?\b(?:including|among them|among whom|of whom|of them|including children and|them"
    r"|compared with|up from"
    r"|down from|against|than)\s*(?:were\s*)?[(]?$"
    r"|^\s*(?:(?!\b(?:in|at|on|of|from|to|with)\b)[^.;:]){0,30},\s*$",
    re.I,
)
_AGAINST = re.compile(r"\b(?:compared (?:with|to)|up from|down from|against|versus)\s*$", re.I)
_PART = re.compile(r"\b(?:including|among them|of which|of whom)\s*$", re.I)
_OF_THEM = re.compile(r"\s*of (?:them|those|these|whom|the (?:victims|dead|killed))\b", re.I)


class Item(NamedTuple):
    """A number in a sentence: its offsets in the sentence, its unit, and the quantity it comes from.

    Without a quantity it is a person or two told by an article ("a child"); ``alone`` says how many.
    """

    start: int
    end: int
    unit: str | None
    quantity: Quantity | None = None
    alone: int = 0


class Reading(NamedTuple):
    """What a number counts, and the stretch of the sentence that shows it.

    ``joined`` says that it goes on with a list, ``part`` that it is a subset of the number before it.
    """

    measure: Measure
    start: int
    end: int
    joined: bool = False
    part: bool = False


_PERSON = (
    r"child|woman|man|boy|girl|civilian|soldier|person|journalist|fighter|officer|policeman"
    r"|policewoman|resident|worker|nurse|doctor"
    r"|driver|militant|guard|serviceman|servicewoman|teenager|baby|teacher|medic|rebel|paramedic"
    r"|farmer|shepherd|passer-by|protester"
    r"|adult|commander|general|colonel|correspondent|photographer|cameraman|volunteer|rescuer"
    r"|firefighter|student|pensioner|mother"
    r"|father|son|daughter|brother|sister|pilot|sailor|guardsman|emir|peacekeeper|monitor|observer"
    r"|staff member|crew member"
)
_NEAR = 160  # code points before a number or verb that can still say something of it
_HEARD = re.compile(r"\b(?:heard|recorded|registered|observed|saw|assessed|noted)\b[^.;]*$", re.I)
_ONE = re.compile(
    rf"(?<![\w’'-])(?P<one>(?:an?|another|one)\s+(?:further\s+"
    rf"|other\s+)?(?:[\w’'-]+\s+){{0,3}}?(?:{_PERSON}|explosion|shot|burst)\b"
    rf"(?P<two>\s+and\s+(?:an?\s+)?(?:[\w’'-]+\s+)?(?:{_PERSON})\b)?)",
    re.I,
)


def single(sentence: str, taken: Sequence[Item]) -> list[Item]:
    """ "A child was killed", "a woman and a child": one or two persons told without a number."""
    found = []
    for m in _ONE.finditer(sentence):
        start, end = m.span("one")
        if any(item.start < end and start < item.end for item in taken):
            continue
        found.append(Item(start, end, m.group("one"), alone=2 if m.group("two") else 1))
    return found


def readings(sentence: str, items: Sequence[Item]) -> list[Reading | None]:
    """The measure of each number of a sentence; None for one that counts nothing of the six kinds."""
    found: list[Reading | None] = []
    claimed = 0
    for number, item in enumerate(items):
        reading = None if _is_measured(item) else _read(sentence, items, number, claimed, found)
        if reading and _PART.search(sentence, _near(item.start), item.start):
            reading = reading._replace(part=True)
        if reading and reading.end > item.end:
            claimed = max(claimed, reading.end)
        found.append(reading)
    return found


def _is_measured(item: Item) -> bool:
    return item.unit is not None and is_measure(item.unit)


def is_measure(unit: str) -> bool:
    """Whether a unit measures rather than counts: money, lengths, weights, shares, calibres."""
    return _MEASURED.match(unit) is not None


def _read(
    sentence: str, items: Sequence[Item], number: int, claimed: int, found: list[Reading | None]
) -> Reading | None:
    item = items[number]
    floor = items[number - 1].end if number else 0
    ceiling = items[number + 1].start if number + 1 < len(items) else len(sentence)
    if item.alone:
        return _of_one(sentence, items, number, ceiling)
    people = item.unit is None or _NOT_PEOPLE.search(item.unit) is None
    return (
        _by_unit(item)
        or (_verb_after(sentence, item, ceiling, near=True) if people else None)
        or (_verb_before(sentence, item, max(floor, claimed)) if people else None)
        or (_verb_after(sentence, item, len(sentence), near=False) if people else None)
        or _of_arms(sentence, item, floor)
        or _of_list(sentence, items, number, found, people=people)
        or (Reading("other", item.start, item.end) if item.unit and _EVENTS.search(item.unit) else None)
    )


def _of_one(sentence: str, items: Sequence[Item], number: int, ceiling: int) -> Reading | None:
    """A person told by an article counts where the verb says what happened to them: "a child was killed"."""
    item = items[number]
    if by_unit := _by_unit(item):
        return by_unit if _HEARD.search(sentence, _near(item.start), item.start) else None
    for measure, pattern in _AFTER:
        m = pattern.match(sentence, item.end, ceiling)
        if m and not m.group("gap").strip() and m.group("aux").strip():
            return Reading(measure, item.start, m.end())
    return None


def _near(at: int) -> int:
    """Where to begin to look at the words before an offset; a sentence may be as long as the text."""
    return max(0, at - _NEAR)


def _by_unit(item: Item) -> Reading | None:
    if item.unit is None:
        return None
    measure = next((m for m, unit in _UNITS if unit.search(item.unit)), None)
    return Reading(measure, item.start, item.end) if measure else None


def _verb_after(sentence: str, item: Item, ceiling: int, *, near: bool) -> Reading | None:
    """ "Five were killed"; and with words between, "five people, including a nurse, were killed"."""
    best: Reading | None = None
    for measure, pattern in _AFTER:
        m = pattern.match(sentence, item.end, ceiling)
        if m is None or (near and m.group("gap").strip()) or _opens_anew(m):
            continue
        if _MODAL.search(sentence, item.end, m.start("verb")):
            continue
        if best is None or m.end() < best.end:
            best = Reading(measure, item.start, m.end())
    return best


def _opens_anew(m: re.Match[str]) -> bool:
    """ "12 people and wounded 40": a bare verb after a comma or "and" has its own object."""
    return (
        not m.group("aux").strip()
        and re.search(r"(?:\band|\bor|,|–|—)\s*$", m.group("gap") + m.group("aux")) is not None
    )


def _verb_before(sentence: str, item: Item, floor: int) -> Reading | None:
    """ "Killing five", "claimed the lives of five", "a toll of five"."""
    for measure, pattern in _BEFORE:
        m = pattern.search(sentence, max(floor, _near(item.start)), item.start)
        if m is None:
            continue
        verb = m.group("verb").lower()
        if (
            verb.endswith("ed")
            and " " not in verb
            and _PASSIVE.search(sentence, _near(m.start("verb")), m.start("verb"))
        ):
            continue
        if _MODAL.search(sentence, _near(m.start("verb")), m.start("verb")) and not verb.endswith("ing"):
            continue
        return Reading(measure, m.start("verb"), item.end)
    return None


def _of_arms(sentence: str, item: Item, floor: int) -> Reading | None:
    if item.unit is None or not _ARMS.search(item.unit):
        return None
    if m := _ARMS_AFTER.match(sentence, item.end):
        return Reading("weapons", item.start, m.end())
    if m := _ARMS_BEFORE.search(sentence, max(floor, _near(item.start)), item.start):
        return Reading("weapons", m.start(), item.end)
    return None


def _of_list(
    sentence: str, items: Sequence[Item], number: int, found: list[Reading | None], *, people: bool
) -> Reading | None:
    """A number that goes on with the list of the one before it, or tells a part of it."""
    if number == 0 or (before := found[number - 1]) is None:
        return None
    item, previous = items[number], items[number - 1]
    if _AGAINST.search(sentence, previous.end, item.start):
        whole = next((r for r in reversed(found) if r and not r.part), None)
        return (
            Reading(whole.measure, item.start, item.end, joined=True) if whole and item.unit is None else None
        )
    part = _OF_THEM.match(sentence, item.end) is not None
    after = max(previous.end, before.end if before.end <= item.start else previous.end)
    joined = _JOINED.match(sentence[after : item.start]) is not None
    if not part and not joined:
        return None
    if (
        before.part
        and item.unit is None
        and not part
        and not _PART.search(sentence, _near(item.start), item.start)
    ):
        before = next((r for r in reversed(found) if r and not r.part), before)
    fits = before.measure in ("weapons", "other", "ceasefire_violations", "explosions", "shots") or people
    if before.measure == "weapons" and (item.unit is None or not _ARMS.search(item.unit)):
        fits = False
    if before.measure in ("ceasefire_violations", "explosions", "shots", "other") and item.unit is not None:
        fits = False
    return Reading(before.measure, item.start, item.end, joined=True) if fits else None
