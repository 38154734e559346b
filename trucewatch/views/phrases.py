"""Wording: numbers, days, windows, names, and the exact words of a report made safe to print."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from trucewatch.model import Number, Statement
from trucewatch.situation import Telling

_MARKS = {"“": "”", "„": "“", "«": "»", '"': '"', "‟": "”"}
_ALL_MARKS = '"“”„«»‟'
_STOP = re.compile(r"(?<=[a-zà-ÿ0-9\"”»)]{2}[.!?])\s+(?=[\"“«A-ZÀ-Ý])")
PRONOUNS = ("he", "she", "it", "they", "we", "i")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


def plain(text: str) -> str:
    """A report's words on one line: control characters and marks that turn the direction of text are shown.

    They become the replacement character, so that nobody is misled by a text that reorders itself.
    """
    return " ".join("".join(map(_safe, text)).split())


def _safe(mark: str) -> str:
    if mark in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if mark in _BIDI or unicodedata.category(mark) in ("Cc", "Cs"):
        return "\ufffd"
    return mark


def number(value: Number) -> str:
    """A number with thousands separators: ``1,566``."""
    return f"{value:,}"


def amount(low: Number | None, high: Number | None, *, approximate: bool = False) -> str:
    """A number with its bounds in words.

    >>> amount(1501, None), amount(0, 0), amount(40, 40, approximate=True)
    ('more than 1,500', 'no', 'about 40')
    """
    about = "about " if approximate else ""
    if low is None and high is None:
        return "an unstated number of"
    if high is None and low and low > 100 and (low - 1) % 100 == 0:
        return f"more than {about}{number(low - 1)}"
    if high is None:
        return f"at least {about}{number(low or 0)}"
    if low is None:
        return f"at most {about}{number(high)}"
    if low != high:
        return f"between {about}{number(low)} and {number(high)}"
    return "no" if low == 0 else about + number(low)


def day(date: dt.date, *, year: bool = False) -> str:
    """``18 February``, with the year where wanted."""
    return f"{date.day} {date:%B}" + (f" {date.year}" if year else "")


def days(dates: Sequence[dt.date]) -> str:
    """Days in as few words as possible: ``8 to 9 and 12 to 14 February``."""
    runs: list[list[dt.date]] = []
    for date in sorted(dates):
        if runs and (date - runs[-1][-1]).days == 1:
            runs[-1].append(date)
        else:
            runs.append([date])
    words = []
    for place, run in enumerate(runs):
        following = runs[place + 1][0] if place + 1 < len(runs) else None
        bare = following is not None and (following.month, following.year) == (run[-1].month, run[-1].year)
        last = str(run[-1].day) if bare else day(run[-1])
        first = str(run[0].day) if run[0].month == run[-1].month else day(run[0])
        words.append(last if len(run) == 1 else f"{first} to {last}")
    return series(words)


def span(first: dt.date, last: dt.date) -> str:
    """``20 to 21 February``, ``28 February to 2 March`` or a single day."""
    if first == last:
        return day(first)
    same = (first.month, first.year) == (last.month, last.year)
    return f"{first.day if same else day(first)} to {day(last)}"


def window(start: dt.date, end: dt.date, *, year: bool = False) -> str:
    """The words for a counted window, from evening to evening."""
    if (end - start).days == 1:
        return f"in the 24 hours to the evening of {day(end, year=year)}"
    opening = str(start.day) if start.month == end.month else day(start)
    return f"between the evenings of {opening} and {day(end, year=year)}"


def series(words: Sequence[str]) -> str:
    """``A, B and C``."""
    kept = list(dict.fromkeys(words))
    if len(kept) < 2:
        return "".join(kept)
    return f"{', '.join(kept[:-1])} and {kept[-1]}"


def names(people: Sequence[str]) -> str:
    """Names as a report gives them, made safe; more than four are counted."""
    safe = [unquoted(plain(person)) for person in people]
    if len(safe) > 4:
        return f"{', '.join(safe[:3])} and {len(safe) - 3} others"
    return series(safe)


def count_of(many: int, noun: str) -> str:
    """``1 report``, ``2 reports``."""
    return f"{number(many)} {noun}" + ("" if many == 1 else "s")


def who(telling: Telling) -> str:
    """Who says it: the report itself, or the voices that it gives, ``Kremlin (through Lusa)``.

    The nearest voice comes first, together with others of the same words ("both presidencies said"). Where
    a report says no more than "it", the report itself is named.
    """
    voices = telling.claim.said_by
    if not voices:
        return publisher(telling)
    joint = [voice for voice in voices if voice.cue and voice.cue == voices[0].cue] or [voices[0]]
    named = [unquoted(plain(voice.source)) for voice in joint]
    first = series([publisher(telling) if name.lower() in PRONOUNS else name for name in named])
    relays = [name for v in voices if v not in joint and (name := unquoted(plain(v.source))) != first]
    return f"{first} (through {series(relays)})" if relays else first


def voices(tellings: Sequence[Telling]) -> str:
    """Who says it, over all tellings: ``Kremlin and Meridian Wire``; references name the outlet."""
    told = list(dict.fromkeys(map(who, tellings)))
    return series(told[:3]) + (f" and {len(told) - 3} others" if len(told) > 3 else "")


def publisher(telling: Telling) -> str:
    """The publisher of a report; one that is not named is called by its report."""
    return unquoted(plain(telling.publisher or f"the report {telling.report}"))


def shorten(text: str, *, limit: int) -> str:
    """At most ``limit`` characters, cut between words; what is left out is shown as ``[...]``."""
    if len(text) <= limit:
        return text
    head = text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{head} [...]"


def unquoted(text: str) -> str:
    """The words without quotation marks, which stay reserved for what is quoted from a report."""
    return text.translate(dict.fromkeys(map(ord, _ALL_MARKS)))


def reported(text: str, *, limit: int = 230) -> str:
    """Words of a report that are told on, not quoted: one sentence of them.

    Quotation marks inside stay if they are closed, for then they quote somebody in that report;
    otherwise they go, and the words remain as plain telling.
    """
    safe = plain(text).strip(" ,;:")
    first = _STOP.split(safe)[0]
    cut = shorten(first, limit=limit) if first == safe else f"{shorten(first, limit=limit).rstrip('.')} [...]"
    cut = cut.replace("[...] [...]", "[...]")
    return (cut if _closed(cut) else unquoted(cut)).rstrip(" .,;:")


def exactly(text: str, *, limit: int = 230) -> str:
    """A report's own words in quotation marks; without them where others stand inside.

    >>> exactly("agreed to  meet,")
    '“agreed to meet”'
    """
    words = shorten(plain(text).strip(" ,;:."), limit=limit)
    if not words:
        return ""
    return unquoted(words) if any(mark in words for mark in _ALL_MARKS) else f"“{words}”"


def quoted(statement: Statement, text: str, *, limit: int = 230) -> str | None:
    """The exact words of a direct quotation, in quotation marks; None if they are not one quotation.

    ``text`` is the whole report: the content must stand between quotation marks there.
    """
    if statement.content is None or statement.form != "direct":
        return None
    start, end = statement.content
    while start < end and text[start] in _ALL_MARKS + " ":
        start += 1
    while end > start and text[end - 1] in _ALL_MARKS + " ":
        end -= 1
    inner = text[start:end]
    head, closing = text[:start].rstrip(), text[end:].lstrip()[:1]
    opening, before = head[-1:], head[-2:-1]
    if not inner or opening not in _MARKS or before.isalnum() or (before and before in ".,!?"):
        return None
    if not closing or closing not in _MARKS[opening] + '"”»' or any(mark in inner for mark in _ALL_MARKS):
        return None
    return f"“{shorten(plain(inner), limit=limit)}”"


def _closed(text: str) -> bool:
    """Whether every quotation mark has its partner, straight ones also standing the right way round."""
    waiting: list[str] = []
    for place, mark in enumerate(text):
        if waiting and mark == waiting[-1]:
            if text[place - 1] == " ":
                return False
            waiting.pop()
        elif mark in _MARKS:
            if text[:place][-1:].isalnum() or text[place + 1 : place + 2] in ("", " "):
                return False
            waiting.append(_MARKS[mark])
        elif mark in _ALL_MARKS:
            return False
    return not waiting
