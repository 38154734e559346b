"""What a report says about itself beside its text: id, publisher, date, title, language, address.

The values come from sidecars, JSON Lines and feeds, so anything may stand there. What cannot be
used is left out and told, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import msgspec

from trucewatch.model import Noun, Report, digest

LONGEST = 1_000  # characters of a title, a name or an address; the rest is cut
_LONGEST_DATE = 100
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z0-9]+)*", re.IGNORECASE)
_NO_LANGUAGE = {"und", "mul", "mis", "zxx"}  # ISO 639: undetermined, several, uncoded, no words
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Details(Noun, frozen=True, kw_only=True):
    """The details, each None where it was not given or could not be used; ``doubts`` say which.

    ``withdrawn`` says that the publisher has taken the report back, ``withdrawn_on`` the day, if told.
    """

    id: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    language: str | None = None
    url: str | None = None
    withdrawn: bool = False
    withdrawn_on: dt.date | None = None
    doubts: tuple[str, ...] = ()


def details(given: Mapping[str, object]) -> Details:
    """Take the details out of a mapping of any kind.

    >>> details({"id": 7, "published": "2022-02-20T14:00:00Z", "language": "en-GB"}).published
    datetime.date(2022, 2, 20)
    """
    doubts: list[str] = []
    lines = {name: _line(name, given.get(name), doubts) for name in ("publisher", "title", "url")}
    withdrawn, withdrawn_on = _withdrawn(given.get("withdrawn"), doubts)
    return Details(
        id=_identifier(given.get("id"), doubts),
        published=_published(given.get("published"), doubts),
        language=_language(given.get("language"), doubts),
        publisher=lines["publisher"] or None,
        title=lines["title"],
        url=lines["url"] or None,
        withdrawn=withdrawn,
        withdrawn_on=withdrawn_on,
        doubts=tuple(doubts),
    )


def day(value: str) -> dt.date | None:
    """The day that a date or date-time names in its own time zone: ISO 8601, or as mails and feeds have it.

    >>> day("Thu, 17 Sep 2020 23:24:25 +0000"), day("the other day")
    (datetime.date(2020, 9, 17), None)
    """
    value = value.strip()
    if len(value) > _LONGEST_DATE:
        return None
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def one_line(value: str) -> str:
    """A name or title on one line, without control characters and marks that turn the writing around."""
    value = " ".join(value[: 10 * LONGEST].split())
    kept = (c for c in value if unicodedata.category(c) not in ("Cc", "Cs") and c not in _BIDI)
    return "".join(kept)[:LONGEST].strip()


def _line(name: str, value: object, doubts: list[str]) -> str:
    if isinstance(value, str):
        return one_line(value)
    if value is not None:
        doubts.append(f"{name!r} is no text: left out")
    return ""


def _identifier(value: object, doubts: list[str]) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _line("id", value, doubts) or None


def _published(value: object, doubts: list[str]) -> dt.date | None:
    if value is None or value == "":
        return None
    found = day(value) if isinstance(value, str) else None
    if found is None:
        doubts.append(f"'published' cannot be read ({_shown(value)}): the report is undated")
    return found


def _withdrawn(value: object, doubts: list[str]) -> tuple[bool, dt.date | None]:
    """Whether a report was withdrawn, and when: ``"withdrawn": "2022-02-21"``, or true."""
    if value is None or isinstance(value, bool):
        return bool(value), None
    found = day(value) if isinstance(value, str) else None
    if found is None:
        doubts.append(f"'withdrawn' is neither a date nor true ({_shown(value)}): left out")
    return found is not None, found


def _language(value: object, doubts: list[str]) -> str | None:
    if value is None or value == "":
        return None
    code = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if code is None:
        doubts.append(f"'language' is no language code ({_shown(value)}): left out")
        return None
    language = code[1].lower()
    return None if language in _NO_LANGUAGE else language


def _shown(value: object) -> str:
    return repr(one_line(value)[:60]) if isinstance(value, str) else f"of type {type(value).__name__}"


def withdrawal(notice: bytes, origin: str, media_type: str, told: Details, *, name: str = "") -> Report:
    """What a publisher says of a report that it took back, as a version without text of that report."""
    made = as_report(notice, origin, media_type, told, name=name)
    return msgspec.structs.replace(made, published=told.withdrawn_on, withdrawn=True)


def as_report(data: bytes, origin: str, media_type: str, told: Details, *, name: str = "") -> Report:
    """A report of some bytes with its details; without an id or a name it is called by its hash."""
    sha256 = digest(data)
    return Report(
        id=told.id or name or sha256,
        data=data,
        media_type=media_type,
        origin=origin,
        sha256=sha256,
        publisher=told.publisher,
        published=told.published,
        title=told.title,
        language=told.language,
        url=told.url,
    )
