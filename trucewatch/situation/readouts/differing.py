"""Whether two points that tell one matter tell it alike, and if not, in which words they differ.

Told differently is another strength ("agreed" / "discussed"), another doer (one of them / both), other
numbers, another scope ("energy and infrastructure" / "energy infrastructure", one thing more), "may" against
"is". Contradicted is only what is denied in so many words, or a length or a day that cannot both be true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from trucewatch.model import Noun, Span
from trucewatch.situation.readouts import words
from trucewatch.situation.readouts.points import Point
from trucewatch.situation.readouts.words import Term

ALIKE = 0.62  # points at least so like tell one thing in other words
_DENIED = 0.5
_BINDING = frozenset({"agreed", "thanked", "denied"})
_MAYBE = re.compile(r"\b(?:may|might|could|(?<!as\s)possibl[ey]|likely|perhaps)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:(?:did|does|do|was|were|has|have|had|is|are)(?:\s+not\b|n['’]t\b)|no\b|never\b|denie[ds]\b)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:refused|rejected|declined)\b", re.IGNORECASE)
_NORM = re.compile(r"\b(?:should|must|ought|shall|needs?|cannot|without|unless)\b", re.IGNORECASE)
_OPEN = frozenset({"discussed", "asked", "proposed"})
# What is to stop is not asserted: "no strikes on ports" and "strikes on ports must end" go together.
_AGAINST = re.compile(
    r"\b(?:stop\w*|halt\w*|end|ends|ending|ceas\w+|prevent\w*|ban\w*|refrain\w*|avoid\w*|against|exclud\w+"
    r"|inadmissib\w+|unaccept\w+|rul\w+\s+out|without|warn\w*|condemn\w*)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*)?(?:and|or)\s+(?:the\s+|its\s+|their\s+|of\s+|on\s+|for\s+)?", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:more|less|over|nearly|almost|about|around|some|at\s+least)\b", re.IGNORECASE)
_LOOSE = 15  # minutes by which told lengths may differ and both be true
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")

How = Literal["both", "differently", "contradicted"]


class Told(Noun, frozen=True, kw_only=True):
    """A point as an account tells it, with the account's text."""

    text: str
    point: Point

    @property
    def words(self) -> str:
        """The words of the point."""
        return self.text[slice(*self.point.span)]

    def find(self, pattern: re.Pattern[str]) -> Span | None:
        """Where something stands in it."""
        met = pattern.search(self.text, *self.point.span)
        return met.span() if met else None


class Verdict(Noun, frozen=True, kw_only=True):
    """How two points stand to each other, why, and the differing words of each."""

    how: How
    why: str | None = None
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()


def verdict(a: Told, b: Told, *, likeness: float) -> Verdict:
    """How a matter is told by two accounts."""
    if a.point.kind != "matter":
        return _of_form(a, b)
    if likeness >= _DENIED and (found := _denial(a, b)):
        return found
    for rule in _RULES:
        if found := rule(a, b):
            return found
    if likeness >= ALIKE:
        return Verdict(how="both")
    return Verdict(how="differently", why="other words", a=_own(a, b), b=_own(b, a))


# --- form, length and day --------------------------------------------------------------------------


def _of_form(a: Told, b: Told) -> Verdict:
    if a.point.kind == "length":
        return _of_lengths(a, b)
    if a.point.kind == "day":
        return _of_days(a, b)
    if a.point.kind == "initiative" and _own(a, b) and _own(b, a):
        return Verdict(how="differently", why="who began it", a=_own(a, b), b=_own(b, a))
    return Verdict(how="both")


def _of_lengths(a: Told, b: Told) -> Verdict:
    """Lengths that cannot both be true contradict; "over an hour" and 70 minutes are told differently."""
    one, other = a.point.minutes, b.point.minutes
    if one == other or one is None or other is None:
        return Verdict(how="both")
    rounded = _ROUND.search(a.words) or _ROUND.search(b.words)
    near = abs(one - other) <= (2 * _LOOSE if rounded else _LOOSE)
    how: How = "differently" if near else "contradicted"
    return Verdict(how=how, why="length", a=(a.point.span,), b=(b.point.span,))


def _of_days(a: Told, b: Told) -> Verdict:
    """Two weekdays cannot both be right; a night between two capitals makes one call of two days."""
    one, other = (_WEEKDAY.search(told.words) for told in (a, b))
    if one and other and one[0] != other[0]:
        return Verdict(how="differently", why="day", a=(a.point.span,), b=(b.point.span,))
    return Verdict(how="both")


# --- denial ----------------------------------------------------------------------------------------


def _denial(a: Told, b: Told) -> Verdict | None:
    """One denies what the other tells: "no agreement was reached" against "they agreed"."""
    denied = _negated(a, b), _negated(b, a)
    if (denied[0] is None) == (denied[1] is None):
        return None
    return Verdict(
        how="contradicted",
        why="denies" if denied[0] else "is denied",
        a=(denied[0] or _asserted(a),),
        b=(denied[1] or _asserted(b),),
    )


