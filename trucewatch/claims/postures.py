"""Postures: forces or arms are placed, moved, raised, supplied or pulled back."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from trucewatch import catalog
from trucewatch.claims.circumstances import when, where
from trucewatch.claims.clauses import Passage
from trucewatch.claims.headlines import pieces, without_echoes
from trucewatch.claims.mentions import resolved
from trucewatch.claims.voices import voices
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    Document,
    Posture,
    PostureAction,
    PostureStatus,
    Quantity,
    Span,
)

_TROOPS = (
    r"troops?|soldiers?|servicemen|forces|military|army|personnel|fighters?|units?|brigades?|battalions?|"
    r"divisions?|"
    r"contingents?|peacekeepers?|reservists?|conscripts?|tanks?|artillery|warships?|ships?|vessels?|"
    r"fighter jets|warplanes|"
    r"jets|aircraft|helicopters?|equipment|armou?r|bases?|mercenaries|militants|nuclear weapons|missiles|"
    r"squadrons?|navy|fleet"
)
_ARMS = (
    r"weapons?|weaponry|arms|ammunition|munitions|tanks|missiles?|missile systems|artillery|jets|aircraft|"
    r"drones|howitzers|"
    r"air defen[cs]e(?: systems?)?|military (?:aid|assistance|support|equipment|hardware)|"
    r"security assistance|"
    r"lethal aid|arms supplies|equipment|himars"
)


class _Rule(NamedTuple):
    """Words for an action, and those of which one must stand in the same clause (None: it says enough)."""

    action: PostureAction
    pattern: re.Pattern[str]
    company: re.Pattern[str] | None


def _rule(action: PostureAction, *words: str, company: str | None = None) -> _Rule:
    needs = re.compile(rf"\b(?:{company})\b", re.I) if company else None
    return _Rule(action, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I), needs)


# In this order: the first that fits a clause names its action.
_RULES = (
    _rule(
        "mobilization",
        r"(?:general |partial |full )?mobili[sz]ation",
        r"mobili[sz](?:ed?|es|ing) (?:troops|reserv\w+)",
    ),
    _rule("mobilization", r"high(?:est)? alert|heightened (?:alert|preparedness)", company=_TROOPS),
    _rule("disengagement", r"disengag(?:e|ed|es|ing|ement)", company=_TROOPS + "|sides"),
    _rule(
        "withdrawal",
        r"withdr(?:aw|ew|awn|awing|awal|awals|aws)|pull(?:ed|ing|s)? (?:back|out)|pull-?(?:out|back)|"
        r"retreat(?:ed|ing|s)?|"
        r"return(?:ed|ing)? to (?:their|its) (?:permanent )?bases?|mov(?:ed|ing) \w+ away from",
        company=_TROOPS + "|rebels|withdrew|retreated|retreating",
    ),
    _rule(
        "arms supply",
        r"suppl(?:y|ied|ies|ying) (?:of )?(?:\w+[\s-]){0,4}?(?:weapon\w*|arms|ammunition|equipment|"
        r"artillery|missiles|aircraft)",
        r"(?:arms|weapons?) (?:supplies|supply|deliver(?:y|ies)|shipments?|transfers?)",
        r"(?:military|security|lethal|defen[cs]e) (?:aid|assistance)(?: package)?",
        r"pumping \w+ (?:with|full of) (?:\w+ ){0,2}(?:weapons|arms)",
    ),
    _rule(
        "arms supply",
        r"(?:send|sent|sends|sending|deliver\w*|provid\w+|donat\w+|suppl(?:y|ied|ies|ying)|transfer\w*|"
        r"giv(?:e|en|ing)|gave|ship\w*)",
        company=_ARMS,
    ),
    _rule(
        "exercise",
        r"(?:military|naval|joint|live-fire|strategic|police|war|large-scale|"
        r"tactical) (?:\w+[\s-]){0,2}?(?:exercises?|drills?|games)",
        r"(?:exercises|drills|manoeuvres|maneuvers) (?:in|near|with|of|by)",
    ),
    _rule(
        "fortification",
        r"fortif(?:y|ied|ying|ications?)|dug (?:in|trenches)|trenches|barricades?|minefields?",
    ),
    _rule(
        "buildup",
        r"build-?ups?|mass(?:ed|ing|es)|amass(?:ed|ing|es)?|concentrat(?:e|ed|ing|ion)|accumulat\w+|"
        r"gathering of troops|"
        r"gather(?:ed|ing)|build(?:ing)? up|built up|expand(?:ed|ing)? (?:its|their) military|reinforc\w+|"
        r"increas\w+ (?:the number of |its |their )?(?:\w+ )?(?:troops|military presence)|"
        r"additional (?:\w+ )?troops|"
        r"positioned|encircl\w+|expand\w* (?:his|its|their) (?:forces|army)|placed at (?:high"
        r"|higher) readiness|"
        r"strengthen\w* (?:our|its|their|the) (?:\w+ ){0,2}(?:presence|posture)|replenish\w*",
        company=_TROOPS,
    ),
    _rule(
        "deployment",
        r"(?:troops|soldiers|forces|fighters|tanks|vessels|units|jets|planes) (?:have |has |had |were |"
        r"was |are )?(?:\w+ ){0,2}?"
        r"(?:arriv\w+|array\w+|arranged|remain\w*|enter\w*|rushed|march\w*|operat\w+|lin(?:e|ed|ing)|left|"
        r"continued to line)",
        r"(?:has|have|had|opened up|opened|keeps?|maintains?) (?:\w+ ){0,3}?(?:military|air|naval) bases?",
        r"military (?:movements?|presence)",
        r"there (?:are|were|is|will be) (?:\w+[,.]?\d* ){0,5}?(?:troops|soldiers|forces|fighters)",
        company=_TROOPS,
    ),
    _rule(
        "deployment",
        r"deploy(?:ed|ing|s|ment|ments)?|redeploy\w*|station(?:ed|ing)?|dispatch\w*|pre-?position\w*|"
        r"entered(?! a)|entering|approaching|will go to|headed (?:to|toward)|"
        r"crossed (?:into|the (?:\w+ )?border)|sent|sending|mov(?:ed|ing) (?:in|into|to|towards?)|"
        r"(?:are|is|were|was|currently) based in|take up positions|took up positions",
        company=_TROOPS,
    ),
)
_NOT_FORCES = re.compile(
    r"\b(?:concentrat\w+ (?:on|his|her|their)|sent (?:a|his|her|the) (?:letter|"
    r"message|delegation|condolences))\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|would|plan(?:s|ned|ning)? to|going to|to be|promis\w+|pledg\w+|intend\w*|ready to|"
    r"agreed to|decision to|expected to|"
    r"announced (?:a|new|plans)|prepar\w+ to|set to|decid\w+ to|may|could)\b",
    re.I,
)
_ORDERED = re.compile(
    r"\b(?:order(?:ed|s)?|decree(?:d|s)?|instruct(?:ed|s)?|command(?:ed|s)?|call(?:ed|"
    r"s)? up)\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|not|never|no|n['’]t|without|reject(?:s|ed)? (?:claims|"
    r"reports))\b(?:(?!\b(?:and|but|claim\w*|says?|said)\b)[^,;]){0,40}$",
    re.I,
)
_DEMANDED = re.compile(
    r"\b(?:must|should|demand\w*|call\w* (?:on|for)|urg\w+|ask\w*|need to|if|unless|"
    r"until|prevent\w*)\b[^,;]{0,50}$",
    re.I,
)
_RECIPIENT = re.compile(
    r"\b(?:to|for|with|support|supply|arm|arming|pumping|supplying|"
    r"providing)\s+(?:the )?$",
    re.I,
)
_AGENT = re.compile(r"\b(?:by|of|from)\s+(?:the |additional |some |its )?$", re.I)
_OWNED = re.compile(
    r"(?:['’]s?)?\s+(?:(?:military|troop|force|additional|threatening|more|new|strategic|own)\s+){0,2}"
    r"(?:troops?|soldiers|forces|military|army|build-?up|units|tanks|warplanes|exercises?|drills|warships)\b",
    re.I,
)
_FORCES_AT_END = re.compile(r"\b(?:troops|soldiers|forces|military|units)$", re.I)
_PLACE_AFTER = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+)?(?:borders?|frontier|territory|doorstep|east)\b", re.I)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|on|from|to|into|towards?|along|around|at|across|close to"
    r"|border with|outside)\s+(?:the\s+|neighbou?ring\s+)?$",
    re.I,
)
_UNIT = re.compile(rf"\b(?:{_TROOPS})\b", re.I)


def read(document: Document, annotations: Annotations) -> Iterator[Posture]:
    """The postures of a document, at most one for each clause."""
    found = ((p, piece.headline) for piece in pieces(document, annotations) for p in _postures(piece.passage))
    yield from _carried(without_echoes(found, same=lambda one, other: one.action == other.action))


def _carried(found: Iterable[Posture]) -> Iterator[Posture]:
    """Troops of nobody named are those the report spoke of last."""
    last: tuple[Actor, ...] = ()
    for posture in found:
        if not posture.force and posture.action not in ("arms supply", "exercise"):
            yield msgspec.structs.replace(posture, force=last)
            continue
        last = posture.force or last
        yield posture


def _postures(passage: Passage) -> Iterator[Posture]:
    seen: list[Span] = []
    for rule, at in _actions(passage):
        clause = passage.clause(at[0])
        if any(clause[0] < s[1] and s[0] < clause[1] for s in seen):
            continue
        if _fits(passage, rule, at, clause):
            seen.append(clause)
            posture = _posture(passage, rule, at, clause)
            yield posture
            yield from _further(passage, posture)


def _actions(passage: Passage) -> list[tuple[_Rule, Span]]:
    text = passage.document.text
    return [(rule, m.span()) for rule in _RULES for m in rule.pattern.finditer(text, *passage.span)]


def _fits(passage: Passage, rule: _Rule, at: Span, clause: Span) -> bool:
    """Whether the words do say that forces are moved, and not that somebody is asked to move them."""
    words = passage.words(clause)
    if rule.company and not rule.company.search(words):
        return False
    before = passage.words((max(passage.span[0], at[0] - 80), at[0]))
    return not _DEMANDED.search(before) and not _NOT_FORCES.search(words)


def _posture(passage: Passage, rule: _Rule, at: Span, clause: Span) -> Posture:
    document, annotations = passage.document, passage.annotations
    mentions = [m for m in passage.within(clause) if m.actors]
    recipient = _recipient(passage, at, mentions) if rule.action == "arms supply" else None
    quantity = next(iter(_quantities(annotations, clause)), None)
    return Posture(
        evidence=clause,
        said_by=voices(document, annotations, clause),
        time=when(passage, clause),
        place=where(passage, clause, after=at[0]),
        force=_force(passage, at, mentions, recipient),
        action=rule.action,
        status=_status(passage, at, clause),
        low=quantity.low if quantity else None,
        high=quantity.high if quantity else None,
        approximate=quantity.approximate if quantity else False,
        unit=quantity.unit if quantity else _unit(passage, clause),
        recipient=recipient.actors[0] if recipient else None,
        confidence=0.5,
        reader="rules: postures",
    )


def _further(passage: Passage, posture: Posture) -> Iterator[Posture]:
    """The other forces that a clause numbers: "six ships and two aircraft"."""
    quantities = _quantities(passage.annotations, posture.evidence)
    for number, quantity in enumerate(quantities[1:], start=1):
        ends = quantities[number + 1].span[0] if number + 1 < len(quantities) else posture.evidence[1]
        evidence = passage.trim((quantity.span[0], ends))
        yield msgspec.structs.replace(
            posture,
            evidence=evidence,
            place=where(passage, evidence, after=evidence[0]) or posture.place,
            low=quantity.low,
            high=quantity.high,
            approximate=quantity.approximate,
            unit=quantity.unit,
        )


def _status(passage: Passage, at: Span, clause: Span) -> PostureStatus:
    before = passage.words((max(passage.span[0], at[0] - 60), at[0]))
    if _DENIED.search(before):
        return "denied"
    if _ORDERED.search(passage.words(clause)):
        return "ordered"
    return "planned" if _PLANNED.search(passage.words((clause[0], at[1]))) else "asserted"


def _recipient(passage: Passage, at: Span, mentions: list[ActorMention]) -> ActorMention | None:
    """Who gets the arms: the mention after "to", "for" or "supply"."""
    text = passage.document.text
    return next((m for m in mentions if _RECIPIENT.search(text[max(0, m.span[0] - 16) : m.span[0]])), None)


def _force(
    passage: Passage, at: Span, mentions: list[ActorMention], recipient: ActorMention | None
) -> tuple[Actor, ...]:
    """Whose forces: the agent after "by" or "of", the owner before the forces, else the subject."""
    text = passage.document.text
    others = [m for m in mentions if m is not recipient and not _is_bare(m) and not _is_where(text, m)]
    agents = [
        m for m in others if m.span[0] >= at[1] and _AGENT.search(text[max(0, m.span[0] - 20) : m.span[0]])
    ]
    owners = [
        m for m in others if _OWNED.match(text, m.span[1]) or _FORCES_AT_END.search(text[slice(*m.span)])
    ]
    subject = [m for m in passage.subject(at[0]) if m is not recipient and not _is_bare(m)]
    subject = [m for m in subject if not _is_where(text, m)]
    before = [m for m in others if m.span[1] <= at[0]]
    chosen = agents[:1] or owners[:1] or subject or before[-1:] or [m for m in others if _may_own(m)][:1]
    return tuple(_country(actor) for actor in resolved(chosen))


def _may_own(mention: ActorMention) -> bool:
    return all(a.type in ("country", "armed group", "organization", "body") for a in mention.actors)


def _is_where(text: str, mention: ActorMention) -> bool:
    """Whether an actor stands there as a place: "near Ukraine's border", "in Belarus"."""
    if _PLACE_AFTER.match(text, mention.span[1]):
        return True
    placed = _PLACE_BEFORE.search(text, max(0, mention.span[0] - 24), mention.span[0])
    return placed is not None and all(a.type in (None, "country", "group", "person") for a in mention.actors)


def _country(actor: Actor) -> Actor:
    """ "Russian troops" are the country's."""
    if actor.type != "group" or not actor.country or not _FORCES_AT_END.search(actor.name):
        return actor
    name = _names().get(actor.country)
    return (
        Actor(name=name, span=actor.span, id=actor.country, country=actor.country, type="country")
        if name
        else actor
    )


@functools.cache
def _names() -> dict[str, str]:
    """The usual name of each country by its code."""
    return {n.id: n.name for n in catalog.vocabulary().names.values() if n.id == n.country}


def _is_bare(mention: ActorMention) -> bool:
    """Whether a mention says only "troops" or "fighters", not whose."""
    return all(actor.country is None and _UNIT.fullmatch(actor.name) for actor in mention.actors)


def _quantities(annotations: Annotations, clause: Span) -> list[Quantity]:
    """How many troops or arms: the quantities of a clause whose unit is of that sort."""
    first = bisect_left(annotations.quantities, clause[0], key=lambda q: q.span[0])
    last = bisect_left(annotations.quantities, clause[1], key=lambda q: q.span[0])
    return [q for q in annotations.quantities[first:last] if q.unit and _UNIT.search(q.unit)]


def _unit(passage: Passage, clause: Span) -> str | None:
    match = _UNIT.search(passage.document.text, *clause)
    return match.group() if match else None
