"""Points: the things that one account tells of a contact, before they are laid beside the other's.

Each clause that is told as part of the contact is a point; so are its form, its day, its length and who
began it. A point knows whose words it gives and which of the participants it is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import structs

from trucewatch.annotations.numbers import ONES, TENS
from trucewatch.documents.divisions import divide
from trucewatch.model import Claim, Contact, Noun, Span, Statement
from trucewatch.situation.readouts import words
from trucewatch.situation.readouts.clauses import Clause, clauses
from trucewatch.situation.readouts.nouns import Account
from trucewatch.situation.readouts.people import People
from trucewatch.situation.readouts.scope import Scope
from trucewatch.situation.readouts.words import Term

LIMIT = 40_000  # characters of an account that are looked at
_PRONOUNS = frozenset("it he she they we i".split())
_MOST = 150  # points of an account
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_ON_DAY = re.compile(
    rf"\b(?:(?:this|last|on|late)\s+)?(?:today|yesterday|tonight|{_WEEKDAY}(?:,?\s+{_DATE})?|{_DATE})\b"
)
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|half\s+an|several|many)"
_LENGTH = re.compile(
    rf"(?:(?:more|less|over|nearly|almost|about|around|some|at\s+least)\s+(?:than\s+)?)?"
    rf"\b{_NUMBER}[\s-]+(?:hours?|minutes?)"
    r"(?:\s+and\s+(?:a\s+half|a\s+quarter|three\s+quarters|[\w-]+[\s-]+minutes?))?\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:at|on)\s+the\s+(?:initiative|request|invitation)\s+of\s+the\s+[^,.;]{3,40}|\binitiated\s+by\s+[^,.;]{3,40}"
    r"|\b(?:at|on)\s+[A-Z]\w+['’]s\s+(?:initiative|request|invitation)",
)
_FORM = re.compile(
    r"\b(?:spoke|speaks|talked|met|meets|conferred)\b[^.;]*?\bwith\b|\b(?:had|has|held|holds|conducted|hosted|received|took\s+part)\b"
    r"[^.;]{0,80}?\b(?:call|conversation|meeting|talks|summit|videoconference|negotiations|visit)\b"
    r"|\b(?:spoke|spoken|talked)\s+(?:on|by|over)\s+(?:the\s+)?(?:tele)?phone\b"
    r"|\b(?:conversation|call|meeting|talks|negotiations)\s+(?:with|between)\b"
    r"|\b(?:conversation|call|meeting|talks|summit)\s+(?:took\s+place|was\s+held|were\s+held)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:(?:the|a|his|her|their|this)\s+)?(?:(?:tele)?phone\s+|video\s+)?(?:conversations?|calls?|meeting|talks|summit|videoconference)"
    r"(?:\s+(?:took\s+place|was\s+held|were\s+held))?\b",
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(
    r"(?:the\s+)?(?:conversation|call|meeting|talks|summit)\s+(?:took\s+place|was\s+held|were\s+held)",
    re.IGNORECASE,
)

_INSERTED = re.compile(
    r",\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,3}\s+(?:said|says|adds|added|continued|noted|stressed|explained|went\s+on)\s*,"
)

_LASTED = re.compile(r"\b(?:last(?:ed|ing)|took|duration)\b", re.IGNORECASE)
_PIECE = re.compile(r"([\w-]+?)[\s-]+(hour|minute)s?\b", re.IGNORECASE)
_PART = re.compile(r"\band\s+a?\s*(half|quarter|three\s+quarters)\b", re.IGNORECASE)
_PARTS = {"half": 30, "quarter": 15, "three quarters": 45}
_VALUES = {"a": 1, "an": 1, **ONES, **TENS}

Kind = Literal["matter", "form", "day", "length", "initiative"]


class Point(Noun, frozen=True, kw_only=True):
    """A thing told. ``span`` is where, ``head`` what it shares with an earlier clause ("They discussed").

    ``terms`` are what its own words stand for; ``who`` the numbers of the participants that it is told of,
    empty where the text does not say ("it was stressed"); ``minutes`` how long a length is.
    """

    span: Span
    kind: Kind = "matter"
    head: Span | None = None
    terms: tuple[Term, ...] = ()
    who: frozenset[int] = frozenset()
    voices: tuple[str, ...] = ()
    minutes: int | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it is told, in the order of the text."""
        return (self.head, self.span) if self.head else (self.span,)


def points(account: Account) -> list[Point]:
    """The points of an account in the order of its text: at most 150, of its first 40,000 characters."""
    text = account.text[:LIMIT]
    people = People(account.participants)
    told = _without_inserted(text, people.lightened(words.terms(text)))
    found: list[Point] = []
    for sentence in Scope(account, people=people).sentences(text, divide(text).sentences):
        for clause in clauses(text, sentence):
            found.append(_point(account, clause, people=people, told=told))
    found = list(_with_forms(account, text, found[:_MOST]))
    return sorted(found, key=lambda point: (point.span, point.kind))


