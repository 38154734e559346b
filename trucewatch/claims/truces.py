"""Ceasefires named by the noun alone: in force, over, demanded or only sought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.claims.clauses import Passage
from trucewatch.claims.mentions import resolved
from trucewatch.claims.undertakings import Undertaking
from trucewatch.model import Actor, Span, Strength

_CEASEFIRE = re.compile(
    r"\b(?:cease-?fires?|truces?|cessation\s+of\s+hostilities)\b"
    r"(?:\s+and\s+hostage(?:\s+release)?)?(?:\s+(?:agreements?|deals?|regime))?"
    r"(?!\s+(?:violations?|monitor\w*|breach\w*|line|zone|conditions?|talks|negotiations?|terms|expert\w*|truce))",
    re.IGNORECASE,
)
_NO_CEASEFIRE = re.compile(
    r"\b(?:violat\w+|breach\w*|respect\w*|compl\w+|observ\w+|tags|start|link\w*|terms|conditions?)\s+(?:\w+\s+){0,5}$",
    re.IGNORECASE,
)
_ENDED_BEFORE = re.compile(
    r"\b(?:collapse|end|breakdown|failure|expiry|unravelling)\s+of\s+$|\b(?:broke|ended|abandoned|scrapped)\s+$",
    re.IGNORECASE,
)
_ENDED_AFTER = re.compile(
    r"[^.;]{0,70}?\b(?:collapsed|broke\s+down|(?:has|had|was)\s+ended|expired|fell\s+apart|unravell?ed)\b",
    re.IGNORECASE,
)
_DEMANDED_BEFORE = re.compile(
    r"\b(?:call\w*|demand\w*|urg\w+|insist\w*|need\w*|appeal\w*|plead\w*|asked|asking|only\s+after)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_DEMANDED_AFTER = re.compile(r"[^.;]{0,20}?\b(?:is|are)\s+(?:needed|necessary|required)", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:efforts?|negotiat\w+|talks|propos\w+|reach(?:ing)?|secur(?:e|ing)|achiev\w+|possib\w+|support\w*"
    r"|towards?|seek\w*|establish\w*|discuss\w*|conclude|finali[sz]e|deal|together\s+with|through|may\s+be"
    r"|(?:would|will)\s+be|could|if|plan|initiatives?|ask\s+for|including|bring\s+about|result\s+in|imposition\s+of)"
    r"\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"(?:an?|the)?\s*(?:immediate|sustained|permanent|temporary)\b", re.IGNORECASE)
_WHERE = re.compile(r"\s+in\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*|\s+with\s+(?:the\s+)?\w+")
_PARTNER = re.compile(r"\s+with\s+(?:the\s+)?")
_PARTIES = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:between|(?:agreed|declared|announced|signed|reached)\s+(?:by|between))\s+(?:the\s+)?"
)


def find(passage: Passage) -> Iterator[Undertaking]:
    """The ceasefires that a sentence names, but for those it only says are kept or broken."""
    text = passage.document.text
    for match in _CEASEFIRE.finditer(text, *passage.span):
        clause = passage.clause(match.start())
        start = passage.phrase_start(match.start(), clause[0])
        before = passage.words((clause[0], start))
        if _NO_CEASEFIRE.search(before):
            continue
        where = _WHERE.match(text, match.end(), clause[1])
        end = where.end() if where else match.end()
        phrase = passage.words((start, match.end()))
        yield Undertaking(
            passage=passage,
            rule="ceasefire",
            cue=match.span(),
            strength=standing(before, phrase, passage.words((match.end(), clause[1]))),
            parties=_between(passage, match.end(), clause[1]) or _sides(passage, match, clause),
            action=(start, end),
            evidence=(start, max(end, clause[1])),
            confidence=0.8,
        )


def standing(before: str, phrase: str, after: str) -> Strength:
    """Whether a ceasefire is in force, over, demanded or only sought, by the words beside its noun phrase.

    >>> standing("efforts to secure ", "a truce", ""), standing("", "the truce", " collapsed on Friday")
    ('proposed', 'ended')
    """
    if _ENDED_BEFORE.search(before) or _ENDED_AFTER.match(after):
        return "ended"
    if _DEMANDED_BEFORE.search(before) or _DEMANDED_AFTER.match(after):
        return "demanded"
    if _SOUGHT.search(before) or _NOT_YET.match(phrase):
        return "proposed"
    return "agreed"


def _sides(passage: Passage, match: re.Match[str], clause: Span) -> tuple[Actor, ...]:
    """The parties of "A has a truce with B": the subject and whoever stands right after "with"."""
    for mention in passage.within((match.end(), clause[1])):
        if mention.actors and _PARTNER.fullmatch(passage.words((match.end(), mention.span[0]))):
            return (*resolved(passage.subject(match.start())), *resolved([mention]))
    return ()


def _between(passage: Passage, start: int, end: int) -> tuple[Actor, ...]:
    """The parties of a ceasefire: "between A and B", "agreed by A and B"."""
    for mention in passage.within((start, end)):
        if mention.actors and _PARTIES.fullmatch(passage.words((start, mention.span[0]))):
            return resolved(passage.run(mention))
    return ()
