"""What a claim is known by, where its spans lie, and what is wrong with it that its types do not say."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

import msgspec

from trucewatch.model.base import Span
from trucewatch.model.claims import AnyClaim, Count, Posture

SPANS = ("evidence", "content", "span")
"""The fields that are spans, wherever in a claim they stand."""
REVIEWED = "review: "
"""How the reader of a claim begins that somebody decided on; their name follows."""


def identify(claim: AnyClaim, *, report_id: str) -> str:
    """A claim's stable id: a hash of its content and of the report it stands in, 16 hex digits."""
    content = msgspec.structs.replace(claim, id=None, confidence=None, reader=None)
    encoded = report_id.encode() + b"\0" + msgspec.json.encode(content, order="sorted")
    return hashlib.sha256(encoded).hexdigest()[:16]


def is_reviewed(claim: AnyClaim) -> bool:
    """Whether somebody has decided on a claim."""
    return (claim.reader or "").startswith(REVIEWED)


def spans(claim: AnyClaim) -> Iterator[tuple[str, Span]]:
    """All spans of a claim with the path of the field they stand in, as ``speaker[0].span``."""
    yield from _spans(msgspec.to_builtins(claim), "")


def _spans(value: object, path: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, dict):
        for key, part in value.items():
            inner = f"{path}.{key}" if path else key
            if key in SPANS:
                yield inner, (part[0], part[1])
            else:
                yield from _spans(part, inner)
    elif isinstance(value, list | tuple):
        for position, part in enumerate(value):
            yield from _spans(part, f"{path}[{position}]")


def faults(claim: AnyClaim, *, text: str) -> Iterator[str]:
    """What is wrong with a claim, each with its field: spans outside the text (where there is one), what is
    no date, bounds out of order, a confidence that is no share."""
    for field, (start, end) in spans(claim):
        if not 0 <= start < end:
            yield f"{field}: [{start}, {end}] is no span of a text"
        elif text and end > len(text):
            yield f"{field}: [{start}, {end}] lies beyond the text, which ends at {len(text)}"
    for field in ("start", "end"):
        day = getattr(claim.time, field, None)
        if not is_date(day):
            yield f"time.{field}: {day!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if isinstance(claim, Count | Posture) and None not in (claim.low, claim.high) and claim.low > claim.high:  # type: ignore[operator]
        yield f"low: {claim.low} is above high, {claim.high}"
    if claim.confidence is not None and not 0 <= claim.confidence <= 1:
        yield f"confidence: {claim.confidence} is not between 0 and 1"


def is_date(day: str | None) -> bool:
    """Whether it is a day, a month or a year, or nothing."""
    if day is None or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", day):
        return True
    try:
        return len(day) == len("2022-02-20") and bool(dt.date.fromisoformat(day))
    except ValueError:
        return False
