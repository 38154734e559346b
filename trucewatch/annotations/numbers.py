"""Numbers in words and figures: "seven", "1,500", "half a million", "three and a half thousand", "dozens".

A number is read from lexemes, so that dates and quantities share one reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.annotations.lexemes import Lexeme
from trucewatch.model import Number

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mln": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12, "lakh": 10**5, "dozen": 12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
# A plural noun of number is a lower bound: the least that it may be said of ("dozens" from two dozen on).
VAGUE = {
    "dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6,
    "billions": 2 * 10**9, "several": 3,
}  # fmt: skip
_OF_SCALE = {"hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
_PLURALS = {**_OF_SCALE, "dozens": 12}
# Letters that multiply a figure where they are joined to it.
_JOINED = {"k": 1000, "b": 10**9}


class Numeral(NamedTuple):
    """A number that stands on the lexemes ``first`` to ``last`` (exclusive).

    ``low`` and ``high`` are inclusive bounds; ``high`` is None for a vague plural ("hundreds"), where
    ``vague`` is set. ``figure`` says that it is written in digits.
    """

    first: int
    last: int
    low: Number
    high: Number | None
    vague: bool = False
    figure: bool = False


def numeral(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """The number that begins at a lexeme, the longest there is; None where none begins."""
    word = items[at].lower
    if items[at].kind == "figure":
        return _figure(items, at)
    if word in ONES or word in TENS:
        return _words(items, at)
    if word in VAGUE:
        return _doubled(items, at) or _vague(items, at)
    if word in ("a", "an", "half"):
        return _article(items, at)
    if word in ("hundred", "thousand", "dozen"):
        return Numeral(at, at + 1, SCALES[word], SCALES[word])
    return None


def _lower(items: Sequence[Lexeme], at: int) -> str:
    return items[at].lower if at < len(items) else ""


def value(figure: str) -> Number:
    """What a figure with separators stands for.

    >>> value("1,500"), value("1.5")
    (1500, 1.5)
    """
    plain = "".join(c for c in figure if c.isdigit() or c == ".")
    return float(plain) if "." in plain else int(plain)


def _whole(number: Number) -> Number:
    near = round(number, 6)
    return int(near) if near == int(near) else near


def _figure(items: Sequence[Lexeme], at: int) -> Numeral:
    number, last = value(items[at].lower), at + 1
    if _spaced_thousands(items, at):
        while last < len(items) and items[last].kind == "figure" and _spaced_thousands(items, last - 1):
            number, last = number * 1000 + value(items[last].lower), last + 1
    scaled, last = _scales(items, last, number)
    if last < len(items) and items[last].kind == "figure" and scaled >= 10**6:
        scaled, last = _remainder(items, last, scaled)
    return Numeral(at, last, scaled, scaled, figure=True)


def _remainder(items: Sequence[Lexeme], at: int, number: Number) -> tuple[Number, int]:
    """Plus what follows in thousands: "5 million 300 thousand"."""
    further = value(items[at].lower)
    if further < 1000 and _lower(items, at + 1) == "thousand":
        return number + _whole(further * 1000), at + 2
    return number, at


def _spaced_thousands(items: Sequence[Lexeme], at: int) -> bool:
    """Whether the figure after this one carries on its thousands: "473 400", but not "19 2022"."""
    if at + 1 >= len(items):
        return False
    here, after = items[at], items[at + 1]
    short = here.lower.isdigit() and len(here.lower) <= 3 and not here.lower.startswith("0")
    return short and after.lower.isdigit() and len(after.lower) == 3 and after.start == here.end + 1


def _scales(items: Sequence[Lexeme], at: int, number: Number) -> tuple[Number, int]:
    """Times the scale words that follow: "1.5 million", "three and a half thousand", "two dozen"."""
    if _lower(items, at) == "and" and _lower(items, at + 1) == "a" and _lower(items, at + 2) == "half":
        number, at = number + 0.5, at + 3
    if joined := _joined(items, at):
        return _whole(number * joined), at + 1
    while (scale := SCALES.get(_lower(items, at))) and number:
        number, at = number * scale, at + 1
    return _whole(number), at


def _joined(items: Sequence[Lexeme], at: int) -> int | None:
    """The factor of a letter joined to a figure: "40k", "$200m", "5m refugees"; "200m" alone is a length."""
    if not 0 < at < len(items) or items[at - 1].kind != "figure" or items[at - 1].end != items[at].start:
        return None
    if at + 1 < len(items) and items[at + 1].start == items[at].end and items[at + 1].kind == "figure":
        return None
    counts = _lower(items, at + 1) == "people" or _lower(items, at + 1).endswith("s")
    if items[at].lower == "m" and (counts or (at > 1 and items[at - 2].lower in ("$", "€", "£"))):
        return 10**6
    return _JOINED.get(items[at].lower)


def _words(items: Sequence[Lexeme], at: int, *, group: int = 0) -> Numeral:
    """A number in words: a sum of groups, each below a thousand times a scale.

    ``group`` is 1 after an article: "a hundred and fifty".
    """
    total, last = 0, at + bool(group)
    while last < len(items):
        word = items[last].lower
        step = last + 1
        if word == "and" and last > at and items[last - 1].lower in SCALES and _small(items, step):
            last = step
            continue
        if word == "-" and last > at and _joins(items, last):
            last = step
            continue
        if word in TENS and group % 100 == 0:
            group += TENS[word]
        elif (
            word in ONES
            and (group % 10 == 0 and (ONES[word] < 10 or group % 100 == 0))
            and (not group or group >= 20)
        ):
            group += ONES[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word == "dozen" and group:
            group *= 12
        elif word in SCALES and group and SCALES[word] >= 1000:
            total, group = total + group * SCALES[word], 0
        else:
            break
        last = step
    number: Number = total + group
    scaled, last = _scales(items, last, number) if not total else _halves(items, last, number)
    return Numeral(at, last, scaled, scaled)


def _halves(items: Sequence[Lexeme], at: int, number: Number) -> tuple[Number, int]:
    """ "A million and a half": half of the last scale more."""
    scale = SCALES.get(items[at - 1].lower, 0)
    if scale and [_lower(items, at + i) for i in range(3)] == ["and", "a", "half"]:
        return number + scale // 2, at + 3
    return number, at


def _small(items: Sequence[Lexeme], at: int) -> bool:
    return _lower(items, at) in ONES or _lower(items, at) in TENS


def _joins(items: Sequence[Lexeme], at: int) -> bool:
    """Whether a hyphen stands inside one number: "twenty-five"."""
    return items[at - 1].lower in TENS and ONES.get(_lower(items, at + 1), 99) < 10


def _doubled(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """Two plurals that share one meaning: "dozens and dozens", "tens if not hundreds of thousands"."""
    for joint in (("and",), ("or",), ("upon",), ("or", "even"), ("if", "not"), ("and", "even")):
        after = at + 1 + len(joint)
        if (
            tuple(_lower(items, i) for i in range(at + 1, after)) != joint
            or _lower(items, after) not in VAGUE
        ):
            continue
        second = _vague(items, after)
        if items[at].lower == items[after].lower:
            return second._replace(first=at)
        if second.last - after == 3:
            return second._replace(
                first=at, low=second.low // VAGUE[items[after].lower] * VAGUE[items[at].lower]
            )
    return None


def _vague(items: Sequence[Lexeme], at: int) -> Numeral:
    """ "Dozens", "tens of thousands", "several hundred", "several dozen"."""
    word = items[at].lower
    if word == "several":
        return _several(items, at, at + 1)
    low, last = VAGUE[word], at + 1
    of_scale = _OF_SCALE.get(_lower(items, last + 1)) if _lower(items, last) == "of" else None
    if of_scale and word in ("tens", "hundreds", "dozens"):
        return Numeral(at, last + 2, low * of_scale, None, vague=True)
    return Numeral(at, last, low, None, vague=True)


def _several(items: Sequence[Lexeme], at: int, last: int) -> Numeral:
    """ "Several", "a few" before ``last``, and the scale after it: "several hundred", "a few thousands"."""
    scale = _OF_SCALE.get(_lower(items, last + 2))
    if scale and (_lower(items, last), _lower(items, last + 1)) == ("tens", "of"):
        return Numeral(at, last + 3, 30 * scale, None, vague=True)
    if plural := _PLURALS.get(_lower(items, last)):
        return Numeral(at, last + 1, 3 * plural, None, vague=True)
    low, last = _scales(items, last, 3)
    return Numeral(at, last, low, None, vague=True)


def _article(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """ "A dozen", "a hundred and fifty", "half a million", "a couple of", "a few", "a million"."""
    word, after = items[at].lower, _lower(items, at + 1)
    if word == "half":
        if after in ("a", "an") and (scale := SCALES.get(_lower(items, at + 2))):
            return Numeral(at, at + 3, scale // 2, scale // 2)
        return None
    if after == "half" and (scale := SCALES.get(_lower(items, at + 2))):
        return Numeral(at, at + 3, scale // 2, scale // 2)
    if after in SCALES:
        return _words(items, at, group=1)
    if after == "few":
        return _several(items, at, at + 2)
    if after == "couple":
        last = at + 2 + (_lower(items, at + 2) == "of")
        return Numeral(at, last, 2, 2)
    return None
