"""Outcomes of contacts: one that did not take place was not held, one announced for a day lies ahead.

The words that say so follow the word for the meeting ("the meeting called for Friday had not taken
place") or stand around it ("announced another meeting for Saturday").
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from trucewatch.claims.fillers import View
from trucewatch.claims.mentions import as_time
from trucewatch.documents.spans import holding, within
from trucewatch.model import Contact, ContactStatus, Document, Span, Time

_NOUN = (
    r"(?:meetings?|talks|(?:phone\s+|video\s+)?calls?(?!\s+(?:for|on|off|to)\b)|summits?|sessions?|visits?|trips?"
    r"|conversations?|negotiations|consultations?|conferences?|rounds?|gatherings?|discussions?|dialogue)"
)
_NAMED = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:met|spoke|talked|conferred|visited|travell?ed|hosted)\b", re.IGNORECASE)
_HAPPENING = (
    r"(?:take(?:n)?\s+place|held|happen(?:ed)?|occur(?:red)?|go(?:ne)?\s+ahead|materiali[sz]ed?|convened?|come?\s+about"
    r"|be(?:en)?\s+(?:held|convened|conducted))"
)
_UNHELD = re.compile(
    rf"\b(?:(?:had|has|have|did|do|does|was|were|is|are)(?:\s+not|n['’]t|\s+never)\s+(?P<yet>yet\s+)?(?:\w+ly\s+)?"
    rf"{_HAPPENING}|never\s+(?:took\s+place|happened|materiali[sz]ed|convened|came\s+about)"
    rf"|failed\s+to\s+{_HAPPENING}|fell\s+through|came\s+to\s+nothing)\b",
    re.IGNORECASE,
)
# "was not held until Friday", "was held not in Geneva but in Vienna": it was held.
_AFTER_ALL = re.compile(r"[^.;]{0,60}?\b(?:until|till|but\s+(?:in|at|on|by|only)|since)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|neither)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_TOOK_PLACE = re.compile(
    r"[^.;,]{0,60}?\b(?:took\s+place|(?:was|were|had\s+been|has\s+been)\s+(?:held|convened)|happened)\b",
    re.IGNORECASE,
)
_NOT_MET = re.compile(
    r"\b(?:did|do|does|has|have|had)(?:\s+not|n['’]t|\s+never)\s+(?:yet\s+)?(?:meet|met|sp(?:ea|o)k\w*|talk\w*|confer\w*"
    r"|visit\w*|phoned?|call(?:ed)?)\b|\bnever\s+(?:met|spoke|talked|visited|called)\b",
    re.IGNORECASE,
)
_WHY: tuple[tuple[ContactStatus, re.Pattern[str]], ...] = (
    (
        "refused",
        re.compile(r"\b(?:refus\w+|reject\w*|declin\w+|boycott\w*|turned\s+\w*\s*down)\b", re.IGNORECASE),
    ),
    ("postponed", re.compile(r"\b(?:postpon\w+|put\s+off|delayed|rescheduled|adjourned)\b", re.IGNORECASE)),
)
_SET = re.compile(
    r"\b(?:announc(?:e|es|ed|ing)|call(?:s|ed|ing)?|schedul(?:es|ed|ing)|set(?:\s+up)?|fix(?:es|ed)|arrang(?:es|ed|ing)"
    r"|plann?(?:s|ed|ing)?|conven(?:es|ed|ing)|summon(?:s|ed))\s+(?:(?!that\b)[\w’'-]+\s+){0,4}?$",
    re.IGNORECASE,
)
_FOR_DAY = re.compile(r"[^.;,]{0,60}?\bfor\s+(?:the\s+|this\s+|next\s+)?$")
_HELD = re.compile(r"\b(?:took\s+place|(?:was|were)\s+(?:\w+ly\s+)?held|lasted|ended)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_REACH = 110  # characters between a meeting and the words that it did not take place
_WEEK = dt.timedelta(days=7)
_OFF = frozenset({"refused", "cancelled", "postponed"})


def settled(view: View, claim: Contact) -> Contact:
    """A contact with the status that the words after it give: off, or planned for a day to come.

    "A meeting called for Friday had not taken place because Moscow refused" gives ``refused``, "announced
    a meeting for Saturday" ``planned`` with the Saturday after the report's day.
    """
    if claim.status in _OFF:
        return claim
    if status := _unheld(view.document, claim):
        return msgspec.structs.replace(claim, status=status)
    day = _announced(view, claim) if claim.status in {"held", "planned"} else None
    return msgspec.structs.replace(claim, status="planned", time=day) if day else claim


def is_none(view: View, claim: Contact) -> bool:
    """Whether the words only say that people did not meet: "the two leaders did not speak"."""
    words = view.document.words(claim.evidence)
    found = _NOT_MET.search(words)
    if found is None or claim.status != "held" or _AFTER_ALL.match(words, found.end()):
        return False
    return not (_MET.search(words[: found.start()]) or _NAMED.search(words))


def _noun(document: Document, claim: Contact) -> Span | None:
    """Where the evidence names the meeting by a noun, unless a verb before it already tells one."""
    found = _NAMED.search(document.text, *claim.evidence)
    if found is None or _MET.search(document.text, claim.evidence[0], found.start()):
        return None
    return found.span()


def _sentence(document: Document, claim: Contact) -> Span:
    return holding(document.sentences, claim.evidence[0]) or claim.evidence


def _unheld(document: Document, claim: Contact) -> ContactStatus | None:
    """What became of a meeting that, as the words after it say, did not take place."""
    noun = _noun(document, claim)
    if noun is None:
        return None
    start, end = _sentence(document, claim)
    after, before = document.text[noun[1] : end], document.text[start : noun[0]]
    if _NONE.search(before) and _TOOK_PLACE.match(after):
        return "cancelled"
    found = _UNHELD.search(after[: _REACH + 40])
    if not found or re.search("[.;]", gap := after[: found.start()]) or _NAMED.search(gap):
        return None
    rest = after[found.end() :]
    if _AFTER_ALL.match(rest):
        return None
    reason = next((status for status, why in _WHY if why.search(rest)), None)
    return reason or ("planned" if found["yet"] else "cancelled")


def _announced(view: View, claim: Contact) -> Time | None:
    """The day that a meeting is announced or called for; a bare weekday is the one to come."""
    document = view.document
    noun = _noun(document, claim)
    start, end = _sentence(document, claim)
    if (
        noun is None
        or not _SET.search(document.text[start : noun[0]])
        or _HELD.search(document.text[noun[1] : end])
    ):
        return None
    for date in within(view.annotations.dates, (noun[1], end)):
        if date.start and _FOR_DAY.fullmatch(document.text[noun[1] : date.span[0]]):
            return _to_come(as_time(document, date), document.report.published)
    return None


def _to_come(day: Time, published: dt.date | None) -> Time | None:
    """A day on or after that of the report: a weekday moves on by a week, a past date is none."""
    if published is None or day.start is None or day.start >= published.isoformat()[: len(day.start)]:
        return day
    if not _WEEKDAY.search(day.text or "") or len(day.start) != len("2022-02-19"):
        return None
    ahead = (dt.date.fromisoformat(day.start) + _WEEK).isoformat()
    return msgspec.structs.replace(day, start=ahead, end=ahead) if ahead >= published.isoformat() else None
