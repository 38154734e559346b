"""Quantities: numbers of something with their bounds, and the noun that they count.

Figures of dates and durations are left to :mod:`trucewatch.annotations.dates`, and figures of names
("F-16", "Brigade 93", "Resolution 2254") are no quantities. What is not counted but measured (money,
distances, shares) is marked with its unit: :func:`trucewatch.claims.counts.read` leaves it out.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from trucewatch.annotations import nouns
from trucewatch.annotations.lexemes import Lexeme, Lexemes, lex
from trucewatch.annotations.numbers import Numeral, numeral
from trucewatch.model import Annotations, Document, Number, Quantity, Span

ANNOTATOR = "quantities"
PERCENT = "%"

_CURRENCIES = {
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "₽": "roubles",
    "₴": "hryvnias",
    "¥": "yen",
    "₹": "rupees",
}
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
    (("as", "much", "as"), "most"), (("an", "estimated"), "about"), (("close", "to"), "about"),
    (("more", "than"), "more"), (("greater", "than"), "more"), (("at", "least"), "least"), (("at",
    "most"), "most"),
    (("up", "to"), "most"), (("upwards", "of"), "more"), (("fewer", "than"), "less"), (("less", "than"),
    "less"),
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
_NAMES_BEFORE = {
    "resolution", "article", "no", "number", "brigade", "division", "regiment", "battalion", "unit",
    "chapter",
    "section", "paragraph", "point", "page", "route", "highway", "flight", "channel", "rule", "annex",
    "phase",
    "room", "camp", "checkpoint", "protocol", "ch", "vol", "barricade", "block", "gate", "sector",
    "level", "group",
    "covid", "version", "part", "episode", "grade", "entry", "exit",
}  # fmt: skip
_ONE_NOT = {"no", "this", "that", "each", "every", "any", "which", "some", "the", "other", "as", "only"}
_AFTER_ONE_NOT = {
    "another",
    "day",
    "hand",
    "side",
    "thing",
    "way",
    "to",
    "who",
    "that",
    "can",
    "could",
    "must",
    "and",
    "or",
}
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
_NONE = {"no", "none", "zero", "neither"}


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
    taken = sorted(mark.span for mark in (*annotations.dates, *annotations.durations))
    found = tuple(_quantities(lex(document), document.text, taken))
    return msgspec.structs.replace(annotations, quantities=found)


def _quantities(lexemes: Lexemes, text: str, taken: list[Span]) -> Iterator[Quantity]:
    items, at = lexemes.items, 0
    while at < len(items):
        number = None if _inside(items[at], taken) else _number(lexemes, at)
        if number is None:
            at += 1
            continue
        yield _quantity(lexemes, text, number)
        at = number.last


def _inside(item: Lexeme, taken: list[Span]) -> bool:
    at = bisect.bisect_right(taken, (item.start, 1 << 60)) - 1
    return at >= 0 and taken[at][0] <= item.start < taken[at][1]


# --- the number -----------------------------------------------------------------------------------------


def _number(lexemes: Lexemes, at: int) -> Numeral | None:
    """The number that begins here, a range as one ("20 to 30"); None for a name's figure or a pronoun."""
    items = lexemes.items
    word = items[at].lower
    if word in _NONE:
        return Numeral(at, at + 1, 0, 0) if _counts_none(lexemes, at) else None
    if word == "both":
        return Numeral(at, at + 1, 2, 2) if nouns.is_plural(_lower(items, at + 1)) else None
    found = numeral(items, at)
    if found is None or _is_name(items, found) or (word == "one" and not _counts_one(items, at)):
        return None
    if items[found.last - 1].lower == "one" and _lower(items, found.last) == "-":
        return None
    return _range(lexemes, found) or found


def _lower(items: list[Lexeme], at: int) -> str:
    return items[at].lower if 0 <= at < len(items) else ""


def _counts_none(lexemes: Lexemes, at: int) -> bool:
    items = lexemes.items
    if items[at].lower == "none":
        return True
    if items[at].lower != "no":
        return False
    for i in range(at + 1, min(at + 4, len(items))):
        word = items[i].lower
        if lexemes.sentence[i] != lexemes.sentence[at] or items[i].kind != "word" or word in nouns.STOPS:
            return False
        if nouns.is_counted(word):
            return True
        if word in ("longer", "matter", "doubt"):
            return False
    return False


def _counts_one(items: list[Lexeme], at: int) -> bool:
    return _lower(items, at - 1) not in _ONE_NOT and _lower(items, at + 1) not in _AFTER_ONE_NOT


def _is_name(items: list[Lexeme], found: Numeral) -> bool:
    """Whether a figure belongs to a name or a mark: "F-16", "Brigade 93", "COVID-19", "G7", "5th", "(3)"."""
    first, item = found.first, items[found.first]
    before = items[first - 1] if first else None
    if before is None or item.kind != "figure":
        return False
    if before.lower in ("#", "№") or (before.lower in _NAMES_BEFORE and before.lower != "no"):
        return True
    if before.end != item.start:
        return before.lower == "no" and before.capital
    if before.kind == "word":
        return True
    glued = before.lower in ("-", "/", ".", "_") and first > 1 and items[first - 2].end == before.start
    return glued and items[first - 2].kind != "figure"


