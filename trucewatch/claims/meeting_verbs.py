"""Verbs of meeting: "A met B", "A spoke by phone with B", "A arrived in C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.claims import moods
from trucewatch.claims.clauses import Passage, first_person
from trucewatch.claims.encounters import (
    AMBIGUOUS,
    Encounter,
    conditioned,
    is_council,
    is_interview,
    is_verb,
    joined,
    lead_in,
)
from trucewatch.claims.mentions import resolved
from trucewatch.model import Actor, ActorMention, ContactForm, ContactStatus, Span

_VERB = re.compile(
    r"""\b(?:
    (?P<call>spoke|speaks?|spoken|speaking|talked|talking|talks?|conferred|phoned|telephoned
      |call(?:s|ed)?(?!\s(?:up|off|out|for|on|upon)\b))
    |(?P<meeting>met|meets?|meeting|received|hosted|convened?|convening|gather(?:ed|ing)?|welcomed)
    |(?P<talks>negotiate[ds]?|negotiating|consult(?:s|ed|ing)?|discuss(?:ed|es|ing)?|exchang(?:ed?|ing)\sviews)
    |(?P<visit>visit(?:s|ed|ing)?|arriv(?:ed?|es|ing)|travel(?:l?ed|s|l?ing)?|flew|go|goes|going|went|came)
    )\b(?!-)""",
    re.VERBOSE | re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:spoken?|talked|(?:tele)?phoned|called|met|received|hosted|convened|gathered|negotiated|consulted"
    r"|discussed|exchanged.*|visited|arrived|travell?ed|flew|went|came|welcomed|conferred)$",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\b(?:would|could|might|may|should)\s+have\b")
_MEET = frozenset("met meet meets meeting".split())
_CONSULT = frozenset("consult consults consulted consulting".split())
_ALONE = frozenset("met meet meeting convene convened convening gathered".split())
_PHONE = frozenset("called calls call phoned telephoned".split())
_VISIT = frozenset("visit visits visited visiting".split())
_DIRECT = frozenset({"", "the", "a", "with", "again with", "today with", "to"})
_ARTICLE = frozenset({"", "the", "a", "his", "her", "its", "their"})
_WITH = re.compile(
    r"[^.;:]{0,60}?\b(?:with|to|between|among|by)\s+(?:the\s+|both\s+|his\s+|her\s+|its\s+)?", re.IGNORECASE
)
_MEETS = re.compile(r"\s+(?:[\"“”'‘]?\w+[\"“”'’]?[\s,]+){0,5}?with\s+(?:the\s+|his\s+|her\s+)?")
_BY_PHONE = re.compile(r"[^.;:]{0,40}\b(?:by|over\s+the|on\s+the)\s+(?:tele)?phone\b")
_CALLED = re.compile(
    r"\s*(?:[,.;]|$|(?:to|on|after|before|in|by|again|directly|for|last|this|and|at)\b)(?!\s+(?:an?|the)\b)"
)
_ADVERB_OF_SPEAKING = re.compile(r"\b(?:after|before|while|by|from|in)\s+$", re.IGNORECASE)
_STATE = re.compile(
    r"government|ministr|delegation|authorit|administration|side|leadership|officials", re.IGNORECASE
)
_AUDIENCE = re.compile(
    r"[^.;]{0,30}\b(?:to|with)\s+(?:\w+\s+){0,2}(?:reporters?|journalists?|media|press|newspaper|agency|television"
    r"|TV|parliament|lawmakers|nation|people|civilians?|residents?|villagers?|locals|witnesses)\b",
    re.IGNORECASE,
)
_TO_PLACE = re.compile(
    r"\s+(?:late\s+|early\s+)?(?:(?:on|last)\s+\w+day\s+|today\s+|yesterday\s+)?(?:to|in|at)\s+(?:the\s+)?[A-Z]"
)
_IN_PLACE = re.compile(r"\s+(?:to|at|in)\s+(?:the\s+)?[A-Z]")
_PLACE = re.compile(r"\s+(?:the\s+)?[A-Z]")
_SURE = frozenset("met spoke meets".split())


def find(passage: Passage) -> Iterator[Encounter]:
    """The encounters that the verbs of a sentence tell."""
    for match in _VERB.finditer(passage.document.text, *passage.span):
        word = match.group().lower()
        left = passage.document.text[max(passage.span[0], match.start() - 40) : match.start()]
        if word not in AMBIGUOUS or is_verb(word, left):
            yield from _encounter(passage, match, word)


def _encounter(passage: Passage, match: re.Match[str], word: str) -> Iterator[Encounter]:
    partners = _partners(passage, match, word)
    clause = passage.clause(match.start())
    subject = resolved(passage.subject(match.start())) or first_person(passage, (clause[0], match.start()))
    people = joined(subject, resolved(partners or []))
    enough = len(people) >= (1 if match.lastgroup == "visit" else 2) or _several(people)
    if partners is None or not enough or is_interview(people):
        return
    body = next((a.name for a in people if is_council(a)), None) if word in _ALONE else None
    status, condition = conditioned(passage, match.start(), _status(passage, match, clause))
    yield Encounter(
        passage=passage,
        form="session" if body else _form(match),
        trigger=match.span(),
        clause=clause,
        phrase=clause,
        status=status,
        people=people,
        body=body,
        condition=condition,
        confidence=0.9 if word in _SURE else 0.6,
    )


def _form(match: re.Match[str]) -> ContactForm:
    return match.lastgroup  # type: ignore[return-value]


def _several(people: tuple[Actor, ...]) -> bool:
    """Whether one name stands for several people or for a body that meets."""
    return len(people) == 1 and (people[0].type in {"group", "body"} or people[0].name.endswith("s"))


def _status(passage: Passage, match: re.Match[str], clause: Span) -> ContactStatus:
    words = lead_in(passage, clause, match.start())
    if _PAST.match(match.group()) and not _UNREAL.search(words):
        return "held"
    return moods.before(words) or "held"


# --- partners --------------------------------------------------------------------------------------


def _partners(passage: Passage, match: re.Match[str], word: str) -> list[ActorMention] | None:
    """Whom a verb meets, calls or visits; none where it needs nobody, None where it tells of no contact."""
    text = passage.document.text
    if match.lastgroup == "visit":
        return [] if _goes(passage, match, word) else None
    after = [m for m in passage.within((match.end(), passage.span[1])) if m.actors]
    alone = word in _ALONE or (match.lastgroup == "call" and bool(_BY_PHONE.match(text, match.end())))
    if not after or after[0].span[0] > passage.clause(match.start())[1]:
        return [] if alone else None
    if word in _PHONE:
        return _phoned(passage, match, after[0])
    found = _met(passage, match, word, after)
    return [] if found is None and alone else found


def _phoned(passage: Passage, match: re.Match[str], first: ActorMention) -> list[ActorMention] | None:
    """Whom somebody called: a person named right after, not "called him a liar" or "called the police"."""
    text = passage.document.text
    person = any(a.type == "person" for a in first.actors)
    bare = not text[match.end() : first.span[0]].strip()
    return [first] if person and bare and _CALLED.match(text, first.span[1]) else None


def _met(
    passage: Passage, match: re.Match[str], word: str, after: list[ActorMention]
) -> list[ActorMention] | None:
    """Whom somebody met or spoke with: the object, or whoever stands after "with" or "to"."""
    text = passage.document.text
    first = after[0]
    gap = text[match.end() : first.span[0]]
    direct = " ".join(gap.lower().split()) in _DIRECT
    if word == "welcomed":
        guest = gap.strip().lower() in _ARTICLE and _IN_PLACE.search(text, first.span[1], passage.span[1])
        return passage.run(first) if guest else None
    if word in {"hosted", "received"}:
        return passage.run(first) if direct and first.actors[0].type == "person" else None
    if word in _MEET or word in _CONSULT:
        return passage.run(first) if direct or _MEETS.fullmatch(gap) else None
    if word == "speaking" and not _ADVERB_OF_SPEAKING.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    if not direct and not _WITH.fullmatch(gap):
        return _further(passage, match, after)
    if match.lastgroup == "talks" and "with" not in gap.split():
        return None
    if (match.lastgroup == "call" and _is_outlet(first)) or _AUDIENCE.match(text, match.end()):
        return None
    return passage.run(first) if _WITH.fullmatch(gap) else None


def _further(passage: Passage, match: re.Match[str], after: list[ActorMention]) -> list[ActorMention] | None:
    """Whoever stands after a "with" further on: "talked about X by phone with Y"."""
    text = passage.document.text
    end = passage.clause(match.start())[1]
    for mention in after:
        if mention.span[0] < end and text[match.end() : mention.span[0]].rstrip().endswith(" with"):
            return passage.run(mention)
    return None


def _is_outlet(mention: ActorMention) -> bool:
    """Whether one speaks to an organization that is no government: more likely to a newspaper."""
    actor = mention.actors[0]
    return actor.type in {"organization", "body"} and not _STATE.search(actor.name)


def _goes(passage: Passage, match: re.Match[str], word: str) -> bool:
    """Whether somebody goes to a place with a name."""
    text = passage.document.text
    if word in _VISIT:
        return bool(_PLACE.match(text, match.end()))
    if not _TO_PLACE.match(text, match.end()):
        return False
    return any(a.type == "person" for m in passage.subject(match.start()) for a in m.actors)
