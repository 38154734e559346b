"""Undertakings: what a sentence says that a party binds itself, or is asked, to do, before it is a claim."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER
from trucewatch.claims.bindings import BINDINGS, CUES
from trucewatch.claims.clauses import Passage, we
from trucewatch.claims.mentions import resolved
from trucewatch.claims.topics import topic_of
from trucewatch.model import Actor, ActorMention, Span, Strength

_OBJECT = re.compile(r"\s*(?P<party>[^.;:]{0,140}?)\s*\b(?P<to>(?:not\s+)?to|for|against)\s+(?=[\w'‘“\"])")
_FOR = re.compile(r"(?:\s*for)?\s+(?P<party>[^.;:]{0,100}?)\s+to\s+(?=[a-z])")
_THAT = re.compile(r"\s+that\s+(?:the\s+)?")
_OF = re.compile(r"\s+(?:of\s+(?P<who>[^.;,]{2,60}?)\s+)?(?:to|for|that)\s+")
_POSSESSIVE = re.compile(r"\b(their|his|her|its|our|my)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_OWNED = re.compile(r"['’]s?\s.*|\s+\w+\s*|\s*")
_RUN_ON = re.compile(
    r"(?:that|which|where|until|when|if|unless|as|so|and\s+not|and\s+to|to|once)\s", re.IGNORECASE
)
_ASIDE = re.compile(r"(?:which|where|who|while|as|when|so)\s")
_CUED = re.compile(
    r",[\"”’']?\s+(?:(?:[A-Z][\w.'’-]*\s+){1,5}|(?:he|she|it|they)\s+|)"
    r"(?:said|says|added|told|learned|reported|noted|stressed|stated)\b"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_SUBJECT = re.compile(
    r"(?P<who>(?:the|both|all|these|such|every)\s+(?!(?:fact|war|time|way|situation|deal|talks|meeting|process|plan)\b)"
    r"(?:[\w’'-]+\s+){0,4}[\w’'-]+)\s+(?:also\s+|has\s+|have\s+|had\s+|\w+ly\s+)?",
    re.IGNORECASE,
)
_NEED = re.compile(r"(?:the\s+)?(?:urgent\s+|immediate\s+)?(?:need|necessity|importance)\s+(?:to|for|of)\s+")
_FURTHER = re.compile(
    r",?\s+(?:and|as\s+well\s+as)\s+(?:to\s+(?=[a-z])|(?=(?:the|an?)\s+(?:\w+\s+){0,2}(?:release|withdrawal|cease-?fire"
    r"|truce|opening|exchange|swap|resumption|evacuation|delivery)\b))"
)
_IF = re.compile(r"\b(?:if|whether|amid|believe|concern)\b", re.IGNORECASE)
_READOUT = re.compile(
    r"\b(?:discuss|underscor|underlin|emphasi|stress|reaffirm|reiterat|express|agree|affirm|highlight|noted)\w*\b"
)
_DISCUSSED = re.compile(r"\b(?:discuss\w*|review\w*|spoke|agreed)\b")
_OBTAIN = re.compile(r"\b(?:obtain|secur|seek|demand|extract|win|get)\w*\s+[^.;]*$", re.IGNORECASE)
_STATES = frozenset({"country", "organization", "body", "office", "armed group", "group"})
_FIRM = frozenset({"ceasefire", "exchange", "disengagement", "withdrawal", "mobilization"})
_REACH = 45  # an owner stands at most so many characters before what it owns


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One cue with what was read around it: who would be bound, to what, how firmly."""

    passage: Passage
    rule: str
    cue: Span
    strength: Strength
    parties: tuple[Actor, ...]
    action: Span
    evidence: Span
    confidence: float


def find(passage: Passage) -> Iterator[Undertaking]:
    """The undertakings that the cues of a sentence tell."""
    for match in CUES.finditer(passage.document.text, *passage.span):
        rule = match.lastgroup or ""
        bound = _bound(passage, match, rule)
        if bound is None:
            continue
        parties, start = bound
        action = _action(passage, start)
        parties = parties or _agent(passage, action)
        if action[1] - action[0] > 3 and _binds(passage, match, rule, parties, passage.words(action)):
            yield from _undertakings(passage, match, rule, parties, action)