def _point(account: Account, clause: Clause, *, people: People, told: Sequence[Term]) -> Point:
    text = account.text
    return Point(
        span=clause.span,
        head=clause.head,
        terms=within(told, clause.span),
        who=people.doing(text, clause.span, head=clause.head),
        voices=voices(account.claims, clause.span),
    )


def _without_inserted(text: str, told: Iterable[Term]) -> list[Term]:
    """The terms but for those of "..., the ministry went on, ..." in the middle of what is told."""
    inserted = [met.span() for met in _INSERTED.finditer(text)]
    return [term for term in told if not any(a <= term.span[0] < b for a, b in inserted)]


def within(told: Iterable[Term], span: Span) -> tuple[Term, ...]:
    """The terms that stand in a passage."""
    return tuple(term for term in told if span[0] <= term.span[0] and term.span[1] <= span[1])


def voices(claims: Iterable[Claim], span: Span) -> tuple[str, ...]:
    """Whose words a passage is given as, nearest first, by the claims that stand on it.

    The smallest claim that holds half of it tells; of a statement, whoever makes it comes first.
    """
    over = [claim for claim in claims if _shared(claim.evidence, span) * 2 >= span[1] - span[0]]
    over.sort(key=lambda claim: (not isinstance(claim, Statement), claim.evidence[1] - claim.evidence[0]))
    for claim in over[:1]:
        speakers = [actor.name for actor in claim.speaker] if isinstance(claim, Statement) else []
        told = (*speakers, *(voice.source for voice in claim.said_by))
        return tuple(dict.fromkeys(name for name in told if name.lower() not in _PRONOUNS))
    return ()


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


# --- form, day, length, initiative -----------------------------------------------------------------


def _with_forms(account: Account, text: str, found: Sequence[Point]) -> Iterator[Point]:
    """The points, the one that tells the form of the contact marked, its day, length and beginner apart.

    A title that only names the contact is its form where nothing else tells it, else no point.
    """
    told = [n for n, point in enumerate(found) if _tells_form(text, point.span)]
    titles = [n for n in told if _is_title(text, found[n].span)]
    at = next((n for n in told if n not in titles), titles[0] if titles else None)
    for number, point in enumerate(found):
        if number == at:
            yield from _form(account, text, point)
        elif (length := _LENGTH.search(text, *point.span)) and _LASTED.search(text, *point.span):
            yield _length(account, point, length.span())
        elif _BEGUN.search(text, *point.span):
            yield structs.replace(point, kind="initiative")
        elif number not in titles:
            yield point
    if at is None and (named := _TOOK_PLACE.search(text) or _CALLED.search(text)):
        yield Point(span=named.span(), kind="form")


def _tells_form(text: str, span: Span) -> bool:
    """Whether a clause tells that they met or talked, and not only how it was."""
    return bool(_FORM.search(text, *span)) and not _TOOK_PLACE.search(text, *span)


def _is_title(text: str, span: Span) -> bool:
    return not any(words.is_verb(word) for _, word in words.words(text[slice(*span)]))


def _form(account: Account, text: str, point: Point) -> Iterator[Point]:
    """The form as one point, and each detail of it that is told as another."""
    yield structs.replace(point, kind="form")
    for kind, pattern in _DETAILS:
        if met := pattern.search(text, *point.span):
            yield Point(span=met.span(), kind=kind, voices=point.voices)
    if length := _LENGTH.search(text, *point.span):
        yield _length(account, point, length.span())


def _length(account: Account, point: Point, span: Span) -> Point:
    """How long it took, in minutes by the claim that stands there, else by the words."""
    told = (c for c in account.claims if isinstance(c, Contact) and _shared(c.evidence, span))
    known = next((c.duration_minutes for c in told if c.duration_minutes), None)
    value = known or minutes(account.text[slice(*span)])
    return Point(span=span, kind="length", voices=point.voices, minutes=value)


def minutes(text: str) -> int | None:
    """How many minutes a length is; None where it does not say.

    >>> minutes("one hour and 45-minute"), minutes("more than an hour and a half"), minutes("hours")
    (105, 90, None)
    """
    total = 0
    for value, unit in _PIECE.findall(text):
        number = int(value) if value.isdigit() else _VALUES.get(value.lower().rpartition("-")[2])
        if number is None:
            return None
        total += number * (60 if unit.lower() == "hour" else 1)
    part = _PART.search(text)
    return total + (_PARTS[part[1].lower()] if part and total else 0) or None


_DETAILS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("day", _ON_DAY), ("initiative", _BEGUN))
