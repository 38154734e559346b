"""What is measured and not counted: money, shares, distances, weights, powers; and lengths of time.

Of a measure "more than 40" is bounded by 40 itself, of counted things by 41.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.annotations.lexemes import Lexeme

PERCENT = "%"

_SYMBOLS = {
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "₽": "roubles",
    "₴": "hryvnias",
    "¥": "yen",
    "₹": "rupees",
}
_CODES = {
    "usd": "dollars", "eur": "euros", "gbp": "pounds", "rub": "roubles", "uah": "hryvnias", "jpy": "yen",
    "inr": "rupees", "cny": "yuan", "chf": "francs", "pln": "zlotys",
}  # fmt: skip
_DOLLARS = {"us", "a", "c", "ca", "au", "nz", "hk", "u.s."}
_PERCENTS = {"%", "percent", "pct", "percentage"}
_MEASURES = {
    "dollar", "euro", "pound", "rouble", "ruble", "hryvnia", "kopeck", "kopek", "cent", "yuan", "yen",
    "rupee", "zloty", "franc", "lira", "dinar", "rial", "riyal", "shekel", "crown", "krona", "koruna",
    "tenge", "lari", "dram", "manat", "leu", "lei", "forint", "km", "kilometre", "kilometer", "metre",
    "meter", "cm", "centimetre", "centimeter", "mm", "millimetre", "millimeter", "mile", "foot", "feet",
    "yard", "inch", "inches", "hectare", "acre", "sq", "square", "cubic", "bcm", "mcm", "litre", "liter",
    "gallon", "barrel", "kg", "kilogram", "kilogramme", "gram", "gramme", "tonne", "ton", "kilo", "ounce",
    "watt", "kilowatt", "megawatt", "gigawatt", "terawatt", "kw", "mw", "gw", "kwh", "mwh", "gwh", "twh",
    "volt", "amp", "joule", "degree", "kph", "mph", "knot", "byte", "megabyte", "gigabyte", "gb", "mb",
    "tb", "hertz", "kilotonne", "kiloton", "megatonne", "megaton", "quintal", "centner",
}  # fmt: skip
_TIMES = {
    "second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century",
    "millennium", "weekend", "night", "semester",
}  # fmt: skip
_IRREGULAR = {"centuries": "century", "millennia": "millennium", "feet": "feet", "inches": "inches"}

Range = tuple[int, int]


class Currency(NamedTuple):
    """A sign or code of money on some lexemes before or after a number, and what it stands for."""

    first: int
    last: int
    name: str


def currency_before(items: Sequence[Lexeme], at: int) -> Currency | None:
    """The sign or code of money that ends right before a lexeme: "$", "US$", "UAH"."""
    if at < 1 or (name := _money(items[at - 1])) is None:
        return None
    first = at - 1
    if items[first].lower == "$" and first and items[first - 1].lower in _DOLLARS:
        first -= items[first - 1].end == items[first].start
    return Currency(first, at, name)


def currency_after(items: Sequence[Lexeme], at: int) -> Currency | None:
    """The sign or code of money that begins at a lexeme: "40 €", "40 UAH"."""
    if at >= len(items) or (name := _money(items[at])) is None:
        return None
    belongs = at + 1 >= len(items) or items[at + 1].kind != "figure"
    return Currency(at, at + 1, name) if belongs else None


def _money(item: Lexeme) -> str | None:
    return _SYMBOLS.get(item.lower) or (_CODES.get(item.lower) if item.capital else None)


def percent(items: Sequence[Lexeme], at: int) -> int:
    """How many lexemes from here on say "per cent": 0, 1 or 2."""
    if at >= len(items):
        return 0
    if items[at].lower in ("%", "percent", "pct"):
        return 1
    return 2 * (items[at].lower == "per" and at + 1 < len(items) and items[at + 1].lower == "cent")


def is_measure(items: Sequence[Lexeme], unit: Range) -> bool:
    """Whether a unit measures: "tons of grain", "square kilometres", "US dollars"; not "doses"."""
    words = _until_of(items, unit)
    if not words:
        return False
    if words[0] in _PERCENTS or words[0] == "per":
        return True
    return _singular(words[-1]) in _MEASURES or (len(words) > 1 and words[0] in ("square", "cubic", "sq"))


def is_time(items: Sequence[Lexeme], unit: Range) -> bool:
    """Whether a unit is a length of time or an age: "working days", "year-old"."""
    words = _until_of(items, unit)
    return bool(words) and (is_time_word(words[-1]) or (words[-1] == "old" and is_time_word(words[0])))


def is_time_word(word: str) -> bool:
    """Whether a word is a unit of time, also in the plural."""
    return _singular(word) in _TIMES


def _until_of(items: Sequence[Lexeme], unit: Range) -> list[str]:
    words = [items[i].lower for i in range(*unit)]
    return words[: words.index("of")] if "of" in words else words


def _singular(word: str) -> str:
    return _IRREGULAR.get(word) or (word[:-1] if len(word) > 3 and word.endswith("s") else word)
