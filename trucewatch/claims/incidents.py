"""Incidents: violence that a report says happened, one event or a described run of events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trucewatch.annotations import places
from trucewatch.claims.circumstances import when, where
from trucewatch.claims.clauses import Passage
from trucewatch.claims.headlines import pieces, without_echoes
from trucewatch.claims.mentions import as_place, place_of, resolved
from trucewatch.claims.voices import voices
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    Document,
    Incident,
    IncidentType,
    Place,
    Span,
    Trend,
)


class _Trigger(NamedTuple):
    """A word for violence: its type, and whether it is a verb whose subject does it."""

    type: IncidentType
    verb: bool
    pattern: re.Pattern[str]


def _nouns(kind: IncidentType, *words: str) -> _Trigger:
    return _Trigger(kind, False, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I))


def _verbs(kind: IncidentType, *words: str) -> _Trigger:
    return _Trigger(kind, True, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I))


# In this order: the first type that fits a place in the text names it.
_TRIGGERS = (
    _nouns(
        "air strike",
        r"air ?-?(?:strikes?|raids?|attacks?|bombardments?)|airstrikes?|aerial (?:bombardments?|bombings?)",
        r"barrel bombs?|bombing raids?|drone (?:strikes?|attacks?)|warplanes? (?:bombardments?|strikes?|"
        r"raids?)",
    ),
    _verbs("air strike", r"(?:warplanes?|jets|planes) (?:hit|pounded|struck|bombed|targeted)"),
    _nouns(
        "missile strike",
        r"(?:missile|rocket|missile and drone) (?:strikes?|attacks?|barrages?)|missiles? (?:hit|struck)",
    ),
    _nouns(
        "shelling",
        r"shellings?|artillery (?:fire|strikes?|bombardments?)|(?:mortar|rocket) (?:fire|attacks?|shells?|"
        r"shelling)",
        r"bombardments?|shells|barrages?|rocket shells?",
    ),
    _verbs(
        "shelling",
        r"shelled|bombarded|fired (?:\w+ ){0,2}(?:rockets?|shells|mortars?)|(?:is|are|was|were) shelling",
    ),
    _nouns(
        "explosion",
        r"(?:car|suicide|truck|roadside) ?-?bomb(?:s|ings?|ers?)?|(?:explosions?|blasts?)|bombings?",
    ),
    _verbs("explosion", r"exploded|blew (?:up|himself|herself)|blown up|detonated|went off"),
    _nouns(
        "shooting", r"sniper fire|small[- ]arms fire|machine-?gun ?fire|gunfire|shootings?|exchanges? of fire"
    ),
    _verbs(
        "shooting",
        r"opened fire|shot (?:dead|at|and (?:killed|wounded))|(?:was|were) (?:\w+ )?shot|gunned down",
    ),
    _nouns(
        "ceasefire violation",
        r"(?:violations?|breach(?:es)?) of (?:the|a) (?:\w+ ){0,2}(?:truce|cease-?fire|agreement)",
    ),
    _verbs(
        "ceasefire violation",
        r"(?:violat(?:ed|ing|es|e)|breach(?:ed|ing)|broke|broken) (?:the|a|its|"
        r"this) (?:\w+ ){0,2}(?:truce|cease-?fire)",
    ),
    _nouns(
        "clash",
        r"clashes|clash|(?:the |heavy |fierce |intense |latest |recent |renewed )?fighting(?! for\b)|"
        r"battles?|skirmish(?:es)?",
        r"hostilities|firefights?|standoff|gun battles?|(?:armed |military )?confrontations?|street fights?",
        r"escalation (?:of (?:the )?(?:conflict|violence|tensions)|in|along)|outbreak of (?:\w+ )?violence",
    ),
    _verbs(
        "clash",
        r"clash(?:ed|ing)|(?:have|has|been|are|were|is|was) (?:been )?(?:fighting|battling)|fought|"
        r"battled|traded fire",
    ),
    _nouns(
        "attack",
        r"attacks?|assaults?|offensives?|onslaught|raids?|invasion|aggression|incursions?|ambush(?:es)?|"
        r"massacres?|strikes|strike",
        r"counter-?offensives?|counter-?attacks?|atrocities|war against",
    ),
    _verbs(
        "attack",
        r"attack(?:ed|ing)|storm(?:ed|ing)|ambushed|invaded|seiz(?:ed|ing)|captured|overran|hit|struck|"
        r"pounded|target(?:ed|ing)",
        r"destroyed|shot down|bombed|killed|executed|assassinated|massacred|stabbed|poisoned|advanced on|"
        r"recaptured|assaulted",
    ),
    _verbs(
        "detention",
        r"detained|arrested|kidnapped|abducted|took (?:\w+ )?(?:hostage|prisoner|captive)|captured (?:\d+|"
        r"\w+) soldiers",
    ),
    _nouns(
        "detention",
        r"detentions?|arrests?|abductions?|kidnappings?|taken hostage|taking (?:of )?hostages?|held captive|"
        r"in captivity",
    ),
    _nouns(
        "attack",
        r"(?:special )?military operations?|murders?|assassinations?|mass killings?|killing of|genocide|"
        r"cyber-?attacks?|sabotage|terror(?:ist)? acts?",
    ),
    _verbs(
        "attack",
        r"us(?:ed|es|ing) (?:chemical|banned|prohibited) weapons|(?:came )?under fire|(?:attempting|"
        r"trying) to (?:seize|surround|cut|capture)|regained control|took control|liberat(?:ed|ion)",
    ),
    _nouns(
        "other",
        r"siege|blockades?|encirclement|annexation|war crimes?|crimes (?:against|in|of)|deportations?|"
        r"human shields",
    ),
    _verbs("other", r"besieged|blockaded|encircled|surrounded|annexed|deported"),
)
_IRREAL = re.compile(
    r"\b(?:no|not|nor|neither|never|without|den(?:y|ies|ied|ying)|any|possible|potential|planned|planning|plans?|"
    r"prevent\w*|avoid\w*|avert\w*|"
    r"risk\w*|threat\w*|fear\w*|would|could|might|may|should|will|if|stop\w*|end|ending|halt\w*|cease|"
    r"cessation|prepar\w+|"
    r"imminent|future|further|against|from|possibilit\w+|justify\w*|immediate|refrain\w*|deter\w*|ready|"
    r"capable|right to|"
    r"accus\w+ .{0,20}of planning|"
    r"in case of|in the event of|pretext|simulat\w+|practi[cs]\w+|exercise\w*)\s+(?:\w+\s+){0,3}$",
    re.I,
)
_REAL_AGAIN = re.compile(
    r"\b(?:condemn\w*|after|following|during|since|because of|despite|amid)\s+(?:\w+\s+){0,4}$", re.I
)
_COMPOUND = re.compile(
    r"^\s+(?:helicopters?|aircraft|drones?|planes?|jets?|capabilit\w+|weapons?|systems?|submarines?|dogs?|"
    r"ads?)\b",
    re.I,
)
# A trend is read only where it is said of the violence itself: just before the word for it or just after.
_UP = re.compile(
    r"\b(?:intensif\w+|increas\w+|escalat\w+|worsen\w*|flar\w+|surg\w+|rising|rose|growing|grew|resum\w+|"
    r"mounting|"
    r"stepped up|spiral\w*|outbreak|upsurge|more frequent)\b",
    re.I,
)
_DOWN = re.compile(r"\b(?:decreas\w+|declin\w+|eased|subsid\w+|died down|nearly ceased|abat\w+)\b", re.I)
_SAME = re.compile(r"\b(?:continu(?:e|es|ed)|unabated|no let-?up|not stopped|persist\w*|still)\b", re.I)
_NEAR_BEFORE, _NEAR_AFTER = 22, 70
_BY = re.compile(
    r"\b(?:by|from|blamed on|perpetrated by|waged by|launched by|carried out by)\s+(?:\w+ ){0,2}$", re.I
)
_ON = re.compile(
    r"\b(?:against|on|(?:invasion|shelling|bombing|bombardment|arrest) of|targeting|hitting|"
    r"targeted|hit|struck)\s+(?:the |a |an |\w+ ){0,2}$",
    re.I,
)
_STOP = (
    r"in|on|at|of|and|near|by|that|which|who|after|during|for|with|as|from|to|was|were|late|early|while|"
    r"when|since|"
    r"being"
)
_NOUN_LEAD = r"\s+(?:on|against|at|of|targeting|hitting|targeted|hit|struck|killed|killing|kills|pounded)\s+"
_THING = (
    r"(?:(?:the|a|an|its|his|their|several|at least|around|about|some|one|two|as many as)\s+)*"
    rf"(?P<target>(?!(?:{_STOP}|the)\b)[\w’'-]+(?:\s+(?!(?:{_STOP})\b)[\w’'-]+){{0,3}})"
)
_OBJECT_OF_NOUN = re.compile(_NOUN_LEAD + _THING)
_OBJECT_OF_VERB = re.compile(r"\s+" + _THING)
_SUBJECT_OF_PASSIVE = re.compile(
    r"(?:^|\b(?:the|a|an|its|his|their|several|one|two|three|when|and|that|including)\s+|,\s+)"
    r"(?P<target>(?:[\w’'-]+\s+){1,3}?)(?:(?:was|were|being|been|is|are|have been|has been)\s+)(?:\w+\s+)?$"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+\s+)?$")
_DOES = re.compile(
    r"\b(?:launch\w*|carr(?:y|ied|ying) out|conduct\w*|stag(?:e|ed|ing)|unleash\w*|mount(?:ed|ing)|began|"
    r"start\w*|responded|"
    r"escalat\w+|commit\w*|fired|continu\w+|perpetrat\w+|took part)\s+(?:[\w,’'\"“”-]+\s+){0,5}$",
    re.I,
)
_UNABLE = re.compile(
    r"\b(?:civilians?|children|women|people|residents?|journalists?|activists?|medics|monitors?"
    r"|observers?|Observatory|reporters?"
    r"|ministry|sources?|officials?|agency|victims?|families|hospital|citizens|police command|media"
    r"|television|UN|United Nations"
    r"|president|minister|spokes\w+|tags|others)\b",
    re.I,
)
_OWNS = re.compile(
    r"(?:['’]s?)?\s+(?:(?!(?:in|on|at|to|of|by|with|from|for|and|that|which|who|was|were|is|are|has"
    r"|had|have|said|during|after|under|near"
    r"|amid|following|over|against)\b)[\w\"“”’'-]+\s+){0,4}"
)
_AIR = re.compile(r"air ?strike|air raid|warplane|jets?\b|air force|aerial|aircraft", re.I)
_GENERIC = re.compile(r"strikes?|raids?|bomb(?:ed|ings?)|bombardments?", re.I)
_NOBODY = re.compile(
    r"it|who|which|that|he|she|they|one(?: of .*)?|two|three|four|five|six|seven|eight|nine|ten"
    r"|control|responsibility|\d+|not"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b.*",
    re.I,
)
_AND = re.compile(r"\s+(?:and|or)\s+(?:the\s+)?")
_BETWEEN = re.compile(r"^[^.;]{0,60}?\b(?:between|with|against)\s+(?:[\w’'-]+\s+){0,3}$", re.I)
_SIDE = re.compile(
    r"\b(?P<side>regime|government|rebels?|jihadists?|separatists?|army|coalition|militants?|terrorists?|"
    r"insurgents?|militia|"
    r"opposition|enemy|loyalist)(?:-led)?\s+(?:\w+\s+)?$",
    re.I,
)
# "including 553 explosions" is a count
_COUNTED = re.compile(r"\b\d[\d,.]*\s+(?:undetermined |ceasefire )?$")
# A mere toll ("nine civilians were killed") is a count; who was killed by whom is an incident.
_TOLL = re.compile(
    r"(?:\b\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|dozens|hundreds|"
    r"thousands|"
    r"many|several|some|others?|people|civilians|soldiers|children|fighters|"
    r"members))\b[^.;]{0,40}\b(?:was|were|been|also)\s+(?:\w+\s+)?$",
    re.I,
)
_KILLED = re.compile(r"killed|martyred|executed|shot", re.I)
_MAY = re.compile(
    r"\s+(?:(?:of|on|against|by) (?:\w+ ){1,3})?(?:could|would|might|may|can|will|"
    r"(?:is|was|were) (?:\w+ )?(?:imminent|foiled|prevented|thwarted))\b"
)
_WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|year|month|week|night|morning|\d+)\b", re.I
)


def read(document: Document, annotations: Annotations) -> Iterator[Incident]:
    """The incidents of a document, at most one for each clause; a headline's only where the body has none."""
    told = (
        (incident, piece.headline)
        for piece in pieces(document, annotations)
        for incident in _told(piece.passage)
    )
    yield from without_echoes(told, same=_same)