def _range(lexemes: Lexemes, found: Numeral) -> Numeral | None:
    """ "20 to 30", "20-30", "between 20 and 30", "four or five"."""
    items, joint = lexemes.items, _lower(lexemes.items, found.last)
    between = _lower(items, found.first - 1) == "between"
    if joint not in ("to", "-", "–", "or") and not (between and joint == "and"):
        return None
    if found.high is None or found.last + 1 >= len(items):
        return None
    other = numeral(items, found.last + 1)
    if other is None or other.high is None or _moves(items, found, joint):
        return None
    low = found.low
    if (low < 100 and other.low >= 1000 and found.figure != other.figure) or _shares_scale(
        items, found, other
    ):
        low = low * _scale(other.low)
    if not low < other.low or (joint == "or" and other.low > low + 10):
        return None
    return Numeral(found.first, other.last, low, other.high, figure=found.figure)


def _moves(items: list[Lexeme], found: Numeral, joint: str) -> bool:
    """ "Rose from 20 to 30" names two numbers."""
    return joint == "to" and _lower(items, found.first - 1) == "from"


def _shares_scale(items: list[Lexeme], found: Numeral, other: Numeral) -> bool:
    """ "1.5 to 2 million": the scale word belongs to both."""
    return found.last - found.first == 1 and other.last - other.first == 2 and found.low < 1000 <= other.low


def _scale(number: Number) -> Number:
    for scale in (10**9, 10**6, 10**3):
        if number >= scale:
            return scale
    return 1


# --- its bounds -----------------------------------------------------------------------------------------


def _bounds(lexemes: Lexemes, number: Numeral) -> Bounds:
    first, last = number.first, number.last
    low, high, approximate = number.low, number.high, False
    lowest: Number | None = low
    while (word := _modifier(lexemes, first)) and first - word[0] >= 0:
        first -= word[0]
        lowest, high, approximate = _applied(word[1], number, lowest, high, approximate)
    if after := _trailing(lexemes, last):
        last += after[0]
        lowest, high, approximate = _applied(after[1], number, lowest, high, approximate)
    return Bounds(first, last, lowest, high, approximate)


def _modifier(lexemes: Lexemes, first: int) -> tuple[int, str] | None:
    """The words right before a number that bound it, as their count and their meaning."""
    items = lexemes.items
    for words, meaning in _BEFORE:
        start = first - len(words)
        if start < 0 or lexemes.sentence[start] != lexemes.sentence[first - 1]:
            continue
        if all(items[start + i].lower == word for i, word in enumerate(words)):
            return (
                None if words == ("over",) and _lower(items, start - 1) in _NO_OVER else (len(words), meaning)
            )
    return None


def _trailing(lexemes: Lexemes, last: int) -> tuple[int, str] | None:
    for words, meaning in _AFTER:
        if all(_lower(lexemes.items, last + i) == word for i, word in enumerate(words)):
            return len(words), meaning
    return None


def _applied(
    meaning: str, number: Numeral, low: Number | None, high: Number | None, approximate: bool
) -> tuple[Number | None, Number | None, bool]:
    match meaning:
        case "more":
            return (number.low + 1 if isinstance(number.low, int) else number.low), None, approximate
        case "least":
            return number.low, None, approximate
        case "less":
            top = number.high if number.high is not None else number.low
            return None, (top - 1 if isinstance(top, int) else top), approximate
        case "most":
            return None, number.high if number.high is not None else number.low, approximate
        case _:
            return low, high, not number.vague
    return low, high, approximate


# --- what it counts -------------------------------------------------------------------------------------


def _quantity(lexemes: Lexemes, text: str, number: Numeral) -> Quantity:
    items, bounds = lexemes.items, _bounds(lexemes, number)
    unit = _unit(lexemes, bounds.last)
    symbol = _CURRENCIES.get(_lower(items, bounds.first - 1)) or _CURRENCIES.get(
        _lower(items, number.first - 1)
    )
    words: str | None = None
    if symbol:
        unit, words = None, symbol
    elif unit:
        words = (
            PERCENT
            if items[unit[0]].lower in ("%", "percent", "per")
            else text[items[unit[0]].start : items[unit[1] - 1].end]
        )
    end = items[(unit[1] if unit else bounds.last) - 1].end
    return Quantity(
        span=(items[bounds.first].start, end),
        annotator=ANNOTATOR,
        number=(items[number.first].start, items[number.last - 1].end),
        low=bounds.low,
        high=bounds.high,
        approximate=bounds.approximate,
        change=_change(items, bounds),
        unit=words,
        unit_span=(items[unit[0]].start, items[unit[1] - 1].end) if unit else None,
    )


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
    if word in ("%", "percent"):
        return at, at + 1
    if word == "per" and _lower(items, at + 1) == "cent":
        return at, at + 2
    if (
        word == "-"
        and at + 1 < len(items)
        and items[at + 1].kind == "word"
        and items[at + 1].start == items[at].end
    ):
        return at + 1, at + 2 + 2 * (_lower(items, at + 2) == "-")
    return nouns.phrase(lexemes, at)
