"""Quantities: numbers of something with their bounds, and the noun that they count.

Figures of dates and durations are left to :mod:`trucewatch.annotations.dates`, and numbers that count
nothing ("F-16", "Brigade 93", "two thirds", "people over 60") to :mod:`trucewatch.annotations.quantnames`.
What is not counted but measured (money, distances, shares) is marked with its unit:
:func:`trucewatch.claims.counts.read` leaves it out.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from trucewatch.annotations import nouns
from trucewatch.annotations.lexemes import Lexeme, Lexemes, lex
from trucewatch.annotations.numbers import SCALES, Numeral, numeral
from trucewatch.annotations.quantmeasures import (
    PERCENT,
    Currency,
    Range,
    currency_after,
    currency_before,
    is_measure,
    is_time,
    percent,
)
from trucewatch.annotations.quantnames import Place, addresses, counts_none, counts_nothing, counts_one
from trucewatch.annotations.quantnames import lower as _lower
from trucewatch.model import Annotations, Document, Number, Quantity, Span

ANNOTATOR = "quantities"

_ABOUT = {
    "about", "around", "some", "nearly", "almost", "roughly", "approximately", "estimated", "approx",
    "circa", "~",
    "virtually", "reportedly",
}  # fmt: skip
# Words before a number and what they make of it, the longest first.
_BEFORE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("not", "less", "than"), "least"), (("no", "less", "than"), "least"), (("no", "fewer", "than"), "least"),
    (("no", "more", "than"), "most"), (("not", "more", "than"), "most"), (("in", "excess", "of"), "more"),
    (("a", "minimum", "of"), "least"), (("a", "maximum", "of"), "most"), (("as", "many", "as"), "most"),
    (("as", "few", "as"), "least"),
    (("as", "much", "as"), "most"), (("an", "estimated"), "about"), (("close", "to"), "about"),
    (("more", "than"), "more"), (("greater", "than"), "more"), (("at", "least"), "least"),
    (("at", "most"), "most"), (("up", "to"), "most"), (("upwards", "of"), "more"),
    (("fewer", "than"), "less"), (("less", "than"), "less"),
    (("or", "some"), "about"), (("over",), "more"), (("above",), "more"), (("exceeding",), "more"),
    (("exceeded",), "more"), (("exceeds",), "more"), (("exceed",), "more"), (("under",), "less"),
    (("below",), "less"),
    (("minimum",), "least"), (("maximum",), "most"),
    *(((word,), "about") for word in sorted(_ABOUT)),
)  # fmt: skip
_AFTER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("or", "more"), "least"), (("or", "so"), "about"), (("or", "fewer"), "most"), (("or", "less"), "most"),
    (("+",), "least"), (("plus",), "least"),
)  # fmt: skip
_NO_OVER = {
    "for",
    "war",
    "fight",
    "fought",
    "clash",
    "clashes",
    "tension",
    "tensions",
    "took",
    "taken",
    "control",
}
# Words after which "about" says of what is spoken.
_SPEAK = {
    "talk", "talks", "talked", "talking", "speak", "speaks", "spoke", "speaking", "say", "tell", "told",
    "telling", "information", "question", "questions", "story", "stories", "report", "reports", "concern",
    "concerns", "concerned", "think", "thinking", "know", "knows", "learn", "learned", "ask", "asked", "news",
    "worried", "data", "lies", "facts", "legend", "film", "book", "article",
}  # fmt: skip
_DEGREES = {"just", "slightly", "well", "far", "considerably", "significantly"}
# Words of place before "one" and no estimate of it.
_NO_ESTIMATE = {"around", "over", "about", "under", "above", "below", "some"}
_UP = {
    "rose",
    "risen",
    "rise",
    "rises",
    "increased",
    "increase",
    "grew",
    "grown",
    "up",
    "climbed",
    "jumped",
    "soared",
}
_DOWN = {
    "fell",
    "fallen",
    "fall",
    "decreased",
    "decrease",
    "down",
    "dropped",
    "declined",
    "declining",
    "reduced",
}
_CHANGES = _UP | _DOWN | {
    "raise", "raised", "cut", "lower", "lowered", "expand", "expanded", "went", "reduce", "drop", "decline",
    "grow", "growth", "climb", "bring", "brought", "changed", "moved", "slashed", "revised", "boost",
    "boosted", "jump", "doubled", "tripled",
}  # fmt: skip
_NONE = {"no", "none", "zero"}


Change = Literal["=", "~", ">", "<", "up", "down"]


class Bounds(NamedTuple):
    """Inclusive bounds of a number, whether it is approximate, and the lexemes it stands on."""

    first: int
    last: int
    low: Number | None
    high: Number | None
    approximate: bool


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the quantities of a document."""
    taken = [mark.span for mark in (*annotations.dates, *annotations.durations)]
    found = tuple(_quantities(lex(document), document.text, _joined([*taken, *addresses(document.text)])))
    return msgspec.structs.replace(annotations, quantities=found)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span[0] < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span[1]))
        else:
            joined.append(span)
    return joined


