"""How a count stands to others: the highest of a scope, or above or below another figure."""

from __future__ import annotations

import re
from typing import Literal

from trucewatch.model import Comparison, Number

_HIGHEST = re.compile(
    r"\b(?:(?:a|the|new|another|an all-time)\s+record(?:\s+(?:high|number|figure|of))?|record (?:high"
    r"|number|of)|all-time high"
    r"|(?:the\s+)?(?:highest|the most|largest|biggest|deadliest|worst|greatest)\b(?=[^.;]{0,60}\b(?:since"
    r"|this|in|of|for|so far|ever|yet|on record)\b))",
    re.I,
)
_LOWEST = re.compile(r"\b(?:the\s+)?(?:lowest|smallest|fewest|record low|all-time low)\b", re.I)
_SCOPE = re.compile(
    r"\b(?P<scope>(?:this|last) (?:year|month|week|summer|winter|spring|autumn)|so far this year"
    r"|on record|ever|since\s+[^,.;]{3,50}"
    r"|(?:in|for)\s+(?:the\s+)?(?:past\s+|last\s+)?(?:\w+\s+)?(?:years?|months?|weeks?|days?)"
    r"|of the (?:year|month|war|truce|conflict))",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:compared (?:with|to)|up from|down from|against|versus|higher than|lower than"
    r"|more than the|fewer than the)\s*$",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:the )?(?P<scope>previous (?:reporting )?(?:period|day|week|month|year)|(?:day|week|month"
    r"|year) (?:before|earlier)"
    r"|last (?:week|month|year)|yesterday)\b",
    re.I,
)


def superlative(words: str) -> Comparison | None:
    """Whether the words after or around a number call it the highest or the lowest.

    >>> superlative(", a record this year")
    Comparison(relation='highest', scope='this year', than=None)
    """
    relation: Literal["highest", "lowest"] | None = None
    if found := _LOWEST.search(words):
        relation = "lowest"
    elif found := _HIGHEST.search(words):
        relation = "highest"
    if relation is None or found is None:
        return None
    scope = _SCOPE.search(words, found.start())
    return Comparison(relation=relation, scope=scope.group("scope") if scope else None)


def against(between: str, after: str, *, number: Number | None, other: Number | None) -> Comparison | None:
    """A number set against the next one: "591, compared with 222 in the previous period"."""
    if number is None or other is None or not _OTHER.search(between):
        return None
    scope = _WHEN.search(after)
    relation: Literal["above", "below", "equal"] = "equal"
    if number != other:
        relation = "above" if number > other else "below"
    return Comparison(relation=relation, scope=scope.group("scope") if scope else None, than=other)


def is_earlier(words: str) -> bool:
    """Whether a number is told of an earlier period than the report's own.

    >>> is_earlier("in the previous reporting period, it recorded")
    True
    """
    return _EARLIER.search(words) is not None


_EARLIER = re.compile(
    r"\b(?:previous|preceding|last|earlier) (?:reporting )?(?:period|report)\b|\bthe (?:previous"
    r"|preceding) (?:day|week|month|24 hours)\b"
    r"|\b(?:the )?(?:day|week|month|year) (?:before|earlier)\b",
    re.I,
)