def _undertakings(
    passage: Passage, match: re.Match[str], rule: str, parties: tuple[Actor, ...], action: Span
) -> Iterator[Undertaking]:
    """One undertaking for each action of a list ("to stop shelling and to withdraw")."""
    first = min(passage.clause(match.start())[0], match.start())
    for part in _parts(passage, action):
        yield Undertaking(
            passage=passage,
            rule=rule,
            cue=match.span(),
            strength=_strength(passage, match, rule),
            parties=parties,
            action=part,
            evidence=passage.trim((first if part[0] == action[0] else part[0], part[1])),
            confidence=BINDINGS[rule].confidence,
        )


def _strength(passage: Passage, match: re.Match[str], rule: str) -> Strength:
    """The cue's strength; a need that was only discussed, a commitment that is sought, are proposed."""
    before = passage.words((passage.span[0], match.start()))
    if rule == "needed" and _DISCUSSED.search(before):
        return "proposed"
    if rule == "commitment" and _OBTAIN.search(before[-60:]):
        return "proposed"
    return BINDINGS[rule].strength


# --- who would be bound ----------------------------------------------------------------------------


def _bound(passage: Passage, match: re.Match[str], rule: str) -> tuple[tuple[Actor, ...], int] | None:
    """Who would be bound, and where the action begins; None where the cue binds nobody."""
    party = BINDINGS[rule].party
    if party == "object":
        told = _told(passage, match.end())
        return told if told and told[0] else None
    if party == "owner":
        return _owner(passage, match)
    if party == "subject":
        return _subject(passage, match.start()), match.end()
    return _for_whom(passage, match) or ((), match.end())


def _subject(passage: Passage, at: int) -> tuple[Actor, ...]:
    clause = passage.clause(at)
    return (
        resolved(passage.subject(at)) or tuple(we(passage, (clause[0], at))) or _unknown(passage, clause, at)
    )


def _unknown(passage: Passage, clause: Span, at: int) -> tuple[Actor, ...]:
    """A subject that no annotator knows, by its words: "the civilized world", "all participants"."""
    found = _SUBJECT.fullmatch(passage.words((clause[0], at)))
    return (Actor(name=found["who"], span=(clause[0], clause[0] + len(found["who"]))),) if found else ()


def _agent(passage: Passage, action: Span) -> tuple[Actor, ...]:
    """Who is to do what a noun names: "implementation of the plan by X", "release of hostages held by X"."""
    for mention in passage.within(action):
        if mention.actors and _BY.search(passage.document.text, action[0], mention.span[0]):
            return resolved(passage.run(mention))
    return ()


def _told(passage: Passage, start: int) -> tuple[tuple[Actor, ...], int] | None:
    """Who is urged or asked after a cue: "X to go", "X not to go", "that X go"."""
    text = passage.document.text
    if that := _THAT.match(text, start):
        named = [m for m in passage.mentions if that.end() <= m.span[0] <= that.end() + 4 and m.actors]
        if named:
            people = passage.run(named[0])
            return resolved(people), people[-1].span[1]
    found = _OBJECT.match(text, start, min(passage.span[1], start + 200))
    return (resolved(_named(passage, found.span("party"))), found.end()) if found else None


def _for_whom(passage: Passage, match: re.Match[str]) -> tuple[tuple[Actor, ...], int] | None:
    """Who is named between "for" and "to": "called for both sides to stop", "the need for X to go"."""
    start = match.end() - 4 if match.group().endswith(" for") else match.end()
    found = _FOR.match(passage.document.text, start, min(passage.span[1], start + 120))
    named = _named(passage, found.span("party")) if found else []
    return (resolved(named), found.end()) if found and named else None


def _named(passage: Passage, span: Span) -> list[ActorMention]:
    return [m for m in passage.within(span) if m.actors]