def _quantities(lexemes: Lexemes, text: str, taken: list[Span]) -> Iterator[Quantity]:
    items, at = lexemes.items, 0
    while at < len(items):
        number = None if _inside(items[at], taken) else _number(lexemes, at)
        if number is None:
            at += 1
            continue
        if mark := _quantity(lexemes, text, number):
            yield mark
        at = number.last


def _inside(item: Lexeme, taken: list[Span]) -> bool:
    """Whether a lexeme stands in a date or an address."""
    at = bisect.bisect_right(taken, (item.start, 1 << 60)) - 1
    return at >= 0 and taken[at][0] <= item.start < taken[at][1]


# --- the number -----------------------------------------------------------------------------------------


def _number(lexemes: Lexemes, at: int) -> Numeral | None:
    """The number that begins here, a range as one ("20 to 30"); None for a pronoun."""
    items = lexemes.items
    if items[at].lower in _NONE:
        return Numeral(at, at + 1, 0, 0) if counts_none(lexemes, at) else None
    found = numeral(items, at)
    if found is None:
        return None
    if items[at].lower == "one" and found.last == at + 1 and not counts_one(lexemes, at):
        return None
    if items[found.last - 1].lower == "one" and _lower(items, found.last) == "-":
        return None
    return _range(lexemes, found) or found


def _range(lexemes: Lexemes, found: Numeral) -> Numeral | None:
    """ "20 to 30", "20-30", "between 20 and 30", "four or five", "$2 to $3 billion", "10% to 15%"."""
    items = lexemes.items
    at = found.last + percent(items, found.last)
    joint = _lower(items, at)
    between = _lower(items, _start(items, found) - 1) == "between"
    if joint not in ("to", "-", "–", "or") and not (between and joint == "and"):
        return None
    other = None if found.high is None else _other(items, at + 1)
    if other is None or other.high is None or _moves(lexemes, found, joint):
        return None
    if at > found.last and not percent(items, other.last):
        return None
    low = _low(items, found, other)
    if not low < other.low or (joint == "or" and other.low > max(low + 10, 2 * low)):
        return None
    return Numeral(found.first, other.last, low, other.high, figure=found.figure)


def _other(items: list[Lexeme], at: int) -> Numeral | None:
    """The second number of a range, past a sign of money."""
    money = currency_after(items[: at + 1], at)
    at = money.last if money else at
    return numeral(items, at) if at < len(items) else None


def _low(items: list[Lexeme], found: Numeral, other: Numeral) -> Number:
    """The lower number with the scale of the other where it shares it: "1.5 to 2 million"."""
    scale = SCALES.get(items[other.last - 1].lower, 1)
    if found.last - found.first == 1 and other.last - other.first == 2 and found.low < scale:
        return found.low * scale
    if found.low < 100 and other.low >= 1000 and found.figure != other.figure:
        return found.low * _scale(other.low)
    return found.low


def _start(items: list[Lexeme], number: Numeral) -> int:
    money = currency_before(items, number.first)
    return money.first if money else number.first


def _moves(lexemes: Lexemes, found: Numeral, joint: str) -> bool:
    """ "Rose from 20 to 30" names two numbers; "from 20 to 30 came" one."""
    items, at = lexemes.items, _start(lexemes.items, found) - 1
    if joint != "to" or _lower(items, at) != "from":
        return False
    here = lexemes.sentence[at]
    return any(items[i].lower in _CHANGES for i in range(max(0, at - 10), at) if lexemes.sentence[i] == here)


def _scale(number: Number) -> Number:
    for scale in (10**9, 10**6, 10**3):
        if number >= scale:
            return scale
    return 1


# --- its bounds -----------------------------------------------------------------------------------------


def _bounds(lexemes: Lexemes, number: Numeral, last: int, *, measured: bool) -> Bounds:
    """The bounds of a number; ``last`` is the end of what is measured, past the words that follow it."""
    items, first = lexemes.items, _start(lexemes.items, number)
    approximate = _lower(items, number.first + 1) == "couple"
    bounds = Bounds(first, last, number.low, number.high, approximate)
    meanings: list[str] = []
    while word := _modifier(lexemes, bounds.first, number, meanings):
        meanings.append(word[1])
        bounds = _applied(word[1], number, bounds._replace(first=bounds.first - word[0]), measured=measured)
    if after := _trailing(lexemes, number.last):
        bounds = _applied(after[1], number, bounds, measured=measured)
    degree = meanings and bounds.first and _lower(items, bounds.first - 1) in _DEGREES
    return bounds._replace(first=bounds.first - 1) if degree else bounds