def _negated(told: Told, other: Told) -> Span | None:
    """The word that denies, where the next thing it stands before is what the other asserts.

    That somebody refused a thing denies only that he agreed to it. What should not be, or was only asked or
    talked about, is neither denied nor asserted.
    """
    strong = _strong(other)
    if told.find(_NORM) or other.find(_AGAINST) or other.find(_NOT) or (strong and strong[0] in _OPEN):
        return None
    pattern = _REFUSED if strong and strong[0] == "agreed" else None
    keys = {term.key for term in other.point.terms}
    for met in _denials(told, pattern):
        after = [term for term in told.point.terms if term.span[0] >= met.end()]
        if after and after[0].key in keys:
            return met.start(), after[0].span[1]
    return None


def _denials(told: Told, further: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
    for pattern in filter(None, (_NOT, further)):
        yield from pattern.finditer(told.text, *told.point.span)


def _asserted(told: Told) -> Span:
    found = words.strength(told.words)
    start = told.point.span[0]
    return (start + found[1][0], start + found[1][1]) if found else told.point.span


# --- differences -----------------------------------------------------------------------------------


def _strength(a: Told, b: Told) -> Verdict | None:
    one, other = _strong(a), _strong(b)
    names = {one[0] if one else None, other[0] if other else None}
    if len(names) == 1 or (None in names and not names & _BINDING):
        return None
    return Verdict(
        how="differently",
        why=f"{one[0] if one else 'said'} / {other[0] if other else 'said'}",
        a=(one[1],) if one else _first(a),
        b=(other[1],) if other else _first(b),
    )


def _strong(told: Told) -> tuple[str, Span] | None:
    """How strongly a point is told: by its own words, else by those it shares."""
    for span in filter(None, (told.point.span, told.point.head)):
        if found := words.strength(told.text[slice(*span)]):
            return found[0], (span[0] + found[1][0], span[0] + found[1][1])
    return None


def _first(told: Told) -> tuple[Span, ...]:
    """The verb of a point, where it has one of those that tell."""
    span = told.point.head or told.point.span
    for where, word in words.words(told.text[slice(*span)], start=span[0]):
        if where[0] > span[0] and words.is_verb(word):
            return (where,)
    return ()


def _doer(a: Told, b: Told) -> Verdict | None:
    one, other = a.point.who, b.point.who
    if not one or not other or one == other:
        return None
    why = "one / both" if len(one) < len(other) else "both / one" if len(one) > len(other) else "who"
    return Verdict(how="differently", why=why, a=_subject(a), b=_subject(b))


def _subject(told: Told) -> tuple[Span, ...]:
    """The words of a point before its first verb."""
    start, end = told.point.head or told.point.span
    last = start
    for where, word in words.words(told.text[start:end], start=start):
        if words.is_verb(word) and last > start:
            return ((start, last),)
        last = where[1]
    return ((start, last),) if last > start else ()


def _numbers(a: Told, b: Told) -> Verdict | None:
    one, other = ({term.key: term.span for term in told.point.terms if term.number} for told in (a, b))
    if not one or not other or one.keys() & other.keys():
        return None
    return Verdict(how="differently", why="numbers", a=tuple(one.values()), b=tuple(other.values()))


def _scope(a: Told, b: Told) -> Verdict | None:
    """ "Energy and infrastructure" against "energy infrastructure": the same words, joined in another way."""
    one, other = _joined(a), _joined(b)
    for left, right, swapped in ((one, other, False), (other, one, True)):
        for keys in left.get("and", {}).keys() & right.get("next", {}).keys():
            spans = left["and"][keys], right["next"][keys]
            first, second = reversed(spans) if swapped else spans
            return Verdict(how="differently", why="and", a=(first,), b=(second,))
    return None


def _joined(told: Told) -> dict[str, dict[tuple[str, str], Span]]:
    """Each two terms that stand side by side, or with "and" between them, and where."""
    found: dict[str, dict[tuple[str, str], Span]] = {"and": {}, "next": {}}
    for one, other in zip(told.point.terms, told.point.terms[1:], strict=False):
        between = told.text[one.span[1] : other.span[0]]
        kind = "next" if not between.strip() else "and" if _AND.fullmatch(between) else None
        if kind:
            found[kind][one.key, other.key] = (one.span[0], other.span[1])
    return found


def _modality(a: Told, b: Told) -> Verdict | None:
    one, other = a.find(_MAYBE), b.find(_MAYBE)
    if (one is None) == (other is None):
        return None
    return Verdict(
        how="differently",
        why="may / is" if one else "is / may",
        a=(one,) if one else _first(a),
        b=(other,) if other else _first(b),
    )


_RULES: tuple[Callable[[Told, Told], Verdict | None], ...] = (_strength, _doer, _numbers, _scope, _modality)


def _own(told: Told, other: Told) -> tuple[Span, ...]:
    """The words of a point that the other has not, in as few stretches as stand together."""
    keys = {term.key for term in other.point.terms}
    return tuple(_runs([(term, term.key in keys) for term in told.point.terms]))


def _runs(marked: Sequence[tuple[Term, bool]]) -> Iterator[Span]:
    start = end = None
    for term, shared in (*marked, (None, True)):
        if term is None or shared:
            if start is not None and end is not None:
                yield start, end
            start = None
        elif term.weight > 0.3:
            start, end = (start if start is not None else term.span[0]), term.span[1]