def _owner(passage: Passage, match: re.Match[str]) -> tuple[tuple[Actor, ...], int]:
    """Whose commitment or decision it is: "of the parties", "their", "Russia's", else the subject's."""
    start = match.end()
    if of := _OF.match(passage.document.text, start, min(passage.span[1], start + 90)):
        who = _named(passage, of.span("who")) if of["who"] else []
        start = of.end()
        if who:
            return resolved(who), start
    window = max(passage.span[0], match.start() - 50)
    if pronoun := _POSSESSIVE.search(passage.words((window, match.start()))):
        return _possessor(passage, pronoun.group(1), window + pronoun.start(1)), start
    before = [
        m for m in _named(passage, (passage.span[0], match.start())) if match.start() - m.span[1] < _REACH
    ]
    if before and _OWNED.fullmatch(passage.words((before[-1].span[1], match.start()))):
        return resolved([before[-1]]), start
    return _subject(passage, match.start()), start


def _possessor(passage: Passage, pronoun: str, at: int) -> tuple[Actor, ...]:
    if pronoun.lower() in {"our", "my"}:
        return tuple(we(passage, (at, at + len(pronoun))))
    return resolved(passage.subject(at))


# --- to do what ------------------------------------------------------------------------------------


def _action(passage: Passage, start: int) -> Span:
    action = passage.trim((start, _end(passage, start)))
    need = _NEED.match(passage.document.text, *action)
    return (need.end(), action[1]) if need else action


def _end(passage: Passage, start: int) -> int:
    """Where an action ends: at its quotation's end or the next clause that is not part of it."""
    end = _next_clause(passage, start)
    for quotation in passage.quotations:
        if quotation.inner[0] <= start < quotation.inner[1]:
            end = min(quotation.inner[1], end)
    cued = _CUED.search(passage.document.text, start, end)
    return cued.start() if cued else end


def _next_clause(passage: Passage, start: int) -> int:
    text = passage.document.text
    for cut in passage.cuts:
        aside = text[cut - 2 : cut] == ", " and _ASIDE.match(text, cut)
        if cut > start + 2 and (aside or not _RUN_ON.match(text, cut)):
            return cut
    return passage.span[1]


def _parts(passage: Passage, action: Span) -> list[Span]:
    """The single actions of a list."""
    joints = [m.span() for m in _FURTHER.finditer(passage.document.text, *action)]
    starts = [action[0], *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), action[1]]
    return list(zip(starts, ends, strict=True))


@functools.cache
def _verbs() -> dict[str, frozenset[str]]:
    lists = decode(FOLDER / "binding_verbs.yml", dict[str, list[str]])
    return {name: frozenset(verbs) for name, verbs in lists.items()}


def _binds(
    passage: Passage, match: re.Match[str], rule: str, parties: tuple[Actor, ...], action: str
) -> bool:
    """Whether a weak cue binds somebody here: "will" is more often a forecast, "should" an opinion."""
    verb = re.split(r"\W+", action.lower().lstrip("\"“'‘ "), maxsplit=1)[0]
    state = bool(parties) and parties[0].type in _STATES
    topic = topic_of(action)
    match rule:
        case "will":
            firm = verb in _verbs()["doing"] or (state and topic not in {"other", "arms"})
            return bool(parties) and firm and verb not in _verbs()["idle"] and not _supposed(passage, match)
        case "refuse":
            return bool(parties) and verb not in _verbs()["idle"]
        case "must":
            return verb not in {"be", "meet", "talk", "discuss"} and (
                bool(parties) or topic not in {"other", "arms"}
            )
        case "needed":
            told = _READOUT.search(passage.document.text, passage.span[0], match.start())
            return topic != "other" or bool(told)
        case "importance":
            return topic in _FIRM
        case "efforts":
            return topic in _FIRM | {"humanitarian access", "arms"}
        case "agreement" | "proposal" | "expected":
            return topic != "other"
        case "ready":
            return topic != "other" or state
    return True


def _supposed(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the cue stands in a supposition: "if Russia would", "whether we will"."""
    start = max(passage.span[0], passage.clause(match.start())[0] - 10)
    return bool(_IF.search(passage.document.text, start, match.start()))