def _modifier(lexemes: Lexemes, first: int, number: Numeral, meanings: list[str]) -> tuple[int, str] | None:
    """The words right before a number that bound it, as their count and their meaning."""
    items = lexemes.items
    for words, meaning in _BEFORE:
        start = first - len(words)
        if start < 0 or lexemes.sentence[start] != lexemes.sentence[first - 1]:
            continue
        if all(items[start + i].lower == word for i, word in enumerate(words)):
            speaks = _no_bound(items, start, words[0], number) or (meaning == "about" and bool(meanings))
            return None if speaks else (len(words), meaning)
    return None


def _no_bound(items: list[Lexeme], start: int, word: str, number: Numeral) -> bool:
    """Whether a word before a number belongs to what stands before: "war over two", "talk about three"."""
    if word in _NO_ESTIMATE and number.low == number.high == 1:
        return True
    before = _lower(items, start - 1)
    return (word == "over" and before in _NO_OVER) or (word == "about" and before in _SPEAK)


def _trailing(lexemes: Lexemes, last: int) -> tuple[int, str] | None:
    for words, meaning in _AFTER:
        if all(_lower(lexemes.items, last + i) == word for i, word in enumerate(words)):
            return len(words), meaning
    return None


def _applied(meaning: str, number: Numeral, bounds: Bounds, *, measured: bool) -> Bounds:
    top = number.high if number.high is not None else number.low
    match meaning:
        case "more":
            return bounds._replace(low=_beyond(number.low, 1, measured=measured), high=None)
        case "least":
            return bounds._replace(low=number.low, high=None)
        case "less":
            return bounds._replace(low=None, high=_beyond(top, -1, measured=measured))
        case "most":
            return bounds._replace(low=None, high=top)
    return bounds._replace(approximate=not number.vague)


def _beyond(number: Number, step: int, *, measured: bool) -> Number:
    """The next whole number beyond a bound; of a measure the bound itself."""
    return number if measured or not isinstance(number, int) else number + step


# --- what it counts -------------------------------------------------------------------------------------


def _quantity(lexemes: Lexemes, text: str, number: Numeral) -> Quantity | None:
    """The mark on a number; None where it counts nothing."""
    items = lexemes.items
    after = _trailing(lexemes, number.last)
    end = number.last + (after[0] if after else 0)
    money = currency_before(items, number.first) or currency_after(items, end)
    unit = (money.first, money.last) if money else _unit(lexemes, end)
    if (unit and is_time(items, unit)) or (not money and counts_nothing(Place(lexemes, number, unit))):
        return None
    measured = money is not None or (unit is not None and is_measure(items, unit))
    bounds = _bounds(lexemes, number, max(end, unit[1] if unit else 0), measured=measured)
    return Quantity(
        span=(items[bounds.first].start, items[bounds.last - 1].end),
        annotator=ANNOTATOR,
        number=(items[number.first].start, items[number.last - 1].end),
        low=bounds.low,
        high=bounds.high,
        approximate=bounds.approximate,
        change=_change(items, bounds),
        unit=_named(items, text, money, unit),
        unit_span=(items[unit[0]].start, items[unit[1] - 1].end) if unit else None,
    )


def _named(items: list[Lexeme], text: str, money: Currency | None, unit: Range | None) -> str | None:
    """A unit's words: the name of a currency, the sign of a share, or as the text has them."""
    if money:
        return money.name
    if unit is None:
        return None
    return PERCENT if percent(items, unit[0]) else text[items[unit[0]].start : items[unit[1] - 1].end]


def _change(items: list[Lexeme], bounds: Bounds) -> Change:
    before = {_lower(items, bounds.first - 1), _lower(items, bounds.first - 2)}
    if before & {"to", "by", "from", "up", "down"}:
        if before & _UP:
            return "up"
        if before & _DOWN:
            return "down"
    if bounds.high is None:
        return ">"
    if bounds.low is None:
        return "<"
    return "~" if bounds.approximate else "="


def _unit(lexemes: Lexemes, at: int) -> tuple[int, int] | None:
    """The lexemes of the counted noun that follows, as a half-open range."""
    items = lexemes.items
    if at >= len(items) or lexemes.sentence[at] != lexemes.sentence[at - 1]:
        return None
    word = items[at].lower
    if share := percent(items, at):
        return at, at + share
    if (
        word == "-"
        and at + 1 < len(items)
        and items[at + 1].kind == "word"
        and items[at + 1].start == items[at].end
    ):
        return at + 1, at + 2 + 2 * (_lower(items, at + 2) == "-")
    return nouns.phrase(lexemes, at)
