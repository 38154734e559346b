"""The words of the date grammar: every lexeme falls into one class, written as one character.

A text becomes a string of classes, and the rules of :mod:`trucewatch.annotations.dates` are regular
expressions over it, written with class names in braces: ``{last|next}{number}?{unit}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.annotations import calendar
from trucewatch.annotations.lexemes import Lexeme
from trucewatch.annotations.numbers import ONES, ORDINALS, TENS

OTHER = "."

_WORDS: dict[str, str] = {
    "the": "the", "a": "a", "an": "a", "of": "of", "in": "in", "on": "on", "at": "at", "by": "by",
    "since": "since", "until": "until", "till": "until", "from": "from", "to": "to", "through": "to",
    "between": "between", "and": "and", "for": "for", "over": "over", "during": "over", "within": "within",
    "after": "after", "before": "before", "ago": "ago", "earlier": "earlier", "previously": "earlier",
    "later": "later", "this": "this",
    "these": "this", "that": "that", "same": "same", "next": "next", "coming": "coming", "upcoming": "coming",
    "following": "following", "last": "last", "past": "past", "previous": "previous", "preceding": "previous",
    "prior": "previous",
    "recent": "recent", "few": "few", "several": "few", "couple": "few", "early": "early", "late": "late",
    "mid": "mid", "end": "end", "beginning": "start", "start": "start", "middle": "mid", "half": "half",
    "now": "now", "nowadays": "now", "currently": "now", "current": "current", "presently": "now",
    "recently": "recently",
    "lately": "recently", "future": "future", "soon": "soon",
    "today": "today", "todays": "today", "yesterday": "yesterday", "yesterdays": "yesterday",
    "tomorrow": "tomorrow", "tomorrows": "tomorrow", "tonight": "tonight", "overnight": "overnight",
    "am": "am", "pm": "am", "a.m.": "am", "p.m.": "am", "a.m": "am", "p.m": "am", "gmt": "zone",
    "utc": "zone",
    "cet": "zone", "eet": "zone", "est": "zone", "et": "zone", "local": "local", "time": "time",
    "hours": "unit",
    "o'clock": "oclock", "near": "near", "present": "present", "moment": "moment", "date": "date", "so": "so",
    "far": "far", "as": "as", "possible": "possible", "old": "old", "day": "unit", "years": "unit",
    "bc": "bc", "b.c.": "bc", "former": "former", "bce": "bc", "b.c.e.": "bc", "ad": "ad", "fiscal": "fiscal",
    "financial": "fiscal", "more": "more",
    "less": "more", "than": "than", "about": "about", "around": "about", "nearly": "about", "almost": "about",
    "some": "about", "roughly": "about", "approximately": "about", "another": "a", "quarter": "unit",
    "christmas": "feast", "each": "each", "every": "each", "per": "each", "long": "long", "year": "unit",
    "right": "right", "just": "right", "back": "back", "latest": "last", "night": "part", "nights": "part",
    "'s": "s", "s": "s", "aged": "aged", "age": "aged", "point": "date",
    "period": "period", "ended": "ended", "ending": "ended", "full": "full", "whole": "full",
    "entire": "full", "foreseeable": "near", "thanksgiving": "feast", "corresponding": "same",
    "straight": "full", "consecutive": "full", "eve": "eve", "twenties": "decade", "thirties": "decade",
    "forties": "decade", "fifties": "decade", "sixties": "decade", "seventies": "decade",
    "eighties": "decade", "nineties": "decade",
}  # fmt: skip
_MARKS = {
    ",": "comma",
    "'": "apostrophe",
    "’": "apostrophe",
    ".": "dot",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    "(": "open",
    ")": "close",
}
_KINDS = {"date": "numeric", "clock": "clock", "decade": "decade", "ordinal": "ordinal"}
_YEAR = re.compile(r"1\d{3}|20\d{2}|21\d{2}")

NAMES = sorted(
    {
        *_WORDS.values(), *_MARKS.values(), *_KINDS.values(), "month", "short", "weekday", "abbr",
        "day", "year",
        "number", "decimal", "season", "part", "unit", "modal", "fall",
    }
)  # fmt: skip
CODES = {name: chr(0x4E00 + i) for i, name in enumerate(NAMES)}
_GROUP = re.compile(r"\{([a-z|]+)\}")


def pattern(rule: str) -> re.Pattern[str]:
    """A rule with class names in braces, compiled to match over a string of classes."""
    return re.compile(_GROUP.sub(lambda m: "[" + "".join(CODES[n] for n in m[1].split("|")) + "]", rule))


def classes(items: Sequence[Lexeme]) -> str:
    """The classes of lexemes, one character each."""
    return "".join([_class(items, i) for i in range(len(items))])


def _class(items: Sequence[Lexeme], at: int) -> str:
    item = items[at]
    if item.kind == "word":
        name = _word(items, at)
    elif item.kind == "mark":
        name = _MARKS.get(item.lower)
    elif item.kind == "figure":
        name = _figure(item.lower)
    else:
        name = _KINDS[item.kind]
    return CODES[name] if name else OTHER


def _figure(text: str) -> str:
    if _YEAR.fullmatch(text):
        return "year"
    if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31:
        return "day"
    return "decimal" if "." in text else "number"


def _word(items: Sequence[Lexeme], at: int) -> str | None:
    item = items[at]
    word = item.lower
    if item.capital and (name := _calendar_name(items, at)):
        return name
    if word in _WORDS:
        return _WORDS[word]
    if word in ORDINALS:
        return "unit" if word == "second" and _counted(items, at) else "ordinal"
    if word in ONES or word in TENS or word in ("hundred", "thousand", "dozen"):
        return "number"
    if calendar.unit(word):
        return "unit"
    if word in calendar.SEASONS:
        return "fall" if word in ("fall", "spring") else "season"
    if word in calendar.DAY_PARTS:
        return "part"
    return None


def _counted(items: Sequence[Lexeme], at: int) -> bool:
    return at > 0 and items[at - 1].lower in ("one", "a", "per")


def _calendar_name(items: Sequence[Lexeme], at: int) -> str | None:
    """Months and weekdays, which are capitalized; "Sundays" stands for "Sunday's" where the mark was lost."""
    word = items[at].lower
    bare = word[:-1] if word.endswith("s") else word
    if word in calendar.WEEKDAYS or bare in calendar.WEEKDAYS:
        return "weekday"
    if word in ("may", "march"):
        return "modal"
    if word in calendar.MONTHS:
        return "month"
    if word in calendar.ABBREVIATED:
        return "short"
    return "abbr" if word in calendar.SHORT_WEEKDAYS else None