def _told(passage: Passage) -> Iterator[Incident]:
    seen: list[Span] = []
    for trigger, at in _triggers(passage):
        clause = passage.clause(at[0])
        if any(clause[0] < s[1] and s[0] < clause[1] for s in seen) or not _is_real(passage, trigger, at):
            continue
        incident = _incident(passage, trigger, at, clause)
        if _says_enough(passage, trigger, at, incident):
            seen.append(clause)
            yield incident


def _says_enough(passage: Passage, trigger: _Trigger, at: Span, incident: Incident) -> bool:
    """Whether the words tell of an event of its own: the killed of another are counted, not told again."""
    words = passage.words(at).lower()
    if words == "killed":
        return bool(incident.perpetrator)
    told = incident.place or incident.time or incident.perpetrator or incident.target or incident.trend
    return trigger.verb or bool(told)


def _same(one: Incident, other: Incident) -> bool:
    """Whether a headline's incident is told in the body: of the same type, or at the same place."""
    if one.type == other.type:
        return True
    return bool(one.place and other.place and one.place.name == other.place.name)


def _triggers(passage: Passage) -> list[tuple[_Trigger, Span]]:
    """The words for violence in a sentence; the most telling type first at each place, in text order."""
    found: list[tuple[_Trigger, Span]] = []
    for trigger in _TRIGGERS:
        for match in trigger.pattern.finditer(passage.document.text, *passage.span):
            span = match.span()
            if not match.group() or any(span[0] < s[1] and s[0] < span[1] for _, s in found):
                continue
            if not _COMPOUND.match(passage.words((span[1], span[1] + 20))):
                found.append((trigger, span))
    return sorted(found, key=lambda item: (_TRIGGERS.index(item[0]) // 8, item[1]))


def _is_real(passage: Passage, trigger: _Trigger, at: Span) -> bool:
    """Whether the words before do not make it denied, feared, planned or merely possible (trap 13)."""
    before = passage.words((max(passage.span[0], at[0] - 60), at[0]))
    if _COUNTED.search(before) and not passage.within((at[1], passage.clause(at[0])[1])):
        return False
    if _MAY.match(passage.words((at[1], passage.span[1]))):
        return False
    toll = trigger.verb and _TOLL.search(before) and _KILLED.match(passage.words(at))
    if toll and not re.search(r"\bby\b", passage.words((at[1], passage.clause(at[0])[1]))):
        return False
    return not _IRREAL.search(before) or bool(_REAL_AGAIN.search(before))


def _type(passage: Passage, trigger: _Trigger, at: Span) -> IncidentType:
    """A raid or a bombing is from the air where the report tells of a war from the air."""
    generic = trigger.type in ("attack", "explosion", "shelling") and _GENERIC.fullmatch(passage.words(at))
    return "air strike" if generic and _AIR.search(passage.document.text) else trigger.type


def _incident(passage: Passage, trigger: _Trigger, at: Span, clause: Span) -> Incident:
    document, annotations = passage.document, passage.annotations
    mentions = [m for m in passage.within(clause) if m.actors]
    perpetrators, targets = _roles(passage, trigger, at, mentions)
    return Incident(
        evidence=clause,
        said_by=voices(document, annotations, clause),
        time=when(passage, clause),
        place=where(passage, clause, after=at[0]) or _place(passage, at, clause),
        type=_type(passage, trigger, at),
        perpetrator=perpetrators,
        target=tuple(t for t in targets if not _NOBODY.fullmatch(t.name)),
        trend=_trend(passage, at),
        confidence=0.5,
        reader="rules: incidents",
    )


def _roles(
    passage: Passage, trigger: _Trigger, at: Span, mentions: list[ActorMention]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who is said to have done it and to whom, by where they stand around the trigger."""
    text = passage.document.text
    able = [m for m in mentions if not _UNABLE.search(text[slice(*m.span)])]
    if trigger.type == "clash":
        return resolved(_sides(passage, trigger, at, able)[:3]), ()
    lead = {m.span: text[max(passage.span[0], m.span[0] - 40) : m.span[0]] for m in mentions}
    doers = [m for m in able if _BY.search(lead[m.span])]
    passive = trigger.verb and _PASSIVE.search(text, passage.span[0], at[0])
    before = [m for m in mentions if m.span[1] <= at[0]]
    victims = [m for m in before[-1:] if passive and at[0] - m.span[1] < 20]
    if not (passive or doers):
        doers = _doers(passage, trigger, at, able)
    victims += [m for m in mentions if m.span[0] >= at[1] and m not in doers and _ON.search(lead[m.span])]
    named = resolved(doers[:2]) or (() if passive else _adjective(passage, at))
    return named, resolved(victims[:2]) or _object(passage, trigger, at, passive=bool(passive))


def _doers(passage: Passage, trigger: _Trigger, at: Span, able: list[ActorMention]) -> list[ActorMention]:
    """Whose violence it is: the owner right before the noun, the subject of the verb."""
    text = passage.document.text
    owners = [m for m in able if m.span[1] <= at[0] and _OWNS.fullmatch(text, m.span[1], at[0])]
    if owners and not trigger.verb:
        joined = [m for m in able if _AND.fullmatch(text, m.span[1], owners[-1].span[0])]
        return [*joined[-1:], owners[-1]]
    if trigger.verb or _DOES.search(text, passage.span[0], at[0]):
        return [m for m in passage.subject(at[0]) if not _UNABLE.search(text[slice(*m.span)])]
    return []


def _sides(passage: Passage, trigger: _Trigger, at: Span, able: list[ActorMention]) -> list[ActorMention]:
    """The sides of a clash: those it is between or with, those who fight, those whose clash it is."""
    text = passage.document.text
    after = [m for m in able if m.span[0] >= at[1] and _BETWEEN.search(text[at[1] : m.span[0]])]
    if after:
        after = passage.run(after[0])
    others = [m for m in able if m.span[1] <= at[0] and _OWNS.fullmatch(text, m.span[1], at[0])]
    if trigger.verb or _DOES.search(text, passage.span[0], at[0]):
        others = [m for m in passage.subject(at[0]) if not _UNABLE.search(text[slice(*m.span)])] or others
    return [*others, *after]


def _adjective(passage: Passage, at: Span) -> tuple[Actor, ...]:
    """A side named by a bare noun before the violence: "regime airstrikes", "rebel rocket fire"."""
    match = _SIDE.search(passage.document.text[: at[0]], passage.span[0])
    return (Actor(name=match.group("side"), span=match.span("side"), type="group"),) if match else ()


def _object(passage: Passage, trigger: _Trigger, at: Span, *, passive: bool) -> tuple[Actor, ...]:
    """What the violence hit, in the text's own words, where it is no known actor: "a market"."""
    text = passage.document.text
    if passive:
        match = _SUBJECT_OF_PASSIVE.search(text[: at[0]], passage.span[0])
    else:
        match = (_OBJECT_OF_VERB if trigger.verb else _OBJECT_OF_NOUN).match(text, at[1], passage.span[1])
    if not match or _WHEN.search(match.group("target")):
        return ()
    name = match.group("target").strip()
    start = match.start("target")
    return (Actor(name=name, span=(start, start + len(name))),)


def _trend(passage: Passage, at: Span) -> Trend | None:
    text = passage.document.text
    before = text[max(passage.span[0], at[0] - _NEAR_BEFORE) : at[0]]
    after = text[at[1] : min(passage.span[1], at[1] + _NEAR_AFTER)].split(",")[0]
    for trend, pattern in (("down", _DOWN), ("up", _UP), ("unchanged", _SAME)):
        if pattern.search(before) or pattern.search(after):
            return trend  # type: ignore[return-value]
    return None


def _place(passage: Passage, at: Span, clause: Span) -> Place | None:
    """The place of the clause, else of the sentence, the nearest to the violence."""
    if found := place_of(passage.document, passage.annotations, clause):
        return found
    if struck := places.hit(passage.document, passage.annotations, at[0], passage.span[1]):
        return as_place(passage.document, struck)
    around = [
        p for p in passage.annotations.places if passage.span[0] <= p.span[0] and p.span[1] <= passage.span[1]
    ]
    nearest = min(around, key=lambda p: abs(p.span[0] - at[1]), default=None)
    return as_place(passage.document, nearest) if nearest else None
